/*
 * kann.c - the lecture's network by KANN: epochs of training at a batch of 128, and predictions. KANN has no Adam; its own RMSprop takes the place, which does
 * less for each parameter. KANN's threads share a batch (kann_mt); its products are OpenBLAS' where that is found.
 *
 *     build/peer_kann train THREADS [EPOCHS]  |  predict THREADS          one line of JSON for each epoch, or batch
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#include <kann.h> /* after stdbool.h, which Debian's takes as there */
#include <ssi/ssi.h>

#include "bench/clock.h"

enum { INPUTS = 784, CLASSES = 10, BATCH = 128, EXAMPLES = 60000, TEST = 10000, WIDEST_BATCH = 1024 };

typedef struct examples {
    float *x, *y; /* (count,INPUTS), and answers as (count,CLASSES) of 0 and 1 */
    int count;
} examples;

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static float *zeros(size_t count)
{
    float *x = calloc(count, sizeof *x);
    if (x == NULL)
        exit(1);
    return x;
}

static kann_t *network(void)
{
    kad_node_t *y = kann_layer_input(INPUTS);
    for (int layer = 0; layer < 4; layer++)
        y = kad_relu(kann_layer_dense(y, 256));
    return kann_new(kann_layer_cost(y, CLASSES, KANN_C_CEM), 0);
}

/* ---- training ---- */

static bool load(examples *to, int split, int count)
{
    ssi_dataset *set = ssi_load_dataset("mnist", .split = split);
    const uint8_t *pictures = ssi_data(ssi_dataset_x(set));
    const int64_t *labels = ssi_data(ssi_cast(ssi_dataset_y(set), SSI_I64));
    if (set == NULL || pictures == NULL || labels == NULL)
        return false;
    *to = (examples){zeros((size_t)count * INPUTS), zeros((size_t)count * CLASSES), count};
    for (size_t i = 0; i < (size_t)count * INPUTS; i++)
        to->x[i] = (float)pictures[i] / 255;
    for (int i = 0; i < count; i++)
        to->y[i * CLASSES + labels[i]] = 1;
    ssi_dataset_free(set);
    return true;
}

static void gather(const examples *from, const int *order, float *x, float *y)
{
    for (int b = 0; b < BATCH; b++) {
        memcpy(x + b * INPUTS, from->x + (size_t)order[b] * INPUTS, INPUTS * sizeof *x);
        memcpy(y + b * CLASSES, from->y + (size_t)order[b] * CLASSES, CLASSES * sizeof *y);
    }
}

static double accuracy(kann_t *net, const examples *test)
{
    int right = 0;
    for (int i = 0; i < test->count; i++) {
        const float *y = kann_apply1(net, test->x + (size_t)i * INPUTS);
        int best = 0;
        for (int j = 1; j < CLASSES; j++)
            best = y[j] > y[best] ? j : best;
        right += test->y[i * CLASSES + best] == 1;
    }
    return (double)right / test->count;
}

static void epoch(kann_t *net, const examples *from, int *order, float *memory)
{
    static float x[BATCH * INPUTS], y[BATCH * CLASSES];
    kann_shuffle(from->count, order);
    kann_feed_bind(net, KANN_F_IN, 0, (float *[]){x});
    kann_feed_bind(net, KANN_F_TRUTH, 0, (float *[]){y});
    kann_set_batch_size(net, BATCH);
    for (int at = 0; at + BATCH <= from->count; at += BATCH) {
        gather(from, order + at, x, y);
        kann_cost(net, 0, 1);
        kann_RMSprop(kann_size_var(net), 1e-3f, NULL, 0.9f, net->g, net->x, memory);
    }
}

static int train(kann_t *net, int threads, int epochs)
{
    examples learned, test;
    if (!load(&learned, SSI_TRAIN, EXAMPLES) || !load(&test, SSI_TEST, TEST))
        return ssi_report() || 1;
    static int order[EXAMPLES];
    float *memory = zeros((size_t)kann_size_var(net));
    kann_mt(net, threads, BATCH);
    for (int i = 0; i < epochs; i++) {
        double start = seconds_now();
        epoch(net, &learned, order, memory);
        double seconds = seconds_now() - start;
        printf("{\"group\": \"train\", \"name\": \"network\", \"peer\": \"KANN\", \"version\": \"" KANN_VERSION
               ", RMSprop\", \"precision\": \"highest\", \"seconds\": %.9g, \"accuracy\": %.4f}\n",
               seconds, accuracy(net, &test));
        fflush(stdout);
    }
    return 0;
}

/* ---- predictions ---- */

/* The median and the 99th percentile of the runs of 0.2 s, as ssi bench takes them. One example is not shared by threads. */
static void predict(kann_t *net, int batch, float *x)
{
    enum { MOST = 20000 };
    static double spent[MOST];
    int count = -3;
    kann_feed_bind(net, KANN_F_IN, 0, (float *[]){x});
    kann_set_batch_size(net, batch);
    for (double end = seconds_now() + 0.2; count < MOST && (count < 5 || seconds_now() < end); count++) {
        double start = seconds_now();
        batch == 1 ? kann_eval(net, KANN_F_OUT, 0) : kann_eval_out(net);
        spent[count < 0 ? 0 : count] = seconds_now() - start;
    }
    qsort(spent, (size_t)count, sizeof *spent, by_size);
    printf("{\"group\": \"predict\", \"name\": \"network, batch %d\", \"peer\": \"KANN\", \"version\": \"" KANN_VERSION
           "\", \"precision\": \"highest\", \"seconds\": %.9g, \"p99\": %.9g}\n",
           batch, spent[count / 2], spent[count * 99 / 100]);
}

static int predict_all(kann_t *net, int threads)
{
    float *x = zeros(WIDEST_BATCH * INPUTS), *y = zeros(WIDEST_BATCH * CLASSES);
    for (int i = 0; i < WIDEST_BATCH * INPUTS; i++)
        x[i] = (float)(i % 7) / 7;
    kann_feed_bind(net, KANN_F_TRUTH, 0, &y);
    kann_mt(net, threads, WIDEST_BATCH);
    predict(net, 1, x);
    predict(net, BATCH, x);
    predict(net, WIDEST_BATCH, x);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 3 || (strcmp(argv[1], "train") != 0 && strcmp(argv[1], "predict") != 0)) {
        fprintf(stderr, "kann: train THREADS [EPOCHS] | predict THREADS\n");
        return 2;
    }
#if defined(__x86_64__)
    _mm_setcsr(_mm_getcsr() | 0x8040); /* denormal numbers are taken as 0, in the threads started from here, too */
#endif
    kann_srand(1);
    kann_t *net = network();
    if (net == NULL)
        return 1;
    int threads = atoi(argv[2]);
    return argv[1][0] == 't' ? train(net, threads, argc > 3 ? atoi(argv[3]) : 1) : predict_all(net, threads);
}
