#include "lesson.h"

double relu(double x), relu_slope(double x), sigmoid(double x);

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "few")) {
        for (int x = -3; x <= 3; x++) {
            printf("relu(%d) = %g\n", x, relu(x) + 0.0); // 0, not -0
        }
    }
    if (lesson_test(argc, argv, "any")) {
        for (int i = 0; i < 12; i++) {
            double x = lesson_integer(-4000, 4000) / 8.0;
            printf("relu(%g) = %.17g\n", x, relu(x) + 0.0);
        }
    }
    if (lesson_test(argc, argv, "slope")) {
        printf("relu_slope(0) = %g\n", relu_slope(0));
        for (int i = 0; i < 12; i++) {
            double x = lesson_integer(-4000, 4000) / 8.0;
            printf("relu_slope(%g) = %g\n", x, relu_slope(x));
        }
    }
    if (lesson_test(argc, argv, "deep")) { // a slope through n layers, for the text
        printf("layers  sigmoid     tanh  ReLU\n");
        double s = 1, t = 1, r = 1, at_s = 0.5, at_t = 0.5, at_r = 0.5;
        for (int n = 1; n <= 20; n++) {
            double ys = sigmoid(at_s), yt = tanh(at_t);
            s *= ys * (1 - ys), t *= 1 - yt * yt, r *= relu_slope(at_r);
            at_s = ys, at_t = yt, at_r = relu(at_r);
            if (n == 1 || n % 5 == 0) {
                printf("%6d  %.1e  %.1e  %4g\n", n, s, t, r);
            }
        }
    }
    if (lesson_test(argc, argv, "values")) {
        printf("start = 0.5\nleak = 0.01\nquarter = 0.25\n");
    }
    return 0;
}
