/*
 * masked.c - the elements that a mask selects, side by side. How many there are is a value: whoever writes this node has read it.
 */
#include "ops/build.h"

/* Counted in bytes side by side, for as long as they have room. */
int64_t ssi_count_true(const uint8_t *mask, int64_t n)
{
    const uint64_t even = 0x00FF00FF00FF00FF, one = 0x0001000100010001;
    int64_t count = 0, i = 0;
    while (i + 8 <= n) {
        uint64_t sums = 0;
        for (int most = 255; most > 0 && i + 8 <= n; most--, i += 8)
            sums += ssi_eight_true(mask + i);
        count += (int64_t)(((sums & even) + (sums >> 8 & even)) * one >> 48);
    }
    for (; i < n; i++)
        count += mask[i] != 0;
    return count;
}

static int masked_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    (void)first, (void)last, (void)work; /* there is one unit */
    const ssi_view *x = &call->in[0], *mask = &call->in[1], *out = call->out;
    int64_t found = 0;
    for (int64_t i = 0; i < x->shape[0]; i++) {
        if (!ssi_get_i64(mask->data, SSI_BOOL, i * mask->stride[0]))
            continue;
        if (found < out->shape[0])
            ssi_copy_element(out, found * out->stride[0], x, i * x->stride[0]);
        found++;
    }
    return found == out->shape[0] ? SSI_OK : ssi_fail(SSI_INVALID, "masked", "the mask has changed");
}

/* Back to where they stood: an element's place among the selected is how many were selected before it. */
static ssi_tensor *masked_gradient(const ssi_vjp *g)
{
    const ssi_tensor *x = g->x[0];
    ssi_tensor *mask = g->x[1];
    if (g->which != 0)
        return NULL;
    if (g->y->shape[0] == 0)
        return (ssi_zeros)((ssi_dtype)x->dtype, 1, x->shape);
    ssi_tensor *place = ssi_sub(ssi_cumsum(ssi_cast(mask, SSI_I64), 0), 1);
    return ssi_cast(ssi_where(mask, ssi_gather(g->dy, place), 0), (ssi_dtype)g->dy->dtype);
}

/* clang-format off */
const ssi_op ssi_op_masked = {
    .name = "masked", .kind = SSI_KIND_CALL, .code = SSI_CALL_MASKED, .unit = 1, .call = masked_call, .checks = true,
    .gradient = masked_gradient,
    SSI_WORDS(.signature = "(n),mask:bool (n) -> (m)", .doc = "the elements where the mask is true",
              .numpy = "x[mask]", .torch = "torch.masked_select(x, mask)", .onnx = "Compress",
              .samples = SSI_SAMPLES("x=uniform(-2,2)[70] mask=bool[70]", "x=uniform(-2,2)[9].every_second mask=bool[9].every_second",
                                     "x=uniform(-2,2)[3,4].T mask=bool[3,4].T", "x=uniform(-2,2)[0] mask=bool[0]")),
};
/* clang-format on */

ssi_tensor *ssi_masked(ssi_tensor *x, ssi_tensor *mask)
{
    if (!x || !mask)
        return NULL;
    if (!ssi_same_shape(mask, x->rank, x->shape)) {
        char tx[SSI_SHAPE_TEXT], tm[SSI_SHAPE_TEXT];
        return SSI_FAIL_NULL(SSI_INVALID, "masked",
                             "shapes differ: x %s, mask %s\nssi_mask takes masks of x's first axes, too",
                             ssi_shape_text(x->rank, x->shape, tx), ssi_shape_text(mask->rank, mask->shape, tm));
    }
    ssi_tensor *input[] = {(ssi_reshape)(ssi_strong(x), 1, (const int64_t[]){-1}),
                           (ssi_reshape)(ssi_truth(ssi_strong(mask)), 1, (const int64_t[]){-1})};
    const uint8_t *truth = ssi_data(input[1]);
    if (!truth && !(input[1] && ssi_count(mask) == 0))
        return NULL;
    int64_t count = ssi_count_true(truth, ssi_count(mask));
    return ssi_node(&(ssi_node_spec){
        .op = &ssi_op_masked, .dtype = (ssi_dtype)x->dtype, .rank = 1, .shape = &count, .inputs = 2, .input = input});
}
