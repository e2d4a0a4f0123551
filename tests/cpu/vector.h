/*
 * vector.h - what the tests of vector routines share: memory whose neighbours cannot be touched, and awkward values.
 */
#ifndef SSI_TESTS_CPU_VECTOR_H
#define SSI_TESTS_CPU_VECTOR_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if !defined(__wasm__)
#include <sys/mman.h>
#endif

#include <cmocka.h>

#include "run/backend.h"

enum { PAGE = 65536 }; /* no smaller than any machine's */

/* PAGE bytes between two pages that nobody may touch. WebAssembly protects no pages: there, who writes to them is found out in the end. */
#if !defined(__wasm__)
static inline char *guarded(void)
{
    char *memory = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(memory != MAP_FAILED);
    assert_int_equal(mprotect(memory, PAGE, PROT_NONE), 0);
    assert_int_equal(mprotect(memory + 2 * PAGE, PAGE, PROT_NONE), 0);
    return memory + PAGE;
}

static inline void unguarded(char *memory)
{
    munmap(memory - PAGE, 3 * PAGE);
}
#else
static inline char *guarded(void)
{
    char *memory = malloc(3 * PAGE);
    assert_non_null(memory);
    memset(memory, 0x77, 3 * PAGE);
    return memory + PAGE;
}

static inline void unguarded(char *memory)
{
    for (int i = 0; i < PAGE; i++)
        assert_true(memory[i - PAGE] == 0x77 && memory[i + PAGE] == 0x77);
    free(memory - PAGE);
}
#endif

/* n elements at the beginning of guarded memory, or at its end. */
static inline void *placed(char *memory, bool at_end, size_t n, size_t size)
{
    return at_end ? memory + PAGE - n * size : memory;
}

static inline uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed ^ *seed >> 15;
}

/* Special values at first, then ordinary ones, then any bits. */
static inline void fill(void *data, ssi_dtype dtype, size_t n, uint32_t seed)
{
    static const double special[] = {
        0.0,    -0.0,    1,   -1,   NAN,   INFINITY, -INFINITY,      0x1p-149, -0x1p-1074, 0x1p31, -0x1p31,
        0x1p63, -0x1p63, 255, -128, 65504, 65520,    0x1.fffffep127, 2,        0.5,        3,      127.5};
    for (size_t i = 0; i < n; i++) {
        uint32_t r = next(&seed);
        int64_t wide = (int64_t)((uint64_t)next(&seed) << 32 | next(&seed));
        if (ssi_is_float(dtype) && r % 4 == 0)
            ssi_put_f64(data, dtype, (int64_t)i, special[(r >> 8) % (sizeof special / sizeof *special)]);
        else if (ssi_is_float(dtype))
            ssi_put_f64(data, dtype, (int64_t)i, (double)(int32_t)next(&seed) * 0x1p-31 * (r % 4 == 1 ? 100 : 2));
        else if (dtype == SSI_BOOL)
            ssi_put_i64(data, dtype, (int64_t)i, r >> 16 & 1);
        else
            ssi_put_i64(data, dtype, (int64_t)i,
                        r % 4 == 0   ? (int64_t)(r >> 8) % 9 - 4
                        : r % 4 == 1 ? INT64_MIN
                                     : wide);
    }
}

/* Equal bits, or both NaN: which of two NaN operands goes on is the processor's affair. */
static inline bool same(const void *x, const void *y, ssi_dtype dtype, size_t i)
{
    size_t size = ssi_dtype_size(dtype);
    if (memcmp((const char *)x + i * size, (const char *)y + i * size, size) == 0)
        return true;
    return ssi_is_float(dtype) && isnan(ssi_get_f64(x, dtype, (int64_t)i)) && isnan(ssi_get_f64(y, dtype, (int64_t)i));
}

static inline void assert_same(const void *x, const void *y, ssi_dtype dtype, size_t n, const char *what)
{
    for (size_t i = 0; i < n; i++)
        if (!same(x, y, dtype, i))
            fail_msg("%s: element %zu of %zu is %a, not %a", what, i, n, ssi_get_f64(x, dtype, (int64_t)i),
                     ssi_get_f64(y, dtype, (int64_t)i));
}

#endif
