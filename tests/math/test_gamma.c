/*
 * test_gamma.c - the gamma function's logarithm and its slope, which no back end has a routine for: held to long doubles and to digits computed to
 * 50 places by mpmath.
 */
#define _GNU_SOURCE 1 /* lgammal_r */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ssi/ssi.h"

static const struct {
    double x, digamma;
} known[] = {
    {0x1.762d86356be3fp+0, -0x1.aa2d9b3ce29e0p-54}, {0x1.762d86356be40p+0, 0x1.1a5beef0723bbp-53},
    {0x1.75c28f5c28f5cp+0, -0x1.9e55b82ce0406p-10}, {0x1.8000000000000p+0, 0x1.2aed059bd608ap-5},
    {0x1.570a3d70a3d71p+0, -0x1.fefeb56d79fb8p-4},  {0x1.970a3d70a3d71p+0, 0x1.e0fbf0ba5ca0bp-4},
    {0x1.0000000000000p+0, -0x1.2788cfc6fb619p-1},  {0x1.0000000000000p+1, 0x1.b0ee6072093cep-2},
    {0x1.0000000000000p-1, -0x1.f6a897d3214fcp+0},  {0x1.0624dd2f1a9fcp-10, -0x1.f449ac574fcf7p+9},
    {0x1.999999999999ap-4, -0x1.4d8f668552b02p+3},  {-0x1.3333333333333p-2, 0x1.0e80ef52ecedcp+1},
    {-0x1.0000000000000p-1, 0x1.2aed059bd608ap-5},  {-0x1.8000000000000p+0, 0x1.680425af12b5ep-1},
    {-0x1.2000000000000p+1, 0x1.0a263badf8e6ep+2},  {-0x1.5666666666666p+3, 0x1.11e8ccdbc2242p-3},
    {0x1.4000000000000p+3, 0x1.20396dc85cc95p+1},   {0x1.3ff7ced916873p+3, 0x1.2035fb8982c09p+1},
    {0x1.f400000000000p+9, 0x1.ba1078189c03cp+2},   {0x1.2a05f20000000p+33, 0x1.7069e2aa27361p+4},
};

/* How many units of its last place `got` is from `truth`; both finite. */
static double units_f64(double got, double truth)
{
    return fabs(got - truth) / (nextafter(fabs(truth), INFINITY) - fabs(truth));
}

static void digamma_is_right_to_a_few_units_also_about_its_zero(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        ssi_tensor *y = ssi_digamma(ssi_full(SSI_F64, known[i].x, 3));
        assert_true(units_f64(((const double *)ssi_data(y))[2], known[i].digamma) <= 8);
    }
    ssi_scope_close(scope);
}

static void edges_are_poles_and_infinities(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    const double x[] = {0.0, -0.0, -1, -7, INFINITY, NAN, -INFINITY};
    ssi_tensor *edge = ssi_array(x, 7);
    const double *slope = ssi_data(ssi_digamma(edge)), *size = ssi_data(ssi_lgamma(edge));
    assert_true(slope[0] == -INFINITY && slope[1] == INFINITY);
    assert_true(isnan(slope[2]) && isnan(slope[3]) && slope[4] == INFINITY && isnan(slope[5]));
    for (int i = 0; i < 5; i++)
        assert_true(size[i] == INFINITY);
    assert_true(isnan(size[5]));
    ssi_scope_close(scope);
}

static void floats_are_within_two_units(void **state)
{
    (void)state;
    enum { STEP = 99991, MOST = 1 << 16 };
    static float x[MOST];
    int64_t n = 0;
    for (uint64_t bits = 0; bits < 1ull << 32; bits += STEP) {
        uint32_t u = (uint32_t)bits;
        float a;
        memcpy(&a, &u, sizeof a);
        if (isfinite(a))
            x[n++] = a;
    }
    ssi_scope scope = ssi_scope_open();
    const float *size = ssi_data(ssi_lgamma(ssi_array(x, n)));
    for (int64_t i = 0; i < n; i++) {
        int sign;
        float truth = (float)lgammal_r((long double)x[i], &sign);
        float away = isfinite(truth) ? fabsf(size[i] - truth) / (nextafterf(fabsf(truth), INFINITY) - fabsf(truth)) : 0;
        assert_true(away <= 2 && isfinite(truth) == isfinite(size[i]));
    }
    ssi_scope_close(scope);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digamma_is_right_to_a_few_units_also_about_its_zero),
        cmocka_unit_test(edges_are_poles_and_infinities),
        cmocka_unit_test(floats_are_within_two_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
