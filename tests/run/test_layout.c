/*
 * Results that lie as their operands do: which do, which do not, and that nobody can tell from what is read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "ssi/ssi.h"
#include "tensor/tensor.h"

enum { ROWS = 37, COLUMNS = 53 };

/* 0, 1, 2, ... and what it is turned. */
static ssi_tensor *counted(double from)
{
    return ssi_reshape(ssi_arange(SSI_F32, from, from + ROWS * COLUMNS, 1), ROWS, COLUMNS);
}

static ssi_tensor *evaluated(ssi_tensor *x)
{
    assert_non_null(x);
    assert_int_equal(ssi_eval(x), SSI_OK);
    return x;
}

/* Whether the value's elements lie column after column. */
static bool lies_turned(const ssi_tensor *x)
{
    return x->stride && x->stride[0] == 1 && x->stride[1] == x->shape[0];
}

static void results_lie_as_their_operands_do(void **state)
{
    (void)state;
    ssi_tensor *a = ssi_transpose(evaluated(counted(0))), *b = ssi_transpose(evaluated(counted(7)));
    ssi_tensor *row = evaluated(ssi_arange(SSI_F32, 0, ROWS, 1));
    assert_true(lies_turned(evaluated(ssi_add(a, a))));
    assert_true(lies_turned(evaluated(ssi_mul(ssi_add(a, b), ssi_exp(ssi_neg(b))))));
    assert_true(lies_turned(evaluated(ssi_where(ssi_greater(a, 5), a, ssi_mul(b, 2)))));
    assert_true(lies_turned(evaluated(ssi_cast(a, SSI_I64))));
    assert_true(lies_turned(evaluated(ssi_add(a, row)))); /* what is repeated has no say */
    ssi_tensor *once = evaluated(ssi_add(a, 1));
    assert_true(lies_turned(evaluated(ssi_mul(once, b)))); /* and so on */
    assert_null(evaluated(ssi_mul(ssi_transpose(once), counted(0)))->stride);
}

static void all_else_lies_in_c_order(void **state)
{
    (void)state;
    ssi_tensor *x = evaluated(counted(0)), *a = ssi_transpose(x),
               *wide = evaluated(ssi_reshape(counted(3), COLUMNS, ROWS));
    assert_null(evaluated(ssi_add(x, 1))->stride);
    assert_null(evaluated(ssi_add(a, wide))->stride); /* one lies otherwise */
    assert_null(
        evaluated(ssi_add(a, ssi_iota(SSI_F32, 2, (int64_t[]){COLUMNS, ROWS}, 0)))->stride); /* counted in C order */
    assert_null(evaluated(ssi_add(ssi_flip(a, 0), 1))->stride);
    ssi_tensor *y = ssi_add(a, 1),
               *sum = ssi_sum(ssi_mul(ssi_transpose(y), x), 0); /* read by another kernel, as it may be */
    ssi_tensor *both[] = {y, sum};
    assert_int_equal(ssi_eval_all(2, both), SSI_OK);
    assert_null(y->stride);
    assert_true(ssi_item(ssi_sum(ssi_sub(sum, ssi_sum(ssi_mul(ssi_add(x, 1), x), 0)))) == 0);
}

/* Two programs of the same values, one of which never sees a result that is not in C order. */
static void nobody_can_tell_from_what_is_read(void **state)
{
    (void)state;
    ssi_tensor *a = ssi_transpose(evaluated(counted(0)));
    ssi_tensor *y = evaluated(ssi_add(a, ssi_mul(a, 2))),
               *z = evaluated(ssi_reshape(ssi_mul(counted(0), 3), ROWS, COLUMNS));
    z = evaluated(ssi_reshape(ssi_reshape(ssi_transpose(z), -1), COLUMNS, ROWS));
    assert_true(lies_turned(y));
    assert_false(lies_turned(z));
    ssi_tensor *pairs[][2] = {
        {ssi_sum(y, 0), ssi_sum(z, 0)},
        {ssi_sum(y, 1), ssi_sum(z, 1)},
        {ssi_cumsum(y, 1), ssi_cumsum(z, 1)},
        {ssi_sort(ssi_neg(y), 0), ssi_sort(ssi_neg(z), 0)},
        {ssi_matmul(y, counted(1)), ssi_matmul(z, counted(1))},
        {ssi_reshape(y, ROWS, COLUMNS), ssi_reshape(z, ROWS, COLUMNS)},
        {ssi_gather(y, ssi_array(((int64_t[]){3, 0, 3}), 3)), ssi_gather(z, ssi_array(((int64_t[]){3, 0, 3}), 3))},
        {ssi_concatenate(2, (ssi_tensor *[]){y, y}, 1), ssi_concatenate(2, (ssi_tensor *[]){z, z}, 1)},
        {ssi_at(y, "::2, -3:"), ssi_at(z, "::2, -3:")}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int64_t n = ssi_size(pairs[i][0]);
        assert_int_equal(n, ssi_size(pairs[i][1]));
        assert_memory_equal(ssi_data_f32(pairs[i][0]), ssi_data_f32(pairs[i][1]), (size_t)n * sizeof(float));
    }
    char text[2][2000];
    assert_true(ssi_format(y, text[0], sizeof text[0]) > 0 && ssi_format(z, text[1], sizeof text[1]) > 0);
    assert_string_equal(text[0], text[1]);
    float read[2][COLUMNS * ROWS];
    assert_int_equal(ssi_read(y, SSI_F32, read[0], COLUMNS * ROWS), SSI_OK);
    assert_int_equal(ssi_read(z, SSI_F32, read[1], COLUMNS * ROWS), SSI_OK);
    assert_memory_equal(read[0], read[1], sizeof read[0]);
    assert_memory_equal(ssi_data_f32(y), read[0], sizeof read[0]);
    assert_null(y->stride); /* from then on */
}

static void what_a_scope_leaves_lies_in_c_order_and_is_overwritten(void **state)
{
    (void)state;
    ssi_tensor *w = evaluated(ssi_zeros(SSI_F32, COLUMNS, ROWS)), *a = ssi_transpose(evaluated(counted(0)));
    for (int i = 0; i < 3; i++) {
        ssi_scope scope = ssi_scope_open();
        ssi_assign(w, ssi_add(a, a));
        assert_int_equal(ssi_scope_close(scope), SSI_OK);
        assert_null(w->stride);
    }
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *y = evaluated(ssi_add(a, a));
    ssi_assign(w, y);
    ssi_assign(w, ssi_mul(w, 2));
    assert_int_equal(ssi_scope_close(scope), SSI_OK);
    assert_true(ssi_item(ssi_sum(ssi_sub(w, ssi_mul(a, 4)))) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_lie_as_their_operands_do),
        cmocka_unit_test(all_else_lies_in_c_order),
        cmocka_unit_test(nobody_can_tell_from_what_is_read),
        cmocka_unit_test(what_a_scope_leaves_lies_in_c_order_and_is_overwritten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
