/*
 * layout.c - which results lie as their operands do.
 *
 * A result that nobody else reads in this run may lie in any order of its axes. Where the operands of an elementwise kernel are one permutation of arrays
 * in C order, the loops walk them as they lie and the results lie likewise: A.T + A.T costs what A + A does, and is an array in C order seen turned, as
 * in NumPy. Whoever asks for C order (ssi_data) pays for the turn. Operands that are repeated along an axis have no say. All else lies in C order, and so
 * does what a scope leaves behind: the next run may overwrite it.
 */
#include <string.h>

#include "run/schedule.h"

/* Whether strides along `dims` are those of elements side by side in another order of the axes than C's. */
static bool is_permuted(const ssi_dims *dims, const int64_t *stride)
{
    bool c_order = true;
    int64_t step = 1;
    for (int axis = 1; axis < dims->count; axis++)
        c_order = c_order && stride[axis] <= stride[axis - 1];
    /* the axis with steps of 1, then the one with steps of that one's length, ... */
    for (int found = 0; found < dims->count; found++) {
        int axis = 0;
        while (axis < dims->count && stride[axis] != step)
            axis++;
        if (axis == dims->count)
            return false;
        step *= dims->size[axis];
    }
    return !c_order;
}

/* Whether the operands that a map's kernel loads lie alike, and like others before. `stride`: theirs, without axes of one element. */
static bool operands_agree(const ssi_plan *plan, int32_t node, bool *found, int64_t *stride)
{
    const ssi_slot *y = &plan->slot[node];
    bool agree = y->kind == SSI_KIND_MAP;
    for (int i = 0; i < y->inputs && agree; i++) {
        const ssi_slot *x = &plan->slot[plan->slot[y->input[i]].base];
        int64_t all[SSI_MAX_RANK], own[SSI_MAX_RANK];
        bool repeated = x->kind == SSI_KIND_NUMBER;
        int axes = 0;
        if (repeated || x->group == y->group)
            continue;
        ssi_operand_strides(plan, node, i, all);
        for (int axis = 0; axis < y->rank; axis++) {
            if (y->shape[axis] != 1) {
                repeated = repeated || all[axis] == 0;
                own[axes++] = all[axis];
            }
        }
        if (repeated)
            continue;
        agree = x->storage != SSI_IN_REGISTERS && (!*found || !memcmp(own, stride, (size_t)axes * sizeof *own));
        memcpy(stride, own, (size_t)axes * sizeof *own);
        *found = true;
    }
    return agree;
}

/* Whether a value is a result of the run and nothing else: no view shows it, no other group reads it. */
static bool only_leaves(const ssi_plan *plan, int32_t value)
{
    const ssi_slot *v = &plan->slot[value];
    bool only = v->storage == SSI_IN_RESULT;
    for (int32_t node = value + 1; node < plan->nodes && only; node++) {
        const ssi_slot *y = &plan->slot[node];
        only = y->base != value;
        for (int i = 0; i < y->inputs && only; i++)
            only = plan->slot[y->input[i]].base != value || y->group == v->group;
    }
    return only;
}

void ssi_choose_layouts(ssi_schedule_state *state)
{
    ssi_plan *plan = state->plan;
    for (int32_t g = 0; g < state->groups && plan->keep_all; g++) {
        const ssi_group *group = &state->group[g];
        int64_t stride[SSI_MAX_RANK];
        bool found = false, agree = group->kind == SSI_GROUP_MAP && !group->rowed && group->dims.count > 1;
        for (int m = 0; m < group->members && agree; m++)
            agree = operands_agree(plan, group->member[m], &found, stride);
        if (!agree || !found || !is_permuted(&group->dims, stride))
            continue;
        for (int m = 0; m < group->members && agree; m++)
            agree = plan->slot[group->member[m]].storage == SSI_IN_REGISTERS || only_leaves(plan, group->member[m]);
        for (int m = 0; m < group->members && agree; m++) {
            ssi_slot *y = &plan->slot[group->member[m]];
            y->permuted = y->storage != SSI_IN_REGISTERS;
            for (int axis = 0, at = 0; axis < y->rank && y->permuted; axis++)
                y->stride[axis] = y->shape[axis] == 1 ? 0 : stride[at++];
        }
    }
}
