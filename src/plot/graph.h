/*
 * graph.h - the computation graph, taken down for drawing: graph.c finds it, graph_text.c writes it.
 */
#ifndef SSI_SRC_PLOT_GRAPH_H
#define SSI_SRC_PLOT_GRAPH_H

#include "plot/figure.h"
#include "ssi/graph.h"

enum { GRAPH_SHOWN = 96 };

typedef struct graph_node {
    ssi_tensor *of;
    const char *name;      /* the label; "" where it has none */
    const char *operation; /* "" of a value that exists */
    bool number;           /* a C number */
    int inputs;
    int *input;                                     /* their places in the graph, in order */
    char value[GRAPH_SHOWN], gradient[GRAPH_SHOWN]; /* "": none */
} graph_node;

/* Nodes in the order of writing: each comes after all that it is computed from, and the last one is y. */
typedef struct graph {
    int count;
    graph_node *node;
    int *input; /* all nodes' */
} graph;

/* 0, or a negative status with the error recorded. To be closed in any case. */
int ssi_graph_open(graph *g, ssi_tensor *y, const ssi_graph_options *options);
void ssi_graph_close(graph *g);

void ssi_graph_write_text(const graph *g, bool unicode, text *out);
void ssi_graph_write_dot(const graph *g, text *out);

#endif
