#include "figure.h"

/* Keys on the left, values on the right, an arrow from each key to its value; a key that is not there leads to NULL. */
int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    static const char *const entries[3][2] = {{"name", "Joy"}, {"phone", "010-0000-0123"}, {"email", "NULL"}};
    ssi_figure *figure = ssi_figure_new(.width = 560, .height = 300);
    ssi_axes *axes = lesson_sheet(figure, 0, 0, 10, 7);
    ssi_plot_text(axes, 1.75, 6.5, lesson_say("키", "key"), .align = 'c', .font_size = 12);
    ssi_plot_text(axes, 7.25, 6.5, lesson_say("값", "value"), .align = 'c', .font_size = 12);
    for (int i = 0; i < 3; i++) {
        double y = 4.6 - 1.9 * i;
        const char *color = i < 2 ? "C0" : "C3";
        lesson_box(axes, 0.5, y, 2.5, 1.2, color, entries[i][0]);
        ssi_plot_arrow(axes, 3.2, y + 0.6, 5.3, y + 0.6, .color = color);
        lesson_box(axes, 5.5, y, 3.5, 1.2, color, entries[i][1]);
    }
    ssi_plot_text(axes, 4.25, 1.8, lesson_say("없음", "not there"), .align = 'c', .font_size = 9, .color = "C3");
    lesson_figure(figure, "dictionary");
    return ssi_report();
}
