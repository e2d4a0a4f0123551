/*
 * figure.c - figures and panels: checks what they are given and copies it. Leaves drawing to script.c.
 */
#include "plot/figure.h"

#include <math.h>
#include <string.h>

#define MATRIX_LIMIT (1 << 24) /* elements: more is no picture any more, and takes gnuplot minutes */

/* ---- options: what a caller of an older header did not know of is zero ---- */

static void copy_options(void *into, size_t room, const void *options, size_t size)
{
    memset(into, 0, room);
    if (options != NULL) {
        memcpy(into, options, size < room ? size : room);
    }
}
#define COPY_OPTIONS(into, options)                                                                                    \
    copy_options(&(into), sizeof(into), options, (options) != NULL ? (options)->size : 0)

/* Replaces *held by a copy of `text`, or by NULL. */
static bool hold(char **held, const char *shown)
{
    char *copy = shown != NULL ? ssi_strdup(shown) : NULL;
    if (shown != NULL && copy == NULL) {
        return false;
    }
    ssi_free(*held);
    *held = copy;
    return true;
}

static bool is_color(const char *color)
{
    return color == NULL || (color[0] == '#' && strlen(color) == 7 && strspn(color + 1, "0123456789abcdefABCDEF") == 6);
}

/* ---- figures ---- */

static void free_names(char **names, int64_t count)
{
    for (int64_t i = 0; names != NULL && i < count; i++) {
        ssi_free(names[i]);
    }
    ssi_free(names);
}

static void free_layer(layer *it)
{
    ssi_free(it->value);
    ssi_free(it->label);
    ssi_free(it->color);
    free_names(it->row_name, it->rows);
    free_names(it->column_name, it->columns);
}

static void free_axes(ssi_axes *axes)
{
    for (size_t i = 0; i < axes->layers; i++) {
        free_layer(&axes->layer[i]);
    }
    ssi_free(axes->layer);
    ssi_free(axes->title);
    ssi_free(axes->xlabel);
    ssi_free(axes->ylabel);
    ssi_free(axes->title_color);
}

void ssi_figure_free(ssi_figure *figure)
{
    if (figure == NULL) {
        return;
    }
    for (int i = 0; figure->axes != NULL && i < figure->rows * figure->columns; i++) {
        free_axes(&figure->axes[i]);
    }
    ssi_free(figure->axes);
    ssi_free(figure->title);
    ssi_free(figure);
}

static int or_default(int value, int usual)
{
    return value == 0 ? usual : value;
}

ssi_figure *(ssi_figure_new)(const ssi_figure_options *options)
{
    ssi_figure_options o;
    COPY_OPTIONS(o, options);
    int rows = or_default(o.rows, 1), columns = or_default(o.columns, 1);
    int width = or_default(o.width, 640), height = or_default(o.height, 480);
    if (rows < 1 || rows > 64 || columns < 1 || columns > 64) {
        return SSI_FAIL_NULL(SSI_INVALID, "figure", "%d rows and %d columns of panels; 1 to 64 of each", rows, columns);
    }
    if (width < 64 || width > 8192 || height < 64 || height > 8192) {
        return SSI_FAIL_NULL(SSI_INVALID, "figure", "%d x %d pixels; 64 to 8192 each", width, height);
    }
    ssi_figure *figure = ssi_calloc(1, sizeof(*figure));
    if (figure == NULL) {
        return NULL;
    }
    *figure = (ssi_figure){.rows = rows, .columns = columns, .width = width, .height = height};
    figure->axes = ssi_calloc((size_t)(rows * columns), sizeof(*figure->axes));
    if (figure->axes == NULL || !hold(&figure->title, o.title)) {
        ssi_figure_free(figure);
        return NULL;
    }
    return figure;
}

ssi_axes *(ssi_figure_axes)(ssi_figure *figure, int row, int column, const ssi_axes_options *options)
{
    if (figure == NULL) {
        return NULL;
    }
    if (row < 0 || row >= figure->rows || column < 0 || column >= figure->columns) {
        return SSI_FAIL_NULL(SSI_INVALID, "figure_axes", "no panel (%d,%d) in a figure of %d rows and %d columns", row,
                             column, figure->rows, figure->columns);
    }
    ssi_axes_options o;
    COPY_OPTIONS(o, options);
    if (!is_color(o.title_color)) {
        return SSI_FAIL_NULL(SSI_INVALID, "figure_axes", "title_color '%s' is no color\nwrite #rrggbb", o.title_color);
    }
    ssi_axes *axes = &figure->axes[row * figure->columns + column];
    axes->bare = o.bare != 0;
    axes->integer_x = o.integer_x != 0;
    axes->no_legend = o.no_legend != 0;
    bool held = hold(&axes->title, o.title) && hold(&axes->xlabel, o.xlabel) && hold(&axes->ylabel, o.ylabel) &&
                hold(&axes->title_color, o.title_color);
    return held ? axes : NULL;
}

/* ---- contents ---- */

/* Puts the finished layer into the panel, or frees it. */
static int add_layer(ssi_axes *axes, layer *made)
{
    layer *grown = ssi_grow(axes->layer, &axes->places, axes->layers + 1, sizeof(*grown));
    if (grown == NULL) {
        free_layer(made);
        return SSI_NO_MEMORY;
    }
    axes->layer = grown;
    axes->layer[axes->layers++] = *made;
    return 0;
}

static int discard(layer *made)
{
    free_layer(made);
    return ssi_failed() ? ssi_error_peek()->code : SSI_INTERNAL;
}

/* The range of the finite values of one column out of `columns`; of all when column is negative. */
static void find_range(layer *it, int column)
{
    it->low = INFINITY;
    it->high = -INFINITY;
    for (int64_t i = 0; i < it->rows * it->columns; i++) {
        bool counts = (column < 0 || i % it->columns == column) && isfinite(it->value[i]);
        it->low = counts ? fmin(it->low, it->value[i]) : it->low;
        it->high = counts ? fmax(it->high, it->value[i]) : it->high;
    }
    if (!(it->low <= it->high)) {
        it->low = it->high = 0;
    }
}

/* One coordinate of every point: column 0 is x, column 1 is y. */
static bool read_column(layer *line, int column, ssi_tensor *from)
{
    double *read = ssi_alloc((size_t)line->rows * sizeof(double) + 1);
    bool done = read != NULL && ssi_read(from, SSI_F64, read, line->rows) == 0;
    for (int64_t i = 0; done && i < line->rows; i++) {
        line->value[2 * i + column] = read[i];
    }
    ssi_free(read);
    return done;
}

int(ssi_plot_line)(ssi_axes *axes, ssi_tensor *x, ssi_tensor *y, const ssi_line_options *options)
{
    if (axes == NULL || y == NULL) {
        return SSI_INVALID;
    }
    ssi_line_options o;
    COPY_OPTIONS(o, options);
    char a[SSI_SHAPE_TEXT], b[SSI_SHAPE_TEXT];
    int64_t nx = x != NULL ? ssi_dim(x, 0) : 0, ny = ssi_dim(y, 0);
    if (ssi_rank(y) != 1 || (x != NULL && (ssi_rank(x) != 1 || nx != ny))) {
        return ssi_fail(SSI_INVALID, "plot_line", "x %s, y %s: one x and one y for every point",
                        x != NULL ? ssi_describe(x, a) : "none", ssi_describe(y, b));
    }
    if (!is_color(o.color)) {
        return ssi_fail(SSI_INVALID, "plot_line", "'%s' is no color\nwrite #rrggbb", o.color);
    }
    layer line = {.kind = LAYER_LINE, .rows = ny, .columns = 2, .marker = o.marker != 0, .dashed = o.dashed != 0};
    line.value = ssi_calloc((size_t)ny * 2 + 1, sizeof(double));
    bool made = line.value != NULL && hold(&line.label, o.label) && hold(&line.color, o.color) &&
                read_column(&line, 1, y) && (x == NULL || read_column(&line, 0, x));
    if (!made) {
        return discard(&line);
    }
    for (int64_t i = 0; x == NULL && i < ny; i++) {
        line.value[2 * i] = (double)i;
    }
    find_range(&line, 1);
    return add_layer(axes, &line);
}

/* A layer of the elements of a matrix; `operation` names the caller in errors. False with the error recorded. */
static bool read_matrix(layer *it, const char *operation, ssi_tensor *from)
{
    char shape[SSI_SHAPE_TEXT];
    if (ssi_rank(from) != 2 || ssi_size(from) == 0 || ssi_size(from) > MATRIX_LIMIT) {
        ssi_fail(SSI_INVALID, operation, "%s is no matrix of 1 to %d elements", ssi_describe(from, shape),
                 MATRIX_LIMIT);
        return false;
    }
    it->rows = ssi_dim(from, 0);
    it->columns = ssi_dim(from, 1);
    it->value = ssi_alloc((size_t)ssi_size(from) * sizeof(double));
    if (it->value == NULL || ssi_read(from, SSI_F64, it->value, ssi_size(from)) != 0) {
        return false;
    }
    find_range(it, -1);
    return true;
}

int ssi_plot_image(ssi_axes *axes, ssi_tensor *pixels)
{
    if (axes == NULL || pixels == NULL) {
        return SSI_INVALID;
    }
    layer image = {.kind = LAYER_IMAGE};
    return read_matrix(&image, "plot_image", pixels) ? add_layer(axes, &image) : discard(&image);
}

static bool hold_names(char ***held, const char *const *names, int64_t count)
{
    if (names == NULL) {
        return true;
    }
    *held = ssi_calloc((size_t)count, sizeof(**held));
    bool all = *held != NULL;
    for (int64_t i = 0; all && i < count; i++) {
        all = hold(&(*held)[i], names[i] != NULL ? names[i] : "");
    }
    return all;
}

int(ssi_plot_heatmap)(ssi_axes *axes, ssi_tensor *values, const ssi_heatmap_options *options)
{
    if (axes == NULL || values == NULL) {
        return SSI_INVALID;
    }
    ssi_heatmap_options o;
    COPY_OPTIONS(o, options);
    layer map = {.kind = LAYER_HEATMAP, .values = o.no_values == 0};
    bool made = read_matrix(&map, "plot_heatmap", values) && hold_names(&map.row_name, o.row_names, map.rows) &&
                hold_names(&map.column_name, o.column_names, map.columns);
    return made ? add_layer(axes, &map) : discard(&map);
}
