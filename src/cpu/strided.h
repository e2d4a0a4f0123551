/*
 * strided.h - elements brought together, and put apart.
 */
#ifndef SSI_SRC_CPU_STRIDED_H
#define SSI_SRC_CPU_STRIDED_H

#include <stddef.h>
#include <stdint.h>

/* n elements of `size` bytes (1, 2, 4 or 8): element i of `to` is i*to_step elements on, likewise of `from`. They do not overlap. */
void ssi_cpu_move(void *to, int64_t to_step, const void *from, int64_t from_step, int64_t n, size_t size);

#endif
