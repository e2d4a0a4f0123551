/*
 * 3_blocks.c - the same loops over blocks of B: what was fetched once is used for every row of A before the next block comes.
 *
 *              n                         A block of 64 x 256 numbers is 64 KiB: it stays near, in the second-level cache at worst, while all rows of A pass. A piece of
 *      +---+---+---+---+                 a row of C, 1 KiB, stays in the first-level cache for the block's 64 steps.
 *    k |   | B |   |   |
 *      +---+---+---+---+
 */
#include "fast.h"

enum { STEPS = 64, COLUMNS = 256 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

static void multiply(size s, const float *a, const float *b, float *restrict c)
{
    memset(c, 0, (size_t)s.m * s.n * sizeof *c);
    for (int q0 = 0; q0 < s.k; q0 += STEPS)
        for (int j0 = 0; j0 < s.n; j0 += COLUMNS)
            for (int i = 0; i < s.m; i++)
                for (int q = q0; q < least(q0 + STEPS, s.k); q++)
                    for (int j = j0; j < least(j0 + COLUMNS, s.n); j++)
                        c[i * s.n + j] += a[i * s.k + q] * b[q * s.n + j];
}

int main(int argc, char **argv)
{
    return run(argc, argv, "3 blocks", multiply, 1, 24);
}
