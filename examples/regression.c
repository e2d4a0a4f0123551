/*
 * regression.c - a curve through noisy points, drawn into regression.png.
 *
 *     ninja -C build example_regression && build/example_regression
 */
#include <math.h>
#include <ssi/ssi.h>
#include <stdio.h>

enum { POINTS = 200 };

int main(void)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_reshape(ssi_linspace(SSI_F32, -3, 3, POINTS), POINTS, 1);
    ssi_tensor *truth = ssi_mul(ssi_sin(ssi_mul(x, 2)), ssi_exp(ssi_mul(ssi_abs(x), -0.5)));
    ssi_tensor *noise = ssi_mul(ssi_normal(SSI_F32, 2, (int64_t[]){POINTS, 1}, 0, 0), 0.05);
    ssi_tensor *y = ssi_add(truth, noise);
    ssi_dataset *data = ssi_dataset_new(x, y, 0);

    ssi_model *net =
        ssi_sequential(ssi_dense(48, .activation = SSI_TANH), ssi_dense(48, .activation = SSI_TANH), ssi_dense(1));
    ssi_fit(net, data, .epochs = 400, .batch = 50, .loss = SSI_HUBER, .optimizer = ssi_adamw(.lr = 0.01));

    ssi_tensor *curve = ssi_predict(net, x);
    double error = sqrt(ssi_item(ssi_mean(ssi_square(ssi_sub(curve, truth)))));
    printf("from the truth %.3f, where the noise was 0.05\n", error);

    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "a network through points");
    ssi_plot_line(axes, ssi_reshape(x, POINTS), ssi_reshape(y, POINTS), .label = "points", .marker = 'o');
    ssi_plot_line(axes, ssi_reshape(x, POINTS), ssi_reshape(curve, POINTS), .label = "network");
    if (ssi_figure_save(figure, "regression.png") == SSI_UNSUPPORTED)
        ssi_error_take(NULL); /* no gnuplot here: then there is no picture */

    ssi_figure_free(figure);
    ssi_model_free(net);
    ssi_dataset_free(data);
    ssi_scope_close(scope);
    return ssi_report() || !(error < 0.05);
}
