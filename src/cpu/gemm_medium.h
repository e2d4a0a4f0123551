/*
 * gemm_medium.h - products of f32 whose operands are rounded to bf16 while they are packed (gemm.isa.c includes this after f32's own).
 *
 * Products of two bf16 are exact in f32, so there is one result to give, in two ways:
 *
 *     rounded    f32 panels of rounded numbers, and f32's own multiply: everywhere
 *     pairs      an element of a panel is two steps, the first in its upper half, and one instruction does both: twice the multiply-adds
 *
 * vdpbf16ps adds the products of the upper halves before those of the lower ones, rounding after each: the chain of gemm.isa.c, in order. Numbers
 * below f32's normal range become zeros when they are packed, in both ways; sums that small are zeros in the second way only.
 */

/* x, rounded to bf16. */
INLINE float rounded(float x)
{
    float y = f32_of_bf16(bf16_of_f32(x));
    return abs_f32(x) < 0x1p-126f ? signed_f32(0.0f, x) : y;
}

static void pack_rounded(void *dst, const void *src, int64_t across, int64_t along, int64_t count, int64_t k, int width)
{
    float *x = dst;
    pack_f32(x, src, across, along, count, k, width);
    SIMD for (int64_t i = 0; i < (count + width - 1) / width * width * k; i++) x[i] = rounded(x[i]);
}

static const ssi_gemm_routines gemm_rounded = {.mr = ROWS,
                                               .nr = VECTORS * LANES_f32,
                                               .together = 1,
                                               .rounds = true,
                                               .pack = pack_rounded,
                                               .multiply = multiply_f32};

#if defined(__AVX512F__)

/* What follows only processors with AVX512-BF16 are told to do. */
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512bf16"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512bf16")
#endif

enum { STRIP = 64 }; /* steps that wait in the first-level cache until they are rounded */

/* 32 numbers, rounded, become 16 pairs, whose lower halves are the second ones. A panel of B has 16 of one step, and `second` 16 of the next; a panel of A 8 of
 * each of four steps. */
#define PAIR_A(i) 8 + i, i
#define PAIR_B(i) 16 + i, i
/* clang-format off */
static const uint16_t pairs_of_a[32] = {PAIR_A(0), PAIR_A(1), PAIR_A(2), PAIR_A(3), PAIR_A(4), PAIR_A(5), PAIR_A(6), PAIR_A(7),
                                        PAIR_A(16), PAIR_A(17), PAIR_A(18), PAIR_A(19), PAIR_A(20), PAIR_A(21), PAIR_A(22), PAIR_A(23)};
static const uint16_t pairs_of_b[32] = {PAIR_B(0), PAIR_B(1), PAIR_B(2), PAIR_B(3), PAIR_B(4), PAIR_B(5), PAIR_B(6), PAIR_B(7),
                                        PAIR_B(8), PAIR_B(9), PAIR_B(10), PAIR_B(11), PAIR_B(12), PAIR_B(13), PAIR_B(14), PAIR_B(15)};
/* clang-format on */

INLINE void pair_up(uint32_t *pair, int pairs, const float *first, const float *second, const uint16_t *order)
{
    __m512bh both = _mm512_cvtne2ps_pbh(_mm512_loadu_ps(second), _mm512_loadu_ps(first));
    __m512i ordered = _mm512_permutexvar_epi16(_mm512_loadu_si512(order), (__m512i)both);
    _mm512_mask_storeu_epi32(pair, (__mmask16)(0xffff >> (16 - pairs)), ordered);
}

/* Behind the strip's last step stand zeros. */
INLINE void pair_steps(uint32_t *pair, const float *strip, int64_t steps, int width)
{
    if (width == ROWS)
        for (int64_t s = 0; s < steps; s += 4, strip += 32, pair += 16)
            pair_up(pair, steps - s > 2 ? 16 : 8, strip, strip + 16, pairs_of_a);
    else
        for (int64_t s = 0; s < steps; s += 2, strip += 64, pair += 32) {
            pair_up(pair, 16, strip, strip + 32, pairs_of_b);
            pair_up(pair + 16, 16, strip + 16, strip + 48, pairs_of_b);
        }
}

static void pack_pairs(void *dst, const void *src, int64_t across, int64_t along, int64_t count, int64_t k, int width)
{
    float strip[STRIP * VECTORS * LANES_f32];
    uint32_t *pair = dst;
    for (int64_t lane = 0; lane < count; lane += width)
        for (int64_t q = 0; q < k; q += STRIP) {
            int64_t steps = k - q < STRIP ? k - q : STRIP, lanes = count - lane < width ? count - lane : width;
            pack_f32(strip, (const float *)src + lane * across + q * along, across, along, lanes, steps, width);
            memset(strip + steps * width, 0, (size_t)(-steps & 3) * (size_t)width * sizeof *strip);
            pair_steps(pair, strip, steps, width);
            pair += (steps + 1) / 2 * width;
        }
}

typedef vector_f32 vector_pairs;
enum { LANES_pairs = LANES_f32 };
#define fused_pairs(a, b, c) ((vector_f32)_mm512_dpbf16_ps((__m512)(c), (__m512bh)(a), (__m512bh)(b)))
#define splat_pairs(x)       ((vector_f32)_mm512_set1_ps(x))

#define T          float
#define NAME(name) SSI_PASTE(name, pairs)
#include "cpu/gemm_tile.h"
#include "cpu/undefine.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

static const ssi_gemm_routines gemm_pairs = {.mr = ROWS,
                                             .nr = VECTORS * LANES_f32,
                                             .together = 2,
                                             .rounds = true,
                                             .pack = pack_pairs,
                                             .multiply = multiply_pairs};

#endif

const ssi_gemm_routines *SSI_ISA_NAME(ssi_gemm_medium)(void)
{
#if defined(__AVX512F__)
    if (__builtin_cpu_supports("avx512bf16") && __builtin_cpu_is("amd")) /* Intel's have it at half of f32's speed */
        return &gemm_pairs;
#endif
    return &gemm_rounded;
}
