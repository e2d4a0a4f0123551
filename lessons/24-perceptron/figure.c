#include "plane.h"
#include "sketch.h"

static void circle(ssi_axes *axes, double x, double y, double size, const char *fill, const char *text)
{
    ssi_plot_scatter(axes, ssi_full(SSI_F64, x, 1), ssi_full(SSI_F64, y, 1), .marker_size = size, .color = fill,
                     .edge_color = "#555555");
    sketch_text(axes, x, y, text);
}

static void draw_neuron(ssi_axes *axes)
{
    for (int i = 0; i < 3; i++) { // dendrites, each with two twigs
        double y = 2 + 2 * i;
        ssi_plot_line(axes, ssi_array(((double[]){0.6, 1.6, 3.2}), 3),
                      ssi_array(((double[]){y - 0.5, y, 4 + 0.4 * (i - 1)}), 3), .color = "C0", .width = 2);
        ssi_plot_line(axes, ssi_array(((double[]){0.6, 1.6}), 2), ssi_array(((double[]){y + 0.5, y}), 2), .color = "C0",
                      .width = 2);
    }
    ssi_plot_line(axes, ssi_array(((double[]){4.85, 8}), 2), ssi_array(((double[]){4, 4}), 2), .color = "C1",
                  .width = 2);
    for (int i = -1; i <= 1; i++) { // where the axon ends
        sketch_arrow(axes, 8, 4, 9, 4 + 0.8 * i);
    }
    ssi_plot_text(axes, 5, 0.4, lesson_say("뉴런", "neuron"), .align = 'c', .font_size = 13);
    circle(axes, 4, 4, 42, SKETCH_BLUE, lesson_say("세포체", "body"));
    sketch_text(axes, 1.7, 0.7, lesson_say("가지돌기", "dendrites"));
    sketch_text(axes, 1.7, 7.3, lesson_say("신호를 받고", "signals come in"));
    sketch_text(axes, 4.1, 5.9, lesson_say("모으고", "are gathered"));
    sketch_text(axes, 7, 3.4, lesson_say("축삭", "axon"));
    sketch_text(axes, 7.7, 5.9, lesson_say("내보냅니다", "and go out"));
}

static void draw_perceptron(ssi_axes *axes)
{
    const char *inputs[] = {"1", "x1", "x2"}, *weights[] = {"b", "w1", "w2"};
    for (int i = 0; i < 3; i++) {
        double y = 2 + 2 * i;
        sketch_arrow(axes, 1.5, y, 3.7, 4 + 0.45 * (i - 1));
        sketch_text(axes, 2.4, (y + 4) / 2 - 0.6 + 0.3 * i, weights[i]);
        circle(axes, 1, y, 26, i == 0 ? SKETCH_GRAY : SKETCH_BLUE, inputs[i]);
    }
    ssi_plot_text(axes, 5, 0.4, lesson_say("퍼셉트론", "perceptron"), .align = 'c', .font_size = 13);
    sketch_arrow(axes, 5, 4, 6, 4);
    sketch_arrow(axes, 8, 4, 9, 4);
    circle(axes, 4.3, 4, 36, SKETCH_ORANGE, lesson_say("합", "sum"));
    sketch_box(axes, 6, 3.4, 2, 1.2, SKETCH_GREEN, "> 0 ?");
    sketch_text(axes, 9.4, 4, "y");
    sketch_text(axes, 4.6, 7.3, "b + w1·x1 + w2·x2 > 0");
}

static int slanted(double x1, double x2)
{
    return -4 + 2 * x1 + 4 * x2 > 0;
}

static int upright(double x1, double x2)
{
    (void)x2;
    return -1 + 2 * x1 > 0;
}

/* The side that fires and the line, on the plane of both inputs. */
static void draw_plane(ssi_figure *figure, int column, const char *title, plane_gate *gate, double b, double w1,
                       double w2)
{
    ssi_axes *axes = plane_axes(figure, 0, column, title, "x1", "x2");
    plane_region(axes, gate, PLANE_SIDE);
    plane_line(axes, b, w1, w2, "C1");
    ssi_plot_text(axes, 1.1, 1.3, "y = 1", .align = 'c', .font_size = 11);
    ssi_plot_text(axes, 0, -0.2, "y = 0", .align = 'c', .font_size = 11);
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_figure *figure = ssi_figure_new(.columns = 2, .width = 900, .height = 380);
    draw_neuron(sketch_panel(figure, 0, 0, 10, 8, NULL));
    draw_perceptron(sketch_panel(figure, 0, 1, 10, 8, NULL));
    lesson_figure(figure, "neuron");

    figure = ssi_figure_new(.columns = 2, .width = 900, .height = 440);
    draw_plane(figure, 0, "w1 = 2, w2 = 4, b = -4", slanted, -4, 2, 4);
    draw_plane(figure, 1, "w1 = 2, w2 = 0, b = -1", upright, -1, 2, 0);
    lesson_figure(figure, "line");
    return ssi_report();
}
