/*
 * copy.isa.c - elements moved from anywhere to anywhere: side by side, repeated, backwards, every other one, any number apart, or rows for columns.
 */
#include <string.h>

#include "cpu/spread.h"
#include "run/backend.h"

/* The usual steps are constants where they are written, so that their loops become vector code. */
#define COPY(T, bits)                                                                                                  \
    static void copy_##bits(T *restrict d, int64_t d_step, const T *restrict s, int64_t s_step, int64_t n)             \
    {                                                                                                                  \
        if (d_step == 1 && s_step == -1) {                                                                             \
            for (int64_t i = 0; i < n; i++)                                                                            \
                d[i] = s[-i];                                                                                          \
        } else if (d_step == 1 && s_step == 2) {                                                                       \
            for (int64_t i = 0; i < n; i++)                                                                            \
                d[i] = s[2 * i];                                                                                       \
        } else {                                                                                                       \
            ROLLED for (int64_t i = 0; i < n; i++) d[i * d_step] = s[i * s_step];                                      \
        }                                                                                                              \
    }

COPY(uint8_t, 8)
COPY(loose16, 16)
COPY(loose32, 32)
COPY(loose64, 64)

/* The constants of a whole square let its loops become straight code. */
#define TURN(T, bits)                                                                                                  \
    INLINE void turn_part_##bits(T *restrict d, int64_t d_step, const T *restrict s, int64_t s_step, int64_t rows,     \
                                 int64_t cols)                                                                         \
    {                                                                                                                  \
        for (int64_t r = 0; r < rows; r++)                                                                             \
            for (int64_t c = 0; c < cols; c++)                                                                         \
                d[r * d_step + c] = s[c * s_step + r];                                                                 \
    }                                                                                                                  \
    static void turn_##bits(T *d, int64_t d_step, const T *s, int64_t s_step, int64_t rows, int64_t cols)              \
    {                                                                                                                  \
        for (int64_t r = 0; r < rows; r += SQUARE)                                                                     \
            for (int64_t c = 0; c < cols; c += SQUARE) {                                                               \
                int64_t height = rows - r < SQUARE ? rows - r : SQUARE, width = cols - c < SQUARE ? cols - c : SQUARE; \
                if (height == SQUARE && width == SQUARE)                                                               \
                    turn_part_##bits(d + r * d_step + c, d_step, s + c * s_step + r, s_step, SQUARE, SQUARE);          \
                else                                                                                                   \
                    turn_part_##bits(d + r * d_step + c, d_step, s + c * s_step + r, s_step, height, width);           \
            }                                                                                                          \
    }

enum { SQUARE = 8 };
TURN(uint8_t, 8)
TURN(loose16, 16)
TURN(loose32, 32)
TURN(loose64, 64)

extern void SSI_ISA_NAME(ssi_turn)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t rows, int64_t cols,
                                   size_t size);
void SSI_ISA_NAME(ssi_turn)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t rows, int64_t cols,
                            size_t size)
{
    if (size == 1)
        turn_8(d, d_step, s, s_step, rows, cols);
    else if (size == 2)
        turn_16(d, d_step, s, s_step, rows, cols);
    else if (size == 4)
        turn_32(d, d_step, s, s_step, rows, cols);
    else
        turn_64(d, d_step, s, s_step, rows, cols);
}

extern void SSI_ISA_NAME(ssi_copy)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t n, size_t size);
void SSI_ISA_NAME(ssi_copy)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t n, size_t size)
{
    if (d_step == 1 && s_step == 1)
        memmove(d, s, (size_t)n * size);
    else if (d_step == 1 && s_step == 0)
        spread_rows(d, s, 1, (size_t)n, size);
    else if (size == 1)
        copy_8(d, d_step, s, s_step, n);
    else if (size == 2)
        copy_16(d, d_step, s, s_step, n);
    else if (size == 4)
        copy_32(d, d_step, s, s_step, n);
    else
        copy_64(d, d_step, s, s_step, n);
}
