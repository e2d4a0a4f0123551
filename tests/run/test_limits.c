/*
 * test_limits.c - the machine's measured limits: that they are plausible beside each other, and what is reckoned from them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ssi/ssi.h"

static void limits_are_measured(void **state)
{
    ssi_limits limits;
    ssi_set_threads(1);
    assert_int_equal(ssi_measure_limits(&limits), SSI_OK);
#if defined(__x86_64__) || defined(__aarch64__)
    assert_true(limits.f32 > 0.5);
    assert_true(limits.medium > limits.f32 / 2);
#endif
    for (int i = 0; i < SSI_LEVELS; i++) {
        assert_non_null(limits.level[i].name);
        assert_true(limits.level[i].read > 0.1);
        assert_true(i == 0 || i == SSI_LEVELS - 1 || limits.level[i].bytes >= limits.level[i - 1].bytes);
    }
    ssi_set_threads(0);
}

static void the_nearer_limit_counts(void **state)
{
    const ssi_limits limits = {.f32 = 100,
                               .level = {{"L1", 1000, 400}, {"L2", 10000, 200}, {"L3", 100000, 50}, {"memory", 0, 10}}};
    assert_float_equal(ssi_least_seconds(&limits, limits.f32, 1e9, 0), 0.01, 1e-12);
    assert_float_equal(ssi_least_seconds(&limits, limits.f32, 0, 1000), 1000 / 400e9, 1e-15);
    assert_float_equal(ssi_least_seconds(&limits, limits.f32, 10, 1001), 1001 / 200e9, 1e-15);
    assert_float_equal(ssi_least_seconds(&limits, limits.f32, 0, 1e6), 1e6 / 10e9, 1e-12);
    assert_float_equal(ssi_least_seconds(&limits, 0, 1e9, 1e6), 1e6 / 10e9, 1e-12); /* arithmetic's is not known */
}

static void without_memory_nothing_is_measured(void **state)
{
    ssi_limits limits;
    ssi_error error;
    ssi_set_memory_limit((size_t)16 << 20);
    assert_int_equal(ssi_measure_limits(&limits), SSI_NO_MEMORY);
    ssi_set_memory_limit(0);
    assert_true(ssi_error_take(&error));
    assert_int_equal(error.code, SSI_NO_MEMORY);
    assert_true(limits.f32 == 0 && limits.level[0].read == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_measured),
        cmocka_unit_test(the_nearer_limit_counts),
        cmocka_unit_test(without_memory_nothing_is_measured),
    };
    return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
