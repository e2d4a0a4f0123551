/*
 * ssi/nn.h - networks: layers, losses, optimisers, training, saving. All of it is array arithmetic on ssi/ops.h.
 *
 *     ssi_model *net = ssi_sequential(ssi_flatten(), ssi_dense(256, .activation = SSI_RELU), ssi_dense(10));
 *     ssi_fit(net, mnist, .epochs = 5, .batch = 128, .optimizer = ssi_adam(.lr = 1e-3));
 *     ssi_save(net, "mnist.safetensors");
 *     ssi_model_free(net);
 *
 * The same, with nothing hidden:
 *
 *     ssi_tensor *w[SSI_MAX_PARAMETERS], *dw[SSI_MAX_PARAMETERS];
 *     int n = ssi_parameters(net, SSI_MAX_PARAMETERS, w);
 *     ssi_optimizer *adam = ssi_adam(.lr = 1e-3);
 *     for (int step = 0; step < steps; step++) {
 *         ssi_scope scope = ssi_scope_open();
 *         ssi_tensor *loss = ssi_cross_entropy(ssi_forward(net, x), labels);
 *         ssi_gradients(loss, n, w, dw);
 *         ssi_step(adam, n, w, dw);
 *         ssi_scope_close(scope);                        // here the step is computed, all of it or nothing
 *     }
 *
 * Shape letters: N examples of a batch, D inputs, K outputs (classes). In options structs 0 is the default.
 * Models, layers and optimisers are objects: each is freed by its own function or by the object that took it over. A model may be read by many
 * threads, and trained by one.
 */
#ifndef SSI_NN_H
#define SSI_NN_H

#include <signal.h>

#include "ssi/data.h"
#include "ssi/ops.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ssi_model ssi_model;
typedef struct ssi_layer ssi_layer;
typedef struct ssi_optimizer ssi_optimizer;

/* ---- activations -------------------------------------------------------------------------------------------------- */

typedef enum ssi_activation_kind {
    SSI_LINEAR = 0, /* x */
    SSI_STEP,       /* 1 where x > 0, else 0; no gradient flows back through it */
    SSI_SIGMOID,    /* 1 / (1 + e^-x) */
    SSI_TANH,
    SSI_RELU,       /* max(x, 0) */
    SSI_LEAKY_RELU, /* x where x > 0, else slope*x */
    SSI_ELU,        /* x where x > 0, else slope*(e^x - 1) */
    SSI_GELU,       /* x * P(a standard normal number < x), by erf: torch.nn.GELU() */
    SSI_SILU,       /* x * sigmoid(x) */
    SSI_SOFTPLUS,   /* log(1 + e^x) */
    SSI_SOFTMAX,    /* e^x over the sum of e^x along the last axis */
    SSI_ACTIVATIONS /* how many there are */
} ssi_activation_kind;

/* The activation of x, any float shape. slope 0: PyTorch's default (leaky ReLU 0.01, ELU 1). */
SSI_API ssi_tensor *ssi_activate(ssi_tensor *x, ssi_activation_kind kind, double slope);

/* "relu", "leaky_relu", ..., as in SPEC; "?" for a value outside the enum. */
SSI_API const char *ssi_activation_name(ssi_activation_kind kind);

/* ---- initialisers --------------------------------------------------------------------------------------------------- */

typedef enum ssi_initializer {
    SSI_INIT_DEFAULT = 0, /* He before the ReLU family, GELU, SiLU and softplus; Glorot before all others */
    SSI_INIT_HE,          /* normal, deviation sqrt(2 / inputs): He et al. 2015 */
    SSI_INIT_GLOROT,      /* uniform in +-sqrt(6 / (inputs + outputs)): Glorot and Bengio 2010 */
    SSI_INIT_NORMAL,      /* normal, deviation 0.01 */
    SSI_INIT_ZEROS
} ssi_initializer;

/* Fresh weights (inputs, outputs) of f32 or f64: a pure function of seed and stream. `activation` decides SSI_INIT_DEFAULT. */
SSI_API ssi_tensor *ssi_initialize(ssi_initializer how, ssi_activation_kind activation, ssi_dtype dtype, int64_t inputs,
                                   int64_t outputs, uint64_t seed, uint64_t stream);

/* ---- layers ----------------------------------------------------------------------------------------------------------- */

/* A layer is taken over by the model it is given to. A failed layer is NULL, and so is then the model. */

typedef struct ssi_dense_options {
    size_t size;
    int64_t units;  /* outputs; required */
    int64_t inputs; /* 0: known from the data, or from the layer before */
    ssi_activation_kind activation;
    double slope; /* of leaky ReLU and ELU */
    ssi_initializer initializer;
    int no_bias;
} ssi_dense_options;

/* ssi_dense(256, .activation = SSI_RELU): activation(x @ weight + bias), x (N, D) -> (N, K); as a model's first layer it takes examples of any
 * shape as rows. weight is (D, K), inputs first (torch.nn.Linear keeps its transpose), bias (K), at first zeros. */
SSI_API ssi_layer *(ssi_dense)(const ssi_dense_options *options);

/* In training, each element is 0 with probability `rate` and the others are divided by 1 - rate; otherwise x itself. 0 <= rate < 1. */
SSI_API ssi_layer *ssi_dropout(double rate);

/* (N, ...) -> (N, D): all axes of an example in one. */
SSI_API ssi_layer *ssi_flatten(void);

typedef struct ssi_activation_options {
    size_t size;
    ssi_activation_kind kind; /* required */
    double slope;
} ssi_activation_options;

/* ssi_activation(SSI_TANH): the activation as a layer of its own. */
SSI_API ssi_layer *(ssi_activation)(const ssi_activation_options *options);

SSI_API void ssi_layer_free(ssi_layer *layer); /* one that no model has taken over; NULL is allowed */

/* ---- models ----------------------------------------------------------------------------------------------------------- */

/* Layers one after another. Takes the layers over, also when it fails. ssi_sequential(ssi_dense(256), ssi_dense(10)) */
SSI_API ssi_model *(ssi_sequential)(size_t count, ssi_layer *const *layers);

/* A model from a short text: "784-256-256-10" (inputs, then dense layers, ReLU between them), or a list of layers,
 *     "flatten, dense 256 relu, dropout 0.2, dense 10"
 * each a name, its numbers, and for dense an activation and "nobias". "784, dense 10" gives the inputs first. Errors show the place. */
SSI_API ssi_model *ssi_model_from_spec(const char *spec);

/* The list of layers as such a text: what ssi_save writes. Returns as ssi_format does. */
SSI_API int64_t ssi_model_spec(const ssi_model *model, char *out, size_t capacity);

/* Makes the parameters, for examples of the given shape (rank 0: as the first dense layer's inputs say). Done by fit, forward and predict when it
 * has not been done (f32, fit's seed or 0, the data's shape), so it is needed only for f64 or another seed. */
SSI_API int ssi_build(ssi_model *model, int rank, const int64_t *shape, ssi_dtype dtype, uint64_t seed);

SSI_API void ssi_model_free(ssi_model *model); /* NULL is allowed */

/* The parameters, as tensors that live as long as the model: read them, assign to them (ssi_assign), take gradients by them. Writes up to `capacity`
 * and returns how many there are; a model without parameters yet: SSI_INVALID. torch's list(net.parameters()) */
#define SSI_MAX_PARAMETERS 256
SSI_API int ssi_parameters(const ssi_model *model, int capacity, ssi_tensor **out);
/* The parameter with a name: "0.weight", "0.bias", numbered as the model's layers are. */
SSI_API ssi_tensor *ssi_parameter(const ssi_model *model, const char *name);

typedef struct ssi_forward_options {
    size_t size;
    int training;  /* dropout drops */
    uint64_t seed; /* what it drops depends on seed and step alone */
    uint64_t step;
} ssi_forward_options;

/* ssi_forward(net, x), ssi_forward(net, x, .training = 1): the outputs for a batch x (N, ...), unevaluated; gradients flow. x is cast to the
 * parameters' dtype; bytes (u8) are not scaled. Classifiers end in logits. */
SSI_API ssi_tensor *(ssi_forward)(ssi_model *model, ssi_tensor *x, const ssi_forward_options *options);

/* ---- losses ------------------------------------------------------------------------------------------------------------- */

/* Each is the mean over a batch, a tensor of no axes. Nothing broadcasts: shapes must be as stated, or SSI_INVALID. */

typedef enum ssi_loss {
    SSI_LOSS_DEFAULT = 0, /* cross-entropy when the targets are integers, MSE when they are floats */
    SSI_CROSS_ENTROPY,
    SSI_BINARY_CROSS_ENTROPY,
    SSI_MSE,
    SSI_MAE,
    SSI_HUBER, /* delta 1 */
    SSI_LOSSES
} ssi_loss;

/* prediction and target of one shape, float. torch.nn.functional.mse_loss, l1_loss, huber_loss(delta = 0 means 1) */
SSI_API ssi_tensor *ssi_mse(ssi_tensor *prediction, ssi_tensor *target);
SSI_API ssi_tensor *ssi_mae(ssi_tensor *prediction, ssi_tensor *target);
SSI_API ssi_tensor *ssi_huber(ssi_tensor *prediction, ssi_tensor *target, double delta);
/* logits (N, K), labels (N) of any integer dtype in [0, K) (else the run fails with SSI_RANGE): the mean of log(sum e^logits) -
 * logits[label]. Do not apply softmax before. torch.nn.functional.cross_entropy */
SSI_API ssi_tensor *ssi_cross_entropy(ssi_tensor *logits, ssi_tensor *labels);
/* logits and targets (0 to 1) of one shape. torch.nn.functional.binary_cross_entropy_with_logits */
SSI_API ssi_tensor *ssi_binary_cross_entropy(ssi_tensor *logits, ssi_tensor *targets);

/* One of the above, by its name in the enum (SSI_LOSS_DEFAULT: by the target's dtype). "cross_entropy", "mse", ... */
SSI_API ssi_tensor *ssi_loss_of(ssi_loss loss, ssi_tensor *prediction, ssi_tensor *target);
SSI_API const char *ssi_loss_name(ssi_loss loss);

/* ---- metrics ------------------------------------------------------------------------------------------------------------ */

/* How many of the N rows of logits (N, K) have their largest element at the label: i64, no axes. */
SSI_API ssi_tensor *ssi_count_correct(ssi_tensor *logits, ssi_tensor *labels);
/* count_correct / N: f64, no axes. */
SSI_API ssi_tensor *ssi_accuracy(ssi_tensor *logits, ssi_tensor *labels);
/* (K, K) i64: row the label, column the prediction; both (N), integers in [0, K). sklearn.metrics.confusion_matrix */
SSI_API ssi_tensor *ssi_confusion_matrix(ssi_tensor *labels, ssi_tensor *predictions, int64_t classes);

/* ---- optimisers --------------------------------------------------------------------------------------------------------- */

/* PyTorch's definitions and defaults, but for the learning rate of sgd. A number left 0 is the default given; where 0 itself is meant and the default
 * is another, a negative number says so. To be freed by ssi_optimizer_free, unless it was given to ssi_fit. */

typedef struct ssi_sgd_options {
    size_t size;
    double lr; /* 0.01 */
    double momentum, dampening, weight_decay;
    int nesterov;
} ssi_sgd_options;
SSI_API ssi_optimizer *(ssi_sgd)(const ssi_sgd_options *options);

typedef struct ssi_adagrad_options {
    size_t size;
    double lr;  /* 0.01 */
    double eps; /* 1e-10 */
    double lr_decay, weight_decay, initial_accumulator;
} ssi_adagrad_options;
SSI_API ssi_optimizer *(ssi_adagrad)(const ssi_adagrad_options *options);

typedef struct ssi_rmsprop_options {
    size_t size;
    double lr;    /* 0.01 */
    double alpha; /* 0.99 */
    double eps;   /* 1e-8 */
    double momentum, weight_decay;
    int centered;
} ssi_rmsprop_options;
SSI_API ssi_optimizer *(ssi_rmsprop)(const ssi_rmsprop_options *options);

typedef struct ssi_adam_options {
    size_t size;
    double lr;           /* 1e-3 */
    double beta1, beta2; /* 0.9, 0.999 */
    double eps;          /* 1e-8 */
    double weight_decay; /* adam: 0, added to the gradient; adamw: 0.01, taken off the weight */
} ssi_adam_options;
SSI_API ssi_optimizer *(ssi_adam)(const ssi_adam_options *options);
SSI_API ssi_optimizer *(ssi_adamw)(const ssi_adam_options *options);

/* By name: "sgd", "momentum" (sgd with 0.9), "nesterov" (likewise), "adagrad", "rmsprop", "adam", "adamw". lr 0: its default. */
SSI_API ssi_optimizer *ssi_optimizer_named(const char *name, double lr);

SSI_API double ssi_learning_rate(const ssi_optimizer *optimizer);
SSI_API int ssi_set_learning_rate(ssi_optimizer *optimizer, double lr);

/* Writes one update of n parameters from their gradients (as ssi_gradients gives them): it is computed, with everything else, when the
 * innermost scope closes. Call it with the same parameters in the same order each time. Returns 0 or a negative ssi_status. */
SSI_API int ssi_step(ssi_optimizer *optimizer, int n, ssi_tensor *const *parameters, ssi_tensor *const *gradients);

/* NULL is allowed; an optimiser that belongs to a model is left to it. */
SSI_API void ssi_optimizer_free(ssi_optimizer *optimizer);

/* ---- training ----------------------------------------------------------------------------------------------------------- */

typedef enum ssi_schedule {
    SSI_LINEAR_TO_ZERO = 0, /* lr * (1 - step / steps) */
    SSI_CONSTANT
} ssi_schedule;

/* Where training stands. Loss and accuracy are means over the epoch so far. What is not known is NaN. */
typedef struct ssi_progress {
    int epoch, epochs;               /* from 1 */
    int64_t step, steps;             /* within the epoch, from 1 */
    double loss, accuracy;           /* accuracy: of classifiers */
    double test_loss, test_accuracy; /* of the validation set, at an epoch's end */
    double lr;
    double seconds;             /* spent training in this epoch, validation not counted */
    double examples_per_second; /* over this epoch */
    double seconds_left;        /* of all epochs, at this rate */
} ssi_progress;

/* Called with the progress so far; a result other than 0 stops the training (SSI_INTERRUPTED). */
typedef int ssi_progress_handler(const ssi_progress *progress, void *context);

typedef struct ssi_fit_options {
    size_t size;
    int epochs;               /* 5 */
    int64_t batch;            /* 128; an epoch's last one may be smaller */
    ssi_optimizer *optimizer; /* default ssi_adam(); the model takes it over, and a later fit may go on with it */
    ssi_schedule schedule;
    ssi_loss loss;
    const ssi_dataset *validation;
    int no_shuffle;
    uint64_t seed;
    const volatile sig_atomic_t
        *stop; /* set to nonzero by anyone: finishes the step and returns SSI_INTERRUPTED, what was learnt in place */
    int progress; /* nonzero: lines of progress to the log handler */
    ssi_progress_handler *on_step, *on_epoch;
    void *context; /* for both */
} ssi_fit_options;

/* ssi_fit(net, data, .epochs = 5): trains. Fails with SSI_INVALID when data and model do not match, SSI_RANGE for a label outside the classes,
 * SSI_NOT_FINITE when the loss is NaN or infinite (naming layer and step), SSI_INTERRUPTED. In every case each parameter has its value from
 * after a whole step. Bytes (u8) are scaled to [0, 1]. */
SSI_API int(ssi_fit)(ssi_model *model, const ssi_dataset *data, const ssi_fit_options *options);

/* What ssi_evaluate found. */
typedef struct ssi_evaluation {
    int64_t examples;
    double loss;     /* mean */
    double accuracy; /* of classifiers; else NaN */
} ssi_evaluation;

typedef struct ssi_evaluate_options {
    size_t size;
    int64_t batch;      /* 256 */
    ssi_loss loss;      /* default: the one it was trained with */
    int64_t *confusion; /* room for K*K counts, row the label, column the prediction; NULL: not wanted */
    const volatile sig_atomic_t *stop;
} ssi_evaluate_options;

SSI_API int(ssi_evaluate)(ssi_model *model, const ssi_dataset *data, ssi_evaluation *out,
                          const ssi_evaluate_options *options);

/* Outputs for all examples x (N, ...), computed in batches: probabilities for a model trained with a cross-entropy, else the outputs
 * themselves. Bytes (u8) are scaled to [0, 1], as ssi_fit does. (N, K), owned by the innermost scope.
 *
 * Many threads may predict with one model (loaded, built or trained) at once, while none trains it. A loop of predictions allocates nothing after its
 * first rounds; copies of the weights as the kernels read them fastest, at most as large as the weights, are kept with the model. */
SSI_API ssi_tensor *ssi_predict(ssi_model *model, ssi_tensor *x);

/* ---- saving --------------------------------------------------------------------------------------------------------------- */

/* One safetensors file: parameters by name ("0.weight" (D, K), "0.bias"), and in its metadata what is needed to build the model again. The file is
 * replaced as a whole or not at all. */
SSI_API int ssi_save(const ssi_model *model, const char *path);
SSI_API ssi_model *ssi_load(const char *path);
/* The same from a file's bytes, which are copied. */
SSI_API ssi_model *ssi_load_memory(const void *bytes, size_t count);

/* ---- summary ---------------------------------------------------------------------------------------------------------------- */

typedef struct ssi_layer_summary {
    char name[96]; /* "dense 256 relu" */
    int rank;      /* of one example's output */
    int64_t shape[SSI_MAX_RANK];
    int64_t parameters;
    int64_t multiply_adds; /* for one example */
} ssi_layer_summary;

typedef struct ssi_model_summary {
    int layers;
    int64_t parameters, multiply_adds;
    int64_t parameter_bytes;
    int64_t activation_bytes; /* all layers' outputs for one example */
} ssi_model_summary;

/* Numbers without building anything; the inputs must be known (else SSI_INVALID). */
SSI_API int ssi_summarize(const ssi_model *model, ssi_model_summary *out);
SSI_API int ssi_summarize_layer(const ssi_model *model, int layer, ssi_layer_summary *out); /* layer -1: the inputs */
/* The table of them, ending with the line "total parameters 400,906". Returns as ssi_format does. */
SSI_API int64_t ssi_summary(const ssi_model *model, char *out, size_t capacity);
/* The layers as boxes, one below the other, with the shapes that pass between them; of box-drawing characters, or of ASCII. Returns as ssi_format does.
 * As circles and lines: ssi_plot_network (ssi/plot.h). */
SSI_API int64_t ssi_summary_diagram(const ssi_model *model, int ascii, char *out, size_t capacity);

/* ---- sugar: options by name -------------------------------------------------------------------------------------------------- */

#ifndef __cplusplus
#define ssi_dense(...) (ssi_dense)(&(ssi_dense_options){.size = sizeof(ssi_dense_options), __VA_ARGS__})
#define ssi_activation(...)                                                                                            \
    (ssi_activation)(&(ssi_activation_options){.size = sizeof(ssi_activation_options), __VA_ARGS__})
#define ssi_sequential(...)            (ssi_sequential)(SSI_LIST(ssi_layer *, __VA_ARGS__))
#define ssi_forward(model, ...)        SSI_AT(SSI_FORWARD_(model, __VA_ARGS__, .size = sizeof(ssi_forward_options)))
#define SSI_FORWARD_(model, x, ...)    (ssi_forward)((model), (x), &(ssi_forward_options){__VA_ARGS__})
#define ssi_sgd(...)                   (ssi_sgd)(&(ssi_sgd_options){.size = sizeof(ssi_sgd_options), __VA_ARGS__})
#define ssi_adagrad(...)               (ssi_adagrad)(&(ssi_adagrad_options){.size = sizeof(ssi_adagrad_options), __VA_ARGS__})
#define ssi_rmsprop(...)               (ssi_rmsprop)(&(ssi_rmsprop_options){.size = sizeof(ssi_rmsprop_options), __VA_ARGS__})
#define ssi_adam(...)                  (ssi_adam)(&(ssi_adam_options){.size = sizeof(ssi_adam_options), __VA_ARGS__})
#define ssi_adamw(...)                 (ssi_adamw)(&(ssi_adam_options){.size = sizeof(ssi_adam_options), __VA_ARGS__})
#define ssi_fit(model, ...)            SSI_FIT_(model, __VA_ARGS__, .size = sizeof(ssi_fit_options))
#define SSI_FIT_(model, data, ...)     (ssi_fit)((model), (data), &(ssi_fit_options){__VA_ARGS__})
#define ssi_evaluate(model, data, ...) SSI_EVALUATE_(model, data, __VA_ARGS__, .size = sizeof(ssi_evaluate_options))
#define SSI_EVALUATE_(model, data, out, ...)                                                                           \
    (ssi_evaluate)((model), (data), (out), &(ssi_evaluate_options){__VA_ARGS__})
#endif

#ifdef __cplusplus
}
#endif
#endif
