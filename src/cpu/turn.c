/*
 * turn.c - rows for columns in vectors of 16 bytes, which every processor has.
 */
#include "cpu/turn.h"
#include "cpu/call.h"
#include "cpu/strided.h"

enum { VECTOR = 16 };

TURN(8, 16)
TURN(16, 8)
TURN(32, 4)
TURN(64, 2)

/* Few rows or few columns: along the others. */
static void turn_few(char *d, int64_t d_step, const char *s, int64_t s_step, int64_t rows, int64_t cols, size_t size)
{
    for (int64_t r = 0; r < rows && rows < cols; r++)
        ssi_cpu_move(d + r * d_step * (int64_t)size, 1, s + r * (int64_t)size, s_step, cols, size);
    for (int64_t c = 0; c < cols && cols <= rows; c++)
        ssi_cpu_move(d + c * (int64_t)size, d_step, s + c * s_step * (int64_t)size, 1, rows, size);
}

void ssi_turn(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t rows, int64_t cols, size_t size,
              bool past)
{
    const int64_t bytes = (int64_t)size;
    if (rows * bytes < VECTOR || cols * bytes < VECTOR)
        turn_few(d, d_step, s, s_step, rows, cols, size);
    else if (size == 1)
        turn_8(d, d_step, s, s_step, rows, cols, past);
    else if (size == 2)
        turn_16(d, 2 * d_step, s, 2 * s_step, rows, cols, past);
    else if (size == 4)
        turn_32(d, 4 * d_step, s, 4 * s_step, rows, cols, past);
    else
        turn_64(d, 8 * d_step, s, 8 * s_step, rows, cols, past);
}
