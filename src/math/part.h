/*
 * part.h - what the files that rearrange share: parts of an axis, elements by place, and how functions of several results end.
 */
#ifndef SSI_SRC_MATH_PART_H
#define SSI_SRC_MATH_PART_H

#include "ops/build.h"
#include "ssi/arrange.h"

/* x[start : stop] along an axis in [0, rank), 0 <= start <= stop. */
static inline ssi_tensor *ssi_part(ssi_tensor *x, int axis, int64_t start, int64_t stop)
{
    ssi_range range[SSI_MAX_RANK];
    for (int i = 0; i < axis; i++)
        range[i] = (ssi_range){0, SSI_END, 1};
    range[axis] = (ssi_range){start, stop, 1};
    return ssi_slice(x, axis + 1, range);
}

/* A tensor of `count` places, i64 (count), for ssi_take; the caller fills it before anything else is called: *place is where. NULL when memory runs
 * out. (arrange.c) */
ssi_tensor *ssi_places(int64_t count, int64_t **place);

/* The axis in [0, rank) of *x, which is flattened first for SSI_ALL_AXES; negative with an error that names the operation. (arrange.c) */
int ssi_axis_or_flat(const char *operation, ssi_tensor **x, int axis);

/* Hands over `count` results: all of them, or none and the error's code. (arrange.c) */
int ssi_hand_over(int count, ssi_tensor *const *made, ssi_tensor **out);

#endif
