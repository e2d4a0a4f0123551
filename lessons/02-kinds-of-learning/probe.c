#include "lesson.h"

extern int kind[12];

int main(int argc, char **argv)
{
    static const char *const names[] = {"UNKNOWN", "SUPERVISED", "UNSUPERVISED", "REINFORCEMENT"};
    if (lesson_test(argc, argv, "kinds")) {
        for (int i = 0; i < 12; i++) {
            printf("kind[%d] = %s\n", i, kind[i] >= 0 && kind[i] <= 3 ? names[kind[i]] : "?");
        }
    }
    return 0;
}
