/*
 * base.h - the ground floor, seen from inside: errors, memory, buffers, shapes, random numbers, threads.
 */
#ifndef SSI_SRC_BASE_H
#define SSI_SRC_BASE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "ssi/base.h"

/* ---- errors (error.c) ------------------------------------------------------------------------------------------ */

/* Records the thread's first error (later ones are dropped) and returns `code`, so that `return ssi_fail(...)` reads well.
 * A '\n' in the formatted text divides message from hint:
 *     ssi_fail(SSI_INVALID, "matmul", "inner sizes differ: x %s, w %s\ntranspose w?", a, b); */
__attribute__((format(printf, 3, 4))) int ssi_fail(ssi_status code, const char *operation, const char *format, ...);

/* The same, for functions that return a pointer: `return SSI_FAIL_NULL(code, "op", "...")`. */
#define SSI_FAIL_NULL(...) (ssi_fail(__VA_ARGS__), NULL)

/* The first line of a public function that is made of others: what its steps refuse, at once or when what they wrote is run, is told by its name, and
 * of functions inside each other by the outermost's, which is the one that the user called. */
#define SSI_CALLED                                                                                                     \
    __attribute__((cleanup(ssi_leave_function), unused)) const char *ssi_outer_ = ssi_enter_function(__func__)
const char *
ssi_enter_function(const char *name); /* "ssi_take", "ssi_mean_axes": __func__. Returns the outermost so far, or NULL */
void ssi_leave_function(const char **outer);
/* The outermost now; and another in its place, for what it wrote is run. Returns the one before. */
const char *ssi_called(void);
const char *ssi_set_called(const char *name);

/* Whether this thread has an error waiting. */
bool ssi_failed(void);

/* Gives the waiting error the caller's place, if it has none yet. */
void ssi_error_locate(const char *file, int line);

/* Says something to the log handler, if one is set; printf's format. */
__attribute__((format(printf, 1, 2))) void ssi_say(const char *format, ...);
bool ssi_saying(void);

/* The name among `names` (NULL-terminated) nearest to `name` by edit distance, for "did you mean"; NULL if none is near. */
const char *ssi_nearest_name(const char *name, const char *const *names);

/* secure_getenv where there is one. */
const char *ssi_getenv(const char *name);

/* Has `hook` called by every ssi_shutdown(), after the threads have ended and before cached buffers are given back; later registered
 * ones first. Registering twice counts once; up to eight hooks. */
void ssi_at_shutdown(void (*hook)(void));

/* ---- checked size arithmetic (size.c) ---------------------------------------------------------------------------- */

/* *out = a*b, a+b, a rounded up to a multiple of `to` (a power of two). False on overflow past PTRDIFF_MAX. */
bool ssi_size_mul(size_t a, size_t b, size_t *out);
bool ssi_size_add(size_t a, size_t b, size_t *out);
bool ssi_size_align(size_t a, size_t to, size_t *out);

/* ---- memory (memory.c) --------------------------------------------------------------------------------------------- */

/* 64-byte aligned, from the allocator hook, counted against the limit. NULL and SSI_NO_MEMORY recorded when there is none.
 * Contents are undefined (ssi_alloc) or zero (ssi_calloc). ssi_free takes NULL. */
void *ssi_alloc(size_t bytes);
void *ssi_try_alloc(size_t bytes); /* for what one can do without: NULL is no error */
void *ssi_calloc(size_t count, size_t size);
void ssi_free(void *memory);
/* Grows an array to hold at least `need` elements of `size` bytes, doubling; contents kept. *capacity in elements. On failure
 * returns NULL and the old array is untouched. */
void *ssi_grow(void *array, size_t *capacity, size_t need, size_t size);
char *ssi_strdup(const char *text);

/* Test hook: fail the k-th allocation from now (1 is the next); 0 switches it off. */
void ssi_test_fail_allocation(uint64_t k);

/* ---- buffers (buffer.c) ---------------------------------------------------------------------------------------------- */

/* A copy of a buffer's contents in another layout, of which run/pack.c knows more; freed with the buffer. */
typedef struct ssi_copy {
    struct ssi_copy *next;
    _Atomic uint64_t stamp;
    _Atomic uint64_t finite; /* of which version it is known whether all numbers are finite, and whether they are */
    uint64_t key[9];
    void *data;
} ssi_copy;

/* A block of element memory: the only thing that outlives a scope, and the only thing that crosses threads. */
typedef struct ssi_buffer {
    void *data;
    size_t bytes; /* asked for; capacity is rounded up so that buffers can be reused */
    size_t capacity;
    int references;   /* atomic */
    uint32_t version; /* grows when the contents are overwritten; a packed copy belongs to (buffer, version) */
    void (*release)(void *data, void *context); /* for borrowed memory; NULL for our own */
    void *context;
    _Atomic(ssi_copy *) copies;
} ssi_buffer;

/* A fresh buffer with one reference, taken from a small cache of released ones when it fits (so that a loop touches no fresh
 * memory). At least 64 readable bytes follow the last element of our own buffers. NULL on failure, error recorded. */
ssi_buffer *ssi_buffer_new(size_t bytes);
/* Borrows the caller's memory until `release` is called; `release` may be NULL. */
ssi_buffer *ssi_buffer_borrow(void *data, size_t bytes, void (*release)(void *, void *), void *context);
ssi_buffer *ssi_buffer_retain(ssi_buffer *buffer);
/* The same of a buffer that no other thread has seen yet. */
static inline ssi_buffer *ssi_buffer_retain_fresh(ssi_buffer *buffer)
{
    buffer->references++;
    return buffer;
}
void ssi_buffer_release(ssi_buffer *buffer); /* NULL is allowed */
int ssi_buffer_references(const ssi_buffer *buffer);
/* Gives the cached buffers back to the system. */
void ssi_buffer_trim(void);

/* ---- the processor's floats (denormal.c) ------------------------------------------------------------------------------- */

/* This thread's control word, and setting it. */
uint32_t ssi_float_control(void);
void ssi_set_float_control(uint32_t control);
/* The host's as ssi_set_flush_denormals wants it. */
uint32_t ssi_wanted_control(uint32_t host);

/* ---- dtypes and shapes (dtype.c, shape.c) ------------------------------------------------------------------------------ */

typedef union ssi_bits32 {
    float f;
    uint32_t u;
} ssi_bits32;

float ssi_f16_to_f32(uint16_t h);
uint16_t ssi_f32_to_f16(float f);  /* round to nearest even */
uint16_t ssi_f64_to_f16(double d); /* one rounding */
static inline float ssi_bf16_to_f32(uint16_t h)
{
    return (ssi_bits32){.u = (uint32_t)h << 16}.f;
}
uint16_t ssi_f32_to_bf16(float f);  /* round to nearest even, NaN stays NaN */
uint16_t ssi_f64_to_bf16(double d); /* one rounding */

/* ssi_dtype_size of what is known to be a dtype. */
extern const uint8_t ssi_item_sizes[SSI_DTYPES];
static inline int64_t ssi_item_size(ssi_dtype t)
{
    return ssi_item_sizes[t];
}

static inline bool ssi_is_float(ssi_dtype t)
{
    return t <= SSI_BF16;
}
static inline bool ssi_is_integer(ssi_dtype t)
{
    return t >= SSI_U8 && t <= SSI_I64;
}

/* Elements of a shape, checked; false on a negative size or overflow (of the count times `item` bytes). */
bool ssi_shape_count(int rank, const int64_t *shape, size_t item, int64_t *count);
/* C-order strides in elements. */
void ssi_shape_strides(int rank, const int64_t *shape, int64_t *stride);
/* NumPy's broadcasting of two shapes; returns the rank, or -1 if they do not match. `out` holds SSI_MAX_RANK. */
int ssi_shape_broadcast(int ra, const int64_t *a, int rb, const int64_t *b, int64_t *out);
/* "(32,784)", "(3,)", "()" into text; returns text. */
#define SSI_SHAPE_TEXT 160
char *ssi_shape_text(int rank, const int64_t *shape, char text[SSI_SHAPE_TEXT]);

/* An open description of elements in memory; owns nothing. It is all that a kernel ever sees. Strides are in elements. */
typedef struct ssi_view {
    void *data;
    ssi_dtype dtype;
    int rank;
    int64_t shape[SSI_MAX_RANK];
    int64_t stride[SSI_MAX_RANK];
} ssi_view;

/* One element as double or int64 (f64 and i64 exactly in their own function), at an element offset from view->data. */
double ssi_get_f64(const void *data, ssi_dtype dtype, int64_t offset);
int64_t ssi_get_i64(const void *data, ssi_dtype dtype, int64_t offset);
/* Stores with one rounding; floats to integers truncate toward zero, integers wrap, anything nonzero is true. */
void ssi_put_f64(void *data, ssi_dtype dtype, int64_t offset, double value);
void ssi_put_i64(void *data, ssi_dtype dtype, int64_t offset, int64_t value);

/* ---- random numbers (random.c): Philox4x32-10 (Salmon et al. 2011), a function of (key, counter) with no state ----------- */

void ssi_philox(uint64_t key, uint64_t counter_low, uint64_t counter_high, uint32_t out[4]);

/* ---- threads (thread.c) ---------------------------------------------------------------------------------------------------- */

/* Calls task(context, index, worker) once for every index in [0, tasks), on the pool and the calling thread; returns when all are
 * done. worker is in [0, ssi_threads()) and belongs to one thread for the duration of the call. When tasks == threads, index i
 * is worker i's (owned ranges), unless another has nothing left to do before it begins; else they go to whoever is free. A call from inside a task, or while another thread
 * uses the pool, runs the tasks one after another on the caller with worker 0. Safe after fork in the child. Workers spin briefly, then sleep;
 * nothing is allocated after the first call. */
typedef void ssi_task(void *context, int index, int worker);
void ssi_parallel(int tasks, ssi_task *task, void *context);

#endif
