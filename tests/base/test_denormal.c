/* test_denormal.c - numbers too small to be normal: kept unless flushing is asked for, on every thread that takes part; the host's state comes back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/base.h"

enum { TASKS = 64 };

#if defined(__x86_64__) || defined(__aarch64__)
enum { CAN = 1 };
#else
enum { CAN = 0 };
#endif

/* 2^-140, by an operation of the processor. */
static float tiny(void)
{
    volatile float x = 0x1p-100f, y = 0x1p-40f;
    return x * y;
}

static void note(void *context, int index, int worker)
{
    (void)worker;
    ((float *)context)[index] = tiny();
}

static void workers_do_as_their_caller(void **state)
{
    (void)state;
    ssi_set_threads(4);
    for (int round = 0; round < 40; round++) {
        int on = round % 2;
        float seen[TASKS];
        ssi_set_flush_denormals(on);
        uint32_t host = ssi_float_control();
        ssi_set_float_control(ssi_wanted_control(host));
        ssi_parallel(round % 4 < 2 ? TASKS : 4, note, seen);
        ssi_set_float_control(host);
        for (int i = 0; i < (round % 4 < 2 ? TASKS : 4); i++)
            assert_float_equal(seen[i], on && CAN ? 0 : 0x1p-140f, 0);
        assert_float_equal(tiny(), 0x1p-140f, 0);
    }
    ssi_set_flush_denormals(0);
    ssi_set_threads(0);
}

static void the_switch_says_what_it_was(void **state)
{
    (void)state;
    assert_int_equal(ssi_set_flush_denormals(1), 0);
    assert_int_equal(ssi_set_flush_denormals(5), 1);
    assert_int_equal(ssi_set_flush_denormals(0), 1);
    assert_int_equal(ssi_set_flush_denormals(0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workers_do_as_their_caller),
        cmocka_unit_test(the_switch_says_what_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
