/*
 * limits.isa.c - what a core could do if it never waited: multiply-adds that stay in registers, and reading that nothing follows.
 */
#include "cpu/isa.h"
#include "run/backend.h"

/* Fourteen chains of multiply-adds, so that none waits for the one before it (4 to 7 cycles, in each of which two begin). Written as instructions, for a
 * compiler would leave out what changes nothing. A step of one chain: */
#if defined(__AVX512F__)
enum { BYTES = 64 };
#define STEP_F32(i)   "vfmadd231ps %14, %14, %" #i "\n"
#define STEP_PAIRS(i) "vdpbf16ps %14, %14, %" #i "\n"
#define ANY           "x"
#elif defined(__AVX2__)
enum { BYTES = 32 };
#define STEP_F32(i) "vfmadd231ps %14, %14, %" #i "\n"
#define ANY         "x"
#elif defined(__x86_64__)
enum { BYTES = 16 };
#define STEP_F32(i) "mulps %14, %" #i "\n addps %14, %" #i "\n"
#define ANY         "x"
#elif defined(__aarch64__)
enum { BYTES = 16 };
#define STEP_F32(i) "fmla %" #i ".4s, %14.4s, %14.4s\n"
#define ANY         "w"
#else
enum { BYTES = 16 };
#endif

enum { CHAIN_COUNT = 14 };
typedef float lanes __attribute__((vector_size(BYTES)));

#define CHAINS(step)                                                                                                   \
    lanes c0 = {0}, c1 = {0}, c2 = {0}, c3 = {0}, c4 = {0}, c5 = {0}, x = {0};                                         \
    lanes c6 = {0}, c7 = {0}, c8 = {0}, c9 = {0}, c10 = {0}, c11 = {0}, c12 = {0}, c13 = {0};                          \
    for (int64_t i = 0; i < rounds; i++)                                                                               \
    __asm__ volatile(step(0) step(1) step(2) step(3) step(4) step(5) step(6) step(7) step(8) step(9) step(10) step(11) \
                         step(12) step(13)                                                                             \
                     : "+" ANY(c0), "+" ANY(c1), "+" ANY(c2), "+" ANY(c3), "+" ANY(c4), "+" ANY(c5), "+" ANY(c6),      \
                       "+" ANY(c7), "+" ANY(c8), "+" ANY(c9), "+" ANY(c10), "+" ANY(c11), "+" ANY(c12), "+" ANY(c13)   \
                     : ANY(x))

#ifdef STEP_F32
static double multiply_add_f32(int64_t rounds)
{
    CHAINS(STEP_F32);
    return 2.0 * CHAIN_COUNT * (BYTES / sizeof(float)) * (double)rounds;
}
#else
#define multiply_add_f32 NULL
#endif

#ifdef STEP_PAIRS
static double multiply_add_pairs(int64_t rounds)
{
    CHAINS(STEP_PAIRS);
    return 2.0 * CHAIN_COUNT * (BYTES / sizeof(uint16_t)) * (double)rounds;
}
#else
#define multiply_add_pairs multiply_add_f32
#endif

typedef uint64_t words __attribute__((vector_size(BYTES), aligned(8), may_alias));

/* Eight vectors at a time, none of which waits for another. */
static uint64_t read_all(const void *from, size_t bytes)
{
    words a = {0}, b = {0}, c = {0}, d = {0}, e = {0}, f = {0}, g = {0}, h = {0};
    const words *x = from, *end = x + bytes / BYTES / 8 * 8;
    for (; x < end; x += 8) {
        a |= x[0], b |= x[1], c |= x[2], d |= x[3];
        e |= x[4], f |= x[5], g |= x[6], h |= x[7];
    }
    a |= b | c | d | e | f | g | h;
    uint64_t all = 0;
    for (size_t l = 0; l < BYTES / sizeof all; l++)
        all |= a[l];
    return all;
}

extern const ssi_limit_routines SSI_ISA_NAME(ssi_limits);
const ssi_limit_routines SSI_ISA_NAME(ssi_limits) = {multiply_add_f32, multiply_add_pairs, read_all};
