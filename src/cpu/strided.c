/*
 * strided.c - elements moved between places some way apart.
 */
#include "cpu/strided.h"

#include <string.h>

#include "cpu/isa.h"

#define MOVE(type) ROLLED for (int64_t i = 0; i < n; i++)((type *)to)[i * to_step] = ((const type *)from)[i * from_step]

void ssi_cpu_move(void *to, int64_t to_step, const void *from, int64_t from_step, int64_t n, size_t size)
{
    if (to_step == 1 && from_step == 1)
        memcpy(to, from, (size_t)n * size);
    else if (size == 8)
        MOVE(uint64_t);
    else if (size == 4)
        MOVE(uint32_t);
    else if (size == 2)
        MOVE(uint16_t);
    else
        MOVE(uint8_t);
}
