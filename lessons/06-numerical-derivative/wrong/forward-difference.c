#include <math.h>
#include <stdio.h>

// 행렬 m과 벡터 v의 곱 / the product of matrix m and vector v
void multiply(double m[2][2], double v[2], double result[2])
{
    result[0] = m[0][0] * v[0] + m[0][1] * v[1];
    result[1] = m[1][0] * v[0] + m[1][1] * v[1];
}

// 함수 f의 x에서의 기울기: 중심 차분 / the slope of the function f at x: the central difference
double slope(double f(double), double x, double h)
{
    return (f(x + h) - f(x)) / h;
}

// sin(x * x)의 기울기: 연쇄 법칙 / the slope of sin(x * x): the chain rule
double chain(double x)
{
    return cos(x * x) * 2 * x;
}

// float로 계산할 때 오차가 가장 작은 h / the h with the smallest error in float
double best_h = 1e-2;

double parabola(double x)
{
    return 0.01 * x * x + 0.1 * x;
}

// sin의 기울기를 float로 101곳에서 잰 오차 (제곱 평균의 제곱근) / root mean square error of sin's slope in float, at 101 places
double float_error(float h)
{
    double sum = 0;
    for (int i = 0; i <= 100; i++) {
        float x = i * 0.06f, measured = (sinf(x + h) - sinf(x - h)) / (2 * h);
        sum += pow(measured - cos(x), 2);
    }
    return sqrt(sum / 101);
}

int main(void)
{
    double turn[2][2] = {{0, -1}, {1, 0}}, v[2] = {3, 1}, turned[2];
    multiply(turn, v, turned);
    printf("turned: %g %g\n", turned[0], turned[1]);
    printf("slope at 5: %.6f\n", slope(parabola, 5, 1e-4));
    printf("slope at 10: %.6f\n", slope(parabola, 10, 1e-4));
    printf("chain rule at 1: %.6f\n", chain(1));
    for (int digits = 1; digits <= 5; digits++) {
        double h = pow(10, -digits);
        printf("h = %-8g error about %.0e\n", h, pow(10, round(log10(float_error((float)h)))));
    }
    return 0;
}
