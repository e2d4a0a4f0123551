/*
 * histogram.c - counts of integers, and of values between edges. What decides about a shape, or may be wrong, is read.
 */
#include <math.h>
#include <string.h>

#include "ssi/math.h"
#include "ssi/order.h"

#include "tensor/tensor.h"

/* ---- bincount ---- */

/* One for each element of x, which is stored once. */
static ssi_tensor *ones_for(const ssi_tensor *x)
{
    ssi_tensor *one = (ssi_array)(SSI_I64, 1, (const int64_t[]){1}, (const int64_t[]){1});
    return (ssi_expand)(one, x->rank, x->shape);
}

/* How many bins x needs; -1 with an error where an element has none. */
static int64_t bins_for(ssi_tensor *x, int64_t minlength)
{
    int64_t low, high;
    if (minlength < 0)
        return ssi_fail(SSI_INVALID, "bincount", "minlength %lld\nit is not negative", (long long)minlength), -1;
    if (ssi_count(x) == 0)
        return minlength;
    ssi_tensor *ends[] = {ssi_min_axes(x, 0, NULL, 0), ssi_max_axes(x, 0, NULL, 0)};
    if (ssi_eval_all(2, ends) != SSI_OK || ssi_item_int(ends[0], &low) != SSI_OK ||
        ssi_item_int(ends[1], &high) != SSI_OK)
        return -1;
    if (low < 0)
        return ssi_fail(SSI_INVALID, "bincount", "%lld is among the values\nthey are not negative", (long long)low), -1;
    if (high >= INT64_MAX / (int64_t)sizeof(int64_t))
        return ssi_fail(SSI_INVALID, "bincount", "%lld is among the values, more than there can be bins",
                        (long long)high),
               -1;
    return high + 1 > minlength ? high + 1 : minlength;
}

static ssi_tensor *bincount(ssi_tensor *x, ssi_tensor *weights, int64_t minlength)
{
    if (x->rank != 1 || ssi_is_float(ssi_dtype_of(x)))
        return SSI_FAIL_NULL(SSI_INVALID, "bincount", "x is %s with %d axes\ngive integers with one axis",
                             ssi_dtype_name(ssi_dtype_of(x)), x->rank);
    if (weights->rank != 1 || weights->shape[0] != x->shape[0])
        return SSI_FAIL_NULL(SSI_INVALID, "bincount", "%lld weights for %lld elements", (long long)ssi_count(weights),
                             (long long)x->shape[0]);
    x = ssi_cast(x, SSI_I64);
    int64_t bins = x ? bins_for(x, minlength) : -1;
    if (bins < 0)
        return NULL;
    return ssi_add_along_axis((ssi_zeros)(ssi_dtype_of(weights), 1, &bins), x, weights, 0);
}

ssi_tensor *(ssi_bincount)(ssi_tensor *x, int64_t minlength)
{
    if (!x)
        return NULL;
    ssi_tensor *ones = ones_for(x);
    return ones ? bincount(x, ones, minlength) : NULL;
}

ssi_tensor *ssi_bincount_weights(ssi_tensor *x, ssi_tensor *weights, int64_t minlength)
{
    SSI_CALLED;
    return x && weights && (weights = ssi_cast(weights, SSI_F64)) ? bincount(x, weights, minlength) : NULL;
}

/* ---- digitize ---- */

/* 1 where the edges (m), which are read, never fall; -1 where they never rise, and do fall; 0 with an error otherwise. */
static int direction(const char *name, ssi_tensor *edges)
{
    if (edges->rank != 1)
        return ssi_fail(SSI_INVALID, name, "the bins have %d axes, not one", edges->rank), 0;
    int64_t m = edges->shape[0];
    const double *edge = ssi_data_f64(ssi_cast(edges, SSI_F64));
    bool rises = true, falls = true;
    if (!edge)
        return 0;
    for (int64_t i = 1; i < m; i++) {
        rises = rises && edge[i - 1] <= edge[i];
        falls = falls && edge[i - 1] >= edge[i];
    }
    if (!rises && !falls)
        ssi_fail(SSI_INVALID, name, "the bins neither ascend nor descend\nsort them");
    return rises ? 1 : falls ? -1 : 0;
}

ssi_tensor *(ssi_digitize)(ssi_tensor *x, ssi_tensor *bins, int right)
{
    int up = x && bins ? direction("digitize", bins) : 0;
    if (!up)
        return NULL;
    if (up > 0)
        return ssi_searchsorted(bins, x, !right);
    return ssi_sub(ssi_dim(bins, 0), ssi_searchsorted(ssi_flip(bins, 0), x, !right));
}

/* ---- histogram ---- */

/* From where to where the bins go; x's range is read where none is given. */
static bool find_range(ssi_tensor *x, const double given[2], double range[2])
{
    memcpy(range, given, 2 * sizeof *range);
    bool automatic = range[0] == 0 && range[1] == 0;
    if (automatic && ssi_count(x) == 0)
        range[1] = 1;
    else if (automatic) {
        ssi_tensor *ends[] = {ssi_min_axes(x, 0, NULL, 0), ssi_max_axes(x, 0, NULL, 0)};
        if (ssi_eval_all(2, ends) != SSI_OK)
            return false;
        range[0] = ssi_item(ends[0]);
        range[1] = ssi_item(ends[1]);
    }
    if (!isfinite(range[0]) || !isfinite(range[1]) || range[0] > range[1])
        return ssi_fail(SSI_INVALID, "histogram", "bins from %g to %g\ngive a range that is finite and ascends",
                        range[0], range[1]) == 0;
    if (range[0] == range[1]) {
        range[0] -= 0.5;
        range[1] += 0.5;
    }
    return true;
}

/* The edges, of x's dtype where that is a float. */
static ssi_tensor *find_edges(ssi_tensor *x, const ssi_histogram_options *o)
{
    double range[2];
    int64_t bins = o->bins ? o->bins : 10;
    if (o->edges) {
        if (direction("histogram", o->edges) <= 0 || ssi_dim(o->edges, 0) < 2)
            return SSI_FAIL_NULL(SSI_INVALID, "histogram",
                                 "the edges do not ascend\ngive two or more, in ascending order");
        return o->edges;
    }
    if (bins < 1)
        return SSI_FAIL_NULL(SSI_INVALID, "histogram", "%lld bins\ngive at least one", (long long)bins);
    if (!find_range(x, o->range, range))
        return NULL;
    return ssi_linspace(ssi_is_float(ssi_dtype_of(x)) ? ssi_dtype_of(x) : SSI_F64, range[0], range[1], bins + 1);
}

/* Sums of the weights by bin: what lies outside goes into one bin more, which is dropped. */
static ssi_tensor *add_weights(ssi_tensor *x, ssi_tensor *edges, ssi_tensor *weights)
{
    int64_t bins = ssi_dim(edges, 0) - 1, more = bins + 1;
    ssi_tensor *first = ssi_slice(edges, 1, &(ssi_range){0, 1, 1});
    ssi_tensor *last = ssi_slice(edges, 1, &(ssi_range){bins, SSI_END, 1});
    ssi_tensor *inside = ssi_logical_and(ssi_greater_equal(x, first), ssi_less_equal(x, last));
    ssi_tensor *bin = ssi_minimum(ssi_sub(ssi_searchsorted(edges, x, 1), 1), bins - 1);
    ssi_tensor *sums =
        ssi_add_along_axis((ssi_zeros)(SSI_F64, 1, &more), ssi_where(inside, bin, bins), ssi_cast(weights, SSI_F64), 0);
    return ssi_cast(ssi_slice(sums, 1, &(ssi_range){0, bins, 1}), ssi_dtype_of(weights));
}

/* Counts over the bins' widths and their sum. */
static ssi_tensor *as_density(ssi_tensor *counts, ssi_tensor *edges)
{
    edges = ssi_cast(edges, SSI_F64);
    ssi_tensor *upper = ssi_slice(edges, 1, &(ssi_range){1, SSI_END, 1});
    ssi_tensor *lower = ssi_slice(edges, 1, &(ssi_range){0, -1, 1});
    return ssi_div(ssi_div(ssi_cast(counts, SSI_F64), ssi_sub(upper, lower)), ssi_sum(ssi_cast(counts, SSI_F64)));
}

ssi_tensor *(ssi_histogram)(ssi_tensor *x, ssi_tensor **edges, const ssi_histogram_options *options)
{
    ssi_histogram_options o = {0};
    if (options)
        memcpy(&o, options, options->size < sizeof o ? options->size : sizeof o);
    if (edges)
        *edges = NULL;
    if (!x)
        return NULL;
    int64_t n = ssi_count(x);
    if (o.weights && (o.weights->rank != x->rank || memcmp(o.weights->shape, x->shape, x->rank * sizeof *x->shape)))
        return SSI_FAIL_NULL(SSI_INVALID, "histogram", "the weights have not x's shape");
    ssi_tensor *scale = find_edges(x, &o), *flat = (ssi_reshape)(x, 1, &n);
    ssi_tensor *counts = o.weights ? add_weights(flat, scale, (ssi_reshape)(o.weights, 1, &n))
                                   : ssi_count_between(flat, scale, !o.edges);
    if (edges)
        *edges = scale;
    return o.density ? as_density(counts, scale) : counts;
}
