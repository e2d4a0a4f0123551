/*
 * diagonal.c - diagonals. In a row-major (n, m) matrix the elements of a diagonal lie m + 1 apart: read as one long row, the matrix holds it as every
 * (m+1)-th element; and a column padded to m + 1 columns, read as one long row, is a matrix with that diagonal.
 */
#include <string.h>

#include "ops/build.h"
#include "ssi/arrange.h"
#include "ssi/create.h"

/* Where the k-th diagonal of (n, m) begins in the long row, and how many elements it has. */
static int64_t find_diagonal(int64_t n, int64_t m, int64_t k, int64_t *start)
{
    k = k < -n ? -n : k > m ? m : k;
    int64_t rows = k < 0 ? n + k : n, columns = k > 0 ? m - k : m;
    *start = k < 0 ? -k * m : k;
    return rows < columns ? rows : columns;
}

/* v (r) as the k-th diagonal, of r elements, of a matrix (n, m) of zeros. */
static ssi_tensor *lay_diagonal(ssi_tensor *v, int64_t n, int64_t m, int64_t k)
{
    int64_t start, r = find_diagonal(n, m, k, &start), shape[] = {n, m};
    if (r == 0)
        return v ? (ssi_zeros)(ssi_dtype_of(v), 2, shape) : NULL;
    int64_t row = start / (m + 1), column = start % (m + 1), rows = (n * m - 1) / (m + 1) + 1;
    int64_t before[] = {row, column}, after[] = {rows - row - r, m - column};
    ssi_tensor *wide = ssi_pad(ssi_reshape(v, r, 1), before, after, ssi_number_int(0));
    return (ssi_reshape)(ssi_slice(ssi_reshape(wide, -1), 1, &(ssi_range){0, n * m, 1}), 2, shape);
}

ssi_tensor *(ssi_eye)(ssi_dtype dtype, int64_t n, int64_t m, int64_t k)
{
    int64_t start, shape[] = {n, m};
    if (!ssi_shape_is_possible("eye", dtype, 2, shape))
        return NULL;
    int64_t r = find_diagonal(n, m, k, &start);
    return lay_diagonal((ssi_ones)(dtype, 1, &r), n, m, k);
}

ssi_tensor *(ssi_identity)(ssi_dtype dtype, int64_t n)
{
    SSI_CALLED;
    return (ssi_eye)(dtype, n, n, 0);
}

/* x (..., n, m) to (..., r). */
static ssi_tensor *last_diagonal(ssi_tensor *x, int64_t k)
{
    if (!x)
        return NULL;
    int rank = x->rank - 1;
    int64_t n = x->shape[rank - 1], m = x->shape[rank], start, r = find_diagonal(n, m, k, &start), shape[SSI_MAX_RANK];
    ssi_range part[SSI_MAX_RANK];
    for (int i = 0; i < rank - 1; i++) {
        part[i] = (ssi_range){0, SSI_END, 1};
        shape[i] = x->shape[i];
    }
    shape[rank - 1] = n * m;
    part[rank - 1] = r ? (ssi_range){start, start + (r - 1) * (m + 1) + 1, m + 1} : (ssi_range){0, 0, 1};
    return ssi_slice((ssi_reshape)(x, rank, shape), rank, part);
}

ssi_tensor *(ssi_diagonal)(ssi_tensor *x, int64_t k, int axis1, int axis2)
{
    if (!x)
        return NULL;
    if (x->rank < 2)
        return SSI_FAIL_NULL(SSI_INVALID, "diagonal", "a tensor with %d axes\nit needs at least two", x->rank);
    axis1 = ssi_axis("diagonal", axis1, x->rank);
    axis2 = axis1 < 0 ? -1 : ssi_axis("diagonal", axis2, x->rank);
    if (axis2 < 0)
        return NULL;
    if (axis1 == axis2)
        return SSI_FAIL_NULL(SSI_INVALID, "diagonal", "axis %d is named twice\nname two axes", axis1);
    int64_t order[SSI_MAX_RANK];
    int last = 0;
    for (int i = 0; i < x->rank; i++) {
        if (i != axis1 && i != axis2)
            order[last++] = i;
    }
    order[last] = axis1;
    order[last + 1] = axis2;
    return last_diagonal((ssi_permute)(x, x->rank, order), k);
}

ssi_tensor *(ssi_diag)(ssi_tensor *x, int64_t k)
{
    if (!x || x->rank == 2)
        return (ssi_diagonal)(x, k, 0, 1);
    if (x->rank != 1)
        return SSI_FAIL_NULL(SSI_INVALID, "diag",
                             "a tensor with %d axes\nit needs one or two; see ssi_diagonal, ssi_diagflat", x->rank);
    int64_t n = x->shape[0], far = k < -INT64_MAX / 2 ? INT64_MAX / 2 : k < 0 ? -k : k;
    int64_t side = far > INT64_MAX / 2 ? -1 : n + far;
    if (!ssi_shape_is_possible("diag", ssi_dtype_of(x), 2, (int64_t[]){side, side}))
        return NULL;
    return lay_diagonal(x, side, side, k);
}

ssi_tensor *(ssi_diagflat)(ssi_tensor *x, int64_t k)
{
    SSI_CALLED;
    return ssi_diag(ssi_ravel(x), k);
}
