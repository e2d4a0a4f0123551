#include "plane.h"

static int strip(double a, double b)
{
    return 0.7 - 0.5 * a - 0.5 * b > 0 && -0.2 + 0.5 * a + 0.5 * b > 0;
}

static int and_gate(double c, double d)
{
    return -0.7 + 0.5 * c + 0.5 * d > 0;
}

/* The plane of A and B, cut by two lines; and the plane of C and D, where one line is enough. */
static void before_and_after(void)
{
    ssi_figure *figure = ssi_figure_new(.columns = 2, .width = 860, .height = 450);
    ssi_axes *before =
        plane_axes(figure, 0, 0, lesson_say("입력 A, B: 직선 두 개 사이", "inputs A, B: between two lines"), "A", "B");
    plane_region(before, strip, PLANE_SIDE);
    plane_line(before, 0.7, -0.5, -0.5, "C1");
    plane_line(before, -0.2, 0.5, 0.5, "C2");
    plane_points(before, 0x6, 18);
    ssi_plot_text(before, 1.05, 0.55, "NAND", .color = "C1");
    ssi_plot_text(before, -0.42, 0.6, "OR", .color = "C2");

    ssi_axes *after = plane_axes(figure, 0, 1, lesson_say("은닉층 C, D: 직선 하나", "hidden layer C, D: one line"),
                                 "C = NAND", "D = OR");
    plane_region(after, and_gate, PLANE_SIDE);
    plane_line(after, -0.7, 0.5, 0.5, "C3");
    const double c[] = {1, 1, 0}, d[] = {0, 1, 1};
    const char *from[] = {"(0,0)", "(0,1) (1,0)", "(1,1)"};
    for (int i = 0; i < 3; i++) {
        plane_point(after, c[i], d[i], i == 1, 18);
        ssi_plot_text(after, c[i], d[i] + 0.2, from[i], .align = 'c');
    }
    lesson_figure(figure, "planes");
}

static void node(ssi_axes *axes, double x, double y, const char *name, const char *color)
{
    ssi_plot_scatter(axes, ssi_full(SSI_F64, x, 1), ssi_full(SSI_F64, y, 1), .marker_size = 44, .color = color,
                     .edge_color = "black");
    ssi_plot_text(axes, x, y, name, .align = 'c', .font_size = 11);
}

/* A and B, NAND and OR, AND: with the weight on each wire and the bias below each perceptron. */
static void network(void)
{
    static const double at[5][2] = {{0, 1}, {0, 0}, {2, 1}, {2, 0}, {4, 0.5}};
    static const struct {
        int from, to;
        const char *weight;
        double shift;
    } wires[] = {{0, 2, "-0.5", 0.08}, {1, 2, "-0.5", 0.1}, {0, 3, "0.5", 0.1},
                 {1, 3, "0.5", -0.08}, {2, 4, "0.5", 0.1},  {3, 4, "0.5", -0.1}};
    ssi_figure *figure = ssi_figure_new(.width = 720, .height = 380);
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .bare = 1, .xlim = {-0.6, 5.2}, .ylim = {-0.4, 1.4});
    for (int i = 0; i < 6; i++) {
        const double *from = at[wires[i].from], *to = at[wires[i].to];
        double along = i == 1 || i == 2 ? 0.28 : 0.5;
        ssi_plot_arrow(axes, from[0] + 0.3, from[1] + (to[1] - from[1]) * 0.15, to[0] - 0.36,
                       to[1] - (to[1] - from[1]) * 0.17);
        ssi_plot_text(axes, from[0] + (to[0] - from[0]) * along, from[1] + (to[1] - from[1]) * along + wires[i].shift,
                      wires[i].weight, .align = 'c', .color = "gray");
    }
    ssi_plot_arrow(axes, 4.32, 0.5, 4.85, 0.5);
    ssi_plot_text(axes, 4.95, 0.5, "E");
    node(axes, 0, 1, "A", "white"), node(axes, 0, 0, "B", "white");
    node(axes, 2, 1, "NAND", "#aec7e8"), node(axes, 2, 0, "OR", "#aec7e8"), node(axes, 4, 0.5, "AND", "#ffbb78");
    ssi_plot_text(axes, 2, 1.25, "C,  b = 0.7", .align = 'c', .color = "gray");
    ssi_plot_text(axes, 2, -0.25, "D,  b = -0.2", .align = 'c', .color = "gray");
    ssi_plot_text(axes, 4, 0.22, "b = -0.7", .align = 'c', .color = "gray");
    lesson_figure(figure, "network");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    network();
    before_and_after();
    return ssi_report();
}
