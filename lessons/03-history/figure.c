#include "figure.h"

/* A line of years from left to right; events above and below it in turn, winters shaded. */
int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    struct event {
        double year, height;
        const char *text;
    } events[] = {
        {1950, 3.2, lesson_say("튜링 테스트", "Turing test")},
        {1956, -2.6, lesson_say("이름이 생김", "the name")},
        {1958, 1.6, lesson_say("퍼셉트론", "perceptron")},
        {1969, -1.6, lesson_say("민스키와 페퍼트", "Minsky, Papert")},
        {1986, 2.4, lesson_say("역전파", "backpropagation")},
        {1997, -2.4, lesson_say("딥 블루", "Deep Blue")},
        {2005, 1.4, "DARPA"},
        {2011, -1.4, lesson_say("왓슨", "Watson")},
        {2012, 3.4, lesson_say("깊은 신경망", "deep networks")},
        {2016, -3.4, lesson_say("알파고", "AlphaGo")},
    };
    ssi_figure *figure = ssi_figure_new(.width = 800, .height = 400);
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .xlim = {1943, 2023}, .ylim = {-4.6, 4.6});
    ssi_axes_ticks(axes, 'y', 0, NULL, NULL);
    ssi_plot_vspan(axes, 1970, 1980, .color = "C0");
    ssi_plot_vspan(axes, 1988, 1994, .color = "C0");
    ssi_plot_text(axes, 1975, -4, lesson_say("겨울", "winter"), .align = 'c', .color = "C0");
    ssi_plot_text(axes, 1991, -4, lesson_say("겨울", "winter"), .align = 'c', .color = "C0");
    ssi_plot_hline(axes, 0, .color = "black");
    for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
        double year = events[i].year, height = events[i].height, away = height > 0 ? 0.35 : -0.35;
        char number[8];
        snprintf(number, sizeof(number), "%.0f", year);
        ssi_plot_line(axes, ssi_array(((double[]){year, year}), 2), ssi_array(((double[]){0, height}), 2),
                      .color = "C7");
        ssi_plot_scatter(axes, ssi_array(((double[]){year}), 1), ssi_array(((double[]){0}), 1), .color = "C3");
        ssi_plot_text(axes, year, height + away, height > 0 ? number : events[i].text, .align = 'c');
        ssi_plot_text(axes, year, height + 2.4 * away, height > 0 ? events[i].text : number, .align = 'c');
    }
    lesson_figure(figure, "timeline");
    return ssi_report();
}
