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
    for (int w1 = -largest; w1 <= largest; w1++) {
        for (int w2 = -largest; w2 <= largest; w2++) {
            for (int b = -largest; b <= largest; b++) {
                if (same(f, w1, w2, b)) {
                    return 1;
                }
            }
        }
    }
    return 0;
}

// 증명: XOR의 조건 1: q >= 0, 2: w2 > q, 3: w1 > q, 4: w1 + w2 <= q
// 어느 세 조건에서 q < 0이 나오고(used), 그것은 어느 조건과 어긋날까요(against)?
// The proof: from which three conditions follows q < 0 (used), and which one does that contradict (against)?
int used[3] = {2, 3, 4}, against = 1;

int main(void)
{
    const char *names[16] = {[1] = "AND", [6] = "XOR", [7] = "OR", [8] = "NOR", [9] = "XNOR", [14] = "NAND"};
    int count = 0;
    printf("00 01 10 11 | perceptron?\n");
    for (int f = 0; f < 16; f++) {
        int found = separable(f, 3);
        printf("%2d %2d %2d %2d | %-3s %s\n", answer(f, 0, 0), answer(f, 0, 1), answer(f, 1, 0), answer(f, 1, 1),
               found ? "yes" : "no", names[f] ? names[f] : "");
        count += found;
    }
    printf("%d of 16\n", count);
    return 0;
}
