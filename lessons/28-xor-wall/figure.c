#include "plane.h"

static int or_gate(double x1, double x2)
{
    return -0.2 + 0.5 * x1 + 0.5 * x2 > 0;
}

/* OR, which one line cuts; and XOR, with three lines that each leave a point on the wrong side. */
static void or_and_xor(void)
{
    ssi_figure *figure = ssi_figure_new(.columns = 2, .width = 800, .height = 420);
    ssi_axes *left = plane_axes(figure, 0, 0, "OR", "x1", "x2");
    plane_region(left, or_gate, PLANE_SIDE);
    plane_line(left, -0.2, 0.5, 0.5, "C1");
    plane_points(left, 0x7, 18);
    ssi_axes *right = plane_axes(figure, 0, 1, lesson_say("XOR: 어느 직선?", "XOR: which line?"), "x1", "x2");
    plane_line(right, -0.2, 0.5, 0.5, "C1");
    plane_line(right, -0.7, 0.5, 0.5, "C2");
    plane_line(right, 0.2, -0.5, 0.45, "C3");
    plane_points(right, 0x6, 18);
    lesson_figure(figure, "or-xor");
}

static double w1, w2, b; // of the perceptron that a small panel shows

static int shown(double x1, double x2)
{
    return b + w1 * x1 + w2 * x2 > 0;
}

/* A perceptron that is f, of those with numbers in steps of a half, with its line well away from the four points; 0 if there is none. */
static int find(int f)
{
    for (int i = 0; i < 9 * 9 * 9; i++) {
        w1 = i % 9 / 2.0 - 2, w2 = i / 9 % 9 / 2.0 - 2, b = i / 81 / 2.0 - 2;
        int same = 1;
        for (int k = 0; k < 4; k++) {
            double sum = b + w1 * (k / 2) + w2 * (k % 2);
            same = same && (plane_answer(f, k) ? sum >= 0.5 : sum <= -0.5);
        }
        if (same && (w1 == 0 || w2 == 0 || w1 == w2 || w1 == -w2)) {
            return 1;
        }
    }
    return 0;
}

static void sixteen(void)
{
    const char *names[16] = {[1] = "AND", [6] = "XOR", [7] = "OR", [8] = "NOR", [9] = "XNOR", [14] = "NAND"};
    ssi_figure *figure = ssi_figure_new(.rows = 4, .columns = 4, .width = 800, .height = 860);
    for (int f = 0; f < 16; f++) {
        char title[32];
        snprintf(title, sizeof(title), "%d%d%d%d %s", plane_answer(f, 0), plane_answer(f, 1), plane_answer(f, 2),
                 plane_answer(f, 3), names[f] ? names[f] : "");
        int found = find(f);
        ssi_axes *axes = ssi_figure_axes(figure, f / 4, f % 4, .title = title, .title_color = found ? "black" : "red",
                                         .equal = 1, .xlim = {PLANE_LOW, PLANE_HIGH}, .ylim = {PLANE_LOW, PLANE_HIGH});
        ssi_axes_ticks(axes, 'x', 0, NULL, NULL);
        ssi_axes_ticks(axes, 'y', 0, NULL, NULL);
        if (found) {
            plane_region(axes, shown, 80);
            if (w1 != 0 || w2 != 0) {
                plane_line(axes, b, w1, w2, "C1");
            }
        }
        plane_points(axes, f, 11);
    }
    lesson_figure(figure, "sixteen");
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    or_and_xor();
    sixteen();
    return ssi_report();
}
