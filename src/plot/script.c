/*
 * script.c - writes a figure down as a gnuplot script with its data, in matplotlib's look: the figure, its panels, and what stands around them.
 */
#include "plot/script.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const terminal terminals[] = {
    {"png", "pngcairo", "background rgb '#ffffff'", "", 1, 0.75, 1, 0.14, 1, -0.05, 0.5, -0.8, false},
    {"svg", "svg", "background '#ffffff'", "", 1, 1, 1, 0.085, 0.5, 0, 0, 0, true},
    {"pdf", "pdfcairo", "fontscale 1 background rgb '#ffffff'", "in", 0.01, 0.53, 1.44, 0.095, 1, 0, 0, 0, false},
};

/* ---- small things ---- */

/* Pixels to gnuplot's fractions of the screen, which put 0 into the middle of a pixel and round otherwise than matplotlib. */
double ssi_screen_x(const pen *p, double x)
{
    return (x + p->terminal->shift_x) / p->figure->width;
}

double ssi_screen_y(const pen *p, double y)
{
    return (y + p->terminal->shift_y) / p->figure->height;
}

double ssi_x_pixel(const pen *p, double x)
{
    return p->box.left + ssi_share(&p->frame.x, x) * (p->box.right - p->box.left);
}

double ssi_y_pixel(const pen *p, double y)
{
    return p->box.bottom + ssi_share(&p->frame.y, y) * (p->box.top - p->box.bottom);
}

void ssi_write_color(const pen *p, uint32_t rgb, double alpha)
{
    unsigned hidden = (unsigned)lround(255 * (1 - alpha));
    if (hidden > 0) {
        ssi_text_add(p->out, " lc rgb '#%02x%06x'", hidden, (unsigned)rgb);
    } else {
        ssi_text_add(p->out, " lc rgb '#%06x'", (unsigned)rgb);
    }
}

void ssi_write_text(const pen *p, const char *shown, double x, double y, enum align align, double size, uint32_t rgb,
                    bool upright)
{
    static const char *const aligned[] = {"left", "center", "right"};
    if (shown == NULL || shown[0] == '\0' || !isfinite(x) || !isfinite(y)) {
        return;
    }
    double down = p->terminal->raise * size;
    ssi_text_add(p->out, "set label ");
    ssi_text_quote(p->out, shown);
    ssi_text_add(p->out, " at screen %.6g,%.6g %s%s font ',%.4g' tc rgb '#%06x' front\n",
                 ssi_screen_x(p, x + (upright ? down : 0)), ssi_screen_y(p, y - (upright ? 0 : down)), aligned[align],
                 upright ? " rotate by 90" : "", size * p->terminal->font, (unsigned)rgb);
}

/* ---- axes ---- */

/* The places of one axis' ticks; what they say is written as text. */
static void write_tick_places(const pen *p, const char *axis, const ticks *at)
{
    if (p->axes->bare || at->count == 0) {
        ssi_text_add(p->out, "unset %stics\n", axis);
        return;
    }
    ssi_text_add(p->out, "set %stics nomirror (", axis);
    for (int i = 0; i < at->count; i++) {
        ssi_text_add(p->out, "%s'' %.12g%s", i > 0 ? ", " : "", at->at[i], at->small[i] ? " 1" : "");
    }
    for (int i = 0; i < at->minors; i++) {
        ssi_text_add(p->out, ", '' %.12g 1", at->minor[i]);
    }
    ssi_text_add(p->out, ")\n");
}

/* "1e6" at an axis' end. */
static void write_exponent(const pen *p, const ticks *of, double x, double y, enum align align)
{
    char shown[32];
    if (of->exponent != 0 && of->count > 0 && of->name[0] == NULL) {
        snprintf(shown, sizeof(shown), "1e%s%d", of->exponent < 0 ? "\xE2\x88\x92" : "", abs(of->exponent));
        ssi_write_text(p, shown, x, y, align, FONT, 0, false);
    }
}

static void write_tick_labels(const pen *p)
{
    const ticks *x = &p->tick[SSI_X], *y = &p->tick[SSI_Y];
    char shown[32];
    double room = x->count > 1 ? (p->box.right - p->box.left) / x->count : 1e9, widest = ssi_widest_tick(x);
    double size = widest > room ? fmax(0.5 * FONT, FONT * room / widest) : FONT; /* names too long for their place */
    for (int i = 0; i < x->count; i++) {
        ssi_write_text(p, ssi_tick_text(x, i, shown), ssi_x_pixel(p, x->at[i]),
                       p->box.bottom - 7 * POINT - TEXT_H / 2 + 1, ALIGN_CENTER, size, 0, false);
    }
    for (int i = 0; i < y->count; i++) {
        ssi_write_text(p, ssi_tick_text(y, i, shown), p->box.left - 7 * POINT - 1.3, ssi_y_pixel(p, y->at[i]),
                       ALIGN_RIGHT, FONT, 0, false);
    }
    write_exponent(p, x, p->box.right, p->box.bottom - 7 * POINT - 1.5 * TEXT_H, ALIGN_RIGHT);
    write_exponent(p, y, p->box.left, p->box.top + 3 * POINT + TEXT_H / 2, ALIGN_LEFT);
}

/* Titles and labels. */
static void write_surroundings(const pen *p)
{
    const ssi_axes *axes = p->axes;
    double x = (p->box.left + p->box.right) / 2, y = (p->box.bottom + p->box.top) / 2;
    double below = p->box.bottom - 7 * POINT - (p->tick[SSI_X].count > 0 ? TEXT_H : 0) - 4 * POINT;
    double beside = p->box.left - 7 * POINT - ssi_widest_tick(&p->tick[SSI_Y]) - 4 * POINT;
    if (!axes->bare) {
        ssi_text_add(p->out, "# tick labels\n");
        write_tick_labels(p);
        ssi_text_add(p->out, "# labels and title\n");
        ssi_write_text(p, axes->xlabel, x, below - TEXT_H / 2, ALIGN_CENTER, FONT, 0, false);
        ssi_write_text(p, axes->ylabel, fmax(beside - TEXT_H / 2, TEXT_H / 2), y, ALIGN_CENTER, FONT, 0, true);
    }
    if (axes->title != NULL) {
        double size = ssi_title_size(p);
        ssi_write_text(p, axes->title, x, p->box.top + 6 * POINT + 0.38 * size, ALIGN_CENTER, size, axes->title_rgb,
                       false);
    }
}

static void write_frame(const pen *p)
{
    const box *b = &p->box;
    ssi_text_add(p->out, "\n# panel %d\nunset label\nunset arrow\nunset object\nset tics out nomirror scale 0.7,0.4\n",
                 p->index);
    ssi_text_add(p->out, "set lmargin at screen %.6g\nset rmargin at screen %.6g\n", ssi_screen_x(p, b->left),
                 ssi_screen_x(p, b->right));
    ssi_text_add(p->out, "set bmargin at screen %.6g\nset tmargin at screen %.6g\n", ssi_screen_y(p, b->bottom),
                 ssi_screen_y(p, b->top));
    ssi_text_add(p->out, "unset logscale\n%s%s", p->frame.x.log ? "set logscale x\n" : "",
                 p->frame.y.log ? "set logscale y\n" : "");
    ssi_text_add(p->out, "set xrange [%.12g:%.12g]\nset yrange [%.12g:%.12g]\n", p->frame.x.from, p->frame.x.to,
                 p->frame.y.from, p->frame.y.to);
    if (p->axes->bare) {
        ssi_text_add(p->out, "unset border\n");
    } else {
        ssi_text_add(p->out, "set border 31 front lw %.3g lc rgb '#000000'\n", 0.8 * POINT * p->terminal->line);
    }
    write_tick_places(p, "x", &p->tick[SSI_X]);
    write_tick_places(p, "y", &p->tick[SSI_Y]);
    if (p->axes->grid && !p->axes->bare) {
        ssi_text_add(p->out, "set grid xtics ytics back lt 1 lw %.3g lc rgb '#b0b0b0'\n",
                     0.8 * POINT * p->terminal->line);
    } else {
        ssi_text_add(p->out, "unset grid\n");
    }
}

static const terminal *find_terminal(const char *name)
{
    for (size_t i = 0; i < sizeof(terminals) / sizeof(terminals[0]); i++) {
        if (strcmp(terminals[i].name, name) == 0) {
            return &terminals[i];
        }
    }
    return &terminals[0];
}

void ssi_figure_script(const ssi_figure *figure, const char *form, text *script)
{
    pen p = {.figure = figure, .terminal = find_terminal(form), .out = script};
    ssi_text_add(script, "# The picture goes to stdout: gnuplot THIS_FILE > picture.%s\n", p.terminal->name);
    ssi_text_add(script, "set encoding utf8\nset terminal %s size %g%s,%g%s %s noenhanced font 'DejaVu Sans,%.4g'\n",
                 p.terminal->driver, figure->width * p.terminal->units, p.terminal->unit,
                 figure->height * p.terminal->units, p.terminal->unit, p.terminal->options, FONT * p.terminal->font);
    ssi_text_add(script, "set multiplot\nunset key\nunset colorbox\nset clip two\nset datafile missing 'NaN'\n");
    int panels = figure->rows * figure->columns;
    p.grid = ssi_measure_grid(&p);
    for (int i = 0; i < panels; i++) {
        p.index = i;
        p.axes = &figure->axes[i];
        if (panels > 1 && p.axes->layers == 0 && p.axes->title == NULL) {
            continue;
        }
        ssi_place_panel(&p, i / figure->columns, i % figure->columns);
        write_frame(&p);
        write_surroundings(&p);
        if (i == 0 && figure->title != NULL) {
            ssi_write_text(&p, figure->title, figure->width / 2.0, figure->height - 17, ALIGN_CENTER, TITLE, 0, false);
        }
        ssi_write_legend(&p);
        ssi_write_content(&p);
    }
    ssi_text_add(script, "\nunset multiplot\n");
}
