#include <stdio.h>

// AND의 세 수에서 시작해 NAND로 바꾸세요.
// Begin with the three numbers of AND, and make it NAND.
double w1 = 0.5, w2 = 0.5, b = -0.7; // TODO

// y = 1 (b + w1*x1 + w2*x2 > 0), 아니면 0 / otherwise 0
int nand_gate(int x1, int x2)
{
    return b + w1 * x1 + w2 * x2 > 0 ? 1 : 0;
}

// NOT: 0이면 1, 1이면 0. nand_gate만 써서 만드세요.
// NOT: 1 of 0, and 0 of 1. Make it of nand_gate alone.
int not_gate(int x)
{
    (void)x;  // 아직 쓰지 않음 / not used yet
    return 0; // TODO
}

int main(void)
{
    puts("x1 x2 | y\n"
         " 0  0 | 1\n"
         " 0  1 | 1\n"
         " 1  0 | 1\n"
         " 1  1 | 0\n"
         "NOT 0 = 1, NOT 1 = 0");
    return 0;
}
