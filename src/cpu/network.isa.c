/*
 * network.isa.c - few words sorted by a network of comparisons (Batcher 1968, the bitonic sorter), where vectors hold 64 bytes of them.
 *
 * The words stand in rows of 16 lanes, of 64 bits in rows of 8. The k-th of the order ends up in row k % rows of column k / rows, so that most
 * comparisons are between whole rows; only where columns are merged do lanes meet other lanes. What is compared does not depend on the words: nothing is ever predicted wrong.
 */
#include "cpu/call.h"
#include "cpu/isa.h"
#include "run/backend.h"

#ifdef __AVX512F__

#include <string.h>

enum { BLOCK = 16 }; /* rows that are sorted in registers */

/* clang-format off */
#define T uint32_t
#define NAME(name) SSI_PASTE(name, u32)
#define V vector_u32
#define LANES 16
#define CROSS(x, m) \
    __builtin_shufflevector(x, x, m, 1 ^ m, 2 ^ m, 3 ^ m, 4 ^ m, 5 ^ m, 6 ^ m, 7 ^ m, \
                            8 ^ m, 9 ^ m, 10 ^ m, 11 ^ m, 12 ^ m, 13 ^ m, 14 ^ m, 15 ^ m)
#include "cpu/network.h"
#undef T
#undef NAME
#undef V
#undef LANES
#undef CROSS

#define T uint64_t
#define NAME(name) SSI_PASTE(name, u64)
#define V vector_u64
#define LANES 8
#define CROSS(x, m) __builtin_shufflevector(x, x, m, 1 ^ m, 2 ^ m, 3 ^ m, 4 ^ m, 5 ^ m, 6 ^ m, 7 ^ m)
#include "cpu/network.h"
/* clang-format on */

#endif
