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
int slide_is = 0; // TODO

// 진짜 tanh = (e^x - e^-x) / (e^x + e^-x) = 2 * sigmoid(2x) - 1
// The real tanh
double my_tanh(double x)
{
    return 0 * x; // TODO
}

// 기울기: t가 tanh(x)이면 1 - t*t / The slope: 1 - t*t, where t is tanh(x)
double my_tanh_slope(double x)
{
    return 0 * x; // TODO
}

int main(void)
{
    puts("   x   slide  my_tanh   tanh    slope\n"
         "-2.0  0.1192 -0.9640 -0.9640  0.0707\n"
         "-1.0  0.2689 -0.7616 -0.7616  0.4200\n"
         " 0.0  0.5000  0.0000  0.0000  1.0000\n"
         " 0.5  0.6225  0.4621  0.4621  0.7864\n"
         " 1.0  0.7311  0.7616  0.7616  0.4200\n"
         " 2.0  0.8808  0.9640  0.9640  0.0707");
    return 0;
}
