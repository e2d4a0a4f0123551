#include "figure.h"

/* The two ways, one above the other: boxes with arrows between them. */
static void ways(void)
{
    ssi_figure *figure = ssi_figure_new(.width = 720, .height = 340);
    ssi_axes *axes = lesson_sheet(figure, 0, 0, 14, 7);
    ssi_plot_text(axes, 0.2, 6.5,
                  lesson_say("컴파일러: 한 번 번역하고, 여러 번 실행", "compiler: translate once, run many times"),
                  .color = "C0", .font_size = 12);
    lesson_box(axes, 0.2, 4.3, 2.8, 1.3, "black", "start.c");
    lesson_box(axes, 5, 4.3, 3, 1.3, "C0", "cc");
    lesson_box(axes, 10, 4.3, 3.6, 1.3, "black", lesson_say("실행 파일 start", "program: start"));
    ssi_plot_arrow(axes, 3.1, 4.95, 4.9, 4.95);
    ssi_plot_arrow(axes, 8.1, 4.95, 9.9, 4.95);
    ssi_plot_text(axes, 9, 5.35, lesson_say("한 번", "once"), .align = 'c', .font_size = 9, .color = "gray");
    ssi_plot_text(axes, 11.8, 3.85, lesson_say("CPU가 바로 실행", "runs on the CPU itself"), .align = 'c',
                  .font_size = 9, .color = "gray");

    ssi_plot_text(axes, 0.2, 2.9,
                  lesson_say("인터프리터: 실행할 때마다 옆에서 통역", "interpreter: translates each time it runs"),
                  .color = "C1", .font_size = 12);
    lesson_box(axes, 0.2, 0.8, 2.8, 1.3, "black", "start.py");
    lesson_box(axes, 5, 0.8, 3, 1.3, "C1", "python3");
    lesson_box(axes, 10, 0.8, 3.6, 1.3, "black", "CPU");
    ssi_plot_arrow(axes, 3.1, 1.45, 4.9, 1.45);
    for (int i = 0; i < 3; i++) {
        ssi_plot_arrow(axes, 8.1, 1.1 + 0.35 * i, 9.9, 1.1 + 0.35 * i);
    }
    ssi_plot_text(axes, 9, 2.6, lesson_say("하나씩", "one by one"), .align = 'c', .font_size = 9, .color = "gray");
    lesson_figure(figure, "ways");
}

/* What the text quotes: a hundred million rounds on one machine (x86-64, gcc 12.2, tcc 0.9.27, Python 3.11; the shortest of three; Python a tenth of the
 * rounds, times ten). */
static void times(void)
{
    double milliseconds[4] = {48, 116, 148, 10929};
    const char *names[4] = {"-O2", "-O0", "tcc", "Python"};
    ssi_figure *figure = ssi_figure_new(.height = 380);
    ssi_axes *axes =
        ssi_figure_axes(figure, 0, 0, .title = lesson_say("1억 번 도는 데 걸린 시간", "a hundred million rounds"),
                        .ylabel = "ms", .log_y = 1, .ylim = {10, 40000});
    ssi_plot_bar(axes, ssi_array(milliseconds, 4), .names = names);
    for (int i = 0; i < 4; i++) {
        char text[32];
        double times = milliseconds[i] / milliseconds[0];
        snprintf(text, sizeof(text), "%.0f ms, ×%.*f", milliseconds[i], times < 10, times);
        ssi_plot_text(axes, i, milliseconds[i] * 1.35, text, .align = 'c', .font_size = 9);
    }
    lesson_figure(figure, "times");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ways();
    times();
    return ssi_report();
}
