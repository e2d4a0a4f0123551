/* test_model.c - models: building, parameters, forward, and the gradients of a whole network beside PyTorch's. */
#include "nn/numbers.h"
#include "nn/torch_vectors.h"

static void check_network(ssi_dtype dtype, double tolerance)
{
    ssi_model *net = ssi_model_from_spec("12, dense 9 tanh, dense 7 gelu, dense 4");
    assert_int_equal(ssi_build(net, 0, NULL, dtype, 0), SSI_OK);
    set_parameters(net, 21, 1.0, 0.25);
    ssi_tensor *w[6], *dw[6], *flat[6];
    assert_int_equal(ssi_parameters(net, 6, w), 6);
    ssi_scope scope = ssi_scope_open();
    numbers n = {22};
    ssi_tensor *y = ssi_forward(net, TAKE(&n, dtype, 2.0, 8, 12));
    ASSERT_TORCH(y, network, tolerance);
    assert_int_equal(ssi_gradients(ssi_cross_entropy(y, make_labels(8, 4)), 6, w, dw), SSI_OK);
    for (int i = 0; i < 6; i++)
        flat[i] = ssi_reshape(dw[i], -1);
    ASSERT_TORCH(ssi_concatenate(6, flat, 0), network_gradients, tolerance);
    ssi_scope_close(scope);
    ssi_model_free(net);
}

static void outputs_and_gradients_of_a_network_are_pytorchs(void **state)
{
    (void)state;
    check_network(SSI_F64, 1e-12);
    check_network(SSI_F32, 1e-5);
}

static void inputs_are_known_from_the_first_batch(void **state)
{
    (void)state;
    ssi_model *net = ssi_sequential(ssi_dense(4, .activation = SSI_RELU), ssi_dense(2));
    assert_int_equal(ssi_parameters(net, 0, NULL), SSI_INVALID);
    assert_error(SSI_INVALID, "none before its inputs are known");
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *y = ssi_forward(net, ssi_ones(SSI_F32, 3, 2, 5)); /* a first dense layer takes images as rows */
    assert_int_equal(ssi_dim(y, 1), 2);
    assert_int_equal(ssi_dim(ssi_parameter(net, "0.weight"), 0), 10);
    assert_int_equal(ssi_parameters(net, 0, NULL), 4);
    assert_null(ssi_forward(net, ssi_ones(SSI_F32, 3, 11)));
    assert_error(SSI_INVALID, "the model takes examples of shape (10,), the batch is f32 (3,11)");
    assert_non_null(ssi_forward(net, ssi_ones(SSI_U8, 3, 10)));
    assert_null(ssi_forward(net, (ssi_ones)(SSI_F32, 0, NULL)));
    assert_error(SSI_INVALID, "a batch has an axis of examples");
    ssi_scope_close(scope);
    ssi_model_free(net);
}

static void inputs_can_be_said(void **state)
{
    (void)state;
    ssi_model *net = ssi_sequential(ssi_dropout(0.1), ssi_dense(4, .inputs = 6));
    assert_int_equal(ssi_build(net, 0, NULL, SSI_F32, 0), SSI_OK);
    assert_int_equal(ssi_size(ssi_parameter(net, "1.weight")), 24);
    assert_int_equal(ssi_build(net, 0, NULL, SSI_F32, 0), SSI_INVALID);
    assert_error(SSI_INVALID, "has its parameters already");
    ssi_model_free(net);
}

static void mismatched_layers_are_told_before_anything_is_made(void **state)
{
    (void)state;
    ssi_model *net = ssi_sequential(ssi_dense(4, .inputs = 6), ssi_dense(3, .inputs = 5));
    assert_int_equal(ssi_build(net, 0, NULL, SSI_F32, 0), SSI_INVALID);
    assert_error(SSI_INVALID, "layer 1 (dense 3) takes 5 inputs, but gets 4");
    ssi_model_free(net);
    net = ssi_sequential(ssi_dense(4));
    assert_int_equal(ssi_build(net, 0, NULL, SSI_F32, 0), SSI_INVALID);
    assert_error(SSI_INVALID, "the number of inputs is not known");
    assert_int_equal(ssi_build(net, 1, (int64_t[]){0}, SSI_F32, 0), SSI_INVALID);
    assert_error(SSI_INVALID, "cannot have the shape (0,)");
    assert_int_equal(ssi_build(net, 1, (int64_t[]){3}, SSI_I32, 0), SSI_INVALID);
    assert_error(SSI_INVALID, "f32 or f64, not i32");
    ssi_model_free(net);
}

static void a_failed_layer_fails_the_model_and_frees_the_others(void **state)
{
    (void)state;
    assert_null(ssi_sequential(ssi_dense(4), ssi_dense(0)));
    assert_error(SSI_INVALID, "0 units");
    ssi_layer *twice = ssi_dense(3);
    assert_null(ssi_sequential(twice, twice));
    assert_error(SSI_INVALID, "layers 0 and 1 are one object");
    ssi_model_free(NULL);
}

static void seeds_decide_and_layers_differ(void **state)
{
    (void)state;
    ssi_model *a = ssi_model_from_spec("8-8-8"), *b = ssi_model_from_spec("8-8-8"), *c = ssi_model_from_spec("8-8-8");
    ssi_build(a, 0, NULL, SSI_F32, 1);
    ssi_build(b, 0, NULL, SSI_F32, 1);
    ssi_build(c, 0, NULL, SSI_F32, 2);
    ssi_scope scope = ssi_scope_open();
    const void *first = ssi_data(ssi_parameter(a, "0.weight"));
    assert_memory_equal(first, ssi_data(ssi_parameter(b, "0.weight")), 256);
    assert_memory_not_equal(first, ssi_data(ssi_parameter(c, "0.weight")), 256);
    assert_memory_not_equal(first, ssi_data(ssi_parameter(a, "1.weight")), 256);
    assert_true(ssi_item(ssi_max(ssi_abs(ssi_parameter(a, "0.bias")))) == 0);
    ssi_scope_close(scope);
    ssi_model_free(a);
    ssi_model_free(b);
    ssi_model_free(c);
}

/* Building with the k-th allocation failing, for every k: an error, no leak, and the next attempt works. */
static void a_failed_allocation_leaves_a_model_that_can_be_built(void **state)
{
    (void)state;
    ssi_shutdown();
    int good = 0; /* in a row: then k is past the last allocation */
    for (uint64_t k = 1; good < 30; k++) {
        assert_true(k < 1000);
        size_t before = ssi_memory_used(NULL);
        ssi_test_fail_allocation(k);
        ssi_model *net = ssi_model_from_spec("6-5-4");
        int status = net ? ssi_build(net, 0, NULL, SSI_F32, 0) : SSI_NO_MEMORY;
        ssi_test_fail_allocation(0);
        good = status == SSI_OK ? good + 1 : 0;
        if (status == SSI_OK)
            assert_null(ssi_error_peek());
        else
            assert_error(SSI_NO_MEMORY, "");
        if (net && status != SSI_OK)
            assert_int_equal(ssi_build(net, 0, NULL, SSI_F32, 0), SSI_OK);
        ssi_model_free(net);
        ssi_shutdown();
        assert_true(ssi_memory_used(NULL) <= before);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outputs_and_gradients_of_a_network_are_pytorchs),
        cmocka_unit_test(inputs_are_known_from_the_first_batch),
        cmocka_unit_test(inputs_can_be_said),
        cmocka_unit_test(mismatched_layers_are_told_before_anything_is_made),
        cmocka_unit_test(a_failed_layer_fails_the_model_and_frees_the_others),
        cmocka_unit_test(seeds_decide_and_layers_differ),
        cmocka_unit_test(a_failed_allocation_leaves_a_model_that_can_be_built),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
