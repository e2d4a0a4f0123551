/*
 * grad.c - reverse mode: from the loss back to the parameters, node by node.
 *
 * Each node comes after everything it reads, so going through a scope's list backwards, and from inner scopes to outer ones, visits a node when
 * all that reads it has been visited: then its gradient is complete. No recursion, and what is written is graph again.
 *
 * Writing a node may run the graph (SSI_EAGER, a scope grown long), and a run uses the nodes' `mark` and `slot` too. So what these say is put
 * down in a tape before the first gradient is written.
 */
#include "ssi/grad.h"
#include "ops/op.h"

typedef struct tape {
    ssi_buffer *memory; /* of all that follows; buffers are reused, so that a loop allocates nothing */
    size_t count, inputs;
    ssi_tensor **node;     /* [count] from the loss backwards */
    ssi_tensor **gradient; /* [count] of the loss by the node; NULL: none yet */
    int32_t *edge;      /* [inputs] node after node: where its input stands in the tape; -1: it leads to no parameter */
    int32_t *parameter; /* where the parameters stand */
} tape;

/* Calls for each node that y is computed from, itself first: floats only, and nothing written before `oldest`. */
typedef void visit(tape *t, ssi_tensor *x);

static bool walk(tape *t, ssi_tensor *y, uint64_t oldest, uint32_t mark, visit *each)
{
    size_t open = 1; /* marked and not visited yet */
    y->mark = mark;
    for (const ssi_scope_record *scope = ssi_scope_innermost(); scope && open; scope = scope->parent) {
        for (ssi_tensor *x = scope->last; x && open; x = x->previous) {
            if (x->mark != mark)
                continue;
            open--;
            each(t, x);
            for (int k = 0; k < x->inputs; k++) {
                ssi_tensor *in = x->input[k];
                if (in->mark != mark && in->id >= oldest && ssi_is_float((ssi_dtype)in->dtype)) {
                    in->mark = mark;
                    open++;
                }
            }
        }
    }
    return !open;
}

static void count_node(tape *t, ssi_tensor *x)
{
    t->count++;
    t->inputs += x->inputs;
}

static void note_node(tape *t, ssi_tensor *x)
{
    x->slot = (uint32_t)t->count;
    t->gradient[t->count] = NULL;
    t->node[t->count++] = x;
}

static int find_nodes(tape *t, ssi_tensor *y, uint64_t oldest, int parameters)
{
    if (!walk(t, y, oldest, ssi_next_mark(), count_node))
        return ssi_fail(SSI_INVALID, "grad", "the loss belongs to no open scope of this thread");
    size_t pointers = 2 * t->count * sizeof(ssi_tensor *);
    t->memory = ssi_buffer_new(pointers + (t->inputs + (size_t)parameters) * sizeof(int32_t));
    if (!t->memory)
        return SSI_NO_MEMORY;
    t->node = t->memory->data;
    t->gradient = t->node + t->count;
    t->edge = (int32_t *)(void *)(t->gradient + t->count);
    t->parameter = t->edge + t->inputs;
    t->count = 0;
    walk(t, y, oldest, ssi_next_mark(), note_node);
    return SSI_OK;
}

static int fail_independent(const ssi_tensor *w, const ssi_tensor *stop)
{
    char text[SSI_SHAPE_TEXT];
    const char *name = w->label[0] ? w->label : "the parameter";
    if (stop)
        return ssi_fail(SSI_INVALID, "grad", "the loss depends on %s, %s, only through %s, which has no gradient: %s",
                        name, ssi_describe(w, text), stop->op->name, stop->op->no_gradient);
    return ssi_fail(
        SSI_INVALID, "grad",
        "the loss does not depend on %s, %s\nwas it assigned to after the loss was written, or cast to integers?", name,
        ssi_describe(w, text));
}

static bool any_input_marked(const ssi_tensor *x, uint32_t mark)
{
    for (int k = 0; k < x->inputs; k++) {
        if (x->input[k]->mark == mark)
            return true;
    }
    return false;
}

/* Follows the parameters forward, to the nodes that need a gradient, and notes who passes it to whom. */
static int find_edges(tape *t, int parameters, ssi_tensor *const *parameter)
{
    uint32_t reached = t->node[0]->mark, useful = ssi_next_mark();
    for (int i = 0; i < parameters; i++) {
        ssi_tensor *w = parameter[i];
        if (w->mark != reached && w->mark != useful)
            return fail_independent(w, NULL);
        w->mark = useful;
        t->parameter[i] = (int32_t)w->slot;
    }
    const ssi_tensor *stop = NULL;
    int32_t *edge = t->edge + t->inputs;
    for (size_t i = t->count; i-- > 0;) {
        ssi_tensor *x = t->node[i];
        bool passes = any_input_marked(x, useful);
        if (passes && !x->op->gradient) {
            stop = x;
            passes = false;
        }
        x->mark = passes ? useful : x->mark;
        for (int k = x->inputs; k-- > 0;)
            *--edge = passes && x->input[k]->mark == useful ? (int32_t)x->input[k]->slot : -1;
    }
    return parameters == 0 || t->node[0]->mark == useful ? SSI_OK : fail_independent(parameter[0], stop);
}

/* Sums a gradient over the axes along which its operand was repeated; a C number's is of its own dtype. */
static ssi_tensor *fit(ssi_tensor *d, const ssi_tensor *x)
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
        d = (ssi_reshape)(ssi_sum_axes(d, count, axes, 1), x->rank, x->shape);
    return ssi_cast(d, (ssi_dtype)x->dtype);
}

static bool write_gradients(tape *t)
{
    const int32_t *edge = t->edge;
    for (size_t i = 0; i < t->count; i++) {
        ssi_tensor *y = t->node[i];
        for (int k = 0; k < y->inputs; k++, edge++) {
            if (*edge < 0 || !t->gradient[i])
                continue;
            ssi_vjp vjp = {.y = y, .x = y->input, .dy = t->gradient[i], .which = k};
            ssi_tensor *d = fit(y->op->gradient(&vjp), y->input[k]), **sum = &t->gradient[*edge];
            *sum = *sum ? ssi_add(*sum, d) : d;
            if (!*sum)
                return false;
        }
    }
    return true;
}

static int status_now(void)
{
    return ssi_failed() ? ssi_error_peek()->code : SSI_INVALID;
}

/* Parameters are what their handles stand for now. */
static int resolve(int count, ssi_tensor *const *parameter, ssi_tensor **out, uint64_t *oldest)
{
    char text[SSI_SHAPE_TEXT];
    for (int i = 0; i < count; i++) {
        out[i] = ssi_resolve(parameter[i]);
        if (!out[i])
            return status_now();
        if (!ssi_is_float((ssi_dtype)out[i]->dtype))
            return ssi_fail(SSI_INVALID, "grad", "the parameter is %s\nonly floats have a gradient",
                            ssi_describe(out[i], text));
        *oldest = out[i]->id < *oldest ? out[i]->id : *oldest;
    }
    return SSI_OK;
}

static int gradients(ssi_tensor *y, ssi_tensor *dy, int count, ssi_tensor *const *parameter, ssi_tensor **gradient)
{
    tape t = {0};
    uint64_t oldest = y->id;
    int status = resolve(count, parameter, gradient, &oldest);
    if (status == SSI_OK)
        status = find_nodes(&t, y, oldest, count);
    if (status == SSI_OK)
        status = find_edges(&t, count, gradient);
    if (status == SSI_OK) {
        t.gradient[0] = dy;
        status = write_gradients(&t) ? SSI_OK : status_now();
    }
    for (int i = 0; i < count; i++) {
        ssi_tensor *w = gradient[i];
        gradient[i] = status == SSI_OK ? t.gradient[t.parameter[i]] : NULL;
        if (status == SSI_OK && !gradient[i])
            status = fail_independent(w, NULL);
    }
    for (int i = 0; i < count && status != SSI_OK; i++)
        gradient[i] = NULL;
    ssi_buffer_release(t.memory);
    return status;
}

int ssi_gradients_from(ssi_tensor *y, ssi_tensor *dy, int count, ssi_tensor *const *parameter, ssi_tensor **gradient)
{
    char ty[SSI_SHAPE_TEXT], td[SSI_SHAPE_TEXT];
    for (int i = 0; i < count; i++)
        gradient[i] = NULL;
    y = ssi_resolve(y);
    if (!y || !dy)
        return status_now();
    bool fits = dy->rank == y->rank && ssi_is_float((ssi_dtype)y->dtype);
    for (int i = 0; i < y->rank && fits; i++)
        fits = dy->shape[i] == y->shape[i];
    if (!fits)
        return ssi_fail(SSI_INVALID, "grad", "y is %s, dy %s\nboth are floats of one shape", ssi_describe(y, ty),
                        ssi_describe(dy, td));
    dy = ssi_cast(dy, (ssi_dtype)y->dtype);
    return dy ? gradients(y, dy, count, parameter, gradient) : status_now();
}

int ssi_gradients(ssi_tensor *loss, int count, ssi_tensor *const *parameter, ssi_tensor **gradient)
{
    char text[SSI_SHAPE_TEXT];
    for (int i = 0; i < count; i++)
        gradient[i] = NULL;
    if (!loss)
        return status_now();
    if (ssi_count(loss) != 1 || !ssi_is_float((ssi_dtype)loss->dtype))
        return ssi_fail(SSI_INVALID, "grad", "the loss is %s, not one float\ntake its ssi_mean or ssi_sum",
                        ssi_describe(loss, text));
    ssi_tensor *one = (ssi_ones)((ssi_dtype)loss->dtype, loss->rank, loss->shape);
    return ssi_gradients_from(loss, one, count, parameter, gradient);
}

ssi_tensor *(ssi_grad)(ssi_tensor *loss, ssi_tensor *w)
{
    ssi_tensor *gradient;
    return ssi_gradients(loss, 1, &w, &gradient) == SSI_OK ? gradient : NULL;
}
