#include "plane.h"

static int and_gate(double x1, double x2)
{
    return -0.7 + 0.5 * x1 + 0.5 * x2 > 0;
}

/* Every pair of a weight w = w1 = w2 and a threshold q that makes AND: w <= q < 2w. */
static void right_pairs(void)
{
    static unsigned char right[200 * 200];
    for (int i = 0; i < 200 * 200; i++) {
        double w = (i % 200 + 0.5) / 200, q = (i / 200 + 0.5) / 200 * 2;
        right[i] = w <= q && q < 2 * w;
    }
    ssi_figure *figure = ssi_figure_new(.width = 520, .height = 420);
    ssi_axes *axes =
        ssi_figure_axes(figure, 0, 0, .title = lesson_say("AND가 되는 (w, q)", "the pairs (w, q) that make AND"),
                        .xlabel = "w = w1 = w2", .ylabel = "q = -b", .xlim = {0, 1}, .ylim = {0, 2});
    ssi_plot_regions(axes, ssi_array(right, 200, 200), .extent = {0, 1, 0, 2},
                     .colors = (const char *[]){"white", "C0"});
    ssi_tensor *ends = ssi_linspace(SSI_F64, 0, 1, 2);
    ssi_plot_line(axes, ends, ends, .color = "C0");
    ssi_plot_line(axes, ends, ssi_mul(ends, 2.0), .color = "C0", .dashed = 1);
    ssi_plot_text(axes, 0.74, 0.62, "q = w");
    ssi_plot_text(axes, 0.62, 1.45, "q = 2w", .align = 'r');
    ssi_plot_scatter(axes, ssi_full(SSI_F64, 0.5, 1), ssi_full(SSI_F64, 0.7, 1), .color = "C1", .marker_size = 9);
    ssi_plot_text(axes, 0.53, 0.76, "(0.5, 0.7)");
    ssi_plot_text(axes, 0.7, 0.3, lesson_say("입력 하나로도 켜짐", "one input fires it"), .align = 'c',
                  .color = "gray");
    ssi_plot_text(axes, 0.25, 1.3, lesson_say("켜지지 않음", "never fires"), .align = 'c', .color = "gray");
    lesson_figure(figure, "pairs");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    plane_picture("AND", and_gate, 0x1, -0.7, 0.5, 0.5);
    right_pairs();
    return ssi_report();
}
