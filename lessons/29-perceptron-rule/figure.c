#include "plane.h"

static int w1, w2, b;

static int says(double x1, double x2)
{
    return b + w1 * x1 + w2 * x2 > 0;
}

/* One pass through the four examples of AND. */
static void learn(void)
{
    for (int i = 0; i < 4; i++) {
        int x1 = i % 2, x2 = i / 2, error = (i == 3) - says(x1, x2);
        w1 += error * x1, w2 += error * x2, b += error;
    }
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    ssi_figure *figure = ssi_figure_new(.rows = 2, .columns = 3, .width = 900, .height = 640);
    for (int pass = 1; pass <= 6; pass++) {
        learn();
        char title[64];
        snprintf(title, sizeof(title), lesson_say("%d바퀴 뒤: w = (%d, %d), b = %d", "pass %d: w = (%d, %d), b = %d"),
                 pass, w1, w2, b);
        ssi_axes *axes = plane_axes(figure, (pass - 1) / 3, (pass - 1) % 3, title, "x1", "x2");
        plane_region(axes, says, 120);
        plane_line(axes, b, w1, w2, "C1");
        plane_points(axes, 0x1, 14);
    }
    lesson_figure(figure, "passes");
    return ssi_report();
}
