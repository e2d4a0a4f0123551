/*
 * order.c - parts of an order, and running sums that pass over NaN.
 */
#include "ssi/order.h"

#include "tensor/tensor.h"

/* x with another number where it is NaN. */
static ssi_tensor *without_nan(ssi_tensor *x, int number)
{
    if (!x || !ssi_is_float(ssi_dtype_of(x)))
        return x;
    return ssi_where(ssi_not_equal(x, x), number, x);
}

ssi_tensor *(ssi_nancumsum)(ssi_tensor *x, int axis)
{
    SSI_CALLED;
    return ssi_cumsum(without_nan(x, 0), axis);
}

ssi_tensor *(ssi_nancumprod)(ssi_tensor *x, int axis)
{
    SSI_CALLED;
    return ssi_cumprod(without_nan(x, 1), axis);
}

ssi_tensor *(ssi_topk)(ssi_tensor *x, int64_t k, int axis, int largest, ssi_tensor **index)
{
    ssi_tensor *place = NULL;
    if (index)
        *index = NULL;
    if (!x)
        return NULL;
    int at = axis == SSI_ALL_AXES ? 0 : ssi_axis("topk", axis, x->rank);
    int64_t n = axis == SSI_ALL_AXES ? ssi_count(x) : at < 0 ? 0 : x->shape[at];
    if (at < 0)
        return NULL;
    if (k < 0 || k > n)
        return SSI_FAIL_NULL(SSI_INVALID, "topk", "the %lld %s of %lld elements\nk lies between 0 and their number",
                             (long long)k, largest ? "largest" : "smallest", (long long)n);
    place = ssi_argranks(x, axis, 0, k, largest);
    if (index)
        *index = place;
    return ssi_take_along_axis(x, place, axis);
}
