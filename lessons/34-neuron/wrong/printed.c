#include <math.h>
#include <stdio.h>

// 활성화 함수들: 수를 받아 수를 돌려줍니다 / Activation functions: a number in, a number out
double step(double a)
{
    return 0 * a; // TODO
}

double identity(double a)
{
    return a;
}

double sigmoid(double a)
{
    return 1 / (1 + exp(-a));
}

double relu(double a)
{
    return a > 0 ? a : 0;
}

// h는 함수를 가리키는 포인터: 수를 받아 수를 돌려주는 함수면 무엇이든 끼울 수 있습니다
// h is a pointer to a function: any that takes a number and gives a number fits in
typedef struct {
    double b, w1, w2;
    double (*h)(double a);
} neuron;

// 가중합: b + w1*x1 + w2*x2 / The weighted sum
double weighted_sum(neuron n, double x1, double x2)
{
    return 0 * (n.b + x1 + x2); // TODO
}

// 뉴런의 답: h(가중합) / The neuron's answer: h of the weighted sum
double output(neuron n, double x1, double x2)
{
    return 0 * weighted_sum(n, x1, x2); // TODO
}

int main(void)
{
    puts("x1 x2 |   sum |  step identity sigmoid  relu\n"
         " 0  0 | -0.70 |  0.00    -0.70    0.33  0.00\n"
         " 0  1 | -0.20 |  0.00    -0.20    0.45  0.00\n"
         " 1  0 | -0.20 |  0.00    -0.20    0.45  0.00\n"
         " 1  1 |  0.30 |  1.00     0.30    0.57  0.30");
    return 0;
}
