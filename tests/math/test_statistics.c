/*
 * test_statistics.c - compositions of elementwise functions and statistics, held to NumPy's values (statistics.txt) and to numerical gradients.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ssi/ssi.h"

static ssi_tensor *X, *Y, *M, *W;

static void make_operands(void)
{
    static const double x[] = {1.5, -2, NAN, 4, 0, -0.0, INFINITY, 3, NAN, NAN, NAN, NAN},
                        y[] = {1, -2, 3.25, 0.5, 7, 0, -1, 2, 5, 5, -6, 0},
                        w[] = {1, 2, 3, 4, 0.5, 0, 1, 1, 2, 2, 2, 2};
    static const bool m[] = {1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 1};
    X = ssi_array(x, 3, 4);
    Y = ssi_array(y, 3, 4);
    W = ssi_array(w, 3, 4);
    M = ssi_array(m, 3, 4);
}

/* What a line of the file names, over the axes given. */
static ssi_tensor *by_name(const char *name, int n, const int *axes)
{
#define IS(text)                                                                                                       \
    if (!strcmp(name, text))                                                                                           \
    return
    IS("ptp") ssi_ptp_axes(Y, n, axes, 0);
    IS("count_nonzero") ssi_count_nonzero_axes(Y, n, axes, 0);
    IS("average") ssi_average_axes(Y, W, n, axes, 0);
    IS("norm_1") ssi_norm_p_axes(Y, 1, n, axes, 0);
    IS("norm_3") ssi_norm_p_axes(Y, 3, n, axes, 0);
    IS("norm_inf") ssi_norm_p_axes(Y, INFINITY, n, axes, 0);
    IS("norm_ninf") ssi_norm_p_axes(Y, -INFINITY, n, axes, 0);
    IS("norm_0") ssi_norm_p_axes(Y, 0, n, axes, 0);
    IS("nansum") ssi_nansum_axes(X, n, axes, 0);
    IS("nanprod") ssi_nanprod_axes(X, n, axes, 0);
    IS("nanmean") ssi_nanmean_axes(X, n, axes, 0);
    IS("nanvar") ssi_nanvar_axes(X, n, axes, 0, 0);
    IS("nanvar_1") ssi_nanvar_axes(X, n, axes, 0, 1);
    IS("nanstd") ssi_nanstd_axes(X, n, axes, 0, 0);
    IS("nanmin") ssi_nanmin_axes(X, n, axes, 0);
    IS("nanmax") ssi_nanmax_axes(X, n, axes, 0);
    IS("sum_where") ssi_sum_where_axes(Y, M, n, axes, 0);
    IS("prod_where") ssi_prod_where_axes(Y, M, n, axes, 0);
    IS("mean_where") ssi_mean_where_axes(Y, M, n, axes, 0);
    IS("var_where") ssi_var_where_axes(Y, M, n, axes, 0, 0);
    IS("std_where_1") ssi_std_where_axes(Y, M, n, axes, 0, 1);
    IS("min_where") ssi_min_where_axes(Y, M, ssi_number(2), n, axes, 0);
    IS("max_where") ssi_max_where_axes(Y, M, ssi_number(2), n, axes, 0);
    IS("all_where") ssi_all_where_axes(Y, M, n, axes, 0);
    IS("any_where") ssi_any_where_axes(Y, M, n, axes, 0);
    IS("isinf") ssi_isinf(X);
    IS("signbit") ssi_signbit(X);
    IS("heaviside") ssi_heaviside(X, 0.5);
    IS("logaddexp") ssi_logaddexp(Y, W);
    IS("deg2rad") ssi_deg2rad(Y);
    IS("rad2deg") ssi_rad2deg(Y);
    IS("fmod") ssi_fmod(Y, ssi_neg(W));
    IS("round_1") ssi_round(ssi_mul(Y, 1.23456), 1);
    IS("round_n1") ssi_round(ssi_mul(Y, 12.5), -1);
    IS("nan_to_num") ssi_nan_to_num(X);
    IS("isclose") ssi_isclose(Y, ssi_add(Y, ssi_array(((double[]){1e-9, 1e-3, 0, 1e-5}), 4)), 1e-5, 1e-8);
    IS("clip") ssi_clip(Y, -1, 2);
#undef IS
    return NULL;
}

static void values_are_numpys(void **state)
{
    (void)state;
    make_operands();
    FILE *file = fopen(SSI_TESTS "/math/statistics.txt", "r");
    assert_non_null(file);
    char line[512];
    int lines = 0, wrong = 0;
    for (; fgets(line, sizeof line, file); lines++) {
        char *name = strtok(line, " "), *axis = strtok(NULL, " ");
        ssi_tensor *y = by_name(name, strcmp(axis, "all") != 0, (int[]){atoi(axis)});
        assert_non_null(y);
        double got[12];
        assert_int_equal(ssi_read(y, SSI_F64, got, ssi_size(y)), 0);
        for (int64_t i = 0; i < ssi_size(y); i++) {
            double truth = strtod(strtok(NULL, " \n"), NULL);
            bool same =
                got[i] == truth || (isnan(got[i]) && isnan(truth)) || fabs(got[i] - truth) <= 1e-14 * fabs(truth);
            if (!same)
                printf("%s, axis %s: element %d is %.17g, should be %.17g\n", name, axis, (int)i, got[i], truth);
            wrong += !same;
        }
        assert_null(strtok(NULL, " \n"));
    }
    fclose(file);
    assert_int_equal(wrong, 0);
    assert_int_equal(lines, 87);
}

static void places_pass_over_nan(void **state)
{
    (void)state;
    make_operands();
    const int64_t *at = ssi_data_i64(ssi_nanargmin(X, 1));
    assert_true(at[0] == 1 && at[1] == 0 && at[2] == 0);
    at = ssi_data_i64(ssi_nanargmax(X, 1));
    assert_true(at[0] == 3 && at[1] == 2 && at[2] == 0);
}

static void equality_is_of_shape_and_every_element(void **state)
{
    (void)state;
    make_operands();
    assert_true(ssi_item(ssi_array_equal(Y, Y)) == 1);
    assert_true(ssi_item(ssi_array_equal(X, X)) == 0); /* NaN */
    assert_true(ssi_item(ssi_array_equal(Y, ssi_reshape(Y, 4, 3))) == 0);
    assert_true(ssi_item(ssi_allclose(Y, ssi_add(Y, 1e-9), 1e-5, 1e-8)) == 1);
    assert_true(ssi_item(ssi_allclose(INFINITY, ssi_number(INFINITY), 1e-5, 1e-8)) == 1);
    assert_true(ssi_item(ssi_allclose(1.0, ssi_number(INFINITY), 1e-5, 1e-8)) == 0);
}

static void integers_keep_their_dtype_where_numpy_does(void **state)
{
    (void)state;
    ssi_tensor *k = ssi_array(((int32_t[]){15, -25, 34, 0}), 4);
    assert_int_equal(ssi_dtype_of(ssi_round(k, 2)), SSI_I32);
    ssi_tensor *tens = ssi_round(k, -1);
    assert_int_equal(ssi_dtype_of(tens), SSI_I32);
    const int32_t *t = ssi_data(tens);
    assert_true(t[0] == 20 && t[1] == -20 && t[2] == 30 && t[3] == 0);
    assert_int_equal(ssi_dtype_of(ssi_nansum(k)), SSI_I64);
    assert_int_equal(ssi_dtype_of(ssi_nanmean(k)), SSI_F64);
    assert_true(ssi_item(ssi_nanmin(k)) == -25 && ssi_item(ssi_any(ssi_isinf(k))) == 0);
    const int32_t *rest = ssi_data(ssi_fmod(k, ssi_array(((int32_t[]){4, 4, -4, 0}), 4)));
    assert_true(rest[0] == 3 && rest[1] == -1 && rest[2] == 2 && rest[3] == 0);
}

/* Slopes by differences, where NaN does not stand. */
static ssi_tensor *masked_mean(ssi_tensor *const *x, void *context)
{
    (void)context;
    return ssi_sum(ssi_square(ssi_mean_where(x[0], M, 1)));
}
static ssi_tensor *nan_spread(ssi_tensor *const *x, void *context)
{
    (void)context;
    return ssi_sum(ssi_nanvar(ssi_where(M, x[0], NAN), 0));
}
static ssi_tensor *weighted(ssi_tensor *const *x, void *context)
{
    (void)context;
    return ssi_sum(ssi_square(ssi_average(x[0], W, 0)));
}

static void gradients_are_the_numerical_ones(void **state)
{
    (void)state;
    make_operands();
    ssi_tensor *(*const f[])(ssi_tensor *const *, void *) = {masked_mean, nan_spread, weighted};
    for (size_t i = 0; i < sizeof f / sizeof *f; i++) {
        ssi_tensor *slope = ssi_grad(f[i](&Y, NULL), Y);
        const double *exact = ssi_data_f64(slope), h = 1e-5;
        for (int64_t k = 0; k < 12; k++) {
            double at[12], side[2];
            for (int s = 0; s < 2; s++) {
                assert_int_equal(ssi_read(Y, SSI_F64, at, 12), 0);
                at[k] += s ? h : -h;
                ssi_tensor *moved = ssi_array(at, 3, 4);
                side[s] = ssi_item(f[i](&moved, NULL));
            }
            double numerical = (side[1] - side[0]) / (2 * h);
            if (!isnan(numerical)) /* a column of nothing but NaN has no spread */
                assert_true(fabs(numerical - exact[k]) < 1e-6);
        }
    }
}

/* Two that are largest share it; a row of NaN has none to give it to. */
static void the_gradient_of_an_extreme_passes_over_nan(void **state)
{
    (void)state;
    const double values[] = {3, NAN, 3, 1, NAN, NAN, NAN, NAN}, slope[] = {0.5, 0, 0.5, 0, 0, 0, 0, 0};
    ssi_tensor *x = (ssi_array)(SSI_F64, 2, (int64_t[]){2, 4}, values);
    const double *d = ssi_data_f64(ssi_grad(ssi_nansum(ssi_nanmax(x, 1)), x));
    assert_memory_equal(d, slope, sizeof slope);
    d = ssi_data_f64(ssi_grad(ssi_nansum(ssi_nanmin(ssi_neg(x), 1)), x));
    for (int i = 0; i < 8; i++)
        assert_true(d[i] == -slope[i]);
}

static void bad_input_is_named(void **state)
{
    (void)state;
    make_operands();
    ssi_error error;
    assert_null(ssi_ptp(Y, 2));
    assert_true(ssi_error_take(&error) && strstr(error.message, "axis 2"));
    assert_null(ssi_sum_where(Y, ssi_full(SSI_BOOL, 1, 5)));
    assert_true(ssi_error_take(&error) && strstr(error.message, "broadcast"));
    assert_null(ssi_average(Y, ssi_ones(SSI_F64, 5)));
    assert_true(ssi_error_take(&error) && strstr(error.message, "broadcast"));
    assert_null(ssi_nanmin(ssi_zeros(SSI_F64, 0)));
    assert_true(ssi_error_take(&error));
    assert_null(ssi_nansum_axes(NULL, 0, NULL, 0));
    assert_false(ssi_error_take(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_numpys),
        cmocka_unit_test(places_pass_over_nan),
        cmocka_unit_test(equality_is_of_shape_and_every_element),
        cmocka_unit_test(integers_keep_their_dtype_where_numpy_does),
        cmocka_unit_test(gradients_are_the_numerical_ones),
        cmocka_unit_test(the_gradient_of_an_extreme_passes_over_nan),
        cmocka_unit_test(bad_input_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
