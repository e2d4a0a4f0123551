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

INLINE void pair_up(uint32_t *pair, int pairs, __m512 first, __m512 second, const uint16_t *order)
{
    __m512bh both = _mm512_cvtne2ps_pbh(second, first);
    __m512i ordered = _mm512_permutexvar_epi16(_mm512_loadu_si512(order), (__m512i)both);
    _mm512_mask_storeu_epi32(pair, (__mmask16)(0xffff >> (16 - pairs)), ordered);
}

/* Two steps of a panel of A. */
INLINE __m512 two_steps(const float *row, int64_t along)
{
    return _mm512_insertf32x8(_mm512_castps256_ps512(_mm256_loadu_ps(row)), _mm256_loadu_ps(row + along), 1);
}

/* Steps two by two (panels of A: four by four) from rows of lanes `along` apart. */
INLINE void pair_rows(uint32_t *pair, const float *row, int64_t along, int64_t steps, int width)
{
    if (width == ROWS)
        for (int64_t q = 0; q < steps; q += 4, row += 4 * along, pair += 2 * ROWS)
            pair_up(pair, steps - q > 2 ? 16 : 8, two_steps(row, along), two_steps(row + 2 * along, along), pairs_of_a);
    else
        for (int64_t q = 0; q < steps; q += 2, row += 2 * along, pair += 32) {
            const float *next = row + along;
            pair_up(pair, 16, _mm512_loadu_ps(row), _mm512_loadu_ps(next), pairs_of_b);
            pair_up(pair + 16, 16, _mm512_loadu_ps(row + 16), _mm512_loadu_ps(next + 16), pairs_of_b);
        }
}

/* Eight lanes whose steps are neighbours, sixteen steps of them: rounded lane by lane, whereby pairs are there already, and transposed. */
INLINE void pair_square(uint32_t *pair, int width, const float *lane, int64_t across)
{
    uint32_t rows[SIDE][SIDE];
    for (int i = 0; i < SIDE; i++) {
        __m256i pairs = (__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(lane + i * across));
        _mm256_storeu_si256((__m256i *)rows[i], _mm256_rol_epi32(pairs, 16));
    }
    transpose_f32((float *)pair, width, (const float *)rows, SIDE);
}

/* The steps of one whole panel that need nothing beside them; how many. */
INLINE int64_t pack_whole(uint32_t *pair, const float *src, int64_t across, int64_t along, int64_t k, int width)
{
    int64_t steps = along == 1 ? k / 16 * 16 : across == 1 ? k / 4 * 4 : 0;
    if (along == 1)
        for (int64_t q = 0; q < steps; q += 16)
            for (int i = 0; i < width; i += SIDE)
                pair_square(pair + q / 2 * width + i, width, src + i * across + q, across);
    else if (across == 1)
        pair_rows(pair, src, along, steps, width);
    return steps;
}

/* The other ones, by way of a strip behind whose last step stand zeros. */
NOINLINE void pack_strips(uint32_t *pair, const float *src, int64_t across, int64_t along, int64_t lanes, int64_t k,
                          int width)
{
    float strip[STRIP * VECTORS * LANES_f32];
    for (int64_t q = 0; q < k; q += STRIP) {
        int64_t steps = k - q < STRIP ? k - q : STRIP;
        pack_f32(strip, src + q * along, across, along, lanes, steps, width);
        memset(strip + steps * width, 0, (size_t)(-steps & 3) * (size_t)width * sizeof *strip);
        if (width == ROWS)
            pair_rows(pair, strip, ROWS, steps, ROWS);
        else
            pair_rows(pair, strip, VECTORS * LANES_f32, steps, VECTORS * LANES_f32);
        pair += (steps + 1) / 2 * width;
    }
}

static void pack_pairs(void *dst, const void *src, int64_t across, int64_t along, int64_t count, int64_t k, int width)
{
    uint32_t *pair = dst;
    for (int64_t lane = 0; lane < count; lane += width, pair += (k + 1) / 2 * width) {
        const float *from = (const float *)src + lane * across;
        int64_t lanes = count - lane < width ? count - lane : width, whole = 0;
        if (lanes == width)
            whole = width == ROWS ? pack_whole(pair, from, across, along, k, ROWS)
                                  : pack_whole(pair, from, across, along, k, VECTORS * LANES_f32);
        pack_strips(pair + whole / 2 * width, from + whole * along, across, along, lanes, k - whole, width);
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
