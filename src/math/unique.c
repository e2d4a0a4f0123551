/*
 * unique.c - distinct values. Sorted, equals stand together; a mask says where one begins, and the rest is composed, so that gradients flow.
 */
#include "ssi/index.h"
#include "ssi/order.h"

#include "ops/build.h"

/* Whether a distinct element begins with element i of the sorted x (n): NaN does not differ from NaN. */
static ssi_tensor *begins(ssi_tensor *sorted, int64_t n)
{
    if (n == 0)
        return (ssi_zeros)(SSI_BOOL, 1, &n);
    ssi_tensor *before = ssi_slice(sorted, 1, &(ssi_range){0, -1, 1});
    ssi_tensor *differs = ssi_not_equal(ssi_slice(sorted, 1, &(ssi_range){1, SSI_END, 1}), before);
    ssi_tensor *parts[] = {(ssi_ones)(SSI_BOOL, 1, (const int64_t[]){1}),
                           ssi_logical_and(differs, ssi_equal(before, before))};
    return ssi_concatenate(2, parts, 0);
}

/* How long it is from each place to the next, the last one to n. */
static ssi_tensor *lengths(ssi_tensor *place, int64_t n)
{
    if (ssi_size(place) == 0)
        return place;
    ssi_tensor *end = (ssi_full)(SSI_I64, 1, (const int64_t[]){1}, ssi_number_int(n));
    ssi_tensor *next[] = {ssi_slice(place, 1, &(ssi_range){1, SSI_END, 1}), end};
    return ssi_sub(ssi_concatenate(2, next, 0), place);
}

/* For each element of x, how many distinct ones begin up to it in the sorted order, less one. */
static ssi_tensor *numbering(const ssi_tensor *x, ssi_tensor *begin, ssi_tensor *order)
{
    ssi_tensor *number = ssi_sub(ssi_cumsum(begin, 0), 1);
    return (ssi_reshape)(ssi_put_along_axis(order, order, number, 0), x->rank, x->shape);
}

ssi_tensor *ssi_unique_all(ssi_tensor *x, ssi_tensor **index, ssi_tensor **inverse, ssi_tensor **counts)
{
    ssi_tensor *order = NULL, *place = NULL, **wanted[] = {index, inverse, counts};
    for (int i = 0; i < 3; i++)
        if (wanted[i])
            *wanted[i] = NULL;
    if (!x)
        return NULL;
    int64_t n = ssi_count(x);
    ssi_tensor *flat = (ssi_reshape)(x, 1, &n);
    if (index || inverse)
        order = ssi_argsort(flat, 0);
    ssi_tensor *sorted = order ? ssi_take_along_axis(flat, order, 0) : ssi_sort(flat, 0);
    ssi_tensor *begin = begins(sorted, n);
    if (index || counts)
        place = ssi_flatnonzero(begin);
    if (index)
        *index = ssi_take_along_axis(order, place, 0);
    if (inverse)
        *inverse = begin && order ? numbering(x, begin, order) : NULL;
    if (counts)
        *counts = place ? lengths(place, n) : NULL;
    return ssi_masked(sorted, begin);
}

ssi_tensor *(ssi_unique)(ssi_tensor *x)
{
    return ssi_unique_all(x, NULL, NULL, NULL);
}
