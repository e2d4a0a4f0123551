#include "figure.h"

/* Five steps in a ring, an arrow from each to the next. */
int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    const char *steps[5][2] = {
        {lesson_say("1. 읽기", "1. read"), "ssi learn 0"},
        {lesson_say("2. 고치기", "2. change"), "start.c"},
        {lesson_say("3. 컴파일", "3. compile"), "cc start.c -o start"},
        {lesson_say("4. 실행", "4. run"), "./start"},
        {lesson_say("5. 채점", "5. check"), "ssi check 0"},
    };
    static const double at[5][2] = {{5, 7.6}, {9, 5}, {7.6, 1.4}, {2.4, 1.4}, {1, 5}}; // the middle of each box
    static const double arrows[5][4] = {
        {6.8, 7.3, 8.6, 6}, {8.8, 4.2, 8, 2.3}, {5.8, 1.4, 4.2, 1.4}, {2, 2.3, 1.2, 4.2}, {1.4, 6, 3.2, 7.3}};
    ssi_figure *figure = ssi_figure_new(.width = 640, .height = 400);
    ssi_axes *axes = ssi_figure_axes(figure, 0, 0, .bare = 1, .xlim = {-1, 11}, .ylim = {0, 9});
    for (int i = 0; i < 5; i++) {
        lesson_box(axes, at[i][0] - 1.7, at[i][1] - 0.75, 3.4, 1.5, "C0", NULL);
        ssi_plot_text(axes, at[i][0], at[i][1] + 0.3, steps[i][0], .align = 'c', .font_size = 12);
        ssi_plot_text(axes, at[i][0], at[i][1] - 0.35, steps[i][1], .align = 'c', .font_size = 9, .color = "gray");
        ssi_plot_arrow(axes, arrows[i][0], arrows[i][1], arrows[i][2], arrows[i][3]);
    }
    const char *then[4] = {lesson_say("통과하면", "passed:"), lesson_say("다음 레슨", "on to the next"),
                           lesson_say("아니면 힌트,", "if not: hint,"), lesson_say("한 바퀴 더", "and once more")};
    for (int i = 0; i < 4; i++) { // short lines, for narrow terminals
        ssi_plot_text(axes, 5, 5.9 - 0.8 * i, then[i], .align = 'c', .color = i < 2 ? "C2" : "C3");
    }
    lesson_figure(figure, "circle");
    return ssi_report();
}
