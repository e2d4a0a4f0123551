/*
 * 5_registers.c - packing as before, but the tile is written in vectors (tile.h), so that its sums are in registers for sure and each number that is loaded serves many times.
 */
#include "fast.h"
#include "pack.h"
#include "tile.h"

static void multiply(size s, const float *a, const float *b, float *c)
{
    float *packed_a = kept_room(0, packed_size(s.m, STEPS, ROWS)),
          *packed_b = kept_room(1, packed_size(s.n, STEPS, COLUMNS));
    for (int q = 0; q < s.k; q += STEPS) {
        int k = least(STEPS, s.k - q);
        pack(packed_a, a + q, s.k, 1, s.m, k, ROWS);
        pack(packed_b, b + (size_t)q * s.n, 1, s.n, s.n, k, COLUMNS);
        for (int j = 0; j < s.n; j += COLUMNS)
            for (int i = 0; i < s.m; i += ROWS)
                tile(c + (size_t)i * s.n + j, s.n, packed_a + (size_t)i * k, packed_b + (size_t)j * k,
                     least(ROWS, s.m - i), least(COLUMNS, s.n - j), k, q > 0, NULL);
    }
}

int main(int argc, char **argv)
{
    return run(argc, argv, "5 registers", multiply, 1, 24);
}
