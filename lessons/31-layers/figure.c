#include "figure.h"

static void network(const char *name, int layers, const int64_t *sizes, const char *const *names, int width, int height)
{
    ssi_figure *figure = ssi_figure_new(.width = width, .height = height);
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .bare = 1);
    ssi_plot_network(axes, layers, sizes, names);
    lesson_figure(figure, name);
}

/* A block of rows by columns at (x, y), its lower left corner, with its name above and its shape below. */
static void block(ssi_axes *axes, double x, double y, double width, double height, const char *name, const char *shape,
                  const char *color)
{
    ssi_tensor *across = ssi_array(((double[]){x, x + width, x + width, x, x}), 5);
    ssi_tensor *up = ssi_array(((double[]){y, y, y + height, y + height, y}), 5);
    ssi_plot_line(axes, across, up, .color = color, .width = 2);
    ssi_plot_text(axes, x + width / 2, y + height / 2, name, .align = 'c', .font_size = 13);
    ssi_plot_text(axes, x + width / 2, y - 0.25, shape, .align = 'c', .font_size = 9, .color = "gray");
}

/* x @ w + b as blocks: which sides must fit. */
static void product(void)
{
    ssi_figure *figure = ssi_figure_new(.width = 760, .height = 300);
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .bare = 1, .equal = 1, .xlim = {-0.4, 10.7}, .ylim = {-0.8, 3.2});
    block(axes, 0, 0.6, 2.6, 1.6, "x", lesson_say("(N, D) 예제마다 한 행", "(N, D) a row for each example"), "C0");
    ssi_plot_text(axes, 2.95, 1.4, "@", .align = 'c', .font_size = 13);
    block(axes, 3.3, 0.1, 2, 2.6, "w", lesson_say("(D, K) 퍼셉트론마다 한 열", "(D, K) a column for each perceptron"),
          "C1");
    ssi_plot_text(axes, 5.65, 1.4, "+", .align = 'c', .font_size = 13);
    block(axes, 6, 1.25, 2, 0.3, "b", "(K)", "C2");
    ssi_plot_text(axes, 8.25, 1.4, "=", .align = 'c', .font_size = 13);
    block(axes, 8.5, 0.6, 2, 1.6, lesson_say("합", "sums"), "(N, K)", "C3");
    lesson_figure(figure, "product");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    const char *names[] = {lesson_say("입력층", "input layer"), lesson_say("은닉층", "hidden layer"),
                           lesson_say("출력층", "output layer")};
    network("xor", 3, (const int64_t[]){2, 2, 1}, names, 520, 260);
    network("digits", 3, (const int64_t[]){784, 50, 10}, names, 640, 420);
    product();
    return ssi_report();
}
