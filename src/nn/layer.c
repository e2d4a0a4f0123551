/*
 * layer.c - layers: what each kind does to a shape and to a batch. One record a kind; models know nothing else of them.
 *
 * To add a layer: a record here, its words in spec.c, its options and its constructor in ssi/nn.h.
 */
#include <string.h>

#include "nn/nn.h"

ssi_layer *ssi_layer_new(const ssi_layer_class *class)
{
    ssi_layer *layer = ssi_calloc(1, sizeof *layer);
    if (layer)
        layer->class = class;
    return layer;
}

void ssi_layer_free(ssi_layer *layer)
{
    if (!layer)
        return;
    for (int p = 0; p < SSI_LAYER_PARAMETERS; p++)
        ssi_handle_free(layer->parameter[p]);
    ssi_free(layer);
}

static bool same(const ssi_layer *layer, int at, ssi_example *example)
{
    (void)layer, (void)at, (void)example;
    return true;
}

/* "relu", "leaky_relu 0.2" */
static int describe_activation(ssi_activation_kind kind, double slope, char *out, size_t capacity)
{
    char number[SSI_NUMBER_TEXT];
    return snprintf(out, capacity, "%s%s%s", ssi_activation_name(kind), slope != 0 ? " " : "",
                    slope != 0 ? ssi_number_text(slope, number) : "");
}

static bool check_activation(const char *operation, ssi_activation_kind kind)
{
    return (unsigned)kind < SSI_ACTIVATIONS ||
           ssi_fail(SSI_INVALID, operation, "%d is no activation\nsee ssi_activation_kind", (int)kind) == 0;
}

/* ---- dense: (N, D) -> (N, K) ---- */

static bool dense_shape(const ssi_layer *layer, int at, ssi_example *example)
{
    char text[SSI_SHAPE_TEXT];
    const ssi_dense_options *dense = &layer->as.dense;
    if (example->rank != 1)
        return ssi_fail(SSI_INVALID, "dense", "layer %d (dense %lld) takes rows of numbers, but gets the shape %s%s",
                        at, (long long)dense->units, ssi_shape_text(example->rank, example->shape, text),
                        example->rank ? "\nput flatten before it" : "") == 0;
    if (dense->inputs && dense->inputs != example->shape[0])
        return ssi_fail(SSI_INVALID, "dense", "layer %d (dense %lld) takes %lld inputs, but gets %lld", at,
                        (long long)dense->units, (long long)dense->inputs, (long long)example->shape[0]) == 0;
    int64_t count;
    if (!ssi_shape_count(2, (const int64_t[]){example->shape[0], dense->units}, sizeof(double), &count))
        return ssi_fail(SSI_INVALID, "dense", "layer %d would have %lld x %lld weights", at,
                        (long long)example->shape[0], (long long)dense->units) == 0;
    example->shape[0] = dense->units;
    return true;
}

static void dense_parameter_shape(const ssi_layer *layer, int p, const ssi_example *input, ssi_example *out)
{
    int64_t units = layer->as.dense.units;
    *out = p == 0 ? (ssi_example){.rank = 2, .shape = {input->shape[0], units}}
                  : (ssi_example){.rank = 1, .shape = {units}};
}

static ssi_tensor *dense_initialize(const ssi_layer *layer, int p, const ssi_example *shape, ssi_dtype dtype,
                                    uint64_t seed, uint64_t stream)
{
    const ssi_dense_options *dense = &layer->as.dense;
    if (p == 1)
        return (ssi_zeros)(dtype, shape->rank, shape->shape);
    return ssi_initialize(dense->initializer, dense->activation, dtype, shape->shape[0], shape->shape[1], seed, stream);
}

static ssi_tensor *dense_forward(const ssi_layer *layer, ssi_tensor *x, const ssi_forward_options *options,
                                 uint64_t stream)
{
    (void)options, (void)stream;
    ssi_tensor *y = ssi_matmul(x, layer->parameter[0]);
    if (layer->parameter[1])
        y = ssi_add(y, layer->parameter[1]);
    return ssi_activate(y, layer->as.dense.activation, layer->as.dense.slope);
}

static int64_t dense_multiply_adds(const ssi_layer *layer, const ssi_example *input)
{
    return input->shape[0] * layer->as.dense.units;
}

static void dense_describe(const ssi_layer *layer, char *out, size_t capacity)
{
    const ssi_dense_options *dense = &layer->as.dense;
    int used = snprintf(out, capacity, "dense %lld%s", (long long)dense->units, dense->activation ? " " : "");
    if (dense->activation)
        used += describe_activation(dense->activation, dense->slope, out + used, capacity - (size_t)used);
    if (dense->no_bias)
        snprintf(out + used, capacity - (size_t)used, " nobias");
}

const ssi_layer_class ssi_dense_class = {
    .name = "dense",
    .parameter = {"weight", "bias"},
    .shape = dense_shape,
    .parameter_shape = dense_parameter_shape,
    .initialize = dense_initialize,
    .forward = dense_forward,
    .multiply_adds = dense_multiply_adds,
    .describe = dense_describe,
};

ssi_layer *(ssi_dense)(const ssi_dense_options *given)
{
    ssi_dense_options options = SSI_OPTIONS(ssi_dense_options, given);
    if (options.units < 1 || options.inputs < 0)
        return SSI_FAIL_NULL(SSI_INVALID, "dense",
                             "%lld units, %lld inputs\nssi_dense(256), or ssi_dense(256, .inputs = 784)",
                             (long long)options.units, (long long)options.inputs);
    if (!check_activation("dense", options.activation))
        return NULL;
    ssi_layer *layer = ssi_layer_new(&ssi_dense_class);
    if (layer)
        layer->as.dense = options;
    return layer;
}

bool ssi_layer_has(const ssi_layer *layer, int p)
{
    bool left_out = p == 1 && layer->class == &ssi_dense_class && layer->as.dense.no_bias;
    return layer->class->parameter[p] && !left_out;
}

/* ---- dropout ---- */

static ssi_tensor *dropout_forward(const ssi_layer *layer, ssi_tensor *x, const ssi_forward_options *options,
                                   uint64_t stream)
{
    double rate = layer->as.rate;
    if (!options->training || !x)
        return x;
    ssi_tensor *u = ssi_uniform(SSI_F32, x->rank, x->shape, options->seed, stream);
    return ssi_where(ssi_greater_equal(u, rate), ssi_mul(x, 1 / (1 - rate)), 0.0);
}

static void dropout_describe(const ssi_layer *layer, char *out, size_t capacity)
{
    char number[SSI_NUMBER_TEXT];
    snprintf(out, capacity, "dropout %s", ssi_number_text(layer->as.rate, number));
}

const ssi_layer_class ssi_dropout_class = {
    .name = "dropout", .shape = same, .forward = dropout_forward, .describe = dropout_describe};

ssi_layer *ssi_dropout(double rate)
{
    if (!(rate >= 0 && rate < 1))
        return SSI_FAIL_NULL(SSI_INVALID, "dropout",
                             "the rate %g is not in [0, 1)\nit is the part that is dropped: 0.2", rate);
    ssi_layer *layer = ssi_layer_new(&ssi_dropout_class);
    if (layer)
        layer->as.rate = rate;
    return layer;
}

/* ---- flatten: (N, ...) -> (N, D) ---- */

static bool flatten_shape(const ssi_layer *layer, int at, ssi_example *example)
{
    (void)layer, (void)at;
    *example = (ssi_example){.rank = 1, .shape = {ssi_example_size(example)}};
    return true;
}

static ssi_tensor *flatten_forward(const ssi_layer *layer, ssi_tensor *x, const ssi_forward_options *options,
                                   uint64_t stream)
{
    (void)layer, (void)options, (void)stream;
    if (!x)
        return NULL;
    int64_t d = 1;
    for (int i = 1; i < x->rank; i++)
        d *= x->shape[i];
    return x->rank == 2 ? x : ssi_reshape(x, ssi_dim(x, 0), d);
}

static void flatten_describe(const ssi_layer *layer, char *out, size_t capacity)
{
    (void)layer;
    snprintf(out, capacity, "flatten");
}

const ssi_layer_class ssi_flatten_class = {
    .name = "flatten", .shape = flatten_shape, .forward = flatten_forward, .describe = flatten_describe};

ssi_layer *ssi_flatten(void)
{
    return ssi_layer_new(&ssi_flatten_class);
}

/* ---- activation ---- */

static ssi_tensor *activation_forward(const ssi_layer *layer, ssi_tensor *x, const ssi_forward_options *options,
                                      uint64_t stream)
{
    (void)options, (void)stream;
    return ssi_activate(x, layer->as.activation.kind, layer->as.activation.slope);
}

static void activation_describe(const ssi_layer *layer, char *out, size_t capacity)
{
    describe_activation(layer->as.activation.kind, layer->as.activation.slope, out, capacity);
}

const ssi_layer_class ssi_activation_class = {
    .name = "activation", .shape = same, .forward = activation_forward, .describe = activation_describe};

ssi_layer *(ssi_activation)(const ssi_activation_options *given)
{
    ssi_activation_options options = SSI_OPTIONS(ssi_activation_options, given);
    if (!check_activation("activation", options.kind))
        return NULL;
    ssi_layer *layer = ssi_layer_new(&ssi_activation_class);
    if (layer)
        layer->as.activation = options;
    return layer;
}
