/*
 * ssi/base.h - what every other header stands on: dtypes, errors, memory, threads.
 *
 * Errors flow like NaN. A call that fails records the first error of its thread and returns NULL (or a negative
 * ssi_status); every operation given NULL returns NULL; reading NULL gives NaN. So a whole expression is checked once,
 * at its end, with ssi_report() or ssi_error_take(). The library never exits, aborts, or prints unless a log
 * handler is set.
 */
#ifndef SSI_BASE_H
#define SSI_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32)
#define SSI_API
#else
#define SSI_API __attribute__((visibility("default")))
#endif

#define SSI_VERSION "0.1.0"

/* The version of the library in use, which may differ from the header's SSI_VERSION. */
SSI_API const char *ssi_version(void);

/* ---- dtypes -------------------------------------------------------------------------------------------------- */

/* The type of a tensor's elements. Zero, the default of every option, is f32. */
typedef enum ssi_dtype {
    SSI_F32 = 0,
    SSI_F64,
    SSI_F16,  /* IEEE binary16: storage and matrix products; arithmetic is done in f32 and rounded per operation */
    SSI_BF16, /* the upper half of an f32; likewise */
    SSI_BOOL, /* one byte, 0 or 1 */
    SSI_U8,
    SSI_I8,
    SSI_I16,
    SSI_I32,
    SSI_I64,
    SSI_DTYPES /* how many there are */
} ssi_dtype;

/* "f32", "bool", ...; "?" for a value outside the enum. */
SSI_API const char *ssi_dtype_name(ssi_dtype dtype);

/* Bytes of one element; 0 for a value outside the enum. */
SSI_API size_t ssi_dtype_size(ssi_dtype dtype);

/* The dtype of an operation on a and b, by NumPy 2's promotion table (numpy.promote_types; bf16 as PyTorch). */
SSI_API ssi_dtype ssi_promote(ssi_dtype a, ssi_dtype b);

/* Tensors have at most this many axes. */
#define SSI_MAX_RANK 16

/* ---- errors -------------------------------------------------------------------------------------------------- */

typedef enum ssi_status {
    SSI_OK = 0,
    SSI_INVALID = -1,     /* an argument, shape or dtype that cannot be */
    SSI_NO_MEMORY = -2,   /* memory, or the limit of ssi_set_memory_limit, ran out */
    SSI_IO = -3,          /* the system refused to read or write */
    SSI_FORMAT = -4,      /* a file that is not what it says it is */
    SSI_NOT_FOUND = -5,   /* no such file, data set, layer, name */
    SSI_UNSUPPORTED = -6, /* this build lacks the feature, or no one has written it */
    SSI_NOT_FINITE = -7,  /* NaN or infinity where training cannot go on */
    SSI_RANGE = -8,       /* an index or label outside its range */
    SSI_INTERRUPTED = -9, /* the stop flag was set; what was done so far stands */
    SSI_INTERNAL = -10    /* ssi's own mistake: please report it */
} ssi_status;

/* The first error of a thread since it was last taken. Texts are cut, never overrun. */
typedef struct ssi_error {
    ssi_status code;
    char operation[32]; /* "matmul" */
    char message[448];  /* "inner sizes differ: x (32,784), w (128,784)" */
    char hint[192];     /* "transpose w?", or empty */
    const char *file;   /* the caller's line, where the sugar macros could record it; else NULL */
    int line;
} ssi_error;

/* Hands over this thread's first error and clears it. True if there was one. `out` may be NULL. */
SSI_API int ssi_error_take(ssi_error *out);

/* This thread's first error, without clearing it; NULL if there is none. Valid until the next ssi call. */
SSI_API const ssi_error *ssi_error_peek(void);

/* Takes the error and prints it to stderr as "operation: message; hint (file:line)". Returns 1 if there was one, else 0:
 * `return ssi_report();` ends a main(). */
SSI_API int ssi_report(void);

/* ---- memory -------------------------------------------------------------------------------------------------- */

/* Where ssi's memory comes from; all three together, before anything else is called. `free` gets the size it was
 * allocated with. Alignment is 64 and must be honoured. NULL restores malloc. */
typedef struct ssi_allocator {
    void *(*allocate)(size_t bytes, size_t alignment, void *context);
    void (*release)(void *memory, size_t bytes, void *context);
    void *context;
} ssi_allocator;
SSI_API int ssi_set_allocator(const ssi_allocator *allocator);

/* Refuse (SSI_NO_MEMORY) to hold more than this many bytes at once; 0, the default, is no limit. */
SSI_API void ssi_set_memory_limit(size_t bytes);

/* Bytes held now, buffers kept for reuse included; and the most so far. `peak` may be NULL. */
SSI_API size_t ssi_memory_used(size_t *peak);

/* ---- log ----------------------------------------------------------------------------------------------------- */

/* Messages for people (progress, SSI_EXPLAIN's table, remedies) go to this handler; none is set by default and then nothing is
 * written. ssi_log_to_stderr is a ready handler. */
typedef void ssi_log_handler(const char *text, void *context);
SSI_API void ssi_set_log(ssi_log_handler *handler, void *context);
SSI_API void ssi_log_to_stderr(const char *text, void *context);

/* ---- threads ------------------------------------------------------------------------------------------------- */

/* How many threads compute, the calling one included: 1 to 256; 0 is as many as the process may use, or SSI_THREADS. Results
 * do not depend on it, bit for bit. Takes effect at the next run. */
SSI_API int ssi_set_threads(int threads);
SSI_API int ssi_threads(void);

/* Whether what this thread computes from now on takes numbers too small to be normal (below 1.2e-38 in f32) as 0, and makes none: no at first. ssi_fit
 * does so in its steps; in a training loop of one's own it may save a third of the time, for moments decay into such numbers, which many processors are
 * slow to compute with. Returns what it was before. PyTorch: set_flush_denormal. Where the processor cannot (WebAssembly), they are kept. */
SSI_API int ssi_set_flush_denormals(int on);

/* The instruction set that computes: "portable", "avx2", "avx512", "neon"; SSI_CPU chooses a lower one than the best. */
SSI_API const char *ssi_cpu(void);
/* Those that this machine can run, best first; NULL when i is past the last. */
SSI_API const char *ssi_cpu_choice(int i);

/* What ssi_threads() threads of this machine do at most, together: the numbers to hold a speed against. */
enum { SSI_LEVELS = 4 };
typedef struct ssi_limits {
    double
        f32; /* 10^9 operations a second, two to a multiply-add of f32, all in registers; 0: not known for this processor */
    double medium; /* the same for products of SSI_MEDIUM (ssi/ops.h) */
    struct {
        const char *name; /* "L1", "L2", "L3", "memory" */
        size_t bytes;     /* how much it holds, of all threads; memory: 0 */
        double read;      /* 10^9 bytes a second, read */
    } level[SSI_LEVELS];
} ssi_limits;
/* Measures them with the instruction set of ssi_cpu(), in half a second; takes 192 MB meanwhile. 0 or a status. */
SSI_API int ssi_measure_limits(ssi_limits *limits);
/* The seconds that so many operations, at `peak` (limits->f32 or ->medium), or reading so many bytes from the first level that holds them, take at least:
 * whichever is more. */
SSI_API double ssi_least_seconds(const ssi_limits *limits, double peak, double operations, double bytes);

/* Ends the pool's threads and gives cached memory back. ssi can be used again afterwards. */
SSI_API void ssi_shutdown(void);

#ifdef __cplusplus
}
#endif
#endif
