#include <stdio.h>

// AND의 세 수에서 시작해 NAND로 바꾸세요.
// Begin with the three numbers of AND, and make it NAND.
double w1 = -0.5, w2 = -0.5, b = -0.7;

// y = 1 (b + w1*x1 + w2*x2 > 0), 아니면 0 / otherwise 0
int nand_gate(int x1, int x2)
{
    return b + w1 * x1 + w2 * x2 > 0 ? 1 : 0;
}

// NOT: 0이면 1, 1이면 0. nand_gate만 써서 만드세요.
// NOT: 1 of 0, and 0 of 1. Make it of nand_gate alone.
int not_gate(int x)
{
    return nand_gate(x, x);
}

int main(void)
{
    printf("x1 x2 | y\n");
    for (int x1 = 0; x1 <= 1; x1++) {
        for (int x2 = 0; x2 <= 1; x2++) {
            printf("%2d %2d | %d\n", x1, x2, nand_gate(x1, x2));
        }
    }
    printf("NOT 0 = %d, NOT 1 = %d\n", not_gate(0), not_gate(1));
    return 0;
}
