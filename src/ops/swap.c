/*
 * swap.c - elements swapped one pair after another: with random partners, a shuffle (Fisher and Yates 1938; Durstenfeld 1964).
 */
#include "ops/build.h"

/* Among accesses to anywhere no processor foresees that so many pairs on an element will be swapped. */
enum { AHEAD = 32 };

#define SWAP(type)                                                                                                     \
    for (int64_t i = n; i-- > 0;) {                                                                                    \
        uint64_t place = (uint64_t)partner[i * step], later = (uint64_t)partner[(i < AHEAD ? 0 : i - AHEAD) * step];   \
        if (place >= (uint64_t)n)                                                                                      \
            return outside((int64_t)place, n);                                                                         \
        type *y = out->data, *a = y + i * out->stride[0], *b = y + (int64_t)place * out->stride[0], swap = *a;         \
        if (later < (uint64_t)n)                                                                                       \
            __builtin_prefetch(y + (int64_t)later * out->stride[0], 1);                                                \
        *a = *b;                                                                                                       \
        *b = swap;                                                                                                     \
    }                                                                                                                  \
    return SSI_OK

static int outside(int64_t place, int64_t n)
{
    return ssi_fail(SSI_RANGE, "swapped", "partner %lld is outside [0, %lld)", (long long)place, (long long)n);
}

static int swapped_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    (void)first, (void)last, (void)work; /* there is one unit */
    const ssi_view *x = &call->in[0], *out = call->out;
    const int64_t n = x->shape[0], *partner = call->in[1].data, step = call->in[1].stride[0];
    size_t size = ssi_dtype_size(x->dtype);
    if (x->stride[0] == 1 && out->stride[0] == 1)
        memcpy(out->data, x->data, (size_t)n * size);
    else
        for (int64_t i = 0; i < n; i++)
            ssi_copy_element(out, i * out->stride[0], x, i * x->stride[0]);
    switch (size) {
    case 8:
        SWAP(uint64_t);
    case 4:
        SWAP(uint32_t);
    case 2:
        SWAP(uint16_t);
    default:
        SWAP(uint8_t);
    }
}

/* Each dy goes to where its element came from, which the places tell when they are swapped likewise. */
static ssi_tensor *swapped_gradient(const ssi_vjp *g)
{
    if (g->which != 0)
        return NULL;
    ssi_tensor *from = ssi_swapped(ssi_iota(SSI_I64, 1, g->y->shape, 0), g->x[1]);
    return ssi_put_along_axis(g->dy, from, g->dy, 0);
}

/* clang-format off */
const ssi_op ssi_op_swapped = {
    .name = "swapped", .kind = SSI_KIND_CALL, .unit = 1, .call = swapped_call, .checks = true, .gradient = swapped_gradient,
    SSI_WORDS(.signature = "(n),partner:i64 (n) -> (n)",
              .doc = "from the last element down, each swapped with the one that stands at its partner's place",
              .samples = SSI_SAMPLES("x=uniform(-2,2)[70] index=integers(0,69)[70]", "x=uniform(-2,2)[9].every_second index=integers(0,8)[9].every_second",
                                     "x=uniform(-2,2)[1] index=integers(0,0)[1]", "x=uniform(-2,2)[0] index=integers(0,0)[0]")),
};
/* clang-format on */

ssi_tensor *ssi_swapped(ssi_tensor *x, ssi_tensor *partner)
{
    ssi_tensor *input[] = {x, partner};
    if (!x || !partner)
        return NULL;
    return ssi_node(&(ssi_node_spec){.op = &ssi_op_swapped,
                                     .dtype = (ssi_dtype)x->dtype,
                                     .rank = 1,
                                     .shape = x->shape,
                                     .inputs = 2,
                                     .input = input});
}
