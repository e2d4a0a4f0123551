/*
 * load.c - models from named tensors. The file says everything; nothing it says is believed: the architecture is parsed as any SPEC, and each
 * parameter must be there in the shape the architecture gives it, before memory is taken for it.
 */
#include <string.h>

#include "nn/nn.h"
#include "ssi/io.h"

static bool is_shape(const ssi_tensor *x, const ssi_example *shape)
{
    bool same = x->rank == shape->rank;
    for (int i = 0; same && i < x->rank; i++)
        same = x->shape[i] == shape->shape[i];
    return same;
}

typedef struct stored {
    const ssi_tensors *tensors;
    ssi_dtype dtype;
    int used;
} stored;

static ssi_tensor *stored_values(const ssi_layer *layer, size_t at, int p, const ssi_example *shape, void *context)
{
    stored *from = context;
    char name[SSI_PARAMETER_NAME], has[SSI_SHAPE_TEXT], needs[SSI_SHAPE_TEXT];
    ssi_tensor *x = ssi_tensors_get(from->tensors, ssi_parameter_name(layer, at, p, name));
    if (x && (!is_shape(x, shape) || !ssi_is_float((ssi_dtype)x->dtype)))
        return SSI_FAIL_NULL(SSI_FORMAT, "load", "%s is %s, but the architecture needs %s", name, ssi_describe(x, has),
                             ssi_shape_text(shape->rank, shape->shape, needs));
    from->used++;
    return ssi_cast(x, from->dtype);
}

static ssi_dtype dtype_of_file(const ssi_tensors *tensors)
{
    ssi_dtype dtype = SSI_F32;
    for (int i = 0; i < ssi_tensors_count(tensors); i++) {
        if (ssi_dtype_of(ssi_tensors_get(tensors, ssi_tensors_name(tensors, i))) == SSI_F64)
            dtype = SSI_F64;
    }
    return dtype;
}

static bool fill(ssi_model *model, const ssi_tensors *tensors)
{
    stored from = {.tensors = tensors, .dtype = dtype_of_file(tensors)};
    if (ssi_model_build(model, &(ssi_example){.rank = -1}, from.dtype, stored_values, &from) != SSI_OK)
        return false;
    return from.used == ssi_tensors_count(tensors) ||
           ssi_fail(SSI_FORMAT, "load", "the file holds %d tensors, its architecture needs %d",
                    ssi_tensors_count(tensors), from.used) == 0;
}

/* An error of parsing is an error of the file. */
static ssi_model *parse(const char *spec)
{
    ssi_error error;
    ssi_model *model = ssi_model_from_spec(spec);
    if (!model && ssi_error_take(&error))
        ssi_fail(error.code == SSI_NO_MEMORY ? SSI_NO_MEMORY : SSI_FORMAT, "load",
                 "the file's architecture is not understood: %s\n%s", error.message, error.hint);
    return model;
}

static void read_loss(ssi_model *model, const char *name)
{
    for (int i = 0; name && ssi_loss_names[i]; i++) {
        if (strcmp(name, ssi_loss_names[i]) == 0)
            model->loss = (ssi_loss)i;
    }
}

ssi_model *ssi_model_from_tensors(const ssi_tensors *tensors)
{
    if (!tensors)
        return NULL;
    const char *spec = ssi_tensors_text(tensors, SSI_KEY_ARCHITECTURE);
    if (!spec)
        return SSI_FAIL_NULL(SSI_FORMAT, "load",
                             "the file holds tensors, but not how they make a network\n"
                             "only files written by ssi_save say it (\"%s\" in the metadata)",
                             SSI_KEY_ARCHITECTURE);
    ssi_model *model = parse(spec);
    ssi_scope scope = ssi_scope_open();
    bool filled = model && scope.scope && fill(model, tensors);
    if (scope.scope)
        ssi_scope_close(scope);
    if (!filled) {
        ssi_model_free(model);
        return NULL;
    }
    read_loss(model, ssi_tensors_text(tensors, SSI_KEY_LOSS));
    return model;
}

ssi_model *ssi_load_memory(const void *bytes, size_t count)
{
    ssi_tensors *tensors = ssi_load_tensors_memory(bytes, count, "the model");
    ssi_model *model = ssi_model_from_tensors(tensors);
    ssi_tensors_free(tensors);
    return model;
}
