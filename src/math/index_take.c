/*
 * index_take.c - elements and rows taken, and replaced, by integer indices.
 */
#include "ops/build.h"
#include "ssi/index.h"

/* The index as i64; NULL with an error if it is of no integers. */
static ssi_tensor *integers(const char *operation, ssi_tensor *index)
{
    if (!ssi_is_integer((ssi_dtype)index->dtype))
        return SSI_FAIL_NULL(SSI_INVALID, operation, "the index is %s\ngive integers; by a mask: ssi_mask",
                             ssi_dtype_name((ssi_dtype)index->dtype));
    return ssi_cast(index, SSI_I64);
}

static ssi_tensor *flat(ssi_tensor *x)
{
    return (ssi_reshape)(x, 1, (const int64_t[]){-1});
}

/* 0 where it overflows: then another axis is of size 0, and there are no elements. */
static int64_t product(const int64_t *shape, int first, int last)
{
    int64_t count = 1;
    for (int i = first; i < last; i++)
        count = shape[i] && count > INT64_MAX / shape[i] ? 0 : count * shape[i];
    return count;
}

/* x's shape with the index's axes in place of one; the rank, or -1 with an error. */
static int taken_shape(const char *operation, const ssi_tensor *x, const ssi_tensor *index, int axis, int64_t *shape)
{
    int rank = x->rank - 1 + index->rank;
    for (int i = 0; i < rank && rank <= SSI_MAX_RANK; i++)
        shape[i] = i < axis                 ? x->shape[i]
                   : i < axis + index->rank ? index->shape[i - axis]
                                            : x->shape[i - index->rank + 1];
    return ssi_shape_is_possible(operation, (ssi_dtype)x->dtype, rank, shape) ? rank : -1;
}

/* Rows, where no axis of more than one element stands before; else elements along it, all lanes by one index. */
ssi_tensor *(ssi_take)(ssi_tensor *x, ssi_tensor *index, int axis)
{
    SSI_CALLED;
    int64_t shape[SSI_MAX_RANK];
    if (!x || !index || !(index = integers("take", index)) || !(x = ssi_strong(x)))
        return NULL;
    if (axis == SSI_ALL_AXES) {
        x = flat(x);
        axis = 0;
    }
    if (!x || (axis = ssi_axis("take", axis, x->rank)) < 0)
        return NULL;
    int rank = taken_shape("take", x, index, axis, shape);
    if (rank < 0)
        return NULL;
    int64_t outer = product(x->shape, 0, axis), n = x->shape[axis], inner = product(x->shape, axis + 1, x->rank);
    ssi_tensor *taken;
    if (outer == 1)
        taken = ssi_gather((ssi_reshape)(x, 2, (const int64_t[]){n, inner}), flat(index));
    else /* all lanes go through the index: it is laid out side by side once */
        taken = ssi_take_along_axis((ssi_reshape)(x, 3, (const int64_t[]){outer, n, inner}),
                                    (ssi_reshape)(ssi_add(index, 0), 3, (const int64_t[]){1, ssi_count(index), 1}), 1);
    return taken ? (ssi_reshape)(taken, rank, shape) : NULL;
}

ssi_tensor *(ssi_set_rows)(ssi_tensor *x, ssi_tensor *index, ssi_tensor *rows)
{
    SSI_CALLED;
    char tr[SSI_SHAPE_TEXT], ts[SSI_SHAPE_TEXT];
    int64_t shape[SSI_MAX_RANK], both[SSI_MAX_RANK];
    if (!x || !index || !rows || !(index = integers("set_rows", index)) || !(x = ssi_strong(x)))
        return NULL;
    if (x->rank == 0)
        return SSI_FAIL_NULL(SSI_INVALID, "set_rows", "x has no axes, and so no rows");
    int rank = taken_shape("set_rows", x, index, 0, shape);
    if (rank < 0 || !(rows = ssi_operand(&ssi_op_set_slice, rows, (ssi_dtype)x->dtype)))
        return NULL;
    if (ssi_shape_broadcast(rank, shape, rows->rank, rows->shape, both) != rank ||
        memcmp(both, shape, sizeof *shape * (size_t)rank))
        return SSI_FAIL_NULL(SSI_INVALID, "set_rows", "rows %s do not broadcast to the rows named %s",
                             ssi_shape_text(rows->rank, rows->shape, tr), ssi_shape_text(rank, shape, ts));
    int64_t n = x->shape[0], inner = product(x->shape, 1, x->rank), m = ssi_count(index);
    rows = (ssi_expand)(ssi_cast(rows, (ssi_dtype)x->dtype), rank, shape);
    ssi_tensor *y = ssi_put_along_axis((ssi_reshape)(x, 2, (const int64_t[]){n, inner}),
                                       (ssi_reshape)(index, 2, (const int64_t[]){m, 1}),
                                       rows ? (ssi_reshape)(rows, 2, (const int64_t[]){m, inner}) : NULL, 0);
    return y ? (ssi_reshape)(y, x->rank, x->shape) : NULL;
}

/* As many of the values as there are indices, from the first again where they are fewer. */
static ssi_tensor *cycled(ssi_tensor *values, int64_t count)
{
    int64_t own = ssi_count(values), turns = own ? (count + own - 1) / own : 0;
    if (!own && count)
        return SSI_FAIL_NULL(SSI_INVALID, "put", "no values for %lld indices", (long long)count);
    values = flat(values);
    if (own < count)
        values = flat((ssi_expand)(values, 2, (const int64_t[]){turns, own}));
    return ssi_slice(values, 1, &(ssi_range){0, count, 1});
}

ssi_tensor *(ssi_put)(ssi_tensor *x, ssi_tensor *index, ssi_tensor *values)
{
    SSI_CALLED;
    if (!x || !index || !values || !(index = integers("put", index)) || !(x = ssi_strong(x)) ||
        !(values = ssi_operand(&ssi_op_set_slice, values, (ssi_dtype)x->dtype)))
        return NULL;
    values = ssi_cast(values, (ssi_dtype)x->dtype);
    values = values ? cycled(values, ssi_count(index)) : NULL;
    return ssi_put_along_axis(x, flat(index), values, SSI_ALL_AXES);
}

/* ---- several indices, each along an axis ---- */

/* The index counted from the front, checked against an axis of n. */
static ssi_tensor *from_front(ssi_tensor *index, int64_t n)
{
    if (!index)
        return NULL;
    index = ssi_where(ssi_less(index, 0), ssi_add(index, n), index);
    return ssi_label(ssi_check_range(index, n), "index (from the front)");
}

/* The index into the first `count` axes of x, flattened. */
static ssi_tensor *flat_index(const char *operation, const ssi_tensor *x, int count, ssi_tensor *const *index)
{
    if (count < 1 || count > x->rank)
        return SSI_FAIL_NULL(SSI_INVALID, operation, "%d indices for a tensor with %d axes", count, x->rank);
    ssi_tensor *place = NULL;
    for (int i = 0; i < count; i++) {
        ssi_tensor *along = index[i] ? from_front(integers(operation, index[i]), x->shape[i]) : NULL;
        place = i ? ssi_add(ssi_mul(place, x->shape[i]), along) : along;
        if (!place)
            return NULL;
    }
    return ssi_strong(place);
}

/* x with its first `count` axes as one. */
static ssi_tensor *joined(ssi_tensor *x, int count)
{
    int64_t shape[SSI_MAX_RANK] = {product(x->shape, 0, count)};
    for (int i = count; i < x->rank; i++)
        shape[i - count + 1] = x->shape[i];
    return (ssi_reshape)(x, x->rank - count + 1, shape);
}

ssi_tensor *(ssi_index)(ssi_tensor *x, int count, ssi_tensor *const *index)
{
    SSI_CALLED;
    x = ssi_strong(x);
    ssi_tensor *place = x ? flat_index("index", x, count, index) : NULL;
    return place ? ssi_take(joined(x, count), place, 0) : NULL;
}

ssi_tensor *(ssi_set_index)(ssi_tensor *x, ssi_tensor *values, int count, ssi_tensor *const *index)
{
    SSI_CALLED;
    x = ssi_strong(x);
    ssi_tensor *place = x && values ? flat_index("set_index", x, count, index) : NULL;
    ssi_tensor *y = place ? ssi_set_rows(joined(x, count), place, values) : NULL;
    return y ? (ssi_reshape)(y, x->rank, x->shape) : NULL;
}
