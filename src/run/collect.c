/*
 * collect.c - which pending nodes a run needs.
 *
 * Walks the scopes' lists backwards, innermost scope first: a node's inputs were written before it, and never live in a scope inside its own.
 * No recursion, and the walk ends as soon as everything that was asked for is found.
 */
#include "run/run.h"

static bool pending(const ssi_tensor *x)
{
    return !x->buffer && x->op->kind != SSI_KIND_NUMBER;
}

static int poisoned(const ssi_tensor *x)
{
    if (ssi_failed())
        return ssi_error_peek()->code;
    int status = ssi_fail(SSI_INVALID, x->op->name, "the value was lost: its computation failed earlier");
    ssi_error_locate(x->file, x->line);
    return status;
}

int ssi_collect(int count, ssi_tensor *const *wanted, ssi_need *need, uint32_t *mark)
{
    uint32_t marked = ssi_next_mark();
    size_t open = 0; /* marked and not reached yet */
    for (int i = 0; i < count; i++) {
        if (wanted[i]->mark != marked && pending(wanted[i])) {
            wanted[i]->mark = marked;
            open++;
        }
    }
    need->count = need->words = need->inputs = need->arguments = 0;
    for (ssi_scope_record *scope = ssi_scope_innermost(); scope && open; scope = scope->parent) {
        for (ssi_tensor *x = scope->last; x && open; x = x->previous) {
            if (x->mark != marked)
                continue;
            open--;
            if (x->flags & SSI_POISONED)
                return poisoned(x);
            if (need->count == need->capacity) {
                void *grown = ssi_grow(need->node, &need->capacity, need->count + 1, sizeof *need->node);
                if (!grown)
                    return SSI_NO_MEMORY;
                need->node = grown;
            }
            need->node[need->count++] = x;
            need->words += 2u + x->rank + x->attributes + x->inputs;
            need->inputs += x->inputs;
            need->arguments += x->arguments;
            for (int i = 0; i < x->inputs; i++) {
                need->words += 2u + 2u * x->input[i]->rank;
                if (x->input[i]->mark != marked && pending(x->input[i])) {
                    x->input[i]->mark = marked;
                    open++;
                }
            }
        }
    }
    if (open)
        return ssi_fail(
            SSI_INVALID, "run",
            "a tensor is used outside the scopes it was written in\nuse ssi_keep to return it from its scope");
    for (size_t i = 0, j = need->count; i < j--; i++) {
        ssi_tensor *swap = need->node[i];
        need->node[i] = need->node[j];
        need->node[j] = swap;
    }
    for (size_t i = 0; i < need->count; i++)
        need->node[i]->slot = (uint32_t)i;
    *mark = marked;
    return SSI_OK;
}
