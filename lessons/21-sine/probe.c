#include "lesson_array.h"

ssi_tensor *points(int rate);
int peak(ssi_tensor *y);

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "points")) {
        int rates[] = {6, 12, 60, 600, 3, 1, 0};
        rates[6] = 24 << lesson_integer(0, 3);
        for (int i = 0; i < 7; i++) {
            ssi_tensor *x = points(rates[i]);
            printf("points(%d): how many = %d\n", rates[i], (int)ssi_size(x));
            printf("points(%d): the first = %.6g\n", rates[i], ssi_item(ssi_at(x, "0")));
            printf("points(%d): the last = %.6g\n", rates[i], ssi_item(ssi_at(x, "-1")));
            ssi_error_take(NULL);
        }
    }
    if (lesson_test(argc, argv, "peak")) {
        printf("peak([1 7 3]) = %d\n", peak(ssi_array(((double[]){1, 7, 3}), 3)));
        printf("peak([-5 -2 -9 -2]) = %d\n", peak(ssi_array(((double[]){-5, -2, -9, -2}), 4)));
        for (int i = 0; i < 4; i++) {
            ssi_tensor *y = lesson_integers(12, -99, 99);
            printf("peak(%s) = %d\n", lesson_text(y), peak(y));
        }
    }
    if (lesson_test(argc, argv, "values")) {
        ssi_tensor *y = ssi_sin(ssi_arange(SSI_F64, 0, 6, 0.1));
        printf("last = %.1f\nlargest = %.6f\nat = %.1f\nhalfpi = %.4f\n", 0.1 * 59, ssi_item(ssi_max(y)),
               0.1 * ssi_item(ssi_argmax(y, 0)), acos(0));
    }
    return 0;
}
