/*
 * test_denormal.c - training flushes numbers too small to be normal, on all threads, and array arithmetic never does, whatever the host's state is; which stays.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/base.h"
#include "ssi/math.h"
#include "ssi/nn.h"

enum { COUNT = 200000 };

#if defined(__x86_64__) || defined(__aarch64__)
enum { CAN = 1 };
#else
enum { CAN = 0 };
#endif

/* How many of COUNT products, which are all 2^-140, are 0. */
static int flushed(void)
{
    static uint32_t out[COUNT]; /* bits: for a host that flushes, 2^-140 == 0 */
    int zeros = 0;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_full(SSI_F32, 0x1p-100, COUNT);
    assert_int_equal(ssi_read(ssi_mul(ssi_add(x, 0), 0x1p-40), SSI_F32, out, COUNT), SSI_OK);
    ssi_scope_close(scope);
    for (int i = 0; i < COUNT; i++) {
        assert_true(out[i] == 0 || out[i] == 1u << 9);
        zeros += out[i] == 0;
    }
    return zeros;
}

static void arrays_keep_what_is_too_small_to_be_normal_unless_told(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads++) {
        ssi_set_threads(threads);
        assert_int_equal(flushed(), 0);
        ssi_set_flush_denormals(1);
        assert_int_equal(flushed(), CAN * COUNT);
        ssi_set_flush_denormals(0);
        assert_int_equal(flushed(), 0);
    }
    ssi_set_threads(0);
}

static void the_hosts_state_neither_counts_nor_changes(void **state)
{
    (void)state;
    uint32_t host = ssi_float_control();
    ssi_set_flush_denormals(1);
    ssi_set_float_control(ssi_wanted_control(host)); /* a host that flushes in all it does */
    uint32_t flushing = ssi_float_control();
    ssi_set_flush_denormals(0);
    assert_int_equal(flushed(), 0);
    assert_int_equal(ssi_float_control() & 0xffc0u, flushing & 0xffc0u);
    ssi_set_float_control(host);
    ssi_set_flush_denormals(1);
    flushed();
    ssi_set_flush_denormals(0);
    assert_int_equal(ssi_float_control() & 0xffc0u, host & 0xffc0u);
}

/* A weight of 2^-140 whose gradient is 0: what is left of it after an epoch. */
static float after_fit(void)
{
    float x[8] = {0}, y[8] = {0}, w;
    ssi_scope scope = ssi_scope_open();
    ssi_model *model = ssi_model_from_spec("1-1");
    ssi_dataset *data = ssi_dataset_new(ssi_array(x, 8, 1), ssi_array(y, 8, 1), 0);
    assert_int_equal(ssi_build(model, 0, NULL, SSI_F32, 0), SSI_OK);
    ssi_tensor *weight = ssi_parameter(model, "0.weight");
    ssi_assign(weight, ssi_full(SSI_F32, 0x1p-140, 1, 1));
    assert_int_equal(ssi_fit(model, data, .epochs = 1, .batch = 4, .optimizer = ssi_sgd(.lr = 1e-3)), SSI_OK);
    assert_int_equal(ssi_read(weight, SSI_F32, &w, 1), SSI_OK);
    ssi_model_free(model);
    ssi_dataset_free(data);
    ssi_scope_close(scope);
    return w;
}

static void training_flushes_and_leaves_the_thread_as_it_was(void **state)
{
    (void)state;
    assert_float_equal(after_fit(), CAN ? 0 : 0x1p-140f, 0);
    assert_int_equal(ssi_report(), 0);
    assert_int_equal(ssi_set_flush_denormals(0), 0);
    assert_int_equal(flushed(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_keep_what_is_too_small_to_be_normal_unless_told),
        cmocka_unit_test(the_hosts_state_neither_counts_nor_changes),
        cmocka_unit_test(training_flushes_and_leaves_the_thread_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
