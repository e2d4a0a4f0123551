#include "plane.h"

static int or_gate(double x1, double x2)
{
    return -0.2 + 0.5 * x1 + 0.5 * x2 > 0;
}

/* The same weights with four biases: lines side by side. */
static void slide_bias(void)
{
    static const double biases[] = {-1.2, -0.7, -0.2, 0.2};
    static const char *const colors[] = {"C7", "C1", "C0", "C7"};
    const char *names[] = {lesson_say("b = -1.2 (늘 0)", "b = -1.2 (never)"), "b = -0.7 (AND)", "b = -0.2 (OR)",
                           lesson_say("b = 0.2 (늘 1)", "b = 0.2 (always)")};
    ssi_figure *figure = ssi_figure_new(.width = 560, .height = 520);
    ssi_axes *axes = ssi_figure_axes(
        figure, 0, 0, .title = lesson_say("편향이 직선을 민다", "The bias pushes the line"), .xlabel = "x1",
        .ylabel = "x2", .equal = 1, .xlim = {-1, 3}, .ylim = {-1, 3}, .legend = "upper right");
    ssi_tensor *ends = ssi_linspace(SSI_F64, -1, 3, 2);
    for (int i = 0; i < 4; i++) {
        ssi_plot_line(axes, ends, ssi_sub(-2 * biases[i], ends), .label = names[i], .color = colors[i],
                      .dashed = i % 3 == 0);
    }
    double x1[] = {0, 0, 1, 1}, x2[] = {0, 1, 0, 1};
    ssi_plot_scatter(axes, ssi_array(x1, 4), ssi_array(x2, 4), .color = "black", .marker_size = 9);
    lesson_figure(figure, "bias");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    plane_picture("OR", or_gate, 0x7, -0.2, 0.5, 0.5);
    slide_bias();
    return ssi_report();
}
