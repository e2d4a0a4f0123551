/* test_metrics.c - accuracy and the confusion matrix. */
#include "nn/numbers.h"

static void accuracy_counts_the_rows_with_their_largest_at_the_label(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *logits = ssi_array(((float[]){1, 2, 0, 3, 1, 1, 0, 0, 5, 2, 2, 1}), 4, 3);
    ssi_tensor *labels = ssi_array(((unsigned char[]){1, 1, 2, 0}), 4); /* of a tie the first counts */
    int64_t count;
    assert_int_equal(ssi_item_int(ssi_count_correct(logits, labels), &count), SSI_OK);
    assert_int_equal(count, 3);
    assert_true(ssi_item(ssi_accuracy(logits, labels)) == 0.75);
    assert_null(ssi_accuracy(logits, ssi_array(((int[]){1, 1}), 2)));
    assert_error(SSI_INVALID, "logits f32 (4,3) and labels i32 (2,)");
    ssi_scope_close(scope);
}

static void the_confusion_matrix_has_labels_in_rows(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *labels = ssi_array(((int[]){0, 1, 2, 2, 1, 2}), 6);
    ssi_tensor *predictions = ssi_array(((int[]){0, 2, 2, 0, 1, 2}), 6);
    ssi_tensor *matrix = ssi_confusion_matrix(labels, predictions, 3);
    assert_memory_equal(ssi_data_i64(matrix), ((int64_t[]){1, 0, 0, 0, 1, 1, 1, 0, 2}), 72);
    assert_null(ssi_data(ssi_confusion_matrix(labels, predictions, 2)));
    assert_error(SSI_RANGE, "2");
    assert_null(ssi_confusion_matrix(labels, ssi_array(((int[]){0}), 1), 3));
    assert_error(SSI_INVALID, "do not match");
    assert_null(ssi_confusion_matrix(labels, predictions, 0));
    assert_error(SSI_INVALID, "0 classes");
    ssi_scope_close(scope);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accuracy_counts_the_rows_with_their_largest_at_the_label),
        cmocka_unit_test(the_confusion_matrix_has_labels_in_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
