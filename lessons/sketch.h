/*
 * sketch.h - boxes, cells and arrows, for the pictures that explain rather than measure. A sketch is so many units wide and high, and y runs downwards.
 */
#ifndef SSI_LESSON_SKETCH_H
#define SSI_LESSON_SKETCH_H

#include "figure.h"

#define SKETCH_BLUE   "#cfe3f3"
#define SKETCH_ORANGE "#fde3c8"
#define SKETCH_GREEN  "#d3ecd3"
#define SKETCH_GRAY   "#eeeeee"

/* A panel of so many units, with nothing on it yet. */
static inline ssi_axes *sketch_panel(ssi_figure *figure, int row, int column, double width, double height,
                                     const char *title)
{
    return ssi_figure_axes(figure, row, column, .title = title, .bare = 1, .equal = 1, .xlim = {0, width},
                           .ylim = {height, 0});
}

/* A filled rectangle with its upper left corner at (x, y), and a text in its middle. */
static inline void sketch_box(ssi_axes *axes, double x, double y, double width, double height, const char *fill,
                              const char *text)
{
    double across[] = {x, x + width, x + width, x, x}, down[] = {y, y, y + height, y + height, y};
    ssi_plot_regions(axes, ssi_zeros(SSI_U8, 1, 1), .extent = {x, x + width, y, y + height}, .alpha = 1,
                     .colors = (const char *[]){fill});
    ssi_plot_line(axes, ssi_array(across, 5), ssi_array(down, 5), .color = "#555555", .width = 1);
    ssi_plot_text(axes, x + width / 2, y + height / 2, text, .align = 'c', .font_size = 11);
}

/* Numbers in cells of one unit each, row after row. */
static inline void sketch_cells(ssi_axes *axes, double x, double y, int rows, int columns, const int *values,
                                const char *fill)
{
    for (int i = 0; i < rows * columns; i++) {
        char text[16];
        snprintf(text, sizeof(text), "%d", values[i]);
        sketch_box(axes, x + i % columns, y + i / columns, 1, 1, fill, text);
    }
}

/* A text around the point (x, y). */
static inline void sketch_text(ssi_axes *axes, double x, double y, const char *text)
{
    ssi_plot_text(axes, x, y, text, .align = 'c', .font_size = 11);
}

static inline void sketch_arrow(ssi_axes *axes, double from_x, double from_y, double to_x, double to_y)
{
    ssi_plot_arrow(axes, from_x, from_y, to_x, to_y, .color = "#333333", .width = 1.2);
}

#endif
