#include "figure.h"

/* Boxes in a row, as they lie in memory: above each its name, in it its value, below its type and an address. */
int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    static const struct {
        const char *name, *value, *type, *address;
        double width;
    } boxes[] = {
        {"days_in_week", "7", "const int", "1000", 2},
        {"left", "1", "int", "1004", 2},
        {"right", "2", "int", "1008", 2},
        {"height", "1.5", "double", "1016", 4},
        {"grade", "'A'", "char", "1024", 0.9},
    };
    ssi_figure *figure = ssi_figure_new(.width = 760, .height = 240);
    ssi_axes *axes = lesson_sheet(figure, 0, 0, 15.6, 5);
    double left = 2.2;
    ssi_plot_text(axes, 0.1, 3.9, lesson_say("이름", "name"), .color = "gray");
    ssi_plot_text(axes, 0.1, 2.7, lesson_say("값", "value"), .color = "gray");
    ssi_plot_text(axes, 0.1, 1.5, lesson_say("종류", "type"), .color = "gray");
    ssi_plot_text(axes, 0.1, 0.7, lesson_say("주소", "address"), .color = "gray");
    for (size_t i = 0; i < sizeof(boxes) / sizeof(boxes[0]); i++) {
        double middle = left + boxes[i].width / 2;
        lesson_box(axes, left, 2.1, boxes[i].width, 1.2, i == 0 ? "C3" : "C0", boxes[i].value);
        ssi_plot_text(axes, middle, 3.9, boxes[i].name, .align = 'c');
        ssi_plot_text(axes, middle, 1.5, boxes[i].type, .align = 'c', .font_size = 9);
        ssi_plot_text(axes, middle, 0.7, boxes[i].address, .align = 'c', .font_size = 9, .color = "gray");
        left += boxes[i].width + 0.5;
    }
    ssi_plot_text(axes, 3.2, 4.6, lesson_say("못 고침", "read only"), .align = 'c', .font_size = 9, .color = "C3");
    lesson_figure(figure, "boxes");
    return ssi_report();
}
