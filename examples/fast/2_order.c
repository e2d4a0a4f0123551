/*
 * 2_order.c - the same sums with the loops in another order: a number of A times a row of B goes onto a row of C.
 *
 * Now the innermost loop runs along memory, and its steps do not wait for each other: the compiler makes vectors of it. But each multiply-add loads and stores its sum,
 * and all of B is read again for each row of A, from as far away as it lies.
 */
#include "fast.h"

static void multiply(size s, const float *a, const float *b, float *restrict c)
{
    memset(c, 0, (size_t)s.m * s.n * sizeof *c);
    for (int i = 0; i < s.m; i++)
        for (int q = 0; q < s.k; q++)
            for (int j = 0; j < s.n; j++)
                c[i * s.n + j] += a[i * s.k + q] * b[q * s.n + j];
}

int main(int argc, char **argv)
{
    return run(argc, argv, "2 loop order", multiply, 1, 24);
}
