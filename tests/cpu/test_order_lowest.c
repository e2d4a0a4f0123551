/*
 * The tests of test_order.c once more, on the lowest instruction set: what it sorts otherwise than the best one does is tried there.
 */
#define _GNU_SOURCE
#include "test_order.c"

__attribute__((constructor)) static void choose_the_lowest_set(void)
{
    const ssi_backend *const *all = ssi_backends();
    while (all[1])
        all++;
    setenv("SSI_CPU", all[0]->name, 1);
}
