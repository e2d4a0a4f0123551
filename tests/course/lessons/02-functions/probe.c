#include "lesson.h"

int twice(int x);
double half(double x);
int odd(int x);

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "table")) {
        for (int i = 1; i < 5; i++) {
            int x = lesson_integer(1, 1000);
            printf("twice(%d) = %d\n", x, twice(x));
        }
    }
    if (lesson_test(argc, argv, "value")) {
        printf("half(1) = %.6f\n", half(1));
    }
    if (lesson_test(argc, argv, "relative")) {
        printf("half(1e6) = %.6f\n", half(1e6));
    }
    if (lesson_test(argc, argv, "property")) {
        lesson_holds("even", twice(3) % 2 == 0);
    }
    if (lesson_test(argc, argv, "secret")) {
        printf("odd(3) = %d\nodd(-3) = %d\n", odd(3), odd(-3));
    }
    return 0;
}
