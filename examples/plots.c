/*
 * plots.c - four figures: curves with a legend, a grid of digits, the regions of a decision, bars with Korean names.
 *
 *     ninja -C build example_plots && build/example_plots [FOLDER]
 *
 * docs/plots.md shows them beside matplotlib's of the same data; tests/plot/compare.py measures how near they are.
 */
#include <math.h>
#include <ssi/ssi.h>
#include <stdio.h>

/* Saves a figure as a picture and as the script that made it, and shows it. */
static void finish(ssi_figure *figure, const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.png", folder, name);
    if (ssi_figure_save(figure, path) == SSI_UNSUPPORTED)
        ssi_report(); /* no gnuplot here: it says so, and the script can be drawn elsewhere */
    snprintf(path, sizeof path, "%s/%s.gp", folder, name);
    ssi_figure_save(figure, path);
    ssi_figure_show(figure, stdout);
    ssi_figure_free(figure);
}

static ssi_figure *sine(void)
{
    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "sine and cosine", .xlabel = "x", .ylabel = "y");
    ssi_tensor *x = ssi_arange(SSI_F64, 0, 6, 0.1);
    ssi_plot_line(axes, x, ssi_sin(x), .label = "sin");
    ssi_plot_line(axes, x, ssi_cos(x), .label = "cos", .dashed = 1);
    return figure;
}

static ssi_figure *digits(void)
{
    ssi_dataset *test = ssi_load_dataset("mnist", .split = SSI_TEST);
    ssi_tensor *images = ssi_at(ssi_dataset_x(test), ":10"), *labels = ssi_at(ssi_dataset_y(test), ":10");
    char text[10][24];
    const char *titles[10];
    for (int i = 0; i < 10; i++) {
        snprintf(text[i], sizeof text[i], "%g", ssi_item(ssi_at(labels, "?", i)));
        titles[i] = text[i];
    }
    ssi_figure *figure =
        ssi_figure_images(ssi_reshape(images, 10, 28, 28), .titles = titles, .columns = 5, .colors = "Greys");
    ssi_dataset_free(test);
    return figure;
}

static ssi_figure *regions(void)
{
    enum { N = 200, POINTS = 30 };
    static int region[N][N], class[POINTS];
    double x[POINTS], y[POINTS];
    for (int r = 0; r < N; r++)
        for (int c = 0; c < N; c++)
            region[r][c] = 4 * (r + 0.5) / N - 2 > sin(6 * (c + 0.5) / N - 3);
    for (int i = 0; i < POINTS; i++) { /* two winding rows */
        x[i] = -2.5 + 5 * (i / 2) / 14.0;
        y[i] = sin(x[i]) + (i % 2 ? 0.6 : -0.6);
        class[i] = i % 2;
    }
    const char *names[] = {"below", "above"};
    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "a decision", .xlabel = "x1", .ylabel = "x2");
    ssi_plot_regions(axes, ssi_array(&region[0][0], N, N), .extent = {-3, 3, -2, 2});
    ssi_plot_scatter(axes, ssi_array(x, POINTS), ssi_array(y, POINTS), .classes = ssi_array(class, POINTS),
                     .class_names = names, .edge_color = "black");
    return figure;
}

static ssi_figure *bars(void)
{
    const char *subjects[] = {"국어", "수학", "영어", "과학", "사회"}, *groups[] = {"1반", "2반"};
    const double scores[] = {82, 91, 76, 88, 70, 78, 85, 90, 64, 81};
    ssi_figure *figure = ssi_figure_new();
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .title = "과목별 평균 점수", .xlabel = "과목", .ylabel = "점수",
                                     .ylim = {0, 120});
    ssi_plot_bar(axes, ssi_array(scores, 2, 5), .names = subjects, .labels = groups);
    return figure;
}

int main(int count, char **argument)
{
    const char *folder = count > 1 ? argument[1] : ".";
    finish(sine(), folder, "sine");
    finish(digits(), folder, "digits");
    finish(regions(), folder, "regions");
    finish(bars(), folder, "bars");
    return ssi_report();
}
