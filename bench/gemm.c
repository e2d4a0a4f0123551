/*
 * gemm.c - products of one core beside its ceiling: multiply() on packed panels at the shapes of the lecture's network, batch 128, and what packing
 * them costs beside it; and multiply_lying(), which rounds A on the way.
 *
 *     build/bench_gemm [instruction set]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/clock.h"
#include "run/backend.h"

enum { TRIALS = 40, K_BLOCK = 512 };

static const struct shape {
    int64_t m, n, k;
    bool a_along, b_along; /* the operand's steps, not its lanes, are neighbours in memory: packing transposes */
    const char *what;
    bool rings; /* A is pictures of rings, of which as much is 0 as of pictures of digits */
} shapes[] = {
    {128, 256, 784, true, false, "forward, first layer", false},
    {128, 256, 256, true, false, "forward, hidden layer", false},
    {128, 10, 256, true, false, "forward, last layer", false},
    {784, 256, 128, false, false, "weight gradient, first", false},
    {256, 256, 128, false, false, "weight gradient, hidden", false},
    {256, 10, 128, false, false, "weight gradient, last", false},
    {128, 256, 256, true, true, "input gradient, hidden", false},
    {128, 256, 10, true, true, "input gradient, last", false},
    {1024, 1024, 1024, true, false, "a thousand cubed", false},
    {128, 256, 784, true, false, "forward, first, of rings", true},
    {784, 256, 128, false, false, "weight gradient, of rings", true},
};

/* One product: operands as they lie in memory, and packed. */
typedef struct product {
    const ssi_gemm_routines *gemm;
    const struct shape *shape;
    float *a, *b, *c, *packed_a, *packed_b;
} product;

static int64_t round_up(int64_t n, int64_t to)
{
    return (n + to - 1) / to * to;
}

/* An odd number of lines: rows of steps all have their own places in a cache. */
static int64_t wide(int64_t count)
{
    return (round_up(count, 16) / 16 | 1) * 16;
}

static float *numbers(int64_t count)
{
    float *x = aligned_alloc(64, (size_t)round_up(count * 4, 64));
    if (x == NULL)
        exit(1);
    for (int64_t i = 0; i < count; i++)
        x[i] = (float)(i % 17) / 16 - 0.5f;
    return x;
}

/* 128 pictures of 28 x 28 dots. */
static void draw_rings(float *a)
{
    for (int i = 0; i < 128 * 784; i++) {
        int picture = i / 784, x = i % 28 * 2 - 27, y = i / 28 % 28 * 2 - 27, radius = 10 + picture * 7 % 8;
        x += picture % 5 * 2 - 4;
        int apart = x * x + y * y;
        if (apart < (radius - 3) * (radius - 3) || apart > (radius + 3) * (radius + 3))
            a[i] = 0;
    }
}

/* Where packing rounds, rows are rounded one by one; else nothing needs to be done. */
static void pack_a(product *p)
{
    const struct shape *s = p->shape;
    int64_t steps = (s->k + p->gemm->together - 1) / p->gemm->together;
    if (p->gemm->round && s->a_along)
        p->gemm->round(p->packed_a, steps, p->a, s->k, s->m, s->k, false);
    else if (p->gemm->round)
        p->gemm->round(p->packed_a, wide(s->m), p->a, s->m, s->k, s->m, true);
}

static void pack_b(product *p)
{
    const struct shape *s = p->shape;
    p->gemm->pack(p->packed_b, p->b, s->b_along ? s->k : 1, s->b_along ? 1 : s->n, s->n, s->k);
}

/* Steps [q, ...) of A, lying or rounded; of what is rounded, k is the number of steps. */
static ssi_panels panels_of_a(const product *p, int64_t q, int64_t k)
{
    const struct shape *s = p->shape;
    const float *a = p->gemm->round ? p->packed_a : p->a;
    int64_t turned = p->gemm->round ? wide(s->m) : s->m, mr = p->gemm->mr;
    return s->a_along ? (ssi_panels){a + q, mr * k, 1, k, false} : (ssi_panels){a + q * turned, mr, turned, 1, false};
}

/* k in blocks, as long as pack.c has them. */
static void multiply(product *p)
{
    const struct shape *s = p->shape;
    int64_t columns = round_up(s->n, p->gemm->nr), k = s->k / p->gemm->together;
    for (int64_t q = 0; q < k; q += K_BLOCK) {
        int64_t steps = k - q < K_BLOCK ? k - q : K_BLOCK;
        ssi_panels a = panels_of_a(p, q, k), b = ssi_packed(p->gemm, p->packed_b + columns * q, steps);
        p->gemm->multiply(p->c, s->n, &a, &b, s->m, s->n, steps, q > 0);
    }
}

/* From A as it lies, rounded on the way. */
static void multiply_lying(product *p)
{
    const struct shape *s = p->shape;
    int64_t columns = round_up(s->n, p->gemm->nr), most = K_BLOCK * p->gemm->together;
    for (int64_t q = 0; q < s->k; q += most) {
        int64_t k = s->k - q < most ? s->k - q : most, row = s->a_along ? s->k : 1, column = s->a_along ? 1 : s->m;
        ssi_panels a = {p->a + q * column, p->gemm->mr * row, column, row, false};
        ssi_panels b = ssi_packed(p->gemm, p->packed_b + columns * q / 2, (k + 1) / 2);
        p->gemm->multiply_lying(p->c, s->n, &a, &b, s->m, s->n, k, q > 0, p->packed_a);
    }
}

/* Shortest of TRIALS, in microseconds. */
static double time_of(void (*work)(product *), product *p)
{
    double best = 1e30;
    for (int trial = 0; trial < TRIALS; trial++) {
        double start = seconds_now();
        work(p);
        double spent = (seconds_now() - start) * 1e6;
        best = spent < best ? spent : best;
    }
    return best;
}

static void report(const ssi_gemm_routines *gemm, const struct shape *s, double peak)
{
    product p = {gemm, s, numbers(s->m * s->k), numbers(s->k * s->n), numbers(s->m * s->n), NULL, NULL};
    if (s->rings)
        draw_rings(p.a);
    p.packed_a = numbers(wide(s->m) * s->k);
    p.packed_b = numbers(round_up(s->n, gemm->nr) * s->k);
    double a_us = time_of(pack_a, &p), b_us = time_of(pack_b, &p), us = time_of(multiply, &p);
    double gflops = 2e-3 * (double)(s->m * s->n * s->k) / us;
    printf("%4d x%4d x%4d  %-24s %7.1f us %6.1f GFLOP/s", (int)s->m, (int)s->n, (int)s->k, s->what, us, gflops);
    if (peak > 0)
        printf(" %5.1f %%", 100 * gflops / peak);
    printf("   pack A %5.1f us  B %5.1f us", a_us, b_us);
    if (gemm->multiply_lying)
        printf("   from A as it lies %7.1f us", time_of(multiply_lying, &p));
    putchar('\n');
    free(p.a), free(p.b), free(p.c), free(p.packed_a), free(p.packed_b);
}

/* GFLOP/s of a core that waits for nothing. */
static double peak_of(double (*multiply_add)(int64_t rounds))
{
    double best = 0;
    for (int trial = 0; multiply_add != NULL && trial < TRIALS; trial++) {
        double start = seconds_now(), gflops = multiply_add(50000) / (seconds_now() - start) / 1e9;
        best = gflops > best ? gflops : best;
    }
    return best;
}

static void report_all(const char *set, const char *kind, const ssi_gemm_routines *gemm, double peak)
{
    printf("%s, %s", set, kind);
    if (peak > 0)
        printf(": one core's peak is %.1f GFLOP/s", peak);
    putchar('\n');
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        report(gemm, &shapes[i], peak);
}

int main(int argc, char **argv)
{
    const ssi_backend *const *set = ssi_backends();
    for (; *set != NULL; set++) {
        if (argc > 1 && strcmp(argv[1], (*set)->name) != 0)
            continue;
        const ssi_gemm_routines *medium = (*set)->gemm_medium(SSI_F32);
        report_all((*set)->name, "f32", (*set)->gemm[SSI_F32], peak_of((*set)->limits->multiply_add_f32));
        report_all(
            (*set)->name, medium->together == 2 ? "bf16 in pairs" : "f32 rounded to bf16", medium,
            peak_of(medium->together == 2 ? (*set)->limits->multiply_add_pairs : (*set)->limits->multiply_add_f32));
    }
    return 0;
}
