/*
 * Data sets: MNIST's known facts, one's own, and what is said when there is none.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ssi/data.h"
#include "ssi/math.h"

static void mnist_is_what_everybody_knows(void **state)
{
    (void)state;
    static const int64_t first_train[] = {5, 0, 4, 1, 9, 2, 1, 3, 1, 4}, first_test[] = {7, 2, 1, 0, 4, 1, 4, 9, 5, 9};
    static const int64_t counts[] = {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949};
    ssi_dataset *train = ssi_load_dataset("mnist"), *test = ssi_load_dataset("mnist", .split = SSI_TEST);
    assert_non_null(train);
    assert_non_null(test);
    assert_int_equal(ssi_dataset_count(train), 60000);
    assert_int_equal(ssi_dataset_count(test), 10000);
    assert_int_equal(ssi_dataset_classes(train), 10);
    assert_string_equal(ssi_dataset_name(test), "mnist");
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_dataset_x(train), *y = ssi_dataset_y(train);
    int64_t label[10];
    assert_int_equal(ssi_read(ssi_slice(y, 1, &(ssi_range){0, 10, 1}), SSI_I64, label, 10), SSI_OK);
    assert_memory_equal(label, first_train, sizeof label);
    assert_int_equal(ssi_read(ssi_slice(ssi_dataset_y(test), 1, &(ssi_range){0, 10, 1}), SSI_I64, label, 10), SSI_OK);
    assert_memory_equal(label, first_test, sizeof label);
    assert_int_equal(ssi_read(ssi_sum(ssi_one_hot(y, 10, SSI_I64), 0), SSI_I64, label, 10), SSI_OK);
    assert_memory_equal(label, counts, sizeof counts);
    assert_int_equal((int64_t)ssi_item(ssi_sum(ssi_slice(x, 1, &(ssi_range){0, 1, 1}))), 27525);
    assert_int_equal((int64_t)ssi_item(ssi_sum(ssi_slice(x, 1, &(ssi_range){9, 10, 1}))), 21904);
    assert_true(fabs(ssi_item(ssi_mean(x)) / 255 - 0.1306604762738429) < 1e-12);
    ssi_scope_close(scope);
    ssi_dataset_free(train);
    ssi_dataset_free(test);
    assert_int_equal(ssi_report(), 0);
}

static void an_unknown_name_gets_the_nearest_known(void **state)
{
    (void)state;
    ssi_error error;
    assert_null(ssi_load_dataset("mnits"));
    assert_int_equal(ssi_error_take(&error), 1);
    assert_int_equal(error.code, SSI_NOT_FOUND);
    assert_non_null(strstr(error.hint, "mnist"));
    assert_null(ssi_load_dataset(NULL));
    assert_int_equal(ssi_error_take(&error), 1);
    assert_null(ssi_load_dataset("/"));
    ssi_error_take(&error);
    assert_non_null(strstr(error.message, "train-images-idx3-ubyte"));
}

static void ones_own_tensors_become_a_data_set(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_array(((float[]){1, 2, 3, 4, 5, 6}), 3, 2), *y = ssi_array(((int[]){0, 2, 1}), 3);
    ssi_dataset *data = ssi_dataset_new(x, y, 0);
    assert_non_null(data);
    assert_int_equal(ssi_dataset_classes(data), 3);
    assert_string_equal(ssi_dataset_class_name(data, 2), "2");
    assert_null(ssi_dataset_class_name(data, 3));
    ssi_dataset_free(data);
    ssi_dataset *targets =
        ssi_dataset_new(ssi_transpose(ssi_reshape(x, 2, 3)), ssi_array(((float[]){1, 2, 3}), 3, 1), 0);
    assert_int_equal(ssi_dataset_classes(targets), 0);
    assert_float_equal(ssi_item(ssi_sum(ssi_slice(ssi_dataset_x(targets), 1, &(ssi_range){0, 1, 1}))), 5, 0);
    ssi_dataset_free(targets);
    assert_int_equal(ssi_report(), 0);
}

static void labels_outside_the_classes_are_refused(void **state)
{
    (void)state;
    ssi_error error;
    ssi_tensor *x = ssi_zeros(SSI_F32, 2, 4);
    assert_null(ssi_dataset_new(x, ssi_array(((int[]){0, 3}), 2), 3));
    assert_int_equal(ssi_error_take(&error), 1);
    assert_int_equal(error.code, SSI_RANGE);
    assert_non_null(strstr(error.message, "label 3"));
    assert_null(ssi_dataset_new(x, ssi_array(((int[]){-1, 0}), 2), 0));
    assert_int_equal(ssi_error_take(&error), 1);
    assert_null(ssi_dataset_new(x, ssi_array(((int[]){0, 0, 0}), 3), 0)); /* another number of rows */
    ssi_error_take(&error);
    assert_non_null(strstr(error.message, "(2,4)"));
    assert_non_null(strstr(error.message, "(3,)"));
}

/* A thick L, drawn anywhere, comes out 20 high with its centre of mass on pixel 14. */
static void a_digit_is_scaled_and_centred(void **state)
{
    (void)state;
    for (int light = 0; light < 2; light++) {
        uint8_t *pixel = malloc(300 * 400);
        memset(pixel, light ? 20 : 240, 300 * 400);
        for (int y = 40; y < 160; y++) {
            for (int x = 250; x < 330; x++) {
                if (x < 270 || y >= 140)
                    pixel[y * 400 + x] = light ? 220 : 30;
            }
        }
        ssi_scope scope = ssi_scope_open();
        const uint8_t *out = ssi_data(ssi_prepare_digit((ssi_array)(SSI_U8, 2, (int64_t[]){300, 400}, pixel)));
        assert_non_null(out);
        double mass = 0, cx = 0, cy = 0;
        int top = 28, bottom = 0;
        for (int i = 0; i < 784; i++) {
            mass += out[i];
            cx += out[i] * (i % 28 + 0.5);
            cy += out[i] * (i / 28 + 0.5);
            if (out[i] > 127) {
                top = i / 28 < top ? i / 28 : top;
                bottom = i / 28 + 1 > bottom ? i / 28 + 1 : bottom;
            }
        }
        assert_true(fabs(cx / mass - 14.5) < 0.1 && fabs(cy / mass - 14.5) < 0.1);
        assert_in_range(bottom - top, 19, 21);
        ssi_scope_close(scope);
        free(pixel);
    }
}

static void an_empty_picture_stays_empty(void **state)
{
    (void)state;
    assert_float_equal(ssi_item(ssi_max(ssi_prepare_digit(ssi_full(SSI_U8, 200, 50, 60)))), 0, 0);
    assert_float_equal(ssi_item(ssi_max(ssi_prepare_digit(ssi_full(SSI_U8, 200, 1, 1)))), 0, 0);
    ssi_error error;
    assert_null(ssi_prepare_digit(ssi_zeros(SSI_F32, 5, 5)));
    assert_int_equal(ssi_error_take(&error), 1);
    assert_null(ssi_prepare_digit(ssi_zeros(SSI_U8, 5, 5, 2)));
    assert_int_equal(ssi_error_take(&error), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mnist_is_what_everybody_knows),      cmocka_unit_test(an_unknown_name_gets_the_nearest_known),
        cmocka_unit_test(ones_own_tensors_become_a_data_set), cmocka_unit_test(labels_outside_the_classes_are_refused),
        cmocka_unit_test(a_digit_is_scaled_and_centred),      cmocka_unit_test(an_empty_picture_stays_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
