#include "lesson_array.h"

ssi_tensor *join(ssi_tensor *a, ssi_tensor *b);
ssi_tensor *plus(ssi_tensor *a, ssi_tensor *b);
void plus_by_hand(const double *a, const double *b, double *sum, int n);

int main(int argc, char **argv)
{
    /* One after the other, not as arguments of one call: C leaves open which argument comes first. */
    if (lesson_test(argc, argv, "join")) {
        ssi_tensor *a = lesson_integers(4, -9, 9), *b = lesson_integers(4, -9, 9);
        lesson_array("join([1 2 3], [4 5])", join(ssi_array(((int[]){1, 2, 3}), 3), ssi_array(((int[]){4, 5}), 2)));
        printf("join(%s, %s) = %s\n", lesson_text(a), lesson_text(b), lesson_text(join(a, b)));
    }
    if (lesson_test(argc, argv, "plus")) {
        ssi_tensor *a = lesson_integers(6, -99, 99), *b = lesson_integers(6, -99, 99);
        lesson_array("plus([1 2 3], [10 20 30])",
                     plus(ssi_array(((int[]){1, 2, 3}), 3), ssi_array(((int[]){10, 20, 30}), 3)));
        printf("plus(%s, %s) = %s\n", lesson_text(a), lesson_text(b), lesson_text(plus(a, b)));
        a = ssi_reshape(a, 2, 3), b = ssi_reshape(b, 2, 3);
        printf("plus(%s, %s) = %s\n", lesson_text(a), lesson_text(b), lesson_text(plus(a, b)));
    }
    if (lesson_test(argc, argv, "hand")) {
        double a[6], b[6], sum[6];
        for (int i = 0; i < 6; i++) {
            a[i] = lesson_integer(-9, 9), b[i] = lesson_integer(-9, 9), sum[i] = 777;
        }
        plus_by_hand(a, b, sum, 5);
        for (int i = 0; i < 6; i++) {
            printf("sum[%d], where a %g, b %g%s = %g\n", i, a[i], b[i],
                   i < 5 ? "" : " (behind the end, to be left alone)", sum[i]);
        }
    }
    return 0;
}
