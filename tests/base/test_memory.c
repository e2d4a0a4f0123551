/* test_memory.c - the allocator hook, the limit, the count, and the k-th allocation failing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/base.h"

static void blocks_are_aligned_counted_and_given_back(void **state)
{
    (void)state;
    size_t before = ssi_memory_used(NULL), peak;
    for (size_t bytes = 0; bytes < 5000; bytes = bytes * 2 + 1) {
        char *block = ssi_alloc(bytes);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % 64, 0);
        memset(block, 0xFF, bytes);
        assert_true(ssi_memory_used(&peak) >= before + bytes);
        assert_true(peak >= ssi_memory_used(NULL));
        ssi_free(block);
        assert_int_equal(ssi_memory_used(NULL), before);
    }
    ssi_free(NULL);
}

static void zeroed_memory_is_zero_and_its_product_is_checked(void **state)
{
    (void)state;
    for (int round = 0; round < 3; round++) {
        unsigned char *block = ssi_calloc(100, 7);
        for (int i = 0; i < 700; i++)
            assert_int_equal(block[i], 0);
        memset(block, 0xAA, 700);
        ssi_free(block);
    }
    assert_null(ssi_calloc(SIZE_MAX / 2, 3));
    assert_int_equal(ssi_error_peek()->code, SSI_NO_MEMORY);
    ssi_error_take(NULL);
    assert_null(ssi_alloc(PTRDIFF_MAX));
    assert_null(ssi_alloc(SIZE_MAX));
    ssi_error_take(NULL);
}

static void the_limit_is_kept_and_the_error_names_it(void **state)
{
    (void)state;
    size_t used = ssi_memory_used(NULL);
    ssi_set_memory_limit(used + 10000);
    void *a = ssi_alloc(8000);
    assert_non_null(a);
    assert_null(ssi_alloc(8000));
    ssi_error error;
    assert_true(ssi_error_take(&error));
    assert_int_equal(error.code, SSI_NO_MEMORY);
    assert_non_null(strstr(error.message, "the limit is"));
    assert_int_equal(ssi_memory_used(NULL), used + 8000 + 64);
    ssi_free(a);
    ssi_set_memory_limit(0);
    a = ssi_alloc(8000);
    assert_non_null(a);
    ssi_free(a);
}

static void kept_buffers_make_room_before_the_limit_refuses(void **state)
{
    (void)state;
    ssi_buffer_release(ssi_buffer_new(1 << 20));
    assert_true(ssi_memory_used(NULL) >= 1 << 20);
    ssi_set_memory_limit(ssi_memory_used(NULL) + 1000);
    void *a = ssi_alloc(1 << 20);
    assert_non_null(a);
    ssi_free(a);
    ssi_set_memory_limit(0);
}

static void the_kth_allocation_fails_once(void **state)
{
    (void)state;
    for (uint64_t k = 1; k <= 5; k++) {
        ssi_test_fail_allocation(k);
        for (uint64_t i = 1; i <= 8; i++) {
            void *block = ssi_alloc(10);
            assert_int_equal(block == NULL, i == k);
            ssi_free(block);
        }
        assert_int_equal(ssi_error_take(NULL), 1);
    }
    ssi_test_fail_allocation(1);
    ssi_test_fail_allocation(0);
    void *block = ssi_alloc(10);
    assert_non_null(block);
    ssi_free(block);
}

static void growing_doubles_and_keeps_the_contents(void **state)
{
    (void)state;
    size_t capacity = 0;
    int *array = NULL;
    int moves = 0;
    for (int i = 0; i < 10000; i++) {
        int *grown = ssi_grow(array, &capacity, (size_t)i + 1, sizeof *array);
        assert_non_null(grown);
        moves += grown != array;
        array = grown;
        array[i] = i;
    }
    assert_true(moves <= 12);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(array[i], i);
    size_t before = capacity;
    assert_null(ssi_grow(array, &capacity, SIZE_MAX / 2, sizeof *array));
    ssi_test_fail_allocation(1);
    assert_null(ssi_grow(array, &capacity, capacity + 1, sizeof *array));
    assert_int_equal(capacity, before);
    assert_int_equal(array[9999], 9999);
    ssi_error_take(NULL);
    ssi_free(array);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__linux__)
enum { ADDRESSES_ARE_COUNTED = 0 }; /* sanitizers end the program instead */
#elif defined(__has_feature)
enum { ADDRESSES_ARE_COUNTED = !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer) };
#else
enum { ADDRESSES_ARE_COUNTED = 1 };
#endif

/* Sets the most addresses to those in use and `more`; returns what it was. */
static struct rlimit limit_addresses(size_t more)
{
    struct rlimit before, few;
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld", &pages), 1);
    fclose(file);
    getrlimit(RLIMIT_AS, &before);
    few = before;
    few.rlim_cur = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + more;
    assert_int_equal(setrlimit(RLIMIT_AS, &few), 0);
    return before;
}

/* To begin with a large page takes up to 2 MiB more addresses, which are not worth failing for. */
static void large_blocks_are_found_where_addresses_are_few(void **state)
{
    (void)state;
    if (!ADDRESSES_ARE_COUNTED)
        skip();
    size_t bytes = (size_t)5 << 20;
    struct rlimit before = limit_addresses(bytes + (512 << 10));
    char *block = ssi_alloc(bytes);
    setrlimit(RLIMIT_AS, &before);
    assert_non_null(block);
    memset(block, 1, bytes);
    ssi_free(block);
}

static void texts_are_copied(void **state)
{
    (void)state;
    char *copy = ssi_strdup("weights");
    assert_string_equal(copy, "weights");
    ssi_free(copy);
}

static size_t host_held;

static void *host_allocate(size_t bytes, size_t alignment, void *context)
{
    *(size_t *)context += bytes;
    return aligned_alloc(alignment, bytes);
}

static void host_release(void *memory, size_t bytes, void *context)
{
    *(size_t *)context -= bytes;
    free(memory);
}

static void all_memory_comes_from_the_hosts_allocator_and_goes_back(void **state)
{
    (void)state;
    ssi_shutdown();
    const ssi_allocator host = {host_allocate, host_release, &host_held};
    assert_int_equal(ssi_set_allocator(&host), SSI_OK);
    void *block = ssi_alloc(1000);
    ssi_buffer *buffer = ssi_buffer_new(5000);
    assert_int_equal(host_held, ssi_memory_used(NULL));
    assert_true(host_held > 6000);
    assert_int_equal(ssi_set_allocator(NULL), SSI_INVALID);
    ssi_error_take(NULL);
    ssi_free(block);
    ssi_buffer_release(buffer);
    ssi_shutdown();
    assert_int_equal(host_held, 0);
    assert_int_equal(ssi_set_allocator(&(ssi_allocator){.allocate = host_allocate}), SSI_INVALID);
    ssi_error_take(NULL);
    assert_int_equal(ssi_set_allocator(NULL), SSI_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_aligned_counted_and_given_back),
        cmocka_unit_test(zeroed_memory_is_zero_and_its_product_is_checked),
        cmocka_unit_test(the_limit_is_kept_and_the_error_names_it),
        cmocka_unit_test(kept_buffers_make_room_before_the_limit_refuses),
        cmocka_unit_test(the_kth_allocation_fails_once),
        cmocka_unit_test(growing_doubles_and_keeps_the_contents),
        cmocka_unit_test(large_blocks_are_found_where_addresses_are_few),
        cmocka_unit_test(texts_are_copied),
        cmocka_unit_test(all_memory_comes_from_the_hosts_allocator_and_goes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
