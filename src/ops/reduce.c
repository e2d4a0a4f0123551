/*
 * reduce.c - folds over axes. A reduce node keeps its axes as size 1; the builders drop them by a reshape when asked.
 */
#include <math.h>

#include "ops/build.h"

/* ---- the definition: one plain loop over the input, in C order ---- */

typedef double fold_f64(double a, double b);
typedef int64_t fold_i64(int64_t a, int64_t b);

static double sum_f64(double a, double b)
{
    return a + b;
}
static double prod_f64(double a, double b)
{
    return a * b;
}
static double min_f64(double a, double b)
{
    return isnan(a) || isnan(b) ? NAN : b < a ? b : a;
}
static double max_f64(double a, double b)
{
    return isnan(a) || isnan(b) ? NAN : b > a ? b : a;
}
static int64_t sum_i64(int64_t a, int64_t b)
{
    return (int64_t)((uint64_t)a + (uint64_t)b);
}
static int64_t prod_i64(int64_t a, int64_t b)
{
    return (int64_t)((uint64_t)a * (uint64_t)b);
}
static int64_t min_i64(int64_t a, int64_t b)
{
    return b < a ? b : a;
}
static int64_t max_i64(int64_t a, int64_t b)
{
    return b > a ? b : a;
}

static void fold_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    static fold_f64 *const f64[] = {sum_f64, prod_f64, min_f64, max_f64};
    static fold_i64 *const i64[] = {sum_i64, prod_i64, min_i64, max_i64};
    int64_t outputs = ssi_count(node), index[SSI_MAX_RANK] = {0}, count = 1;
    int code = node->op->code;
    for (int i = 0; i < in->rank; i++)
        count *= in->shape[i];
    for (int64_t i = 0; i < outputs; i++)
        ssi_put_f64(out->data, out->dtype, i, code == SSI_REDUCE_PROD);
    for (int64_t at = 0; at < count; at++) {
        int64_t from = 0, to = 0;
        bool first = true; /* the first element to arrive starts a minimum */
        for (int i = 0; i < in->rank; i++) {
            from += index[i] * in->stride[i];
            to = to * node->shape[i] + (node->shape[i] == 1 ? 0 : index[i]);
            first = first && (node->shape[i] != 1 || index[i] == 0);
        }
        first = first && code >= SSI_REDUCE_MIN;
        if (ssi_is_float(in->dtype)) {
            double x = ssi_get_f64(in->data, in->dtype, from);
            ssi_put_f64(out->data, out->dtype, to, first ? x : f64[code](ssi_get_f64(out->data, out->dtype, to), x));
        } else {
            int64_t x = ssi_get_i64(in->data, in->dtype, from);
            ssi_put_i64(out->data, out->dtype, to, first ? x : i64[code](ssi_get_i64(out->data, out->dtype, to), x));
        }
        for (int axis = in->rank - 1; axis >= 0 && ++index[axis] == in->shape[axis]; axis--)
            index[axis] = 0;
    }
}

/* Position of the first smallest or largest over the reduced axes; NaN before everything. */
static void find_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    bool largest = node->op->code == SSI_REDUCE_ARGMAX;
    int64_t outputs = ssi_count(node), reduced = 1;
    for (int i = 0; i < node->attributes; i++)
        reduced *= in->shape[node->attribute[i]];
    for (int64_t o = 0; o < outputs; o++) {
        int64_t best = 0, best_offset = 0;
        for (int64_t r = 0; r < reduced; r++) {
            int64_t offset = 0, rest = o, inner = r;
            for (int axis = in->rank - 1, a = node->attributes - 1; axis >= 0; axis--) {
                bool folded = a >= 0 && node->attribute[a] == axis;
                int64_t *from = folded ? &inner : &rest;
                offset += *from % in->shape[axis] * in->stride[axis];
                *from /= in->shape[axis];
                a -= folded;
            }
            bool better;
            if (ssi_is_float(in->dtype)) {
                double x = ssi_get_f64(in->data, in->dtype, offset), y = ssi_get_f64(in->data, in->dtype, best_offset);
                better = !isnan(y) && (isnan(x) || (largest ? x > y : x < y));
            } else {
                int64_t x = ssi_get_i64(in->data, in->dtype, offset), y = ssi_get_i64(in->data, in->dtype, best_offset);
                better = largest ? x > y : x < y;
            }
            if (r == 0 || better) {
                best = r;
                best_offset = offset;
            }
        }
        ssi_put_i64(out->data, out->dtype, o, best);
    }
}

/* ---- gradients ---- */

static ssi_tensor *sum_gradient(const ssi_vjp *g)
{
    return (ssi_expand)(g->dy, g->x[0]->rank, g->x[0]->shape);
}

/* Shared equally among ties. */
static ssi_tensor *extreme_gradient(const ssi_vjp *g)
{
    int axes[SSI_MAX_RANK];
    for (int i = 0; i < g->y->attributes; i++)
        axes[i] = (int)g->y->attribute[i];
    ssi_tensor *ties = (ssi_cast)((ssi_equal)(g->x[0], g->y), (ssi_dtype)g->dy->dtype);
    return (ssi_mul)(ties, (ssi_div)(g->dy, ssi_sum_axes(ties, g->y->attributes, axes, 1)));
}

/* The product of the others. Without zeros that is y/x; with one zero only that element has a slope, with more none has: so take the
 * product of what is not zero, and count the zeros. */
static ssi_tensor *prod_gradient(const ssi_vjp *g)
{
    int axes[SSI_MAX_RANK], count = g->y->attributes;
    for (int i = 0; i < count; i++)
        axes[i] = (int)g->y->attribute[i];
    ssi_tensor *x = g->x[0], *zero = (ssi_equal)(x, ssi_number(0));
    ssi_tensor *filled = (ssi_where)(zero, ssi_number(1), x);
    ssi_tensor *product = ssi_prod_axes(filled, count, axes, 1), *zeros = ssi_sum_axes(zero, count, axes, 1);
    ssi_tensor *others = (ssi_where)((ssi_equal)((ssi_sub)(zeros, (ssi_cast)(zero, SSI_I64)), ssi_number_int(0)),
                                     (ssi_div)(product, filled), ssi_number(0));
    return (ssi_mul)(g->dy, others);
}

/* ---- the records ---- */

#define SAMPLES                                                                                                        \
    (const char *const[])                                                                                              \
    {                                                                                                                  \
        "x=uniform(-2,2)[3,4]", "x=uniform(-2,2)[4,3].T", "x=uniform(-2,2)[]", "x=uniform(-2,2)[2,3,4]", NULL          \
    }

const ssi_op ssi_op_sum = {.name = "sum",
                           .kind = SSI_KIND_REDUCE,
                           .code = SSI_REDUCE_SUM,
                           .signature = "x -> y",
                           .doc = "the sum over axes",
                           .numpy = "np.sum(x, axes)",
                           .torch = "torch.sum(x, axes)",
                           .onnx = "ReduceSum",
                           .gradient = sum_gradient,
                           .reference = fold_reference,
                           .samples = SAMPLES};
const ssi_op ssi_op_prod = {.name = "prod",
                            .kind = SSI_KIND_REDUCE,
                            .code = SSI_REDUCE_PROD,
                            .signature = "x -> y",
                            .doc = "the product over axes",
                            .numpy = "np.prod(x, axes)",
                            .torch = "torch.prod(x, axis)",
                            .onnx = "ReduceProd",
                            .gradient = prod_gradient,
                            .reference = fold_reference,
                            .samples = SAMPLES};
const ssi_op ssi_op_min = {.name = "min",
                           .kind = SSI_KIND_REDUCE,
                           .code = SSI_REDUCE_MIN,
                           .signature = "x -> y",
                           .doc = "the smallest over axes; NaN wins",
                           .numpy = "np.min(x, axes)",
                           .torch = "torch.amin(x, axes)",
                           .onnx = "ReduceMin",
                           .gradient = extreme_gradient,
                           .reference = fold_reference,
                           .samples = SAMPLES};
const ssi_op ssi_op_max = {.name = "max",
                           .kind = SSI_KIND_REDUCE,
                           .code = SSI_REDUCE_MAX,
                           .signature = "x -> y",
                           .doc = "the largest over axes; NaN wins",
                           .numpy = "np.max(x, axes)",
                           .torch = "torch.amax(x, axes)",
                           .onnx = "ReduceMax",
                           .gradient = extreme_gradient,
                           .reference = fold_reference,
                           .samples = SAMPLES};
const ssi_op ssi_op_argmin = {.name = "argmin",
                              .kind = SSI_KIND_REDUCE,
                              .code = SSI_REDUCE_ARGMIN,
                              .signature = "x -> y:i64",
                              .doc = "position of the first smallest; NaN first of all",
                              .numpy = "np.argmin(x, axis)",
                              .torch = "torch.argmin(x, axis)",
                              .onnx = "ArgMin",
                              .no_gradient = "piecewise constant",
                              .reference = find_reference,
                              .samples = SAMPLES};
const ssi_op ssi_op_argmax = {.name = "argmax",
                              .kind = SSI_KIND_REDUCE,
                              .code = SSI_REDUCE_ARGMAX,
                              .signature = "x -> y:i64",
                              .doc = "position of the first largest; NaN first of all",
                              .numpy = "np.argmax(x, axis)",
                              .torch = "torch.argmax(x, axis)",
                              .onnx = "ArgMax",
                              .no_gradient = "piecewise constant",
                              .reference = find_reference,
                              .samples = SAMPLES};

/* ---- builders ---- */

/* Writes the fold of x, already of the dtype it accumulates in, and drops the axes unless they are kept. */
static ssi_tensor *build(const ssi_op *op, ssi_tensor *x, ssi_dtype dtype, uint32_t folded, int keepdims)
{
    int64_t axis[SSI_MAX_RANK], kept[SSI_MAX_RANK], left[SSI_MAX_RANK];
    int axes = 0, rank = 0;
    if (!x)
        return NULL;
    for (int i = 0; i < x->rank; i++) {
        bool fold = folded >> i & 1;
        kept[i] = fold ? 1 : x->shape[i];
        if (fold)
            axis[axes++] = i;
        else
            left[rank++] = x->shape[i];
    }
    ssi_tensor *y = ssi_node(&(ssi_node_spec){.op = op,
                                              .dtype = dtype,
                                              .rank = x->rank,
                                              .shape = kept,
                                              .inputs = 1,
                                              .input = &x,
                                              .attributes = axes,
                                              .attribute = axis});
    return keepdims ? y : (ssi_reshape)(y, rank, left);
}

static bool axes_mask(const ssi_op *op, const ssi_tensor *x, int count, const int *axes, uint32_t *mask)
{
    *mask = count ? 0 : (1u << x->rank) - 1;
    for (int i = 0; i < count; i++) {
        int axis = ssi_axis(op->name, axes[i], x->rank);
        if (axis < 0)
            return false;
        if (*mask >> axis & 1) {
            ssi_fail(SSI_INVALID, op->name, "axis %d is named twice", axes[i]);
            return false;
        }
        *mask |= 1u << axis;
    }
    return true;
}

static bool narrow(ssi_dtype dtype)
{
    return dtype == SSI_F16 || dtype == SSI_BF16;
}

static bool check_not_empty(const ssi_op *op, const ssi_tensor *x, uint32_t mask)
{
    char text[SSI_SHAPE_TEXT];
    for (int i = 0; i < x->rank; i++) {
        if (mask >> i & 1 && x->shape[i] == 0) {
            ssi_fail(SSI_INVALID, op->name, "%s has no elements along axis %d: nothing is the %s of nothing",
                     ssi_describe(x, text), i, op->name);
            return false;
        }
    }
    return true;
}

static ssi_tensor *fold(const ssi_op *op, ssi_tensor *x, int count, const int *axes, int keepdims)
{
    uint32_t mask;
    if (!x || !axes_mask(op, x, count, axes, &mask))
        return NULL;
    bool additive = op->code == SSI_REDUCE_SUM || op->code == SSI_REDUCE_PROD;
    if (!additive && !check_not_empty(op, x, mask))
        return NULL;
    ssi_dtype dtype = (ssi_dtype)x->dtype, in = narrow(dtype)                      ? SSI_F32
                                                : additive && !ssi_is_float(dtype) ? SSI_I64
                                                                                   : dtype;
    if (x->flags & SSI_WEAK || in != dtype)
        x = (ssi_cast)(x, in);
    return (ssi_cast)(build(op, x, in, mask, keepdims), narrow(dtype) ? dtype : in);
}

ssi_tensor *ssi_sum_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    return fold(&ssi_op_sum, x, count, axes, keepdims);
}
ssi_tensor *ssi_prod_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    return fold(&ssi_op_prod, x, count, axes, keepdims);
}
ssi_tensor *ssi_min_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    return fold(&ssi_op_min, x, count, axes, keepdims);
}
ssi_tensor *ssi_max_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    return fold(&ssi_op_max, x, count, axes, keepdims);
}

static ssi_tensor *find(const ssi_op *op, ssi_tensor *x, int axis)
{
    if (!x)
        return NULL;
    uint32_t mask = (1u << x->rank) - 1;
    if (axis != SSI_ALL_AXES) {
        if ((axis = ssi_axis(op->name, axis, x->rank)) < 0)
            return NULL;
        mask = 1u << axis;
    }
    if (!check_not_empty(op, x, mask))
        return NULL;
    if (x->flags & SSI_WEAK || narrow((ssi_dtype)x->dtype))
        x = (ssi_cast)(x, narrow((ssi_dtype)x->dtype) ? SSI_F32 : (ssi_dtype)x->dtype);
    return build(op, x, SSI_I64, mask, 0);
}

ssi_tensor *(ssi_argmin)(ssi_tensor *x, int axis)
{
    return find(&ssi_op_argmin, x, axis);
}
ssi_tensor *(ssi_argmax)(ssi_tensor *x, int axis)
{
    return find(&ssi_op_argmax, x, axis);
}
