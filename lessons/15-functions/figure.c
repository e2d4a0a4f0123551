#include "sketch.h"

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_figure *figure = ssi_figure_new(.width = 640, .height = 300);
    ssi_axes *axes = sketch_panel(figure, 0, 0, 16, 7.5, NULL);
    sketch_box(axes, 1, 4.2, 6, 2.8, SKETCH_GRAY, "");
    sketch_text(axes, 2.2, 4.8, "main");
    sketch_box(axes, 3.4, 5.3, 3, 1.2, SKETCH_BLUE, "age: 16");
    sketch_box(axes, 1, 1, 6, 2.8, SKETCH_ORANGE, "");
    sketch_text(axes, 2.6, 1.6, "birthday");
    sketch_box(axes, 3.4, 2.1, 3, 1.2, "white", lesson_say("age: 주소", "age: address"));
    ssi_plot_line(axes, ssi_array(((double[]){6.4, 7.6, 7.6}), 3), ssi_array(((double[]){2.7, 2.7, 5.9}), 3),
                  .color = "#333333", .width = 1.2);
    sketch_arrow(axes, 7.6, 5.9, 6.4, 5.9);
    sketch_text(axes, 11.8, 2.1, lesson_say("맨 위: 지금 일하는 함수", "on top: the function at work"));
    sketch_text(axes, 11.8, 2.9, lesson_say("*age = *age + 1", "*age = *age + 1"));
    sketch_text(axes, 11.8, 5.2, lesson_say("아래: 기다리는 함수", "below: the function that waits"));
    sketch_text(axes, 11.8, 6, "birthday(&age)");
    lesson_figure(figure, "stack");
    return ssi_report();
}
