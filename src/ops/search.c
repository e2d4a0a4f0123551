/*
 * search.c - where values belong among sorted ones, and how many fall into each of a row of bins.
 */
#include <math.h>

#include "ops/lanes.h"

/* ---- searchsorted ---- */

/* NaN comes after everything. */
static bool is_less(const ssi_view *a, int64_t at, const ssi_view *b, int64_t bt)
{
    if (!ssi_is_float(a->dtype))
        return ssi_get_i64(a->data, a->dtype, at) < ssi_get_i64(b->data, b->dtype, bt);
    double x = ssi_get_f64(a->data, a->dtype, at), y = ssi_get_f64(b->data, b->dtype, bt);
    return x < y || (isnan(y) && !isnan(x));
}

/* How many are before the value, or (right) not after it. */
static int search_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    (void)work;
    const ssi_view *sorted = &call->in[0], *values = &call->in[1], *out = call->out;
    for (int64_t u = first; u < last; u++) {
        int64_t place = 0, at = ssi_unit_offset(call, values, u);
        for (int64_t i = 0; i < sorted->shape[0]; i++) {
            int64_t here = i * sorted->stride[0];
            place += call->attribute[0] ? !is_less(values, at, sorted, here) : is_less(sorted, here, values, at);
        }
        ssi_put_i64(out->data, SSI_I64, ssi_unit_offset(call, out, u), place);
    }
    return SSI_OK;
}

/* clang-format off */
const ssi_op ssi_op_searchsorted = {
    .name = "searchsorted", .kind = SSI_KIND_CALL, .code = SSI_CALL_SEARCH, .unit = 0, .call = search_call,
    .no_gradient = "piecewise constant",
    SSI_WORDS(.signature = "(n),v -> y:i64", .doc = "how many of the sorted n come before v, or (right) do not come after it",
              .numpy = "np.searchsorted(sorted, v, side)", .torch = "torch.searchsorted(sorted, v)",
              .samples = SSI_SAMPLES("sorted=values(0,0,1,1,2,5)[6] v=integers(-1,6)[5,3] right=0",
                             "sorted=values(0,0,1,1,2,5)[6] v=integers(-1,6)[5,3].T right=1",
                             "sorted=values(0,9,1,9,1,9,2,9)[4].every_second v=integers(-3,4)[40] right=1",
                             "sorted=values(1)[1] v=integers(-3,4)[] right=0", "sorted=values(0)[0] v=integers(-3,4)[7] right=1")),
};
/* clang-format on */

/* What values are compared in: the widths that have a fast routine. */
static ssi_dtype compared_as(ssi_dtype dtype)
{
    if (ssi_is_float(dtype))
        return dtype == SSI_F64 ? SSI_F64 : SSI_F32;
    return SSI_I64;
}

ssi_tensor *(ssi_searchsorted)(ssi_tensor *sorted, ssi_tensor *values, int right)
{
    const ssi_op *op = &ssi_op_searchsorted;
    if (!sorted || !values)
        return NULL;
    if (sorted->rank != 1)
        return SSI_FAIL_NULL(SSI_INVALID, op->name, "the sorted values have %d axes, not one", sorted->rank);
    ssi_dtype dtype = compared_as(ssi_common(sorted, values));
    ssi_tensor *input[] = {ssi_cast(sorted, dtype), ssi_cast(values, dtype)};
    return ssi_node(&(ssi_node_spec){.op = op,
                                     .dtype = SSI_I64,
                                     .rank = values->rank,
                                     .shape = values->shape,
                                     .inputs = 2,
                                     .input = input,
                                     .attributes = 1,
                                     .attribute = &(int64_t){right != 0}});
}

/* ---- bins ---- */

/* Bin i holds what is in [edge i, edge i+1), the last one its upper edge too. */
static int count_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    (void)first, (void)last, (void)work; /* there is one unit */
    const ssi_view *x = &call->in[0], *edges = &call->in[1];
    int64_t bins = call->out->shape[0], *count = call->out->data;
    for (int64_t bin = 0; bin < bins; bin++) {
        double low = ssi_get_f64(edges->data, SSI_F64, bin * edges->stride[0]);
        double high = ssi_get_f64(edges->data, SSI_F64, (bin + 1) * edges->stride[0]);
        count[bin] = 0;
        for (int64_t i = 0; i < x->shape[0]; i++) {
            double value = ssi_get_f64(x->data, x->dtype, i * x->stride[0]);
            count[bin] += value >= low && (value < high || (bin == bins - 1 && value == high));
        }
    }
    return SSI_OK;
}

/* clang-format off */
const ssi_op ssi_op_count_between = {
    .name = "count_between", .kind = SSI_KIND_CALL, .code = SSI_CALL_COUNT_BETWEEN, .unit = 1, .call = count_call,
    .no_gradient = "piecewise constant",
    SSI_WORDS(.signature = "x:(n), edges:(m) -> (m-1):i64", .doc = "how many lie from each edge up to the next, the last one included",
              .numpy = "np.histogram(x, edges)[0]", .torch = "torch.histogram(x, edges)[0]",
              .samples = SSI_SAMPLES("x=uniform(-5,5)[200] edges=values(0,1,2,2,4)[5] uniform=0",
                             "x=integers(-3,3)[40].every_second edges=values(0,1,2)[3] uniform=1",
                             "x=uniform(-5,5)[300] edges=values(0,1,2,3,4)[5] uniform=1",
                             "x=uniform(-5,5)[0] edges=values(0,1)[2] uniform=0")),
};
/* clang-format on */

ssi_tensor *ssi_count_between(ssi_tensor *x, ssi_tensor *edges, int uniform)
{
    const ssi_op *op = &ssi_op_count_between;
    if (!x || !edges)
        return NULL;
    if (edges->rank != 1 || edges->shape[0] < 2)
        return SSI_FAIL_NULL(SSI_INVALID, op->name, "the edges are no list of two or more");
    ssi_tensor *input[] = {(ssi_reshape)(ssi_strong(x), 1, (const int64_t[]){-1}), ssi_cast(edges, SSI_F64)};
    return ssi_node(&(ssi_node_spec){.op = op,
                                     .dtype = SSI_I64,
                                     .rank = 1,
                                     .shape = &(int64_t){edges->shape[0] - 1},
                                     .inputs = 2,
                                     .input = input,
                                     .attributes = 1,
                                     .attribute = &(int64_t){uniform != 0}});
}
