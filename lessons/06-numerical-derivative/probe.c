#include "lesson.h"

void multiply(double m[2][2], double v[2], double result[2]);
double slope(double f(double), double x, double h);
double chain(double x);
double parabola(double x);
extern double best_h;

static double third, second, first; // a cubic of the seed's

static double cubic(double x)
{
    return ((third * x + second) * x + first) * x + 1;
}

static void products(void)
{
    double m[2][2] = {{1, 2}, {3, 4}}, v[2] = {5, 6}, result[2] = {0, 0};
    multiply(m, v, result);
    printf("[1 2; 3 4] (5, 6) = (%g, %g)\n", result[0], result[1]);
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
            m[j / 2][j % 2] = lesson_integer(-9, 9);
        }
        v[0] = lesson_integer(-9, 9), v[1] = lesson_integer(-9, 9);
        multiply(m, v, result);
        printf("[%g %g; %g %g] (%g, %g) = (%g, %g)\n", m[0][0], m[0][1], m[1][0], m[1][1], v[0], v[1], result[0],
               result[1]);
    }
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "multiply")) {
        products();
    }
    if (lesson_test(argc, argv, "slope")) {
        printf("slope(sin, 1, 0.001) = %.9f\n", slope(sin, 1, 0.001));
        for (int i = 0; i < 5; i++) {
            double x = lesson_uniform(-3, 3);
            printf("slope(sin, %.3f, 0.001) = %.9f\n", x, slope(sin, x, 0.001));
        }
        third = lesson_integer(1, 5), second = lesson_integer(-5, 5), first = lesson_integer(-5, 5);
        printf("slope(a cubic, 2, 0.001) = %.9f\n", slope(cubic, 2, 0.001));
    }
    if (lesson_test(argc, argv, "chain")) {
        printf("chain(0) = %.9f\nchain(1) = %.9f\n", chain(0), chain(1));
        for (int i = 0; i < 4; i++) {
            double x = lesson_uniform(-2, 2);
            printf("chain(%.3f) = %.9f\n", x, chain(x));
        }
    }
    if (lesson_test(argc, argv, "best")) {
        lesson_holds("not-too-small", best_h >= 1e-3);
        lesson_holds("not-too-large", best_h <= 2e-2);
    }
    if (lesson_test(argc, argv, "values")) {
        printf("right = %.4f\n", cos(1));
        printf("forward = %.4f\n", (sin(1.1) - sin(1)) / 0.1);
        printf("central = %.4f\n", slope(sin, 1, 0.1));
        printf("at5 = %g\nat10 = %g\n", slope(parabola, 5, 1e-3), slope(parabola, 10, 1e-3));
    }
    return 0;
}
