/*
 * bf16.c - the products of `ssi bench` of tensors that are bf16 already, and stay so: operands and result are bf16, sums f32. What other libraries call
 * a product in bf16; `ssi bench products` measures f32 operands that each call rounds (SSI_MEDIUM).
 *
 *     build/bench_bf16 [THREADS]          one line of JSON for each row
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <ssi/ssi.h>

#include "bench/clock.h"

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static ssi_tensor *numbers(int64_t rows, int64_t columns)
{
    static uint64_t stream;
    ssi_tensor *x = ssi_sub((ssi_uniform)(SSI_F32, 2, (int64_t[]){rows, columns}, 1, stream++), 0.5);
    ssi_tensor *y = ssi_cast(x, SSI_BF16);
    return ssi_eval(y) == 0 ? y : NULL;
}

static bool multiply(ssi_tensor *a, ssi_tensor *b, bool turned)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *y = ssi_matmul(turned ? ssi_transpose(a) : a, b);
    bool done = ssi_eval(y) == 0 && ssi_dtype_of(y) == SSI_BF16;
    return ssi_scope_close(scope) == 0 && done;
}

/* The median of the runs of 0.2 s, as ssi bench takes it; 0 when one fails. */
static double median_seconds(ssi_tensor *a, ssi_tensor *b, bool turned)
{
    enum { MOST = 20000 };
    static double spent[MOST];
    int count = -3;
    for (double end = seconds_now() + 0.2; count < MOST && (count < 5 || seconds_now() < end); count++) {
        double start = seconds_now();
        if (!multiply(a, b, turned))
            return 0;
        spent[count < 0 ? 0 : count] = seconds_now() - start;
    }
    qsort(spent, (size_t)count, sizeof *spent, by_size);
    return spent[count / 2];
}

int main(int argc, char **argv)
{
    static const struct {
        int m, n, k;
        bool turned;
    } shapes[] = {{128, 256, 784, false},
                  {128, 256, 256, false},
                  {128, 10, 256, false},
                  {784, 256, 128, true},
                  {1024, 1024, 1024, false}};
    ssi_set_precision(SSI_MEDIUM); /* bf16 is multiplied as it is; SSI_HIGHEST would widen it to f32 */
    ssi_set_threads(argc > 1 ? atoi(argv[1]) : 1);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        int m = shapes[i].m, n = shapes[i].n, k = shapes[i].k;
        bool turned = shapes[i].turned;
        double seconds = median_seconds(turned ? numbers(k, m) : numbers(m, k), numbers(k, n), turned);
        if (seconds == 0)
            return ssi_report() || 1;
        printf("{\"group\": \"products\", \"name\": \"(%d,%d)%s @ (%d,%d), kept in bf16\", \"precision\": \"medium\", "
               "\"seconds\": %.9g, \"gflops\": %.4g}\n",
               turned ? k : m, turned ? m : k, turned ? ".T" : "", k, n, seconds, 2e-9 * m * n * k / seconds);
    }
    return 0;
}
