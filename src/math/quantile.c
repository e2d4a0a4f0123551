/*
 * quantile.c - medians, quantiles, percentiles.
 *
 * Only the elements of the ranks that are asked for are looked for, not an order of all, unless there are many. Where NaN are passed over, each row
 * has its own number of elements and so its own ranks, which are tensors; NaN come last in the order.
 */
#include <math.h>

#include "ssi/math.h"
#include "ssi/order.h"

#include "ops/build.h"

enum { MANY = 2 }; /* quantiles: of more of them sorting costs less */

/* ---- the axes made one ---- */

/* x with one axis to take quantiles along, n elements long, and the shape of one result for each. */
typedef struct rows {
    ssi_tensor *x, *sorted; /* sorted: NULL unless many ranks are wanted */
    int axis, rank;
    int64_t n, shape[SSI_MAX_RANK];
} rows;

static bool find_rows(const char *name, ssi_tensor *x, int count, const int *axes, int keepdims, rows *r)
{
    bool reduced[SSI_MAX_RANK] = {false};
    int64_t order[SSI_MAX_RANK], joined[SSI_MAX_RANK + 1];
    int kept = 0, last = 0;
    *r = (rows){.x = x, .n = 1};
    for (int i = 0; i < count; i++) {
        int axis = ssi_axis(name, axes[i], x->rank);
        if (axis < 0)
            return false;
        if (reduced[axis])
            return ssi_fail(SSI_INVALID, name, "axis %d is named twice\nname every axis once", axes[i]) == 0;
        reduced[r->axis = axis] = true;
    }
    for (int i = 0; i < x->rank; i++) {
        reduced[i] = reduced[i] || count == 0;
        r->n *= reduced[i] ? x->shape[i] : 1;
        if (!reduced[i] || keepdims)
            r->shape[r->rank++] = reduced[i] ? 1 : x->shape[i];
        if (!reduced[i]) {
            joined[kept] = x->shape[i];
            order[kept++] = i;
        }
    }
    if (count == 1)
        return true;
    for (int i = 0; i < x->rank; i++)
        if (reduced[i])
            order[kept + last++] = i;
    joined[kept] = r->n;
    r->axis = kept;
    r->x = (ssi_reshape)((ssi_permute)(x, x->rank, order), kept + 1, joined);
    return r->x != NULL;
}

static ssi_tensor *as_result(const rows *r, ssi_tensor *y)
{
    return (ssi_reshape)(y, r->rank, r->shape);
}

/* Element `at` along the axis. */
static ssi_tensor *element(const rows *r, ssi_tensor *x, int64_t at)
{
    ssi_range range[SSI_MAX_RANK] = {{0}};
    for (int i = 0; i < r->axis; i++)
        range[i].stop = SSI_END;
    range[r->axis] = (ssi_range){at, at + 1, 1};
    return as_result(r, ssi_slice(x, r->axis + 1, range));
}

/* The elements of ranks k and, if there are two, k + 1. */
static void elements_of_rank(const rows *r, int64_t k, bool two, ssi_tensor **a, ssi_tensor **b)
{
    ssi_tensor *found = r->sorted;
    if (!found) {
        found = ssi_take_along_axis(r->x, ssi_argranks(r->x, r->axis, k, two ? 2 : 1, 0), r->axis);
        k = 0;
    }
    *a = element(r, found, k);
    *b = two ? element(r, found, k + 1) : NULL;
}

/* y, but NaN where there is one in x. */
static ssi_tensor *unless_nan(const rows *r, ssi_tensor *y)
{
    if (!ssi_is_float(ssi_dtype_of(r->x)))
        return y;
    ssi_tensor *largest = ssi_detach(as_result(r, ssi_max_axes(r->x, 1, &r->axis, 1)));
    return ssi_where(ssi_not_equal(largest, largest), largest, y);
}

/* ---- dtypes ---- */

/* What means are taken in. */
static ssi_tensor *wide(ssi_tensor *x)
{
    ssi_dtype dtype = ssi_dtype_of(x);
    bool narrow = dtype == SSI_F16 || dtype == SSI_BF16;
    return ssi_cast(x, narrow ? SSI_F32 : ssi_is_float(dtype) ? dtype : SSI_F64);
}

static ssi_dtype result_dtype(const ssi_tensor *x)
{
    return ssi_is_float(ssi_dtype_of(x)) ? ssi_dtype_of(x) : SSI_F64;
}

static ssi_tensor *all_nan(const rows *r)
{
    return (ssi_full)(result_dtype(r->x), r->rank, r->shape, ssi_number(NAN));
}

/* ---- medians ---- */

ssi_tensor *ssi_median_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    rows r;
    ssi_tensor *a, *b;
    if (!x || !find_rows("median", x, count, axes, keepdims, &r))
        return NULL;
    if (r.n == 0)
        return all_nan(&r);
    bool even = r.n % 2 == 0;
    elements_of_rank(&r, (r.n - 1) / 2, even, &a, &b);
    ssi_tensor *y = even ? ssi_div(ssi_add(wide(a), wide(b)), 2) : wide(a);
    return unless_nan(&r, ssi_cast(y, result_dtype(x)));
}

/* ---- quantiles ---- */

/* Rank (n-1)q between two elements: the lower one's, and how far from it to the next. */
static double lower_rank(ssi_quantile_method method, double rank, double *part)
{
    double low = floor(rank);
    *part = 0;
    switch (method) {
    case SSI_QUANTILE_LOWER:
        return low;
    case SSI_QUANTILE_HIGHER:
        return ceil(rank);
    case SSI_QUANTILE_NEAREST:
        return rint(rank);
    case SSI_QUANTILE_MIDPOINT:
        *part = rank > low ? 0.5 : 0;
        return low;
    default:
        *part = rank - low;
        return low;
    }
}

static bool chooses(ssi_quantile_method method)
{
    return method == SSI_QUANTILE_LOWER || method == SSI_QUANTILE_HIGHER || method == SSI_QUANTILE_NEAREST;
}

/* From a to b, from the nearer end, as NumPy does: so that it never lies beyond. */
static ssi_tensor *between(ssi_tensor *a, ssi_tensor *b, double part)
{
    a = ssi_cast(a, SSI_F64);
    b = ssi_cast(b, SSI_F64);
    ssi_tensor *way = ssi_sub(b, a);
    return part < 0.5 ? ssi_add(a, ssi_mul(way, part)) : ssi_sub(b, ssi_mul(way, 1 - part));
}

static ssi_tensor *quantile(const rows *r, double q, ssi_quantile_method method)
{
    double part;
    ssi_tensor *a, *b;
    int64_t k = (int64_t)lower_rank(method, (double)(r->n - 1) * q, &part);
    elements_of_rank(r, k, part > 0, &a, &b);
    ssi_tensor *y = part > 0 ? between(a, b, part) : a;
    return unless_nan(r, chooses(method) ? y : ssi_cast(y, result_dtype(r->x)));
}

/* ---- of what is not NaN: ranks are f64 tensors ---- */

/* How many are not NaN, with the axis as size 1. */
static ssi_tensor *count_numbers(const rows *r)
{
    return ssi_cast(ssi_sum_axes(ssi_cast(ssi_equal(r->x, r->x), SSI_I64), 1, &r->axis, 1), SSI_F64);
}

/* A part of each row's order, from a rank on that is the row's own, or all of it. */
typedef struct ranked {
    const rows *r;
    ssi_tensor *elements, *first; /* NULL: from 0 */
} ranked;

/* In which there are the element of rank `low` and the next. */
static ranked ranked_from(const rows *r, ssi_tensor *low)
{
    if (r->sorted)
        return (ranked){r, r->sorted, NULL};
    int64_t count = r->n < 2 ? r->n : 2;
    ssi_tensor *first = ssi_cast(ssi_clip(low, 0, r->n - count), SSI_I64);
    return (ranked){r, ssi_take_along_axis(r->x, ssi_argranks_from(r->x, first, r->axis, count), r->axis), first};
}

static ssi_tensor *of_rank(const ranked *part, ssi_tensor *rank)
{
    ssi_tensor *place = ssi_cast(ssi_maximum(rank, 0), SSI_I64);
    place = part->first ? ssi_sub(place, part->first) : place;
    return as_result(part->r, ssi_take_along_axis(part->elements, place, part->r->axis));
}

/* As `quantile`, with a rank for each row. Where all is NaN the first of the sorted is, and is the result. */
static ssi_tensor *nanquantile(const rows *r, double q, ssi_quantile_method method)
{
    ssi_tensor *last = ssi_sub(count_numbers(r), 1), *rank = ssi_mul(last, q), *low = ssi_floor(rank);
    ranked both = ranked_from(r, low);
    if (method == SSI_QUANTILE_LOWER)
        return of_rank(&both, low);
    if (method == SSI_QUANTILE_NEAREST)
        return of_rank(&both, ssi_rint(rank));
    ssi_tensor *high = ssi_minimum(ssi_add(low, 1), last), *part = ssi_sub(rank, low);
    if (method == SSI_QUANTILE_HIGHER)
        return of_rank(&both, ssi_where(ssi_equal(part, 0), low, high));
    if (method == SSI_QUANTILE_MIDPOINT)
        part = ssi_where(ssi_equal(part, 0), 0, (ssi_full)(SSI_F64, 0, NULL, ssi_number(0.5)));
    part = as_result(r, part);
    ssi_tensor *a = ssi_cast(of_rank(&both, low), SSI_F64), *b = ssi_cast(of_rank(&both, high), SSI_F64),
               *way = ssi_sub(b, a);
    ssi_tensor *y =
        ssi_where(ssi_less(part, 0.5), ssi_add(a, ssi_mul(way, part)), ssi_sub(b, ssi_mul(way, ssi_sub(1, part))));
    return ssi_cast(ssi_where(ssi_equal(part, 0), a, y), result_dtype(r->x));
}

ssi_tensor *ssi_nanmedian_axes(ssi_tensor *x, int count, const int *axes, int keepdims)
{
    SSI_CALLED;
    rows r;
    if (!x || !ssi_is_float(ssi_dtype_of(x)))
        return ssi_median_axes(x, count, axes, keepdims);
    if (!find_rows("nanmedian", x, count, axes, keepdims, &r))
        return NULL;
    if (r.n == 0)
        return all_nan(&r);
    ssi_tensor *middle = ssi_mul(ssi_sub(count_numbers(&r), 1), 0.5), *low = ssi_floor(middle);
    ranked both = ranked_from(&r, low);
    ssi_tensor *a = wide(of_rank(&both, low)), *b = wide(of_rank(&both, ssi_sub(ssi_mul(middle, 2), low)));
    ssi_tensor *same = as_result(&r, ssi_equal(low, middle));
    return ssi_cast(ssi_where(same, a, ssi_div(ssi_add(a, b), 2)), result_dtype(x));
}

/* ---- all kinds of quantiles ---- */

typedef struct question {
    const char *name;
    double whole; /* 1, or 100 percent */
    bool skip_nan;
    ssi_quantile_method method;
} question;

static bool quantiles_are_valid(const question *ask, int qs, const double *q)
{
    if (qs < 0 || (qs && !q) || ask->method < SSI_QUANTILE_LINEAR || ask->method > SSI_QUANTILE_NEAREST)
        return ssi_fail(SSI_INVALID, ask->name, "%d quantiles by method %d", qs, (int)ask->method) == 0;
    for (int i = 0; i < qs; i++) {
        if (!(q[i] >= 0 && q[i] <= ask->whole))
            return ssi_fail(SSI_INVALID, ask->name, "%g is outside [0, %g]", q[i], ask->whole) == 0;
    }
    return true;
}

static bool prepare(const question *ask, ssi_tensor *x, int qs, const double *q, int count, const int *axes,
                    int keepdims, rows *r)
{
    char text[SSI_SHAPE_TEXT];
    if (!x || !quantiles_are_valid(ask, qs, q) || !find_rows(ask->name, x, count, axes, keepdims, r))
        return false;
    if (r->n == 0)
        return ssi_fail(SSI_INVALID, ask->name, "nothing has no %s: x %s\ngive at least one element", ask->name,
                        ssi_shape_text(x->rank, x->shape, text)) == 0;
    if (qs > MANY)
        r->sorted = ssi_sort(r->x, r->axis);
    return true;
}

static ssi_tensor *answer(const question *ask, const rows *r, double q)
{
    q /= ask->whole;
    return ask->skip_nan ? nanquantile(r, q, ask->method) : quantile(r, q, ask->method);
}

static ssi_tensor *one(question ask, ssi_tensor *x, double q, int count, const int *axes, int keepdims)
{
    rows r;
    return prepare(&ask, x, 1, &q, count, axes, keepdims, &r) ? answer(&ask, &r, q) : NULL;
}

static ssi_tensor *several(question ask, ssi_tensor *x, int qs, const double *q, int count, const int *axes,
                           int keepdims)
{
    rows r;
    int64_t none[SSI_MAX_RANK + 1] = {0};
    if (!prepare(&ask, x, qs, q, count, axes, keepdims, &r))
        return NULL;
    if (qs == 0) {
        for (int i = 0; i < r.rank; i++)
            none[i + 1] = r.shape[i];
        return (ssi_zeros)(chooses(ask.method) ? ssi_dtype_of(x) : result_dtype(x), r.rank + 1, none);
    }
    ssi_tensor **found = ssi_alloc((size_t)qs * sizeof *found);
    for (int i = 0; i < qs && found; i++)
        found[i] = answer(&ask, &r, q[i]);
    ssi_tensor *y = found ? ssi_stack(qs, found, 0) : NULL;
    ssi_free(found);
    return y;
}

#define QUANTILES(name, whole, skip_nan)                                                                               \
    ssi_tensor *ssi_##name##_axes(ssi_tensor *x, double q, ssi_quantile_method method, int count, const int *axes,     \
                                  int keepdims)                                                                        \
    {                                                                                                                  \
        return one((question){#name, whole, skip_nan, method}, x, q, count, axes, keepdims);                           \
    }                                                                                                                  \
    ssi_tensor *ssi_##name##s_axes(ssi_tensor *x, int qs, const double *q, ssi_quantile_method method, int count,      \
                                   const int *axes, int keepdims)                                                      \
    {                                                                                                                  \
        SSI_CALLED;                                                                                                    \
        return several((question){#name, whole, skip_nan, method}, x, qs, q, count, axes, keepdims);                   \
    }

QUANTILES(quantile, 1, false)
QUANTILES(percentile, 100, false)
QUANTILES(nanquantile, 1, true)
QUANTILES(nanpercentile, 100, true)
