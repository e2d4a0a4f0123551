/*
 * grad.c - reverse mode: from the loss back to the parameters, node by node.
 *
 * Nodes are numbered in the order of writing, so visiting marked nodes from the highest number down visits each after everything that reads it; its
 * gradient is then complete. What every step writes is graph again.
 */
#include <string.h>

#include "ops/op.h"
#include "ssi/grad.h"

typedef struct tape {
    ssi_tensor **node;  /* what lies between loss and parameters, ascending */
    ssi_tensor **slope; /* the gradient by each, NULL: none yet */
    size_t count, node_places, slope_places;
} tape;

static _Thread_local tape local; /* kept between calls: a loop allocates nothing */

static void forget(void)
{
    ssi_free(local.node);
    ssi_free(local.slope);
    local = (tape){0};
}

/* Collects the nodes that loss is computed from, back to `oldest`. Inner scopes come after outer ones, so ids ascend in the end. */
static int collect(tape *t, ssi_tensor *loss, uint64_t oldest, uint32_t mark)
{
    t->count = 0;
    size_t open = 1;
    loss->mark = mark;
    for (ssi_scope_record *scope = ssi_scope_innermost(); scope && open; scope = scope->parent) {
        for (ssi_tensor *x = scope->last; x && open; x = x->previous) {
            if (x->mark != mark)
                continue;
            open--;
            ssi_tensor **grown =
                t->count < t->node_places ? t->node : ssi_grow(t->node, &t->node_places, t->count + 1, sizeof *grown);
            if (!grown)
                return SSI_NO_MEMORY;
            if (grown != t->node)
                ssi_at_shutdown(forget);
            t->node = grown;
            t->node[t->count++] = x;
            for (int i = 0; i < x->inputs; i++) {
                ssi_tensor *in = x->input[i];
                if (in->mark != mark && in->id >= oldest && ssi_is_float((ssi_dtype)in->dtype) &&
                    in->op->kind != SSI_KIND_NUMBER) {
                    in->mark = mark;
                    open++;
                }
            }
        }
    }
    for (size_t i = 0, j = t->count; i < j--; i++) {
        ssi_tensor *swap = t->node[i];
        t->node[i] = t->node[j];
        t->node[j] = swap;
    }
    if (t->count > t->slope_places) {
        ssi_tensor **grown = ssi_grow(t->slope, &t->slope_places, t->count, sizeof *grown);
        if (!grown)
            return SSI_NO_MEMORY;
        t->slope = grown;
    }
    for (size_t i = 0; i < t->count; i++) {
        t->node[i]->slot = (uint32_t)i;
        t->slope[i] = NULL;
    }
    return SSI_OK;
}

/* Sums a gradient over the axes along which its operand was repeated. */
static ssi_tensor *sum_down(ssi_tensor *d, const ssi_tensor *x)
{
    int axes[SSI_MAX_RANK], count = 0;
    if (!d)
        return NULL;
    for (int i = 0; i < d->rank; i++) {
        int own = i - (d->rank - x->rank);
        if (own < 0 || (x->shape[own] == 1 && d->shape[i] != 1))
            axes[count++] = i;
    }
    if (count)
        d = ssi_sum_axes(d, count, axes, 1);
    return d ? (ssi_reshape)(d, x->rank, x->shape) : NULL;
}

/* Which nodes lead to a parameter: those alone need a gradient. Marks them with `useful`. */
static void find_useful(const tape *t, uint32_t useful)
{
    for (size_t i = 0; i < t->count; i++) {
        ssi_tensor *x = t->node[i];
        for (int k = 0; k < x->inputs && x->mark != useful; k++) {
            if (x->input[k]->mark == useful)
                x->mark = useful;
        }
    }
}

static int go_back(tape *t, uint32_t useful)
{
    for (size_t i = t->count; i-- > 0;) {
        ssi_tensor *y = t->node[i];
        if (!t->slope[i] || y->mark != useful || !y->op->gradient)
            continue;
        for (int k = 0; k < y->inputs; k++) {
            ssi_tensor *x = y->input[k];
            if (x->mark != useful)
                continue;
            ssi_vjp vjp = {.y = y, .x = y->input, .dy = t->slope[i], .which = k};
            ssi_tensor *d = sum_down(y->op->gradient(&vjp), x);
            if (!d && ssi_failed())
                return ssi_error_peek()->code;
            if (!d)
                continue;
            ssi_tensor **slope = &t->slope[x->slot];
            *slope = *slope ? (ssi_add)(*slope, d) : d;
            if (!*slope)
                return ssi_error_peek() ? ssi_error_peek()->code : SSI_NO_MEMORY;
        }
    }
    return SSI_OK;
}

static int no_way(const ssi_tensor *y, const ssi_tensor *w)
{
    char a[SSI_SHAPE_TEXT];
    return ssi_fail(SSI_INVALID, "grad",
                    "%s does not depend on %s (%s)\nwas the tensor assigned to after the loss was written, detached, "
                    "or used only through a comparison, a cast to "
                    "integers or argmax?",
                    y->label[0] ? y->label : "the loss", w->label[0] ? w->label : "the tensor", ssi_describe(w, a));
}

int ssi_gradients_from(ssi_tensor *y, ssi_tensor *dy, int count, ssi_tensor *const *parameter, ssi_tensor **gradient)
{
    for (int i = 0; i < count; i++)
        gradient[i] = NULL;
    y = ssi_resolve(y);
    if (!y || !dy)
        return ssi_failed() ? ssi_error_peek()->code : SSI_INVALID;
    uint32_t mark = ssi_next_mark(), useful = ssi_next_mark();
    uint64_t oldest = y->id;
    for (int i = 0; i < count; i++) {
        if (!(gradient[i] = ssi_resolve(parameter[i])))
            return ssi_failed() ? ssi_error_peek()->code : SSI_INVALID;
        oldest = gradient[i]->id < oldest ? gradient[i]->id : oldest;
    }
    tape *t = &local;
    int status = collect(t, y, oldest, mark);
    for (int i = 0; i < count && status == SSI_OK; i++) {
        if (gradient[i]->mark != mark && gradient[i]->mark != useful)
            status = no_way(y, gradient[i]);
        else
            gradient[i]->mark = useful;
    }
    if (status == SSI_OK) {
        find_useful(t, useful);
        t->slope[y->slot] = dy;
        status = go_back(t, useful);
    }
    for (int i = 0; i < count; i++) {
        ssi_tensor *w = gradient[i];
        gradient[i] = status == SSI_OK ? t->slope[w->slot] : NULL;
        if (status == SSI_OK && !gradient[i])
            status = no_way(y, w);
    }
    for (int i = 0; i < count && status != SSI_OK; i++)
        gradient[i] = NULL;
    return status;
}

int ssi_gradients(ssi_tensor *loss, int count, ssi_tensor *const *parameter, ssi_tensor **gradient)
{
    char text[SSI_SHAPE_TEXT];
    for (int i = 0; i < count; i++)
        gradient[i] = NULL;
    if (!loss)
        return ssi_failed() ? ssi_error_peek()->code : SSI_INVALID;
    if (ssi_count(loss) != 1 || !ssi_is_float((ssi_dtype)loss->dtype))
        return ssi_fail(SSI_INVALID, "grad",
                        "the loss is %s, not one float\ntake ssi_mean or ssi_sum of it, or use ssi_gradients_from",
                        ssi_describe(loss, text));
    return ssi_gradients_from(loss, (ssi_ones)((ssi_dtype)loss->dtype, loss->rank, loss->shape), count, parameter,
                              gradient);
}

ssi_tensor *(ssi_grad)(ssi_tensor *loss, ssi_tensor *w)
{
    ssi_tensor *gradient;
    return ssi_gradients(loss, 1, &w, &gradient) == SSI_OK ? gradient : NULL;
}
