/*
 * ssi/index.h - parts of tensors, in NumPy's own notation or by functions, and tensors with parts replaced.
 *
 *     ssi_tensor *a = ssi_reshape(ssi_arange(SSI_I64, 0, 12, 1), 3, 4);
 *     ssi_print(ssi_at(a, "1"));                                  // expect: [4 5 6 7]
 *     ssi_print(ssi_at(a, "::-1, 1:3"));                          // expect: [[ 9 10]
 *                                                                 // expect:  [ 5  6]
 *                                                                 // expect:  [ 1  2]]
 *     ssi_print(ssi_at(a, "?, -1", 2));                           // expect: 11
 *     ssi_print(ssi_mask(a, ssi_greater(a, 8)));                  // expect: [ 9 10 11]
 *     ssi_assign_at(a, "1:, 0", -1);
 *     ssi_print(ssi_at(a, ":, 0"));                               // expect: [ 0 -1 -1]
 *
 * What is between NumPy's brackets is a text here:
 *
 *   3, -1          that element of an axis, which is dropped; outside of the axis: SSI_RANGE
 *   start:stop:step  a slice, any part of it left out; as in Python, bounds outside of the axis are clipped
 *   ...            as many whole axes as the others leave
 *   None           a new axis of one element; also np.newaxis
 *   [0, 2, -1]     these elements, in this order; at most one such list
 *   ?              the next of the integers given behind the text; it can stand for any number above
 *
 * An error in the text, or an index that the tensor has not, is shown with the place marked. Parts are views: nothing is copied but where there is a
 * list. Gradients flow through everything here, by x and by the values put into it.
 */
#ifndef SSI_INDEX_H
#define SSI_INDEX_H

#include "ssi/ops.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the notation ---------------------------------------------------------------------------------------------------- */

/* x[text]. With a list, integers beside it count as lists too, as in NumPy: where all of these stand together the new axis takes their place, else it
 * comes first. The macro takes the integers for `?` behind the text: ssi_at(x, "?:?", i, j). */
SSI_API ssi_tensor *ssi_at(ssi_tensor *x, const char *text, int count, const int64_t *numbers);

/* x with the part x[text] replaced by v, which broadcasts to it and is cast to x's dtype; x itself does not change. The macro takes a C number for v.
 * Of an element that a list names twice the last value is there. jax.numpy's x.at[...].set(v) */
SSI_API ssi_tensor *ssi_set(ssi_tensor *x, const char *text, ssi_tensor *v, int count, const int64_t *numbers);

/* ssi_assign(x, ssi_set(x, text, v)): from here on the handle x stands for the new value, and expressions written earlier keep the old one. Where
 * nobody can see the old value any more when the scope closes, only the parts are written, in x's own memory: give a loop of assignments a scope.
 * x[text] = v. Returns 0 or a negative ssi_status. */
SSI_API int ssi_assign_at(ssi_tensor *x, const char *text, ssi_tensor *v, int count, const int64_t *numbers);

/* ---- by index: integers of any dtype, in [-n, n) of an axis of n, else the run fails (SSI_RANGE) ------------------------- */

/* The elements of an axis that `index` (any shape) names; its axes take the axis's place. SSI_ALL_AXES: of the flattened tensor. numpy.take */
SSI_API ssi_tensor *ssi_take(ssi_tensor *x, ssi_tensor *index, int axis);
/* x with the rows that `index` (any shape) names replaced by `rows`, which broadcasts to them; of one named twice the last is there.
 * x[index] = rows */
SSI_API ssi_tensor *ssi_set_rows(ssi_tensor *x, ssi_tensor *index, ssi_tensor *rows);
/* x[index[0], index[1], ...]: index[i], which broadcast, along axis i; the axes that have none follow. The macro takes them as a list:
 * ssi_index(y, ssi_arange(SSI_I64, 0, n, 1), labels) */
SSI_API ssi_tensor *ssi_index(ssi_tensor *x, int count, ssi_tensor *const *index);
/* x with that replaced by `values`, which broadcasts to it; of one named twice the last is there. x[index[0], ...] = values */
SSI_API ssi_tensor *ssi_set_index(ssi_tensor *x, ssi_tensor *values, int count, ssi_tensor *const *index);
/* x with elements of the flattened x replaced: of place index[i] by values[i]; values that are fewer are taken again from the first.
 * numpy.put on a copy */
SSI_API ssi_tensor *ssi_put(ssi_tensor *x, ssi_tensor *index, ssi_tensor *values);

/* ---- by mask: a bool tensor, or whether elements of another are not 0 ----------------------------------------------------- */

/* x[mask]: the elements (or, where the mask has fewer axes, what stands behind its axes) where the mask is true, one after another: (n,...). The
 * mask's shape is that of x's first axes. How many there are is a value: the mask is computed now; x is not, and its gradient flows. */
SSI_API ssi_tensor *ssi_mask(ssi_tensor *x, ssi_tensor *mask);
/* The same along an axis (SSI_ALL_AXES: of the flattened x), by a mask of one axis that may be shorter: the rest is left out. numpy.compress */
SSI_API ssi_tensor *ssi_compress(ssi_tensor *x, ssi_tensor *mask, int axis);
/* x with `value` where the mask is true; the mask has x's first axes, and the value broadcasts to x. numpy.copyto(x, value, where=mask) on
 * a copy. A value for each true element: ssi_put(x, ssi_flatnonzero(mask), values) */
SSI_API ssi_tensor *ssi_set_mask(ssi_tensor *x, ssi_tensor *mask, ssi_tensor *value);

/* ---- where elements are not 0: computed now, i64, no gradient ----------------------------------------------------------------- */

/* (n, rank), a row for each, in C order. numpy.argwhere */
SSI_API ssi_tensor *ssi_argwhere(ssi_tensor *x);
/* (n), places in the flattened x. numpy.flatnonzero */
SSI_API ssi_tensor *ssi_flatnonzero(ssi_tensor *x);
/* The columns of argwhere: index[i] (n) is the index along axis i; x has one axis at least. All NULL when it fails. Returns 0 or a negative
 * ssi_status. numpy.nonzero */
SSI_API int ssi_nonzero(ssi_tensor *x, ssi_tensor **index);

/* ---- sugar ---------------------------------------------------------------------------------------------------------------------- */

#ifndef __cplusplus
/* The integers given for each ?, as count and array. (The list ends with a 0 that is not counted, so that it is never empty.) */
#define SSI_GIVEN(...)                                                                                                 \
    (int)(sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t)) - 1, (const int64_t[])                                   \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }
/* The same for what returns a status. */
static inline int ssi_located_(int status, const char *file, int line)
{
    if (status < 0)
        ssi_locate(NULL, file, line);
    return status;
}
#define SSI_AT_GIVEN(x, text, ...)     SSI_AT((ssi_at)((x), (text), SSI_GIVEN(__VA_ARGS__)))
#define SSI_SET_GIVEN(x, text, v, ...) SSI_AT((ssi_set)((x), (text), SSI_TENSOR(v), SSI_GIVEN(__VA_ARGS__)))
#define SSI_ASSIGN_GIVEN(x, text, v, ...)                                                                              \
    ssi_located_((ssi_assign_at)((x), (text), SSI_TENSOR(v), SSI_GIVEN(__VA_ARGS__)), __FILE__, __LINE__)

#define ssi_at(...)                  SSI_AT_GIVEN(__VA_ARGS__, 0)
#define ssi_set(...)                 SSI_SET_GIVEN(__VA_ARGS__, 0)
#define ssi_assign_at(...)           SSI_ASSIGN_GIVEN(__VA_ARGS__, 0)
#define ssi_take(x, index, axis)     SSI_AT((ssi_take)((x), SSI_TENSOR(index), (axis)))
#define ssi_set_rows(x, index, rows) SSI_AT((ssi_set_rows)((x), SSI_TENSOR(index), SSI_TENSOR(rows)))
#define ssi_index(x, ...)            SSI_AT((ssi_index)((x), SSI_LIST(ssi_tensor *, __VA_ARGS__)))
#define ssi_set_index(x, values, ...)                                                                                  \
    SSI_AT((ssi_set_index)((x), SSI_TENSOR(values), SSI_LIST(ssi_tensor *, __VA_ARGS__)))
#define ssi_put(x, index, values)    SSI_AT((ssi_put)((x), SSI_TENSOR(index), SSI_TENSOR(values)))
#define ssi_mask(x, mask)            SSI_AT((ssi_mask)((x), (mask)))
#define ssi_compress(x, mask, axis)  SSI_AT((ssi_compress)((x), (mask), (axis)))
#define ssi_set_mask(x, mask, value) SSI_AT((ssi_set_mask)((x), (mask), SSI_TENSOR(value)))
#endif

#ifdef __cplusplus
}
#endif
#endif
