/*
 * layout.c - where panels and their ticks go: a single one where matplotlib puts it, several as its tight_layout does, as large as what
 * stands around them allows.
 */
#include "plot/script.h"

#include <math.h>

#define PAD      (1.08 * FONT) /* round the whole and between panels: matplotlib's */
#define TICK     (3.5 * POINT) /* a tick's length, and the gap between it and its label */
#define LABEL    (4 * POINT)   /* the gap before an axis' label */
#define AIR      5.0           /* the least between what stands around two panels */
#define BARE_PAD 4.0           /* between a picture without a frame and its title */

/* How far what belongs to a panel sticks out of its box. */
typedef struct around {
    double left, right, bottom, top;
} around;

double ssi_widest_tick(const ticks *of)
{
    double widest = 0;
    for (int i = 0; i < of->count; i++) {
        char shown[32];
        widest = fmax(widest, ssi_text_width(ssi_tick_text(of, i, shown)) * FONT);
    }
    return widest;
}

static int tick_room(double pixels, double each)
{
    return (int)fmin(fmax(pixels / each, 1), 9);
}

static void find_ticks(pen *p)
{
    const ssi_axes *axes = p->axes;
    double w = p->box.right - p->box.left, h = p->box.top - p->box.bottom;
    p->tick[SSI_X] = ssi_ticks(&p->frame.x, tick_room(w, 3 * FONT), axes->integer[SSI_X], &axes->ticks[SSI_X]);
    p->tick[SSI_Y] = ssi_ticks(&p->frame.y, tick_room(h, 2 * FONT), axes->integer[SSI_Y], &axes->ticks[SSI_Y]);
}

static around find_around(const pen *p)
{
    const ssi_axes *axes = p->axes;
    around a = {0};
    if (!axes->bare) {
        const ticks *x = &p->tick[SSI_X], *y = &p->tick[SSI_Y];
        char shown[32];
        a.left = TICK + (y->count > 0 ? TICK + ssi_widest_tick(y) : 0) + (axes->ylabel != NULL ? LABEL + TEXT_H : 0);
        a.bottom = TICK + (x->count > 0 ? TICK + TEXT_H : 0) + (axes->xlabel != NULL ? LABEL + TEXT_H : 0);
        a.right = x->count > 0 ? 0.4 * FONT * ssi_text_width(ssi_tick_text(x, x->count - 1, shown)) : 0;
        a.top = TEXT_H / 2;
    }
    a.top =
        axes->title != NULL && axes->title[0] != '\0' ? 6 * POINT + TITLE * 0.86 * ssi_title_size(p) / TITLE : a.top;
    return a;
}

static bool is_used(const ssi_figure *figure, const ssi_axes *axes)
{
    return figure->rows * figure->columns == 1 || axes->layers > 0 || axes->title != NULL;
}

/* The largest part of the box where a unit of x is as long as one of y. */
static void make_square(pen *p)
{
    double w = p->box.right - p->box.left, h = p->box.top - p->box.bottom;
    double x = fabs(p->frame.x.to - p->frame.x.from), y = fabs(p->frame.y.to - p->frame.y.from);
    double unit = fmin(w / x, h / y), spare_w = (w - unit * x) / 2, spare_h = (h - unit * y) / 2;
    if (isfinite(unit) && unit > 0) {
        p->box = (box){p->box.left + spare_w, p->box.right - spare_w, p->box.bottom + spare_h, p->box.top - spare_h};
    }
}

/* ---- several panels ---- */

static around larger_of(around a, around b)
{
    return (around){fmax(a.left, b.left), fmax(a.right, b.right), fmax(a.bottom, b.bottom), fmax(a.top, b.top)};
}

/* How far a panel's surroundings stick out of its cell of this size; less than 0 where a square panel leaves room in it. */
static around measure_panel(const pen *p, const ssi_axes *axes, double w, double h)
{
    pen one = *p;
    one.axes = axes;
    one.frame = ssi_axes_frame(axes);
    one.box = (box){0, w, 0, h};
    if (ssi_axes_square(axes)) {
        make_square(&one);
    }
    find_ticks(&one);
    around a = find_around(&one);
    return (around){a.left - one.box.left, a.right - (w - one.box.right), a.bottom - one.box.bottom,
                    a.top - (h - one.box.top)};
}

/* The most that any panel sticks out of a cell of this size. Names too long for their panel are cut off. */
static around measure_all(const pen *p, double w, double h)
{
    const ssi_figure *f = p->figure;
    around most = {-INFINITY, -INFINITY, -INFINITY, -INFINITY};
    for (int i = 0; i < f->rows * f->columns; i++) {
        const ssi_axes *axes = &f->axes[i];
        most = is_used(f, axes) ? larger_of(most, measure_panel(p, axes, w, h)) : most;
    }
    w = (double)f->width / f->columns, h = (double)f->height / f->rows;
    return (around){fmin(most.left, 0.35 * w), fmin(most.right, 0.15 * w), fmin(most.bottom, 0.3 * h),
                    fmin(most.top, 0.25 * h)};
}

/* Equal cells with that much room around and between them. */
static grid share_out(const ssi_figure *f, around most, double height)
{
    double pad_x = fmin(PAD, 0.12 * f->width / f->columns), pad_y = fmin(PAD, 0.12 * height / f->rows);
    grid g = {.left = fmax(most.left, 0) + pad_x, .bottom = fmax(most.bottom, 0) + pad_y};
    g.gap_x = most.left + most.right + pad_x;
    g.gap_y = most.bottom + most.top + pad_y;
    g.w = (f->width - g.left - fmax(most.right, 0) - pad_x - g.gap_x * (f->columns - 1)) / f->columns;
    g.h = (height - g.bottom - fmax(most.top, 0) - pad_y - g.gap_y * (f->rows - 1)) / f->rows;
    return g;
}

/* matplotlib's tight_layout measures in its usual grid, whose gaps are a fifth of the cells, and square panels may leave room there that they do not
 * leave in the cells they get. Where what stands around them would not fit then, it is measured as if they left none. */
grid ssi_measure_grid(const pen *p)
{
    const ssi_figure *f = p->figure;
    double height = ssi_panels_height(f), usual_w = 0.775 * f->width / (f->columns + 0.2 * (f->columns - 1));
    double usual_h = 0.77 * height / (f->rows + 0.2 * (f->rows - 1));
    around most = measure_all(p, usual_w, usual_h);
    grid g = share_out(f, most, height);
    around real = measure_all(p, g.w, g.h);
    double right = f->width - g.left - f->columns * g.w - (f->columns - 1) * g.gap_x;
    double top = height - g.bottom - f->rows * g.h - (f->rows - 1) * g.gap_y;
    bool fits = real.left + AIR < g.left && real.right + AIR < right && real.bottom + AIR < g.bottom &&
                real.top + AIR < top && real.left + real.right + AIR < g.gap_x &&
                real.bottom + real.top + AIR < g.gap_y;
    return fits ? g : share_out(f, larger_of(most, real), height);
}

static box place_in_grid(const pen *p, int row, int column)
{
    const grid *g = &p->grid;
    double left = g->left + column * (g->w + g->gap_x),
           bottom = g->bottom + (p->figure->rows - 1 - row) * (g->h + g->gap_y);
    return (box){left, left + g->w, bottom, bottom + g->h};
}

/* ---- one panel ---- */

/* The single panel's box; wider margins only where names would be cut off. */
static box place_single(const pen *p, double height)
{
    const ssi_figure *f = p->figure;
    box usual = {0.125 * f->width, 0.9 * f->width, 0.11 * height, 0.88 * height};
    pen one = *p;
    one.box = usual;
    find_ticks(&one);
    around a = find_around(&one);
    if (p->axes->bare) {
        return (box){0, f->width, 0, height - (a.top > 0 ? a.top + BARE_PAD : 0)};
    }
    usual.left = fmin(fmax(usual.left, a.left + 2), 0.6 * f->width);
    usual.bottom = fmin(fmax(usual.bottom, a.bottom + 2), 0.6 * height);
    usual.top = fmax(fmin(usual.top, height - a.top - 2), usual.bottom + 1);
    return usual;
}

/* Smaller, down to legibility, where the panel is narrow. */
double ssi_title_size(const pen *p)
{
    double room = (double)p->figure->width / p->figure->columns - 6;
    double fits = room / fmax(ssi_text_width(p->axes->title != NULL ? p->axes->title : ""), 1e-3);
    return fmin(TITLE, fmax(fits, 0.65 * FONT));
}

double ssi_panels_height(const ssi_figure *figure)
{
    return figure->height - (figure->title != NULL ? 34 : 0);
}

void ssi_place_panel(pen *p, int row, int column)
{
    const ssi_figure *f = p->figure;
    p->frame = ssi_axes_frame(p->axes);
    p->box = f->rows * f->columns == 1 ? place_single(p, ssi_panels_height(f)) : place_in_grid(p, row, column);
    if (ssi_axes_square(p->axes)) {
        make_square(p);
    }
    find_ticks(p);
}
