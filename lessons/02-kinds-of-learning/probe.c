#include "lesson.h"

extern int kind[12];

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "kinds")) {
        for (int i = 0; i < 12; i++) {
            printf("kind[%d] = %d\n", i, kind[i]);
        }
    }
    return 0;
}
