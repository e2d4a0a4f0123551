/*
 * train.c - ssi train DATA: trains a network, showing each epoch, and saves it.
 */
#include "dataset.h"
#include "epochs.h"
#include "model.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char help_en[] = "Usage: ssi train DATA [OPTION...]\n"
                              "\n"
                              "Trains a network on a data set (ssi data lists them) or a folder of idx files,\n"
                              "and measures it on the test examples after every epoch. Ctrl-C finishes the\n"
                              "step, saves what was learnt, and leaves; a second one leaves at once. The\n"
                              "next training can go on from there: --net digits.safetensors.\n"
                              "\n"
                              "  --net SPEC|FILE   layers, as ssi summary takes them (default: four hidden\n"
                              "                    layers of 256 units with ReLU), or a saved model, which\n"
                              "                    learns on; the optimizer starts anew\n"
                              "  --epochs N        times through the training examples (default 5)\n"
                              "  --batch N         examples in a step (default 128)\n"
                              "  --lr X            learning rate, falling linearly to 0 (default: the\n"
                              "                    optimizer's own, 0.001 for adam)\n"
                              "  --optimizer NAME  sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw\n"
                              "                    (default adam)\n"
                              "  --precision P     highest (default), or medium, which rounds what matrix\n"
                              "                    products multiply to bf16: faster where the processor\n"
                              "                    multiplies bf16 fast, and nearly as exact a network\n"
                              "  --threads N       default: as many as there are processors\n"
                              "  --seed N          another number, another start (default 0)\n"
                              "  --out FILE        where the model is saved (.safetensors)\n"
                              "  --plot FILE       a picture of loss and accuracy: .png, .svg, .pdf or .gp\n"
                              "  --json            one object for every epoch, on a line of its own\n"
                              "\n"
                              "Example:\n"
                              "  ssi train mnist --epochs 5 --out digits.safetensors --plot training.png\n";

static const char help_ko[] = "사용법: ssi train DATA [옵션...]\n"
                              "\n"
                              "데이터셋(ssi data 로 볼 수 있습니다)이나 idx 파일 폴더로 신경망을 학습시키고,\n"
                              "에폭마다 시험 데이터로 성능을 잽니다. Ctrl-C를 누르면 진행 중인 단계를 마치고\n"
                              "배운 것을 저장한 뒤 끝납니다. 한 번 더 누르면 바로 끝납니다. 저장한 모델은\n"
                              "--net digits.safetensors 처럼 주어 이어서 학습할 수 있습니다.\n"
                              "\n"
                              "  --net SPEC|FILE   층 구성. ssi summary 와 같은 형식 (기본: ReLU를 쓰는 256\n"
                              "                    유닛 은닉층 네 개). 저장한 모델을 주면 이어서 배웁니다.\n"
                              "                    최적화 기법은 처음부터 다시 시작합니다\n"
                              "  --epochs N        학습 데이터를 훑는 횟수 (기본 5)\n"
                              "  --batch N         한 단계에 쓰는 데이터 수 (기본 128)\n"
                              "  --lr X            학습률. 0까지 직선으로 줄어듭니다 (기본: 최적화 기법의 값,\n"
                              "                    adam은 0.001)\n"
                              "  --optimizer NAME  sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw\n"
                              "                    (기본 adam)\n"
                              "  --precision P     highest(기본) 또는 medium. medium은 행렬곱의 두 인수를\n"
                              "                    bf16으로 반올림합니다. bf16 곱셈이 빠른 프로세서에서\n"
                              "                    더 빠르고, 정확도는 거의 같습니다\n"
                              "  --threads N       스레드 수 (기본: 프로세서 수)\n"
                              "  --seed N          난수 씨앗. 바꾸면 다른 초기값에서 시작합니다 (기본 0)\n"
                              "  --out FILE        모델을 저장할 파일 (.safetensors)\n"
                              "  --plot FILE       손실과 정확도 그림: .png, .svg, .pdf, .gp\n"
                              "  --json            에폭마다 한 줄에 객체 하나\n"
                              "\n"
                              "예:\n"
                              "  ssi train mnist --epochs 5 --out digits.safetensors --plot training.png\n";

static int run(int argc, char **argv);

const command command_train = {
    .name = "train",
    .summary = {"train a network on a data set", "데이터셋으로 신경망 학습"},
    .help = {help_en, help_ko},
    .run = run,
};

/* What was asked for. */
typedef struct request {
    const char *data, *net, *optimizer, *out, *plot;
    long long epochs, batch, threads, seed;
    double lr;
    ssi_precision precision;
} request;

/* What has been measured so far. */
typedef struct history {
    epoch_result *result;
    int count;
} history;

static bool read_optimizer(const char *name)
{
    static const char *const names[] = {"sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", NULL};
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    wrong_use(T("--optimizer %s: there is no such optimizer%s", "--optimizer %s: 그런 최적화 기법은 없습니다%s"), name,
              one_of(name, names));
    return false;
}

static bool read_precision(const char *name, ssi_precision *precision)
{
    static const char *const names[] = {"highest", "medium", NULL};
    *precision = strcmp(name, "medium") == 0 ? SSI_MEDIUM : SSI_HIGHEST;
    if (*precision == SSI_MEDIUM || strcmp(name, "highest") == 0) {
        return true;
    }
    wrong_use(T("--precision %s: highest or medium%s", "--precision %s: highest 또는 medium%s"), name,
              did_you_mean(name, names));
    return false;
}

static bool take_option(int c, request *r)
{
    switch (c) {
    case 'n':
        r->net = optarg;
        return true;
    case 'e':
        return read_integer("--epochs", optarg, 1, 1000000, &r->epochs);
    case 'b':
        return read_integer("--batch", optarg, 1, 1000000000, &r->batch);
    case 'l':
        return read_number("--lr", optarg, 1e-12, 1e6, &r->lr);
    case 'o':
        r->optimizer = optarg;
        return read_optimizer(optarg);
    case 'p':
        return read_precision(optarg, &r->precision);
    case 't':
        return read_integer("--threads", optarg, 1, 256, &r->threads);
    case 's':
        return read_integer("--seed", optarg, 0, INT64_MAX, &r->seed);
    case 'f':
        r->out = optarg;
        return true;
    default:
        r->plot = optarg;
        return true;
    }
}

/* CLI_OK and a whole request, or what to leave with; *done says that there is nothing more to do. */
static int read_request(int argc, char **argv, request *r, bool *done)
{
    static const struct option options[] = {
        {"net", required_argument, NULL, 'n'},
        {"epochs", required_argument, NULL, 'e'},
        {"batch", required_argument, NULL, 'b'},
        {"lr", required_argument, NULL, 'l'},
        {"optimizer", required_argument, NULL, 'o'},
        {"precision", required_argument, NULL, 'p'},
        {"threads", required_argument, NULL, 't'},
        {"seed", required_argument, NULL, 's'},
        {"out", required_argument, NULL, 'f'},
        {"plot", required_argument, NULL, 'g'},
        COMMON_OPTIONS,
    };
    *r = (request){.optimizer = "adam", .epochs = 5, .batch = 128};
    *done = true;
    int c;
    while ((c = next_option(argc, argv, options, &command_train)) >= 0) {
        if (!take_option(c, r)) {
            return CLI_WRONG_USE;
        }
    }
    if (c != OPTIONS_END) {
        return c == OPTIONS_HELP ? CLI_OK : CLI_WRONG_USE;
    }
    if (argc - optind != 1) {
        return wrong_operands(&command_train);
    }
    r->data = argv[optind];
    *done = false;
    return CLI_OK;
}

/* What would be a pity to learn after the training. */
static int check_targets(const request *r)
{
    if (r->out != NULL && !can_write(r->out)) {
        return CLI_FAILED;
    }
    return r->plot != NULL && ssi_figure_check(r->plot) != 0 ? fail_with_error() : CLI_OK;
}

/* ---- while it trains ---- */

static int on_step(const ssi_progress *at, void *context)
{
    (void)context;
    epochs_progress(&(epoch_progress){
        .epoch = at->epoch,
        .epochs = at->epochs,
        .done = (double)at->step / (double)at->steps,
        .loss = at->loss,
        .accuracy = at->accuracy,
        .rate = at->examples_per_second,
        .seconds_left = at->seconds_left,
    });
    return 0;
}

static void print_epoch(const epoch_result *of, double rate, double lr)
{
    progress_clear();
    if (!common.json) {
        if (of->epoch == 1) {
            epochs_head();
        }
        epochs_row(of);
        return;
    }
    print_json(json_pack("{s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "epoch", of->epoch, "seconds",
                         number_or_null(of->seconds), "loss", number_or_null(of->loss), "accuracy",
                         number_or_null(of->accuracy), "test_loss", number_or_null(of->test_loss), "test_accuracy",
                         number_or_null(of->test_accuracy), "examples_per_second", number_or_null(rate), "lr",
                         number_or_null(lr)));
}

static int on_epoch(const ssi_progress *at, void *context)
{
    history *h = context;
    epoch_result result = {at->epoch, at->loss, at->accuracy, at->test_loss, at->test_accuracy, at->seconds};
    h->result[h->count++] = result;
    print_epoch(&result, at->examples_per_second, at->lr);
    return 0;
}

/* ---- before and after ---- */

/* What --net says; or the lecture's network, for examples of any size: four hidden layers of 256 units. */
static ssi_model *make_model(const request *r, const loaded_data *data)
{
    char spec[128];
    snprintf(spec, sizeof(spec), "%lld-256-256-256-256-%lld", (long long)data->inputs, (long long)data->classes);
    return r->net != NULL ? model_named(r->net) : ssi_model_from_spec(spec);
}

static void announce(const request *r, const loaded_data *data, const ssi_model *model)
{
    char train[32], test[32];
    ssi_model_summary total;
    fprintf(stderr, T("data      %s, %lld classes\n", "데이터    %s, %lld가지\n"), r->data, (long long)data->classes);
    fprintf(stderr, T("examples  %s, and %s to test\n", "개수      학습 %s개, 시험 %s개\n"),
            grouped(data->train_count, train), grouped(data->test_count, test));
    if (ssi_summarize(model, &total) == 0) {
        fprintf(stderr, T("network   %s parameters\n", "신경망    매개변수 %s개\n"), grouped(total.parameters, train));
    }
    fprintf(stderr, T("training  %s, batch %lld, %d thread%s\n\n", "학습      %s, 배치 %lld, 스레드 %d개%s\n\n"),
            r->optimizer, r->batch, ssi_threads(), T(ssi_threads() > 1 ? "s" : "", ""));
    ssi_error_take(NULL); /* inputs that are known only from the data are no mistake here */
}

static int save(const request *r, const ssi_model *model, const history *h)
{
    if (r->out != NULL && ssi_save(model, r->out) != 0) {
        return fail_with_error();
    }
    if (r->plot != NULL && h->count > 0 && training_plot(h->result, h->count, r->data, r->plot) != 0) {
        return fail_with_error();
    }
    if (r->out != NULL) {
        fprintf(stderr, T("saved %s\n", "%s 저장됨\n"), r->out);
    }
    if (r->plot != NULL && h->count > 0) {
        fprintf(stderr, T("drew %s\n", "%s 그려짐\n"), r->plot);
    }
    return CLI_OK;
}

static int after_interruption(const request *r, const ssi_model *model, const history *h)
{
    ssi_error_take(NULL);
    progress_clear();
    fputs(T("interrupted", "중단됨"), stderr);
    fputs(r->out != NULL ? "; " : T("; without --out nothing is saved\n", "; --out 이 없어 저장하지 않습니다\n"),
          stderr);
    int saved = save(r, model, h);
    if (r->out != NULL && saved == CLI_OK) {
        fprintf(stderr, T("--net %s goes on from there\n", "이어서 학습하려면 --net %s\n"), r->out);
    }
    return saved == CLI_OK ? CLI_INTERRUPTED : saved;
}

static int train(const request *r, const loaded_data *data, ssi_model *model, history *h)
{
    announce(r, data, model);
    int status = ssi_fit(model, data->train, .epochs = (int)r->epochs, .batch = r->batch,
                         .optimizer = ssi_optimizer_named(r->optimizer, r->lr), .validation = data->test,
                         .seed = (uint64_t)r->seed, .stop = stop_softly(),
                         .on_step = can_rewrite(stderr) ? on_step : NULL, .on_epoch = on_epoch, .context = h);
    progress_clear();
    if (status == SSI_INTERRUPTED) {
        return after_interruption(r, model, h);
    }
    return status != 0 ? fail_with_error() : save(r, model, h);
}

static int run(int argc, char **argv)
{
    request r;
    bool done;
    int code = read_request(argc, argv, &r, &done);
    if (done || (code = check_targets(&r)) != CLI_OK) {
        return code;
    }
    if (r.threads != 0 && ssi_set_threads((int)r.threads) != 0) {
        return fail_with_error();
    }
    ssi_set_precision(r.precision);
    loaded_data data;
    if (!load_data(r.data, &data)) {
        return fail_with_error();
    }
    ssi_model *model = make_model(&r, &data);
    history h = {.result = calloc((size_t)r.epochs, sizeof(epoch_result))};
    code = model != NULL && h.result != NULL ? train(&r, &data, model, &h) : fail_with_error();
    free(h.result);
    ssi_model_free(model);
    free_data(&data);
    return code;
}
