/*
 * script.c - writes a figure down as a gnuplot script with its data, in matplotlib's look.
 *
 * Every position is given: panels in fractions of the screen, ticks and their labels one by one, titles as labels. gnuplot decides
 * nothing but how to draw, so its version matters little. Lengths are in pixels of a figure at 100 per inch.
 *
 * A user's text enters by ssi_text_quote only. There is no `set output`: the picture goes to stdout.
 */
#include "plot/figure.h"

#include <math.h>
#include <string.h>

#define FONT_PX  13.9 /* 10 points at 100 pixels per inch */
#define GLYPH_PX 8.6  /* about the widest digit */

/* matplotlib's tab10 */
static const char *const cycle[] = {"#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd",
                                    "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf"};

/* What a pixel of ours is called in each terminal. */
typedef struct terminal {
    const char *name, *driver, *options;
    const char *unit;  /* of the size */
    double units;      /* per pixel */
    double font;       /* size of the usual text */
    double line;       /* line width of one pixel */
    const char *image; /* how to draw so that pixels stay sharp when enlarged */
} terminal;

static const terminal terminals[] = {
    {"png", "pngcairo", "background rgb '#ffffff'", "", 1, 10.4, 1, "image"},
    {"svg", "svg", "background '#ffffff'", "", 1, 13.9, 1, "image pixels"},
    {"pdf", "pdfcairo", "fontscale 1 background rgb '#ffffff'", "in", 0.01, 7.1, 1.44, "image"},
};

typedef struct box {
    double left, right, bottom, top; /* fractions of the screen */
} box;

typedef struct pen {
    const ssi_figure *figure;
    const terminal *terminal;
    text *out;
    const ssi_axes *axes; /* the panel being drawn, and where */
    int index;
    box box;
    double xlow, xhigh, ylow, yhigh; /* its ranges; from bottom to top */
} pen;

static double width_px(const pen *p)
{
    return (p->box.right - p->box.left) * p->figure->width;
}

static double height_px(const pen *p)
{
    return (p->box.top - p->box.bottom) * p->figure->height;
}

/* ---- layout ---- */

static bool is_picture(const ssi_axes *axes)
{
    return axes->layers > 0 && axes->layer[0].kind != LAYER_LINE;
}

/* The panel's place: matplotlib's for a single one, else its share of the figure less room for what stands around it. */
static box place(const ssi_figure *figure, const ssi_axes *axes, int row, int column)
{
    double w = figure->width, h = figure->height - (figure->title != NULL ? 34 : 0);
    double left = axes->bare ? 4 : axes->ylabel != NULL ? 76 : 54, right = axes->bare ? 4 : 18;
    double bottom = axes->bare             ? 4
                    : axes->xlabel != NULL ? 52
                                           : 32,
           top = axes->title == NULL ? 12
                 : axes->bare        ? 24
                                     : 34;
    if (figure->rows == 1 && figure->columns == 1 && !axes->bare) {
        left = 0.125 * w, right = 0.1 * w, bottom = 0.11 * h, top = 0.12 * h;
    }
    if (figure->rows == 1 && figure->columns == 1 && axes->bare && axes->title == NULL) {
        left = right = bottom = top = 0; /* nothing but the picture */
    }
    double cell_w = w / figure->columns, cell_h = h / figure->rows;
    double cell_left = column * cell_w, cell_bottom = h - (row + 1) * cell_h;
    left = fmin(left, 0.3 * cell_w), right = fmin(right, 0.2 * cell_w);
    bottom = fmin(bottom, 0.3 * cell_h), top = fmin(top, 0.4 * cell_h);
    return (box){(cell_left + left) / w, (cell_left + cell_w - right) / w, (cell_bottom + bottom) / figure->height,
                 (cell_bottom + cell_h - top) / figure->height};
}

/* The largest place inside the box where the elements of a matrix are square. */
static void make_square(pen *p, const layer *matrix)
{
    double w = width_px(p), h = height_px(p);
    double cell = fmin(w / (double)matrix->columns, h / (double)matrix->rows);
    double spare_w = (w - cell * (double)matrix->columns) / p->figure->width / 2;
    double spare_h = (h - cell * (double)matrix->rows) / p->figure->height / 2;
    p->box = (box){p->box.left + spare_w, p->box.right - spare_w, p->box.bottom + spare_h, p->box.top - spare_h};
}

/* ---- ranges ---- */

/* matplotlib's margin of 5 %, and a little room where there is no extent. */
static void add_margin(double *low, double *high)
{
    if (!(*low <= *high)) {
        *low = 0, *high = 1;
    } else if (*low == *high) {
        double room = *low == 0 ? 0.05 : 0.05 * fabs(*low);
        *low -= room, *high += room;
    }
    double margin = 0.05 * (*high - *low);
    *low -= margin, *high += margin;
}

static bool drawable(const double *point)
{
    return fabs(point[0]) < 1e300 && fabs(point[1]) < 1e300; /* false for NaN, too */
}

static void find_ranges(pen *p)
{
    if (is_picture(p->axes)) {
        const layer *matrix = &p->axes->layer[0];
        p->xlow = p->yhigh = -0.5; /* row 0 on top */
        p->xhigh = (double)matrix->columns - 0.5;
        p->ylow = (double)matrix->rows - 0.5;
        return;
    }
    p->xlow = p->ylow = INFINITY;
    p->xhigh = p->yhigh = -INFINITY;
    for (size_t i = 0; i < p->axes->layers; i++) {
        const layer *line = &p->axes->layer[i];
        for (int64_t k = 0; line->kind == LAYER_LINE && k < line->rows; k++) {
            const double *point = &line->value[2 * k];
            if (drawable(point)) {
                p->xlow = fmin(p->xlow, point[0]), p->xhigh = fmax(p->xhigh, point[0]);
                p->ylow = fmin(p->ylow, point[1]), p->yhigh = fmax(p->yhigh, point[1]);
            }
        }
    }
    add_margin(&p->xlow, &p->xhigh);
    add_margin(&p->ylow, &p->yhigh);
}

/* ---- text around a panel ---- */

/* Shown width in glyphs: a character of three or more bytes is mostly a Hangul syllable, twice as wide. */
static double glyphs(const char *shown)
{
    double count = 0;
    for (; *shown != '\0'; shown++) {
        unsigned char c = (unsigned char)*shown;
        count += (c & 0xC0) == 0x80 ? 0 : c >= 0xE0 ? 2 : 1;
    }
    return count;
}

/* A text centred at a place of the screen (fractions). */
static void write_label(const pen *p, const char *shown, double x, double y, double size, const char *more)
{
    if (shown != NULL && shown[0] != '\0') {
        ssi_text_add(p->out, "set label ");
        ssi_text_quote(p->out, shown);
        ssi_text_add(p->out, " at screen %.6g,%.6g center font ',%.4g' front %s\n", x, y, size * p->terminal->font,
                     more);
    }
}

/* Ticks of matplotlib's choice. Returns the widest label's glyphs. */
static size_t write_ticks(const pen *p, const char *axis, const ticks *at)
{
    size_t widest = 0;
    ssi_text_add(p->out, "set %stics (", axis);
    for (int i = 0; i < at->count; i++) {
        char shown[32];
        ssi_text_add(p->out, i > 0 ? ", " : "");
        ssi_text_quote_tick(p->out, ssi_tick_text(at, i, shown));
        ssi_text_add(p->out, " %.12g", at->at[i]);
        widest = strlen(shown) > widest ? strlen(shown) : widest;
    }
    ssi_text_add(p->out, ")\n");
    return widest;
}

/* One tick for each row or column of a heat map. */
static size_t write_names(const pen *p, const char *axis, char *const *name, int64_t count)
{
    size_t widest = 0;
    ssi_text_add(p->out, "set %stics (", axis);
    for (int64_t i = 0; i < count; i++) {
        char number[24];
        snprintf(number, sizeof(number), "%lld", (long long)i);
        const char *shown = name != NULL ? name[i] : number;
        ssi_text_add(p->out, i > 0 ? ", " : "");
        ssi_text_quote_tick(p->out, shown);
        ssi_text_add(p->out, " %lld", (long long)i);
        widest = strlen(shown) > widest ? strlen(shown) : widest;
    }
    ssi_text_add(p->out, ")\n");
    return widest;
}

static int tick_room(double px, double each)
{
    int most = (int)(px / each);
    return most < 1 ? 1 : most > 9 ? 9 : most;
}

/* The title's size, of the usual text's: smaller, down to legibility, where the panel is narrow. */
static double title_size(const pen *p)
{
    double usual = p->axes->bare ? 1 : 1.2, room = (double)p->figure->width / p->figure->columns - 6;
    double fits = room / (0.9 * GLYPH_PX * fmax(1, glyphs(p->axes->title)));
    return fmin(usual, fmax(fits, 0.65));
}

/* Ticks, axis labels, title. */
static void write_surroundings(const pen *p)
{
    const ssi_axes *axes = p->axes;
    size_t widest = 0;
    if (axes->bare || (is_picture(axes) && axes->layer[0].kind == LAYER_IMAGE)) {
        ssi_text_add(p->out, "unset tics\n");
    } else if (is_picture(axes)) {
        write_names(p, "x", axes->layer[0].column_name, axes->layer[0].columns);
        widest = write_names(p, "y", axes->layer[0].row_name, axes->layer[0].rows);
    } else {
        ticks x = ssi_ticks(p->xlow, p->xhigh, tick_room(width_px(p), 3 * FONT_PX), axes->integer_x);
        ticks y = ssi_ticks(p->ylow, p->yhigh, tick_room(height_px(p), 2 * FONT_PX), false);
        write_ticks(p, "x", &x);
        widest = write_ticks(p, "y", &y);
    }
    double w = p->figure->width, h = p->figure->height;
    double x = (p->box.left + p->box.right) / 2, y = (p->box.bottom + p->box.top) / 2;
    char color[32];
    snprintf(color, sizeof(color), "tc rgb '%s'", axes->title_color != NULL ? axes->title_color : "#000000");
    if (axes->title != NULL) {
        write_label(p, axes->title, x, p->box.top + (axes->bare ? 11 : 15) / h, title_size(p), color);
    }
    write_label(p, axes->xlabel, x, p->box.bottom - 39 / h, 1, "");
    write_label(p, axes->ylabel, fmax(p->box.left - (26 + GLYPH_PX * (double)widest) / w, 10 / w), y, 1,
                "rotate by 90");
}

/* ---- lines ---- */

/* How many of a panel's points, and of points between them, lie in a part of it given in fractions of its ranges. */
static int points_inside(const pen *p, double left, double right, double bottom, double top)
{
    int inside = 0;
    for (size_t i = 0; i < p->axes->layers; i++) {
        const layer *line = &p->axes->layer[i];
        for (int64_t k = 1; line->kind == LAYER_LINE && k < line->rows; k++) {
            const double *a = &line->value[2 * k - 2], *b = &line->value[2 * k];
            for (int part = 0; part <= 8; part++) {
                double x = (a[0] + (b[0] - a[0]) * part / 8 - p->xlow) / (p->xhigh - p->xlow);
                double y = (a[1] + (b[1] - a[1]) * part / 8 - p->ylow) / (p->yhigh - p->ylow);
                inside += x >= left && x <= right && y >= bottom && y <= top;
            }
        }
    }
    return inside;
}

/* The legend, in the corner where it hides least: matplotlib's "best". */
static void write_legend(const pen *p)
{
    static const struct {
        const char *name;
        bool right, top;
    } corners[] = {{"right top", true, true},
                   {"left top", false, true},
                   {"left bottom", false, false},
                   {"right bottom", true, false}};
    double lines = 0, widest = 0;
    for (size_t i = 0; i < p->axes->layers; i++) {
        const char *label = p->axes->layer[i].label;
        lines += label != NULL;
        widest = label != NULL ? fmax(widest, glyphs(label)) : widest;
    }
    if (lines == 0 || p->axes->no_legend) {
        ssi_text_add(p->out, "unset key\n");
        return;
    }
    double w = (56 + GLYPH_PX * widest) / width_px(p), h = (16 + 19 * lines) / height_px(p);
    int best = 0, fewest = -1;
    for (int i = 0; i < 4; i++) {
        double left = corners[i].right ? 1 - w : 0, bottom = corners[i].top ? 1 - h : 0;
        int hidden = points_inside(p, left, left + w, bottom, bottom + h);
        if (fewest < 0 || hidden < fewest) {
            best = i, fewest = hidden;
        }
    }
    ssi_text_add(
        p->out,
        "set key %s Left reverse samplen 2 spacing 1.15 width 0.5 height 0.4 opaque box lw %.3g lc rgb '#cccccc'\n",
        corners[best].name, 1.1 * p->terminal->line);
}

/* The points as a data block, one a line; an empty line is a gap. */
static void write_points(const pen *p, const layer *line, size_t number)
{
    ssi_text_add(p->out, "$d%d_%zu << EOD\n", p->index, number);
    for (int64_t k = 0; k < line->rows; k++) {
        const double *point = &line->value[2 * k];
        if (drawable(point)) {
            ssi_text_add(p->out, "%.9g %.9g\n", point[0], point[1]);
        } else {
            ssi_text_add(p->out, "\n");
        }
    }
    ssi_text_add(p->out, "EOD\n");
}

static bool has_points(const layer *line)
{
    for (int64_t k = 0; k < line->rows; k++) {
        if (drawable(&line->value[2 * k])) {
            return true;
        }
    }
    return false;
}

/* One curve of the plot command; a line without points still has its place in the legend. */
static void write_curve(const pen *p, const layer *line, size_t number)
{
    const char *color = line->color != NULL ? line->color : cycle[number % (sizeof(cycle) / sizeof(cycle[0]))];
    if (has_points(line)) {
        ssi_text_add(p->out, "$d%d_%zu using 1:2", p->index, number);
    } else {
        ssi_text_add(p->out, "NaN");
    }
    ssi_text_add(p->out, " with %s lw %.3g lc rgb '%s'%s", line->marker ? "linespoints pt 7 ps 0.7" : "lines",
                 2.08 * p->terminal->line, color, line->dashed ? " dt (8,4)" : "");
    if (line->label != NULL) {
        ssi_text_add(p->out, " title ");
        ssi_text_quote(p->out, line->label);
    } else {
        ssi_text_add(p->out, " notitle");
    }
}

static void write_lines(const pen *p)
{
    for (size_t i = 0; i < p->axes->layers; i++) {
        write_points(p, &p->axes->layer[i], i);
    }
    write_legend(p);
    ssi_text_add(p->out, "plot ");
    for (size_t i = 0; i < p->axes->layers; i++) {
        ssi_text_add(p->out, i > 0 ? ", \\\n     " : "");
        write_curve(p, &p->axes->layer[i], i);
    }
    ssi_text_add(p->out, p->axes->layers > 0 ? "\n" : "NaN notitle\n");
}

/* ---- images and heat maps ---- */

/* gnuplot draws no image of one row or one column; it is written twice then, at half the distance. */
static int64_t repeats(int64_t count)
{
    return count == 1 ? 2 : 1;
}

static void write_elements(const pen *p, const layer *matrix)
{
    ssi_text_add(p->out, "$d%d << EOD\n", p->index);
    for (int64_t r = 0; r < matrix->rows * repeats(matrix->rows); r++) {
        for (int64_t c = 0; c < matrix->columns * repeats(matrix->columns); c++) {
            double value = matrix->value[r / repeats(matrix->rows) * matrix->columns + c / repeats(matrix->columns)];
            ssi_text_add(p->out, "%.6g ", fabs(value) < 1e300 ? value : (double)NAN);
        }
        ssi_text_add(p->out, "\n");
    }
    ssi_text_add(p->out, "EOD\n");
}

/* The values into the cells: white on dark, black on light. */
static void write_values(const pen *p, const layer *map)
{
    double cell = width_px(p) / (double)map->columns;
    if (cell < 2.5 * GLYPH_PX) {
        return; /* nobody could read them */
    }
    for (int64_t i = 0; i < map->rows * map->columns; i++) {
        double value = map->value[i];
        bool dark = (value - map->low) > 0.55 * (map->high - map->low);
        char shown[32];
        snprintf(shown, sizeof(shown), "%.4g", value);
        double size = fmin(1, cell / (GLYPH_PX * ((double)strlen(shown) + 0.5)));
        ssi_text_add(p->out, "set label '%.4g' at %lld,%lld center font ',%.4g' tc rgb '%s' front\n", value,
                     (long long)(i % map->columns), (long long)(i / map->columns), size * p->terminal->font,
                     dark ? "#ffffff" : "#000000");
    }
}

static void write_palette(const pen *p, const layer *matrix)
{
    static const char gray[] = "0 '#000000', 1 '#ffffff'";
    static const char blues[] = "0 '#f7fbff', 1 '#deebf7', 2 '#c6dbef', 3 '#9ecae1', 4 '#6baed6', 5 '#4292c6', "
                                "6 '#2171b5', 7 '#08519c', 8 '#08306b'";
    double room = matrix->high > matrix->low ? 0 : 0.5; /* one value only: the middle of the palette */
    ssi_text_add(p->out, "set palette defined (%s)\nset cbrange [%.9g:%.9g]\n",
                 matrix->kind == LAYER_HEATMAP ? blues : gray, matrix->low - room, matrix->high + room);
}

static void write_matrix(const pen *p, const layer *matrix)
{
    double x = (double)repeats(matrix->columns), y = (double)repeats(matrix->rows);
    write_elements(p, matrix);
    write_palette(p, matrix);
    if (matrix->values && matrix->kind == LAYER_HEATMAP) {
        write_values(p, matrix);
    }
    ssi_text_add(p->out, "unset key\nplot $d%d matrix using ($1/%g-%g):($2/%g-%g):3 with %s\n", p->index, x,
                 (x - 1) / (2 * x), y, (y - 1) / (2 * y), p->terminal->image);
}

/* ---- panels ---- */

static void write_panel(pen *p)
{
    if (is_picture(p->axes)) {
        make_square(p, &p->axes->layer[0]);
    }
    find_ranges(p);
    ssi_text_add(p->out, "\nunset label\nset tics out nomirror scale 0.7\nset xtics offset 0,0.3\n");
    ssi_text_add(p->out, "set lmargin at screen %.6g\nset rmargin at screen %.6g\n", p->box.left, p->box.right);
    ssi_text_add(p->out, "set bmargin at screen %.6g\nset tmargin at screen %.6g\n", p->box.bottom, p->box.top);
    ssi_text_add(p->out, "set xrange [%.12g:%.12g]\nset yrange [%.12g:%.12g]\n", p->xlow, p->xhigh, p->ylow, p->yhigh);
    if (p->axes->bare) {
        ssi_text_add(p->out, "unset border\n");
    } else {
        ssi_text_add(p->out, "set border 31 lw %.3g lc rgb '#000000'\n", 1.1 * p->terminal->line);
    }
    write_surroundings(p);
    if (is_picture(p->axes)) {
        write_matrix(p, &p->axes->layer[0]);
    } else {
        write_lines(p);
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
                 figure->height * p.terminal->units, p.terminal->unit, p.terminal->options, p.terminal->font);
    ssi_text_add(script, "set multiplot");
    if (figure->title != NULL) {
        ssi_text_add(script, " title ");
        ssi_text_quote(script, figure->title);
        ssi_text_add(script, " font ',%.4g'", 1.2 * p.terminal->font);
    }
    ssi_text_add(script, "\nunset colorbox\n");
    int panels = figure->rows * figure->columns;
    for (int i = 0; i < panels; i++) {
        p.index = i;
        p.axes = &figure->axes[i];
        p.box = place(figure, p.axes, i / figure->columns, i % figure->columns);
        if (panels == 1 || p.axes->layers > 0 || p.axes->title != NULL) {
            write_panel(&p);
        }
    }
    ssi_text_add(script, "\nunset multiplot\n");
}
