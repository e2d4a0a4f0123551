#include <math.h>
#include <stdio.h>

double sigmoid(double x)
{
    double e = exp(-fabs(x)); // 넘치지 않게 / so that nothing overflows
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}

// 강의 슬라이드에 tanh라고 적힌 식 / The formula that the slide calls tanh
double slide(double x)
{
    return 1 / (1 + exp(-x));
}

// 그 식은 사실 무엇일까요? 1 계단, 2 시그모이드, 3 tanh, 4 ReLU
// What is it really? 1 the step, 2 the sigmoid, 3 tanh, 4 ReLU
int slide_is = 3;

// 진짜 tanh = (e^x - e^-x) / (e^x + e^-x) = 2 * sigmoid(2x) - 1
// The real tanh
double my_tanh(double x)
{
    return 2 * sigmoid(2 * x) - 1;
}

// 기울기: t가 tanh(x)이면 1 - t*t / The slope: 1 - t*t, where t is tanh(x)
double my_tanh_slope(double x)
{
    double t = my_tanh(x);
    return 1 - t * t;
}

int main(void)
{
    const double x[] = {-2, -1, 0, 0.5, 1, 2};
    printf("   x   slide  my_tanh   tanh    slope\n");
    for (int i = 0; i < 6; i++) {
        printf("%4.1f %7.4f %7.4f %7.4f %7.4f\n", x[i], slide(x[i]), my_tanh(x[i]), tanh(x[i]), my_tanh_slope(x[i]));
    }
    return 0;
}
