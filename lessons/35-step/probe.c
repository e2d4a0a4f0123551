#include "lesson_array.h"

double step(double x);
ssi_tensor *step_all(ssi_tensor *x);

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "one")) {
        const double at[] = {-5, -0.5, 0, 0.5, 5};
        for (int i = 0; i < 5; i++) {
            printf("step(%g) = %g\n", at[i], step(at[i]));
        }
    }
    if (lesson_test(argc, argv, "edge")) { // the smallest double above 0, and below
        printf("step(smallest above 0) = %g\nstep(largest below 0) = %g\n", step(5e-324), step(-5e-324));
    }
    if (lesson_test(argc, argv, "all")) {
        lesson_array("step_all of [-1 1 2 0]", step_all(ssi_array(((double[]){-1, 1, 2, 0}), 4)));
        for (int i = 0; i < 4; i++) {
            lesson_array("step_all of whole numbers", step_all(ssi_cast(lesson_integers(8, -3, 3), SSI_F64)));
        }
        lesson_array("step_all of a matrix", step_all(ssi_reshape(ssi_cast(lesson_integers(6, -3, 3), SSI_F64), 2, 3)));
    }
    if (lesson_test(argc, argv, "count")) {
        ssi_tensor *x = ssi_arange(SSI_F64, -5, 5, 0.1);
        printf("%d points, of which %g are 1\n", (int)ssi_size(x), ssi_item(ssi_sum(step_all(x))));
    }
    if (lesson_test(argc, argv, "values")) {
        printf("low = -0.1\nhigh = 1.1\npace = 0.1\n");
    }
    return 0;
}
