/*
 * evaluate.c - what a model makes of data: judged (ssi_evaluate) and told (ssi_predict), batch by batch, so that memory does not grow with the data.
 */
#include <string.h>

#include "nn/batch.h"
#include "nn/tally.h"

enum { BATCH = 256 };

static int judge_batch(ssi_model *model, const ssi_batches *batches, int64_t at, ssi_loss loss, ssi_tally *tally)
{
    ssi_tensor *x, *y;
    ssi_scope scope = ssi_scope_open();
    if (!scope.scope)
        return SSI_NO_MEMORY;
    int status = ssi_batches_get(batches, at, &x, &y) ? SSI_OK : ssi_status_or(SSI_INVALID);
    if (status == SSI_OK) {
        ssi_tensor *outputs = (ssi_forward)(model, x, NULL);
        status = ssi_tally_add(tally, ssi_loss_of(loss, outputs, y), outputs, y);
    }
    int closed = ssi_scope_close(scope);
    return status == SSI_OK ? closed : status;
}

static int judge(ssi_model *model, const ssi_batches *batches, const ssi_evaluate_options *options, ssi_tally *tally)
{
    int64_t count = ssi_batches_count(batches);
    for (int64_t at = 0; at < count; at++) {
        int status = judge_batch(model, batches, at, options->loss, tally);
        if (status == SSI_OK && options->stop && *options->stop)
            status = ssi_fail(SSI_INTERRUPTED, "evaluate", "stopped after %lld of %lld batches", (long long)at + 1,
                              (long long)count);
        if (status != SSI_OK)
            return status;
    }
    return SSI_OK;
}

static int hand_over(const ssi_tally *tally, int64_t classes, ssi_evaluation *out, int64_t *confusion)
{
    out->examples = tally->examples;
    int status = ssi_tally_read(tally, &out->loss, &out->accuracy);
    if (status != SSI_OK || !tally->confusion)
        return status;
    ssi_scope scope = ssi_scope_open();
    if (!scope.scope)
        return SSI_NO_MEMORY;
    status = ssi_read(tally->confusion, SSI_I64, confusion, classes * classes);
    ssi_scope_close(scope);
    return status;
}

int(ssi_evaluate)(ssi_model *model, const ssi_dataset *data, ssi_evaluation *out, const ssi_evaluate_options *given)
{
    ssi_evaluate_options options = SSI_OPTIONS(ssi_evaluate_options, given);
    ssi_batches batches;
    ssi_tally tally = {0};
    if (!model || !data || !out)
        return ssi_status_or(SSI_INVALID);
    int64_t classes;
    options.loss = options.loss ? options.loss : model->loss;
    int status = ssi_match(model, data, &options.loss, 0, &classes);
    if (status != SSI_OK)
        return status;
    bool made = ssi_batches_make(&batches, data, options.batch ? options.batch : BATCH, false, 0) &&
                ssi_tally_make(&tally, classes, options.confusion != NULL);
    status = made ? judge(model, &batches, &options, &tally) : ssi_status_or(SSI_NO_MEMORY);
    if (status == SSI_OK)
        status = hand_over(&tally, classes, out, options.confusion);
    ssi_tally_free(&tally);
    ssi_batches_free(&batches);
    return status;
}

/* ---- telling ---- */

/* Outputs as what the loss they were trained with makes of them. */
static ssi_tensor *meant(const ssi_model *model, ssi_tensor *outputs)
{
    switch (model->loss) {
    case SSI_CROSS_ENTROPY:
        return ssi_activate(outputs, SSI_SOFTMAX, 0);
    case SSI_BINARY_CROSS_ENTROPY:
        return ssi_activate(outputs, SSI_SIGMOID, 0);
    default:
        return outputs;
    }
}

static int predict_batch(ssi_model *model, ssi_tensor *x, int64_t from, int64_t to, char *out)
{
    ssi_scope scope = ssi_scope_open();
    if (!scope.scope)
        return SSI_NO_MEMORY;
    ssi_tensor *rows = ssi_slice(x, 1, &(ssi_range){from, to, 1});
    ssi_tensor *y = meant(model, (ssi_forward)(model, ssi_scaled(rows), NULL));
    int status = y ? ssi_read(y, model->dtype, out, ssi_size(y)) : ssi_status_or(SSI_INVALID);
    ssi_scope_close(scope);
    return status;
}

ssi_tensor *ssi_predict(ssi_model *model, ssi_tensor *x)
{
    char text[SSI_SHAPE_TEXT];
    int64_t shape[SSI_MAX_RANK], count;
    if (!model || !x)
        return NULL;
    if (x->rank < 1)
        return SSI_FAIL_NULL(SSI_INVALID, "predict",
                             "examples have an axis of their own; this is %s\n"
                             "reshape one example to (1, ...)",
                             ssi_describe(x, text));
    if (ssi_model_ready(model, x->rank - 1, x->shape + 1, 0) != SSI_OK || ssi_eval(x) != SSI_OK)
        return NULL;
    ssi_example example = model->input;
    for (size_t i = 0; i < model->layers; i++)
        ssi_model_shape(model, i, &example);
    shape[0] = x->shape[0];
    memcpy(shape + 1, example.shape, (size_t)example.rank * sizeof *shape);
    size_t item = ssi_dtype_size(model->dtype), row = (size_t)ssi_example_size(&example) * item;
    ssi_buffer *buffer =
        ssi_shape_count(example.rank + 1, shape, item, &count) ? ssi_buffer_new((size_t)count * item) : NULL;
    for (int64_t from = 0; buffer && from < shape[0]; from += BATCH) {
        int64_t to = from + BATCH < shape[0] ? from + BATCH : shape[0];
        if (predict_batch(model, x, from, to, (char *)buffer->data + (size_t)from * row) != SSI_OK) {
            ssi_buffer_release(buffer);
            return NULL;
        }
    }
    return buffer ? ssi_leaf(model->dtype, example.rank + 1, shape, buffer, 0, NULL) : NULL;
}
