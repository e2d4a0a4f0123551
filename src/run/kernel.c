/*
 * kernel.c - from a group of nodes to the kernels that compute it.
 */
#include <string.h>

#include "run/program.h"

ssi_kernel *ssi_new_kernel(ssi_plan *plan, ssi_kernel_kind kind, int32_t first, int nodes)
{
    ssi_kernel *kernel = &plan->kernel[plan->kernels++]; /* room for all: see ssi_schedule */
    *kernel = (ssi_kernel){.kind = kind, .first_slot = first, .nodes = nodes, .in = {-1, -1, -1}, .out = -1};
    return kernel;
}

/* Stores every value of the program's that has a place. */
static void store_members(ssi_builder *b, const ssi_group *group, const ssi_dims *of_shape, int32_t but)
{
    for (int m = 0; m < group->members; m++) {
        int32_t node = group->member[m];
        const ssi_slot *y = &b->plan->slot[node];
        ssi_dims own = ssi_squeeze_shape(y->rank, y->shape);
        if (node == but || b->value_of[node] < 0 || (of_shape && !ssi_same_dims(&own, of_shape)))
            continue;
        ssi_dims all = ssi_squeeze_shape(b->dims.count, b->dims.size);
        ssi_extent extent = b->rows_matter && !ssi_same_dims(&own, &all) ? SSI_ROW : SSI_FULL;
        int64_t along[SSI_MAX_RANK];
        ssi_build_align(b, y->rank, y->shape, y->stride, along);
        if (y->storage != SSI_IN_REGISTERS)
            ssi_build_store(b, b->value_of[node], node, extent, along, 0, true);
        if (y->rounded)
            ssi_build_rounded(b, b->value_of[node], node, extent, along);
    }
}

static int64_t elements(const ssi_dims *dims)
{
    int64_t count = 1;
    for (int d = 0; d < dims->count; d++)
        count *= dims->size[d];
    return count;
}

/* Arithmetic and traffic, for SSI_EXPLAIN: an operation is one flop an element. */
static void count_work(ssi_kernel *kernel, const ssi_plan *plan, const ssi_program *p, const ssi_space *space)
{
    for (int i = p->uniforms; i < p->instrs; i++) {
        bool works =
            p->instr[i].kind != SSI_DO_SPREAD && !(p->instr[i].kind == SSI_DO_MAP && p->instr[i].code == SSI_MAP_CAST);
        bool chain = p->instr[i].kind == SSI_DO_CHAIN;
        bool per_row = p->instr[i].extent == SSI_ROW && (p->instr[i].kind == SSI_DO_MAP || chain);
        int64_t operations = chain ? p->instr[i].joined : 1;
        kernel->flops += works ? operations * (per_row ? space->rows : space->rows * space->cols) : 0;
    }
    for (int i = 0; i < p->loads + p->stores; i++) {
        const ssi_access *access = i < p->loads ? &p->load[i] : &p->store[i - p->loads];
        int64_t count = plan->slot[plan->slot[access->slot].base].count, own = plan->slot[access->slot].count;
        if (access->gathered)
            own = plan->slot[access->by].count * access->inner;
        kernel->bytes += (own < count ? own : count) * access->size;
    }
}

static int finish(ssi_builder *b, ssi_kernel *kernel, ssi_program *program, ssi_space *space)
{
    ssi_plan *plan = b->plan;
    int status = ssi_builder_finish(b, program, space);
    if (status != SSI_OK)
        return status;
    count_work(kernel, plan, program, space);
    for (int i = 0; i < program->instrs; i++)
        kernel->checks |= program->instr[i].kind == SSI_DO_CHECK;
    for (int i = 0; i < program->loads; i++)
        kernel->checks |= program->load[i].gathered;
    kernel->scratch = kernel->scratch > program->scratch ? kernel->scratch : program->scratch;
    return SSI_OK;
}

int ssi_finish_map(ssi_builder *b, ssi_kernel *kernel)
{
    return finish(b, kernel, &kernel->after, &kernel->space);
}

/* Compiles the members of a shape (NULL: any) that are stored or may fail the run. What they are computed from follows on demand; a value that every
 * reader recomputes for itself is never asked for here. */
static void build_members(ssi_builder *b, const ssi_group *group, const ssi_dims *of_shape)
{
    for (int m = 0; m < group->members; m++) {
        int32_t node = group->member[m];
        const ssi_slot *y = &b->plan->slot[node];
        ssi_dims own = ssi_squeeze_shape(y->rank, y->shape);
        bool checks =
            y->kind == SSI_KIND_MAP && (y->op->code == SSI_MAP_CHECK_FINITE || y->op->code == SSI_MAP_CHECK_RANGE);
        bool asked = y->storage != SSI_IN_REGISTERS || y->rounded || checks;
        bool memory_only = node == group->head && group->kind != SSI_GROUP_MAP;
        if (asked && !memory_only && (!of_shape || ssi_same_dims(&own, of_shape)) && b->value_of[node] < 0)
            ssi_build_node(b, node);
    }
}

/* ---- map ---- */

static int make_map(ssi_plan *plan, const ssi_group *group)
{
    ssi_kernel *kernel = ssi_new_kernel(plan, SSI_KERNEL_MAP, group->member[0], group->members);
    int rows = group->rowed ? group->row_dims : group->dims.count ? group->dims.count - 1 : 0;
    ssi_builder *b = ssi_builder_new(plan, group, &group->dims, rows, group->rowed);
    if (!b)
        return SSI_NO_MEMORY;
    build_members(b, group, NULL);
    store_members(b, group, NULL, -1);
    kernel->whole_rows = group->rowed;
    int status = ssi_finish_map(b, kernel);
    plan->kernels -= status == SSI_OK && !kernel->after.stores && !kernel->checks; /* every reader recomputes it */
    return status;
}

/* ---- reduce ---- */

static void make_order(ssi_fold_order *order, const ssi_dims *dims, uint32_t folded)
{
    int last = dims->count - 1;
    order->along = folded >> last & 1;
    order->width = order->kept_rows = order->folded_rows = 1;
    int d = last;
    for (; d >= 0 && (folded >> d & 1) == order->along; d--)
        order->width *= dims->size[d];
    for (int at = 0; at <= d; at++) {
        bool is_folded = folded >> at & 1;
        *(is_folded ? &order->folded_rows : &order->kept_rows) *= dims->size[at];
        if (order->groups && order->folded[order->groups - 1] == is_folded) {
            order->size[order->groups - 1] *= dims->size[at];
        } else {
            order->folded[order->groups] = is_folded;
            order->size[order->groups++] = dims->size[at];
        }
    }
}

static int make_reduce(ssi_plan *plan, const ssi_group *group)
{
    ssi_kernel *kernel = ssi_new_kernel(plan, SSI_KERNEL_REDUCE, group->member[0], group->members);
    ssi_slot *head = &plan->slot[group->head];
    ssi_dims kept;
    uint32_t folded = ssi_folded_axes(plan, group->head, &kept);
    make_order(&kernel->order, &group->dims, folded);
    int columns = 0;
    for (int d = group->dims.count - 1; d >= 0 && (folded >> d & 1) == kernel->order.along; d--)
        columns++;
    ssi_builder *b = ssi_builder_new(plan, group, &group->dims, group->dims.count - columns, false);
    if (!b)
        return SSI_NO_MEMORY;
    build_members(b, group, &group->dims);
    ssi_dtype dtype = (ssi_dtype)plan->slot[head->input[0]].dtype, from = dtype;
    int value = kernel->order.along ? ssi_build_folded(b, group->head, &from)
                                    : ssi_build_spread(b, ssi_build_operand(b, group->head, 0, dtype), SSI_FULL);
    b->result = value;
    store_members(b, group, &group->dims, group->head);
    kernel->fold = (ssi_fold){.code = (uint8_t)head->op->code,
                              .dtype = (uint8_t)dtype,
                              .from = (uint8_t)from,
                              .value = (int16_t)value,
                              .slot = group->head};
    kernel->flops = elements(&group->dims);
    int status = finish(b, kernel, &kernel->before, &kernel->space);
    bool more = false;
    for (int m = 0; m < group->members; m++) {
        const ssi_slot *y = &plan->slot[group->member[m]];
        ssi_dims own = ssi_squeeze_shape(y->rank, y->shape);
        more |= group->member[m] != group->head && ssi_same_dims(&own, &kept);
    }
    if (status != SSI_OK || !more)
        return status;
    if (!(b = ssi_builder_new(plan, group, &kept, kept.count ? kept.count - 1 : 0, false)))
        return SSI_NO_MEMORY;
    build_members(b, group, &kept);
    store_members(b, group, &kept, group->head);
    return finish(b, kernel, &kernel->after, &kernel->after_space);
}

/* ---- contract ---- */

/* Where each value is read, or made, last: by which instruction, and which step of a chain. */
typedef struct moment {
    int instr, step;
} moment;

/* How often a value is read; `read` is the last time, and `made` is when it is written. */
static int uses_of(const ssi_program *p, int value, moment *read, moment *made)
{
    int uses = 0;
    for (int i = 0; i < p->instrs; i++) {
        const ssi_instr *instr = &p->instr[i];
        bool chain = instr->kind == SSI_DO_CHAIN;
        for (int k = 0; k < (chain ? instr->steps : 1); k++) {
            const ssi_step *step = chain ? &p->step[instr->first_step + k] : NULL;
            const int now = chain ? (step->from == value) + (step->a == value)
                                  : (instr->a == value) + (instr->b == value) + (instr->c == value);
            uses += now;
            *read = now ? (moment){i, k} : *read;
            *made = (chain ? step->to : instr->d) == value ? (moment){i, k} : *made;
        }
    }
    for (int s = 0; s < p->stores; s++)
        uses += p->store[s].value == value;
    return uses;
}

/* The slot in whose place tiles of the product may be summed: what is stored there, as large and in the same order, is made when nobody reads the tile any more. */
static int32_t place_of_tile(const ssi_plan *plan, const ssi_kernel *kernel)
{
    const ssi_program *p = &kernel->after;
    const ssi_slot *head = &plan->slot[kernel->out];
    moment read = {0}, made = {0}, unused = {0};
    for (int v = 0; v < p->values; v++)
        if (p->value[v].source == SSI_FROM_TILE && uses_of(p, v, &read, &unused) != 1)
            return -1;
    for (int s = 0; s < p->stores; s++) {
        const ssi_access *store = &p->store[s];
        const ssi_slot *slot = &plan->slot[store->slot];
        uses_of(p, store->value, &unused, &made);
        bool after = made.instr > read.instr || (made.instr == read.instr && made.step >= read.step);
        if (after && store->direct && !store->rounded && store->even && store->step == 1 && store->linear &&
            store->row_step == kernel->n && slot->storage != SSI_IN_PLACE && slot->dtype == head->dtype &&
            slot->count == head->count)
            return store->slot;
    }
    return -1;
}

/* The program that makes rows of the left operand, if a part of the group does. */
static int make_left_operand(ssi_plan *plan, const ssi_group *group, ssi_kernel *kernel)
{
    const ssi_slot *x = &plan->slot[kernel->in[0]];
    kernel->left = -1;
    if (!x->before)
        return SSI_OK;
    ssi_dims dims = {.count = 2, .size = {x->shape[0], x->shape[1]}};
    ssi_builder *b = ssi_builder_new(plan, group, &dims, 1, false);
    if (!b)
        return SSI_NO_MEMORY;
    ssi_build_node(b, kernel->in[0]);
    kernel->left = (int16_t)ssi_build_spread(b, b->value_of[kernel->in[0]], SSI_FULL);
    b->result = kernel->left;
    return finish(b, kernel, &kernel->before, &kernel->left_space);
}

static bool is_turned(const ssi_plan *plan, int32_t view, int32_t from)
{
    const ssi_slot *a = &plan->slot[from], *b = &plan->slot[view];
    return b->kind == SSI_KIND_VIEW && b->op->code == SSI_VIEW_PERMUTE && b->input[0] == from && a->rank == b->rank &&
           a->stride[a->rank - 2] == b->stride[b->rank - 1] && a->stride[a->rank - 1] == b->stride[b->rank - 2];
}

/* Whether a product is its own mirror image, as that of a matrix and itself, turned: to the bit, for a*b is b*a. Of small ones all is computed. */
static bool is_mirrored(const ssi_plan *plan, const ssi_kernel *kernel)
{
    enum { FEWEST = 128 };
    return kernel->plain && kernel->left < 0 && kernel->batch == 1 && kernel->m >= FEWEST && kernel->m == kernel->n &&
           (is_turned(plan, kernel->in[1], kernel->in[0]) || is_turned(plan, kernel->in[0], kernel->in[1]));
}

static int make_contract(ssi_plan *plan, const ssi_group *group)
{
    ssi_kernel *kernel = ssi_new_kernel(plan, SSI_KERNEL_CONTRACT, group->member[0], group->members);
    const ssi_slot *head = &plan->slot[group->head], *a = &plan->slot[head->input[0]];
    kernel->in[0] = head->input[0];
    kernel->in[1] = head->input[1];
    kernel->out = group->head;
    kernel->batch_dims = head->rank - 2;
    kernel->batch = 1;
    for (int i = 0; i < kernel->batch_dims; i++)
        kernel->batch *= head->shape[i];
    kernel->m = head->shape[head->rank - 2];
    kernel->n = head->shape[head->rank - 1];
    kernel->k = a->shape[a->rank - 1];
    int status = make_left_operand(plan, group, kernel);
    if (status != SSI_OK)
        return status;
    ssi_dims dims = {.count = head->rank};
    memcpy(dims.size, head->shape, (size_t)head->rank * sizeof *head->shape);
    ssi_builder *b = ssi_builder_new(plan, group, &dims, dims.count - 1, false);
    if (!b)
        return SSI_NO_MEMORY;
    b->value_of[group->head] =
        (int16_t)ssi_build_value(b, SSI_FROM_TILE, SSI_FULL, (ssi_dtype)head->dtype, 0, group->head);
    build_members(b, group, NULL);
    store_members(b, group, NULL, -1);
    status = finish(b, kernel, &kernel->after, &kernel->space);
    if (status != SSI_OK)
        return status;
    kernel->tile = place_of_tile(plan, kernel);
    kernel->plain = kernel->after.instrs == 0 && kernel->after.stores == 1;
    kernel->mirrored = is_mirrored(plan, kernel);
    kernel->flops += kernel->batch * kernel->m * (kernel->mirrored ? kernel->n + 1 : 2 * kernel->n) * kernel->k;
    int64_t size = (int64_t)ssi_dtype_size((ssi_dtype)head->dtype);
    kernel->bytes += kernel->batch * (kernel->m + kernel->n) * kernel->k * size;
    return SSI_OK;
}

/* ---- the lone ones ---- */

/* What a reduction of nothing is, everywhere: 1 for a product, else 0. */
static int make_constant(ssi_plan *plan, const ssi_group *group)
{
    const ssi_slot *y = &plan->slot[group->head];
    ssi_kernel *kernel = ssi_new_kernel(plan, SSI_KERNEL_MAP, group->head, 1);
    ssi_builder *b = ssi_builder_new(plan, group, &(ssi_dims){1, {y->count}}, 0, false);
    if (!b)
        return SSI_NO_MEMORY;
    int value =
        ssi_build_value(b, SSI_FROM_CONSTANT, SSI_UNIFORM, (ssi_dtype)y->dtype, y->op->code == SSI_REDUCE_PROD, -1);
    ssi_build_store(b, value, group->head, SSI_FULL, (int64_t[]){1}, 0, false);
    return ssi_finish_map(b, kernel);
}

static int make_alone(ssi_plan *plan, const ssi_group *group)
{
    int32_t node = group->head;
    const ssi_slot *y = &plan->slot[node];
    if (y->kind == SSI_KIND_JOIN)
        return ssi_make_join(plan, group);
    if (y->kind == SSI_KIND_VIEW) { /* a scattered reshape: its input's elements, in order, one after another */
        const ssi_slot *x = &plan->slot[y->input[0]];
        int64_t dense[SSI_MAX_RANK];
        ssi_shape_strides(x->rank, x->shape, dense);
        ssi_source from = {y->input[0], x->stride};
        return ssi_make_copy(plan, group, 1, &from, x->shape, &(ssi_place){node, x->rank, dense, 0}, 0);
    }
    if (y->kind == SSI_KIND_REDUCE) /* of nothing */
        return make_constant(plan, group);
    bool call = y->kind == SSI_KIND_CALL, gather = !call && y->op->code == SSI_INDEX_GATHER;
    ssi_kernel *kernel = ssi_new_kernel(plan,
                                        call     ? SSI_KERNEL_CALL
                                        : gather ? SSI_KERNEL_GATHER
                                                 : SSI_KERNEL_SCATTER,
                                        node, 1);
    for (int i = 0; i < y->inputs; i++)
        kernel->in[i] = y->input[i];
    kernel->out = node;
    kernel->checks = !call || y->op->checks;
    kernel->bytes = 2 * y->count * (int64_t)ssi_dtype_size((ssi_dtype)y->dtype);
    return SSI_OK;
}

int ssi_make_kernels(ssi_schedule_state *state, int32_t index)
{
    ssi_plan *plan = state->plan;
    ssi_group *group = &state->group[index];
    int first = plan->kernels, status;
    if (group->kind == SSI_GROUP_MAP)
        status = make_map(plan, group);
    else if (group->kind == SSI_GROUP_REDUCE)
        status = make_reduce(plan, group);
    else if (group->kind == SSI_GROUP_CONTRACT)
        status = make_contract(plan, group);
    else
        status = make_alone(plan, group);
    for (int k = first; k < plan->kernels; k++)
        plan->kernel[k].step = group->order;
    return status;
}
