#include "lesson.h"

#include <ssi/ssi.h>

enum { APPLE, APPLES, ORANGE, ORANGES, TAX, INPUTS };
void mul_backward(double x, double y, double dz, double *dx, double *dy);
void add_backward(double dz, double *dx, double *dy);
double forward(const double v[INPUTS]);
void backward(const double v[INPUTS], double d[INPUTS]);

static const char *const names[INPUTS] = {"apple", "apples", "orange", "oranges", "tax"};

/* How much dearer it gets when one input grows a little, per unit. */
static void nudge(void)
{
    double v[INPUTS] = {100, 2, 150, 3, 1.1};
    for (int i = 0; i < INPUTS; i++) {
        double h = i == TAX ? 0.01 : 1, old = v[i], before = forward(v);
        v[i] += h;
        printf("%-7s from %g to %g: %g - %g = %g\n", names[i], old, v[i], forward(v), before, forward(v) - before);
        v[i] = old;
    }
}

/* The library's own drawing of its graph. */
static void library_graph(void)
{
    ssi_tensor *apple = ssi_label(ssi_number(100), "apple"), *apples = ssi_label(ssi_number(2), "apples");
    ssi_tensor *orange = ssi_label(ssi_number(150), "orange"), *oranges = ssi_label(ssi_number(3), "oranges");
    ssi_tensor *tax = ssi_label(ssi_number(1.1), "tax");
    ssi_tensor *sum = ssi_label(ssi_add(ssi_mul(apple, apples), ssi_mul(orange, oranges)), "sum");
    char text[2000];
    ssi_graph_text(ssi_label(ssi_mul(sum, tax), "price"), text, sizeof(text), .gradients = 1);
    printf("%s", text);
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "mul")) {
        for (int i = 0; i < 8; i++) {
            int x = lesson_integer(-9, 9), y = lesson_integer(-9, 9), dz = lesson_integer(2, 9);
            double dx = 0, dy = 0;
            mul_backward(x, y, dz, &dx, &dy);
            printf("x = %d, y = %d, dz = %d: dx and dy = %g %g\n", x, y, dz, dx, dy);
        }
    }
    if (lesson_test(argc, argv, "add")) {
        for (int i = 0; i < 4; i++) {
            int dz = lesson_integer(2, 9);
            double dx = 0, dy = 0;
            add_backward(dz, &dx, &dy);
            printf("dz = %d: dx and dy = %g %g\n", dz, dx, dy);
        }
    }
    if (lesson_test(argc, argv, "backward")) {
        for (int i = 0; i < 4; i++) {
            double v[INPUTS], d[INPUTS] = {0};
            v[APPLE] = lesson_integer(2, 40) * 10;
            v[APPLES] = lesson_integer(2, 9);
            v[ORANGE] = lesson_integer(2, 40) * 10;
            v[ORANGES] = lesson_integer(2, 9);
            v[TAX] = lesson_integer(2, 9);
            backward(v, d);
            for (int k = 0; k < INPUTS; k++) {
                printf("%g*%g + %g*%g, times %g: gradient of %s = %.17g\n", v[0], v[1], v[2], v[3], v[4], names[k],
                       d[k]);
            }
        }
    }
    if (lesson_test(argc, argv, "nudge")) {
        nudge();
    }
    if (lesson_test(argc, argv, "graph")) {
        library_graph();
    }
    if (lesson_test(argc, argv, "values")) {
        const double v[INPUTS] = {100, 2, 150, 3, 1.1};
        double d[INPUTS];
        backward(v, d);
        printf("tax = %g\nprice = %g\nd_sum = %g\nd_apple = %g\nd_orange = %g\n", v[TAX], forward(v), v[TAX], d[APPLE],
               d[ORANGE]);
    }
    return 0;
}
