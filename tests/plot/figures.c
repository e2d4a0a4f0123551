#include "plot/figures.h"

#include <math.h>

#include "ssi/ssi.h"

static const double ramp[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

static ssi_tensor *some(int64_t count)
{
    return ssi_array(ramp, count);
}

static int lines(ssi_axes *a, const char *w)
{
    int bad = ssi_plot_line(a, some(12), ssi_sin(some(12)), .label = w);
    bad |= ssi_plot_line(a, some(12), ssi_cos(some(12)), .label = w, .dashed = 1, .marker = 's');
    return bad | ssi_plot_line(a, NULL, ssi_div(some(12), 20), .dotted = 1, .color = "red", .alpha = 0.5);
}

static int points(ssi_axes *a, const char *w)
{
    const char *names[] = {w, w, w};
    int bad = ssi_plot_scatter(a, some(12), some(12), .classes = ssi_remainder(some(12), 3), .class_names = names,
                               .edge_color = "black");
    return bad | ssi_plot_scatter(a, some(12), ssi_neg(some(12)), .label = w, .marker = '^', .alpha = 0.3);
}

static int bars(ssi_axes *a, const char *w)
{
    const char *names[] = {w, "b", w, "d"};
    return ssi_plot_bar(a, ssi_sub(some(4), 1), .names = names, .label = w, .values = 1);
}

static int groups(ssi_axes *a, const char *w)
{
    const char *names[] = {w, w, w, w}, *labels[] = {w, w, w};
    return ssi_plot_bar(a, ssi_reshape(ssi_sub(some(12), 3), 3, 4), .names = names, .labels = labels);
}

static int histogram(ssi_axes *a, const char *w)
{
    int bad = ssi_plot_histogram(a, ssi_sin(ssi_arange(SSI_F64, 0, 500, 1)), .bins = 7, .label = w);
    return bad | ssi_plot_histogram(a, ssi_cos(ssi_arange(SSI_F64, 0, 500, 1)), .range = {-0.5, 0.5}, .alpha = 0.5);
}

static int logarithmic(ssi_axes *a, const char *w)
{
    return ssi_plot_line(a, ssi_exp(some(12)), ssi_exp(ssi_neg(some(12))), .label = w, .marker = 'o');
}

static int image(ssi_axes *a, const char *w)
{
    (void)w;
    return ssi_plot_image(a, ssi_reshape(some(12), 3, 4), .colors = "Greys");
}

static int color_image(ssi_axes *a, const char *w)
{
    (void)w;
    return ssi_plot_image(a, ssi_div(ssi_reshape(some(12), 2, 2, 3), 11));
}

static int heat_map(ssi_axes *a, const char *w)
{
    const char *names[] = {w, w, w, w};
    return ssi_plot_heatmap(a, ssi_reshape(some(12), 3, 4), .row_names = names, .column_names = names);
}

static int regions(ssi_axes *a, const char *w)
{
    int bad = ssi_plot_regions(a, ssi_remainder(ssi_reshape(some(12), 3, 4), 3), .extent = {-1, 1, -2, 2});
    return bad | ssi_plot_scatter(a, ssi_div(some(4), 4), ssi_div(some(4), 3), .label = w);
}

static int marks(ssi_axes *a, const char *w)
{
    int bad = ssi_plot_hline(a, 1, .label = w, .dashed = 1) | ssi_plot_vline(a, 2, .color = "C3");
    bad |= ssi_plot_hspan(a, 0, 0.5, .label = w) | ssi_plot_vspan(a, 3, 4, .color = "green");
    return bad | ssi_plot_text(a, 1, 1, w, .align = 'c', .color = "#ff0000") | ssi_plot_arrow(a, 0, 0, 2, 1);
}

static int network(ssi_axes *a, const char *w)
{
    const char *names[] = {w, w, w};
    return ssi_plot_network(a, 3, (int64_t[]){784, 5, 10}, names);
}

static int ticks_of_ones_own(ssi_axes *a, const char *w)
{
    const char *names[] = {w, "b", w};
    return ssi_plot_line(a, NULL, some(5)) | ssi_axes_ticks(a, 'x', 3, ramp, names) |
           ssi_axes_ticks(a, 'y', 0, NULL, NULL);
}

ssi_figure *test_figure(int i, const char *words)
{
    static int (*const draw[FIGURES])(ssi_axes *, const char *) = {
        lines,       points,   bars,    groups, histogram, logarithmic,      image,
        color_image, heat_map, regions, marks,  network,   ticks_of_ones_own};
    ssi_figure *figure = ssi_figure_new(.title = words, .columns = i % 2 + 1);
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = words, .xlabel = words, .ylabel = words, .grid = i % 3 == 0,
                                     .log_x = i == 5, .log_y = i == 5, .equal = i == 9);
    if (axes == NULL || draw[i](axes, words) != 0) {
        ssi_figure_free(figure);
        return NULL;
    }
    return figure;
}
