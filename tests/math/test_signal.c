/*
 * Differences, slopes, integrals, interpolation, convolution: the numbers that NumPy gives (make_arrange.py), and their gradients.
 */
#include "math/cases.h"

static golden_file file;

static int open_file(void **state)
{
    (void)state;
    file = golden_open(SSI_TESTS "/math/signal.txt");
    return file.vectors == 0;
}

static int close_file(void **state)
{
    (void)state;
    golden_close(&file);
    return ssi_report();
}

/* ---- the cases, as make_arrange.py has them ---- */

CASE(diff, ssi_diff(x[0], 1, -1))
CASE(diff_first, ssi_diff(x[0], 1, 0))
CASE(diff_twice, ssi_diff(x[0], 2, 1))
CASE(diff_not, ssi_diff(x[0], 0, -1))
CASE(diff_past, ssi_diff(x[0], 5, -1))
CASE(diff_empty, ssi_diff(x[0], 1, -1))
CASE(gradient, ssi_gradient(x[0], 0))
CASE(gradient_bent, ssi_gradient(x[0], 0, .second_ends = 1))
CASE(gradient_two, ssi_gradient(x[0], 0))
CASE(gradient_three, ssi_gradient(x[0], 1, .spacing = 0.5, .second_ends = 1))
CASE(gradient_spaced, ssi_gradient(x[0], -1, .spacing = 0.3))
CASE(gradient_deep, ssi_gradient(x[0], 2))
CASE(trapezoid, ssi_trapezoid(x[0], -1))
CASE(trapezoid_first, ssi_trapezoid(x[0], 0, .spacing = 0.5))
CASE(trapezoid_one, ssi_trapezoid(x[0], -1))
CASE(trapezoid_empty, ssi_trapezoid(x[0], -1))
CASE(cross, ssi_cross(x[0], x[1], -1))
CASE(cross_many, ssi_cross(x[0], x[1], -1))
CASE(cross_first, ssi_cross(x[0], x[1], 0))
CASE(cross_flat, ssi_cross(x[0], x[1], -1))
CASE(cross_mixed, ssi_cross(x[0], x[1], -1))
CASE(cross_mixed_back, ssi_cross(x[0], x[1], 0))

CASE(gradient_at, ssi_gradient(x[0], 0, .at = x[1]))
CASE(gradient_at_bent, ssi_gradient(x[0], 0, .at = x[1], .second_ends = 1))
CASE(gradient_at_even, ssi_gradient(x[0], 0, .at = x[1], .second_ends = 1))
CASE(gradient_at_rows, ssi_gradient(x[0], 0, .at = x[1]))
CASE(trapezoid_at, ssi_trapezoid(x[0], -1, .at = x[1]))
CASE(trapezoid_at_each, ssi_trapezoid(x[0], 0, .at = x[1]))
CASE(interp, ssi_interp(x[0], x[1], x[2]))
CASE(interp_ends, ssi_interp(x[0], x[1], x[2], .left = ssi_number(-7), .right = ssi_number(9)))
CASE(interp_grid, ssi_interp(x[0], x[1], x[2]))
CASE(interp_one, ssi_interp(x[0], x[1], x[2], .left = ssi_number(-7), .right = ssi_number(9)))
CASE(interp_period, ssi_interp(x[0], x[1], x[2], .period = 4))
CASE(interp_period_back, ssi_interp(x[0], x[1], x[2], .period = -4))
CASE(interp_infinite, ssi_interp(x[0], x[1], x[2]))
CASE(interp_infinite_ends, ssi_interp(x[0], x[1], x[2]))
CASE(interp_steps, ssi_interp(x[0], x[1], x[2]))

/* clang-format off */
static const named arithmetic[] = {
    NAMED(diff), NAMED(diff_first), NAMED(diff_twice), NAMED(diff_not), NAMED(diff_past), NAMED(diff_empty), NAMED(gradient), NAMED(gradient_bent),
    NAMED(gradient_two), NAMED(gradient_three), NAMED(gradient_spaced), NAMED(gradient_deep), NAMED(trapezoid), NAMED(trapezoid_first),
    NAMED(trapezoid_one), NAMED(trapezoid_empty), NAMED(cross), NAMED(cross_many), NAMED(cross_first), NAMED(cross_flat), NAMED(cross_mixed),
    NAMED(cross_mixed_back),
};
static const named sampled[] = {
    NAMED(gradient_at), NAMED(gradient_at_bent), NAMED(gradient_at_even), NAMED(gradient_at_rows), NAMED(trapezoid_at), NAMED(trapezoid_at_each),
    NAMED(interp), NAMED(interp_ends), NAMED(interp_grid), NAMED(interp_one), NAMED(interp_period), NAMED(interp_period_back),
    NAMED(interp_infinite), NAMED(interp_infinite_ends), NAMED(interp_steps),
};
/* clang-format on */
#define LENGTH(a) (int)(sizeof(a) / sizeof *(a))

static void results_are_numpys_in_every_dtype(void **state)
{
    (void)state;
    for (int i = 0; i < LENGTH(arithmetic); i++)
        assert_true(check_typed(&file, &arithmetic[i], 4) >= 8);
}

static void results_of_samples_are_numpys(void **state)
{
    (void)state;
    for (int i = 0; i < LENGTH(sampled); i++)
        check_as_given(&file, &sampled[i], 2);
}

static void gradients_are_the_numerical_ones(void **state)
{
    (void)state;
    for (int i = 0; i < LENGTH(arithmetic); i++) {
        for (int which = 0; which < 2; which++)
            check_gradient(&file, &arithmetic[i], which);
    }
    for (int i = 0; i < 6; i++) { /* by the samples and, but where they are in equal steps, by the coordinates */
        check_gradient(&file, &sampled[i], 0);
        if (i != 2)
            check_gradient(&file, &sampled[i], 1);
    }
}

/* Between the points, where interpolation is smooth. */
static ssi_tensor *interpolate_at(ssi_tensor *asked, void *context)
{
    ssi_tensor **points = context;
    return ssi_interp(asked, points[0], points[1]);
}
static ssi_tensor *interpolate_values(ssi_tensor *values, void *context)
{
    ssi_tensor **points = context;
    return ssi_interp(points[2], points[0], values, .period = 9);
}
static ssi_tensor *interpolate_points(ssi_tensor *points, void *context)
{
    ssi_tensor **others = context;
    return ssi_interp(others[2], points, others[1]);
}

static ssi_tensor *numbers(int64_t count, const double *data)
{
    return (ssi_array)(SSI_F64, 1, &count, data);
}
#define NUMBERS(...) numbers(sizeof((double[]){__VA_ARGS__}) / sizeof(double), (double[]){__VA_ARGS__})

static void interpolation_has_gradients_by_all_its_operands(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *points[] = {NUMBERS(-1, 0, 0.5, 2, 3), NUMBERS(3, 1, 4, 1, 5), NUMBERS(-2, -0.3, 0.2, 1.1, 2.9, 4)};
    assert_true(ssi_gradient_check(interpolate_at, points[2], 0, points) < 1e-8);
    assert_true(ssi_gradient_check(interpolate_values, points[1], 0, points) < 1e-8);
    assert_true(ssi_gradient_check(interpolate_points, points[0], 0, points) < 1e-8);
    ssi_scope_close(scope);
}

/* ---- convolution: every pair of lengths, each way ---- */

static const int lengths[][2] = {{7, 3}, {6, 4},  {3, 7},    {4, 6},   {1, 5},    {5, 5},
                                 {1, 1}, {40, 2}, {150, 33}, {90, 90}, {70, 300}, {500, 257}};
static const char *const overlap_names[] = {"full", "same", "valid"};

static ssi_overlap overlap;
CASE(convolve, ssi_convolve(x[0], x[1], overlap))
CASE(correlate, ssi_correlate(x[0], x[1], overlap))

static void convolutions_are_numpys_for_every_pair_of_lengths(void **state)
{
    (void)state;
    for (int i = 0; i < LENGTH(lengths); i++) {
        for (int o = 0; o < 3; o++) {
            char name[2][48];
            overlap = (ssi_overlap)o;
            snprintf(name[0], sizeof name[0], "convolve_%s_%d_%d", overlap_names[o], lengths[i][0], lengths[i][1]);
            snprintf(name[1], sizeof name[1], "correlate_%s_%d_%d", overlap_names[o], lengths[i][0], lengths[i][1]);
            const named c[] = {{name[0], convolve_case}, {name[1], correlate_case}};
            for (int k = 0; k < 2; k++) {
                assert_true(check_typed(&file, &c[k], 4) >= 3);
                if (lengths[i][0] < 10) {
                    check_gradient(&file, &c[k], 0);
                    check_gradient(&file, &c[k], 1);
                }
            }
        }
    }
}

/* Of products of matrices too: the gradient by a is the correlation of what comes back with v. */
static void long_convolutions_have_gradients(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *a = ssi_sin(ssi_arange(SSI_F64, 0, 200, 1)), *v = ssi_cos(ssi_arange(SSI_F64, 0, 70, 1));
    ssi_tensor *weight = ssi_sin(ssi_mul(ssi_arange(SSI_F64, 0, 269, 1), 1.7));
    ssi_tensor *loss = ssi_sum(ssi_mul(ssi_convolve(a, v, SSI_FULL_OVERLAP), weight)), *by[] = {a, v}, *gradient[2];
    assert_int_equal(ssi_gradients(loss, 2, by, gradient), SSI_OK);
    ssi_tensor *expected[] = {ssi_correlate(weight, v, SSI_VALID_OVERLAP), ssi_correlate(weight, a, SSI_VALID_OVERLAP)};
    for (int i = 0; i < 2; i++)
        assert_true(ssi_item(ssi_max(ssi_abs(ssi_sub(gradient[i], expected[i])))) < 1e-12);
    ssi_scope_close(scope);
}

static void differences_of_nothing_are_nothing_however_often(void **state)
{
    (void)state;
    assert_int_equal(ssi_size(ssi_diff(ssi_ones(SSI_F32, 4), INT32_MAX, 0)), 0);
}

static void coordinates_in_equal_steps_have_no_gradient(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *at = ssi_arange(SSI_F64, 0, 4, 0.5),
               *y = ssi_gradient(ssi_sin(ssi_arange(SSI_F64, 0, 8, 1)), 0, .at = at);
    assert_null(ssi_grad(ssi_sum(y), at));
    assert_true(ssi_error_take(NULL));
    ssi_scope_close(scope);
}

/* ---- errors ---- */

static void what_does_not_fit_is_refused_with_the_sizes(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_ones(SSI_F64, 2, 3), *row = ssi_ones(SSI_F64, 4), *none = ssi_zeros(SSI_F64, 0);
    refused(ssi_diff(x, -1, 0), SSI_INVALID, "diff", "-1 times");
    refused(ssi_diff(x, 1, 2), SSI_INVALID, "diff", "axis 2 of a tensor with 2 axes");
    refused(ssi_gradient(x, 2), SSI_INVALID, "gradient", "axis 2 of a tensor with 2 axes");
    refused(ssi_gradient(ssi_ones(SSI_F64, 1), 0), SSI_INVALID, "gradient", "axis 0 has 1 elements");
    refused(ssi_gradient(x, 0, .second_ends = 1), SSI_INVALID, "gradient", "axis 0 has 2 elements");
    refused(ssi_gradient(x, 1, .at = row), SSI_INVALID, "gradient", "coordinates (4,) for an axis of 3 elements");
    refused(ssi_trapezoid(x, -3), SSI_INVALID, "trapezoid", "axis -3 of a tensor with 2 axes");
    refused(ssi_trapezoid(x, 1, .at = row), SSI_INVALID, "trapezoid", "coordinates (4,) for an axis of 3 elements");
    refused(ssi_trapezoid(x, 1, .at = ssi_ones(SSI_F64, 5, 3)), SSI_INVALID, "mul",
            "shapes do not broadcast: a (5,2), b (2,2)");
    refused(ssi_interp(x, row, ssi_ones(SSI_F64, 3)), SSI_INVALID, "interp", "points xp (4,), fp (3,)");
    refused(ssi_interp(x, none, none), SSI_INVALID, "interp", "points xp (0,), fp (0,)");
    refused(ssi_interp(x, x, x), SSI_INVALID, "interp", "points xp (2,3), fp (2,3)");
    refused(ssi_interp(x, row, row, .left = row), SSI_INVALID, "interp",
            "left and right are numbers, or tensors of no axes");
    refused(ssi_convolve(x, row, SSI_SAME_OVERLAP), SSI_INVALID, "convolve", "a (2,3), v (4,)");
    refused(ssi_correlate(row, none, SSI_SAME_OVERLAP), SSI_INVALID, "correlate", "a (4,), v (0,)");
    refused(ssi_cross(x, row, -1), SSI_INVALID, "cross", "vectors of 3 and 4 elements: a (2,3), b (4,)");
    refused(ssi_cross(x, row, 1), SSI_INVALID, "cross", "axis 1 of a tensor with 1 axes");
    ssi_scope_close(scope);
}

static void given_null_everything_returns_null_and_says_nothing(void **state)
{
    (void)state;
    ssi_tensor *none = NULL, *x = ssi_ones(SSI_F32, 3);
    assert_null(ssi_diff(none, 1, 0));
    assert_null(ssi_gradient(none, 0));
    assert_null(ssi_trapezoid(none, 0));
    assert_null(ssi_interp(x, none, x));
    assert_null(ssi_convolve(x, none, SSI_FULL_OVERLAP));
    assert_null(ssi_correlate(none, x, SSI_FULL_OVERLAP));
    assert_null(ssi_cross(x, none, 0));
    assert_int_equal(ssi_error_take(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_numpys_in_every_dtype),
        cmocka_unit_test(results_of_samples_are_numpys),
        cmocka_unit_test(gradients_are_the_numerical_ones),
        cmocka_unit_test(interpolation_has_gradients_by_all_its_operands),
        cmocka_unit_test(convolutions_are_numpys_for_every_pair_of_lengths),
        cmocka_unit_test(long_convolutions_have_gradients),
        cmocka_unit_test(coordinates_in_equal_steps_have_no_gradient),
        cmocka_unit_test(differences_of_nothing_are_nothing_however_often),
        cmocka_unit_test(what_does_not_fit_is_refused_with_the_sizes),
        cmocka_unit_test(given_null_everything_returns_null_and_says_nothing),
    };
    return cmocka_run_group_tests(tests, open_file, close_file);
}
