/*
 * elementwise.c - functions of single elements, written in primitives so that value and gradient stay finite at the extremes.
 */
#include "ssi/math.h"

ssi_tensor *(ssi_square)(ssi_tensor *x)
{
    return ssi_mul(x, x);
}

ssi_tensor *(ssi_reciprocal)(ssi_tensor *x)
{
    return ssi_div(1.0, x);
}

/* By choice, so that at the bounds themselves the gradient is x's, whole, as PyTorch's. */
ssi_tensor *(ssi_clip)(ssi_tensor *x, ssi_tensor *low, ssi_tensor *high)
{
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

ssi_tensor *(ssi_heaviside)(ssi_tensor *x)
{
    return x ? ssi_cast(ssi_greater(x, 0), ssi_dtype_of(x)) : NULL;
}

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
    ssi_tensor *below = ssi_where(ssi_greater(x, 0), ssi_neg(x), x);
    return ssi_add(ssi_relu(x), ssi_log1p(ssi_exp(below)));
}
