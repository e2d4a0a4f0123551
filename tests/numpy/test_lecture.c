/*
 * The array work of an introductory lecture on Python, line by line, as NumPy prints it.
 *
 * Left out, for they are not of arrays: type(a) and module paths, lists (a + b that joins them, comprehensions), the words of exceptions (here: that such
 * shapes are refused, with both named), and plots (x and y of the curve are here).
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ssi/ssi.h"

/* What print(x) writes, but for the newline at its end. */
static void prints(ssi_tensor *x, const char *wanted)
{
    static char text[8192];
    int64_t length = ssi_format(x, text, sizeof text);
    if (length < 0)
        ssi_report();
    assert_in_range(length, 0, sizeof text - 1);
    assert_string_equal(text, wanted);
}

static int open_scope(void **state)
{
    static ssi_scope scope;
    scope = ssi_scope_open();
    *state = &scope;
    return 0;
}

static int close_scope(void **state)
{
    return ssi_scope_close(*(ssi_scope *)*state) < 0 || ssi_report();
}

static void an_array_is_printed_without_commas(void **state)
{
    int64_t numbers[] = {1, 2, 3, 4};
    ssi_tensor *a = ssi_array(numbers, 4), *b = ssi_array(numbers, 4);
    prints(a, "[1 2 3 4]");
    prints(ssi_add(a, b), "[2 4 6 8]");
    char text[32];
    ssi_format(a, text, sizeof text, .repr = 1);
    assert_string_equal(text, "array([1, 2, 3, 4])");
    ssi_tensor *list = ssi_array(((int64_t[]){1, 2, 3, 4, 5}), 5);
    prints(ssi_at(list, "0"), "1");
    prints(ssi_at(list, "2"), "3");
    prints(ssi_at(list, "0:3"), "[1 2 3]");
}

static void arithmetic_is_done_element_by_element(void **state)
{
    ssi_tensor *a = ssi_array(((int64_t[]){1, 2, 3, 4}), 4), *b = ssi_array(((double[]){.4, .4, .3, .2}), 4);
    prints(ssi_add(a, b), "[1.4 2.4 3.3 4.2]");
    prints(ssi_sub(a, b), "[0.6 1.6 2.7 3.8]");
    prints(ssi_mul(a, b), "[0.4 0.8 0.9 0.8]");
    prints(ssi_div(a, b), "[ 2.5  5.  10.  20. ]");
    assert_true(ssi_item(ssi_at(ssi_mul(a, b), "2")) == 0.8999999999999999);
}

static void matrices_are_multiplied_by_elements_or_as_matrices(void **state)
{
    ssi_tensor *a = ssi_array(((int64_t[]){1, 2, 3, 4}), 2, 2), *b = ssi_array(((int64_t[]){5, 6, 7, 8}), 2, 2);
    prints(ssi_add(a, b), "[[ 6  8]\n [10 12]]");
    prints(ssi_mul(a, b), "[[ 5 12]\n [21 32]]");
    prints(ssi_matmul(a, a), "[[ 7 10]\n [15 22]]");
}

static void smaller_shapes_are_repeated(void **state)
{
    ssi_tensor *a = ssi_array(((int64_t[]){1, 2, 3, 4}), 2, 2), *tens = ssi_array(((int64_t[]){10, 20}), 2);
    prints(ssi_add(a, tens), "[[11 22]\n [13 24]]");
    prints(ssi_add(a, ssi_reshape(tens, 2, 1)), "[[11 12]\n [23 24]]");
    ssi_tensor *column = ssi_array(((int64_t[]){0, 10, 20, 30}), 4, 1), *row = ssi_arange(SSI_I64, 0, 3, 1);
    prints(ssi_add(column, row), "[[ 0  1  2]\n [10 11 12]\n [20 21 22]\n [30 31 32]]");
}

static void shapes_that_do_not_fit_are_refused_with_both_named(void **state)
{
    ssi_error error;
    ssi_tensor *three = ssi_arange(SSI_I64, 0, 3, 1), *two = ssi_arange(SSI_I64, 0, 2, 1);
    assert_null(ssi_add(three, two));
    assert_true(ssi_error_take(&error));
    assert_non_null(strstr(error.message, "(3,)"));
    assert_non_null(strstr(error.message, "(2,)"));
    ssi_tensor *x = ssi_ones(SSI_I64, 2, 3);
    assert_null(ssi_matmul(x, x));
    assert_true(ssi_error_take(&error));
    assert_non_null(strstr(error.message, "(2,3)"));
}

static void a_comparison_chooses_elements(void **state)
{
    ssi_tensor *o = ssi_array(((int64_t[]){1, 2, 3, 4, 5}), 5);
    prints(ssi_greater(o, 3), "[False False False  True  True]");
    prints(ssi_mask(o, ssi_greater(o, 3)), "[4 5]");
    prints(ssi_cast(ssi_greater(ssi_array(((int64_t[]){-1, 1, 2, 0}), 4), 0), SSI_I64), "[0 1 1 0]");
}

static void sixty_points_of_a_sine(void **state)
{
    ssi_tensor *x = ssi_arange(SSI_F64, 0, 6, 0.1), *y = ssi_sin(x);
    assert_int_equal(ssi_dtype_of(x), SSI_F64);
    assert_int_equal(ssi_size(x), 60);
    assert_true(ssi_item(ssi_at(x, "3")) == 0.30000000000000004);
    prints(x, "[0.  0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1.  1.1 1.2 1.3 1.4 1.5 1.6 1.7\n"
              " 1.8 1.9 2.  2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 3.  3.1 3.2 3.3 3.4 3.5\n"
              " 3.6 3.7 3.8 3.9 4.  4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.8 4.9 5.  5.1 5.2 5.3\n"
              " 5.4 5.5 5.6 5.7 5.8 5.9]");
    /* To the unit of the last place. (NumPy's vector code gives 0.9995736030415054 for the first, three units beside the true value.) */
    assert_true(fabs(ssi_item(ssi_max(y)) - 0.99957360304150516) < 1.2e-16);
    assert_true(fabs(ssi_item(ssi_min(y)) - -0.99992325756410083) < 1.2e-16);
    prints(ssi_argmax(y, 0), "16");
    prints(ssi_argmin(y, 0), "47");
    prints(ssi_at(y, "10:12"), "[0.84147098 0.89120736]");
    prints(y, "[ 0.          0.09983342  0.19866933  0.29552021  0.38941834  0.47942554\n"
              "  0.56464247  0.64421769  0.71735609  0.78332691  0.84147098  0.89120736\n"
              "  0.93203909  0.96355819  0.98544973  0.99749499  0.9995736   0.99166481\n"
              "  0.97384763  0.94630009  0.90929743  0.86320937  0.8084964   0.74570521\n"
              "  0.67546318  0.59847214  0.51550137  0.42737988  0.33498815  0.23924933\n"
              "  0.14112001  0.04158066 -0.05837414 -0.15774569 -0.2555411  -0.35078323\n"
              " -0.44252044 -0.52983614 -0.61185789 -0.68776616 -0.7568025  -0.81827711\n"
              " -0.87157577 -0.91616594 -0.95160207 -0.97753012 -0.993691   -0.99992326\n"
              " -0.99616461 -0.98245261 -0.95892427 -0.92581468 -0.88345466 -0.83226744\n"
              " -0.77276449 -0.70554033 -0.63126664 -0.55068554 -0.46460218 -0.37387666]");
}

static void a_rate_gives_as_many_points(void **state)
{
    static const int rates[] = {6, 12, 60, 600};
    for (int i = 0; i < 4; i++)
        assert_int_equal(ssi_size(ssi_arange(SSI_F64, 0, 6, 6.0 / rates[i])), rates[i]);
}

static void the_first_digit_is_printed_whole(void **state)
{
    ssi_dataset *train = ssi_load_dataset("mnist");
    assert_non_null(train);
    ssi_tensor *x = ssi_dataset_x(train), *y = ssi_dataset_y(train);
    prints(ssi_at(y, ":10"), "[5 0 4 1 9 2 1 3 1 4]");
    static char wanted[4096];
    FILE *file = fopen(SSI_TESTS "/numpy/first_digit.txt", "rb");
    assert_non_null(file);
    size_t length = fread(wanted, 1, sizeof wanted - 1, file);
    fclose(file);
    assert_int_equal(length, 3277);
    wanted[length - 1] = 0; /* the newline that print adds */
    prints(ssi_at(x, "0"), wanted);
    prints(ssi_sum(ssi_at(x, "0")), "27525");
    prints(ssi_sum(ssi_at(x, "9")), "21904");
    prints(ssi_at(y, "9"), "4");
    ssi_tensor *part = ssi_div(x, 255.0);
    assert_int_equal(ssi_dtype_of(part), SSI_F64);
    assert_true(fabs(ssi_item(ssi_mean(part)) - 0.1306604762738429) < 1e-15);
    assert_true(fabs(ssi_item(ssi_std(part)) - 0.30810780385646264) < 1e-15);
    prints(ssi_bincount(y, 0), "[5923 6742 5958 6131 5842 5421 5918 6265 5851 5949]");
    ssi_dataset_free(train);
}

static void a_perceptron_is_a_product_and_a_comparison(void **state)
{
    ssi_tensor *x = ssi_array(((double[]){0, 0, 0, 1, 1, 0, 1, 1}), 4, 2);
    ssi_tensor *and = ssi_greater(ssi_matmul(x, ssi_array(((double[]){.5, .5}), 2)), .7);
    ssi_tensor * or = ssi_greater(ssi_matmul(x, ssi_array(((double[]){.5, .5}), 2)), .2);
    ssi_tensor *nand = ssi_greater(ssi_matmul(x, ssi_array(((double[]){-.5, -.5}), 2)), -.7);
    prints(ssi_cast(and, SSI_I64), "[0 0 0 1]");
    prints(ssi_cast(or, SSI_I64), "[0 1 1 1]");
    prints(ssi_cast(nand, SSI_I64), "[1 1 1 0]");
    prints(ssi_cast(ssi_logical_and(nand, or), SSI_I64), "[0 1 1 0]");
    /* 0.1 + 0.2 > 0.3 in f64. */
    prints(ssi_greater(ssi_matmul(ssi_at(x, "3"), ssi_array(((double[]){.1, .2}), 2)), .3), "True");
}

static void activations_have_their_values(void **state)
{
    ssi_tensor *x = ssi_array(((double[]){-1, 0, 1, 2}), 4);
    prints(ssi_sigmoid(x), "[0.26894142 0.5        0.73105858 0.88079708]");
    prints(ssi_sigmoid(ssi_array(((double[]){-1000, 1000}), 2)), "[0. 1.]");
    assert_true(fabs(ssi_item(ssi_tanh(ssi_array(((double[]){1}), 1))) - 0.7615941559557649) < 3e-16);
    prints(ssi_relu(x), "[0. 0. 1. 2.]");
    /* A derivative by differences: f(x) = 0.01 x^2 + 0.1 x at 5 and 10, h = 1e-4. */
    ssi_tensor *at = ssi_array(((double[]){5, 10}), 2), *f[2];
    for (int i = 0; i < 2; i++) {
        ssi_tensor *near = ssi_add(at, i == 0 ? -1e-4 : 1e-4);
        f[i] = ssi_add(ssi_mul(ssi_square(near), 0.01), ssi_mul(near, 0.1));
    }
    prints(ssi_div(ssi_sub(f[1], f[0]), 2e-4), "[0.2 0.3]");
}

int main(void)
{
#define IN_SCOPE(test) cmocka_unit_test_setup_teardown(test, open_scope, close_scope)
    const struct CMUnitTest tests[] = {
        IN_SCOPE(an_array_is_printed_without_commas),
        IN_SCOPE(arithmetic_is_done_element_by_element),
        IN_SCOPE(matrices_are_multiplied_by_elements_or_as_matrices),
        IN_SCOPE(smaller_shapes_are_repeated),
        IN_SCOPE(shapes_that_do_not_fit_are_refused_with_both_named),
        IN_SCOPE(a_comparison_chooses_elements),
        IN_SCOPE(sixty_points_of_a_sine),
        IN_SCOPE(a_rate_gives_as_many_points),
        IN_SCOPE(the_first_digit_is_printed_whole),
        IN_SCOPE(a_perceptron_is_a_product_and_a_comparison),
        IN_SCOPE(activations_have_their_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
