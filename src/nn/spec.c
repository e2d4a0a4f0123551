/*
 * spec.c - networks as short texts, both ways.
 *
 *     spec   = units '-' units { '-' units }            inputs, then dense layers, ReLU between them
 *            | [ shape ',' ] layer { ',' layer }
 *     shape  = size { 'x' size }                         of one example: 784, 28x28
 *     layer  = 'dense' units [ activation ] [ 'nobias' ] | 'dropout' rate | 'flatten' | activation
 *     activation = name [ slope ]
 *
 * Upper case is as good as lower case. An error shows the place under the text.
 */
#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "nn/nn.h"

enum { WORD = 32 };

typedef struct parser {
    const char *text, *at; /* at: the next word, or where an error is shown */
    ssi_layer *layer[SSI_MAX_LAYERS];
    size_t layers;
    ssi_example input;
} parser;

/* ---- words ---- */

static void skip_space(parser *p)
{
    while (*p->at && isspace((unsigned char)*p->at))
        p->at++;
}

/* The error with up to 60 characters of the text and a caret under p->at. Always false. */
__attribute__((format(printf, 3, 4))) static bool wrong(const parser *p, const char *hint, const char *format, ...)
{
    enum { BEFORE = 40, SHOWN = 60 };
    char message[160];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    size_t place = (size_t)(p->at - p->text), from = place > BEFORE ? place - BEFORE : 0;
    return ssi_fail(SSI_INVALID, "spec", "%s\n%s\n    %.*s\n    %*s^", message, hint, SHOWN, p->text + from,
                    (int)(place - from), "") == 0;
}

static bool at_end_of_item(parser *p)
{
    skip_space(p);
    return *p->at == '\0' || *p->at == ',';
}

/* The next word in lower case; p->at stays before it. Returns its end. */
static const char *peek_word(parser *p, char word[WORD])
{
    size_t length = 0;
    skip_space(p);
    const char *end = p->at;
    for (; *end && *end != ',' && !isspace((unsigned char)*end); end++) {
        if (length < WORD - 1)
            word[length++] = (char)tolower((unsigned char)*end);
    }
    word[length] = '\0';
    return end;
}

static bool read_number(parser *p, double *value)
{
    const char *end = ssi_number_read(p->at, value);
    if (!end || (*end && *end != ',' && !isspace((unsigned char)*end)))
        return false;
    p->at = end;
    return true;
}

static bool read_size(parser *p, const char *what, int64_t *value)
{
    const char *end;
    skip_space(p);
    end = ssi_number_read_integer(p->at, value);
    if (!end)
        return wrong(p, "a whole number goes here", "%s is missing", what);
    if (*value < 1 || *value > INT32_MAX)
        return wrong(p, "is it a number of inputs or units?", "%s must be 1 to %d", what, INT32_MAX);
    p->at = end;
    return true;
}

static bool unknown(const parser *p, const char *what, const char *word, const char *const *names,
                    const char *otherwise)
{
    char hint[96];
    const char *near = ssi_nearest_name(word, names);
    if (near)
        snprintf(hint, sizeof hint, "did you mean %s?", near);
    return wrong(p, near ? hint : otherwise, "%s '%s'", what, word);
}

/* ---- layers ---- */

static bool add(parser *p, ssi_layer *layer)
{
    if (layer && p->layers == SSI_MAX_LAYERS) {
        ssi_layer_free(layer);
        return wrong(p, "put several into one wider layer", "a model has at most %d layers", SSI_MAX_LAYERS);
    }
    if (layer)
        p->layer[p->layers++] = layer;
    return layer != NULL;
}

static bool find_activation(const char *word, ssi_activation_kind *kind)
{
    for (int i = 0; i < SSI_ACTIVATIONS; i++) {
        if (strcmp(word, ssi_activation_names[i]) == 0) {
            *kind = (ssi_activation_kind)i;
            return true;
        }
    }
    return false;
}

/* A number may follow an activation's name. */
static void read_slope(parser *p, double *slope)
{
    skip_space(p);
    read_number(p, slope);
}

static bool parse_dense_word(parser *p, ssi_dense_options *options)
{
    static const char *const words[] = {"nobias", "linear", "step", "sigmoid",  "tanh",    "relu", "leaky_relu",
                                        "elu",    "gelu",   "silu", "softplus", "softmax", NULL};
    char word[WORD];
    const char *end = peek_word(p, word);
    if (strcmp(word, "nobias") == 0) {
        options->no_bias = 1;
        p->at = end;
        return true;
    }
    if (!find_activation(word, &options->activation))
        return unknown(p, "dense has no", word, words,
                       "an activation (relu, tanh, ...) or nobias goes here; a comma before the next layer");
    p->at = end;
    read_slope(p, &options->slope);
    return true;
}

static bool parse_dense(parser *p)
{
    ssi_dense_options options = {.size = sizeof options};
    if (!read_size(p, "the number of units of dense", &options.units))
        return false;
    while (!at_end_of_item(p)) {
        if (!parse_dense_word(p, &options))
            return false;
    }
    return add(p, (ssi_dense)(&options));
}

static bool parse_dropout(parser *p)
{
    double rate;
    skip_space(p);
    if (!read_number(p, &rate) || !(rate >= 0 && rate < 1))
        return wrong(p, "the part that is dropped: dropout 0.2", "dropout takes a number from 0 to less than 1");
    return add(p, ssi_dropout(rate));
}

static bool parse_layer(parser *p)
{
    static const char *const names[] = {"dense",   "dropout", "flatten",  "linear",     "step",
                                        "sigmoid", "tanh",    "relu",     "leaky_relu", "elu",
                                        "gelu",    "silu",    "softplus", "softmax",    NULL};
    char word[WORD];
    ssi_activation_options activation = {.size = sizeof activation};
    const char *end = peek_word(p, word);
    bool dense = strcmp(word, "dense") == 0, dropout = strcmp(word, "dropout") == 0;
    bool flatten = strcmp(word, "flatten") == 0;
    if (!*word)
        return wrong(p, "dense 10, dropout 0.2, flatten, relu", "a layer is missing");
    if (!dense && !dropout && !flatten && !find_activation(word, &activation.kind))
        return unknown(p, "no layer is called", word, names, "layers are dense, dropout, flatten and the activations");
    p->at = end;
    if (dense)
        return parse_dense(p);
    if (dropout)
        return parse_dropout(p);
    if (flatten)
        return add(p, ssi_flatten());
    read_slope(p, &activation.slope);
    return add(p, (ssi_activation)(&activation));
}

static bool parse_list(parser *p)
{
    for (;;) {
        if (!parse_layer(p))
            return false;
        if (!at_end_of_item(p))
            return wrong(p, "a comma goes between layers", "what follows the layer is not understood");
        if (!*p->at)
            return true;
        p->at++;
    }
}

/* ---- the two forms ---- */

static bool parse_chain(parser *p)
{
    while (*p->at == '-') {
        ssi_dense_options options = {.size = sizeof options};
        p->at++;
        if (!read_size(p, "the number of units", &options.units))
            return false;
        skip_space(p);
        options.activation = *p->at == '-' ? SSI_RELU : SSI_LINEAR;
        if (!add(p, (ssi_dense)(&options)))
            return false;
    }
    return !*p->at || wrong(p, "784-256-10, or: 784, dense 256 relu, dense 10", "a minus or the end is expected");
}

static bool parse_shape(parser *p)
{
    ssi_example shape = {0};
    for (;;) {
        if (!read_size(p, "the number of inputs", &shape.shape[shape.rank++]))
            return false;
        if (*p->at != 'x' || shape.rank == SSI_MAX_RANK - 1)
            break;
        p->at++;
    }
    p->input = shape;
    skip_space(p);
    return true;
}

static bool parse(parser *p)
{
    skip_space(p);
    if (*p->at < '0' || *p->at > '9')
        return parse_list(p);
    if (!parse_shape(p))
        return false;
    if (*p->at == '-' && p->input.rank == 1)
        return parse_chain(p);
    if (*p->at != ',')
        return wrong(p, "784-256-10, or: 784, dense 256 relu, dense 10", "layers are expected after the inputs");
    p->at++;
    return parse_list(p);
}

ssi_model *ssi_model_from_spec(const char *spec)
{
    if (!spec)
        return NULL;
    parser p = {.text = spec, .at = spec, .input = {.rank = -1}};
    if (!parse(&p)) {
        for (size_t i = 0; i < p.layers; i++)
            ssi_layer_free(p.layer[i]);
        return NULL;
    }
    ssi_model *model = (ssi_sequential)(p.layers, p.layer);
    if (model)
        model->input = p.input;
    return model;
}

/* ---- back to text ---- */

int64_t ssi_model_spec(const ssi_model *model, char *out, size_t capacity)
{
    char word[SSI_LAYER_TEXT];
    ssi_draft text = {out, capacity, 0};
    if (!model)
        return ssi_status_or(SSI_INVALID);
    ssi_example input;
    bool known = ssi_model_input(model, &input);
    for (int i = 0; known && i < input.rank; i++)
        ssi_draft_add(&text, "%s%lld", i ? "x" : "", (long long)input.shape[i]);
    for (size_t i = 0; i < model->layers; i++) {
        model->layer[i]->class->describe(model->layer[i], word, sizeof word);
        ssi_draft_add(&text, "%s%s", i || known ? ", " : "", word);
    }
    return text.length;
}
