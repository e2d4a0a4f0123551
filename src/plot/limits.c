/*
 * limits.c - which part of the plane a panel shows: what lies in it and a margin of 5 %, as matplotlib chooses it. There is no
 * margin beyond what "sticks": the edges of images, and the ground that bars stand on.
 */
#include "plot/figure.h"

#include <math.h>

#define MARGIN 0.05

/* What one axis must show, and where it sticks. */
typedef struct extent {
    double low, high;
    const ssi_axes *axes;
    int axis;
} extent;

/* What is not so large that a range of it could not be reckoned with, nor so small on a logarithmic axis; false for NaN, too. */
static bool usable(const ssi_axes *axes, int axis, double value)
{
    return fabs(value) < 1e300 && (!axes->log[axis] || value > 1e-300);
}

bool ssi_point_drawable(const ssi_axes *axes, const double *point)
{
    return usable(axes, SSI_X, point[0]) && usable(axes, SSI_Y, point[1]);
}

static void include(extent *e, double value)
{
    if (usable(e->axes, e->axis, value)) {
        value = fabs(value) > 1e-300 ? value : 0; /* as good as nothing, but no extent for gnuplot */
        e->low = fmin(e->low, value);
        e->high = fmax(e->high, value);
    }
}

static void include_layer(extent *e, const layer *it)
{
    int axis = e->axis;
    switch (it->kind) {
    case LAYER_LINE:
    case LAYER_SCATTER:
        for (int64_t i = 0; i < it->rows; i++) {
            if (ssi_point_drawable(e->axes, &it->value[2 * i])) {
                include(e, it->value[2 * i + axis]);
            }
        }
        break;
    case LAYER_BAR:
        for (int64_t i = 0; i < 2 * it->rows; i++) {
            include(e, it->value[i / 2 * 4 + 2 * axis + i % 2]);
        }
        break;
    case LAYER_IMAGE:
        include(e, it->extent[2 * axis]);
        include(e, it->extent[2 * axis + 1]);
        break;
    case LAYER_RULE:
    case LAYER_SPAN:
        for (int64_t i = 0; i < it->columns && it->vertical == (axis == SSI_X); i++) {
            include(e, it->value[i]);
        }
        break;
    case LAYER_ARROW:
        include(e, it->value[axis]);
        include(e, it->value[axis + 2]);
        break;
    case LAYER_TEXT:
        break;
    }
}

/* Whether nothing may be shown beyond `edge`. */
static bool sticks(const extent *e, double edge)
{
    for (size_t i = 0; i < e->axes->layers; i++) {
        const layer *it = &e->axes->layer[i];
        bool ground = it->kind == LAYER_BAR && e->axis == SSI_Y && edge == 0;
        bool border =
            it->kind == LAYER_IMAGE && (edge == it->extent[2 * e->axis] || edge == it->extent[2 * e->axis + 1]);
        if (ground || border) {
            return true;
        }
    }
    return false;
}

static double from_log(const extent *e, double value)
{
    return e->axes->log[e->axis] ? pow(10, value) : value;
}

/* The margin, and a little room where there is no extent. */
static range widen(extent *e)
{
    bool log = e->axes->log[e->axis];
    if (!(e->low <= e->high)) {
        return log ? (range){1, 10, true} : (range){0, 1, false};
    }
    if (e->low == e->high && log) {
        e->low = pow(10, floor(log10(e->low))), e->high = 10 * e->low;
    } else if (e->low == e->high) {
        double room = e->low == 0 ? MARGIN : MARGIN * fabs(e->low);
        e->low -= room, e->high += room;
    }
    double low = log ? log10(e->low) : e->low, high = log ? log10(e->high) : e->high;
    double margin = MARGIN * (high - low);
    return (range){sticks(e, e->low) ? e->low : from_log(e, low - margin),
                   sticks(e, e->high) ? e->high : from_log(e, high + margin), log};
}

/* Whether an image stands on its head here: row 0, which is on top, has the smaller y. */
static bool turned(const ssi_axes *axes, int axis)
{
    const layer *first = axes->layers > 0 ? &axes->layer[0] : NULL;
    return first != NULL && first->kind == LAYER_IMAGE && first->extent[2 * axis] > first->extent[2 * axis + 1];
}

static range find_range(const ssi_axes *axes, int axis)
{
    extent e = {INFINITY, -INFINITY, axes, axis};
    const double *limit = axes->limit[axis];
    if (limit[0] != limit[1]) {
        return (range){limit[0], limit[1], axes->log[axis]};
    }
    for (size_t i = 0; i < axes->layers; i++) {
        include_layer(&e, &axes->layer[i]);
    }
    range found = widen(&e);
    return turned(axes, axis) ? (range){found.to, found.from, found.log} : found;
}

frame ssi_axes_frame(const ssi_axes *axes)
{
    return (frame){find_range(axes, SSI_X), find_range(axes, SSI_Y)};
}

double ssi_share(const range *of, double value)
{
    if (of->log) {
        return value > 0 ? log10(value / of->from) / log10(of->to / of->from) : (double)NAN;
    }
    double share = value / (of->to - of->from) - of->from / (of->to - of->from);
    return isfinite(share) ? share : (double)NAN;
}

bool ssi_axes_square(const ssi_axes *axes)
{
    bool square = axes->equal;
    for (size_t i = 0; i < axes->layers; i++) {
        square = square || (axes->layer[i].kind == LAYER_IMAGE && axes->layer[i].square);
    }
    return square && !axes->log[SSI_X] && !axes->log[SSI_Y];
}

bool ssi_clip_line(const double low[2], const double high[2], double from[2], double to[2])
{
    double enter = 0, leave = 1, way[2] = {to[0] - from[0], to[1] - from[1]};
    for (int side = 0; side < 4; side++) {
        int k = side / 2;
        double towards = side % 2 ? way[k] : -way[k], room = side % 2 ? high[k] - from[k] : from[k] - low[k];
        if (!isfinite(room + towards) || (towards == 0 && room < 0)) {
            return false;
        }
        enter = towards < 0 ? fmax(enter, room / towards) : enter;
        leave = towards > 0 ? fmin(leave, room / towards) : leave;
    }
    for (int k = 0; k < 2 && enter <= leave; k++) {
        to[k] = from[k] + leave * way[k];
        from[k] += enter * way[k];
    }
    return enter <= leave;
}
