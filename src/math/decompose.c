/*
 * decompose.c - decompositions of matrices, and what is composed of them. LAPACK's part is done by the operations of ops/decompose.h.
 */
#include <math.h>

#include "math/part.h"
#include "ops/decompose.h"
#include "ssi/linalg.h"

/* The last axis of x, or its last two, gone: they have one element. */
static ssi_tensor *without_last(ssi_tensor *x, int axes)
{
    return x ? (ssi_reshape)(x, x->rank - axes, x->shape) : NULL;
}

/* (..., 1, n) to (..., n). */
static ssi_tensor *as_vectors(ssi_tensor *x)
{
    return ssi_squeeze(x, -2);
}

static int64_t rows_of(const ssi_tensor *x)
{
    return x->shape[x->rank - 2];
}
static int64_t columns_of(const ssi_tensor *x)
{
    return x->shape[x->rank - 1];
}
static int64_t smaller_side(const ssi_tensor *x)
{
    return rows_of(x) < columns_of(x) ? rows_of(x) : columns_of(x);
}

/* ---- determinants, inverses, systems ---- */

ssi_tensor *(ssi_det)(ssi_tensor *x)
{
    return without_last(ssi_pack_det(x), 2);
}

int ssi_slogdet(ssi_tensor *x, ssi_tensor **sign, ssi_tensor **log_abs)
{
    ssi_tensor *both = ssi_pack_slogdet(x);
    ssi_tensor *made[] = {ssi_detach(without_last(ssi_unpack(both, 0, 1, 1), 2)),
                          without_last(ssi_unpack(both, 1, 1, 1), 2)},
               *out[2];
    int status = ssi_hand_over(2, made, out);
    *sign = out[0];
    *log_abs = out[1];
    return status;
}

ssi_tensor *(ssi_inv)(ssi_tensor *x)
{
    return ssi_build_inv(x);
}

ssi_tensor *(ssi_solve)(ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b || b->rank != 1)
        return ssi_build_solve(a, b);
    return ssi_squeeze(ssi_build_solve(a, ssi_reshape(b, -1, 1)), -1);
}

ssi_tensor *(ssi_cholesky)(ssi_tensor *x)
{
    return ssi_build_cholesky(x);
}

/* By squares: n's bits from the lowest on. */
static ssi_tensor *multiply_up(ssi_tensor *x, uint64_t n)
{
    ssi_tensor *y = NULL;
    for (ssi_tensor *square = x; n && square; n >>= 1) {
        if (n & 1)
            y = y ? ssi_matmul(y, square) : square;
        square = n > 1 ? ssi_matmul(square, square) : square;
    }
    return y;
}

ssi_tensor *(ssi_matrix_power)(ssi_tensor *x, int64_t n)
{
    SSI_CALLED;
    char text[SSI_SHAPE_TEXT];
    if (!x)
        return NULL;
    if (x->rank < 2 || rows_of(x) != columns_of(x))
        return SSI_FAIL_NULL(SSI_INVALID, "matrix_power", "x %s is not square\nthe last two sizes must be equal",
                             ssi_shape_text(x->rank, x->shape, text));
    if (n == 0)
        return (ssi_expand)(ssi_identity(ssi_dtype_of(x), rows_of(x)), x->rank, x->shape);
    return n > 0 ? multiply_up(x, (uint64_t)n) : multiply_up(ssi_build_inv(x), 0 - (uint64_t)n);
}

/* ---- factors ---- */

int ssi_qr(ssi_tensor *x, int complete, ssi_tensor **q, ssi_tensor **r)
{
    ssi_tensor *both = complete ? ssi_pack_qr_complete(x) : ssi_pack_qr(x), *made[2] = {NULL}, *out[2];
    if (both) {
        int64_t n = rows_of(x), m = columns_of(x), k = complete ? n : smaller_side(x);
        made[0] = ssi_unpack(both, 0, n, k);
        made[1] = ssi_unpack(both, n * k, k, m);
    }
    int status = ssi_hand_over(2, made, out);
    *q = out[0];
    *r = out[1];
    return status;
}

int ssi_svd(ssi_tensor *x, int full_matrices, ssi_tensor **u, ssi_tensor **s, ssi_tensor **vh)
{
    ssi_tensor *all = full_matrices ? ssi_pack_svd_full(x) : ssi_pack_svd(x), *made[3] = {NULL}, *out[3];
    if (all) {
        int64_t n = rows_of(x), m = columns_of(x), k = smaller_side(x), p = full_matrices ? n : k,
                q = full_matrices ? m : k;
        made[0] = ssi_unpack(all, 0, n, p);
        made[1] = as_vectors(ssi_unpack(all, n * p, 1, k));
        made[2] = ssi_unpack(all, n * p + k, q, m);
    }
    int status = ssi_hand_over(3, made, out);
    *u = out[0];
    *s = out[1];
    *vh = out[2];
    return status;
}

ssi_tensor *(ssi_svdvals)(ssi_tensor *x)
{
    return as_vectors(ssi_pack_svdvals(x));
}

int ssi_eigh(ssi_tensor *x, ssi_tensor **w, ssi_tensor **v)
{
    ssi_tensor *both = ssi_pack_eigh(x), *made[2] = {NULL}, *out[2];
    if (both) {
        int64_t n = columns_of(x);
        made[0] = as_vectors(ssi_unpack(both, 0, 1, n));
        made[1] = ssi_unpack(both, n, n, n);
    }
    int status = ssi_hand_over(2, made, out);
    *w = out[0];
    *v = out[1];
    return status;
}

ssi_tensor *(ssi_eigvalsh)(ssi_tensor *x)
{
    return as_vectors(ssi_pack_eigvalsh(x));
}

/* ---- least squares, rank ---- */

/* Singular values that rounding alone may have made, relative to the largest. */
static double usual_cutoff(const ssi_tensor *x, double given)
{
    double epsilon = x->dtype == SSI_F32 ? 0x1p-23 : 0x1p-52;
    return given > 0 ? given : epsilon * (double)(rows_of(x) > columns_of(x) ? rows_of(x) : columns_of(x));
}

ssi_tensor *(ssi_lstsq)(ssi_tensor *a, ssi_tensor *b, double rcond)
{
    if (!a || !b)
        return NULL;
    double cutoff = a->rank < 2 ? rcond : usual_cutoff(a, rcond);
    if (b->rank != 1)
        return ssi_build_lstsq(a, b, cutoff);
    return ssi_squeeze(ssi_build_lstsq(a, ssi_reshape(b, -1, 1), cutoff), -1);
}

ssi_tensor *(ssi_pinv)(ssi_tensor *x, double rcond)
{
    SSI_CALLED;
    return x ? ssi_build_pinv(x, x->rank < 2 ? rcond : usual_cutoff(x, rcond)) : NULL;
}

ssi_tensor *(ssi_matrix_rank)(ssi_tensor *x, double rtol)
{
    SSI_CALLED;
    if (!x)
        return NULL;
    if (x->rank < 2)
        return ssi_cast(ssi_any(x), SSI_I64);
    ssi_tensor *s = ssi_svdvals(x);
    if (!s)
        return NULL;
    if (smaller_side(x) == 0)
        return (ssi_zeros)(SSI_I64, s->rank - 1, s->shape);
    ssi_tensor *largest = ssi_max_axes(s, 1, (int[]){-1}, 1);
    return ssi_sum(ssi_greater(s, ssi_mul(largest, usual_cutoff(x, rtol))), -1);
}

/* ---- norms ---- */

/* The sums of absolute values along an axis, the largest or smallest of them. */
static ssi_tensor *extreme_sum(ssi_tensor *x, int axis, bool smallest)
{
    ssi_tensor *sum = ssi_sum_axes(ssi_abs(x), 1, &axis, 0);
    return smallest ? ssi_min(sum, -1) : ssi_max(sum, -1);
}

ssi_tensor *(ssi_matrix_norm)(ssi_tensor *x, ssi_matrix_norm_kind kind)
{
    SSI_CALLED;
    char text[SSI_SHAPE_TEXT];
    if (!x)
        return NULL;
    if (x->rank < 2)
        return SSI_FAIL_NULL(SSI_INVALID, "matrix_norm", "x is %s: no matrix\nssi_norm is that of vectors",
                             ssi_describe(x, text));
    x = ssi_is_float(ssi_dtype_of(x)) ? x : ssi_cast(x, SSI_F64);
    switch (kind) {
    case SSI_NORM_FRO:
        return ssi_norm_axes(x, 2, (int[]){-2, -1}, 0);
    case SSI_NORM_NUC:
        return ssi_sum(ssi_svdvals(x), -1);
    case SSI_NORM_1:
    case SSI_NORM_MINUS_1:
        return extreme_sum(x, -2, kind == SSI_NORM_MINUS_1);
    case SSI_NORM_INF:
    case SSI_NORM_MINUS_INF:
        return extreme_sum(x, -1, kind == SSI_NORM_MINUS_INF);
    case SSI_NORM_2:
        return ssi_max(ssi_svdvals(x), -1);
    case SSI_NORM_MINUS_2:
        return ssi_min(ssi_svdvals(x), -1);
    }
    return SSI_FAIL_NULL(SSI_INVALID, "matrix_norm", "%d is no norm", (int)kind);
}

ssi_tensor *(ssi_cond)(ssi_tensor *x, ssi_matrix_norm_kind kind)
{
    SSI_CALLED;
    if (kind != SSI_NORM_2 && kind != SSI_NORM_MINUS_2)
        return ssi_mul(ssi_matrix_norm(x, kind), ssi_matrix_norm(ssi_build_inv(x), kind));
    ssi_tensor *s = ssi_svdvals(x);
    ssi_tensor *largest = ssi_max(s, -1), *least = ssi_min(s, -1);
    return kind == SSI_NORM_2 ? ssi_div(largest, least) : ssi_div(least, largest);
}
