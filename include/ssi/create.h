/*
 * ssi/create.h - tensors from nothing, or from little: sequences, grids, diagonals, triangles.
 *
 *     ssi_print(ssi_arange(SSI_I32, 3, 10, 2));         // expect: [3 5 7 9]
 *     ssi_print(ssi_linspace(SSI_F64, 0, 1, 5));        // expect: [0.   0.25 0.5  0.75 1.  ]
 *     ssi_print(ssi_eye(SSI_F32, 2, 3, 1));             // expect: [[0. 1. 0.]
 *                                                       // expect:  [0. 0. 1.]]
 *     ssi_tensor *x = ssi_arange(SSI_I64, 0, 9, 1);
 *     ssi_print(ssi_tril(ssi_reshape(x, 3, 3), 0));     // expect: [[0 0 0]
 *                                                       // expect:  [3 4 0]
 *                                                       // expect:  [6 7 8]]
 *
 * ssi_array is in ssi/tensor.h; ssi_full, ssi_zeros, ssi_ones and ssi_iota are in ssi/ops.h. Every function names its NumPy counterpart and gives
 * its values in every dtype; what takes tensors has their gradients. A shape that cannot be is SSI_INVALID, before anything is allocated.
 */
#ifndef SSI_CREATE_H
#define SSI_CREATE_H

#include "ssi/ops.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- of x's shape and dtype: x's values are not looked at ----------------------------------------------------------------- */

/* numpy.zeros_like, numpy.ones_like */
SSI_API ssi_tensor *ssi_zeros_like(ssi_tensor *x);
SSI_API ssi_tensor *ssi_ones_like(ssi_tensor *x);
/* Every element `value`: a number, or a tensor of no axes; it is cast to x's dtype. numpy.full_like */
SSI_API ssi_tensor *ssi_full_like(ssi_tensor *x, ssi_tensor *value);

/* ---- sequences ---------------------------------------------------------------------------------------------------------- */

/* start, start + step, ... up to but not `stop`, (n): the first two are rounded to the dtype, and it goes on in steps of their difference, so that
 * every bit is NumPy's. The macro ssi_arange(dtype, start, stop, step) calls ssi_arange_int where all three are C integers, which is exact beyond
 * 2^53. step must not be 0; the first two must fit an integer dtype. numpy.arange */
SSI_API ssi_tensor *ssi_arange(ssi_dtype dtype, double start, double stop, double step);
SSI_API ssi_tensor *ssi_arange_int(ssi_dtype dtype, int64_t start, int64_t stop, int64_t step);

typedef struct ssi_space_options {
    size_t size;
    int no_endpoint; /* `stop` itself is left out: the steps are a count-th of the way */
    double base;     /* of ssi_logspace; 0: 10 */
} ssi_space_options;

/* `count` numbers in equal steps from start to stop, both included, (count); in f64, then converted; for integers they are rounded down first.
 * ssi_linspace(SSI_F64, 0, 1, 5, .no_endpoint = 1). numpy.linspace */
SSI_API ssi_tensor *ssi_linspace(ssi_dtype dtype, double start, double stop, int64_t count,
                                 const ssi_space_options *options);
/* The base to the power of linspace(start, stop): from base**start to base**stop. numpy.logspace */
SSI_API ssi_tensor *ssi_logspace(ssi_dtype dtype, double start, double stop, int64_t count,
                                 const ssi_space_options *options);
/* Each the same multiple of the one before; the ends are exactly start and stop, which are not 0 and have one sign (NumPy gives NaN for two).
 * numpy.geomspace */
SSI_API ssi_tensor *ssi_geomspace(ssi_dtype dtype, double start, double stop, int64_t count,
                                  const ssi_space_options *options);

/* ---- grids -------------------------------------------------------------------------------------------------------------- */

typedef enum ssi_indexing {
    SSI_XY = 0, /* x varies along axis 1, y along axis 0, as in pictures: NumPy's default */
    SSI_IJ      /* input i varies along axis i, as in matrices */
} ssi_indexing;

/* The coordinates of a grid's points: from x[i] of n_i elements (taken flat) to out[i] of shape (n_0, n_1, ...), or (n_1, n_0, ...) for SSI_XY.
 * Views; nothing is copied. Up to SSI_MAX_RANK inputs. Returns 0 or a negative ssi_status; then every out[i] is NULL. numpy.meshgrid */
SSI_API int ssi_meshgrid(int count, ssi_tensor *const *x, ssi_indexing indexing, ssi_tensor **out);

/* What f makes of the indices: index[i], of the given shape and dtype, holds the place along axis i; valid during the call. That may have any shape and dtype; NULL
 * is an error. numpy.fromfunction */
typedef ssi_tensor *ssi_index_function(ssi_tensor *const *index, void *context);
SSI_API ssi_tensor *ssi_fromfunction(ssi_index_function *f, ssi_dtype dtype, int rank, const int64_t *shape,
                                     void *context);

/* x (...) of integers to (..., classes): 1 at the place x says, else 0; of an x outside [0, classes), all 0. torch.nn.functional.one_hot */
SSI_API ssi_tensor *ssi_one_hot(ssi_tensor *x, int64_t classes, ssi_dtype dtype);

/* ---- diagonals: number 0 begins at the first element, k > 0 lie above it, k < 0 below ----------------------------------------- */

/* (n, m): 1 on the k-th diagonal, else 0. numpy.eye(n, m, k) */
SSI_API ssi_tensor *ssi_eye(ssi_dtype dtype, int64_t n, int64_t m, int64_t k);
/* (n, n). numpy.identity */
SSI_API ssi_tensor *ssi_identity(ssi_dtype dtype, int64_t n);
/* x (n) as the k-th diagonal of a square of zeros, (n+|k|, n+|k|); of x (n, m), its k-th diagonal, (r). numpy.diag */
SSI_API ssi_tensor *ssi_diag(ssi_tensor *x, int64_t k);
/* x of any shape, taken flat, as a diagonal. numpy.diagflat */
SSI_API ssi_tensor *ssi_diagflat(ssi_tensor *x, int64_t k);
/* The k-th diagonals of the matrices that two axes make, as the last axis: x (2,3,4) by axes 0 and 2 is (3,2). May be empty. A view where x is
 * contiguous. numpy.diagonal */
SSI_API ssi_tensor *ssi_diagonal(ssi_tensor *x, int64_t k, int axis1, int axis2);

/* ---- triangles ------------------------------------------------------------------------------------------------------------ */

/* (n, m): 1 on the k-th diagonal and below, else 0. numpy.tri */
SSI_API ssi_tensor *ssi_tri(ssi_dtype dtype, int64_t n, int64_t m, int64_t k);
/* x (..., n, m) with zeros above (below) the k-th diagonal; of x (n), that of (n, n) whose rows are x. numpy.tril, numpy.triu */
SSI_API ssi_tensor *ssi_tril(ssi_tensor *x, int64_t k);
SSI_API ssi_tensor *ssi_triu(ssi_tensor *x, int64_t k);
/* x (n) to (n, columns) of its powers: x^(columns-1), ..., x, 1, or 1, x, x^2, ... if `increasing`; f16 and f32 become f64, integers i64.
 * numpy.vander */
SSI_API ssi_tensor *ssi_vander(ssi_tensor *x, int64_t columns, int increasing);

/* ---- sugar ------------------------------------------------------------------------------------------------------------------ */

#ifndef __cplusplus
#define ssi_zeros_like(x)       SSI_AT((ssi_zeros_like)(x))
#define ssi_ones_like(x)        SSI_AT((ssi_ones_like)(x))
#define ssi_full_like(x, value) SSI_AT((ssi_full_like)((x), SSI_TENSOR(value)))

#define ssi_arange(dtype, start, stop, step)                                                                           \
    SSI_AT(_Generic((start) + (stop) + (step), float                                                                   \
                    : (ssi_arange), double                                                                             \
                    : (ssi_arange), default                                                                            \
                    : ssi_arange_int)((dtype), (start), (stop), (step)))
#define SSI_SPACE(f, dtype, start, stop, ...)                                                                          \
    SSI_AT(SSI_SPACE_(f, dtype, start, stop, __VA_ARGS__, .size = sizeof(ssi_space_options)))
#define SSI_SPACE_(f, dtype, start, stop, count, ...)                                                                  \
    (f)((dtype), (start), (stop), (count), &(ssi_space_options){__VA_ARGS__})
#define ssi_linspace(dtype, start, stop, ...)  SSI_SPACE(ssi_linspace, dtype, start, stop, __VA_ARGS__)
#define ssi_logspace(dtype, start, stop, ...)  SSI_SPACE(ssi_logspace, dtype, start, stop, __VA_ARGS__)
#define ssi_geomspace(dtype, start, stop, ...) SSI_SPACE(ssi_geomspace, dtype, start, stop, __VA_ARGS__)

#define ssi_one_hot(x, classes, dtype)     SSI_AT((ssi_one_hot)((x), (classes), (dtype)))
#define ssi_eye(dtype, n, m, k)            SSI_AT((ssi_eye)((dtype), (n), (m), (k)))
#define ssi_identity(dtype, n)             SSI_AT((ssi_identity)((dtype), (n)))
#define ssi_diag(x, k)                     SSI_AT((ssi_diag)((x), (k)))
#define ssi_diagflat(x, k)                 SSI_AT((ssi_diagflat)((x), (k)))
#define ssi_diagonal(x, k, axis1, axis2)   SSI_AT((ssi_diagonal)((x), (k), (axis1), (axis2)))
#define ssi_tri(dtype, n, m, k)            SSI_AT((ssi_tri)((dtype), (n), (m), (k)))
#define ssi_tril(x, k)                     SSI_AT((ssi_tril)((x), (k)))
#define ssi_triu(x, k)                     SSI_AT((ssi_triu)((x), (k)))
#define ssi_vander(x, columns, increasing) SSI_AT((ssi_vander)((x), (columns), (increasing)))
#endif

#ifdef __cplusplus
}
#endif
#endif
