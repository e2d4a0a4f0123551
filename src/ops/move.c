/*
 * move.c - movement: views of the same elements, and joins, which write several inputs into one output.
 */
#include <string.h>

#include "ops/build.h"

/* ---- reshape ---- */

static ssi_tensor *reshape_gradient(const ssi_vjp *g)
{
    return (ssi_reshape)(g->dy, g->x[0]->rank, g->x[0]->shape);
}

const ssi_op ssi_op_reshape = {.name = "reshape",
                               .kind = SSI_KIND_VIEW,
                               .code = SSI_VIEW_RESHAPE,
                               .signature = "x -> y",
                               .doc = "the same elements in order, in another shape",
                               .numpy = "x.reshape(shape)",
                               .torch = "x.reshape(shape)",
                               .onnx = "Reshape",
                               .gradient = reshape_gradient};

ssi_tensor *(ssi_reshape)(ssi_tensor *x, int rank, const int64_t *shape)
{
    if (!x)
        return NULL;
    char from[SSI_SHAPE_TEXT], to[SSI_SHAPE_TEXT];
    int64_t full[SSI_MAX_RANK], known = 1, count = ssi_count(x);
    int free_axis = -1;
    if (rank < 0 || rank > SSI_MAX_RANK)
        return SSI_FAIL_NULL(SSI_INVALID, "reshape", "%d axes; a tensor has 0 to %d", rank, SSI_MAX_RANK);
    for (int i = 0; i < rank; i++) {
        full[i] = shape[i];
        if (shape[i] == -1 && free_axis < 0)
            free_axis = i;
        else if (shape[i] < 0 || (shape[i] && known > INT64_MAX / shape[i]))
            return SSI_FAIL_NULL(SSI_INVALID, "reshape", "%s cannot become %s\none size may be -1",
                                 ssi_describe(x, from), ssi_shape_text(rank, shape, to));
        else
            known *= shape[i];
    }
    if (free_axis >= 0)
        full[free_axis] = known ? count / known : 0;
    if (free_axis >= 0 ? known == 0 || count % known : known != count)
        return SSI_FAIL_NULL(SSI_INVALID, "reshape",
                             "%s has %lld elements, which do not fit %s\nthe number of elements must stay the same",
                             ssi_describe(x, from), (long long)count, ssi_shape_text(rank, shape, to));
    if (rank == x->rank && !memcmp(full, x->shape, (size_t)rank * sizeof *full))
        return x;
    return ssi_build_view(&ssi_op_reshape, x, rank, full, 0, NULL, 0, NULL);
}

/* ---- permute ---- */

static ssi_tensor *permute_gradient(const ssi_vjp *g)
{
    int64_t inverse[SSI_MAX_RANK];
    for (int i = 0; i < g->y->rank; i++)
        inverse[g->y->attribute[i]] = i;
    return (ssi_permute)(g->dy, g->y->rank, inverse);
}

const ssi_op ssi_op_permute = {.name = "permute",
                               .kind = SSI_KIND_VIEW,
                               .code = SSI_VIEW_PERMUTE,
                               .signature = "x -> y",
                               .doc = "the axes in another order",
                               .numpy = "np.transpose(x, axes)",
                               .torch = "x.permute(axes)",
                               .onnx = "Transpose",
                               .gradient = permute_gradient};

ssi_tensor *(ssi_permute)(ssi_tensor *x, int rank, const int64_t *axes)
{
    if (!x)
        return NULL;
    if (rank != x->rank)
        return SSI_FAIL_NULL(SSI_INVALID, "permute", "%d axes given for a tensor with %d\nname every axis once", rank,
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
    return ssi_build_view(&ssi_op_permute, x, rank, shape, rank, order, 0, NULL);
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

const ssi_op ssi_op_expand = {.name = "expand",
                              .kind = SSI_KIND_VIEW,
                              .code = SSI_VIEW_EXPAND,
                              .signature = "x -> y",
                              .doc = "axes of one element repeated",
                              .numpy = "np.broadcast_to(x, shape)",
                              .torch = "x.expand(shape)",
                              .onnx = "Expand",
                              .gradient = expand_gradient};

ssi_tensor *(ssi_expand)(ssi_tensor *x, int rank, const int64_t *shape)
{
    char from[SSI_SHAPE_TEXT], to[SSI_SHAPE_TEXT];
    if (!x)
        return NULL;
    int64_t count;
    bool fits = rank >= x->rank && rank <= SSI_MAX_RANK &&
                ssi_shape_count(rank, shape, ssi_dtype_size((ssi_dtype)x->dtype), &count);
    for (int i = 0; i < x->rank && fits; i++)
        fits = x->shape[i] == 1 || x->shape[i] == shape[rank - x->rank + i];
    if (!fits)
        return SSI_FAIL_NULL(SSI_INVALID, "expand",
                             "%s cannot become %s\nonly axes of one element can be repeated, and axes added in front",
                             ssi_describe(x, from),
                             rank <= SSI_MAX_RANK && rank >= 0 ? ssi_shape_text(rank, shape, to) : "so many axes");
    if (rank == x->rank && !memcmp(shape, x->shape, (size_t)rank * sizeof *shape))
        return x;
    return ssi_build_view(&ssi_op_expand, x, rank, shape, 0, NULL, 0, NULL);
}

/* ---- slice and flip ---- */

/* The gradient lies where the slice was taken from: between its elements (step > 1) and around them are zeros. */
static ssi_tensor *slice_gradient(const ssi_vjp *g)
{
    const ssi_tensor *x = g->x[0], *y = g->y;
    ssi_tensor *d = g->dy;
    int64_t before[SSI_MAX_RANK] = {0}, after[SSI_MAX_RANK] = {0};
    for (int i = 0; i < y->rank && d; i++) {
        int64_t step = y->attribute[i], n = y->shape[i], first = y->argument[i];
        if (step < 0) { /* the same elements, taken from the other end */
            d = (ssi_flip)(d, i);
            first += step * (n - 1);
            step = -step;
        }
        if (step > 1 && n) { /* n -> (n, step) with zeros behind each -> n*step, the surplus cut off */
            int64_t split[SSI_MAX_RANK + 1], joined[SSI_MAX_RANK], zero[SSI_MAX_RANK + 1] = {0},
                                                                                       gap[SSI_MAX_RANK + 1] = {0};
            if (y->rank == SSI_MAX_RANK)
                return SSI_FAIL_NULL(SSI_UNSUPPORTED, "slice",
                                     "the gradient of a step needs one axis more than there can be");
            for (int k = 0; k < y->rank; k++) {
                split[k + (k > i)] = d->shape[k];
                joined[k] = k == i ? n * step : d->shape[k];
            }
            split[i + 1] = 1;
            gap[i + 1] = step - 1;
            d = (ssi_reshape)(ssi_pad((ssi_reshape)(d, y->rank + 1, split), zero, gap, ssi_number(0)), y->rank, joined);
            ssi_range cut[SSI_MAX_RANK];
            for (int k = 0; k <= i; k++)
                cut[k] = (ssi_range){0, k == i ? (n - 1) * step + 1 : SSI_END, 1};
            d = ssi_slice(d, i + 1, cut);
        }
        before[i] = n ? first : 0;
        after[i] = x->shape[i] - before[i] - (n ? (n - 1) * step + 1 : 0);
    }
    return ssi_pad(d, before, after, ssi_number(0));
}

const ssi_op ssi_op_slice = {.name = "slice",
                             .kind = SSI_KIND_VIEW,
                             .code = SSI_VIEW_SLICE,
                             .signature = "x -> y",
                             .doc = "every step-th element from start to stop",
                             .numpy = "x[start:stop:step]",
                             .torch = "x[start:stop:step]",
                             .onnx = "Slice",
                             .gradient = slice_gradient};

/* Python's slice.indices. */
static void clip_range(const ssi_range *range, int64_t n, int64_t *start, int64_t *step, int64_t *count)
{
    *step = range->step ? range->step : 1;
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
            clip_range(&ranges[i], x->shape[i], &start[i], &step[i], &shape[i]);
    }
    return ssi_build_view(&ssi_op_slice, x, x->rank, shape, x->rank, step, x->rank, start);
}

static ssi_tensor *flip_gradient(const ssi_vjp *g)
{
    return ssi_build_view(g->y->op, g->dy, g->dy->rank, g->dy->shape, 1, g->y->attribute, 0, NULL);
}

const ssi_op ssi_op_flip = {.name = "flip",
                            .kind = SSI_KIND_VIEW,
                            .code = SSI_VIEW_FLIP,
                            .signature = "x -> y",
                            .doc = "an axis in reverse",
                            .numpy = "np.flip(x, axis)",
                            .torch = "torch.flip(x, [axis])",
                            .gradient = flip_gradient};

ssi_tensor *(ssi_flip)(ssi_tensor *x, int axis)
{
    if (!x || (axis = ssi_axis("flip", axis, x->rank)) < 0)
        return NULL;
    return ssi_build_view(&ssi_op_flip, x, x->rank, x->shape, 1, &(int64_t){(int64_t)1 << axis}, 0, NULL);
}

/* ---- pad ---- */

static void pad_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    int64_t index[SSI_MAX_RANK] = {0}, count = ssi_count(node);
    size_t size = ssi_dtype_size(out->dtype);
    for (int64_t at = 0; at < count; at++) {
        int64_t offset = 0;
        bool inside = true;
        for (int i = 0; i < node->rank; i++) {
            int64_t k = index[i] - node->attribute[i];
            inside = inside && k >= 0 && k < in[0].shape[i];
            offset += k * in[0].stride[i];
        }
        memcpy((char *)out->data + at * (int64_t)size,
               inside ? (char *)in[0].data + offset * (int64_t)size : in[1].data, size);
        for (int axis = node->rank - 1; axis >= 0 && ++index[axis] == node->shape[axis]; axis--)
            index[axis] = 0;
    }
}

/* The part of dy that came from x; the value's gradient is what lies around it. */
static ssi_tensor *pad_gradient(const ssi_vjp *g)
{
    ssi_range inside[SSI_MAX_RANK];
    const ssi_tensor *x = g->x[0];
    for (int i = 0; i < x->rank; i++)
        inside[i] = (ssi_range){g->y->attribute[i], g->y->attribute[i] + x->shape[i], 1};
    ssi_tensor *part = ssi_slice(g->dy, x->rank, inside);
    return g->which == 0 ? part : (ssi_sub)(ssi_sum_axes(g->dy, 0, NULL, 0), ssi_sum_axes(part, 0, NULL, 0));
}

const ssi_op ssi_op_pad = {.name = "pad",
                           .kind = SSI_KIND_JOIN,
                           .code = SSI_JOIN_PAD,
                           .signature = "x,value -> y",
                           .doc = "a value before and after each axis",
                           .numpy = "np.pad(x, widths)",
                           .torch = "torch.nn.functional.pad(x, widths)",
                           .onnx = "Pad",
                           .gradient = pad_gradient,
                           .reference = pad_reference};

ssi_tensor *ssi_pad(ssi_tensor *x, const int64_t *before, const int64_t *after, ssi_tensor *value)
{
    if (!x || !value)
        return NULL;
    int64_t shape[SSI_MAX_RANK], count;
    bool grows = false;
    for (int i = 0; i < x->rank; i++) {
        if (before[i] < 0 || after[i] < 0 || before[i] > INT64_MAX / 4 || after[i] > INT64_MAX / 4)
            return SSI_FAIL_NULL(SSI_INVALID, "pad",
                                 "%lld before and %lld after axis %d\nuse ssi_slice to take elements away",
                                 (long long)before[i], (long long)after[i], i);
        shape[i] = x->shape[i] + before[i] + after[i];
        grows = grows || shape[i] != x->shape[i];
    }
    if (!grows)
        return x;
    if (value->rank)
        return SSI_FAIL_NULL(SSI_INVALID, "pad", "the value has %d axes\ngive a number, or a tensor of no axes",
                             value->rank);
    if (!ssi_shape_count(x->rank, shape, ssi_dtype_size((ssi_dtype)x->dtype), &count))
        return SSI_FAIL_NULL(SSI_INVALID, "pad", "the result is larger than memory can be");
    if (!(value->flags & SSI_WEAK))
        value = (ssi_cast)(value, (ssi_dtype)x->dtype);
    return ssi_node(&(ssi_node_spec){.op = &ssi_op_pad,
                                     .dtype = (ssi_dtype)x->dtype,
                                     .rank = x->rank,
                                     .shape = shape,
                                     .inputs = 2,
                                     .input = (ssi_tensor *[]){x, value},
                                     .attributes = x->rank,
                                     .attribute = before});
}

/* ---- concatenate ---- */

static void concatenate_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    int64_t start = 0;
    int axis = (int)node->attribute[0];
    for (int i = 0; i < node->inputs; i++) {
        ssi_view part = *out;
        int64_t index[SSI_MAX_RANK] = {0}, count = 1;
        size_t size = ssi_dtype_size(out->dtype);
        for (int k = 0; k < in[i].rank; k++)
            count *= part.shape[k] = in[i].shape[k];
        for (int64_t at = 0; at < count; at++) {
            int64_t from = 0, to = start * out->stride[axis];
            for (int k = 0; k < in[i].rank; k++) {
                from += index[k] * in[i].stride[k];
                to += index[k] * out->stride[k];
            }
            memcpy((char *)out->data + to * (int64_t)size, (char *)in[i].data + from * (int64_t)size, size);
            for (int k = in[i].rank - 1; k >= 0 && ++index[k] == part.shape[k]; k--)
                index[k] = 0;
        }
        start += in[i].shape[axis];
    }
}

static ssi_tensor *concatenate_gradient(const ssi_vjp *g)
{
    int axis = (int)g->y->attribute[0];
    int64_t start = 0;
    for (int i = 0; i < g->which; i++)
        start += g->x[i]->shape[axis];
    ssi_range part[SSI_MAX_RANK];
    for (int i = 0; i <= axis; i++)
        part[i] = (ssi_range){0, SSI_END, 1};
    part[axis] = (ssi_range){start, start + g->x[g->which]->shape[axis], 1};
    return ssi_slice(g->dy, axis + 1, part);
}

const ssi_op ssi_op_concatenate = {.name = "concatenate",
                                   .kind = SSI_KIND_JOIN,
                                   .code = SSI_JOIN_CONCATENATE,
                                   .signature = "x... -> y",
                                   .doc = "one after another along an axis",
                                   .numpy = "np.concatenate(x, axis)",
                                   .torch = "torch.cat(x, axis)",
                                   .onnx = "Concat",
                                   .gradient = concatenate_gradient,
                                   .reference = concatenate_reference};

static ssi_tensor *join_few(int count, ssi_tensor *const *x, int axis, ssi_dtype dtype)
{
    ssi_tensor *in[SSI_MAX_INPUTS];
    int64_t shape[SSI_MAX_RANK], total;
    memcpy(shape, x[0]->shape, (size_t)x[0]->rank * sizeof *shape);
    shape[axis] = 0;
    for (int i = 0; i < count; i++) {
        if (!(in[i] = (ssi_cast)(x[i], dtype)))
            return NULL;
        if (shape[axis] > INT64_MAX - x[i]->shape[axis])
            return SSI_FAIL_NULL(SSI_INVALID, "concatenate", "the result is larger than memory can be");
        shape[axis] += x[i]->shape[axis];
    }
    if (!ssi_shape_count(x[0]->rank, shape, ssi_dtype_size(dtype), &total))
        return SSI_FAIL_NULL(SSI_INVALID, "concatenate", "the result is larger than memory can be");
    return ssi_node(&(ssi_node_spec){.op = &ssi_op_concatenate,
                                     .dtype = dtype,
                                     .rank = x[0]->rank,
                                     .shape = shape,
                                     .inputs = count,
                                     .input = in,
                                     .attributes = 1,
                                     .attribute = &(int64_t){axis}});
}

ssi_tensor *ssi_concatenate(int count, ssi_tensor *const *x, int axis)
{
    if (count < 1)
        return SSI_FAIL_NULL(SSI_INVALID, "concatenate", "nothing to concatenate");
    for (int i = 0; i < count; i++) {
        if (!x[i])
            return NULL;
    }
    if ((axis = ssi_axis("concatenate", axis, x[0]->rank)) < 0)
        return NULL;
    ssi_dtype dtype = (ssi_dtype)x[0]->dtype;
    for (int i = 1; i < count; i++) {
        bool fits = x[i]->rank == x[0]->rank;
        for (int k = 0; k < x[0]->rank && fits; k++)
            fits = k == axis || x[i]->shape[k] == x[0]->shape[k];
        char a[SSI_SHAPE_TEXT], b[SSI_SHAPE_TEXT];
        if (!fits)
            return SSI_FAIL_NULL(SSI_INVALID, "concatenate", "%s and %s differ in more than axis %d",
                                 ssi_describe(x[0], a), ssi_describe(x[i], b), axis);
        dtype = ssi_promote(dtype, (ssi_dtype)x[i]->dtype);
    }
    if (count == 1)
        return x[0];
    ssi_tensor *all = join_few(count < SSI_MAX_INPUTS ? count : SSI_MAX_INPUTS, x, axis, dtype);
    for (int done = SSI_MAX_INPUTS; done < count && all;) { /* the rest, in batches joined to what there is */
        ssi_tensor *few[SSI_MAX_INPUTS] = {all};
        int more = 1;
        while (more < SSI_MAX_INPUTS && done < count)
            few[more++] = x[done++];
        all = join_few(more, few, axis, dtype);
    }
    return all;
}
