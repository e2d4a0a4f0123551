/*
 * training_plot.c - the picture of a training: loss and accuracy over the epochs.
 */
#include "epochs.h"

enum measure { LOSS, ACCURACY, TEST_LOSS, TEST_ACCURACY };

static double measured(const epoch_result *at, enum measure what)
{
    const double values[] = {at->loss, at->accuracy, at->test_loss, at->test_accuracy};
    return values[what];
}

/* One curve: what was measured after each epoch. */
static void add_curve(ssi_axes *axes, const epoch_result *results, int count, enum measure what, const char *label)
{
    double *x = malloc((size_t)count * sizeof(double)), *y = malloc((size_t)count * sizeof(double));
    for (int i = 0; x != NULL && y != NULL && i < count; i++) {
        x[i] = results[i].epoch;
        y[i] = measured(&results[i], what);
    }
    if (x != NULL && y != NULL) {
        ssi_plot_line(axes, ssi_array(x, count), ssi_array(y, count), .label = label, .marker = count <= 50 ? 'o' : 0);
    }
    free(x);
    free(y);
}

int training_plot(const epoch_result *results, int count, const char *title, const char *path)
{
    ssi_scope scope = ssi_scope_open();
    ssi_figure *figure = ssi_figure_new(.columns = 2, .width = 960, .height = 420, .title = title);
    ssi_axes *loss =
        ssi_figure_axes(figure, 0, 0, .title = T("loss", "손실"), .xlabel = T("epoch", "에폭"), .integer_x = 1);
    add_curve(loss, results, count, LOSS, T("training", "학습"));
    add_curve(loss, results, count, TEST_LOSS, T("test", "시험"));
    ssi_axes *accuracy =
        ssi_figure_axes(figure, 0, 1, .title = T("accuracy", "정확도"), .xlabel = T("epoch", "에폭"), .integer_x = 1);
    add_curve(accuracy, results, count, ACCURACY, T("training", "학습"));
    add_curve(accuracy, results, count, TEST_ACCURACY, T("test", "시험"));
    int status = ssi_figure_save(figure, path);
    ssi_figure_free(figure);
    ssi_scope_close(scope);
    return status;
}
