#include <stdio.h>

double w1 = 0.5, w2 = 0.5, b = -0.7;

int and_gate(int x1, int x2)
{
    return x1 == 1 && x2 == 1;
}

int main(void)
{
    printf("x1 x2 | y\n 0  0 | 0\n 0  1 | 0\n 1  0 | 0\n 1  1 | 1\n");
    return 0;
}
