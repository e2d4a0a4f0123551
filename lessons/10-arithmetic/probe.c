#include "lesson.h"

int floor_remainder(int a, int b);
int floor_quotient(int a, int b);
double mean(int a, int b);
int power(int base, int exponent);

/* Lines of f(a, b) with every pair of signs, then of the seed's numbers. */
static void lines(const char *name, int f(int a, int b))
{
    static const int pairs[6][2] = {{7, 2}, {-7, 2}, {7, -2}, {-7, -2}, {6, 2}, {-6, 2}};
    for (int i = 0; i < 10; i++) {
        int a = i < 6 ? pairs[i][0] : lesson_integer(-99, 99);
        int b = i < 6 ? pairs[i][1] : lesson_integer(2, 9) * (lesson_integer(0, 1) ? 1 : -1);
        printf("%s(%d, %d) = %d\n", name, a, b, f(a, b));
    }
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "remainder")) {
        lines("floor_remainder", floor_remainder);
    }
    if (lesson_test(argc, argv, "quotient")) {
        lines("floor_quotient", floor_quotient);
    }
    if (lesson_test(argc, argv, "mean")) {
        printf("mean(7, 2) = %g\n", mean(7, 2));
        for (int i = 0; i < 4; i++) {
            int a = lesson_integer(-50, 50), b = a + 2 * lesson_integer(1, 20) + 1;
            printf("mean(%d, %d) = %g\n", a, b, mean(a, b));
        }
    }
    if (lesson_test(argc, argv, "power")) {
        printf("power(2, 0) = %d\npower(2, 3) = %d\n", power(2, 0), power(2, 3));
        for (int i = 0; i < 5; i++) {
            int base = lesson_integer(-5, 9), exponent = lesson_integer(1, 8);
            printf("power(%d, %d) = %d\n", base, exponent, power(base, exponent));
        }
    }
    return 0;
}
