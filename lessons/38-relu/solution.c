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
    return x > 0 ? x : 0;
}

// 기울기: 0보다 크면 1, 아니면 0. 꺾인 곳인 0에서는 0으로 정합니다
// The slope: 1 above 0, else 0. At the kink, 0, we say 0
double relu_slope(double x)
{
    return x > 0 ? 1 : 0;
}

int main(void)
{
    printf(" x |  step  sigmoid    tanh  relu | relu's slope\n");
    for (int x = -2; x <= 2; x++) {
        printf("%2d | %5g %8.4f %7.4f %5g | %g\n", x, step(x), sigmoid(x), tanh(x), relu(x), relu_slope(x));
    }
    ssi_tensor *x = ssi_array(((double[]){-2, -1, 0, 1, 2}), 5);
    ssi_print(ssi_relu(x));
    ssi_print(ssi_grad(ssi_sum(ssi_relu(x)), x));
    return ssi_report();
}
