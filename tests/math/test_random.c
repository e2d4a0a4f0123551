/*
 * test_random.c - random numbers: their laws, their independence, and NumPy's of old to the bit.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ops/build.h"
#include "random_numpy.h"
#include "ssi/ssi.h"

static void refused(ssi_tensor *x, const char *words)
{
    ssi_error error;
    assert_null(x);
    assert_true(ssi_error_take(&error));
    assert_true(strstr(error.message, words) || strstr(error.hint, words));
}

/* ---- NumPy of old ---- */

static void same_f64(ssi_tensor *x, const double *truth, size_t bytes)
{
    assert_int_equal(ssi_size(x) * 8, bytes);
    assert_memory_equal(ssi_data_f64(x), truth, bytes);
}

static void same_i64(ssi_tensor *x, const int64_t *truth, size_t bytes)
{
    assert_int_equal(ssi_size(x) * 8, bytes);
    assert_memory_equal(ssi_data_i64(x), truth, bytes);
}

#define SEED(s)                                                                                                        \
    do {                                                                                                               \
        ssi_legacy_seed(g, s);                                                                                         \
        same_f64(ssi_legacy_rand(g, 5), rand_##s, sizeof rand_##s);                                                    \
        same_f64(ssi_legacy_randn(g, 7), randn_##s, sizeof randn_##s);                                                 \
        same_i64(ssi_legacy_randint(g, -3, 10, 12), randint_##s, sizeof randint_##s);                                  \
        same_i64(ssi_legacy_permutation(g, 9), permutation_##s, sizeof permutation_##s);                               \
        same_f64(ssi_legacy_randn(g, 2), again_##s, sizeof again_##s);                                                 \
        same_i64(ssi_legacy_randint(g, 0, (int64_t)1 << 40, 4), wide_##s, sizeof wide_##s);                            \
    } while (0)

static void numbers_of_old_are_numpys_to_the_bit(void **state)
{
    (void)state;
    ssi_legacy *g = ssi_legacy_new(7);
    SEED(0);
    SEED(42);
    SEED(4294967295);
    ssi_legacy_seed(g, 1);
    ssi_legacy_rand(g, 10, 100);
    same_f64(ssi_legacy_rand(g, 3), late, sizeof late);
    assert_int_equal(ssi_size(ssi_legacy_rand(g, 0, 3)), 0);
    refused(ssi_legacy_randint(g, 3, 3, 2), "from 3 to 3");
    refused(ssi_legacy_rand(g, -1), "negative size");
    refused((ssi_legacy_rand)(g, 99, NULL), "negative size");
    ssi_legacy_free(g);
    ssi_legacy_free(NULL);
    assert_null(ssi_legacy_rand(NULL, 3));
    assert_false(ssi_error_take(NULL));
}

/* ---- streams ---- */

static void a_stream_repeats_and_parts_are_strangers(void **state)
{
    (void)state;
    int64_t n = 1000;
    ssi_tensor *a = ssi_uniform(SSI_F64, 1, &n, 1, 5), *b = ssi_uniform(SSI_F64, 1, &n, 1, 5);
    assert_memory_equal(ssi_data(a), ssi_data(b), 8000);
    assert_true(ssi_split_seed(1, 0) != ssi_split_seed(1, 1) && ssi_split_seed(1, 0) != ssi_split_seed(2, 0) &&
                ssi_split_seed(1, 0) != 1);
    ssi_tensor *c = ssi_uniform(SSI_F64, 1, &n, ssi_split_seed(1, 0), 5);
    double together = ssi_item(ssi_mean(ssi_mul(ssi_sub(a, 0.5), ssi_sub(c, 0.5)))); /* deviation 1/12/sqrt(1000) */
    assert_true(fabs(together) < 4 * 0.0027);
}

/* The deviation of a mean of n numbers of variance v is sqrt(v/n); four of them are not exceeded by chance. */
static void near(ssi_tensor *x, double mean, double variance)
{
    double n = (double)ssi_size(x);
    assert_true(fabs(ssi_item(ssi_mean(x)) - mean) < 4 * sqrt(variance / n));
}

static void numbers_follow_their_laws(void **state)
{
    (void)state;
    int64_t n = 100000;
    ssi_tensor *u = ssi_uniform_between(-2, 3, SSI_F32, 1, &n, 1, 1);
    near(u, 0.5, 25.0 / 12);
    assert_true(ssi_item(ssi_min(u)) >= -2 && ssi_item(ssi_max(u)) <= 3);
    ssi_tensor *z = ssi_normal(SSI_F64, 1, &n, 1, 2);
    near(z, 0, 1);
    near(ssi_mul(z, z), 1, 2);
    ssi_tensor *k = ssi_integers(-3, 4, 1, &n, 1, 3);
    near(k, 0, 4);
    assert_true(ssi_item(ssi_min(k)) == -3 && ssi_item(ssi_max(k)) == 3);
    near(ssi_cast(ssi_bernoulli(0.25, 1, &n, 1, 4), SSI_F64), 0.25, 0.25 * 0.75);
    assert_true(ssi_item(ssi_sum(ssi_integers(5, 6, 1, &n, 1, 3))) == 5.0 * (double)n);
    refused(ssi_integers(4, 4, 1, &n, 0, 0), "from 4 to 4");
    refused(ssi_integers(INT64_MIN, INT64_MAX, 1, &n, 0, 0), "high is above low");
    refused(ssi_uniform_between(1, 0, SSI_F32, 1, &n, 0, 0), "from 1 to 0");
    refused(ssi_uniform_between(0, NAN, SSI_F32, 1, &n, 0, 0), "finite range");
    refused(ssi_bernoulli(NAN, 1, &n, 0, 0), "between 0 and 1");
}

/* ---- choices ---- */

static void a_permutation_has_everything_once(void **state)
{
    (void)state;
    ssi_tensor *order = ssi_permutation(1000, 3, 0);
    const int64_t *p = ssi_data_i64(order);
    int64_t moved = 0;
    bool seen[1000] = {false};
    for (int64_t i = 0; i < 1000; i++) {
        assert_true(p[i] >= 0 && p[i] < 1000 && !seen[p[i]]);
        seen[p[i]] = true;
        moved += p[i] != i;
    }
    assert_true(moved > 950);
    assert_int_equal(ssi_size(ssi_permutation(0, 3, 0)), 0);
    refused(ssi_permutation(-1, 3, 0), "-1 things");
    ssi_tensor *x = ssi_array(((double[]){1, 2, 3, 4, 5, 6}), 3, 2);
    assert_true(ssi_item(ssi_sum(ssi_shuffle(x, 3, 0))) == 21);
    refused(ssi_shuffle(ssi_number(1), 3, 0), "no axes");
}

/* Fisher and Yates by hand, with the same numbers. */
static void a_shuffle_swaps_from_the_last_element_down(void **state)
{
    (void)state;
    static const ssi_dtype dtypes[] = {SSI_F64, SSI_F32, SSI_F16, SSI_U8};
    int64_t n = 200, place[200];
    const double *u = ssi_data_f64(ssi_uniform(SSI_F64, 1, &n, 4, 1));
    for (int64_t i = 0; i < n; i++)
        place[i] = i;
    for (int64_t i = n - 1; i >= 0; i--) {
        int64_t partner = (int64_t)(u[i] * (double)(i + 1)), swap = place[i];
        place[i] = place[partner];
        place[partner] = swap;
    }
    assert_memory_equal(ssi_data_i64(ssi_permutation(n, 4, 1)), place, sizeof place);
    for (int d = 0; d < 4; d++) {
        ssi_tensor *x = ssi_cast(ssi_iota(SSI_I64, 1, &n, 0), dtypes[d]);
        ssi_tensor *backwards = ssi_sub(n - 1, ssi_flip(x, 0)), *rows = ssi_reshape(ssi_repeat(x, 3, 0), n, 3);
        ssi_eval(backwards);
        ssi_tensor *a = ssi_shuffle(x, 4, 1), *b = ssi_shuffle(backwards, 4, 1), *c = ssi_shuffle(rows, 4, 1);
        assert_int_equal(ssi_dtype_of(a), dtypes[d]);
        ssi_tensor *expected = ssi_cast((ssi_array)(SSI_I64, 1, &n, place), dtypes[d]);
        assert_true(ssi_item(ssi_array_equal(a, expected)) == 1);
        assert_true(ssi_item(ssi_array_equal(b, expected)) == 1);
        assert_true(ssi_item(ssi_array_equal(c, ssi_reshape(ssi_repeat(expected, 3, 0), n, 3))) == 1);
    }
    int64_t count = 20000, sum[5] = {0}; /* each place is as likely for each */
    ssi_tensor *four = ssi_iota(SSI_I64, 1, (int64_t[]){5}, 0);
    for (int64_t t = 0; t < count; t++) {
        ssi_scope scope_of_one = ssi_scope_open();
        sum[ssi_data_i64(ssi_shuffle(four, 9, (uint64_t)t))[2]]++;
        ssi_scope_close(scope_of_one);
    }
    for (int i = 0; i < 5; i++)
        assert_in_range(sum[i], count / 5 - 300, count / 5 + 300);
}

static void a_partner_that_is_not_there_fails_the_run(void **state)
{
    (void)state;
    for (int64_t bad = -1; bad <= 3; bad += 4) {
        ssi_tensor *y = ssi_swapped(ssi_array(((float[]){1, 2, 3}), 3), ssi_array(((int64_t[]){0, bad, 1}), 3));
        assert_int_equal(ssi_eval(y), SSI_RANGE);
        refused(NULL, bad < 0 ? "partner -1 is outside [0, 3)" : "partner 3 is outside [0, 3)");
    }
}

static void outcomes_come_as_often_as_their_weights_say(void **state)
{
    (void)state;
    ssi_tensor *weights = ssi_array(((double[]){1, 0, 2, 5}), 4);
    ssi_tensor *drawn = ssi_choice(weights, 80000, 0, 9, 0);
    for (int i = 0; i < 4; i++) {
        double p = ((double[]){1, 0, 2, 5})[i] / 8;
        near(ssi_cast(ssi_equal(drawn, i), SSI_F64), p, p * (1 - p) + 1e-12);
    }
    ssi_tensor *rows = ssi_multinomial(100, weights, 2000, 9, 1);
    assert_int_equal(ssi_dim(rows, 0), 2000);
    assert_int_equal(ssi_dim(rows, 1), 4);
    assert_true(ssi_item(ssi_all(ssi_equal(ssi_sum(rows, 1), 100))) == 1);
    near(ssi_slice(rows, 2, (ssi_range[]){{0, SSI_END, 1}, {3, 4, 1}}), 62.5, 100 * 0.625 * 0.375);
    assert_true(ssi_item(ssi_sum(ssi_slice(rows, 2, (ssi_range[]){{0, SSI_END, 1}, {1, 2, 1}}))) == 0);
}

static void without_repeats_nothing_comes_twice(void **state)
{
    (void)state;
    ssi_tensor *weights = ssi_array(((double[]){1, 0, 2, 5}), 4);
    int first[4] = {0};
    for (uint64_t stream = 0; stream < 800; stream++) {
        ssi_scope scope = ssi_scope_open();
        const int64_t *drawn = ssi_data_i64(ssi_choice(weights, 3, 1, 4, stream));
        assert_true(drawn[0] != drawn[1] && drawn[1] != drawn[2] && drawn[0] != drawn[2]);
        assert_true(drawn[0] != 1 && drawn[1] != 1 && drawn[2] != 1);
        first[drawn[0]]++;
        ssi_scope_close(scope);
    }
    assert_true(abs(first[0] - 100) < 40 && abs(first[2] - 200) < 50 && abs(first[3] - 500) < 57);
    refused(ssi_choice(weights, 4, 1, 4, 0), "4 chosen among 3");
    refused(ssi_choice(weights, -1, 0, 4, 0), "-1 chosen");
    refused(ssi_choice(ssi_array(((double[]){1, -1}), 2), 1, 0, 4, 0), "weight 1 is -1");
    refused(ssi_choice(ssi_array(((double[]){0, 0}), 2), 1, 0, 4, 0), "sum to 0");
    refused(ssi_choice(ssi_zeros(SSI_F64, 2, 2), 1, 0, 4, 0), "one axis");
    refused(ssi_multinomial(-1, weights, 1, 0, 0), "-1 trials");
    refused(ssi_multinomial(INT64_MAX, weights, INT64_MAX, 0, 0), "trials");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_old_are_numpys_to_the_bit),
        cmocka_unit_test(a_stream_repeats_and_parts_are_strangers),
        cmocka_unit_test(numbers_follow_their_laws),
        cmocka_unit_test(a_permutation_has_everything_once),
        cmocka_unit_test(a_shuffle_swaps_from_the_last_element_down),
        cmocka_unit_test(a_partner_that_is_not_there_fails_the_run),
        cmocka_unit_test(outcomes_come_as_often_as_their_weights_say),
        cmocka_unit_test(without_repeats_nothing_comes_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
