#include "figure.h"

/* All four in one panel, and in the other their slopes (what ssi_grad says of them). */
int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_tensor *x = ssi_linspace(SSI_F64, -4, 4, 401);
    const char *names[] = {lesson_say("계단", "step"), lesson_say("시그모이드", "sigmoid"), "tanh", "ReLU"};
    static const char *const colors[] = {"black", "C0", "C1", "C2"};

    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "ReLU", .xlabel = "x", .ylabel = "y", .grid = 1,
                                     .ylim = {-1, 5}, .xlim = {-5, 5});
    ssi_tensor *wide = ssi_linspace(SSI_F64, -5, 5, 101);
    ssi_plot_line(axes, wide, ssi_relu(wide), .color = "C2");
    lesson_figure(figure, "relu");

    ssi_tensor *values[4] = {ssi_heaviside(x, 0), ssi_sigmoid(x), ssi_tanh(x), ssi_relu(x)};
    figure = ssi_figure_new(.columns = 2, .width = 960, .height = 440);
    axes = ssi_figure_axes(figure, 0, 0, .title = lesson_say("활성화 함수", "activation functions"), .xlabel = "x",
                           .grid = 1, .ylim = {-1.2, 2.2}, .legend = "upper left");
    for (int i = 0; i < 4; i++) {
        ssi_plot_line(axes, x, values[i], .label = names[i], .color = colors[i], .dashed = i == 0);
    }
    axes = ssi_figure_axes(figure, 0, 1, .title = lesson_say("그 기울기", "their slopes"), .xlabel = "x", .grid = 1,
                           .ylim = {-0.1, 1.2}, .no_legend = 1);
    ssi_plot_line(axes, x, ssi_zeros_like(x), .color = colors[0], .dashed = 1);
    for (int i = 1; i < 4; i++) {
        ssi_plot_line(axes, x, ssi_grad(ssi_sum(values[i]), x), .color = colors[i]);
    }
    lesson_figure(figure, "four");
    return ssi_report();
}
