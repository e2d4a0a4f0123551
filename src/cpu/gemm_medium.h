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

static void round_rows(void *dst, int64_t to, const void *src, int64_t apart, int64_t rows, int64_t n, bool across)
{
    float *d = dst;
    const float *s = src;
    (void)across;
    for (int64_t r = 0; r < rows; r++, d += to, s += apart) {
        SIMD for (int64_t i = 0; i < n; i++) d[i] = rounded(s[i]);
    }
}

static void pack_rounded(void *dst, const void *src, int64_t across, int64_t along, int64_t count, int64_t k)
{
    int64_t width = VECTORS * LANES_f32, elements = (count + width - 1) / width * width * k;
    pack_f32(dst, src, across, along, count, k);
    round_rows(dst, 0, dst, 0, 1, elements, false);
}

static const ssi_gemm_routines gemm_rounded = {.mr = ROWS,
                                               .nr = VECTORS * LANES_f32,
                                               .together = 1,
                                               .round = round_rows,
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

enum {
    STRIP = 64,
    PAIRS = LANES_f32,
    WIDTH = VECTORS * PAIRS
}; /* STRIP steps wait in the first-level cache until they are rounded */

/* Of 16 numbers and 16 others, rounded, pairs: the first ones in the upper halves. */
#define PAIR(i) 16 + i, i
static const uint16_t pairs_of_rows[32] = {PAIR(0),  PAIR(1),  PAIR(2),  PAIR(3), PAIR(4),  PAIR(5),
                                           PAIR(6),  PAIR(7),  PAIR(8),  PAIR(9), PAIR(10), PAIR(11),
                                           PAIR(12), PAIR(13), PAIR(14), PAIR(15)};

INLINE __mmask16 first(int64_t n)
{
    return n <= 0 ? 0 : n < PAIRS ? (__mmask16)((1u << n) - 1) : (__mmask16)0xffff;
}

/* An element and the one below it. Without a row below: zeros. */
INLINE void pair_two_rows(uint32_t *pair, const float *row, const float *below, int64_t n)
{
    const __m512i order = _mm512_loadu_si512(pairs_of_rows);
    for (int64_t i = 0; i < n; i += PAIRS) {
        __m512 upper = _mm512_maskz_loadu_ps(first(n - i), row + i),
               lower = below ? _mm512_maskz_loadu_ps(first(n - i), below + i) : _mm512_setzero_ps();
        _mm512_mask_storeu_epi32(pair + i, first(n - i),
                                 _mm512_permutexvar_epi16(order, (__m512i)_mm512_cvtne2ps_pbh(lower, upper)));
    }
}

/* An element and its neighbour, which are side by side already, in the other order. Behind an odd last one: a zero. */
INLINE void pair_neighbours(uint32_t *pair, const float *row, int64_t n)
{
    for (int64_t i = 0; i < n; i += 2 * PAIRS) {
        __m512 left = _mm512_maskz_loadu_ps(first(n - i), row + i),
               right = _mm512_maskz_loadu_ps(first(n - i - PAIRS), row + i + PAIRS);
        _mm512_mask_storeu_epi32(pair + i / 2, first((n - i + 1) / 2),
                                 _mm512_rol_epi32((__m512i)_mm512_cvtne2ps_pbh(right, left), 16));
    }
}

static void round_pairs(void *dst, int64_t to, const void *src, int64_t apart, int64_t rows, int64_t n, bool across)
{
    uint32_t *pair = dst;
    const float *row = src;
    if (across)
        for (int64_t r = 0; r < rows; r += 2, pair += to, row += 2 * apart)
            pair_two_rows(pair, row, r + 1 < rows ? row + apart : NULL, n);
    else
        for (int64_t r = 0; r < rows; r++, pair += to, row += apart)
            pair_neighbours(pair, row, n);
}

/* Eight lanes whose steps are neighbours, sixteen steps of them: rounded lane by lane, whereby pairs are there already, and transposed. */
INLINE void pair_square(uint32_t *pair, const float *lane, int64_t across)
{
    uint32_t rows[SIDE][SIDE];
    for (int i = 0; i < SIDE; i++) {
        __m256i pairs = (__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(lane + i * across));
        _mm256_storeu_si256((__m256i *)rows[i], _mm256_rol_epi32(pairs, 16));
    }
    transpose_f32((float *)pair, WIDTH, (const float *)rows, SIDE);
}

/* Any steps and lanes, by way of a strip. */
NOINLINE void pack_strips(uint32_t *pair, const float *src, int64_t across, int64_t along, int64_t lanes, int64_t k)
{
    float strip[STRIP * WIDTH];
    for (int64_t q = 0; q < k; q += STRIP, pair += STRIP / 2 * WIDTH) {
        int64_t steps = k - q < STRIP ? k - q : STRIP;
        pack_f32(strip, src + q * along, across, along, lanes, steps);
        round_pairs(pair, WIDTH, strip, WIDTH, steps, WIDTH, true);
    }
}

static void pack_pairs(void *dst, const void *src, int64_t across, int64_t along, int64_t count, int64_t k)
{
    uint32_t *pair = dst;
    for (int64_t lane = 0; lane < count; lane += WIDTH, pair += (k + 1) / 2 * WIDTH) {
        const float *from = (const float *)src + lane * across;
        int64_t lanes = count - lane < WIDTH ? count - lane : WIDTH,
                squares = lanes == WIDTH && along == 1 ? k / 16 * 16 : 0;
        if (lanes == WIDTH && across == 1) {
            round_pairs(pair, WIDTH, from, along, k, WIDTH, true);
            continue;
        }
        for (int64_t q = 0; q < squares; q += 16)
            for (int i = 0; i < WIDTH; i += SIDE)
                pair_square(pair + q / 2 * WIDTH + i, from + i * across + q, across);
        pack_strips(pair + squares / 2 * WIDTH, from + squares * along, across, along, lanes, k - squares);
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
                                             .round = round_pairs,
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
