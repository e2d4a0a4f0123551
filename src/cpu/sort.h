/*
 * sort.h - what sorting shares with selecting.
 */
#ifndef SSI_SRC_CPU_SORT_H
#define SSI_SRC_CPU_SORT_H

#include "cpu/key.h"

/* Sorts n places of a lane by the keys of the elements there, each turned by `flip` (0, or all ones for the order backwards); equals keep their
 * order. a holds the places, ascending, in the low 32 bits of its words; if they are all that the lane has it need not be filled. b is memory for as
 * many. Returns where the places are now, in the low 32 bits of each word: a or b. */
uint64_t *ssi_sort_places(const ssi_lane *x, uint64_t flip, uint64_t *a, uint64_t *b, int64_t n);

#endif
