/*
 * graph_text.c - the computation graph as indented text, and as dot's description of it.
 */
#include "plot/graph.h"

#include <string.h>

/* ---- text ---- */

/* "price: mul = 715, gradient 1" */
static void write_line(const graph_node *n, bool again, text *out)
{
    bool named = n->name[0] != '\0', value = n->value[0] != '\0';
    if (n->number && !named) {
        ssi_text_add(out, "%s\n", n->value);
        return;
    }
    ssi_text_shown(out, n->name);
    ssi_text_add(out, "%s%s", named && n->operation[0] != '\0' ? ": " : "", n->operation);
    if (again) {
        ssi_text_add(out, " (above)\n");
        return;
    }
    if (value) {
        ssi_text_add(out, "%s%s", named || n->operation[0] != '\0' ? " = " : "", n->value);
    }
    if (n->gradient[0] != '\0') {
        ssi_text_add(out, ", gradient %s", n->gradient);
    }
    ssi_text_add(out, "\n");
}

/* A place on the way from y down: a node, and which of its inputs comes next. */
typedef struct step {
    int node, next;
} step;

/* The lines beside a node that is `depth` steps down: one for each step above that has more inputs to come. */
static void write_indent(const graph *g, const step *way, int depth, bool unicode, text *out)
{
    static const char *const lines[2][4] = {
        {"|  ", "   ", "|- ", "`- "},
        {"\xE2\x94\x82  ", "   ", "\xE2\x94\x9C\xE2\x94\x80 ", "\xE2\x94\x94\xE2\x94\x80 "}};
    for (int i = 0; i < depth; i++) {
        bool more = way[i].next < g->node[way[i].node].inputs, last = i == depth - 1;
        const char *line = lines[unicode][(last ? 2 : 0) + (more ? 0 : 1)];
        ssi_text_bytes(out, line, strlen(line));
    }
}

/* Without recursion: `way` leads from y to the node being written. */
static void walk(const graph *g, step *way, bool *written, bool unicode, text *out)
{
    int depth = 0;
    way[0] = (step){g->count - 1, 0};
    written[way[0].node] = true;
    write_line(&g->node[way[0].node], false, out);
    while (depth >= 0 && !out->failed) {
        step *here = &way[depth];
        const graph_node *n = &g->node[here->node];
        if (here->next == n->inputs) {
            depth--;
            continue;
        }
        int in = n->input[here->next++];
        bool again = written[in] && g->node[in].inputs > 0;
        write_indent(g, way, depth + 1, unicode, out);
        write_line(&g->node[in], again, out);
        written[in] = true;
        if (!again) {
            way[++depth] = (step){in, 0};
        }
    }
}

void ssi_graph_write_text(const graph *g, bool unicode, text *out)
{
    step *way = ssi_calloc((size_t)g->count + 1, sizeof(*way));
    bool *written = ssi_calloc((size_t)g->count, sizeof(*written));
    if (way != NULL && written != NULL) {
        walk(g, way, written, unicode, out);
    } else {
        out->failed = true;
    }
    ssi_free(way);
    ssi_free(written);
}

/* ---- dot ---- */

/* A part of a label, which is a kind of HTML, and in which a backslash begins something: these are written by name. */
static void write_part(const char *shown, text *out)
{
    text plain = {0};
    ssi_text_shown(&plain, shown);
    for (const char *s = plain.bytes; s != NULL && *s != '\0'; s++) {
        static const char *const special[][2] = {
            {"<", "&lt;"}, {">", "&gt;"}, {"&", "&amp;"}, {"\"", "&quot;"}, {"\\", "&#92;"}};
        const char *name = NULL;
        for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++) {
            name = *s == special[i][0][0] ? special[i][1] : name;
        }
        ssi_text_bytes(out, name != NULL ? name : s, name != NULL ? strlen(name) : 1);
    }
    out->failed = out->failed || plain.failed;
    ssi_text_free(&plain);
}

/* A line of a label, unless it is empty; *first says whether one stands before it. */
static void write_label_line(const char *before, const char *shown, const char *after, bool *first, text *out)
{
    if (shown[0] != '\0') {
        ssi_text_add(out, "%s%s", *first ? "" : "<br/>", before);
        write_part(shown, out);
        ssi_text_add(out, "%s", after);
        *first = false;
    }
}

/* Values are boxes, operations are round; the gradient is written in the red of the color cycle, as what flows back. */
static void write_node(const graph *g, int i, text *out)
{
    const graph_node *n = &g->node[i];
    bool operation = n->operation[0] != '\0', last = i == g->count - 1, first = true;
    ssi_text_add(out, "  n%d [shape=%s, fillcolor=\"%s\", label=<", i, operation ? "ellipse" : "box",
                 last        ? "#ffe6cc"
                 : operation ? "#ffffff"
                             : "#dbe9f5");
    write_label_line("<b>", n->name, "</b>", &first, out);
    write_label_line("", n->operation, "", &first, out);
    write_label_line("", n->value, "", &first, out);
    write_label_line("<font color=\"#d62728\">", n->gradient, "</font>", &first, out);
    ssi_text_add(out, ">];\n");
}

void ssi_graph_write_dot(const graph *g, text *out)
{
    ssi_text_add(out, "digraph {\n  rankdir=LR; charset=\"UTF-8\";\n");
    ssi_text_add(out,
                 "  node [fontname=\"DejaVu Sans\", fontsize=12, style=filled, fillcolor=white, color=\"#1f77b4\"];\n");
    ssi_text_add(out, "  edge [color=\"#7f7f7f\"];\n");
    for (int i = 0; i < g->count; i++) {
        write_node(g, i, out);
    }
    for (int i = 0; i < g->count; i++) {
        for (int k = 0; k < g->node[i].inputs; k++) {
            ssi_text_add(out, "  n%d -> n%d;\n", g->node[i].input[k], i);
        }
    }
    ssi_text_add(out, "}\n");
}
