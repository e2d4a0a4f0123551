/*
 * bench.c - ssi bench: how fast ssi is on this machine, beside what the machine can do at most.
 */
#include "cli.h"

#include <string.h>
#include <time.h>

static const char help_en[] = "Usage: ssi bench [NAME...] [--threads N] [--json]\n"
                              "\n"
                              "Measures ssi on this machine, and first the machine's own limits: how fast it\n"
                              "multiplies and adds, and reads from its caches. NAME: limits, products, arrays,\n"
                              "train or predict (a network 784-256-256-256-256-10); without one, everything is\n"
                              "measured (ten seconds). 'limit' is the part of a row's time that the machine\n"
                              "could not do without, every multiply-add counted. Those by 0 are left out,\n"
                              "so predictions of digits may pass 100 %; rows named dense have no zeros.\n"
                              "\n"
                              "  --threads N       default: as many as there are processors\n"
                              "  --json            one object for every row\n"
                              "\n"
                              "Examples:\n"
                              "  ssi bench limits\n"
                              "  ssi bench products train --threads 1\n";

static const char help_ko[] = "사용법: ssi bench [이름...] [--threads N] [--json]\n"
                              "\n"
                              "이 컴퓨터에서 ssi가 얼마나 빠른지 잽니다. 먼저 컴퓨터 자체의 한계, 곧 곱하고\n"
                              "더하는 속도와 캐시에서 읽는 속도를 잽니다. 이름은 limits, products, arrays,\n"
                              "train, predict(신경망 784-256-256-256-256-10) 가운데 고르고, 없으면 모두\n"
                              "잽니다(10초). '한계'는 걸린 시간 가운데 이 컴퓨터로는 줄일 수 없는\n"
                              "부분입니다. 곱셈-덧셈을 모두 세지만 0과의 곱은 건너뛰므로, 숫자 그림을\n"
                              "예측하는 줄은 100 %를 넘기도 합니다. dense라는 줄의 수에는 0이 없습니다.\n"
                              "\n"
                              "  --threads N       스레드 수 (기본: 프로세서 수)\n"
                              "  --json            줄마다 객체 하나\n"
                              "\n"
                              "예:\n"
                              "  ssi bench limits\n"
                              "  ssi bench products train --threads 1\n";

static int run(int argc, char **argv);

const command command_bench = {
    .name = "bench",
    .summary = {"how fast ssi is here, beside the machine's limits", "이 컴퓨터에서의 속도와 한계"},
    .help = {help_en, help_ko},
    .run = run,
};

/* ---- measuring ---- */

/* Work to measure: what it reads, what it does, and how much that is. */
typedef struct work {
    const char *group;
    char name[48];
    bool (*once)(const struct work *w);
    ssi_tensor *x[4];
    ssi_model *model;
    ssi_optimizer *optimizer;
    ssi_precision precision;
    double operations, bytes;
} work;

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Seconds of a run: half of the runs take at most `median`, and 99 of 100 at most `p99`. */
typedef struct spent {
    double median, p99;
} spent;

/* Of the runs of 0.2 s, at least five; the first ones, which plan, do not count. False when the work fails. */
static bool measure(const work *w, spent *result)
{
    enum { MOST = 20000 };
    static double seconds[MOST];
    double begin = seconds_now();
    int count = -3;
    for (; count < MOST && (count < 5 || seconds_now() < begin + 0.2); count++) {
        double start = seconds_now();
        if (!w->once(w)) {
            return false;
        }
        seconds[count < 0 ? 0 : count] = seconds_now() - start;
    }
    qsort(seconds, (size_t)count, sizeof(double), by_size);
    *result = (spent){seconds[count / 2], seconds[count * 99 / 100]};
    return true;
}

static int show(const work *w, const ssi_limits *limits)
{
    ssi_precision before = ssi_set_precision(w->precision);
    spent time;
    bool done = measure(w, &time);
    ssi_set_precision(before);
    if (!done) {
        return fail_with_error();
    }
    double peak = w->precision == SSI_MEDIUM ? limits->medium : limits->f32, seconds = time.median;
    double share = ssi_least_seconds(limits, peak, w->operations, w->bytes) / seconds;
    if (common.json) {
        return print_json(json_pack("{s:s, s:s, s:s, s:f, s:f, s:f, s:f, s:f}", "group", w->group, "name", w->name,
                                    "precision", w->precision == SSI_MEDIUM ? "medium" : "highest", "seconds", seconds,
                                    "p99", time.p99, "gflops", w->operations / seconds / 1e9, "gbytes",
                                    w->bytes / seconds / 1e9, "limit", share));
    }
    print_padded(stdout, w->group, 10);
    print_padded(stdout, w->name, 27);
    printf("%-8s %9.1f %8.1f %7.1f %4.0f %%\n", w->precision == SSI_MEDIUM ? "medium" : "highest", seconds * 1e6,
           w->operations / seconds / 1e9, w->bytes / seconds / 1e9, 100 * share);
    return CLI_OK;
}

/* Forces y, and leaves the scope that it was written in. */
static bool finish(ssi_scope scope, ssi_tensor *y)
{
    bool done = ssi_eval(y) == 0;
    return ssi_scope_close(scope) == 0 && done;
}

static ssi_tensor *numbers(int rank, const int64_t *shape)
{
    static uint64_t stream;
    ssi_tensor *x = ssi_sub((ssi_uniform)(SSI_F32, rank, shape, 1, stream++), 0.5);
    return ssi_eval(x) == 0 ? x : NULL;
}

/* ---- products ---- */

static bool multiply(const work *w)
{
    ssi_scope scope = ssi_scope_open();
    return finish(scope, ssi_matmul(w->x[0], w->x[1]));
}

static bool multiply_turned(const work *w)
{
    ssi_scope scope = ssi_scope_open();
    return finish(scope, ssi_matmul(ssi_transpose(w->x[0]), w->x[1]));
}

/* The lecture's network at a batch of 128: a first, a hidden and the last layer, and the gradient of the first's weights. */
static int bench_products(const ssi_limits *limits)
{
    static const struct {
        int64_t m, n, k;
        bool turned; /* the first operand lies as (k,m) */
    } shapes[] = {{128, 256, 784, false},
                  {128, 256, 256, false},
                  {128, 10, 256, false},
                  {784, 256, 128, true},
                  {1024, 1024, 1024, false}};
    int code = CLI_OK;
    for (size_t i = 0; code == CLI_OK && i < 2 * sizeof(shapes) / sizeof(shapes[0]); i++) {
        const int64_t m = shapes[i / 2].m, n = shapes[i / 2].n, k = shapes[i / 2].k;
        const bool turned = shapes[i / 2].turned;
        const int64_t rows = turned ? k : m, columns = turned ? m : k;
        work w = {.group = "products", .once = turned ? multiply_turned : multiply};
        w.precision = i % 2 ? SSI_MEDIUM : SSI_HIGHEST;
        snprintf(w.name, sizeof(w.name), "(%lld,%lld)%s @ (%lld,%lld)", (long long)rows, (long long)columns,
                 turned ? ".T" : "", (long long)k, (long long)n);
        w.x[0] = numbers(2, (int64_t[]){rows, columns});
        w.x[1] = numbers(2, (int64_t[]){k, n});
        w.operations = 2.0 * (double)(m * n * k);
        w.bytes = 4.0 * (double)(m * k + k * n + m * n);
        code = show(&w, limits);
    }
    return code;
}

/* ---- arrays ---- */

static bool add(const work *w)
{
    ssi_scope scope = ssi_scope_open();
    return finish(scope, ssi_add(w->x[0], w->x[1]));
}

static bool sigmoid_of_line(const work *w)
{
    ssi_scope scope = ssi_scope_open();
    return finish(scope, ssi_sigmoid(ssi_add(ssi_mul(w->x[0], 3), w->x[1])));
}

static bool leaky(const work *w)
{
    ssi_scope scope = ssi_scope_open();
    return finish(scope, ssi_where(ssi_greater(w->x[0], 0), w->x[0], ssi_mul(w->x[0], 0.01)));
}

static bool total(const work *w)
{
    ssi_scope scope = ssi_scope_open();
    return finish(scope, ssi_sum(w->x[0]));
}

static bool turn(const work *w)
{
    ssi_scope scope = ssi_scope_open();
    return finish(scope, ssi_add(ssi_transpose(w->x[0]), 1));
}

static int bench_arrays(const ssi_limits *limits)
{
    static const struct {
        const char *name;
        bool (*once)(const work *w);
        double bytes, operations; /* of an element */
    } rows[] = {{"a + b", add, 12, 1},
                {"sigmoid(3 a + b)", sigmoid_of_line, 12, 3},
                {"where(a > 0, a, 0.01 a)", leaky, 8, 3},
                {"a.sum()", total, 4, 1},
                {"A.T + 1, (1000,1000)", turn, 8, 1}};
    int code = CLI_OK;
    for (size_t i = 0; code == CLI_OK && i < sizeof(rows) / sizeof(rows[0]); i++) {
        work w = {.group = "arrays", .once = rows[i].once, .bytes = 1e6 * rows[i].bytes};
        snprintf(w.name, sizeof(w.name), "%s", rows[i].name);
        w.operations = 1e6 * rows[i].operations;
        w.x[0] = numbers(2, (int64_t[]){1000, 1000});
        w.x[1] = numbers(2, (int64_t[]){1000, 1000});
        code = show(&w, limits);
    }
    return code;
}

/* ---- a network ---- */

enum { MOST_PARAMETERS = 16, FIRST_LAYER = 784 * 256, PARAMETERS = 400906, CLASSES = 10, INPUTS = 784 };

static ssi_model *network(void)
{
    ssi_model *model = ssi_model_from_spec("784-256-256-256-256-10");
    if (model != NULL && ssi_build(model, 1, (int64_t[]){INPUTS}, SSI_F32, 0) != 0) {
        ssi_model_free(model);
        return NULL;
    }
    return model;
}

static bool train_once(const work *w)
{
    ssi_tensor *parameter[MOST_PARAMETERS], *gradient[MOST_PARAMETERS];
    ssi_scope scope = ssi_scope_open();
    int count = ssi_parameters(w->model, MOST_PARAMETERS, parameter);
    ssi_tensor *loss = ssi_cross_entropy(ssi_forward(w->model, w->x[0], .training = true), w->x[1]);
    bool done = count > 0 && ssi_gradients(loss, count, parameter, gradient) == 0 &&
                ssi_step(w->optimizer, count, parameter, gradient) == 0;
    return ssi_scope_close(scope) == 0 && done;
}

static int bench_train(const ssi_limits *limits)
{
    const double batch = 128;
    int code = CLI_OK;
    for (ssi_precision p = SSI_HIGHEST; code == CLI_OK && p <= SSI_MEDIUM; p++) {
        work w = {.group = "train", .name = "network, batch 128, Adam", .once = train_once, .precision = p};
        w.model = network();
        w.optimizer = ssi_adam();
        w.x[0] = numbers(2, (int64_t[]){(int64_t)batch, INPUTS});
        w.x[1] = ssi_remainder((ssi_iota)(SSI_I64, 1, (int64_t[]){(int64_t)batch}, 0), CLASSES);
        w.operations = 2 * batch * (3.0 * PARAMETERS - FIRST_LAYER); /* forward, by the weights, by the inputs */
        w.bytes = 4 * (8.0 * PARAMETERS);                            /* weights twice; Adam reads four, writes three */
        code = w.model != NULL && w.optimizer != NULL ? show(&w, limits) : fail_with_error();
        ssi_optimizer_free(w.optimizer);
        ssi_model_free(w.model);
    }
    return code;
}

static bool predict_once(const work *w)
{
    ssi_scope scope = ssi_scope_open();
    return finish(scope, ssi_predict(w->model, w->x[0]));
}

/* The first of MNIST's test digits. */
static ssi_tensor *digits(const ssi_dataset *test, int64_t count)
{
    const ssi_range first[] = {{0, count, 1}};
    ssi_tensor *x = ssi_slice(ssi_dataset_x(test), 1, first);
    x = ssi_div(ssi_cast(ssi_reshape(x, count, INPUTS), SSI_F32), 255);
    return ssi_eval(x) == 0 ? x : NULL;
}

/* In both precisions, what `name` says. */
static int predict(const ssi_limits *limits, ssi_model *model, ssi_tensor *x, int64_t batch, const char *name)
{
    int code = CLI_OK;
    for (int medium = 0; code == CLI_OK && medium < 2; medium++) {
        work w = {.group = "predict", .once = predict_once, .model = model, .x = {x}};
        w.precision = medium ? SSI_MEDIUM : SSI_HIGHEST;
        snprintf(w.name, sizeof(w.name), "network, batch %d%s", (int)batch, name);
        w.operations = 2.0 * (double)batch * PARAMETERS;
        w.bytes = (medium ? 2.0 : 4.0) * PARAMETERS + 4.0 * (double)batch * INPUTS; /* weights are packed once */
        code = show(&w, limits);
    }
    return code;
}

/* Of digits, most of whose dots are 0, and of random numbers. Where there are no digits, of these alone. */
static int bench_predict(const ssi_limits *limits)
{
    static const int64_t batches[] = {1, 128, 1024};
    ssi_model *model = network();
    if (model == NULL) {
        return fail_with_error();
    }
    int code = CLI_OK;
    ssi_dataset *test = ssi_load_dataset("mnist", .split = SSI_TEST);
    if (test == NULL) {
        ssi_error_take(NULL);
    }
    for (int i = 0; test != NULL && code == CLI_OK && i < 3; i++) {
        code = predict(limits, model, digits(test, batches[i]), batches[i], "");
    }
    for (int i = 0; code == CLI_OK && i < 3; i++) {
        code = predict(limits, model, numbers(2, (int64_t[]){batches[i], INPUTS}), batches[i], ", dense");
    }
    ssi_dataset_free(test);
    ssi_model_free(model);
    return code;
}

/* ---- the limits ---- */

static int show_limits(const ssi_limits *limits)
{
    if (common.json) {
        json_t *level = json_array();
        for (int i = 0; i < SSI_LEVELS; i++) {
            json_array_append_new(level,
                                  json_pack("{s:s, s:I, s:f}", "name", limits->level[i].name, "bytes",
                                            (json_int_t)limits->level[i].bytes, "gbytes", limits->level[i].read));
        }
        return print_json(json_pack("{s:s, s:s, s:i, s:f, s:f, s:o}", "group", "limits", "processor", ssi_cpu(),
                                    "threads", ssi_threads(), "f32", limits->f32, "medium", limits->medium, "levels",
                                    level));
    }
    printf(T("limits of %s with %d thread%s\n", "%s, 스레드 %d개의 한계%s\n"), ssi_cpu(), ssi_threads(),
           T(ssi_threads() > 1 ? "s" : "", ""));
    printf(T("  multiply-add, f32     %8.1f Gflop/s\n", "  곱셈-덧셈, f32        %8.1f Gflop/s\n"), limits->f32);
    printf(T("  multiply-add, medium  %8.1f Gflop/s\n", "  곱셈-덧셈, medium     %8.1f Gflop/s\n"), limits->medium);
    for (int i = 0; i < SSI_LEVELS; i++) {
        char text[32] = "";
        if (limits->level[i].bytes > 0) {
            bytes_text((double)limits->level[i].bytes, text);
        }
        fputs(T("  reading ", "  읽기 "), stdout);
        print_padded(stdout, i == SSI_LEVELS - 1 ? T("memory", "메모리") : limits->level[i].name, 6);
        printf(T(" %-8s %7.1f GB/s\n", " %-8s    %7.1f GB/s\n"), text, limits->level[i].read);
    }
    return CLI_OK;
}

static const struct {
    const char *name;
    int (*run)(const ssi_limits *limits);
} groups[] = {
    {"products", bench_products}, {"arrays", bench_arrays}, {"train", bench_train}, {"predict", bench_predict}};
enum { GROUPS = sizeof(groups) / sizeof(groups[0]) };

static bool asked_for(const char *name, int count, char **names)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return count == 0;
}

static bool all_known(int count, char **names)
{
    const char *known[GROUPS + 2] = {"limits"};
    for (int i = 0; i < GROUPS; i++) {
        known[i + 1] = groups[i].name;
    }
    for (int i = 0; i < count; i++) {
        bool found = false;
        for (int k = 0; known[k] != NULL; k++) {
            found = found || strcmp(known[k], names[i]) == 0;
        }
        if (!found) {
            wrong_use(T("there is no benchmark '%s'%s", "'%s'라는 측정은 없습니다%s"), names[i],
                      one_of(names[i], known));
            return false;
        }
    }
    return true;
}

static int bench(int count, char **names)
{
    ssi_limits limits;
    if (ssi_measure_limits(&limits) != 0) {
        return fail_with_error();
    }
    int code = show_limits(&limits);
    if (!common.json && !(count == 1 && strcmp(names[0], "limits") == 0)) {
        printf("\n%45s%10s%9s%8s", "", "us", "Gflop/s", "GB/s");
        print_padded(stdout, T("limit", "한계"), -7);
        putchar('\n');
    }
    for (int i = 0; code == CLI_OK && i < GROUPS; i++) {
        ssi_scope scope = ssi_scope_open();
        if (asked_for(groups[i].name, count, names)) {
            code = groups[i].run(&limits);
        }
        ssi_scope_close(scope);
    }
    return code;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {{"threads", required_argument, NULL, 't'}, COMMON_OPTIONS};
    long long threads = 0;
    int c;
    while ((c = next_option(argc, argv, options, &command_bench)) >= 0) {
        if (!read_integer("--threads", optarg, 1, 256, &threads)) {
            return CLI_WRONG_USE;
        }
    }
    if (c != OPTIONS_END) {
        return c == OPTIONS_HELP ? CLI_OK : CLI_WRONG_USE;
    }
    if (!all_known(argc - optind, argv + optind)) {
        return CLI_WRONG_USE;
    }
    if (threads != 0 && ssi_set_threads((int)threads) != 0) {
        return fail_with_error();
    }
    return bench(argc - optind, argv + optind);
}
