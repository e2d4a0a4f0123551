#include "figure.h"

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_tensor *x = ssi_linspace(SSI_F64, -5, 5, 201), *t = ssi_tanh(x);

    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(
        figure, 0, 0, .title = lesson_say("진짜 tanh와 슬라이드의 식", "The real tanh, and the slide's formula"),
        .xlabel = "x", .ylabel = "y", .ylim = {-1.2, 1.2}, .grid = 1, .legend = "upper left");
    ssi_plot_line(axes, x, t, .label = "tanh");
    ssi_plot_line(axes, x, ssi_sigmoid(x), .label = lesson_say("슬라이드: 1/(1+e^-x)", "slide: 1/(1+e^-x)"),
                  .dashed = 1, .color = "C3");
    lesson_figure(figure, "tanh");

    ssi_tensor *s = ssi_sigmoid(x);
    figure = ssi_figure_new(.height = 400);
    axes = ssi_figure_axes(figure, 0, 0, .title = lesson_say("두 기울기", "The two slopes"), .xlabel = "x", .grid = 1);
    ssi_plot_line(axes, x, ssi_sub(1.0, ssi_mul(t, t)), .label = "tanh");
    ssi_plot_line(axes, x, ssi_mul(s, ssi_sub(1.0, s)), .label = lesson_say("시그모이드", "sigmoid"));
    lesson_figure(figure, "slopes");
    return ssi_report();
}
