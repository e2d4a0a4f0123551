#include "figure.h"

/* An ellipse about (x, y). */
static void ring(ssi_axes *axes, double x, double y, double width, double height, const char *color)
{
    ssi_tensor *angle = ssi_linspace(SSI_F64, 0, 6.283185307179586, 200);
    ssi_plot_line(axes, ssi_add(ssi_mul(ssi_cos(angle), width / 2), x), ssi_add(ssi_mul(ssi_sin(angle), height / 2), y),
                  .color = color, .width = 2);
}

static void rings(void)
{
    ssi_figure *figure = ssi_figure_new(.width = 640, .height = 420);
    ssi_axes *axes = lesson_sheet(figure, 0, 0, 10, 10);
    ring(axes, 5, 5, 9.6, 9.6, "C0");
    ring(axes, 5.2, 4, 7.4, 6.6, "C1");
    ring(axes, 5.4, 3, 5, 3.6, "C3");
    ssi_plot_text(axes, 5, 9.1, lesson_say("인공지능 (AI)", "artificial intelligence (AI)"), .align = 'c',
                  .color = "C0", .font_size = 13);
    ssi_plot_text(axes, 5, 8.2, lesson_say("규칙, 탐색, 전문가 시스템", "rules, searching, expert systems"),
                  .align = 'c');
    ssi_plot_text(axes, 5.2, 6.6, lesson_say("머신러닝 (ML)", "machine learning (ML)"), .align = 'c', .color = "C1",
                  .font_size = 13);
    ssi_plot_text(axes, 5.2, 5.7, lesson_say("직선 맞추기, k-평균, 결정 나무", "fitted lines, k-means, decision trees"),
                  .align = 'c');
    ssi_plot_text(axes, 5.4, 3.6, lesson_say("딥러닝 (DL)", "deep learning (DL)"), .align = 'c', .color = "C3",
                  .font_size = 13);
    ssi_plot_text(axes, 5.4, 2.7, lesson_say("층이 많은 신경망 (DNN)", "networks of many layers (DNN)"), .align = 'c');
    lesson_figure(figure, "rings");
}

/* The twenty days of start.c. */
static void thresholds(void)
{
    double degrees[20] = {8, 10, 12, 13, 15, 16, 17, 18, 19, 20, 21, 21, 22, 23, 24, 25, 26, 28, 30, 33};
    int sold[20] = {0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1};
    const char *names[] = {lesson_say("안 팔린 날", "not sold"), lesson_say("팔린 날", "sold")};
    double height[20];
    for (int i = 0; i < 20; i++) {
        height[i] = sold[i] + (i % 2 ? 0.06 : -0.06); // so that points of the same day do not hide one another
    }
    ssi_figure *figure = ssi_figure_new(.height = 360);
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .xlabel = lesson_say("기온 (도)", "degrees"), .ylim = {-0.5, 1.9},
                                     .legend = "upper left");
    ssi_axes_ticks(axes, 'y', 2, (double[]){0, 1}, names);
    ssi_plot_scatter(axes, ssi_array(degrees, 20), ssi_array(height, 20), .classes = ssi_array(sold, 20));
    ssi_plot_vline(axes, 24.5, .color = "C3", .dashed = 1, .label = lesson_say("짐작한 문턱 25도", "guessed: from 25"));
    ssi_plot_vline(axes, 19.5, .color = "C2", .label = lesson_say("배운 문턱 20도", "learnt: from 20"));
    lesson_figure(figure, "thresholds");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    rings();
    thresholds();
    return ssi_report();
}
