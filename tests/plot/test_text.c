/* Texts that grow, and the quoting that keeps words from being commands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "plot/figure.h"

static void assert_quoted(const char *shown, const char *expected)
{
    text t = {0};
    ssi_text_quote(&t, shown);
    assert_string_equal(t.bytes, expected);
    ssi_text_free(&t);
}

static void plain_and_hangul_text_stands_between_single_quotes(void **state)
{
    (void)state;
    assert_quoted("loss", "'loss'");
    assert_quoted("손실 (loss)", "'손실 (loss)'");
    assert_quoted("", "''");
}

static void a_quote_is_drawn_as_an_apostrophe_and_never_ends_the_string(void **state)
{
    (void)state;
    assert_quoted("it's", "'it\xE2\x80\x99s'");
    assert_quoted("'; system 'x", "'\xE2\x80\x99; system \xE2\x80\x99x'");
}

static void numbers_are_whole_or_of_four_digits(void **state)
{
    (void)state;
    char out[32];
    assert_string_equal(ssi_text_number(60000, out), "60000");
    assert_string_equal(ssi_text_number(-3, out), "-3");
    assert_string_equal(ssi_text_number(0.123456, out), "0.1235");
    assert_string_equal(ssi_text_number(1e20, out), "1e+20");
    assert_string_equal(ssi_text_number(0.0 / 0.0 * -1, out) + strlen(out) - 3, "nan");
}

static void control_characters_become_spaces(void **state)
{
    (void)state;
    assert_quoted("a\nb\tc\rd\x7F", "'a b c d '");
}

static void bytes_that_are_no_utf8_are_replaced(void **state)
{
    (void)state;
    assert_quoted("a\xFFz", "'a\xEF\xBF\xBDz'");
    assert_quoted("\xC0\xAF", "'\xEF\xBF\xBD\xEF\xBF\xBD'");                                 /* overlong slash */
    assert_quoted("\xED\xA0\x80", "'\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD'");                 /* surrogate */
    assert_quoted("\xF4\x90\x80\x80", "'\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD'"); /* past U+10FFFF */
    assert_quoted("\xEA\xB0", "'\xEF\xBF\xBD\xEF\xBF\xBD'");                                 /* cut off */
}

static void numbers_have_a_point_in_any_locale(void **state)
{
    (void)state;
    if (setlocale(LC_NUMERIC, "de_DE.UTF-8") == NULL) {
        print_message("no locale with a decimal comma here: only the C locale is checked\n");
    }
    text t = {0};
    ssi_text_add(&t, "%g", 0.5);
    setlocale(LC_NUMERIC, "C");
    assert_string_equal(t.bytes, "0.5");
    ssi_text_free(&t);
}

static void a_failed_allocation_empties_the_text_for_good(void **state)
{
    (void)state;
    text t = {0};
    ssi_test_fail_allocation(1);
    ssi_text_add(&t, "lost");
    ssi_test_fail_allocation(0);
    ssi_text_add(&t, "more");
    assert_true(t.failed);
    assert_null(t.bytes);
    assert_true(ssi_error_take(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_and_hangul_text_stands_between_single_quotes),
        cmocka_unit_test(a_quote_is_drawn_as_an_apostrophe_and_never_ends_the_string),
        cmocka_unit_test(numbers_are_whole_or_of_four_digits),
        cmocka_unit_test(control_characters_become_spaces),
        cmocka_unit_test(bytes_that_are_no_utf8_are_replaced),
        cmocka_unit_test(numbers_have_a_point_in_any_locale),
        cmocka_unit_test(a_failed_allocation_empties_the_text_for_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
