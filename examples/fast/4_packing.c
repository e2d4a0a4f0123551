/*
 * 4_packing.c - both matrices are packed first, and a tile of C is computed from a panel of A and a panel of B.
 *
 * Packing copies m k + k n numbers once, to save fetching them m n k times in a bad order: rows of B a few KiB apart fall on the same places of a cache and drive each other
 * out. In a panel everything lies as it will be read, one number after the other. The tile's sums are an array here; whether they are kept in registers is left to the compiler.
 */
#include "fast.h"
#include "pack.h"

enum { ROWS = 8, COLUMNS = 32, STEPS = 256 };

/* c (rows,columns) += a panel of A times a panel of B. */
static void tile(float *c, int stride, const float *a, const float *b, int rows, int columns, int k)
{
    float sum[ROWS][COLUMNS] = {{0}};
    for (int q = 0; q < k; q++, a += ROWS, b += COLUMNS)
        for (int i = 0; i < ROWS; i++)
            for (int j = 0; j < COLUMNS; j++)
                sum[i][j] += a[i] * b[j];
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            c[i * stride + j] += sum[i][j];
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static void multiply(size s, const float *a, const float *b, float *c)
{
    float *packed_a = kept_room(0, packed_size(s.m, STEPS, ROWS)),
          *packed_b = kept_room(1, packed_size(s.n, STEPS, COLUMNS));
    memset(c, 0, (size_t)s.m * s.n * sizeof *c);
    for (int q = 0; q < s.k; q += STEPS) {
        int k = least(STEPS, s.k - q);
        pack(packed_a, a + q, s.k, 1, s.m, k, ROWS);
        pack(packed_b, b + (size_t)q * s.n, 1, s.n, s.n, k, COLUMNS);
        for (int j = 0; j < s.n; j += COLUMNS)
            for (int i = 0; i < s.m; i += ROWS)
                tile(c + (size_t)i * s.n + j, s.n, packed_a + (size_t)i * k, packed_b + (size_t)j * k,
                     least(ROWS, s.m - i), least(COLUMNS, s.n - j), k);
    }
}

int main(int argc, char **argv)
{
    return run(argc, argv, "4 packing", multiply, 1, 24);
}
