#include "sketch.h"

/* An object: its name, and its members one below the other. */
static void object(ssi_axes *axes, double y, const char *name, const char *charge)
{
    sketch_text(axes, 0.7, y + 1.5, name);
    sketch_box(axes, 1.5, y, 5, 1, SKETCH_BLUE, charge);
    sketch_box(axes, 1.5, y + 1, 5, 1, SKETCH_BLUE, "threshold: 5");
    sketch_box(axes, 1.5, y + 2, 5, 1, SKETCH_ORANGE, "receive");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_figure *figure = ssi_figure_new(.width = 640, .height = 340);
    ssi_axes *axes = sketch_panel(figure, 0, 0, 16, 8.5, NULL);
    object(axes, 1, "a", "charge: 3");
    object(axes, 5, "b", "charge: 4");
    sketch_arrow(axes, 6.5, 3.5, 9.5, 3.5);
    sketch_arrow(axes, 6.5, 7.5, 9.5, 7.5);
    sketch_box(axes, 9.5, 3, 6, 1, SKETCH_GREEN, lesson_say("gather: 모으기", "gather"));
    sketch_box(axes, 9.5, 7, 6, 1, SKETCH_GREEN, lesson_say("leak: 새고 나서 모으기", "leak, then gather"));
    sketch_text(axes, 4, 0.5, lesson_say("객체", "objects"));
    sketch_text(axes, 12.5, 2.5, lesson_say("함수", "functions"));
    lesson_figure(figure, "objects");
    return ssi_report();
}
