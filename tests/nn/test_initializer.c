/* test_initializer.c - first weights: their spread, their defaults, their seeds. */
#include "nn/numbers.h"

static void statistics(ssi_initializer how, ssi_activation_kind before, double *mean, double *deviation,
                       double *largest)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *w = ssi_initialize(how, before, SSI_F32, 300, 200, 1, 7);
    assert_int_equal(ssi_dim(w, 0), 300);
    assert_int_equal(ssi_dim(w, 1), 200);
    *mean = ssi_item(ssi_mean(w));
    *deviation = ssi_item(ssi_std_axes(w, 0, NULL, 0, 0));
    *largest = ssi_item(ssi_max(ssi_abs(w)));
    ssi_scope_close(scope);
}

/* Of 60,000 numbers the deviation is known to 0.3 %, the mean to 0.4 % of it. */
static void the_spread_is_what_the_papers_say(void **state)
{
    (void)state;
    double mean, deviation, largest;
    statistics(SSI_INIT_HE, SSI_LINEAR, &mean, &deviation, &largest);
    assert_true(fabs(deviation / sqrt(2.0 / 300) - 1) < 0.015);
    assert_true(fabs(mean) < 0.02 * deviation);
    assert_true(largest > 3.5 * deviation && largest < 6 * deviation);
    statistics(SSI_INIT_GLOROT, SSI_LINEAR, &mean, &deviation, &largest);
    double bound = sqrt(6.0 / 500);
    assert_true(fabs(deviation / (bound / sqrt(3)) - 1) < 0.015);
    assert_true(fabs(mean) < 0.02 * deviation);
    assert_true(largest <= bound && largest > 0.999 * bound);
    statistics(SSI_INIT_NORMAL, SSI_LINEAR, &mean, &deviation, &largest);
    assert_true(fabs(deviation / 0.01 - 1) < 0.015);
    statistics(SSI_INIT_ZEROS, SSI_LINEAR, &mean, &deviation, &largest);
    assert_true(largest == 0);
}

static void the_default_follows_the_activation(void **state)
{
    (void)state;
    static const ssi_activation_kind he[] = {SSI_RELU, SSI_LEAKY_RELU, SSI_ELU, SSI_GELU, SSI_SILU, SSI_SOFTPLUS};
    static const ssi_activation_kind glorot[] = {SSI_LINEAR, SSI_STEP, SSI_SIGMOID, SSI_TANH, SSI_SOFTMAX};
    ssi_scope scope = ssi_scope_open();
    for (size_t i = 0; i < sizeof he / sizeof *he; i++)
        assert_memory_equal(ssi_data(ssi_initialize(SSI_INIT_DEFAULT, he[i], SSI_F32, 5, 4, 1, 2)),
                            ssi_data(ssi_initialize(SSI_INIT_HE, SSI_LINEAR, SSI_F32, 5, 4, 1, 2)), 80);
    for (size_t i = 0; i < sizeof glorot / sizeof *glorot; i++)
        assert_memory_equal(ssi_data(ssi_initialize(SSI_INIT_DEFAULT, glorot[i], SSI_F32, 5, 4, 1, 2)),
                            ssi_data(ssi_initialize(SSI_INIT_GLOROT, SSI_LINEAR, SSI_F32, 5, 4, 1, 2)), 80);
    ssi_scope_close(scope);
}

static void seeds_and_streams_decide(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    const void *a = ssi_data(ssi_initialize(SSI_INIT_HE, SSI_RELU, SSI_F32, 5, 4, 1, 2));
    assert_memory_equal(a, ssi_data(ssi_initialize(SSI_INIT_HE, SSI_RELU, SSI_F32, 5, 4, 1, 2)), 80);
    assert_memory_not_equal(a, ssi_data(ssi_initialize(SSI_INIT_HE, SSI_RELU, SSI_F32, 5, 4, 2, 2)), 80);
    assert_memory_not_equal(a, ssi_data(ssi_initialize(SSI_INIT_HE, SSI_RELU, SSI_F32, 5, 4, 1, 3)), 80);
    ssi_scope_close(scope);
}

static void impossible_weights_are_refused(void **state)
{
    (void)state;
    assert_null(ssi_initialize(SSI_INIT_HE, SSI_RELU, SSI_F32, 0, 4, 1, 2));
    assert_error(SSI_INVALID, "0 inputs and 4 outputs");
    assert_null(ssi_initialize((ssi_initializer)9, SSI_RELU, SSI_F32, 3, 4, 1, 2));
    assert_error(SSI_INVALID, "9 is no initialiser");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_spread_is_what_the_papers_say),
        cmocka_unit_test(the_default_follows_the_activation),
        cmocka_unit_test(seeds_and_streams_decide),
        cmocka_unit_test(impossible_weights_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
