/* Ticks where matplotlib 3 puts them (MaxNLocator with the steps 1, 2, 2.5, 5, 10). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "plot/figure.h"

/* "0.00 0.25 ..." */
static void assert_ticks(double low, double high, int most, bool integers, const char *expected)
{
    ticks t = ssi_ticks(low, high, most, integers);
    char all[512] = "", one[32];
    for (int i = 0; i < t.count; i++) {
        strcat(strcat(all, i > 0 ? " " : ""), ssi_tick_text(&t, i, one));
    }
    assert_string_equal(all, expected);
}

static void ticks_are_round_numbers_inside_the_range(void **state)
{
    (void)state;
    assert_ticks(-0.05, 1.05, 9, false, "0.0 0.2 0.4 0.6 0.8 1.0");
    assert_ticks(0.8955, 0.9945, 9, false, "0.90 0.92 0.94 0.96 0.98");
    assert_ticks(0, 10, 4, false, "0.0 2.5 5.0 7.5 10.0");
    assert_ticks(0, 1000, 9, false, "0 200 400 600 800 1000");
}

static void negative_numbers_have_a_real_minus_sign(void **state)
{
    (void)state;
    assert_ticks(-2.2, 2.2, 5, false,
                 "\xE2\x88\x92"
                 "2 \xE2\x88\x92"
                 "1 0 1 2");
}

static void integer_ticks_have_no_fractions(void **state)
{
    (void)state;
    assert_ticks(0.95, 2.05, 9, true, "1 2");
    assert_ticks(0.8, 5.2, 9, true, "1 2 3 4 5");
    assert_ticks(-1, 52, 9, true, "0 10 20 30 40 50");
}

static void very_small_and_very_large_steps_use_exponents(void **state)
{
    (void)state;
    assert_ticks(0, 1e-6, 2, false, "0 5e-07 1e-06");
    assert_ticks(0, 2e8, 2, false, "0 1e+08 2e+08");
}

static void no_range_has_no_ticks(void **state)
{
    (void)state;
    assert_ticks(1, 1, 9, false, "");
    assert_ticks(NAN, 1, 9, false, "");
    assert_ticks(-INFINITY, INFINITY, 9, false, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_are_round_numbers_inside_the_range),
        cmocka_unit_test(negative_numbers_have_a_real_minus_sign),
        cmocka_unit_test(integer_ticks_have_no_fractions),
        cmocka_unit_test(very_small_and_very_large_steps_use_exponents),
        cmocka_unit_test(no_range_has_no_ticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
