/*
 * Reading: what comes out, and what is said when it cannot.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "ssi/create.h"
#include "ssi/grad.h"
#include "ssi/index.h"
#include "ssi/ops.h"

static void data_are_in_c_order_whatever_the_view(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_array(((float[]){1, 2, 3, 4, 5, 6}), 2, 3);
    const float expected[] = {1, 4, 2, 5, 3, 6};
    assert_memory_equal(ssi_data_f32(ssi_transpose(x)), expected, sizeof expected);
    int32_t out[6];
    assert_int_equal(ssi_read(ssi_flip(ssi_transpose(x), 0), SSI_I32, out, 6), SSI_OK);
    assert_memory_equal(out, ((int32_t[]){3, 6, 2, 5, 1, 4}), sizeof out);
}

/* Larger than the squares in which it is copied, and not a whole number of them. */
static void turned_arrays_are_read_in_c_order_and_converted(void **state)
{
    (void)state;
    enum { A = 35, B = 3, C = 21 };
    static int32_t data[A * B * C], turned[C * A * B];
    static double wide[C * A * B];
    for (int i = 0; i < A * B * C; i++)
        data[i] = i;
    ssi_tensor *x = (ssi_array)(SSI_I32, 3, (const int64_t[]){A, B, C}, data);
    static const int axes[][3] = {{2, 0, 1}, {2, 1, 0}, {0, 2, 1}, {1, 2, 0}, {1, 0, 2}, {0, 1, 2}};
    const int size[] = {A, B, C}, step[] = {B * C, C, 1};
    for (size_t k = 0; k < sizeof axes / sizeof *axes; k++) {
        const int *p = axes[k];
        ssi_tensor *y = ssi_permute(x, p[0], p[1], p[2]);
        assert_int_equal(ssi_read(y, SSI_I32, turned, A * B * C), SSI_OK);
        assert_int_equal(ssi_read(y, SSI_F64, wide, A * B * C), SSI_OK);
        assert_memory_equal(ssi_data(y), turned, sizeof turned);
        for (int i = 0, at = 0; i < size[p[0]]; i++)
            for (int j = 0; j < size[p[1]]; j++)
                for (int l = 0; l < size[p[2]]; l++, at++) {
                    assert_int_equal(turned[at], i * step[p[0]] + j * step[p[1]] + l * step[p[2]]);
                    assert_true(wide[at] == turned[at]);
                }
    }
}

/* Written past the caches, by as many threads as there are: backwards, every other one, rows backwards, and one repeated. */
static void large_views_are_read_in_c_order(void **state)
{
    (void)state;
    enum { ROWS = 4001, COLUMNS = 1003, ALL = ROWS * COLUMNS };
    ssi_tensor *x = ssi_reshape(ssi_arange(SSI_F64, 0, ALL, 1), ROWS, COLUMNS);
    const double *flipped = ssi_data_f64(ssi_flip(ssi_reshape(x, -1), 0)), *turned = ssi_data_f64(ssi_transpose(x)),
                 *rows = ssi_data_f64(ssi_flip(x, 1)), *some = ssi_data_f64(ssi_at(ssi_reshape(x, -1), "1::2")),
                 *full = ssi_data_f64(ssi_full(SSI_F64, 0.1, ROWS, COLUMNS));
    assert_true(flipped && turned && rows && some && full);
    int wrong = 0;
    for (int i = 0; i < ALL; i++) {
        wrong += flipped[i] != ALL - 1 - i || full[i] != 0.1 || (i < ALL / 2 && some[i] != 2 * i + 1);
        wrong += turned[i] != i % ROWS * COLUMNS + i / ROWS;
        wrong += rows[i] != i / COLUMNS * COLUMNS + COLUMNS - 1 - i % COLUMNS;
    }
    assert_int_equal(wrong, 0);
}

static void a_view_whose_copy_finds_no_memory_is_read_the_next_time(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_array(((float[]){1, 2, 3, 4, 5, 6}), 2, 3), *turned = ssi_transpose(x);
    assert_int_equal(ssi_eval(turned), SSI_OK);
    const void *data = NULL;
    uint64_t k = 0;
    while (!data && ++k < 100) {
        ssi_buffer_trim();
        ssi_test_fail_allocation(k);
        data = ssi_data(turned);
        ssi_test_fail_allocation(0);
        assert_true(data || ssi_error_take(NULL));
    }
    assert_true(k > 1);
    assert_memory_equal(data, ((float[]){1, 4, 2, 5, 3, 6}), 6 * sizeof(float));
}

static void one_element_is_an_item_and_more_are_not(void **state)
{
    (void)state;
    ssi_error error;
    int64_t whole;
    assert_float_equal(ssi_item(ssi_full(SSI_F32, 2.5, 1, 1)), 2.5, 0);
    assert_int_equal(ssi_item_int(ssi_number_int(INT64_MIN), &whole), SSI_OK);
    assert_true(whole == INT64_MIN);
    assert_true(isnan(ssi_item(ssi_zeros(SSI_F32, 2))));
    ssi_error_take(&error);
    assert_non_null(strstr(error.message, "2 elements, not one"));
    assert_int_equal(ssi_item_int(ssi_number(NAN), &whole), SSI_RANGE);
    ssi_error_take(NULL);
}

static void null_flows_through_and_reads_as_nan(void **state)
{
    (void)state;
    ssi_tensor *nothing = ssi_matmul(ssi_zeros(SSI_F32, 2, 3), ssi_zeros(SSI_F32, 2, 3));
    assert_null(nothing);
    assert_true(isnan(ssi_item(ssi_sum(ssi_add(nothing, 1)))));
    assert_null(ssi_data(nothing));
    assert_true(ssi_read(nothing, SSI_F32, NULL, 0) < 0);
    ssi_error error;
    assert_int_equal(ssi_error_take(&error), 1); /* the first of them all */
    assert_string_equal(error.operation, "matmul");
    assert_non_null(strstr(error.message, "(2,3)"));
    assert_non_null(strstr(error.file, "test_read.c"));
    assert_int_equal(ssi_error_take(NULL), 0);
}

static void the_wrong_dtype_or_count_is_refused(void **state)
{
    (void)state;
    ssi_error error;
    float out[2];
    assert_null(ssi_data_f32(ssi_zeros(SSI_F64, 2)));
    ssi_error_take(&error);
    assert_non_null(strstr(error.message, "f64"));
    assert_int_equal(ssi_read(ssi_zeros(SSI_F32, 3), SSI_F32, out, 2), SSI_INVALID);
    assert_int_equal(ssi_error_take(NULL), 1);
}

static int released;

static void note_release(void *data, void *context)
{
    (void)data;
    released += *(int *)context;
}

static void borrowed_memory_is_released_when_nobody_reads_it(void **state)
{
    (void)state;
    static float data[2] = {1, 2};
    static int one = 1;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_array_borrow(SSI_F32, 1, (int64_t[]){2}, data, note_release, &one);
    assert_ptr_equal(ssi_data(x), data);
    assert_float_equal(ssi_item(ssi_sum(x)), 3, 0);
    assert_int_equal(released, 0);
    ssi_scope_close(scope);
    assert_int_equal(released, 1);
}

/* NULL is an address for no elements, of memory that is borrowed as of memory that is read into. */
static void arrays_without_elements_are_read_wherever_they_are(void **state)
{
    (void)state;
    static int one = 1;
    released = 0;
    ssi_tensor *x = ssi_array_borrow(SSI_F32, 2, (int64_t[]){0, 3}, NULL, note_release, &one);
    assert_int_equal(released, 1);
    ssi_tensor *y[] = {x, ssi_transpose(x), ssi_flip(x, 1), ssi_zeros(SSI_F32, 3, 0)};
    for (size_t i = 0; i < sizeof y / sizeof *y; i++) {
        assert_non_null(ssi_data(y[i]));
        assert_int_equal(ssi_read(y[i], SSI_F32, NULL, 0), SSI_OK);
        assert_int_equal(ssi_read(y[i], SSI_F64, NULL, 0), SSI_OK);
    }
    assert_false(ssi_failed());
}

static void shapes_that_cannot_be_are_refused(void **state)
{
    (void)state;
    float data[1] = {0};
    assert_null((ssi_array)(SSI_F32, 2, (int64_t[]){-1, 2}, data));
    assert_int_equal(ssi_error_take(NULL), 1);
    assert_null((ssi_array)(SSI_F32, 3, (int64_t[]){INT64_MAX, INT64_MAX, 2}, data));
    assert_int_equal(ssi_error_take(NULL), 1);
    assert_null((ssi_array)(SSI_F32, SSI_MAX_RANK + 1, (int64_t[SSI_MAX_RANK + 1]){0}, data));
    assert_int_equal(ssi_error_take(NULL), 1);
    assert_null((ssi_array)(SSI_F32, 1, (int64_t[]){2}, NULL));
    assert_int_equal(ssi_error_take(NULL), 1);
    assert_null((ssi_zeros)(SSI_F32, 2, (int64_t[]){(int64_t)1 << 40, (int64_t)1 << 40}));
    assert_int_equal(ssi_error_take(NULL), 1);
}

/* ---- a number repeated over a shape ---- */

static void a_number_repeated_is_stored_as_one_element_and_reads_as_all(void **state)
{
    (void)state;
    static const int64_t shapes[][3] = {{1, 1, 1}, {7, 1, 5}, {1, 3, 1}, {0, 4, 2}, {3, 700, 11}};
    for (int t = 0; t < SSI_DTYPES; t++) {
        for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
            ssi_scope scope = ssi_scope_open();
            ssi_dtype dtype = (ssi_dtype)t;
            ssi_tensor *x = (ssi_full)(dtype, 3, shapes[k], ssi_number(3.7)),
                       *one = (ssi_full)(dtype, 0, NULL, ssi_number(3.7));
            int64_t count = ssi_size(x);
            size_t size = ssi_dtype_size(dtype), before = ssi_memory_used(NULL);
            assert_int_equal(ssi_eval(x), SSI_OK);
            assert_true(ssi_memory_used(NULL) - before < 4096);
            static double wide[3 * 700 * 11];
            assert_int_equal(ssi_read(x, SSI_F64, wide, count), SSI_OK);
            assert_true(!count || ssi_item(ssi_at(x, "-1, -1, -1")) == ssi_item(one));
            const char *data = ssi_data(x), *element = ssi_data(one);
            for (int64_t i = 0; i < count; i++) {
                assert_memory_equal(data + (size_t)i * size, element, size);
                assert_true(wide[i] == ssi_item(one));
            }
            assert_true(!count || ssi_item(ssi_sum(ssi_not_equal(x, one))) == 0);
            ssi_scope_close(scope);
        }
    }
}

/* Steps of 0 are an operand's like any other's: of arithmetic, products, sorts, joins, indices and gradients. */
static void a_number_repeated_and_stored_is_an_operand_like_any_other(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_full(SSI_F32, 2, 3, 4), *v = ssi_array(((float[]){1, 2, 3, 4}), 4);
    ssi_tensor *same = ssi_array(((float[]){2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}), 3, 4);
    ssi_tensor *index = ssi_array(((int64_t[]){2, 0, -1}), 3);
    assert_int_equal(ssi_eval(x), SSI_OK);
    ssi_tensor *pairs[][2] = {
        {ssi_add(x, v), ssi_add(same, v)},
        {ssi_matmul(x, ssi_transpose(x)), ssi_matmul(same, ssi_transpose(same))},
        {ssi_matmul(x, v), ssi_matmul(same, v)},
        {ssi_sort(x, 0), same},
        {ssi_cumsum(x, 1), ssi_cumsum(same, 1)},
        {ssi_take(x, index, 0), same},
        {ssi_reshape(ssi_transpose(x), 3, 4), same},
        {ssi_concatenate(2, (ssi_tensor *[]){x, x}, 0), ssi_concatenate(2, (ssi_tensor *[]){same, same}, 0)},
        {ssi_grad(ssi_sum(ssi_mul(ssi_mul(x, x), v)), x), ssi_mul(ssi_mul(same, v), 2)},
    };
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
        assert_float_equal(ssi_item(ssi_sum(ssi_not_equal(pairs[k][0], pairs[k][1]))), 0, 0);
    assert_float_equal(ssi_item(ssi_sum(x)), 24, 0);
}

static void assigning_into_a_number_repeated_changes_that_place_alone(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_zeros(SSI_I32, 3, 4), *copy = ssi_add(x, 0);
    assert_int_equal(ssi_eval(x), SSI_OK);
    for (int turn = 1; turn <= 2; turn++) {
        ssi_scope scope = ssi_scope_open();
        assert_int_equal(ssi_assign_at(x, "1, ::2", 7 * turn), SSI_OK);
        assert_int_equal(ssi_scope_close(scope), SSI_OK);
        int32_t expected[12] = {[4] = 7 * turn, [6] = 7 * turn};
        assert_memory_equal(ssi_data(x), expected, sizeof expected);
    }
    assert_float_equal(ssi_item(ssi_sum(copy)), 0, 0);
}

static void writing_out_a_number_repeated_may_find_no_memory(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_ones(SSI_F64, 1 << 20);
    ssi_set_memory_limit(ssi_memory_used(NULL) + (1 << 20));
    assert_int_equal(ssi_eval(x), SSI_OK);
    assert_null(ssi_data(x));
    ssi_set_memory_limit(0);
    ssi_error error;
    assert_int_equal(ssi_error_take(&error), 1);
    assert_int_equal(error.code, SSI_NO_MEMORY);
    const double *data = ssi_data_f64(x);
    assert_true(data && data[0] == 1 && data[(1 << 20) - 1] == 1);
    ssi_scope_close(scope);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(data_are_in_c_order_whatever_the_view),
        cmocka_unit_test(turned_arrays_are_read_in_c_order_and_converted),
        cmocka_unit_test(large_views_are_read_in_c_order),
        cmocka_unit_test(a_view_whose_copy_finds_no_memory_is_read_the_next_time),
        cmocka_unit_test(one_element_is_an_item_and_more_are_not),
        cmocka_unit_test(null_flows_through_and_reads_as_nan),
        cmocka_unit_test(the_wrong_dtype_or_count_is_refused),
        cmocka_unit_test(borrowed_memory_is_released_when_nobody_reads_it),
        cmocka_unit_test(arrays_without_elements_are_read_wherever_they_are),
        cmocka_unit_test(shapes_that_cannot_be_are_refused),
        cmocka_unit_test(a_number_repeated_is_stored_as_one_element_and_reads_as_all),
        cmocka_unit_test(a_number_repeated_and_stored_is_an_operand_like_any_other),
        cmocka_unit_test(assigning_into_a_number_repeated_changes_that_place_alone),
        cmocka_unit_test(writing_out_a_number_repeated_may_find_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
