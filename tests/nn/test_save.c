/* test_save.c - models as files, and back: the same bits, and nothing believed. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "nn/sets.h"
#include "ssi/io.h"

static char folder[] = "/tmp/ssi-save-XXXXXX";
static char path[64];

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/model.safetensors", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    remove(path);
    return rmdir(folder);
}

static void a_saved_model_is_loaded_with_the_same_bits(void **state)
{
    (void)state;
    char text[256];
    ssi_dataset *data = make_points(64, 1);
    ssi_model *net = ssi_sequential(ssi_dense(8, .activation = SSI_ELU, .slope = 0.3, .no_bias = 1), ssi_dropout(0.1),
                                    ssi_activation(SSI_LEAKY_RELU), ssi_dense(3));
    assert_int_equal(ssi_fit(net, data, .epochs = 1), SSI_OK);
    assert_int_equal(ssi_save(net, path), SSI_OK);
    ssi_model *again = ssi_load(path);
    ssi_report();
    assert_non_null(again);
    values a = values_of(net), b = values_of(again);
    assert_true(same_values(&a, &b));
    ssi_model_spec(again, text, sizeof text);
    assert_string_equal(text, "6, dense 8 elu 0.3 nobias, dropout 0.1, leaky_relu, dense 3");
    ssi_scope scope = ssi_scope_open(); /* probabilities: the loss is known */
    assert_memory_equal(ssi_data(ssi_predict(net, ssi_dataset_x(data))),
                        ssi_data(ssi_predict(again, ssi_dataset_x(data))), 64 * 3 * 4);
    ssi_scope_close(scope);
    assert_int_equal(ssi_fit(again, data, .epochs = 1), SSI_OK); /* and it can go on learning */
    ssi_model_free(net);
    ssi_model_free(again);
    ssi_dataset_free(data);
}

static void doubles_stay_doubles(void **state)
{
    (void)state;
    ssi_model *net = ssi_model_from_spec("28x2, flatten, dense 3");
    ssi_build(net, 0, NULL, SSI_F64, 3);
    assert_int_equal(ssi_save(net, path), SSI_OK);
    ssi_model *again = ssi_load(path);
    ssi_scope scope = ssi_scope_open();
    assert_int_equal(ssi_dtype_of(ssi_parameter(again, "1.weight")), SSI_F64);
    assert_memory_equal(ssi_data(ssi_parameter(again, "1.weight")), ssi_data(ssi_parameter(net, "1.weight")), 56 * 24);
    ssi_scope_close(scope);
    ssi_model_free(net);
    ssi_model_free(again);
}

static void a_model_is_loaded_from_memory(void **state)
{
    (void)state;
    static unsigned char bytes[65536];
    ssi_model *net = ssi_model_from_spec("6-3");
    ssi_build(net, 0, NULL, SSI_F32, 3);
    assert_int_equal(ssi_save(net, path), SSI_OK);
    FILE *file = fopen(path, "rb");
    size_t count = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    ssi_model *again = ssi_load_memory(bytes, count);
    memset(bytes, 0, sizeof bytes);
    values a = values_of(net), b = values_of(again);
    assert_true(same_values(&a, &b));
    assert_null(ssi_load_memory(bytes, 100));
    assert_error(SSI_FORMAT, "");
    ssi_model_free(net);
    ssi_model_free(again);
}

/* A file with these texts and tensors of the given shapes. */
static void write_file(const char *architecture, int rows, int columns, const char *second)
{
    ssi_scope scope = ssi_scope_open();
    const char *name[] = {"0.weight", second};
    ssi_tensor *tensor[] = {ssi_ones(SSI_F32, rows, columns), ssi_ones(SSI_F32, columns)};
    const char *text[] = {"architecture", architecture};
    assert_int_equal(ssi_save_tensors(path, 2, name, tensor, architecture != NULL, text), SSI_OK);
    ssi_scope_close(scope);
}

static void refused(const char *part)
{
    assert_null(ssi_load(path));
    assert_error(SSI_FORMAT, part);
}

static void a_file_of_another_architecture_is_refused(void **state)
{
    (void)state;
    write_file("6, dense 3", 6, 3, "0.bias");
    ssi_model *net = ssi_load(path);
    assert_non_null(net);
    ssi_model_free(net);
    write_file("6, dense 4", 6, 3, "0.bias");
    refused("0.weight is f32 (6,3), but the architecture needs (6,4)");
    write_file(NULL, 6, 3, "0.bias");
    refused("not how they make a network");
    write_file("6, dance 3", 6, 3, "0.bias");
    refused("no layer is called 'dance'");
    write_file("6, dense 3 nobias", 6, 3, "0.bias");
    refused("the file holds 2 tensors, its architecture needs 1");
    write_file("dense 3", 6, 3, "0.bias");
    assert_null(ssi_load(path));
    assert_error(SSI_INVALID, "the number of inputs is not known");
    write_file("6, dense 3", 6, 3, "1.bias");
    assert_null(ssi_load(path));
    assert_error(SSI_NOT_FOUND, "0.bias");
    write_file("2147483647, dense 2147483647", 6, 3, "0.bias"); /* and no memory is taken for it */
    assert_null(ssi_load(path));
    assert_true(ssi_error_take(NULL));
}

static void what_cannot_be_saved_or_loaded_is_told(void **state)
{
    (void)state;
    ssi_model *net = ssi_model_from_spec("dense 3");
    assert_int_equal(ssi_save(net, path), SSI_INVALID);
    assert_error(SSI_INVALID, "before its inputs are known");
    ssi_model_free(net);
    net = ssi_model_from_spec("6-3");
    ssi_build(net, 0, NULL, SSI_F32, 0);
    assert_int_not_equal(ssi_save(net, "/nowhere/at/all.safetensors"), SSI_OK);
    assert_true(ssi_error_take(NULL));
    assert_null(ssi_load("/nowhere/at/all.safetensors"));
    assert_true(ssi_error_take(NULL));
    assert_int_not_equal(ssi_save(NULL, path), SSI_OK);
    assert_false(ssi_failed());
    assert_null(ssi_load(NULL));
    assert_error(SSI_INVALID, "no path was given");
    ssi_model_free(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_saved_model_is_loaded_with_the_same_bits),
        cmocka_unit_test(doubles_stay_doubles),
        cmocka_unit_test(a_model_is_loaded_from_memory),
        cmocka_unit_test(a_file_of_another_architecture_is_refused),
        cmocka_unit_test(what_cannot_be_saved_or_loaded_is_told),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
