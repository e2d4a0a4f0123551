/*
 * truths.c - products of truths: whether a row and a column have a true pair. No sum: one pair decides, so the rest need not be looked at.
 */
#include "ops/build.h"

static int truths_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    (void)work;
    const ssi_view *a = &call->in[0], *b = &call->in[1], *out = call->out;
    int row = out->rank - 2, column = out->rank - 1;
    for (int64_t unit = first; unit < last; unit++) {
        const uint8_t *x = (const uint8_t *)a->data + ssi_unit_offset(call, a, unit);
        const uint8_t *y = (const uint8_t *)b->data + ssi_unit_offset(call, b, unit);
        uint8_t *to = (uint8_t *)out->data + ssi_unit_offset(call, out, unit);
        for (int64_t i = 0; i < out->shape[row]; i++)
            for (int64_t j = 0; j < out->shape[column]; j++) {
                bool any = false;
                for (int64_t q = 0; q < a->shape[column] && !any; q++)
                    any =
                        x[i * a->stride[row] + q * a->stride[column]] && y[q * b->stride[row] + j * b->stride[column]];
                to[i * out->stride[row] + j * out->stride[column]] = any;
            }
    }
    return SSI_OK;
}

/* Bits of eight steps for every column, and a byte a row that is 0 where nothing is left to find: see src/cpu/truths.c. */
static size_t truths_work(const ssi_call *call)
{
    return (size_t)(call->out->shape[call->out->rank - 1] + call->out->shape[call->out->rank - 2]);
}

/* clang-format off */
const ssi_op ssi_op_truths = {
    .name = "truths", .kind = SSI_KIND_CALL, .code = SSI_CALL_TRUTHS, .unit = 2, .call = truths_call, .work = truths_work,
    .no_gradient = "truths have none",
    SSI_WORDS(.signature = "(n,k):bool,(k,m):bool -> (n,m):bool", .doc = "the matrix product of truths: whether any of a row and a column are both true",
              .numpy = "a @ b", .torch = "(a.float() @ b.float()) > 0",
              .samples = SSI_SAMPLES("a=bool[3,4] b=bool[4,2]", "a=bool[40,5].T b=bool[19,40].T", "a=bool[2,3,30] b=bool[30,33]",
                                     "a=bool[5,1,2,3] b=bool[2,3,2]", "a=bool[0,4] b=bool[4,2]", "a=bool[3,0] b=bool[0,2]")),
};
/* clang-format on */
