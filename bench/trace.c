/*
 * trace.c - what it costs to write a step again and to find the plan made for it: 300 nodes of one element each, so that their arithmetic
 * counts for little. Goal: at most 10 us for writing and matching.
 *
 *     build/bench_trace [--check]
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ssi/ssi.h>

#include "bench/clock.h"
#include "run/run.h"

enum { NODES = 300, STEPS = 2001 };

/* Microseconds of one step. */
typedef struct cost {
    double writing, closing;
} cost;

/* As an optimiser writes: five nodes at a time, two of them C numbers, which may change from step to step: one plan serves them all. */
static cost one_step(ssi_tensor *w, int number)
{
    double start = seconds_now();
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = w;
    for (int i = 0; i < NODES / 5; i++)
        x = ssi_sub(ssi_mul(ssi_add(x, w), 0.5), 1.0 / number);
    ssi_assign(w, x);
    double written = seconds_now();
    ssi_scope_close(scope);
    return (cost){(written - start) * 1e6, (seconds_now() - written) * 1e6};
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *x)
{
    qsort(x, STEPS, sizeof *x, by_size);
    return x[STEPS / 2];
}

int main(int argc, char **argv)
{
    static double writing[STEPS], closing[STEPS];
    bool check = argc > 1 && strcmp(argv[1], "--check") == 0;
    ssi_set_threads(1);
    ssi_tensor *w = ssi_array(((float[]){1}), 1);
    one_step(w, 1);
    uint64_t planned = ssi_run_counted()->planned;
    for (int i = 0; i < STEPS; i++) {
        cost c = one_step(w, i + 2);
        writing[i] = c.writing;
        closing[i] = c.closing;
    }
    bool matched = ssi_run_counted()->planned == planned;
    double total = median(writing) + median(closing);
    printf("%d nodes: writing %.1f us, matching and running %.1f us, together %.1f us (median of %d); %s\n", NODES,
           median(writing), median(closing), total, STEPS, matched ? "one plan served all" : "NOT MATCHED");
    return ssi_report() || !matched || (check && total > 10);
}
