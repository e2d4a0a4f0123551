/*
 * ssi/order.h - ranks, quantiles, distinct values, counts: what is composed of the sorts, searches and sums of ssi/ops.h.
 *
 *     ssi_tensor *x = ssi_array(((double[]){3, 1, 2, 2, 5, 4}), 6);
 *     ssi_print(ssi_median(x));                         // expect: 2.5
 *     ssi_print(ssi_quantile(x, 0.9));                  // expect: 4.5
 *     ssi_tensor *where, *best = ssi_topk(x, 2, 0, 1, &where);
 *     ssi_print(best);                                  // expect: [5. 4.]
 *     ssi_print(where);                                 // expect: [4 5]
 *     ssi_print(ssi_unique(x));                         // expect: [1. 2. 3. 4. 5.]
 *
 * Axes may be negative; SSI_ALL_AXES takes the flattened tensor. Values have gradients where nothing else is said, places and counts have none. Each
 * function names its NumPy or PyTorch counterpart.
 */
#ifndef SSI_ORDER_H
#define SSI_ORDER_H

#include "ssi/ops.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- running sums that pass over NaN --------------------------------------------------------------------------------------- */

/* NaN counts as 0 in sums, as 1 in products. numpy.nancumsum, numpy.nancumprod */
SSI_API ssi_tensor *ssi_nancumsum(ssi_tensor *x, int axis);
SSI_API ssi_tensor *ssi_nancumprod(ssi_tensor *x, int axis);

/* ---- parts of an order ------------------------------------------------------------------------------------------------------- */

/* The k largest (smallest) along the axis, the largest (smallest) first, k in [0, n]; NaN counts as largest, of equals the first comes first. `index`,
 * if not NULL, is set to their places, i64. torch.topk */
SSI_API ssi_tensor *ssi_topk(ssi_tensor *x, int64_t k, int axis, int largest, ssi_tensor **index);

/* ---- quantiles: over the axes listed (count 0: over all), which are kept as size 1 if `keepdims` ------------------------------ */

/* What is done with a quantile between two elements, of which the one at rank (n-1)q is asked for. */
typedef enum ssi_quantile_method {
    SSI_QUANTILE_LINEAR = 0, /* interpolated */
    SSI_QUANTILE_LOWER,
    SSI_QUANTILE_HIGHER,
    SSI_QUANTILE_MIDPOINT, /* their mean */
    SSI_QUANTILE_NEAREST,  /* halves to the even rank */
} ssi_quantile_method;

/* The middle element, or the mean of the two in the middle; NaN where one is NaN, and of nothing. Of integers: f64. numpy.median */
SSI_API ssi_tensor *ssi_median_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
/* The element below which the part q lies, 0 <= q <= 1; NaN where one is NaN. Of integers: f64, but for methods that choose an element. Ranks and
 * interpolation are f64, whatever x is. Of nothing: SSI_INVALID. numpy.quantile */
SSI_API ssi_tensor *ssi_quantile_axes(ssi_tensor *x, double q, ssi_quantile_method method, int count, const int *axes,
                                      int keepdims);
/* Several at once, along a new first axis (qs, ...). */
SSI_API ssi_tensor *ssi_quantiles_axes(ssi_tensor *x, int qs, const double *q, ssi_quantile_method method, int count,
                                       const int *axes, int keepdims);
/* The same in percent, 0 <= q <= 100. numpy.percentile */
SSI_API ssi_tensor *ssi_percentile_axes(ssi_tensor *x, double q, ssi_quantile_method method, int count, const int *axes,
                                        int keepdims);
SSI_API ssi_tensor *ssi_percentiles_axes(ssi_tensor *x, int qs, const double *q, ssi_quantile_method method, int count,
                                         const int *axes, int keepdims);
/* The same of what is not NaN; NaN where everything is. numpy.nanmedian, numpy.nanquantile, numpy.nanpercentile */
SSI_API ssi_tensor *ssi_nanmedian_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_nanquantile_axes(ssi_tensor *x, double q, ssi_quantile_method method, int count,
                                         const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_nanquantiles_axes(ssi_tensor *x, int qs, const double *q, ssi_quantile_method method, int count,
                                          const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_nanpercentile_axes(ssi_tensor *x, double q, ssi_quantile_method method, int count,
                                           const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_nanpercentiles_axes(ssi_tensor *x, int qs, const double *q, ssi_quantile_method method,
                                            int count, const int *axes, int keepdims);

/* ---- distinct values: these read x, for their results' shapes depend on it ----------------------------------------------------- */

/* The distinct elements of x (any shape) in ascending order, (m); all NaN are one, and -0 is 0: the first of them stands for all. Gradients flow.
 * numpy.unique */
SSI_API ssi_tensor *ssi_unique(ssi_tensor *x);
/* The same with what is wanted of (each may be NULL): where each stands first in the flattened x, (m); for each element of x which of the distinct
 * ones it is, of x's shape; and how often each comes, (m). All i64. numpy.unique(return_index, return_inverse, return_counts) */
SSI_API ssi_tensor *ssi_unique_all(ssi_tensor *x, ssi_tensor **index, ssi_tensor **inverse, ssi_tensor **counts);

/* ---- counting ------------------------------------------------------------------------------------------------------------------ */

/* How often each of 0, 1, 2, ... comes in x (n) of integers >= 0 (else SSI_INVALID): i64, up to the largest, and at least `minlength` of them.
 * Reads x. numpy.bincount */
SSI_API ssi_tensor *ssi_bincount(ssi_tensor *x, int64_t minlength);
/* The sums of weights (n) where each comes, f64; gradients flow to the weights. */
SSI_API ssi_tensor *ssi_bincount_weights(ssi_tensor *x, ssi_tensor *weights, int64_t minlength);

/* For each x the bin of `bins` (m) it lies in, i64: i with bins[i-1] <= x < bins[i], or (right) bins[i-1] < x <= bins[i]; 0 and m beyond the ends. bins
 * ascend, or descend, and then the other way round; else SSI_INVALID. Reads bins. numpy.digitize */
SSI_API ssi_tensor *ssi_digitize(ssi_tensor *x, ssi_tensor *bins, int right);

typedef struct ssi_histogram_options {
    size_t size;
    int64_t bins;        /* how many, in equal steps; 0: 10 */
    double range[2];     /* from where to where; both 0: from x's smallest to its largest element */
    ssi_tensor *edges;   /* or all edges (m), ascending: bins and range have no say then */
    ssi_tensor *weights; /* of x's shape: what each element counts, instead of 1 */
    int density;         /* f64 whose integral is 1, instead of counts */
} ssi_histogram_options;

/* ssi_histogram(x, &edges, .bins = 20): how many elements of x (any shape) lie in each bin, i64, or with weights their sum, of the weights' dtype. A bin
 * holds its lower edge, the last one its upper edge too. `edges`, if not NULL, is set to the edges, of x's dtype where that is a float, else
 * f64. Reads x's range, or the edges given. Gradients flow to the weights alone. numpy.histogram */
SSI_API ssi_tensor *(ssi_histogram)(ssi_tensor *x, ssi_tensor **edges, const ssi_histogram_options *options);

/* ---- sugar: ssi_median(x) is over all, ssi_median(x, 0, -1) over those axes, which are dropped; methods are linear -------------- */

#ifndef __cplusplus
#define SSI_QUANTILE(f, x, q, ...)                                                                                     \
    SSI_AT((f)(SSI_TENSOR(x), (q), SSI_QUANTILE_LINEAR, (int)(sizeof((int[]){__VA_ARGS__}) / sizeof(int)) - 1,         \
               (const int[]){__VA_ARGS__}, 0))

#define ssi_nancumsum(x, axis)               SSI_AT((ssi_nancumsum)((x), (axis)))
#define ssi_nancumprod(x, axis)              SSI_AT((ssi_nancumprod)((x), (axis)))
#define ssi_topk(x, k, axis, largest, index) SSI_AT((ssi_topk)((x), (k), (axis), (largest), (index)))
#define ssi_median(...)                      SSI_REDUCE(ssi_median_axes, __VA_ARGS__, 0)
#define ssi_nanmedian(...)                   SSI_REDUCE(ssi_nanmedian_axes, __VA_ARGS__, 0)
#define ssi_quantile(x, ...)                 SSI_QUANTILE(ssi_quantile_axes, x, __VA_ARGS__, 0)
#define ssi_nanquantile(x, ...)              SSI_QUANTILE(ssi_nanquantile_axes, x, __VA_ARGS__, 0)
#define ssi_percentile(x, ...)               SSI_QUANTILE(ssi_percentile_axes, x, __VA_ARGS__, 0)
#define ssi_nanpercentile(x, ...)            SSI_QUANTILE(ssi_nanpercentile_axes, x, __VA_ARGS__, 0)
#define ssi_unique(x)                        SSI_AT((ssi_unique)((x)))
#define ssi_bincount(x, minlength)           SSI_AT((ssi_bincount)((x), (minlength)))
#define ssi_digitize(x, bins, right)         SSI_AT((ssi_digitize)(SSI_TENSOR(x), (bins), (right)))
#define ssi_histogram(x, ...)                SSI_AT(SSI_HISTOGRAM_(x, __VA_ARGS__, .size = sizeof(ssi_histogram_options)))
#define SSI_HISTOGRAM_(x, edges, ...)        (ssi_histogram)((x), (edges), &(ssi_histogram_options){__VA_ARGS__})
#endif

#ifdef __cplusplus
}
#endif
#endif
