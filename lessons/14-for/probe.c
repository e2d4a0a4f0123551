#include "lesson.h"

int total(const int *numbers, int count);
int halvings(int n);

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "total")) {
        /* What stands behind the numbers counts in thousands, so that a step too far is seen. */
        int numbers[] = {5, 7, 9, 4000, 4000};
        printf("total of 5 = %d\n", total(numbers, 1));
        printf("total of 5 7 = %d\n", total(numbers, 2));
        printf("total of 5 7 9 = %d\n", total(numbers, 3));
        printf("total of nothing = %d\n", total(numbers, 0));
        int more[101];
        for (int i = 0; i < 101; i++) {
            more[i] = i < 100 ? lesson_integer(-9, 9) : 4000;
        }
        printf("total of 100 numbers = %d\n", total(more, 100));
        printf("total of the first 37 of them = %d\n", total(more, 37));
    }
    if (lesson_test(argc, argv, "halvings")) {
        int first[] = {1, 2, 3, 4, 7, 8, 1000};
        for (int i = 0; i < 12; i++) {
            int n = i < 7 ? first[i] : lesson_integer(1, 1000000);
            printf("halvings(%d) = %d\n", n, halvings(n));
        }
    }
    if (lesson_test(argc, argv, "values")) {
        printf("halvings = %d\n", halvings(784));
    }
    return 0;
}
