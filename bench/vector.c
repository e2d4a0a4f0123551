/*
 * vector.c - what the vector routines cost: nanoseconds an element and bytes a second on a block in the first-level cache, for every instruction set of
 * this machine.
 *
 *     build/bench_vector [words that a routine's line must contain]
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "run/backend.h"

enum { N = SSI_BLOCK };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Shortest of a few dozen timings of `body`, each over `repeats` runs of it; ns a run. */
#define TIME(best, repeats, body)                                                                                      \
    do {                                                                                                               \
        best = INFINITY;                                                                                               \
        for (int trial = 0; trial < 30; trial++) {                                                                     \
            double start = now();                                                                                      \
            for (int run = 0; run < (repeats); run++)                                                                  \
                body;                                                                                                  \
            double spent = (now() - start) / (repeats);                                                                \
            best = spent < best ? spent : best;                                                                        \
        }                                                                                                              \
    } while (0)

static _Alignas(64) char d[N * 8], a[N * 8], b[N * 8], c[N * 8];
static const char *wanted[8];

static void report(const char *set, const char *name, ssi_dtype dtype, double ns, double bytes)
{
    char line[96];
    snprintf(line, sizeof line, "%-9s %-14s %-5s", set, name, ssi_dtype_name(dtype));
    for (int i = 0; wanted[i] != NULL; i++)
        if (strstr(line, wanted[i]) == NULL)
            return;
    printf("%s %8.3f ns/element %7.1f GB/s\n", line, ns / N, bytes / ns);
}

static void fill(ssi_dtype dtype)
{
    for (int64_t i = 0; i < N; i++) {
        double x = 0.01 * (double)(i % 400) + 0.25;
        ssi_put_f64(a, dtype, i, x);
        ssi_put_f64(b, dtype, i, 3 - x / 2);
        ssi_put_f64(c, dtype, i, x + 1);
    }
}

static void maps(const ssi_backend *set, ssi_dtype dtype)
{
    static const struct {
        const char *name;
        ssi_map_code code;
        int form, operands;
    } routines[] = {
        {"neg", SSI_MAP_NEG, SSI_VV, 1},
        {"floor", SSI_MAP_FLOOR, SSI_VV, 1},
        {"exp", SSI_MAP_EXP, SSI_VV, 1},
        {"log", SSI_MAP_LOG, SSI_VV, 1},
        {"sqrt", SSI_MAP_SQRT, SSI_VV, 1},
        {"sin", SSI_MAP_SIN, SSI_VV, 1},
        {"tanh", SSI_MAP_TANH, SSI_VV, 1},
        {"erf", SSI_MAP_ERF, SSI_VV, 1},
        {"relu", SSI_MAP_RELU, SSI_VV, 1},
        {"sigmoid", SSI_MAP_SIGMOID, SSI_VV, 1},
        {"add", SSI_MAP_ADD, SSI_VV, 2},
        {"mul scalar", SSI_MAP_MUL, SSI_VS, 1},
        {"div", SSI_MAP_DIV, SSI_VV, 2},
        {"max", SSI_MAP_MAX, SSI_VV, 2},
        {"pow", SSI_MAP_POW, SSI_VV, 2},
        {"less", SSI_MAP_LT, SSI_VV, 2},
        {"where scalar", SSI_MAP_WHERE, SSI_VS, 1},
    };
    fill(dtype);
    size_t size = ssi_dtype_size(dtype);
    for (size_t i = 0; i < sizeof routines / sizeof *routines; i++) {
        ssi_map_routine *f = ssi_map_of(set, routines[i].code, dtype, routines[i].form);
        double ns;
        if (f == NULL)
            continue;
        TIME(ns, 200, f(d, a, b, c, N));
        size_t result = routines[i].code == SSI_MAP_LT ? 1 : size;
        report(set->name, routines[i].name, dtype, ns, (double)(N * (size * (size_t)routines[i].operands + result)));
    }
}

static void casts(const ssi_backend *set)
{
    static const ssi_dtype pairs[][2] = {{SSI_U8, SSI_F32},   {SSI_F32, SSI_F64}, {SSI_F32, SSI_BF16},
                                         {SSI_BF16, SSI_F32}, {SSI_F16, SSI_F32}, {SSI_F32, SSI_F16},
                                         {SSI_I64, SSI_F32},  {SSI_F32, SSI_I64}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        ssi_dtype from = pairs[i][0], to = pairs[i][1];
        char name[32];
        double ns;
        fill(from);
        TIME(ns, 200, set->cast[from][to](d, a, NULL, NULL, N));
        snprintf(name, sizeof name, "to %s", ssi_dtype_name(to));
        report(set->name, name, from, ns, (double)(N * (ssi_dtype_size(from) + ssi_dtype_size(to))));
    }
}

static void folds(const ssi_backend *set)
{
    static const size_t widths[] = {10, 64, N};
    int64_t index[N];
    double ns;
    fill(SSI_F32);
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        size_t cols = widths[i], rows = N / cols;
        char name[32];
        TIME(ns, 200, set->folds->along[SSI_REDUCE_SUM][SSI_F32](d, a, rows, cols, cols));
        snprintf(name, sizeof name, "sum of %zu", cols);
        report(set->name, name, SSI_F32, ns, (double)(rows * cols * 4));
        TIME(ns, 200, set->folds->along[SSI_REDUCE_MAX][SSI_F32](d, a, rows, cols, cols));
        snprintf(name, sizeof name, "max of %zu", cols);
        report(set->name, name, SSI_F32, ns, (double)(rows * cols * 4));
        TIME(ns, 200, set->folds->find[1][SSI_F32](index, d, a, rows, cols, cols));
        snprintf(name, sizeof name, "argmax of %zu", cols);
        report(set->name, name, SSI_F32, ns, (double)(rows * cols * 4));
    }
    TIME(ns, 200, set->uniform_f32((float *)d, 1, 2, 0, N));
    report(set->name, "uniform", SSI_F32, ns, N * 4);
    TIME(ns, 200, set->uniform_f64((double *)d, 1, 2, 0, N));
    report(set->name, "uniform", SSI_F64, ns, N * 8);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc && i < 8; i++)
        wanted[i - 1] = argv[i];
    for (const ssi_backend *const *set = ssi_backends(); *set != NULL; set++) {
        maps(*set, SSI_F32);
        maps(*set, SSI_F64);
        maps(*set, SSI_I32);
        casts(*set);
        folds(*set);
    }
    return 0;
}
