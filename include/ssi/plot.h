/*
 * ssi/plot.h - pictures: curves, points, bars, images, heat maps, side by side in one figure, in matplotlib's look.
 *
 * A figure is a value: it is filled with copies of what it shows, and then saved or shown, as often and in as many forms as one
 * likes. Pictures are drawn by gnuplot, in a process of its own that gets no file name and no text it could run; the text picture
 * of a terminal needs no gnuplot. Text is UTF-8, Hangul included, and is drawn as it stands (a straight quote as an
 * apostrophe); it is never a command or a format.
 *
 *     ssi_figure *figure = ssi_figure_new();
 *     ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "sine", .xlabel = "x", .grid = 1);
 *     ssi_tensor *x = ssi_arange(SSI_F64, 0, 6, 0.1);
 *     ssi_plot_line(axes, x, ssi_sin(x), .label = "sin");
 *     ssi_plot_line(axes, x, ssi_cos(x), .label = "cos", .dashed = 1);
 *     ssi_figure_save(figure, "sine.png");                     // or .svg, .pdf, .gp
 *     ssi_figure_show(figure, stdout);                         // in the terminal
 *     ssi_figure_free(figure);
 *
 * Errors are recorded as everywhere (ssi/base.h); every function takes NULL for a figure, axes or tensor and then fails quietly, so
 * a picture is checked once, by the result of ssi_figure_save. Functions that return int return 0 or a negative ssi_status.
 *
 * A COLOR is "#rrggbb", "C0" to "C9" (matplotlib's cycle), or one of black, white, gray, red, green, blue, orange, purple, brown, pink,
 * olive, cyan, magenta, yellow; left out, it is the next one of the cycle. A MARKER is one of 'o' 's' '^' 'v' 'D' '*' 'x' '+' '.', as in
 * matplotlib. Sizes of markers and widths of lines are in points, 72 to an inch; a figure has 100 pixels to an inch. Numbers may be of any
 * dtype; NaN and infinity are left out (a gap in a line).
 */
#ifndef SSI_PLOT_H
#define SSI_PLOT_H

#include <stdio.h>

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

SSI_API void ssi_figure_free(ssi_figure *figure);

/* Saves by the name's ending: .png, .svg, .pdf, or .gp, the gnuplot script with its data, from which `gnuplot name.gp > name.png`
 * makes the same picture; of lines and images much finer than pixels it holds as much as can be seen. The file appears whole or not at all. Fails with SSI_INVALID for another ending, SSI_UNSUPPORTED when
 * gnuplot is not installed, SSI_IO (SSI_NOT_FOUND: no such folder) when it does not do its work or the file cannot be written. matplotlib.pyplot.savefig */
SSI_API int ssi_figure_save(const ssi_figure *figure, const char *path);

/* Whether a picture could be saved there: to learn it before an hour of training. Returns and fails as ssi_figure_save. */
SSI_API int ssi_figure_check(const char *path);

typedef struct ssi_figure_text_options {
    size_t size;
    int columns; /* characters of a line, 20 to 400; default 80. Hangul takes two */
    int ascii;   /* no character beyond ASCII but those of labels: for terminals without UTF-8 */
    int color;   /* with the terminal's colors (ESC [ ... m) */
} ssi_figure_text_options;

/* The figure as a picture made of characters (dots of braille, blocks), one line after the other, in `out` (always terminated). Needs no
 * gnuplot. Returns the length needed, without the terminator, or a negative ssi_status. */
SSI_API int64_t(ssi_figure_text)(const ssi_figure *figure, char *out, size_t capacity,
                                 const ssi_figure_text_options *options);

/* Writes the figure to a stream of the caller's: in a terminal that says it can (kitty's protocol, sixel) as the picture itself, else as
 * ssi_figure_text, as wide as the terminal (80 where there is none), in ASCII unless the locale's or LANG's characters are UTF-8, and in color only in a
 * terminal, and not where NO_COLOR is set. SSI_SHOW=text, kitty or sixel decides instead of the terminal; only
 * then is it an error when gnuplot does not do its work. matplotlib.pyplot.show */
SSI_API int ssi_figure_show(const ssi_figure *figure, FILE *out);

/* ---- panels ------------------------------------------------------------------------------------------------------ */

typedef struct ssi_axes_options {
    size_t size;
    const char *title, *xlabel, *ylabel;
    const char *title_color;  /* default black */
    int bare;                 /* no frame, no ticks: for images */
    int integer_x, integer_y; /* ticks at whole numbers only: for epochs */
    int no_legend;            /* by default there is one as soon as something has a label */
    const char
        *legend;      /* where: "best" (default), "upper right", "upper left", "lower left", "lower right", "center" */
    int log_x, log_y; /* logarithmic, ticks at powers of ten; what is not above 0 is left out */
    double xlim[2],
        ylim[2]; /* from, to: .xlim = {-5, 5}; the larger first turns the axis round; both 0: by the contents */
    int equal;   /* as many pixels to a unit of y as to one of x; matplotlib's set_aspect("equal") */
    int grid;    /* lines at the ticks */
} ssi_axes_options;

/* The panel in this row and column, from 0. Called again it changes the options and keeps the contents. matplotlib.pyplot.subplot */
SSI_API ssi_axes *(ssi_figure_axes)(ssi_figure *figure, int row, int column, const ssi_axes_options *options);

/* Ticks of one's own, on the axis 'x' or 'y': at[count], each with its name; names NULL: the numbers. count 0: no ticks. At most
 * 256. matplotlib.pyplot.xticks */
SSI_API int ssi_axes_ticks(ssi_axes *axes, char axis, int count, const double *at, const char *const *names);

/* ---- lines and points -------------------------------------------------------------------------------------------- */

typedef struct ssi_line_options {
    size_t size;
    const char *label; /* in the legend */
    const char *color;
    int marker; /* at every point; 0: none, 1: 'o' */
    int dashed, dotted;
    double width;       /* default 1.5 points; of an arrow 1 */
    double marker_size; /* default 6 points across */
    double alpha;       /* from 0 (as 1: not transparent at all) to 1 */
} ssi_line_options;

/* A line through the points (x[i], y[i]); x and y (N), of any dtype; x NULL: 0, 1, 2, ... NaN and infinity leave a gap.
 * matplotlib.pyplot.plot */
SSI_API int(ssi_plot_line)(ssi_axes *axes, ssi_tensor *x, ssi_tensor *y, const ssi_line_options *options);

typedef struct ssi_scatter_options {
    size_t size;
    const char *label;
    const char *color;
    int marker;             /* default 'o' */
    double marker_size;     /* default 6 points across */
    double alpha;           /* 0 is 1: not transparent */
    const char *edge_color; /* of a line round each marker; default none */
    ssi_tensor *classes;    /* (N) whole numbers from 0 to 255: point i has the color of the cycle's classes[i] */
    const char *const *class_names; /* in the legend; as many as the largest class + 1 */
} ssi_scatter_options;

/* The points (x[i], y[i]); x and y (N). matplotlib.pyplot.scatter */
SSI_API int(ssi_plot_scatter)(ssi_axes *axes, ssi_tensor *x, ssi_tensor *y, const ssi_scatter_options *options);

/* ---- bars -------------------------------------------------------------------------------------------------------- */

typedef struct ssi_bar_options {
    size_t size;
    const char *const *names;  /* below the bars, N of them; default 0, 1, 2, ... */
    const char *const *labels; /* of the groups' members in the legend, S of them */
    const char *label;         /* the same where S is 1 */
    const char *color;         /* where S is 1 */
    double width;              /* of a group, of the distance between two; default 0.8 */
    double alpha;
    int values; /* write each bar's number above it */
} ssi_bar_options;

/* Bars from 0 to heights (N); or N groups of S bars side by side, heights (S,N). matplotlib.pyplot.bar */
SSI_API int(ssi_plot_bar)(ssi_axes *axes, ssi_tensor *heights, const ssi_bar_options *options);

typedef struct ssi_plot_histogram_options {
    size_t size;
    const char *label;
    const char *color;
    int bins;        /* default 10, at most 10000 */
    double range[2]; /* from, to; default from the smallest to the largest value */
    int density;     /* heights such that the areas sum to 1, not counts */
    double alpha;
} ssi_plot_histogram_options;

/* How many values, of any shape, lie in each of `bins` equal parts of the range; the last part has its end too. matplotlib.pyplot.hist */
SSI_API int(ssi_plot_histogram)(ssi_axes *axes, ssi_tensor *values, const ssi_plot_histogram_options *options);

/* ---- images, heat maps, regions ---------------------------------------------------------------------------------- */

/* Names of colors for values, as matplotlib's: "gray" (0 black), "Greys" (0 white), "Blues", "viridis", "coolwarm". */

typedef struct ssi_image_options {
    size_t size;
    const char *colors; /* default "gray" */
    double low, high;   /* the values of the first and the last color; both 0: the smallest and the largest value */
    double extent[4];   /* left, right, bottom, top; default: pixel (r,c) around x = c, y = r, row 0 on top */
} ssi_image_options;

/* Pixels (H,W), or (H,W,3) in red, green and blue (u8 from 0 to 255, floats from 0 to 1). Square, row 0 on top.
 * matplotlib.pyplot.imshow */
SSI_API int(ssi_plot_image)(ssi_axes *axes, ssi_tensor *pixels, const ssi_image_options *options);

typedef struct ssi_images_options {
    size_t size;
    int columns;                     /* default: as many as make the figure about as wide as high */
    const char *title;               /* above all */
    const char *const *titles;       /* above each, N of them */
    const char *const *title_colors; /* N of them; NULL among them: black */
    const char *colors;              /* default "gray" */
    int width, height;               /* of the figure; default 640 by 480 */
} ssi_images_options;

/* A new figure of images (N,H,W) or (N,H,W,3), at most 1024, in rows, without frames. Of "gray" and the like, each from its own smallest to
 * its own largest value. */
SSI_API ssi_figure *(ssi_figure_images)(ssi_tensor *images, const ssi_images_options *options);

typedef struct ssi_heatmap_options {
    size_t size;
    const char *const *row_names, *const
                                      *column_names; /* as many as there are rows and columns; default 0, 1, 2, ... */
    int no_values;                                   /* do not write the values into the cells */
    const char *colors;                              /* default "Blues" */
} ssi_heatmap_options;

/* Values (R,C) as colours from white to dark blue, row 0 on top, each cell with its value. matplotlib.pyplot.matshow(cmap="Blues") */
SSI_API int(ssi_plot_heatmap)(ssi_axes *axes, ssi_tensor *values, const ssi_heatmap_options *options);

typedef struct ssi_regions_options {
    size_t size;
    double extent[4];          /* left, right, bottom, top; default 0, W, 0, H */
    double alpha;              /* default 0.3, over white */
    const char *const *colors; /* of the classes; as many as the largest + 1; default the cycle */
} ssi_regions_options;

/* Which class (whole numbers from 0 to 255) a plane has where: classes (H,W), row 0 at the bottom, each element the middle of its part of the extent.
 * Points and lines are drawn over it. matplotlib.pyplot.pcolormesh, contourf */
SSI_API int(ssi_plot_regions)(ssi_axes *axes, ssi_tensor *classes, const ssi_regions_options *options);

/* ---- marks: in the units of the axes ------------------------------------------------------------------------------ */

/* A line across the whole panel at one height, or at one x. matplotlib.pyplot.axhline, axvline */
SSI_API int(ssi_plot_hline)(ssi_axes *axes, double y, const ssi_line_options *options);
SSI_API int(ssi_plot_vline)(ssi_axes *axes, double x, const ssi_line_options *options);

typedef struct ssi_span_options {
    size_t size;
    const char *label;
    const char *color;
    double alpha; /* default 0.3 */
} ssi_span_options;

/* Everything between two heights, or between two x, shaded. matplotlib.pyplot.axhspan, axvspan */
SSI_API int(ssi_plot_hspan)(ssi_axes *axes, double low, double high, const ssi_span_options *options);
SSI_API int(ssi_plot_vspan)(ssi_axes *axes, double low, double high, const ssi_span_options *options);

typedef struct ssi_text_options {
    size_t size;
    const char *color; /* default black */
    char align; /* 'l': begins there (default), 'c': its middle, 'r': ends there; always the middle of its height */
    double font_size; /* in points; default 10 */
} ssi_text_options;

/* A text at a point. matplotlib.pyplot.text */
SSI_API int(ssi_plot_text)(ssi_axes *axes, double x, double y, const char *shown, const ssi_text_options *options);

/* An arrow from one point to another, black unless .color says otherwise. matplotlib.pyplot.annotate */
SSI_API int(ssi_plot_arrow)(ssi_axes *axes, double from_x, double from_y, double to_x, double to_y,
                            const ssi_line_options *options);

/* A network of dense layers: `layers` columns of circles, sizes[i] of them (of more than 10 the first and the last, and dots between), joined by lines;
 * below each its size, above it its name (names NULL: none). Sets the panel's limits. */
SSI_API int ssi_plot_network(ssi_axes *axes, int layers, const int64_t *sizes, const char *const *names);

/* ---- sugar: options by name -------------------------------------------------------------------------------------- */

#ifndef __cplusplus
#define ssi_figure_new(...)               (ssi_figure_new)(&(ssi_figure_options){.size = sizeof(ssi_figure_options), __VA_ARGS__})
#define ssi_figure_text(figure, out, ...) /* capacity, options... */                                                   \
    SSI_FIGURE_TEXT_(figure, out, __VA_ARGS__, .size = sizeof(ssi_figure_text_options))
#define SSI_FIGURE_TEXT_(figure, out, capacity, ...)                                                                   \
    (ssi_figure_text)(figure, out, capacity, &(ssi_figure_text_options){__VA_ARGS__})
#define ssi_figure_axes(figure, row, ...) /* column, options... */                                                     \
    SSI_FIGURE_AXES_(figure, row, __VA_ARGS__, .size = sizeof(ssi_axes_options))
#define SSI_FIGURE_AXES_(figure, row, column, ...)                                                                     \
    (ssi_figure_axes)(figure, row, column, &(ssi_axes_options){__VA_ARGS__})
#define ssi_plot_line(axes, x, ...) /* y, options... */                                                                \
    SSI_PLOT_LINE_(axes, x, __VA_ARGS__, .size = sizeof(ssi_line_options))
#define SSI_PLOT_LINE_(axes, x, y, ...) (ssi_plot_line)(axes, x, y, &(ssi_line_options){__VA_ARGS__})
#define ssi_plot_scatter(axes, x, ...)  /* y, options... */                                                            \
    SSI_PLOT_SCATTER_(axes, x, __VA_ARGS__, .size = sizeof(ssi_scatter_options))
#define SSI_PLOT_SCATTER_(axes, x, y, ...) (ssi_plot_scatter)(axes, x, y, &(ssi_scatter_options){__VA_ARGS__})
#define ssi_plot_bar(axes, ...)            /* heights, options... */                                                   \
    SSI_PLOT_BAR_(axes, __VA_ARGS__, .size = sizeof(ssi_bar_options))
#define SSI_PLOT_BAR_(axes, heights, ...) (ssi_plot_bar)(axes, heights, &(ssi_bar_options){__VA_ARGS__})
#define ssi_plot_histogram(axes, ...)     /* values, options... */                                                     \
    SSI_PLOT_HISTOGRAM_(axes, __VA_ARGS__, .size = sizeof(ssi_plot_histogram_options))
#define SSI_PLOT_HISTOGRAM_(axes, values, ...)                                                                         \
    (ssi_plot_histogram)(axes, values, &(ssi_plot_histogram_options){__VA_ARGS__})
#define ssi_plot_image(axes, ...) /* pixels, options... */                                                             \
    SSI_PLOT_IMAGE_(axes, __VA_ARGS__, .size = sizeof(ssi_image_options))
#define SSI_PLOT_IMAGE_(axes, pixels, ...) (ssi_plot_image)(axes, pixels, &(ssi_image_options){__VA_ARGS__})
#define ssi_figure_images(...)             /* images, options... */                                                    \
    SSI_FIGURE_IMAGES_(__VA_ARGS__, .size = sizeof(ssi_images_options))
#define SSI_FIGURE_IMAGES_(images, ...) (ssi_figure_images)(images, &(ssi_images_options){__VA_ARGS__})
#define ssi_plot_heatmap(axes, ...)     /* values, options... */                                                       \
    SSI_PLOT_HEATMAP_(axes, __VA_ARGS__, .size = sizeof(ssi_heatmap_options))
#define SSI_PLOT_HEATMAP_(axes, values, ...) (ssi_plot_heatmap)(axes, values, &(ssi_heatmap_options){__VA_ARGS__})
#define ssi_plot_regions(axes, ...)          /* classes, options... */                                                 \
    SSI_PLOT_REGIONS_(axes, __VA_ARGS__, .size = sizeof(ssi_regions_options))
#define SSI_PLOT_REGIONS_(axes, classes, ...) (ssi_plot_regions)(axes, classes, &(ssi_regions_options){__VA_ARGS__})
#define ssi_plot_hline(axes, ...)             SSI_PLOT_HLINE_(axes, __VA_ARGS__, .size = sizeof(ssi_line_options))
#define SSI_PLOT_HLINE_(axes, y, ...)         (ssi_plot_hline)(axes, y, &(ssi_line_options){__VA_ARGS__})
#define ssi_plot_vline(axes, ...)             SSI_PLOT_VLINE_(axes, __VA_ARGS__, .size = sizeof(ssi_line_options))
#define SSI_PLOT_VLINE_(axes, x, ...)         (ssi_plot_vline)(axes, x, &(ssi_line_options){__VA_ARGS__})
#define ssi_plot_hspan(axes, low, ...)        SSI_PLOT_HSPAN_(axes, low, __VA_ARGS__, .size = sizeof(ssi_span_options))
#define SSI_PLOT_HSPAN_(axes, low, high, ...) (ssi_plot_hspan)(axes, low, high, &(ssi_span_options){__VA_ARGS__})
#define ssi_plot_vspan(axes, low, ...)        SSI_PLOT_VSPAN_(axes, low, __VA_ARGS__, .size = sizeof(ssi_span_options))
#define SSI_PLOT_VSPAN_(axes, low, high, ...) (ssi_plot_vspan)(axes, low, high, &(ssi_span_options){__VA_ARGS__})
#define ssi_plot_text(axes, x, y, ...)        /* text, options... */                                                   \
    SSI_PLOT_TEXT_(axes, x, y, __VA_ARGS__, .size = sizeof(ssi_text_options))
#define SSI_PLOT_TEXT_(axes, x, y, shown, ...)          (ssi_plot_text)(axes, x, y, shown, &(ssi_text_options){__VA_ARGS__})
#define ssi_plot_arrow(axes, from_x, from_y, to_x, ...) /* to_y, options... */                                         \
    SSI_PLOT_ARROW_(axes, from_x, from_y, to_x, __VA_ARGS__, .size = sizeof(ssi_line_options))
#define SSI_PLOT_ARROW_(axes, from_x, from_y, to_x, to_y, ...)                                                         \
    (ssi_plot_arrow)(axes, from_x, from_y, to_x, to_y, &(ssi_line_options){__VA_ARGS__})
#endif

#ifdef __cplusplus
}
#endif
#endif
