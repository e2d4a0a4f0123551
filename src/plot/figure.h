/*
 * figure.h - what a figure is made of, and who does what to it:
 *
 *     figure.c, content.c, matrix.c, network.c fill it; limits.c, ticks.c, layout.c say where things go, in any form of it;
 *     script.c and script_content.c write it down for gnuplot, save.c makes a file of it; canvas.c, picture.c draw it in characters, show.c shows it.
 */
#ifndef SSI_SRC_PLOT_FIGURE_H
#define SSI_SRC_PLOT_FIGURE_H

#include "ssi/plot.h"
#include "tensor/tensor.h"

enum layer_kind {
    LAYER_IMAGE,   /* value (H,W), or NULL where it was red, green and blue; pixel (H,W,3); row 0 on top */
    LAYER_SPAN,    /* value: from, to */
    LAYER_BAR,     /* value (N,4): left, right, bottom, top */
    LAYER_SCATTER, /* value (N,2) */
    LAYER_LINE,    /* value (N,2) */
    LAYER_RULE,    /* value: where; a line across the panel */
    LAYER_ARROW,   /* value: from x, y, to x, y */
    LAYER_TEXT     /* value: x, y; label: the text */
};

enum dash { DASH_NONE, DASH_DASHED, DASH_DOTTED };

/* One thing shown in a panel, with its own copy of the numbers. */
typedef struct layer {
    enum layer_kind kind;
    int depth; /* what is larger is drawn over it; the kind, as a rule */
    int64_t rows, columns;
    double *value;
    uint8_t *pixel;
    double extent[4]; /* of an image: left, right, bottom, top */
    char *label;      /* in the legend; NULL: none */
    uint32_t rgb;
    int64_t edge; /* color of a marker's edge; -1: none */
    char marker;  /* 0: none */
    enum dash dash;
    double width, marker_size, font_size; /* points */
    double alpha;
    char align;
    bool vertical; /* a span or rule at x */
    bool numbers;  /* write the values of an image's cells, or of bars */
    bool square;   /* an image whose pixels are square */
    uint8_t *class;
    int classes; /* the largest class + 1; 0: all of one color */
    char **class_name;
} layer;

/* Ticks of the caller's own. */
typedef struct own_ticks {
    bool given;
    int count;
    double *at;
    char **name;
} own_ticks;

enum { SSI_X, SSI_Y };
enum legend_place {
    LEGEND_BEST,
    LEGEND_UPPER_RIGHT,
    LEGEND_UPPER_LEFT,
    LEGEND_LOWER_LEFT,
    LEGEND_LOWER_RIGHT,
    LEGEND_CENTER,
    LEGEND_NONE
};

struct ssi_axes {
    char *title, *xlabel, *ylabel;
    uint32_t title_rgb;
    bool bare, equal, grid;
    bool integer[2], log[2];
    double limit[2][2];
    enum legend_place legend;
    own_ticks ticks[2];
    int lines, fills; /* how many colors of the cycle lines and filled things have taken */
    layer *layer;
    size_t layers, places;
};

struct ssi_figure {
    int rows, columns, width, height;
    char *title;
    ssi_axes *axes; /* (rows, columns) */
};

/* ---- figure.c ------------------------------------------------------------------------------------------------------ */

/* Options as this version knows them: what a caller of an older header did not know of is zero. */
void ssi_copy_options(void *into, size_t room, const void *options, size_t size);
#define COPY_OPTIONS(into, options)                                                                                    \
    ssi_copy_options(&(into), sizeof(into), options, (options) != NULL ? (options)->size : 0)
/* Replaces *held by a copy of `shown`, or by NULL. False when memory runs out. */
bool ssi_hold(char **held, const char *shown);
/* The same for `count` names; names NULL: nothing. A name that is NULL is "". */
bool ssi_hold_names(char ***held, const char *const *names, int64_t count);
/* Puts the finished layer into the panel, or frees it. */
int ssi_layer_add(ssi_axes *axes, layer *made);
/* Frees a layer that could not be finished; the status of the recorded error. */
int ssi_layer_discard(layer *made);
bool ssi_set_ticks(own_ticks *held, int count, const double *at, const char *const *names);

/* ---- color.c ------------------------------------------------------------------------------------------------------- */

uint32_t ssi_cycle_color(int i); /* matplotlib's tab10 */
/* Reads a color into *rgb; NULL leaves it as it is. False, with the error recorded for `operation`, for what is no color. */
bool ssi_read_color(const char *operation, const char *color, uint32_t *rgb);
/* A named list of colors for values; NULL for an unknown name, with the error recorded. */
typedef struct palette palette;
const palette *ssi_palette(const char *operation, const char *name);
uint32_t ssi_palette_color(const palette *of, double share); /* share from 0 to 1 */
/* `rgb` seen through, over white. */
uint32_t ssi_over_white(uint32_t rgb, double alpha);

/* ---- limits.c ------------------------------------------------------------------------------------------------------ */

/* What a panel shows: from left to right, from bottom to top. */
typedef struct range {
    double from, to;
    bool log;
} range;
typedef struct frame {
    range x, y;
} frame;

frame ssi_axes_frame(const ssi_axes *axes);
/* Where a value lies between the range's ends, from 0 to 1 within it; NaN where it has no place. */
double ssi_share(const range *of, double value);
bool ssi_point_drawable(const ssi_axes *axes, const double *point);
/* Cuts a line off at the sides of a rectangle (Liang, Barsky 1984). False where nothing of it lies inside. */
bool ssi_clip_line(const double low[2], const double high[2], double from[2], double to[2]);
/* Whether a unit of y must be as long as one of x. */
bool ssi_axes_square(const ssi_axes *axes);

/* ---- text.c: a growing text. A failed allocation empties it for good, so it is checked once, at the end. ------------- */

typedef struct text {
    char *bytes; /* terminated; NULL when nothing has been written, or `failed` */
    size_t length, capacity;
    bool failed;
} text;

/* Appends, with a decimal point whatever the program's locale. */
__attribute__((format(printf, 2, 3))) void ssi_text_add(text *t, const char *format, ...);
/* A whole number, or one of four digits, with a decimal point whatever the program's locale; in out. */
const char *ssi_text_number(double value, char out[32]);
/* Appends raw bytes. */
void ssi_text_bytes(text *t, const char *bytes, size_t count);
/* Appends a text as it may be seen: control characters as spaces, what is no UTF-8 as U+FFFD. */
void ssi_text_shown(text *t, const char *shown);
/* Appends a single-quoted gnuplot string that shows `shown`: the one way in which a user's text enters a script. */
void ssi_text_quote(text *t, const char *shown);
void ssi_text_free(text *t);
/* How many bytes the UTF-8 character at `s` has; 0 if it is none (overlong, surrogate, cut off, past U+10FFFF). */
size_t ssi_utf8_length(const unsigned char *s);

/* ---- ticks.c ------------------------------------------------------------------------------------------------------- */

#define SSI_TICKS 256

typedef struct ticks {
    int count;
    double at[SSI_TICKS];
    int decimals; /* of the labels */
    int exponent; /* the labels are multiples of 10^exponent, which is written at the axis' end; 0: plain */
    bool log;     /* powers of ten */
    int minors;
    double minor[SSI_TICKS];
    const char *name[SSI_TICKS]; /* the caller's; NULL: the number */
    bool small[SSI_TICKS];       /* a minor tick that has a label */
} ticks;

/* Round numbers in the range, as matplotlib's MaxNLocator: at most `most` steps, of 1, 2, 2.5 or 5 times a power of ten; on log axes
 * powers of ten, with minor ticks between. */
ticks ssi_ticks(const range *of, int most, bool integers, const own_ticks *own);
/* The tick's text, "0.25", with a real minus sign, for at least 32 bytes of `out` unless it is the caller's. */
const char *ssi_tick_text(const ticks *of, int i, char out[32]);

/* ---- font.c: how wide DejaVu Sans is, in ems ------------------------------------------------------------------------- */

double ssi_text_width(const char *shown);

/* ---- script.c ------------------------------------------------------------------------------------------------------ */

/* The whole script, data included, in one form ("png", "svg", "pdf"); the picture goes to gnuplot's stdout. */
void ssi_figure_script(const ssi_figure *figure, const char *form, text *script);

/* ---- picture.c ----------------------------------------------------------------------------------------------------- */

/* The figure in characters, so many columns wide. */
void ssi_figure_picture(const ssi_figure *figure, int columns, bool ascii, bool color, text *out);

/* ---- child.c ------------------------------------------------------------------------------------------------------- */

/* A program that draws: it reads a script on its stdin and answers with a picture. */
typedef struct drawer {
    const char *name;
    char *const *arguments; /* NULL-terminated, the name first */
    const char *operation;  /* in errors */
    const char *missing;    /* what to say where it is not installed; with a hint */
    bool warns;             /* lines that begin with "Warning: " are no failure */
} drawer;

extern const drawer ssi_gnuplot;
extern int ssi_drawer_limit_ms; /* how long a drawer may take; tests shorten it */

/* Runs the drawer on the script and collects the picture. 0, or a negative ssi_status with the error recorded. */
int ssi_draw(const drawer *by, const text *script, text *picture);
bool ssi_drawer_there(const drawer *by);
/* Fails with SSI_UNSUPPORTED, naming the package, when there is none. */
int ssi_drawer_find(const drawer *by);

/* ---- save.c -------------------------------------------------------------------------------------------------------- */

/* The picture's bytes in one form ("png", "svg", "pdf"). */
int ssi_figure_draw(const ssi_figure *figure, const char *form, text *picture);

#endif
