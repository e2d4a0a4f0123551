#include "lesson.h"

int slice(const int *a, int start, int stop, int *out);
const int *element(const int *a, int n, int index);

static void show_slice(const int *a, int start, int stop)
{
    int out[32];
    for (int i = 0; i < 32; i++) {
        out[i] = -1;
    }
    int count = slice(a, start, stop, out + 8);
    printf("a[%d:%d] has %d:", start, stop, count);
    for (int i = 0; i < stop - start; i++) {
        printf(" %d", out[8 + i]);
    }
    printf(", behind it = %d\n", out[8 + stop - start]);
}

static void show_element(const int *a, int n, int index)
{
    const int *where = element(a, n, index);
    printf("n = %d, a[%d] is ", n, index);
    where == NULL ? printf("= outside\n") : printf("at = %d\n", (int)(where - a));
}

int main(int argc, char **argv)
{
    int a[12];
    lesson_test(argc, argv, "");
    for (int i = 0; i < 12; i++) {
        a[i] = 10 * i + lesson_integer(0, 9);
    }
    if (lesson_test(argc, argv, "slice")) {
        show_slice(a, 0, 3);
        show_slice(a, 2, 5);
        show_slice(a, 4, 4);
        for (int i = 0; i < 4; i++) {
            int start = lesson_integer(0, 6);
            show_slice(a, start, start + lesson_integer(1, 4));
        }
    }
    if (lesson_test(argc, argv, "element")) {
        static const int indices[] = {0, 2, 7, -1, -8, 8, -9};
        for (int i = 0; i < 7; i++) {
            show_element(a, 8, indices[i]);
        }
        for (int i = 0; i < 6; i++) {
            int n = lesson_integer(4, 8), index = lesson_integer(-12, 11);
            show_element(a, n, index);
        }
    }
    return 0;
}
