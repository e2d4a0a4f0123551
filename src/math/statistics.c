/*
 * statistics.c - means, spreads and sums of exponentials.
 */
#include <math.h>

#include "ssi/math.h"

#include "tensor/tensor.h"

/* What means are taken in: integers as f64; narrow floats as f32, in which their sums do not overflow. */
static ssi_tensor *wide(ssi_tensor *x)
{
    ssi_dtype dtype = ssi_dtype_of(x);
    bool narrow = dtype == SSI_F16 || dtype == SSI_BF16;
    return ssi_cast(x, narrow ? SSI_F32 : ssi_is_float(dtype) ? dtype : SSI_F64);
}

/* Back to what the result of x is given in. */
static ssi_tensor *as_result(ssi_tensor *y, const ssi_tensor *x)
{
    ssi_dtype dtype = ssi_dtype_of(x);
    return ssi_is_float(dtype) ? ssi_cast(y, dtype) : y;
}

/* How many elements go into each result. */
static double share(const ssi_tensor *x, const ssi_tensor *y)
{
    int64_t results = ssi_size(y);
    return results ? (double)ssi_size(x) / (double)results : 0;
}

static ssi_tensor *mean(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    ssi_tensor *sum = ssi_sum_axes(x, count, axes, keepdims);
    return sum ? ssi_div(sum, share(x, sum)) : NULL;
}

static ssi_tensor *variance(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof)
{
    ssi_tensor *distance = ssi_sub(x, mean(x, count, axes, 1));
    ssi_tensor *sum = ssi_sum_axes(ssi_square(distance), count, axes, keepdims);
    return sum ? ssi_div(sum, fmax(share(x, sum) - ddof, 0)) : NULL;
}

/* The square root, with slope 0 at 0: so that what does not vary, and a vector of zeros, have a gradient. */
static ssi_tensor *root(ssi_tensor *x)
{
    ssi_tensor *zero = ssi_equal(x, 0);
    return ssi_where(zero, 0, ssi_sqrt(ssi_where(zero, 1, x)));
}

ssi_tensor *ssi_mean_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    return x ? as_result(mean(wide(x), count, axes, keepdims), x) : NULL;
}

ssi_tensor *ssi_var_axes(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof)
{
    return x ? as_result(variance(wide(x), count, axes, keepdims, ddof), x) : NULL;
}

ssi_tensor *ssi_std_axes(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof)
{
    return x ? as_result(root(variance(wide(x), count, axes, keepdims, ddof)), x) : NULL;
}

ssi_tensor *ssi_norm_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    return x ? as_result(root(ssi_sum_axes(ssi_square(wide(x)), count, axes, keepdims)), x) : NULL;
}

/* By product and sum of truths, so that of nothing all are true and none is. */
ssi_tensor *ssi_all_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    return ssi_not_equal(ssi_prod_axes(ssi_cast(x, SSI_BOOL), count, axes, keepdims), 0);
}

ssi_tensor *ssi_any_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    return ssi_not_equal(ssi_sum_axes(ssi_cast(x, SSI_BOOL), count, axes, keepdims), 0);
}

static ssi_tensor *as_float(ssi_tensor *x)
{
    return x && !ssi_is_float(ssi_dtype_of(x)) ? ssi_cast(x, SSI_F64) : x;
}

/* x minus its largest along the axis: the largest exponent is then 0. No gradient flows through the shift, which cancels. */
static ssi_tensor *shifted(ssi_tensor *x, int axis, ssi_tensor **shift)
{
    *shift = ssi_detach(ssi_max_axes(x, 1, &axis, 1));
    return ssi_sub(x, *shift);
}

ssi_tensor *(ssi_softmax)(ssi_tensor *x, int axis)
{
    ssi_tensor *shift, *e = ssi_exp(shifted(as_float(x), axis, &shift));
    return ssi_div(e, ssi_sum_axes(e, 1, &axis, 1));
}

ssi_tensor *(ssi_log_softmax)(ssi_tensor *x, int axis)
{
    ssi_tensor *shift, *z = shifted(as_float(x), axis, &shift);
    return ssi_sub(z, ssi_log(ssi_sum_axes(ssi_exp(z), 1, &axis, 1)));
}

/* A shift of infinity would make NaN of infinity minus itself: rows without a finite largest are not shifted. */
ssi_tensor *(ssi_logsumexp)(ssi_tensor *x, int axis)
{
    x = as_float(x);
    ssi_tensor *largest = ssi_detach(ssi_max_axes(x, 1, &axis, 1));
    ssi_tensor *shift = ssi_where(ssi_isfinite(largest), largest, 0.0);
    ssi_tensor *sum = ssi_add(ssi_log(ssi_sum_axes(ssi_exp(ssi_sub(x, shift)), 1, &axis, 1)), shift);
    return ssi_squeeze(sum, axis);
}
