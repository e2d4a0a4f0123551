/*
 * masked.c - sums, means, spreads and extremes of some elements only: where a mask holds, or of what is not NaN. What does not count is replaced by
 * what changes nothing.
 */
#include <math.h>

#include "math/wide.h"

/* How many count towards each result; the mask broadcasts with x. */
static ssi_tensor *how_many(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims)
{
    ssi_tensor *each = x ? (ssi_ones)(SSI_BOOL, x->rank, x->shape) : NULL;
    return ssi_sum_axes(ssi_logical_and(mask, each), count, axes, keepdims);
}

ssi_tensor *ssi_sum_where_axes(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    return ssi_sum_axes(ssi_where(mask, x, 0), count, axes, keepdims);
}

ssi_tensor *ssi_prod_where_axes(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    return ssi_prod_axes(ssi_where(mask, x, 1), count, axes, keepdims);
}

ssi_tensor *ssi_all_where_axes(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    return ssi_all_axes(ssi_logical_or(x, ssi_logical_not(mask)), count, axes, keepdims);
}

ssi_tensor *ssi_any_where_axes(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    return ssi_any_axes(ssi_logical_and(x, mask), count, axes, keepdims);
}

/* ---- means and spreads ---- */

static ssi_tensor *mean(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims)
{
    return ssi_div(ssi_sum_where_axes(x, mask, count, axes, keepdims),
                   ssi_cast(how_many(x, mask, count, axes, keepdims), ssi_dtype_of(x)));
}

static ssi_tensor *variance(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims, int ddof)
{
    ssi_tensor *distance = ssi_where(mask, ssi_sub(x, mean(x, mask, count, axes, 1)), 0);
    ssi_tensor *freedom = ssi_sub(how_many(x, mask, count, axes, keepdims), ddof);
    ssi_tensor *sum = ssi_sum_axes(ssi_square(distance), count, axes, keepdims);
    return ssi_div(sum, ssi_cast(ssi_maximum(freedom, 0), ssi_dtype_of(x)));
}

ssi_tensor *ssi_mean_where_axes(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    return x ? ssi_as_result(mean(ssi_wide(x), mask, count, axes, keepdims), x) : NULL;
}

ssi_tensor *ssi_var_where_axes(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims, int ddof)
{
    SSI_CALLED;
    return x ? ssi_as_result(variance(ssi_wide(x), mask, count, axes, keepdims, ddof), x) : NULL;
}

ssi_tensor *ssi_std_where_axes(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims, int ddof)
{
    SSI_CALLED;
    return x ? ssi_as_result(ssi_root(variance(ssi_wide(x), mask, count, axes, keepdims, ddof)), x) : NULL;
}

/* ---- extremes ---- */

/* Where the mask does not hold, `initial`; where there is nothing to reduce, that alone. */
static ssi_tensor *begun(ssi_tensor *x, ssi_tensor *mask, ssi_tensor *initial, int count, const int *axes)
{
    ssi_tensor *y = ssi_where(mask, x, initial);
    if (!y || ssi_size(y) != 0)
        return y;
    const int64_t before[SSI_MAX_RANK] = {0};
    int64_t after[SSI_MAX_RANK] = {0};
    for (int i = 0; i < (count ? count : y->rank); i++) {
        int axis = count ? axes[i] : i;
        axis += axis < 0 ? y->rank : 0;
        if (axis >= 0 && axis < y->rank) /* others are refused by the reduction */
            after[axis] = 1;
    }
    return ssi_pad(y, before, after, initial);
}

ssi_tensor *ssi_min_where_axes(ssi_tensor *x, ssi_tensor *mask, ssi_tensor *initial, int count, const int *axes,
                               int keepdims)
{
    SSI_CALLED;
    return ssi_min_axes(ssi_minimum(begun(x, mask, initial, count, axes), initial), count, axes, keepdims);
}

ssi_tensor *ssi_max_where_axes(ssi_tensor *x, ssi_tensor *mask, ssi_tensor *initial, int count, const int *axes,
                               int keepdims)
{
    SSI_CALLED;
    return ssi_max_axes(ssi_maximum(begun(x, mask, initial, count, axes), initial), count, axes, keepdims);
}

/* ---- what is not NaN; integers have none ---- */

static ssi_tensor *there(ssi_tensor *x)
{
    return ssi_equal(x, x);
}

ssi_tensor *ssi_nansum_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    return ssi_sum_where_axes(x, there(x), count, axes, keepdims);
}

ssi_tensor *ssi_nanprod_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    return ssi_prod_where_axes(x, there(x), count, axes, keepdims);
}

ssi_tensor *ssi_nanmean_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    return ssi_mean_where_axes(x, there(x), count, axes, keepdims);
}

ssi_tensor *ssi_nanvar_axes(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof)
{
    SSI_CALLED;
    return ssi_var_where_axes(x, there(x), count, axes, keepdims, ddof);
}

ssi_tensor *ssi_nanstd_axes(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof)
{
    SSI_CALLED;
    return ssi_std_where_axes(x, there(x), count, axes, keepdims, ddof);
}

/* NaN, the hole, as the most distant number. */
static ssi_tensor *filled(ssi_tensor *x, double hole)
{
    return x && ssi_is_float(ssi_dtype_of(x)) ? ssi_where(there(x), x, hole) : x;
}

ssi_tensor *(ssi_nanargmin)(ssi_tensor *x, int axis)
{
    SSI_CALLED;
    return ssi_argmin(filled(x, INFINITY), axis);
}

ssi_tensor *(ssi_nanargmax)(ssi_tensor *x, int axis)
{
    SSI_CALLED;
    return ssi_argmax(filled(x, -INFINITY), axis);
}
