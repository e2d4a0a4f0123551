/*
 * What is composed of primitives: its values where rounding, overflow and edges are the danger, and its gradients there.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "ssi/grad.h"
#include "ssi/math.h"
#include "ssi/random.h"

static ssi_scope scope;

static int open_scope(void **state)
{
    (void)state;
    scope = ssi_scope_open();
    return 0;
}

static int close_scope(void **state)
{
    (void)state;
    ssi_scope_close(scope);
    return ssi_report();
}

static ssi_tensor *numbers(int64_t count, const double *data)
{
    return (ssi_array)(SSI_F64, 1, &count, data);
}
#define NUMBERS(...) numbers(sizeof((double[]){__VA_ARGS__}) / sizeof(double), (double[]){__VA_ARGS__})

static void check(ssi_tensor *x, int64_t count, const double *expected, double relative)
{
    double out[64];
    assert_int_equal(ssi_size(x), count);
    assert_int_equal(ssi_read(x, SSI_F64, out, count), SSI_OK);
    for (int64_t i = 0; i < count; i++) {
        double e = expected[i];
        if (!(out[i] == e || (isnan(out[i]) && isnan(e)) || fabs(out[i] - e) <= relative * fabs(e)))
            fail_msg("element %d is %.17g, should be %.17g", (int)i, out[i], e);
    }
}
#define EXPECT(x, relative, ...)                                                                                       \
    check(x, sizeof((double[]){__VA_ARGS__}) / sizeof(double), (double[]){__VA_ARGS__}, relative)

static ssi_tensor *slope_of(ssi_tensor *y, ssi_tensor *x)
{
    return ssi_grad(ssi_sum(y), x);
}

static void log1p_and_expm1_lose_nothing_near_zero_and_nothing_far_away(void **state)
{
    (void)state;
    ssi_tensor *x = NUMBERS(1e-300, 1e-17, -1e-10, 1e-5, 0, 3, 1e300, INFINITY, -1);
    EXPECT(ssi_log1p(x), 4e-16, 1e-300, 1e-17, -1.00000000005e-10, 9.9999500003333308e-06, 0, 1.3862943611198906,
           690.77552789821368, INFINITY, -INFINITY);
    ssi_tensor *y = NUMBERS(1e-300, 1e-17, -1e-10, 1e-5, 0, -2, 700, -INFINITY, INFINITY);
    EXPECT(ssi_expm1(y), 8e-16, 1e-300, 1e-17, -9.9999999995000007e-11, 1.0000050000166668e-05, 0, -0.86466471676338730,
           1.0142320547350045e+304, -1, INFINITY);
}

static void gradients_of_activations_are_finite_at_extremes(void **state)
{
    (void)state;
    ssi_tensor *x = NUMBERS(-1e4, -1000, -1, 0, 1, 1000, 1e4);
    double s = 0.26894142136999510;
    EXPECT(slope_of(ssi_softplus(x), x), 1e-15, 0, 0, s, 0.5, 1 - s, 1, 1);
    EXPECT(ssi_softplus(x), 1e-15, 0, 0, 0.31326168751822286, 0.69314718055994531, 1.3132616875182228, 1000, 1e4);
    EXPECT(slope_of(ssi_sigmoid(x), x), 1e-15, 0, 0, 0.19661193324148185, 0.25, 0.19661193324148185, 0, 0);
    EXPECT(slope_of(ssi_elu(x, 1), x), 1e-15, 0, 0, 0.36787944117144233, 1, 1, 1, 1);
    EXPECT(slope_of(ssi_leaky_relu(x, 0.1), x), 1e-15, 0.1, 0.1, 0.1, 0.1, 1, 1, 1);
    EXPECT(slope_of(ssi_gelu(x), x), 1e-14, 0, 0, -0.083315470587686298, 0.5, 1.0833154705876863, 1, 1);
    EXPECT(slope_of(ssi_silu(x), x), 1e-14, 0, 0, 0.072329488128513250, 0.5, 0.92767051187148675, 1, 1);
    EXPECT(slope_of(ssi_relu(x), x), 0, 0, 0, 0, 0, 1, 1, 1);
}

static void softmax_survives_huge_and_infinite_logits(void **state)
{
    (void)state;
    ssi_tensor *x = NUMBERS(1e308, 1e308, -1e308);
    EXPECT(ssi_softmax(x, 0), 1e-15, 0.5, 0.5, 0);
    EXPECT(ssi_log_softmax(NUMBERS(1000, 0, -1000), -1), 1e-15, 0, -1000, -2000);
    EXPECT(ssi_logsumexp(NUMBERS(1000, 1000), 0), 1e-15, 1000.6931471805599);
    EXPECT(ssi_logsumexp(NUMBERS(-INFINITY, -INFINITY), 0), 0, -INFINITY);
    EXPECT(ssi_logsumexp(NUMBERS(INFINITY, 1), 0), 0, INFINITY);
    ssi_tensor *z = NUMBERS(1000, 0, -1000);
    EXPECT(slope_of(ssi_mul(ssi_log_softmax(z, 0), NUMBERS(0, 1, 0)), z), 1e-15, -1, 1, 0);
}

static void clip_passes_the_whole_gradient_at_its_bounds(void **state)
{
    (void)state;
    ssi_tensor *x = NUMBERS(-2, -1, 0, 1, 2, NAN);
    EXPECT(ssi_clip(x, -1, 1), 0, -1, -1, 0, 1, 1, NAN);
    EXPECT(slope_of(ssi_clip(x, -1, 1), x), 0, 0, 1, 1, 1, 0, 1);
}

static void means_and_spreads_are_numpys(void **state)
{
    (void)state;
    ssi_tensor *x = (ssi_array)(SSI_F64, 2, (int64_t[]){2, 3}, (double[]){1, 2, 4, 0, 5, 7});
    EXPECT(ssi_mean(x), 1e-15, 19.0 / 6);
    EXPECT(ssi_mean(x, 1), 1e-15, 7.0 / 3, 4);
    EXPECT(ssi_var_axes(x, 1, (int[]){0}, 0, 0), 1e-15, 0.25, 2.25, 2.25);
    EXPECT(ssi_var_axes(x, 1, (int[]){1}, 0, 1), 1e-15, 7.0 / 3, 13);
    EXPECT(ssi_std_axes(x, 0, NULL, 0, 0), 1e-15, 2.4094720491334933);
    EXPECT(ssi_norm(x), 1e-15, 9.7467943448089631);
    EXPECT(ssi_mean((ssi_array)(SSI_I32, 1, (int64_t[]){2}, (int[]){1, 2})), 0, 1.5);
    EXPECT(ssi_mean(ssi_zeros(SSI_F64, 0)), 0, NAN);
}

static void the_mean_of_half_floats_does_not_overflow(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_full(SSI_F16, 60000, 4);
    assert_int_equal(ssi_dtype_of(ssi_mean(x)), SSI_F16);
    EXPECT(ssi_mean(x), 1e-3, 60000);
    EXPECT(ssi_var_axes(ssi_full(SSI_F16, 1000, 4), 0, NULL, 0, 0), 0, 0);
}

static void what_does_not_vary_has_a_gradient(void **state)
{
    (void)state;
    ssi_tensor *x = NUMBERS(3, 3, 3), *zero = NUMBERS(0, 0);
    EXPECT(slope_of(ssi_std_axes(x, 0, NULL, 0, 0), x), 0, 0, 0, 0);
    EXPECT(slope_of(ssi_norm(zero), zero), 0, 0, 0);
}

static void of_nothing_all_are_true_and_none_is(void **state)
{
    (void)state;
    ssi_tensor *nothing = ssi_zeros(SSI_F32, 0, 2);
    EXPECT(ssi_all(nothing), 0, 1);
    EXPECT(ssi_any(nothing), 0, 0);
    EXPECT(ssi_all(nothing, 0), 0, 1, 1);
    EXPECT(ssi_all(NUMBERS(1, NAN, -2)), 0, 1);
    EXPECT(ssi_any(NUMBERS(0, 0)), 0, 0);
    EXPECT(ssi_isnan(NUMBERS(0, NAN, INFINITY)), 0, 0, 1, 0);
    EXPECT(ssi_isfinite(NUMBERS(0, NAN, INFINITY, -INFINITY)), 0, 1, 0, 0, 0);
}

static void arange_follows_numpy_to_the_last_bit(void **state)
{
    (void)state;
    EXPECT(ssi_arange(SSI_F64, 0, 0.7, 0.1), 0, 0, 0.1, 0.2, 0.30000000000000004, 0.4, 0.5, 0.6000000000000001);
    EXPECT(ssi_arange(SSI_F32, 1, 1.5, 0.1), 0, 1, 1.10000002384185791015625, 1.2000000476837158203125,
           1.30000007152557373046875, 1.400000095367431640625);
    EXPECT(ssi_arange(SSI_I32, 0.5, 5, 1.5), 0, 0, 2, 4);
    EXPECT(ssi_arange(SSI_I64, 5, 0, -2), 0, 5, 3, 1);
    assert_int_equal(ssi_size(ssi_arange(SSI_F64, 3, 3, 1)), 0);
    assert_null(ssi_arange(SSI_F64, 0, 1, 0));
    ssi_error_take(NULL);
}

static void linspace_ends_exactly(void **state)
{
    (void)state;
    EXPECT(ssi_linspace(SSI_F64, 0, 1, 4), 0, 0, 1.0 / 3, 2.0 / 3, 1);
    EXPECT(ssi_linspace(SSI_F64, 2, 5, 1), 0, 2);
    EXPECT(ssi_linspace(SSI_I32, -1, 1, 4), 0, -1, -1, 0, 1);
    assert_int_equal(ssi_size(ssi_linspace(SSI_F64, 2, 5, 0)), 0);
}

static void one_hot_marks_its_index_and_nothing_outside(void **state)
{
    (void)state;
    ssi_tensor *x = (ssi_array)(SSI_U8, 1, (int64_t[]){3}, (unsigned char[]){1, 0, 7});
    EXPECT(ssi_one_hot(x, 2, SSI_F32), 0, 0, 1, 1, 0, 0, 0);
}

static void normal_numbers_have_mean_0_and_deviation_1(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_normal(SSI_F32, 1, (int64_t[]){100000}, 7, 3);
    assert_true(fabs(ssi_item(ssi_mean(x))) < 0.01);
    assert_true(fabs(ssi_item(ssi_std_axes(x, 0, NULL, 0, 0)) - 1) < 0.01);
    assert_true(ssi_item(ssi_all(ssi_isfinite(x))) == 1);
    ssi_tensor *b = ssi_bernoulli(0.25, 1, (int64_t[]){100000}, 7, 4);
    assert_int_equal(ssi_dtype_of(b), SSI_BOOL);
    assert_true(fabs(ssi_item(ssi_mean(b)) - 0.25) < 0.01);
}

static void axes_come_and_go(void **state)
{
    (void)state;
    ssi_tensor *x = NUMBERS(1, 2), *y = NUMBERS(3, 4);
    EXPECT(ssi_stack(2, (ssi_tensor *[]){x, y}, 1), 0, 1, 3, 2, 4);
    ssi_tensor *wide = ssi_expand_dims(x, -1);
    assert_int_equal(ssi_rank(wide), 2);
    assert_int_equal(ssi_rank(ssi_squeeze(wide, 1)), 1);
    assert_null(ssi_squeeze(wide, 0));
    ssi_error error;
    assert_true(ssi_error_take(&error));
    assert_string_equal(error.operation, "squeeze");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_scope, close_scope)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(log1p_and_expm1_lose_nothing_near_zero_and_nothing_far_away),
        TEST(gradients_of_activations_are_finite_at_extremes),
        TEST(softmax_survives_huge_and_infinite_logits),
        TEST(clip_passes_the_whole_gradient_at_its_bounds),
        TEST(means_and_spreads_are_numpys),
        TEST(the_mean_of_half_floats_does_not_overflow),
        TEST(what_does_not_vary_has_a_gradient),
        TEST(of_nothing_all_are_true_and_none_is),
        TEST(arange_follows_numpy_to_the_last_bit),
        TEST(linspace_ends_exactly),
        TEST(one_hot_marks_its_index_and_nothing_outside),
        TEST(normal_numbers_have_mean_0_and_deviation_1),
        TEST(axes_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
