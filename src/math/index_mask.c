/*
 * index_mask.c - what a mask selects, and where elements are not 0.
 *
 * How many there are is a value, so these read: they compute the mask, not what it selects from. That is gathered when somebody wants it.
 */
#include "ops/build.h"
#include "ssi/index.h"

/* ---- reading a mask ---- */

/* The bytes of x's truth, in C order; false on failure. */
static bool read_mask(ssi_tensor *x, const uint8_t **mask)
{
    x = ssi_truth(ssi_strong(x));
    *mask = ssi_data(x);
    return *mask || (x && ssi_count(x) == 0);
}

/* Writes first + i for every true mask[i], and up to one more. No branch hangs on the mask: a random one would be guessed wrong every other time. */
static void write_places(const uint8_t *mask, int64_t first, int64_t n, int64_t *place)
{
    int64_t i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t sum = ssi_eight_true(mask + i) * 0x0101010101010101, before = sum << 8; /* running sums, a byte each */
        int64_t at = first + i;
        place[before & 15] = at;
        place[before >> 8 & 15] = at + 1;
        place[before >> 16 & 15] = at + 2;
        place[before >> 24 & 15] = at + 3;
        place[before >> 32 & 15] = at + 4;
        place[before >> 40 & 15] = at + 5;
        place[before >> 48 & 15] = at + 6;
        place[before >> 56] = at + 7;
        place += sum >> 56;
    }
    for (; i < n; i++) {
        *place = first + i;
        place += mask[i] != 0;
    }
}

/* A vector of the places where the mask is true. */
static ssi_tensor *places_of(const uint8_t *mask, int64_t n)
{
    int64_t count = ssi_count_true(mask, n);
    ssi_buffer *buffer = ssi_buffer_new((size_t)(count + 1) * sizeof(int64_t));
    if (!buffer)
        return NULL;
    write_places(mask, 0, n, buffer->data);
    return ssi_leaf(SSI_I64, 1, &count, buffer, 0, NULL);
}

ssi_tensor *ssi_flatnonzero(ssi_tensor *x)
{
    const uint8_t *mask;
    return read_mask(x, &mask) ? places_of(mask, ssi_count(x)) : NULL;
}

/* ---- coordinates ---- */

/* The indices of `place` (ascending) along the axes, axis by axis: (rank, count). Rows are counted up to, so nothing is divided. */
static void unravel(int rank, const int64_t *shape, const int64_t *place, int64_t count, int64_t *out)
{
    int64_t index[SSI_MAX_RANK] = {0}, n = shape[rank - 1], end = n;
    for (int64_t i = 0; i < count; i++) {
        for (; place[i] >= end; end += n)
            ssi_next_index(rank - 1, shape, index);
        for (int axis = 0; axis < rank - 1; axis++)
            out[axis * count + i] = index[axis];
        out[(rank - 1) * count + i] = place[i] - (end - n);
    }
}

/* (rank, n): the columns of argwhere as rows. */
static ssi_tensor *coordinates(ssi_tensor *x)
{
    ssi_tensor *place = ssi_flatnonzero(x);
    if (!place)
        return NULL;
    int64_t count = place->shape[0];
    ssi_buffer *buffer = ssi_buffer_new((size_t)x->rank * (size_t)count * sizeof(int64_t));
    if (!buffer)
        return NULL;
    if (x->rank && count)
        unravel(x->rank, x->shape, place->buffer->data, count, buffer->data);
    return ssi_leaf(SSI_I64, 2, (const int64_t[]){x->rank, count}, buffer, 0, NULL);
}

ssi_tensor *ssi_argwhere(ssi_tensor *x)
{
    return ssi_transpose(coordinates(x));
}

int ssi_nonzero(ssi_tensor *x, ssi_tensor **index)
{
    if (x && x->rank == 0)
        return ssi_fail(SSI_INVALID, "nonzero", "x has no axes, and so no indices\nuse ssi_item");
    ssi_tensor *all = coordinates(x);
    bool whole = all != NULL;
    for (int i = 0; x && i < x->rank; i++) {
        ssi_tensor *row = all ? ssi_slice(all, 1, &(ssi_range){i, i + 1, 1}) : NULL;
        index[i] = row ? (ssi_reshape)(row, 1, (const int64_t[]){-1}) : NULL;
        whole = whole && index[i];
    }
    for (int i = 0; x && i < x->rank && !whole; i++)
        index[i] = NULL;
    return whole ? SSI_OK : ssi_error_peek() ? ssi_error_peek()->code : SSI_INVALID;
}

/* ---- what a mask selects ---- */

/* Whether the mask's shape is that of x's first axes. */
static bool mask_fits(const char *operation, const ssi_tensor *x, const ssi_tensor *mask)
{
    char tx[SSI_SHAPE_TEXT], tm[SSI_SHAPE_TEXT];
    if (mask->rank <= x->rank && ssi_same_shape(mask, mask->rank, x->shape))
        return true;
    return ssi_fail(SSI_INVALID, operation,
                    "the mask does not fit: x %s, mask %s\nits shape must be that of x's first axes",
                    ssi_shape_text(x->rank, x->shape, tx), ssi_shape_text(mask->rank, mask->shape, tm)) == SSI_OK;
}

ssi_tensor *(ssi_mask)(ssi_tensor *x, ssi_tensor *mask)
{
    int64_t shape[SSI_MAX_RANK];
    if (!x || !mask || !(x = ssi_strong(x)) || !mask_fits("mask", x, mask))
        return NULL;
    if (mask->rank == x->rank)
        return ssi_masked(x, mask);
    int rank = x->rank - mask->rank + 1;
    if (rank > SSI_MAX_RANK)
        return SSI_FAIL_NULL(SSI_INVALID, "mask", "%d axes; a tensor has 0 to %d", rank, SSI_MAX_RANK);
    memcpy(shape + 1, x->shape + mask->rank, (size_t)(rank - 1) * sizeof *shape);
    shape[0] = ssi_count(mask);
    ssi_tensor *place = ssi_flatnonzero(mask);
    return place ? ssi_take((ssi_reshape)(x, rank, shape), place, 0) : NULL;
}

ssi_tensor *(ssi_compress)(ssi_tensor *x, ssi_tensor *mask, int axis)
{
    if (!x || !mask || !(x = ssi_strong(x)))
        return NULL;
    int64_t n = axis == SSI_ALL_AXES ? ssi_count(x) : 0;
    if (axis != SSI_ALL_AXES) {
        if ((axis = ssi_axis("compress", axis, x->rank)) < 0)
            return NULL;
        n = x->shape[axis];
    }
    if (mask->rank != 1)
        return SSI_FAIL_NULL(SSI_INVALID, "compress", "the mask has %d axes, not one\nssi_mask takes more", mask->rank);
    if (mask->shape[0] > n)
        return SSI_FAIL_NULL(SSI_INVALID, "compress", "a mask of %lld for an axis of %lld", (long long)mask->shape[0],
                             (long long)n);
    if ((axis == SSI_ALL_AXES || x->rank == 1) && mask->shape[0] == n)
        return ssi_masked((ssi_reshape)(x, 1, &n), mask);
    ssi_tensor *place = ssi_flatnonzero(mask);
    return place ? ssi_take(x, place, axis) : NULL;
}

ssi_tensor *(ssi_set_mask)(ssi_tensor *x, ssi_tensor *mask, ssi_tensor *value)
{
    char tx[SSI_SHAPE_TEXT], tv[SSI_SHAPE_TEXT];
    int64_t shape[SSI_MAX_RANK], both[SSI_MAX_RANK];
    if (!x || !mask || !value || !(x = ssi_strong(x)) || !mask_fits("set_mask", x, mask) ||
        !(value = ssi_operand(&ssi_op_set_slice, value, (ssi_dtype)x->dtype)))
        return NULL;
    if (ssi_shape_broadcast(x->rank, x->shape, value->rank, value->shape, both) != x->rank ||
        memcmp(both, x->shape, x->rank * sizeof *both) != 0)
        return SSI_FAIL_NULL(SSI_INVALID, "set_mask", "a value %s does not broadcast to x %s",
                             ssi_shape_text(value->rank, value->shape, tv), ssi_shape_text(x->rank, x->shape, tx));
    for (int i = 0; i < x->rank; i++)
        shape[i] = i < mask->rank ? mask->shape[i] : 1;
    ssi_tensor *where = (ssi_reshape)(ssi_truth(ssi_strong(mask)), x->rank, shape);
    return ssi_cast(ssi_where(where, value, x), (ssi_dtype)x->dtype);
}
