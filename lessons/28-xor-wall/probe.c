#include "lesson.h"

extern int used[3], against;
int separable(int f, int largest);

static int is_used(int condition)
{
    return used[0] == condition || used[1] == condition || used[2] == condition;
}

static int count(int largest)
{
    int found = 0;
    for (int f = 0; f < 16; f++) {
        found += separable(f, largest) != 0;
    }
    return found;
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "all")) {
        for (int f = 0; f < 16; f++) {
            printf("separable(%2d, 3) = %d\n", f, separable(f, 3));
        }
    }
    if (lesson_test(argc, argv, "ranges")) {
        for (int i = 0; i < 24; i++) {
            int f = lesson_integer(0, 15), largest = lesson_integer(0, i < 12 ? 1 : 5); // often too small for NAND
            printf("separable(%2d, %d) = %d\n", f, largest, separable(f, largest));
        }
    }
    if (lesson_test(argc, argv, "proof")) {
        lesson_holds("used", is_used(2) && is_used(3) && is_used(4));
        lesson_holds("against", against == 1);
    }
    if (lesson_test(argc, argv, "wider")) {
        for (int largest = 0; largest <= 8; largest++) {
            int side = 2 * largest + 1;
            printf("-%d to %d: %4d perceptrons, %2d functions\n", largest, largest, side * side * side, count(largest));
        }
    }
    return 0;
}
