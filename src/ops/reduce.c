/*
 * reduce.c - sums, products, extremes and their positions, over any axes.
 *
 * The node keeps every axis, the reduced ones as size 1; a reshape drops them. It reduces what sums are made in: narrow floats become f32,
 * integers, for sums and products, i64.
 */
#include <math.h>

#include "ops/build.h"

/* ---- references: one plain loop over the input, in C order ---- */

/* Calls for every element of the input with the place it is folded to. `first`: nothing has been folded there yet. */
typedef void fold(const ssi_tensor *node, const ssi_view *out, int64_t to, const ssi_view *in, int64_t from,
                  bool first);

static void fold_all(const ssi_tensor *node, const ssi_view *out, const ssi_view *in, fold *each)
{
    int64_t index[SSI_MAX_RANK] = {0}, count = 1;
    for (int i = 0; i < in->rank; i++)
        count *= in->shape[i];
    for (int64_t k = 0; k < count; k++) {
        int64_t kept[SSI_MAX_RANK];
        memcpy(kept, index, sizeof kept);
        bool first = true;
        for (int i = 0; i < node->attributes; i++) {
            first = first && kept[node->attribute[i]] == 0;
            kept[node->attribute[i]] = 0;
        }
        each(node, out, ssi_offset_at(out, kept), in, ssi_offset_at(in, index), first);
        ssi_next_index(in->rank, in->shape, index);
    }
}

SSI_DEFINE_F64(sum, a + b)
SSI_DEFINE_I64(sum, (int64_t)((uint64_t)a + (uint64_t)b))
SSI_DEFINE_F64(prod, a *b)
SSI_DEFINE_I64(prod, (int64_t)((uint64_t)a *(uint64_t)b))
SSI_DEFINE_F64(min, isnan(a) || a <= b ? a : b)
SSI_DEFINE_I64(min, a < b ? a : b)
SSI_DEFINE_F64(max, isnan(a) || a >= b ? a : b)
SSI_DEFINE_I64(max, a > b ? a : b)
SSI_DEFINE_F64(nanmin, isnan(a) || b < a ? b : a)
SSI_DEFINE_F64(nanmax, isnan(a) || b > a ? b : a)

static void fold_value(const ssi_tensor *node, const ssi_view *out, int64_t to, const ssi_view *in, int64_t from,
                       bool first)
{
    if (first)
        ssi_copy_element(out, to, in, from);
    else if (ssi_is_float(in->dtype))
        ssi_put_f64(
            out->data, out->dtype, to,
            node->op->map_f64(ssi_get_f64(out->data, out->dtype, to), ssi_get_f64(in->data, in->dtype, from), 0));
    else
        ssi_put_i64(
            out->data, out->dtype, to,
            node->op->map_i64(ssi_get_i64(out->data, out->dtype, to), ssi_get_i64(in->data, in->dtype, from), 0));
}

static void fold_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    int64_t count = ssi_count(node);
    for (int64_t i = 0; i < count; i++) /* the sum and the product of nothing */
        ssi_put_i64(out->data, out->dtype, i, node->op->code == SSI_REDUCE_PROD);
    fold_all(node, out, in, fold_value);
}

/* Whether the element at `from` comes before the best so far; NaN comes before all. */
static bool is_better(const ssi_view *in, int64_t from, int64_t best, bool largest)
{
    if (!ssi_is_float(in->dtype)) {
        int64_t x = ssi_get_i64(in->data, in->dtype, from), y = ssi_get_i64(in->data, in->dtype, best);
        return largest ? x > y : x < y;
    }
    double x = ssi_get_f64(in->data, in->dtype, from), y = ssi_get_f64(in->data, in->dtype, best);
    return !isnan(y) && (isnan(x) || (largest ? x > y : x < y));
}

/* For every result, a walk over what it is taken from. */
static void find_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    int64_t shape[SSI_MAX_RANK], at[SSI_MAX_RANK] = {0}, results = ssi_count(node), reduced = 1;
    for (int i = 0; i < node->attributes; i++)
        reduced *= shape[i] = in->shape[node->attribute[i]];
    for (int64_t result = 0; result < results; result++) {
        int64_t along[SSI_MAX_RANK] = {0}, best = 0, best_offset = 0;
        for (int64_t k = 0; k < reduced; k++) {
            int64_t index[SSI_MAX_RANK];
            memcpy(index, at, sizeof index);
            for (int i = 0; i < node->attributes; i++)
                index[node->attribute[i]] = along[i];
            int64_t offset = ssi_offset_at(in, index);
            if (k == 0 || is_better(in, offset, best_offset, node->op->code == SSI_REDUCE_ARGMAX)) {
                best = k;
                best_offset = offset;
            }
            ssi_next_index(node->attributes, shape, along);
        }
        ssi_put_i64(out->data, out->dtype, result, best);
        ssi_next_index(node->rank, node->shape, at);
    }
}

/* ---- gradients ---- */

static ssi_tensor *sum_gradient(const ssi_vjp *g)
{
    return (ssi_expand)(g->dy, g->x[0]->rank, g->x[0]->shape);
}

static int axes_of(const ssi_tensor *y, int axes[SSI_MAX_RANK])
{
    for (int i = 0; i < y->attributes; i++)
        axes[i] = (int)y->attribute[i];
    return y->attributes;
}

/* In equal parts to all that are extreme. */
static ssi_tensor *extreme_gradient(const ssi_vjp *g)
{
    int axes[SSI_MAX_RANK], count = axes_of(g->y, axes);
    ssi_tensor *extreme = ssi_cast(ssi_equal(g->x[0], g->y), (ssi_dtype)g->y->dtype);
    return ssi_mul(extreme, ssi_div(g->dy, ssi_sum_axes(extreme, count, axes, 1)));
}

/* The same; NaNs, and all where nothing else is, have no part in it. */
static ssi_tensor *nan_extreme_gradient(const ssi_vjp *g)
{
    return ssi_where(ssi_equal(g->x[0], g->y), extreme_gradient(g), 0);
}

/* Along the last axis, x moved by `by` places (to the right if positive); ones come in. */
static ssi_tensor *shift(ssi_tensor *x, int64_t by)
{
    int64_t before[SSI_MAX_RANK] = {0}, after[SSI_MAX_RANK] = {0};
    ssi_range part[SSI_MAX_RANK] = {0};
    if (!x)
        return NULL;
    int last = x->rank - 1;
    for (int i = 0; i < last; i++)
        part[i].stop = SSI_END;
    part[last] = by > 0 ? (ssi_range){0, x->shape[last] - by, 1} : (ssi_range){-by, SSI_END, 1};
    before[last] = by > 0 ? by : 0;
    after[last] = by > 0 ? 0 : -by;
    return ssi_pad(ssi_slice(x, x->rank, part), before, after, ssi_number(1));
}

/* The product of all elements before each (sign 1) or after each (-1): in steps of 1, 2, 4, ..., each doubling how many are covered. */
static ssi_tensor *product_beside(ssi_tensor *x, int sign)
{
    if (!x || ssi_count(x) == 0)
        return x;
    ssi_tensor *product = shift(x, sign);
    for (int64_t step = 1; product && step < x->shape[x->rank - 1]; step *= 2)
        product = ssi_mul(product, shift(product, sign * step));
    return product;
}

/* The product of the others: of those before times those after, with no division, so that zeros do no harm in any derivative. The reduced
 * axes are moved to the end and joined for it, and taken apart again. */
static ssi_tensor *prod_gradient(const ssi_vjp *g)
{
    const ssi_tensor *x = g->x[0];
    int64_t order[SSI_MAX_RANK], inverse[SSI_MAX_RANK], moved[SSI_MAX_RANK], flat[SSI_MAX_RANK + 1];
    int kept = 0, rank = x->rank, reduced = g->y->attributes;
    int64_t joined = 1;
    for (int i = 0, next = 0; i < rank; i++) {
        bool is_reduced = next < reduced && g->y->attribute[next] == i;
        order[is_reduced ? rank - reduced + next++ : kept++] = i;
    }
    for (int i = 0; i < rank; i++) {
        inverse[order[i]] = i;
        moved[i] = x->shape[order[i]];
        flat[i] = moved[i];
        joined *= i >= kept ? moved[i] : 1;
    }
    flat[kept] = joined;
    ssi_tensor *rows = (ssi_reshape)((ssi_permute)(g->x[0], rank, order), kept + 1, flat);
    ssi_tensor *others = ssi_mul(product_beside(rows, 1), product_beside(rows, -1));
    return ssi_mul(g->dy, (ssi_permute)((ssi_reshape)(others, rank, moved), rank, inverse));
}

/* ---- records ---- */

#define REDUCTION(op_name, op_code, result, ...)                                                                       \
    .name = #op_name, .kind = SSI_KIND_REDUCE, .code = SSI_REDUCE_##op_code,                                           \
    SSI_WORDS(.signature = "x -> " result, __VA_ARGS__)
#define FOLD_FLOATS(op_name, op_code, ...)                                                                             \
    REDUCTION(op_name, op_code, "y", __VA_ARGS__), .map_f64 = op_name##_f64, .reference = fold_reference
#define FOLD(op_name, op_code, ...) FOLD_FLOATS(op_name, op_code, __VA_ARGS__), .map_i64 = op_name##_i64
#define FOLD_SAMPLES                                                                                                   \
    "x=spread(-2,2)[3,4]", "x=spread(-2,2)[4,3].T axes=0 keepdims=1", "x=spread(-2,2)[2,3,4] axes=-1,0",               \
        "x=spread(-2,2)[2,3,4] axes=1", "x=spread(-2,2)[]", "x=spread(-2,2)[3,1,2] axes=1",                            \
        "x=spread(-2,2)[0,3] axes=1"

/* clang-format off */
const ssi_op ssi_op_sum = {
    FOLD(sum, SUM, .doc = "the sum over axes; of integers: i64", .numpy = "np.sum(x, axes)", .torch = "torch.sum(x, axes)",
        .onnx = "ReduceSum", .samples = SSI_SAMPLES(FOLD_SAMPLES, "x=uniform(-2,2)[3,0] axes=1")),
    .gradient = sum_gradient,
};
const ssi_op ssi_op_prod = {
    FOLD(prod, PROD, .doc = "the product over axes; of integers: i64", .numpy = "np.prod(x, axes)", .torch = "torch.prod(x, axis)",
        .onnx = "ReduceProd", .samples = SSI_SAMPLES(FOLD_SAMPLES, "x=uniform(-2,2)[3,0] axes=1", "x=values(2,0,3,0,0,4)[3,2] axes=0",
                             "x=values(2,0,3,0,0,4)[3,2] axes=1")),
    .gradient = prod_gradient,
};
const ssi_op ssi_op_min = {
    FOLD(min, MIN, .doc = "the smallest over axes; NaN wins; the gradient is shared among ties", .numpy = "np.min(x, axes)",
        .torch = "torch.amin(x, axes)", .onnx = "ReduceMin", .samples = SSI_SAMPLES(FOLD_SAMPLES)),
    .gradient = extreme_gradient,
};
const ssi_op ssi_op_max = {
    FOLD(max, MAX, .doc = "the largest over axes; NaN wins; the gradient is shared among ties", .numpy = "np.max(x, axes)",
        .torch = "torch.amax(x, axes)", .onnx = "ReduceMax", .samples = SSI_SAMPLES(FOLD_SAMPLES)),
    .gradient = extreme_gradient,
};
const ssi_op ssi_op_nanmin = {
    FOLD_FLOATS(nanmin, NANMIN, .doc = "the smallest over axes of what is not NaN; NaN where all is; the gradient is shared among ties",
        .numpy = "np.nanmin(x, axes)", .samples = SSI_SAMPLES(FOLD_SAMPLES)),
    .gradient = nan_extreme_gradient,
};
const ssi_op ssi_op_nanmax = {
    FOLD_FLOATS(nanmax, NANMAX, .doc = "the largest over axes of what is not NaN; NaN where all is; the gradient is shared among ties",
        .numpy = "np.nanmax(x, axes)", .samples = SSI_SAMPLES(FOLD_SAMPLES)),
    .gradient = nan_extreme_gradient,
};
const ssi_op ssi_op_argmin = {
    REDUCTION(argmin, ARGMIN, "y:i64", .doc = "where the first smallest is; NaN comes first of all", .numpy = "np.argmin(x, axis)",
        .torch = "torch.argmin(x, axis)", .onnx = "ArgMin", .samples = SSI_SAMPLES("x=integers(-2,2)[3,5]", "x=integers(-2,2)[3,5] axis=1",
                             "x=uniform(-2,2)[4,2,3] axis=-2", "x=uniform(-2,2)[]", "x=uniform(-2,2)[4,3].T axis=0")),
    .no_gradient = "piecewise constant", .reference = find_reference,
};
const ssi_op ssi_op_argmax = {
    REDUCTION(argmax, ARGMAX, "y:i64", .doc = "where the first largest is; NaN comes first of all", .numpy = "np.argmax(x, axis)",
        .torch = "torch.argmax(x, axis)", .onnx = "ArgMax", .samples = SSI_SAMPLES("x=integers(-2,2)[3,5]", "x=integers(-2,2)[3,5] axis=1",
                             "x=uniform(-2,2)[4,2,3] axis=-2", "x=uniform(-2,2)[]", "x=uniform(-2,2)[4,3].T axis=0")),
    .no_gradient = "piecewise constant", .reference = find_reference,
};
/* clang-format on */

/* ---- builders ---- */

/* The axes as bits; false with an error where one is none, or named twice. */
static bool axes_bits(const ssi_op *op, const ssi_tensor *x, int count, const int *axes, uint32_t *bits)
{
    *bits = count ? 0 : (1u << x->rank) - 1;
    for (int i = 0; i < count; i++) {
        int axis = ssi_axis(op->name, axes[i], x->rank);
        if (axis < 0)
            return false;
        if (*bits >> axis & 1)
            return ssi_fail(SSI_INVALID, op->name, "axis %d is named twice\nname every axis once", axes[i]) == 0;
        *bits |= 1u << axis;
    }
    return true;
}

/* Extremes of nothing there are none. */
static bool has_elements(const ssi_op *op, const ssi_tensor *x, uint32_t bits)
{
    char text[SSI_SHAPE_TEXT];
    for (int i = 0; i < x->rank; i++) {
        if (bits >> i & 1 && x->shape[i] == 0)
            return ssi_fail(SSI_INVALID, op->name, "nothing has no %s: x %s, axis %d\ngive at least one element",
                            op->name, ssi_shape_text(x->rank, x->shape, text), i) == 0;
    }
    return true;
}

static ssi_tensor *build(const ssi_op *op, ssi_tensor *x, ssi_dtype result, uint32_t bits, int keepdims)
{
    int64_t axis[SSI_MAX_RANK], kept[SSI_MAX_RANK], left[SSI_MAX_RANK];
    int axes = 0, rank = 0;
    if (!x)
        return NULL;
    for (int i = 0; i < x->rank; i++) {
        bool reduced = bits >> i & 1;
        kept[i] = reduced ? 1 : x->shape[i];
        if (reduced)
            axis[axes++] = i;
        else
            left[rank++] = x->shape[i];
    }
    ssi_tensor *y = ssi_node(&(ssi_node_spec){.op = op,
                                              .dtype = result,
                                              .rank = x->rank,
                                              .shape = kept,
                                              .inputs = 1,
                                              .input = &x,
                                              .attributes = axes,
                                              .attribute = axis});
    return !y || keepdims || !axes ? y : ssi_build_view(&ssi_op_reshape, y, rank, left, 0, NULL);
}

static ssi_tensor *build_fold(const ssi_op *op, ssi_tensor *x, int count, const int *axes, int keepdims)
{
    uint32_t bits;
    if (!x || !axes_bits(op, x, count, axes, &bits))
        return NULL;
    bool extreme = op->code >= SSI_REDUCE_MIN;
    if (extreme && !has_elements(op, x, bits))
        return NULL;
    ssi_dtype dtype = (ssi_dtype)x->dtype;
    if (!extreme && !ssi_is_float(dtype))
        dtype = SSI_I64;
    ssi_dtype wide = ssi_is_narrow(dtype) ? SSI_F32 : dtype;
    return ssi_cast(build(op, ssi_cast(x, wide), wide, bits, keepdims), dtype);
}

ssi_tensor *ssi_sum_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    return build_fold(&ssi_op_sum, x, count, axes, keepdims);
}
ssi_tensor *ssi_prod_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    return build_fold(&ssi_op_prod, x, count, axes, keepdims);
}
ssi_tensor *ssi_min_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    return build_fold(&ssi_op_min, x, count, axes, keepdims);
}
ssi_tensor *ssi_max_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    return build_fold(&ssi_op_max, x, count, axes, keepdims);
}

/* Of integers, none of which is NaN, the extremes of all: min and max under these names. */
ssi_tensor *ssi_nanmin_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    bool can_be_nan = x && ssi_is_float((ssi_dtype)x->dtype);
    return build_fold(can_be_nan ? &ssi_op_nanmin : &ssi_op_min, x, count, axes, keepdims);
}
ssi_tensor *ssi_nanmax_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    bool can_be_nan = x && ssi_is_float((ssi_dtype)x->dtype);
    return build_fold(can_be_nan ? &ssi_op_nanmax : &ssi_op_max, x, count, axes, keepdims);
}

static ssi_tensor *build_find(const ssi_op *op, ssi_tensor *x, int axis)
{
    uint32_t bits;
    if (!x || !axes_bits(op, x, axis != SSI_ALL_AXES, &axis, &bits) || !has_elements(op, x, bits))
        return NULL;
    ssi_dtype dtype = (ssi_dtype)x->dtype;
    return build(op, ssi_cast(x, ssi_is_narrow(dtype) ? SSI_F32 : dtype), SSI_I64, bits, 0);
}

ssi_tensor *(ssi_argmin)(ssi_tensor *x, int axis)
{
    return build_find(&ssi_op_argmin, x, axis);
}
ssi_tensor *(ssi_argmax)(ssi_tensor *x, int axis)
{
    return build_find(&ssi_op_argmax, x, axis);
}
