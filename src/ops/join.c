/*
 * join.c - several inputs written into one output: padding, concatenation.
 */
#include "ops/build.h"

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

/* clang-format off */
const ssi_op ssi_op_pad = {
    .name = "pad", .kind = SSI_KIND_JOIN, .code = SSI_JOIN_PAD, .gradient = pad_gradient, .reference = pad_reference,
    SSI_WORDS(.signature = "x, value -> y", .doc = "a value before and after each axis", .numpy = "np.pad(x, widths)",
              .torch = "torch.nn.functional.pad(x, widths)", .onnx = "Pad",
              .samples = SSI_SAMPLES("x=uniform(-2,2)[3,4] value=uniform(-2,2)[] before=1,0 after=0,2",
                             "x=uniform(-2,2)[4,3].T value=uniform(-2,2)[] before=2,1 after=1,1",
                             "x=uniform(-2,2)[0,2] value=uniform(-2,2)[] before=1,0 after=1,0")),
};
/* clang-format on */

ssi_tensor *ssi_pad(ssi_tensor *x, const int64_t *before, const int64_t *after, ssi_tensor *value)
{
    if (!x || !value)
        return NULL;
    int64_t shape[SSI_MAX_RANK];
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
    if (!ssi_shape_is_possible("pad", (ssi_dtype)x->dtype, x->rank, shape))
        return NULL;
    ssi_tensor *input[] = {x, ssi_operand(&ssi_op_pad, value, (ssi_dtype)x->dtype)};
    return ssi_node(&(ssi_node_spec){.op = &ssi_op_pad,
                                     .dtype = (ssi_dtype)x->dtype,
                                     .rank = x->rank,
                                     .shape = shape,
                                     .inputs = 2,
                                     .input = input,
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

/* clang-format off */
const ssi_op ssi_op_concatenate = {
    .name = "concatenate", .kind = SSI_KIND_JOIN, .code = SSI_JOIN_CONCATENATE, .gradient = concatenate_gradient,
    .reference = concatenate_reference,
    SSI_WORDS(.signature = "x... -> y", .doc = "one after another along an axis", .numpy = "np.concatenate(x, axis)",
              .torch = "torch.cat(x, axis)", .onnx = "Concat", .samples = SSI_SAMPLES("a=uniform(-2,2)[3,4] b=uniform(-2,2)[2,4] axis=0",
                             "a=uniform(-2,2)[4,3].T b=uniform(-2,2)[3,1] c=uniform(-2,2)[3,2] axis=-1",
                             "a=uniform(-2,2)[0] b=uniform(-2,2)[3] axis=0")),
};
/* clang-format on */

/* At most SSI_MAX_INPUTS, of fitting shapes. */
static ssi_tensor *join(int count, ssi_tensor *const *x, int axis, ssi_dtype dtype)
{
    ssi_tensor *input[SSI_MAX_INPUTS];
    int64_t shape[SSI_MAX_RANK], along = axis;
    int rank = x[0]->rank;
    memcpy(shape, x[0]->shape, (size_t)rank * sizeof *shape);
    shape[axis] = 0;
    for (int i = 0; i < count; i++) {
        input[i] = ssi_cast(x[i], dtype);
        if (x[i]->shape[axis] > INT64_MAX - shape[axis])
            return SSI_FAIL_NULL(SSI_INVALID, "concatenate", "the result is larger than memory can be");
        shape[axis] += x[i]->shape[axis];
    }
    if (!ssi_shape_is_possible("concatenate", dtype, rank, shape))
        return NULL;
    return ssi_node(&(ssi_node_spec){.op = &ssi_op_concatenate,
                                     .dtype = dtype,
                                     .rank = rank,
                                     .shape = shape,
                                     .inputs = count,
                                     .input = input,
                                     .attributes = 1,
                                     .attribute = &along});
}

static bool joins(const ssi_tensor *a, const ssi_tensor *b, int axis)
{
    char ta[SSI_SHAPE_TEXT], tb[SSI_SHAPE_TEXT];
    bool fits = a->rank == b->rank;
    for (int i = 0; i < a->rank && fits; i++)
        fits = i == axis || a->shape[i] == b->shape[i];
    return fits ||
           ssi_fail(SSI_INVALID, "concatenate", "shapes differ beside axis %d: %s, %s\nall other axes must be equal",
                    axis, ssi_shape_text(a->rank, a->shape, ta), ssi_shape_text(b->rank, b->shape, tb)) == 0;
}

/* Each taken flat, one after another. */
static ssi_tensor *concatenate_flat(int count, ssi_tensor *const *x)
{
    ssi_tensor **flat = ssi_alloc((size_t)count * sizeof(ssi_tensor *));
    if (!flat)
        return NULL;
    for (int i = 0; i < count; i++)
        flat[i] = (ssi_reshape)(x[i], 1, (int64_t[]){ssi_size(x[i])});
    ssi_tensor *y = ssi_concatenate(count, flat, 0);
    ssi_free(flat);
    return y;
}

/* More than a node takes: each so many, and what came of them again, so that no element moves more often than it must. */
static ssi_tensor *join_in_turns(int count, ssi_tensor *const *x, int axis, ssi_dtype dtype)
{
    ssi_tensor **part = ssi_alloc((size_t)count * sizeof(ssi_tensor *));
    if (!part)
        return NULL;
    memcpy(part, x, (size_t)count * sizeof(ssi_tensor *));
    bool whole = true;
    while (count > 1 && whole) {
        int parts = 0;
        for (int i = 0; i < count && whole; i += SSI_MAX_INPUTS) {
            int n = count - i < SSI_MAX_INPUTS ? count - i : SSI_MAX_INPUTS;
            part[parts] = n == 1 ? part[i] : join(n, part + i, axis, dtype);
            whole = part[parts++] != NULL;
        }
        count = parts;
    }
    ssi_tensor *y = whole ? part[0] : NULL;
    ssi_free(part);
    return y;
}

/* Whatever the order is: floats among themselves, then each of the others beside what they make. (u8 and i8 alone make i16, and i16 and f16 f32; but
 * both and f16 make f16.) */
static ssi_dtype common_dtype(int count, ssi_tensor *const *x)
{
    ssi_dtype dtype = (ssi_dtype)x[0]->dtype;
    bool floats = false;
    for (int i = 0; i < count; i++) {
        ssi_dtype own = (ssi_dtype)x[i]->dtype;
        if (ssi_is_float(own)) {
            dtype = floats ? ssi_promote(dtype, own) : own;
            floats = true;
        }
    }
    ssi_dtype common = dtype;
    for (int i = 0; i < count; i++) {
        ssi_dtype own = (ssi_dtype)x[i]->dtype;
        common = ssi_promote(common, floats ? ssi_promote(dtype, own) : own);
    }
    return common;
}

ssi_tensor *ssi_concatenate(int count, ssi_tensor *const *x, int axis)
{
    if (count < 1)
        return SSI_FAIL_NULL(SSI_INVALID, "concatenate", "nothing to concatenate");
    for (int i = 0; i < count; i++) {
        if (!x[i])
            return NULL;
    }
    if (axis == SSI_ALL_AXES)
        return concatenate_flat(count, x);
    if (x[0]->rank == 0)
        return SSI_FAIL_NULL(SSI_INVALID, "concatenate", "a tensor of no axes cannot be joined\nuse ssi_stack");
    if ((axis = ssi_axis("concatenate", axis, x[0]->rank)) < 0)
        return NULL;
    for (int i = 1; i < count; i++) {
        if (!joins(x[0], x[i], axis))
            return NULL;
    }
    if (count == 1)
        return x[0];
    return (count <= SSI_MAX_INPUTS ? join : join_in_turns)(count, x, axis, common_dtype(count, x));
}
