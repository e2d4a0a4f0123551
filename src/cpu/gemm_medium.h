/*
 * gemm_medium.h - products of f32 whose operands are rounded to bf16 while they are packed (gemm.isa.c includes this after f32's own).
 *
 * Products of two bf16 are exact in f32, so there is one result to give, in two ways:
 *
 *     rounded    f32 panels of rounded numbers, and f32's own multiply: everywhere
 *     pairs      an element of a panel is two steps, the first in its upper half, and one instruction does both: twice the multiply-adds
 *
 * vdpbf16ps adds the products of the upper halves before those of the lower ones, rounding after each: the chain of gemm.isa.c, in order. It takes numbers
 * below f32's normal range as zeros; so does packing, in both ways. Sums that small are zeros in the second way only.
 */

/* The bits of x, rounded to bf16, in the upper half. */
INLINE uint32_t upper_half(float x)
{
    uint32_t u = (uint32_t)bf16_of_f32(x) << 16;
    return u & 0x7f800000u ? u : u & 0x80000000u;
}

static void pack_rounded(void *dst, const void *src, int64_t across, int64_t along, int64_t count, int64_t k, int width)
{
    float *x = dst;
    pack_f32(x, src, across, along, count, k, width);
    SIMD for (int64_t i = 0; i < (count + width - 1) / width * width * k; i++) x[i] = float_of(upper_half(x[i]));
}

static const ssi_gemm_routines gemm_rounded = {.mr = ROWS,
                                               .nr = VECTORS * LANES_f32,
                                               .together = 1,
                                               .rounds = true,
                                               .pack = pack_rounded,
                                               .multiply = multiply_f32};

#if defined(__AVX512F__)

enum { STRIP = 64 }; /* steps that wait in the first-level cache until they are rounded */

INLINE void pair_steps(uint32_t *pair, const float *first, const float *second, int width)
{
    SIMD for (int i = 0; i < width; i++) pair[i] = upper_half(first[i]) | upper_half(second[i]) >> 16;
}

static void pack_pairs(void *dst, const void *src, int64_t across, int64_t along, int64_t count, int64_t k, int width)
{
    float strip[STRIP * VECTORS * LANES_f32];
    uint32_t *pair = dst;
    for (int64_t lane = 0; lane < count; lane += width)
        for (int64_t q = 0; q < k; q += STRIP) {
            int64_t steps = k - q < STRIP ? k - q : STRIP, lanes = count - lane < width ? count - lane : width;
            pack_f32(strip, (const float *)src + lane * across + q * along, across, along, lanes, steps, width);
            if (steps % 2)
                memset(strip + steps * width, 0, (size_t)width * sizeof *strip);
            for (int64_t s = 0; s < steps; s += 2, pair += width)
                pair_steps(pair, strip + s * width, strip + (s + 1) * width, width);
        }
}

/* From here on what processors with AVX512-BF16 alone are told to do. */
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512bf16"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512bf16")
#endif

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
