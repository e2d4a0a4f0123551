#include "lesson_array.h"

int can_multiply(int a_rows, int a_columns, int b_rows, int b_columns);
void product(const int *a, const int *b, int *c, int n, int k, int m);

enum { MOST = 6 };

/* The learner's product of matrices drawn from the seed. Room is left behind each, so that wrong places hold something harmless. */
static void multiply(int n, int k, int m)
{
    int a[MOST * MOST * 4], b[MOST * MOST * 4], c[MOST * MOST * 4];
    for (int i = 0; i < MOST * MOST * 4; i++) {
        a[i] = lesson_integer(-9, 9), b[i] = lesson_integer(-9, 9), c[i] = -7777;
    }
    product(a, b, c, n, k, m);
    ssi_tensor *A = ssi_array(a, n, k), *B = ssi_array(b, k, m), *C = ssi_array(c, n, m);
    printf("%s times %s = %s\n", lesson_text(A), lesson_text(B), lesson_text(C));
    printf("what stands behind C, to be left alone = %d\n", c[n * m]);
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "shapes")) {
        int shapes[][4] = {{2, 2, 2, 2}, {3, 2, 2, 4},      {2, 4, 3, 2},
                           {2, 3, 2, 3}, {1, 784, 784, 50}, {50, 784, 1, 784}};
        for (int i = 0; i < 6; i++) {
            int *s = shapes[i];
            printf("(%d,%d) times (%d,%d) = %d\n", s[0], s[1], s[2], s[3], can_multiply(s[0], s[1], s[2], s[3]));
        }
        for (int i = 0; i < 8; i++) {
            int s[4];
            for (int j = 0; j < 4; j++) {
                s[j] = lesson_integer(1, 3);
            }
            printf("(%d,%d) times (%d,%d) = %d\n", s[0], s[1], s[2], s[3], can_multiply(s[0], s[1], s[2], s[3]));
        }
    }
    if (lesson_test(argc, argv, "square")) {
        int a[16] = {1, 2, 3, 4}, b[16] = {5, 6, 7, 8}, c[16] = {0};
        product(a, b, c, 2, 2, 2);
        for (int i = 0; i < 4; i++) {
            printf("[[1 2][3 4]] times [[5 6][7 8]], row %d, column %d = %d\n", i / 2 + 1, i % 2 + 1, c[i]);
        }
    }
    if (lesson_test(argc, argv, "product")) {
        multiply(2, 2, 2);
        multiply(3, 2, 4);
        multiply(1, 5, 3);
        multiply(lesson_integer(1, MOST), 3, 2);
    }
    return 0;
}
