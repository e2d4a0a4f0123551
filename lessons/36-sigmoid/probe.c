#include "lesson.h"

#include <fenv.h>

double sigmoid(double x), sigmoid_slope(double x);

/* Whether, on the way, a number became too large for a double or stopped being one. */
static int calm(double (*f)(double), double x)
{
    feclearexcept(FE_ALL_EXCEPT);
    volatile double y = f(x);
    (void)y;
    return !fetestexcept(FE_OVERFLOW | FE_INVALID | FE_DIVBYZERO);
}

/* How steep the sigmoid of k times x looks, for the text. */
static void steeper(void)
{
    static const int times[] = {1, 2, 5, 20};
    printf("   x    k = 1   k = 2   k = 5  k = 20\n");
    for (int i = -2; i <= 2; i++) {
        printf("%4.1f ", i / 2.0);
        for (int k = 0; k < 4; k++) {
            printf(" %7.4f", sigmoid(times[k] * i / 2.0));
        }
        printf("\n");
    }
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "six")) {
        const double x[] = {-2, -1, 0, 1, 2, 5};
        for (int i = 0; i < 6; i++) {
            printf("sigmoid(%g) = %.17g\n", x[i], sigmoid(x[i]));
        }
    }
    if (lesson_test(argc, argv, "any")) {
        for (int i = 0; i < 12; i++) {
            double x = lesson_integer(-160, 160) / 8.0;
            printf("sigmoid(%g) = %.17g\n", x, sigmoid(x));
        }
    }
    if (lesson_test(argc, argv, "far")) {
        const double x[] = {-1000, 1000, -100000, 100000};
        for (int i = 0; i < 4; i++) {
            printf("sigmoid(%g) = %.17g\n", x[i], sigmoid(x[i]));
        }
    }
    if (lesson_test(argc, argv, "slope")) {
        for (int i = 0; i < 8; i++) {
            double x = lesson_integer(-80, 80) / 8.0;
            printf("sigmoid_slope(%g) = %.17g\n", x, sigmoid_slope(x));
        }
        printf("sigmoid_slope(-1000) = %.17g\nsigmoid_slope(1000) = %.17g\n", sigmoid_slope(-1000),
               sigmoid_slope(1000));
    }
    if (lesson_test(argc, argv, "calm")) {
        lesson_holds("below", calm(sigmoid, -1000));
        lesson_holds("above", calm(sigmoid, 1000));
        lesson_holds("slope", calm(sigmoid_slope, -1000) && calm(sigmoid_slope, 1000));
    }
    if (lesson_test(argc, argv, "steeper")) {
        steeper();
    }
    if (lesson_test(argc, argv, "naive")) {
        printf("exp(1000)              = %g\n", exp(1000));
        printf("1 / (1 + exp(1000))    = %g\n", 1 / (1 + exp(1000)));
        printf("exp(1000)/(1+exp(1000)) is a number: %s\n", exp(1000) / (1 + exp(1000)) == 1 ? "yes" : "no");
    }
    if (lesson_test(argc, argv, "values")) {
        printf("minus = %.4f\nplus = %.4f\nfive = %.4f\n", sigmoid(-1), sigmoid(1), sigmoid(5));
    }
    return 0;
}
