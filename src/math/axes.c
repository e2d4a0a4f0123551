/*
 * axes.c - axes come, go and change places; no element moves.
 */
#include "math/part.h"

ssi_tensor *(ssi_ravel)(ssi_tensor *x)
{
    return x ? (ssi_reshape)(x, 1, (int64_t[]){ssi_count(x)}) : NULL;
}

/* The axes listed as a set of bits; false with an error when there is no such axis, or one is named twice. */
static bool axis_set(const char *operation, int rank, int count, const int *axes, uint32_t *set)
{
    *set = 0;
    for (int i = 0; i < count; i++) {
        int axis = ssi_axis(operation, axes[i], rank);
        if (axis < 0)
            return false;
        if (*set >> axis & 1)
            return ssi_fail(SSI_INVALID, operation, "axis %d is named twice\nname every axis once", axis) == 0;
        *set |= 1u << axis;
    }
    return true;
}

ssi_tensor *ssi_squeeze_axes(ssi_tensor *x, int count, const int *axes)
{
    uint32_t gone;
    if (!x || !axis_set("squeeze", x->rank, count, axes, &gone))
        return NULL;
    int64_t shape[SSI_MAX_RANK];
    int rank = 0;
    for (int i = 0; i < x->rank; i++) {
        bool go = count ? gone >> i & 1 : x->shape[i] == 1;
        if (go && x->shape[i] != 1)
            return SSI_FAIL_NULL(SSI_INVALID, "squeeze", "axis %d has %lld elements, not one", i,
                                 (long long)x->shape[i]);
        if (!go)
            shape[rank++] = x->shape[i];
    }
    return (ssi_reshape)(x, rank, shape);
}

ssi_tensor *ssi_expand_dims_axes(ssi_tensor *x, int count, const int *axes)
{
    uint32_t added;
    if (!x)
        return NULL;
    if (count < 0 || count > SSI_MAX_RANK - x->rank)
        return SSI_FAIL_NULL(SSI_INVALID, "expand_dims", "%d axes are the most there can be", SSI_MAX_RANK);
    if (!axis_set("expand_dims", x->rank + count, count, axes, &added))
        return NULL;
    int64_t shape[SSI_MAX_RANK];
    for (int i = 0, from = 0; i < x->rank + count; i++)
        shape[i] = added >> i & 1 ? 1 : x->shape[from++];
    return (ssi_reshape)(x, x->rank + count, shape);
}

/* Axes not named keep their order in the places that are left. */
ssi_tensor *ssi_moveaxis_axes(ssi_tensor *x, int count, const int *source, const int *destination)
{
    uint32_t moved, taken;
    if (!x || !axis_set("moveaxis", x->rank, count, source, &moved) ||
        !axis_set("moveaxis", x->rank, count, destination, &taken))
        return NULL;
    int64_t order[SSI_MAX_RANK];
    for (int i = 0; i < count; i++)
        order[ssi_axis("moveaxis", destination[i], x->rank)] = ssi_axis("moveaxis", source[i], x->rank);
    for (int to = 0, from = 0; to < x->rank; to++) {
        if (taken >> to & 1)
            continue;
        while (moved >> from & 1)
            from++;
        order[to] = from++;
    }
    return (ssi_permute)(x, x->rank, order);
}

ssi_tensor *(ssi_moveaxis)(ssi_tensor *x, int source, int destination)
{
    return ssi_moveaxis_axes(x, 1, &source, &destination);
}

ssi_tensor *(ssi_swapaxes)(ssi_tensor *x, int a, int b)
{
    if (!x || (a = ssi_axis("swapaxes", a, x->rank)) < 0 || (b = ssi_axis("swapaxes", b, x->rank)) < 0)
        return NULL;
    int64_t order[SSI_MAX_RANK];
    for (int i = 0; i < x->rank; i++)
        order[i] = i == a ? b : i == b ? a : i;
    return (ssi_permute)(x, x->rank, order);
}

ssi_tensor *ssi_atleast_1d(ssi_tensor *x)
{
    return x && x->rank == 0 ? ssi_ravel(x) : x;
}

ssi_tensor *ssi_atleast_2d(ssi_tensor *x)
{
    return x && x->rank < 2 ? ssi_reshape(x, 1, ssi_count(x)) : x;
}

ssi_tensor *ssi_atleast_3d(ssi_tensor *x)
{
    if (x && x->rank < 2)
        return ssi_reshape(x, 1, ssi_count(x), 1);
    return x && x->rank == 2 ? ssi_expand_dims(x, 2) : x;
}
