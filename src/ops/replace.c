/*
 * replace.c - a tensor with a part of it replaced.
 */
#include "ops/build.h"

/* Attributes: the part's steps along the axes, then its sizes; arguments: where it begins. */
static int64_t step_of(const ssi_tensor *node, int axis)
{
    return node->attribute[axis];
}
static int64_t size_of(const ssi_tensor *node, int axis)
{
    return node->attribute[node->rank + axis];
}

static void set_slice_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    int64_t index[SSI_MAX_RANK] = {0}, count = ssi_count(node), part = 1;
    for (int64_t at = 0; at < count; at++) {
        ssi_copy_element(out, at, &in[0], ssi_offset_at(&in[0], index));
        ssi_next_index(node->rank, node->shape, index);
    }
    for (int i = 0; i < node->rank; i++) {
        index[i] = 0;
        part *= size_of(node, i);
    }
    for (int64_t at = 0; at < part; at++) {
        int64_t from = 0, to = 0;
        for (int i = 0; i < node->rank; i++) {
            int axis = i - (node->rank - in[1].rank);
            to += (node->argument[i] + index[i] * step_of(node, i)) * out->stride[i];
            from += axis < 0 || in[1].shape[axis] == 1 ? 0 : index[i] * in[1].stride[axis];
        }
        ssi_copy_element(out, to, &in[1], from);
        ssi_next_index(node->rank, node->attribute + node->rank, index);
    }
}

/* What the part hides of x has no influence; the part's gradient lies where the part does. */
static ssi_tensor *set_slice_gradient(const ssi_vjp *g)
{
    const ssi_tensor *y = g->y;
    ssi_range part[SSI_MAX_RANK];
    for (int i = 0; i < y->rank; i++) {
        int64_t step = step_of(y, i), stop = y->argument[i] + step * size_of(y, i);
        part[i] = (ssi_range){y->argument[i], stop < 0 ? SSI_END : stop, step};
        if (!size_of(y, i))
            part[i] = (ssi_range){0, 0, 1};
    }
    return g->which == 0 ? ssi_set_slice(g->dy, y->rank, part, ssi_number(0)) : ssi_slice(g->dy, y->rank, part);
}

/* clang-format off */
const ssi_op ssi_op_set_slice = {
    .name = "set_slice", .kind = SSI_KIND_JOIN, .code = SSI_JOIN_SET_SLICE, .gradient = set_slice_gradient,
    .reference = set_slice_reference,
    SSI_WORDS(.signature = "x, part -> y", .doc = "x with every step-th element from start to stop, along each axis, replaced",
              .numpy = "y = x.copy(); y[start:stop:step] = part", .torch = "torch.slice_scatter(x, part, axis, start, stop, step)",
              .samples = SSI_SAMPLES("x=uniform(-2,2)[5,4] part=uniform(-2,2)[3,2] ranges=1:4:1,0:4:2",
                             "x=uniform(-2,2)[4,5].T part=uniform(-2,2)[4,2].T ranges=4:-6:-3,0:4:1",
                             "x=uniform(-2,2)[7] part=uniform(-2,2)[] ranges=-1:-8:-3",
                             "x=uniform(-2,2)[3,4] part=uniform(-2,2)[2,1] ranges=0:2:1,1:3:1",
                             "x=uniform(-2,2)[3,4] part=uniform(-2,2)[4] ranges=3:2:1",
                             "x=uniform(-2,2)[0,2] part=uniform(-2,2)[2] ranges=0:0:1")),
};
/* clang-format on */

/* Whether the part broadcasts to `size`. */
static bool part_fits(const ssi_tensor *part, int rank, const int64_t *size)
{
    bool fits = part->rank <= rank;
    for (int i = 0; i < part->rank && fits; i++)
        fits = part->shape[i] == 1 || part->shape[i] == size[rank - part->rank + i];
    return fits;
}

ssi_tensor *ssi_set_slice(ssi_tensor *x, int count, const ssi_range *ranges, ssi_tensor *part)
{
    char tp[SSI_SHAPE_TEXT], ts[SSI_SHAPE_TEXT];
    if (!x || !part)
        return NULL;
    if (count < 0 || count > x->rank)
        return SSI_FAIL_NULL(SSI_INVALID, "set_slice", "%d ranges for a tensor with %d axes", count, x->rank);
    int64_t attribute[2 * SSI_MAX_RANK], start[SSI_MAX_RANK], *step = attribute, *size = attribute + x->rank;
    for (int i = 0; i < x->rank; i++)
        ssi_clip_range(i < count ? &ranges[i] : &(ssi_range){0, SSI_END, 1}, x->shape[i], &start[i], &step[i],
                       &size[i]);
    if (!part_fits(part, x->rank, size))
        return SSI_FAIL_NULL(SSI_INVALID, "set_slice",
                             "%s does not broadcast to the part %s\nits last axes must be equal, or 1",
                             ssi_shape_text(part->rank, part->shape, tp), ssi_shape_text(x->rank, size, ts));
    ssi_dtype dtype = (ssi_dtype)x->dtype;
    ssi_tensor *input[] = {ssi_strong(x), ssi_operand(&ssi_op_set_slice, part, dtype)};
    return ssi_node(&(ssi_node_spec){.op = &ssi_op_set_slice,
                                     .dtype = dtype,
                                     .rank = x->rank,
                                     .shape = x->shape,
                                     .inputs = 2,
                                     .input = input,
                                     .attributes = 2 * x->rank,
                                     .attribute = attribute,
                                     .arguments = x->rank,
                                     .argument = start});
}
