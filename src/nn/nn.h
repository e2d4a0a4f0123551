/*
 * nn.h - the room of networks, seen from inside.
 *
 * Everything here is written in public array arithmetic; nothing below knows a layer, an optimiser or a network. A model owns its layers, a
 * layer its parameters: handles that belong to no scope (tensor/tensor.h), so that they outlive every step.
 */
#ifndef SSI_SRC_NN_H
#define SSI_SRC_NN_H

#include "ssi/nn.h"
#include "tensor/tensor.h"

/* The error waiting, or `otherwise` where a NULL was passed in quietly. */
int ssi_status_or(ssi_status otherwise);

/* A fresh parameter or state: all `value`, or the values of `from`. NULL (error recorded) when memory runs out. */
ssi_tensor *ssi_handle_full(ssi_dtype dtype, int rank, const int64_t *shape, double value);
ssi_tensor *ssi_handle_from(ssi_tensor *from);

/* Text that grows in a caller's array: always terminated, cut where the array ends, while `length` counts all of it. */
typedef struct ssi_draft {
    char *out;
    size_t capacity;
    int64_t length;
} ssi_draft;
__attribute__((format(printf, 2, 3))) void ssi_draft_add(ssi_draft *text, const char *format, ...);

/* The shape of one example. */
typedef struct ssi_example {
    int rank;
    int64_t shape[SSI_MAX_RANK];
} ssi_example;
bool ssi_example_from(ssi_example *example, const char *operation, int rank, const int64_t *shape);
int64_t ssi_example_size(const ssi_example *example);

/* ---- numbers as text, in no locale (number.c) -------------------------------------------------------------------------- */

enum { SSI_NUMBER_TEXT = 40 };
char *ssi_number_text(double value, char text[SSI_NUMBER_TEXT]);
/* The number at the beginning of text and where it ends; NULL if there is none. */
const char *ssi_number_read(const char *text, double *value);
/* The same for digits alone; INT64_MAX when there are too many. */
const char *ssi_number_read_integer(const char *text, int64_t *value);

/* ---- layers (layer.c, dense.c) --------------------------------------------------------------------------------------- */

enum { SSI_LAYER_PARAMETERS = 2, SSI_LAYER_TEXT = 96, SSI_PARAMETER_NAME = 40 };
enum {
    SSI_MAX_LAYERS = SSI_MAX_PARAMETERS / SSI_LAYER_PARAMETERS
}; /* so that a list of parameters fits on the stack */

/* What a kind of layer can do. Its numbers and words in a SPEC are read by spec.c. */
typedef struct ssi_layer_class {
    const char *name;
    const char *parameter[SSI_LAYER_PARAMETERS]; /* their names; NULL: none */
    /* One example's shape, from input to output. False with an error that speaks of layer number `at`. */
    bool (*shape)(const ssi_layer *layer, int at, ssi_example *example);
    /* The shape of parameter p and its first values; for layers with parameters. */
    void (*parameter_shape)(const ssi_layer *layer, int p, const ssi_example *input, ssi_example *out);
    ssi_tensor *(*initialize)(const ssi_layer *layer, int p, const ssi_example *shape, ssi_dtype dtype, uint64_t seed,
                              uint64_t stream);
    ssi_tensor *(*forward)(const ssi_layer *layer, ssi_tensor *x, const ssi_forward_options *options, uint64_t stream);
    int64_t (*multiply_adds)(const ssi_layer *layer, const ssi_example *input);
    /* The layer in a SPEC's words, in at least SSI_LAYER_TEXT bytes. */
    void (*describe)(const ssi_layer *layer, char *out, size_t capacity);
} ssi_layer_class;

struct ssi_layer {
    const ssi_layer_class *class;
    union {
        ssi_dense_options dense;
        ssi_activation_options activation;
        double rate;
    } as;
    ssi_tensor *parameter[SSI_LAYER_PARAMETERS]; /* NULL before the model is built, and where there is none */
    char label[48];                              /* of its outputs, in error messages: "layer 1: dense 256 relu" */
};

extern const ssi_layer_class ssi_dense_class, ssi_dropout_class, ssi_flatten_class, ssi_activation_class;

ssi_layer *ssi_layer_new(const ssi_layer_class *class);
bool ssi_layer_has(const ssi_layer *layer, int p);
/* "0.weight" */
char *ssi_parameter_name(const ssi_layer *layer, size_t at, int p, char name[SSI_PARAMETER_NAME]);

/* Copies an options struct of the caller's size over our own, so that old callers get 0 for what they do not know. */
#define SSI_OPTIONS(type, from) (*(type *)ssi_options_copy(&(type){.size = sizeof(type)}, sizeof(type), (from)))
void *ssi_options_copy(void *own, size_t size, const void *from);

/* ---- activations ------------------------------------------------------------------------------------------------------- */

extern const char *const ssi_activation_names[]; /* NULL-terminated, in the order of the enum */

/* ---- models (model.c) ---------------------------------------------------------------------------------------------------- */

struct ssi_model {
    ssi_layer **layer;
    size_t layers;
    ssi_example input; /* of one example; rank -1: not known yet */
    ssi_dtype dtype;
    bool built;
    ssi_loss loss; /* what it was trained with, which says what its outputs mean; SSI_LOSS_DEFAULT: nobody knows */
    ssi_optimizer *optimizer;
};

/* The shape of an example, where model or first layers say it. The second records an error where they do not. */
bool ssi_model_input(const ssi_model *model, ssi_example *out);
bool ssi_model_needs_input(const ssi_model *model, ssi_example *out);
/* Shape after layer `at`, given the shape before it. */
bool ssi_model_shape(const ssi_model *model, size_t at, ssi_example *example);
/* The first values of layer number `at`'s parameter p; NULL with an error if there are none. */
typedef ssi_tensor *ssi_parameter_source(const ssi_layer *layer, size_t at, int p, const ssi_example *shape,
                                         void *context);
/* Makes the parameters from a source, all or none. given: the data's examples; rank -1: not known. */
int ssi_model_build(ssi_model *model, const ssi_example *given, ssi_dtype dtype, ssi_parameter_source *source,
                    void *context);
/* Builds the model for examples of this shape unless it is built. */
int ssi_model_ready(ssi_model *model, int rank, const int64_t *shape, uint64_t seed);
/* x (N, ...) cast and reshaped to what the first layer takes. */
ssi_tensor *ssi_model_enter(const ssi_model *model, ssi_tensor *x);

/* ---- files (load.c, save.c) ------------------------------------------------------------------------------------------------- */

#define SSI_KEY_ARCHITECTURE "architecture"
#define SSI_KEY_LOSS         "loss"
struct ssi_tensors;
ssi_model *ssi_model_from_tensors(const struct ssi_tensors *tensors);

/* ---- losses ---------------------------------------------------------------------------------------------------------------- */

ssi_loss ssi_loss_for(ssi_loss loss, ssi_dtype target);
extern const char *const ssi_loss_names[]; /* NULL-terminated, in the order of the enum */

/* ---- optimisers -------------------------------------------------------------------------------------------------------------- */

/* The model takes the optimiser over (and frees the one it had). An error if it belongs to another model. */
int ssi_optimizer_adopt(ssi_model *model, ssi_optimizer *optimizer);
void ssi_optimizer_abandon(ssi_optimizer *optimizer); /* by its model: frees it */
/* Makes the state for these parameters, if there is none yet. */
int ssi_optimizer_prepare(ssi_optimizer *optimizer, int n, ssi_tensor *const *parameters);
/* How many steps were written: what bias corrections depend on. Set back when one was not computed. */
uint64_t ssi_optimizer_steps(const ssi_optimizer *optimizer);
void ssi_optimizer_set_steps(ssi_optimizer *optimizer, uint64_t steps);

/* ---- model and data (match.c) --------------------------------------------------------------------------------------------------- */

/* Checks that they fit together and builds the model for the data's examples. *loss in and out; *classes: 0 when the targets are none. */
int ssi_match(ssi_model *model, const ssi_dataset *data, ssi_loss *loss, uint64_t seed, int64_t *classes);

#endif
