#include "figure.h"

#define POINTS 30

/* Two clouds of points, one about (2, 2) and one about (5, 4). */
static void clouds(double *x, double *y, int *cloud)
{
    ssi_tensor *noise = ssi_normal(SSI_F64, SSI_SHAPE(2 * POINTS), 3, 0);
    for (int i = 0; i < POINTS; i++) {
        cloud[i] = i % 2;
        x[i] = (cloud[i] ? 5 : 2) + 0.6 * ssi_item(ssi_at(noise, "?", 2 * i));
        y[i] = (cloud[i] ? 4 : 2) + 0.6 * ssi_item(ssi_at(noise, "?", 2 * i + 1));
    }
}

static ssi_axes *panel(ssi_figure *figure, int column, const char *title)
{
    ssi_axes *axes = ssi_figure_axes(figure, 0, column, .title = title, .xlim = {0, 7}, .ylim = {0, 6}, .no_legend = 1);
    ssi_axes_ticks(axes, 'x', 0, NULL, NULL);
    ssi_axes_ticks(axes, 'y', 0, NULL, NULL);
    return axes;
}

/* A machine with two buttons that pay with probability 0.3 and 0.7: it presses the one that has paid more often, and one time in ten any. How often
 * it has pressed the better one. */
static void buttons(ssi_axes *axes)
{
    enum { TRIES = 200 };
    double better[TRIES], pressed[2] = {1, 1}, paid[2] = {0.5, 0.5};
    ssi_tensor *random = ssi_uniform(SSI_F64, SSI_SHAPE(TRIES, 3), 3, 1);
    for (int i = 0; i < TRIES; i++) {
        int any = ssi_item(ssi_at(random, "?, 0", i)) < 0.1, side = ssi_item(ssi_at(random, "?, 1", i)) < 0.5;
        int button = any ? side : paid[1] / pressed[1] > paid[0] / pressed[0];
        pressed[button]++;
        paid[button] += ssi_item(ssi_at(random, "?, 2", i)) < (button ? 0.7 : 0.3);
        better[i] = (pressed[1] - 1) / (i + 1);
    }
    ssi_plot_line(axes, NULL, ssi_array(better, TRIES), .color = "C2");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    double x[POINTS], y[POINTS];
    int cloud[POINTS];
    clouds(x, y, cloud);
    ssi_tensor *xs = ssi_array(x, POINTS), *ys = ssi_array(y, POINTS);

    ssi_figure *figure = ssi_figure_new(.columns = 3, .width = 960, .height = 340);
    ssi_axes *left = panel(figure, 0, lesson_say("지도 학습: 답이 있다", "supervised: with answers"));
    ssi_plot_scatter(left, xs, ys, .classes = ssi_array(cloud, POINTS));
    ssi_plot_text(left, 3.75, 2.25, "?", .align = 'c', .font_size = 18, .color = "C3");
    ssi_axes *middle = panel(figure, 1, lesson_say("비지도 학습: 답이 없다", "unsupervised: without answers"));
    ssi_plot_scatter(middle, xs, ys, .color = "gray");
    ssi_axes *right = ssi_figure_axes(
        figure, 0, 2, .title = lesson_say("강화 학습: 보상이 나중에", "reinforcement: reward later"),
        .xlabel = lesson_say("버튼을 누른 횟수", "presses so far"),
        .ylabel = lesson_say("나은 버튼을 누른 비율", "share of the better button"), .ylim = {0, 1}, .grid = 1);
    buttons(right);
    lesson_figure(figure, "three");
    return ssi_report();
}
