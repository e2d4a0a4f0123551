#include "lesson.h"

extern int order[9];

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "order")) {
        for (int i = 0; i < 9; i++) {
            printf("order[%d] = %d\n", i, order[i]);
        }
    }
    return 0;
}
