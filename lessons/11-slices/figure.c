#include "figure.h"

/* Eight places, and the marks between them: 0 to 8 from the front, -8 to -1 from the end; a[0:3] and a[3:8] below. */
int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_figure *figure = ssi_figure_new(.width = 720, .height = 300);
    ssi_axes *axes = lesson_sheet(figure, 0, 0, 10.4, 6);
    ssi_plot_text(axes, 1, 5.4, lesson_say("눈금", "marks"), .align = 'c', .color = "gray");
    ssi_plot_text(axes, 1, 2.5, lesson_say("뒤에서", "from the end"), .align = 'c', .font_size = 9, .color = "gray");
    for (int i = 0; i <= 8; i++) {
        char mark[8];
        snprintf(mark, sizeof(mark), "%d", i);
        ssi_plot_text(axes, 2 + i, 5.4, mark, .align = 'c', .color = i == 0 || i == 3 ? "C3" : "gray");
        ssi_plot_line(axes, ssi_array(((double[]){2 + i, 2 + i}), 2), ssi_array(((double[]){4.7, 5}), 2),
                      .color = "gray");
        if (i < 8) {
            snprintf(mark, sizeof(mark), "%d", i + 1);
            lesson_box(axes, 2 + i, 3.1, 1, 1.5, i < 3 ? "C3" : "C0", mark);
            snprintf(mark, sizeof(mark), "%d", i - 8);
            ssi_plot_text(axes, 2.5 + i, 2.5, mark, .align = 'c', .font_size = 9, .color = "gray");
        }
    }
    struct {
        double from, to;
        const char *text, *color;
    } parts[2] = {{2, 5, "a[0:3]", "C3"}, {5, 10, "a[3:8]", "C0"}};
    for (int i = 0; i < 2; i++) {
        double middle = (parts[i].from + parts[i].to) / 2;
        ssi_plot_arrow(axes, middle, 1.5, parts[i].from + 0.05, 1.5, .color = parts[i].color);
        ssi_plot_arrow(axes, middle, 1.5, parts[i].to - 0.05, 1.5, .color = parts[i].color);
        ssi_plot_text(axes, middle, 0.8, parts[i].text, .align = 'c', .color = parts[i].color, .font_size = 12);
    }
    lesson_figure(figure, "ruler");
    return ssi_report();
}
