#include "lesson.h"

extern int shape[5][2];

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "shapes")) {
        for (int i = 0; i < 5; i++) {
            printf("shape[%d] = {%d, %d}\n", i, shape[i][0], shape[i][1]);
        }
    }
    return 0;
}
