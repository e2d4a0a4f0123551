#include "lesson.h"

extern double w1, w2, b;
int nand_gate(int x1, int x2), not_gate(int x);

static void set(double new_b, double new_w1, double new_w2)
{
    b = new_b, w1 = new_w1, w2 = new_w2;
}

/* With other weights the answers must follow them. Whole numbers, so that sums land on the threshold too. */
static void follow_weights(void)
{
    for (int i = 0; i < 40; i++) {
        w1 = lesson_integer(-2, 2), w2 = lesson_integer(-2, 2), b = lesson_integer(-2, 2);
        int x1 = lesson_integer(0, 1), x2 = lesson_integer(0, 1);
        printf("w1 %g, w2 %g, b %g: nand_gate(%d, %d) = %d\n", w1, w2, b, x1, x2, nand_gate(x1, x2));
    }
}

/* When nand_gate always says 1, whoever asks it gets 1; likewise 0. */
static int asks_nand(void)
{
    set(1, 0, 0);
    int ones = not_gate(0) == 1 && not_gate(1) == 1;
    set(-1, 0, 0);
    return ones && not_gate(0) == 0 && not_gate(1) == 0;
}

/* AND and NAND side by side, for the text. */
static void show_flip(void)
{
    printf("x1 x2 | AND's sum | NAND's sum\n");
    for (int i = 0; i < 4; i++) {
        double sum = b + w1 * (i / 2) + w2 * (i % 2);
        printf("%2d %2d | %4.1f -> %d | %4.1f -> %d\n", i / 2, i % 2, -sum, -sum > 0, sum, nand_gate(i / 2, i % 2));
    }
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "table")) {
        for (int i = 0; i < 4; i++) {
            printf("nand_gate(%d, %d) = %d\n", i / 2, i % 2, nand_gate(i / 2, i % 2));
        }
    }
    if (lesson_test(argc, argv, "inequalities")) {
        double q = -b; // the threshold
        lesson_holds("none", q < 0);
        lesson_holds("first", w1 > q);
        lesson_holds("second", w2 > q);
        lesson_holds("both", w1 + w2 <= q);
    }
    if (lesson_test(argc, argv, "perceptron")) {
        follow_weights();
    }
    if (lesson_test(argc, argv, "not")) {
        printf("not_gate(0) = %d\nnot_gate(1) = %d\n", not_gate(0), not_gate(1));
    }
    if (lesson_test(argc, argv, "asks")) {
        lesson_holds("asks", asks_nand());
    }
    if (lesson_test(argc, argv, "flip")) {
        show_flip();
    }
    if (lesson_test(argc, argv, "values")) {
        printf("w = %g\nb = %g\nq = %g\nand_w = %g\nand_b = %g\n", w1, b, -b, -w1, -b);
    }
    return 0;
}
