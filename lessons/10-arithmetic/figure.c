#include "figure.h"

/* The number line about -3.5 and 3.5, and which way C and Python go from there. */
int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_figure *figure = ssi_figure_new(.width = 720, .height = 260);
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .xlim = {-5, 5}, .ylim = {-2, 2.4});
    ssi_axes_ticks(axes, 'y', 0, NULL, NULL);
    double whole[11];
    for (int i = 0; i < 11; i++) {
        whole[i] = i - 5;
    }
    ssi_axes_ticks(axes, 'x', 11, whole, NULL);
    ssi_plot_hline(axes, 0, .color = "black", .width = 1);
    ssi_plot_vline(axes, 0, .color = "gray", .width = 1, .dotted = 1);
    double exact[2] = {-3.5, 3.5}, zero[2] = {0, 0};
    ssi_plot_scatter(axes, ssi_array(exact, 2), ssi_array(zero, 2), .color = "black");
    ssi_plot_text(axes, -3.5, 0.4, "-7 / 2", .align = 'c');
    ssi_plot_text(axes, 3.5, 0.4, "7 / 2", .align = 'c');
    ssi_plot_arrow(axes, -3.45, 0.9, -3, 0.9, .color = "C0", .width = 2);
    ssi_plot_text(axes, -2.85, 0.9, lesson_say("C: 0 쪽으로", "C: towards 0"), .color = "C0");
    ssi_plot_arrow(axes, 3.45, 0.9, 3, 0.9, .color = "C0", .width = 2);
    ssi_plot_text(axes, 2.85, 0.9, lesson_say("C: 0 쪽으로", "C: towards 0"), .color = "C0", .align = 'r');
    ssi_plot_arrow(axes, -3.55, -0.8, -4, -0.8, .color = "C1", .width = 2);
    ssi_plot_text(axes, -3.4, -0.8, lesson_say("파이썬: 아래쪽으로", "Python: down"), .color = "C1");
    ssi_plot_arrow(axes, 3.45, -0.8, 3, -0.8, .color = "C1", .width = 2);
    ssi_plot_text(axes, 2.85, -0.8, lesson_say("파이썬: 아래쪽으로", "Python: down"), .color = "C1", .align = 'r');
    lesson_figure(figure, "line");
    return ssi_report();
}
