/*
 * gemm_medium.h - products of f32 or bf16 whose operands are rounded to bf16 while they are packed (gemm.isa.c includes this after f32's own).
 *
 * Products of two bf16 are exact in f32, so there is one result to give, in two ways:
 *
 *     rounded    f32 panels of rounded numbers, and f32's own multiply: everywhere
 *     pairs      an element of a panel is two steps, as they lie beside each other in memory, and one instruction does both: twice the multiply-adds
 *
 * Law: gemm.isa.c's chain, but of each two steps (0 and 1, 2 and 3, ...) the second is added first. For so does vdpbf16ps, rounding after each: it begins with the
 * upper halves, and of two neighbours the second is the upper half. Numbers below f32's normal range become zeros, in both ways; sums that small are zeros in
 * the second way only.
 */

/* x, rounded to bf16. */
INLINE float rounded(float x)
{
    float y = f32_of_bf16(bf16_of_f32(x));
    return abs_f32(x) < 0x1p-126f ? signed_f32(0.0f, x) : y;
}

INLINE const void *element_of(const void *src, int64_t i, bool narrow)
{
    return (const char *)src + i * (narrow ? 2 : 4);
}

/* n numbers, of bf16 if they are `narrow`, rounded. */
NOINLINE void round_row(float *d, const void *src, int64_t n, bool narrow)
{
    const float *wide = src;
    const bf16 *half = src;
    if (narrow)
        SIMD for (int64_t i = 0; i < n; i++) d[i] = rounded(f32_of_bf16(half[i]));
    else
        SIMD for (int64_t i = 0; i < n; i++) d[i] = rounded(wide[i]);
}

/* Of n elements, each two change places. */
NOINLINE void swap_neighbours(float *d, int64_t n)
{
    typedef uint64_t vector_of_two __attribute__((vector_size(BYTES), aligned(4), may_alias));
    int64_t i = 0;
    for (; i + LANES_f32 <= n; i += LANES_f32) {
        vector_of_two *two = (vector_of_two *)(d + i);
        *two = *two << 32 | *two >> 32;
    }
    ROLLED for (; i + 2 <= n; i += 2)
    {
        float first = d[i];
        d[i] = d[i + 1];
        d[i + 1] = first;
    }
}

static void round_rounded(float *d, int64_t to, const void *src, int64_t apart, int64_t rows, int64_t n, bool across,
                          bool narrow)
{
    for (int64_t r = 0; r < rows; r++) {
        int64_t place = across && (r ^ 1) < rows ? r ^ 1 : r;
        round_row(d + place * to, element_of(src, r * apart, narrow), n, narrow);
        if (!across)
            swap_neighbours(d + r * to, n);
    }
}

enum { WIDTH = VECTORS * LANES_f32 };

/* Steps of one panel that begins with a lane. */
static void widen_panel(float *panel, const bf16 *src, int64_t across, int64_t along, int64_t lanes, int64_t k)
{
    for (int64_t q = 0; q < k; q++, panel += WIDTH)
        for (int64_t i = 0; i < WIDTH; i++)
            panel[i] = i < lanes ? f32_of_bf16(src[i * across + q * along]) : 0;
}

static void swap_rows(vector_f32 *first, vector_f32 *second)
{
    for (int v = 0; v < VECTORS; v++) {
        vector_f32 x = first[v];
        first[v] = second[v];
        second[v] = x;
    }
}

static void pack_rounded(float *panel, const void *src, int64_t across, int64_t along, int64_t count, int64_t k,
                         bool narrow)
{
    if (!narrow)
        pack_f32(panel, src, across, along, count, k);
    for (int64_t lane = 0; lane < count; lane += WIDTH, panel += k * WIDTH) {
        if (narrow)
            widen_panel(panel, element_of(src, lane * across, true), across, along, count - lane, k);
        round_row(panel, panel, k * WIDTH, false);
        for (int64_t q = 0; q + 2 <= k; q += 2)
            swap_rows((vector_f32 *)(panel + q * WIDTH), (vector_f32 *)(panel + (q + 1) * WIDTH));
    }
}

/* The routines of a way for operands of a type; behind the number of steps: how products are made. */
#define MEDIUM(way, type, narrow, steps, ...)                                                                          \
    static void SSI_PASTE(round_##way, type)(void *dst, int64_t to, const void *src, int64_t apart, int64_t rows,      \
                                             int64_t n, bool across)                                                   \
    {                                                                                                                  \
        round_##way(dst, to, src, apart, rows, n, across, narrow);                                                     \
    }                                                                                                                  \
    static void SSI_PASTE(pack_##way, type)(void *dst, const void *src, int64_t across, int64_t along, int64_t count,  \
                                            int64_t k)                                                                 \
    {                                                                                                                  \
        pack_##way(dst, src, across, along, count, k, narrow);                                                         \
    }                                                                                                                  \
    static const ssi_gemm_routines SSI_PASTE(gemm_##way, type) = {.mr = ROWS,                                          \
                                                                  .nr = VECTORS * LANES_f32,                           \
                                                                  .size = sizeof(type),                                \
                                                                  .together = steps,                                   \
                                                                  .round = SSI_PASTE(round_##way, type),               \
                                                                  .pack = SSI_PASTE(pack_##way, type),                 \
                                                                  __VA_ARGS__};

typedef float f32;
MEDIUM(rounded, f32, false, 1, .multiply = multiply_f32, .are_finite = are_finite_f32)
MEDIUM(rounded, bf16, true, 1, .multiply = multiply_f32, .are_finite = are_finite_f32)

#if defined(__AVX512F__)

/* What follows only processors with AVX512-BF16 are told to do. */
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512bf16"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512bf16")
#endif

enum { STRIP = 64, PAIRS = LANES_f32 }; /* STRIP steps wait in the first-level cache until they are rounded */

INLINE __mmask16 first(int64_t n)
{
    return n <= 0 ? 0 : n < PAIRS ? (__mmask16)((1u << n) - 1) : (__mmask16)0xffff;
}

/* Sixteen numbers and sixteen others, rounded; zeros for those that a mask leaves out, which are not touched. */
INLINE __m512i round_both(const void *x, __mmask16 of_x, const void *y, __mmask16 of_y, bool narrow)
{
    if (narrow)
        return _mm512_inserti64x4(_mm512_castsi256_si512(_mm256_maskz_loadu_epi16(of_x, x)),
                                  _mm256_maskz_loadu_epi16(of_y, y), 1);
    return (__m512i)_mm512_cvtne2ps_pbh(_mm512_maskz_loadu_ps(of_y, y), _mm512_maskz_loadu_ps(of_x, x));
}

/* An element and the one below it, the first in the lower half. */
#define PAIR(i) i, 16 + i
static const uint16_t pairs_of_rows[32] = {PAIR(0),  PAIR(1),  PAIR(2),  PAIR(3), PAIR(4),  PAIR(5),
                                           PAIR(6),  PAIR(7),  PAIR(8),  PAIR(9), PAIR(10), PAIR(11),
                                           PAIR(12), PAIR(13), PAIR(14), PAIR(15)};

/* Without a row below: zeros. */
INLINE void pair_two_rows(uint32_t *pair, const void *row, const void *below, int64_t n, bool narrow)
{
    const __m512i order = _mm512_loadu_si512(pairs_of_rows);
    for (int64_t i = 0; i < n; i += PAIRS) {
        __mmask16 there = first(n - i);
        __m512i both = round_both(element_of(row, i, narrow), there, element_of(below ? below : row, i, narrow),
                                  below ? there : 0, narrow);
        _mm512_mask_storeu_epi32(pair + i, there, _mm512_permutexvar_epi16(order, both));
    }
}

/* Neighbours are pairs already. Behind an odd last one: a zero. */
INLINE void pair_neighbours(uint32_t *pair, const void *row, int64_t n, bool narrow)
{
    int64_t i = 0;
    for (; i + 2 * PAIRS <= n; i += 2 * PAIRS)
        _mm512_storeu_si512(pair + i / 2, round_both(element_of(row, i, narrow), 0xffff,
                                                     element_of(row, i + PAIRS, narrow), 0xffff, narrow));
    if (i < n)
        _mm512_mask_storeu_epi32(pair + i / 2, first((n - i + 1) / 2),
                                 round_both(element_of(row, i, narrow), first(n - i),
                                            element_of(row, i + PAIRS, narrow), first(n - i - PAIRS), narrow));
}

NOINLINE void round_pairs(uint32_t *pair, int64_t to, const void *src, int64_t apart, int64_t rows, int64_t n,
                          bool across, bool narrow)
{
    for (int64_t r = 0; r < rows; r += across ? 2 : 1, pair += to) {
        const void *row = element_of(src, r * apart, narrow),
                   *below = r + 1 < rows ? element_of(row, apart, narrow) : NULL;
        if (across && narrow)
            pair_two_rows(pair, row, below, n, true);
        else if (across)
            pair_two_rows(pair, row, below, n, false);
        else if (narrow)
            pair_neighbours(pair, row, n, true);
        else
            pair_neighbours(pair, row, n, false);
    }
}

static void narrow_pairs(void *d, const void *a, const void *b, const void *c, size_t n)
{
    (void)b, (void)c;
    const float *x = a;
    size_t i = 0;
    for (; i + 2 * PAIRS <= n; i += 2 * PAIRS)
        _mm512_storeu_si512((bf16 *)d + i, round_both(x + i, 0xffff, x + i + PAIRS, 0xffff, false));
    const int64_t rest = (int64_t)(n - i);
    if (rest)
        _mm512_mask_storeu_epi16((bf16 *)d + i, (1u << rest) - 1,
                                 round_both(x + i, first(rest), x + i + PAIRS, first(rest - PAIRS), false));
}

/* Rows for columns: y[c][r] = x[r][c]. */
INLINE void turn_square(__m512i *y, __m512i *x)
{
    UNROLLED for (int i = 0; i < PAIRS; i += 2)
    {
        y[i] = _mm512_unpacklo_epi32(x[i], x[i + 1]);
        y[i + 1] = _mm512_unpackhi_epi32(x[i], x[i + 1]);
    }
    UNROLLED for (int i = 0; i < PAIRS; i += 4) /* x[i + c]: columns c, c + 4, ... of rows i to i + 3 */
    {
        x[i] = _mm512_unpacklo_epi64(y[i], y[i + 2]);
        x[i + 1] = _mm512_unpackhi_epi64(y[i], y[i + 2]);
        x[i + 2] = _mm512_unpacklo_epi64(y[i + 1], y[i + 3]);
        x[i + 3] = _mm512_unpackhi_epi64(y[i + 1], y[i + 3]);
    }
    UNROLLED for (int c = 0; c < 4; c++)
    {
        __m512i even = _mm512_shuffle_i32x4(x[c], x[c + 4], 0x88), odd = _mm512_shuffle_i32x4(x[c], x[c + 4], 0xdd);
        __m512i more_even = _mm512_shuffle_i32x4(x[c + 8], x[c + 12], 0x88),
                more_odd = _mm512_shuffle_i32x4(x[c + 8], x[c + 12], 0xdd);
        y[c] = _mm512_shuffle_i32x4(even, more_even, 0x88);
        y[c + 4] = _mm512_shuffle_i32x4(odd, more_odd, 0x88);
        y[c + 8] = _mm512_shuffle_i32x4(even, more_even, 0xdd);
        y[c + 12] = _mm512_shuffle_i32x4(odd, more_odd, 0xdd);
    }
}

/* Sixteen lanes whose steps are neighbours, 32 steps of them: rounded lane by lane, whereby pairs are there already, and transposed. */
INLINE void turn_pairs(uint32_t *pair, const void *lane, int64_t across, bool narrow)
{
    __m512i x[PAIRS], y[PAIRS];
    UNROLLED for (int i = 0; i < PAIRS; i++, lane = element_of(lane, across, narrow)) x[i] =
        narrow ? _mm512_loadu_si512(lane) : round_both(lane, 0xffff, element_of(lane, PAIRS, narrow), 0xffff, narrow);
    turn_square(y, x);
    UNROLLED for (int i = 0; i < PAIRS; i++) _mm512_storeu_si512(pair + i * WIDTH, y[i]);
}

NOINLINE void pair_square(uint32_t *pair, const void *lane, int64_t across, bool narrow)
{
    if (narrow)
        turn_pairs(pair, lane, across, true);
    else
        turn_pairs(pair, lane, across, false);
}

/* Lanes of a whole panel that are neighbours, an even number of steps. */
INLINE void pair_lanes(uint32_t *pair, const void *src, int64_t along, int64_t k, bool narrow)
{
    const __m512i order = _mm512_loadu_si512(pairs_of_rows);
    for (int64_t q = 0; q < k; q += 2, pair += WIDTH) {
        const void *row = element_of(src, q * along, narrow), *below = element_of(row, along, narrow);
        UNROLLED for (int i = 0; i < WIDTH; i += PAIRS)
        {
            __m512i both = round_both(element_of(row, i, narrow), 0xffff, element_of(below, i, narrow), 0xffff, narrow);
            _mm512_storeu_si512(pair + i, _mm512_permutexvar_epi16(order, both));
        }
    }
}

/* Any steps and lanes, by way of a strip. */
NOINLINE void pack_strips(uint32_t *pair, const void *src, int64_t across, int64_t along, int64_t lanes, int64_t k,
                          bool narrow)
{
    float strip[STRIP * WIDTH];
    bf16 *narrow_strip = (bf16 *)strip;
    for (int64_t q = 0; q < k; q += STRIP, pair += STRIP / 2 * WIDTH) {
        int64_t steps = k - q < STRIP ? k - q : STRIP;
        const void *from = element_of(src, q * along, narrow);
        if (!narrow)
            pack_f32(strip, from, across, along, lanes, steps);
        for (int64_t r = 0; narrow && r < steps; r++)
            for (int64_t i = 0; i < WIDTH; i++)
                narrow_strip[r * WIDTH + i] = i < lanes ? ((const bf16 *)from)[i * across + r * along] : 0;
        round_pairs(pair, WIDTH, strip, WIDTH, steps, WIDTH, true, narrow);
    }
}

NOINLINE void pack_pairs(uint32_t *pair, const void *src, int64_t across, int64_t along, int64_t count, int64_t k,
                         bool narrow)
{
    for (int64_t lane = 0; lane < count; lane += WIDTH, pair += (k + 1) / 2 * WIDTH) {
        const void *from = element_of(src, lane * across, narrow);
        int64_t lanes = count - lane < WIDTH ? count - lane : WIDTH,
                squares = lanes == WIDTH && along == 1 ? k / (2 * PAIRS) * (2 * PAIRS) : 0;
        if (across == 1 && lanes == WIDTH && k % 2 == 0) {
            if (narrow)
                pair_lanes(pair, from, along, k, true);
            else
                pair_lanes(pair, from, along, k, false);
            continue;
        }
        if (across == 1) {
            if (lanes < WIDTH)
                memset(pair, 0, (size_t)((k + 1) / 2 * WIDTH) * sizeof *pair);
            round_pairs(pair, WIDTH, from, along, k, lanes, true, narrow);
            continue;
        }
        for (int64_t q = 0; q < squares; q += 2 * PAIRS)
            for (int i = 0; i < WIDTH; i += PAIRS)
                pair_square(pair + q / 2 * WIDTH + i, element_of(from, i * across + q, narrow), across, narrow);
        pack_strips(pair + squares / 2 * WIDTH, element_of(from, squares * along, narrow), across, along, lanes,
                    k - squares, narrow);
    }
}

typedef float pair __attribute__((aligned(2), may_alias)); /* A's may lie anywhere */
typedef vector_f32 vector_pairs;
enum { LANES_pairs = LANES_f32, LOOP_pairs = 1 };
#define fused_pairs(a, b, c) ((vector_f32)_mm512_dpbf16_ps((__m512)(c), (__m512bh)(a), (__m512bh)(b)))
#define splat_pairs(x)       ((vector_f32)_mm512_set1_ps(x))
typedef words_f32 words_pairs;
#define append_pairs         append_f32
#define magnitude_pairs      0x7fff7fffu
#define minus_zeros_pairs(x) minus_zeros_f32(x)
#define lower_pairs(x, y)    lower_f32(x, y)
#define worth_pairs          6

#define T          pair
#define NAME(name) SSI_PASTE(name, pairs)
#include "cpu/gemm_tile.h"
#include "cpu/gemm_zeros.h"
#include "cpu/undefine.h"

#include "cpu/gemm_ahead.h"
#include "cpu/gemm_few.h"

static void multiply_lying(float *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                           int64_t k, bool accumulate, void *room, bool narrow)
{
    if (n <= FEW)
        multiply_few(c, ldc, a, b, m, n, k, accumulate, narrow);
    else
        multiply_ahead(c, ldc, a, b, m, n, k, accumulate, room, narrow);
}

static void multiply_lying_f32(void *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                               int64_t k, bool accumulate, void *room)
{
    multiply_lying(c, ldc, a, b, m, n, k, accumulate, room, false);
}

static void multiply_lying_bf16(void *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                                int64_t k, bool accumulate, void *room)
{
    multiply_lying(c, ldc, a, b, m, n, k, accumulate, room, true);
}

MEDIUM(pairs, f32, false, 2, .narrow = narrow_pairs, .multiply = multiply_pairs, .are_finite = are_finite_pairs,
       .few = FEW, .multiply_lying = multiply_lying_f32)
MEDIUM(pairs, bf16, true, 2, .multiply = multiply_pairs, .are_finite = are_finite_pairs, .few = FEW,
       .multiply_lying = multiply_lying_bf16)

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif

const ssi_gemm_routines *SSI_ISA_NAME(ssi_gemm_medium)(ssi_dtype operand)
{
    bool narrow = operand == SSI_BF16;
#if defined(__AVX512F__)
    if (__builtin_cpu_supports("avx512bf16") && __builtin_cpu_is("amd")) /* Intel's have it at half of f32's speed */
        return narrow ? &gemm_pairs_bf16 : &gemm_pairs_f32;
#endif
    return narrow ? &gemm_rounded_bf16 : &gemm_rounded_f32;
}
