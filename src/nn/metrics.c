/*
 * metrics.c - how good predictions are: counts, as array arithmetic.
 */
#include "nn/nn.h"

ssi_tensor *ssi_count_correct(ssi_tensor *logits, ssi_tensor *labels)
{
    char x[SSI_SHAPE_TEXT], y[SSI_SHAPE_TEXT];
    if (!logits || !labels)
        return NULL;
    if (logits->rank != 2 || labels->rank != 1 || logits->shape[0] != labels->shape[0] || logits->shape[1] == 0 ||
        !ssi_is_integer((ssi_dtype)labels->dtype))
        return SSI_FAIL_NULL(SSI_INVALID, "count_correct",
                             "logits %s and labels %s do not match\nlogits are (N,K), labels (N,) integers",
                             ssi_describe(logits, x), ssi_describe(labels, y));
    return ssi_sum(ssi_cast(ssi_equal(ssi_argmax(logits, -1), ssi_cast(labels, SSI_I64)), SSI_I64));
}

ssi_tensor *ssi_accuracy(ssi_tensor *logits, ssi_tensor *labels)
{
    ssi_tensor *correct = ssi_count_correct(logits, labels);
    return correct ? ssi_div(ssi_cast(correct, SSI_F64), (double)ssi_dim(logits, 0)) : NULL;
}

ssi_tensor *ssi_confusion_matrix(ssi_tensor *labels, ssi_tensor *predictions, int64_t classes)
{
    char a[SSI_SHAPE_TEXT], b[SSI_SHAPE_TEXT];
    if (!labels || !predictions)
        return NULL;
    if (labels->rank != 1 || predictions->rank != 1 || labels->shape[0] != predictions->shape[0] ||
        !ssi_is_integer((ssi_dtype)labels->dtype) || !ssi_is_integer((ssi_dtype)predictions->dtype))
        return SSI_FAIL_NULL(SSI_INVALID, "confusion_matrix",
                             "labels %s and predictions %s do not match\nboth are (N,) integers",
                             ssi_describe(labels, a), ssi_describe(predictions, b));
    if (classes < 1 || classes > INT32_MAX)
        return SSI_FAIL_NULL(SSI_INVALID, "confusion_matrix", "%lld classes", (long long)classes);
    ssi_tensor *row = ssi_check_range(ssi_cast(labels, SSI_I64), classes);
    ssi_tensor *column = ssi_check_range(ssi_cast(predictions, SSI_I64), classes);
    ssi_tensor *cell = ssi_add(ssi_mul(row, classes), column);
    ssi_tensor *counts =
        ssi_scatter_add(ssi_zeros(SSI_I64, classes * classes), cell, ssi_ones(SSI_I64, ssi_dim(labels, 0)));
    return ssi_reshape(counts, classes, classes);
}
