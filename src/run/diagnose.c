/*
 * diagnose.c - a run has failed: which node is to blame?
 *
 * The run's inputs are intact, so it is repeated one node at a time by the reference executor until the check fails again. On the way, the first
 * node whose result is not finite though its inputs were is remembered: that is where a NaN in the loss was born.
 */
#include <math.h>

#include "run/run.h"

static bool all_finite(const ssi_tensor *x)
{
    if (!x->buffer || !ssi_is_float((ssi_dtype)x->dtype))
        return true;
    ssi_view view;
    ssi_view_of(x, &view);
    int64_t count = ssi_count(x);
    for (int64_t i = 0; i < count; i++) {
        int64_t offset = 0, rest = i;
        for (int axis = view.rank - 1; axis >= 0; axis--) {
            offset += rest % view.shape[axis] * view.stride[axis];
            rest /= view.shape[axis];
        }
        if (!isfinite(ssi_get_f64(view.data, view.dtype, offset)))
            return false;
    }
    return true;
}

static bool born_here(const ssi_tensor *x)
{
    if (x->op->kind == SSI_KIND_VIEW || all_finite(x))
        return false;
    for (int i = 0; i < x->inputs; i++) {
        if (!all_finite(x->input[i]))
            return false;
    }
    return true;
}

/* The name of a node for people: its label, or that of the next labelled node after it, or its operation. */
static const char *name_of(const ssi_need *need, size_t at)
{
    for (size_t i = at; i < need->count && i < at + 8; i++) {
        if (need->node[i]->label[0])
            return need->node[i]->label;
    }
    return need->node[at]->op->name;
}

int ssi_diagnose(const ssi_need *need, int status)
{
    size_t born = need->count, at = 0;
    for (; at < need->count && !ssi_failed(); at++) {
        ssi_need one = {.node = &need->node[at], .count = 1};
        int again = ssi_reference_run(&one);
        if (again == SSI_NO_MEMORY)
            break;
        if (again == SSI_OK && born == need->count && status == SSI_NOT_FINITE && born_here(need->node[at]))
            born = at;
        for (size_t next = at; next < need->count && again != SSI_OK && !need->node[at]->file; next++) {
            if (need->node[next]
                    ->file) { /* an inner step of a composed operation: the caller's line is that of its last step */
                ssi_error_locate(need->node[next]->file, need->node[next]->line);
                break;
            }
        }
    }
    for (size_t i = 0; i < need->count; i++) { /* nothing has been computed */
        ssi_buffer_release(need->node[i]->buffer);
        need->node[i]->buffer = NULL;
        need->node[i]->offset = 0;
        need->node[i]->stride = NULL;
    }
    if (born < need->count) {
        ssi_error first;
        char text[SSI_SHAPE_TEXT];
        ssi_error_take(&first);
        ssi_fail(SSI_NOT_FINITE, first.operation,
                 "%s; the first value that is not finite arose in %s (%s, %s)\n"
                 "lower the learning rate, check the data for NaN or huge values, or clip what goes into log, sqrt and "
                 "division",
                 first.message, name_of(need, born), need->node[born]->op->name, ssi_describe(need->node[born], text));
        ssi_error_locate(need->node[born]->file ? need->node[born]->file : first.file,
                         need->node[born]->file ? need->node[born]->line : first.line);
    }
    if (!ssi_failed())
        ssi_fail((ssi_status)status, "run", "a check failed that cannot be repeated");
    return status;
}
