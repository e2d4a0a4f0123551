#include "lesson.h"

typedef struct {
    double b, w1, w2;
    double (*h)(double a);
} neuron;
double step(double a), sigmoid(double a);
double weighted_sum(neuron n, double x1, double x2), output(neuron n, double x1, double x2);

static double one_half_more(double a)
{
    return 1.5 * a + 0.5;
}

static double square(double a)
{
    return a * a;
}

static neuron any(void)
{
    neuron n = {0, 0, 0, square};
    n.b = lesson_integer(-4, 4);
    n.w1 = lesson_integer(-4, 4);
    n.w2 = lesson_integer(-4, 4);
    return n;
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "step")) {
        const double at[] = {-2, -0.5, 0, 0.5, 2};
        for (int i = 0; i < 5; i++) {
            printf("step(%g) = %g\n", at[i], step(at[i]));
        }
    }
    if (lesson_test(argc, argv, "sum")) {
        for (int i = 0; i < 10; i++) {
            neuron n = any();
            int x1 = lesson_integer(-3, 3), x2 = lesson_integer(-3, 3);
            printf("b %g, w1 %g, w2 %g, inputs %d and %d: weighted_sum = %g\n", n.b, n.w1, n.w2, x1, x2,
                   weighted_sum(n, x1, x2));
        }
    }
    if (lesson_test(argc, argv, "swap")) {
        for (int i = 0; i < 12; i++) {
            neuron n = any();
            int x1 = lesson_integer(-3, 3), x2 = lesson_integer(-3, 3), kind = lesson_integer(0, 2);
            n.h = kind == 0 ? step : kind == 1 ? square : one_half_more;
            printf("b %g, w1 %g, w2 %g, inputs %d and %d, h(a) is %s: output = %g\n", n.b, n.w1, n.w2, x1, x2,
                   kind == 0   ? "step"
                   : kind == 1 ? "a*a"
                               : "1.5*a + 0.5",
                   output(n, x1, x2));
        }
    }
    if (lesson_test(argc, argv, "values")) {
        printf("off = %.2f\non = %.2f\n", sigmoid(-0.7), sigmoid(0.3));
    }
    return 0;
}
