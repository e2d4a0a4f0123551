/*
 * decompose.c - what the operations on matrices share.
 */
#include "ops/decompose.h"

#include <math.h>

/* ---- builders ---- */

ssi_tensor *ssi_matrices(const ssi_op *op, ssi_tensor *x, bool square)
{
    char text[SSI_SHAPE_TEXT];
    if (!x)
        return NULL;
    ssi_dtype dtype = ssi_dtype_of(x);
    if (x->rank < 2)
        return SSI_FAIL_NULL(SSI_INVALID, op->name, "x is %s: no matrix\nit needs at least two axes",
                             ssi_describe(x, text));
    int64_t n = x->shape[x->rank - 2], m = x->shape[x->rank - 1];
    if (square && n != m)
        return SSI_FAIL_NULL(SSI_INVALID, op->name, "x %s is not square\nthe last two sizes must be equal",
                             ssi_shape_text(x->rank, x->shape, text));
    if (ssi_is_narrow(dtype))
        return SSI_FAIL_NULL(SSI_INVALID, op->name, "not defined for %s\ncast to f32", ssi_dtype_name(dtype));
    dtype = ssi_is_float(dtype) ? dtype : SSI_F64;
    if (!ssi_fits_lapack(op, n, m) || !ssi_lapack_for(op->name, dtype))
        return NULL;
    return ssi_cast(x, dtype);
}

bool ssi_fits_lapack(const ssi_op *op, int64_t rows, int64_t columns)
{
    const int64_t most = 1 << 30;
    return (rows <= most && columns <= most && rows * columns <= most) ||
           ssi_fail(SSI_INVALID, op->name, "a matrix of %lld by %lld elements: LAPACK counts them by 32 bits",
                    (long long)rows, (long long)columns) == 0;
}

ssi_tensor *ssi_build_matrices(const ssi_op *op, int inputs, ssi_tensor *const *x, int64_t rows, int64_t columns,
                               int arguments, const int64_t *argument)
{
    int64_t shape[SSI_MAX_RANK];
    int rank = x[0]->rank;
    ssi_dtype dtype = ssi_dtype_of(x[0]);
    memcpy(shape, x[0]->shape, sizeof *shape * (size_t)rank);
    shape[rank - 2] = rows;
    shape[rank - 1] = columns;
    if (!ssi_shape_is_possible(op->name, dtype, rank, shape))
        return NULL;
    return ssi_node(&(ssi_node_spec){.op = op,
                                     .dtype = dtype,
                                     .rank = rank,
                                     .shape = shape,
                                     .inputs = inputs,
                                     .input = x,
                                     .arguments = arguments,
                                     .argument = argument});
}

/* The matrices of x once for every index of the leading axes. */
static ssi_tensor *with_leading(ssi_tensor *x, int leading, const int64_t *sizes)
{
    int64_t shape[SSI_MAX_RANK];
    memcpy(shape, sizes, (size_t)leading * sizeof *shape);
    memcpy(shape + leading, x->shape + x->rank - 2, 2 * sizeof *shape);
    return (ssi_expand)(x, leading + 2, shape);
}

ssi_tensor *ssi_build_pair(const ssi_op *op, ssi_tensor *a, ssi_tensor *b, bool square, int arguments,
                           const int64_t *argument)
{
    char ta[SSI_SHAPE_TEXT], tb[SSI_SHAPE_TEXT];
    int64_t sizes[SSI_MAX_RANK];
    if (!a || !b)
        return NULL;
    ssi_dtype dtype = ssi_promote(ssi_dtype_of(a), ssi_dtype_of(b));
    a = ssi_matrices(op, ssi_cast(a, dtype), square);
    b = ssi_matrices(op, ssi_cast(b, dtype), false);
    if (!a || !b)
        return NULL;
    ssi_shape_text(a->rank, a->shape, ta);
    ssi_shape_text(b->rank, b->shape, tb);
    if (a->shape[a->rank - 2] != b->shape[b->rank - 2])
        return SSI_FAIL_NULL(SSI_INVALID, op->name, "rows differ: a %s, b %s\nthe last size but one must be the same",
                             ta, tb);
    int leading = ssi_shape_broadcast(a->rank - 2, a->shape, b->rank - 2, b->shape, sizes);
    if (leading < 0)
        return SSI_FAIL_NULL(SSI_INVALID, op->name, "leading axes do not broadcast: a %s, b %s", ta, tb);
    ssi_tensor *input[] = {with_leading(a, leading, sizes), with_leading(b, leading, sizes)};
    if (!input[0] || !input[1] || !ssi_fits_lapack(op, a->shape[a->rank - 1], b->shape[b->rank - 1]))
        return NULL;
    return ssi_build_matrices(op, 2, input, a->shape[a->rank - 1], b->shape[b->rank - 1], arguments, argument);
}

ssi_tensor *ssi_unpack(ssi_tensor *packed, int64_t at, int64_t rows, int64_t columns)
{
    if (!packed)
        return NULL;
    ssi_range range[SSI_MAX_RANK];
    int64_t shape[SSI_MAX_RANK];
    int rank = packed->rank;
    for (int i = 0; i < rank; i++) {
        range[i] = (ssi_range){0, SSI_END, 1};
        shape[i] = packed->shape[i];
    }
    range[rank - 1] = (ssi_range){at, at + rows * columns, 1};
    shape[rank - 2] = rows;
    shape[rank - 1] = columns;
    return (ssi_reshape)(ssi_slice(packed, rank, range), rank, shape);
}

/* ---- gradients ---- */

ssi_tensor *ssi_lower(ssi_tensor *x, bool strict)
{
    if (!x)
        return NULL;
    int64_t n = x->shape[x->rank - 2], m = x->shape[x->rank - 1];
    ssi_tensor *row = ssi_iota(SSI_I64, 2, (int64_t[]){n, 1}, 0), *column = ssi_iota(SSI_I64, 2, (int64_t[]){1, m}, 1);
    return ssi_where(strict ? ssi_less(column, row) : ssi_less_equal(column, row), x, 0);
}

ssi_tensor *ssi_as_diagonal(ssi_tensor *x)
{
    if (!x)
        return NULL;
    int64_t n = x->shape[x->rank - 1];
    ssi_tensor *row = ssi_iota(SSI_I64, 2, (int64_t[]){n, 1}, 0), *column = ssi_iota(SSI_I64, 2, (int64_t[]){1, n}, 1);
    return ssi_where(ssi_equal(row, column), x, 0);
}

ssi_tensor *ssi_symmetric(ssi_tensor *x)
{
    return ssi_mul(ssi_add(x, ssi_transpose(x)), 0.5);
}

/* ---- calls ---- */

static ssi_matrix matrix_at(const ssi_view *view, int64_t offset, int64_t row, int64_t column)
{
    return (ssi_matrix){(char *)view->data + offset * (int64_t)ssi_dtype_size(view->dtype), row, column};
}

ssi_matrix ssi_unit(const ssi_call *call, const ssi_view *view, int64_t u)
{
    return matrix_at(view, ssi_unit_offset(call, view, u), view->stride[view->rank - 2], view->stride[view->rank - 1]);
}

ssi_matrix ssi_packed_unit(const ssi_call *call, int64_t u, int64_t at, int64_t columns)
{
    const ssi_view *out = call->out;
    int64_t step = out->stride[out->rank - 1];
    return matrix_at(out, ssi_unit_offset(call, out, u) + at * step, columns * step, step);
}

/* In tiles: where one side lies by rows and the other by columns, a tile's lines stay in cache. `size` is known where this is inlined. */
static inline void copy_elements(ssi_matrix to, ssi_matrix from, int64_t rows, int64_t columns, const int64_t size)
{
    enum { TILE = 16 };
    for (int64_t first = 0; first < rows; first += TILE) {
        int64_t last = first + TILE < rows ? first + TILE : rows;
        for (int64_t j = 0; j < columns; j++) {
            char *t = to.data + (first * to.row + j * to.column) * size;
            const char *f = from.data + (first * from.row + j * from.column) * size;
            for (int64_t i = first; i < last; i++, t += to.row * size, f += from.row * size)
                memcpy(t, f, (size_t)size);
        }
    }
}

void ssi_copy_matrix(ssi_matrix to, ssi_matrix from, int64_t rows, int64_t columns, size_t size)
{
    if (size == sizeof(float))
        copy_elements(to, from, rows, columns, sizeof(float));
    else
        copy_elements(to, from, rows, columns, sizeof(double));
}

bool ssi_all_finite(const void *data, int64_t count, ssi_dtype dtype)
{
    for (int64_t i = 0; i < count; i++) {
        if (!isfinite(ssi_get_f64(data, dtype, i)))
            return false;
    }
    return true;
}

int ssi_fail_matrix(const ssi_call *call, int64_t u, ssi_status code, const char *what)
{
    char text[SSI_SHAPE_TEXT];
    const ssi_view *x = &call->in[0];
    ssi_shape_text(x->rank, x->shape, text);
    if (x->rank == 2)
        return ssi_fail(code, call->op->name, "x %s %s", text, what);
    return ssi_fail(code, call->op->name, "matrix %lld of x %s %s", (long long)u, text, what);
}
