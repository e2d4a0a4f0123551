#include <math.h>
#include <ssi/ssi.h>
#include <stdio.h>

double sigmoid(double x)
{
    return 1 / (1 + exp(-x));
}

// 시그모이드의 기울기: s가 sigmoid(x)이면 s * (1 - s)
// The slope of the sigmoid: s * (1 - s), where s is sigmoid(x)
double sigmoid_slope(double x)
{
    return 0 * x; // TODO
}

// 시그모이드를 n번 지난 값의, x에 대한 기울기: 지나는 곳마다의 기울기를 곱합니다
// The slope, by x, of what has passed through n sigmoids: the product of the slopes on the way
double chain(double x, int n)
{
    return 0 * x * n; // TODO
}

// 같은 것을 라이브러리로 / The same by the library
double by_ssi(double start, int n)
{
    ssi_tensor *x = ssi_array(&start, 1), *y = x;
    for (int i = 0; i < n; i++) {
        y = ssi_sigmoid(y);
    }
    return ssi_item(ssi_grad(y, x));
}

int main(void)
{
    const int depths[] = {1, 2, 3, 5, 10, 20};
    printf("layers  at best  by hand      ssi\n");
    for (int i = 0; i < 6; i++) {
        int n = depths[i];
        printf("%6d  %.1e  %.1e  %.1e\n", n, pow(0.25, n), chain(0, n), by_ssi(0, n));
    }
    return ssi_report();
}
