/*
 * test_chain.c - neighbouring instructions joined in chains: every two operations, both ways round, with scalars, rows, columns and matrices as operands, has the bits of
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

enum { CODES = 2048 * 3, BYTES = ROWS * COLUMNS * sizeof(double) };

/* Operands: one element for all, one per row, one per column, one each. In two thirds of the codes a function lies between. */
static void chain(int code, ssi_tensor *const *tensor, char *out)
{
    int first = code % 4, second = code / 4 % 4, order = code / 16 % 2, a = code / 32 % 4, b = code / 128 % 4,
        c = code / 512 % 4;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = apply(first, tensor[a], tensor[b]);
    x = code / 2048 == 1 ? ssi_exp(x) : code / 2048 == 2 ? ssi_sigmoid(x) : x;
    ssi_tensor *y = order ? apply(second, tensor[c], x) : apply(second, x, tensor[c]);
    ssi_tensor *full = ssi_add(y, tensor[3]); /* a third, so that a pair's result is read by a single */
    memcpy(out, ssi_data(full), ROWS * COLUMNS * ssi_dtype_size(ssi_dtype_of(full)));
    ssi_scope_close(scope);
}

static void joined_instructions_have_the_bits_of_single_ones(void **state)
{
    (void)state;
    static float data[ROWS * COLUMNS];
    static char fused[BYTES], alone[BYTES];
    for (int i = 0; i < ROWS * COLUMNS; i++)
        data[i] = (float)(i * 7919 % 1009 + 1) / 331.0f;
    ssi_tensor *const rows[4] = {ssi_array(data + 9, 1, 1), ssi_array(data, ROWS, 1), ssi_array(data + 50, 1, COLUMNS),
                                 ssi_array(data, ROWS, COLUMNS)};
    for (ssi_dtype dtype = SSI_F32; dtype <= SSI_F64; dtype++) {
        ssi_tensor *tensor[4];
        for (int i = 0; i < 4; i++) {
            tensor[i] = ssi_cast(rows[i], dtype);
            ssi_data(tensor[i]);
        }
        for (int code = 0; code < CODES; code++) {
            ssi_eager = 0;
            chain(code, tensor, fused);
            ssi_eager = 1;
            chain(code, tensor, alone);
            ssi_eager = 0;
            assert_memory_equal(fused, alone, ROWS * COLUMNS * ssi_dtype_size(dtype));
        }
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

/* What steps of several instructions are made of, and what only looks like it. `way` turns operands and readers round. */
static ssi_tensor *moved(int which, int way, ssi_tensor *x, ssi_tensor *a, ssi_tensor *t, ssi_tensor **also)
{
    ssi_tensor *between = which == 3 ? ssi_sub(a, x) : ssi_sub(x, a);
    ssi_tensor *part = way & 1 ? ssi_mul(t, between) : ssi_mul(between, t);
    ssi_tensor *scaled = way & 1 ? ssi_mul(t, a) : ssi_mul(a, t);
    ssi_tensor *root = ssi_sqrt(ssi_abs(x)), *other = which == 2 ? a : scaled;
    ssi_tensor *const read_too[] = {NULL, between, part, which % 2 ? scaled : root};
    *also = read_too[way / 4];
    switch (which) {
    case 0: /* towards */
    case 3: /* away: x is not what is added */
        return way & 2 ? ssi_add(a, part) : ssi_add(part, a);
    case 1: /* x + a*t, x made right before, or a*t */
        return way & 2 ? ssi_add(root, scaled) : ssi_add(scaled, root);
    case 2: /* both are x */
        return ssi_add(ssi_mul(root, root), ssi_mul(other, other));
    case 4: /* of a value just made */
        return ssi_add(ssi_mul(ssi_sub(ssi_mul(x, x), a), t), way & 2 ? x : a);
    case 5: /* a is what was just made */
        return ssi_add(ssi_mul(ssi_sub(x, root), t), root);
    case 6: /* twice the same */
        return ssi_add(ssi_add(root, root), ssi_mul(a, t));
    default: /* what was made right before is neither; its own multiple */
        return way & 2 ? ssi_sub(root, ssi_add(scaled, x)) : ssi_add(root, ssi_mul(root, t));
    }
}

static void several_as_one_have_the_bits_of_single_ones(void **state)
{
    (void)state;
    static float data[ROWS * COLUMNS + 9], out[2][2][ROWS * COLUMNS];
    for (int i = 0; i < ROWS * COLUMNS + 9; i++)
        data[i] = (float)(i * 7919 % 1009 + 1) / 331.0f - 1.5f;
    for (int code = 0; code < 8 * 16 * 2; code++) {
        for (int eager = 0; eager < 2; eager++) {
            ssi_scope scope = ssi_scope_open();
            ssi_tensor *x = ssi_array(data, ROWS, COLUMNS), *a = ssi_array(data + 9, ROWS, COLUMNS), *also;
            ssi_tensor *t = code / 128 ? ssi_array(data + 3, 1, 1) : ssi_array(data + 5, 1, COLUMNS);
            ssi_eager = eager;
            ssi_tensor *y = moved(code % 8, code / 8 % 16, x, a, t, &also);
            ssi_tensor *z = also ? ssi_sub(y, also) : ssi_neg(y);
            memcpy(out[eager][0], ssi_data_f32(z), sizeof out[0][0]);
            memcpy(out[eager][1], ssi_data_f32(y), sizeof out[0][0]);
            ssi_eager = 0;
            ssi_scope_close(scope);
        }
        assert_memory_equal(out[0], out[1], sizeof out[0]);
    }
    assert_int_equal(ssi_report(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joined_instructions_have_the_bits_of_single_ones),
        cmocka_unit_test(several_as_one_have_the_bits_of_single_ones),
        cmocka_unit_test(what_is_read_twice_stays_a_value_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
