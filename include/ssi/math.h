/*
 * ssi/math.h - everything that is written in primitives: no kernels here, and every gradient comes with it.
 *
 * Axes may be negative. Functions of floats take integers too, as the primitives they are written in.
 */
#ifndef SSI_MATH_H
#define SSI_MATH_H

#include "ssi/ops.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- elementwise ---- */
SSI_API ssi_tensor *ssi_square(ssi_tensor *x);                                  /* x*x. numpy.square */
SSI_API ssi_tensor *ssi_reciprocal(ssi_tensor *x);                              /* 1/x. numpy.reciprocal for floats */
SSI_API ssi_tensor *ssi_clip(ssi_tensor *x, ssi_tensor *low, ssi_tensor *high); /* numpy.clip; gradient as torch.clamp */
SSI_API ssi_tensor *ssi_isnan(ssi_tensor *x);                                   /* bool */
SSI_API ssi_tensor *ssi_isfinite(ssi_tensor *x);                                /* bool */
SSI_API ssi_tensor *ssi_log1p(ssi_tensor *x); /* log(1 + x), exact to rounding also for tiny x */
SSI_API ssi_tensor *ssi_expm1(ssi_tensor *x); /* e^x - 1, likewise */

/* ---- activations: value and gradient are finite for every finite x ---- */
SSI_API ssi_tensor *ssi_heaviside(ssi_tensor *x);                     /* 1 where x > 0, else 0, of x's dtype; no gradient. numpy.heaviside(x, 0) */
SSI_API ssi_tensor *ssi_leaky_relu(ssi_tensor *x, double slope); /* x where x > 0, else slope*x. torch 0.01 */
SSI_API ssi_tensor *ssi_elu(ssi_tensor *x, double alpha);        /* x where x > 0, else alpha*(e^x - 1). torch 1.0 */
SSI_API ssi_tensor *ssi_gelu(ssi_tensor *x);     /* x times the normal distribution function: x/2 (1 + erf(x/sqrt 2)) */
SSI_API ssi_tensor *ssi_silu(ssi_tensor *x);     /* x sigmoid(x) */
SSI_API ssi_tensor *ssi_softplus(ssi_tensor *x); /* log(1 + e^x) */

/* ---- statistics: over the axes listed (count 0: all), kept as size 1 if `keepdims`; integers count as f64 ---- */
SSI_API ssi_tensor *ssi_mean_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
/* The mean square distance from the mean, divided by n - ddof. numpy.var; torch.var has ddof 1. */
SSI_API ssi_tensor *ssi_var_axes(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof);
/* Its square root; the gradient is 0 where it is 0. */
SSI_API ssi_tensor *ssi_std_axes(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof);
/* The square root of the sum of squares; its gradient is 0 where it is 0. numpy.linalg.norm */
SSI_API ssi_tensor *ssi_norm_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
/* Whether all, or any, are not zero: bool. Of nothing all are, and none is. numpy.all, numpy.any */
SSI_API ssi_tensor *ssi_all_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_any_axes(ssi_tensor *x, int count, const int *axes, int keepdims);

/* ---- along an axis ---- */
SSI_API ssi_tensor *ssi_softmax(ssi_tensor *x, int axis);     /* e^x over its sum; the largest is subtracted first */
SSI_API ssi_tensor *ssi_log_softmax(ssi_tensor *x, int axis); /* its logarithm, without taking the logarithm of it */
SSI_API ssi_tensor *ssi_logsumexp(ssi_tensor *x, int axis);   /* the axis is dropped */

/* ---- making and shaping ---- */
/* start, start + step, ... up to but not `stop`: numpy.arange to the last bit, of f32 and of integers too. */
SSI_API ssi_tensor *ssi_arange(ssi_dtype dtype, double start, double stop, double step);
SSI_API ssi_tensor *ssi_linspace(ssi_dtype dtype, double start, double stop, int64_t count); /* both ends included */
/* x (...) integers in [0, classes) -> (..., classes): 1 at the index, else 0; outside, all 0. */
SSI_API ssi_tensor *ssi_one_hot(ssi_tensor *x, int64_t classes, ssi_dtype dtype);
/* Mean 0, deviation 1 (Box and Muller 1958), a pure function of (seed, stream). */
SSI_API ssi_tensor *ssi_normal(ssi_dtype dtype, int rank, const int64_t *shape, uint64_t seed, uint64_t stream);
SSI_API ssi_tensor *ssi_bernoulli(double p, int rank, const int64_t *shape, uint64_t seed,
                                  uint64_t stream);                       /* bool, true with probability p */
SSI_API ssi_tensor *ssi_stack(int count, ssi_tensor *const *x, int axis); /* along a new axis. numpy.stack */
SSI_API ssi_tensor *ssi_squeeze(ssi_tensor *x, int axis);                 /* drops an axis of size 1 */
SSI_API ssi_tensor *ssi_expand_dims(ssi_tensor *x, int axis); /* a new axis of size 1, at `axis` of the result */

#ifndef __cplusplus
#define ssi_square(x)            SSI_OP1(ssi_square, x)
#define ssi_reciprocal(x)        SSI_OP1(ssi_reciprocal, x)
#define ssi_clip(x, low, high)   SSI_AT((ssi_clip)(SSI_TENSOR(x), SSI_TENSOR(low), SSI_TENSOR(high)))
#define ssi_isnan(x)             SSI_OP1(ssi_isnan, x)
#define ssi_isfinite(x)          SSI_OP1(ssi_isfinite, x)
#define ssi_log1p(x)             SSI_OP1(ssi_log1p, x)
#define ssi_expm1(x)             SSI_OP1(ssi_expm1, x)
#define ssi_heaviside(x)         SSI_OP1(ssi_heaviside, x)
#define ssi_gelu(x)              SSI_OP1(ssi_gelu, x)
#define ssi_silu(x)              SSI_OP1(ssi_silu, x)
#define ssi_softplus(x)          SSI_OP1(ssi_softplus, x)
#define ssi_leaky_relu(x, slope) SSI_AT((ssi_leaky_relu)((x), (slope)))
#define ssi_elu(x, alpha)        SSI_AT((ssi_elu)((x), (alpha)))
#define ssi_mean(...)            SSI_REDUCE(ssi_mean_axes, __VA_ARGS__, 0)
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
