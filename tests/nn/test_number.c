/* test_number.c - numbers as text, in no locale. */
#include "nn/numbers.h"

static void written(double value, const char *expected)
{
    char text[SSI_NUMBER_TEXT];
    assert_string_equal(ssi_number_text(value, text), expected);
}

static void the_fewest_digits_are_written(void **state)
{
    (void)state;
    written(0, "0");
    written(256, "256");
    written(0.2, "0.2");
    written(-1.5, "-1.5");
    written(0.30000000000000004, "0.30000000000000004");
    written(1e-7, "1e-7");
    written(0.00002, "0.00002");
    written(1.25e20, "1.25e20");
    written(123456789012, "123456789012");
    written(-1.7976931348623157e308, "-1.7976931348623157e308");
    written(NAN, "nan");
    written(-INFINITY, "-inf");
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    numbers n = {1};
    for (int i = 0; i < 2000; i++) {
        char text[SSI_NUMBER_TEXT];
        double back, value;
        n.x = n.x * 1103515245u + 12345u;
        value = ldexp((double)n.x - 2e9, (int)(n.x >> 8) % 60 - 60) * 0.1;
        const char *end = ssi_number_read(ssi_number_text(value, text), &back);
        assert_non_null(end);
        assert_int_equal(*end, '\0');
        assert_true(fabs(back - value) <= fabs(value) * 0x1p-52);
    }
}

static void reading_ends_where_the_number_ends(void **state)
{
    (void)state;
    double value;
    int64_t whole;
    assert_string_equal(ssi_number_read("0.25, relu", &value), ", relu");
    assert_true(value == 0.25);
    assert_string_equal(ssi_number_read("-.5e1x", &value), "x");
    assert_true(value == -5);
    assert_string_equal(ssi_number_read("3elu", &value), "elu"); /* no exponent */
    assert_true(value == 3);
    assert_string_equal(ssi_number_read("1e999999999999", &value), "");
    assert_true(isinf(value));
    assert_null(ssi_number_read("relu", &value));
    assert_null(ssi_number_read("-", &value));
    assert_null(ssi_number_read(".", &value));
    assert_string_equal(ssi_number_read_integer("784-10", &whole), "-10");
    assert_int_equal(whole, 784);
    ssi_number_read_integer("99999999999999999999", &whole);
    assert_true(whole == INT64_MAX);
    assert_null(ssi_number_read_integer("-3", &whole));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fewest_digits_are_written),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(reading_ends_where_the_number_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
