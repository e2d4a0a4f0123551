/*
 * summary.c - ssi summary SPEC|MODEL: layers, shapes, parameters, multiply-adds, memory.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

static const char help_en[] = "Usage: ssi summary SPEC|MODEL [--diagram] [--plot FILE] [--json]\n"
                              "\n"
                              "Shows a network's layers, output shapes, parameters and multiply-adds per\n"
                              "example. SPEC is numbers of units, 784-256-10, or a list of layers; MODEL is a\n"
                              "file that ssi train wrote.\n"
                              "\n"
                              "  --diagram    the layers as boxes, one below the other, before the numbers\n"
                              "  --plot FILE  the network as circles and lines: .png, .svg, .pdf or .gp\n"
                              "\n"
                              "Examples:\n"
                              "  ssi summary 784-256-256-256-256-10\n"
                              "  ssi summary '784, dense 256 gelu, dropout 0.2, dense 10'\n";

static const char help_ko[] = "사용법: ssi summary SPEC|MODEL [--diagram] [--plot FILE] [--json]\n"
                              "\n"
                              "신경망의 층, 출력 모양, 매개변수 수, 입력 하나당 곱셈-덧셈 수를 보여 줍니다.\n"
                              "SPEC은 784-256-10처럼 유닛 수를 적거나 층을 나열한 것이고, MODEL은 ssi train이\n"
                              "만든 파일입니다.\n"
                              "\n"
                              "  --diagram    숫자 앞에 층을 상자로 차례차례 그립니다\n"
                              "  --plot FILE  신경망을 동그라미와 선으로 그립니다: .png, .svg, .pdf, .gp\n"
                              "\n"
                              "예:\n"
                              "  ssi summary 784-256-256-256-256-10\n"
                              "  ssi summary '784, dense 256 gelu, dropout 0.2, dense 10'\n";

static int run(int argc, char **argv);

const command command_summary = {
    .name = "summary",
    .summary = {"a network's layers, parameters and multiply-adds", "신경망의 층, 매개변수 수, 곱셈-덧셈 수"},
    .help = {help_en, help_ko},
    .run = run,
};

/* "(256,)" */
static void shape_text(const ssi_layer_summary *layer, char *out, size_t size)
{
    size_t used = (size_t)snprintf(out, size, "(");
    for (int i = 0; i < layer->rank && used < size; i++) {
        used += (size_t)snprintf(out + used, size - used,
                                 layer->rank == 1 ? "%lld,"
                                 : i > 0          ? ",%lld"
                                                  : "%lld",
                                 (long long)layer->shape[i]);
    }
    if (used < size) {
        snprintf(out + used, size - used, ")");
    }
}

static void print_layer(const ssi_layer_summary *layer, bool narrow)
{
    char shape[128], number[32];
    shape_text(layer, shape, sizeof(shape));
    print_padded(stdout, layer->name, narrow ? 18 : 24);
    if (!narrow) {
        print_padded(stdout, shape, 14);
    }
    print_padded(stdout, grouped(layer->parameters, number), narrow ? -10 : -14);
    print_padded(stdout, grouped(layer->multiply_adds, number), narrow ? -10 : -18);
    putchar('\n');
}

static void print_head(bool narrow)
{
    print_padded(stdout, T("layer", "층"), narrow ? 18 : 24);
    if (!narrow) {
        print_padded(stdout, T("output", "출력"), 14);
    }
    print_padded(stdout, narrow ? T("params", "매개변수") : T("parameters", "매개변수"), narrow ? -10 : -14);
    print_padded(stdout, narrow ? T("mul-adds", "곱셈-덧셈") : T("multiply-adds", "곱셈-덧셈"), narrow ? -10 : -18);
    putchar('\n');
}

static int print_table(const ssi_model *model, const ssi_model_summary *total)
{
    bool narrow = terminal_width(stdout) < 72;
    char number[32];
    print_head(narrow);
    for (int i = 0; i < total->layers; i++) {
        ssi_layer_summary layer;
        if (ssi_summarize_layer(model, i, &layer) != 0) {
            return fail_with_error();
        }
        print_layer(&layer, narrow);
    }
    putchar('\n');
    printf("total parameters %s\n", grouped(total->parameters, number));
    printf(T("multiply-adds for one example %s\n", "입력 하나당 곱셈-덧셈 %s\n"),
           grouped(total->multiply_adds, number));
    printf(T("memory of the parameters %s\n", "매개변수 메모리 %s\n"),
           bytes_text((double)total->parameter_bytes, number));
    printf(T("memory of one example's outputs %s\n", "입력 하나의 출력 메모리 %s\n"),
           bytes_text((double)total->activation_bytes, number));
    return CLI_OK;
}

static int print_as_json(const ssi_model *model, const ssi_model_summary *total)
{
    json_t *layers = json_array();
    for (int i = 0; i < total->layers; i++) {
        ssi_layer_summary layer;
        if (ssi_summarize_layer(model, i, &layer) != 0) {
            json_decref(layers);
            return fail_with_error();
        }
        json_t *shape = json_array();
        for (int axis = 0; axis < layer.rank; axis++) {
            json_array_append_new(shape, json_integer(layer.shape[axis]));
        }
        json_array_append_new(layers, json_pack("{s:s, s:o, s:I, s:I}", "name", layer.name, "output", shape,
                                                "parameters", (json_int_t)layer.parameters, "multiply_adds",
                                                (json_int_t)layer.multiply_adds));
    }
    return print_json(json_pack("{s:I, s:I, s:I, s:I, s:o}", "parameters", (json_int_t)total->parameters,
                                "multiply_adds", (json_int_t)total->multiply_adds, "parameter_bytes",
                                (json_int_t)total->parameter_bytes, "activation_bytes",
                                (json_int_t)total->activation_bytes, "layers", layers));
}

static int print_diagram(const ssi_model *model)
{
    int64_t length = ssi_summary_diagram(model, 0, NULL, 0);
    char *text = length >= 0 ? malloc((size_t)length + 1) : NULL;
    if (text == NULL || ssi_summary_diagram(model, 0, text, (size_t)length + 1) != length) {
        free(text);
        return fail_with_error();
    }
    puts(text);
    free(text);
    return CLI_OK;
}

/* The outputs of one example, of a layer or of the inputs. */
static int64_t outputs_of(const ssi_layer_summary *layer)
{
    int64_t outputs = 1;
    for (int axis = 0; axis < layer->rank; axis++) {
        outputs *= layer->shape[axis];
    }
    return outputs;
}

/* The inputs, and the layers that have parameters, as columns of circles. */
static int plot_network(const ssi_model *model, int layers, const char *path)
{
    enum { MOST = 64 };
    int64_t size[MOST];
    int columns = 0;
    for (int i = -1; i < layers && columns < MOST; i++) {
        ssi_layer_summary layer;
        if (ssi_summarize_layer(model, i, &layer) != 0) {
            return fail_with_error();
        }
        if (i < 0 || layer.parameters > 0) {
            size[columns++] = outputs_of(&layer);
        }
    }
    ssi_figure *figure = ssi_figure_new(.width = 160 + 120 * columns);
    ssi_plot_network(ssi_figure_axes(figure, 0, 0), columns, size, NULL);
    int status = ssi_figure_save(figure, path);
    ssi_figure_free(figure);
    return status == 0 ? CLI_OK : fail_with_error();
}

/* What was asked for beside the model. */
typedef struct request {
    bool diagram;
    const char *plot; /* NULL: no picture */
} request;

static int show(const ssi_model *model, const request *r)
{
    ssi_model_summary total;
    if (model == NULL || ssi_summarize(model, &total) != 0) {
        return fail_with_error();
    }
    int code = r->diagram && !common.json ? print_diagram(model) : CLI_OK;
    if (code == CLI_OK) {
        code = common.json ? print_as_json(model, &total) : print_table(model, &total);
    }
    return code == CLI_OK && r->plot != NULL ? plot_network(model, total.layers, r->plot) : code;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {
        {"diagram", no_argument, NULL, 'd'}, {"plot", required_argument, NULL, 'p'}, COMMON_OPTIONS};
    request r = {0};
    int c;
    while ((c = next_option(argc, argv, options, &command_summary)) >= 0) {
        r.diagram = r.diagram || c == 'd';
        r.plot = c == 'p' ? optarg : r.plot;
    }
    if (c != OPTIONS_END) {
        return c == OPTIONS_HELP ? CLI_OK : CLI_WRONG_USE;
    }
    if (argc - optind != 1) {
        return wrong_operands(&command_summary);
    }
    if (r.plot != NULL && ssi_figure_check(r.plot) != 0) {
        return fail_with_error();
    }
    ssi_model *model = model_named(argv[optind]);
    int code = show(model, &r);
    ssi_model_free(model);
    return code;
}
