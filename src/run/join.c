/*
 * join.c - several inputs written into one output: concatenation, padding, a part set in a whole.
 *
 * Every element is written once. Parts that lie closely together in the output are copied by one kernel, block by block: a line of memory to which several
 * of them write is in the cache still, and what is written several times is read once. A join that only another join reads is written to its place in that.
 */
#include <string.h>

#include "run/program.h"

enum { PAGE = 4096 }; /* bytes; what lies farther apart is not close */

/* ---- copies ---- */

/* The axes of `shape` with more than one element, and strides along them; NULL: zeros. */
static ssi_dims squeeze_strides(int rank, const int64_t *shape, const int64_t *stride, int64_t *out)
{
    ssi_dims dims = {0};
    for (int i = 0; i < rank; i++) {
        if (shape[i] == 1)
            continue;
        out[dims.count] = stride ? stride[i] : 0;
        dims.size[dims.count++] = shape[i];
    }
    return dims;
}

int ssi_make_copy(ssi_plan *plan, const ssi_group *group, int count, const ssi_source *from, const int64_t *shape,
                  const ssi_place *to, int64_t apart)
{
    int64_t steps[SSI_MAX_RANK], own[SSI_MAX_RANK];
    ssi_dims dims = squeeze_strides(to->rank, shape, to->stride, steps);
    ssi_dtype dtype = (ssi_dtype)plan->slot[to->slot].dtype;
    ssi_kernel *kernel = ssi_new_kernel(plan, SSI_KERNEL_MAP, to->slot, 1);
    ssi_builder *b = ssi_builder_new(plan, group, &dims, dims.count ? dims.count - 1 : 0, false);
    if (!b)
        return SSI_NO_MEMORY;
    for (int i = 0; i < count; i++) {
        int32_t slot = from[i].slot;
        squeeze_strides(to->rank, shape, from[i].stride, own);
        int value = plan->slot[slot].kind == SSI_KIND_NUMBER
                        ? ssi_build_value(b, SSI_FROM_NUMBER, SSI_UNIFORM, dtype, slot, -1)
                        : ssi_build_load(b, slot, SSI_FULL, own);
        ssi_build_store(b, value, to->slot, SSI_FULL, steps, to->offset + i * apart, false);
    }
    return ssi_finish_map(b, kernel);
}

static ssi_source source_of(const ssi_plan *plan, int32_t slot)
{
    return (ssi_source){slot, plan->slot[slot].rank ? plan->slot[slot].stride : NULL};
}

static int write_node(ssi_plan *plan, const ssi_group *group, int32_t node, const ssi_place *to);

/* Whether an input of the join that is written to `to` is a join itself that is written there, too: it is nowhere else in memory. */
static bool is_written_here(const ssi_plan *plan, int32_t input, const ssi_place *to)
{
    return input < plan->nodes && plan->slot[input].group == plan->slot[to->slot].group;
}

static int write_input(ssi_plan *plan, const ssi_group *group, int32_t input, const ssi_place *to)
{
    if (is_written_here(plan, input, to))
        return write_node(plan, group, input, to);
    ssi_source from = source_of(plan, input);
    return ssi_make_copy(plan, group, 1, &from, plan->slot[input].shape, to, 0);
}

/* ---- concatenation ---- */

/* Whether an input is copied by the kernel of the one before it: of the same shape, in memory both, and the same value or close in the output. */
static bool goes_along(const ssi_plan *plan, const ssi_slot *y, int i, const ssi_place *to)
{
    int32_t before = y->input[i - 1], input = y->input[i];
    const ssi_slot *x = &plan->slot[input];
    int64_t axis = y->attribute[0], size = (int64_t)ssi_dtype_size((ssi_dtype)y->dtype);
    if (memcmp(x->shape, plan->slot[before].shape, x->rank * sizeof *x->shape) != 0)
        return false;
    if (is_written_here(plan, input, to) || is_written_here(plan, before, to))
        return false;
    return input == before || x->shape[axis] * to->stride[axis] * size <= PAGE;
}

static int concatenate(ssi_plan *plan, const ssi_group *group, const ssi_slot *y, ssi_place to)
{
    int64_t axis = y->attribute[0];
    int status = SSI_OK;
    for (int i = 0, next; i < y->inputs && status == SSI_OK; i = next) {
        const ssi_slot *x = &plan->slot[y->input[i]];
        int64_t apart = x->shape[axis] * to.stride[axis];
        ssi_source from[SSI_MAX_INPUTS] = {source_of(plan, y->input[i])};
        for (next = i + 1; next < y->inputs && goes_along(plan, y, next, &to); next++)
            from[next - i] = source_of(plan, y->input[next]);
        status = next > i + 1 ? ssi_make_copy(plan, group, next - i, from, x->shape, &to, apart)
                              : write_input(plan, group, y->input[i], &to);
        to.offset += (next - i) * apart;
    }
    return status;
}

/* ---- padding ---- */

/* Whether what lies around x is best written with all the rest, and then x over it: around short rows, or most of the output. */
static bool fills_all(const ssi_slot *y, const ssi_slot *x)
{
    int axis = y->rank - 1;
    while (axis > 0 && y->shape[axis] == x->shape[axis])
        axis--;
    int64_t row = y->shape[axis] * y->stride[axis] * (int64_t)ssi_dtype_size((ssi_dtype)y->dtype);
    return x->count < y->count / 2 || row < PAGE / 4;
}

/* What lies before and behind x along an axis; along those before it only beside x. */
static int write_border(ssi_plan *plan, const ssi_group *group, const ssi_slot *y, int axis, ssi_place to)
{
    const ssi_slot *x = &plan->slot[y->input[0]];
    ssi_source value[2] = {{y->input[1], NULL}, {y->input[1], NULL}};
    int64_t before = y->attribute[axis], after = y->shape[axis] - x->shape[axis] - before, shape[SSI_MAX_RANK];
    for (int i = 0; i < y->rank; i++) {
        shape[i] = i < axis ? x->shape[i] : y->shape[i];
        to.offset += i < axis ? y->attribute[i] * to.stride[i] : 0;
    }
    shape[axis] = before;
    int64_t apart = (before + x->shape[axis]) * to.stride[axis];
    if (before == after)
        return before ? ssi_make_copy(plan, group, 2, value, shape, &to, apart) : SSI_OK;
    int status = before ? ssi_make_copy(plan, group, 1, value, shape, &to, 0) : SSI_OK;
    shape[axis] = after;
    to.offset += apart;
    return status == SSI_OK && after ? ssi_make_copy(plan, group, 1, value, shape, &to, 0) : status;
}

static int pad(ssi_plan *plan, const ssi_group *group, const ssi_slot *y, ssi_place to)
{
    const ssi_slot *x = &plan->slot[y->input[0]];
    ssi_source value = {y->input[1], NULL};
    bool all = fills_all(y, x);
    int status = all ? ssi_make_copy(plan, group, 1, &value, y->shape, &to, 0) : SSI_OK;
    for (int axis = 0; axis < y->rank && !all && status == SSI_OK; axis++)
        status = write_border(plan, group, y, axis, to);
    for (int axis = 0; axis < y->rank; axis++)
        to.offset += y->attribute[axis] * to.stride[axis];
    return status == SSI_OK ? write_input(plan, group, y->input[0], &to) : status;
}

/* ---- a part set in a whole ---- */

/* All of x, unless it lies there already, then the part, wherever the run's arguments say it begins. */
static int set_slice(ssi_plan *plan, const ssi_group *group, const ssi_slot *y, ssi_place to)
{
    const ssi_slot *v = &plan->slot[y->input[1]];
    const int64_t *step = y->attribute, *size = y->attribute + y->rank;
    ssi_source x = source_of(plan, y->input[0]);
    int copy = plan->kernels, status = ssi_make_copy(plan, group, 1, &x, y->shape, &to, 0);
    plan->kernel[copy].in[0] = y->input[0];
    plan->kernel[copy].out = to.slot;
    plan->kernel[copy].same = true;
    int64_t within[SSI_MAX_RANK], of[SSI_MAX_RANK];
    for (int i = 0; i < y->rank; i++) {
        int axis = i - (y->rank - v->rank);
        within[i] = to.stride[i] * step[i];
        of[i] = axis < 0 || v->shape[axis] == 1 ? 0 : v->stride[axis];
    }
    to.stride = within;
    int set = plan->kernels;
    if (status == SSI_OK)
        status = ssi_make_copy(plan, group, 1, &(ssi_source){y->input[1], of}, size, &to, 0);
    if (status == SSI_OK)
        plan->kernel[set].after.store[0].moved = true;
    return status;
}

/* ---- all of them ---- */

static int write_node(ssi_plan *plan, const ssi_group *group, int32_t node, const ssi_place *to)
{
    const ssi_slot *y = &plan->slot[node];
    switch ((ssi_join_code)y->op->code) {
    case SSI_JOIN_PAD:
        return pad(plan, group, y, *to);
    case SSI_JOIN_CONCATENATE:
        return concatenate(plan, group, y, *to);
    case SSI_JOIN_SET_SLICE:
        return set_slice(plan, group, y, *to);
    }
    return SSI_INTERNAL;
}

int ssi_make_join(ssi_plan *plan, const ssi_group *group)
{
    const ssi_slot *y = &plan->slot[group->head];
    return write_node(plan, group, group->head, &(ssi_place){group->head, y->rank, y->stride, 0});
}
