/*
 * 6_threads.c - every core computes its own columns of C, from its own panels of B. The cores share A, which nobody writes any more when they begin, and nothing else: so no core
 * waits for another's cache, and each sum is added up in the same order as by one core alone. The results are the same bits for any number of threads.
 */
#include <pthread.h>

#include "fast.h"
#include "pack.h"
#include "tile.h"

enum { MOST = 64 };

typedef struct part {
    pthread_t thread;
    size s;
    const float *packed_a, *b;
    float *packed_b, *c; /* the part's own */
    int from, to;        /* columns */
} part;

static void *multiply_columns(void *argument)
{
    const part *p = argument;
    size s = p->s;
    const float *packed_a = p->packed_a;
    float *packed_b = p->packed_b;
    for (int q = 0; q < s.k; q += STEPS) {
        int k = least(STEPS, s.k - q);
        pack(packed_b, p->b + (size_t)q * s.n + p->from, 1, s.n, p->to - p->from, k, COLUMNS);
        for (int j = p->from; j < p->to; j += COLUMNS)
            for (int i = 0; i < s.m; i += ROWS)
                tile(p->c + (size_t)i * s.n + j, s.n, packed_a + (size_t)i * k, packed_b + (size_t)(j - p->from) * k,
                     least(ROWS, s.m - i), least(COLUMNS, p->to - j), k, q > 0, NULL);
        packed_a += packed_size(s.m, k, ROWS);
    }
    return NULL;
}

static void multiply(size s, const float *a, const float *b, float *c)
{
    int threads = least(ssi_threads(), MOST);
    float *packed_a = kept_room(0, packed_size(s.m, s.k, ROWS)), *at = packed_a;
    float *packed_b = kept_room(1, packed_size(s.n, STEPS, COLUMNS));
    for (int q = 0; q < s.k; q += STEPS) {
        int k = least(STEPS, s.k - q);
        pack(at, a + q, s.k, 1, s.m, k, ROWS);
        at += packed_size(s.m, k, ROWS);
    }
    part parts[MOST];
    int panels = (s.n + COLUMNS - 1) / COLUMNS;
    for (int t = 0; t < threads; t++) {
        parts[t] = (part){.s = s, .packed_a = packed_a, .b = b, .c = c};
        parts[t].from = least(s.n, panels * t / threads * COLUMNS);
        parts[t].to = least(s.n, panels * (t + 1) / threads * COLUMNS);
        parts[t].packed_b = packed_b + (size_t)parts[t].from * STEPS;
        if (t > 0 && pthread_create(&parts[t].thread, NULL, multiply_columns, &parts[t]) != 0)
            exit(1);
    }
    multiply_columns(&parts[0]);
    for (int t = 1; t < threads; t++)
        pthread_join(parts[t].thread, NULL);
}

int main(int argc, char **argv)
{
    return run(argc, argv, "6 threads", multiply, least(ssi_threads(), MOST), 24);
}
