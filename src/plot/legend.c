/*
 * legend.c - the legend: its entries, how large it is, where it hides least, and its drawing; measures and places are matplotlib's.
 */
#include "plot/script.h"

#include <math.h>
#include <string.h>

#define PADDING  (0.4 * FONT) /* inside the frame */
#define GAP      (0.5 * FONT) /* between lines of text, and between the frame and the panel's */
#define HANDLE   (2 * FONT)   /* the line or patch that shows the color */
#define HANDLE_H (0.7 * FONT)
#define SPACE    (0.8 * FONT) /* between it and the text */
#define ROUND    (0.2 * FONT) /* of the corners */

typedef struct entry {
    const layer *of;
    const char *label;
    uint32_t rgb;
} entry;

enum { MOST_ENTRIES = 64 };

/* Entries in the order in which they were added; a scatter of classes has one for each name. */
static int find_entries(const ssi_axes *axes, entry entries[MOST_ENTRIES])
{
    int count = 0;
    for (size_t i = 0; i < axes->layers; i++) {
        const layer *it = &axes->layer[i];
        bool words = it->kind == LAYER_TEXT || it->kind == LAYER_IMAGE;
        if (!words && it->label != NULL && it->class_name == NULL && count < MOST_ENTRIES) {
            entries[count++] = (entry){it, it->label, it->rgb};
        }
        for (int k = 0; it->class_name != NULL && k < it->classes && count < MOST_ENTRIES; k++) {
            entries[count++] = (entry){it, it->class_name[k], ssi_cycle_color(k)};
        }
    }
    return count;
}

/* ---- where ---- */

static bool inside(const box *b, double x, double y)
{
    return x > b->left && x < b->right && y > b->bottom && y < b->top;
}

static bool crosses(const box *b, const double from[2], const double to[2])
{
    double a[2] = {from[0], from[1]}, z[2] = {to[0], to[1]};
    return ssi_clip_line((double[2]){b->left, b->bottom}, (double[2]){b->right, b->top}, a, z);
}

static int hidden_points(const pen *p, const layer *it, const box *b)
{
    int hidden = 0;
    double before[2] = {NAN, NAN};
    bool touched = false;
    for (int64_t k = 0; k < it->rows; k++) {
        double here[2] = {ssi_x_pixel(p, it->value[2 * k]), ssi_y_pixel(p, it->value[2 * k + 1])};
        hidden += inside(b, here[0], here[1]);
        touched = touched || (it->kind == LAYER_LINE && crosses(b, before, here));
        memcpy(before, here, sizeof(before));
    }
    return hidden + touched;
}

static int hidden_bars(const pen *p, const layer *it, const box *b)
{
    int hidden = 0;
    for (int64_t k = 0; k < it->rows; k++) {
        const double *bar = &it->value[4 * k];
        hidden += ssi_x_pixel(p, bar[0]) < b->right && ssi_x_pixel(p, bar[1]) > b->left &&
                  ssi_y_pixel(p, bar[2]) < b->top && ssi_y_pixel(p, bar[3]) > b->bottom;
    }
    return hidden;
}

/* What a legend in the box would hide: points, bars, and lines that cross it. */
static int count_hidden(const pen *p, const box *b)
{
    int hidden = 0;
    for (size_t i = 0; i < p->axes->layers; i++) {
        const layer *it = &p->axes->layer[i];
        if (it->kind == LAYER_LINE || it->kind == LAYER_SCATTER) {
            hidden += hidden_points(p, it, b);
        } else if (it->kind == LAYER_BAR) {
            hidden += hidden_bars(p, it, b);
        }
    }
    return hidden;
}

/* The place with these shares of the room to the left and below. */
static box place_at(const pen *p, double w, double h, double x, double y)
{
    double left = p->box.left + GAP + x * (p->box.right - p->box.left - 2 * GAP - w);
    double bottom = p->box.bottom + GAP + y * (p->box.top - p->box.bottom - 2 * GAP - h);
    return (box){left, left + w, bottom, bottom + h};
}

/* matplotlib's places, in the order in which it tries them; the first four are those that can be asked for. */
static box choose_place(const pen *p, double w, double h)
{
    static const double places[][2] = {{1, 1},   {0, 1},   {0, 0},   {1, 0},   {1, 0.5},
                                       {0, 0.5}, {1, 0.5}, {0.5, 0}, {0.5, 1}, {0.5, 0.5}};
    enum legend_place asked = p->axes->legend;
    if (asked != LEGEND_BEST) {
        const double *at = asked == LEGEND_CENTER ? places[9] : places[asked - LEGEND_UPPER_RIGHT];
        return place_at(p, w, h, at[0], at[1]);
    }
    box best = {0};
    int fewest = -1;
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]) && fewest != 0; i++) {
        box b = place_at(p, w, h, places[i][0], places[i][1]);
        int hidden = count_hidden(p, &b);
        if (fewest < 0 || hidden < fewest) {
            best = b, fewest = hidden;
        }
    }
    return best;
}

/* ---- drawing ---- */

static void write_place(const pen *p, double x, double y)
{
    ssi_text_add(p->out, "screen %.6g,%.6g", ssi_screen_x(p, x), ssi_screen_y(p, y));
}

/* A polygon with rounded corners, from the lower left one on. */
static void write_background(const pen *p, const box *b)
{
    const struct {
        double x, y, from;
    } corners[4] = {{b->left + ROUND, b->bottom + ROUND, 180},
                    {b->right - ROUND, b->bottom + ROUND, 270},
                    {b->right - ROUND, b->top - ROUND, 0},
                    {b->left + ROUND, b->top - ROUND, 90}};
    ssi_text_add(p->out, "set object polygon from ");
    for (int i = 0; i <= 16; i++) {
        double angle = (corners[i / 4 % 4].from + i % 4 * 30) * 3.14159265358979 / 180;
        ssi_text_add(p->out, i > 0 ? " to " : "");
        write_place(p, corners[i / 4 % 4].x + ROUND * cos(angle), corners[i / 4 % 4].y + ROUND * sin(angle));
    }
    ssi_text_add(p->out, " front fc rgb '#ffffff' fs transparent solid 0.8 border lc rgb '#cccccc' lw %.3g\n",
                 POINT * p->terminal->line);
}

static void write_patch(const pen *p, const entry *e, double x, double y)
{
    ssi_text_add(p->out, "set object rectangle from ");
    write_place(p, x, y - HANDLE_H / 2);
    ssi_text_add(p->out, " to ");
    write_place(p, x + HANDLE, y + HANDLE_H / 2);
    ssi_text_add(p->out, " front fc rgb '#%06x' fs solid noborder\n", (unsigned)ssi_over_white(e->rgb, e->of->alpha));
}

static void write_handle_marker(const pen *p, const entry *e, double x, double y, double size, uint32_t rgb)
{
    ssi_text_add(p->out, "set label '' at ");
    write_place(p, x + HANDLE / 2, y);
    ssi_text_add(p->out, " front point");
    ssi_write_marker(p, e->of->marker, size);
    ssi_write_color(p, rgb, e->of->alpha);
    ssi_text_add(p->out, "\n");
}

static void write_handle(const pen *p, const entry *e, double x, double y)
{
    if (e->of->kind == LAYER_BAR || e->of->kind == LAYER_SPAN) {
        write_patch(p, e, x, y);
        return;
    }
    if (e->of->kind != LAYER_SCATTER) {
        ssi_text_add(p->out, "set arrow from ");
        write_place(p, x, y);
        ssi_text_add(p->out, " to ");
        write_place(p, x + HANDLE, y);
        ssi_text_add(p->out, " nohead front");
        ssi_write_dash(p, e->of);
        ssi_write_color(p, e->rgb, e->of->alpha);
        ssi_text_add(p->out, "\n");
    }
    if (e->of->edge >= 0) {
        write_handle_marker(p, e, x, y, e->of->marker_size + 1, (uint32_t)e->of->edge);
    }
    if (e->of->marker != 0) {
        write_handle_marker(p, e, x, y, e->of->marker_size + (e->of->edge >= 0 ? -1 : 1), e->rgb);
    }
}

void ssi_write_legend(const pen *p)
{
    entry entries[MOST_ENTRIES];
    int count = p->axes->legend != LEGEND_NONE ? find_entries(p->axes, entries) : 0;
    if (count == 0) {
        return;
    }
    double widest = 0;
    for (int i = 0; i < count; i++) {
        widest = fmax(widest, ssi_text_width(entries[i].label) * FONT);
    }
    double w = 2 * PADDING + HANDLE + SPACE + widest, h = 2 * PADDING + count * TEXT_H + (count - 1) * GAP;
    box b = choose_place(p, w, h);
    write_background(p, &b);
    for (int i = 0; i < count; i++) {
        double y = b.top - PADDING - TEXT_H / 2 - i * (TEXT_H + GAP);
        write_handle(p, &entries[i], b.left + PADDING, y + 0.9);
        ssi_write_text(p, entries[i].label, b.left + PADDING + HANDLE + SPACE, y, ALIGN_LEFT, FONT, 0, false);
    }
}
