/*
 * Reverse mode as such: what a gradient is asked of, what it flows through, and what is said where there is none. The gradients of single
 * operations are tests/table's.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "ssi/grad.h"
#include "ssi/math.h"
#include "tensor/tensor.h"

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

static void assert_error(const char *text)
{
    ssi_error e;
    char all[sizeof e.message + sizeof e.hint + sizeof e.operation + 8];
    assert_int_equal(ssi_error_take(&e), 1);
    snprintf(all, sizeof all, "%s: %s%s%s", e.operation, e.message, e.hint[0] ? "; " : "", e.hint);
    assert_string_equal(all, text);
}

static void a_gradient_differentiates_again(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_array(((double[]){0.5, 2}), 2);
    ssi_tensor *d1 = ssi_grad(ssi_sum(ssi_mul(ssi_mul(x, x), x)), x);
    ssi_tensor *d2 = ssi_grad(ssi_sum(d1), x), *d3 = ssi_grad(ssi_sum(d2), x);
    assert_float_equal(ssi_item(ssi_sum(d1)), 3 * 0.25 + 3 * 4, 0);
    assert_float_equal(ssi_item(ssi_sum(d2)), 6 * 0.5 + 6 * 2, 0);
    assert_float_equal(ssi_item(ssi_sum(d3)), 12, 0);
    assert_null(ssi_grad(ssi_sum(d3), x));
    assert_error("grad: the loss does not depend on the parameter, f64 (2,); was it assigned to after the loss was "
                 "written, or cast "
                 "to integers?");
}

static void gradients_are_summed_where_operands_were_broadcast(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_full(SSI_F64, 2, 3, 4), *row = ssi_array(((double[]){1, 2, 3, 4}), 4);
    ssi_tensor *column = (ssi_array)(SSI_F64, 2, (int64_t[]){3, 1}, (double[]){1, 2, 3}), *one = ssi_number(5);
    ssi_tensor *parameter[] = {row, column, one, x}, *gradient[4];
    ssi_tensor *loss = ssi_sum(ssi_mul(ssi_mul(ssi_mul(x, row), column), one));
    assert_int_equal(ssi_gradients(loss, 4, parameter, gradient), SSI_OK);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(gradient[i]->rank, parameter[i]->rank);
        assert_memory_equal(gradient[i]->shape, parameter[i]->shape, parameter[i]->rank * sizeof(int64_t));
    }
    assert_float_equal(ssi_data_f64(gradient[0])[0], 2 * 5 * (1 + 2 + 3), 0);
    assert_float_equal(ssi_data_f64(gradient[1])[1], 2 * 5 * 10, 0);
    assert_float_equal(ssi_item(gradient[2]), 2 * 10 * 6, 0);
}

static void what_is_read_keeps_its_history(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_array(((double[]){1, 2}), 2);
    ssi_tensor *loss = ssi_sum(ssi_exp(x));
    ssi_item(loss);
    assert_float_equal(ssi_item(ssi_sum(ssi_grad(loss, x))), ssi_item(loss), 0);
}

static void a_parameter_is_what_its_handle_stands_for(void **state)
{
    (void)state;
    ssi_tensor *w = ssi_array(((double[]){1, 2}), 2);
    ssi_label(w, "weight");
    for (int i = 0; i < 3; i++) {
        ssi_scope step = ssi_scope_open();
        ssi_tensor *loss = ssi_sum(ssi_mul(w, w));
        assert_int_equal(ssi_assign(w, ssi_sub(w, ssi_mul(ssi_grad(loss, w), 0.25))), SSI_OK);
        assert_null(ssi_grad(loss, w)); /* w is another now */
        ssi_error_take(NULL);
        assert_int_equal(ssi_scope_close(step), SSI_OK);
    }
    assert_float_equal(ssi_item(ssi_sum(w)), 3.0 / 8, 0);
}

static void a_vector_jacobian_product_weighs_the_rows(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_array(((double[]){1, 2, 3}), 3), *dy = ssi_array(((double[]){1, 10, 100}), 3), *dx;
    assert_int_equal(ssi_gradients_from(ssi_mul(x, x), dy, 1, &x, &dx), SSI_OK);
    assert_float_equal(ssi_data_f64(dx)[2], 600, 0);
    assert_int_equal(ssi_gradients_from(ssi_sum(x), dy, 1, &x, &dx), SSI_INVALID);
    assert_null(dx);
    assert_error("grad: y is f64 (), dy f64 (3,); both are floats of one shape");
}

static void a_number_has_a_gradient_too(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_number(3);
    assert_float_equal(ssi_item(ssi_grad(ssi_mul(x, x), x)), 6, 0);
    assert_float_equal(ssi_item(ssi_grad(x, x)), 1, 0);
}

static void where_no_gradient_flows_the_reason_is_named(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_array(((float[]){1, 2, 3}), 3), *n = ssi_array(((int[]){1, 2, 3}), 3);
    assert_null(ssi_grad(ssi_sum(ssi_detach(ssi_mul(x, x))), x));
    assert_error(
        "grad: the loss depends on the parameter, f32 (3,), only through detach, which has no gradient: that is its "
        "purpose");
    assert_null(ssi_grad(ssi_sum(ssi_cast(ssi_argmax(x, 0), SSI_F32)), x));
    assert_error("grad: the loss does not depend on the parameter, f32 (3,); was it assigned to after the loss was "
                 "written, or cast "
                 "to integers?");
    assert_null(ssi_grad(ssi_mul(x, x), x));
    assert_error("grad: the loss is f32 (3,), not one float; take its ssi_mean or ssi_sum");
    assert_null(ssi_grad(ssi_sum(x), n));
    assert_error("grad: the parameter is i32 (3,); only floats have a gradient");
    assert_null(ssi_grad(ssi_sum(n), x));
    assert_error("grad: the loss is i64 (), not one float; take its ssi_mean or ssi_sum");
    assert_null(ssi_grad(NULL, x));
}

static void a_graph_that_runs_by_itself_keeps_its_gradients(void **state)
{
    (void)state;
    enum { DEEP = 3000 }; /* the gradient's nodes make the scope run while they are written */
    ssi_tensor *x = ssi_array(((double[]){1, 2}), 2), *y = x;
    for (int i = 0; i < DEEP; i++)
        y = ssi_mul(y, 1.0001);
    double sum = ssi_item(ssi_sum(ssi_grad(ssi_sum(y), x)));
    double power = 1;
    for (int i = 0; i < DEEP; i++)
        power *= 1.0001;
    assert_float_equal(sum, 2 * power, 1e-10);
}

static void eager_gradients_are_the_same(void **state)
{
    (void)state;
    double out[2];
    for (int eager = 0; eager < 2; eager++) {
        ssi_eager = eager;
        ssi_tensor *x = ssi_array(((double[]){0.3, -0.7}), 2);
        ssi_tensor *y = ssi_keep(ssi_sum(ssi_tanh(ssi_mul(ssi_exp(x), x))));
        out[eager] = ssi_item(ssi_sum(ssi_grad(y, x)));
    }
    ssi_eager = 0;
    assert_memory_equal(&out[0], &out[1], sizeof out[0]);
}

/* From no memory at all: every allocation on the way to a second gradient of most kinds of operations. */
static bool second_gradient(double *out)
{
    ssi_scope inner = ssi_scope_open();
    ssi_tensor *x = ssi_array(((double[]){1, 2, 3, 4, 5, 6}), 2, 3), *index = ssi_array(((int[]){1, 0, 1}), 3);
    ssi_tensor *y = ssi_matmul(ssi_gather(x, index), ssi_transpose(x)), *z = ssi_softmax(ssi_prod(y, 1), 0);
    ssi_tensor *cut = ssi_slice(ssi_concatenate(2, (ssi_tensor *[]){z, ssi_max(x, 0)}, 0), 1, &(ssi_range){5, 0, -2});
    ssi_tensor *d = ssi_grad(ssi_sum(ssi_square(cut)), x);
    *out = ssi_item(ssi_sum(ssi_grad(ssi_sum(ssi_square(d)), x)));
    return ssi_scope_close(inner) == SSI_OK && *out == *out;
}

static void when_memory_runs_out_anywhere_it_is_said_and_nothing_breaks(void **state)
{
    (void)state;
    double expected, out;
    ssi_scope_close(scope); /* shut down below, all scopes are closed */
    assert_true(second_gradient(&expected));
    bool done = false;
    for (uint64_t k = 1; !done; k++) {
        ssi_shutdown();
        ssi_test_fail_allocation(k);
        done = second_gradient(&out);
        ssi_test_fail_allocation(0);
        ssi_error error;
        assert_int_equal(ssi_error_take(&error), !done);
        if (!done)
            assert_int_equal(error.code, SSI_NO_MEMORY);
        assert_true(k < 1000);
    }
    assert_float_equal(out, expected, 0);
    scope = ssi_scope_open();
}

static void a_value_spread_over_a_shape_gets_the_sum(void **state)
{
    (void)state;
    ssi_tensor *v = ssi_sum(ssi_array(((double[]){1, 2}), 2));
    assert_float_equal(ssi_item(ssi_grad(ssi_sum(ssi_full(SSI_F32, v, 2, 3)), v)), 6, 0);
}

/* e^a/(e^a + e^b), whose own derivative is a quarter where both are equal; equal infinities share alike, and NaN stays. */
static void a_logarithm_of_a_sum_of_powers_has_its_gradients_where_operands_are_equal(void **state)
{
    (void)state;
    const double inf = INFINITY;
    ssi_tensor *a = ssi_array(((double[]){1, inf, -inf, inf, 1, -inf, NAN}), 7);
    ssi_tensor *b = ssi_array(((double[]){1, inf, -inf, 1, inf, 1, 1}), 7), *d, *second;
    d = ssi_grad(ssi_sum(ssi_logaddexp(a, b)), a);
    static const double share[] = {0.5, 0.5, 0.5, 1, 0, 0};
    assert_memory_equal(ssi_data_f64(d), share, sizeof share);
    assert_true(isnan(ssi_data_f64(d)[6]));
    second = ssi_grad(ssi_sum(d), a);
    assert_float_equal(ssi_data_f64(second)[0], 0.25, 0);
}

static ssi_tensor *cube(ssi_tensor *x, void *context)
{
    ssi_tensor *y = ssi_mul(ssi_mul(x, x), x);
    return context ? ssi_add(ssi_detach(y), ssi_mul(y, 0.999)) : y;
}

static void a_gradient_check_passes_what_is_right_and_finds_what_is_not(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_array(((double[]){0.5, -2, 1}), 3);
    assert_true(ssi_gradient_check(cube, x, 0, NULL) < 1e-10);
    assert_true(ssi_gradient_check(cube, x, 0, x) > 0.5);
    ssi_tensor *d = ssi_numerical_gradient(cube, x, 0, NULL);
    assert_float_equal(ssi_data_f64(d)[1], 12, 1e-9);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_scope, close_scope)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_gradient_differentiates_again),
        TEST(gradients_are_summed_where_operands_were_broadcast),
        TEST(what_is_read_keeps_its_history),
        TEST(a_parameter_is_what_its_handle_stands_for),
        TEST(a_vector_jacobian_product_weighs_the_rows),
        TEST(a_number_has_a_gradient_too),
        TEST(where_no_gradient_flows_the_reason_is_named),
        TEST(a_graph_that_runs_by_itself_keeps_its_gradients),
        TEST(eager_gradients_are_the_same),
        TEST(when_memory_runs_out_anywhere_it_is_said_and_nothing_breaks),
        TEST(a_value_spread_over_a_shape_gets_the_sum),
        TEST(a_logarithm_of_a_sum_of_powers_has_its_gradients_where_operands_are_equal),
        TEST(a_gradient_check_passes_what_is_right_and_finds_what_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
