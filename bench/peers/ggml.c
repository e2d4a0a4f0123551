/*
 * ggml.c - ggml on the processor: epochs of training by its own ggml_opt, predictions of the lecture's network, and products. Everything lies as ggml likes it: a weight
 * row by row of what it sums, so that a product is mul_mat; where the left operand is turned it is out_prod. For bf16 ("medium") the weights are bf16, which ggml multiplies by
 * what it rounds itself; it trains f32 alone. Its threads are its own; a BLAS that it was perhaps built with is not asked.
 *
 *     build/peer_ggml train THREADS [EPOCHS]  |  products THREADS  |  predict THREADS          a line of JSON for each epoch, product, or batch
 */
#include <ggml-alloc.h>
#include <ggml-backend.h>
#include <ggml-cpu.h>
#include <ggml-opt.h>
#include <ggml.h>

#include "bench/clock.h"
#include "bench/peers/pictures.h"

enum { LAYERS = 5, BATCH = 128, EXAMPLES = 60000, NODES = 1024, WIDEST_BATCH = 1024 };
static const int64_t widths[LAYERS + 1] = {INPUTS, 256, 256, 256, 256, CLASSES};

/* Tensors without memory, which a backend gives them. */
static struct ggml_context *tensors(void)
{
    size_t room = NODES * ggml_tensor_overhead() + 4 * ggml_graph_overhead_custom(NODES, true);
    return ggml_init((struct ggml_init_params){.mem_size = room, .no_alloc = true});
}

/* A whole tensor of f32 or bf16. */
static void fill(struct ggml_tensor *x, const float *from)
{
    size_t count = (size_t)ggml_nelements(x);
    if (x->type == GGML_TYPE_F32) {
        ggml_backend_tensor_set(x, from, 0, count * sizeof *from);
        return;
    }
    ggml_bf16_t *rounded = calloc(count, sizeof *rounded);
    if (rounded == NULL)
        exit(1);
    ggml_fp32_to_bf16_row(from, rounded, (int64_t)count);
    ggml_backend_tensor_set(x, rounded, 0, count * sizeof *rounded);
    free(rounded);
}

/* Numbers of which none is 0, between -scale and scale. */
static void fill_at_random(struct ggml_tensor *x, double scale)
{
    size_t count = (size_t)ggml_nelements(x);
    float *numbers = dense(count / INPUTS + 1);
    for (size_t i = 0; i < count; i++)
        numbers[i] = (float)scale * (2 * numbers[i] - 1);
    fill(x, numbers);
    free(numbers);
}

/* ---- the network ---- */

typedef struct network {
    struct ggml_context *kept, *made; /* weights and pictures; what is computed */
    struct ggml_tensor *weight[LAYERS], *bias[LAYERS], *x, *y;
} network;

static network build(ggml_backend_t backend, int64_t batch, enum ggml_type type, bool learns)
{
    network net = {.kept = tensors(), .made = tensors()};
    net.x = ggml_new_tensor_2d(net.kept, GGML_TYPE_F32, INPUTS, batch);
    ggml_set_input(net.x);
    struct ggml_tensor *y = net.x;
    for (int i = 0; i < LAYERS; i++) {
        net.weight[i] = ggml_new_tensor_2d(net.kept, type, widths[i], widths[i + 1]);
        net.bias[i] = ggml_new_tensor_1d(net.kept, GGML_TYPE_F32, widths[i + 1]);
        if (learns) {
            ggml_set_param(net.weight[i]);
            ggml_set_param(net.bias[i]);
        }
        y = ggml_add(net.made, ggml_mul_mat(net.made, net.weight[i], y), net.bias[i]);
        y = i < LAYERS - 1 ? ggml_relu(net.made, y) : y;
    }
    net.y = y;
    ggml_set_output(y);
    if (ggml_backend_alloc_ctx_tensors(net.kept, backend) == NULL)
        exit(1);
    for (int i = 0; i < LAYERS; i++) {
        fill_at_random(net.weight[i], 2.4 / (double)widths[i] * 8);
        fill_at_random(net.bias[i], 0.01);
    }
    return net;
}

/* ---- calls ---- */

/* The median and the 99th percentile of the runs of 0.2 s, as ssi bench takes them. */
static void measure(ggml_backend_t backend, struct ggml_cgraph *graph, const char *group, const char *name, bool bf16)
{
    enum { MOST = 20000 };
    static double spent[MOST];
    int count = -3;
    for (double end = seconds_now() + 0.2; count < MOST && (count < 5 || seconds_now() < end); count++) {
        double start = seconds_now();
        if (ggml_backend_graph_compute(backend, graph) != GGML_STATUS_SUCCESS)
            exit(1);
        spent[count < 0 ? 0 : count] = seconds_now() - start;
    }
    qsort(spent, (size_t)count, sizeof *spent, by_size);
    printf("{\"group\": \"%s\", \"name\": \"%s\", \"peer\": \"ggml\", \"version\": \"%s\", \"precision\": \"%s\", "
           "\"seconds\": %.9g, \"p99\": %.9g}\n",
           group, name, ggml_version(), bf16 ? "medium" : "highest", spent[count / 2], spent[count * 99 / 100]);
    fflush(stdout);
}

static void run(ggml_backend_t backend, struct ggml_context *made, struct ggml_tensor *y, const char *group,
                const char *name, bool bf16)
{
    struct ggml_cgraph *graph = ggml_new_graph_custom(made, NODES, false);
    ggml_build_forward_expand(graph, y);
    ggml_gallocr_t room = ggml_gallocr_new(ggml_backend_get_default_buffer_type(backend));
    if (!ggml_gallocr_alloc_graph(room, graph))
        exit(1);
    measure(backend, graph, group, name, bf16);
    ggml_gallocr_free(room);
}

static void predict(ggml_backend_t backend, const float *pictures, const char *of)
{
    static const int batches[] = {1, BATCH, WIDEST_BATCH};
    for (int i = 0; i < 6; i++) {
        bool bf16 = i % 2;
        network net = build(backend, batches[i / 2], bf16 ? GGML_TYPE_BF16 : GGML_TYPE_F32, false);
        fill(net.x, pictures);
        char name[64];
        snprintf(name, sizeof name, "network, batch %d%s", batches[i / 2], of);
        run(backend, net.made, net.y, "predict", name, bf16);
        ggml_free(net.made);
        ggml_free(net.kept);
    }
}

/* (m,k) @ (k,n), or (k,m).T @ (k,n), which is known for f32 alone. */
static void product(ggml_backend_t backend, int64_t m, int64_t n, int64_t k, bool turned, bool bf16)
{
    struct ggml_context *kept = tensors(), *made = tensors();
    enum ggml_type type = bf16 ? GGML_TYPE_BF16 : GGML_TYPE_F32;
    struct ggml_tensor *a = ggml_new_tensor_2d(kept, GGML_TYPE_F32, turned ? m : k, turned ? k : m);
    struct ggml_tensor *b = ggml_new_tensor_2d(kept, type, turned ? n : k, turned ? k : n);
    if (ggml_backend_alloc_ctx_tensors(kept, backend) == NULL)
        exit(1);
    fill_at_random(a, 1);
    fill_at_random(b, 1);
    char name[64];
    snprintf(name, sizeof name, turned ? "(%d,%d).T @ (%d,%d)" : "(%d,%d) @ (%d,%d)", (int)a->ne[1], (int)a->ne[0],
             (int)k, (int)n);
    run(backend, made, turned ? ggml_out_prod(made, b, a) : ggml_mul_mat(made, b, a), "products", name, bf16);
    ggml_free(made);
    ggml_free(kept);
}

static void products(ggml_backend_t backend)
{
    static const int64_t shapes[][3] = {{128, 256, 784}, {128, 256, 256}, {128, 10, 256}, {1024, 1024, 1024}};
    for (int i = 0; i < 4; i++) {
        product(backend, shapes[i][0], shapes[i][1], shapes[i][2], false, false);
        product(backend, shapes[i][0], shapes[i][1], shapes[i][2], false, true);
    }
    product(backend, 784, 256, 128, true, false);
}

/* ---- training ---- */

static struct ggml_opt_optimizer_params adam(void *unused)
{
    (void)unused;
    struct ggml_opt_optimizer_params parameters = ggml_opt_get_default_optimizer_params(NULL);
    parameters.adamw.alpha = 1e-3f;
    parameters.adamw.wd = 0;
    return parameters;
}

static void train(ggml_backend_t backend, int epochs)
{
    float *answer, *picture = digits(SSI_TRAIN, EXAMPLES, &answer);
    int64_t whole = EXAMPLES / BATCH * BATCH;
    ggml_opt_dataset_t set = ggml_opt_dataset_init(GGML_TYPE_F32, GGML_TYPE_F32, INPUTS, CLASSES, whole, 1);
    memcpy(ggml_opt_dataset_data(set)->data, picture, (size_t)whole * INPUTS * sizeof *picture);
    memcpy(ggml_opt_dataset_labels(set)->data, answer, (size_t)whole * CLASSES * sizeof *answer);
    network net = build(backend, BATCH, GGML_TYPE_F32, true);
    ggml_backend_sched_t sched = ggml_backend_sched_new(&backend, NULL, 1, NODES, false, false);
    struct ggml_opt_params how = ggml_opt_default_params(sched, GGML_OPT_LOSS_TYPE_CROSS_ENTROPY);
    how.ctx_compute = net.made;
    how.inputs = net.x;
    how.outputs = net.y;
    how.get_opt_pars = adam;
    ggml_opt_context_t context = ggml_opt_init(how);
    ggml_opt_result_t result = ggml_opt_result_init();
    for (int i = 0; i < epochs; i++) {
        double right, start = seconds_now();
        ggml_opt_result_reset(result);
        ggml_opt_dataset_shuffle(context, set, -1);
        ggml_opt_epoch(context, set, result, NULL, whole, NULL, NULL);
        double seconds = seconds_now() - start;
        ggml_opt_result_accuracy(result, &right, NULL);
        printf("{\"group\": \"train\", \"name\": \"network\", \"peer\": \"ggml\", \"version\": \"%s\", \"precision\": "
               "\"highest\", \"seconds\": %.9g, \"train_accuracy\": %.4f}\n",
               ggml_version(), seconds, right);
        fflush(stdout);
    }
}

int main(int argc, char **argv)
{
    const char *job = argc >= 3 ? argv[1] : "";
    ggml_backend_t backend = ggml_backend_cpu_init();
    if (backend == NULL)
        return 1;
    ggml_backend_cpu_set_n_threads(backend, argc >= 3 ? atoi(argv[2]) : 1);
    if (strcmp(job, "train") == 0) {
        train(backend, argc > 3 ? atoi(argv[3]) : 1);
    } else if (strcmp(job, "products") == 0) {
        products(backend);
    } else if (strcmp(job, "predict") == 0) {
        predict(backend, digits(SSI_TEST, WIDEST_BATCH, NULL), "");
        predict(backend, dense(WIDEST_BATCH), ", dense");
    } else {
        fprintf(stderr, "ggml: train THREADS [EPOCHS] | products THREADS | predict THREADS\n");
        return 2;
    }
    ggml_backend_free(backend);
    return 0;
}
