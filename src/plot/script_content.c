/*
 * script_content.c - what a panel shows, as gnuplot's data blocks and one plot command.
 *
 * The layers are drawn from the back to the front by their kind, as matplotlib does: images, areas, points, lines; arrows and texts above all.
 */
#include "plot/script.h"

#include <math.h>
#include <string.h>

/* ---- pens ---- */

void ssi_write_marker(const pen *p, char marker, double points)
{
    static const struct {
        char marker;
        int type;
        double size; /* of a disc as wide */
    } types[] = {{'o', 7, 1},    {'.', 7, 0.5}, {'s', 5, 1}, {'^', 9, 1.2}, {'v', 11, 1.2},
                 {'D', 13, 1.3}, {'*', 3, 1},   {'x', 2, 1}, {'+', 1, 1}};
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (types[i].marker == marker) {
            ssi_text_add(p->out, " pt %d ps %.3g lw %.3g", types[i].type,
                         points * POINT * types[i].size * p->terminal->marker, 1.2 * POINT * p->terminal->line);
        }
    }
}

void ssi_write_dash(const pen *p, const layer *of)
{
    static const double dashes[][2] = {{0, 0}, {16, 7}, {4.3, 7.1}}; /* matplotlib's, in the units of pngcairo */
    double unit = p->terminal->dash;
    ssi_text_add(p->out, " lw %.3g", of->width * POINT * p->terminal->line);
    if (of->dash != DASH_NONE) {
        ssi_text_add(p->out, " dt (%.3g,%.3g)", dashes[of->dash][0] * unit, dashes[of->dash][1] * unit);
    }
}

/* ---- data blocks: $d0_1 is the data of layer 1 of panel 0 ---- */

static void write_point(const pen *p, const layer *it, int64_t k)
{
    const double *point = &it->value[2 * k];
    ssi_text_add(p->out, "%.9g %.9g", point[0], point[1]);
    if (it->classes > 0) {
        unsigned hidden = (unsigned)lround(255 * (1 - it->alpha));
        ssi_text_add(p->out, " %u", hidden << 24 | ssi_cycle_color(it->class[k]));
    }
    ssi_text_add(p->out, "\n");
}

/* Whether a line has many points to a pixel, from left to right: gnuplot would take a minute for a million. */
static bool is_dense(const pen *p, const layer *line)
{
    bool dense = line->kind == LAYER_LINE && line->marker == 0 && (double)line->rows > 8 * (p->box.right - p->box.left);
    for (int64_t k = 1; dense && k < line->rows; k++) {
        dense = !(line->value[2 * k] < line->value[2 * k - 2]);
    }
    return dense;
}

/* Of the points from first to last, which share a column of pixels: the two, and the lowest and the highest between them, in their order. */
static void write_column(const pen *p, const layer *line, int64_t first, int64_t last)
{
    int64_t low = first, high = first;
    for (int64_t k = first + 1; k <= last; k++) {
        low = line->value[2 * k + 1] < line->value[2 * low + 1] ? k : low;
        high = line->value[2 * k + 1] > line->value[2 * high + 1] ? k : high;
    }
    int64_t kept[] = {first, low < high ? low : high, low < high ? high : low, last};
    for (int i = 0; i < 4; i++) {
        if (i == 0 || kept[i] > kept[i - 1]) {
            write_point(p, line, kept[i]);
        }
    }
}

/* A dense line, which looks the same by four points to a column of pixels. */
static void write_thinned(const pen *p, const layer *line)
{
    int64_t first = 0;
    for (int64_t k = 0; k <= line->rows; k++) {
        bool drawn = k < line->rows && ssi_point_drawable(p->axes, &line->value[2 * k]);
        bool goes_on = drawn && k > first &&
                       floor(ssi_x_pixel(p, line->value[2 * k])) == floor(ssi_x_pixel(p, line->value[2 * first]));
        if (!goes_on && k > first) {
            write_column(p, line, first, k - 1);
        }
        if (!goes_on) {
            first = drawn ? k : k + 1;
            ssi_text_add(p->out, drawn || k == line->rows ? "" : "\n"); /* an empty line is a gap */
        }
    }
}

static void write_points(const pen *p, const layer *it)
{
    if (is_dense(p, it)) {
        write_thinned(p, it);
        return;
    }
    for (int64_t k = 0; k < it->rows; k++) {
        if (ssi_point_drawable(p->axes, &it->value[2 * k])) {
            write_point(p, it, k);
        } else {
            ssi_text_add(p->out, it->kind == LAYER_LINE ? "\n" : "");
        }
    }
}

/* A rectangle cut to the panel: gnuplot draws none that sticks out of it. False where nothing is left. */
static bool cut(const range *of, double *a, double *b)
{
    double low = fmin(of->from, of->to), high = fmax(of->from, of->to);
    *a = fmin(fmax(*a, low), high);
    *b = fmin(fmax(*b, low), high);
    return *a < *b;
}

/* The value whose pixel is a whole one, as matplotlib snaps rectangles, and so many further on. */
static double snap(const range *of, double value, double first, double pixels, double more)
{
    double share = ssi_share(of, value), whole = (round(first + share * pixels) + more - first) / pixels;
    return of->log ? of->from * pow(of->to / of->from, whole) : of->from + whole * (of->to - of->from);
}

static void write_bars(const pen *p, const layer *it)
{
    const box *b = &p->box;
    for (int64_t k = 0; k < it->rows; k++) {
        double bar[4];
        memcpy(bar, &it->value[4 * k], sizeof(bar));
        if (!isnan(bar[3]) && cut(&p->frame.x, &bar[0], &bar[1]) && cut(&p->frame.y, &bar[2], &bar[3])) {
            bar[0] = snap(&p->frame.x, bar[0], b->left, b->right - b->left, 0);
            bool touched = k + 1 < it->rows && it->value[4 * k + 1] == it->value[4 * k + 4] && it->alpha == 1;
            bar[1] = snap(&p->frame.x, bar[1], b->left, b->right - b->left,
                          touched ? 0.5 : 0); /* lest the paper shine through */
            ssi_text_add(p->out, "%.9g %.9g %.9g %.9g %.9g %.9g\n", bar[0], bar[2], bar[0], bar[1], bar[2], bar[3]);
        }
    }
}

static void write_span(const pen *p, const layer *it)
{
    const range *x = &p->frame.x, *y = &p->frame.y;
    double ends[2] = {it->value[0], it->value[1]};
    if (cut(it->vertical ? x : y, &ends[0], &ends[1])) {
        double left = it->vertical ? ends[0] : fmin(x->from, x->to),
               right = it->vertical ? ends[1] : fmax(x->from, x->to);
        double bottom = it->vertical ? fmin(y->from, y->to) : ends[0],
               top = it->vertical ? fmax(y->from, y->to) : ends[1];
        ssi_text_add(p->out, "%.9g %.9g %.9g %.9g %.9g %.9g\n", left, bottom, left, right, bottom, top);
    }
}

static void write_rule(const pen *p, const layer *it)
{
    double at = it->value[0];
    if (it->vertical) {
        ssi_text_add(p->out, "%.9g %.9g\n%.9g %.9g\n", at, p->frame.y.from, at, p->frame.y.to);
    } else {
        ssi_text_add(p->out, "%.9g %.9g\n%.9g %.9g\n", p->frame.x.from, at, p->frame.x.to, at);
    }
}

/* gnuplot draws no image of one row or one column; it is written twice then, at half the distance. */
static int64_t repeats(int64_t count)
{
    return count == 1 ? 2 : 1;
}

/* The middles of the pixels, and their colors. */
static void write_pixels(const pen *p, const layer *it)
{
    int64_t rows = it->rows * repeats(it->rows), columns = it->columns * repeats(it->columns);
    double dx = (it->extent[1] - it->extent[0]) / (double)columns, dy = (it->extent[2] - it->extent[3]) / (double)rows;
    for (int64_t r = 0; r < rows; r++) {
        for (int64_t c = 0; c < columns; c++) {
            const uint8_t *pixel = &it->pixel[3 * (r / repeats(it->rows) * it->columns + c / repeats(it->columns))];
            ssi_text_add(p->out, "%.9g %.9g %d %d %d\n", it->extent[0] + ((double)c + 0.5) * dx,
                         it->extent[3] + ((double)r + 0.5) * dy, pixel[0], pixel[1], pixel[2]);
        }
    }
}

/* The same as rectangles, for terminals that draw images as shapes: equal pixels of a row are one. Each goes on a little below the next ones, which are drawn
 * over it, lest the paper shine through between them. */
static void write_runs(const pen *p, const layer *it)
{
    double dx = (it->extent[1] - it->extent[0]) / (double)it->columns;
    double dy = (it->extent[2] - it->extent[3]) / (double)it->rows;
    for (int64_t r = 0; r < it->rows; r++) {
        const uint8_t *row = &it->pixel[3 * r * it->columns];
        for (int64_t c = 0, end; c < it->columns; c = end) {
            for (end = c + 1; end < it->columns && memcmp(&row[3 * end], &row[3 * c], 3) == 0; end++) {
            }
            double across = end < it->columns ? 0.5 : 0, down = r + 1 < it->rows ? 0.5 : 0;
            double x0 = it->extent[0] + (double)c * dx, x1 = it->extent[0] + ((double)end + across) * dx;
            double y0 = it->extent[3] + (double)r * dy, y1 = it->extent[3] + ((double)r + 1 + down) * dy;
            double left = fmin(x0, x1), right = fmax(x0, x1), bottom = fmin(y0, y1), top = fmax(y0, y1);
            if (cut(&p->frame.x, &left, &right) && cut(&p->frame.y, &bottom, &top)) {
                ssi_text_add(p->out, "%.9g %.9g %.9g %.9g %.9g %.9g %d\n", left, bottom, left, right, bottom, top,
                             row[3 * c] << 16 | row[3 * c + 1] << 8 | row[3 * c + 2]);
            }
        }
    }
}

/* The mean color of the elements of `image` that make up element (r,c) of a smaller one. */
static void write_mean(const layer *image, const layer *small, int64_t r, int64_t c, uint8_t *pixel)
{
    int64_t top = r * image->rows / small->rows, bottom = (r + 1) * image->rows / small->rows;
    int64_t left = c * image->columns / small->columns, right = (c + 1) * image->columns / small->columns;
    int64_t sum[3] = {0}, count = (bottom - top) * (right - left);
    for (int64_t y = top; y < bottom; y++) {
        for (int64_t x = left; x < right; x++) {
            for (int k = 0; k < 3; k++) {
                sum[k] += image->pixel[3 * (y * image->columns + x) + k];
            }
        }
    }
    for (int k = 0; k < 3; k++) {
        pixel[k] = (uint8_t)((sum[k] + count / 2) / count);
    }
}

/* An image of far more elements than the panel has pixels is made smaller: gnuplot would take half a minute for a million. */
static void write_image(const pen *p, const layer *image)
{
    void (*write)(const pen *, const layer *) = p->terminal->shapes ? write_runs : write_pixels;
    double w = fabs(ssi_x_pixel(p, image->extent[1]) - ssi_x_pixel(p, image->extent[0]));
    double h = fabs(ssi_y_pixel(p, image->extent[3]) - ssi_y_pixel(p, image->extent[2]));
    layer small = *image;
    small.columns = (double)image->columns > 1.5 * w + 1 ? (int64_t)fmax(1, w) : image->columns;
    small.rows = (double)image->rows > 1.5 * h + 1 ? (int64_t)fmax(1, h) : image->rows;
    if (small.columns == image->columns && small.rows == image->rows) {
        write(p, image);
        return;
    }
    small.pixel = ssi_alloc((size_t)(3 * small.rows * small.columns));
    p->out->failed = p->out->failed || small.pixel == NULL;
    for (int64_t i = 0; small.pixel != NULL && i < small.rows * small.columns; i++) {
        write_mean(image, &small, i / small.columns, i % small.columns, &small.pixel[3 * i]);
    }
    if (small.pixel != NULL) {
        write(p, &small);
    }
    ssi_free(small.pixel);
}

/* The block, and whether it holds anything: gnuplot complains of an empty one. */
static bool write_block(const pen *p, const layer *it, size_t number)
{
    ssi_text_add(p->out, "$d%d_%zu << EOD\n", p->index, number);
    size_t before = p->out->length;
    switch (it->kind) {
    case LAYER_IMAGE:
        write_image(p, it);
        break;
    case LAYER_SPAN:
        write_span(p, it);
        break;
    case LAYER_BAR:
        write_bars(p, it);
        break;
    case LAYER_RULE:
        write_rule(p, it);
        break;
    default:
        write_points(p, it);
    }
    bool any = false;
    for (size_t i = before; i < p->out->length && !any; i++) { /* a failed text is empty */
        any = p->out->bytes[i] != '\n';
    }
    ssi_text_add(p->out, "EOD\n");
    return any;
}

/* ---- the plot command ---- */

/* Between two elements of it. */
static void separate(const pen *p, bool *first)
{
    ssi_text_add(p->out, *first ? "plot " : ", \\\n     ");
    *first = false;
}

static void write_scatter(const pen *p, const layer *it, size_t number, bool *first)
{
    double size = it->marker_size + (it->edge >= 0 ? -1 : 1);
    if (it->edge >= 0) {
        separate(p, first);
        ssi_text_add(p->out, "$d%d_%zu using 1:2 with points", p->index, number);
        ssi_write_marker(p, it->marker, it->marker_size + 1);
        ssi_write_color(p, (uint32_t)it->edge, it->alpha);
    }
    separate(p, first);
    ssi_text_add(p->out, "$d%d_%zu using 1:2%s with points", p->index, number, it->classes > 0 ? ":3" : "");
    ssi_write_marker(p, it->marker, size);
    if (it->classes > 0) {
        ssi_text_add(p->out, " lc rgb variable");
    } else {
        ssi_write_color(p, it->rgb, it->alpha);
    }
}

static void write_element(const pen *p, const layer *it, size_t number, bool *first)
{
    if (it->kind == LAYER_SCATTER) {
        write_scatter(p, it, number, first);
        return;
    }
    separate(p, first);
    ssi_text_add(p->out, "$d%d_%zu using ", p->index, number);
    if (it->kind == LAYER_IMAGE) {
        ssi_text_add(p->out, p->terminal->shapes ? "1:2:3:4:5:6:7 with boxxyerror fs solid noborder lc rgb variable"
                                                 : "1:2:3:4:5 with rgbimage");
    } else if (it->kind == LAYER_BAR || it->kind == LAYER_SPAN) {
        ssi_text_add(p->out, "1:2:3:4:5:6 with boxxyerror fs solid noborder");
        ssi_write_color(p, it->rgb, it->alpha);
    } else {
        ssi_text_add(p->out, "1:2 with lines");
        ssi_write_dash(p, it);
        ssi_write_color(p, it->rgb, it->alpha);
    }
    if (it->kind == LAYER_LINE && it->marker != 0) {
        separate(p, first);
        ssi_text_add(p->out, "$d%d_%zu using 1:2 with points", p->index, number);
        ssi_write_marker(p, it->marker, it->marker_size + 1);
        ssi_write_color(p, it->rgb, it->alpha);
    }
}

/* ---- texts and arrows ---- */

/* The values into an image's cells: white on dark, black on light. */
static void write_cell_values(const pen *p, const layer *map)
{
    double cell = (p->box.right - p->box.left) / (double)map->columns;
    for (int64_t i = 0; i < map->rows * map->columns && cell > 20; i++) {
        const uint8_t *pixel = &map->pixel[3 * i];
        bool dark = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2] < 128;
        char shown[32];
        ssi_text_number(map->value[i], shown);
        double size = fmin(FONT, 0.9 * cell / ssi_text_width(shown));
        ssi_write_text(p, shown, ssi_x_pixel(p, (double)(i % map->columns)), ssi_y_pixel(p, (double)(i / map->columns)),
                       ALIGN_CENTER, size, dark ? 0xffffff : 0x000000, false);
    }
}

static void write_bar_values(const pen *p, const layer *bars)
{
    for (int64_t i = 0; i < bars->rows; i++) {
        const double *bar = &bars->value[4 * i];
        char shown[32];
        double value = bar[2] < 0 ? bar[2] : bar[3];
        ssi_text_number(value, shown);
        if (isfinite(value)) {
            ssi_write_text(p, shown, ssi_x_pixel(p, (bar[0] + bar[1]) / 2),
                           ssi_y_pixel(p, value) + (value < 0 ? -1 : 1) * (2 + TEXT_H / 2), ALIGN_CENTER, FONT, 0,
                           false);
        }
    }
}

static void write_arrow(const pen *p, const layer *it)
{
    const double *v = it->value;
    double x0 = ssi_x_pixel(p, v[0]), y0 = ssi_y_pixel(p, v[1]), x1 = ssi_x_pixel(p, v[2]), y1 = ssi_y_pixel(p, v[3]);
    if (isfinite(x0 + y0 + x1 + y1)) {
        ssi_text_add(
            p->out, "set arrow from screen %.6g,%.6g to screen %.6g,%.6g front head filled size screen %.4g,20",
            ssi_screen_x(p, x0), ssi_screen_y(p, y0), ssi_screen_x(p, x1), ssi_screen_y(p, y1), 9.0 / p->figure->width);
        ssi_write_dash(p, it);
        ssi_write_color(p, it->rgb, it->alpha);
        ssi_text_add(p->out, "\n");
    }
}

static void write_words(const pen *p)
{
    for (size_t i = 0; i < p->axes->layers; i++) {
        const layer *it = &p->axes->layer[i];
        if (it->kind == LAYER_ARROW) {
            write_arrow(p, it);
        } else if (it->kind == LAYER_TEXT) {
            enum align align = it->align == 'c' ? ALIGN_CENTER : it->align == 'r' ? ALIGN_RIGHT : ALIGN_LEFT;
            ssi_write_text(p, it->label, ssi_x_pixel(p, it->value[0]), ssi_y_pixel(p, it->value[1]), align,
                           it->font_size * POINT, it->rgb, false);
        } else if (it->kind == LAYER_IMAGE && it->numbers) {
            write_cell_values(p, it);
        } else if (it->kind == LAYER_BAR && it->numbers) {
            write_bar_values(p, it);
        }
    }
}

/* One plot command of all layers that have something to show. */
static void write_plot(const pen *p, const bool *shown)
{
    bool first = true;
    for (int depth = LAYER_IMAGE; depth <= LAYER_RULE; depth++) {
        for (size_t i = 0; i < p->axes->layers; i++) {
            if (shown[i] && p->axes->layer[i].depth == depth) {
                write_element(p, &p->axes->layer[i], i, &first);
            }
        }
    }
    ssi_text_add(p->out, first ? "plot NaN notitle\n" : "\n");
}

void ssi_write_content(const pen *p)
{
    bool *shown = ssi_calloc(p->axes->layers + 1, sizeof(*shown));
    if (shown == NULL) {
        p->out->failed = true;
        return;
    }
    write_words(p);
    for (size_t i = 0; i < p->axes->layers; i++) {
        const layer *it = &p->axes->layer[i];
        shown[i] = it->kind != LAYER_TEXT && it->kind != LAYER_ARROW && write_block(p, it, i);
    }
    write_plot(p, shown);
    ssi_free(shown);
}
