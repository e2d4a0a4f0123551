/*
 * lanes.c - an axis brought into the middle of three, and back.
 */
#include "ops/lanes.h"

bool ssi_lanes_along(const char *operation, const ssi_tensor *x, int axis, ssi_lanes *l)
{
    if (axis == SSI_ALL_AXES) {
        int64_t count = ssi_count(x);
        *l = (ssi_lanes){.rank = 1, .lanes = {1, count, 1}, .shape = {count}};
        return true;
    }
    l->axis = ssi_axis(operation, axis, x->rank);
    l->rank = x->rank;
    l->lanes[0] = l->lanes[2] = 1;
    for (int i = 0; i < x->rank; i++) {
        l->shape[i] = x->shape[i];
        if (i != l->axis)
            l->lanes[i < l->axis ? 0 : 2] *= x->shape[i];
        else
            l->lanes[1] = x->shape[i];
    }
    return l->axis >= 0;
}

ssi_tensor *ssi_build_lanes(const ssi_op *op, const ssi_lanes *l, ssi_dtype dtype, int64_t n, int inputs,
                            ssi_tensor *const *input, int attributes, const int64_t *attribute)
{
    int64_t lanes[] = {l->lanes[0], n, l->lanes[2]}, shape[SSI_MAX_RANK];
    memcpy(shape, l->shape, sizeof shape);
    shape[l->axis] = n;
    if (!ssi_shape_is_possible(op->name, dtype, l->rank, shape))
        return NULL;
    return (ssi_reshape)(ssi_node(&(ssi_node_spec){.op = op,
                                                   .dtype = dtype,
                                                   .rank = 3,
                                                   .shape = lanes,
                                                   .inputs = inputs,
                                                   .input = input,
                                                   .attributes = attributes,
                                                   .attribute = attribute}),
                         l->rank, shape);
}

ssi_tensor *ssi_build_along(const ssi_op *op, ssi_tensor *x, int axis, ssi_dtype dtype)
{
    ssi_lanes l;
    if (!x || !ssi_lanes_along(op->name, x, axis, &l))
        return NULL;
    ssi_tensor *input = (ssi_reshape)(ssi_strong(x), 3, l.lanes);
    return ssi_build_lanes(op, &l, dtype, l.lanes[1], 1, &input, 0, NULL);
}
