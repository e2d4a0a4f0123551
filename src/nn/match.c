/*
 * match.c - do a model, a data set and a loss fit together? Told before the first step, in words of the data and not of some operation.
 */
#include <string.h>

#include "nn/nn.h"

static int check_classes(const ssi_example *outputs, const ssi_tensor *y, const char *text)
{
    char has[SSI_SHAPE_TEXT];
    if (!ssi_is_integer((ssi_dtype)y->dtype) || y->rank != 1)
        return ssi_fail(SSI_INVALID, "cross_entropy",
                        "targets are %s\ncross-entropy takes the number of each example's class: (N,) integers",
                        ssi_describe(y, has));
    if (outputs->rank != 1)
        return ssi_fail(
            SSI_INVALID, "cross_entropy",
            "the model's outputs are of shape %s, not one row of classes\nput flatten before its last layer", text);
    return SSI_OK;
}

static int check_values(const ssi_example *outputs, ssi_loss loss, const ssi_tensor *y, const char *text)
{
    char has[SSI_SHAPE_TEXT];
    bool same = y->rank == outputs->rank + 1;
    for (int i = 0; same && i < outputs->rank; i++)
        same = y->shape[i + 1] == outputs->shape[i];
    return same ? SSI_OK
                : ssi_fail(SSI_INVALID, ssi_loss_name(loss),
                           "the model's outputs are of shape %s for each example, the targets are %s\n"
                           "a loss never broadcasts; reshape the targets, or change the last layer",
                           text, ssi_describe(y, has));
}

static int match_loss(const ssi_model *model, ssi_loss loss, const ssi_tensor *y, int64_t data_classes,
                      int64_t *classes)
{
    char text[SSI_SHAPE_TEXT];
    ssi_example outputs = model->input;
    for (size_t i = 0; i < model->layers; i++)
        ssi_model_shape(model, i, &outputs);
    ssi_shape_text(outputs.rank, outputs.shape, text);
    *classes = 0;
    if (loss != SSI_CROSS_ENTROPY)
        return check_values(&outputs, loss, y, text);
    *classes = outputs.shape[0];
    int status = check_classes(&outputs, y, text);
    if (status == SSI_OK && *classes < data_classes)
        status = ssi_fail(SSI_INVALID, "cross_entropy",
                          "the data have %lld classes, the model's outputs are of shape %s\nend with dense %lld",
                          (long long)data_classes, text, (long long)data_classes);
    return status;
}

int ssi_match(ssi_model *model, const ssi_dataset *data, ssi_loss *loss, uint64_t seed, int64_t *classes)
{
    if ((unsigned)*loss >= SSI_LOSSES)
        return ssi_fail(SSI_INVALID, "loss", "%d is no loss", (int)*loss);
    ssi_scope scope = ssi_scope_open();
    if (!scope.scope)
        return SSI_NO_MEMORY;
    const ssi_tensor *x = ssi_dataset_x(data), *y = ssi_dataset_y(data);
    int status = x && y ? ssi_model_ready(model, x->rank - 1, x->shape + 1, seed) : ssi_status_or(SSI_INVALID);
    if (status == SSI_OK) {
        *loss = ssi_loss_for(*loss, (ssi_dtype)y->dtype);
        status = match_loss(model, *loss, y, ssi_dataset_classes(data), classes);
    }
    ssi_scope_close(scope);
    return status;
}
