/*
 * mnist.c - handwritten digits, from nothing to a saved network that knows 98 of 100.
 *
 *     ninja -C build example_mnist && build/example_mnist
 */
#include <ssi/ssi.h>
#include <stdio.h>

static int tell(const ssi_progress *now, void *context)
{
    (void)context;
    printf("epoch %d: loss %.4f, accuracy %.4f, on digits never seen %.4f  (%.1f s)\n", now->epoch, now->loss,
           now->accuracy, now->test_accuracy, now->seconds);
    return 0;
}

/* The test digits that the network is surest of and yet gets wrong. */
static void show_worst(ssi_model *net, const ssi_dataset *test)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *p = ssi_predict(net, ssi_dataset_x(test)), *labels = ssi_cast(ssi_dataset_y(test), SSI_I64);
    ssi_tensor *guess = ssi_argmax(p, 1);
    ssi_tensor *sure = ssi_mul(ssi_max(p, 1), ssi_not_equal(guess, labels));
    int64_t worst, said, is;
    ssi_item_int(ssi_argmax(sure, 0), &worst);
    ssi_item_int(ssi_gather(guess, ssi_number_int(worst)), &said);
    ssi_item_int(ssi_gather(labels, ssi_number_int(worst)), &is);
    printf("digit %lld is a %lld, but the network says %lld with probability %.4f\n", (long long)worst, (long long)is,
           (long long)said, ssi_item(ssi_max(sure)));
    ssi_scope_close(scope);
}

int main(void)
{
    ssi_dataset *train = ssi_load_dataset("mnist");
    ssi_dataset *test = ssi_load_dataset("mnist", .split = SSI_TEST);
    ssi_model *net = ssi_sequential(ssi_flatten(),                          /* 28 x 28 pixels in a row */
                                    ssi_dense(256, .activation = SSI_RELU), /* 784 -> 256 */
                                    ssi_dropout(0.1), ssi_dense(256, .activation = SSI_RELU), /* 256 -> 256 */
                                    ssi_dense(10)); /* 256 -> 10, one for each digit */
    ssi_fit(net, train, .epochs = 5, .batch = 128, .optimizer = ssi_adam(.lr = 1e-3), .validation = test,
            .on_epoch = tell);
    show_worst(net, test);
    ssi_save(net, "mnist.safetensors");

    ssi_model_free(net);
    ssi_dataset_free(train);
    ssi_dataset_free(test);
    return ssi_report();
}
