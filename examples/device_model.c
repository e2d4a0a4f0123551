/*
 * device_model.c - where the device's model comes from: learnt on a desk, with the whole of ssi, and written as C into model.h.
 *
 *     ninja -C build example_device_model && build/example_device_model > examples/device/model.h
 */
#include "device/sensor.h"
#include <ssi/ssi.h>
#include <stdio.h>

enum { EXAMPLES = 6000 };

static ssi_dataset *make_data(void)
{
    static float x[EXAMPLES][SAMPLES];
    static int y[EXAMPLES];
    uint32_t random = 1;
    for (int i = 0; i < EXAMPLES; i++) {
        y[i] = i % STATES;
        record(x[i], y[i], 0, &random);
    }
    ssi_scope scope = ssi_scope_open();
    ssi_dataset *data = ssi_dataset_new(ssi_array(x[0], EXAMPLES, SAMPLES), ssi_array(y, EXAMPLES), STATES);
    ssi_scope_close(scope);
    return data;
}

static int write_as_c(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return 1;
    printf(
        "/* model.h - written by device_model.c: do not edit. */\n/* clang-format off */\nstatic const unsigned char "
        "model[] = {");
    int byte, count = 0;
    while ((byte = fgetc(file)) != EOF)
        printf("%s%d,", count++ % 30 ? "" : "\n    ", byte);
    printf("\n};\n");
    return fclose(file);
}

int main(void)
{
    ssi_dataset *data = make_data();
    ssi_model *net = ssi_model_from_spec("32, dense 12 relu, dense 3");
    ssi_evaluation result = {0};
    ssi_fit(net, data, .epochs = 20, .batch = 32, .optimizer = ssi_adam(.lr = 3e-3));
    ssi_evaluate(net, data, &result);
    fprintf(stderr, "accuracy %.4f\n", result.accuracy);
    ssi_save(net, "device.safetensors");
    ssi_model_free(net);
    ssi_dataset_free(data);
    return ssi_report() || write_as_c("device.safetensors");
}
