#include "lesson.h"

typedef struct {
    int w1, w2, b;
} perceptron;
int fire(perceptron p, int x1, int x2), learn(perceptron *p, int x1, int x2, int target);
int train(perceptron *p, const int target[4], int limit);

static perceptron any(int largest)
{
    perceptron p;
    p.w1 = lesson_integer(-largest, largest);
    p.w2 = lesson_integer(-largest, largest);
    p.b = lesson_integer(-largest, largest);
    return p;
}

/* One step each, from perceptrons and inputs of all kinds. */
static void single_steps(void)
{
    for (int i = 0; i < 20; i++) {
        perceptron p = any(5), before = p;
        int x1 = lesson_integer(-3, 3), x2 = lesson_integer(-3, 3), target = lesson_integer(0, 1);
        int answer = fire(p, x1, x2), wrong = learn(&p, x1, x2, target);
        printf("(%d, %d, %d) at (%d, %d) says %d, target %d: (w1, w2, b) and wrong = %d %d %d %d\n", before.w1,
               before.w2, before.b, x1, x2, answer, target, p.w1, p.w2, p.b, wrong);
    }
}

/* Whole trainings of functions that can be learnt, from anywhere. */
static void trainings(void)
{
    for (int i = 0; i < 12; i++) {
        perceptron teacher = any(3), p = any(6), before = p;
        int target[4];
        for (int k = 0; k < 4; k++) {
            target[k] = fire(teacher, k % 2, k / 2);
        }
        int passes = train(&p, target, 1000);
        printf("%d%d%d%d from (%d, %d, %d): passes and (w1, w2, b) = %d %d %d %d\n", target[0], target[1], target[2],
               target[3], before.w1, before.w2, before.b, passes, p.w1, p.w2, p.b);
    }
}

/* Every mistake on the way to a gate, for the text. */
static void trace(const int target[4], int limit)
{
    perceptron p = {0, 0, 0};
    printf("pass (x1, x2) says target | w1 w2  b\n");
    for (int pass = 1; pass <= limit; pass++) {
        for (int i = 0; i < 4; i++) {
            int answer = fire(p, i % 2, i / 2);
            if (learn(&p, i % 2, i / 2, target[i])) {
                printf("%4d  (%d, %d) %4d %6d | %2d %2d %2d\n", pass, i % 2, i / 2, answer, target[i], p.w1, p.w2, p.b);
            }
        }
    }
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "steps")) {
        single_steps();
    }
    if (lesson_test(argc, argv, "train")) {
        trainings();
    }
    if (lesson_test(argc, argv, "impossible")) {
        perceptron p = {0, 0, 0};
        printf("train(XOR, 1000) = %d\n", train(&p, (const int[]){0, 1, 1, 0}, 1000));
    }
    if (lesson_test(argc, argv, "and")) {
        trace((const int[]){0, 0, 0, 1}, 6);
    }
    if (lesson_test(argc, argv, "xor")) {
        trace((const int[]){0, 1, 1, 0}, 4);
    }
    return 0;
}
