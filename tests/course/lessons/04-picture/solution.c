#include <ssi/ssi.h>

int main(int argc, char **argv)
{
    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "sine", .xlabel = "x");
    ssi_tensor *x = ssi_linspace(SSI_F64, 0, 6, 7);
    ssi_plot_line(axes, x, ssi_sin(x), .label = "sin");
    ssi_plot_line(axes, x, ssi_cos(x), .label = "cos");
    if (argc > 1) {
        ssi_figure_save(figure, argv[1]);
    }
    ssi_figure_free(figure);
    return ssi_report();
}
