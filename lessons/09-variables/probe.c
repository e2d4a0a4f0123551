#include "lesson.h"

extern int left, right;
void swap(void);
int total_days(int weeks, int days);

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "swap")) {
        for (int i = 0; i < 4; i++) {
            int a = lesson_integer(10, 49), b = lesson_integer(50, 99);
            left = a, right = b;
            swap();
            printf("swap of (%d, %d) = (%d, %d)\n", a, b, left, right);
        }
    }
    if (lesson_test(argc, argv, "days")) {
        printf("total_days(0, 5) = %d\ntotal_days(2, 0) = %d\n", total_days(0, 5), total_days(2, 0));
        for (int i = 0; i < 4; i++) {
            int weeks = lesson_integer(3, 50), days = lesson_integer(1, 6);
            printf("total_days(%d, %d) = %d\n", weeks, days, total_days(weeks, days));
        }
    }
    return 0;
}
