/*
 * scope.c - who owns a tensor, and when it is freed.
 *
 * A thread's scopes are a stack; each holds its nodes as a list in id order. A handle (a tensor that has been assigned to) is never an
 * input itself: each scope keeps a small table of what its handles stand for, so that expressions written before an assignment keep the old
 * value, models can be read from many threads, and an assignment that fails changes nothing.
 */
#include <stdatomic.h>
#include <string.h>

#include "tensor/pool.h"
#include "tensor/tensor.h"

enum { RUN_AT = 4096, WARN_AT = 65536 };

static _Thread_local ssi_scope_record *innermost;
static _Thread_local ssi_scope_record
    *spare; /* closed records, kept with their tables so that a loop allocates nothing */
static _Thread_local uint32_t last_mark;

uint32_t ssi_next_mark(void)
{
    return ++last_mark;
}

/* ---- the list ---- */

void ssi_scope_insert(ssi_scope_record *scope, ssi_tensor *x)
{
    ssi_tensor *before = scope->last;
    while (before && before->id > x->id)
        before = before->previous;
    x->scope = scope;
    x->previous = before;
    x->next = before ? before->next : scope->first;
    *(before ? &before->next : &scope->first) = x;
    *(x->next ? &x->next->previous : &scope->last) = x;
    scope->nodes++;
}

void ssi_scope_remove(ssi_scope_record *scope, ssi_tensor *x)
{
    *(x->previous ? &x->previous->next : &scope->first) = x->next;
    *(x->next ? &x->next->previous : &scope->last) = x->previous;
    scope->nodes--;
}

/* ---- opening ---- */

static ssi_scope_record *push(void)
{
    ssi_scope_record *scope = spare;
    if (scope)
        spare = scope->parent;
    else if (!(scope = ssi_calloc(1, sizeof *scope)))
        return NULL;
    scope->parent = innermost;
    return innermost = scope;
}

/* A thread's outermost scope; the first of all reads SSI_EAGER. */
static ssi_scope_record *push_outermost(void)
{
    static atomic_int known;
    if (!atomic_exchange(&known, 1)) {
        const char *eager = ssi_getenv("SSI_EAGER");
        if (eager && *eager && strcmp(eager, "0") != 0)
            ssi_eager = 1;
    }
    return push();
}

ssi_scope_record *ssi_scope_innermost(void)
{
    return innermost ? innermost : push_outermost();
}

ssi_scope ssi_scope_open(void)
{
    /* The outermost scope exists first, so that closing every opened scope never frees what was kept. */
    return (ssi_scope){ssi_scope_innermost() ? push() : NULL};
}

/* ---- writing into the innermost one ---- */

bool ssi_scope_append(ssi_tensor *x)
{
    ssi_scope_record *scope = ssi_scope_innermost();
    if (!scope) {
        ssi_pool_give(x);
        return false;
    }
    x->scope = scope;
    x->previous = scope->last;
    x->next = NULL;
    *(scope->last ? &scope->last->next : &scope->first) = x;
    scope->last = x;
    scope->nodes++;
    scope->pending++;
    return true;
}

/* ---- what handles stand for ---- */

static size_t place_of(const ssi_scope_record *scope, const ssi_tensor *handle)
{
    size_t mask = scope->binding_places - 1;
    size_t place = ((uintptr_t)handle >> 6) * 0x9E3779B97F4A7C15u >> 20 & mask;
    while (scope->binding[place].handle && scope->binding[place].handle != handle)
        place = (place + 1) & mask;
    return place;
}

static ssi_binding *find_binding(const ssi_scope_record *scope, const ssi_tensor *handle)
{
    if (!scope->bindings)
        return NULL;
    ssi_binding *binding = &scope->binding[place_of(scope, handle)];
    return binding->handle && binding->value ? binding : NULL;
}

static bool make_room(ssi_scope_record *scope, size_t more)
{
    ssi_scope_record larger = {.binding_places = scope->binding_places};
    while (2 * (scope->bindings + more) > larger.binding_places)
        larger.binding_places = larger.binding_places ? 2 * larger.binding_places : 32;
    if (larger.binding_places == scope->binding_places)
        return true;
    larger.binding = ssi_calloc(larger.binding_places, sizeof *larger.binding);
    if (!larger.binding)
        return false;
    for (size_t i = 0; i < scope->binding_places; i++) {
        if (scope->binding[i].handle)
            larger.binding[place_of(&larger, scope->binding[i].handle)] = scope->binding[i];
    }
    ssi_free(scope->binding);
    scope->binding = larger.binding;
    scope->binding_places = larger.binding_places;
    return true;
}

bool ssi_bind(ssi_tensor *handle, ssi_tensor *value)
{
    ssi_scope_record *scope = ssi_scope_innermost();
    if (!scope || !make_room(scope, 1))
        return false;
    ssi_binding *binding = &scope->binding[place_of(scope, handle)];
    scope->bindings += binding->handle == NULL;
    *binding = (ssi_binding){handle, value};
    return true;
}

ssi_tensor *ssi_present(ssi_tensor *x)
{
    if (!x || !(x->flags & SSI_HANDLE))
        return x;
    for (const ssi_scope_record *scope = innermost; scope; scope = scope->parent) {
        const ssi_binding *binding = find_binding(scope, x);
        if (binding)
            return binding->value->flags & SSI_POISONED ? ssi_lost(binding->value) : binding->value;
    }
    if (!x->buffer)
        return ssi_lost(x);
    return x;
}

ssi_tensor *ssi_resolve(ssi_tensor *x)
{
    ssi_tensor *value = ssi_present(x);
    if (!value || !(value->flags & SSI_HANDLE))
        return value;
    ssi_tensor *leaf =
        ssi_leaf((ssi_dtype)x->dtype, x->rank, x->shape, ssi_buffer_retain(x->buffer), x->offset, x->stride);
    if (leaf)
        memcpy(leaf->label, x->label, sizeof leaf->label);
    return leaf && ssi_bind(x, leaf) ? leaf : NULL;
}

/* ---- assigning ---- */

static bool refers_to(const ssi_scope_record *scope, const ssi_tensor *w)
{
    for (const ssi_tensor *x = scope->last; x && x->id > w->id; x = x->previous) {
        for (int i = 0; i < x->inputs; i++) {
            if (x->input[i] == w)
                return true;
        }
    }
    for (size_t i = 0; i < scope->assignments; i++) {
        if (scope->assignment[i].value == w)
            return true;
    }
    return false;
}

static void redirect(ssi_scope_record *scope, const ssi_tensor *from, ssi_tensor *to)
{
    for (ssi_tensor *x = scope->last; x && x->id > from->id; x = x->previous) {
        for (int i = 0; i < x->inputs; i++) {
            if (x->input[i] == from)
                x->input[i] = to;
        }
    }
    for (size_t i = 0; i < scope->assignments; i++) {
        if (scope->assignment[i].value == from)
            scope->assignment[i].value = to;
    }
    for (size_t i = 0; i < scope->binding_places; i++) {
        if (scope->binding[i].handle && scope->binding[i].value == from)
            scope->binding[i].value = to;
    }
}

/* From now on w is only a name. What was written with it so far goes on with a copy that keeps the old value and history; the copy lives
 * no longer than it must, for while it does, w's memory cannot be reused. */
static bool make_handle(ssi_tensor *w)
{
    ssi_scope_record *keeper = NULL, *scope = innermost;
    for (; scope && scope != w->scope; scope = scope->parent)
        keeper = refers_to(scope, w) ? scope : keeper;
    if (!scope)
        return ssi_fail(SSI_INVALID, "assign", "the tensor belongs to no open scope of this thread") == 0;
    if (!w->buffer || refers_to(scope, w))
        keeper = scope;
    if (keeper) {
        ssi_tensor *copy = ssi_node_copy(w, keeper);
        if (!copy)
            return false;
        for (scope = innermost; scope != w->scope->parent; scope = scope->parent)
            redirect(scope, w, copy);
        if (!w->buffer) { /* until a value is assigned for good, w stands for its expression */
            ssi_scope_record *inner = innermost;
            innermost = w->scope;
            bool bound = ssi_bind(w, copy);
            innermost = inner;
            if (!bound)
                return false;
        }
    }
    w->op = &ssi_op_leaf;
    w->inputs = 0;
    w->attributes = 0;
    w->arguments = 0;
    w->flags = SSI_HANDLE;
    return true;
}

int ssi_scope_assign_room(int count, ssi_tensor *const *w)
{
    ssi_scope_record *scope = ssi_scope_innermost();
    bool room = scope && make_room(scope, (size_t)count);
    for (int i = 0; room && i < count; i++)
        room = w[i]->flags & SSI_HANDLE || make_handle(w[i]);
    if (room && scope->assignments + (size_t)count > scope->assignment_places) {
        ssi_assignment *grown =
            ssi_grow(scope->assignment, &scope->assignment_places, scope->assignments + (size_t)count, sizeof *grown);
        scope->assignment = grown ? grown : scope->assignment;
        room = grown != NULL;
    }
    return room ? SSI_OK : ssi_error_peek() ? ssi_error_peek()->code : SSI_NO_MEMORY;
}

int ssi_scope_assign(ssi_tensor *w, ssi_tensor *v)
{
    ssi_scope_record *scope = ssi_scope_innermost();
    if (!scope)
        return SSI_NO_MEMORY;
    if (!(w->flags & SSI_HANDLE) && v == w)
        return SSI_OK;
    if (!(w->flags & SSI_HANDLE) && !make_handle(w))
        return ssi_error_peek() ? ssi_error_peek()->code : SSI_NO_MEMORY;
    size_t at = 0;
    while (at < scope->assignments && scope->assignment[at].handle != w)
        at++;
    if (at == scope->assignments) {
        ssi_assignment *grown = ssi_grow(scope->assignment, &scope->assignment_places, at + 1, sizeof *grown);
        if (!grown)
            return SSI_NO_MEMORY;
        scope->assignment = grown;
    }
    if (!ssi_bind(w, v))
        return SSI_NO_MEMORY;
    scope->assignment[at] = (ssi_assignment){w, v};
    scope->assignments += at == scope->assignments;
    return SSI_OK;
}

/* The handle takes over the value that was computed for it; what enclosing scopes knew of the handle is out of date. */
static void commit(ssi_scope_record *scope, const ssi_assignment *assignment)
{
    ssi_tensor *handle = assignment->handle, *value = assignment->value;
    ssi_buffer *old = handle->buffer;
    handle->buffer = ssi_buffer_retain(value->buffer);
    handle->offset = value->offset;
    handle->stride = NULL;
    if (value->stride) {
        memcpy(handle->stride_room, value->stride, value->rank * sizeof(int64_t));
        handle->stride = handle->stride_room;
    }
    ssi_buffer_release(old);
    for (scope = scope->parent; scope; scope = scope->parent) {
        ssi_binding *binding = find_binding(scope, handle);
        if (binding)
            binding->value = NULL;
        for (size_t i = 0; i < scope->assignments; i++) {
            if (scope->assignment[i].handle == handle)
                scope->assignment[i--] = scope->assignment[--scope->assignments];
        }
    }
}

/* ---- closing ---- */

static int run_assignments(ssi_scope_record *scope)
{
    if (!scope->assignments)
        return SSI_OK;
    ssi_tensor *few[64];
    ssi_tensor **wanted = few;
    if (scope->assignments > 64 && !(wanted = ssi_alloc(scope->assignments * sizeof(ssi_tensor *))))
        return SSI_NO_MEMORY;
    for (size_t i = 0; i < scope->assignments; i++)
        wanted[i] = scope->assignment[i].value;
    int status = ssi_compute((int)scope->assignments, wanted, scope);
    if (wanted != few)
        ssi_free(wanted);
    for (size_t i = 0; i < scope->assignments && status == SSI_OK; i++) {
        if (scope->assignment[i].handle->scope != scope)
            commit(scope, &scope->assignment[i]);
    }
    return status;
}

static void free_nodes(ssi_scope_record *scope)
{
    for (ssi_tensor *x = scope->first; x;) {
        ssi_tensor *next = x->next;
        ssi_pool_give(x);
        x = next;
    }
}

/* Empties the record and leaves it to the next ssi_scope_open. */
static void retire(ssi_scope_record *scope)
{
    free_nodes(scope);
    if (scope->bindings)
        memset(scope->binding, 0, scope->binding_places * sizeof *scope->binding);
    *scope = (ssi_scope_record){.parent = spare,
                                .binding = scope->binding,
                                .binding_places = scope->binding_places,
                                .assignment = scope->assignment,
                                .assignment_places = scope->assignment_places};
    spare = scope;
}

int ssi_scope_close(ssi_scope scope)
{
    if (!scope.scope)
        return ssi_error_peek() ? ssi_error_peek()->code : SSI_INVALID;
    const ssi_scope_record *open = innermost;
    while (open && open != scope.scope)
        open = open->parent;
    if (!open)
        return ssi_fail(SSI_INVALID, "scope_close",
                        "the scope is not open on this thread\nclose each scope once, where it was opened");
    int first_error = SSI_OK;
    for (bool last = false; !last;) {
        ssi_scope_record *closing = innermost;
        last = closing == open;
        int status = run_assignments(closing);
        if (first_error == SSI_OK)
            first_error = status;
        innermost = closing->parent;
        retire(closing);
    }
    return first_error;
}

int ssi_scope_leave(ssi_scope scope)
{
    if (!scope.scope || scope.scope != innermost)
        return ssi_fail(SSI_INVALID, "scope_leave",
                        "only the innermost scope can be left\nclose or leave the scopes inside it first");
    innermost = innermost->parent;
    return SSI_OK;
}

int ssi_scope_enter(ssi_scope scope)
{
    if (!scope.scope || !ssi_scope_innermost())
        return ssi_fail(SSI_INVALID, "scope_enter", "there is no scope to enter");
    ssi_scope_record *record = scope.scope;
    record->parent = innermost;
    innermost = record;
    ssi_pool_renumber();
    uint32_t highest = 0;
    for (const ssi_tensor *x = record->first; x; x = x->next)
        highest = x->mark > highest ? x->mark : highest;
    last_mark = highest > last_mark ? highest : last_mark;
    return SSI_OK;
}

void ssi_scope_thread_exit(void)
{
    while (innermost) {
        ssi_scope_record *closing = innermost;
        innermost = closing->parent;
        retire(closing);
    }
    while (spare) {
        ssi_scope_record *record = spare;
        spare = record->parent;
        ssi_free(record->binding);
        ssi_free(record->assignment);
        ssi_free(record);
    }
}

/* ---- keeping ---- */

ssi_tensor *ssi_keep(ssi_tensor *x)
{
    if (!x || !x->scope || x->scope != innermost || !innermost->parent)
        return x;
    ssi_scope_record *scope = innermost;
    uint32_t mark = ssi_next_mark();
    x->mark = mark;
    for (ssi_tensor *node = x; node;) {
        ssi_tensor *before = node->previous;
        if (node->mark == mark) {
            for (int i = 0; i < node->inputs; i++) {
                if (node->input[i]->scope == scope)
                    node->input[i]->mark = mark;
            }
            ssi_scope_remove(scope, node);
            ssi_scope_insert(scope->parent, node);
        }
        node = before;
    }
    return x;
}

/* ---- after each node ---- */

/* Computes every pending result of the scope that nothing pending reads, so that a long expression cannot pile up without end. */
static bool run_pending(ssi_scope_record *scope)
{
    scope->pending = 0;
    ssi_tensor **wanted = ssi_alloc((size_t)scope->nodes * sizeof *wanted);
    if (!wanted)
        return false;
    uint32_t read = ssi_next_mark();
    int count = 0;
    for (ssi_tensor *x = scope->last; x; x = x->previous) {
        if (!x->buffer && x->mark != read && !(x->flags & (SSI_WEAK | SSI_HANDLE | SSI_POISONED)))
            wanted[count++] = x;
        for (int i = 0; i < x->inputs; i++)
            x->input[i]->mark = read;
    }
    int status = ssi_compute(count, wanted, NULL);
    ssi_free(wanted);
    return status == SSI_OK;
}

bool ssi_scope_write(ssi_tensor *x)
{
    if (!ssi_scope_append(x))
        return false;
    ssi_scope_record *scope = x->scope;
    if (ssi_eager && !x->buffer)
        return ssi_compute(1, &x, NULL) == SSI_OK;
    if (scope->nodes == WARN_AT)
        ssi_say("ssi: a scope holds %d tensors and frees none of them until it closes; "
                "open a scope inside the loop: ssi_scope s = ssi_scope_open(); ... ssi_scope_close(s);\n",
                WARN_AT);
    return scope->pending < RUN_AT || run_pending(scope);
}
