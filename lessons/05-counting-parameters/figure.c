#include "figure.h"

static const char *const *names(int layers)
{
    static const char *list[8];
    for (int i = 0; i < layers; i++) {
        list[i] = i == 0           ? lesson_say("입력", "input")
                  : i < layers - 1 ? lesson_say("은닉", "hidden")
                                   : lesson_say("출력", "output");
    }
    return list;
}

static void network(const char *name, int layers, const int64_t *sizes, int width)
{
    ssi_figure *figure = ssi_figure_new(.width = width, .height = 380);
    ssi_plot_network(ssi_figure_axes(figure, 0, 0, .bare = 1), layers, sizes, names(layers));
    lesson_figure(figure, name);
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    network("shallow", 3, (int64_t[]){5, 7, 4}, 480);
    network("deep", 6, (int64_t[]){5, 7, 7, 7, 7, 4}, 640);

    static const int64_t sizes[] = {784, 256, 256, 256, 256, 10};
    double parameters[5];
    for (int i = 0; i < 5; i++) {
        parameters[i] = (double)(sizes[i] * sizes[i + 1] + sizes[i + 1]);
    }
    const char *gaps[] = {"784-256", "256-256", "256-256", "256-256", "256-10"};
    ssi_figure *figure = ssi_figure_new(.rows = 2, .width = 640, .height = 720);
    ssi_plot_network(ssi_figure_axes(figure, 0, 0, .bare = 1), 6, sizes, names(6));
    ssi_axes *bars = ssi_figure_axes(figure, 1, 0, .title = lesson_say("사이마다의 매개변수", "parameters of each gap"),
                                     .ylim = {0, 230000});
    ssi_plot_bar(bars, ssi_array(parameters, 5), .names = gaps);
    for (int i = 0; i < 5; i++) {
        char count[16];
        snprintf(count, sizeof(count), "%d,%03d", (int)parameters[i] / 1000, (int)parameters[i] % 1000);
        ssi_plot_text(bars, i, parameters[i] + 9000, count, .align = 'c', .font_size = 9);
    }
    lesson_figure(figure, "mnist");
    return ssi_report();
}
