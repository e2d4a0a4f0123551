/* Ticks where matplotlib 3.6 puts them, with the labels that it gives them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "plot/figure.h"

/* Printed by matplotlib 3.6.3: an axis from, to, with room for `most` steps; integers only; logarithmic; its labels; the power of ten at its end;
 * its minor ticks. */
static const struct {
    double from, to;
    int most;
    bool integers, log;
    const char *labels, *exponent;
    int minors;
} cases[] = {
    {-0.05, 1.05, 9, false, false, "0.0 0.2 0.4 0.6 0.8 1.0", "", 0},
    {-0.05, 1.05, 5, false, false, "0.00 0.25 0.50 0.75 1.00", "", 0},
    {0.8955, 0.9945, 9, false, false, "0.90 0.92 0.94 0.96 0.98", "", 0},
    {0.8955, 0.9945, 5, false, false, "0.90 0.92 0.94 0.96 0.98", "", 0},
    {0, 10, 9, false, false, "0 2 4 6 8 10", "", 0},
    {0, 10, 5, false, false, "0 2 4 6 8 10", "", 0},
    {0, 1000, 9, false, false, "0 200 400 600 800 1000", "", 0},
    {0, 1000, 5, false, false, "0 200 400 600 800 1000", "", 0},
    {-2.2, 2.2, 9, false, false, "−2.0 −1.5 −1.0 −0.5 0.0 0.5 1.0 1.5 2.0", "", 0},
    {-2.2, 2.2, 5, false, false, "−2 −1 0 1 2", "", 0},
    {-0.295, 6.195, 9, false, false, "0 1 2 3 4 5 6", "", 0},
    {-0.295, 6.195, 5, false, false, "0 2 4 6", "", 0},
    {-1.0997, 1.0999, 9, false, false, "−1.00 −0.75 −0.50 −0.25 0.00 0.25 0.50 0.75 1.00", "", 0},
    {-1.0997, 1.0999, 5, false, false, "−1.0 −0.5 0.0 0.5 1.0", "", 0},
    {0, 1e-06, 9, false, false, "0.0 0.2 0.4 0.6 0.8 1.0", "1e-6", 0},
    {0, 1e-06, 5, false, false, "0.0 0.2 0.4 0.6 0.8 1.0", "1e-6", 0},
    {0, 200000000.0, 9, false, false, "0.00 0.25 0.50 0.75 1.00 1.25 1.50 1.75 2.00", "1e8", 0},
    {0, 200000000.0, 5, false, false, "0.0 0.5 1.0 1.5 2.0", "1e8", 0},
    {-3e-05, 4e-05, 9, false, false, "−3 −2 −1 0 1 2 3 4", "1e-5", 0},
    {-3e-05, 4e-05, 5, false, false, "−2 0 2 4", "1e-5", 0},
    {0, 999999, 9, false, false, "0 200000 400000 600000 800000", "", 0},
    {0, 999999, 5, false, false, "0 200000 400000 600000 800000", "", 0},
    {0, 1500000.0, 9, false, false, "0.0 0.2 0.4 0.6 0.8 1.0 1.2 1.4", "1e6", 0},
    {0, 1500000.0, 5, false, false, "0.0 0.5 1.0 1.5", "1e6", 0},
    {0.001, 0.0014, 9, false, false, "0.00100 0.00105 0.00110 0.00115 0.00120 0.00125 0.00130 0.00135 0.00140", "", 0},
    {0.001, 0.0014, 5, false, false, "0.0010 0.0011 0.0012 0.0013 0.0014", "", 0},
    {100, 103, 9, false, false, "100.0 100.5 101.0 101.5 102.0 102.5 103.0", "", 0},
    {100, 103, 5, false, false, "100 101 102 103", "", 0},
    {-5.5, 5.5, 9, false, false, "−4 −2 0 2 4", "", 0},
    {-5.5, 5.5, 5, false, false, "−5.0 −2.5 0.0 2.5 5.0", "", 0},
    {5, -5, 9, false, false, "−4 −2 0 2 4", "", 0},
    {5, -5, 5, false, false, "−4 −2 0 2 4", "", 0},
    {0, 0.3, 9, false, false, "0.00 0.05 0.10 0.15 0.20 0.25 0.30", "", 0},
    {0, 0.3, 5, false, false, "0.0 0.1 0.2 0.3", "", 0},
    {0, 7, 9, false, false, "0 1 2 3 4 5 6 7", "", 0},
    {0, 7, 5, false, false, "0 2 4 6", "", 0},
    {0, 0.7, 9, false, false, "0.0 0.1 0.2 0.3 0.4 0.5 0.6 0.7", "", 0},
    {0, 0.7, 5, false, false, "0.0 0.2 0.4 0.6", "", 0},
    {-10000000000.0, 30000000000.0, 9, false, false, "−1.0 −0.5 0.0 0.5 1.0 1.5 2.0 2.5 3.0", "1e10", 0},
    {-10000000000.0, 30000000000.0, 5, false, false, "−1 0 1 2 3", "1e10", 0},
    {0.1, 0.13, 9, false, false, "0.100 0.105 0.110 0.115 0.120 0.125 0.130", "", 0},
    {0.1, 0.13, 5, false, false, "0.10 0.11 0.12 0.13", "", 0},
    {-0.5, 27.5, 9, false, false, "0 5 10 15 20 25", "", 0},
    {-0.5, 27.5, 5, false, false, "0 10 20", "", 0},
    {27.5, -0.5, 9, false, false, "0 5 10 15 20 25", "", 0},
    {27.5, -0.5, 5, false, false, "0 10 20", "", 0},
    {0.95, 2.05, 9, true, false, "1 2", "", 0},
    {0.8, 5.2, 9, true, false, "1 2 3 4 5", "", 0},
    {-1, 52, 9, true, false, "0 10 20 30 40 50", "", 0},
    {0, 1.3, 9, true, false, "0 1", "", 0},
    {-0.5, 9.5, 9, true, false, "0 2 4 6 8", "", 0},
    {1, 10, 9, false, true, "10⁰ 10¹ 2×10⁰ 3×10⁰ 4×10⁰ 6×10⁰", "", 4},
    {1, 10, 4, false, true, "10⁰ 10¹ 2×10⁰ 3×10⁰ 4×10⁰ 6×10⁰", "", 4},
    {0.5, 2000, 9, false, true, "10⁰ 10¹ 10² 10³", "", 30},
    {0.5, 2000, 4, false, true, "10¹ 10³", "", 0},
    {1e-12, 1, 9, false, true, "10⁻¹² 10⁻¹⁰ 10⁻⁸ 10⁻⁶ 10⁻⁴ 10⁻² 10⁰", "", 0},
    {1e-12, 1, 4, false, true, "10⁻¹² 10⁻⁸ 10⁻⁴ 10⁰", "", 0},
    {0.001, 1000.0, 9, false, true, "10⁻³ 10⁻² 10⁻¹ 10⁰ 10¹ 10² 10³", "", 48},
    {0.001, 1000.0, 4, false, true, "10⁻³ 10⁻¹ 10¹ 10³", "", 0},
    {2, 8, 9, false, true, "2×10⁰ 3×10⁰ 4×10⁰ 6×10⁰", "", 3},
    {2, 8, 4, false, true, "2×10⁰ 3×10⁰ 4×10⁰ 6×10⁰", "", 3},
    {1e-20, 1e+20, 9, false, true, "10⁻²⁰ 10⁻¹⁵ 10⁻¹⁰ 10⁻⁵ 10⁰ 10⁵ 10¹⁰ 10¹⁵ 10²⁰", "", 0},
    {1e-20, 1e+20, 4, false, true, "10⁻²⁰ 10⁻⁹ 10² 10¹³", "", 0},
    {3e-06, 0.2, 9, false, true, "10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹", "", 40},
    {3e-06, 0.2, 4, false, true, "10⁻⁴ 10⁻²", "", 0},
    {0.07, 130, 9, false, true, "10⁻¹ 10⁰ 10¹ 10²", "", 27},
    {0.07, 130, 4, false, true, "10⁰ 10²", "", 0},
};

/* "0.00 0.25 ..." */
static void write_labels(const ticks *t, char *all)
{
    char one[32];
    all[0] = '\0';
    for (int i = 0; i < t->count; i++) {
        strcat(strcat(all, i > 0 ? " " : ""), ssi_tick_text(t, i, one));
    }
}

static void ticks_and_their_labels_are_matplotlibs(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        range r = {cases[i].from, cases[i].to, cases[i].log};
        ticks t = ssi_ticks(&r, cases[i].most, cases[i].integers, NULL);
        char all[512], exponent[16] = "";
        write_labels(&t, all);
        if (t.exponent != 0) {
            snprintf(exponent, sizeof(exponent), "1e%d", t.exponent);
        }
        if (strcmp(all, cases[i].labels) != 0 || strcmp(exponent, cases[i].exponent) != 0 ||
            t.minors != cases[i].minors) {
            fail_msg("from %g to %g, %d steps: %s %s and %d minor ticks", r.from, r.to, cases[i].most, all, exponent,
                     t.minors);
        }
    }
}

static void within_one_decade_ticks_between_the_powers_are_named(void **state)
{
    (void)state;
    char all[512];
    range r = {20, 80, true};
    ticks t = ssi_ticks(&r, 9, false, NULL);
    write_labels(&t, all);
    assert_string_equal(all, "2×10¹ 3×10¹ 4×10¹ 6×10¹");
    r = (range){1.02, 1.47, true}; /* none at all: round numbers, then */
    t = ssi_ticks(&r, 9, false, NULL);
    write_labels(&t, all);
    assert_string_equal(all, "1.05 1.10 1.15 1.20 1.25 1.30 1.35 1.40 1.45");
}

static void ticks_of_ones_own_have_their_names_and_stay_in_the_range(void **state)
{
    (void)state;
    char all[512];
    double at[] = {-5, 0, 1, 2.5, 99};
    char *names[] = {"a", "b", "가", "d", "e"};
    range r = {0, 3, false};
    own_ticks own = {.given = true, .count = 5, .at = at, .name = names};
    ticks t = ssi_ticks(&r, 9, false, &own);
    write_labels(&t, all);
    assert_string_equal(all, "b 가 d");
    own.name = NULL;
    t = ssi_ticks(&r, 9, false, &own);
    write_labels(&t, all);
    assert_string_equal(all, "0 1 2.5");
}

static void no_range_has_no_ticks(void **state)
{
    (void)state;
    static const range none[] = {{1, 1, false}, {NAN, 1, false}, {-INFINITY, INFINITY, false}, {NAN, NAN, true}};
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        assert_int_equal(ssi_ticks(&none[i], 9, false, NULL).count, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_and_their_labels_are_matplotlibs),
        cmocka_unit_test(within_one_decade_ticks_between_the_powers_are_named),
        cmocka_unit_test(ticks_of_ones_own_have_their_names_and_stay_in_the_range),
        cmocka_unit_test(no_range_has_no_ticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
