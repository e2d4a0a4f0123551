#include <math.h>
#include <stdio.h>

double step(double x)
{
    return x > 0 ? 1 : 0;
}

// 시그모이드 1 / (1 + e^-x). e의 지수가 커지지 않게, x의 부호에 따라 두 모양으로
// The sigmoid 1 / (1 + e^-x), in two forms by the sign of x, so that e is never raised to a large power
double sigmoid(double x)
{
    return 1 / (1 + exp(x));
}

// 기울기 s * (1 - s) / The slope s * (1 - s)
double sigmoid_slope(double x)
{
    double s = sigmoid(x);
    return s * (1 - s);
}

int main(void)
{
    const double x[] = {-5, -1, 0, 1, 2, 5};
    printf(" x  step  sigmoid   slope\n");
    for (int i = 0; i < 6; i++) {
        printf("%2g %5g %8.4f %7.4f\n", x[i], step(x[i]), sigmoid(x[i]), sigmoid_slope(x[i]));
    }
    printf("at -1000: %g, at 1000: %g\n", sigmoid(-1000), sigmoid(1000));
    return 0;
}
