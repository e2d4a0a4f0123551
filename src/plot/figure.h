/*
 * figure.h - what a figure is made of. figure.c fills it, script.c writes it down for gnuplot, save.c makes a file of it.
 */
#ifndef SSI_SRC_PLOT_FIGURE_H
#define SSI_SRC_PLOT_FIGURE_H

#include "ssi/plot.h"
#include "tensor/tensor.h"

enum layer_kind { LAYER_LINE, LAYER_IMAGE, LAYER_HEATMAP };

/* One thing shown in a panel, with its own copy of the numbers. */
typedef struct layer {
    enum layer_kind kind;
    int64_t rows, columns; /* of a line: N and 2, the points */
    double *value;         /* (rows, columns) */
    double low, high;      /* the smallest and largest finite value; of a line's y likewise */
    char *label, *color;   /* NULL: none; the cycle's */
    bool marker, dashed, values;
    char **row_name, **column_name; /* of a heat map; NULL: 0, 1, 2, ... */
} layer;

struct ssi_axes {
    char *title, *xlabel, *ylabel, *title_color;
    bool bare, integer_x, no_legend;
    layer *layer;
    size_t layers, places;
};

struct ssi_figure {
    int rows, columns, width, height;
    char *title;
    ssi_axes *axes; /* (rows, columns) */
};

/* ---- text.c: a growing text. A failed allocation empties it for good, so it is checked once, at the end. ------------- */

typedef struct text {
    char *bytes; /* terminated; NULL when nothing has been written, or `failed` */
    size_t length, capacity;
    bool failed;
} text;

/* Appends, with a decimal point whatever the program's locale. */
__attribute__((format(printf, 2, 3))) void ssi_text_add(text *t, const char *format, ...);
/* Appends raw bytes. */
void ssi_text_bytes(text *t, const char *bytes, size_t count);
/* Appends a single-quoted gnuplot string that shows `shown`: the one way in which a user's text enters a script. */
void ssi_text_quote(text *t, const char *shown);
/* The same for a tick's label, which gnuplot would otherwise read as a format. */
void ssi_text_quote_tick(text *t, const char *shown);
void ssi_text_free(text *t);

/* ---- ticks.c ------------------------------------------------------------------------------------------------------- */

#define SSI_TICKS 16

/* Round numbers between low and high, as matplotlib's MaxNLocator: at most `most` steps, of 1, 2, 2.5 or 5 times a power of ten. */
typedef struct ticks {
    int count;
    double at[SSI_TICKS];
    int decimals; /* -1: as %g */
} ticks;

ticks ssi_ticks(double low, double high, int most, bool integers);
/* The tick's text, "0.25", with a real minus sign; in out. */
char *ssi_tick_text(const ticks *of, int i, char out[32]);

/* ---- script.c ------------------------------------------------------------------------------------------------------ */

/* The whole script, data included, in one form ("png", "svg", "pdf"); the picture goes to gnuplot's stdout. */
void ssi_figure_script(const ssi_figure *figure, const char *form, text *script);

/* ---- gnuplot.c ----------------------------------------------------------------------------------------------------- */

/* Runs gnuplot on the script and collects the picture. 0, or a negative ssi_status with the error recorded. */
extern int ssi_gnuplot_limit_ms; /* how long it may take; tests shorten it */
int ssi_gnuplot(const text *script, text *picture);
/* Fails with SSI_UNSUPPORTED, naming the package, when there is none. */
int ssi_gnuplot_find(void);

#endif
