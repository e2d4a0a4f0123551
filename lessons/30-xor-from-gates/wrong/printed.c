#include <stdio.h>

// 게이트는 수 세 개입니다 / A gate is three numbers
typedef struct {
    double b, w1, w2;
} gate;

gate and_gate = {-0.7, 0.5, 0.5};
gate or_gate = {-0.2, 0.5, 0.5};
gate nand_gate = {0.7, -0.5, -0.5};

int fire(gate g, int x1, int x2)
{
    return g.b + g.w1 * x1 + g.w2 * x2 > 0 ? 1 : 0;
}

// 은닉층: C = NAND(A, B), D = OR(A, B). c와 d가 가리키는 곳에 적습니다
// The hidden layer: C = NAND(A, B), D = OR(A, B), written to where c and d point
void hidden(int a, int b, int *c, int *d)
{
    *c = 0, *d = 0;   // TODO
    (void)a, (void)b; // 아직 쓰지 않음 / not used yet
}

// 출력층: E = AND(C, D) / The output layer: E = AND(C, D)
int xor_network(int a, int b)
{
    return fire(and_gate, a, b); // TODO
}

int main(void)
{
    puts("A B | C D | E\n"
         "0 0 | 1 0 | 0\n"
         "0 1 | 1 1 | 1\n"
         "1 0 | 1 1 | 1\n"
         "1 1 | 0 1 | 0");
    return 0;
}
