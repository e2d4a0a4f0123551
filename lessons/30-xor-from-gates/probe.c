#include "lesson.h"

typedef struct {
    double b, w1, w2;
} gate;
extern gate and_gate, or_gate, nand_gate;
void hidden(int a, int b, int *c, int *d);
int xor_network(int a, int b);

/* Whole numbers, so that nothing hangs on rounding. */
static gate any(void)
{
    gate g;
    g.b = lesson_integer(-2, 2);
    g.w1 = lesson_integer(-2, 2);
    g.w2 = lesson_integer(-2, 2);
    return g;
}

static void show(const char *name, gate g)
{
    printf("%s {%g, %g, %g}, ", name, g.b, g.w1, g.w2);
}

int main(int argc, char **argv)
{
    if (lesson_test(argc, argv, "hidden")) {
        for (int i = 0; i < 4; i++) {
            int c = -1, d = -1;
            hidden(i / 2, i % 2, &c, &d);
            printf("A %d, B %d: C and D = %d %d\n", i / 2, i % 2, c, d);
        }
    }
    if (lesson_test(argc, argv, "xor")) {
        for (int i = 0; i < 4; i++) {
            printf("xor_network(%d, %d) = %d\n", i / 2, i % 2, xor_network(i / 2, i % 2));
        }
    }
    if (lesson_test(argc, argv, "wires")) { // with other gates put in, the same wires give other answers
        for (int i = 0; i < 40; i++) {
            and_gate = any(), or_gate = any(), nand_gate = any();
            int a = lesson_integer(0, 1), b = lesson_integer(0, 1), c = -1, d = -1;
            hidden(a, b, &c, &d);
            show("AND", and_gate), show("OR", or_gate), show("NAND", nand_gate);
            printf("C, D and E of (%d, %d) = %d %d %d\n", a, b, c, d, xor_network(a, b));
        }
    }
    return 0;
}
