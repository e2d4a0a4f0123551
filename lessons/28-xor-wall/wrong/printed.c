#include <stdio.h>

// 함수 f의 답. f를 이진수로 쓰면 진리표의 답 네 개입니다: AND는 0001
// The answer of function f. In binary, f is the four answers of its truth table: AND is 0001
int answer(int f, int x1, int x2)
{
    return f >> (3 - 2 * x1 - x2) & 1;
}

// 이 퍼셉트론이 네 입력 모두에서 f와 똑같이 답하는가?
// Does this perceptron answer as f does at all four inputs?
int same(int f, int w1, int w2, int b)
{
    for (int i = 0; i < 4; i++) {
        int x1 = i / 2, x2 = i % 2;
        if ((b + w1 * x1 + w2 * x2 > 0) != answer(f, x1, x2)) {
            return 0;
        }
    }
    return 1;
}

// w1, w2, b를 모두 -largest부터 largest까지 시험합니다. 하나라도 f와 같으면 1, 아니면 0
// Tries all w1, w2, b from -largest to largest: 1 if any of them is the same as f, else 0
int separable(int f, int largest)
{
    (void)largest;           // 아직 쓰지 않음 / not used yet
    return same(f, 1, 1, 0); // TODO
}

// 증명: XOR의 조건 1: q >= 0, 2: w2 > q, 3: w1 > q, 4: w1 + w2 <= q
// 어느 세 조건에서 q < 0이 나오고(used), 그것은 어느 조건과 어긋날까요(against)?
// The proof: from which three conditions follows q < 0 (used), and which one does that contradict (against)?
int used[3] = {0, 0, 0}, against = 0; // TODO

int main(void)
{
    puts("00 01 10 11 | perceptron?\n"
         " 0  0  0  0 | yes \n"
         " 0  0  0  1 | yes AND\n"
         " 0  0  1  0 | yes \n"
         " 0  0  1  1 | yes \n"
         " 0  1  0  0 | yes \n"
         " 0  1  0  1 | yes \n"
         " 0  1  1  0 | no  XOR\n"
         " 0  1  1  1 | yes OR\n"
         " 1  0  0  0 | yes NOR\n"
         " 1  0  0  1 | no  XNOR\n"
         " 1  0  1  0 | yes \n"
         " 1  0  1  1 | yes \n"
         " 1  1  0  0 | yes \n"
         " 1  1  0  1 | yes \n"
         " 1  1  1  0 | yes NAND\n"
         " 1  1  1  1 | yes \n"
         "14 of 16");
    return 0;
}
