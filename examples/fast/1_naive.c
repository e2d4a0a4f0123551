/*
 * 1_naive.c - the definition: an element of C is a row of A times a column of B.
 *
 * It waits in two places. Each sum waits for the one before it, 4 cycles or so, though the processor could begin two multiply-adds of 16 numbers in each cycle.
 * And the column of B lies n numbers apart in memory: for each number that is used, a cache line of 16 is fetched.
 */
#include "fast.h"

static void multiply(size s, const float *a, const float *b, float *c)
{
    for (int i = 0; i < s.m; i++)
        for (int j = 0; j < s.n; j++) {
            float sum = 0;
            for (int q = 0; q < s.k; q++)
                sum += a[i * s.k + q] * b[q * s.n + j];
            c[i * s.n + j] = sum;
        }
}

int main(int argc, char **argv)
{
    return run(argc, argv, "1 naive", multiply, 1, 24);
}
