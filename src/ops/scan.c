/*
 * scan.c - running sums and products along an axis.
 *
 * Of integers: i64, wrapping. Narrow floats are summed in f32, and each result is rounded. The order is the axis's, one after another.
 */
#include "ops/lanes.h"

static ssi_dtype scanned(const ssi_tensor *x)
{
    return ssi_is_float((ssi_dtype)x->dtype) ? (ssi_dtype)x->dtype : SSI_I64;
}

/* ---- definitions ---- */

SSI_DEFINE_F64(cumsum, a + b)
SSI_DEFINE_I64(cumsum, (int64_t)((uint64_t)a + (uint64_t)b))
SSI_DEFINE_F64(cumprod, a *b)
SSI_DEFINE_I64(cumprod, (int64_t)((uint64_t)a *(uint64_t)b))

static int scan_lane(const ssi_call *call, const ssi_lane *y, const ssi_lane *x, void *work)
{
    (void)work;
    bool product = call->op->code == SSI_CALL_CUMPROD;
    double sum = product ? 1 : -0.0;
    int64_t whole = product;
    for (int64_t i = 0; i < x->n; i++) {
        if (ssi_is_float(x->dtype)) {
            sum = call->op->map_f64(sum, ssi_lane_f64(x, i), 0);
            if (x->dtype != SSI_F64)
                sum = (float)sum;
            ssi_lane_put_f64(y, i, sum);
        } else {
            whole = call->op->map_i64(whole, ssi_lane_i64(x, i), 0);
            ssi_lane_put_i64(y, i, whole);
        }
    }
    return SSI_OK;
}

static int scan_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    return ssi_over_lanes(call, first, last, work, scan_lane);
}

/* ---- gradients, on lanes ---- */

/* What element i of y was made of reaches all later ones: the running sum from the end. */
static ssi_tensor *sum_from_end(ssi_tensor *x)
{
    return ssi_flip(ssi_cumsum(ssi_flip(x, 1), 1), 1);
}

static ssi_tensor *cumsum_gradient(const ssi_vjp *g)
{
    return sum_from_end(g->dy);
}

/* Moved by `by` places along the lanes, towards the end if positive; `value` comes in. */
static ssi_tensor *shift(ssi_tensor *x, int64_t by, double value)
{
    if (!x)
        return NULL;
    int64_t n = x->shape[1], before[3] = {0, by > 0 ? by : 0, 0}, after[3] = {0, by > 0 ? 0 : -by, 0};
    ssi_range part[] = {{.stop = SSI_END}, by > 0 ? (ssi_range){0, n - by, 1} : (ssi_range){-by, SSI_END, 1}};
    return ssi_pad(ssi_slice(x, 2, part), before, after, ssi_number(value));
}

/* dx[j] = (x[0]...x[j-1]) r[j], where r[j] = dy[j] + x[j+1] r[j+1] is what follows. The recurrence is solved in steps of 1, 2, 4, ..., each doubling
 * how far r sees; there is no division, so zeros do no harm in any derivative. */
static ssi_tensor *cumprod_gradient(const ssi_vjp *g)
{
    ssi_tensor *r = g->dy, *x = g->x[0];
    if (ssi_count(x) == 0)
        return r;
    ssi_tensor *factor = shift(x, -1, 0);
    for (int64_t step = 1; r && step < x->shape[1]; step *= 2) {
        r = ssi_add(r, ssi_mul(factor, shift(r, -step, 0)));
        factor = ssi_mul(factor, shift(factor, -step, 0));
    }
    return ssi_mul(shift(g->y, 1, 1), r);
}

/* ---- records ---- */

#define SCAN(op_name, op_code, ...)                                                                                    \
    .name = #op_name, .kind = SSI_KIND_CALL, .code = SSI_CALL_##op_code, .unit = 2, .call = scan_call,                 \
    .map_f64 = op_name##_f64, .map_i64 = op_name##_i64, .gradient = op_name##_gradient,                                \
    SSI_WORDS(.signature = "x -> y", __VA_ARGS__)

/* clang-format off */
const ssi_op ssi_op_cumsum = {
    SCAN(cumsum, CUMSUM, .doc = "running sums along an axis; of integers: i64", .numpy = "np.cumsum(x, axis)",
        .torch = "torch.cumsum(x, axis)", .onnx = "CumSum",
        .samples = SSI_SAMPLES("x=uniform(-2,2)[3,4] axis=1", "x=uniform(-2,2)[4,3].T axis=0", "x=uniform(-2,2)[2,3,4] axis=1",
                             "x=uniform(-2,2)[5,2].every_second axis=0", "x=uniform(-2,2)[3,4]", "x=uniform(-2,2)[]",
                             "x=uniform(-2,2)[0,3] axis=0", "x=uniform(-2,2)[2,600] axis=1", "x=uniform(-2,2)[33,40] axis=0")),
};
const ssi_op ssi_op_cumprod = {
    SCAN(cumprod, CUMPROD, .doc = "running products along an axis; of integers: i64", .numpy = "np.cumprod(x, axis)",
        .torch = "torch.cumprod(x, axis)",
        .samples = SSI_SAMPLES("x=uniform(-2,2)[3,4] axis=1", "x=uniform(-2,2)[4,3].T axis=0", "x=uniform(-2,2)[2,3,4] axis=1",
                             "x=values(2,0,3,0,0,4)[3,2] axis=0", "x=uniform(-2,2)[5]", "x=uniform(-2,2)[]",
                             "x=uniform(-2,2)[0,3] axis=0", "x=uniform(-1,1)[2,600] axis=1")),
};
/* clang-format on */

/* ---- builders ---- */

ssi_tensor *(ssi_cumsum)(ssi_tensor *x, int axis)
{
    return x ? ssi_build_along(&ssi_op_cumsum, x, axis, scanned(x)) : NULL;
}

ssi_tensor *(ssi_cumprod)(ssi_tensor *x, int axis)
{
    return x ? ssi_build_along(&ssi_op_cumprod, x, axis, scanned(x)) : NULL;
}
