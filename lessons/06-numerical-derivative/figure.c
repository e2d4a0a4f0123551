#include "figure.h"

/* Through the curve at 5: its tangent, and the straight lines that the two differences take, with a coarse h. */
static void tangent(void)
{
    double h = 4, at = 5;
    ssi_tensor *x = ssi_linspace(SSI_F64, 0, 12, 200);
    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .xlabel = "x", .ylabel = "f(x)", .grid = 1);
    ssi_plot_line(axes, x, ssi_add(ssi_mul(ssi_square(x), 0.01), ssi_mul(x, 0.1)), .label = "f(x)", .width = 2.5);
    double f[3]; // at 5 - h, 5, 5 + h
    for (int i = 0; i < 3; i++) {
        double place = at + (i - 1) * h;
        f[i] = 0.01 * place * place + 0.1 * place;
    }
    double slopes[2] = {(f[2] - f[1]) / h, (f[2] - f[0]) / (2 * h)};
    const char *labels[2] = {lesson_say("전진 차분: x와 x + h", "forward: x and x + h"),
                             lesson_say("중심 차분: x - h와 x + h", "central: x - h and x + h")};
    static const char *const colors[2] = {"C3", "C2"};
    for (int i = 0; i < 2; i++) {
        double first = i == 0 ? at : at - h, y = i == 0 ? f[1] : f[0];
        double ends[2] = {0.5, 11}, heights[2] = {y + slopes[i] * (0.5 - first), y + slopes[i] * (11 - first)};
        ssi_plot_line(axes, ssi_array(ends, 2), ssi_array(heights, 2), .label = labels[i], .color = colors[i],
                      .dashed = i == 0);
    }
    double ends[2] = {0.5, 11}, touching[2] = {f[1] + 0.2 * (0.5 - at), f[1] + 0.2 * (11 - at)}; // f'(5) = 0.2
    ssi_plot_line(axes, ssi_array(ends, 2), ssi_array(touching, 2),
                  .label = lesson_say("접선: 진짜 기울기", "tangent: the true slope"), .color = "gray", .dotted = 1);
    double places[3] = {at - h, at, at + h};
    ssi_plot_scatter(axes, ssi_array(places, 3), ssi_array(f, 3), .color = "black");
    ssi_plot_text(axes, at - h, f[0] + 0.14, "x - h", .align = 'c');
    ssi_plot_text(axes, at + 0.2, f[1] - 0.1, "x");
    ssi_plot_text(axes, at + h + 0.2, f[2] - 0.1, "x + h");
    lesson_figure(figure, "tangent");
}

/* Root mean square error of the central difference of sin at 101 places, computed in this dtype. */
static double error(ssi_dtype dtype, double h)
{
    ssi_tensor *x = ssi_cast(ssi_linspace(SSI_F64, 0, 6, 101), dtype), *step = ssi_cast(ssi_full(SSI_F64, h, 1), dtype);
    ssi_tensor *difference = ssi_sub(ssi_sin(ssi_add(x, step)), ssi_sin(ssi_sub(x, step)));
    ssi_tensor *slope = ssi_cast(ssi_div(difference, ssi_mul(step, 2)), SSI_F64);
    return ssi_item(ssi_sqrt(ssi_mean(ssi_square(ssi_sub(slope, ssi_cos(ssi_cast(x, SSI_F64)))))));
}

static void errors(void)
{
    enum { COUNT = 61 };
    double h[COUNT], single[COUNT], twice[COUNT];
    for (int i = 0; i < COUNT; i++) {
        h[i] = ssi_item(ssi_at(ssi_logspace(SSI_F64, -7, -1, COUNT), "?", i));
        single[i] = error(SSI_F32, h[i]), twice[i] = error(SSI_F64, h[i]);
    }
    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .xlabel = "h", .ylabel = lesson_say("오차", "error"), .log_x = 1,
                                     .log_y = 1, .grid = 1);
    ssi_plot_line(axes, ssi_array(h, COUNT), ssi_array(single, COUNT), .label = "float");
    ssi_plot_line(axes, ssi_array(h, COUNT), ssi_array(twice, COUNT), .label = "double");
    lesson_figure(figure, "error");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    tangent();
    errors();
    return ssi_report();
}
