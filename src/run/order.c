/*
 * order.c - who is stored where, and which kernel runs when.
 *
 * A value is stored when it must outlive the run, when another kernel reads it, or when a kernel can only work on memory; casts and comparisons of
 * stored values are recomputed instead. A value assigned to a handle overwrites the handle's old buffer when every reader of the old value can
 * come first, and everything that can fail the run too; else it gets a buffer of its own.
 */
#include "run/schedule.h"

typedef struct edge {
    int32_t before, after;
} edge;

typedef struct order_state {
    ssi_schedule_state *schedule;
    edge *edge;
    int edges;
    size_t places;
    uint32_t *seen;
    int32_t *stack;
    bool failed;
} order_state;

static bool can_fail(const ssi_slot *y)
{
    return y->kind == SSI_KIND_INDEX || (y->kind == SSI_KIND_CALL && y->op->checks) ||
           (y->kind == SSI_KIND_MAP && (y->op->code == SSI_MAP_CHECK_FINITE || y->op->code == SSI_MAP_CHECK_RANGE));
}

/* ---- what is stored ---- */

static bool cheap(const ssi_plan *plan, const ssi_slot *y)
{
    bool code = y->kind == SSI_KIND_MAP && (y->op->code == SSI_MAP_CAST || y->op->code == SSI_MAP_NOT ||
                                            (y->op->code >= SSI_MAP_EQ && y->op->code <= SSI_MAP_LE));
    for (int i = 0; i < y->inputs && code; i++) {
        const ssi_slot *x = &plan->slot[plan->slot[y->input[i]].base];
        code = x->storage != SSI_IN_REGISTERS || x->kind == SSI_KIND_NUMBER;
    }
    return code;
}

/* Whether a value lies in memory because its kernel can only work there. */
static bool memory_only(const ssi_schedule_state *state, int32_t node)
{
    const ssi_group *group = &state->group[state->plan->slot[node].group];
    return (group->kind == SSI_GROUP_ALONE || group->kind == SSI_GROUP_REDUCE) && group->head == node;
}

/* Whether a value that products read can be rounded once, where it is made, for all that round what they multiply. */
static bool can_be_rounded(const ssi_schedule_state *state, int32_t node)
{
    return state->plan->slot[node].dtype == SSI_F32 && state->plan->backend->gemm_medium(SSI_F32)->narrow &&
           !memory_only(state, node);
}

static int decide_storage(ssi_schedule_state *state, bool keep_all)
{
    ssi_plan *plan = state->plan;
    enum { READ = 1, NOT_IN_PASSING = 2 };
    uint8_t *use = ssi_plan_alloc(plan, (size_t)plan->slots, 1);
    if (!use)
        return SSI_NO_MEMORY;
    for (int32_t node = 0; node < plan->nodes; node++) {
        const ssi_slot *y = &plan->slot[node];
        for (int i = 0; i < y->inputs && y->base == node; i++) {
            int32_t made = plan->slot[y->input[i]].base;
            if (made >= plan->nodes || plan->slot[made].group == y->group)
                continue;
            if (ssi_rounds(y) && can_be_rounded(state, made)) {
                plan->slot[made].rounded = true;
                continue;
            }
            bool same = ssi_edge_kind(plan, &state->group[y->group], node, i) == SSI_EDGE_SAME;
            use[made] |= same ? READ : READ | NOT_IN_PASSING;
        }
    }
    for (int32_t node = 0; node < plan->nodes; node++) {
        ssi_slot *y = &plan->slot[node];
        if (y->base != node)
            continue;
        bool stored = y->wanted || memory_only(state, node) || (keep_all && y->rounded) ||
                      (use[node] && (use[node] & NOT_IN_PASSING || !cheap(plan, y)));
        if (stored && y->storage != SSI_IN_PLACE)
            y->storage = y->wanted || keep_all ? SSI_IN_RESULT : SSI_IN_WORK;
    }
    return SSI_OK;
}

/* ---- who reads what ---- */

typedef void visit_read(order_state *state, int32_t group, int32_t slot, void *context);

/* Calls visit for every stored slot (by its base) that a group's kernels read from memory. */
static void each_read(order_state *state, int32_t group, visit_read *visit, void *context)
{
    const ssi_plan *plan = state->schedule->plan;
    const ssi_group *g = &state->schedule->group[group];
    for (int m = 0; m < g->members; m++) {
        const ssi_slot *y = &plan->slot[g->member[m]];
        for (int i = 0; i < y->inputs; i++) {
            int32_t made = plan->slot[y->input[i]].base;
            const ssi_slot *x = &plan->slot[made];
            if (x->kind == SSI_KIND_NUMBER || (made < plan->nodes && x->group == group))
                continue;
            if (x->storage != SSI_IN_REGISTERS || (x->rounded && ssi_rounds(y))) {
                visit(state, group, made, context);
                continue;
            }
            for (int j = 0; j < x->inputs; j++) { /* recomputed here */
                int32_t from = plan->slot[x->input[j]].base;
                if (plan->slot[from].kind != SSI_KIND_NUMBER)
                    visit(state, group, from, context);
            }
        }
    }
}

static void add_edge(order_state *state, int32_t before, int32_t after)
{
    edge *grown = ssi_grow(state->edge, &state->places, (size_t)state->edges + 1, sizeof *grown);
    if (!grown) {
        state->failed = true;
        return;
    }
    state->edge = grown;
    state->edge[state->edges++] = (edge){before, after};
}

static void add_dependency(order_state *state, int32_t group, int32_t slot, void *context)
{
    (void)context;
    if (slot < state->schedule->plan->nodes)
        add_edge(state, state->schedule->plan->slot[slot].group, group);
}

/* ---- overwriting ---- */

static bool reaches(order_state *state, int32_t from, int32_t to)
{
    int depth = 0;
    uint32_t walk = ++state->schedule->walk;
    state->stack[depth++] = to;
    state->seen[to] = walk;
    while (depth) {
        int32_t at = state->stack[--depth];
        if (at == from)
            return true;
        for (int e = 0; e < state->edges; e++) {
            if (state->edge[e].after == at && state->seen[state->edge[e].before] != walk) {
                state->seen[state->edge[e].before] = walk;
                state->stack[depth++] = state->edge[e].before;
            }
        }
    }
    return false;
}

typedef struct overwrite {
    int32_t target; /* a leaf slot with the buffer */
    bool reads;
} overwrite;

static void note_read(order_state *state, int32_t group, int32_t slot, void *context)
{
    (void)group;
    overwrite *o = context;
    const ssi_slot *x = &state->schedule->plan->slot[slot];
    o->reads |= x->kind == SSI_KIND_LEAF && x->place == state->schedule->plan->slot[o->target].place;
}

static bool sets_part(const ssi_slot *y)
{
    return y->kind == SSI_KIND_JOIN && y->op->code == SSI_JOIN_SET_SLICE;
}

/* Whether a node only keeps its input i, a leaf, as it lies: then all but the part is there already. */
static bool stays(const ssi_plan *plan, const ssi_slot *y, int i)
{
    const ssi_slot *x = &plan->slot[y->input[i]];
    int64_t dense = 1;
    bool lies = sets_part(y) && i == 0 && x->kind == SSI_KIND_LEAF;
    for (int axis = x->rank - 1; axis >= 0 && lies; axis--) {
        lies = x->shape[axis] == 1 || x->stride[axis] == dense;
        dense *= x->shape[axis];
    }
    return lies;
}

/* Whether the group that writes `value` reads the old contents only where, and when, it writes: element by element in one program. */
static bool reads_in_step(const order_state *state, int32_t value)
{
    const ssi_plan *plan = state->schedule->plan;
    const ssi_slot *v = &plan->slot[value];
    const ssi_group *g = &state->schedule->group[v->group];
    ssi_dims written = ssi_squeeze_shape(v->rank, v->shape);
    for (int m = 0; m < g->members; m++) {
        const ssi_slot *y = &plan->slot[g->member[m]];
        for (int i = 0; i < y->inputs; i++) {
            const ssi_slot *x = &plan->slot[plan->slot[y->input[i]].base];
            if (x->kind == SSI_KIND_MAP && x->storage == SSI_IN_REGISTERS && x->group != v->group && !ssi_rounds(y)) {
                for (int j = 0; j < x->inputs; j++) { /* recomputed here: be careful rather than clever */
                    const ssi_slot *from = &plan->slot[plan->slot[x->input[j]].base];
                    if (from->kind == SSI_KIND_LEAF && from->place == plan->slot[v->place].place)
                        return false;
                }
            }
            if (x->kind != SSI_KIND_LEAF || x->place != plan->slot[v->place].place || stays(plan, y, i))
                continue;
            ssi_dims read = ssi_squeeze_shape(y->rank, y->shape);
            if (y->before || y->kind != SSI_KIND_MAP || !ssi_same_dims(&read, &written) ||
                ssi_edge_kind(plan, g, g->member[m], i) != SSI_EDGE_SAME)
                return false;
        }
    }
    return true;
}

/* Edges that make it safe for `value` to overwrite its target; a buffer of its own when there is a cycle. */
static void order_overwrite(order_state *state, int32_t value)
{
    ssi_plan *plan = state->schedule->plan;
    ssi_slot *v = &plan->slot[value];
    int32_t writer = v->group;
    const ssi_group *g = &state->schedule->group[writer];
    bool fits = g->kind == SSI_GROUP_MAP || g->kind == SSI_GROUP_CONTRACT ||
                (g->kind == SSI_GROUP_REDUCE && g->head != value) || sets_part(v);
    fits = fits && reads_in_step(state, value);
    int first_new = state->edges;
    for (int32_t other = 0; other < state->schedule->groups && fits; other++) {
        const ssi_group *o = &state->schedule->group[other];
        bool must_precede = false;
        for (int m = 0; m < o->members; m++)
            must_precede |= can_fail(&plan->slot[o->member[m]]);
        overwrite seen = {.target = (int32_t)v->place};
        each_read(state, other, note_read, &seen);
        if (other == writer) {
            fits = !must_precede;
        } else if (must_precede || seen.reads) {
            fits = !reaches(state, writer, other);
            if (fits)
                add_edge(state, other, writer);
        }
    }
    if (!fits) {
        state->edges = first_new;
        v->storage = v->wanted ? SSI_IN_RESULT : SSI_IN_WORK;
    }
}

static void note_slot(order_state *state, int32_t group, int32_t slot, void *context)
{
    (void)state, (void)group;
    overwrite *o = context;
    o->reads |= slot == o->target;
}

/* Whether the value that a part is set in is wanted by nobody afterwards: then it may lie where the result will, once who else reads it comes first. */
static bool gives_way(order_state *state, int32_t value)
{
    const ssi_plan *plan = state->schedule->plan;
    const ssi_slot *v = &plan->slot[value];
    int32_t base = v->input[0], writer = v->group;
    bool way = base < plan->nodes && plan->slot[base].base == base && plan->slot[base].storage == SSI_IN_WORK &&
               plan->slot[v->input[1]].base != base;
    for (int32_t other = 0; other < state->schedule->groups && way; other++) {
        overwrite seen = {.target = base};
        if (other != writer)
            each_read(state, other, note_slot, &seen);
        if (seen.reads && (way = !reaches(state, writer, other)))
            add_edge(state, other, writer);
    }
    return way;
}

/* The same for a value that is an old one with a part set, once or again and again: all of it is done where the old one lies. */
static void order_overwrites(order_state *state, int32_t value)
{
    ssi_plan *plan = state->schedule->plan;
    ssi_slot *v = &plan->slot[value];
    for (order_overwrite(state, value); v->storage == SSI_IN_PLACE && sets_part(v) && gives_way(state, value);) {
        size_t target = v->place;
        value = v->input[0];
        v = &plan->slot[value];
        v->storage = SSI_IN_PLACE;
        v->place = target;
        order_overwrite(state, value);
    }
}

/* ---- the order ---- */

/* Repeatedly takes, of the groups whose predecessors have all been taken, the one written first. */
static int sort_groups(order_state *state, int32_t *order, int *ordered)
{
    ssi_schedule_state *schedule = state->schedule;
    int32_t *waiting = ssi_plan_alloc(schedule->plan, (size_t)schedule->groups, sizeof *waiting);
    if (!waiting)
        return SSI_NO_MEMORY;
    for (int e = 0; e < state->edges; e++)
        waiting[state->edge[e].after]++;
    *ordered = 0;
    for (;;) {
        int32_t next = -1;
        for (int32_t g = 0; g < schedule->groups; g++) {
            if (schedule->group[g].members && !waiting[g] &&
                (next < 0 || schedule->group[g].member[0] < schedule->group[next].member[0]))
                next = g;
        }
        if (next < 0)
            return SSI_OK;
        waiting[next] = -1;
        schedule->group[next].order = *ordered;
        order[(*ordered)++] = next;
        for (int e = 0; e < state->edges; e++) {
            if (state->edge[e].before == next)
                waiting[state->edge[e].after]--;
        }
    }
}

static void note_last_read(order_state *state, int32_t group, int32_t slot, void *context)
{
    (void)context;
    ssi_slot *x = &state->schedule->plan->slot[slot];
    int32_t step = state->schedule->group[group].order;
    x->last_step = x->last_step > step ? x->last_step : step;
}

int ssi_make_order(ssi_schedule_state *schedule, int32_t *order, int *ordered)
{
    ssi_plan *plan = schedule->plan;
    order_state state = {.schedule = schedule,
                         .seen = ssi_plan_alloc(plan, (size_t)schedule->groups + 1, sizeof(uint32_t)),
                         .stack = ssi_plan_alloc(plan, (size_t)schedule->groups + 1, sizeof(int32_t))};
    if (!state.seen || !state.stack)
        return SSI_NO_MEMORY;
    schedule->walk = 0;
    int status = decide_storage(schedule, plan->keep_all);
    for (int32_t g = 0; g < schedule->groups && status == SSI_OK; g++)
        each_read(&state, g, add_dependency, NULL);
    for (int32_t node = 0; node < plan->nodes && status == SSI_OK; node++) {
        if (plan->slot[node].storage == SSI_IN_PLACE)
            order_overwrites(&state, node);
    }
    if (status == SSI_OK && !state.failed)
        status = sort_groups(&state, order, ordered);
    int alive = 0;
    for (int32_t g = 0; g < schedule->groups; g++)
        alive += schedule->group[g].members > 0;
    if (status == SSI_OK && !state.failed && *ordered != alive)
        status = ssi_fail(SSI_INTERNAL, "schedule", "%d of %d kernels wait for each other", alive - *ordered, alive);
    for (int i = 0; i < *ordered && status == SSI_OK; i++) {
        const ssi_group *g = &schedule->group[order[i]];
        for (int m = 0; m < g->members; m++)
            plan->slot[g->member[m]].first_step = plan->slot[g->member[m]].last_step = i;
    }
    for (int i = 0; i < *ordered && status == SSI_OK; i++)
        each_read(&state, order[i], note_last_read, NULL);
    ssi_free(state.edge);
    return state.failed ? SSI_NO_MEMORY : status;
}
