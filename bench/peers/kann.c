/*
 * kann.c - the lecture's network by KANN: epochs of training at a batch of 128, and predictions. KANN has no Adam; its own RMSprop takes the place, which does
 * less for each parameter. KANN's threads share a batch (kann_mt); its products are OpenBLAS' where that is found.
 *
 *     build/peer_kann train THREADS [EPOCHS]  |  predict THREADS          one line of JSON for each epoch, or batch, as bench/compare takes them from any peer
 */
#include <stdbool.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#include <kann.h> /* after stdbool.h, which Debian's takes as there */

#include "bench/clock.h"
#include "bench/peers/pictures.h"

enum { BATCH = 128, EXAMPLES = 60000, TEST = 10000, WIDEST_BATCH = 1024 };

typedef struct examples {
    float *x, *y; /* (count,INPUTS), and answers as (count,CLASSES) of 0 and 1 */
    int count;
} examples;

static kann_t *network(void)
{
    kad_node_t *y = kann_layer_input(INPUTS);
    for (int layer = 0; layer < 4; layer++)
        y = kad_relu(kann_layer_dense(y, 256));
    return kann_new(kann_layer_cost(y, CLASSES, KANN_C_CEM), 0);
}

/* ---- training ---- */

static examples load(int split, int count)
{
    examples loaded = {.count = count};
    loaded.x = digits(split, (size_t)count, &loaded.y);
    return loaded;
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

static void train(kann_t *net, int threads, int epochs)
{
    examples learned = load(SSI_TRAIN, EXAMPLES), test = load(SSI_TEST, TEST);
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
}

/* ---- predictions ---- */

/* The median and the 99th percentile of the runs of 0.2 s, as ssi bench takes them. One example is not shared by threads. */
static void predict(kann_t *net, int batch, float *x, const char *of)
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
    printf(
        "{\"group\": \"predict\", \"name\": \"network, batch %d%s\", \"peer\": \"KANN\", \"version\": \"" KANN_VERSION
        "\", \"precision\": \"highest\", \"seconds\": %.9g, \"p99\": %.9g}\n",
        batch, of, spent[count / 2], spent[count * 99 / 100]);
}

static void predict_all(kann_t *net, int threads)
{
    float *digit = digits(SSI_TEST, WIDEST_BATCH, NULL), *number = dense(WIDEST_BATCH),
          *y = zeros(WIDEST_BATCH * CLASSES);
    static const int batches[] = {1, BATCH, WIDEST_BATCH};
    kann_feed_bind(net, KANN_F_TRUTH, 0, &y);
    kann_mt(net, threads, WIDEST_BATCH);
    for (int i = 0; i < 3; i++) {
        predict(net, batches[i], digit, "");
        predict(net, batches[i], number, ", dense");
    }
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "products") == 0) /* has none by themselves */
        return 0;
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
    if (argv[1][0] == 't')
        train(net, threads, argc > 3 ? atoi(argv[3]) : 1);
    else
        predict_all(net, threads);
    return 0;
}
