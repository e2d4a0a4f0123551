/*
 * ssi/math.h - everything that is written in the operations of ssi/ops.h: no kernels here, and every gradient comes with it.
 *
 *     ssi_tensor *x = ssi_array(((double[]){1, 2, 3, 6}), 2, 2);
 *     ssi_print(ssi_mean(x, 0));                        // expect: [2. 4.]
 *     ssi_print(ssi_std(x));                            // expect: 1.8708286933869707
 *     ssi_print(ssi_clip(x, 1.5, 3));                   // expect: [[1.5 2. ]
 *                                                       // expect:  [3.  3. ]]
 *
 * Axes may be negative. Functions of real numbers take integers too, as those of ssi/ops.h. A C number may stand for an operand of the elementwise
 * ones. Each names its NumPy or PyTorch counterpart; errors are those of the operations it is written in, unless it says more.
 */
#ifndef SSI_MATH_H
#define SSI_MATH_H

#include "ssi/arrange.h" /* joining, repeating, turning, padding, signals */
#include "ssi/create.h"  /* sequences, grids, diagonals */

#ifdef __cplusplus
extern "C" {
#endif

/* ---- elementwise ------------------------------------------------------------------------------------------------------ */

/* x*x. numpy.square */
SSI_API ssi_tensor *ssi_square(ssi_tensor *x);
/* 1/x. torch.reciprocal */
SSI_API ssi_tensor *ssi_reciprocal(ssi_tensor *x);
/* low where x < low, high where x > high, else x; at the bounds the gradient is x's, whole. numpy.clip, torch.clamp */
SSI_API ssi_tensor *ssi_clip(ssi_tensor *x, ssi_tensor *low, ssi_tensor *high);
/* bool. numpy.isnan, numpy.isfinite */
SSI_API ssi_tensor *ssi_isnan(ssi_tensor *x);
SSI_API ssi_tensor *ssi_isfinite(ssi_tensor *x);

/* ---- activations: of floats; value and gradient are finite for every finite x -------------------------------------------- */

/* 1 where x > 0, else 0, of x's dtype; no gradient. numpy.heaviside(x, 0) */
SSI_API ssi_tensor *ssi_heaviside(ssi_tensor *x);
/* x where x > 0, else slope*x. torch.nn.functional.leaky_relu, where slope is 0.01 unless said */
SSI_API ssi_tensor *ssi_leaky_relu(ssi_tensor *x, double slope);
/* x where x > 0, else alpha*(e^x - 1). torch.nn.functional.elu, where alpha is 1 unless said */
SSI_API ssi_tensor *ssi_elu(ssi_tensor *x, double alpha);
/* x times the normal distribution function: x/2 (1 + erf(x/sqrt 2)). torch.nn.functional.gelu */
SSI_API ssi_tensor *ssi_gelu(ssi_tensor *x);
/* x sigmoid(x). torch.nn.functional.silu */
SSI_API ssi_tensor *ssi_silu(ssi_tensor *x);
/* log(1 + e^x). torch.nn.functional.softplus */
SSI_API ssi_tensor *ssi_softplus(ssi_tensor *x);

/* ---- statistics: over the axes listed (count 0: over all), which are kept as size 1 if `keepdims` --------------------------- */

/* Of integers: f64. Of f16 and bf16 sums are made in f32. The mean of nothing is NaN. numpy.mean */
SSI_API ssi_tensor *ssi_mean_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
/* The sum of squared distances from the mean, divided by n - ddof. numpy.var; torch.var has ddof 1 */
SSI_API ssi_tensor *ssi_var_axes(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof);
/* Its square root; the gradient is 0 where it is 0. numpy.std */
SSI_API ssi_tensor *ssi_std_axes(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof);
/* The square root of the sum of squares; the gradient is 0 where it is 0. torch.linalg.vector_norm */
SSI_API ssi_tensor *ssi_norm_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
/* Whether all (any) are not zero: bool. Of nothing, all are and none is. numpy.all, numpy.any */
SSI_API ssi_tensor *ssi_all_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_any_axes(ssi_tensor *x, int count, const int *axes, int keepdims);

/* ---- along an axis, which may not be empty; nothing overflows -------------------------------------------------------------- */

/* e^x over the sum of e^x. torch.softmax */
SSI_API ssi_tensor *ssi_softmax(ssi_tensor *x, int axis);
/* Its logarithm, not taken of it. torch.log_softmax */
SSI_API ssi_tensor *ssi_log_softmax(ssi_tensor *x, int axis);
/* The logarithm of the sum of e^x; the axis is dropped. torch.logsumexp */
SSI_API ssi_tensor *ssi_logsumexp(ssi_tensor *x, int axis);

/* ---- sugar: ssi_mean(x) is over all, ssi_mean(x, 0, -1) over those axes, which are dropped; ddof is 0 ------------------------- */

#ifndef __cplusplus
#define SSI_REDUCE_DDOF(f, x, ...)                                                                                     \
    SSI_AT((f)(SSI_TENSOR(x), (int)(sizeof((int[]){__VA_ARGS__}) / sizeof(int)) - 1, (const int[]){__VA_ARGS__}, 0, 0))

#define ssi_square(x)            SSI_OP1(ssi_square, x)
#define ssi_reciprocal(x)        SSI_OP1(ssi_reciprocal, x)
#define ssi_clip(x, low, high)   SSI_AT((ssi_clip)(SSI_TENSOR(x), SSI_TENSOR(low), SSI_TENSOR(high)))
#define ssi_isnan(x)             SSI_OP1(ssi_isnan, x)
#define ssi_isfinite(x)          SSI_OP1(ssi_isfinite, x)
#define ssi_heaviside(x)         SSI_OP1(ssi_heaviside, x)
#define ssi_gelu(x)              SSI_OP1(ssi_gelu, x)
#define ssi_silu(x)              SSI_OP1(ssi_silu, x)
#define ssi_softplus(x)          SSI_OP1(ssi_softplus, x)
#define ssi_leaky_relu(x, slope) SSI_AT((ssi_leaky_relu)((x), (slope)))
#define ssi_elu(x, alpha)        SSI_AT((ssi_elu)((x), (alpha)))
#define ssi_mean(...)            SSI_REDUCE(ssi_mean_axes, __VA_ARGS__, 0)
#define ssi_var(...)             SSI_REDUCE_DDOF(ssi_var_axes, __VA_ARGS__, 0)
#define ssi_std(...)             SSI_REDUCE_DDOF(ssi_std_axes, __VA_ARGS__, 0)
#define ssi_norm(...)            SSI_REDUCE(ssi_norm_axes, __VA_ARGS__, 0)
#define ssi_all(...)             SSI_REDUCE(ssi_all_axes, __VA_ARGS__, 0)
#define ssi_any(...)             SSI_REDUCE(ssi_any_axes, __VA_ARGS__, 0)
#define ssi_softmax(x, axis)     SSI_AT((ssi_softmax)((x), (axis)))
#define ssi_log_softmax(x, axis) SSI_AT((ssi_log_softmax)((x), (axis)))
#define ssi_logsumexp(x, axis)   SSI_AT((ssi_logsumexp)((x), (axis)))
#endif

#ifdef __cplusplus
}
#endif
#endif
