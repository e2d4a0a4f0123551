/*
 * loss.c - losses: the mean over a batch, as array arithmetic. A loss never broadcasts: (N) against (N,1) would be (N,N) numbers, and a wrong
 * mean in silence.
 */
#include "nn/nn.h"
#include "ssi/math.h"

const char *const ssi_loss_names[] = {"default", "cross_entropy", "binary_cross_entropy", "mse", "mae", "huber", NULL};

const char *ssi_loss_name(ssi_loss loss)
{
    return (unsigned)loss < SSI_LOSSES ? ssi_loss_names[loss] : "?";
}

/* Whether both are floats of one shape, not empty. Quiet when one is NULL. */
static bool same_shape(const char *loss, const ssi_tensor *prediction, const ssi_tensor *target)
{
    char p[SSI_SHAPE_TEXT], t[SSI_SHAPE_TEXT];
    if (!prediction || !target)
        return false;
    bool same = prediction->rank == target->rank;
    for (int i = 0; i < prediction->rank && same; i++)
        same = prediction->shape[i] == target->shape[i];
    if (!same)
        return ssi_fail(SSI_INVALID, loss,
                        "shapes differ: prediction %s, target %s\na loss never broadcasts; reshape one",
                        ssi_describe(prediction, p), ssi_describe(target, t)) == 0;
    if (!ssi_is_float((ssi_dtype)prediction->dtype))
        return ssi_fail(SSI_INVALID, loss, "the prediction is %s\ncast it to a float dtype first",
                        ssi_describe(prediction, p)) == 0;
    if (ssi_count(prediction) == 0)
        return ssi_fail(SSI_INVALID, loss, "the mean of nothing: prediction %s", ssi_describe(prediction, p)) == 0;
    return true;
}

/* prediction - target, the target in the prediction's dtype. */
static ssi_tensor *error_of(ssi_tensor *prediction, ssi_tensor *target)
{
    return ssi_sub(prediction, ssi_cast(target, ssi_dtype_of(prediction)));
}

ssi_tensor *ssi_mse(ssi_tensor *prediction, ssi_tensor *target)
{
    if (!same_shape("mse", prediction, target))
        return NULL;
    ssi_tensor *error = error_of(prediction, target);
    return ssi_mean(ssi_mul(error, error));
}

ssi_tensor *ssi_mae(ssi_tensor *prediction, ssi_tensor *target)
{
    if (!same_shape("mae", prediction, target))
        return NULL;
    return ssi_mean(ssi_abs(error_of(prediction, target)));
}

/* e^2/2 where |e| <= delta, else delta (|e| - delta/2). */
ssi_tensor *ssi_huber(ssi_tensor *prediction, ssi_tensor *target, double delta)
{
    if (!same_shape("huber", prediction, target))
        return NULL;
    if (!(delta >= 0))
        return SSI_FAIL_NULL(SSI_INVALID, "huber", "delta %g is not positive", delta);
    delta = delta > 0 ? delta : 1;
    ssi_tensor *error = error_of(prediction, target), *size = ssi_abs(error);
    ssi_tensor *square = ssi_mul(ssi_mul(error, error), 0.5);
    ssi_tensor *line = ssi_mul(ssi_sub(size, 0.5 * delta), delta);
    return ssi_mean(ssi_where(ssi_less_equal(size, delta), square, line));
}

/* max(x, 0) - x t + log(1 + e^-|x|): the usual formula, rearranged so that nothing overflows. */
ssi_tensor *ssi_binary_cross_entropy(ssi_tensor *logits, ssi_tensor *targets)
{
    if (!same_shape("binary_cross_entropy", logits, targets))
        return NULL;
    ssi_tensor *t = ssi_cast(targets, ssi_dtype_of(logits));
    ssi_tensor *positive = ssi_sub(ssi_maximum(logits, 0), ssi_mul(logits, t));
    return ssi_mean(ssi_add(positive, ssi_log(ssi_add(ssi_exp(ssi_neg(ssi_abs(logits))), 1))));
}

static bool logits_and_labels(const char *operation, const ssi_tensor *logits, const ssi_tensor *labels)
{
    char x[SSI_SHAPE_TEXT], y[SSI_SHAPE_TEXT];
    if (!logits || !labels)
        return false;
    if (logits->rank != 2 || labels->rank != 1 || logits->shape[0] != labels->shape[0] || logits->shape[0] == 0 ||
        logits->shape[1] == 0)
        return ssi_fail(SSI_INVALID, operation, "logits %s and labels %s do not match\nlogits are (N,K), labels (N,)",
                        ssi_describe(logits, x), ssi_describe(labels, y)) == 0;
    if (!ssi_is_float((ssi_dtype)logits->dtype) || !ssi_is_integer((ssi_dtype)labels->dtype))
        return ssi_fail(SSI_INVALID, operation,
                        "logits %s and labels %s\nlogits are floats, labels the numbers of classes, integers",
                        ssi_describe(logits, x), ssi_describe(labels, y)) == 0;
    return true;
}

/* (N, K) bool: where the label is. A label outside [0, K) fails the run. */
static ssi_tensor *one_hot(ssi_tensor *labels, int64_t n, int64_t classes)
{
    ssi_tensor *checked = ssi_check_range(ssi_cast(labels, SSI_I64), classes);
    const int64_t row[] = {1, classes};
    return ssi_equal(ssi_reshape(checked, n, 1), ssi_iota(SSI_I64, 2, row, 1));
}

ssi_tensor *ssi_cross_entropy(ssi_tensor *logits, ssi_tensor *labels)
{
    if (!logits_and_labels("cross_entropy", logits, labels))
        return NULL;
    const int last[] = {-1};
    ssi_tensor *z = ssi_sub(logits, ssi_detach(ssi_max_axes(logits, 1, last, 1)));
    ssi_tensor *chosen = ssi_where(one_hot(labels, ssi_dim(logits, 0), ssi_dim(logits, 1)), z, 0.0);
    return ssi_mean(ssi_sub(ssi_log(ssi_sum(ssi_exp(z), -1)), ssi_sum(chosen, -1)));
}

ssi_loss ssi_loss_for(ssi_loss loss, ssi_dtype target)
{
    if (loss != SSI_LOSS_DEFAULT)
        return loss;
    return ssi_is_float(target) ? SSI_MSE : SSI_CROSS_ENTROPY;
}

ssi_tensor *ssi_loss_of(ssi_loss loss, ssi_tensor *prediction, ssi_tensor *target)
{
    if (!prediction || !target)
        return NULL;
    switch (ssi_loss_for(loss, ssi_dtype_of(target))) {
    case SSI_CROSS_ENTROPY:
        return ssi_cross_entropy(prediction, target);
    case SSI_BINARY_CROSS_ENTROPY:
        return ssi_binary_cross_entropy(prediction, target);
    case SSI_MSE:
        return ssi_mse(prediction, target);
    case SSI_MAE:
        return ssi_mae(prediction, target);
    case SSI_HUBER:
        return ssi_huber(prediction, target, 0);
    case SSI_LOSS_DEFAULT:
    case SSI_LOSSES:
        break;
    }
    return SSI_FAIL_NULL(SSI_INVALID, "loss", "%d is no loss", (int)loss);
}
