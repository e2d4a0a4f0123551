/*
 * group.c - which nodes share a kernel.
 *
 * Every node starts as a group of its own and is merged, in the order of writing, with the groups that made its inputs, latest first, when
 *   - the shapes fit: one shape throughout, or rows and what is folded along them;
 *   - every value that passes between the two can pass in a register;
 *   - no third group lies between them (it would have to run both before and after the merged one).
 */
#include <string.h>

#include "run/schedule.h"

ssi_dims ssi_squeeze_shape(int rank, const int64_t *shape)
{
    ssi_dims dims = {0};
    for (int i = 0; i < rank; i++) {
        if (shape[i] != 1)
            dims.size[dims.count++] = shape[i];
    }
    return dims;
}

bool ssi_same_dims(const ssi_dims *a, const ssi_dims *b)
{
    return a->count == b->count && !memcmp(a->size, b->size, (size_t)a->count * sizeof a->size[0]);
}

/* ---- edges ---- */

void ssi_operand_shape(const ssi_plan *plan, int32_t node, int *rank, const int64_t **shape)
{
    const ssi_slot *y = &plan->slot[node];
    const ssi_slot *of = y->kind == SSI_KIND_REDUCE || y->scattered ? &plan->slot[y->input[0]] : y;
    *rank = of->rank;
    *shape = of->shape;
}

void ssi_operand_strides(const ssi_plan *plan, int32_t node, int i, int64_t *stride)
{
    int rank;
    const int64_t *shape;
    ssi_operand_shape(plan, node, &rank, &shape);
    const ssi_slot *x = &plan->slot[plan->slot[node].input[i]];
    for (int axis = 0; axis < rank; axis++) {
        int from = axis - (rank - x->rank);
        stride[axis] = from < 0 || x->shape[from] == 1 ? 0 : x->stride[from];
    }
}

ssi_edge ssi_edge_kind(const ssi_plan *plan, const ssi_group *group, int32_t node, int i)
{
    int rank;
    const int64_t *shape;
    ssi_operand_shape(plan, node, &rank, &shape);
    const ssi_slot *y = &plan->slot[node], *made = &plan->slot[plan->slot[y->input[i]].base];
    if (y->kind != SSI_KIND_MAP && y->kind != SSI_KIND_REDUCE)
        return SSI_EDGE_MEMORY;
    int64_t stride[SSI_MAX_RANK], dense = 1;
    ssi_operand_strides(plan, node, i, stride);
    ssi_dims to = ssi_squeeze_shape(rank, shape), from = ssi_squeeze_shape(made->rank, made->shape);
    int axis = rank - 1;
    if (group->rowed && !ssi_same_dims(&from, &to)) { /* a value per row: still along the row, dense over the rows */
        if (!ssi_same_dims(&from, &group->kept) || !ssi_same_dims(&to, &group->dims))
            return SSI_EDGE_MEMORY;
        for (int folded = to.count - group->row_dims; folded; axis--) {
            if (shape[axis] != 1 && stride[axis])
                return SSI_EDGE_MEMORY;
            folded -= shape[axis] != 1;
        }
    } else if (!ssi_same_dims(&from, &to)) {
        return SSI_EDGE_MEMORY;
    }
    ssi_edge kind = axis == rank - 1 ? SSI_EDGE_SAME : SSI_EDGE_ROW;
    for (; axis >= 0; axis--) {
        if (shape[axis] != 1 && stride[axis] != dense)
            return SSI_EDGE_MEMORY;
        dense *= shape[axis];
    }
    return kind;
}

/* ---- merging ---- */

uint32_t ssi_folded_axes(const ssi_plan *plan, int32_t reduction, ssi_dims *kept)
{
    const ssi_slot *y = &plan->slot[reduction], *x = &plan->slot[y->input[0]];
    uint32_t mask = 0;
    int at = 0;
    *kept = (ssi_dims){0};
    for (int axis = 0; axis < x->rank; axis++) {
        bool folded = false;
        for (int a = 0; a < y->attributes; a++)
            folded |= y->attribute[a] == axis;
        if (x->shape[axis] == 1)
            continue;
        if (folded)
            mask |= 1u << at;
        else
            kept->size[kept->count++] = x->shape[axis];
        at++;
    }
    return mask;
}

/* The shapes of the merged group, if they fit together. */
static bool shapes_fit(const ssi_group *a, const ssi_group *b, ssi_group *merged)
{
    const ssi_group *product = a->kind == SSI_GROUP_CONTRACT ? a : b->kind == SSI_GROUP_CONTRACT ? b : NULL;
    const ssi_group *reduce = a->kind == SSI_GROUP_REDUCE ? a : b->kind == SSI_GROUP_REDUCE ? b : NULL;
    if (product && reduce)
        return false;
    const ssi_group *leader = product ? product : reduce ? reduce : a->rowed ? a : b;
    const ssi_group *other = leader == a ? b : a;
    if (other->kind != SSI_GROUP_MAP)
        return false;
    *merged = *leader;
    if (other->rowed)
        return leader->rowed && leader->row_dims == other->row_dims && ssi_same_dims(&leader->dims, &other->dims);
    if (leader->kind == SSI_GROUP_REDUCE && ssi_same_dims(&other->dims, &leader->kept))
        return true; /* after the reduction */
    if (leader->kind == SSI_GROUP_REDUCE && leader == a)
        return false;
    return ssi_same_dims(&other->dims, &leader->dims) || (leader->rowed && ssi_same_dims(&other->dims, &leader->kept));
}

static int32_t producer(const ssi_plan *plan, int32_t slot)
{
    const ssi_slot *x = &plan->slot[slot];
    return x->base < plan->nodes ? plan->slot[x->base].group : -1;
}

/* Whether a value made in `to` is reached from `from` through other groups than the two. Depth-first, backwards, on a small stack; also from groups all of
 * which is older than `from`: one that they wait for may have younger members, which wait for `from`. */
static bool path_between(ssi_schedule_state *state, int32_t from, int32_t to, int32_t *stack)
{
    const ssi_plan *plan = state->plan;
    int depth = 0;
    state->walk++;
    state->seen[to] = state->walk;
    stack[depth++] = to;
    while (depth) {
        int32_t at = stack[--depth];
        const ssi_group *group = &state->group[at];
        for (int m = 0; m < group->members; m++) {
            const ssi_slot *y = &plan->slot[group->member[m]];
            for (int i = 0; i < y->inputs; i++) {
                int32_t made = producer(plan, y->input[i]);
                if (made < 0 || (at == to && made == from))
                    continue;
                if (made == from)
                    return true;
                if (state->seen[made] != state->walk) {
                    state->seen[made] = state->walk;
                    stack[depth++] = made;
                }
            }
        }
    }
    return false;
}

static bool passes_in_registers(const ssi_plan *plan, const ssi_group *from, int32_t from_index, const ssi_group *to,
                                const ssi_group *merged)
{
    for (int m = 0; m < to->members; m++) {
        const ssi_slot *y = &plan->slot[to->member[m]];
        for (int i = 0; i < y->inputs; i++) {
            if (producer(plan, y->input[i]) != from_index)
                continue;
            if (y->before) /* at work before the product: what is computed on its tiles comes too late */
                return false;
            ssi_edge edge = ssi_edge_kind(plan, merged, to->member[m], i);
            if (edge == SSI_EDGE_MEMORY)
                return false;
            /* what follows a long reduction may not ask for what came before it */
            if (from->kind == SSI_GROUP_REDUCE) {
                ssi_dims made = ssi_squeeze_shape(plan->slot[plan->slot[y->input[i]].base].rank,
                                                  plan->slot[plan->slot[y->input[i]].base].shape);
                if (!ssi_same_dims(&made, &from->kept))
                    return false;
            }
        }
    }
    return true;
}

static int absorb(ssi_schedule_state *state, int32_t into, int32_t from, const ssi_group *merged)
{
    ssi_group *a = &state->group[into], *b = &state->group[from];
    int total = a->members + b->members;
    int32_t *member = ssi_plan_alloc(state->plan, (size_t)total, sizeof *member);
    if (!member)
        return SSI_NO_MEMORY;
    for (int i = 0, j = 0, k = 0; k < total; k++) {
        bool first = j == b->members || (i < a->members && a->member[i] < b->member[j]);
        member[k] = first ? a->member[i++] : b->member[j++];
        state->plan->slot[member[k]].group = into;
    }
    *a = *merged;
    a->member = member;
    a->members = total;
    b->kind = SSI_GROUP_GONE;
    b->members = 0;
    return SSI_OK;
}

static int readers_of(const ssi_plan *plan, int32_t slot)
{
    int readers = 0;
    for (int32_t node = 0; node < plan->nodes; node++) {
        for (int i = 0; i < plan->slot[node].inputs; i++)
            readers += plan->slot[node].input[i] == slot;
    }
    return readers;
}

/* Whether rows that an index chooses, and that only one node reads, are taken by its kernel: whole lines of memory, so that finding them costs little. */
static bool is_loaded_by_reader(const ssi_plan *plan, const ssi_group *group)
{
    const ssi_slot *y = &plan->slot[group->head], *x = &plan->slot[y->input[0]];
    if (y->kind != SSI_KIND_INDEX || y->op->code != SSI_INDEX_GATHER || y->wanted || y->count == 0)
        return false;
    int64_t row = 1;
    for (int axis = x->rank - 1; axis > 0; row *= x->shape[axis--]) {
        if (x->shape[axis] != 1 && x->stride[axis] != row)
            return false;
    }
    return readers_of(plan, group->head) == 1 && row * (int64_t)ssi_dtype_size((ssi_dtype)y->dtype) >= SSI_LINE;
}

static int try_merge(ssi_schedule_state *state, int32_t from, int32_t to, int32_t *stack)
{
    ssi_group made = state->group[from], *a = &made, *b = &state->group[to], merged;
    if (a->kind == SSI_GROUP_ALONE && is_loaded_by_reader(state->plan, a))
        a->kind = SSI_GROUP_MAP;
    if (a->members + b->members > SSI_GROUP_LIMIT || a->kind == SSI_GROUP_ALONE || b->kind == SSI_GROUP_ALONE)
        return SSI_OK;
    if (!shapes_fit(a, b, &merged) || !passes_in_registers(state->plan, a, from, b, &merged) ||
        path_between(state, from, to, stack) || path_between(state, to, from, stack))
        return SSI_OK;
    return absorb(state, to, from, &merged);
}

/* ---- one node ---- */

/* Whether the rows of an operand lie in memory at equal distances, forwards, or are all the same one. */
static bool has_rows(const ssi_plan *plan, int32_t node, int i)
{
    const ssi_slot *y = &plan->slot[node], *x = &plan->slot[y->input[i]];
    int64_t stride[SSI_MAX_RANK];
    int axis = y->rank - 2;
    ssi_operand_strides(plan, node, i, stride);
    if (x->base < plan->nodes || x->kind == SSI_KIND_NUMBER || stride[y->rank - 1] != 1 ||
        (stride[axis] && stride[axis] < y->shape[axis + 1]))
        return false;
    while (axis > 0 && stride[axis - 1] == stride[axis] * y->shape[axis])
        axis--;
    return axis == 0;
}

/* Whether y sums the rows of a product of two operands whose rows lie in memory, and which are enough for a kernel of their own: it reads them as they lie, where
 * a block repeats a vector for each of its rows. Of short rows the block is faster. */
static bool sums_products(const ssi_plan *plan, const ssi_slot *y)
{
    enum { ENOUGH = 1 << 14, SHORT = 8 };
    const int32_t product = y->input[0];
    const ssi_slot *x = &plan->slot[product];
    return y->op->code == SSI_REDUCE_SUM && x->kind == SSI_KIND_MAP && x->op->code == SSI_MAP_MUL && x->rank >= 2 &&
           x->shape[x->rank - 1] >= SHORT && x->count == y->count * x->shape[x->rank - 1] && x->count >= ENOUGH &&
           ssi_is_float((ssi_dtype)x->dtype) && plan->backend->folds->dot[x->dtype] && has_rows(plan, product, 0) &&
           has_rows(plan, product, 1) && !x->wanted && readers_of(plan, product) == 1;
}

static int start_group(ssi_schedule_state *state, int32_t node)
{
    ssi_plan *plan = state->plan;
    ssi_slot *y = &plan->slot[node];
    ssi_group *group = &state->group[state->groups];
    *group = (ssi_group){.kind = SSI_GROUP_ALONE, .head = node, .members = 1};
    if (!(group->member = ssi_plan_alloc(plan, 1, sizeof *group->member)))
        return SSI_NO_MEMORY;
    group->member[0] = node;
    group->dims = ssi_squeeze_shape(y->rank, y->shape);
    if (y->kind == SSI_KIND_MAP || y->kind == SSI_KIND_SOURCE) {
        group->kind = SSI_GROUP_MAP;
    } else if (y->kind == SSI_KIND_CONTRACT) {
        group->kind = SSI_GROUP_CONTRACT;
    } else if (y->kind == SSI_KIND_REDUCE) {
        const ssi_slot *x = &plan->slot[y->input[0]];
        uint32_t mask = ssi_folded_axes(plan, node, &group->kept);
        group->dims = ssi_squeeze_shape(x->rank, x->shape);
        int rows = group->kept.count;
        int64_t along = x->count ? x->count / (y->count ? y->count : 1) : 0;
        bool trailing = mask == (((1u << group->dims.count) - 1) & ~((1u << rows) - 1));
        group->row_dims = rows;
        if (x->count) /* of nothing: a kernel of its own writes 0 or 1 */
            group->kind = along <= SSI_BLOCK && trailing && !sums_products(plan, y) ? SSI_GROUP_MAP : SSI_GROUP_REDUCE;
        group->rowed = group->kind == SSI_GROUP_MAP && along > 1; /* folding one element is no fold */
    }
    y->group = state->groups++;
    return SSI_OK;
}

/* Whether a group's values go nowhere but into the product `head`, as its left operand, untouched and once. */
static bool only_feeds(const ssi_plan *plan, int32_t group, int32_t head)
{
    int uses = 0;
    for (int32_t node = 0; node < plan->nodes; node++) {
        const ssi_slot *y = &plan->slot[node];
        if (y->group == group && node < head) {
            bool checks =
                y->kind == SSI_KIND_MAP && (y->op->code == SSI_MAP_CHECK_FINITE || y->op->code == SSI_MAP_CHECK_RANGE);
            if (y->wanted || checks)
                return false;
            continue;
        }
        for (int i = 0; i < y->inputs; i++) {
            if (producer(plan, y->input[i]) == group && (node != head || i != 0 || uses++))
                return false;
        }
    }
    return uses == 1;
}

/* Elementwise work that only a product reads is done while its left operand is packed. */
static int take_left_operand(ssi_schedule_state *state, int32_t node)
{
    ssi_plan *plan = state->plan;
    const ssi_slot *y = &plan->slot[node];
    if (y->kind != SSI_KIND_CONTRACT || y->rank != 2)
        return SSI_OK;
    const ssi_slot *x = &plan->slot[y->input[0]];
    if (x->base != y->input[0] || x->base >= plan->nodes || x->kind != SSI_KIND_MAP || y->input[1] == y->input[0])
        return SSI_OK;
    const ssi_group *made = &state->group[x->group];
    if (made->kind != SSI_GROUP_MAP || made->rowed || made->members + 1 > SSI_GROUP_LIMIT ||
        !only_feeds(plan, x->group, node))
        return SSI_OK;
    ssi_group merged = state->group[y->group];
    int status = absorb(state, y->group, x->group, &merged);
    const ssi_group *group = &state->group[y->group];
    for (int m = 0; m < group->members && status == SSI_OK; m++)
        plan->slot[group->member[m]].before = group->member[m] != node;
    return status;
}

static bool joins_parts(const ssi_slot *y)
{
    return y->kind == SSI_KIND_JOIN && y->op->code != SSI_JOIN_SET_SLICE;
}

/* Joins that nothing else reads are written to their places in this one. */
static int take_joined(ssi_schedule_state *state, int32_t node)
{
    ssi_plan *plan = state->plan;
    const ssi_slot *y = &plan->slot[node];
    int status = SSI_OK;
    for (int i = 0; i < y->inputs && joins_parts(y) && status == SSI_OK; i++) {
        int32_t input = y->input[i];
        const ssi_slot *x = &plan->slot[input];
        if (input >= plan->nodes || !joins_parts(x) || x->wanted ||
            state->group[x->group].members + state->group[y->group].members > SSI_GROUP_LIMIT)
            continue;
        int readers = 0;
        for (int32_t reader = input + 1; reader < plan->nodes; reader++) {
            for (int k = 0; k < plan->slot[reader].inputs; k++)
                readers += plan->slot[reader].input[k] == input;
        }
        ssi_group merged = state->group[y->group];
        if (readers == 1)
            status = absorb(state, y->group, x->group, &merged);
    }
    return status;
}

int ssi_make_groups(ssi_schedule_state *state)
{
    ssi_plan *plan = state->plan;
    int32_t *stack = ssi_plan_alloc(plan, (size_t)plan->nodes + 1, sizeof *stack);
    if (!stack)
        return SSI_NO_MEMORY;
    for (int32_t node = 0; node < plan->nodes; node++) {
        const ssi_slot *y = &plan->slot[node];
        if (y->base != node)
            continue; /* a view */
        int status = start_group(state, node);
        if (status == SSI_OK)
            status = take_left_operand(state, node);
        if (status == SSI_OK)
            status = take_joined(state, node);
        if (status != SSI_OK)
            return status;
        int32_t limit = INT32_MAX;
        for (int tries = 0; tries < y->inputs; tries++) { /* inputs' groups, latest maker first */
            int32_t latest = -1;
            for (int i = 0; i < y->inputs; i++) {
                int32_t base = plan->slot[y->input[i]].base;
                if (base < plan->nodes && base < limit && base > latest)
                    latest = base;
            }
            if (latest < 0)
                break;
            limit = latest;
            int32_t from = plan->slot[latest].group;
            if (from != y->group && (status = try_merge(state, from, y->group, stack)) != SSI_OK)
                return status;
        }
    }
    return SSI_OK;
}
