#include "lesson.h"

extern int kind[12];
int mistakes(int threshold);

int main(int argc, char **argv)
{
    static const char *const names[] = {"UNKNOWN", "AI", "ML", "DL"};
    if (lesson_test(argc, argv, "kinds")) {
        for (int i = 0; i < 12; i++) {
            printf("kind[%d] = %s\n", i, kind[i] >= 0 && kind[i] <= 3 ? names[kind[i]] : "?");
        }
    }
    if (lesson_test(argc, argv, "values")) {
        printf("byhand = %d\nlearnt = %d\n", mistakes(25), mistakes(20));
    }
    return 0;
}
