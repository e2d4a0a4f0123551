/*
 * figure.c - figures and panels: their options, checked and copied, and their end. What panels show is added by content.c and matrix.c.
 */
#include "plot/figure.h"

#include <math.h>
#include <string.h>

/* ---- what is held ---- */

void ssi_copy_options(void *into, size_t room, const void *options, size_t size)
{
    memset(into, 0, room);
    if (options != NULL) {
        memcpy(into, options, size < room ? size : room);
    }
}

bool ssi_hold(char **held, const char *shown)
{
    char *copy = shown != NULL ? ssi_strdup(shown) : NULL;
    if (shown != NULL && copy == NULL) {
        return false;
    }
    ssi_free(*held);
    *held = copy;
    return true;
}

static void free_names(char **names, int64_t count)
{
    for (int64_t i = 0; names != NULL && i < count; i++) {
        ssi_free(names[i]);
    }
    ssi_free(names);
}

bool ssi_hold_names(char ***held, const char *const *names, int64_t count)
{
    if (names == NULL) {
        return true;
    }
    char **copy = ssi_calloc((size_t)count + 1, sizeof(*copy));
    bool all = copy != NULL;
    for (int64_t i = 0; all && i < count; i++) {
        all = ssi_hold(&copy[i], names[i] != NULL ? names[i] : "");
    }
    if (!all) {
        free_names(copy, count);
        return false;
    }
    *held = copy;
    return true;
}

static void free_layer(layer *it)
{
    ssi_free(it->value);
    ssi_free(it->pixel);
    ssi_free(it->label);
    ssi_free(it->class);
    free_names(it->class_name, it->classes);
}

static void free_ticks(own_ticks *held)
{
    ssi_free(held->at);
    free_names(held->name, held->count);
    *held = (own_ticks){0};
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
    free_ticks(&axes->ticks[SSI_X]);
    free_ticks(&axes->ticks[SSI_Y]);
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

int ssi_layer_add(ssi_axes *axes, layer *made)
{
    layer *grown = ssi_grow(axes->layer, &axes->places, axes->layers + 1, sizeof(*grown));
    if (grown == NULL) {
        free_layer(made);
        return SSI_NO_MEMORY;
    }
    axes->layer = grown;
    made->depth = made->kind;
    axes->layer[axes->layers++] = *made;
    return 0;
}

int ssi_layer_discard(layer *made)
{
    free_layer(made);
    return ssi_failed() ? ssi_error_peek()->code : SSI_INTERNAL;
}

/* ---- figures ---- */

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
    if (figure->axes == NULL || !ssi_hold(&figure->title, o.title)) {
        ssi_figure_free(figure);
        return NULL;
    }
    return figure;
}

/* ---- panels ---- */

static bool read_legend(const char *name, enum legend_place *place)
{
    static const char *const names[] = {"best", "upper right", "upper left", "lower left", "lower right", "center"};
    *place = LEGEND_BEST;
    if (name == NULL) {
        return true;
    }
    for (int i = 0; i < LEGEND_NONE; i++) {
        if (strcmp(name, names[i]) == 0) {
            *place = (enum legend_place)i;
            return true;
        }
    }
    ssi_fail(SSI_INVALID, "figure_axes",
             "a legend has no place '%.40s'\nit has best, upper right, upper left, lower left, lower right, center",
             name);
    return false;
}

/* The caller's limits of one axis; both 0: none. */
static bool read_limits(char axis, const double given[2], bool log, double limit[2])
{
    bool possible = isfinite(given[0]) && isfinite(given[1]) && fabs(given[0]) < 1e300 && fabs(given[1]) < 1e300 &&
                    (given[0] != given[1] || given[0] == 0) &&
                    !(log && given[0] != given[1] && fmin(given[0], given[1]) <= 0);
    if (!possible) {
        ssi_fail(SSI_INVALID, "figure_axes", "%clim {%g, %g}: two different numbers%s", axis, given[0], given[1],
                 log ? " above 0 on a logarithmic axis" : "");
        return false;
    }
    memcpy(limit, given, 2 * sizeof(double));
    return true;
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
    uint32_t title_rgb = 0x000000;
    enum legend_place legend;
    double limit[2][2];
    if (!ssi_read_color("figure_axes", o.title_color, &title_rgb) || !read_legend(o.legend, &legend) ||
        !read_limits('x', o.xlim, o.log_x != 0, limit[SSI_X]) ||
        !read_limits('y', o.ylim, o.log_y != 0, limit[SSI_Y])) {
        return NULL;
    }
    ssi_axes *axes = &figure->axes[row * figure->columns + column];
    if (!ssi_hold(&axes->title, o.title) || !ssi_hold(&axes->xlabel, o.xlabel) || !ssi_hold(&axes->ylabel, o.ylabel)) {
        return NULL;
    }
    axes->title_rgb = title_rgb;
    axes->bare = o.bare != 0;
    axes->equal = o.equal != 0;
    axes->grid = o.grid != 0;
    axes->integer[SSI_X] = o.integer_x != 0;
    axes->integer[SSI_Y] = o.integer_y != 0;
    axes->log[SSI_X] = o.log_x != 0;
    axes->log[SSI_Y] = o.log_y != 0;
    axes->legend = o.no_legend ? LEGEND_NONE : legend;
    memcpy(axes->limit, limit, sizeof(limit));
    return axes;
}

bool ssi_set_ticks(own_ticks *held, int count, const double *at, const char *const *names)
{
    own_ticks made = {.given = true, .count = count, .at = ssi_calloc((size_t)count + 1, sizeof(double))};
    if (made.at == NULL || !ssi_hold_names(&made.name, names, count)) {
        free_ticks(&made);
        return false;
    }
    memcpy(made.at, at, (size_t)count * sizeof(double));
    free_ticks(held);
    *held = made;
    return true;
}

int ssi_axes_ticks(ssi_axes *axes, char axis, int count, const double *at, const char *const *names)
{
    if (axes == NULL) {
        return SSI_INVALID;
    }
    if ((axis != 'x' && axis != 'y') || count < 0 || count > SSI_TICKS || (count > 0 && at == NULL)) {
        return ssi_fail(SSI_INVALID, "axes_ticks", "%d ticks on the axis '%c'\n0 to %d, on 'x' or 'y'", count, axis,
                        SSI_TICKS);
    }
    return ssi_set_ticks(&axes->ticks[axis == 'x' ? SSI_X : SSI_Y], count, count > 0 ? at : (double[1]){0}, names)
               ? 0
               : SSI_NO_MEMORY;
}
