#include "figure.h"

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "sin", .xlabel = "x", .ylabel = "y");
    ssi_tensor *x = ssi_arange(SSI_F64, 0, 6, 0.1);
    ssi_plot_line(axes, x, ssi_sin(x));
    lesson_figure(figure, "sine");

    figure = ssi_figure_new(.rows = 2, .columns = 2, .width = 800, .height = 600);
    const int rates[] = {6, 12, 60, 600};
    for (int i = 0; i < 4; i++) {
        char title[40];
        snprintf(title, sizeof(title), lesson_say("점 %d개", "%d points"), rates[i]);
        axes = ssi_figure_axes(figure, i / 2, i % 2, .title = title, .xlim = {-0.3, 6.2}, .ylim = {-1.1, 1.1});
        x = ssi_arange(SSI_F64, 0, 6, 6.0 / rates[i]);
        ssi_plot_line(axes, x, ssi_sin(x), .marker = rates[i] <= 60, .marker_size = 4);
    }
    lesson_figure(figure, "density");
    return ssi_report();
}
