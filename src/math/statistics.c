/*
 * statistics.c - means, spreads and sums of exponentials.
 */
#include "ssi/math.h"

#include "tensor/tensor.h"

static ssi_tensor *as_float(ssi_tensor *x)
{
    return x && !ssi_is_float(ssi_dtype_of(x)) ? ssi_cast(x, SSI_F64) : x;
}

/* How many elements go into each result. */
static double share(const ssi_tensor *x, const ssi_tensor *y)
{
    int64_t outputs = ssi_size(y);
    return outputs ? (double)ssi_size(x) / (double)outputs : 0;
}

ssi_tensor *ssi_mean_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    x = as_float(x);
    ssi_tensor *sum = ssi_sum_axes(x, count, axes, keepdims);
    return sum ? ssi_div(sum, share(x, sum)) : NULL;
}

ssi_tensor *ssi_var_axes(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof)
{
    x = as_float(x);
    ssi_tensor *sum = ssi_sum_axes(ssi_square(ssi_sub(x, ssi_mean_axes(x, count, axes, 1))), count, axes, keepdims);
    return sum ? ssi_div(sum, share(x, sum) - ddof) : NULL;
}

ssi_tensor *ssi_std_axes(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof)
{
    return ssi_sqrt(ssi_var_axes(x, count, axes, keepdims, ddof));
}

static ssi_tensor *truth(ssi_tensor *x)
{
    return x && ssi_dtype_of(x) != SSI_BOOL ? ssi_not_equal(x, 0) : x;
}

/* Of nothing all are true, and none is. */
ssi_tensor *(ssi_all)(ssi_tensor *x)
{
    return ssi_size(x) ? ssi_min(truth(x)) : x ? ssi_cast(1, SSI_BOOL) : NULL;
}

ssi_tensor *(ssi_any)(ssi_tensor *x)
{
    return ssi_size(x) ? ssi_max(truth(x)) : x ? ssi_cast(0, SSI_BOOL) : NULL;
}

ssi_tensor *(ssi_norm)(ssi_tensor *x)
{
    return ssi_sqrt(ssi_sum(ssi_square(as_float(x))));
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
