/*
 * script.h - what the writers of a gnuplot script share. All lengths are pixels, from the figure's lower left corner, of a figure of 100
 * pixels to an inch; every position is given, so gnuplot decides nothing but how to draw, and its version matters little.
 *
 * A user's text enters by ssi_text_quote only. There is no `set output`: the picture goes to stdout.
 */
#ifndef SSI_SRC_PLOT_SCRIPT_H
#define SSI_SRC_PLOT_SCRIPT_H

#include "plot/figure.h"

#define POINT  (100.0 / 72) /* pixels */
#define FONT   (10 * POINT) /* the size of the usual text */
#define TITLE  (12 * POINT) /* of titles */
#define TEXT_H 14.0         /* the height that a line of usual text takes, with its descent */

/* What our units are called in each form. */
typedef struct terminal {
    const char *name, *driver, *options;
    const char *unit;        /* of the size */
    double units;            /* per pixel */
    double font;             /* size of a text of one pixel */
    double line;             /* line width of one pixel */
    double marker;           /* point size of a disc of one pixel */
    double dash;             /* how long it takes a dash of one unit to be */
    double raise;            /* how far too high it puts a text, in sizes of the text */
    double shift_x, shift_y; /* pixels: see ssi_screen_x */
    bool shapes;             /* images are drawn as rectangles, which stay sharp when enlarged */
} terminal;

typedef struct box {
    double left, right, bottom, top;
} box;

/* Where the panels' cells lie: the first one's corner, their size, the gaps between them. */
typedef struct grid {
    double left, bottom, w, h, gap_x, gap_y;
} grid;

typedef struct pen {
    const ssi_figure *figure;
    const terminal *terminal;
    text *out;
    grid grid;
    const ssi_axes *axes; /* the panel being drawn, and where */
    int index;
    box box;
    frame frame;
    ticks tick[2];
} pen;

/* ---- layout.c ---- */

grid ssi_measure_grid(const pen *p);
/* What of the figure's height is the panels'. */
double ssi_panels_height(const ssi_figure *figure);
/* Where the panel (row, column) and its ticks go. */
void ssi_place_panel(pen *p, int row, int column);
double ssi_title_size(const pen *p);
/* The widest label of the y axis, in pixels. */
double ssi_widest_tick(const ticks *of);

/* ---- script.c ---- */

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };
/* A text whose middle (or end) is at a place of the figure. */
void ssi_write_text(const pen *p, const char *shown, double x, double y, enum align align, double size, uint32_t rgb,
                    bool upright);
/* Appends " lc rgb '#AARRGGBB'". */
void ssi_write_color(const pen *p, uint32_t rgb, double alpha);
double ssi_screen_x(const pen *p, double x);
double ssi_screen_y(const pen *p, double y);
/* The pixel at which a panel shows a value. */
double ssi_x_pixel(const pen *p, double x);
double ssi_y_pixel(const pen *p, double y);

/* ---- script_content.c ---- */

void ssi_write_content(const pen *p);
/* A marker's " pt 7 ps 1 lw 1" that is `points` across. */
void ssi_write_marker(const pen *p, char marker, double points);
void ssi_write_dash(const pen *p, const layer *of);

/* ---- legend.c ---- */

void ssi_write_legend(const pen *p);

#endif
