#include "sketch.h"

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_figure *figure = ssi_figure_new(.width = 640, .height = 320);
    ssi_axes *axes = sketch_panel(figure, 0, 0, 20, 9.5, NULL);
    const int a[] = {1, 2, 3, 4}, sum[] = {2, 4, 6, 8};
    sketch_text(axes, 2, 0.7, lesson_say("리스트", "lists"));
    sketch_cells(axes, 1, 1.3, 1, 4, a, SKETCH_BLUE);
    sketch_text(axes, 5.5, 1.8, "+");
    sketch_cells(axes, 6, 1.3, 1, 4, a, SKETCH_ORANGE);
    sketch_text(axes, 10.5, 1.8, "=");
    sketch_cells(axes, 11, 1.3, 1, 4, a, SKETCH_BLUE);
    sketch_cells(axes, 15, 1.3, 1, 4, a, SKETCH_ORANGE);
    sketch_text(axes, 2, 3.9, lesson_say("배열", "arrays"));
    sketch_cells(axes, 1, 4.5, 1, 4, a, SKETCH_BLUE);
    sketch_text(axes, 0.5, 6.3, "+");
    sketch_cells(axes, 1, 5.8, 1, 4, a, SKETCH_ORANGE);
    for (int i = 0; i < 4; i++) {
        sketch_arrow(axes, 1.5 + i, 6.8, 1.5 + i, 7.9);
    }
    sketch_cells(axes, 1, 7.9, 1, 4, sum, SKETCH_GREEN);
    sketch_text(axes, 12.5, 6.3,
                lesson_say("같은 자리끼리 더하므로 개수는 그대로입니다", "place by place: as many as before"));
    lesson_figure(figure, "add");
    return ssi_report();
}
