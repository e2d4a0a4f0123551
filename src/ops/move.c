/*
 * move.c - movement: views of the same elements. What a view does to strides is said in run/view.c.
 */
#include "ops/build.h"

#define VIEW(op_name, op_code, ...)                                                                                    \
    .name = #op_name, .kind = SSI_KIND_VIEW, .code = SSI_VIEW_##op_code, SSI_WORDS(.signature = "x -> y", __VA_ARGS__)

/* ---- reshape ---- */

static ssi_tensor *reshape_gradient(const ssi_vjp *g)
{
    return (ssi_reshape)(g->dy, g->x[0]->rank, g->x[0]->shape);
}

/* clang-format off */
const ssi_op ssi_op_reshape = {
    VIEW(reshape, RESHAPE, .doc = "the same elements in C order, in another shape", .numpy = "x.reshape(shape)",
        .torch = "x.reshape(shape)", .onnx = "Reshape",
        .samples = SSI_SAMPLES("x=uniform(-2,2)[3,4] shape=2,6", "x=uniform(-2,2)[4,3].T shape=-1",
                             "x=uniform(-2,2)[] shape=1,1", "x=uniform(-2,2)[0,4] shape=2,0",
                             "x=uniform(-2,2)[2,3,4] shape=3,-1,2")),
    .gradient = reshape_gradient,
};
/* What ssi_data asks for (tensor/read.c); nobody else writes it. */
const ssi_op ssi_op_copy = {
    .name = "copy", .kind = SSI_KIND_VIEW, .code = SSI_VIEW_COPY,
};
/* clang-format on */

/* The shape with its -1, if any, filled in; false with an error when it does not hold x's elements. */
static bool complete_shape(const ssi_tensor *x, int rank, const int64_t *shape, int64_t *full)
{
    char from[SSI_SHAPE_TEXT], to[SSI_SHAPE_TEXT];
    int64_t known = 1, count = ssi_count(x);
    int open = -1;
    if (rank < 0 || rank > SSI_MAX_RANK)
        return ssi_fail(SSI_INVALID, "reshape", "%d axes; a tensor has 0 to %d", rank, SSI_MAX_RANK) == 0;
    for (int i = 0; i < rank; i++) {
        full[i] = shape[i];
        if (shape[i] == -1 && open < 0)
            open = i;
        else if (shape[i] < 0 || (shape[i] && known > INT64_MAX / shape[i]))
            return ssi_fail(SSI_INVALID, "reshape", "%s is no shape\none size may be -1, the others not negative",
                            ssi_shape_text(rank, shape, to)) == 0;
        else
            known *= shape[i];
    }
    if (open < 0 && known != count)
        return ssi_fail(SSI_INVALID, "reshape",
                        "x %s has %lld elements, %s has %lld\nthe number of elements must stay the same",
                        ssi_shape_text(x->rank, x->shape, from), (long long)count, ssi_shape_text(rank, shape, to),
                        (long long)known) == 0;
    if (open >= 0 && (known == 0 || count % known))
        return ssi_fail(SSI_INVALID, "reshape", "x %s has %lld elements, which %s does not divide",
                        ssi_shape_text(x->rank, x->shape, from), (long long)count,
                        ssi_shape_text(rank, shape, to)) == 0;
    if (open >= 0)
        full[open] = count / known;
    return true;
}

ssi_tensor *(ssi_reshape)(ssi_tensor *x, int rank, const int64_t *shape)
{
    int64_t full[SSI_MAX_RANK];
    if (!x || !complete_shape(x, rank, shape, full))
        return NULL;
    return ssi_same_shape(x, rank, full) ? x : ssi_build_view(&ssi_op_reshape, x, rank, full, 0, NULL);
}

/* ---- permute ---- */

static ssi_tensor *permute_gradient(const ssi_vjp *g)
{
    int64_t inverse[SSI_MAX_RANK];
    for (int i = 0; i < g->y->rank; i++)
        inverse[g->y->attribute[i]] = i;
    return (ssi_permute)(g->dy, g->y->rank, inverse);
}

/* clang-format off */
const ssi_op ssi_op_permute = {
    VIEW(permute, PERMUTE, .doc = "the axes in another order", .numpy = "np.transpose(x, axes)", .torch = "x.permute(axes)",
        .onnx = "Transpose", .samples = SSI_SAMPLES("x=uniform(-2,2)[2,3,4] axes=2,0,1", "x=uniform(-2,2)[3,4] axes=-1,0",
                             "x=uniform(-2,2)[0,4] axes=1,0")),
    .gradient = permute_gradient,
};
/* clang-format on */

ssi_tensor *(ssi_permute)(ssi_tensor *x, int rank, const int64_t *axes)
{
    if (!x)
        return NULL;
    if (rank != x->rank)
        return SSI_FAIL_NULL(SSI_INVALID, "permute", "%d axes named of a tensor with %d\nname every axis once", rank,
                             x->rank);
    int64_t order[SSI_MAX_RANK], shape[SSI_MAX_RANK];
    uint32_t seen = 0;
    for (int i = 0; i < rank; i++) {
        int axis = axes[i] < INT32_MIN || axes[i] > INT32_MAX ? -1 : ssi_axis("permute", (int)axes[i], rank);
        if (axis < 0)
            return NULL;
        if (seen >> axis & 1)
            return SSI_FAIL_NULL(SSI_INVALID, "permute", "axis %d is named twice\nname every axis once", axis);
        seen |= 1u << axis;
        order[i] = axis;
        shape[i] = x->shape[axis];
    }
    return ssi_build_view(&ssi_op_permute, x, rank, shape, rank, order);
}

ssi_tensor *(ssi_transpose)(ssi_tensor *x)
{
    if (!x)
        return NULL;
    if (x->rank < 2)
        return SSI_FAIL_NULL(SSI_INVALID, "transpose", "a tensor with %d axes\nit needs at least two", x->rank);
    int64_t axes[SSI_MAX_RANK];
    for (int i = 0; i < x->rank; i++)
        axes[i] = i;
    axes[x->rank - 1] = x->rank - 2;
    axes[x->rank - 2] = x->rank - 1;
    return (ssi_permute)(x, x->rank, axes);
}

/* ---- expand ---- */

static ssi_tensor *expand_gradient(const ssi_vjp *g)
{
    return g->dy; /* summed down by grad, as every broadcast operand's */
}

/* clang-format off */
const ssi_op ssi_op_expand = {
    VIEW(expand, EXPAND, .doc = "axes of one element repeated, and axes added in front", .numpy = "np.broadcast_to(x, shape)",
        .torch = "x.expand(shape)", .onnx = "Expand",
        .samples = SSI_SAMPLES("x=uniform(-2,2)[4] shape=3,4", "x=uniform(-2,2)[3,1] shape=2,3,4",
                             "x=uniform(-2,2)[] shape=2,2", "x=uniform(-2,2)[1,3].T shape=3,5",
                             "x=uniform(-2,2)[1] shape=0")),
    .gradient = expand_gradient,
};
/* clang-format on */

ssi_tensor *(ssi_expand)(ssi_tensor *x, int rank, const int64_t *shape)
{
    char from[SSI_SHAPE_TEXT], to[SSI_SHAPE_TEXT];
    if (!x || !ssi_shape_is_possible("expand", (ssi_dtype)x->dtype, rank, shape))
        return NULL;
    bool fits = rank >= x->rank;
    for (int i = 0; i < x->rank && fits; i++)
        fits = x->shape[i] == 1 || x->shape[i] == shape[rank - x->rank + i];
    if (!fits)
        return SSI_FAIL_NULL(SSI_INVALID, "expand",
                             "x %s cannot become %s\nonly axes of size 1 are repeated, and axes added in front",
                             ssi_shape_text(x->rank, x->shape, from), ssi_shape_text(rank, shape, to));
    return ssi_same_shape(x, rank, shape) ? x : ssi_build_view(&ssi_op_expand, ssi_strong(x), rank, shape, 0, NULL);
}

/* ---- slice and flip ---- */

/* d with step - 1 zeros between its elements along an axis: n -> (n,1) -> (n,step) -> n*step, of which what follows the last is cut off. */
static ssi_tensor *spread(ssi_tensor *d, int axis, int64_t step)
{
    int64_t split[SSI_MAX_RANK + 1], joined[SSI_MAX_RANK], before[SSI_MAX_RANK + 1] = {0},
                                                                                 after[SSI_MAX_RANK + 1] = {0};
    ssi_range part[SSI_MAX_RANK];
    int rank = d->rank;
    if (rank == SSI_MAX_RANK)
        return SSI_FAIL_NULL(SSI_UNSUPPORTED, "slice", "its gradient needs one axis more than there can be");
    for (int i = 0; i < rank; i++) {
        split[i + (i > axis)] = joined[i] = d->shape[i];
        part[i] = (ssi_range){0, SSI_END, 1};
    }
    split[axis + 1] = 1;
    after[axis + 1] = step - 1;
    joined[axis] *= step;
    part[axis].stop = joined[axis] - step + 1;
    d = ssi_pad((ssi_reshape)(d, rank + 1, split), before, after, ssi_number(0));
    return ssi_slice((ssi_reshape)(d, rank, joined), rank, part);
}

/* The gradient lies where the slice was taken from; between its elements and around them are zeros. */
static ssi_tensor *slice_gradient(const ssi_vjp *g)
{
    const ssi_tensor *x = g->x[0], *y = g->y;
    ssi_tensor *d = g->dy;
    int64_t before[SSI_MAX_RANK] = {0}, after[SSI_MAX_RANK] = {0};
    for (int i = 0; i < y->rank && d; i++) {
        int64_t step = y->attribute[i], first = y->argument[i], n = y->shape[i];
        if (step < 0) { /* the same elements, taken from the other end */
            first += step * (n - 1);
            step = -step;
            d = ssi_flip(d, i);
        }
        if (step > 1 && d)
            d = spread(d, i, step);
        before[i] = n ? first : 0;
        after[i] = x->shape[i] - before[i] - (n ? (n - 1) * step + 1 : 0);
    }
    return ssi_pad(d, before, after, ssi_number(0));
}

/* clang-format off */
const ssi_op ssi_op_slice = {
    VIEW(slice, SLICE, .doc = "every step-th element from start to stop, along each axis", .numpy = "x[start:stop:step]",
        .torch = "x[start:stop:step]", .onnx = "Slice",
        .samples = SSI_SAMPLES("x=uniform(-2,2)[5,4] ranges=1:4:1,0:4:2", "x=uniform(-2,2)[7] ranges=-1:-8:-3",
                             "x=uniform(-2,2)[6,3].T ranges=2:-9:-1,5:0:-2", "x=uniform(-2,2)[4,3] ranges=3:2:1",
                             "x=uniform(-2,2)[9] ranges=1:9:3")),
    .gradient = slice_gradient,
};
/* clang-format on */

void ssi_clip_range(const ssi_range *range, int64_t n, int64_t *start, int64_t *step, int64_t *count)
{
    *step = range->step ? range->step : 1;
    *step = *step < -INT64_MAX ? -INT64_MAX : *step;
    int64_t low = *step < 0 ? -1 : 0, high = *step < 0 ? n - 1 : n;
    int64_t from = range->start < 0 ? range->start + n : range->start;
    from = from < low ? low : from > high ? high : from;
    int64_t to = range->stop < 0 ? range->stop + n : range->stop;
    if (range->stop == SSI_END)
        to = *step < 0 ? -1 : n;
    to = to < low ? low : to > high ? high : to;
    *start = from;
    *count = *step > 0 ? (to > from ? (to - from - 1) / *step + 1 : 0) : (from > to ? (from - to - 1) / -*step + 1 : 0);
    if (*count == 0)
        *start = 0;
    if (*count <= 1)
        *step = 1;
}

ssi_tensor *ssi_slice(ssi_tensor *x, int count, const ssi_range *ranges)
{
    if (!x)
        return NULL;
    if (count < 0 || count > x->rank)
        return SSI_FAIL_NULL(SSI_INVALID, "slice", "%d ranges for a tensor with %d axes", count, x->rank);
    int64_t shape[SSI_MAX_RANK], step[SSI_MAX_RANK], start[SSI_MAX_RANK];
    for (int i = 0; i < x->rank; i++) {
        shape[i] = x->shape[i];
        step[i] = 1;
        start[i] = 0;
        if (i < count)
            ssi_clip_range(&ranges[i], x->shape[i], &start[i], &step[i], &shape[i]);
    }
    return ssi_node(&(ssi_node_spec){.op = &ssi_op_slice,
                                     .dtype = (ssi_dtype)x->dtype,
                                     .rank = x->rank,
                                     .shape = shape,
                                     .inputs = 1,
                                     .input = &x,
                                     .attributes = x->rank,
                                     .attribute = step,
                                     .arguments = x->rank,
                                     .argument = start});
}

static ssi_tensor *flip_gradient(const ssi_vjp *g)
{
    return ssi_build_view(g->y->op, g->dy, g->dy->rank, g->dy->shape, 1, g->y->attribute);
}

/* clang-format off */
const ssi_op ssi_op_flip = {
    VIEW(flip, FLIP, .doc = "an axis in reverse", .numpy = "np.flip(x, axis)", .torch = "torch.flip(x, [axis])",
        .samples = SSI_SAMPLES("x=uniform(-2,2)[3,4] axis=0", "x=uniform(-2,2)[4,3].T axis=-1",
                             "x=uniform(-2,2)[0,4] axis=0")),
    .gradient = flip_gradient,
};
/* clang-format on */

ssi_tensor *(ssi_flip)(ssi_tensor *x, int axis)
{
    if (!x || (axis = ssi_axis("flip", axis, x->rank)) < 0)
        return NULL;
    int64_t flipped = (int64_t)1 << axis;
    return ssi_build_view(&ssi_op_flip, x, x->rank, x->shape, 1, &flipped);
}
