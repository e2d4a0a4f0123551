/*
 * elementwise.c - functions of single elements, written in primitives so that value and gradient stay finite at the extremes.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "ops/function.h"
#include "ssi/math.h"

ssi_tensor *(ssi_square)(ssi_tensor *x)
{
    x = x && x->dtype == SSI_BOOL ? ssi_cast(x, SSI_I8) : x; /* whose product would be "and" */
    return ssi_mul(x, x);
}

ssi_tensor *(ssi_reciprocal)(ssi_tensor *x)
{
    return ssi_div(1.0, x);
}

/* By choice, so that at the bounds themselves the gradient is x's, whole, as PyTorch's. Integers have none. */
ssi_tensor *(ssi_clip)(ssi_tensor *x, ssi_tensor *low, ssi_tensor *high)
{
    SSI_CALLED;
    if (x && low && high && !ssi_is_float(ssi_common(x, low)) && !ssi_is_float(ssi_common(x, high)))
        return ssi_minimum(ssi_maximum(x, low), high);
    ssi_tensor *y = ssi_where(ssi_less(x, low), low, x);
    return ssi_where(ssi_greater(y, high), high, y);
}

ssi_tensor *(ssi_isnan)(ssi_tensor *x)
{
    return ssi_not_equal(x, x);
}

/* 0 times infinity, and 0 times NaN, is NaN. */
ssi_tensor *(ssi_isfinite)(ssi_tensor *x)
{
    return ssi_equal(ssi_mul(x, 0), 0);
}

/* What x is compared with is a number of x's dtype: infinity is none of an integer's. */
static bool of_floats(const ssi_tensor *x)
{
    return x && ssi_is_float((ssi_dtype)x->dtype);
}

ssi_tensor *(ssi_isinf)(ssi_tensor *x)
{
    return of_floats(x) ? ssi_equal(ssi_abs(x), INFINITY) : ssi_not_equal(x, x);
}

ssi_tensor *(ssi_signbit)(ssi_tensor *x)
{
    return ssi_less(of_floats(x) ? ssi_copysign(1, x) : x, 0);
}

ssi_tensor *(ssi_heaviside)(ssi_tensor *x, ssi_tensor *at_zero)
{
    SSI_CALLED;
    if (!x || !at_zero)
        return NULL;
    ssi_dtype dtype = ssi_float_for_both(x, at_zero);
    ssi_tensor *step = ssi_where(ssi_greater(x, 0), 1, ssi_where(ssi_less(x, 0), 0, at_zero));
    return ssi_where(ssi_isnan(x), ssi_detach(ssi_cast(x, dtype)), ssi_cast(step, dtype));
}

static ssi_tensor *scaled(ssi_tensor *x, double factor)
{
    return x ? ssi_mul(ssi_cast(x, ssi_float_for((ssi_dtype)x->dtype)), factor) : NULL;
}

ssi_tensor *(ssi_deg2rad)(ssi_tensor *x)
{
    return scaled(x, 3.14159265358979323846 / 180);
}

ssi_tensor *(ssi_rad2deg)(ssi_tensor *x)
{
    return scaled(x, 180 / 3.14159265358979323846);
}

/* Of floats the remainder of the sizes, with a's sign. The smallest integer has no size: of integers the remainder, which has b's sign, is moved to a's. */
ssi_tensor *(ssi_fmod)(ssi_tensor *a, ssi_tensor *b)
{
    SSI_CALLED;
    ssi_tensor *rest = ssi_remainder(a, b);
    if (!rest)
        return NULL;
    if (of_floats(rest)) {
        ssi_tensor *from = ssi_cast(a, ssi_dtype_of(rest)), *by = ssi_cast(b, ssi_dtype_of(rest));
        return ssi_copysign(ssi_remainder(ssi_abs(from), ssi_abs(by)), from);
    }
    ssi_tensor *other_sign = ssi_not_equal(ssi_less(rest, 0), ssi_less(a, 0));
    return ssi_where(ssi_logical_and(other_sign, ssi_not_equal(rest, 0)), ssi_sub(rest, b), rest);
}

/* Of integers only tens, hundreds, ... are rounded to; through f64, exact up to 2^53. */
ssi_tensor *(ssi_round)(ssi_tensor *x, int decimals)
{
    if (!x || (!of_floats(x) && decimals >= 0))
        return x;
    double scale = pow(10, decimals < 0 ? -decimals : decimals);
    ssi_tensor *wide = of_floats(x) ? x : ssi_cast(x, SSI_F64);
    if (decimals == 0)
        return ssi_rint(x);
    ssi_tensor *y =
        decimals > 0 ? ssi_div(ssi_rint(ssi_mul(wide, scale)), scale) : ssi_mul(ssi_rint(ssi_div(wide, scale)), scale);
    return ssi_cast(y, ssi_dtype_of(x));
}

static double largest_of(ssi_dtype dtype)
{
    return dtype == SSI_F64 ? DBL_MAX : dtype == SSI_F16 ? 65504 : dtype == SSI_BF16 ? 0x1.fep127 : (double)FLT_MAX;
}

ssi_tensor *(ssi_nan_to_num)(ssi_tensor *x)
{
    if (!of_floats(x))
        return x;
    double most = largest_of(ssi_dtype_of(x));
    ssi_tensor *y = ssi_where(ssi_greater(x, most), most, ssi_where(ssi_less(x, -most), -most, x));
    return ssi_where(ssi_isnan(x), 0, y);
}

/* ---- closeness ---- */

ssi_tensor *(ssi_isclose)(ssi_tensor *a, ssi_tensor *b, double relative, double absolute)
{
    SSI_CALLED;
    ssi_tensor *distance = ssi_abs(ssi_sub(ssi_mul(a, 1.0), b));
    ssi_tensor *near = ssi_less_equal(distance, ssi_add(ssi_mul(ssi_abs(b), relative), absolute));
    return ssi_logical_or(ssi_equal(a, b), ssi_logical_and(near, ssi_isfinite(b)));
}

ssi_tensor *(ssi_allclose)(ssi_tensor *a, ssi_tensor *b, double relative, double absolute)
{
    SSI_CALLED;
    return ssi_all_axes(ssi_isclose(a, b, relative, absolute), 0, NULL, 0);
}

ssi_tensor *ssi_array_equal(ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b)
        return NULL;
    bool same = a->rank == b->rank && !memcmp(a->shape, b->shape, (size_t)a->rank * sizeof *a->shape);
    return same ? ssi_all_axes(ssi_equal(a, b), 0, NULL, 0) : ssi_cast(ssi_number_bool(0), SSI_BOOL);
}

/* ---- activations ---- */

ssi_tensor *(ssi_leaky_relu)(ssi_tensor *x, double slope)
{
    return ssi_where(ssi_greater(x, 0), x, ssi_mul(x, slope));
}

/* The exponential sees no positive x: where its value is not used it must not overflow, or its gradient would be 0 times infinity. */
ssi_tensor *(ssi_elu)(ssi_tensor *x, double alpha)
{
    ssi_tensor *positive = ssi_greater(x, 0);
    ssi_tensor *below = ssi_expm1(ssi_where(positive, 0, x));
    return ssi_where(positive, x, ssi_mul(below, alpha));
}

ssi_tensor *(ssi_gelu)(ssi_tensor *x)
{
    ssi_tensor *phi = ssi_add(ssi_erf(ssi_mul(x, 0.7071067811865476)), 1.0);
    return ssi_mul(ssi_mul(x, 0.5), phi);
}

ssi_tensor *(ssi_silu)(ssi_tensor *x)
{
    return ssi_mul(x, ssi_sigmoid(x));
}

/* max(x, 0) + log(1 + e^-|x|): neither term overflows. Of |x| the side is chosen, so that at 0 too every derivative is right. */
ssi_tensor *(ssi_softplus)(ssi_tensor *x)
{
    SSI_CALLED;
    ssi_tensor *below = ssi_where(ssi_greater(x, 0), ssi_neg(x), x);
    return ssi_add(ssi_relu(x), ssi_log1p(ssi_exp(below)));
}
