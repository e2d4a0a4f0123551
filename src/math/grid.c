/*
 * grid.c - functions of the place: coordinates of grids, triangles, marks at an index, powers.
 */
#include <string.h>

#include "ops/build.h"
#include "ssi/arrange.h"
#include "ssi/create.h"
#include "ssi/math.h"

/* ---- coordinates ---- */

/* out[i] = x[i] along its axis, every other axis repeated. */
static bool lay_out(int count, ssi_tensor *const *x, ssi_indexing indexing, ssi_tensor **out)
{
    int64_t shape[SSI_MAX_RANK] = {0}, own[SSI_MAX_RANK];
    for (int i = 0; i < count; i++) {
        int axis = indexing == SSI_XY && i < 2 && count > 1 ? 1 - i : i;
        if (!x[i])
            return false;
        shape[axis] = ssi_size(x[i]);
    }
    if (!ssi_shape_is_possible("meshgrid", SSI_F64, count, shape))
        return false;
    for (int i = 0; i < count; i++) {
        int axis = indexing == SSI_XY && i < 2 && count > 1 ? 1 - i : i;
        for (int k = 0; k < count; k++)
            own[k] = k == axis ? shape[k] : 1;
        out[i] = (ssi_expand)((ssi_reshape)(x[i], count, own), count, shape);
        if (!out[i])
            return false;
    }
    return true;
}

int ssi_meshgrid(int count, ssi_tensor *const *x, ssi_indexing indexing, ssi_tensor **out)
{
    if (count < 0 || count > SSI_MAX_RANK)
        return ssi_fail(SSI_INVALID, "meshgrid", "%d coordinates; a grid has 0 to %d axes", count, SSI_MAX_RANK);
    ssi_tensor *made[SSI_MAX_RANK] = {NULL};
    bool done = lay_out(count, x, indexing, made);
    for (int i = 0; i < count; i++)
        out[i] = done ? made[i] : NULL;
    return done ? SSI_OK : ssi_error_peek() ? (int)ssi_error_peek()->code : SSI_INVALID;
}

ssi_tensor *ssi_fromfunction(ssi_index_function *f, ssi_dtype dtype, int rank, const int64_t *shape, void *context)
{
    ssi_tensor *index[SSI_MAX_RANK] = {NULL};
    if (!f)
        return SSI_FAIL_NULL(SSI_INVALID, "fromfunction", "no function");
    if (!ssi_shape_is_possible("fromfunction", dtype, rank, shape))
        return NULL;
    for (int i = 0; i < rank; i++) {
        index[i] = ssi_iota(dtype, rank, shape, i);
        if (!index[i])
            return NULL;
    }
    ssi_tensor *made = f(index, context);
    if (!made && !ssi_failed())
        return SSI_FAIL_NULL(SSI_INVALID, "fromfunction", "the function returned NULL");
    return made;
}

/* ---- marks ---- */

ssi_tensor *(ssi_one_hot)(ssi_tensor *x, int64_t classes, ssi_dtype dtype)
{
    SSI_CALLED;
    if (!x)
        return NULL;
    if (!ssi_is_integer(ssi_dtype_of(x)) || classes < 1 || x->rank == SSI_MAX_RANK)
        return SSI_FAIL_NULL(SSI_INVALID, "one_hot", "%s into %lld classes\ngive integers, and at least one class",
                             ssi_dtype_name(ssi_dtype_of(x)), (long long)classes);
    int64_t shape[SSI_MAX_RANK];
    memcpy(shape, x->shape, x->rank * sizeof *shape);
    shape[x->rank] = classes;
    ssi_tensor *index = ssi_iota(SSI_I64, x->rank + 1, shape, x->rank);
    return ssi_cast(ssi_equal(index, ssi_expand_dims(ssi_cast(x, SSI_I64), -1)), dtype);
}

/* ---- triangles ---- */

/* bool (n, m): true on the k-th diagonal and below, where column - row <= k. Small indices are compared faster. */
static ssi_tensor *lower(int64_t n, int64_t m, int64_t k)
{
    k = k < -n ? -n : k > m ? m : k;
    ssi_dtype index = n < INT32_MAX / 2 && m < INT32_MAX / 2 ? SSI_I32 : SSI_I64;
    int64_t rows[] = {n, 1}, columns[] = {1, m};
    return ssi_less_equal(ssi_iota(index, 2, columns, 1), ssi_add(ssi_iota(index, 2, rows, 0), k));
}

ssi_tensor *(ssi_tri)(ssi_dtype dtype, int64_t n, int64_t m, int64_t k)
{
    int64_t shape[] = {n, m};
    return ssi_shape_is_possible("tri", dtype, 2, shape) ? ssi_cast(lower(n, m, k), dtype) : NULL;
}

/* x where the place is in the lower triangle (not in it), else 0. A row is repeated to a square. */
static ssi_tensor *triangle(const char *name, ssi_tensor *x, int64_t k, bool keep_lower)
{
    if (!x)
        return NULL;
    if (x->rank == 0)
        return SSI_FAIL_NULL(SSI_INVALID, name, "a tensor of no axes\nit needs one or two");
    int64_t m = x->shape[x->rank - 1], n = x->rank == 1 ? m : x->shape[x->rank - 2];
    ssi_tensor *mask = lower(n, m, k), *zero = ssi_full(ssi_dtype_of(x), 0, 1);
    return keep_lower ? ssi_where(mask, x, zero) : ssi_where(mask, zero, x);
}

ssi_tensor *(ssi_tril)(ssi_tensor *x, int64_t k)
{
    return triangle("tril", x, k, true);
}

ssi_tensor *(ssi_triu)(ssi_tensor *x, int64_t k)
{
    return triangle("triu", x, k == INT64_MIN ? k : k - 1, false);
}

/* ---- powers ---- */

/* Running products of 1, x, x, ..., whole rows at a time, which are the result's columns. */
ssi_tensor *(ssi_vander)(ssi_tensor *x, int64_t columns, int increasing)
{
    if (!x)
        return NULL;
    if (x->rank != 1 || columns < 0)
        return SSI_FAIL_NULL(SSI_INVALID, "vander", "x of %d axes into %lld columns\nx has one axis", x->rank,
                             (long long)columns);
    ssi_dtype dtype = ssi_promote(ssi_dtype_of(x), SSI_I64);
    int64_t n = x->shape[0], first[] = {columns > 0, n}, rest[] = {columns > 1 ? columns - 1 : 0, n};
    if (!ssi_shape_is_possible("vander", dtype, 2, (int64_t[]){n, columns}))
        return NULL;
    ssi_tensor *rows = (ssi_expand)(ssi_cast(x, dtype), 2, rest);
    ssi_tensor *power = ssi_concatenate(2, (ssi_tensor *[]){(ssi_ones)(dtype, 2, first), ssi_cumprod(rows, 0)}, 0);
    return ssi_transpose(increasing ? power : ssi_flip(power, 0));
}
