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

/* x*x; of bool: i8. numpy.square */
SSI_API ssi_tensor *ssi_square(ssi_tensor *x);
/* 1/x. torch.reciprocal */
SSI_API ssi_tensor *ssi_reciprocal(ssi_tensor *x);
/* low where x < low, high where x > high, else x; at the bounds the gradient is x's, whole. numpy.clip, torch.clamp */
SSI_API ssi_tensor *ssi_clip(ssi_tensor *x, ssi_tensor *low, ssi_tensor *high);
/* bool. numpy.isnan, numpy.isfinite, numpy.isinf, numpy.signbit */
SSI_API ssi_tensor *ssi_isnan(ssi_tensor *x);
SSI_API ssi_tensor *ssi_isfinite(ssi_tensor *x);
SSI_API ssi_tensor *ssi_isinf(ssi_tensor *x);
SSI_API ssi_tensor *ssi_signbit(ssi_tensor *x);
/* 1 where x > 0, 0 where x < 0, at_zero where it is 0; NaN stays; no gradient by x. numpy.heaviside */
SSI_API ssi_tensor *ssi_heaviside(ssi_tensor *x, ssi_tensor *at_zero);
/* Degrees as radians, and back. numpy.deg2rad, numpy.rad2deg */
SSI_API ssi_tensor *ssi_deg2rad(ssi_tensor *x);
SSI_API ssi_tensor *ssi_rad2deg(ssi_tensor *x);
/* What a by b, cut toward 0, leaves: of a's sign, as C's fmod and %. numpy.fmod */
SSI_API ssi_tensor *ssi_fmod(ssi_tensor *a, ssi_tensor *b);
/* To so many decimals, halves to the even digit; to tens (-1), hundreds (-2), ... if negative. numpy.round */
SSI_API ssi_tensor *ssi_round(ssi_tensor *x, int decimals);
/* 0 for NaN, the largest finite numbers for infinities. numpy.nan_to_num */
SSI_API ssi_tensor *ssi_nan_to_num(ssi_tensor *x);
/* bool: |a - b| <= absolute + relative*|b|, or equal; NumPy's usual bounds are 1e-5 and 1e-8. NaN is close to nothing. numpy.isclose; numpy.allclose is
 * whether all are */
SSI_API ssi_tensor *ssi_isclose(ssi_tensor *a, ssi_tensor *b, double relative, double absolute);
SSI_API ssi_tensor *ssi_allclose(ssi_tensor *a, ssi_tensor *b, double relative, double absolute);
/* bool, no axes: whether shapes and all elements are the same. numpy.array_equal */
SSI_API ssi_tensor *ssi_array_equal(ssi_tensor *a, ssi_tensor *b);

/* ---- activations: of floats; value and gradient are finite for every finite x -------------------------------------------- */

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
/* The vector norm of order p: (sum of |x|^p)^(1/p); INFINITY and -INFINITY the largest and smallest |x|, 0 how many are not 0. numpy.linalg.norm(x, p)
 * of vectors */
SSI_API ssi_tensor *ssi_norm_p_axes(ssi_tensor *x, double p, int count, const int *axes, int keepdims);
/* The largest less the smallest. numpy.ptp */
SSI_API ssi_tensor *ssi_ptp_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
/* How many are not zero, i64. numpy.count_nonzero */
SSI_API ssi_tensor *ssi_count_nonzero_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
/* The mean, each element counted with its weight (which broadcasts to x). numpy.average */
SSI_API ssi_tensor *ssi_average_axes(ssi_tensor *x, ssi_tensor *weights, int count, const int *axes, int keepdims);
/* Whether all (any) are not zero: bool. Of nothing, all are and none is. numpy.all, numpy.any */
SSI_API ssi_tensor *ssi_all_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_any_axes(ssi_tensor *x, int count, const int *axes, int keepdims);

/* ---- the same of some elements only -------------------------------------------------------------------------------------- */

/* Of those where the mask holds, which broadcasts with x; of none: as of nothing. The smallest and largest begin with `initial`. NumPy's where= and
 * initial= */
SSI_API ssi_tensor *ssi_sum_where_axes(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_prod_where_axes(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_mean_where_axes(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_var_where_axes(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims,
                                       int ddof);
SSI_API ssi_tensor *ssi_std_where_axes(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims,
                                       int ddof);
SSI_API ssi_tensor *ssi_min_where_axes(ssi_tensor *x, ssi_tensor *mask, ssi_tensor *initial, int count, const int *axes,
                                       int keepdims);
SSI_API ssi_tensor *ssi_max_where_axes(ssi_tensor *x, ssi_tensor *mask, ssi_tensor *initial, int count, const int *axes,
                                       int keepdims);
SSI_API ssi_tensor *ssi_all_where_axes(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_any_where_axes(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims);

/* Of those that are not NaN, as ssi_nanmin and ssi_nanmax. Sums of none are 0, products 1; means and spreads of none NaN, places of extremes 0. numpy.nansum,
 * nanprod, ... */
SSI_API ssi_tensor *ssi_nansum_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_nanprod_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_nanmean_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_nanvar_axes(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof);
SSI_API ssi_tensor *ssi_nanstd_axes(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof);
SSI_API ssi_tensor *ssi_nanargmin(ssi_tensor *x, int axis);
SSI_API ssi_tensor *ssi_nanargmax(ssi_tensor *x, int axis);

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

/* ssi_sum_where(x, mask): over all; ssi_sum_where(x, mask, 0): over that axis. */
#define SSI_REDUCE_WHERE(f, x, second, ...)                                                                            \
    SSI_AT((f)(SSI_TENSOR(x), SSI_TENSOR(second), (int)(sizeof((int[]){__VA_ARGS__}) / sizeof(int)) - 1,               \
               (const int[]){__VA_ARGS__}, 0))

#define ssi_square(x)            SSI_OP1(ssi_square, x)
#define ssi_reciprocal(x)        SSI_OP1(ssi_reciprocal, x)
#define ssi_clip(x, low, high)   SSI_AT((ssi_clip)(SSI_TENSOR(x), SSI_TENSOR(low), SSI_TENSOR(high)))
#define ssi_isnan(x)             SSI_OP1(ssi_isnan, x)
#define ssi_isfinite(x)          SSI_OP1(ssi_isfinite, x)
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
#define ssi_isinf(x)             SSI_OP1(ssi_isinf, x)
#define ssi_signbit(x)           SSI_OP1(ssi_signbit, x)
#define ssi_deg2rad(x)           SSI_OP1(ssi_deg2rad, x)
#define ssi_rad2deg(x)           SSI_OP1(ssi_rad2deg, x)
#define ssi_nan_to_num(x)        SSI_OP1(ssi_nan_to_num, x)
#define ssi_heaviside(a, b)      SSI_OP2(ssi_heaviside, a, b)
#define ssi_fmod(a, b)           SSI_OP2(ssi_fmod, a, b)
#define ssi_round(x, decimals)   SSI_AT((ssi_round)((x), (decimals)))
#define ssi_isclose(a, b, relative, absolute)                                                                          \
    SSI_AT((ssi_isclose)(SSI_TENSOR(a), SSI_TENSOR(b), (relative), (absolute)))
#define ssi_allclose(a, b, relative, absolute)                                                                         \
    SSI_AT((ssi_allclose)(SSI_TENSOR(a), SSI_TENSOR(b), (relative), (absolute)))
#define ssi_ptp(...)             SSI_REDUCE(ssi_ptp_axes, __VA_ARGS__, 0)
#define ssi_count_nonzero(...)   SSI_REDUCE(ssi_count_nonzero_axes, __VA_ARGS__, 0)
#define ssi_nansum(...)          SSI_REDUCE(ssi_nansum_axes, __VA_ARGS__, 0)
#define ssi_nanprod(...)         SSI_REDUCE(ssi_nanprod_axes, __VA_ARGS__, 0)
#define ssi_nanmean(...)         SSI_REDUCE(ssi_nanmean_axes, __VA_ARGS__, 0)
#define ssi_nanvar(...)          SSI_REDUCE_DDOF(ssi_nanvar_axes, __VA_ARGS__, 0)
#define ssi_nanstd(...)          SSI_REDUCE_DDOF(ssi_nanstd_axes, __VA_ARGS__, 0)
#define ssi_sum_where(x, ...)    SSI_REDUCE_WHERE(ssi_sum_where_axes, x, __VA_ARGS__, 0)
#define ssi_prod_where(x, ...)   SSI_REDUCE_WHERE(ssi_prod_where_axes, x, __VA_ARGS__, 0)
#define ssi_mean_where(x, ...)   SSI_REDUCE_WHERE(ssi_mean_where_axes, x, __VA_ARGS__, 0)
#define ssi_all_where(x, ...)    SSI_REDUCE_WHERE(ssi_all_where_axes, x, __VA_ARGS__, 0)
#define ssi_any_where(x, ...)    SSI_REDUCE_WHERE(ssi_any_where_axes, x, __VA_ARGS__, 0)
#define ssi_average(x, ...)      SSI_REDUCE_WHERE(ssi_average_axes, x, __VA_ARGS__, 0)
#define ssi_nanargmin(x, axis)   SSI_AT((ssi_nanargmin)((x), (axis)))
#define ssi_nanargmax(x, axis)   SSI_AT((ssi_nanargmax)((x), (axis)))
#define ssi_softmax(x, axis)     SSI_AT((ssi_softmax)((x), (axis)))
#define ssi_log_softmax(x, axis) SSI_AT((ssi_log_softmax)((x), (axis)))
#define ssi_logsumexp(x, axis)   SSI_AT((ssi_logsumexp)((x), (axis)))
#endif

#ifdef __cplusplus
}
#endif
#endif
