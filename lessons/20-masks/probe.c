#include "lesson_array.h"

int keep_greater(const int *a, int n, int limit, int *out);
ssi_tensor *greater_than(ssi_tensor *x, int limit);

/* The learner's selection on one line, with the place behind it, which must stay 777. */
static void keep(const int *a, int n, int limit)
{
    int out[40];
    for (int i = 0; i < 40; i++) {
        out[i] = 777;
    }
    printf("of");
    for (int i = 0; i < n; i++) {
        printf(" %d", a[i]);
    }
    int count = keep_greater(a, n, limit, out);
    printf(", greater than %d = %d:", limit, count);
    for (int i = 0; i < count && i < 40; i++) {
        printf(" %d", out[i]);
    }
    printf(", then %d\n", count >= 0 && count < 40 ? out[count] : -1);
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "list")) {
        int fixed[] = {1, 2, 3, 4, 5};
        keep(fixed, 5, 3);
        keep(fixed, 5, 0);
        keep(fixed, 5, 5);
        keep(fixed, 0, 3);
        for (int round = 0; round < 4; round++) {
            int a[20], n = lesson_integer(5, 20);
            for (int i = 0; i < n; i++) {
                a[i] = lesson_integer(-20, 20);
            }
            keep(a, n, lesson_integer(-10, 10));
        }
    }
    if (lesson_test(argc, argv, "mask")) {
        lesson_array("greater_than([1 2 3 4 5], 3)", greater_than(ssi_array(((int[]){1, 2, 3, 4, 5}), 5), 3));
        lesson_array("greater_than([5 1 4 2], 3)", greater_than(ssi_array(((int[]){5, 1, 4, 2}), 4), 3));
        for (int i = 0; i < 3; i++) {
            ssi_tensor *x = lesson_integers(15, -20, 20);
            int limit = lesson_integer(-10, 10);
            printf("greater_than(%s, %d) = %s\n", lesson_text(x), limit, lesson_text(greater_than(x, limit)));
        }
    }
    return 0;
}
