#include "lesson.h"

int by_threshold(int w1, int w2, int theta, int x1, int x2);
int bias_of(int theta);
int by_bias(int w1, int w2, int b, int x1, int x2);
int line_at(double w1, double w2, double b, double x1, double *x2);

static void threshold(int w1, int w2, int theta, int x1, int x2)
{
    printf("w (%d, %d), theta %d, x (%d, %d): by_threshold = %d\n", w1, w2, theta, x1, x2,
           by_threshold(w1, w2, theta, x1, x2));
}

static void bias(int w1, int w2, int b, int x1, int x2)
{
    printf("w (%d, %d), b %d, x (%d, %d): by_bias = %d\n", w1, w2, b, x1, x2, by_bias(w1, w2, b, x1, x2));
}

static void line(double w1, double w2, double b, double x1)
{
    double x2 = 0;
    printf("w (%g, %g), b %g, x1 %g: line_at returns = %d\n", w1, w2, b, x1, line_at(w1, w2, b, x1, &x2));
    if (w2 != 0) {
        printf("w (%g, %g), b %g, x1 %g: x2 = %.9g\n", w1, w2, b, x1, x2);
    }
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "threshold")) {
        threshold(1, 1, 1, 1, 1);
        threshold(1, 1, 1, 1, 0); // a tie
        threshold(2, 3, 4, 1, 0);
        threshold(2, 3, 2, 0, 1);
        for (int i = 0; i < 16; i++) {
            int w1 = lesson_integer(-9, 9), w2 = lesson_integer(-9, 9), x1 = lesson_integer(-9, 9),
                x2 = lesson_integer(-9, 9);
            threshold(w1, w2, w1 * x1 + w2 * x2 + lesson_integer(-3, 3), x1, x2);
        }
    }
    if (lesson_test(argc, argv, "bias")) {
        bias(1, 1, -1, 1, 1);
        bias(1, 1, -1, 1, 0); // a tie
        for (int i = 0; i < 18; i++) {
            int w1 = lesson_integer(-9, 9), w2 = lesson_integer(-9, 9), x1 = lesson_integer(-9, 9),
                x2 = lesson_integer(-9, 9);
            bias(w1, w2, lesson_integer(-3, 3) - (w1 * x1 + w2 * x2), x1, x2);
        }
    }
    if (lesson_test(argc, argv, "agree")) {
        int agree = 1;
        for (int i = 0; i < 1000; i++) {
            int w1 = lesson_integer(-9, 9), w2 = lesson_integer(-9, 9), x1 = lesson_integer(-9, 9),
                x2 = lesson_integer(-9, 9);
            int theta = w1 * x1 + w2 * x2 + lesson_integer(-2, 2);
            agree = agree && by_threshold(w1, w2, theta, x1, x2) == by_bias(w1, w2, bias_of(theta), x1, x2);
        }
        lesson_holds("agree", agree);
    }
    if (lesson_test(argc, argv, "line")) {
        line(2, 4, -4, 0);
        line(2, 4, -4, 2);
        line(2, 0, -1, 1); // vertical
        for (int i = 0; i < 8; i++) {
            double w1 = lesson_integer(-9, 9), w2 = lesson_integer(1, 9), b = lesson_integer(-9, 9);
            line(w1, i % 2 ? w2 : -w2, b, lesson_integer(-5, 5));
        }
    }
    return 0;
}
