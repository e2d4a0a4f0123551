/*
 * schedule.c - from a graph to kernels in order, and memory for what they store.
 */
#include "run/schedule.h"
#include "run/view.h"

/* ---- views ---- */

/* A view's elements lie in the storage of its base. Where no strides can say it, the view becomes a copy. */
static void place_views(ssi_plan *plan)
{
    for (int32_t i = 0; i < plan->nodes; i++) {
        ssi_slot *y = &plan->slot[i];
        if (y->kind != SSI_KIND_VIEW)
            continue;
        const ssi_slot *x = &plan->slot[y->input[0]];
        ssi_tensor view = {.op = y->op, .rank = y->rank, .shape = y->shape, .attribute = y->attribute};
        ssi_tensor from = {.rank = x->rank, .shape = x->shape};
        y->scattered = x->kind == SSI_KIND_NUMBER || !ssi_view_strides(&view, &from, x->stride, y->stride, &y->offset);
        if (y->scattered)
            ssi_shape_strides(y->rank, y->shape, y->stride);
        else
            y->base = x->base;
    }
    for (int32_t i = plan->nodes; i-- > 0;) {
        if (plan->slot[i].wanted && plan->slot[i].base < plan->nodes)
            plan->slot[plan->slot[i].base].wanted = true;
    }
}

/* ---- memory ---- */

typedef struct range {
    size_t from, to;
    int32_t first, last;
} range;

/* Every stored value starts at a line, and a line of slack follows it. */
static size_t with_slack(size_t bytes)
{
    return ssi_whole_lines(bytes + SSI_LINE);
}

/* The lowest place that is free from step `first` to step `last`: ranges are kept sorted by where they start. */
static size_t first_fit(range *taken, int *count, size_t bytes, int32_t first, int32_t last)
{
    size_t at = 0;
    int where = *count;
    for (int i = 0; i < *count; i++) {
        if (taken[i].last < first || taken[i].first > last)
            continue;
        if (taken[i].from >= at + bytes)
            break;
        if (taken[i].to > at)
            at = taken[i].to;
    }
    while (where && taken[where - 1].from > at) {
        taken[where] = taken[where - 1];
        where--;
    }
    taken[where] = (range){at, at + bytes, first, last};
    (*count)++;
    return at;
}

static int lay_out_memory(ssi_plan *plan)
{
    int count = 0;
    range *taken = ssi_alloc((2 * (size_t)plan->nodes + (size_t)plan->kernels + 1) * sizeof *taken);
    plan->result = ssi_plan_alloc(plan, (size_t)plan->nodes + 1, sizeof *plan->result);
    plan->view = ssi_plan_alloc(plan, (size_t)plan->nodes + 1, sizeof *plan->view);
    if (!taken || !plan->result || !plan->view) {
        ssi_free(taken);
        return SSI_NO_MEMORY;
    }
    for (int32_t i = 0; i < plan->nodes; i++) {
        ssi_slot *y = &plan->slot[i];
        if (y->rounded) {
            size_t bytes = with_slack((size_t)y->count * sizeof(uint16_t));
            y->rounded_place = first_fit(taken, &count, bytes, y->first_step, y->last_step);
            plan->work_bytes =
                y->rounded_place + bytes > plan->work_bytes ? y->rounded_place + bytes : plan->work_bytes;
        }
        if (y->base != i) {
            plan->view[plan->views++] = i;
        } else if (y->storage == SSI_IN_RESULT) {
            y->place = (size_t)plan->results;
            plan->result[plan->results++] = i;
        } else if (y->storage == SSI_IN_WORK) {
            size_t bytes = with_slack((size_t)y->count * ssi_dtype_size((ssi_dtype)y->dtype));
            y->place = first_fit(taken, &count, bytes, y->first_step, y->last_step);
            plan->work_bytes = y->place + bytes > plan->work_bytes ? y->place + bytes : plan->work_bytes;
        }
    }
    for (int k = 0; k < plan->kernels; k++) {
        ssi_kernel *kernel = &plan->kernel[k];
        if (!ssi_kernel_work(plan, kernel)) {
            ssi_free(taken);
            return SSI_NO_MEMORY;
        }
        size_t bytes = with_slack(kernel->work_bytes);
        kernel->work_place = first_fit(taken, &count, bytes, kernel->step, kernel->step);
        size_t end = kernel->work_place + bytes;
        plan->work_bytes = end > plan->work_bytes ? end : plan->work_bytes;
        plan->scratch = kernel->scratch > plan->scratch ? kernel->scratch : plan->scratch;
    }
    plan->scratch = with_slack(plan->scratch);
    ssi_free(taken);
    return SSI_OK;
}

/* ---- all of it ---- */

int ssi_schedule(ssi_plan *plan)
{
    place_views(plan);
    ssi_schedule_state state = {.plan = plan};
    size_t most = (size_t)plan->nodes + 1, kernels = 1;
    for (int32_t i = 0; i < plan->nodes; i++)
        kernels += 2u + plan->slot[i].inputs +
                   (plan->slot[i].kind == SSI_KIND_JOIN ? 2u * plan->slot[i].rank
                                                        : 0); /* a border on each side of each axis */
    state.group = ssi_plan_alloc(plan, most, sizeof *state.group);
    state.seen = ssi_plan_alloc(plan, most, sizeof *state.seen);
    int32_t *order = ssi_plan_alloc(plan, most, sizeof *order);
    plan->kernel = ssi_plan_alloc(plan, kernels, sizeof *plan->kernel);
    if (!state.group || !state.seen || !order || !plan->kernel)
        return SSI_NO_MEMORY;
    int ordered = 0, status = ssi_make_groups(&state);
    if (status == SSI_OK)
        status = ssi_make_order(&state, order, &ordered);
    if (status == SSI_OK)
        ssi_choose_layouts(&state);
    for (int i = 0; i < ordered && status == SSI_OK; i++)
        status = ssi_make_kernels(&state, order[i]);
    return status == SSI_OK ? lay_out_memory(plan) : status;
}
