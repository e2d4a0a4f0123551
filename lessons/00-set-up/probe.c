#include "lesson.h"

int seconds(int minutes);

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "seconds")) {
        printf("seconds(0) = %d\nseconds(1) = %d\n", seconds(0), seconds(1));
        for (int i = 0; i < 5; i++) {
            int minutes = lesson_integer(2, 500);
            printf("seconds(%d) = %d\n", minutes, seconds(minutes));
        }
    }
    return 0;
}
