/*
 * statistics.c - means, spreads and sums of exponentials.
 */
#include <math.h>

#include "math/wide.h"

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

ssi_tensor *ssi_mean_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    return x ? ssi_as_result(mean(ssi_wide(x), count, axes, keepdims), x) : NULL;
}

ssi_tensor *ssi_var_axes(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof)
{
    SSI_CALLED;
    return x ? ssi_as_result(variance(ssi_wide(x), count, axes, keepdims, ddof), x) : NULL;
}

ssi_tensor *ssi_std_axes(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof)
{
    SSI_CALLED;
    return x ? ssi_as_result(ssi_root(variance(ssi_wide(x), count, axes, keepdims, ddof)), x) : NULL;
}

ssi_tensor *ssi_norm_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    return x ? ssi_as_result(ssi_root(ssi_sum_axes(ssi_square(ssi_wide(x)), count, axes, keepdims)), x) : NULL;
}

/* The extremes of truths; of nothing, which has none, their product and sum: all of nothing are true, and none is. */
ssi_tensor *ssi_all_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    ssi_tensor *true_ones = ssi_cast(x, SSI_BOOL);
    return x && ssi_count(x) > 0 ? ssi_min_axes(true_ones, count, axes, keepdims)
                                 : ssi_not_equal(ssi_prod_axes(true_ones, count, axes, keepdims), 0);
}

ssi_tensor *ssi_any_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    ssi_tensor *true_ones = ssi_cast(x, SSI_BOOL);
    return x && ssi_count(x) > 0 ? ssi_max_axes(true_ones, count, axes, keepdims)
                                 : ssi_not_equal(ssi_sum_axes(true_ones, count, axes, keepdims), 0);
}

ssi_tensor *ssi_count_nonzero_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    return ssi_sum_axes(ssi_cast(x, SSI_BOOL), count, axes, keepdims);
}

ssi_tensor *ssi_ptp_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    return ssi_sub(ssi_max_axes(x, count, axes, keepdims), ssi_min_axes(x, count, axes, keepdims));
}

ssi_tensor *ssi_norm_p_axes(ssi_tensor *x, double p, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    if (!x || p == 2)
        return ssi_norm_axes(x, count, axes, keepdims);
    ssi_tensor *size = ssi_abs(ssi_wide(x)), *norm;
    if (isinf(p))
        norm = (p > 0 ? ssi_max_axes : ssi_min_axes)(size, count, axes, keepdims);
    else if (p == 0)
        norm = ssi_cast(ssi_count_nonzero_axes(x, count, axes, keepdims), ssi_dtype_of(size));
    else
        norm = ssi_pow(ssi_sum_axes(ssi_pow(size, p), count, axes, keepdims), 1 / p);
    return ssi_as_result(norm, x);
}

ssi_tensor *ssi_average_axes(ssi_tensor *x, ssi_tensor *weights, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    if (!x || !weights)
        return NULL;
    ssi_tensor *each = (ssi_ones)(ssi_dtype_of(ssi_wide(x)), x->rank, x->shape);
    ssi_tensor *sum = ssi_sum_axes(ssi_mul(ssi_wide(x), ssi_wide(weights)), count, axes, keepdims);
    return ssi_as_result(ssi_div(sum, ssi_sum_axes(ssi_mul(each, ssi_wide(weights)), count, axes, keepdims)), x);
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
    SSI_CALLED;
    ssi_tensor *shift, *e = ssi_exp(shifted(as_float(x), axis, &shift));
    return ssi_div(e, ssi_sum_axes(e, 1, &axis, 1));
}

ssi_tensor *(ssi_log_softmax)(ssi_tensor *x, int axis)
{
    SSI_CALLED;
    ssi_tensor *shift, *z = shifted(as_float(x), axis, &shift);
    return ssi_sub(z, ssi_log(ssi_sum_axes(ssi_exp(z), 1, &axis, 1)));
}

/* A shift of infinity would make NaN of infinity minus itself: rows without a finite largest are not shifted. */
ssi_tensor *(ssi_logsumexp)(ssi_tensor *x, int axis)
{
    SSI_CALLED;
    x = as_float(x);
    ssi_tensor *largest = ssi_detach(ssi_max_axes(x, 1, &axis, 1));
    ssi_tensor *shift = ssi_where(ssi_isfinite(largest), largest, 0.0);
    ssi_tensor *sum = ssi_add(ssi_log(ssi_sum_axes(ssi_exp(ssi_sub(x, shift)), 1, &axis, 1)), shift);
    return ssi_squeeze(sum, axis);
}
