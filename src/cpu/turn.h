/*
 * turn.h - rows for columns in squares of vectors: each round takes the vectors of the upper and of the lower half together, lane by lane, until columns
 * have become rows.
 *
 *     a0 a1 a2 a3        a0 c0 a1 c1        a0 b0 c0 d0
 *     b0 b1 b2 b3  --->  a2 c2 a3 c3  --->  a1 b1 c1 d1
 *     c0 c1 c2 c3        b0 d0 b1 d1        a2 b2 c2 d2
 *     d0 d1 d2 d3        b2 d2 b3 d3        a3 b3 c3 d3
 *
 * So every line of memory is read once and written once. TURN(bits, LANES) defines turn_bits: d[r][c] = s[c][r], steps in bytes.
 */
#ifndef SSI_SRC_CPU_TURN_H
#define SSI_SRC_CPU_TURN_H

#include <stdint.h>
#include <string.h>

#include "cpu/isa.h"

enum { AHEAD = 16 }; /* rows of s that are asked for before they are needed: no processor foresees such steps */

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
    INLINE void turn_square_##bits(char *d, int64_t d_step, const char *s, int64_t s_step)                             \
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
        UNROLLED for (int i = 0; i < LANES; i++) memcpy(d + i * d_step, &a[i], sizeof a[i]);                           \
    }                                                                                                                  \
    static void turn_##bits(char *d, int64_t d_step, const char *s, int64_t s_step, int64_t rows, int64_t cols)        \
    {                                                                                                                  \
        const int64_t size = bits / 8, whole_rows = rows / LANES * LANES, whole_cols = cols / LANES * LANES;           \
        for (int64_t c = 0; c < whole_cols; c += LANES) {                                                              \
            for (int i = 0; i < LANES; i++)                                                                            \
                __builtin_prefetch(s + (c + AHEAD + i) * s_step);                                                      \
            for (int64_t r = 0; r < whole_rows; r += LANES)                                                            \
                turn_square_##bits(d + r * d_step + c * size, d_step, s + c * s_step + r * size, s_step);              \
        }                                                                                                              \
        for (int64_t r = 0; r < rows; r++)                                                                             \
            for (int64_t c = r < whole_rows ? whole_cols : 0; c < cols; c++)                                           \
                memcpy(d + r * d_step + c * size, s + c * s_step + r * size, size);                                    \
    }

#endif
