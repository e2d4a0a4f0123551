/*
 * sort.h - what sorting shares with selecting.
 */
#ifndef SSI_SRC_CPU_SORT_H
#define SSI_SRC_CPU_SORT_H

#include "cpu/key.h"

/* Sorts n places of a lane by the keys of the elements there, each turned by `flip` (0, or all ones for the order backwards); equals keep their
 * order. a holds the places, ascending; if they are all that the lane has it need not be filled. b is memory for as many. Returns where the places are
 * now, a or b: in the bits ssi_place_bits of each word, below bits of the key. */
uint64_t *ssi_sort_places(const ssi_lane *x, uint64_t flip, uint64_t *a, uint64_t *b, int64_t n);

static inline uint64_t ssi_place_bits(const ssi_lane *x)
{
    return x->n > 1 ? UINT64_MAX >> __builtin_clzll((uint64_t)x->n - 1) : 0;
}

#endif
