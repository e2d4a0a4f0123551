/* test_evaluate.c - judging and predicting, batch by batch. */
#include <pthread.h>

#include "nn/sets.h"

static ssi_model *make_model(void)
{
    ssi_model *net = ssi_model_from_spec("6-3");
    assert_int_equal(ssi_build(net, 0, NULL, SSI_F32, 0), SSI_OK);
    return net;
}

static void batches_of_any_size_give_the_numbers_of_the_whole(void **state)
{
    (void)state;
    ssi_dataset *data = make_points(101, 1);
    ssi_model *net = make_model();
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *outputs = ssi_forward(net, ssi_dataset_x(data)), *labels = ssi_dataset_y(data);
    double loss = ssi_item(ssi_cross_entropy(outputs, labels)), accuracy = ssi_item(ssi_accuracy(outputs, labels));
    int64_t whole[9], counted[9];
    assert_int_equal(ssi_read(ssi_confusion_matrix(labels, ssi_argmax(outputs, -1), 3), SSI_I64, whole, 9), SSI_OK);
    for (int64_t batch = 7; batch < 400; batch *= 5) {
        ssi_evaluation result;
        assert_int_equal(ssi_evaluate(net, data, &result, .batch = batch, .confusion = counted), SSI_OK);
        assert_int_equal(result.examples, 101);
        assert_true(fabs(result.loss - loss) < 1e-6);
        assert_true(fabs(result.accuracy - accuracy) < 1e-15);
        assert_memory_equal(counted, whole, sizeof whole);
    }
    ssi_scope_close(scope);
    ssi_model_free(net);
    ssi_dataset_free(data);
}

static void the_stop_flag_ends_it(void **state)
{
    (void)state;
    volatile sig_atomic_t stop = 1;
    ssi_evaluation result;
    ssi_dataset *data = make_points(100, 1);
    ssi_model *net = make_model();
    assert_int_equal(ssi_evaluate(net, data, &result, .batch = 10, .stop = &stop), SSI_INTERRUPTED);
    assert_error(SSI_INTERRUPTED, "stopped after 1 of 10 batches");
    assert_int_not_equal(ssi_evaluate(net, data, NULL), SSI_OK);
    ssi_model_free(net);
    ssi_dataset_free(data);
}

static void predictions_are_probabilities_once_the_loss_is_known(void **state)
{
    (void)state;
    ssi_dataset *data = make_points(600, 1);
    ssi_model *net = make_model();
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *raw = ssi_predict(net, ssi_dataset_x(data));
    assert_memory_equal(ssi_data(raw), ssi_data(ssi_forward(net, ssi_dataset_x(data))), 600 * 3 * 4);
    assert_int_equal(ssi_fit(net, data, .epochs = 1), SSI_OK);
    ssi_tensor *p = ssi_predict(net, ssi_dataset_x(data));
    assert_int_equal(ssi_dim(p, 0), 600);
    assert_int_equal(ssi_dim(p, 1), 3);
    assert_true(ssi_item(ssi_max(ssi_abs(ssi_sub(ssi_sum(p, 1), 1)))) < 1e-6);
    assert_true(ssi_item(ssi_min(p)) >= 0);
    ssi_scope_close(scope);
    ssi_model_free(net);
    ssi_dataset_free(data);
}

enum { READERS = 4 };
typedef struct reader {
    ssi_model *model;
    const ssi_dataset *data;
    float outputs[600 * 3];
    int status;
} reader;

static void *predict_often(void *context)
{
    reader *r = context;
    for (int i = 0; i < 20; i++) {
        ssi_scope scope = ssi_scope_open();
        r->status |= ssi_read(ssi_predict(r->model, ssi_dataset_x(r->data)), SSI_F32, r->outputs, 600 * 3);
        r->status |= ssi_scope_close(scope);
    }
    return NULL;
}

static void many_threads_may_read_one_model(void **state)
{
    (void)state;
    static reader readers[READERS];
    pthread_t thread[READERS];
    ssi_dataset *data = make_points(600, 1);
    ssi_model *net = make_model();
    for (int i = 0; i < READERS; i++) {
        readers[i] = (reader){.model = net, .data = data};
        assert_int_equal(pthread_create(&thread[i], NULL, predict_often, &readers[i]), 0);
    }
    for (int i = 0; i < READERS; i++) {
        pthread_join(thread[i], NULL);
        assert_int_equal(readers[i].status, SSI_OK);
        assert_memory_equal(readers[i].outputs, readers[0].outputs, sizeof readers[0].outputs);
    }
    ssi_model_free(net);
    ssi_dataset_free(data);
}

static void bytes_are_fractions_of_255(void **state)
{
    (void)state;
    ssi_model *net = make_model();
    ssi_scope scope = ssi_scope_open();
    unsigned char bytes[6] = {0, 51, 102, 153, 204, 255};
    ssi_tensor *a = ssi_predict(net, ssi_array(bytes, 1, 6));
    ssi_tensor *b = ssi_predict(net, ssi_div(ssi_array(((float[]){0, 51, 102, 153, 204, 255}), 1, 6), 255));
    assert_memory_equal(ssi_data(a), ssi_data(b), 12);
    ssi_scope_close(scope);
    ssi_model_free(net);
}

static void what_cannot_be_predicted_is_refused(void **state)
{
    (void)state;
    ssi_model *net = make_model();
    ssi_scope scope = ssi_scope_open();
    assert_null(ssi_predict(net, ssi_ones(SSI_F32, 5, 7)));
    assert_error(SSI_INVALID, "the model takes examples of shape (6,), the data's are (7,)");
    assert_null(ssi_predict(net, (ssi_ones)(SSI_F32, 0, NULL)));
    assert_error(SSI_INVALID, "examples have an axis of their own");
    assert_int_equal(ssi_dim(ssi_predict(net, ssi_ones(SSI_F32, 0, 6)), 0), 0);
    assert_null(ssi_predict(NULL, NULL));
    assert_false(ssi_failed());
    ssi_scope_close(scope);
    ssi_model_free(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batches_of_any_size_give_the_numbers_of_the_whole),
        cmocka_unit_test(the_stop_flag_ends_it),
        cmocka_unit_test(predictions_are_probabilities_once_the_loss_is_known),
        cmocka_unit_test(many_threads_may_read_one_model),
        cmocka_unit_test(bytes_are_fractions_of_255),
        cmocka_unit_test(what_cannot_be_predicted_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
