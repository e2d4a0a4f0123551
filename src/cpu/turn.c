/*
 * turn.c - rows for columns in vectors of 16 bytes, which every processor has.
 */
#include "cpu/turn.h"
#include "cpu/call.h"

TURN(8, 16)
TURN(16, 8)
TURN(32, 4)
TURN(64, 2)

void ssi_turn(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t rows, int64_t cols, size_t size)
{
    d_step *= (int64_t)size;
    s_step *= (int64_t)size;
    if (size == 1)
        turn_8(d, d_step, s, s_step, rows, cols);
    else if (size == 2)
        turn_16(d, d_step, s, s_step, rows, cols);
    else if (size == 4)
        turn_32(d, d_step, s, s_step, rows, cols);
    else
        turn_64(d, d_step, s, s_step, rows, cols);
}
