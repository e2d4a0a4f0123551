/*
 * test_explain.c - SSI_EXPLAIN=1: the table of a plan, and that asking for it changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ssi/ssi.h"

enum { ELEMENTS = 100000 };

static char said[20000];

static void hear(const char *text, void *context)
{
    (void)context;
    strncat(said, text, sizeof said - strlen(said) - 1);
}

/* One chain and its sum, a plan of one kernel: the same at each call. */
static double chain(double a)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_full(SSI_F32, 0.5, ELEMENTS);
    double sum = ssi_item(ssi_sum(ssi_sigmoid(ssi_add(ssi_mul(x, a), 1))));
    ssi_scope_close(scope);
    return sum;
}

static int times_said(const char *text)
{
    int times = 0;
    for (const char *at = said; (at = strstr(at, text)) != NULL; at++)
        times++;
    return times;
}

static void without_memory_for_the_limits_the_run_goes_on(void **state)
{
    (void)state;
    said[0] = '\0';
    ssi_set_memory_limit((size_t)16 << 20);
    assert_true(chain(2) > 0.88 * ELEMENTS);
    ssi_set_memory_limit(0);
    assert_false(ssi_error_take(NULL));
    assert_int_equal(times_said("ssi: "), 1);
    assert_non_null(strstr(said, " -  (1,)"));
    assert_int_equal(times_said("limit %: "), 1);
}

static void the_first_run_is_shown_and_later_ones_as_averages(void **state)
{
    (void)state;
    ssi_shutdown(); /* forgets the plan */
    said[0] = '\0';
    chain(2);
    assert_int_equal(times_said("the first run"), 1);
    assert_int_equal(times_said("in 1 kernel,"), 1);
    assert_non_null(strstr(said, "mul, add, sigmoid, sum\n"));
    for (int i = 0; i < 19; i++)
        chain(i);
    assert_int_equal(times_said("ssi: "), 1);
    chain(1);
    assert_int_equal(times_said("averages of the 20 runs after that"), 1);
    for (int i = 0; i < 50; i++)
        chain(i);
    assert_int_equal(times_said("ssi: "), 2);
    assert_int_equal(times_said("limit %: "), 0); /* explained once, before */
}

/* Of a line "  kind us share ...", the share. */
static double share(const char *line)
{
    char kind[16];
    double us, percent;
    return sscanf(line, " %15s %lf %lf", kind, &us, &percent) == 3 && strcmp(kind, "all") != 0 ? percent : 0;
}

static void shares_are_of_all_kernels_and_lines_are_of_eighty_columns(void **state)
{
    (void)state;
    said[0] = '\0';
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_full(SSI_F32, 0.01, 256, 512), *w = ssi_full(SSI_F32, 0.02, 512, 128);
    ssi_tensor *y = ssi_tanh(ssi_matmul(ssi_relu(ssi_matmul(x, w)), ssi_transpose(w)));
    for (int i = 0; i < 20; i++)
        y = ssi_sqrt(ssi_maximum(ssi_sin(y), 0.25));
    assert_int_equal(ssi_eval(y), SSI_OK);
    ssi_scope_close(scope);
    double all = 0;
    int kernels = 0, promised = 0;
    assert_int_equal(sscanf(strstr(said, " in "), " in %d kernels", &promised), 1);
    for (char *line = said; *line; line = strchr(line, '\n') + 1) {
        assert_true(strchr(line, '\n') - line <= 80);
        kernels += share(line) > 0;
        all += share(line);
    }
    assert_int_equal(kernels, promised);
    assert_true(kernels >= 2);
    assert_float_equal(all, 100, 0.1 * kernels);
}

/* The peak that the share of the limit of a product goes by: what it did, by that share. */
static double peak_of_product(ssi_dtype dtype, ssi_precision precision)
{
    double us, percent, mflop, gflops, gbytes, limit;
    ssi_shutdown(); /* forgets the plan */
    ssi_precision before = ssi_set_precision(precision);
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_ones(dtype, 384, 384);
    ssi_eval(x);
    said[0] = '\0';
    ssi_eval(ssi_matmul(x, x));
    ssi_scope_close(scope);
    ssi_set_precision(before);
    assert_non_null(strstr(said, "product"));
    assert_int_equal(sscanf(strstr(said, "product"), "product %lf %lf %lf %lf %lf %lf", &us, &percent, &mflop, &gflops,
                            &gbytes, &limit),
                     6);
    return 100 * gflops / limit;
}

static void of_f64_a_vector_holds_half_as_many(void **state)
{
    (void)state;
    double peak = peak_of_product(SSI_F32, SSI_HIGHEST);
    assert_float_equal(peak_of_product(SSI_F64, SSI_HIGHEST), peak / 2, 0.05 * peak);
    assert_float_equal(peak_of_product(SSI_F64, SSI_MEDIUM), peak / 2, 0.05 * peak); /* which rounds f32 alone */
}

int main(void)
{
    setenv("SSI_EXPLAIN", "1", 1);
    ssi_set_log(hear, NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_memory_for_the_limits_the_run_goes_on),
        cmocka_unit_test(the_first_run_is_shown_and_later_ones_as_averages),
        cmocka_unit_test(shares_are_of_all_kernels_and_lines_are_of_eighty_columns),
        cmocka_unit_test(of_f64_a_vector_holds_half_as_many),
    };
    return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
