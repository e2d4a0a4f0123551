/* test_tally.c - sums over batches, read as means since the last restart. */
#include "nn/sets.h"
#include "nn/tally.h"

static void add(ssi_tally *tally, double loss, const float logits[6], const int labels[3])
{
    ssi_scope scope = ssi_scope_open();
    assert_int_equal(ssi_tally_add(tally, ssi_cast(loss, SSI_F32), ssi_array(logits, 3, 2), ssi_array(labels, 3)),
                     SSI_OK);
    assert_int_equal(ssi_scope_close(scope), SSI_OK);
}

static void means_are_since_the_last_restart(void **state)
{
    (void)state;
    ssi_tally tally;
    double loss, accuracy;
    const float logits[6] = {1, 0, 0, 1, 1, 0}; /* says 0, 1, 0 */
    assert_true(ssi_tally_make(&tally, 2, true));
    ssi_tally_read(&tally, &loss, &accuracy);
    assert_true(isnan(loss) && isnan(accuracy));
    add(&tally, 2, logits, (const int[]){0, 1, 1});
    add(&tally, 4, logits, (const int[]){1, 1, 1});
    ssi_tally_read(&tally, &loss, &accuracy);
    assert_true(loss == 3);
    assert_true(accuracy == 0.5);
    ssi_tally_restart(&tally);
    add(&tally, 8, logits, (const int[]){0, 1, 0});
    ssi_tally_read(&tally, &loss, &accuracy);
    assert_true(loss == 8);
    assert_true(accuracy == 1);
    ssi_scope scope = ssi_scope_open();
    assert_memory_equal(ssi_data_i64(tally.confusion), ((int64_t[]){3, 0, 3, 3}), 32);
    ssi_scope_close(scope);
    ssi_tally_free(&tally);
}

static void without_classes_there_is_no_accuracy(void **state)
{
    (void)state;
    ssi_tally tally;
    double loss, accuracy;
    assert_true(ssi_tally_make(&tally, 0, true));
    assert_null(tally.correct);
    assert_null(tally.confusion);
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *y = ssi_ones(SSI_F32, 4, 1);
    assert_int_equal(ssi_tally_add(&tally, ssi_cast(1.5, SSI_F32), y, y), SSI_OK);
    ssi_scope_close(scope);
    ssi_tally_read(&tally, &loss, &accuracy);
    assert_true(loss == 1.5);
    assert_true(isnan(accuracy));
    ssi_tally_free(&tally);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_are_since_the_last_restart),
        cmocka_unit_test(without_classes_there_is_no_accuracy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
