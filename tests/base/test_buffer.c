/* test_buffer.c - reference counts, borrowing, and the cache that keeps loops off fresh memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/base.h"

static int give_back(void **state)
{
    (void)state;
    ssi_shutdown();
    return ssi_memory_used(NULL) == 0 ? 0 : -1; /* every test ends with nothing held */
}

static void a_buffer_holds_what_was_asked_and_a_readable_tail(void **state)
{
    (void)state;
    for (size_t bytes = 0; bytes < 3000000; bytes = bytes * 5 / 4 + 1) {
        ssi_buffer *buffer = ssi_buffer_new(bytes);
        assert_non_null(buffer);
        assert_int_equal((uintptr_t)buffer->data % 64, 0);
        assert_int_equal(buffer->bytes, bytes);
        assert_true(buffer->capacity >= bytes);
        assert_true(buffer->capacity <= 256 || buffer->capacity <= bytes + bytes / 8 + 1);
        assert_int_equal(ssi_buffer_references(buffer), 1);
        memset(buffer->data, 1, bytes + 64);
        ssi_buffer_release(buffer);
    }
}

static void sizes_beyond_memory_are_refused(void **state)
{
    (void)state;
    for (size_t bytes = PTRDIFF_MAX - 300; bytes; bytes = bytes > PTRDIFF_MAX ? 0 : bytes + 75) {
        assert_null(ssi_buffer_new(bytes));
        assert_int_equal(ssi_error_take(NULL), 1);
    }
    assert_null(ssi_buffer_new(SIZE_MAX));
    assert_int_equal(ssi_error_take(NULL), 1);
}

static void a_loop_is_given_its_memory_back(void **state)
{
    (void)state;
    ssi_buffer *a = ssi_buffer_new(100000);
    void *data = a->data;
    uint32_t version = a->version;
    ssi_buffer_release(a);
    ssi_test_fail_allocation(1); /* nothing may be allocated */
    for (int i = 0; i < 10; i++) {
        a = ssi_buffer_new(100000 - (size_t)i);
        assert_ptr_equal(a->data, data);
        assert_int_not_equal(a->version, version);
        ssi_buffer_release(a);
    }
    ssi_test_fail_allocation(0);
}

/* Forty buffers of 0 to 20 kB, many more than a thread holds in its hand: in whatever order they are released, no new memory is taken for them, and none is lost. */
static void small_buffers_of_many_sizes_come_back(void **state)
{
    (void)state;
    enum { MANY = 40 };
    ssi_buffer *held[MANY];
    size_t used = 0;
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < MANY; i++) {
            held[i] = ssi_buffer_new((size_t)(i * 7 % MANY) * 500);
            assert_non_null(held[i]);
            memset(held[i]->data, i, held[i]->bytes);
        }
        used = round ? used : ssi_memory_used(NULL);
        assert_int_equal(ssi_memory_used(NULL), used);
        for (int i = 0; i < MANY; i++) /* none lies in another */
            assert_true(!held[i]->bytes || ((const uint8_t *)held[i]->data)[held[i]->bytes - 1] == i);
        for (int i = 0; i < MANY; i++)
            ssi_buffer_release(held[round & 1 ? i : MANY - 1 - i]);
    }
}

static void the_cache_is_bounded(void **state)
{
    (void)state;
    for (size_t i = 0; i < 100; i++) /* no two fit the same class */
        ssi_buffer_release(ssi_buffer_new((size_t)1 << 20 << i / 8 % 5 | i % 8 << (17 + i / 8 % 5)));
    assert_true(ssi_memory_used(NULL) < (size_t)130 << 20);
}

static void trimming_gives_cached_buffers_back(void **state)
{
    (void)state;
    ssi_buffer *held = ssi_buffer_new(1000);
    ssi_buffer_release(ssi_buffer_new(1 << 20));
    ssi_buffer_trim();
    assert_true(ssi_memory_used(NULL) < 3000);
    ssi_buffer_release(held);
}

static int released;

static void on_release(void *data, void *context)
{
    assert_string_equal(data, "mine");
    *(int *)context += 1;
}

static void borrowed_memory_is_released_once_by_its_last_holder(void **state)
{
    (void)state;
    char mine[] = "mine";
    ssi_buffer *buffer = ssi_buffer_borrow(mine, sizeof mine, on_release, &released);
    assert_ptr_equal(ssi_buffer_retain(buffer), buffer);
    assert_int_equal(ssi_buffer_references(buffer), 2);
    ssi_buffer_release(buffer);
    assert_int_equal(released, 0);
    ssi_buffer_release(buffer);
    assert_int_equal(released, 1);
    buffer = ssi_buffer_borrow(mine, sizeof mine, NULL, NULL);
    ssi_buffer_release(buffer);
    ssi_buffer_release(NULL);
}

static ssi_buffer *shared;

static void retain_and_release(void *context, int index, int worker)
{
    (void)context, (void)worker;
    for (int i = 0; i < 1000; i++) {
        ssi_buffer_release(ssi_buffer_retain(shared));
        ssi_buffer *own = ssi_buffer_new((size_t)(index * 1000 + i));
        memset(own->data, index, own->bytes);
        ssi_buffer_release(own);
    }
}

static void buffers_cross_threads(void **state)
{
    (void)state;
    ssi_set_threads(8);
    shared = ssi_buffer_new(10);
    ssi_parallel(16, retain_and_release, NULL);
    assert_int_equal(ssi_buffer_references(shared), 1);
    ssi_buffer_release(shared);
    ssi_set_threads(0);
}

static void a_buffer_that_cannot_be_had_leaves_nothing_behind(void **state)
{
    (void)state;
    ssi_test_fail_allocation(1);
    assert_null(ssi_buffer_new(100));
    ssi_test_fail_allocation(1);
    assert_null(ssi_buffer_borrow("x", 1, NULL, NULL));
    assert_int_equal(ssi_error_take(NULL), 1);
    assert_int_equal(ssi_memory_used(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_buffer_holds_what_was_asked_and_a_readable_tail, give_back),
        cmocka_unit_test_teardown(sizes_beyond_memory_are_refused, give_back),
        cmocka_unit_test_teardown(a_loop_is_given_its_memory_back, give_back),
        cmocka_unit_test_teardown(small_buffers_of_many_sizes_come_back, give_back),
        cmocka_unit_test_teardown(the_cache_is_bounded, give_back),
        cmocka_unit_test_teardown(trimming_gives_cached_buffers_back, give_back),
        cmocka_unit_test_teardown(borrowed_memory_is_released_once_by_its_last_holder, give_back),
        cmocka_unit_test_teardown(buffers_cross_threads, give_back),
        cmocka_unit_test_teardown(a_buffer_that_cannot_be_had_leaves_nothing_behind, give_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
