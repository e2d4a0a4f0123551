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
    puts("layers  at best  by hand      ssi\n"
         "     1  2.5e-01  2.5e-01  2.5e-01\n"
         "     2  6.2e-02  5.9e-02  5.9e-02\n"
         "     3  1.6e-02  1.3e-02  1.3e-02\n"
         "     5  9.8e-04  6.8e-04  6.8e-04\n"
         "    10  9.5e-07  3.9e-07  3.9e-07\n"
         "    20  9.1e-13  1.3e-13  1.3e-13");
    return 0;
}
