/* test_layer.c - what each layer does to a batch. */
#include "nn/numbers.h"

static ssi_model *built(ssi_model *model, ssi_dtype dtype, int64_t inputs)
{
    assert_int_equal(ssi_build(model, 1, &inputs, dtype, 0), SSI_OK);
    return model;
}

static void dense_is_x_times_weight_plus_bias(void **state)
{
    (void)state;
    ssi_model *net = built(ssi_sequential(ssi_dense(2)), SSI_F64, 3);
    ssi_scope scope = ssi_scope_open();
    ssi_assign(ssi_parameter(net, "0.weight"), ssi_array(((double[]){1, 2, 3, 4, 5, 6}), 3, 2));
    ssi_assign(ssi_parameter(net, "0.bias"), ssi_array(((double[]){10, 20}), 2));
    ssi_tensor *y = ssi_forward(net, ssi_array(((double[]){1, 0, -1, 1, 1, 1}), 2, 3));
    assert_memory_equal(ssi_data_f64(y), ((double[]){6, 16, 19, 32}), 32);
    ssi_scope_close(scope);
    ssi_model_free(net);
}

static void no_bias_means_no_bias(void **state)
{
    (void)state;
    ssi_model *net = built(ssi_sequential(ssi_dense(2, .no_bias = 1)), SSI_F32, 3);
    assert_int_equal(ssi_parameters(net, 0, NULL), 1);
    assert_null(ssi_parameter(net, "0.bias"));
    assert_error(SSI_NOT_FOUND, "no parameter '0.bias'");
    ssi_model_free(net);
}

static void dropout_acts_in_training_only(void **state)
{
    (void)state;
    ssi_model *net = built(ssi_sequential(ssi_dropout(0.25)), SSI_F32, 1000);
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_ones(SSI_F32, 10, 1000);
    assert_true(ssi_item(ssi_min(ssi_forward(net, x))) == 1);
    ssi_tensor *y = ssi_forward(net, x, .training = 1, .step = 3);
    double kept = ssi_item(ssi_sum(ssi_cast(ssi_greater(y, 0), SSI_F64))) / 10000;
    assert_true(fabs(kept - 0.75) < 0.02);
    assert_true(ssi_item(ssi_max(y)) == (double)(float)(1 / 0.75)); /* and so the mean stays */
    assert_true(ssi_item(ssi_min(y)) == 0);
    ssi_scope_close(scope);
    ssi_model_free(net);
}

static void what_dropout_drops_depends_on_seed_and_step_alone(void **state)
{
    (void)state;
    ssi_model *net = built(ssi_sequential(ssi_dropout(0.5), ssi_dropout(0.5)), SSI_F32, 64);
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_ones(SSI_F32, 4, 64);
    const void *y = ssi_data(ssi_forward(net, x, .training = 1, .seed = 1, .step = 5));
    assert_memory_equal(y, ssi_data(ssi_forward(net, x, .training = 1, .seed = 1, .step = 5)), 1024);
    assert_memory_not_equal(y, ssi_data(ssi_forward(net, x, .training = 1, .seed = 1, .step = 6)), 1024);
    assert_memory_not_equal(y, ssi_data(ssi_forward(net, x, .training = 1, .seed = 2, .step = 5)), 1024);
    double kept = ssi_item(ssi_mean(ssi_cast(ssi_greater(ssi_forward(net, x, .training = 1), 0), SSI_F64)));
    assert_true(kept > 0.15 && kept < 0.35); /* the two layers drop independently */
    ssi_scope_close(scope);
    ssi_model_free(net);
}

static void flatten_makes_rows(void **state)
{
    (void)state;
    ssi_model *net = ssi_sequential(ssi_flatten());
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *y = ssi_forward(net, ssi_ones(SSI_F32, 5, 2, 3, 4));
    assert_int_equal(ssi_rank(y), 2);
    assert_int_equal(ssi_dim(y, 0), 5);
    assert_int_equal(ssi_dim(y, 1), 24);
    ssi_scope_close(scope);
    ssi_model_free(net);
}

static void an_activation_can_be_a_layer(void **state)
{
    (void)state;
    ssi_model *net = built(ssi_sequential(ssi_activation(SSI_LEAKY_RELU, .slope = 0.5)), SSI_F32, 2);
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *y = ssi_forward(net, ssi_array(((float[]){-2, 2}), 1, 2));
    assert_memory_equal(ssi_data_f32(y), ((float[]){-1, 2}), 8);
    ssi_scope_close(scope);
    ssi_model_free(net);
}

static void impossible_layers_are_refused(void **state)
{
    (void)state;
    assert_null(ssi_dense(0));
    assert_error(SSI_INVALID, "0 units");
    assert_null(ssi_dense(3, .inputs = -1));
    assert_error(SSI_INVALID, "-1 inputs");
    assert_null(ssi_dense(3, .activation = (ssi_activation_kind)77));
    assert_error(SSI_INVALID, "77 is no activation");
    assert_null(ssi_dropout(1));
    assert_error(SSI_INVALID, "the rate 1 is not in [0, 1)");
    assert_null(ssi_dropout(NAN));
    assert_error(SSI_INVALID, "not in [0, 1)");
    assert_null(ssi_activation((ssi_activation_kind)-3));
    assert_error(SSI_INVALID, "-3 is no activation");
    ssi_layer_free(ssi_dense(3));
    ssi_layer_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dense_is_x_times_weight_plus_bias),
        cmocka_unit_test(no_bias_means_no_bias),
        cmocka_unit_test(dropout_acts_in_training_only),
        cmocka_unit_test(what_dropout_drops_depends_on_seed_and_step_alone),
        cmocka_unit_test(flatten_makes_rows),
        cmocka_unit_test(an_activation_can_be_a_layer),
        cmocka_unit_test(impossible_layers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
