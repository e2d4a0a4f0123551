/*
 * memory.c - every byte that ssi holds comes through here: the host's allocator, the limit, the count, the test's failures.
 *
 * A block is [header | what the caller asked for]; the header, 64 bytes so that alignment is kept, remembers the size.
 */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "base/base.h"

enum { ALIGNMENT = 64 };
static const size_t LARGE_PAGE = (size_t)2 << 20;

typedef union header {
    size_t bytes; /* of the whole block */
    char room[ALIGNMENT];
} header;

static ssi_allocator allocator;
static atomic_size_t used, peak, limit;
static _Atomic uint64_t fail_in; /* the test hook's countdown; 0: off */

/* ---- where memory comes from ---- */

/* A block of some large pages begins with one, and the system is asked for them: its first touch costs a fault for 2 MiB instead of 4 KiB, and a walk through
 * it hardly misses the processor's table of pages, which two arrays of 8 MB fill otherwise. Where the system does not give them, nothing is lost. */
static void *allocate_large(size_t bytes)
{
#if defined(MADV_HUGEPAGE)
    void *block;
    if (posix_memalign(&block, LARGE_PAGE, bytes) == 0) {
        madvise(block, bytes / LARGE_PAGE * LARGE_PAGE, MADV_HUGEPAGE); /* what is behind them gets small ones */
        return block;
    }
#endif
    /* Also where addresses are few (ulimit -v): beginning with a large page takes up to 2 MiB more of them. */
    return aligned_alloc(ALIGNMENT, bytes);
}

static void *allocate(size_t bytes)
{
    if (allocator.allocate)
        return allocator.allocate(bytes, ALIGNMENT, allocator.context);
    return bytes >= 2 * LARGE_PAGE ? allocate_large(bytes) : aligned_alloc(ALIGNMENT, bytes);
}

static void release(void *block, size_t bytes)
{
    if (allocator.release)
        allocator.release(block, bytes, allocator.context);
    else
        free(block);
}

int ssi_set_allocator(const ssi_allocator *hooks)
{
    if (atomic_load(&used) != 0)
        return ssi_fail(SSI_INVALID, "set_allocator",
                        "%zu bytes are held already\ncall it first, or after ssi_shutdown", atomic_load(&used));
    if (hooks && (!hooks->allocate || !hooks->release))
        return ssi_fail(SSI_INVALID, "set_allocator", "allocate and release must both be given");
    allocator = hooks ? *hooks : (ssi_allocator){0};
    return SSI_OK;
}

/* ---- counting ---- */

void ssi_set_memory_limit(size_t bytes)
{
    atomic_store(&limit, bytes);
}

size_t ssi_memory_used(size_t *out_peak)
{
    if (out_peak)
        *out_peak = atomic_load(&peak);
    return atomic_load(&used);
}

static bool reserve(size_t bytes)
{
    size_t most = atomic_load_explicit(&limit, memory_order_relaxed);
    size_t now = atomic_fetch_add_explicit(&used, bytes, memory_order_relaxed) + bytes;
    if (most && now > most) {
        atomic_fetch_sub_explicit(&used, bytes, memory_order_relaxed);
        return false;
    }
    size_t seen = atomic_load_explicit(&peak, memory_order_relaxed);
    while (now > seen &&
           !atomic_compare_exchange_weak_explicit(&peak, &seen, now, memory_order_relaxed, memory_order_relaxed))
        ;
    return true;
}

static void unreserve(size_t bytes)
{
    atomic_fetch_sub_explicit(&used, bytes, memory_order_relaxed);
}

void ssi_test_fail_allocation(uint64_t k)
{
    atomic_store(&fail_in, k);
}

/* Whether the test wants this allocation to fail. */
static bool must_fail(void)
{
    uint64_t left = atomic_load_explicit(&fail_in, memory_order_relaxed);
    while (left && !atomic_compare_exchange_weak(&fail_in, &left, left - 1))
        ;
    return left == 1;
}

/* ---- blocks ---- */

static header *try_block(size_t bytes)
{
    if (!reserve(bytes))
        return NULL;
    header *block = allocate(bytes);
    if (!block)
        unreserve(bytes);
    return block;
}

static int no_memory(size_t bytes)
{
    size_t most = atomic_load(&limit);
    if (most)
        return ssi_fail(SSI_NO_MEMORY, "memory", "no room for %zu bytes: %zu are held, the limit is %zu", bytes,
                        atomic_load(&used), most);
    return ssi_fail(SSI_NO_MEMORY, "memory", "the system has no room for %zu bytes; %zu are held", bytes,
                    atomic_load(&used));
}

void *ssi_try_alloc(size_t bytes)
{
    size_t whole;
    if (must_fail() || !ssi_size_add(bytes, sizeof(header), &whole) || !ssi_size_align(whole, ALIGNMENT, &whole))
        return NULL;
    header *block = try_block(whole);
    if (!block) { /* buffers that are only kept for reuse go first */
        ssi_buffer_trim();
        block = try_block(whole);
    }
    if (!block)
        return NULL;
    block->bytes = whole;
    return block + 1;
}

void *ssi_alloc(size_t bytes)
{
    void *memory = ssi_try_alloc(bytes);
    if (!memory)
        no_memory(bytes);
    return memory;
}

void *ssi_calloc(size_t count, size_t size)
{
    size_t bytes;
    if (!ssi_size_mul(count, size, &bytes))
        return SSI_FAIL_NULL(SSI_NO_MEMORY, "memory", "%zu times %zu bytes is more than memory can be", count, size);
    void *memory = ssi_alloc(bytes);
    return memory ? memset(memory, 0, bytes) : NULL;
}

void ssi_free(void *memory)
{
    if (!memory)
        return;
    header *block = (header *)memory - 1;
    size_t bytes = block->bytes;
    release(block, bytes);
    unreserve(bytes);
}

void *ssi_grow(void *array, size_t *capacity, size_t need, size_t size)
{
    if (array && need <= *capacity)
        return array;
    size_t room = *capacity < 8 ? 8 : *capacity;
    while (room < need && room <= SIZE_MAX / 2)
        room *= 2;
    size_t bytes;
    if (room < need || !ssi_size_mul(room, size, &bytes))
        return SSI_FAIL_NULL(SSI_NO_MEMORY, "memory", "%zu times %zu bytes is more than memory can be", need, size);
    void *grown = ssi_alloc(bytes);
    if (!grown)
        return NULL;
    if (array)
        memcpy(grown, array, *capacity * size);
    ssi_free(array);
    *capacity = room;
    return grown;
}

char *ssi_strdup(const char *text)
{
    size_t bytes = strlen(text) + 1;
    char *copy = ssi_alloc(bytes);
    return copy ? memcpy(copy, text, bytes) : NULL;
}
