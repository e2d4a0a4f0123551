/*
 * turn.h - rows for columns in squares of vectors: each round takes the vectors of the upper and of the lower half together, lane by lane, until columns
 * have become rows.
 *
 *     a0 a1 a2 a3        a0 c0 a1 c1        a0 b0 c0 d0
 *     b0 b1 b2 b3  --->  a2 c2 a3 c3  --->  a1 b1 c1 d1
 *     c0 c1 c2 c3        b0 d0 b1 d1        a2 b2 c2 d2
 *     d0 d1 d2 d3        b2 d2 b3 d3        a3 b3 c3 d3
 *
 * So every line of memory is read once and written once. TURN(bits, LANES) defines turn_bits: d[r][c] = s[c][r], steps in bytes, of at least LANES rows and
 * columns. Work goes on in blocks that are a line of s down and a line of d across; where rows or columns are no multiple of LANES, the last square reaches
 * back over the one before.
 */
#ifndef SSI_SRC_CPU_TURN_H
#define SSI_SRC_CPU_TURN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "cpu/isa.h"

#if defined(__AVX512F__)
#include <immintrin.h>
#define STREAM(to, vector) _mm512_stream_si512((void *)(to), (__m512i)(vector))
#elif defined(__x86_64__)
#include <emmintrin.h>
#define STREAM(to, vector) _mm_stream_si128((__m128i *)(void *)(to), (__m128i)(vector))
#else
#define STREAM(to, vector) memcpy((to), &(vector), sizeof(vector))
#endif

enum {
    LINE = 64, /* bytes that memory hands over at once */
    FEWEST_AHEAD =
        16 /* columns that are asked for before they are needed, at least: no processor foresees such steps */
};

#define LOW_2(n)   0, n
#define LOW_4(n)   LOW_2(n), 1, n + 1
#define LOW_8(n)   LOW_4(n), 2, n + 2, 3, n + 3
#define LOW_16(n)  LOW_8(n), 4, n + 4, 5, n + 5, 6, n + 6, 7, n + 7
#define HIGH_2(n)  1, n + 1
#define HIGH_4(n)  2, n + 2, 3, n + 3
#define HIGH_8(n)  4, n + 4, 5, n + 5, 6, n + 6, 7, n + 7
#define HIGH_16(n) 8, n + 8, 9, n + 9, 10, n + 10, 11, n + 11, 12, n + 12, 13, n + 13, 14, n + 14, 15, n + 15

#define TURN(bits, LANES)                                                                                              \
    typedef uint##bits##_t __attribute__((vector_size(LANES * bits / 8))) lanes_##bits;                                \
    INLINE void turn_square_##bits(char *d, int64_t d_step, const char *s, int64_t s_step, bool past)                  \
    {                                                                                                                  \
        lanes_##bits a[LANES], b[LANES];                                                                               \
        UNROLLED for (int i = 0; i < LANES; i++) memcpy(&a[i], s + i * s_step, sizeof a[i]);                           \
        UNROLLED for (int round = 1; round < LANES; round *= 2)                                                        \
        {                                                                                                              \
            UNROLLED for (int i = 0; i < LANES / 2; i++)                                                               \
            {                                                                                                          \
                b[2 * i] = __builtin_shufflevector(a[i], a[i + LANES / 2], LOW_##LANES(LANES));                        \
                b[2 * i + 1] = __builtin_shufflevector(a[i], a[i + LANES / 2], HIGH_##LANES(LANES));                   \
            }                                                                                                          \
            UNROLLED for (int i = 0; i < LANES; i++) a[i] = b[i];                                                      \
        }                                                                                                              \
        if (past)                                                                                                      \
            UNROLLED for (int i = 0; i < LANES; i++) STREAM(d + i * d_step, a[i]);                                     \
        else                                                                                                           \
            UNROLLED for (int i = 0; i < LANES; i++) memcpy(d + i * d_step, &a[i], sizeof a[i]);                       \
    }                                                                                                                  \
    static void turn_##bits(char *d, int64_t d_step, const char *s, int64_t s_step, int64_t rows, int64_t cols,        \
                            bool past)                                                                                 \
    {                                                                                                                  \
        const int64_t size = bits / 8, side = LINE / size, ahead = side < FEWEST_AHEAD ? FEWEST_AHEAD : side;          \
        for (int64_t first_c = 0; first_c < cols; first_c += side) {                                                   \
            for (int64_t first_r = 0; first_r < rows; first_r += side) {                                               \
                for (int64_t i = 0; i < side; i++)                                                                     \
                    __builtin_prefetch(s + (first_c + ahead + i) * s_step + first_r * size);                           \
                for (int64_t i = first_r; i < first_r + side && i < rows; i += LANES) {                                \
                    for (int64_t j = first_c; j < first_c + side && j < cols; j += LANES) {                            \
                        int64_t r = i + LANES < rows ? i : rows - LANES, c = j + LANES < cols ? j : cols - LANES;      \
                        turn_square_##bits(d + r * d_step + c * size, d_step, s + c * s_step + r * size, s_step,       \
                                           past);                                                                      \
                    }                                                                                                  \
                }                                                                                                      \
            }                                                                                                          \
        }                                                                                                              \
    }

#endif
