/* test_batch.c - batches: every example once an epoch, in an order of seed and epoch alone. */
#include "nn/batch.h"
#include "nn/sets.h"

enum { EXAMPLES = 103, BATCH = 20 };

/* x holds the examples' numbers, twice. */
static ssi_dataset *make_numbered(void)
{
    ssi_scope scope = ssi_scope_open();
    const int64_t shape[] = {EXAMPLES, 2};
    ssi_dataset *data = ssi_dataset_new((ssi_iota)(SSI_F32, 2, shape, 0), ssi_zeros(SSI_U8, EXAMPLES), 1);
    ssi_scope_close(scope);
    return data;
}

static void order_of(const ssi_dataset *data, uint64_t seed, uint64_t epoch, bool shuffled, float order[EXAMPLES])
{
    ssi_batches batches;
    assert_true(ssi_batches_make(&batches, data, BATCH, shuffled, seed));
    assert_int_equal(ssi_batches_count(&batches), 6);
    ssi_batches_shuffle(&batches, epoch);
    for (int64_t at = 0, from = 0; at < 6; at++) {
        ssi_tensor *x, *y;
        ssi_scope scope = ssi_scope_open();
        assert_true(ssi_batches_get(&batches, at, &x, &y));
        int64_t rows = at < 5 ? BATCH : EXAMPLES - 5 * BATCH; /* the last is smaller */
        assert_int_equal(ssi_dim(x, 0), rows);
        assert_int_equal(ssi_dim(y, 0), rows);
        ssi_tensor *numbers_of_rows = ssi_max(x, 1);
        assert_int_equal(ssi_read(numbers_of_rows, SSI_F32, order + from, rows), SSI_OK);
        from += rows;
        ssi_scope_close(scope);
    }
    ssi_batches_free(&batches);
}

static void an_epoch_has_every_example_once(void **state)
{
    (void)state;
    ssi_dataset *data = make_numbered();
    float order[EXAMPLES];
    bool seen[EXAMPLES] = {false};
    order_of(data, 1, 1, true, order);
    for (int i = 0; i < EXAMPLES; i++) {
        assert_false(seen[(int)order[i]]);
        seen[(int)order[i]] = true;
    }
    order_of(data, 1, 1, false, order);
    for (int i = 0; i < EXAMPLES; i++)
        assert_true(order[i] == (float)i);
    ssi_dataset_free(data);
}

static void seed_and_epoch_decide_the_order(void **state)
{
    (void)state;
    ssi_dataset *data = make_numbered();
    float a[EXAMPLES], b[EXAMPLES];
    order_of(data, 1, 2, true, a);
    order_of(data, 1, 2, true, b);
    assert_memory_equal(a, b, sizeof a);
    order_of(data, 1, 3, true, b);
    assert_memory_not_equal(a, b, sizeof a);
    order_of(data, 2, 2, true, b);
    assert_memory_not_equal(a, b, sizeof a);
    ssi_dataset_free(data);
}

/* Each example comes first about equally often. */
static void the_order_is_fair(void **state)
{
    (void)state;
    ssi_dataset *data = make_points(5, 1);
    ssi_batches batches;
    int first[5] = {0};
    assert_true(ssi_batches_make(&batches, data, 5, true, 9));
    for (uint64_t epoch = 0; epoch < 5000; epoch++) {
        ssi_batches_shuffle(&batches, epoch);
        first[((const int64_t *)batches.order->buffer->data)[0]]++;
    }
    for (int i = 0; i < 5; i++)
        assert_true(first[i] > 850 && first[i] < 1150); /* 1000 +- 5 deviations of 28 */
    ssi_batches_free(&batches);
    ssi_dataset_free(data);
}

static void bytes_are_scaled_and_floats_are_not(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    assert_true(ssi_item(ssi_scaled(ssi_array(((unsigned char[]){255}), 1))) == 1);
    assert_true(ssi_item(ssi_scaled(ssi_array(((float[]){255}), 1))) == 255);
    assert_null(ssi_scaled(NULL));
    ssi_scope_close(scope);
}

static void impossible_batches_are_refused(void **state)
{
    (void)state;
    ssi_dataset *data = make_points(5, 1);
    ssi_batches batches;
    assert_false(ssi_batches_make(&batches, data, -1, true, 0));
    assert_error(SSI_INVALID, "a batch of -1 examples");
    assert_true(ssi_batches_make(&batches, data, 1000, true, 0));
    assert_int_equal(ssi_batches_count(&batches), 1);
    ssi_batches_free(&batches);
    ssi_dataset_free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_epoch_has_every_example_once),
        cmocka_unit_test(seed_and_epoch_decide_the_order),
        cmocka_unit_test(the_order_is_fair),
        cmocka_unit_test(bytes_are_scaled_and_floats_are_not),
        cmocka_unit_test(impossible_batches_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
