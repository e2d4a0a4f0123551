#include "figure.h"

#define SIDE 101

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_figure *figure = ssi_figure_new(.width = 480, .height = 480);
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "AND", .xlabel = "x1", .ylabel = "x2");
    ssi_plot_line(axes, ssi_linspace(SSI_F64, -0.1, 1.5, 2), ssi_linspace(SSI_F64, 1.5, -0.1, 2),
                  .label = lesson_say("경계선", "the line"));
    lesson_figure(figure, "line");
    return ssi_report();
}
