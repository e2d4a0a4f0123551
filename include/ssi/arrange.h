/*
 * ssi/arrange.h - joining, splitting, repeating, turning, padding; and what is done to signals: differences, slopes, interpolation, convolution.
 *
 *     ssi_tensor *x = ssi_array(((int[]){1, 2, 3, 4, 5, 6}), 2, 3);
 *     ssi_print(ssi_roll(x, 1, 1));                     // expect: [[3 1 2]
 *                                                       // expect:  [6 4 5]]
 *     ssi_print(ssi_vstack(x, ssi_arange(SSI_I32, 7, 10, 1)));
 *                                                       // expect: [[1 2 3]
 *                                                       // expect:  [4 5 6]
 *                                                       // expect:  [7 8 9]]
 *     ssi_print(ssi_diff(x, 1, -1));                    // expect: [[1 1]
 *                                                       // expect:  [1 1]]
 *
 * ssi_concatenate, ssi_flip of one axis, ssi_pad with a constant, and ssi_expand (numpy.broadcast_to) are in ssi/ops.h. Axes may be negative; an
 * axis out of range, or named twice, is SSI_INVALID. Where an axis may be SSI_ALL_AXES, that is NumPy's axis=None: x is taken flat. Each function
 * names its NumPy counterpart and has its gradient. What moves elements takes every dtype; views (said so) touch no data.
 */
#ifndef SSI_ARRANGE_H
#define SSI_ARRANGE_H

#include "ssi/ops.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- axes: views -------------------------------------------------------------------------------------------------------- */

/* x with its elements in a row, (n). numpy.ravel */
SSI_API ssi_tensor *ssi_ravel(ssi_tensor *x);
/* x without the axes listed, which have size 1; count 0: without all such axes. ssi_squeeze(x), ssi_squeeze(x, 0, -1). numpy.squeeze */
SSI_API ssi_tensor *ssi_squeeze_axes(ssi_tensor *x, int count, const int *axes);
/* x with new axes of size 1, which are the axes listed of the result. ssi_expand_dims(x, 0, -1). numpy.expand_dims */
SSI_API ssi_tensor *ssi_expand_dims_axes(ssi_tensor *x, int count, const int *axes);
/* The axis `source` becomes axis `destination`; the others keep their order. Several at once: source[i] becomes destination[i]. numpy.moveaxis */
SSI_API ssi_tensor *ssi_moveaxis(ssi_tensor *x, int source, int destination);
SSI_API ssi_tensor *ssi_moveaxis_axes(ssi_tensor *x, int count, const int *source, const int *destination);
/* Two axes exchanged. numpy.swapaxes */
SSI_API ssi_tensor *ssi_swapaxes(ssi_tensor *x, int a, int b);
/* x with at least 1, 2, 3 axes: () -> (1) -> (1,1) -> (1,1,1); (n) -> (1,n) -> (1,n,1); (n,m) -> (n,m,1). numpy.atleast_1d, 2d, 3d */
SSI_API ssi_tensor *ssi_atleast_1d(ssi_tensor *x);
SSI_API ssi_tensor *ssi_atleast_2d(ssi_tensor *x);
SSI_API ssi_tensor *ssi_atleast_3d(ssi_tensor *x);
/* Each x[i], repeated to the shape that all of them broadcast to, as out[i]. Returns 0 or a negative ssi_status; then every out[i] is NULL.
 * numpy.broadcast_arrays */
SSI_API int ssi_broadcast_arrays(int count, ssi_tensor *const *x, ssi_tensor **out);

/* ---- joining: dtypes promote -------------------------------------------------------------------------------------------- */

/* Tensors of one shape side by side along a new axis, the `axis` of the result. numpy.stack */
SSI_API ssi_tensor *ssi_stack(int count, ssi_tensor *const *x, int axis);
/* Along axis 1, tensors of up to one axis along axis 0: ssi_hstack(a, b, c). numpy.hstack */
SSI_API ssi_tensor *ssi_hstack(int count, ssi_tensor *const *x);
/* Along axis 0, of at least two axes: (n) is a row. numpy.vstack */
SSI_API ssi_tensor *ssi_vstack(int count, ssi_tensor *const *x);
/* Along axis 2, of at least three axes. numpy.dstack */
SSI_API ssi_tensor *ssi_dstack(int count, ssi_tensor *const *x);
/* Along axis 1: (n) is a column. numpy.column_stack */
SSI_API ssi_tensor *ssi_column_stack(int count, ssi_tensor *const *x);
/* v after x along an axis; SSI_ALL_AXES: both flat. numpy.append */
SSI_API ssi_tensor *ssi_append(ssi_tensor *x, ssi_tensor *v, int axis);

/* ---- splitting: views; returns 0 or a negative ssi_status, and then every out[i] is NULL ----------------------------------- */

/* x in `parts` equal parts along an axis, out[parts]. numpy.split(x, parts, axis) */
SSI_API int ssi_split(ssi_tensor *x, int parts, int axis, ssi_tensor **out);
/* The same where the size need not divide: the first parts are one longer. numpy.array_split */
SSI_API int ssi_array_split(ssi_tensor *x, int parts, int axis, ssi_tensor **out);
/* x[:at[0]], x[at[0]:at[1]], ..., x[at[count-1]:], as Python slices, along an axis: out[count + 1]. numpy.split(x, at, axis) */
SSI_API int ssi_split_at(ssi_tensor *x, int count, const int64_t *at, int axis, ssi_tensor **out);

/* ---- repeating ------------------------------------------------------------------------------------------------------------ */

/* x repeated reps[i] times along axis i; the shorter of shape and reps gets 1s in front. ssi_tile(x, 2, 3). At most 8 axes are repeated at once.
 * numpy.tile */
SSI_API ssi_tensor *ssi_tile(ssi_tensor *x, int count, const int64_t *reps);
/* Each element `repeats` times, one after the other, along an axis or SSI_ALL_AXES. numpy.repeat(x, repeats, axis) */
SSI_API ssi_tensor *ssi_repeat(ssi_tensor *x, int64_t repeats, int axis);
/* Element i counts[i] times: counts (n) or (1) of integers, n the axis's size; they are read. numpy.repeat(x, counts, axis) */
SSI_API ssi_tensor *ssi_repeat_each(ssi_tensor *x, ssi_tensor *counts, int axis);
/* x's elements over and over until the shape is filled; of an empty x, zeros. ssi_resize(x, 3, 4). numpy.resize */
SSI_API ssi_tensor *ssi_resize(ssi_tensor *x, int rank, const int64_t *shape);

/* ---- turning ---------------------------------------------------------------------------------------------------------------- */

/* Element i goes to place (i + shift) mod n of the axis; SSI_ALL_AXES: of the flattened tensor, in x's shape. numpy.roll(x, shift, axis) */
SSI_API ssi_tensor *ssi_roll(ssi_tensor *x, int64_t shift, int axis);
/* Along several axes; the shifts of an axis named twice add up. numpy.roll(x, shifts, axes) */
SSI_API ssi_tensor *ssi_roll_axes(ssi_tensor *x, int count, const int64_t *shifts, const int *axes);
/* The axes listed (count 0: all) in reverse. A view. numpy.flip */
SSI_API ssi_tensor *ssi_flip_axes(ssi_tensor *x, int count, const int *axes);
/* Axis 1, axis 0 in reverse; x has at least 2, 1 axes. Views. numpy.fliplr, numpy.flipud */
SSI_API ssi_tensor *ssi_fliplr(ssi_tensor *x);
SSI_API ssi_tensor *ssi_flipud(ssi_tensor *x);
/* Turned by `times` quarters, from axis `from` towards axis `to`; usually 0 and 1. A view. numpy.rot90(x, times, (from, to)) */
SSI_API ssi_tensor *ssi_rot90(ssi_tensor *x, int times, int from, int to);

/* ---- padding: before[i] and after[i] elements on axis i, as ssi_pad, of x's own; an empty axis cannot be padded ------------------ */

/* The outermost elements repeated: a a [a b c] c c. numpy.pad(mode="edge") */
SSI_API ssi_tensor *ssi_pad_edge(ssi_tensor *x, const int64_t *before, const int64_t *after);
/* Mirrored at the outermost elements: c b [a b c] b a, over and over where the widths are large. numpy.pad(mode="reflect") */
SSI_API ssi_tensor *ssi_pad_reflect(ssi_tensor *x, const int64_t *before, const int64_t *after);
/* Mirrored beyond them: b a [a b c] c b. numpy.pad(mode="symmetric") */
SSI_API ssi_tensor *ssi_pad_symmetric(ssi_tensor *x, const int64_t *before, const int64_t *after);
/* From the other end: b c [a b c] a b. numpy.pad(mode="wrap") */
SSI_API ssi_tensor *ssi_pad_wrap(ssi_tensor *x, const int64_t *before, const int64_t *after);

/* ---- taking away and putting between ------------------------------------------------------------------------------------------ */

/* x without the elements (rows, ...) at the places index[i], in [-n, n), along an axis or SSI_ALL_AXES; a place may come twice. ssi_delete(x, axis,
 * 0, 3). numpy.delete */
SSI_API ssi_tensor *ssi_delete(ssi_tensor *x, int axis, int count, const int64_t *index);
/* v before place `index`, in [-n, n], of an axis or SSI_ALL_AXES. v takes x's dtype and repeats to the shape of x without the axis; with a first axis
 * more, that is how many are inserted. numpy.insert(x, index, v, axis) */
SSI_API ssi_tensor *ssi_insert(ssi_tensor *x, int64_t index, ssi_tensor *v, int axis);
/* v's i-th before place index[i] of x as it was, for each i; v repeats to x's shape with `count` along the axis. numpy.insert(x, [...], v, axis) */
SSI_API ssi_tensor *ssi_insert_each(ssi_tensor *x, int count, const int64_t *index, ssi_tensor *v, int axis);

/* ---- differences and slopes ----------------------------------------------------------------------------------------------------- */

/* x[i+1] - x[i] along an axis, `times` over; of bool, whether they differ. numpy.diff */
SSI_API ssi_tensor *ssi_diff(ssi_tensor *x, int times, int axis);

typedef struct ssi_gradient_options {
    size_t size;
    double spacing; /* between neighbours; 0: 1 */
    ssi_tensor *
        at; /* instead: the coordinates (n) of the axis's elements; they are read. In equal steps they have no gradient */
    int second_ends; /* at the two ends, differences of second order instead of the first: numpy's edge_order=2 */
} ssi_gradient_options;

/* The slope of sampled values along an axis, by central differences inside and one-sided ones at the ends, in x's dtype; of integers, f64. The axis
 * has at least 2 elements (3 with second_ends). ssi_gradient(x, 0), ssi_gradient(x, 0, .spacing = 0.1). numpy.gradient for one axis. (Derivatives
 * of expressions: ssi_grad.) */
SSI_API ssi_tensor *ssi_gradient(ssi_tensor *x, int axis, const ssi_gradient_options *options);

typedef struct ssi_trapezoid_options {
    size_t size;
    double spacing; /* between neighbours; 0: 1 */
    ssi_tensor *at; /* instead: the coordinates, (n) or of y's shape */
} ssi_trapezoid_options;

/* The integral of sampled values along an axis, which is dropped, by straight lines between them; of integers, f64. ssi_trapezoid(y, -1, .at = x).
 * numpy.trapezoid */
SSI_API ssi_tensor *ssi_trapezoid(ssi_tensor *y, int axis, const ssi_trapezoid_options *options);

typedef struct ssi_interp_options {
    size_t size;
    ssi_tensor *left, *right; /* the values before xp[0] and after xp[n-1], of no axes; NULL: fp[0], fp[n-1] */
    double period;            /* not 0: x and xp are taken modulo it, xp in any order, and there is no left or right */
} ssi_interp_options;

/* The value at each x (any shape) of the straight lines through the points (xp[i], fp[i]): xp (n) ascending, fp (n), n >= 1. f64. NaN at NaN.
 * numpy.interp */
SSI_API ssi_tensor *ssi_interp(ssi_tensor *x, ssi_tensor *xp, ssi_tensor *fp, const ssi_interp_options *options);

/* ---- products along an axis ------------------------------------------------------------------------------------------------------- */

typedef enum ssi_overlap {
    SSI_FULL_OVERLAP = 0, /* every place where they overlap at all: n + m - 1 elements. "full" */
    SSI_SAME_OVERLAP,     /* the middle max(n, m) of them. "same" */
    SSI_VALID_OVERLAP     /* where they overlap wholly: max(n, m) - min(n, m) + 1. "valid" */
} ssi_overlap;

/* y[k] = sum over i of a[i] v[k-i]; a (n), v (m), not empty. numpy.convolve */
SSI_API ssi_tensor *ssi_convolve(ssi_tensor *a, ssi_tensor *v, ssi_overlap overlap);
/* y[k] = sum over i of a[k+i] v[i]. numpy.correlate, where "valid" is the default */
SSI_API ssi_tensor *ssi_correlate(ssi_tensor *a, ssi_tensor *v, ssi_overlap overlap);
/* The vector product of vectors of 3 (or 2, as if the third were 0) elements along an axis of both; the other axes broadcast. Of two vectors of 2,
 * its third element alone, and the axis is dropped. numpy.cross(a, b, axis=axis) */
SSI_API ssi_tensor *ssi_cross(ssi_tensor *a, ssi_tensor *b, int axis);

/* ---- sugar ---------------------------------------------------------------------------------------------------------------------- */

#ifndef __cplusplus
/* f(x, count, axes): the list ends with a 0 that is not counted, so that it is never empty. */
#define SSI_AXES(f, x, ...)                                                                                            \
    SSI_AT((f)((x), (int)(sizeof((int[]){__VA_ARGS__}) / sizeof(int)) - 1, (const int[]){__VA_ARGS__}))
#define SSI_TENSORS(f, ...) SSI_AT((f)(SSI_LIST(ssi_tensor *, __VA_ARGS__)))

#define ssi_ravel(x)                  SSI_AT((ssi_ravel)(x))
#define ssi_squeeze(...)              SSI_AXES(ssi_squeeze_axes, __VA_ARGS__, 0)
#define ssi_expand_dims(...)          SSI_AXES(ssi_expand_dims_axes, __VA_ARGS__, 0)
#define ssi_moveaxis(x, from, to)     SSI_AT((ssi_moveaxis)((x), (from), (to)))
#define ssi_swapaxes(x, a, b)         SSI_AT((ssi_swapaxes)((x), (a), (b)))
#define ssi_hstack(...)               SSI_TENSORS(ssi_hstack, __VA_ARGS__)
#define ssi_vstack(...)               SSI_TENSORS(ssi_vstack, __VA_ARGS__)
#define ssi_dstack(...)               SSI_TENSORS(ssi_dstack, __VA_ARGS__)
#define ssi_column_stack(...)         SSI_TENSORS(ssi_column_stack, __VA_ARGS__)
#define ssi_append(x, v, axis)        SSI_AT((ssi_append)(SSI_TENSOR(x), SSI_TENSOR(v), (axis)))
#define ssi_tile(x, ...)              SSI_AT((ssi_tile)((x), SSI_SHAPE(__VA_ARGS__)))
#define ssi_repeat(x, repeats, axis)  SSI_AT((ssi_repeat)((x), (repeats), (axis)))
#define ssi_resize(x, ...)            SSI_AT((ssi_resize)((x), SSI_SHAPE(__VA_ARGS__)))
#define ssi_roll(x, shift, axis)      SSI_AT((ssi_roll)((x), (shift), (axis)))
#define ssi_rot90(x, times, from, to) SSI_AT((ssi_rot90)((x), (times), (from), (to)))
#define ssi_delete(x, axis, ...)      SSI_AT((ssi_delete)((x), (axis), SSI_SHAPE(__VA_ARGS__)))
#define ssi_insert(x, index, v, axis) SSI_AT((ssi_insert)((x), (index), SSI_TENSOR(v), (axis)))
#define ssi_diff(x, times, axis)      SSI_AT((ssi_diff)((x), (times), (axis)))
#define ssi_gradient(x, ...)          SSI_AT(SSI_GRADIENT_(x, __VA_ARGS__, .size = sizeof(ssi_gradient_options)))
#define SSI_GRADIENT_(x, axis, ...)   (ssi_gradient)((x), (axis), &(ssi_gradient_options){__VA_ARGS__})
#define ssi_trapezoid(y, ...)         SSI_AT(SSI_TRAPEZOID_(y, __VA_ARGS__, .size = sizeof(ssi_trapezoid_options)))
#define SSI_TRAPEZOID_(y, axis, ...)  (ssi_trapezoid)((y), (axis), &(ssi_trapezoid_options){__VA_ARGS__})
#define ssi_interp(x, xp, ...)        SSI_AT(SSI_INTERP_(x, xp, __VA_ARGS__, .size = sizeof(ssi_interp_options)))
#define SSI_INTERP_(x, xp, fp, ...)   (ssi_interp)(SSI_TENSOR(x), (xp), (fp), &(ssi_interp_options){__VA_ARGS__})
#define ssi_convolve(a, v, overlap)   SSI_AT((ssi_convolve)((a), (v), (overlap)))
#define ssi_correlate(a, v, overlap)  SSI_AT((ssi_correlate)((a), (v), (overlap)))
#define ssi_cross(a, b, axis)         SSI_AT((ssi_cross)((a), (b), (axis)))
#endif

#ifdef __cplusplus
}
#endif
#endif
