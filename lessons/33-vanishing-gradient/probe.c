#include "lesson.h"

double sigmoid(double x), sigmoid_slope(double x), chain(double x, int n);

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "zero")) {
        printf("sigmoid_slope(0) = %.17g\n", sigmoid_slope(0));
    }
    if (lesson_test(argc, argv, "slope")) {
        for (int i = 0; i < 8; i++) {
            double x = lesson_integer(-40, 40) / 8.0;
            printf("sigmoid_slope(%g) = %.17g\n", x, sigmoid_slope(x));
        }
    }
    if (lesson_test(argc, argv, "none")) {
        printf("chain(1.5, 0) = %.17g\nchain(1.5, 1) = %.17g\n", chain(1.5, 0), chain(1.5, 1));
    }
    if (lesson_test(argc, argv, "chain")) {
        for (int i = 0; i < 8; i++) {
            double x = lesson_integer(-40, 40) / 8.0;
            int n = lesson_integer(2, 30);
            printf("chain(%g, %d) = %.17g\n", x, n, chain(x, n));
        }
    }
    if (lesson_test(argc, argv, "walk")) {
        double x = 0, slope = 1;
        printf("layer   x in  slope there    product\n");
        for (int i = 1; i <= 5; i++) {
            slope *= sigmoid_slope(x);
            printf("%5d %6.3f %12.3f %10.6f\n", i, x, sigmoid_slope(x), slope);
            x = sigmoid(x);
        }
    }
    if (lesson_test(argc, argv, "values")) {
        printf("most = %g\nten = %.1e\nat3 = %.3f\nat5 = %.4f\n", sigmoid_slope(0), pow(0.25, 10), sigmoid_slope(3),
               sigmoid_slope(5));
        printf("half = %g\ntenth = %g\n", 0.5, 0.1);
    }
    return 0;
}
