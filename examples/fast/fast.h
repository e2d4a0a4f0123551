/*
 * fast.h - what the steps of docs/how-ssi-is-fast.md share: matrices, a clock, the machine's peak, and holding each step to the first one.
 *
 * A step is a function that computes C = A B, for A (m,k), B (k,n) and C (m,n), row after row in memory. Its program is
 *
 *     fast_N_NAME [m n k]        1024 1024 1024, when nothing is said
 *
 * and prints the time, Gflop/s (a multiply-add counts as two operations) and the share of what the processor's multiply-adds could do.
 */
#ifndef SSI_EXAMPLES_FAST_H
#define SSI_EXAMPLES_FAST_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <ssi/ssi.h>

typedef struct size {
    int m, n, k;
} size;

typedef void step(size s, const float *a, const float *b, float *c);

static inline double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Memory for `count` floats, on a boundary of cache lines. There is no use in going on without it. */
static inline float *room(size_t count)
{
    float *x = aligned_alloc(64, (count * sizeof *x + 63) / 64 * 64);
    if (x == NULL) {
        perror("fast");
        exit(1);
    }
    return x;
}

/* Room that is kept for the next call: memory that is touched for the first time costs more than what is done with it here (the system clears a page for each
 * 4 KiB). `which`: 0 or 1. */
static inline float *kept_room(int which, size_t count)
{
    static float *kept[2];
    static size_t size[2];
    if (count > size[which]) {
        free(kept[which]);
        kept[which] = room(count);
        size[which] = count;
    }
    return kept[which];
}

static inline float *numbers(size_t count, unsigned seed)
{
    float *x = room(count);
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1664525u + 1013904223u;
        x[i] = (float)(seed >> 8) * 0x1p-24f - 0.5f;
    }
    return x;
}

/* Whether some hundred elements of C are what the first step's sum gives, but for rounding: k sums in f32 err by k * 2^-24 times the sum of |a b| at most, and
 * operands that were rounded to `bits` bits by 2 * 2^-bits of it. */
static inline bool is_right(size s, const float *a, const float *b, const float *c, int bits)
{
    for (int trial = 0; trial < 300; trial++) {
        int i = trial * 7919 % s.m, j = trial * 104729 % s.n;
        float sum = 0, magnitude = 0;
        for (int q = 0; q < s.k; q++) {
            sum += a[i * s.k + q] * b[q * s.n + j];
            magnitude += fabsf(a[i * s.k + q] * b[q * s.n + j]);
        }
        double bound = magnitude * (s.k * 0x1p-23 + 2 * ldexp(1, -bits));
        if (!(fabs((double)c[i * s.n + j] - (double)sum) <= bound)) {
            fprintf(stderr, "row %d, column %d is %g instead of %g\n", i, j, (double)c[i * s.n + j], (double)sum);
            return false;
        }
    }
    return true;
}

/* Seconds of the fastest of the runs of half a second; a slow step runs but once. */
static inline double fastest(step *multiply, size s, const float *a, const float *b, float *c)
{
    double best = INFINITY;
    for (double end = now() + 0.5; best == INFINITY || now() < end;) {
        double start = now();
        multiply(s, a, b, c);
        best = fmin(best, now() - start);
    }
    return best;
}

/* Gflop/s of the multiply-adds of that many threads: of f32, or of the pairs of bf16 that "medium" uses. */
static inline double peak(int threads, bool medium)
{
    ssi_limits limits = {0};
    ssi_set_threads(threads);
    ssi_measure_limits(&limits);
    return medium ? limits.medium : limits.f32;
}

static inline size read_size(int argc, char **argv)
{
    if (argc == 1)
        return (size){1024, 1024, 1024};
    size s = {argc == 4 ? atoi(argv[1]) : 0, argc == 4 ? atoi(argv[2]) : 0, argc == 4 ? atoi(argv[3]) : 0};
    if (s.m < 1 || s.n < 1 || s.k < 1 || s.m > 20000 || s.n > 20000 || s.k > 20000) {
        fprintf(stderr, "usage: %s [m n k]        each from 1 to 20000\n", argv[0]);
        exit(2);
    }
    return s;
}

/* A whole program of a step. bits: of the operands' mantissas, 24 in f32. */
static inline int run(int argc, char **argv, const char *name, step *multiply, int threads, int bits)
{
    size s = read_size(argc, argv);
    float *a = numbers((size_t)s.m * s.k, 1), *b = numbers((size_t)s.k * s.n, 2), *c = numbers((size_t)s.m * s.n, 3);
    double seconds = fastest(multiply, s, a, b, c), gflops = 2e-9 * s.m * s.n * s.k / seconds;
    bool right = is_right(s, a, b, c, bits);
    double most = peak(threads, bits < 24);
    printf("%-26s %d thread%s %10.3f ms %8.1f Gflop/s", name, threads, threads > 1 ? "s" : " ", 1e3 * seconds, gflops);
    if (most > 0)
        printf(" %6.1f %% of the peak", 100 * gflops / most);
    printf("%s\n", right ? "" : "   WRONG");
    free(a), free(b), free(c);
    return right ? 0 : 1;
}

#endif
