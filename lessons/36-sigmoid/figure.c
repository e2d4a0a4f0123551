#include "figure.h"

static void against_step(void)
{
    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes =
        ssi_figure_axes(figure, 0, 0, .title = lesson_say("시그모이드와 계단", "Sigmoid and step"), .xlabel = "x",
                        .ylabel = "y", .ylim = {-0.1, 1.1}, .grid = 1, .legend = "upper left");
    ssi_tensor *x = ssi_arange(SSI_F64, -5, 5, 0.1);
    ssi_plot_line(axes, x, ssi_sigmoid(x), .label = lesson_say("시그모이드", "sigmoid"));
    ssi_plot_line(axes, ssi_array(((double[]){-5, 0, 0, 5}), 4), ssi_array(((double[]){0, 0, 1, 1}), 4), .dashed = 1,
                  .color = "black", .label = lesson_say("계단", "step"));
    lesson_figure(figure, "both");
}

static void steeper(void)
{
    static const double times[] = {1, 2, 5, 20};
    static const char *const names[] = {"k = 1", "k = 2", "k = 5", "k = 20"};
    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(
        figure, 0, 0, .title = lesson_say("k가 커질수록 가팔라지는 s(kx)", "s(kx) gets steeper as k grows"),
        .xlabel = "x", .ylim = {-0.1, 1.1}, .grid = 1, .legend = "upper left");
    ssi_tensor *x = ssi_linspace(SSI_F64, -3, 3, 301);
    for (int i = 0; i < 4; i++) {
        ssi_plot_line(axes, x, ssi_sigmoid(ssi_mul(x, times[i])), .label = names[i]);
    }
    lesson_figure(figure, "steeper");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    against_step();
    steeper();
    return ssi_report();
}
