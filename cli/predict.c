/*
 * predict.c - ssi predict MODEL FILE...: what is in a picture. One line for each file; a file that cannot be read is told on
 * stderr, and the others are still answered.
 */
#include "model.h"

static const char help_en[] = "Usage: ssi predict MODEL FILE... [--json]\n"
                              "\n"
                              "Says which class each picture shows: its name, the label, and the probability\n"
                              "that the model gives it, separated by tabs. Pictures are PNG or JPEG of any\n"
                              "size, dark on light or light on dark; the digit may be anywhere.\n"
                              "\n"
                              "  --threads N  default: as many as there are processors\n"
                              "  --json       one object for each file: file, label, probability, probabilities\n"
                              "\n"
                              "Example:\n"
                              "  ssi predict digits.safetensors my-digit.png other.jpg\n";

static const char help_ko[] = "사용법: ssi predict MODEL FILE... [--json]\n"
                              "\n"
                              "그림이 어떤 클래스인지 답합니다: 파일 이름, 레이블, 모델이 매긴 확률을 탭으로\n"
                              "나누어 한 줄씩 씁니다. 그림은 크기에 상관없이 PNG나 JPEG이고, 밝은 바탕이든\n"
                              "어두운 바탕이든, 숫자가 어디에 있든 괜찮습니다.\n"
                              "\n"
                              "  --threads N  스레드 수 (기본: 프로세서 수)\n"
                              "  --json       파일마다 객체 하나: file, label, probability, probabilities\n"
                              "\n"
                              "예:\n"
                              "  ssi predict digits.safetensors my-digit.png other.jpg\n";

static int run(int argc, char **argv);

const command command_predict = {
    .name = "predict",
    .summary = {"say what pictures show", "그림이 무엇인지 예측"},
    .help = {help_en, help_ko},
    .run = run,
};

static int64_t largest_of(const double *value, int64_t count)
{
    int64_t best = 0;
    for (int64_t i = 1; i < count; i++) {
        best = value[i] > value[best] ? i : best;
    }
    return best;
}

static int tell(const char *file, const double *probability, int64_t classes)
{
    int64_t label = largest_of(probability, classes);
    if (!common.json) {
        printf("%s\t%lld\t%.4f\n", file, (long long)label, probability[label]);
        fflush(stdout);
        return CLI_OK;
    }
    json_t *all = json_array(), *name = json_string(file);
    for (int64_t i = 0; i < classes; i++) {
        json_array_append_new(all, number_or_null(probability[i]));
    }
    if (name == NULL) {
        name = json_string("?"); /* a name that is no UTF-8 */
    }
    return print_json(json_pack("{s:o, s:I, s:o, s:o}", "file", name, "label", (json_int_t)label, "probability",
                                number_or_null(probability[label]), "probabilities", all));
}

/* The answer for one picture. */
static int answer(ssi_model *model, const char *file)
{
    ssi_tensor *digit = ssi_prepare_digit(ssi_read_image(file));
    ssi_tensor *probability = ssi_predict(model, ssi_reshape(digit, 1, 28, 28));
    int64_t classes = ssi_dim(probability, -1);
    double *value = probability != NULL ? calloc((size_t)classes, sizeof(double)) : NULL;
    int code = value == NULL || ssi_read(probability, SSI_F64, value, classes) != 0 ? fail_with_error()
                                                                                    : tell(file, value, classes);
    free(value);
    return code;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {{"threads", required_argument, NULL, 't'}, COMMON_OPTIONS};
    long long threads = 0;
    int c;
    while ((c = next_option(argc, argv, options, &command_predict)) >= 0) {
        if (!read_integer("--threads", optarg, 1, 256, &threads)) {
            return CLI_WRONG_USE;
        }
    }
    if (c != OPTIONS_END) {
        return c == OPTIONS_HELP ? CLI_OK : CLI_WRONG_USE;
    }
    if (argc - optind < 2) {
        return wrong_operands(&command_predict);
    }
    ssi_model *model = ssi_load(argv[optind]);
    if (model == NULL || (threads != 0 && ssi_set_threads((int)threads) != 0)) {
        ssi_model_free(model);
        return fail_with_error();
    }
    int code = CLI_OK;
    for (int i = optind + 1; i < argc; i++) {
        ssi_scope scope = ssi_scope_open();
        if (answer(model, argv[i]) != CLI_OK) {
            code = CLI_FAILED;
        }
        ssi_scope_close(scope);
    }
    ssi_model_free(model);
    return code;
}
