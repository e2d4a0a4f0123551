#include "lesson_array.h"

extern int legal[6];
int together(int n, int m);
ssi_tensor *add_to_rows(ssi_tensor *a, ssi_tensor *v);

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "legal")) {
        const char *pairs[] = {"(2,3)+(3)", "(2,3)+(2)", "(2,3)+(2,1)", "(4,1)+(3)", "(3)+(2)", "(60000,784)+(784)"};
        for (int i = 0; i < 6; i++) {
            printf("legal[%d], %s = %d\n", i, pairs[i], legal[i]);
        }
    }
    if (lesson_test(argc, argv, "together")) {
        int pairs[][2] = {{3, 3}, {3, 1}, {1, 3}, {1, 1}, {3, 2}, {2, 3}, {784, 10}, {0, 1}, {1, 0}, {2, 4}};
        for (int i = 0; i < 10; i++) {
            printf("together(%d, %d) = %d\n", pairs[i][0], pairs[i][1], together(pairs[i][0], pairs[i][1]));
        }
        for (int i = 0; i < 8; i++) {
            int n = lesson_integer(1, 4), m = lesson_integer(1, 4);
            printf("together(%d, %d) = %d\n", n, m, together(n, m));
        }
    }
    if (lesson_test(argc, argv, "rows")) {
        int shapes[][2] = {{2, 2}, {3, 3}, {2, 3}, {4, 2}, {1, 5}};
        for (int i = 0; i < 5; i++) {
            int n = shapes[i][0], m = shapes[i][1];
            ssi_tensor *a = ssi_reshape(lesson_integers(n * m, 0, 9), n, m);
            ssi_tensor *v = ssi_mul(lesson_integers(n, 1, 9), 10);
            printf("add_to_rows(%s, %s) = %s\n", lesson_text(a), lesson_text(v), lesson_text(add_to_rows(a, v)));
        }
    }
    return 0;
}
