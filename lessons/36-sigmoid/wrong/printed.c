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
    return 0 * x; // TODO
}

// 기울기 s * (1 - s) / The slope s * (1 - s)
double sigmoid_slope(double x)
{
    return 0 * x; // TODO
}

int main(void)
{
    puts(" x  step  sigmoid   slope\n"
         "-5     0   0.0067  0.0066\n"
         "-1     0   0.2689  0.1966\n"
         " 0     0   0.5000  0.2500\n"
         " 1     1   0.7311  0.1966\n"
         " 2     1   0.8808  0.1050\n"
         " 5     1   0.9933  0.0066\n"
         "at -1000: 0, at 1000: 1");
    return 0;
}
