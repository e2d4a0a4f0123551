/*
 * picture_plane.c - lines, points and areas in a plane with axes, made of characters.
 */
#include "plot/picture.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WIDTH = 160, MOST_HEIGHT = 24 };

/* What a cell holds that a text beside it would hide. */
enum { FREE, MARKER, WORD };

/* Where the plane lies on the sheet, in cells, and what it shows. */
typedef struct plane {
    panel *panel;
    canvas *on;
    frame frame;
    int left, top, width, height;
    bool letters; /* several lines that no color tells apart */
    uint8_t taken[MOST_HEIGHT][MOST_WIDTH];
} plane;

static int dot_x(const plane *p, double share)
{
    return p->left * ssi_dots_across(p->on) + (int)lround(share * (p->width * ssi_dots_across(p->on) - 1));
}

static int dot_y(const plane *p, double share)
{
    return p->top * ssi_dots_down(p->on) + (int)lround((1 - share) * (p->height * ssi_dots_down(p->on) - 1));
}

static int column_of(const plane *p, double share)
{
    return dot_x(p, share) / ssi_dots_across(p->on);
}

static int row_of(const plane *p, double share)
{
    return dot_y(p, share) / ssi_dots_down(p->on);
}

static bool is_inside(double x, double y)
{
    return x >= 0 && x <= 1 && y >= 0 && y <= 1; /* false for NaN */
}

/* ---- lines ---- */

/* Whether the dash is on at this dot of a line. */
static bool is_drawn(enum dash dash, int dot)
{
    return dash == DASH_NONE || (dash == DASH_DASHED ? dot % 8 < 5 : dot % 4 == 0);
}

/* A line between two places (shares) of the plane, dot by dot; *dot counts along the whole of it. */
static void draw_stroke(const plane *p, const double a[2], const double b[2], const layer *of, char letter, int *dot)
{
    double from[2] = {a[0], a[1]}, to[2] = {b[0], b[1]};
    if (!ssi_clip_line((double[2]){0, 0}, (double[2]){1, 1}, from, to)) {
        return;
    }
    int x0 = dot_x(p, from[0]), y0 = dot_y(p, from[1]), x1 = dot_x(p, to[0]), y1 = dot_y(p, to[1]);
    int steps = abs(x1 - x0) > abs(y1 - y0) ? abs(x1 - x0) : abs(y1 - y0);
    for (int i = 0; i <= steps; i++) {
        double share = steps > 0 ? (double)i / steps : 0;
        if (is_drawn(of->dash, *dot)) {
            ssi_canvas_dot(p->on, (int)lround(x0 + share * (x1 - x0)), (int)lround(y0 + share * (y1 - y0)), letter,
                           of->rgb);
        }
        *dot += i < steps;
    }
}

static void put_marker(const plane *p, double x, double y, char letter, uint32_t rgb)
{
    if (is_inside(x, y)) {
        ssi_canvas_letter(p->on, column_of(p, x), row_of(p, y), (char[2]){letter}, ssi_panel_ink(p->panel, rgb));
    }
}

/* The line's letter at a few of its points, so that it can be told from others: each line at others. */
static void name_line(const plane *p, const layer *line, char letter)
{
    for (int k = 0; k < 4; k++) {
        int64_t i = (int64_t)((k + 0.3 + 0.15 * (letter - 'A')) / 4 * (double)line->rows) % line->rows;
        put_marker(p, ssi_share(&p->frame.x, line->value[2 * i]), ssi_share(&p->frame.y, line->value[2 * i + 1]),
                   letter, line->rgb);
    }
}

static void draw_line(const plane *p, const layer *line)
{
    double before[2] = {NAN, NAN};
    char letter = p->letters && line->label != NULL ? ssi_panel_letter(p->panel, line, 0) : '*';
    int dot = 0;
    for (int64_t i = 0; i < line->rows; i++) {
        double here[2] = {ssi_share(&p->frame.x, line->value[2 * i]), ssi_share(&p->frame.y, line->value[2 * i + 1])};
        draw_stroke(p, before, here, line, letter, &dot);
        memcpy(before, here, sizeof(before));
    }
    for (int64_t i = 0; i < line->rows && line->marker != 0 && line->rows <= p->width; i++) {
        put_marker(p, ssi_share(&p->frame.x, line->value[2 * i]), ssi_share(&p->frame.y, line->value[2 * i + 1]),
                   p->letters ? letter : 'o', line->rgb);
    }
    if (p->letters && line->label != NULL && !p->on->ascii && line->rows > 0) {
        name_line(p, line, letter);
    }
}

static void draw_rule(const plane *p, const layer *rule)
{
    int dot = 0;
    double at = ssi_share(rule->vertical ? &p->frame.x : &p->frame.y, rule->value[0]);
    double from[2] = {rule->vertical ? at : 0, rule->vertical ? 0 : at};
    double to[2] = {rule->vertical ? at : 1, rule->vertical ? 1 : at};
    draw_stroke(p, from, to, rule, rule->vertical ? '|' : '-', &dot);
}

static void draw_arrow(const plane *p, const layer *arrow)
{
    int dot = 0;
    double from[2] = {ssi_share(&p->frame.x, arrow->value[0]), ssi_share(&p->frame.y, arrow->value[1])};
    double to[2] = {ssi_share(&p->frame.x, arrow->value[2]), ssi_share(&p->frame.y, arrow->value[3])};
    draw_stroke(p, from, to, arrow, '.', &dot);
    double across = (to[0] - from[0]) * p->width,
           up = (to[1] - from[1]) * p->height * 2; /* a cell is twice as high as wide */
    char head = fabs(across) > fabs(up) ? (across > 0 ? '>' : '<') : up > 0 ? '^' : 'v';
    put_marker(p, to[0], to[1], head, arrow->rgb);
}

/* ---- points and areas ---- */

static void draw_scatter(const plane *p, const layer *points)
{
    for (int64_t i = 0; i < points->rows; i++) {
        int class = points->classes > 0 ? points->class[i] : 0;
        put_marker(p, ssi_share(&p->frame.x, points->value[2 * i]), ssi_share(&p->frame.y, points->value[2 * i + 1]),
                   ssi_panel_letter(p->panel, points, class),
                   points->classes > 0 ? ssi_cycle_color(class) : points->rgb);
    }
}

static double within(double share)
{
    return share > 0 ? fmin(share, 1) : 0; /* NaN, as of the ground of bars on a logarithmic axis: 0 */
}

static void draw_bars(const plane *p, const layer *bars)
{
    for (int64_t i = 0; i < bars->rows; i++) {
        const double *bar = &bars->value[4 * i];
        double left = ssi_share(&p->frame.x, bar[0]), right = ssi_share(&p->frame.x, bar[1]);
        double bottom = ssi_share(&p->frame.y, bar[2]), top = ssi_share(&p->frame.y, bar[3]);
        if (!(right > 0 && left < 1) || isnan(top) || bar[2] == bar[3]) {
            continue;
        }
        int x0 = dot_x(p, within(left)), x1 = dot_x(p, within(right));
        int y0 = dot_y(p, within(top)), y1 = dot_y(p, within(bottom));
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x < x1 || x == x0; x++) {
                ssi_canvas_dot(p->on, x, y, '#', bars->rgb);
            }
        }
    }
}

static void draw_span(const plane *p, const layer *span)
{
    const range *axis = span->vertical ? &p->frame.x : &p->frame.y;
    double a = ssi_share(axis, span->value[0]), b = ssi_share(axis, span->value[1]), low = fmin(a, b),
           high = fmax(a, b);
    for (int r = 0; r < p->height; r++) {
        for (int c = 0; c < p->width; c++) {
            double at = span->vertical ? (c + 0.5) / p->width : 1 - (r + 0.5) / p->height;
            if (at >= low && at <= high) {
                ssi_canvas_shade(p->on, p->left + c, p->top + r, 1, ssi_panel_ink(p->panel, span->rgb));
            }
        }
    }
}

/* The image's element below the middle of a cell; -1: none. */
static int64_t element_at(const plane *p, const layer *image, int column, int row)
{
    double x = p->frame.x.from + (column + 0.5) / p->width * (p->frame.x.to - p->frame.x.from);
    double y = p->frame.y.to + (row + 0.5) / p->height * (p->frame.y.from - p->frame.y.to);
    double across = (x - image->extent[0]) / (image->extent[1] - image->extent[0]);
    double down = (y - image->extent[3]) / (image->extent[2] - image->extent[3]);
    if (!is_inside(across, down)) {
        return -1;
    }
    int64_t c = (int64_t)fmin(across * (double)image->columns, (double)image->columns - 1);
    int64_t r = (int64_t)fmin(down * (double)image->rows, (double)image->rows - 1);
    return r * image->columns + c;
}

/* Regions have a shade for each class; images are as dark as they are. */
static void draw_image(const plane *p, const layer *image)
{
    for (int r = 0; r < p->height; r++) {
        for (int c = 0; c < p->width; c++) {
            int64_t at = element_at(p, image, c, r);
            if (at < 0) {
                continue;
            }
            if (!image->square && !p->on->color) {
                ssi_canvas_shade(p->on, p->left + c, p->top + r, (int)image->value[at], -1);
            } else {
                const uint8_t *pixel = &image->pixel[3 * at];
                ssi_canvas_fill(p->on, p->left + c, p->top + r,
                                (uint32_t)pixel[0] << 16 | (uint32_t)pixel[1] << 8 | (uint32_t)pixel[2]);
            }
        }
    }
}

/* ---- texts, none on another ---- */

/* Whether a text from `column` on would hide no other, nor, in another row than its own, a marker; with `gap` columns free on either side. */
static bool is_free(const plane *p, int row, int column, int columns, int gap, bool own_row)
{
    if (row < 0 || row >= p->height || column < 0 || (columns < p->width && column + columns > p->width)) {
        return false;
    }
    for (int c = column - gap; c < column + columns + gap; c++) {
        int taken = c >= 0 && c < p->width ? p->taken[row][c] : FREE;
        if (taken == WORD || (!own_row && taken == MARKER && c >= column && c < column + columns)) {
            return false;
        }
    }
    return true;
}

/* Where a text may be instead, in rows outwards and columns, the first choice first; short ones, as numbers in cells, may touch others. */
static bool find_place(const plane *p, int out, int columns, int *row, int *column)
{
    enum { SHORT = 4 };
    static const struct {
        int most, rows, columns, gap;
    } choices[] = {{INT_MAX, 0, 0, 1}, {SHORT, 0, 0, 0},    {SHORT, 0, 1, 0},   {SHORT, 0, -1, 0},
                   {INT_MAX, 0, 1, 1}, {INT_MAX, 0, -1, 1}, {INT_MAX, 1, 0, 1}, {INT_MAX, -1, 0, 1},
                   {INT_MAX, 2, 0, 1}, {INT_MAX, -2, 0, 1}, {INT_MAX, 0, 0, 0}};
    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
        int r = *row + out * choices[i].rows, c = *column + choices[i].columns;
        if (columns <= choices[i].most && is_free(p, r, c, columns, choices[i].gap, choices[i].rows == 0)) {
            *row = r, *column = c;
            return true;
        }
    }
    return false;
}

/* Takes a place for a text: where it belongs, or, where another is, near it. A text on a marker is its name, and stays. False: there is no such place, and
 * it is where it belongs. */
static bool place_text(plane *p, const layer *words, int *row, int *column)
{
    int columns = ssi_text_columns(words->label), last = p->width - columns;
    double x = ssi_share(&p->frame.x, words->value[0]), y = ssi_share(&p->frame.y, words->value[1]);
    *row = row_of(p, y) - p->top, *column = column_of(p, x) - p->left;
    bool name = p->taken[*row][*column] == MARKER;
    *column -= words->align == 'c' ? columns / 2 : words->align == 'r' ? columns - 1 : 0;
    *column = *column > last ? last : *column;
    *column = *column < 0 ? 0 : *column;
    bool found = name || find_place(p, y > 0.5 ? -1 : 1, columns, row, column);
    memset(p->taken[*row] + *column, WORD, (size_t)(columns < p->width - *column ? columns : p->width - *column));
    return found;
}

static bool is_text_within(const plane *p, const layer *it)
{
    return it->kind == LAYER_TEXT &&
           is_inside(ssi_share(&p->frame.x, it->value[0]), ssi_share(&p->frame.y, it->value[1]));
}

/* Forgets the texts, and takes the places of the markers. */
static void clear_places(plane *p)
{
    memset(p->taken, FREE, sizeof(p->taken));
    for (size_t i = 0; i < p->panel->axes->layers; i++) {
        const layer *it = &p->panel->axes->layer[i];
        for (int64_t k = 0; it->kind == LAYER_SCATTER && k < it->rows; k++) {
            double x = ssi_share(&p->frame.x, it->value[2 * k]), y = ssi_share(&p->frame.y, it->value[2 * k + 1]);
            if (is_inside(x, y)) {
                p->taken[row_of(p, y) - p->top][column_of(p, x) - p->left] = MARKER;
            }
        }
    }
}

/* How many texts find no place of their own. */
static int texts_without_place(plane *p)
{
    int without = 0, row, column;
    clear_places(p);
    for (size_t i = 0; i < p->panel->axes->layers; i++) {
        const layer *it = &p->panel->axes->layer[i];
        without += is_text_within(p, it) && !place_text(p, it, &row, &column);
    }
    clear_places(p);
    return without;
}

/* A drawing without axes may be as high as its texts need. */
static void make_room(plane *p)
{
    int height = p->height;
    while (texts_without_place(p) > 0 && p->height < MOST_HEIGHT) {
        p->height++;
    }
    if (texts_without_place(p) > 0) {
        p->height = height;
        clear_places(p);
    }
}

static void draw_text(plane *p, const layer *words)
{
    int row, column;
    if (is_text_within(p, words)) {
        place_text(p, words, &row, &column);
        ssi_canvas_text(p->on, p->left + column, p->top + row, p->width - column, words->label,
                        ssi_panel_ink(p->panel, words->rgb));
    }
}

static void draw_layer(plane *p, const layer *it)
{
    static void (*const draw[])(const plane *, const layer *) = {
        [LAYER_IMAGE] = draw_image, [LAYER_SPAN] = draw_span, [LAYER_BAR] = draw_bars,   [LAYER_SCATTER] = draw_scatter,
        [LAYER_LINE] = draw_line,   [LAYER_RULE] = draw_rule, [LAYER_ARROW] = draw_arrow};
    if (it->kind == LAYER_TEXT) {
        draw_text(p, it);
    } else {
        draw[it->kind](p, it);
    }
}

/* ---- axes ---- */

static const char *corner(const plane *p, const char *unicode, const char *ascii)
{
    return p->on->ascii ? ascii : unicode;
}

static void draw_y_axis(const plane *p, const ticks *y)
{
    char shown[32];
    for (int r = 0; r < p->height; r++) {
        ssi_canvas_letter(p->on, p->left - 1, p->top + r, corner(p, "\xE2\x94\x82", "|"), -1);
    }
    for (int i = 0; i < y->count; i++) {
        int row = row_of(p, ssi_share(&p->frame.y, y->at[i]));
        const char *label = ssi_tick_text(y, i, shown);
        int room = p->left - 2, columns = ssi_text_columns(label);
        ssi_canvas_letter(p->on, p->left - 1, row, corner(p, "\xE2\x94\xA4", "+"), -1);
        ssi_canvas_text(p->on, columns < room ? room - columns : 0, row, room, label, -1);
    }
}

/* Labels that would touch the one before are left out. */
static void draw_x_axis(const plane *p, const ticks *x)
{
    char shown[32];
    int bottom = p->top + p->height, next = 0;
    ssi_canvas_letter(p->on, p->left - 1, bottom, corner(p, "\xE2\x94\x94", "+"), -1);
    for (int c = 0; c < p->width; c++) {
        ssi_canvas_letter(p->on, p->left + c, bottom, corner(p, "\xE2\x94\x80", "-"), -1);
    }
    for (int i = 0; i < x->count; i++) {
        int column = column_of(p, ssi_share(&p->frame.x, x->at[i]));
        const char *label = ssi_tick_text(x, i, shown);
        int columns = ssi_text_columns(label), last = p->on->columns - columns, start = column - columns / 2;
        start = start > last ? last : start < 0 ? 0 : start;
        ssi_canvas_letter(p->on, column, bottom, corner(p, "\xE2\x94\xAC", "+"), -1);
        if (start >= next) {
            next = start + 1 + ssi_canvas_text(p->on, start, bottom + 1, p->on->columns - start, label, -1);
        }
    }
}

static int widest_label(const ticks *of)
{
    int widest = 0;
    for (int i = 0; i < of->count; i++) {
        char shown[32];
        int columns = ssi_text_columns(ssi_tick_text(of, i, shown));
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

/* How large the plane is, in cells: three times as wide as high, or such that a unit of y is as long as one of x. */
static void size_plane(plane *p, int room)
{
    p->width = room < 8 ? 8 : room;
    p->height = p->width * 3 / 10 < 8 ? 8 : p->width * 3 / 10 > 22 ? 22 : p->width * 3 / 10;
    double x = fabs(p->frame.x.to - p->frame.x.from), y = fabs(p->frame.y.to - p->frame.y.from);
    if (!ssi_axes_square(p->panel->axes) || !(x > 0 && y > 0 && isfinite(x) && isfinite(y))) {
        return;
    }
    double unit = fmin(p->width / x, 2 * 24 / y); /* columns; a cell is twice as high as wide */
    p->width = (int)fmax(4, round(unit * x));
    p->height = (int)fmax(2, round(unit * y / 2));
}

/* An axis' label, with its power of ten. */
static void label_axis(panel *p, int column, int room, const char *label, const ticks *of)
{
    char shown[256], power[32] = "";
    if (of->exponent != 0 && of->count > 0) {
        snprintf(power, sizeof(power), "%s(1e%d)", label != NULL ? " " : "", of->exponent);
    }
    snprintf(shown, sizeof(shown), "%.200s%s", label != NULL ? label : "", power);
    if (shown[0] != '\0') {
        ssi_panel_centered(p, column, room, shown, -1);
        p->row++;
    }
}

void ssi_panel_plane(panel *on)
{
    const ssi_axes *axes = on->axes;
    plane p = {.panel = on, .on = on->on, .frame = ssi_axes_frame(axes), .letters = ssi_panel_lettered(on, LAYER_LINE)};
    size_plane(&p, on->on->columns - 8);
    ticks y = ssi_ticks(&p.frame.y, p.height / 3, axes->integer[SSI_Y], &axes->ticks[SSI_Y]);
    int gutter = axes->bare ? 0 : widest_label(&y) + 2;
    gutter = gutter > on->on->columns / 3 ? on->on->columns / 3 : gutter;
    size_plane(&p, on->on->columns - gutter - 1);
    ticks x = ssi_ticks(&p.frame.x, p.width / 9, axes->integer[SSI_X], &axes->ticks[SSI_X]);
    if (!axes->bare) {
        label_axis(on, 0, axes->ylabel != NULL ? ssi_text_columns(axes->ylabel) : 0, axes->ylabel, &y);
    }
    p.left = gutter + (ssi_axes_square(axes) ? (on->on->columns - gutter - p.width) / 2 : 0);
    p.top = on->row;
    clear_places(&p);
    if (axes->bare && !ssi_axes_square(axes)) {
        make_room(&p);
    }
    for (int depth = LAYER_IMAGE; depth <= LAYER_TEXT; depth++) {
        for (size_t i = 0; i < axes->layers; i++) {
            if (axes->layer[i].depth == depth) {
                draw_layer(&p, &axes->layer[i]);
            }
        }
    }
    on->row = p.top + p.height;
    if (!axes->bare) {
        draw_y_axis(&p, &y);
        draw_x_axis(&p, &x);
        on->row += 2;
        label_axis(on, p.left, p.width, axes->xlabel, &x);
    }
}
