/* test_size.c - size arithmetic at its extremes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

#define MOST ((size_t)PTRDIFF_MAX)

static const struct {
    size_t a, b;
    bool product_fits, sum_fits;
} extremes[] = {
    {0, 0, true, true},
    {0, MOST, true, true},
    {MOST, 0, true, true},
    {1, MOST, true, false},
    {MOST, 1, true, false},
    {1, MOST - 1, true, true},
    {2, MOST / 2, true, true},
    {2, MOST / 2 + 1, false, true},
    {MOST / 2 + 1, MOST / 2, false, true},
    {MOST / 2 + 1, MOST / 2 + 1, false, false},
    {MOST, MOST, false, false},
    {MOST + 1, 1, false, false},
    {1, MOST + 1, false, false},
    {SIZE_MAX, 1, false, false},
    {1, SIZE_MAX, false, false},
    {SIZE_MAX, SIZE_MAX, false, false},
    {SIZE_MAX, 2, false, false},
    {(size_t)1 << 32, (size_t)1 << 30, true, true},
    {(size_t)1 << 32, (size_t)1 << 31, false, true},
    {(size_t)1 << 32, (size_t)1 << 32, false, true},
    {3037000499u, 3037000499u, true, true}, /* the square root of 2^63 */
    {3037000500u, 3037000500u, false, true},
};

static void products_and_sums_past_the_largest_object_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof extremes / sizeof *extremes; i++) {
        size_t a = extremes[i].a, b = extremes[i].b, out = 12345;
        assert_int_equal(ssi_size_mul(a, b, &out), extremes[i].product_fits);
        assert_int_equal(out, extremes[i].product_fits ? a * b : 12345);
        out = 12345;
        assert_int_equal(ssi_size_add(a, b, &out), extremes[i].sum_fits);
        assert_int_equal(out, extremes[i].sum_fits ? a + b : 12345);
    }
}

static void rounding_up_is_exact_until_it_would_overflow(void **state)
{
    (void)state;
    for (size_t to = 1; to <= 4096; to *= 2) {
        for (size_t a = 0; a < 300; a++) {
            size_t out;
            assert_true(ssi_size_align(a, to, &out));
            assert_true(out >= a && out < a + to && out % to == 0);
        }
        size_t out = 12345;
        assert_true(ssi_size_align(MOST - to + 1, to, &out));
        assert_int_equal(ssi_size_align(MOST - to + 2, to, &out), false);
        assert_false(ssi_size_align(SIZE_MAX, to, &out));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_and_sums_past_the_largest_object_are_refused),
        cmocka_unit_test(rounding_up_is_exact_until_it_would_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
