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
    const char *before = ssi_set_called(x->called);
    int status = ssi_fail(SSI_INVALID, x->op->name, "the value was lost: its computation failed earlier");
    ssi_set_called(before);
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
    size_t found = 0, words = 0, inputs = 0, arguments = 0;
    for (ssi_scope_record *scope = ssi_scope_innermost(); scope && open; scope = scope->parent) {
        for (ssi_tensor *x = scope->last; x && open; x = x->previous) {
            if (x->mark != marked)
                continue;
            open--;
            if (x->flags & SSI_POISONED)
                return poisoned(x);
            if (found == need->capacity) {
                void *grown = ssi_grow(need->node, &need->capacity, found + 1, sizeof *need->node);
                if (!grown)
                    return SSI_NO_MEMORY;
                need->node = grown;
            }
            need->node[found++] = x;
            words += 2u + x->rank + x->attributes + x->inputs;
            inputs += x->inputs;
            arguments += x->arguments;
            for (int i = 0; i < x->inputs; i++) {
                ssi_tensor *in = x->input[i];
                words += 2u + 2u * in->rank;
                if (in->mark != marked && pending(in)) {
                    in->mark = marked;
                    open++;
                }
            }
        }
    }
    if (open)
        return ssi_fail(
            SSI_INVALID, "run",
            "a tensor is used outside the scopes it was written in\nuse ssi_keep to return it from its scope");
    ssi_tensor **node = need->node;
    for (size_t i = 0, j = found; i < j; i++) { /* turned round, and numbered */
        ssi_tensor *swap = node[i];
        node[i] = node[--j];
        node[j] = swap;
        node[i]->slot = (uint32_t)i;
        node[j]->slot = (uint32_t)j;
    }
    need->count = found, need->words = words, need->inputs = inputs, need->arguments = arguments;
    *mark = marked;
    return SSI_OK;
}
