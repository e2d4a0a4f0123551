/*
 * Products of vectors, matrices and tensors, held to NumPy (linalg.txt).
 */
#include "cases.h"
#include "ssi/linalg.h"

static golden_file file;

static int open_file(void **state)
{
    (void)state;
    file = golden_open(SSI_TESTS "/math/linalg.txt");
    return file.vectors ? 0 : -1;
}

static int close_file(void **state)
{
    (void)state;
    golden_close(&file);
    ssi_shutdown();
    return 0;
}

CASE(dot, ssi_dot(x[0], x[1]))
CASE(dot_turned, ssi_dot(ssi_transpose(x[0]), ssi_transpose(x[1])))
CASE(vdot, ssi_vdot(x[0], x[1]))
CASE(inner, ssi_inner(x[0], x[1]))
CASE(outer, ssi_outer(x[0], x[1]))
CASE(tensordot, ssi_tensordot(x[0], x[1], 2))
CASE(tensordot_none, ssi_tensordot(x[0], x[1], 0))
CASE(tensordot_one, ssi_tensordot(x[0], x[1], 1))
CASE(tensordot_lists, ssi_tensordot_axes(x[0], x[1], 2, (int[]){0, -1}, (int[]){2, 0}))
CASE(kron, ssi_kron(x[0], x[1]))
CASE(trace, ssi_trace(x[0], 0, 0, 1))
CASE(trace_up, ssi_trace(x[0], 1, 0, 1))
CASE(trace_down, ssi_trace(x[0], -2, 0, 1))
CASE(trace_past, ssi_trace(x[0], 9, 0, 1))
CASE(trace_axes, ssi_trace(x[0], 0, 2, 0))
CASE(trace_many, ssi_trace(x[0], 1, -2, -1))
CASE(multi_dot, ssi_multi_dot(x[0], x[1]))
CASE(multi_dot_three, ssi_multi_dot(x[0], x[1], x[2]))
CASE(multi_dot_ends, ssi_multi_dot(x[0], x[1], x[2], x[3]))

/* clang-format off */
static const named products[] = {
    NAMED(dot), {"dot_matrices", dot_case}, {"dot_scalar", dot_case}, {"dot_rows", dot_case}, {"dot_row", dot_case}, {"dot_many", dot_case},
    NAMED(dot_turned), {"dot_none", dot_case}, {"dot_nothing", dot_case}, NAMED(vdot), {"vdot_shapes", vdot_case}, {"vdot_scalars", vdot_case},
    NAMED(inner), {"inner_matrices", inner_case}, {"inner_many", inner_case}, {"inner_scalar", inner_case}, {"inner_vector", inner_case},
    NAMED(outer), {"outer_flat", outer_case}, {"outer_empty", outer_case}, {"outer_scalar", outer_case}, NAMED(tensordot), NAMED(tensordot_none),
    NAMED(tensordot_one), {"tensordot_all", tensordot_case}, NAMED(tensordot_lists), {"tensordot_empty", tensordot_one_case},
    NAMED(kron), {"kron_vectors", kron_case}, {"kron_ranks", kron_case}, {"kron_scalar", kron_case}, {"kron_wide", kron_case},
    {"kron_empty", kron_case}, {"kron_deep", kron_case}, NAMED(trace), NAMED(trace_up), NAMED(trace_down), NAMED(trace_past), NAMED(trace_axes),
    NAMED(trace_many), NAMED(multi_dot), NAMED(multi_dot_three), NAMED(multi_dot_ends), {"multi_dot_left", multi_dot_three_case},
};
/* clang-format on */
enum { PRODUCTS = sizeof products / sizeof *products };

static void products_are_numpys_in_every_dtype(void **state)
{
    (void)state;
    for (int i = 0; i < PRODUCTS; i++)
        assert_true(check_typed(&file, &products[i], 1) >= 9);
}

static void gradients_are_the_numerical_ones(void **state)
{
    (void)state;
    for (int i = 0; i < PRODUCTS; i++) {
        for (int which = 0; which < 4; which++)
            check_gradient(&file, &products[i], which);
    }
}

static void shapes_that_do_not_fit_are_refused_with_both(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *m = ssi_ones(SSI_F32, 2, 3), *v = ssi_ones(SSI_F32, 4), *deep = ssi_ones(SSI_F32, 2, 3, 4);
    refused(ssi_dot(m, m), SSI_INVALID, "dot", "shapes not aligned: a (2,3), b (2,3): 3 (axis 1) != 2 (axis 0)");
    refused(ssi_dot(m, v), SSI_INVALID, "dot", "shapes not aligned: a (2,3), b (4,): 3 (axis 1) != 4 (axis 0)");
    refused(ssi_inner(m, v), SSI_INVALID, "inner", "shapes not aligned: a (2,3), b (4,): 3 (axis 1) != 4 (axis 0)");
    refused(ssi_vdot(m, v), SSI_INVALID, "vdot", "sizes differ: a (2,3) has 6 elements, b (4,) has 4");
    refused(ssi_tensordot(m, deep, 1), SSI_INVALID, "tensordot",
            "shapes not aligned: a (2,3), b (2,3,4): 3 (axis 1) != 2 (axis 0)");
    refused(ssi_tensordot(m, v, 2), SSI_INVALID, "tensordot", "2 axes to sum over of a with 2 axes, b with 1");
    refused(ssi_tensordot(m, v, -1), SSI_INVALID, "tensordot", "-1 axes to sum over of a with 2 axes, b with 1");
    refused(ssi_tensordot_axes(m, deep, 2, (int[]){0, 0}, (int[]){0, 1}), SSI_INVALID, "tensordot",
            "axis 0 of a is named twice");
    refused(ssi_tensordot_axes(m, deep, 2, (int[]){0, 1}, (int[]){0, -3}), SSI_INVALID, "tensordot",
            "axis 0 of b is named twice");
    refused(ssi_tensordot_axes(m, deep, 1, (int[]){2}, (int[]){0}), SSI_INVALID, "tensordot",
            "axis 2 of a tensor with 2 axes");
    refused(ssi_trace(v, 0, 0, 1), SSI_INVALID, "trace", "a tensor with 1 axes");
    refused(ssi_multi_dot(m), SSI_INVALID, "multi_dot", "1 operands");
    refused(ssi_multi_dot(m, v, m), SSI_INVALID, "multi_dot", "operand 1 is (4,)");
    refused(ssi_multi_dot(m, m), SSI_INVALID, "multi_dot", "shapes not aligned: operand 0 (2,3), operand 1 (2,3)");
    ssi_scope_close(scope);
}

static void results_of_more_axes_than_a_tensor_has_are_refused(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    const int64_t twos[16] = {2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1};
    ssi_tensor *nine = (ssi_ones)(SSI_F32, 9, twos), *long_one = (ssi_ones)(SSI_F32, 16, twos);
    refused(ssi_tensordot(nine, nine, 0), SSI_INVALID, "tensordot", "a result of 18 axes");
    refused(ssi_tensordot(long_one, long_one, 0), SSI_INVALID, "tensordot", "a result of 32 axes");
    refused(ssi_kron(nine, nine), SSI_INVALID, "kron", "operands of 9 and 9 axes");
    assert_int_equal(ssi_rank(ssi_kron(long_one, ssi_ones(SSI_F32, 3))), 16);
    const int64_t wide[] = {INT64_C(1) << 40};
    ssi_tensor *huge = (ssi_ones)(SSI_F32, 1, wide);
    assert_null(ssi_kron(huge, huge));
    assert_true(ssi_error_take(NULL));
    ssi_scope_close(scope);
}

static void given_null_everything_returns_null_and_says_nothing(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *none = NULL, *x = ssi_ones(SSI_F32, 3);
    assert_null(ssi_dot(x, none));
    assert_null(ssi_vdot(none, x));
    assert_null(ssi_inner(none, x));
    assert_null(ssi_outer(x, none));
    assert_null(ssi_tensordot(none, x, 1));
    assert_null(ssi_kron(x, none));
    assert_null(ssi_trace(none, 0, 0, 1));
    assert_null(ssi_multi_dot(x, none));
    assert_int_equal(ssi_error_take(NULL), 0);
    ssi_scope_close(scope);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_are_numpys_in_every_dtype),
        cmocka_unit_test(gradients_are_the_numerical_ones),
        cmocka_unit_test(shapes_that_do_not_fit_are_refused_with_both),
        cmocka_unit_test(results_of_more_axes_than_a_tensor_has_are_refused),
        cmocka_unit_test(given_null_everything_returns_null_and_says_nothing),
    };
    return cmocka_run_group_tests(tests, open_file, close_file);
}
