/*
 * matrix.c - images, heat maps and regions: every element becomes the color of a pixel, row 0 on top.
 */
#include "plot/figure.h"

#include <math.h>
#include <string.h>

#define MATRIX_LIMIT (1 << 24) /* elements: more is no picture any more, and takes gnuplot minutes */
#define IMAGES_LIMIT 1024

static void put_pixel(layer *image, int64_t i, uint32_t rgb)
{
    image->pixel[3 * i] = (uint8_t)(rgb >> 16);
    image->pixel[3 * i + 1] = (uint8_t)(rgb >> 8);
    image->pixel[3 * i + 2] = (uint8_t)rgb;
}

/* A layer with the elements of (H,W), or of (H,W,3) where `channels` is 3; `operation` names the caller in errors. */
static bool read_matrix(layer *it, const char *operation, ssi_tensor *from, int channels)
{
    char shape[SSI_SHAPE_TEXT];
    bool fits = ssi_rank(from) == (channels == 3 ? 3 : 2) && (channels == 1 || ssi_dim(from, 2) == 3);
    if (!fits || ssi_size(from) == 0 || ssi_size(from) > MATRIX_LIMIT) {
        ssi_fail(SSI_INVALID, operation, "%s is no matrix of 1 to %d elements", ssi_describe(from, shape),
                 MATRIX_LIMIT);
        return false;
    }
    it->rows = ssi_dim(from, 0);
    it->columns = ssi_dim(from, 1);
    it->value = ssi_alloc((size_t)ssi_size(from) * sizeof(double));
    it->pixel = ssi_alloc((size_t)(it->rows * it->columns * 3));
    memcpy(it->extent, (double[4]){-0.5, (double)it->columns - 0.5, (double)it->rows - 0.5, -0.5}, sizeof(it->extent));
    return it->value != NULL && it->pixel != NULL && ssi_read(from, SSI_F64, it->value, ssi_size(from)) == 0;
}

/* Values to colors, from `low` to `high`; both 0: from the smallest to the largest finite value. What is not finite is white. */
static void color_values(layer *it, const palette *colors, double low, double high)
{
    int64_t count = it->rows * it->columns;
    if (low == 0 && high == 0) {
        low = INFINITY, high = -INFINITY;
        for (int64_t i = 0; i < count; i++) {
            low = isfinite(it->value[i]) ? fmin(low, it->value[i]) : low;
            high = isfinite(it->value[i]) ? fmax(high, it->value[i]) : high;
        }
    }
    for (int64_t i = 0; i < count; i++) {
        double share = high > low ? it->value[i] / (high - low) - low / (high - low) : high == low ? 0.5 : 0;
        put_pixel(it, i, isfinite(it->value[i]) ? ssi_palette_color(colors, share) : 0xffffff);
    }
}

/* Bytes as they are, floats as shares of 255. The values are not kept: they say nothing that the colors do not. */
static void color_channels(layer *it, bool bytes)
{
    for (int64_t i = 0; i < 3 * it->rows * it->columns; i++) {
        double value = it->value[i] * (bytes ? 1 : 255);
        it->pixel[i] = (uint8_t)lround(value > 0 ? fmin(value, 255) : 0);
    }
    ssi_free(it->value);
    it->value = NULL;
}

/* The caller's extent: all 0 leaves it as it is. */
static bool read_extent(layer *it, const char *operation, const double given[4])
{
    bool none = given[0] == 0 && given[1] == 0 && given[2] == 0 && given[3] == 0;
    bool possible = given[0] != given[1] && given[2] != given[3];
    for (int i = 0; i < 4; i++) {
        possible = possible && fabs(given[i]) < 1e300;
    }
    if (!none && !possible) {
        ssi_fail(SSI_INVALID, operation, "extent {%g, %g, %g, %g}: left, right, bottom and top must differ", given[0],
                 given[1], given[2], given[3]);
        return false;
    }
    if (!none) {
        memcpy(it->extent, given, sizeof(it->extent));
    }
    return true;
}

static bool make_image(layer *image, ssi_tensor *pixels, const ssi_image_options *o)
{
    bool red_green_blue = ssi_rank(pixels) == 3;
    const palette *colors = ssi_palette("plot_image", o->colors != NULL ? o->colors : "gray");
    if (colors == NULL || !read_matrix(image, "plot_image", pixels, red_green_blue ? 3 : 1) ||
        !read_extent(image, "plot_image", o->extent)) {
        return false;
    }
    if (!(o->low <= o->high && isfinite(o->high - o->low))) {
        ssi_fail(SSI_INVALID, "plot_image", "colors from %g to %g\n.low must be below .high", o->low, o->high);
        return false;
    }
    if (red_green_blue) {
        color_channels(image, !ssi_is_float(ssi_dtype_of(pixels)));
    } else {
        color_values(image, colors, o->low, o->high);
    }
    return true;
}

int(ssi_plot_image)(ssi_axes *axes, ssi_tensor *pixels, const ssi_image_options *options)
{
    if (axes == NULL || pixels == NULL) {
        return SSI_INVALID;
    }
    ssi_image_options o;
    COPY_OPTIONS(o, options);
    layer image = {.kind = LAYER_IMAGE, .edge = -1, .alpha = 1, .square = true};
    return make_image(&image, pixels, &o) ? ssi_layer_add(axes, &image) : ssi_layer_discard(&image);
}

static bool name_cells(ssi_axes *axes, int axis, const char *const *names, int64_t count)
{
    double at[SSI_TICKS];
    if (count > SSI_TICKS || (names == NULL && count > 32)) {
        return true; /* ticks at round numbers, then */
    }
    for (int64_t i = 0; i < count; i++) {
        at[i] = (double)i;
    }
    return ssi_set_ticks(&axes->ticks[axis], (int)count, at, names);
}

int(ssi_plot_heatmap)(ssi_axes *axes, ssi_tensor *values, const ssi_heatmap_options *options)
{
    if (axes == NULL || values == NULL) {
        return SSI_INVALID;
    }
    ssi_heatmap_options o;
    COPY_OPTIONS(o, options);
    layer map = {.kind = LAYER_IMAGE, .edge = -1, .alpha = 1, .square = true, .numbers = o.no_values == 0};
    const palette *colors = ssi_palette("plot_heatmap", o.colors != NULL ? o.colors : "Blues");
    bool made = colors != NULL && read_matrix(&map, "plot_heatmap", values, 1) &&
                name_cells(axes, SSI_X, o.column_names, map.columns) && name_cells(axes, SSI_Y, o.row_names, map.rows);
    if (!made) {
        return ssi_layer_discard(&map);
    }
    color_values(&map, colors, 0, 0);
    return ssi_layer_add(axes, &map);
}

/* ---- regions ---- */

/* The element that is row r from the top. The caller's row 0 is at the bottom. */
static void flip_rows(layer *it)
{
    for (int64_t r = 0; r < it->rows / 2; r++) {
        for (int64_t c = 0; c < it->columns; c++) {
            double *a = &it->value[r * it->columns + c], *b = &it->value[(it->rows - 1 - r) * it->columns + c],
                   low = *a;
            *a = *b;
            *b = low;
        }
    }
}

static bool color_classes(layer *it, const ssi_regions_options *o, double alpha)
{
    for (int64_t i = 0; i < it->rows * it->columns; i++) {
        if (!(it->value[i] >= 0 && it->value[i] <= 255)) {
            ssi_fail(SSI_INVALID, "plot_regions", "class %g is not from 0 to 255", it->value[i]);
            return false;
        }
        int class = (int)it->value[i];
        uint32_t rgb = ssi_cycle_color(class);
        if (o->colors != NULL && !ssi_read_color("plot_regions", o->colors[class], &rgb)) {
            return false;
        }
        put_pixel(it, i, ssi_over_white(rgb, alpha));
    }
    return true;
}

int(ssi_plot_regions)(ssi_axes *axes, ssi_tensor *classes, const ssi_regions_options *options)
{
    if (axes == NULL || classes == NULL) {
        return SSI_INVALID;
    }
    ssi_regions_options o;
    COPY_OPTIONS(o, options);
    double alpha = o.alpha == 0 ? 0.3 : o.alpha;
    if (!(alpha > 0 && alpha <= 1)) {
        return ssi_fail(SSI_INVALID, "plot_regions", "alpha %g is not from 0 to 1", alpha);
    }
    layer regions = {.kind = LAYER_IMAGE, .edge = -1, .alpha = 1};
    if (!read_matrix(&regions, "plot_regions", classes, 1)) {
        return ssi_layer_discard(&regions);
    }
    memcpy(regions.extent, (double[4]){0, (double)regions.columns, 0, (double)regions.rows}, sizeof(regions.extent));
    flip_rows(&regions);
    bool made = read_extent(&regions, "plot_regions", o.extent) && color_classes(&regions, &o, alpha);
    return made ? ssi_layer_add(axes, &regions) : ssi_layer_discard(&regions);
}

/* ---- many images ---- */

/* Image i of (N,H,W) or (N,H,W,3), as a tensor of its own. */
static ssi_tensor *one_image(ssi_tensor *images, const unsigned char *elements, int64_t i)
{
    int rank = ssi_rank(images);
    int64_t shape[2 + 1], size = 1;
    for (int k = 1; k < rank; k++) {
        shape[k - 1] = ssi_dim(images, k);
        size *= shape[k - 1];
    }
    ssi_dtype dtype = ssi_dtype_of(images);
    return (ssi_array)(dtype, rank - 1, shape, elements + (size_t)(i * size) * ssi_dtype_size(dtype));
}

static bool fill_images(ssi_figure *figure, ssi_tensor *images, const ssi_images_options *o)
{
    const void *elements = ssi_data(images);
    int64_t count = elements != NULL ? ssi_dim(images, 0) : 0;
    bool done = elements != NULL;
    for (int64_t i = 0; done && i < count; i++) {
        ssi_axes *axes = ssi_figure_axes(figure, (int)i / figure->columns, (int)i % figure->columns, .bare = 1,
                                         .title = o->titles != NULL ? o->titles[i] : NULL,
                                         .title_color = o->title_colors != NULL ? o->title_colors[i] : NULL);
        ssi_scope scope = ssi_scope_open();
        done = axes != NULL && ssi_plot_image(axes, one_image(images, elements, i), .colors = o->colors) == 0;
        ssi_scope_close(scope);
    }
    return done;
}

ssi_figure *(ssi_figure_images)(ssi_tensor *images, const ssi_images_options *options)
{
    if (images == NULL) {
        return NULL;
    }
    char shape[SSI_SHAPE_TEXT];
    ssi_images_options o;
    COPY_OPTIONS(o, options);
    int rank = ssi_rank(images);
    int64_t count = ssi_dim(images, 0);
    if (rank < 3 || rank > 4 || (rank == 4 && ssi_dim(images, 3) != 3) || count < 1 || count > IMAGES_LIMIT) {
        return SSI_FAIL_NULL(SSI_INVALID, "figure_images", "%s\n(N,H,W) or (N,H,W,3), of 1 to %d images",
                             ssi_describe(images, shape), IMAGES_LIMIT);
    }
    int columns = o.columns > 0 ? o.columns : (int)ceil(sqrt((double)count * 4 / 3));
    columns = columns > count ? (int)count : columns > 64 ? 64 : columns;
    ssi_figure *figure = ssi_figure_new(.rows = (int)((count + columns - 1) / columns), .columns = columns,
                                        .title = o.title, .width = o.width, .height = o.height);
    if (figure != NULL && !fill_images(figure, images, &o)) {
        ssi_figure_free(figure);
        return NULL;
    }
    return figure;
}
