#include <math.h>
#include <stdio.h>

// 활성화 함수들: 수를 받아 수를 돌려줍니다 / Activation functions: a number in, a number out
double step(double a)
{
    return a > 0 ? 1 : 0;
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
    return n.b + n.w1 * x1 + n.w2 * x2;
}

// 뉴런의 답: h(가중합) / The neuron's answer: h of the weighted sum
double output(neuron n, double x1, double x2)
{
    return n.h(n.b) + n.h(n.w1 * x1) + n.h(n.w2 * x2);
}

int main(void)
{
    double (*const kinds[])(double) = {step, identity, sigmoid, relu};
    printf("x1 x2 |   sum |  step identity sigmoid  relu\n");
    for (int i = 0; i < 4; i++) {
        neuron n = {-0.7, 0.5, 0.5, NULL}; // AND의 수 / the numbers of AND
        double x1 = i / 2, x2 = i % 2;
        printf("%2g %2g | %5.2f |", x1, x2, weighted_sum(n, x1, x2));
        for (int k = 0; k < 4; k++) {
            n.h = kinds[k];
            printf(" %*.2f", (int[]){5, 8, 7, 5}[k], output(n, x1, x2));
        }
        printf("\n");
    }
    return 0;
}
