/*
 * ssi/plot.h - pictures: curves, images, heat maps, side by side in one figure, in matplotlib's look.
 *
 * A figure is a value: it is filled with copies of what it shows, and then saved, as often and in as many forms as one likes.
 * Drawing is gnuplot's work, in a process of its own that gets no file name and no text it could run. Text is
 * UTF-8, Hangul included, and is drawn as it stands (a straight quote as an apostrophe); it is never a command or a format.
 *
 *     ssi_figure *figure = ssi_figure_new(.columns = 2);
 *     ssi_axes *left = ssi_figure_axes(figure, 0, 0, .title = "loss", .xlabel = "epoch");
 *     ssi_plot_line(left, NULL, loss, .label = "train");
 *     ssi_figure_save(figure, "training.png");
 *     ssi_figure_free(figure);
 *
 * Errors are recorded as everywhere (ssi/base.h); every function takes NULL for a figure, axes or tensor and then fails quietly, so a
 * picture is checked once, by the result of ssi_figure_save.
 */
#ifndef SSI_PLOT_H
#define SSI_PLOT_H

#include "ssi/tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ssi_figure ssi_figure;
typedef struct ssi_axes ssi_axes; /* one panel of a figure; belongs to it */

/* ---- figures ----------------------------------------------------------------------------------------------------- */

typedef struct ssi_figure_options {
    size_t size;
    int rows, columns; /* panels; default 1 by 1, at most 64 by 64 */
    int width, height; /* in pixels; default 640 by 480, from 64 to 8192 */
    const char *title; /* above all panels */
} ssi_figure_options;

/* A figure without contents. To be freed by ssi_figure_free. matplotlib.pyplot.figure */
SSI_API ssi_figure *(ssi_figure_new)(const ssi_figure_options *options);
#define ssi_figure_new(...) (ssi_figure_new)(&(ssi_figure_options){.size = sizeof(ssi_figure_options), __VA_ARGS__})

SSI_API void ssi_figure_free(ssi_figure *figure);

/* Saves by the name's ending: .png, .svg, .pdf, or .gp, the gnuplot script with its data, from which `gnuplot name.gp > name.png`
 * makes the same picture. The file appears whole or not at all. Fails with SSI_INVALID for another ending, SSI_UNSUPPORTED when
 * gnuplot is not installed, SSI_IO (SSI_NOT_FOUND: no such folder) when it does not do its work or the file cannot be written. matplotlib.pyplot.savefig */
SSI_API int ssi_figure_save(const ssi_figure *figure, const char *path);

/* Whether a picture could be saved there: to learn it before an hour of training. Returns and fails as ssi_figure_save. */
SSI_API int ssi_figure_check(const char *path);

/* ---- panels ------------------------------------------------------------------------------------------------------ */

typedef struct ssi_axes_options {
    size_t size;
    const char *title, *xlabel, *ylabel;
    const char *title_color; /* "#rrggbb"; default black */
    int bare;                /* no frame, no ticks: for images */
    int integer_x;           /* ticks at whole numbers only: for epochs */
    int no_legend;           /* by default there is one as soon as a line has a label */
} ssi_axes_options;

/* The panel in this row and column, from 0. Called again it changes the options and keeps the contents. matplotlib.pyplot.subplot */
SSI_API ssi_axes *(ssi_figure_axes)(ssi_figure *figure, int row, int column, const ssi_axes_options *options);
#define ssi_figure_axes(figure, row, ...) /* column, options... */                                                     \
    SSI_FIGURE_AXES_(figure, row, __VA_ARGS__, .size = sizeof(ssi_axes_options))
#define SSI_FIGURE_AXES_(figure, row, column, ...)                                                                     \
    (ssi_figure_axes)(figure, row, column, &(ssi_axes_options){__VA_ARGS__})

/* ---- what a panel shows ------------------------------------------------------------------------------------------ */

typedef struct ssi_line_options {
    size_t size;
    const char *label; /* in the legend */
    const char *color; /* "#rrggbb"; default: the next of matplotlib's cycle */
    int marker;        /* a dot at every point */
    int dashed;
} ssi_line_options;

/* A line through the points (x[i], y[i]); x and y (N), of any dtype; x NULL: 0, 1, 2, ... NaN and infinity leave a gap.
 * matplotlib.pyplot.plot */
SSI_API int(ssi_plot_line)(ssi_axes *axes, ssi_tensor *x, ssi_tensor *y, const ssi_line_options *options);
#define ssi_plot_line(axes, x, ...) /* y, options... */                                                                \
    SSI_PLOT_LINE_(axes, x, __VA_ARGS__, .size = sizeof(ssi_line_options))
#define SSI_PLOT_LINE_(axes, x, y, ...) (ssi_plot_line)(axes, x, y, &(ssi_line_options){__VA_ARGS__})

/* Pixels (H,W), from black (the smallest value) to white (the largest), row 0 on top, square. matplotlib.pyplot.imshow(cmap="gray") */
SSI_API int ssi_plot_image(ssi_axes *axes, ssi_tensor *pixels);

typedef struct ssi_heatmap_options {
    size_t size;
    const char *const *row_names, *const
                                      *column_names; /* as many as there are rows and columns; default 0, 1, 2, ... */
    int no_values;                                   /* do not write the values into the cells */
} ssi_heatmap_options;

/* Values (R,C) as colours from white to dark blue, row 0 on top, each cell with its value. matplotlib.pyplot.matshow(cmap="Blues") */
SSI_API int(ssi_plot_heatmap)(ssi_axes *axes, ssi_tensor *values, const ssi_heatmap_options *options);
#define ssi_plot_heatmap(axes, ...) /* values, options... */                                                           \
    SSI_PLOT_HEATMAP_(axes, __VA_ARGS__, .size = sizeof(ssi_heatmap_options))
#define SSI_PLOT_HEATMAP_(axes, values, ...) (ssi_plot_heatmap)(axes, values, &(ssi_heatmap_options){__VA_ARGS__})

#ifdef __cplusplus
}
#endif
#endif
