#include "lesson.h"

extern double w1, w2, b;
int or_gate(int x1, int x2);

/* With other weights the answers must follow them. Whole numbers, so that sums land on the threshold too. */
static void follow_weights(void)
{
    for (int i = 0; i < 40; i++) {
        w1 = lesson_integer(-2, 2), w2 = lesson_integer(-2, 2), b = lesson_integer(-2, 2);
        int x1 = lesson_integer(0, 1), x2 = lesson_integer(0, 1);
        printf("w1 %g, w2 %g, b %g: or_gate(%d, %d) = %d\n", w1, w2, b, x1, x2, or_gate(x1, x2));
    }
}

/* What the bias alone does, for the text. */
static void turn_bias(void)
{
    static const char *const names[16] = {[0] = "never", [1] = "AND", [7] = "OR", [15] = "always"};
    w1 = w2 = 0.5;
    printf("    b | 00 01 10 11\n");
    for (b = -1.25; b <= 0.25; b += 0.25) {
        int y[4] = {or_gate(0, 0), or_gate(0, 1), or_gate(1, 0), or_gate(1, 1)};
        printf("%5.2f | %2d %2d %2d %2d   %s\n", b, y[0], y[1], y[2], y[3],
               names[8 * y[0] + 4 * y[1] + 2 * y[2] + y[3]]);
    }
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "table")) {
        for (int i = 0; i < 4; i++) {
            printf("or_gate(%d, %d) = %d\n", i / 2, i % 2, or_gate(i / 2, i % 2));
        }
    }
    if (lesson_test(argc, argv, "inequalities")) {
        double q = -b; // the threshold
        lesson_holds("none", 0 <= q);
        lesson_holds("first", w1 > q);
        lesson_holds("second", w2 > q);
        lesson_holds("both", w1 + w2 > q);
    }
    if (lesson_test(argc, argv, "perceptron")) {
        follow_weights();
    }
    if (lesson_test(argc, argv, "bias")) {
        turn_bias();
    }
    if (lesson_test(argc, argv, "values")) {
        printf("w = %g\nb = %g\nq = %g\nand_b = -0.7\n", w1, b, -b);
    }
    return 0;
}
