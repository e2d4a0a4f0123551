#include <stdio.h>

typedef struct {
    int w1, w2, b;
} perceptron;

int fire(perceptron p, int x1, int x2)
{
    return p.b + p.w1 * x1 + p.w2 * x2 > 0 ? 1 : 0;
}

// 예제 하나로 배웁니다: 오차 = 정답 - 답. 틀렸으면 1, 맞았으면 0을 돌려줍니다
// Learns from one example: error = target - answer. Returns 1 if it was wrong, else 0
int learn(perceptron *p, int x1, int x2, int target)
{
    int error = target - fire(*p, x1, x2);
    p->w1 += error * x1;
    p->w2 += error * x2;
    p->b += error;
    return error != 0;
}

// 네 예제를 돌고 또 돕니다. 하나도 틀리지 않은 바퀴의 번호를, limit바퀴 안에 없으면 0을 돌려줍니다
// Goes round and round the four examples. Returns the number of the first pass without a mistake, or 0 if there is none within the limit
int train(perceptron *p, const int target[4], int limit)
{
    for (int pass = 1, mistakes = 0; pass <= limit; pass++) {
        for (int i = 0; i < 4; i++) { // (0, 0), (1, 0), (0, 1), (1, 1)
            mistakes += learn(p, i % 2, i / 2, target[i]);
        }
        if (mistakes == 0) {
            return pass;
        }
    }
    return 0;
}

int main(void)
{
    const char *names[] = {"AND", "OR", "NAND", "XOR"};
    const int targets[4][4] = {{0, 0, 0, 1}, {0, 1, 1, 1}, {1, 1, 1, 0}, {0, 1, 1, 0}};
    for (int g = 0; g < 4; g++) {
        perceptron p = {0, 0, 0};
        int passes = train(&p, targets[g], 1000);
        if (passes > 0) {
            printf("%-4s after pass %d: w1 = %2d, w2 = %2d, b = %2d\n", names[g], passes, p.w1, p.w2, p.b);
        } else {
            printf("%-4s not within 1000 passes\n", names[g]);
        }
    }
    return 0;
}
