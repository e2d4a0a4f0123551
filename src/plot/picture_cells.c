/*
 * picture_cells.c - images, tables of values, and bars with names, made of characters.
 */
#include "plot/picture.h"

#include <math.h>
#include <string.h>

enum { MOST_ROWS = 40, MOST_NAME = 24 };

/* ---- images ---- */

/* The mean color of the pixels in a part of the image, given in shares of it. */
static uint32_t mean_color(const layer *image, double left, double right, double top, double bottom)
{
    int64_t c0 = (int64_t)(left * (double)image->columns), c1 = (int64_t)ceil(right * (double)image->columns);
    int64_t r0 = (int64_t)(top * (double)image->rows), r1 = (int64_t)ceil(bottom * (double)image->rows);
    double sum[3] = {0}, count = 0;
    for (int64_t r = r0; r < r1 && r < image->rows; r++) {
        for (int64_t c = c0; c < c1 && c < image->columns; c++) {
            for (int k = 0; k < 3; k++) {
                sum[k] += image->pixel[3 * (r * image->columns + c) + k];
            }
            count++;
        }
    }
    uint32_t rgb = 0;
    for (int k = 0; k < 3; k++) {
        rgb = rgb << 8 | (uint32_t)lround(count > 0 ? sum[k] / count : 255);
    }
    return rgb;
}

/* A cell of braille dots, lit where the image is darker than an ordered threshold (Bayer 1973). */
static void dither(canvas *on, const layer *image, int column, int row, int left, int top, int width, int height)
{
    static const int bayer[4][4] = {{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}};
    for (int i = 0; i < 8; i++) {
        int x = 2 * column + i % 2, y = 4 * row + i / 2;
        uint32_t rgb = mean_color(image, (double)x / (2 * width), (double)(x + 1) / (2 * width),
                                  (double)y / (4 * height), (double)(y + 1) / (4 * height));
        if (ssi_darkness(rgb) > (bayer[y % 4][x % 4] * 2 + 1) * 255 / 32) {
            ssi_canvas_dot(on, 2 * left + x, 4 * top + y, '*', 0);
        }
    }
}

/* Every pixel is two cells wide and one high, or a multiple, while there is room; else it is made smaller. */
void ssi_panel_image(panel *p, const layer *image)
{
    canvas *on = p->on;
    double fits = fmin(on->columns / (2.0 * (double)image->columns), MOST_ROWS / (double)image->rows);
    double scale = fits >= 1
                       ? floor(fits)
                       : fmin(on->columns / (2.0 * (double)image->columns), (MOST_ROWS + 24) / (double)image->rows);
    int width = (int)fmax(1, round(2 * scale * (double)image->columns)),
        height = (int)fmax(1, round(scale * (double)image->rows));
    width = width > on->columns ? on->columns : width;
    int left = (on->columns - width) / 2;
    for (int r = 0; r < height; r++) {
        for (int c = 0; c < width; c++) {
            double x0 = (double)c / width, x1 = (c + 1.0) / width, y0 = (double)r / height, y1 = (r + 1.0) / height;
            if (fits >= 1 || on->ascii) {
                ssi_canvas_fill(on, left + c, p->row + r, mean_color(image, x0, x1, y0, y1));
            } else if (on->color) {
                ssi_canvas_halves(on, left + c, p->row + r, mean_color(image, x0, x1, y0, (y0 + y1) / 2),
                                  mean_color(image, x0, x1, (y0 + y1) / 2, y1));
            } else {
                dither(on, image, c, r, left, p->row, width, height);
            }
        }
    }
    p->row += height;
}

/* ---- tables ---- */

/* The name of a row or column of a heat map; the numbers where it has none. */
static const char *name_of(const own_ticks *names, int64_t i, char number[24])
{
    if (names->given && names->name != NULL && i < names->count) {
        return names->name[i];
    }
    snprintf(number, 24, "%lld", (long long)i);
    return number;
}

static int widest_name(const own_ticks *names, int64_t count)
{
    int widest = 0;
    for (int64_t i = 0; i < count; i++) {
        char number[24];
        int columns = ssi_text_columns(name_of(names, i, number));
        widest = columns > widest ? columns : widest;
    }
    return widest < MOST_NAME ? widest : MOST_NAME;
}

static void write_right(canvas *on, int column, int row, int room, const char *shown, int32_t ink)
{
    int columns = ssi_text_columns(shown);
    ssi_canvas_text(on, columns < room ? column + room - columns : column, row, room, shown, ink);
}

static void write_value(panel *p, const layer *map, int64_t i, int column, int width)
{
    char shown[32];
    const uint8_t *pixel = &map->pixel[3 * i];
    uint32_t rgb = (uint32_t)pixel[0] << 16 | (uint32_t)pixel[1] << 8 | (uint32_t)pixel[2];
    for (int c = 0; c < width && p->on->color; c++) {
        ssi_canvas_fill(p->on, column + c, p->row, rgb);
    }
    ssi_text_number(map->value[i], shown);
    write_right(p->on, column, p->row, width - 1, shown, -1);
}

bool ssi_panel_table(panel *p, const layer *map)
{
    const own_ticks *columns = &p->axes->ticks[SSI_X], *rows = &p->axes->ticks[SSI_Y];
    int gutter = widest_name(rows, map->rows) + 1, widest = widest_name(columns, map->columns);
    for (int64_t i = 0; i < map->rows * map->columns; i++) {
        char shown[32];
        int digits = (int)strlen(ssi_text_number(map->value[i], shown));
        widest = digits > widest ? digits : widest;
    }
    int width = widest + 2;
    if ((int64_t)width * map->columns + gutter > p->on->columns || map->rows > MOST_ROWS) {
        return false;
    }
    if (p->axes->ylabel != NULL) {
        ssi_canvas_text(p->on, 0, p->row++, p->on->columns, p->axes->ylabel, -1);
    }
    for (int64_t r = 0; r < map->rows; r++, p->row++) {
        char number[24];
        write_right(p->on, 0, p->row, gutter - 1, name_of(rows, r, number), -1);
        for (int64_t c = 0; c < map->columns; c++) {
            write_value(p, map, r * map->columns + c, gutter + (int)c * width, width);
        }
    }
    for (int64_t c = 0; c < map->columns; c++) {
        char number[24];
        write_right(p->on, gutter + (int)c * width, p->row, width - 1, name_of(columns, c, number), -1);
    }
    p->row++;
    if (p->axes->xlabel != NULL) {
        ssi_panel_centered(p, gutter, width * (int)map->columns, p->axes->xlabel, -1);
        p->row++;
    }
    return true;
}

/* ---- bars with names ---- */

/* A bar lying from `from` to `to`, in eighths of a column. */
static void draw_bar(panel *p, int column, double from, double to, const layer *of, char letter)
{
    static const char *const eighths[] = {"\xE2\x96\x8F", "\xE2\x96\x8E", "\xE2\x96\x8D", "\xE2\x96\x8C",
                                          "\xE2\x96\x8B", "\xE2\x96\x8A", "\xE2\x96\x89", "\xE2\x96\x88"};
    int first = (int)floor(fmin(from, to)), last = (int)ceil(fmax(from, to));
    for (int c = first; c < last; c++) {
        int part = (int)lround(8 * (fmax(from, to) - c));
        part = part > 8 || to < from ? 8 : part;
        if (part > 0) {
            ssi_canvas_letter(p->on, column + c, p->row, p->on->ascii ? (char[2]){letter} : eighths[part - 1],
                              ssi_panel_ink(p, of->rgb));
        }
    }
}

/* The ends of all bars, and 0; or the caller's limits. */
static range bar_range(const ssi_axes *axes)
{
    range all = {0, 0, false};
    if (axes->limit[SSI_Y][0] != axes->limit[SSI_Y][1]) {
        return (range){axes->limit[SSI_Y][0], axes->limit[SSI_Y][1], false};
    }
    for (size_t i = 0; i < axes->layers; i++) {
        for (int64_t k = 0; k < axes->layer[i].rows; k++) {
            const double *bar = &axes->layer[i].value[4 * k];
            all.from = fabs(bar[2]) < 1e300 ? fmin(all.from, bar[2]) : all.from;
            all.to = fabs(bar[3]) < 1e300 ? fmax(all.to, bar[3]) : all.to;
        }
    }
    all.to = all.to == all.from ? 1 : all.to;
    return all;
}

void ssi_panel_bars(panel *p)
{
    const ssi_axes *axes = p->axes;
    const own_ticks *names = &axes->ticks[SSI_X];
    range all = bar_range(axes);
    int gutter = widest_name(names, names->count) + 1, room = p->on->columns - gutter - 10; /* for the number */
    room = room < 4 ? 4 : room;
    bool grouped = axes->layers > 1;
    if (axes->ylabel != NULL) {
        ssi_panel_centered(p, gutter, room, axes->ylabel, -1);
        p->row++;
    }
    for (int k = 0; k < names->count; k++) {
        p->row += grouped && k > 0;
        for (size_t i = 0; i < axes->layers; i++, p->row++) {
            const layer *it = &axes->layer[i];
            if (i == 0) {
                write_right(p->on, 0, p->row, gutter - 1, names->name[k], -1);
            }
            if (k >= it->rows || isnan(it->value[4 * k + 3])) {
                continue;
            }
            char shown[32], letter = grouped ? ssi_panel_letter(p, it, 0) : '#';
            double value = it->value[4 * k + 2] < 0 ? it->value[4 * k + 2] : it->value[4 * k + 3];
            double zero = room * fmin(fmax(ssi_share(&all, 0), 0), 1),
                   end = room * fmin(fmax(ssi_share(&all, value), 0), 1);
            draw_bar(p, gutter, zero, end, it, letter);
            ssi_text_number(value, shown);
            int after = gutter + (int)ceil(fmax(zero, end)) + 1;
            after += ssi_canvas_text(p->on, after, p->row, p->on->columns - after, shown, -1);
            if (grouped && !p->on->ascii && !p->on->color) {
                ssi_canvas_letter(p->on, gutter + (int)zero, p->row, (char[2]){letter}, -1);
            }
        }
    }
    if (axes->xlabel != NULL) {
        ssi_canvas_text(p->on, 0, p->row++, p->on->columns, axes->xlabel, -1);
    }
}
