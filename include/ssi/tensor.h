/*
 * ssi/tensor.h - tensors: values with a dtype and a shape, that are computed when they are read.
 *
 * An operation writes down what to compute. Reading a value computes it, fused with whatever leads to it.
 * A tensor never changes: operations make new ones. It belongs to the innermost open scope of its thread and is freed when
 * that scope closes, unless it was kept or assigned to a tensor of an outer scope.
 *
 *     ssi_scope scope = ssi_scope_open();
 *     ssi_tensor *x = ssi_array(((float[]){1, 2, 3, 4}), 2, 2);
 *     ssi_tensor *y = ssi_sum(ssi_mul(x, x));
 *     printf("%g\n", ssi_item(y));                      // expect: 30
 *     ssi_scope_close(scope);
 *
 * Every function takes NULL for a tensor and then returns NULL (see ssi/base.h): errors are checked once, at the end.
 */
#ifndef SSI_TENSOR_H
#define SSI_TENSOR_H

#include "ssi/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ssi_tensor ssi_tensor;

/* ---- scopes ---------------------------------------------------------------------------------------------------- */

typedef struct ssi_scope {
    void *scope;
} ssi_scope;

/* Opens a scope on this thread. Without one, tensors belong to the thread's outermost scope, which closes with the thread or
 * ssi_shutdown(). */
SSI_API ssi_scope ssi_scope_open(void);

/* Computes what was kept or assigned in one run, then frees every other tensor of the scope (and of scopes left open inside it).
 * Returns 0, or a negative ssi_status when the run failed; then nothing that was assigned has changed. */
SSI_API int ssi_scope_close(ssi_scope scope);

/* A scope can be left on one thread and entered on another. While left, nobody may use its tensors. */
SSI_API int ssi_scope_leave(ssi_scope scope);
SSI_API int ssi_scope_enter(ssi_scope scope);

/* Moves x, and whatever x still has to be computed from, to the enclosing scope, unevaluated: for returning. Gradients
 * still flow. Returns x. */
SSI_API ssi_tensor *ssi_keep(ssi_tensor *x);

/* From here on the handle w stands for v, with its history cut: for loops and parameters. Shapes must be equal; v is cast to w's
 * dtype. Expressions written earlier keep the old value. v is computed when the scope closes (or when read); w's memory is
 * reused when nobody else can see it. Returns 0 or a negative ssi_status. */
SSI_API int ssi_assign(ssi_tensor *w, ssi_tensor *v);
/* The same for several at once, all or none: an optimiser's step. v[i] is cast in place. */
SSI_API int ssi_assign_all(int count, ssi_tensor *const *w, ssi_tensor **v);

/* ---- creation ---------------------------------------------------------------------------------------------------- */

/* A tensor of the given shape with a copy of `data` (C order). NULL data: SSI_INVALID. The macro takes the dtype from the C type of the
 * elements and the shape as numbers: ssi_array(data, 2, 3). */
SSI_API ssi_tensor *ssi_array(ssi_dtype dtype, int rank, const int64_t *shape, const void *data);

/* The same without copying: `data` must stay valid and unchanged until `release(data, context)` is called (NULL: until the
 * tensor's scope has closed). */
SSI_API ssi_tensor *ssi_array_borrow(ssi_dtype dtype, int rank, const int64_t *shape, const void *data,
                                     void (*release)(void *, void *), void *context);

/* A C number as a tensor of no axes. It is weakly typed, as in NumPy 2: beside a tensor it takes that tensor's dtype. The sugar
 * macros write it for you: ssi_mul(x, 0.5). */
SSI_API ssi_tensor *ssi_number(double value);
SSI_API ssi_tensor *ssi_number_int(int64_t value);
SSI_API ssi_tensor *ssi_number_uint(uint64_t value);
SSI_API ssi_tensor *ssi_number_bool(int value);

/* ---- what it is ---------------------------------------------------------------------------------------------------- */

SSI_API ssi_dtype ssi_dtype_of(const ssi_tensor *x);    /* NULL: SSI_F32 */
SSI_API int ssi_rank(const ssi_tensor *x);              /* NULL: -1 */
SSI_API int64_t ssi_dim(const ssi_tensor *x, int axis); /* negative axes count from the end; NULL or no such axis: -1 */
SSI_API int64_t ssi_size(const ssi_tensor *x);          /* elements; NULL: -1 */

/* A name for error messages, SSI_EXPLAIN and drawings. Copied (up to 23 bytes). Returns x. */
SSI_API ssi_tensor *ssi_label(ssi_tensor *x, const char *label);

/* ---- reading: computes -------------------------------------------------------------------------------------------- */

/* The value of a tensor of one element. NaN for NULL or on failure. */
SSI_API double ssi_item(ssi_tensor *x);
SSI_API int ssi_item_int(ssi_tensor *x, int64_t *out);

/* The elements in C order, as x's dtype; valid until x's scope closes. NULL on failure. */
SSI_API const void *ssi_data(ssi_tensor *x);
/* The same, when the dtype is f32 (f64, i64); otherwise SSI_INVALID. */
SSI_API const float *ssi_data_f32(ssi_tensor *x);
SSI_API const double *ssi_data_f64(ssi_tensor *x);
SSI_API const int64_t *ssi_data_i64(ssi_tensor *x);

/* Copies all elements into `out`, converted to `dtype`. `count` must be ssi_size(x). */
SSI_API int ssi_read(ssi_tensor *x, ssi_dtype dtype, void *out, int64_t count);

/* Computes x now and keeps the result until x's scope closes; it may lie as its operands do (that of A.T + A.T turned), till its data are asked for.
 * Returns 0 or a negative ssi_status. */
SSI_API int ssi_eval(ssi_tensor *x);
/* The same for several at once, in one run. */
SSI_API int ssi_eval_all(int count, ssi_tensor *const *x);

/* ---- printing: NumPy's text, byte for byte ------------------------------------------------------------------------ */

/* Which digits of floats: the fewest that tell a number apart, but no more than `precision`; the same, all numbers with as many; always
 * `precision`, of the exact value; the fewest, however many. NumPy's floatmode of the same name. */
typedef enum ssi_float_mode { SSI_MAXPREC, SSI_MAXPREC_EQUAL, SSI_FIXED, SSI_UNIQUE } ssi_float_mode;

/* NumPy's printoptions; what is left 0 is as ssi_set_print_options has it, and as NumPy has it at first. */
typedef struct ssi_print_options {
    size_t size;
    int repr;                 /* as repr(x), array([1., 2.], dtype=float32), not as str(x) */
    int precision;            /* digits after the point: up to 100; 0: 8; SSI_NO_DIGITS: none */
    int suppress;             /* small numbers get no exponent but zeros */
    ssi_float_mode floatmode; /* 0: SSI_MAXPREC */
    char sign;                /* '+': before positive numbers too; ' ': a space in its place; 0 or '-': neither */
    int linewidth;            /* characters of a line; 0: 75 */
    int edgeitems;            /* of a summary, at each end of an axis; 0: 3 */
    int64_t threshold;        /* more elements than this are summarised; 0: 1000; SSI_SHOW_ALL: never */
} ssi_print_options;
#define SSI_NO_DIGITS (-1)
#define SSI_SHOW_ALL  INT64_MAX

/* Prints as NumPy's print(x) does, to stdout (the one function of the library that writes there), with a newline: ssi_print(x),
 * ssi_print(x, .precision = 3). bf16, which NumPy has not, is written as its other floats are: by the fewest digits that tell apart what bf16 can
 * hold. What a summary leaves out is not looked at. Returns 0 or a negative ssi_status. */
SSI_API int ssi_print(ssi_tensor *x, const ssi_print_options *options);
/* The same text in `out` (always terminated). Returns the length needed, without the terminator, or a negative ssi_status. */
SSI_API int64_t ssi_format(ssi_tensor *x, char *out, size_t capacity, const ssi_print_options *options);
/* What this thread's later calls take where they say nothing: ssi_set_print_options(.precision = 3, .suppress = 1). */
SSI_API int ssi_set_print_options(const ssi_print_options *options);

/* ---- sugar --------------------------------------------------------------------------------------------------------- */

/* Gives a freshly written tensor (or a fresh error) the place where it was written. Returns x. */
SSI_API ssi_tensor *ssi_locate(ssi_tensor *x, const char *file, int line);
#ifdef SSI_INSIDE /* ssi's own sources: the place that matters is the caller's */
#define SSI_AT(x) (x)
#else
#define SSI_AT(x) ssi_locate((x), __FILE__, __LINE__)
#endif

/* How many things there are, and an array of them; for the macros that take a list. */
#define SSI_LIST(type, ...)                                                                                            \
    (sizeof((type[]){__VA_ARGS__}) / sizeof(type)), (type[])                                                           \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }
#define SSI_SHAPE(...)                                                                                                 \
    (int)(sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t)), (const int64_t[])                                       \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }

#ifndef __cplusplus

/* Tensor or C number: always a tensor. */
static inline ssi_tensor *ssi_itself_(ssi_tensor *x)
{
    return x;
}
#define SSI_TENSOR(x)                                                                                                  \
    _Generic((x), ssi_tensor *                                                                                         \
             : ssi_itself_, _Bool                                                                                      \
             : ssi_number_bool, float                                                                                  \
             : ssi_number, double                                                                                      \
             : ssi_number, unsigned long                                                                               \
             : ssi_number_uint, unsigned long long                                                                     \
             : ssi_number_uint, default                                                                                \
             : ssi_number_int)(x)

/* The dtype of a C array's or pointer's elements. */
#define SSI_DTYPE(data)                                                                                                \
    _Generic((data)[0], float                                                                                          \
             : SSI_F32, double                                                                                         \
             : SSI_F64, _Bool                                                                                          \
             : SSI_BOOL, unsigned char                                                                                 \
             : SSI_U8, signed char                                                                                     \
             : SSI_I8, short                                                                                           \
             : SSI_I16, int                                                                                            \
             : SSI_I32, long                                                                                           \
             : (sizeof(long) == 8 ? SSI_I64 : SSI_I32), long long                                                      \
             : SSI_I64)

#define ssi_print(...)                     SSI_PRINT_(__VA_ARGS__, .size = sizeof(ssi_print_options))
#define SSI_PRINT_(x, ...)                 (ssi_print)((x), &(ssi_print_options){__VA_ARGS__})
#define ssi_format(x, out, ...)            SSI_FORMAT_(x, out, __VA_ARGS__, .size = sizeof(ssi_print_options))
#define SSI_FORMAT_(x, out, capacity, ...) (ssi_format)((x), (out), (capacity), &(ssi_print_options){__VA_ARGS__})
#define ssi_set_print_options(...)                                                                                     \
    (ssi_set_print_options)(&(ssi_print_options){.size = sizeof(ssi_print_options), __VA_ARGS__})
#define ssi_array(data, ...) SSI_AT((ssi_array)(SSI_DTYPE(data), SSI_SHAPE(__VA_ARGS__), (data)))
#endif

#ifdef __cplusplus
}
#endif
#endif
