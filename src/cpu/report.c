/*
 * report.c - which instruction sets there are, for people: ssi/base.h's ssi_cpu.
 */
#include "run/backend.h"

const char *ssi_cpu(void)
{
    return ssi_backend_cpu()->name;
}

const char *ssi_cpu_choice(int i)
{
    const ssi_backend *const *all = ssi_backends();
    for (int k = 0; all[k] != NULL; k++) {
        if (k == i) {
            return all[k]->name;
        }
    }
    return NULL;
}
