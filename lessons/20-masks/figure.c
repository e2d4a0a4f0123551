#include "sketch.h"

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_figure *figure = ssi_figure_new(.width = 640, .height = 300);
    ssi_axes *axes = sketch_panel(figure, 0, 0, 12.5, 6, NULL);
    const int o[] = {1, 2, 3, 4, 5}, chosen[] = {4, 5};
    const int narrow = lesson_columns > 0 && lesson_columns < 60;
    const char *yes = narrow ? "T" : "True", *no = narrow ? "F" : "False";
    sketch_text(axes, 1.6, 1, "o");
    sketch_text(axes, 1.6, 2.5, "o > 3");
    sketch_text(axes, 1.6, 5, "o[o > 3]");
    sketch_cells(axes, 3.5, 0.5, 1, 5, o, SKETCH_BLUE);
    for (int i = 0; i < 5; i++) {
        sketch_box(axes, 3.5 + i, 2, 1, 1, o[i] > 3 ? SKETCH_ORANGE : SKETCH_GRAY, o[i] > 3 ? yes : no);
        if (o[i] > 3) {
            sketch_arrow(axes, 4 + i, 3, 1 + i, 4.5);
        }
    }
    sketch_cells(axes, 3.5, 4.5, 1, 2, chosen, SKETCH_GREEN);
    sketch_text(axes, 10.6, 2.2, lesson_say("자리마다 묻고", "ask at every place,"));
    sketch_text(axes, 10.6, 4.7, lesson_say("참인 것만 모읍니다", "gather what is true"));
    lesson_figure(figure, "mask");
    return ssi_report();
}
