/*
 * eval.c - ssi eval MODEL DATA: how good a model is on a data set's test examples, and what it mistakes for what.
 */
#include "confusion.h"
#include "mistakes.h"
#include "model.h"

static const char help_en[] = "Usage: ssi eval MODEL DATA [OPTION...]\n"
                              "\n"
                              "Measures a model on the test examples of a data set: mean loss, accuracy (from 0\n"
                              "to 1), and the confusion matrix.\n"
                              "\n"
                              "  --plot FILE  the confusion matrix as a picture: .png, .svg, .pdf or .gp\n"
                              "  --grid FILE  examples with their predictions as a picture, wrong ones red\n"
                              "  --threads N  default: as many as there are processors\n"
                              "  --json       one object: examples, loss, accuracy, confusion\n"
                              "\n"
                              "Example:\n"
                              "  ssi eval digits.safetensors mnist --plot confusion.png\n";

static const char help_ko[] = "사용법: ssi eval MODEL DATA [옵션...]\n"
                              "\n"
                              "데이터셋의 시험 데이터로 모델을 평가합니다: 평균 손실, 정확도(0에서 1),\n"
                              "혼동 행렬.\n"
                              "\n"
                              "  --plot FILE  혼동 행렬 그림: .png, .svg, .pdf, .gp\n"
                              "  --grid FILE  데이터와 예측을 늘어놓은 그림. 틀린 것은 빨간색\n"
                              "  --threads N  스레드 수 (기본: 프로세서 수)\n"
                              "  --json       객체 하나: examples, loss, accuracy, confusion\n"
                              "\n"
                              "예:\n"
                              "  ssi eval digits.safetensors mnist --plot confusion.png\n";

static int run(int argc, char **argv);

const command command_eval = {
    .name = "eval",
    .summary = {"loss, accuracy and confusion matrix of a model", "모델의 손실, 정확도, 혼동 행렬"},
    .help = {help_en, help_ko},
    .run = run,
};

static int tell(const ssi_evaluation *found, const confusion *matrix)
{
    if (common.json) {
        return print_json(json_pack("{s:I, s:o, s:o, s:o}", "examples", (json_int_t)found->examples, "loss",
                                    number_or_null(found->loss), "accuracy", number_or_null(found->accuracy),
                                    "confusion", confusion_json(matrix)));
    }
    char number[32];
    printf(T("examples  %s\n", "데이터  %s개\n"), grouped(found->examples, number));
    printf(T("loss      %.4f\n", "손실    %.4f\n"), found->loss);
    printf(T("accuracy  %.4f\n\n", "정확도  %.4f\n\n"), found->accuracy);
    confusion_print(matrix);
    return CLI_OK;
}

/* What was asked for. */
typedef struct request {
    const char *model, *data, *plot, *grid;
    long long threads;
} request;

static int draw(const request *r, ssi_model *model, const loaded_data *data, const confusion *matrix, double accuracy)
{
    if (r->plot != NULL && confusion_plot(matrix, r->data, accuracy, r->plot) != 0) {
        return fail_with_error();
    }
    return r->grid != NULL && mistakes_plot(model, data->test, r->grid) != 0 ? fail_with_error() : CLI_OK;
}

/* A model may tell more classes apart than the data have. 0 with the library's error waiting. */
static int64_t count_outputs(const ssi_model *model)
{
    ssi_model_summary total;
    ssi_layer_summary last;
    bool known = ssi_summarize(model, &total) == 0 && ssi_summarize_layer(model, total.layers - 1, &last) == 0;
    return known && last.rank > 0 ? last.shape[last.rank - 1] : 0;
}

static int evaluate(const request *r, ssi_model *model, const loaded_data *data)
{
    confusion matrix = {.classes = count_outputs(model)};
    if (matrix.classes == 0) {
        return fail_with_error();
    }
    matrix.count = calloc((size_t)matrix.classes, (size_t)matrix.classes * sizeof(int64_t));
    if (matrix.count == NULL) {
        return fail(T("out of memory", "메모리가 부족합니다"));
    }
    ssi_evaluation found;
    bool done = ssi_evaluate(model, data->test, &found, .confusion = matrix.count) == 0;
    int code = done ? tell(&found, &matrix) : fail_with_error();
    if (code == CLI_OK) {
        code = draw(r, model, data, &matrix, found.accuracy);
    }
    free(matrix.count);
    return code;
}

/* CLI_OK and a whole request, or what to leave with; *done says that there is nothing more to do. */
static int read_request(int argc, char **argv, request *r, bool *done)
{
    static const struct option options[] = {{"plot", required_argument, NULL, 'p'},
                                            {"grid", required_argument, NULL, 'g'},
                                            {"threads", required_argument, NULL, 't'},
                                            COMMON_OPTIONS};
    *r = (request){0};
    *done = true;
    int c;
    while ((c = next_option(argc, argv, options, &command_eval)) >= 0) {
        if (c == 'p') {
            r->plot = optarg;
        } else if (c == 'g') {
            r->grid = optarg;
        } else if (!read_integer("--threads", optarg, 1, 256, &r->threads)) {
            return CLI_WRONG_USE;
        }
    }
    if (c != OPTIONS_END) {
        return c == OPTIONS_HELP ? CLI_OK : CLI_WRONG_USE;
    }
    if (argc - optind != 2) {
        return wrong_operands(&command_eval);
    }
    r->model = argv[optind];
    r->data = argv[optind + 1];
    *done = false;
    return CLI_OK;
}

/* What would be a pity to learn afterwards. */
static bool prepare(const request *r)
{
    return (r->plot == NULL || ssi_figure_check(r->plot) == 0) && (r->grid == NULL || ssi_figure_check(r->grid) == 0) &&
           (r->threads == 0 || ssi_set_threads((int)r->threads) == 0);
}

static int run(int argc, char **argv)
{
    request r;
    bool done;
    int code = read_request(argc, argv, &r, &done);
    if (done) {
        return code;
    }
    if (!prepare(&r)) {
        return fail_with_error();
    }
    loaded_data data;
    ssi_model *model = ssi_load(r.model);
    if (model == NULL || !load_data(r.data, &data)) {
        ssi_model_free(model);
        return fail_with_error();
    }
    code = evaluate(&r, model, &data);
    ssi_model_free(model);
    free_data(&data);
    return code;
}
