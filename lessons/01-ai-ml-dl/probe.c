#include "lesson.h"

extern int kind[12];
int mistakes(int threshold);

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "kinds")) {
        for (int i = 0; i < 12; i++) {
            printf("kind[%d] = %d\n", i, kind[i]);
        }
    }
    if (lesson_test(argc, argv, "values")) {
        printf("byhand = %d\nlearnt = %d\n", mistakes(25), mistakes(20));
    }
    return 0;
}
