#include "figure.h"

#include <math.h>

static double sigmoid(double x)
{
    return 1 / (1 + exp(-x));
}

/* What is left of a slope after 1 to 20 layers. */
static void depth(void)
{
    double layers[20], best[20], real[20], one[20], x = 0, product = 1;
    for (int i = 0; i < 20; i++) {
        double s = sigmoid(x);
        product *= s * (1 - s);
        x = s;
        layers[i] = i + 1, best[i] = pow(0.25, i + 1), real[i] = product, one[i] = 1;
    }
    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(
        figure, 0, 0, .title = lesson_say("층을 지날 때마다 남는 기울기", "What is left of the slope"),
        .xlabel = lesson_say("층", "layers"), .ylabel = lesson_say("기울기 (로그 축)", "slope (log axis)"), .log_y = 1,
        .integer_x = 1, .grid = 1, .legend = "lower left");
    ssi_tensor *n = ssi_array(layers, 20);
    ssi_plot_line(axes, n, ssi_array(one, 20), .label = lesson_say("ReLU (켜져 있을 때)", "ReLU (where it is on)"),
                  .color = "C2");
    ssi_plot_line(axes, n, ssi_array(best, 20), .label = lesson_say("시그모이드, 가장 좋을 때", "sigmoid at best"),
                  .dashed = 1, .color = "C0");
    ssi_plot_line(axes, n, ssi_array(real, 20), .label = lesson_say("시그모이드, 0에서 출발", "sigmoid, from 0"),
                  .marker = 'o', .marker_size = 4, .color = "C0");
    lesson_figure(figure, "depth");
}

static void slope(void)
{
    ssi_figure *figure = ssi_figure_new(.height = 400);
    ssi_axes *axes =
        ssi_figure_axes(figure, 0, 0, .title = lesson_say("시그모이드와 그 기울기", "The sigmoid and its slope"),
                        .xlabel = "x", .grid = 1);
    ssi_tensor *x = ssi_linspace(SSI_F64, -8, 8, 200), *s = ssi_sigmoid(x);
    ssi_plot_line(axes, x, s, .label = lesson_say("시그모이드", "sigmoid"));
    ssi_plot_line(axes, x, ssi_mul(s, ssi_sub(1.0, s)), .label = lesson_say("기울기", "slope"));
    ssi_plot_hline(axes, 0.25, .dashed = 1, .color = "gray");
    ssi_plot_text(axes, 7.9, 0.29, "0.25", .align = 'r', .color = "gray");
    lesson_figure(figure, "slope");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    slope();
    depth();
    return ssi_report();
}
