/*
 * xor.c - the smallest problem that one layer cannot solve, and two can.
 *
 *     ninja -C build example_xor && build/example_xor
 */
#include <ssi/ssi.h>
#include <stdio.h>

static double learn(const char *spec, const ssi_dataset *data)
{
    ssi_model *net = ssi_model_from_spec(spec);
    ssi_evaluation result = {0};
    ssi_fit(net, data, .epochs = 500, .batch = 4, .loss = SSI_BINARY_CROSS_ENTROPY, .optimizer = ssi_adam(.lr = 0.05));
    ssi_evaluate(net, data, &result);
    printf("%s: loss %.4f\n", spec, result.loss);

    ssi_scope scope = ssi_scope_open();
    ssi_print(ssi_concatenate(2, (ssi_tensor *[]){ssi_dataset_x(data), ssi_predict(net, ssi_dataset_x(data))}, 1));
    ssi_scope_close(scope);
    ssi_model_free(net);
    return result.loss;
}

int main(void)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_array(((float[]){0, 0, 0, 1, 1, 0, 1, 1}), 4, 2);
    ssi_tensor *y = ssi_array(((float[]){0, 1, 1, 0}), 4, 1);
    ssi_dataset *data = ssi_dataset_new(x, y, 0);
    ssi_scope_close(scope);

    double line = learn("2, dense 1", data); /* one straight line: no better than guessing, log 2 */
    double curve = learn("2, dense 8 tanh, dense 1", data);

    ssi_dataset_free(data);
    return ssi_report() || !(line > 0.6 && curve < 0.05);
}
