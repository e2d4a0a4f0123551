#include "lesson.h"

extern double w1, w2, b;
int and_gate(int x1, int x2);

/* The perceptron must still be one: with other weights its answers must follow them. */
static void follow_weights(void)
{
    for (int i = 0; i < 20; i++) {
        w1 = lesson_integer(-4, 4), w2 = lesson_integer(-4, 4), b = lesson_integer(-8, 8) + 0.5;
        int x1 = lesson_integer(0, 1), x2 = lesson_integer(0, 1);
        printf("w1 %g, w2 %g, b %g: and_gate(%d, %d) = %d\n", w1, w2, b, x1, x2, and_gate(x1, x2));
    }
}

/* What is added up in each line, for the text. */
static void show_sums(void)
{
    for (int i = 0; i < 4; i++) {
        double a = w1 * (i / 2), c = w2 * (i % 2);
        char terms[32];
        snprintf(terms, sizeof(terms), "%g + %g", a, c);
        printf("%-9s = %.1f, less q: %4.1f -> %d\n", terms, a + c, a + c + b, and_gate(i / 2, i % 2));
    }
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "table")) {
        for (int i = 0; i < 4; i++) {
            printf("and_gate(%d, %d) = %d\n", i / 2, i % 2, and_gate(i / 2, i % 2));
        }
    }
    if (lesson_test(argc, argv, "inequalities")) {
        double q = -b; // the threshold
        lesson_holds("none", 0 <= q);
        lesson_holds("first", w1 <= q);
        lesson_holds("second", w2 <= q);
        lesson_holds("both", w1 + w2 > q);
    }
    if (lesson_test(argc, argv, "perceptron")) {
        follow_weights();
    }
    if (lesson_test(argc, argv, "sums")) {
        show_sums();
    }
    if (lesson_test(argc, argv, "values")) {
        printf("w = %g\nb = %g\nq = %g\n", w1, b, -b);
    }
    return 0;
}
