/*
 * turn.c - rolling, flipping, turning.
 */
#include "math/part.h"

/* ---- roll ---- */

/* The last `shift` elements of the axis come first; 0 <= shift < n. */
static ssi_tensor *roll_one(ssi_tensor *x, int64_t shift, int axis)
{
    if (shift == 0 || !x)
        return x;
    int64_t cut = x->shape[axis] - shift;
    return ssi_concatenate(2, (ssi_tensor *[]){ssi_part(x, axis, cut, SSI_END), ssi_part(x, axis, 0, cut)}, axis);
}

/* a mod n in [0, n); of an empty axis 0. */
static int64_t wrapped(int64_t a, int64_t n)
{
    if (n == 0)
        return 0;
    return a % n < 0 ? a % n + n : a % n;
}

ssi_tensor *ssi_roll_axes(ssi_tensor *x, int count, const int64_t *shifts, const int *axes)
{
    int64_t total[SSI_MAX_RANK] = {0};
    if (!x)
        return NULL;
    for (int i = 0; i < count; i++) {
        int axis = ssi_axis("roll", axes[i], x->rank);
        if (axis < 0)
            return NULL;
        int64_t n = x->shape[axis];
        total[axis] = wrapped(total[axis] + wrapped(shifts[i], n), n);
    }
    ssi_tensor *y = x;
    for (int axis = 0; axis < x->rank; axis++)
        y = roll_one(y, total[axis], axis);
    return y;
}

ssi_tensor *(ssi_roll)(ssi_tensor *x, int64_t shift, int axis)
{
    if (!x || axis != SSI_ALL_AXES)
        return ssi_roll_axes(x, 1, &shift, &axis);
    return (ssi_reshape)(ssi_roll_axes(ssi_ravel(x), 1, &shift, (const int[]){0}), x->rank, x->shape);
}

/* ---- flip ---- */

ssi_tensor *ssi_flip_axes(ssi_tensor *x, int count, const int *axes)
{
    uint32_t seen = 0;
    if (!x)
        return NULL;
    int flips = count ? count : x->rank;
    for (int i = 0; i < flips && x; i++) {
        int axis = count ? ssi_axis("flip", axes[i], x->rank) : i;
        if (axis < 0)
            return NULL;
        if (seen >> axis & 1)
            return SSI_FAIL_NULL(SSI_INVALID, "flip", "axis %d is named twice\nname every axis once", axis);
        seen |= 1u << axis;
        x = ssi_flip(x, axis);
    }
    return x;
}

ssi_tensor *ssi_fliplr(ssi_tensor *x)
{
    if (x && x->rank < 2)
        return SSI_FAIL_NULL(SSI_INVALID, "fliplr", "a tensor with %d axes\nit needs at least two", x->rank);
    return ssi_flip(x, 1);
}

ssi_tensor *ssi_flipud(ssi_tensor *x)
{
    if (x && x->rank < 1)
        return SSI_FAIL_NULL(SSI_INVALID, "flipud", "a tensor of no axes\nit needs at least one");
    return ssi_flip(x, 0);
}

/* A quarter is an exchange of the axes and a flip. */
ssi_tensor *(ssi_rot90)(ssi_tensor *x, int times, int from, int to)
{
    if (!x)
        return NULL;
    if (x->rank < 2)
        return SSI_FAIL_NULL(SSI_INVALID, "rot90", "a tensor with %d axes\nit needs at least two", x->rank);
    if ((from = ssi_axis("rot90", from, x->rank)) < 0 || (to = ssi_axis("rot90", to, x->rank)) < 0)
        return NULL;
    if (from == to)
        return SSI_FAIL_NULL(SSI_INVALID, "rot90", "axis %d is named twice\nname two axes", from);
    switch (wrapped(times, 4)) {
    case 1:
        return ssi_swapaxes(ssi_flip(x, to), from, to);
    case 2:
        return ssi_flip(ssi_flip(x, from), to);
    case 3:
        return ssi_flip(ssi_swapaxes(x, from, to), to);
    default:
        return x;
    }
}
