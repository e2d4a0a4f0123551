/*
 * test_pair.c - neighbouring instructions joined in chains: every two operations, both ways round, with scalars, rows, columns and matrices as operands, has the bits of
 * the same operations run one at a time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "run/run.h"
#include "ssi/ops.h"

enum { ROWS = 7, COLUMNS = 100 };

static ssi_tensor *apply(int code, ssi_tensor *a, ssi_tensor *b)
{
    return code == 0 ? ssi_add(a, b) : code == 1 ? ssi_sub(a, b) : code == 2 ? ssi_mul(a, b) : ssi_div(a, b);
}

/* Operands: one element for all, one per row, one per column, one each. */
static void chain(int code, ssi_tensor *const *tensor, float *out)
{
    int first = code % 4, second = code / 4 % 4, order = code / 16 % 2, a = code / 32 % 4, b = code / 128 % 4,
        c = code / 512 % 4;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = apply(first, tensor[a], tensor[b]);
    ssi_tensor *y = order ? apply(second, tensor[c], x) : apply(second, x, tensor[c]);
    ssi_tensor *full = ssi_add(y, tensor[3]); /* a third, so that a pair's result is read by a single */
    memcpy(out, ssi_data_f32(full), ROWS * COLUMNS * sizeof *out);
    ssi_scope_close(scope);
}

static void joined_instructions_have_the_bits_of_single_ones(void **state)
{
    (void)state;
    static float data[ROWS * COLUMNS], fused[ROWS * COLUMNS], alone[ROWS * COLUMNS];
    for (int i = 0; i < ROWS * COLUMNS; i++)
        data[i] = (float)(i * 7919 % 1009 + 1) / 331.0f;
    ssi_tensor *const tensor[4] = {ssi_array(data + 9, 1, 1), ssi_array(data, ROWS, 1),
                                   ssi_array(data + 50, 1, COLUMNS), ssi_array(data, ROWS, COLUMNS)};
    for (int code = 0; code < 2048; code++) {
        ssi_eager = 0;
        chain(code, tensor, fused);
        ssi_eager = 1;
        chain(code, tensor, alone);
        ssi_eager = 0;
        assert_memory_equal(fused, alone, sizeof fused);
    }
    assert_int_equal(ssi_report(), 0);
}

static void what_is_read_twice_stays_a_value_of_its_own(void **state)
{
    (void)state;
    float data[] = {1, 2, 3, 4};
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_array(data, 4), *twice = ssi_mul(x, 3);
    ssi_tensor *y = ssi_add(ssi_sub(twice, 1), ssi_mul(twice, twice));
    const float *seen = ssi_data_f32(y);
    for (int i = 0; i < 4; i++)
        assert_float_equal(seen[i], 3 * data[i] - 1 + 9 * data[i] * data[i], 0);
    assert_float_equal(ssi_data_f32(twice)[3], 12, 0);
    ssi_scope_close(scope);
    assert_int_equal(ssi_report(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joined_instructions_have_the_bits_of_single_ones),
        cmocka_unit_test(what_is_read_twice_stays_a_value_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
