/*
 * model.c - models: layers one after another, and the parameters they own.
 *
 * A model is made without knowing its inputs; it is built, that is, its parameters are made, when they are known. Building is all or nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "nn/nn.h"

/* Purposes of random streams, in high bits, so that no two uses share one; ssi_normal takes a stream's highest bit for itself. */
#define INITIAL_STREAM ((uint64_t)1 << 56)
#define DROPOUT_STREAM ((uint64_t)2 << 56)

/* ---- making and freeing ---- */

static void free_layers(size_t count, ssi_layer *const *layers)
{
    for (size_t i = 0; i < count; i++)
        ssi_layer_free(layers[i]);
}

static bool check_layers(size_t count, ssi_layer *const *layers)
{
    if (count < 1 || count > SSI_MAX_LAYERS)
        return ssi_fail(SSI_INVALID, "sequential", "a model has 1 to %d layers, not %zu", SSI_MAX_LAYERS, count) == 0;
    for (size_t i = 0; i < count; i++) {
        if (!layers[i]) /* its maker has said why */
            return ssi_status_or(SSI_INVALID) == 0;
        for (size_t j = 0; j < i; j++) {
            if (layers[j] == layers[i])
                return ssi_fail(SSI_INVALID, "sequential", "layers %zu and %zu are one object\nmake two", j, i) == 0;
        }
    }
    return true;
}

/* The same layer twice must not be freed twice. */
static void free_distinct(size_t count, ssi_layer *const *layers)
{
    for (size_t i = 0; i < count; i++) {
        size_t j = 0;
        while (layers[j] != layers[i])
            j++;
        if (j == i)
            ssi_layer_free(layers[i]);
    }
}

ssi_model *(ssi_sequential)(size_t count, ssi_layer *const *layers)
{
    ssi_model *model = check_layers(count, layers) ? ssi_calloc(1, sizeof *model) : NULL;
    ssi_layer **own = model ? ssi_alloc(count * sizeof *own) : NULL;
    if (!own) {
        ssi_free(model);
        free_distinct(count, layers);
        return NULL;
    }
    memcpy(own, layers, count * sizeof *own);
    *model = (ssi_model){.layer = own, .layers = count, .input = {.rank = -1}};
    return model;
}

void ssi_model_free(ssi_model *model)
{
    if (!model)
        return;
    free_layers(model->layers, model->layer);
    ssi_optimizer_abandon(model->optimizer);
    ssi_free(model->layer);
    ssi_free(model);
}

/* ---- shapes ---- */

bool ssi_model_shape(const ssi_model *model, size_t at, ssi_example *example)
{
    const ssi_layer *layer = model->layer[at];
    return layer->class->shape(layer, (int)at, example);
}

bool ssi_model_input(const ssi_model *model, ssi_example *out)
{
    if (model->input.rank >= 0) {
        *out = model->input;
        return true;
    }
    for (size_t i = 0; i < model->layers; i++) {
        const ssi_layer *layer = model->layer[i];
        if (layer->class == &ssi_dense_class && layer->as.dense.inputs) {
            *out = (ssi_example){.rank = 1, .shape = {layer->as.dense.inputs}};
            return true;
        }
        if (layer->class != &ssi_dropout_class && layer->class != &ssi_activation_class)
            break;
    }
    return false;
}

bool ssi_model_needs_input(const ssi_model *model, ssi_example *out)
{
    return ssi_model_input(model, out) ||
           ssi_fail(SSI_INVALID, "model",
                    "the number of inputs is not known yet\nsay it: ssi_dense(256, .inputs = "
                    "784), ssi_build, or 784 before the layers of a SPEC") == 0;
}

/* What the model takes, given what the data's examples look like. A first dense layer takes each example as one row. */
static bool choose_input(const ssi_model *model, const ssi_example *given, ssi_example *out)
{
    char takes[SSI_SHAPE_TEXT], has[SSI_SHAPE_TEXT];
    if (given->rank < 0)
        return ssi_model_needs_input(model, out);
    if (ssi_model_input(model, out))
        return ssi_example_size(given) == ssi_example_size(out) ||
               ssi_fail(SSI_INVALID, "model", "the model takes examples of shape %s, the data's are %s",
                        ssi_shape_text(out->rank, out->shape, takes),
                        ssi_shape_text(given->rank, given->shape, has)) == 0;
    *out = *given;
    if (model->layer[0]->class == &ssi_dense_class && given->rank != 1)
        *out = (ssi_example){.rank = 1, .shape = {ssi_example_size(given)}};
    return true;
}

/* ---- building ---- */

static void forget_parameters(ssi_model *model)
{
    for (size_t i = 0; i < model->layers; i++) {
        for (int p = 0; p < SSI_LAYER_PARAMETERS; p++) {
            ssi_handle_free(model->layer[i]->parameter[p]);
            model->layer[i]->parameter[p] = NULL;
        }
    }
}

static bool make_parameters(ssi_layer *layer, size_t at, const ssi_example *input, ssi_parameter_source *source,
                            void *context)
{
    for (int p = 0; p < SSI_LAYER_PARAMETERS; p++) {
        if (!ssi_layer_has(layer, p))
            continue;
        ssi_example shape;
        char name[SSI_PARAMETER_NAME];
        layer->class->parameter_shape(layer, p, input, &shape);
        ssi_tensor *values = source(layer, at, p, &shape, context);
        ssi_tensor *handle = layer->parameter[p] = ssi_handle_from(values);
        if (!handle)
            return false;
        ssi_label(handle, ssi_parameter_name(layer, at, p, name));
    }
    return true;
}

static bool make_all(ssi_model *model, ssi_example example, ssi_parameter_source *source, void *context)
{
    for (size_t i = 0; i < model->layers; i++) {
        ssi_example before = example;
        ssi_scope scope = ssi_scope_open();
        bool made = scope.scope && ssi_model_shape(model, i, &example) &&
                    make_parameters(model->layer[i], i, &before, source, context);
        if (scope.scope)
            ssi_scope_close(scope);
        if (!made)
            return false;
    }
    return true;
}

static void label_layers(ssi_model *model)
{
    char text[SSI_LAYER_TEXT];
    for (size_t i = 0; i < model->layers; i++) {
        ssi_layer *layer = model->layer[i];
        layer->class->describe(layer, text, sizeof text);
        snprintf(layer->label, sizeof layer->label, "layer %d: %.28s", (int)i, text);
    }
}

int ssi_model_build(ssi_model *model, const ssi_example *given, ssi_dtype dtype, ssi_parameter_source *source,
                    void *context)
{
    ssi_example input, shape;
    if (!choose_input(model, given, &input))
        return ssi_status_or(SSI_INVALID);
    shape = input;
    for (size_t i = 0; i < model->layers; i++) { /* every mistake in a shape is told before memory is taken */
        if (!ssi_model_shape(model, i, &shape))
            return ssi_status_or(SSI_INVALID);
    }
    if (!make_all(model, input, source, context)) {
        forget_parameters(model);
        return ssi_status_or(SSI_NO_MEMORY);
    }
    label_layers(model);
    model->input = input;
    model->dtype = dtype;
    model->built = true;
    return SSI_OK;
}

typedef struct initial {
    ssi_dtype dtype;
    uint64_t seed;
} initial;

static ssi_tensor *initial_values(const ssi_layer *layer, size_t at, int p, const ssi_example *shape, void *context)
{
    const initial *wanted = context;
    uint64_t stream = INITIAL_STREAM + at * SSI_LAYER_PARAMETERS + (uint64_t)p;
    return layer->class->initialize(layer, p, shape, wanted->dtype, wanted->seed, stream);
}

static int build(ssi_model *model, const ssi_example *given, ssi_dtype dtype, uint64_t seed)
{
    return ssi_model_build(model, given, dtype, initial_values, &(initial){dtype, seed});
}

int ssi_build(ssi_model *model, int rank, const int64_t *shape, ssi_dtype dtype, uint64_t seed)
{
    ssi_example given = {.rank = -1};
    if (!model)
        return ssi_status_or(SSI_INVALID);
    if (model->built)
        return ssi_fail(SSI_INVALID, "build", "the model has its parameters already\nmake another model");
    if (dtype != SSI_F32 && dtype != SSI_F64)
        return ssi_fail(SSI_INVALID, "build", "parameters are f32 or f64, not %s", ssi_dtype_name(dtype));
    if (rank != 0 && !ssi_example_from(&given, "build", rank, shape))
        return ssi_status_or(SSI_INVALID);
    return build(model, &given, dtype, seed);
}

int ssi_model_ready(ssi_model *model, int rank, const int64_t *shape, uint64_t seed)
{
    ssi_example given, ignored;
    if (!ssi_example_from(&given, "model", rank, shape))
        return ssi_status_or(SSI_INVALID);
    if (!model->built)
        return build(model, &given, SSI_F32, seed);
    return choose_input(model, &given, &ignored) ? SSI_OK : ssi_status_or(SSI_INVALID);
}

/* ---- parameters ---- */

char *ssi_parameter_name(const ssi_layer *layer, size_t at, int p, char name[SSI_PARAMETER_NAME])
{
    snprintf(name, SSI_PARAMETER_NAME, "%zu.%s", at, layer->class->parameter[p]);
    return name;
}

static bool has_parameters(const ssi_model *model)
{
    return model->built || ssi_fail(SSI_INVALID, "parameters",
                                    "the model has none before its inputs are known\n"
                                    "call ssi_build, ssi_forward or ssi_fit first") == 0;
}

int ssi_parameters(const ssi_model *model, int capacity, ssi_tensor **out)
{
    int count = 0;
    if (!model || !has_parameters(model))
        return ssi_status_or(SSI_INVALID);
    for (size_t i = 0; i < model->layers; i++) {
        for (int p = 0; p < SSI_LAYER_PARAMETERS; p++) {
            if (!model->layer[i]->parameter[p])
                continue;
            if (count < capacity)
                out[count] = model->layer[i]->parameter[p];
            count++;
        }
    }
    return count;
}

ssi_tensor *ssi_parameter(const ssi_model *model, const char *name)
{
    if (!model || !name || !has_parameters(model))
        return NULL;
    for (size_t i = 0; i < model->layers; i++) {
        for (int p = 0; p < SSI_LAYER_PARAMETERS; p++) {
            char own[SSI_PARAMETER_NAME];
            if (model->layer[i]->parameter[p] && strcmp(name, ssi_parameter_name(model->layer[i], i, p, own)) == 0)
                return model->layer[i]->parameter[p];
        }
    }
    return SSI_FAIL_NULL(SSI_NOT_FOUND, "parameter", "the model has no parameter '%s'\nnames are like 0.weight", name);
}

/* ---- forward ---- */

ssi_tensor *ssi_model_enter(const ssi_model *model, ssi_tensor *x)
{
    char text[SSI_SHAPE_TEXT], takes[SSI_SHAPE_TEXT];
    int64_t shape[SSI_MAX_RANK];
    const ssi_example *input = &model->input;
    ssi_example given;
    if (!ssi_example_from(&given, "forward", x->rank - 1, x->shape + 1))
        return NULL;
    if (ssi_example_size(&given) != ssi_example_size(input))
        return SSI_FAIL_NULL(SSI_INVALID, "forward", "the model takes examples of shape %s, the batch is %s",
                             ssi_shape_text(input->rank, input->shape, takes), ssi_describe(x, text));
    shape[0] = x->shape[0];
    memcpy(shape + 1, input->shape, (size_t)input->rank * sizeof *shape);
    bool same =
        given.rank == input->rank && memcmp(given.shape, input->shape, (size_t)input->rank * sizeof *shape) == 0;
    return ssi_cast(same ? x : (ssi_reshape)(x, input->rank + 1, shape), model->dtype);
}

ssi_tensor *(ssi_forward)(ssi_model *model, ssi_tensor *x, const ssi_forward_options *given)
{
    ssi_forward_options options = SSI_OPTIONS(ssi_forward_options, given);
    char text[SSI_SHAPE_TEXT];
    if (!model || !x)
        return NULL;
    if (x->rank < 1)
        return SSI_FAIL_NULL(SSI_INVALID, "forward", "a batch has an axis of examples; this is %s",
                             ssi_describe(x, text));
    if (!model->built && ssi_model_ready(model, x->rank - 1, x->shape + 1, options.seed) != SSI_OK)
        return NULL;
    x = ssi_model_enter(model, x);
    for (size_t i = 0; i < model->layers; i++) {
        const ssi_layer *layer = model->layer[i];
        ssi_tensor *y = layer->class->forward(layer, x, &options, DROPOUT_STREAM + options.step * SSI_MAX_LAYERS + i);
        x = y == x ? x : ssi_label(y, layer->label);
    }
    return x;
}
