/*
 * picture.c - a figure as a picture made of characters: its panels side by side as far as there is room, else one below the other, each with title,
 * axes and legend. Drawn by ourselves, since gnuplot's text terminal counts Hangul as one column.
 */
#include "plot/picture.h"

#include <string.h>

enum { GAP = 2, LEAST_WIDTH = 30, LEAST_BARE = 12, MOST_WIDTH = 160 };

void ssi_panel_centered(panel *p, int column, int room, const char *shown, int32_t ink)
{
    int columns = ssi_text_columns(shown);
    ssi_canvas_text(p->on, column + (columns < room ? (room - columns) / 2 : 0), p->row, room, shown, ink);
}

int32_t ssi_panel_ink(const panel *p, uint32_t rgb)
{
    return p->on->color ? ssi_ink(rgb) : -1;
}

bool ssi_panel_lettered(const panel *p, enum layer_kind kind)
{
    int named = 0;
    for (size_t i = 0; i < p->axes->layers; i++) {
        named += p->axes->layer[i].kind == kind && p->axes->layer[i].label != NULL;
    }
    return named > 1 && !p->on->color;
}

static bool is_hollow(const layer *it)
{
    return it->kind == LAYER_SCATTER && it->classes == 0 && it->rgb == 0xffffff;
}

char ssi_panel_letter(const panel *p, const layer *of, int class)
{
    static const char points[] = "ox+*#@%&";
    int before = 0;
    bool hollow = false;
    for (size_t i = 0; i < p->axes->layers; i++) {
        hollow = hollow || is_hollow(&p->axes->layer[i]);
    }
    if (of->kind == LAYER_SCATTER && hollow) {
        return is_hollow(of) ? 'o' : '@'; /* hollow circles beside full ones */
    }
    if (of->kind == LAYER_SCATTER && of->classes > 0) {
        return points[class % 8];
    }
    for (const layer *it = p->axes->layer; it < of; it++) {
        before += it->kind == of->kind && it->label != NULL;
    }
    return of->kind == LAYER_SCATTER ? points[before % 8] : (char)('A' + before % 26);
}

/* ---- the legend: below the panel, as many entries to a line as there is room for ---- */

typedef struct legend {
    panel *panel;
    int column;
} legend;

static void add_entry(legend *l, const char *symbol, uint32_t rgb, const char *label)
{
    canvas *c = l->panel->on;
    int needed = ssi_text_columns(symbol) + 1 + ssi_text_columns(label);
    if (l->column > 0 && l->column + GAP + needed > c->columns) {
        l->column = 0;
        l->panel->row++;
    }
    l->column += l->column > 0 ? GAP : 0;
    l->column +=
        ssi_canvas_text(c, l->column, l->panel->row, c->columns - l->column, symbol, ssi_panel_ink(l->panel, rgb)) + 1;
    l->column += ssi_canvas_text(c, l->column, l->panel->row, c->columns - l->column, label, -1);
}

/* What stands before a layer's name. */
static const char *symbol_of(const panel *p, const layer *it, char letter[2])
{
    letter[0] = ssi_panel_letter(p, it, 0);
    if (it->kind == LAYER_SCATTER || ssi_panel_lettered(p, it->kind)) {
        return letter;
    }
    if (it->kind == LAYER_BAR) {
        return p->on->ascii ? "#" : "\xE2\x96\x88";
    }
    return it->kind == LAYER_SPAN ? ":" : it->dash == DASH_NONE ? "---" : "- -";
}

static void draw_legend(panel *p)
{
    legend l = {.panel = p};
    for (size_t i = 0; p->axes->legend != LEGEND_NONE && i < p->axes->layers; i++) {
        const layer *it = &p->axes->layer[i];
        char letter[2] = "";
        if (it->kind == LAYER_TEXT || it->kind == LAYER_IMAGE) {
            continue;
        }
        for (int k = 0; it->class_name != NULL && k < it->classes; k++) {
            letter[0] = ssi_panel_letter(p, it, k);
            add_entry(&l, letter, ssi_cycle_color(k), it->class_name[k]);
        }
        if (it->label != NULL && it->class_name == NULL) {
            add_entry(&l, symbol_of(p, it, letter), it->rgb, it->label);
        }
    }
    p->row += l.column > 0;
}

/* ---- panels ---- */

/* Bars that have names are drawn lying, so that the names have room. */
static bool has_named_bars(const ssi_axes *axes)
{
    bool bars = axes->layers > 0 && axes->ticks[SSI_X].given && axes->ticks[SSI_X].name != NULL;
    for (size_t i = 0; i < axes->layers; i++) {
        bars = bars && axes->layer[i].kind == LAYER_BAR;
    }
    return bars;
}

static void draw_panel(panel *p)
{
    const ssi_axes *axes = p->axes;
    const layer *only = axes->layers == 1 ? &axes->layer[0] : NULL;
    if (axes->title != NULL) {
        ssi_panel_centered(p, 0, p->on->columns, axes->title, ssi_panel_ink(p, axes->title_rgb));
        p->row++;
    }
    if (has_named_bars(axes)) {
        ssi_panel_bars(p);
    } else if (only != NULL && only->kind == LAYER_IMAGE && only->square) {
        if (!only->numbers || !ssi_panel_table(p, only)) {
            ssi_panel_image(p, only);
        }
    } else {
        ssi_panel_plane(p);
    }
    draw_legend(p);
}

static bool is_bare(const ssi_figure *figure)
{
    bool bare = true;
    for (int i = 0; i < figure->rows * figure->columns; i++) {
        bare = bare && (figure->axes[i].bare || figure->axes[i].layers == 0);
    }
    return bare;
}

/* Some panels of a row of the figure, side by side from the given row of the sheet on. Returns the row below them. */
static int draw_side_by_side(canvas *whole, const ssi_axes *axes, int count, int width, int row)
{
    int below = row;
    for (int i = 0; i < count; i++) {
        canvas sheet;
        ssi_canvas_open(&sheet, width, whole->ascii, whole->color);
        panel p = {.axes = &axes[i], .on = &sheet};
        if (axes[i].layers > 0 || axes[i].title != NULL || count == 1) {
            draw_panel(&p);
        }
        ssi_canvas_paste(whole, i * (width + GAP), row, &sheet);
        below = row + sheet.rows > below ? row + sheet.rows : below;
        ssi_canvas_close(&sheet);
    }
    return below;
}

void ssi_figure_picture(const ssi_figure *figure, int columns, bool ascii, bool color, text *out)
{
    canvas whole;
    ssi_canvas_open(&whole, columns < MOST_WIDTH ? columns : MOST_WIDTH, ascii, color);
    int least = is_bare(figure) ? LEAST_BARE : LEAST_WIDTH, row = 0;
    int together = (whole.columns + GAP) / (least + GAP);
    together = together < 1 ? 1 : together > figure->columns ? figure->columns : together;
    if (figure->title != NULL) {
        panel p = {.on = &whole};
        ssi_panel_centered(&p, 0, whole.columns, figure->title, -1);
        row = 2;
    }
    for (int r = 0; r < figure->rows; r++) {
        for (int first = 0; first < figure->columns; first += together) {
            int count = figure->columns - first < together ? figure->columns - first : together;
            int width = (whole.columns - GAP * (together - 1)) / together;
            row = draw_side_by_side(&whole, &figure->axes[r * figure->columns + first], count, width, row) + 1;
        }
    }
    ssi_canvas_write(&whole, out);
    ssi_canvas_close(&whole);
}
