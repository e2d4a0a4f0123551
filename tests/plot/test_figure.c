/* Figures check what they are given, and copy it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "plot/figure.h"

static ssi_tensor *vector(int64_t n, const float *values)
{
    return (ssi_array)(SSI_F32, 1, &n, values);
}

static const float numbers[6] = {1, 2, 3, 4, 5, 6};

/* The waiting error's text, taken. */
static const char *taken(void)
{
    static ssi_error error;
    assert_true(ssi_error_take(&error));
    return error.message;
}

static void a_figure_is_640_by_480_with_one_panel(void **state)
{
    (void)state;
    ssi_figure *f = ssi_figure_new(.title = NULL);
    assert_int_equal(f->width, 640);
    assert_int_equal(f->height, 480);
    assert_int_equal(f->rows * f->columns, 1);
    ssi_figure_free(f);
}

static void impossible_sizes_are_refused_by_name(void **state)
{
    (void)state;
    assert_null(ssi_figure_new(.rows = 65));
    assert_non_null(strstr(taken(), "65 rows"));
    assert_null(ssi_figure_new(.width = 1 << 20));
    assert_non_null(strstr(taken(), "1048576 x 480"));
    ssi_figure *f = ssi_figure_new(.rows = 2);
    assert_null(ssi_figure_axes(f, 2, 0));
    assert_non_null(strstr(taken(), "no panel (2,0)"));
    assert_null(ssi_figure_axes(f, 0, 0, .title_color = "red'"));
    assert_non_null(strstr(taken(), "red'"));
    ssi_figure_free(f);
}

static void a_line_keeps_a_copy_of_its_points(void **state)
{
    (void)state;
    ssi_figure *f = ssi_figure_new(.rows = 1);
    ssi_axes *axes = ssi_figure_axes(f, 0, 0);
    ssi_scope scope = ssi_scope_open();
    assert_int_equal(ssi_plot_line(axes, NULL, vector(3, numbers), .label = "a"), 0);
    assert_int_equal(ssi_plot_line(axes, vector(2, numbers + 3), vector(2, numbers)), 0);
    assert_int_equal(ssi_scope_close(scope), 0);
    assert_int_equal(axes->layers, 2);
    assert_memory_equal(axes->layer[0].value, ((double[]){0, 1, 1, 2, 2, 3}), 6 * sizeof(double));
    assert_memory_equal(axes->layer[1].value, ((double[]){4, 1, 5, 2}), 4 * sizeof(double));
    ssi_figure_free(f);
}

static void points_that_do_not_pair_are_refused(void **state)
{
    (void)state;
    ssi_figure *f = ssi_figure_new(.rows = 1);
    ssi_axes *axes = ssi_figure_axes(f, 0, 0);
    ssi_scope scope = ssi_scope_open();
    assert_int_equal(ssi_plot_line(axes, vector(2, numbers), vector(3, numbers)), SSI_INVALID);
    const char *told = taken();
    assert_non_null(strstr(told, "(2,)"));
    assert_non_null(strstr(told, "(3,)"));
    assert_int_equal(ssi_plot_line(axes, NULL, vector(3, numbers), .color = "#12345"), SSI_INVALID);
    assert_non_null(strstr(taken(), "#12345"));
    assert_int_equal(ssi_plot_image(axes, vector(3, numbers)), SSI_INVALID);
    assert_non_null(strstr(taken(), "(3,)"));
    ssi_scope_close(scope);
    assert_int_equal(axes->layers, 0);
    ssi_figure_free(f);
}

static void null_is_passed_on_quietly(void **state)
{
    (void)state;
    assert_null(ssi_figure_axes(NULL, 0, 0));
    assert_true(ssi_plot_line(NULL, NULL, NULL) < 0);
    assert_true(ssi_plot_image(NULL, NULL) < 0);
    assert_true(ssi_plot_heatmap(NULL, NULL) < 0);
    assert_true(ssi_figure_save(NULL, "x.png") < 0);
    ssi_figure_free(NULL);
    assert_false(ssi_error_take(NULL));
}

static int build(void)
{
    ssi_figure *f = ssi_figure_new(.columns = 2, .title = "t");
    ssi_scope scope = ssi_scope_open();
    const char *names[] = {"a", "b", "c"};
    ssi_axes *axes = ssi_figure_axes(f, 0, 0, .title = "p", .xlabel = "x", .ylabel = "y", .title_color = "#ff0000");
    int status = ssi_plot_line(axes, NULL, vector(3, numbers), .label = "l", .color = "#00ff00");
    ssi_tensor *matrix = (ssi_array)(SSI_F32, 2, (int64_t[]){2, 3}, numbers);
    if (status == 0) {
        status = ssi_plot_heatmap(ssi_figure_axes(f, 0, 1), matrix, .column_names = names);
    }
    text script = {0};
    if (status == 0) {
        ssi_figure_script(f, "png", &script);
        status = script.failed ? SSI_NO_MEMORY : 0;
    }
    ssi_text_free(&script);
    ssi_scope_close(scope);
    ssi_figure_free(f);
    return status;
}

static void any_failed_allocation_is_an_error_and_leaks_nothing(void **state)
{
    (void)state;
    assert_int_equal(build(), 0); /* what is kept for reuse is there now */
    int failures = 0;
    for (uint64_t k = 1; k < 10000; k++) {
        ssi_test_fail_allocation(k);
        int status = build();
        ssi_test_fail_allocation(0);
        if (status == 0) {
            break;
        }
        failures++;
        assert_true(ssi_error_take(NULL));
    }
    assert_in_range(failures, 10, 9000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_is_640_by_480_with_one_panel),
        cmocka_unit_test(impossible_sizes_are_refused_by_name),
        cmocka_unit_test(a_line_keeps_a_copy_of_its_points),
        cmocka_unit_test(points_that_do_not_pair_are_refused),
        cmocka_unit_test(null_is_passed_on_quietly),
        cmocka_unit_test(any_failed_allocation_is_an_error_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
