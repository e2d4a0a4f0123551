#include "sketch.h"

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_figure *figure = ssi_figure_new(.width = 640, .height = 300);
    ssi_axes *axes = sketch_panel(figure, 0, 0, 10, 4.6, NULL);
    const int a[] = {1, 2, 3, 4}, b[] = {5, 6, 7, 8}, c[] = {19, 22, 43, 50};
    for (int i = 0; i < 4; i++) {
        sketch_cells(axes, 1 + i % 2, 1.2 + i / 2, 1, 1, a + i, i / 2 == 0 ? SKETCH_BLUE : "white");
        sketch_cells(axes, 4 + i % 2, 1.2 + i / 2, 1, 1, b + i, i % 2 == 0 ? SKETCH_ORANGE : "white");
        sketch_cells(axes, 7 + i % 2, 1.2 + i / 2, 1, 1, c + i, i == 0 ? SKETCH_GREEN : "white");
    }
    sketch_text(axes, 3.5, 2.2, "·");
    sketch_text(axes, 6.5, 2.2, "=");
    sketch_text(axes, 2, 0.6, lesson_say("A: 1행", "A: row 1"));
    sketch_text(axes, 5, 0.6, lesson_say("B: 1열", "B: column 1"));
    sketch_text(axes, 8, 0.6, lesson_say("C: 1행 1열", "C: row 1, column 1"));
    sketch_text(axes, 5, 4, "1 × 5  +  2 × 7  =  19");
    lesson_figure(figure, "product");
    return ssi_report();
}
