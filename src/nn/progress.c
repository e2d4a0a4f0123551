/*
 * progress.c - rate, remaining time, loss and accuracy. Sums are read only when somebody wants to know: a callback, or a line every two seconds.
 */
#include <math.h>
#include <time.h>

#include "nn/progress.h"

static const double seconds_between_lines = 2;

static double clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void ssi_reporter_epoch(ssi_reporter *reporter, int epoch)
{
    ssi_progress *now = &reporter->now;
    now->epoch = epoch;
    now->step = 0;
    now->seconds = 0;
    now->loss = now->accuracy = now->test_loss = now->test_accuracy = NAN;
    reporter->examples = 0;
    ssi_reporter_resume(reporter);
    reporter->line = reporter->resumed;
}

void ssi_reporter_pause(ssi_reporter *reporter)
{
    reporter->now.seconds += clock_now() - reporter->resumed;
}

void ssi_reporter_resume(ssi_reporter *reporter)
{
    reporter->resumed = clock_now();
}

/* Brings the numbers up to date, the clock standing still. */
static int update(ssi_reporter *reporter, const ssi_tally *tally)
{
    ssi_progress *now = &reporter->now;
    int status = ssi_tally_read(tally, &now->loss, &now->accuracy);
    now->examples_per_second = now->seconds > 0 ? (double)reporter->examples / now->seconds : NAN;
    now->seconds_left = (double)reporter->left / now->examples_per_second;
    return status;
}

static void say(const ssi_progress *now)
{
    char accuracy[32] = "", test[64] = "";
    if (!isnan(now->accuracy))
        snprintf(accuracy, sizeof accuracy, "  accuracy %.4f", now->accuracy);
    if (!isnan(now->test_loss))
        snprintf(test, sizeof test, "  test loss %.4f", now->test_loss);
    ssi_say("epoch %d/%d  step %lld/%lld  loss %.4f%s%s", now->epoch, now->epochs, (long long)now->step,
            (long long)now->steps, now->loss, accuracy, test);
    if (!isnan(now->test_accuracy))
        ssi_say("  test accuracy %.4f", now->test_accuracy);
    ssi_say("  %.0f examples/s  %.0f s left\n", now->examples_per_second, now->seconds_left);
}

int ssi_reporter_step(ssi_reporter *reporter, int64_t examples, const ssi_tally *tally)
{
    const ssi_fit_options *options = reporter->options;
    reporter->examples += examples;
    reporter->left -= examples;
    reporter->now.step++;
    bool line = options->progress && ssi_saying() && clock_now() - reporter->line >= seconds_between_lines;
    if (!line && !options->on_step)
        return SSI_OK;
    ssi_reporter_pause(reporter);
    int status = update(reporter, tally);
    if (line) {
        say(&reporter->now);
        reporter->line = clock_now();
    }
    if (status == SSI_OK && options->on_step && options->on_step(&reporter->now, options->context))
        status = SSI_INTERRUPTED;
    ssi_reporter_resume(reporter);
    return status;
}

int ssi_reporter_epoch_end(ssi_reporter *reporter, const ssi_tally *tally, const ssi_evaluation *test)
{
    const ssi_fit_options *options = reporter->options;
    int status = update(reporter, tally);
    reporter->now.test_loss = test->loss;
    reporter->now.test_accuracy = test->accuracy;
    if (options->progress)
        say(&reporter->now);
    if (status == SSI_OK && options->on_epoch && options->on_epoch(&reporter->now, options->context))
        status = SSI_INTERRUPTED;
    return status;
}
