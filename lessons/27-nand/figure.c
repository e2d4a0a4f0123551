#include "plane.h"

static int nand_gate(double x1, double x2)
{
    return 0.7 - 0.5 * x1 - 0.5 * x2 > 0;
}

int main(int argc, char **argv)
{
    lesson_figures(argc, argv);
    plane_picture("NAND", nand_gate, 0xE, 0.7, -0.5, -0.5);
    return ssi_report();
}
