#include "figure.h"

static ssi_tensor *step(ssi_tensor *x)
{
    return ssi_cast(ssi_greater(x, 0), SSI_F64);
}

/* Once as it comes, once with room above and below. */
static void two_ranges(void)
{
    ssi_figure *figure = ssi_figure_new(.columns = 2, .width = 900, .height = 380);
    ssi_tensor *x = ssi_arange(SSI_F64, -5, 5, 0.1);
    ssi_axes *tight =
        ssi_figure_axes(figure, 0, 0, .title = lesson_say("0부터 1까지", "from 0 to 1"), .xlabel = "x", .ylim = {0, 1});
    ssi_plot_line(tight, x, step(x));
    ssi_axes *room = ssi_figure_axes(figure, 0, 1, .title = lesson_say("-0.1부터 1.1까지", "from -0.1 to 1.1"),
                                     .xlabel = "x", .ylim = {-0.1, 1.1});
    ssi_plot_line(room, x, step(x));
    lesson_figure(figure, "step");
}

/* The two points that the line joins, near 0. */
static void close_up(void)
{
    ssi_figure *figure = ssi_figure_new(.height = 380);
    ssi_axes *axes = ssi_figure_axes(
        figure, 0, 0, .title = lesson_say("0 가까이에서: 점과 점 사이를 이은 선", "Near 0: a line from point to point"),
        .xlabel = "x", .xlim = {-0.55, 0.55}, .ylim = {-0.1, 1.1}, .grid = 1);
    ssi_tensor *x = ssi_arange(SSI_F64, -5, 5, 0.1);
    ssi_plot_line(axes, x, step(x), .marker = 'o', .marker_size = 5);
    lesson_figure(figure, "near");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    two_ranges();
    close_up();
    return ssi_report();
}
