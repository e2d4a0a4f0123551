#include "figure.h"

#include <math.h>

static ssi_axes *bare(ssi_figure *figure, int column, const char *title)
{
    return ssi_figure_axes(figure, 0, column, .title = title, .bare = 1, .equal = 1, .xlim = {0, 10}, .ylim = {0, 8});
}

/* The sign that circuit diagrams use for AND: two wires in, a straight back, a round front, one wire out. */
static void gate(ssi_axes *axes)
{
    double x[43], y[43];
    x[0] = 3, y[0] = 6;
    for (int i = 0; i <= 40; i++) {
        double angle = 3.14159265 * (0.5 - i / 40.0);
        x[i + 1] = 5 + 2 * cos(angle), y[i + 1] = 4 + 2 * sin(angle);
    }
    x[42] = 3, y[42] = 2;
    ssi_plot_line(axes, ssi_array(x, 43), ssi_array(y, 43), .color = "black", .width = 2);
    ssi_plot_line(axes, ssi_array(((double[]){3, 3}), 2), ssi_array(((double[]){2, 6}), 2), .color = "black",
                  .width = 2);
    ssi_plot_arrow(axes, 1, 5.2, 3, 5.2), ssi_plot_arrow(axes, 1, 2.8, 3, 2.8), ssi_plot_arrow(axes, 7, 4, 9, 4);
    ssi_plot_text(axes, 0.7, 5.2, "x1", .align = 'r'), ssi_plot_text(axes, 0.7, 2.8, "x2", .align = 'r');
    ssi_plot_text(axes, 9.2, 4, "y"), ssi_plot_text(axes, 4.9, 4, "AND", .align = 'c', .font_size = 13);
}

static void circle(ssi_axes *axes, double x, double y, double size, const char *color, const char *text)
{
    ssi_plot_scatter(axes, ssi_full(SSI_F64, x, 1), ssi_full(SSI_F64, y, 1), .marker_size = size, .color = color,
                     .edge_color = "black");
    ssi_plot_text(axes, x, y, text, .align = 'c', .font_size = 12);
}

/* The perceptron: inputs, weights, sum, activation. */
static void perceptron(ssi_axes *axes)
{
    ssi_plot_arrow(axes, 1.6, 6.4, 4, 4.7), ssi_plot_arrow(axes, 1.6, 4, 3.9, 4),
        ssi_plot_arrow(axes, 1.6, 1.6, 4, 3.3);
    ssi_plot_arrow(axes, 5.7, 4, 6.7, 4), ssi_plot_arrow(axes, 8.3, 4, 9.3, 4);
    ssi_plot_text(axes, 2.9, 6.1, "b"), ssi_plot_text(axes, 2.5, 4.45, "w1"), ssi_plot_text(axes, 2.6, 1.75, "w2");
    circle(axes, 1, 6.4, 22, "#eeeeee", "1"), circle(axes, 1, 4, 22, "white", "x1"),
        circle(axes, 1, 1.6, 22, "white", "x2");
    circle(axes, 4.8, 4, 32, "#aec7e8", "a"), circle(axes, 7.5, 4, 32, "#ffbb78", "h");
    ssi_plot_text(axes, 9.5, 4, "y");
    ssi_plot_text(axes, 4.8, 2.5, lesson_say("모으기", "gather"), .align = 'c', .color = "gray");
    ssi_plot_text(axes, 7.5, 2.5, lesson_say("결정하기", "decide"), .align = 'c', .color = "gray");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_figure *figure = ssi_figure_new(.columns = 3, .width = 1080, .height = 340);
    gate(bare(figure, 0, lesson_say("게이트", "a gate")));
    perceptron(bare(figure, 1, lesson_say("퍼셉트론", "a perceptron")));
    ssi_axes *axes =
        ssi_figure_axes(figure, 0, 2, .title = lesson_say("함수 y = h(a), h는 계단", "a function y = h(a), h the step"),
                        .xlabel = "a = b + w1 x1 + w2 x2", .ylabel = "y", .xlim = {-1, 1}, .ylim = {-0.15, 1.3});
    double a[] = {-1, 0, 0, 1}, y[] = {0, 0, 1, 1}, sums[] = {-0.7, -0.2, 0.3}, answers[] = {0, 0, 1};
    ssi_plot_line(axes, ssi_array(a, 4), ssi_array(y, 4));
    ssi_plot_scatter(axes, ssi_array(sums, 3), ssi_array(answers, 3), .color = "C1", .marker_size = 8);
    ssi_plot_text(axes, -0.7, 0.12, "(0,0)", .align = 'c'),
        ssi_plot_text(axes, -0.3, 0.27, "(0,1) (1,0)", .align = 'c');
    ssi_plot_text(axes, 0.3, 1.12, "(1,1)", .align = 'c');
    lesson_figure(figure, "three");
    return ssi_report();
}
