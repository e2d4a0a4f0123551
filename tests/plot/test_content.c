/* What panels are given is what they hold: bars, counts, classes, colors, limits, legends; and what cannot be is refused in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "plot/figure.h"
#include "ssi/ssi.h"

typedef struct fixture {
    ssi_scope scope;
    ssi_figure *figure;
    ssi_axes *axes;
} fixture;

static int open_figure(void **state)
{
    static fixture f;
    f.scope = ssi_scope_open();
    f.figure = ssi_figure_new();
    f.axes = ssi_figure_axes(f.figure, 0, 0);
    *state = &f;
    return f.axes != NULL ? 0 : -1;
}

static int close_figure(void **state)
{
    fixture *f = *state;
    ssi_figure_free(f->figure);
    return ssi_scope_close(f->scope);
}

static ssi_axes *axes_of(void **state)
{
    return ((fixture *)*state)->axes;
}

#define assert_told(call, code, words)                                                                                 \
    do {                                                                                                               \
        ssi_error error;                                                                                               \
        assert_int_equal((call), (code));                                                                              \
        assert_true(ssi_error_take(&error));                                                                           \
        if (strstr(error.message, (words)) == NULL && strstr(error.hint, (words)) == NULL) {                           \
            fail_msg("'%s' does not say '%s'", error.message, (words));                                                \
        }                                                                                                              \
    } while (0)

static ssi_tensor *numbers(int64_t count)
{
    static const double ramp[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    return ssi_array(ramp, count);
}

static void bars_stand_on_zero_in_their_groups(void **state)
{
    ssi_axes *axes = axes_of(state);
    const char *labels[] = {"a", "b"}, *names[] = {"x", "y", "z"};
    double heights[] = {1, -2, 3, 4, 5, NAN};
    assert_int_equal(ssi_plot_bar(axes, ssi_array(heights, 2, 3), .labels = labels, .names = names), 0);
    assert_int_equal(axes->layers, 2);
    const double *a = axes->layer[0].value, *b = axes->layer[1].value;
    double expected[] = {-0.4, 0, 0, 1, 0.6, 1, -2, 0};
    for (int i = 0; i < 8; i++) {
        assert_float_equal(a[i], expected[i], 1e-12);
    }
    assert_float_equal(b[0], 0, 1e-12);
    assert_float_equal(b[1], 0.4, 1e-12);
    assert_true(isnan(b[4 * 2 + 3]));
    assert_string_equal(axes->layer[1].label, "b");
    assert_int_equal(axes->layer[0].rgb, 0x1f77b4);
    assert_int_equal(axes->layer[1].rgb, 0xff7f0e);
    assert_string_equal(axes->ticks[SSI_X].name[2], "z");
}

static void histograms_count_as_numpy_does(void **state)
{
    ssi_axes *axes = axes_of(state);
    double values[] = {0, 0.1, 1, 1.9, 2, 4, NAN, INFINITY, -1e308 * 10};
    assert_int_equal(ssi_plot_histogram(axes, ssi_array(values, 9), .bins = 4), 0); /* numpy.histogram(values[:6], 4) */
    const double counts[] = {2, 2, 1, 1};
    for (int i = 0; i < 4; i++) {
        assert_float_equal(axes->layer[0].value[4 * i], i, 1e-12);
        assert_float_equal(axes->layer[0].value[4 * i + 3], counts[i], 0);
    }
    assert_int_equal(ssi_plot_histogram(axes, ssi_array(values, 9), .bins = 2, .range = {0, 2}, .density = 1), 0);
    assert_float_equal(axes->layer[1].value[3], 0.4, 1e-12); /* 2 of 5 */
    assert_float_equal(axes->layer[1].value[7], 0.6, 1e-12); /* the end is in it */
    assert_int_equal(ssi_plot_histogram(axes, ssi_full(SSI_F32, 3, 5)), 0);
    assert_float_equal(axes->layer[2].value[0], 2.5, 1e-12);
    assert_int_equal(ssi_plot_histogram(axes, ssi_zeros(SSI_F32, 0)), 0);
    assert_float_equal(axes->layer[3].value[3], 0, 0);
}

static void lines_and_fillings_take_colors_of_their_own_cycles(void **state)
{
    ssi_axes *axes = axes_of(state);
    ssi_plot_line(axes, NULL, numbers(3));
    ssi_plot_scatter(axes, NULL, numbers(3));
    ssi_plot_line(axes, NULL, numbers(3), .color = "C3");
    ssi_plot_line(axes, NULL, numbers(3));
    ssi_plot_bar(axes, numbers(3));
    static const uint32_t expected[] = {0x1f77b4, 0x1f77b4, 0xd62728, 0xff7f0e, 0xff7f0e};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(axes->layer[i].rgb, expected[i]);
    }
}

static void classes_color_points_and_regions(void **state)
{
    ssi_axes *axes = axes_of(state);
    int classes[] = {0, 2, 1, 0};
    const char *names[] = {"a", "b", "c"};
    assert_int_equal(
        ssi_plot_scatter(axes, numbers(4), numbers(4), .classes = ssi_array(classes, 4), .class_names = names), 0);
    assert_int_equal(axes->layer[0].classes, 3);
    assert_string_equal(axes->layer[0].class_name[2], "c");
    assert_int_equal(ssi_plot_regions(axes, ssi_array(classes, 2, 2), .extent = {0, 1, 0, 1}), 0);
    const uint8_t *pixel = axes->layer[1].pixel; /* row 0 of the classes is below */
    assert_memory_equal(pixel, ((uint8_t[]){0xff, 0xd9, 0xb7, 0xbc, 0xd6, 0xe9}), 6);
    assert_told(ssi_plot_regions(axes, ssi_neg(numbers(4))), SSI_INVALID, "(4,)");
    assert_told(ssi_plot_regions(axes, ssi_reshape(ssi_neg(numbers(4)), 2, 2)), SSI_INVALID, "class -2");
    assert_told(ssi_plot_scatter(axes, numbers(4), numbers(4), .classes = numbers(3)), SSI_INVALID, "(3,)");
}

static void images_are_colored_as_matplotlib_colors_them(void **state)
{
    ssi_axes *axes = axes_of(state);
    ssi_tensor *values = ssi_div(ssi_reshape(numbers(4), 2, 2), 3);
    static const struct {
        const char *colors;
        uint8_t last_but_one[3];
    } cases[] = {{"gray", {170, 170, 170}},
                 {"Greys", {104, 104, 104}},
                 {"Blues", {55, 135, 192}},
                 {"viridis", {53, 183, 120}},
                 {"coolwarm", {246, 183, 156}}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) { /* cmap(2/3) of matplotlib 3.6 */
        assert_int_equal(ssi_plot_image(axes, values, .colors = cases[i].colors), 0);
        for (int k = 0; k < 3; k++) {
            int off = axes->layer[i].pixel[6 + k] - cases[i].last_but_one[k];
            if (off < -2 || off > 2) {
                fail_msg("%s: channel %d is %d, not %d", cases[i].colors, k, axes->layer[i].pixel[6 + k],
                         cases[i].last_but_one[k]);
            }
        }
    }
    uint8_t rgb[] = {1, 2, 3, 255, 254, 253};
    assert_int_equal(ssi_plot_image(axes, ssi_array(rgb, 1, 2, 3)), 0);
    assert_memory_equal(axes->layer[5].pixel, rgb, 6);
    assert_told(ssi_plot_image(axes, values, .colors = "jet"), SSI_INVALID, "viridis");
    assert_told(ssi_plot_image(axes, numbers(4)), SSI_INVALID, "(4,)");
    assert_told(ssi_plot_image(axes, values, .low = 2, .high = 1), SSI_INVALID, "from 2 to 1");
    assert_told(ssi_plot_image(axes, values, .extent = {0, 0, 1, 2}), SSI_INVALID, "must differ");
}

/* "-0.295 6.195 | ..." as matplotlib's get_xlim and get_ylim after the same calls. */
static void assert_frame(ssi_axes *axes, double x0, double x1, double y0, double y1)
{
    frame f = ssi_axes_frame(axes);
    const double found[] = {f.x.from, f.x.to, f.y.from, f.y.to}, expected[] = {x0, x1, y0, y1};
    for (int i = 0; i < 4; i++) {
        if (fabs(found[i] - expected[i]) > 1e-9 * fmax(1, fabs(expected[i]))) {
            fail_msg("limits %g %g %g %g, expected %g %g %g %g", found[0], found[1], found[2], found[3], x0, x1, y0,
                     y1);
        }
    }
}

static void limits_are_matplotlibs(void **state)
{
    fixture *f = *state;
    assert_frame(f->axes, 0, 1, 0, 1);
    ssi_plot_line(f->axes, NULL, numbers(5));
    assert_frame(f->axes, -0.2, 4.2, -0.2, 4.2);
    ssi_plot_hline(f->axes, 10);
    assert_frame(f->axes, -0.2, 4.2, -0.5, 10.5);
    f->axes = ssi_figure_axes(f->figure, 0, 0, .xlim = {5, -5}, .ylim = {0, 2});
    assert_frame(f->axes, 5, -5, 0, 2);
    ssi_figure *other = ssi_figure_new(.columns = 4);
    ssi_axes *bars = ssi_figure_axes(other, 0, 0);
    ssi_plot_bar(bars, numbers(3)); /* no room below 0 */
    assert_frame(bars, -0.54, 2.54, 0, 2.1);
    ssi_axes *image = ssi_figure_axes(other, 0, 1);
    ssi_plot_image(image, ssi_reshape(numbers(6), 2, 3));
    assert_frame(image, -0.5, 2.5, 1.5, -0.5);
    ssi_axes *log = ssi_figure_axes(other, 0, 2, .log_x = 1, .log_y = 1);
    ssi_plot_line(log, numbers(3), numbers(3)); /* 0 has no place */
    assert_frame(log, pow(2, -0.05), pow(2, 1.05), pow(2, -0.05), pow(2, 1.05));
    ssi_axes *point = ssi_figure_axes(other, 0, 3);
    ssi_plot_line(point, NULL, ssi_full(SSI_F64, 2, 1));
    assert_frame(point, -0.055, 0.055, 1.89, 2.11);
    ssi_figure_free(other);
}

static void what_cannot_be_is_refused_in_words(void **state)
{
    ssi_axes *axes = axes_of(state);
    fixture *f = *state;
    ssi_tensor *y = numbers(3);
    assert_told(ssi_plot_line(axes, NULL, y, .color = "bleu"), SSI_INVALID, "'bleu'");
    assert_told(ssi_plot_line(axes, NULL, y, .marker = '?'), SSI_INVALID, "marker");
    assert_told(ssi_plot_line(axes, NULL, y, .width = -1), SSI_INVALID, "width -1");
    assert_told(ssi_plot_line(axes, NULL, y, .alpha = 2), SSI_INVALID, "alpha 2");
    assert_told(ssi_plot_line(axes, NULL, y, .width = NAN), SSI_INVALID, "width");
    assert_told(ssi_plot_scatter(axes, numbers(2), y), SSI_INVALID, "(2,)");
    assert_told(ssi_plot_bar(axes, ssi_zeros(SSI_F32, 2, 2, 2)), SSI_INVALID, "(2,2,2)");
    assert_told(ssi_plot_bar(axes, y, .width = 2), SSI_INVALID, "width 2");
    assert_told(ssi_plot_histogram(axes, y, .bins = -1), SSI_INVALID, "bins -1");
    assert_told(ssi_plot_histogram(axes, y, .range = {2, 1}), SSI_INVALID, "range[1] 1");
    assert_told(ssi_plot_hline(axes, NAN), SSI_INVALID, "nan is no place");
    assert_told(ssi_plot_text(axes, 0, 0, "x", .align = 'm'), SSI_INVALID, "'m'");
    assert_told(ssi_plot_network(axes, 2, (int64_t[]){3, 0}, NULL), SSI_INVALID, "at least one");
    assert_told(ssi_axes_ticks(axes, 'z', 0, NULL, NULL), SSI_INVALID, "'z'");
    assert_told(ssi_axes_ticks(axes, 'x', 1, NULL, NULL), SSI_INVALID, "1 ticks");
    assert_null(ssi_figure_axes(f->figure, 0, 0, .legend = "outside"));
    assert_true(ssi_error_take(NULL));
    assert_null(ssi_figure_axes(f->figure, 0, 0, .xlim = {1, 1}));
    assert_true(ssi_error_take(NULL));
    assert_null(ssi_figure_axes(f->figure, 0, 0, .ylim = {0, 1}, .log_y = 1));
    assert_true(ssi_error_take(NULL));
    assert_null(ssi_figure_images(ssi_zeros(SSI_U8, 2, 2)));
    assert_true(ssi_error_take(NULL));
    assert_int_equal(axes->layers, 0);
}

static void a_grid_of_images_has_its_titles(void **state)
{
    (void)state;
    const char *titles[] = {"a", "b", "c", "d", "e"}, *colors[] = {NULL, "red", NULL, NULL, NULL};
    ssi_figure *figure = ssi_figure_images(ssi_zeros(SSI_U8, 5, 3, 3), .titles = titles, .title_colors = colors);
    assert_non_null(figure);
    assert_int_equal(figure->columns, 3);
    assert_int_equal(figure->rows, 2);
    assert_string_equal(figure->axes[4].title, "e");
    assert_int_equal(figure->axes[1].title_rgb, 0xff0000);
    assert_int_equal(figure->axes[5].layers, 0);
    ssi_figure_free(figure);
}

int main(void)
{
#define WITH_FIGURE(test) cmocka_unit_test_setup_teardown(test, open_figure, close_figure)
    const struct CMUnitTest tests[] = {
        WITH_FIGURE(bars_stand_on_zero_in_their_groups),
        WITH_FIGURE(histograms_count_as_numpy_does),
        WITH_FIGURE(lines_and_fillings_take_colors_of_their_own_cycles),
        WITH_FIGURE(classes_color_points_and_regions),
        WITH_FIGURE(images_are_colored_as_matplotlib_colors_them),
        WITH_FIGURE(limits_are_matplotlibs),
        WITH_FIGURE(what_cannot_be_is_refused_in_words),
        WITH_FIGURE(a_grid_of_images_has_its_titles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
