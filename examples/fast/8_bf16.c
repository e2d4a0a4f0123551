/*
 * 8_bf16.c - operands of 16 bits, sums of 32: with half of the bytes, a register holds twice as many numbers, and where the processor has an instruction for pairs of bf16, it
 * does twice the multiply-adds in the same time. (Some processors have whole tiles in registers, AMX, and do sixteen times as many. ssi does not use these yet.)
 *
 * bf16 is the upper half of an f32: the same range, but 8 bits of mantissa instead of 24. Training does not mind, for its gradients are noisier than that; the weights
 * themselves and what the optimiser remembers stay in f32.
 *
 * A panel's element is a pair of two steps, the second one in the lower half. The instruction adds both products to the sum, one after the other.
 */
#include "fast.h"

#if defined(__AVX512BF16__)
#include <immintrin.h>
#include <stdint.h>

enum { ROWS = 8, VECTORS = 2, LANES = 16, COLUMNS = VECTORS * LANES, STEPS = 256 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* The upper half, rounded to the nearest, ties to even. */
static uint32_t bf16(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
}

/* As pack.h, a pair of steps at a time; an odd last one is beside a zero. */
static void pack_pairs(uint32_t *packed, const float *x, int across, int along, int count, int k, int width)
{
    for (int first = 0; first < count; first += width)
        for (int q = 0; q < k; q += 2)
            for (int lane = first; lane < first + width; lane++) {
                const float *at = x + (size_t)lane * across + (size_t)q * along;
                *packed++ = lane >= count ? 0 : bf16(at[0]) << 16 | (q + 1 < k ? bf16(at[along]) : 0);
            }
}

static void tile(float *c, int stride, const uint32_t *a, const uint32_t *b, int rows, int columns, int pairs,
                 bool more)
{
    __m512 sum[ROWS][VECTORS];
    for (int i = 0; i < ROWS; i++)
        for (int v = 0; v < VECTORS; v++)
            sum[i][v] = _mm512_setzero_ps();
    for (int q = 0; q < pairs; q++, a += ROWS, b += COLUMNS)
        for (int i = 0; i < ROWS; i++)
            for (int v = 0; v < VECTORS; v++)
                sum[i][v] = _mm512_dpbf16_ps(sum[i][v], (__m512bh)_mm512_set1_epi32((int)a[i]),
                                             (__m512bh)_mm512_loadu_si512(b + v * LANES));
    float whole[ROWS][COLUMNS];
    for (int i = 0; i < ROWS; i++)
        for (int v = 0; v < VECTORS; v++)
            _mm512_storeu_ps(whole[i] + v * LANES, sum[i][v]);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            c[i * stride + j] = more ? c[i * stride + j] + whole[i][j] : whole[i][j];
}

static void multiply(size s, const float *a, const float *b, float *c)
{
    size_t pairs = STEPS / 2;
    uint32_t *packed_a = (uint32_t *)kept_room(0, (size_t)(s.m + ROWS) * pairs),
             *packed_b = (uint32_t *)kept_room(1, (size_t)(s.n + COLUMNS) * pairs);
    for (int q = 0; q < s.k; q += STEPS) {
        int k = least(STEPS, s.k - q), two = (k + 1) / 2;
        pack_pairs(packed_a, a + q, s.k, 1, s.m, k, ROWS);
        pack_pairs(packed_b, b + (size_t)q * s.n, 1, s.n, s.n, k, COLUMNS);
        for (int j = 0; j < s.n; j += COLUMNS)
            for (int i = 0; i < s.m; i += ROWS)
                tile(c + (size_t)i * s.n + j, s.n, packed_a + (size_t)i * two, packed_b + (size_t)j * two,
                     least(ROWS, s.m - i), least(COLUMNS, s.n - j), two, q > 0);
    }
}

int main(int argc, char **argv)
{
    return run(argc, argv, "8 bf16 in pairs", multiply, 1, 8);
}

#else

int main(void)
{
    puts("8 bf16 in pairs            this processor has no instructions for it (AVX512-BF16)");
    return 0;
}

#endif
