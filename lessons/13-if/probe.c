#include "lesson.h"

#include <stdbool.h>

extern int prediction;
const char *state(int celsius);
bool comfortable(int celsius);

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "prediction")) {
        printf("prediction = %d\n", prediction);
    }
    if (lesson_test(argc, argv, "water")) {
        int edges[] = {-1, 0, 1, 99, 100, 101};
        for (int i = 0; i < 12; i++) {
            int celsius = i < 6 ? edges[i] : lesson_integer(-273, 400);
            printf("state(%d) = %s\n", celsius, state(celsius));
        }
    }
    if (lesson_test(argc, argv, "comfort")) {
        int edges[] = {17, 18, 26, 27};
        for (int i = 0; i < 12; i++) {
            int celsius = i < 4 ? edges[i] : lesson_integer(-20, 50);
            printf("comfortable(%d) = %d\n", celsius, comfortable(celsius));
        }
    }
    return 0;
}
