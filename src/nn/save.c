/*
 * save.c - models as files: one safetensors file with everything in it.
 *
 *     metadata   "producer": "ssi 0.1.0", "architecture": "784, dense 256 relu, dense 10", "loss": "cross_entropy"
 *     tensors    "0.weight" (784,256), "0.bias" (256), "1.weight", ...
 */
#include "nn/nn.h"
#include "ssi/io.h"

#ifdef SSI_CORE /* no files */

int ssi_save(const ssi_model *model, const char *path)
{
    (void)model, (void)path;
    return ssi_fail(SSI_UNSUPPORTED, "save",
                    "this build of ssi (SSI_CORE) has no files\n"
                    "read the parameters with ssi_parameters and ssi_read");
}

ssi_model *ssi_load(const char *path)
{
    (void)path;
    return SSI_FAIL_NULL(SSI_UNSUPPORTED, "load", "this build of ssi (SSI_CORE) has no files\nuse ssi_load_memory");
}

#else

typedef struct named {
    int count;
    ssi_tensor *tensor[SSI_MAX_PARAMETERS];
    const char *name[SSI_MAX_PARAMETERS];
    char room[SSI_MAX_PARAMETERS][SSI_PARAMETER_NAME];
} named;

static void name_parameters(const ssi_model *model, named *all)
{
    all->count = 0;
    for (size_t i = 0; i < model->layers; i++) {
        for (int p = 0; p < SSI_LAYER_PARAMETERS; p++) {
            if (!model->layer[i]->parameter[p])
                continue;
            all->tensor[all->count] = model->layer[i]->parameter[p];
            all->name[all->count] = ssi_parameter_name(model->layer[i], i, p, all->room[all->count]);
            all->count++;
        }
    }
}

int ssi_save(const ssi_model *model, const char *path)
{
    named all;
    if (!model || !path)
        return ssi_status_or(SSI_INVALID);
    if (!model->built)
        return ssi_fail(SSI_INVALID, "save",
                        "the model has no parameters before its inputs are known\n"
                        "call ssi_build, ssi_forward or ssi_fit first");
    name_parameters(model, &all);
    int64_t length = ssi_model_spec(model, NULL, 0);
    char *spec = ssi_alloc((size_t)length + 1);
    if (!spec)
        return SSI_NO_MEMORY;
    ssi_model_spec(model, spec, (size_t)length + 1);
    const char *const text[] = {"producer", "ssi " SSI_VERSION, SSI_KEY_ARCHITECTURE,
                                spec,       SSI_KEY_LOSS,       ssi_loss_name(model->loss)};
    ssi_scope scope = ssi_scope_open();
    int status = scope.scope ? ssi_save_tensors(path, all.count, all.name, all.tensor, 3, text) : SSI_NO_MEMORY;
    if (scope.scope)
        ssi_scope_close(scope);
    ssi_free(spec);
    return status;
}

ssi_model *ssi_load(const char *path)
{
    ssi_tensors *tensors = ssi_load_tensors(path);
    ssi_model *model = ssi_model_from_tensors(tensors);
    ssi_tensors_free(tensors);
    return model;
}

#endif
