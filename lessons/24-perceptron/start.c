#include <stdio.h>

// 문턱 형태: w1*x1 + w2*x2가 theta보다 크면 1, 아니면 0
// Threshold form: 1 if w1*x1 + w2*x2 is greater than theta, otherwise 0
int by_threshold(int w1, int w2, int theta, int x1, int x2)
{
    (void)w1, (void)w2, (void)theta, (void)x1, (void)x2; // TODO
    return -3;
}

// 문턱 theta와 같은 일을 하는 편향 b / the bias b that does what the threshold theta does
int bias_of(int theta)
{
    (void)theta; // TODO
    return 0;
}

// 편향 형태: b + w1*x1 + w2*x2가 0보다 크면 1, 아니면 0 / bias form
int by_bias(int w1, int w2, int b, int x1, int x2)
{
    (void)w1, (void)w2, (void)b, (void)x1, (void)x2; // TODO
    return -2;
}

// 경계선이 x1에서 지나는 높이를 *x2에 넣고 1. 세로선이면 넣지 않고 0
// Puts the height of the border line at x1 into *x2 and returns 1; of a vertical line only returns 0
int line_at(double w1, double w2, double b, double x1, double *x2)
{
    (void)w1, (void)w2, (void)b, (void)x1, (void)x2; // TODO
    return 0;
}

int main(void)
{
    int agree = 0, all = 0;
    for (int theta = -3; theta <= 3; theta++) {
        for (int x1 = -3; x1 <= 3; x1++) {
            for (int x2 = -3; x2 <= 3; x2++) {
                agree += by_threshold(2, 1, theta, x1, x2) == by_bias(2, 1, bias_of(theta), x1, x2);
                all++;
            }
        }
    }
    printf("%d of %d agree\n", agree, all);

    double x2 = 0;
    for (int x1 = 0; x1 <= 2; x1++) {
        line_at(2, 4, -4, x1, &x2);
        printf("x1 = %d: x2 = %g\n", x1, x2);
    }
    printf("w2 = 0: %s\n", line_at(2, 0, -1, 1, &x2) ? "a height" : "vertical");
    return 0;
}
