/*
 * choose.c - one of two values: where, the larger, the smaller, and ReLU.
 */
#include <math.h>

#include "ops/build.h"

/* ---- where ---- */

SSI_DEFINE_F64(where, a != 0 ? b : c)
SSI_DEFINE_I64(where, a ? b : c)

static ssi_tensor *where_gradient(const ssi_vjp *g)
{
    return g->which == 1 ? ssi_where(g->x[0], g->dy, 0) : ssi_where(g->x[0], 0, g->dy);
}

/* clang-format off */
const ssi_op ssi_op_where = {
    SSI_MAP(where, WHERE), .map_f64 = where_f64, .map_i64 = where_i64, .gradient = where_gradient,
    SSI_WORDS(.signature = "condition:bool, a, b -> y", .doc = "a where the condition holds, else b", .numpy = "np.where(condition, a, b)",
              .torch = "torch.where(condition, a, b)", .onnx = "Where",
              .samples = SSI_SAMPLES("condition=bool a=uniform(-2,2) b=uniform(-2,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_where)(ssi_tensor *condition, ssi_tensor *a, ssi_tensor *b)
{
    condition = ssi_truth(condition);
    if (!condition || !a || !b)
        return NULL;
    int64_t values[SSI_MAX_RANK], all[SSI_MAX_RANK];
    int rank = ssi_shape_broadcast(a->rank, a->shape, b->rank, b->shape, values);
    rank = rank < 0 ? rank : ssi_shape_broadcast(rank, values, condition->rank, condition->shape, all);
    if (rank < 0) {
        char tc[SSI_SHAPE_TEXT], ta[SSI_SHAPE_TEXT], tb[SSI_SHAPE_TEXT];
        return SSI_FAIL_NULL(
            SSI_INVALID, "where",
            "shapes do not broadcast: condition %s, a %s, b %s\nfrom the last axis on, sizes must be equal or 1",
            ssi_shape_text(condition->rank, condition->shape, tc), ssi_shape_text(a->rank, a->shape, ta),
            ssi_shape_text(b->rank, b->shape, tb));
    }
    ssi_dtype dtype = ssi_common(a, b);
    if (!ssi_shape_is_possible("where", dtype, rank, all))
        return NULL;
    ssi_tensor *input[] = {condition, ssi_operand(&ssi_op_where, a, dtype), ssi_operand(&ssi_op_where, b, dtype)};
    return ssi_node(
        &(ssi_node_spec){.op = &ssi_op_where, .dtype = dtype, .rank = rank, .shape = all, .inputs = 3, .input = input});
}

/* ---- the larger, the smaller ---- */

SSI_DEFINE_F64(maximum, isnan(a) || a >= b ? a : b)
SSI_DEFINE_I64(maximum, a > b ? a : b)
SSI_DEFINE_F64(minimum, isnan(a) || a <= b ? a : b)
SSI_DEFINE_I64(minimum, a < b ? a : b)

/* To the operand that was taken; half to each at a tie. */
static ssi_tensor *share(const ssi_vjp *g, ssi_tensor *lost)
{
    ssi_tensor *tie = ssi_equal(g->x[0], g->x[1]);
    return ssi_where(lost, 0, ssi_where(tie, ssi_mul(g->dy, 0.5), g->dy));
}

static ssi_tensor *maximum_gradient(const ssi_vjp *g)
{
    return share(g, ssi_less(g->x[g->which], g->x[1 - g->which]));
}

static ssi_tensor *minimum_gradient(const ssi_vjp *g)
{
    return share(g, ssi_greater(g->x[g->which], g->x[1 - g->which]));
}

/* clang-format off */
const ssi_op ssi_op_maximum = {
    SSI_MAP(maximum, MAX), .map_f64 = maximum_f64, .map_i64 = maximum_i64, .gradient = maximum_gradient,
    SSI_WORDS(.signature = "a, b -> y", .doc = "the larger of the two; NaN if either is", .numpy = "np.maximum(a, b)",
              .torch = "torch.maximum(a, b)", .onnx = "Max", .binary = ssi_maximum,
              .samples = SSI_SAMPLES("a=spread(-2,2) b=spread(-2,2)")),
};

const ssi_op ssi_op_minimum = {
    SSI_MAP(minimum, MIN), .map_f64 = minimum_f64, .map_i64 = minimum_i64, .gradient = minimum_gradient,
    SSI_WORDS(.signature = "a, b -> y", .doc = "the smaller of the two; NaN if either is", .numpy = "np.minimum(a, b)",
              .torch = "torch.minimum(a, b)", .onnx = "Min", .binary = ssi_minimum,
              .samples = SSI_SAMPLES("a=spread(-2,2) b=spread(-2,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_maximum)(ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b)
        return NULL;
    ssi_dtype dtype = ssi_common(a, b);
    return ssi_build_binary(&ssi_op_maximum, a, b, dtype, dtype);
}

ssi_tensor *(ssi_minimum)(ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b)
        return NULL;
    ssi_dtype dtype = ssi_common(a, b);
    return ssi_build_binary(&ssi_op_minimum, a, b, dtype, dtype);
}

/* ---- ReLU ---- */

SSI_DEFINE_F64(relu, a <= 0 ? 0 : a)

/* By y, which is stored anyway where a product follows. */
static ssi_tensor *relu_gradient(const ssi_vjp *g)
{
    return ssi_where(ssi_less_equal(g->y, 0), 0, g->dy);
}

/* clang-format off */
const ssi_op ssi_op_relu = {
    SSI_MAP(relu, RELU), .map_f64 = relu_f64, .gradient = relu_gradient,
    SSI_WORDS(.signature = "x -> y", .doc = "max(x, 0); slope 0 at 0, NaN stays", .numpy = "np.maximum(x, 0)", .torch = "torch.relu(x)",
              .onnx = "Relu", .unary = ssi_relu, .samples = SSI_SAMPLES("x=uniform(-2,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_relu)(ssi_tensor *x)
{
    if (!x)
        return NULL;
    return ssi_is_float((ssi_dtype)x->dtype) ? ssi_build_unary(&ssi_op_relu, x, (ssi_dtype)x->dtype)
                                             : ssi_maximum(x, 0);
}
