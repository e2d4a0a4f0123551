#include "figure.h"

static void circle(ssi_axes *axes, double x, double y, const char *sign)
{
    ssi_plot_scatter(axes, ssi_full(SSI_F64, x, 1), ssi_full(SSI_F64, y, 1), .marker_size = 32, .color = "#fff3d6",
                     .edge_color = "black");
    ssi_plot_text(axes, x, y, sign, .align = 'c', .font_size = 15);
}

/* An edge of the graph: an arrow, its value above and, if asked for, the gradient that comes back below. */
static void edge(ssi_axes *axes, const double from[2], const double to[2], const char *value, const char *gradient)
{
    double dx = to[0] - from[0], dy = to[1] - from[1], x = from[0] + dx * 0.3, y = from[1] + dy * 0.3;
    ssi_plot_arrow(axes, from[0], from[1], to[0] - 0.33, to[1] - dy / dx * 0.33);
    ssi_plot_text(axes, x, y + 0.24, value, .align = 'c', .font_size = 11);
    if (gradient) {
        ssi_plot_text(axes, x, y - 0.24, gradient, .align = 'c', .font_size = 11, .color = "C3");
    }
}

static void graph(const char *name, int gradients)
{
    const char *inputs[5] = {lesson_say("사과 값", "apple"), lesson_say("사과 개수", "apples"),
                             lesson_say("귤 값", "orange"), lesson_say("귤 개수", "oranges"),
                             lesson_say("세금", "tax")};
    static const char *const values[5] = {"100", "2", "150", "3", "1.1"};
    static const char *const backward[5] = {"2.2", "110", "3.3", "165", "650"};
    static const double starts[5][2] = {{0, 4.7}, {0, 3.1}, {0, 2.5}, {0, 0.9}, {0, -0.3}};
    static const double ends[5][2] = {{2.6, 3.9}, {2.6, 3.9}, {2.6, 1.7}, {2.6, 1.7}, {7.2, 2.2}};
    static const double sum[2] = {4.9, 2.8}, product[2] = {7.2, 2.2}, out[2] = {9.4, 2.2};
    ssi_figure *figure = ssi_figure_new(.width = 820, .height = 460);
    double left = lesson_columns > 0 ? -3 : -1.5; /* characters are wide */
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .bare = 1, .xlim = {left, 9.8}, .ylim = {-0.8, 5.1});
    for (int i = 0; i < 5; i++) {
        edge(axes, starts[i], ends[i], values[i], gradients ? backward[i] : NULL);
        ssi_plot_text(axes, -0.15, starts[i][1], inputs[i], .align = 'r', .font_size = 11);
    }
    edge(axes, (const double[]){2.93, 3.75}, sum, "200", gradients ? "1.1" : NULL);
    edge(axes, (const double[]){2.93, 1.85}, sum, "450", gradients ? "1.1" : NULL);
    edge(axes, (const double[]){5.23, 2.72}, product, "650", gradients ? "1.1" : NULL);
    edge(axes, (const double[]){7.53, 2.2}, out, "715", gradients ? "1" : NULL);
    circle(axes, 2.6, 3.9, "×"), circle(axes, 2.6, 1.7, "×"), circle(axes, 4.9, 2.8, "+"), circle(axes, 7.2, 2.2, "×");
    lesson_figure(figure, name);
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    graph("forward", 0);
    graph("backward", 1);
    return ssi_report();
}
