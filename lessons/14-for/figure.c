#include "sketch.h"

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_figure *figure = ssi_figure_new(.width = 640, .height = 200);
    ssi_axes *axes = sketch_panel(figure, 0, 0, 15.6, 4.6, NULL);
    for (int i = 0; i <= 10; i++) {
        char text[8];
        snprintf(text, sizeof(text), "%d", i);
        sketch_box(axes, 0.3 + 1.4 * i, 1.6, 1, 1, i < 10 ? SKETCH_BLUE : SKETCH_ORANGE, text);
        if (i < 10) {
            sketch_arrow(axes, 1.3 + 1.4 * i, 2.1, 1.7 + 1.4 * i, 2.1);
        }
    }
    sketch_text(axes, 0.9, 0.9, "i = 0");
    sketch_text(axes, 7.2, 0.9, lesson_say("i < 10 이 참: 한 바퀴 돌고 i++", "i < 10 is true: a round, then i++"));
    sketch_text(axes, 13.6, 3.2, lesson_say("i < 10 이 거짓", "i < 10 is false"));
    sketch_text(axes, 13.6, 4, lesson_say("반복이 끝납니다", "the loop is over"));
    lesson_figure(figure, "loop");
    return ssi_report();
}
