/*
 * summary.c - what a network is made of, in numbers, as a table and as a diagram. Nothing is built: shapes alone say it.
 */
#include <string.h>

#include "nn/nn.h"

static int64_t elements_of(const ssi_layer *layer, const ssi_example *input)
{
    int64_t elements = 0;
    for (int p = 0; p < SSI_LAYER_PARAMETERS; p++) {
        ssi_example shape;
        if (!ssi_layer_has(layer, p))
            continue;
        layer->class->parameter_shape(layer, p, input, &shape);
        elements += ssi_example_size(&shape);
    }
    return elements;
}

/* The layer's line, and its output's shape in place of its input's. */
static bool summarize(const ssi_model *model, size_t at, ssi_example *example, ssi_layer_summary *out)
{
    const ssi_layer *layer = model->layer[at];
    ssi_example input = *example;
    if (!ssi_model_shape(model, at, example))
        return false;
    *out = (ssi_layer_summary){
        .rank = example->rank,
        .parameters = elements_of(layer, &input),
        .multiply_adds = layer->class->multiply_adds ? layer->class->multiply_adds(layer, &input) : 0,
    };
    layer->class->describe(layer, out->name, sizeof out->name);
    memcpy(out->shape, example->shape, sizeof out->shape);
    return true;
}

static bool add_checked(int64_t *sum, int64_t more)
{
    if (__builtin_add_overflow(*sum, more, sum))
        return ssi_fail(SSI_INVALID, "summary", "the model is larger than can be counted") == 0;
    return true;
}

int ssi_summarize(const ssi_model *model, ssi_model_summary *out)
{
    ssi_example example;
    if (!model || !out || !ssi_model_needs_input(model, &example))
        return ssi_status_or(SSI_INVALID);
    int64_t item = (int64_t)ssi_dtype_size(model->dtype);
    ssi_model_summary total = {.layers = (int)model->layers};
    for (size_t i = 0; i < model->layers; i++) {
        ssi_layer_summary layer;
        if (!summarize(model, i, &example, &layer) || !add_checked(&total.parameters, layer.parameters) ||
            !add_checked(&total.multiply_adds, layer.multiply_adds) ||
            !add_checked(&total.parameter_bytes, layer.parameters * item) ||
            !add_checked(&total.activation_bytes, ssi_example_size(&example) * item))
            return ssi_status_or(SSI_INVALID);
    }
    *out = total;
    return SSI_OK;
}

static void inputs_line(const ssi_example *example, ssi_layer_summary *out)
{
    *out = (ssi_layer_summary){.name = "inputs", .rank = example->rank};
    memcpy(out->shape, example->shape, sizeof out->shape);
}

int ssi_summarize_layer(const ssi_model *model, int layer, ssi_layer_summary *out)
{
    ssi_example example;
    if (!model || !out || !ssi_model_needs_input(model, &example))
        return ssi_status_or(SSI_INVALID);
    if (layer < -1 || layer >= (int)model->layers)
        return ssi_fail(SSI_INVALID, "summary", "layer %d of a model with %zu", layer, model->layers);
    inputs_line(&example, out);
    for (int i = 0; i <= layer; i++) {
        if (!summarize(model, (size_t)i, &example, out))
            return ssi_status_or(SSI_INVALID);
    }
    return SSI_OK;
}

/* ---- the table ---- */

enum { GROUPED = 32 };

/* 400,906 */
static const char *grouped(int64_t number, char text[GROUPED])
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)number);
    char *to = text;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            *to++ = ',';
        *to++ = digits[i];
    }
    *to = '\0';
    return text;
}

/* 1.6 MB */
static const char *sized(int64_t bytes, char text[GROUPED])
{
    static const char *const unit[] = {"kB", "MB", "GB", "TB", "PB", "EB"};
    int64_t tenths = bytes / 100;
    int u = 0;
    for (; tenths >= 10000 && u < 5; u++)
        tenths /= 1000;
    if (bytes < 1000)
        snprintf(text, GROUPED, "%lld bytes", (long long)bytes);
    else
        snprintf(text, GROUPED, "%lld.%lld %s", (long long)(tenths / 10), (long long)(tenths % 10), unit[u]);
    return text;
}

static void add_line(ssi_draft *text, const ssi_layer_summary *layer)
{
    char shape[SSI_SHAPE_TEXT], parameters[GROUPED], multiply_adds[GROUPED];
    ssi_draft_add(text, "%-28s %-16s %14s %14s\n", layer->name, ssi_shape_text(layer->rank, layer->shape, shape),
                  grouped(layer->parameters, parameters), grouped(layer->multiply_adds, multiply_adds));
}

int64_t ssi_summary(const ssi_model *model, char *out, size_t capacity)
{
    char number[GROUPED];
    ssi_draft text = {out, capacity, 0};
    ssi_model_summary total;
    ssi_example example;
    ssi_layer_summary layer;
    if (ssi_summarize(model, &total) != SSI_OK || !ssi_model_needs_input(model, &example))
        return ssi_status_or(SSI_INVALID);
    inputs_line(&example, &layer);
    ssi_draft_add(&text, "%-28s %-16s %14s %14s\n", "layer", "output", "parameters", "multiply-adds");
    add_line(&text, &layer);
    for (size_t i = 0; i < model->layers && summarize(model, i, &example, &layer); i++)
        add_line(&text, &layer);
    ssi_draft_add(&text, "\nmultiply-adds    %s for one example\n", grouped(total.multiply_adds, number));
    ssi_draft_add(&text, "memory           %s of parameters,", sized(total.parameter_bytes, number));
    ssi_draft_add(&text, " %s of outputs for one example\n", sized(total.activation_bytes, number));
    ssi_draft_add(&text, "total parameters %s\n", grouped(total.parameters, number));
    return text.length;
}

/* ---- the diagram ---- */

/* What boxes are made of: corners above and below, with and without an arrow, sides, arrows. */
typedef struct ssi_strokes {
    const char *top[2], *bottom[2], *line, *join[2], *side, *arrow, *head;
} ssi_strokes;

static const ssi_strokes drawn = {{"┌", "┐"}, {"└", "┘"}, "─", {"┴", "┬"}, "│", "│", "▼"};
static const ssi_strokes typed = {{"+", "+"}, {"+", "+"}, "-", {"+", "+"}, "|", "|", "v"};

enum { ARROW_AT = 4 }; /* the column, in a box, at which arrows come and go */

static void add_edge(ssi_draft *text, const ssi_strokes *s, const char *const corner[2], const char *join, int width)
{
    ssi_draft_add(text, "%s", corner[0]);
    for (int i = 1; i <= width; i++)
        ssi_draft_add(text, "%s", i == ARROW_AT ? join : s->line);
    ssi_draft_add(text, "%s\n", corner[1]);
}

static void add_box(ssi_draft *text, const ssi_strokes *s, const ssi_layer_summary *layer, int width)
{
    char number[GROUPED];
    add_edge(text, s, s->top, s->join[0], width);
    ssi_draft_add(text, "%s %-*s %s", s->side, width - 2, layer->name, s->side);
    if (layer->parameters > 0)
        ssi_draft_add(text, "  %s parameters", grouped(layer->parameters, number));
    ssi_draft_add(text, "\n");
    add_edge(text, s, s->bottom, s->join[1], width);
}

int64_t ssi_summary_diagram(const ssi_model *model, int ascii, char *out, size_t capacity)
{
    const ssi_strokes *s = ascii ? &typed : &drawn;
    char shape[SSI_SHAPE_TEXT];
    ssi_draft text = {out, capacity, 0};
    ssi_model_summary total;
    ssi_example example;
    ssi_layer_summary layer;
    int width = 2 * ARROW_AT;
    if (ssi_summarize(model, &total) != SSI_OK || !ssi_model_needs_input(model, &example))
        return ssi_status_or(SSI_INVALID);
    for (size_t i = 0; i < model->layers; i++) {
        model->layer[i]->class->describe(model->layer[i], layer.name, sizeof layer.name);
        width = (int)strlen(layer.name) + 2 > width ? (int)strlen(layer.name) + 2 : width;
    }
    ssi_draft_add(&text, "  %s inputs\n", ssi_shape_text(example.rank, example.shape, shape));
    ssi_draft_add(&text, "%*s%s\n", ARROW_AT, "", s->arrow);
    for (size_t i = 0; i < model->layers && summarize(model, i, &example, &layer); i++) {
        bool last = i + 1 == model->layers;
        add_box(&text, s, &layer, width);
        ssi_draft_add(&text, "%*s%s", ARROW_AT, "", last ? s->head : s->arrow);
        ssi_draft_add(&text, " %s\n", ssi_shape_text(layer.rank, layer.shape, shape));
    }
    return text.length;
}
