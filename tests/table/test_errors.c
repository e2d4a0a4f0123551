/*
 * What operations say when they are asked for what cannot be: word by word, for it is what a beginner reads.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ssi/index.h"
#include "ssi/math.h"
#include "ssi/random.h"

static ssi_scope scope;

static int open_scope(void **state)
{
    (void)state;
    scope = ssi_scope_open();
    return 0;
}

static int close_scope(void **state)
{
    (void)state;
    ssi_scope_close(scope);
    return ssi_report();
}

static void refused(ssi_tensor *x, const char *text)
{
    ssi_error e = {0};
    char all[sizeof e.message + sizeof e.hint + sizeof e.operation + 8];
    assert_null(x);
    assert_int_equal(ssi_error_take(&e), 1);
    assert_int_equal(e.code, SSI_INVALID);
    snprintf(all, sizeof all, "%s: %s%s%s", e.operation, e.message, e.hint[0] ? "; " : "", e.hint);
    assert_string_equal(all, text);
    assert_non_null(e.file); /* the macros say where */
}
/* What has no macro is located by hand, as the macros do it. */
#define REFUSED(x, text) refused(SSI_AT(x), text)

#define OF(dtype, ...) ssi_zeros(dtype, __VA_ARGS__)

static void shapes_that_do_not_broadcast_are_named(void **state)
{
    (void)state;
    REFUSED(
        ssi_add(OF(SSI_F32, 3, 4), OF(SSI_F32, 3)),
        "add: shapes do not broadcast: a (3,4), b (3,); from the last axis on, sizes must be equal or one of them 1");
    REFUSED(
        ssi_equal(OF(SSI_F32, 2), OF(SSI_I8, 3)),
        "equal: shapes do not broadcast: a (2,), b (3,); from the last axis on, sizes must be equal or one of them 1");
    REFUSED(ssi_where(OF(SSI_BOOL, 2), OF(SSI_F32, 3), 0), "where: shapes do not broadcast: condition (2,), a (3,), b "
                                                           "(); from the last axis on, sizes must be equal or 1");
    REFUSED(ssi_add(OF(SSI_F32, 1 << 30, 1), OF(SSI_F32, 1L << 40)),
            "add: shape (1073741824,1099511627776) of f64 has a negative size or is larger than memory can be");
    REFUSED(ssi_where(OF(SSI_BOOL, 1L << 40), OF(SSI_F32, 1L << 40, 1), 0),
            "where: shape (1099511627776,1099511627776) of f32 has a negative size or is larger than memory can be");
}

static void bool_is_no_number(void **state)
{
    (void)state;
    REFUSED(ssi_sub(OF(SSI_BOOL, 2), OF(SSI_BOOL, 2)),
            "sub: not defined for bool; cast to an integer, or use the logical operations");
    REFUSED(ssi_neg(OF(SSI_BOOL, 2)), "neg: not defined for bool; cast to an integer, or use the logical operations");
    REFUSED(ssi_sign(OF(SSI_BOOL, 2)), "sign: not defined for bool; cast to an integer, or use the logical operations");
}

static void a_number_beyond_the_dtype_is_refused_but_compared(void **state)
{
    (void)state;
    REFUSED(ssi_add(OF(SSI_U8, 2), 256),
            "add: the number 256 is no u8, which runs from 0 to 255; cast the tensor to a wider dtype");
    REFUSED(ssi_mul(-129, OF(SSI_I8, 2)),
            "mul: the number -129 is no i8, which runs from -128 to 127; cast the tensor to a wider dtype");
    REFUSED(ssi_where(OF(SSI_BOOL, 2), OF(SSI_I16, 2), 40000),
            "where: the number 40000 is no i16, which runs from -32768 to 32767; cast the tensor to a wider dtype");
    REFUSED(ssi_pad(OF(SSI_U8, 1), (int64_t[]){1}, (int64_t[]){0}, ssi_number_int(-1)),
            "pad: the number -1 is no u8, which runs from 0 to 255; cast the tensor to a wider dtype");
    assert_float_equal(ssi_item(ssi_all(ssi_less(OF(SSI_U8, 2), 256))), 1, 0);
    assert_float_equal(ssi_item(ssi_any(ssi_equal(-1, OF(SSI_U8, 2)))), 0, 0);
    assert_float_equal(ssi_item(ssi_less(1, 1.5)), 1, 0);
}

static void what_cannot_be_made_is_refused(void **state)
{
    (void)state;
    const int64_t negative[] = {2, -1}, huge[] = {1L << 40, 1L << 40}, many[17] = {0};
    REFUSED((ssi_zeros)(SSI_F32, 2, negative),
            "zeros: shape (2,-1) of f32 has a negative size or is larger than memory can be");
    REFUSED((ssi_ones)(SSI_F32, 2, huge),
            "ones: shape (1099511627776,1099511627776) of f32 has a negative size or is larger than memory can be");
    REFUSED((ssi_zeros)(SSI_F32, 17, many), "zeros: 17 axes; a tensor has 0 to 16");
    REFUSED((ssi_zeros)((ssi_dtype)99, 1, huge), "zeros: 99 is no dtype");
    REFUSED(ssi_full(SSI_F32, OF(SSI_F32, 2), 3), "full: the value has 1 axes; give a number, or a tensor of no axes");
    REFUSED(ssi_iota(SSI_I64, 1, (int64_t[]){3}, 1), "iota: axis 1 of a tensor with 1 axes; axes run from -1 to 0");
    REFUSED(ssi_uniform(SSI_F16, 1, (int64_t[]){3}, 0, 0), "uniform: numbers are f32 or f64, not f16; cast the result");
    REFUSED(ssi_cast(OF(SSI_F32, 2), (ssi_dtype)-1), "cast: -1 is no dtype");
    REFUSED(ssi_check_range(OF(SSI_F32, 2), 3), "check_range: x is f32; only integers are checked");
}

static void views_that_cannot_be_are_refused(void **state)
{
    (void)state;
    ssi_tensor *x = OF(SSI_F32, 3, 4);
    REFUSED(ssi_reshape(x, 5, 2),
            "reshape: x (3,4) has 12 elements, (5,2) has 10; the number of elements must stay the same");
    REFUSED(ssi_reshape(x, 5, -1), "reshape: x (3,4) has 12 elements, which (5,-1) does not divide");
    REFUSED(ssi_reshape(x, -1, -1), "reshape: (-1,-1) is no shape; one size may be -1, the others not negative");
    REFUSED(ssi_reshape(x, 3, -2), "reshape: (3,-2) is no shape; one size may be -1, the others not negative");
    REFUSED(ssi_permute(x, 0), "permute: 1 axes named of a tensor with 2; name every axis once");
    REFUSED(ssi_permute(x, 0, 0), "permute: axis 0 is named twice; name every axis once");
    REFUSED(ssi_permute(x, 0, 2), "permute: axis 2 of a tensor with 2 axes; axes run from -2 to 1");
    REFUSED(ssi_transpose(OF(SSI_F32, 3)), "transpose: a tensor with 1 axes; it needs at least two");
    REFUSED(ssi_expand(x, 3, 5),
            "expand: x (3,4) cannot become (3,5); only axes of size 1 are repeated, and axes added in front");
    REFUSED(ssi_expand(x, 4),
            "expand: x (3,4) cannot become (4,); only axes of size 1 are repeated, and axes added in front");
    REFUSED(ssi_slice(x, 3, (ssi_range[3]){{0}}), "slice: 3 ranges for a tensor with 2 axes");
    REFUSED(ssi_flip(x, -3), "flip: axis -3 of a tensor with 2 axes; axes run from -2 to 1");
}

static void joins_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    ssi_tensor *x = OF(SSI_F32, 3, 4), *y = OF(SSI_F32, 3, 5), *z = OF(SSI_F32, 3);
    const int64_t less[] = {-1, 0}, none[] = {0, 0}, one[] = {1, 1};
    REFUSED(ssi_pad(x, less, none, ssi_number(0)),
            "pad: -1 before and 0 after axis 0; use ssi_slice to take elements away");
    REFUSED(ssi_pad(x, one, one, z), "pad: the value has 1 axes; give a number, or a tensor of no axes");
    REFUSED(ssi_concatenate(0, NULL, 0), "concatenate: nothing to concatenate");
    REFUSED(ssi_concatenate(2, (ssi_tensor *[]){x, y}, 0),
            "concatenate: shapes differ beside axis 0: (3,4), (3,5); all other axes must be equal");
    REFUSED(ssi_concatenate(2, (ssi_tensor *[]){x, z}, 0),
            "concatenate: shapes differ beside axis 0: (3,4), (3,); all other axes must be equal");
    REFUSED(ssi_concatenate(2, (ssi_tensor *[]){x, y}, 2),
            "concatenate: axis 2 of a tensor with 2 axes; axes run from -2 to 1");
    REFUSED(ssi_concatenate(1, (ssi_tensor *[]){ssi_number(1)}, 0),
            "concatenate: a tensor of no axes cannot be joined; use ssi_stack");
}

static void reductions_of_nothing_are_refused_where_there_is_no_answer(void **state)
{
    (void)state;
    ssi_tensor *nothing = OF(SSI_F32, 3, 0);
    REFUSED(ssi_max(nothing), "max: nothing has no max: x (3,0), axis 1; give at least one element");
    REFUSED(ssi_min(nothing, 1), "min: nothing has no min: x (3,0), axis 1; give at least one element");
    REFUSED(ssi_argmax(nothing, -1), "argmax: nothing has no argmax: x (3,0), axis 1; give at least one element");
    REFUSED(ssi_sum(nothing, 2), "sum: axis 2 of a tensor with 2 axes; axes run from -2 to 1");
    REFUSED(ssi_sum(nothing, 0, -2), "sum: axis -2 is named twice; name every axis once");
    assert_float_equal(ssi_item(ssi_sum(nothing)), 0, 0);
    assert_float_equal(ssi_item(ssi_prod(nothing)), 1, 0);
    assert_int_equal(ssi_size(ssi_max(nothing, 0)), 0);
}

static void products_say_which_sizes_differ_and_what_may_help(void **state)
{
    (void)state;
    ssi_tensor *x = OF(SSI_F32, 32, 784), *w = OF(SSI_F32, 128, 784);
    REFUSED(ssi_matmul(x, w), "matmul: inner sizes differ: a (32,784), b (128,784); transpose b?");
    REFUSED(ssi_matmul(ssi_transpose(x), OF(SSI_F32, 784, 2)),
            "matmul: inner sizes differ: a (784,32), b (784,2); transpose a?");
    REFUSED(ssi_matmul(x, OF(SSI_F32, 5)),
            "matmul: inner sizes differ: a (32,784), b (5,); the last size of a must be the last but one of b");
    REFUSED(ssi_matmul(x, OF(SSI_F32, 0 + 0, 7)),
            "matmul: inner sizes differ: a (32,784), b (0,7); the last size of a must be the last but one of b");
    REFUSED(ssi_matmul(x, ssi_number(2)), "matmul: a (32,784), b (): a tensor of no axes is no matrix; use ssi_mul");
    REFUSED(ssi_matmul(OF(SSI_F32, 2, 3, 4), OF(SSI_F32, 3, 4, 5)),
            "matmul: leading axes do not broadcast: a (2,3,4), b (3,4,5)");
}

static void indices_must_be_integers_and_rows_fit(void **state)
{
    (void)state;
    ssi_tensor *x = OF(SSI_F32, 3, 4), *i = OF(SSI_I32, 2);
    REFUSED(ssi_gather(x, OF(SSI_F32, 2)), "gather: the index is f32; give integers");
    REFUSED(ssi_gather(OF(SSI_F32, 1), ssi_cast(OF(SSI_I32, 2), SSI_BOOL)), "gather: the index is bool; give integers");
    REFUSED(ssi_gather(ssi_sum(x), i), "gather: x has no axes, and so no rows");
    REFUSED(ssi_scatter_add(x, i, OF(SSI_F32, 2, 3)), "scatter_add: rows do not fit: x (3,4), index (2,), rows (2,3); "
                                                      "rows have the index's axes, then those of a row of x");
}

static void compositions_say_what_they_miss(void **state)
{
    (void)state;
    ssi_tensor *x = OF(SSI_F32, 3, 4);
    REFUSED(ssi_arange(SSI_F32, 0, 1, 0), "arange: from 0 to 1 by 0; step is not 0, and everything finite");
    REFUSED(ssi_linspace(SSI_F32, 0, 1, -1), "linspace: -1 elements; their number is not negative");
    REFUSED(ssi_one_hot(x, 3, SSI_F32), "one_hot: f32 into 3 classes; give integers, and at least one class");
    REFUSED(ssi_bernoulli(1.5, 0, NULL, 0, 0), "bernoulli: probability 1.5; it lies between 0 and 1");
    REFUSED(ssi_squeeze(x, 1), "squeeze: axis 1 has 4 elements, not one");
    REFUSED(ssi_stack(0, NULL, 0), "stack: nothing to stack");
    REFUSED(ssi_softmax(x, 2), "softmax: axis 2 of a tensor with 2 axes; axes run from -2 to 1");
}

static void given_null_an_operation_returns_null_and_says_nothing(void **state)
{
    (void)state;
    ssi_tensor *none = NULL, *x = OF(SSI_F32, 3, 4);
    assert_null(ssi_add(none, x));
    assert_null(ssi_where(x, none, x));
    assert_null(ssi_where(none, x, x));
    assert_null(ssi_exp(none));
    assert_null(ssi_neg(none));
    assert_null(ssi_less(x, none));
    assert_null(ssi_logical_not(none));
    assert_null(ssi_logical_or(none, x));
    assert_null(ssi_matmul(x, none));
    assert_null(ssi_sum(none, 0));
    assert_null(ssi_argmax(none, 0));
    assert_null(ssi_reshape(none, 3));
    assert_null(ssi_slice(none, 0, NULL));
    assert_null(ssi_flip(none, 0));
    assert_null(ssi_gather(none, x));
    assert_null(ssi_scatter_add(x, none, x));
    assert_null(ssi_pad(none, NULL, NULL, x));
    assert_null(ssi_concatenate(2, (ssi_tensor *[]){x, none}, 0));
    assert_null(ssi_cast(none, SSI_F64));
    assert_null(ssi_full(SSI_F32, none, 2));
    assert_null(ssi_check_finite(none));
    assert_null(ssi_detach(none));
    assert_null(ssi_mean(none));
    assert_null(ssi_std_axes(none, 0, NULL, 0, 0));
    assert_null(ssi_softmax(none, 0));
    assert_null(ssi_logsumexp(none, 0));
    assert_null(ssi_softplus(none));
    assert_null(ssi_clip(none, 0, 1));
    assert_null(ssi_stack(1, &none, 0));
    assert_null(ssi_all(none));
    assert_int_equal(ssi_error_take(NULL), 0);
}

static void runs_that_fail_say_so(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_array(((float[]){1, 2, 3}), 3), *i = ssi_array(((int[]){0, 3}), 2);
    ssi_error e;
    assert_int_equal(ssi_eval(ssi_gather(x, i)), SSI_RANGE);
    assert_true(ssi_error_take(&e));
    assert_string_equal(e.operation, "gather");
    assert_int_equal(ssi_eval(ssi_take(x, i, 0)), SSI_RANGE);
    assert_true(ssi_error_take(&e));
    assert_string_equal(e.operation, "take"); /* which is made of gather, and located where it was called */
    assert_string_equal(e.message, "index 3 is outside [-3, 3)");
    assert_int_equal(e.line, __LINE__ - 4);
    assert_int_equal(ssi_eval(ssi_scatter_add(x, i, ssi_zeros(SSI_F32, 2))), SSI_RANGE);
    assert_true(ssi_error_take(&e));
    assert_string_equal(e.operation, "scatter_add");
    assert_int_equal(ssi_eval(ssi_check_finite(ssi_div(x, 0))), SSI_NOT_FINITE);
    assert_true(ssi_error_take(&e));
    assert_string_equal(e.operation, "check_finite");
    assert_int_equal(ssi_eval(ssi_check_range(i, 3)), SSI_RANGE);
    assert_true(ssi_error_take(&e));
    assert_string_equal(e.operation, "check_range");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_scope, close_scope)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(shapes_that_do_not_broadcast_are_named),
        TEST(bool_is_no_number),
        TEST(a_number_beyond_the_dtype_is_refused_but_compared),
        TEST(what_cannot_be_made_is_refused),
        TEST(views_that_cannot_be_are_refused),
        TEST(joins_that_do_not_fit_are_refused),
        TEST(reductions_of_nothing_are_refused_where_there_is_no_answer),
        TEST(products_say_which_sizes_differ_and_what_may_help),
        TEST(indices_must_be_integers_and_rows_fit),
        TEST(compositions_say_what_they_miss),
        TEST(given_null_an_operation_returns_null_and_says_nothing),
        TEST(runs_that_fail_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
