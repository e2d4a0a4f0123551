/*
 * calculus.c - of sampled functions: differences, slopes, integrals, straight lines between samples. The formulas stand in NumPy's order of
 * operations, so that most bits are its bits.
 */
#include <math.h>

#include "math/part.h"
#include "ssi/math.h"

/* ---- differences ---- */

static ssi_tensor *difference(ssi_tensor *x, int axis)
{
    int64_t n = x->shape[axis];
    ssi_tensor *next = ssi_part(x, axis, 1, SSI_END), *own = ssi_part(x, axis, 0, n ? n - 1 : 0);
    return ssi_dtype_of(x) == SSI_BOOL ? ssi_not_equal(next, own) : ssi_sub(next, own);
}

ssi_tensor *(ssi_diff)(ssi_tensor *x, int times, int axis)
{
    if (!x || (axis = ssi_axis("diff", axis, x->rank)) < 0)
        return NULL;
    if (times < 0)
        return SSI_FAIL_NULL(SSI_INVALID, "diff", "%d times\nthe order is not negative", times);
    for (int i = 0; i < times && x && x->shape[axis]; i++)
        x = difference(x, axis);
    return x;
}

/* ---- what lies between neighbours ---- */

/* (n) as the coordinates along an axis of a tensor of `rank` axes. */
static ssi_tensor *along(ssi_tensor *x, int axis, int rank)
{
    int64_t shape[SSI_MAX_RANK];
    for (int i = 0; i < rank; i++)
        shape[i] = i == axis ? -1 : 1;
    return x ? (ssi_reshape)(x, rank, shape) : NULL;
}

/* Integers as f64, in which differences do not wrap. */
static ssi_tensor *as_float(ssi_tensor *x)
{
    return x && !ssi_is_float(ssi_dtype_of(x)) ? ssi_cast(x, SSI_F64) : x;
}

/* The distances between coordinates (n), n the axis's size: (n-1). NULL with an error when they are of another shape. */
static ssi_tensor *distances(const char *operation, ssi_tensor *at, int64_t n)
{
    char shape[SSI_SHAPE_TEXT];
    if (at->rank != 1 || at->shape[0] != n)
        return SSI_FAIL_NULL(SSI_INVALID, operation, "coordinates %s for an axis of %lld elements\ngive one for each",
                             ssi_shape_text(at->rank, at->shape, shape), (long long)n);
    return ssi_diff(as_float(at), 1, 0);
}

/* 1 if all are one number: then the simpler formulas hold; else 0. NaN on failure. Reads them. */
static double are_equal(ssi_tensor *d)
{
    return d ? ssi_item(ssi_all(ssi_equal(d, ssi_part(d, 0, 0, 1)))) : NAN;
}

/* ---- slopes ---- */

/* Equal steps: a number, or a tensor of one element; or `between`, (n-1) distances shaped along the axis. */
typedef struct step {
    double number;
    ssi_tensor *value;
    ssi_tensor *between;
} step;

/* factor/h and x/(factor*h) for equal steps h. */
static ssi_tensor *over_step(double factor, const step *h)
{
    return h->value ? ssi_div(factor, h->value) : ssi_number(factor / h->number);
}
static ssi_tensor *by_steps(ssi_tensor *x, double factor, const step *h)
{
    return ssi_div(x, h->value ? ssi_mul(h->value, factor) : ssi_number(factor * h->number));
}

/* wa*a + wb*b + wc*c */
static ssi_tensor *weighted(ssi_tensor *wa, ssi_tensor *a, ssi_tensor *wb, ssi_tensor *b, ssi_tensor *wc, ssi_tensor *c)
{
    return ssi_add(ssi_add(ssi_mul(wa, a), ssi_mul(wb, b)), ssi_mul(wc, c));
}

/* Of second order: the slope at the middle of three samples, the distances d and e before and after it. */
static ssi_tensor *inner_slopes(ssi_tensor *x, int axis, const step *h)
{
    int64_t n = x->shape[axis];
    ssi_tensor *before = ssi_part(x, axis, 0, n - 2), *after = ssi_part(x, axis, 2, n);
    if (!h->between)
        return by_steps(ssi_sub(after, before), 2, h);
    ssi_tensor *d = ssi_part(h->between, axis, 0, n - 2), *e = ssi_part(h->between, axis, 1, n - 1);
    ssi_tensor *both = ssi_add(d, e);
    return weighted(ssi_div(ssi_neg(e), ssi_mul(d, both)), before, ssi_div(ssi_sub(e, d), ssi_mul(d, e)),
                    ssi_part(x, axis, 1, n - 1), ssi_div(d, ssi_mul(e, both)), after);
}

/* Of first order, at the first (last) sample. */
static ssi_tensor *end_slope(ssi_tensor *x, int axis, const step *h, bool last)
{
    int64_t n = x->shape[axis], at = last ? n - 2 : 0;
    ssi_tensor *rise = ssi_sub(ssi_part(x, axis, at + 1, at + 2), ssi_part(x, axis, at, at + 1));
    return h->between ? ssi_div(rise, ssi_part(h->between, axis, at, at + 1)) : by_steps(rise, 1, h);
}

/* Of second order, from the first (last) three samples a, b, c, the distances d and e between them. */
static ssi_tensor *bent_end_slope(ssi_tensor *x, int axis, const step *h, bool last)
{
    int64_t at = last ? x->shape[axis] - 3 : 0;
    ssi_tensor *a = ssi_part(x, axis, at, at + 1), *b = ssi_part(x, axis, at + 1, at + 2),
               *c = ssi_part(x, axis, at + 2, at + 3);
    if (!h->between && last)
        return weighted(over_step(0.5, h), a, over_step(-2, h), b, over_step(1.5, h), c);
    if (!h->between)
        return weighted(over_step(-1.5, h), a, over_step(2, h), b, over_step(-0.5, h), c);
    ssi_tensor *d = ssi_part(h->between, axis, at, at + 1), *e = ssi_part(h->between, axis, at + 1, at + 2);
    ssi_tensor *both = ssi_add(d, e), *d_both = ssi_mul(d, both), *e_both = ssi_mul(e, both), *de = ssi_mul(d, e);
    if (last)
        return weighted(ssi_div(e, d_both), a, ssi_div(ssi_neg(both), de), b,
                        ssi_div(ssi_add(ssi_mul(e, 2.0), d), e_both), c);
    return weighted(ssi_div(ssi_neg(ssi_add(ssi_mul(d, 2.0), e)), d_both), a, ssi_div(both, de), b,
                    ssi_div(ssi_neg(d), e_both), c);
}

/* The steps along an axis of x; false with an error. Of equal distances one stands for all, so none of them has a gradient. */
static bool find_step(ssi_tensor *x, int axis, const ssi_gradient_options *options, step *h)
{
    *h = (step){.number = options && options->spacing != 0 ? options->spacing : 1};
    if (!options || !options->at)
        return true;
    ssi_tensor *d = distances("gradient", options->at, x->shape[axis]);
    double equal = are_equal(d);
    if (equal == 1)
        h->value = ssi_detach(along(ssi_part(d, 0, 0, 1), axis, x->rank));
    else if (equal == 0)
        h->between = along(d, axis, x->rank);
    return h->value || h->between;
}

ssi_tensor *(ssi_gradient)(ssi_tensor *x, int axis, const ssi_gradient_options *options)
{
    if (!x || (axis = ssi_axis("gradient", axis, x->rank)) < 0)
        return NULL;
    bool bent = options && options->second_ends;
    if (x->shape[axis] < 2 + bent)
        return SSI_FAIL_NULL(SSI_INVALID, "gradient", "axis %d has %lld elements\nit needs at least %d", axis,
                             (long long)x->shape[axis], 2 + bent);
    step h;
    x = as_float(x);
    if (!x || !find_step(x, axis, options, &h))
        return NULL;
    ssi_tensor *(*end)(ssi_tensor *, int, const step *, bool) = bent ? bent_end_slope : end_slope;
    ssi_tensor *part[] = {end(x, axis, &h, false), inner_slopes(x, axis, &h), end(x, axis, &h, true)};
    return ssi_cast(ssi_concatenate(3, part, axis), ssi_dtype_of(x));
}

/* ---- integrals ---- */

/* The distances between y's elements along an axis, broadcastable to them. */
static ssi_tensor *widths(ssi_tensor *y, int axis, const ssi_trapezoid_options *options)
{
    if (!options || !options->at)
        return ssi_number(options && options->spacing != 0 ? options->spacing : 1);
    if (options->at->rank == 1)
        return along(distances("trapezoid", options->at, y->shape[axis]), axis, y->rank);
    return ssi_diff(options->at, 1, axis);
}

ssi_tensor *(ssi_trapezoid)(ssi_tensor *y, int axis, const ssi_trapezoid_options *options)
{
    if (!y || (axis = ssi_axis("trapezoid", axis, y->rank)) < 0)
        return NULL;
    int64_t n = y->shape[axis];
    ssi_tensor *pairs = ssi_add(ssi_part(y, axis, 1, SSI_END), ssi_part(y, axis, 0, n ? n - 1 : 0));
    return ssi_sum_axes(ssi_div(ssi_mul(widths(y, axis, options), pairs), 2.0), 1, &axis, 0);
}

/* ---- interpolation ---- */

/* The line through two neighbouring points, at x. Where an infinity makes it NaN it is drawn from the other point, or is level. */
static ssi_tensor *line(ssi_tensor *x, ssi_tensor *xp, ssi_tensor *fp, ssi_tensor *place)
{
    ssi_tensor *next = ssi_add(place, 1);
    ssi_tensor *x0 = ssi_gather(xp, place), *x1 = ssi_gather(xp, next), *y0 = ssi_gather(fp, place),
               *y1 = ssi_gather(fp, next);
    ssi_tensor *slope = ssi_div(ssi_sub(y1, y0), ssi_sub(x1, x0));
    ssi_tensor *y = ssi_add(ssi_mul(slope, ssi_sub(x, x0)), y0);
    y = ssi_where(ssi_isnan(y), ssi_add(ssi_mul(slope, ssi_sub(x, x1)), y1), y);
    y = ssi_where(ssi_logical_and(ssi_isnan(y), ssi_equal(y0, y1)), y0, y);
    return ssi_where(ssi_logical_and(ssi_equal(x, x0), ssi_logical_not(ssi_isfinite(slope))), y0, y);
}

/* x modulo the period, in [0, period). */
static ssi_tensor *modulo(ssi_tensor *x, double period)
{
    return ssi_sub(x, ssi_mul(ssi_floor(ssi_div(x, period)), period));
}

/* The points modulo the period in ascending order, with a neighbour from the next period at either end. */
static void repeat_points(double period, ssi_tensor **xp, ssi_tensor **fp)
{
    ssi_tensor *x = modulo(*xp, period), *order = ssi_argsort(x, 0);
    x = ssi_gather(x, order);
    ssi_tensor *f = ssi_gather(*fp, order);
    if (!x || !f)
        return;
    int64_t n = x->shape[0];
    ssi_tensor *first = ssi_part(x, 0, 0, 1), *last = ssi_part(x, 0, n - 1, n);
    *xp = ssi_concatenate(3, (ssi_tensor *[]){ssi_sub(last, period), x, ssi_add(first, period)}, 0);
    *fp = ssi_concatenate(3, (ssi_tensor *[]){ssi_part(f, 0, n - 1, n), f, ssi_part(f, 0, 0, 1)}, 0);
}

static ssi_tensor *interpolate(ssi_tensor *x, ssi_tensor *xp, ssi_tensor *fp, ssi_tensor *left, ssi_tensor *right)
{
    if (!x || !xp || !fp)
        return NULL;
    int64_t n = xp->shape[0];
    ssi_tensor *first = ssi_squeeze(ssi_part(fp, 0, 0, 1)), *last = ssi_squeeze(ssi_part(fp, 0, n - 1, n));
    ssi_tensor *low = ssi_squeeze(ssi_part(xp, 0, 0, 1)), *high = ssi_squeeze(ssi_part(xp, 0, n - 1, n)), *y = first;
    if (n > 1) {
        ssi_tensor *place = ssi_sub(ssi_searchsorted(xp, x, 1), 1);
        y = line(x, xp, fp, ssi_clip(place, 0, n - 2));
        y = ssi_where(ssi_equal(x, high), last, y);
        y = ssi_where(ssi_isnan(x), x, y);
    }
    y = ssi_where(ssi_less(x, low), left ? left : first, y);
    return ssi_where(ssi_greater(x, high), right ? right : last, y);
}

ssi_tensor *(ssi_interp)(ssi_tensor *x, ssi_tensor *xp, ssi_tensor *fp, const ssi_interp_options *options)
{
    char tx[SSI_SHAPE_TEXT], tf[SSI_SHAPE_TEXT];
    if (!x || !xp || !fp)
        return NULL;
    if (xp->rank != 1 || fp->rank != 1 || xp->shape[0] != fp->shape[0] || xp->shape[0] == 0)
        return SSI_FAIL_NULL(SSI_INVALID, "interp",
                             "points xp %s, fp %s\ngive as many of both, along one axis, at least one",
                             ssi_shape_text(xp->rank, xp->shape, tx), ssi_shape_text(fp->rank, fp->shape, tf));
    ssi_tensor *left = options ? options->left : NULL, *right = options ? options->right : NULL;
    if ((left && left->rank) || (right && right->rank))
        return SSI_FAIL_NULL(SSI_INVALID, "interp", "left and right are numbers, or tensors of no axes");
    x = ssi_cast(x, SSI_F64);
    xp = ssi_cast(xp, SSI_F64);
    fp = ssi_cast(fp, SSI_F64);
    if (!options || options->period == 0)
        return interpolate(x, xp, fp, left, right);
    double period = fabs(options->period);
    repeat_points(period, &xp, &fp);
    return interpolate(modulo(x, period), xp, fp, NULL, NULL);
}
