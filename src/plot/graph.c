/*
 * graph.c - finds the graph that leads to a tensor, its values and gradients, and saves it.
 *
 * What nodes say of each other is taken down before anything is computed, since a run uses the nodes' `mark` and `slot`, too. There is no recursion:
 * the nodes found so far are the list of what is still to be looked at.
 */
#include "plot/graph.h"

#include <stdlib.h>
#include <string.h>

#include "io/file.h"
#include "ops/op.h"
#include "ssi/grad.h"

enum { MOST_NODES = 4096, MOST_ELEMENTS = 4 };

/* ---- finding ---- */

typedef struct found {
    ssi_tensor **node;
    size_t count, places;
    size_t inputs;
} found;

static bool add(found *f, ssi_tensor *x, uint32_t mark)
{
    if (x->mark == mark) {
        return true;
    }
    if (f->count == MOST_NODES) {
        ssi_fail(SSI_INVALID, "graph", "more than %d tensors lead to it\nno one could read their drawing", MOST_NODES);
        return false;
    }
    ssi_tensor **grown = ssi_grow(f->node, &f->places, f->count + 1, sizeof(ssi_tensor *));
    if (grown == NULL) {
        return false;
    }
    f->node = grown;
    f->node[f->count++] = x;
    f->inputs += x->inputs;
    x->mark = mark;
    return true;
}

static int by_id(const void *a, const void *b)
{
    const ssi_tensor *x = *(ssi_tensor *const *)a, *y = *(ssi_tensor *const *)b;
    return (x->id > y->id) - (x->id < y->id);
}

/* All that y is computed from, and y, in the order of writing. */
static bool find_nodes(found *f, ssi_tensor *y)
{
    uint32_t mark = ssi_next_mark();
    bool all = add(f, y, mark);
    for (size_t i = 0; all && i < f->count; i++) {
        for (int k = 0; all && k < f->node[i]->inputs; k++) {
            all = add(f, f->node[i]->input[k], mark);
        }
    }
    if (all) {
        qsort(f->node, f->count, sizeof(ssi_tensor *), by_id);
    }
    return all;
}

static bool take_down(graph *g, const found *f)
{
    g->node = ssi_calloc(f->count, sizeof(*g->node));
    g->input = ssi_calloc(f->inputs + 1, sizeof(*g->input));
    if (g->node == NULL || g->input == NULL) {
        return false;
    }
    int *input = g->input;
    g->count = (int)f->count;
    for (int i = 0; i < g->count; i++) {
        ssi_tensor *x = f->node[i];
        bool exists = x->op->kind == SSI_KIND_LEAF || x->op->kind == SSI_KIND_NUMBER;
        x->slot = (uint32_t)i;
        g->node[i] = (graph_node){.of = x,
                                  .name = x->label,
                                  .operation = exists ? "" : x->op->name,
                                  .number = x->op->kind == SSI_KIND_NUMBER,
                                  .inputs = x->inputs,
                                  .input = input};
        for (int k = 0; k < x->inputs; k++) {
            *input++ = (int)x->input[k]->slot;
        }
    }
    return true;
}

/* ---- values and gradients ---- */

/* "2.2", "[1, 2]", or the dtype and shape of what has more elements or axes. */
static int write_value(ssi_tensor *x, char shown[GRAPH_SHOWN])
{
    double element[MOST_ELEMENTS];
    text value = {0};
    int64_t count = ssi_size(x);
    if (count > MOST_ELEMENTS || count == 0 || (count > 1 && ssi_rank(x) > 1)) {
        char shape[SSI_SHAPE_TEXT];
        snprintf(shown, GRAPH_SHOWN, "%.*s", GRAPH_SHOWN - 1, ssi_describe(x, shape));
        return 0;
    }
    int status = ssi_read(x, SSI_F64, element, count);
    if (status != 0) {
        return status;
    }
    ssi_text_add(&value, count > 1 ? "[" : "");
    for (int64_t i = 0; i < count; i++) {
        char number[32];
        ssi_text_add(&value, "%s%s", i > 0 ? ", " : "", ssi_text_number(element[i], number));
    }
    ssi_text_add(&value, count > 1 ? "]" : "");
    snprintf(shown, GRAPH_SHOWN, "%s", value.failed ? "" : value.bytes);
    status = value.failed ? SSI_NO_MEMORY : 0;
    ssi_text_free(&value);
    return status;
}

static int find_values(graph *g, bool computed)
{
    int status = 0;
    for (int i = 0; status == 0 && i < g->count; i++) {
        char shape[SSI_SHAPE_TEXT];
        if (computed || g->node[i].number) {
            status = write_value(g->node[i].of, g->node[i].value);
        } else {
            snprintf(g->node[i].value, GRAPH_SHOWN, "%.*s", GRAPH_SHOWN - 1, ssi_describe(g->node[i].of, shape));
        }
    }
    return status;
}

/* Whether the gradient of the last node flows to node i, for all i: from its readers, through operations that pass it on. C numbers
 * without a name are of no interest. */
static void find_flow(const graph *g, bool *flows)
{
    flows[g->count - 1] = true;
    for (int i = g->count - 1; i >= 0; i--) {
        const graph_node *n = &g->node[i];
        for (int k = 0; flows[i] && n->of->op->gradient != NULL && k < n->inputs; k++) {
            const graph_node *in = &g->node[n->input[k]];
            flows[n->input[k]] =
                flows[n->input[k]] || ((!in->number || in->name[0] != '\0') && ssi_is_float((ssi_dtype)in->of->dtype));
        }
    }
}

static int read_gradients(graph *g, const bool *flows, ssi_tensor **parameter, ssi_tensor **gradient)
{
    int count = 0;
    for (int i = 0; i < g->count; i++) {
        if (flows[i]) {
            parameter[count++] = g->node[i].of;
        }
    }
    int status = ssi_gradients(g->node[g->count - 1].of, count, parameter, gradient);
    for (int i = 0, k = 0; status == 0 && i < g->count; i++) {
        if (flows[i]) {
            status = write_value(gradient[k++], g->node[i].gradient);
        }
    }
    return status;
}

static int find_gradients(graph *g)
{
    bool *flows = ssi_calloc((size_t)g->count, sizeof(*flows));
    ssi_tensor **room = ssi_calloc(2 * (size_t)g->count, sizeof(ssi_tensor *));
    int status = SSI_NO_MEMORY;
    if (flows != NULL && room != NULL) {
        ssi_scope scope = ssi_scope_open();
        find_flow(g, flows);
        status = read_gradients(g, flows, room, room + g->count);
        ssi_scope_close(scope);
    }
    ssi_free(flows);
    ssi_free(room);
    return status;
}

int ssi_graph_open(graph *g, ssi_tensor *y, const ssi_graph_options *options)
{
    ssi_graph_options o;
    COPY_OPTIONS(o, options);
    *g = (graph){0};
    found f = {0};
    y = ssi_resolve(y);
    bool done = y != NULL && find_nodes(&f, y) && take_down(g, &f);
    ssi_free(f.node);
    int status = done ? find_values(g, o.no_values == 0) : ssi_failed() ? ssi_error_peek()->code : SSI_INVALID;
    return status == 0 && o.gradients ? find_gradients(g) : status;
}

void ssi_graph_close(graph *g)
{
    ssi_free(g->node);
    ssi_free(g->input);
    *g = (graph){0};
}

/* ---- the public face ---- */

int64_t(ssi_graph_text)(ssi_tensor *y, char *out, size_t capacity, const ssi_graph_options *options)
{
    ssi_graph_options o;
    COPY_OPTIONS(o, options);
    graph g;
    text shown = {0};
    if (y == NULL || (out == NULL && capacity > 0)) {
        return SSI_INVALID;
    }
    int64_t status = ssi_graph_open(&g, y, &o);
    if (status == 0) {
        ssi_graph_write_text(&g, o.unicode != 0, &shown);
        status = shown.failed ? SSI_NO_MEMORY : (int64_t)shown.length;
    }
    if (capacity > 0) {
        snprintf(out, capacity, "%s", shown.bytes != NULL ? shown.bytes : "");
    }
    ssi_text_free(&shown);
    ssi_graph_close(&g);
    return status;
}

#define DOT(form)                                                                                                      \
    {                                                                                                                  \
        .name = "dot", .arguments = (char *const[]){"dot", "-T" form, NULL}, .operation = "graph_save", .warns = true, \
        .missing = "dot, which lays graphs out, is not installed\non Debian and Ubuntu: apt-get install graphviz; "    \
                   "or save the graph as .txt"                                                                         \
    }

static const struct {
    const char *ending;
    drawer by; /* no name: none */
} forms[] = {
    {"svg", DOT("svg")}, {"png", DOT("png")}, {"pdf", DOT("pdf")}, {"dot", {.name = NULL}}, {"txt", {.name = NULL}}};

static int write_form(const graph *g, int form, text *out)
{
    text described = {0};
    if (strcmp(forms[form].ending, "txt") == 0) {
        ssi_graph_write_text(g, true, out);
        return out->failed ? SSI_NO_MEMORY : 0;
    }
    if (forms[form].by.name == NULL) {
        ssi_graph_write_dot(g, out);
        return out->failed ? SSI_NO_MEMORY : 0;
    }
    ssi_graph_write_dot(g, &described);
    int status = described.failed ? SSI_NO_MEMORY : ssi_draw(&forms[form].by, &described, out);
    ssi_text_free(&described);
    return status;
}

int(ssi_graph_save)(ssi_tensor *y, const char *path, const ssi_graph_options *options)
{
    enum { FORMS = sizeof(forms) / sizeof(forms[0]) };
    if (y == NULL || path == NULL) {
        return SSI_INVALID;
    }
    const char *point = strrchr(path, '.');
    int form = 0;
    while (form < FORMS && (point == NULL || strcmp(point + 1, forms[form].ending) != 0)) {
        form++;
    }
    if (form == FORMS) {
        return ssi_fail(SSI_INVALID, "graph_save", "'%s': graphs are written as .svg, .png, .pdf, .dot or .txt", path);
    }
    graph g;
    text whole = {0};
    int status = ssi_graph_open(&g, y, options);
    status = status == 0 ? write_form(&g, form, &whole) : status;
    status = status == 0 ? ssi_file_write("graph_save", path, 1, &(ssi_piece){whole.bytes, whole.length}) : status;
    ssi_text_free(&whole);
    ssi_graph_close(&g);
    return status;
}
