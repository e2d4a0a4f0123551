#include "lesson.h"

extern int slide_is;
double sigmoid(double x), slide(double x), my_tanh(double x), my_tanh_slope(double x);

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "few")) {
        const double x[] = {0, 0.5, 1, 2, -1};
        for (int i = 0; i < 5; i++) {
            printf("my_tanh(%g) = %.17g\n", x[i], my_tanh(x[i]));
        }
    }
    if (lesson_test(argc, argv, "any")) {
        for (int i = 0; i < 12; i++) {
            double x = lesson_integer(-80, 80) / 8.0;
            printf("my_tanh(%g) = %.17g\n", x, my_tanh(x));
        }
    }
    if (lesson_test(argc, argv, "far")) {
        printf("my_tanh(1000) = %.17g\nmy_tanh(-1000) = %.17g\n", my_tanh(1000), my_tanh(-1000));
    }
    if (lesson_test(argc, argv, "slope")) {
        printf("my_tanh_slope(0) = %.17g\n", my_tanh_slope(0));
        for (int i = 0; i < 8; i++) {
            double x = lesson_integer(-40, 40) / 8.0;
            printf("my_tanh_slope(%g) = %.17g\n", x, my_tanh_slope(x));
        }
    }
    if (lesson_test(argc, argv, "name")) {
        lesson_holds("name", slide_is == 2);
    }
    if (lesson_test(argc, argv, "check")) {
        const double x[] = {0.5, 1, 2};
        for (int i = 0; i < 3; i++) {
            printf("x = %g: 2*sigmoid(%g) - 1 = 2*%.6f - 1 = %.6f, tanh = %.6f\n", x[i], 2 * x[i], sigmoid(2 * x[i]),
                   my_tanh(x[i]), tanh(x[i]));
        }
    }
    if (lesson_test(argc, argv, "values")) {
        printf("slide0 = %g\nslide2 = %.4f\nslidem2 = %.4f\nt1 = %.4f\nt2 = %.4f\nquarter = %g\n", slide(0), slide(2),
               slide(-2), my_tanh(1), my_tanh(2), 0.25);
    }
    return 0;
}
