#include <stdio.h>

// 퍼셉트론의 가중치와 편향. 세 수를 찾으세요.
// The perceptron's weights and bias. Find the three numbers.
double w1 = 1 / 2, w2 = 1 / 2, b = -0.7;

// y = 1 (b + w1*x1 + w2*x2 > 0), 아니면 0 / otherwise 0
int and_gate(int x1, int x2)
{
    return b + w1 * x1 + w2 * x2 > 0 ? 1 : 0;
}

int main(void)
{
    printf("x1 x2 | y\n");
    for (int x1 = 0; x1 <= 1; x1++) {
        for (int x2 = 0; x2 <= 1; x2++) {
            printf("%2d %2d | %d\n", x1, x2, and_gate(x1, x2));
        }
    }
    return 0;
}
