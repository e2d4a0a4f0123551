/* test_loss.c - losses: values and gradients as PyTorch's, and what they refuse. */
#include "nn/numbers.h"
#include "nn/torch_vectors.h"

typedef struct sample {
    ssi_tensor *prediction, *target, *labels;
} sample;

static sample make(ssi_dtype dtype)
{
    numbers p = {11}, t = {12};
    return (sample){TAKE(&p, dtype, 8.0, 6, 5), TAKE(&t, dtype, 1.0, 6, 5), make_labels(6, 5)};
}

static void check(ssi_dtype dtype, double tolerance)
{
    ssi_scope scope = ssi_scope_open();
    sample s = make(dtype);
    ssi_tensor *loss = ssi_mse(s.prediction, s.target);
    ASSERT_TORCH(loss, mse, tolerance);
    ASSERT_TORCH(ssi_grad(loss, s.prediction), mse_gradient, tolerance);
    loss = ssi_mae(s.prediction, s.target);
    ASSERT_TORCH(loss, mae, tolerance);
    ASSERT_TORCH(ssi_grad(loss, s.prediction), mae_gradient, tolerance);
    loss = ssi_huber(s.prediction, s.target, 0.5);
    ASSERT_TORCH(loss, huber, tolerance);
    ASSERT_TORCH(ssi_grad(loss, s.prediction), huber_gradient, tolerance);
    loss = ssi_binary_cross_entropy(s.prediction, ssi_add(s.target, 0.5));
    ASSERT_TORCH(loss, binary_cross_entropy, tolerance);
    ASSERT_TORCH(ssi_grad(loss, s.prediction), binary_cross_entropy_gradient, tolerance);
    loss = ssi_cross_entropy(s.prediction, s.labels);
    ASSERT_TORCH(loss, cross_entropy, tolerance);
    ASSERT_TORCH(ssi_grad(loss, s.prediction), cross_entropy_gradient, tolerance);
    assert_int_equal(ssi_rank(loss), 0);
    assert_int_equal(ssi_dtype_of(loss), dtype);
    ssi_scope_close(scope);
}

static void values_and_gradients_are_pytorchs(void **state)
{
    (void)state;
    check(SSI_F64, 1e-12);
    check(SSI_F32, 1e-5);
}

static void logits_of_any_size_give_finite_losses_and_gradients(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_array(((float[]){1000, -1000, 0, -1e30f, 1e30f, 5}), 2, 3);
    ssi_tensor *labels = ssi_array(((int[]){1, 0}), 2);
    ssi_tensor *loss = ssi_cross_entropy(x, labels);
    assert_true(isfinite(ssi_item(loss)));
    assert_true(ssi_item(ssi_all(ssi_isfinite(ssi_grad(loss, x)))) == 1);
    loss = ssi_binary_cross_entropy(x, ssi_zeros(SSI_F32, 2, 3));
    assert_true(isfinite(ssi_item(loss)));
    assert_true(ssi_item(ssi_all(ssi_isfinite(ssi_grad(loss, x)))) == 1);
    ssi_scope_close(scope);
}

static void a_loss_never_broadcasts(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *row = ssi_zeros(SSI_F32, 4), *column = ssi_zeros(SSI_F32, 4, 1);
    assert_null(ssi_mse(column, row));
    assert_error(SSI_INVALID, "prediction f32 (4,1), target f32 (4,)");
    assert_null(ssi_mae(row, column));
    assert_error(SSI_INVALID, "never broadcasts");
    assert_null(ssi_huber(column, row, 1));
    assert_error(SSI_INVALID, "shapes differ");
    assert_null(ssi_binary_cross_entropy(column, row));
    assert_error(SSI_INVALID, "shapes differ");
    assert_null(ssi_cross_entropy(ssi_zeros(SSI_F32, 4, 3), ssi_zeros(SSI_I32, 5)));
    assert_error(SSI_INVALID, "logits f32 (4,3) and labels i32 (5,) do not match");
    assert_null(ssi_cross_entropy(ssi_zeros(SSI_F32, 4, 3), ssi_zeros(SSI_F32, 4)));
    assert_error(SSI_INVALID, "labels the numbers of classes");
    assert_null(ssi_mse(ssi_zeros(SSI_F32, 0), ssi_zeros(SSI_F32, 0)));
    assert_error(SSI_INVALID, "the mean of nothing");
    ssi_scope_close(scope);
}

static void a_label_outside_the_classes_fails_the_run(void **state)
{
    (void)state;
    for (int bad = -1; bad <= 3; bad += 4) {
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *labels = ssi_array(((int[]){0, 1, bad, 2}), 4);
        assert_true(isnan(ssi_item(ssi_cross_entropy(ssi_zeros(SSI_F32, 4, 3), labels))));
        assert_error(SSI_RANGE, bad < 0 ? "-1" : "3");
        ssi_scope_close(scope);
    }
}

static void the_default_follows_the_targets(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    sample s = make(SSI_F64);
    ASSERT_TORCH(ssi_loss_of(SSI_LOSS_DEFAULT, s.prediction, s.labels), cross_entropy, 1e-12);
    ASSERT_TORCH(ssi_loss_of(SSI_LOSS_DEFAULT, s.prediction, s.target), mse, 1e-12);
    ASSERT_TORCH(ssi_loss_of(SSI_MAE, s.prediction, s.target), mae, 1e-12);
    assert_null(ssi_loss_of((ssi_loss)42, s.prediction, s.target));
    assert_error(SSI_INVALID, "42 is no loss");
    assert_null(ssi_loss_of(SSI_MSE, NULL, s.target));
    assert_false(ssi_failed());
    assert_string_equal(ssi_loss_name(SSI_BINARY_CROSS_ENTROPY), "binary_cross_entropy");
    ssi_scope_close(scope);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_and_gradients_are_pytorchs),
        cmocka_unit_test(logits_of_any_size_give_finite_losses_and_gradients),
        cmocka_unit_test(a_loss_never_broadcasts),
        cmocka_unit_test(a_label_outside_the_classes_fails_the_run),
        cmocka_unit_test(the_default_follows_the_targets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
