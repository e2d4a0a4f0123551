/* test_activation.c - activations: values, gradients and edges as PyTorch's. */
#include "nn/numbers.h"
#include "nn/torch_vectors.h"

static void check(ssi_activation_kind kind, ssi_dtype dtype, const double *value, const double *gradient,
                  double tolerance)
{
    ssi_scope scope = ssi_scope_open();
    numbers n = {3};
    ssi_tensor *x = ssi_reshape(ssi_cast(ssi_array(torch_grid, 14), dtype), 2, 7);
    ssi_tensor *k = TAKE(&n, dtype, 1.0, 2, 7);
    ssi_tensor *y = ssi_activate(x, kind, 0);
    assert_int_equal(ssi_dtype_of(y), dtype);
    assert_near(y, value, 14, tolerance);
    assert_near(ssi_grad(ssi_sum(ssi_mul(y, k)), x), gradient, 14, tolerance);
    ssi_scope_close(scope);
}

static void values_and_gradients_are_pytorchs(void **state)
{
    (void)state;
#define CHECK(kind, name)                                                                                              \
    check(kind, SSI_F64, torch_##name, torch_##name##_gradient, 1e-12),                                                \
        check(kind, SSI_F32, torch_##name, torch_##name##_gradient, 1e-5)
    CHECK(SSI_LINEAR, linear);
    CHECK(SSI_SIGMOID, sigmoid);
    CHECK(SSI_TANH, tanh);
    CHECK(SSI_RELU, relu);
    CHECK(SSI_LEAKY_RELU, leaky_relu);
    CHECK(SSI_ELU, elu);
    CHECK(SSI_GELU, gelu);
    CHECK(SSI_SILU, silu);
    CHECK(SSI_SOFTPLUS, softplus);
    CHECK(SSI_SOFTMAX, softmax);
}

static void nothing_overflows_at_the_extremes(void **state)
{
    (void)state;
    for (int kind = 0; kind < SSI_ACTIVATIONS; kind++) {
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *x = ssi_array(((float[]){-1e30f, -1000, 0, 1000, 88.9f, 3e38f}), 6);
        ssi_tensor *y = ssi_activate(x, (ssi_activation_kind)kind, 0);
        if (!ssi_item(ssi_all(ssi_isfinite(y))))
            fail_msg("%s is not finite", ssi_activation_name((ssi_activation_kind)kind));
        if (kind != SSI_STEP && !ssi_item(ssi_all(ssi_isfinite(ssi_grad(ssi_sum(y), x)))))
            fail_msg("the gradient of %s is not finite", ssi_activation_name((ssi_activation_kind)kind));
        ssi_scope_close(scope);
    }
}

static void the_step_is_one_above_zero_and_has_no_gradient(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_array(((float[]){-1, 0, 2}), 3);
    ssi_tensor *y = ssi_activate(x, SSI_STEP, 0);
    assert_memory_equal(ssi_data_f32(y), ((float[]){0, 0, 1}), 12);
    assert_null(ssi_grad(ssi_sum(y), x));
    assert_error(SSI_INVALID, "does not depend on");
    ssi_scope_close(scope);
}

static void slopes_are_options(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_array(((double[]){-2, 2}), 2);
    assert_near(ssi_activate(x, SSI_LEAKY_RELU, 0.25), (double[]){-0.5, 2}, 2, 0);
    assert_near(ssi_activate(x, SSI_ELU, 2), (double[]){2 * expm1(-2), 2}, 2, 1e-15);
    ssi_scope_close(scope);
}

static void integers_and_numbers_outside_the_enum_are_refused(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    assert_null(ssi_activate(ssi_array(((int[]){1, 2}), 2), SSI_RELU, 0));
    assert_error(SSI_INVALID, "relu of i32");
    assert_null(ssi_activate(ssi_array(((float[]){1, 2}), 2), (ssi_activation_kind)99, 0));
    assert_error(SSI_INVALID, "99 is no activation");
    assert_null(ssi_activate(NULL, SSI_RELU, 0));
    assert_false(ssi_failed());
    assert_string_equal(ssi_activation_name(SSI_LEAKY_RELU), "leaky_relu");
    assert_string_equal(ssi_activation_name((ssi_activation_kind)-1), "?");
    ssi_scope_close(scope);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_and_gradients_are_pytorchs),
        cmocka_unit_test(nothing_overflows_at_the_extremes),
        cmocka_unit_test(the_step_is_one_above_zero_and_has_no_gradient),
        cmocka_unit_test(slopes_are_options),
        cmocka_unit_test(integers_and_numbers_outside_the_enum_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
