#include "sketch.h"

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_figure *figure = ssi_figure_new(.width = 640, .height = 480);
    ssi_axes *axes = sketch_panel(figure, 0, 0, 16, 12, NULL);
    sketch_box(axes, 5, 0.5, 6, 1.2, SKETCH_GRAY, "hungry = true");
    sketch_arrow(axes, 8, 1.7, 8, 2.5);
    sketch_box(axes, 5, 2.5, 6, 1.2, SKETCH_GRAY, "hungry = !hungry");
    sketch_arrow(axes, 8, 3.7, 8, 4.5);
    sketch_box(axes, 5, 4.5, 6, 1.2, SKETCH_ORANGE, "hungry ?");
    sketch_arrow(axes, 5, 5.1, 3.3, 7);
    sketch_text(axes, 3, 5.7, lesson_say("참", "true"));
    sketch_box(axes, 0.3, 7, 6, 1.2, SKETCH_BLUE, "i'm hungry");
    sketch_arrow(axes, 11, 5.1, 12.7, 7);
    sketch_text(axes, 13, 5.7, lesson_say("거짓", "false"));
    sketch_box(axes, 9.7, 7, 6, 1.2, SKETCH_BLUE, "i'm not hungry");
    sketch_box(axes, 9.7, 8.2, 6, 1.2, SKETCH_BLUE, "i'm sleepy");
    sketch_arrow(axes, 3.3, 8.2, 6.5, 10.6);
    sketch_arrow(axes, 12.7, 9.4, 9.5, 10.6);
    sketch_text(axes, 8, 11, lesson_say("다음 줄로", "on to what follows"));
    lesson_figure(figure, "flow");
    return ssi_report();
}
