/*
 * onednn_train.c - what packaged kernels allow: the lecture's network (784-256-256-256-256-10, batch 128, Adam) trained by oneDNN's products (version 2), bias and ReLU
 * fused into them, and loops written by hand for all the rest, Adam in one pass over all parameters. No library comes with this; it is what a patient
 * programmer gets. In bf16, activations, gradients and a copy of the weights are bf16; sums, weights and Adam's moments f32.
 *
 *     OMP_NUM_THREADS=N OMP_WAIT_POLICY=active build/peer_onednn_train highest|medium EPOCHS        one line of JSON for each epoch
 */
#include <dnnl.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#include <ssi/ssi.h>

#include "bench/clock.h"

enum { LAYERS = 5, BATCH = 128, CLASSES = 10, WIDEST = 784, MOST_PARAMETERS = 401408 };
static const int width[LAYERS + 1] = {784, 256, 256, 256, 256, CLASSES};

typedef uint16_t half;

static dnnl_engine_t engine;
static dnnl_stream_t stream;
static bool narrow; /* bf16 */

static float weights[MOST_PARAMETERS], gradient[MOST_PARAMETERS], first[MOST_PARAMETERS], second[MOST_PARAMETERS];
static half narrow_weights[MOST_PARAMETERS];
static int weight_at[LAYERS], bias_at[LAYERS], parameters;
/* A layer's input and the loss' gradient by it: f32, or bf16 in the first half of the room. */
static _Alignas(64) float input[LAYERS + 1][BATCH * WIDEST], slope[LAYERS + 1][BATCH * WIDEST];

static void expect(dnnl_status_t status, const char *what)
{
    if (status != dnnl_success) {
        fprintf(stderr, "oneDNN: %s: status %d\n", what, (int)status);
        exit(1);
    }
}

static half bf16(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (half)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

static float wide(half x)
{
    uint32_t bits = (uint32_t)x << 16;
    float y;
    memcpy(&y, &bits, sizeof y);
    return y;
}

/* ---- products ---- */

typedef struct product {
    dnnl_primitive_t primitive;
    dnnl_exec_arg_t argument[4];
    int arguments;
} product;

typedef struct matrix {
    void *data;
    int rows, columns;
    bool turned, f32; /* turned: lies as (columns,rows) */
} matrix;

static dnnl_memory_desc_t form_of(matrix m)
{
    dnnl_memory_desc_t form;
    dnnl_data_type_t type = narrow && !m.f32 ? dnnl_bf16 : dnnl_f32;
    expect(dnnl_memory_desc_init_by_tag(&form, 2, (dnnl_dims_t){m.rows, m.columns}, type, m.turned ? dnnl_ba : dnnl_ab),
           "form");
    return form;
}

static dnnl_memory_t memory_of(matrix m)
{
    dnnl_memory_desc_t form = form_of(m);
    dnnl_memory_t memory;
    expect(dnnl_memory_create(&memory, &form, engine, m.data), "memory");
    return memory;
}

/* c = a b, plus bias, then ReLU. */
static product make(matrix a, matrix b, matrix c, float *bias, bool relu)
{
    matrix row = {bias, 1, c.columns, false, true};
    dnnl_memory_desc_t fa = form_of(a), fb = form_of(b), fc = form_of(c), frow = form_of(row);
    dnnl_matmul_desc_t description;
    expect(dnnl_matmul_desc_init(&description, &fa, &fb, bias ? &frow : NULL, &fc), "matmul");
    dnnl_primitive_attr_t attributes;
    expect(dnnl_primitive_attr_create(&attributes), "attributes");
    if (relu) {
        dnnl_post_ops_t after;
        expect(dnnl_post_ops_create(&after), "ReLU");
        expect(dnnl_post_ops_append_eltwise(after, 1, dnnl_eltwise_relu, 0, 0), "ReLU");
        expect(dnnl_primitive_attr_set_post_ops(attributes, after), "ReLU");
        dnnl_post_ops_destroy(after);
    }
    dnnl_primitive_desc_t chosen;
    expect(dnnl_primitive_desc_create(&chosen, &description, attributes, engine, NULL), "matmul");
    product p = {.arguments = bias ? 4 : 3};
    expect(dnnl_primitive_create(&p.primitive, chosen), "matmul");
    dnnl_primitive_desc_destroy(chosen);
    dnnl_primitive_attr_destroy(attributes);
    p.argument[0] = (dnnl_exec_arg_t){DNNL_ARG_SRC, memory_of(a)};
    p.argument[1] = (dnnl_exec_arg_t){DNNL_ARG_WEIGHTS, memory_of(b)};
    p.argument[2] = (dnnl_exec_arg_t){DNNL_ARG_DST, memory_of(c)};
    if (bias)
        p.argument[3] = (dnnl_exec_arg_t){DNNL_ARG_BIAS, memory_of(row)};
    return p;
}

static product forward[LAYERS], by_weights[LAYERS], by_inputs[LAYERS];

static void make_products(void)
{
    for (int l = 0; l < LAYERS; l++) {
        int in = width[l], out = width[l + 1];
        bool last = l == LAYERS - 1;
        void *w = narrow ? (void *)(narrow_weights + weight_at[l]) : (void *)(weights + weight_at[l]);
        forward[l] = make((matrix){input[l], BATCH, in, false, false}, (matrix){w, in, out, false, false},
                          (matrix){input[l + 1], BATCH, out, false, last}, weights + bias_at[l], !last);
        by_weights[l] =
            make((matrix){input[l], in, BATCH, true, false}, (matrix){slope[l + 1], BATCH, out, false, false},
                 (matrix){gradient + weight_at[l], in, out, false, true}, NULL, false);
        by_inputs[l] = make((matrix){slope[l + 1], BATCH, out, false, false}, (matrix){w, out, in, true, false},
                            (matrix){slope[l], BATCH, in, false, false}, NULL, false);
    }
}

static void execute(const product *p)
{
    expect(dnnl_primitive_execute(p->primitive, stream, p->arguments, p->argument), "execute");
}

/* ---- all the rest ---- */

static void gather(const uint8_t *pictures, const int *order)
{
#pragma omp parallel for schedule(static)
    for (int b = 0; b < BATCH; b++) {
        const uint8_t *picture = pictures + (size_t)order[b] * WIDEST;
        for (int i = 0; i < WIDEST; i++)
            if (narrow)
                ((half *)input[0])[b * WIDEST + i] = bf16((float)picture[i] / 255);
            else
                input[0][b * WIDEST + i] = (float)picture[i] / 255;
    }
}

/* The gradient of the mean cross-entropy by the logits. */
static void cross_entropy(const int64_t *labels, const int *order)
{
    for (int b = 0; b < BATCH; b++) {
        const float *x = input[LAYERS] + b * CLASSES;
        float most = x[0], sum = 0, e[CLASSES];
        for (int j = 1; j < CLASSES; j++)
            most = fmaxf(most, x[j]);
        for (int j = 0; j < CLASSES; j++)
            sum += e[j] = expf(x[j] - most);
        for (int j = 0; j < CLASSES; j++) {
            float d = (e[j] / sum - (j == labels[order[b]])) / BATCH;
            if (narrow)
                ((half *)slope[LAYERS])[b * CLASSES + j] = bf16(d);
            else
                slope[LAYERS][b * CLASSES + j] = d;
        }
    }
}

/* ReLU's mask on a layer's gradient, and its columns' sums, which are the bias' gradient. */
static void mask_and_sum(int l)
{
    int n = width[l + 1];
    bool last = l == LAYERS - 1;
#pragma omp parallel for schedule(static)
    for (int j0 = 0; j0 < n; j0 += 64) {
        int to = n - j0 < 64 ? n - j0 : 64;
        float sum[64] = {0};
        for (int b = 0; b < BATCH; b++)
            if (narrow) {
                half *d = (half *)slope[l + 1] + b * n + j0;
                const half *y = (const half *)input[l + 1] + b * n + j0;
                for (int j = 0; j < to; j++) {
                    d[j] = last || y[j] ? d[j] : 0;
                    sum[j] += wide(d[j]);
                }
            } else {
                float *d = slope[l + 1] + b * n + j0;
                const float *y = input[l + 1] + b * n + j0;
                for (int j = 0; j < to; j++) {
                    d[j] = last || y[j] > 0 ? d[j] : 0;
                    sum[j] += d[j];
                }
            }
        memcpy(gradient + bias_at[l] + j0, sum, (size_t)to * sizeof *sum);
    }
}

static void adam(int step)
{
    float rest = 1 / (1 - powf(0.9f, (float)step)), root = 1 / (1 - powf(0.999f, (float)step));
#pragma omp parallel for simd schedule(static)
    for (int i = 0; i < parameters; i++) {
        float g = gradient[i], m = 0.9f * first[i] + 0.1f * g, v = 0.999f * second[i] + 0.001f * g * g;
        first[i] = m;
        second[i] = v;
        weights[i] -= 1e-3f * m * rest / (sqrtf(v * root) + 1e-8f);
        if (narrow)
            narrow_weights[i] = bf16(weights[i]);
    }
}

static void train_step(const uint8_t *pictures, const int64_t *labels, const int *order, int step)
{
    gather(pictures, order);
    for (int l = 0; l < LAYERS; l++)
        execute(&forward[l]);
    cross_entropy(labels, order);
    for (int l = LAYERS - 1; l >= 0; l--) {
        mask_and_sum(l);
        execute(&by_weights[l]);
        if (l > 0)
            execute(&by_inputs[l]);
    }
    adam(step);
}

/* ---- the program ---- */

static uint32_t next(void)
{
    static uint64_t state = 1;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

static void make_parameters(void)
{
    for (int l = 0; l < LAYERS; l++) {
        float range = 1 / sqrtf((float)width[l]);
        weight_at[l] = parameters;
        bias_at[l] = parameters + width[l] * width[l + 1];
        parameters = (bias_at[l] + width[l + 1] + 15) / 16 * 16;
        for (int i = weight_at[l]; i < bias_at[l] + width[l + 1]; i++) {
            weights[i] = ((float)next() * 0x1p-30f - 1) * range;
            narrow_weights[i] = bf16(weights[i]);
        }
    }
}

static void shuffle(int *order, int count)
{
    for (int i = count - 1; i > 0; i--) {
        int other = (int)(next() % (uint32_t)(i + 1)), swap = order[i];
        order[i] = order[other];
        order[other] = swap;
    }
}

static double accuracy(const uint8_t *pictures, const int64_t *labels, int count)
{
    int right = 0, seen = count / BATCH * BATCH;
    for (int at = 0; at < seen; at += BATCH) {
        int order[BATCH];
        for (int b = 0; b < BATCH; b++)
            order[b] = at + b;
        gather(pictures, order);
        for (int l = 0; l < LAYERS; l++)
            execute(&forward[l]);
        for (int b = 0; b < BATCH; b++) {
            const float *x = input[LAYERS] + b * CLASSES;
            int best = 0;
            for (int j = 1; j < CLASSES; j++)
                best = x[j] > x[best] ? j : best;
            right += best == labels[at + b];
        }
    }
    return (double)right / seen;
}

int main(int argc, char **argv)
{
    narrow = argc > 1 && strcmp(argv[1], "medium") == 0;
    int epochs = argc > 2 ? atoi(argv[2]) : 1, step = 0;
    ssi_dataset *train = ssi_load_dataset("mnist"), *test = ssi_load_dataset("mnist", .split = SSI_TEST);
    const uint8_t *pictures = ssi_data(ssi_dataset_x(train)), *test_pictures = ssi_data(ssi_dataset_x(test));
    const int64_t *labels = ssi_data(ssi_cast(ssi_dataset_y(train), SSI_I64));
    const int64_t *test_labels = ssi_data(ssi_cast(ssi_dataset_y(test), SSI_I64));
    if (!pictures || !test_pictures || !labels || !test_labels || ssi_dataset_x(train) == NULL)
        return ssi_report() || 1;
    enum { EXAMPLES = 60000, TEST = 10000 };
    static int order[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++)
        order[i] = i;
#if defined(__x86_64__)
#pragma omp parallel
    _mm_setcsr(_mm_getcsr() | 0x8040); /* denormal numbers are taken as 0 */
#endif
    expect(dnnl_engine_create(&engine, dnnl_cpu, 0), "engine");
    expect(dnnl_stream_create(&stream, engine, dnnl_stream_default_flags), "stream");
    make_parameters();
    make_products();
    for (int epoch = 0; epoch < epochs; epoch++) {
        double start = seconds_now();
        shuffle(order, EXAMPLES);
        for (int at = 0; at + BATCH <= EXAMPLES; at += BATCH)
            train_step(pictures, labels, order + at, ++step);
        double seconds = seconds_now() - start;
        printf("{\"group\": \"train\", \"name\": \"network\", \"peer\": \"oneDNN, by hand\", \"precision\": \"%s\", "
               "\"seconds\": %.9g, \"accuracy\": %.4f}\n",
               narrow ? "medium" : "highest", seconds, accuracy(test_pictures, test_labels, TEST));
        fflush(stdout);
    }
    ssi_dataset_free(train);
    ssi_dataset_free(test);
    return ssi_report();
}
