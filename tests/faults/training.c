/* training.c - the small training run that the tests of faults disturb. */
#include "training.h"

bool training_begin(training *t, const char *spec, int64_t inputs, int64_t batch)
{
    *t = (training){.inputs = inputs, .batch = batch};
    t->model = ssi_model_from_spec(spec);
    if (!t->model || ssi_build(t->model, 1, &inputs, SSI_F32, 7) != SSI_OK)
        return false;
    t->n = ssi_parameters(t->model, SSI_MAX_PARAMETERS, t->w);
    t->optimizer = ssi_sgd(.lr = 1e-2, .momentum = 0.9, .nesterov = 1);
    return t->n > 0 && t->optimizer;
}

int training_step(training *t, int step)
{
    ssi_tensor *dw[SSI_MAX_PARAMETERS];
    ssi_scope scope = ssi_scope_open();
    if (!scope.scope)
        return SSI_NO_MEMORY;
    ssi_tensor *x = ssi_sub(ssi_uniform(SSI_F32, 2, (int64_t[]){t->batch, t->inputs}, 1, (uint64_t)step), 0.5);
    ssi_tensor *labels = ssi_cast(ssi_mul(ssi_uniform(SSI_F32, 1, &t->batch, 2, (uint64_t)step), 3), SSI_I32);
    ssi_tensor *loss = ssi_cross_entropy(ssi_forward(t->model, x), labels);
    int status = ssi_gradients(loss, t->n, t->w, dw);
    if (status == SSI_OK)
        status = ssi_step(t->optimizer, t->n, t->w, dw);
    int closed = ssi_scope_close(scope);
    return status != SSI_OK ? status : closed;
}

int64_t training_weights(const training *t, float *out)
{
    int64_t count = 0;
    ssi_scope scope = ssi_scope_open();
    for (int i = 0; i < t->n; i++) {
        if (ssi_read(t->w[i], SSI_F32, out + count, ssi_size(t->w[i])) == SSI_OK)
            count += ssi_size(t->w[i]);
    }
    ssi_scope_close(scope);
    return count;
}

void training_end(training *t)
{
    ssi_optimizer_free(t->optimizer);
    ssi_model_free(t->model);
}
