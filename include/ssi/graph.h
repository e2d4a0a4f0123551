/*
 * ssi/graph.h - the computation graph as a drawing: what a tensor is computed from, with the values and the gradients on it.
 *
 *     ssi_tensor *apple = ssi_label(ssi_number(100), "apple"), *tax = ssi_label(ssi_number(1.1), "tax");
 *     ssi_tensor *price = ssi_label(ssi_mul(ssi_mul(apple, 2), tax), "price");
 *     char text[1000];
 *     ssi_graph_text(price, text, sizeof text, .gradients = 1);
 *     printf("%s", text);
 *     // expect: price: mul = 220, gradient 1
 *     // expect: |- mul = 200, gradient 1.1
 *     // expect: |  |- apple = 100, gradient 2.2
 *     // expect: |  `- 2
 *     // expect: `- tax = 1.1, gradient 200
 *
 * Tensors are called what ssi_label calls them, else by their operation. What a scope has closed over is no longer known: a graph ends at
 * values that were kept, assigned or read in.
 */
#ifndef SSI_GRAPH_H
#define SSI_GRAPH_H

#include "ssi/tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ssi_graph_options {
    size_t size;
    int gradients; /* the gradient of y by each tensor that it flows to; y must be one float */
    int no_values; /* shapes only: nothing is computed */
    int unicode;   /* of ssi_graph_text: lines of the box-drawing characters, not of ASCII */
} ssi_graph_options;

/* The graph that leads to y, as indented text, what a tensor is computed from below it; a tensor that stands there already is only named
 * again, "(above)". Values of one element, and up to four in a row, are written; of larger
 * tensors the dtype and shape. In `out` (always terminated). Returns the length needed,
 * without the terminator, or a negative ssi_status. At most 4096 tensors. */
SSI_API int64_t(ssi_graph_text)(ssi_tensor *y, char *out, size_t capacity, const ssi_graph_options *options);

/* The same as a file, by the name's ending: .svg, .png or .pdf, laid out from left to right by Graphviz's dot; .dot, the description that dot reads; .txt, as
 * ssi_graph_text (with its box-drawing characters). The file appears whole or not at all. SSI_INVALID for another ending, SSI_UNSUPPORTED where dot is
 * not installed, else as ssi_figure_save (ssi/plot.h). */
SSI_API int(ssi_graph_save)(ssi_tensor *y, const char *path, const ssi_graph_options *options);

#ifndef __cplusplus
#define ssi_graph_text(y, out, ...) SSI_GRAPH_TEXT_(y, out, __VA_ARGS__, .size = sizeof(ssi_graph_options))
#define SSI_GRAPH_TEXT_(y, out, capacity, ...)                                                                         \
    (ssi_graph_text)((y), (out), (capacity), &(ssi_graph_options){__VA_ARGS__})
#define ssi_graph_save(y, ...)        SSI_GRAPH_SAVE_(y, __VA_ARGS__, .size = sizeof(ssi_graph_options))
#define SSI_GRAPH_SAVE_(y, path, ...) (ssi_graph_save)((y), (path), &(ssi_graph_options){__VA_ARGS__})
#endif

#ifdef __cplusplus
}
#endif
#endif
