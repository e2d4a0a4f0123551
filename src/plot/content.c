/*
 * content.c - what panels show, but for images: checks what it is given and copies it. Leaves drawing to others.
 */
#include "plot/figure.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* The options' word for "as usual" is 0. */
static double or_usual(double value, double usual)
{
    return value == 0 ? usual : value;
}

static bool check_number(const char *operation, const char *name, double value, double least, double most)
{
    if (value >= least && value <= most) {
        return true;
    }
    ssi_fail(SSI_INVALID, operation, "%s %g is not from %g to %g", name, value, least, most);
    return false;
}

/* 0: none; 1: the usual one. */
static bool read_marker(const char *operation, int marker, char *out)
{
    *out = marker == 1 ? 'o' : (char)marker;
    if (marker == 0 || marker == 1 || (marker > 0 && marker < 128 && strchr("os^vD*x+.", marker) != NULL)) {
        return true;
    }
    ssi_fail(SSI_INVALID, operation, "%d is no marker\nthere are 'o' 's' '^' 'v' 'D' '*' 'x' '+' '.'", marker);
    return false;
}

/* All that lines, rules and arrows have in common. The color is the panel's next one unless `rgb` is given as usual. */
static bool read_line_options(layer *it, const char *operation, const ssi_line_options *o)
{
    it->width = or_usual(o->width, it->kind == LAYER_ARROW ? 1 : 1.5);
    it->marker_size = or_usual(o->marker_size, 6);
    it->alpha = or_usual(o->alpha, 1);
    it->dash = o->dashed ? DASH_DASHED : o->dotted ? DASH_DOTTED : DASH_NONE;
    return ssi_read_color(operation, o->color, &it->rgb) && read_marker(operation, o->marker, &it->marker) &&
           check_number(operation, "width", it->width, 0.1, 100) &&
           check_number(operation, "marker_size", it->marker_size, 0.1, 1000) &&
           check_number(operation, "alpha", it->alpha, 0, 1) && ssi_hold(&it->label, o->label);
}

/* ---- points ---- */

/* One coordinate of every point: column 0 is x, column 1 is y. */
static bool read_column(layer *points, int column, ssi_tensor *from)
{
    double *read = ssi_alloc((size_t)points->rows * sizeof(double) + 1);
    bool done = read != NULL && ssi_read(from, SSI_F64, read, points->rows) == 0;
    for (int64_t i = 0; done && i < points->rows; i++) {
        points->value[2 * i + column] = read[i];
    }
    ssi_free(read);
    return done;
}

/* x (N) or NULL, y (N). */
static bool read_points(layer *points, const char *operation, ssi_tensor *x, ssi_tensor *y)
{
    char a[SSI_SHAPE_TEXT], b[SSI_SHAPE_TEXT];
    int64_t nx = x != NULL ? ssi_dim(x, 0) : 0, ny = ssi_dim(y, 0);
    if (ssi_rank(y) != 1 || (x != NULL && (ssi_rank(x) != 1 || nx != ny))) {
        ssi_fail(SSI_INVALID, operation, "x %s, y %s: one x and one y for every point",
                 x != NULL ? ssi_describe(x, a) : "none", ssi_describe(y, b));
        return false;
    }
    points->rows = ny;
    points->columns = 2;
    points->value = ssi_calloc((size_t)ny * 2 + 1, sizeof(double));
    if (points->value == NULL || !read_column(points, 1, y) || (x != NULL && !read_column(points, 0, x))) {
        return false;
    }
    for (int64_t i = 0; x == NULL && i < ny; i++) {
        points->value[2 * i] = (double)i;
    }
    return true;
}

int(ssi_plot_line)(ssi_axes *axes, ssi_tensor *x, ssi_tensor *y, const ssi_line_options *options)
{
    if (axes == NULL || y == NULL) {
        return SSI_INVALID;
    }
    ssi_line_options o;
    COPY_OPTIONS(o, options);
    layer line = {.kind = LAYER_LINE, .edge = -1, .rgb = ssi_cycle_color(axes->lines)};
    if (!read_line_options(&line, "plot_line", &o) || !read_points(&line, "plot_line", x, y)) {
        return ssi_layer_discard(&line);
    }
    axes->lines += o.color == NULL;
    return ssi_layer_add(axes, &line);
}

/* Each point's class, and the classes' names. */
static bool read_classes(layer *points, const ssi_scatter_options *o)
{
    char shape[SSI_SHAPE_TEXT];
    if (o->classes == NULL) {
        return true;
    }
    if (ssi_rank(o->classes) != 1 || ssi_dim(o->classes, 0) != points->rows) {
        ssi_fail(SSI_INVALID, "plot_scatter", "classes %s for %lld points\none number for every point",
                 ssi_describe(o->classes, shape), (long long)points->rows);
        return false;
    }
    double *read = ssi_alloc((size_t)points->rows * sizeof(double) + 1);
    points->class = ssi_alloc((size_t)points->rows + 1);
    bool done = read != NULL && points->class != NULL && ssi_read(o->classes, SSI_F64, read, points->rows) == 0;
    for (int64_t i = 0; done && i < points->rows; i++) {
        done = check_number("plot_scatter", "class", read[i], 0, 255);
        points->class[i] = done ? (uint8_t)read[i] : 0;
        points->classes = points->class[i] >= points->classes ? points->class[i] + 1 : points->classes;
    }
    ssi_free(read);
    return done && ssi_hold_names(&points->class_name, o->class_names, points->classes);
}

int(ssi_plot_scatter)(ssi_axes *axes, ssi_tensor *x, ssi_tensor *y, const ssi_scatter_options *options)
{
    if (axes == NULL || y == NULL) {
        return SSI_INVALID;
    }
    ssi_scatter_options o;
    COPY_OPTIONS(o, options);
    layer points = {.kind = LAYER_SCATTER,
                    .edge = -1,
                    .rgb = ssi_cycle_color(axes->fills),
                    .marker_size = or_usual(o.marker_size, 6),
                    .alpha = or_usual(o.alpha, 1)};
    uint32_t edge = 0;
    bool made = ssi_read_color("plot_scatter", o.color, &points.rgb) &&
                ssi_read_color("plot_scatter", o.edge_color, &edge) &&
                read_marker("plot_scatter", o.marker == 0 ? 'o' : o.marker, &points.marker) &&
                check_number("plot_scatter", "marker_size", points.marker_size, 0.1, 1000) &&
                check_number("plot_scatter", "alpha", points.alpha, 0, 1) && ssi_hold(&points.label, o.label) &&
                read_points(&points, "plot_scatter", x, y) && read_classes(&points, &o);
    if (!made) {
        return ssi_layer_discard(&points);
    }
    points.edge = o.edge_color != NULL ? (int64_t)edge : -1;
    axes->fills += o.color == NULL && points.classes == 0;
    return ssi_layer_add(axes, &points);
}

/* ---- bars ---- */

/* The bars of one member of each group: heights[count], in member's share of the groups' width. */
static int add_bars(ssi_axes *axes, const ssi_bar_options *o, const double *heights, int64_t count, int64_t member,
                    int64_t members)
{
    double group = or_usual(o->width, 0.8), width = group / (double)members;
    layer bars = {.kind = LAYER_BAR,
                  .edge = -1,
                  .rows = count,
                  .columns = 4,
                  .rgb = ssi_cycle_color(axes->fills),
                  .alpha = or_usual(o->alpha, 1),
                  .numbers = o->values != 0};
    const char *label = o->labels != NULL ? o->labels[member] : members == 1 ? o->label : NULL;
    bars.value = ssi_calloc((size_t)count * 4 + 1, sizeof(double));
    bool made = bars.value != NULL && ssi_hold(&bars.label, label) &&
                check_number("plot_bar", "width", group, 1e-6, 1) &&
                check_number("plot_bar", "alpha", bars.alpha, 0, 1) &&
                (members > 1 || ssi_read_color("plot_bar", o->color, &bars.rgb));
    if (!made) {
        return ssi_layer_discard(&bars);
    }
    for (int64_t i = 0; i < count; i++) {
        double left = (double)i - group / 2 + width * (double)member;
        memcpy(bars.value + 4 * i, (double[4]){left, left + width, fmin(0, heights[i]), fmax(0, heights[i])},
               4 * sizeof(double));
        if (isnan(heights[i])) {
            bars.value[4 * i + 3] = NAN;
        }
    }
    axes->fills += members > 1 || o->color == NULL;
    return ssi_layer_add(axes, &bars);
}

/* A tick with its name below each group; none where there are too many to be read. */
static bool name_bars(ssi_axes *axes, const char *const *names, int64_t count)
{
    double at[SSI_TICKS];
    if (names == NULL || count > SSI_TICKS) {
        return true;
    }
    for (int64_t i = 0; i < count; i++) {
        at[i] = (double)i;
    }
    return ssi_set_ticks(&axes->ticks[SSI_X], (int)count, at, names);
}

int(ssi_plot_bar)(ssi_axes *axes, ssi_tensor *heights, const ssi_bar_options *options)
{
    if (axes == NULL || heights == NULL) {
        return SSI_INVALID;
    }
    char shape[SSI_SHAPE_TEXT];
    ssi_bar_options o;
    COPY_OPTIONS(o, options);
    int rank = ssi_rank(heights);
    int64_t members = rank == 2 ? ssi_dim(heights, 0) : 1, count = ssi_dim(heights, -1);
    if (rank < 1 || rank > 2 || members > 64 || count > 10000) {
        return ssi_fail(SSI_INVALID, "plot_bar",
                        "heights %s\n(N), or (S,N) for groups of S: at most 64 in 10000 groups",
                        ssi_describe(heights, shape));
    }
    double *read = ssi_alloc((size_t)ssi_size(heights) * sizeof(double) + 1);
    int status = read != NULL ? ssi_read(heights, SSI_F64, read, ssi_size(heights)) : SSI_NO_MEMORY;
    if (status == 0 && !name_bars(axes, o.names, count)) {
        status = SSI_NO_MEMORY;
    }
    for (int64_t s = 0; status == 0 && s < members; s++) {
        status = add_bars(axes, &o, read + s * count, count, s, members);
    }
    ssi_free(read);
    return status;
}

/* The range that the caller gave, or that of the finite values; a little wider where it is empty, as NumPy's. */
static void histogram_range(const double given[2], const double *values, int64_t count, double ends[2])
{
    ends[0] = given[0], ends[1] = given[1];
    if (given[0] == given[1]) {
        ends[0] = INFINITY, ends[1] = -INFINITY;
        for (int64_t i = 0; i < count; i++) {
            if (fabs(values[i]) < 1e300) {
                ends[0] = fmin(ends[0], values[i]), ends[1] = fmax(ends[1], values[i]);
            }
        }
    }
    if (!(ends[0] <= ends[1])) {
        ends[0] = 0, ends[1] = 1;
    } else if (ends[1] - ends[0] < 1e-300) {
        double room = fmax(0.5, 1e-9 * fabs(ends[0])); /* half of 1 is nothing beside a very large number */
        ends[0] -= room, ends[1] += room;
    }
}

/* Counts the values into the bars' tops. */
static void count_values(layer *bars, const ssi_plot_histogram_options *o, const double *values, int64_t count)
{
    double ends[2], total = 0;
    histogram_range(o->range, values, count, ends);
    double width = (ends[1] - ends[0]) / (double)bars->rows;
    for (int64_t i = 0; i < bars->rows; i++) {
        bars->value[4 * i] = ends[0] + width * (double)i;
        bars->value[4 * i + 1] = ends[0] + width * (double)(i + 1);
    }
    for (int64_t i = 0; i < count; i++) {
        if (values[i] >= ends[0] && values[i] <= ends[1]) {
            int64_t bin = (int64_t)((values[i] - ends[0]) / width);
            bars->value[4 * (bin < bars->rows ? bin : bars->rows - 1) + 3] += 1;
            total += 1;
        }
    }
    for (int64_t i = 0; i < bars->rows && o->density && total > 0; i++) {
        bars->value[4 * i + 3] /= total * width;
    }
}

int(ssi_plot_histogram)(ssi_axes *axes, ssi_tensor *values, const ssi_plot_histogram_options *options)
{
    if (axes == NULL || values == NULL) {
        return SSI_INVALID;
    }
    ssi_plot_histogram_options o;
    COPY_OPTIONS(o, options);
    int64_t count = ssi_size(values);
    layer bars = {.kind = LAYER_BAR,
                  .edge = -1,
                  .rows = o.bins == 0 ? 10 : o.bins,
                  .columns = 4,
                  .rgb = ssi_cycle_color(axes->fills),
                  .alpha = or_usual(o.alpha, 1)};
    bool right = check_number("plot_histogram", "bins", (double)bars.rows, 1, 10000) &&
                 check_number("plot_histogram", "alpha", bars.alpha, 0, 1) &&
                 check_number("plot_histogram", "range[0]", o.range[0], -1e300, 1e300) &&
                 check_number("plot_histogram", "range[1]", o.range[1], o.range[0], 1e300) &&
                 ssi_read_color("plot_histogram", o.color, &bars.rgb) && ssi_hold(&bars.label, o.label);
    if (!right) {
        return ssi_layer_discard(&bars);
    }
    double *read = ssi_alloc((size_t)count * sizeof(double) + 1);
    bars.value = ssi_calloc((size_t)bars.rows * 4, sizeof(double));
    if (read == NULL || bars.value == NULL || ssi_read(values, SSI_F64, read, count) != 0) {
        ssi_free(read);
        return ssi_layer_discard(&bars);
    }
    count_values(&bars, &o, read, count);
    ssi_free(read);
    axes->fills += o.color == NULL;
    return ssi_layer_add(axes, &bars);
}

/* ---- marks ---- */

/* Numbers that say where a mark lies; all must be finite. */
static bool place_mark(layer *mark, const char *operation, int count, const double *at)
{
    for (int i = 0; i < count; i++) {
        if (!(fabs(at[i]) < 1e300)) {
            ssi_fail(SSI_INVALID, operation, "%g is no place", at[i]);
            return false;
        }
    }
    mark->rows = 1;
    mark->columns = count;
    mark->value = ssi_calloc((size_t)count, sizeof(double));
    if (mark->value != NULL) {
        memcpy(mark->value, at, (size_t)count * sizeof(double));
    }
    return mark->value != NULL;
}

static int add_line_mark(ssi_axes *axes, layer *mark, const char *operation, int count, const double *at,
                         const ssi_line_options *options)
{
    if (axes == NULL) {
        return SSI_INVALID;
    }
    ssi_line_options o;
    COPY_OPTIONS(o, options);
    mark->edge = -1;
    bool made = read_line_options(mark, operation, &o) && place_mark(mark, operation, count, at);
    return made ? ssi_layer_add(axes, mark) : ssi_layer_discard(mark);
}

int(ssi_plot_hline)(ssi_axes *axes, double y, const ssi_line_options *options)
{
    layer rule = {.kind = LAYER_RULE, .rgb = ssi_cycle_color(0)};
    return add_line_mark(axes, &rule, "plot_hline", 1, &y, options);
}

int(ssi_plot_vline)(ssi_axes *axes, double x, const ssi_line_options *options)
{
    layer rule = {.kind = LAYER_RULE, .rgb = ssi_cycle_color(0), .vertical = true};
    return add_line_mark(axes, &rule, "plot_vline", 1, &x, options);
}

int(ssi_plot_arrow)(ssi_axes *axes, double from_x, double from_y, double to_x, double to_y,
                    const ssi_line_options *options)
{
    layer arrow = {.kind = LAYER_ARROW};
    return add_line_mark(axes, &arrow, "plot_arrow", 4, (double[4]){from_x, from_y, to_x, to_y}, options);
}

static int add_span(ssi_axes *axes, const char *operation, bool vertical, const double ends[2],
                    const ssi_span_options *options)
{
    if (axes == NULL) {
        return SSI_INVALID;
    }
    ssi_span_options o;
    COPY_OPTIONS(o, options);
    layer span = {.kind = LAYER_SPAN,
                  .edge = -1,
                  .rgb = ssi_cycle_color(0),
                  .vertical = vertical,
                  .alpha = or_usual(o.alpha, 0.3)};
    bool made = ssi_read_color(operation, o.color, &span.rgb) && check_number(operation, "alpha", span.alpha, 0, 1) &&
                ssi_hold(&span.label, o.label) &&
                place_mark(&span, operation, 2, (double[2]){fmin(ends[0], ends[1]), fmax(ends[0], ends[1])});
    return made ? ssi_layer_add(axes, &span) : ssi_layer_discard(&span);
}

int(ssi_plot_hspan)(ssi_axes *axes, double low, double high, const ssi_span_options *options)
{
    return add_span(axes, "plot_hspan", false, (double[2]){low, high}, options);
}

int(ssi_plot_vspan)(ssi_axes *axes, double low, double high, const ssi_span_options *options)
{
    return add_span(axes, "plot_vspan", true, (double[2]){low, high}, options);
}

int(ssi_plot_text)(ssi_axes *axes, double x, double y, const char *shown, const ssi_text_options *options)
{
    if (axes == NULL || shown == NULL) {
        return SSI_INVALID;
    }
    ssi_text_options o;
    COPY_OPTIONS(o, options);
    layer words = {.kind = LAYER_TEXT, .edge = -1, .align = 'l', .font_size = or_usual(o.font_size, 10), .alpha = 1};
    if (o.align != '\0' && strchr("lcr", o.align) == NULL) {
        return ssi_fail(SSI_INVALID, "plot_text", "align '%c' is none of 'l' 'c' 'r'", o.align);
    }
    words.align = o.align != '\0' ? o.align : 'l';
    bool made = ssi_read_color("plot_text", o.color, &words.rgb) &&
                check_number("plot_text", "font_size", words.font_size, 1, 500) && ssi_hold(&words.label, shown) &&
                place_mark(&words, "plot_text", 2, (double[2]){x, y});
    return made ? ssi_layer_add(axes, &words) : ssi_layer_discard(&words);
}
