/*
 * openloop.c - that nothing is private: a network written in plain array arithmetic, with an activation and an optimiser that ssi does not know of,
 * beside the same network in ssi_fit. The former may take 10 % longer at most. They train by turns, an epoch of MNIST each.
 *
 *     build/bench_openloop [--check|--json] [threads]        --check: exit 1 when a network takes more than 10 % longer
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ssi/ssi.h>

#include "bench/clock.h"

enum { MOST_LAYERS = 5, ROUNDS = 5, BATCH = 128 };

typedef struct network {
    const char *spec;
    int layers;
    int64_t size[MOST_LAYERS + 1];
} network;

static const network networks[] = {
    {"784-256-256-256-256-10", 5, {784, 256, 256, 256, 256, 10}},
    {"784-300-200-100-10", 4, {784, 300, 200, 100, 10}},
};

/* ---- what a user writes ---- */

/* Weight and bias of a layer, with what the optimiser remembers of them. */
typedef struct parameter {
    ssi_tensor *w, *m, *v;
} parameter;

/* The activation. */
static ssi_tensor *bend(ssi_tensor *x)
{
    return ssi_where(ssi_greater(x, 0), x, 0);
}

/* The optimiser: Kingma and Ba 2015, in eight lines. */
static void improve(const parameter *p, ssi_tensor *dw, double t)
{
    double rate = 1e-3 / (1 - pow(0.9, t)), root = sqrt(1 - pow(0.999, t));
    ssi_tensor *m = ssi_add(ssi_mul(p->m, 0.9), ssi_mul(dw, 0.1));
    ssi_tensor *v = ssi_add(ssi_mul(p->v, 0.999), ssi_mul(ssi_mul(dw, dw), 0.001));
    ssi_tensor *step = ssi_div(m, ssi_add(ssi_div(ssi_sqrt(v), root), 1e-8));
    ssi_assign(p->w, ssi_sub(p->w, ssi_mul(step, rate)));
    ssi_assign(p->m, m);
    ssi_assign(p->v, v);
}

static void step(const network *net, const parameter *p, ssi_tensor *x, ssi_tensor *y, ssi_tensor *rows, double t)
{
    ssi_tensor *w[2 * MOST_LAYERS], *dw[2 * MOST_LAYERS];
    ssi_tensor *h = ssi_div(ssi_cast(ssi_gather(x, rows), SSI_F32), 255);
    for (int i = 0; i < net->layers; i++) {
        w[2 * i] = p[2 * i].w;
        w[2 * i + 1] = p[2 * i + 1].w;
        h = ssi_add(ssi_matmul(h, w[2 * i]), w[2 * i + 1]);
        h = i < net->layers - 1 ? bend(h) : h;
    }
    ssi_gradients(ssi_cross_entropy(h, ssi_gather(y, rows)), 2 * net->layers, w, dw);
    for (int i = 0; i < 2 * net->layers; i++)
        improve(&p[i], dw[i], t);
}

/* ---- the two ways, an epoch each: seconds ---- */

static double open_epoch(const network *net, const parameter *p, ssi_tensor *x, ssi_tensor *y, ssi_tensor *order,
                         int *steps)
{
    double start = seconds_now();
    int64_t examples = ssi_dim(x, 0);
    for (int64_t at = 0; at < examples; at += BATCH) {
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *rows = ssi_slice(order, 1, &(ssi_range){at, at + BATCH, 1});
        step(net, p, x, y, rows, ++*steps);
        if (ssi_scope_close(scope) != SSI_OK)
            return NAN;
    }
    return seconds_now() - start;
}

static double fit_epoch(ssi_model *model, const ssi_dataset *data, ssi_optimizer *adam)
{
    double start = seconds_now();
    if (ssi_fit(model, data, .epochs = 1, .batch = BATCH, .optimizer = adam, .schedule = SSI_CONSTANT) != SSI_OK)
        return NAN;
    return seconds_now() - start;
}

/* ---- comparing ---- */

static void make_parameters(const network *net, parameter *p)
{
    for (int i = 0; i < 2 * net->layers; i++) {
        int64_t in = net->size[i / 2], out = net->size[i / 2 + 1];
        p[i].w =
            i % 2 ? ssi_zeros(SSI_F32, out) : ssi_initialize(SSI_INIT_HE, SSI_RELU, SSI_F32, in, out, 0, (uint64_t)i);
        p[i].m = i % 2 ? ssi_zeros(SSI_F32, out) : ssi_zeros(SSI_F32, in, out);
        p[i].v = i % 2 ? ssi_zeros(SSI_F32, out) : ssi_zeros(SSI_F32, in, out);
    }
}

/* All examples in a random order. (At a fixed distance from one another they would be slower to gather: the same few places in the caches.) */
static ssi_tensor *shuffled(int64_t examples)
{
    int64_t *order = malloc((size_t)examples * sizeof *order);
    uint64_t random = 1;
    for (int64_t i = 0; order && i < examples; i++) { /* i changes places with one of those before it, or stays */
        random = random * 6364136223846793005u + 1442695040888963407u;
        int64_t place = (int64_t)((random >> 33) % (uint64_t)(i + 1));
        order[i] = i;
        order[i] = order[place];
        order[place] = i;
    }
    ssi_tensor *result = (ssi_array)(SSI_I64, 1, &examples, order);
    free(order);
    return result;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *x)
{
    qsort(x, ROUNDS, sizeof *x, by_size);
    return x[ROUNDS / 2];
}

/* How many times as long the open loop takes. */
static double compare(const network *net, const ssi_dataset *data, bool json)
{
    ssi_scope scope = ssi_scope_open();
    parameter p[2 * MOST_LAYERS];
    double open[ROUNDS], fit[ROUNDS];
    int steps = 0;
    make_parameters(net, p);
    ssi_tensor *pictures = ssi_dataset_x(data), *y = ssi_dataset_y(data);
    ssi_tensor *x = ssi_reshape(pictures, ssi_dim(pictures, 0), net->size[0]);
    ssi_tensor *order = shuffled(ssi_dim(x, 0));
    ssi_model *model = ssi_model_from_spec(net->spec);
    ssi_optimizer *adam = ssi_adam(.lr = 1e-3);
    for (int round = 0; round < ROUNDS; round++) {
        open[round] = open_epoch(net, p, x, y, order, &steps);
        fit[round] = fit_epoch(model, data, adam);
    }
    double ratio = median(open) / median(fit);
    const char *form =
        "{\"group\": \"loop\", \"name\": \"%s\", \"peer\": \"%s\", \"precision\": \"highest\", \"seconds\": %.9g}\n";
    if (json) {
        printf(form, net->spec, "ssi", open[ROUNDS / 2]);
        printf(form, net->spec, "ssi_fit", fit[ROUNDS / 2]);
    } else
        printf("%-24s open loop %.3f s an epoch (%.3f to %.3f), ssi_fit %.3f s (%.3f to %.3f): %.2f times as long\n",
               net->spec, open[ROUNDS / 2], open[0], open[ROUNDS - 1], fit[ROUNDS / 2], fit[0], fit[ROUNDS - 1], ratio);
    ssi_model_free(model);
    ssi_scope_close(scope);
    return ratio;
}

int main(int argc, char **argv)
{
    bool check = argc > 1 && strcmp(argv[1], "--check") == 0, json = argc > 1 && strcmp(argv[1], "--json") == 0;
    int option = check || json;
    ssi_set_threads(argc > 1 + option ? atoi(argv[1 + option]) : 1);
    ssi_set_flush_denormals(1); /* as ssi_fit does */
    ssi_dataset *mnist = ssi_load_dataset("mnist");
    bool within = mnist != NULL;
    for (size_t i = 0; mnist && i < sizeof networks / sizeof *networks; i++)
        within = compare(&networks[i], mnist, json) <= 1.1 && within;
    ssi_dataset_free(mnist);
    return ssi_report() || (check && !within);
}
