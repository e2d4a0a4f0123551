/*
 * fit.c - training. A step is public array arithmetic, as anybody could write it: a batch, forward, loss, gradients, the optimiser's assignments, and
 * the sums for the report; it is computed when its scope closes, all of it or nothing.
 */
#include <math.h>

#include "nn/batch.h"
#include "nn/progress.h"
#include "ssi/grad.h"
#include "ssi/math.h"

typedef struct training {
    ssi_model *model;
    ssi_fit_options options;
    ssi_batches batches;
    ssi_tally tally;
    ssi_reporter reporter;
    ssi_tensor *w[SSI_MAX_PARAMETERS];
    int parameters;
    double lr;           /* as the optimiser had it at first */
    int64_t step, steps; /* of all epochs, from 0 */
} training;

/* ---- one step ---- */

static int write_step(training *t, int64_t at, int64_t *examples)
{
    ssi_tensor *x, *y, *dw[SSI_MAX_PARAMETERS];
    if (!ssi_batches_get(&t->batches, at, &x, &y))
        return ssi_status_or(SSI_NO_MEMORY);
    *examples = ssi_dim(y, 0);
    ssi_tensor *outputs = ssi_forward(t->model, x, .training = 1, .seed = t->options.seed, .step = (uint64_t)t->step);
    ssi_tensor *loss = ssi_loss_of(t->options.loss, outputs, y);
    loss = ssi_check_finite(ssi_label(loss, "the loss"));
    int status = ssi_gradients(loss, t->parameters, t->w, dw);
    if (status == SSI_OK)
        status = ssi_step(t->options.optimizer, t->parameters, t->w, dw);
    if (status == SSI_OK)
        status = ssi_tally_add(&t->tally, loss, outputs, y);
    return status;
}

static bool is_finite(ssi_tensor *x)
{
    return !ssi_is_float(ssi_dtype_of(x)) || ssi_item(ssi_all(ssi_isfinite(x))) == 1;
}

/* What was not finite before the step began, if anything, and what to do: the layer where it shows first is then not to blame. */
static const char *bad_from_the_start(const training *t, int64_t at)
{
    ssi_tensor *x, *y;
    const char *what = NULL;
    ssi_scope scope = ssi_scope_open();
    if (scope.scope && ssi_batches_get(&t->batches, at, &x, &y)) {
        if (!is_finite(x) || !is_finite(y))
            what = "the data of this batch hold NaN or infinity\nfind them with ssi_isfinite before training";
        for (int i = 0; i < t->parameters && !what; i++) {
            if (!is_finite(t->w[i]))
                what = "the step before made parameters infinite\nlower the learning rate";
        }
    }
    if (scope.scope)
        ssi_scope_close(scope);
    ssi_error_take(NULL); /* memory may have run out in here; the first error counts */
    return what;
}

/* Says at which step it was. */
static int explain(const training *t, int64_t at, int status)
{
    ssi_error error;
    bool ours = ssi_failed() && ssi_error_peek()->code == status; /* and not one that was waiting already */
    if ((status != SSI_NOT_FINITE && status != SSI_RANGE) || !ours)
        return status;
    ssi_error_take(&error);
    const char *bad = status == SSI_NOT_FINITE ? bad_from_the_start(t, at) : NULL;
    if (bad)
        return ssi_fail(status, "fit", "epoch %d, step %lld: %s", t->reporter.now.epoch, (long long)at + 1, bad);
    return ssi_fail(status, "fit", "epoch %d, step %lld: %s: %s\n%s", t->reporter.now.epoch, (long long)at + 1,
                    error.operation, error.message, error.hint);
}

static double rate_at(const training *t)
{
    if (t->options.schedule == SSI_CONSTANT)
        return t->lr;
    return t->lr * (1 - (double)t->step / (double)t->steps);
}

static int step(training *t, int64_t at)
{
    int64_t examples = 0;
    ssi_optimizer *optimizer = t->options.optimizer;
    t->reporter.now.lr = rate_at(t);
    ssi_set_learning_rate(optimizer, t->reporter.now.lr);
    ssi_scope scope = ssi_scope_open();
    if (!scope.scope)
        return SSI_NO_MEMORY;
    uint64_t steps = ssi_optimizer_steps(optimizer);
    int flushed = ssi_set_flush_denormals(1);
    int status = write_step(t, at, &examples), closed = ssi_scope_close(scope);
    ssi_set_flush_denormals(flushed);
    if (closed != SSI_OK)
        ssi_optimizer_set_steps(optimizer, steps);
    if (status != SSI_OK || closed != SSI_OK)
        return explain(t, at, status != SSI_OK ? status : closed);
    t->step++;
    status = ssi_reporter_step(&t->reporter, examples, &t->tally);
    if (status == SSI_INTERRUPTED || (t->options.stop && *t->options.stop))
        return ssi_fail(SSI_INTERRUPTED, "fit",
                        "stopped after step %lld of %lld; what was learnt until then is in place", (long long)t->step,
                        (long long)t->steps);
    return status;
}

/* ---- epochs ---- */

static int epoch(training *t, int number)
{
    ssi_evaluation test = {.loss = NAN, .accuracy = NAN};
    int64_t steps = ssi_batches_count(&t->batches);
    int status = ssi_tally_restart(&t->tally);
    ssi_reporter_epoch(&t->reporter, number);
    ssi_batches_shuffle(&t->batches, (uint64_t)number);
    for (int64_t at = 0; at < steps && status == SSI_OK; at++)
        status = step(t, at);
    ssi_reporter_pause(&t->reporter);
    if (status == SSI_OK && t->options.validation)
        status = ssi_evaluate(t->model, t->options.validation, &test, .loss = t->options.loss, .stop = t->options.stop);
    if (status != SSI_OK)
        return status;
    status = ssi_reporter_epoch_end(&t->reporter, &t->tally, &test);
    if (status == SSI_INTERRUPTED)
        ssi_fail(status, "fit", "stopped after epoch %d of %d", number, t->options.epochs);
    return status;
}

/* ---- all of it ---- */

static bool check_options(ssi_fit_options *options)
{
    options->epochs = options->epochs ? options->epochs : 5;
    options->batch = options->batch ? options->batch : 128;
    if (options->epochs < 0 || options->batch < 0)
        return ssi_fail(SSI_INVALID, "fit", "%d epochs in batches of %lld", options->epochs,
                        (long long)options->batch) == 0;
    return options->schedule == SSI_LINEAR_TO_ZERO || options->schedule == SSI_CONSTANT ||
           ssi_fail(SSI_INVALID, "fit", "%d is no schedule", (int)options->schedule) == 0;
}

/* The optimiser that was given, or that of the fit before, or Adam; but not Adam in place of one that could not be made. */
static bool choose_optimizer(training *t)
{
    if (!t->options.optimizer && ssi_failed())
        return false;
    ssi_optimizer *optimizer = t->options.optimizer ? t->options.optimizer : t->model->optimizer;
    t->options.optimizer = optimizer = optimizer ? optimizer : ssi_adam();
    return optimizer && ssi_optimizer_adopt(t->model, optimizer) == SSI_OK;
}

static bool prepare(training *t, const ssi_dataset *data)
{
    int64_t classes, ignored;
    const ssi_dataset *validation = t->options.validation;
    ssi_loss loss = t->options.loss;
    if (!check_options(&t->options) || !choose_optimizer(t) ||
        ssi_match(t->model, data, &t->options.loss, t->options.seed, &classes) != SSI_OK ||
        (validation && ssi_match(t->model, validation, &loss, 0, &ignored) != SSI_OK))
        return false;
    t->parameters = ssi_parameters(t->model, SSI_MAX_PARAMETERS, t->w);
    if (t->parameters < 1)
        return ssi_fail(SSI_INVALID, "fit", "the model has nothing to learn: no layer has parameters") == 0;
    if (ssi_optimizer_prepare(t->options.optimizer, t->parameters, t->w) != SSI_OK ||
        !ssi_batches_make(&t->batches, data, t->options.batch, !t->options.no_shuffle, t->options.seed) ||
        !ssi_tally_make(&t->tally, classes, false))
        return false;
    t->steps = ssi_batches_count(&t->batches) * t->options.epochs;
    t->lr = ssi_learning_rate(t->options.optimizer);
    t->reporter = (ssi_reporter){.options = &t->options, .left = t->batches.examples * t->options.epochs};
    t->reporter.now.epochs = t->options.epochs;
    t->reporter.now.steps = ssi_batches_count(&t->batches);
    return true;
}

int(ssi_fit)(ssi_model *model, const ssi_dataset *data, const ssi_fit_options *given)
{
    if (!model || !data)
        return ssi_status_or(SSI_INVALID);
    training t = {.model = model, .options = SSI_OPTIONS(ssi_fit_options, given)};
    int status = SSI_OK;
    if (!prepare(&t, data))
        status = ssi_status_or(SSI_NO_MEMORY);
    if (status == SSI_OK)
        model->loss = t.options.loss;
    for (int number = 1; number <= t.options.epochs && status == SSI_OK; number++)
        status = epoch(&t, number);
    if (t.steps)
        ssi_set_learning_rate(t.options.optimizer, t.lr);
    ssi_tally_free(&t.tally);
    ssi_batches_free(&t.batches);
    return status;
}
