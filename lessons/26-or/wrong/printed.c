#include <stdio.h>

// 가중치는 AND 때 그대로입니다. 편향만 바꿔 보세요.
// The weights are those of AND. Change the bias alone.
double w1 = 0.5, w2 = 0.5, b = -0.7; // TODO

// y = 1 (b + w1*x1 + w2*x2 > 0), 아니면 0 / otherwise 0
int or_gate(int x1, int x2)
{
    (void)x1, (void)x2; // 아직 쓰지 않음 / not used yet
    return 0;           // TODO
}

int main(void)
{
    puts("x1 x2 | y\n"
         " 0  0 | 0\n"
         " 0  1 | 1\n"
         " 1  0 | 1\n"
         " 1  1 | 1");
    return 0;
}
