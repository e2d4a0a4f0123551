/*
 * 7_fused.c - a layer of a network, relu(A B + bias), in two ways: the product, then a pass over C for bias and ReLU; and both on each tile while it is still in registers.
 *
 * The pass does little arithmetic, but reads and writes all of C once more. How much that is depends on k, the steps that a product has for each element of C; here it is 64, when
 * nothing is said. Training has many such passes: masks, gradients, the optimiser's update of every weight.
 */
#include "fast.h"
#include "pack.h"
#include "tile.h"

static float *bias;

static void multiply(size s, const float *a, const float *b, float *c, const epilogue *end)
{
    float *packed_a = kept_room(0, packed_size(s.m, STEPS, ROWS)),
          *packed_b = kept_room(1, packed_size(s.n, STEPS, COLUMNS));
    for (int q = 0; q < s.k; q += STEPS) {
        int k = least(STEPS, s.k - q);
        bool last = q + k == s.k;
        pack(packed_a, a + q, s.k, 1, s.m, k, ROWS);
        pack(packed_b, b + (size_t)q * s.n, 1, s.n, s.n, k, COLUMNS);
        for (int j = 0; j < s.n; j += COLUMNS) {
            epilogue here = {end ? end->bias + j : NULL, end && end->relu};
            for (int i = 0; i < s.m; i += ROWS)
                tile(c + (size_t)i * s.n + j, s.n, packed_a + (size_t)i * k, packed_b + (size_t)j * k,
                     least(ROWS, s.m - i), least(COLUMNS, s.n - j), k, q > 0, end && last ? &here : NULL);
        }
    }
}

static void in_two_passes(size s, const float *a, const float *b, float *c)
{
    multiply(s, a, b, c, NULL);
    for (int i = 0; i < s.m; i++)
        for (int j = 0; j < s.n; j++) {
            float x = c[i * s.n + j] + bias[j];
            c[i * s.n + j] = x > 0 ? x : 0;
        }
}

static void fused(size s, const float *a, const float *b, float *c)
{
    multiply(s, a, b, c, &(epilogue){bias, true});
}

int main(int argc, char **argv)
{
    size s = argc == 1 ? (size){1024, 1024, 64} : read_size(argc, argv);
    float *a = numbers((size_t)s.m * s.k, 1), *b = numbers((size_t)s.k * s.n, 2);
    float *c = room((size_t)s.m * s.n), *d = room((size_t)s.m * s.n);
    bias = numbers((size_t)s.n, 4);
    double apart = fastest(in_two_passes, s, a, b, c), together = fastest(fused, s, a, b, d);
    bool same = memcmp(c, d, (size_t)s.m * s.n * sizeof *c) == 0; /* fusion changes no bit */
    printf("%-26s 1 thread  %10.3f ms, fused %.3f ms: %.2f times as fast%s\n", "7 epilogue, two passes", 1e3 * apart,
           1e3 * together, apart / together, same ? "" : "   WRONG");
    free(a), free(b), free(c), free(d), free(bias);
    return same ? 0 : 1;
}
