/*
 * linalg.c - products of vectors, matrices and tensors, in matrix products and elementwise ones.
 */
#include "ssi/linalg.h"
#include "math/contract.h"
#include "ssi/create.h"
#include "ssi/math.h"

/* ---- products over axes ---- */

static ssi_tensor *fail_alignment(const char *operation, const ssi_tensor *a, int i, const ssi_tensor *b, int j)
{
    char ta[SSI_SHAPE_TEXT], tb[SSI_SHAPE_TEXT];
    return SSI_FAIL_NULL(
        SSI_INVALID, operation,
        "shapes not aligned: a %s, b %s: %lld (axis %d) != %lld (axis %d)\ntranspose or reshape one of them?",
        ssi_shape_text(a->rank, a->shape, ta), ssi_shape_text(b->rank, b->shape, tb), (long long)a->shape[i], i,
        (long long)b->shape[j], j);
}

/* a's axes are labels 0, 1, ...; b's follow, but those summed over have the labels of their partners. */
static ssi_tensor *sum_over(const char *operation, ssi_tensor *a, ssi_tensor *b, int count, const int *axes_a,
                            const int *axes_b)
{
    ssi_term term[] = {{.x = ssi_strong(a)}, {.x = ssi_strong(b)}};
    bool summed[2 * SSI_MAX_RANK] = {false};
    uint8_t out[2 * SSI_MAX_RANK];
    int rank = 0;
    for (int i = 0; i < a->rank; i++)
        term[0].label[i] = (uint8_t)i;
    for (int i = 0; i < b->rank; i++)
        term[1].label[i] = (uint8_t)(a->rank + i);
    for (int k = 0; k < count; k++) {
        int i = ssi_axis(operation, axes_a[k], a->rank), j = i < 0 ? -1 : ssi_axis(operation, axes_b[k], b->rank);
        if (j < 0)
            return NULL;
        if (summed[i] || summed[a->rank + j])
            return SSI_FAIL_NULL(SSI_INVALID, operation, "axis %d of %s is named twice", summed[i] ? i : j,
                                 summed[i] ? "a" : "b");
        if (a->shape[i] != b->shape[j])
            return fail_alignment(operation, a, i, b, j);
        summed[i] = summed[a->rank + j] = true;
        term[1].label[j] = (uint8_t)i;
    }
    for (int i = 0; i < a->rank + b->rank; i++) {
        if (!summed[i])
            out[rank++] = (uint8_t)i;
    }
    if (rank > SSI_MAX_RANK)
        return SSI_FAIL_NULL(SSI_INVALID, operation, "a result of %d axes\n%d are the most there can be", rank,
                             SSI_MAX_RANK);
    return term[0].x && term[1].x ? ssi_contract(operation, 2, term, rank, out) : NULL;
}

ssi_tensor *(ssi_dot)(ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b)
        return NULL;
    if (a->rank == 0 || b->rank == 0)
        return ssi_mul(a, b);
    return sum_over("dot", a, b, 1, (int[]){-1}, (int[]){b->rank == 1 ? 0 : -2});
}

ssi_tensor *(ssi_inner)(ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b)
        return NULL;
    if (a->rank == 0 || b->rank == 0)
        return ssi_mul(a, b);
    return sum_over("inner", a, b, 1, (int[]){-1}, (int[]){-1});
}

/* Tensors of one shape need not be laid flat. */
ssi_tensor *(ssi_vdot)(ssi_tensor *a, ssi_tensor *b)
{
    char ta[SSI_SHAPE_TEXT], tb[SSI_SHAPE_TEXT];
    int axes[SSI_MAX_RANK];
    if (!a || !b)
        return NULL;
    if (ssi_count(a) != ssi_count(b))
        return SSI_FAIL_NULL(SSI_INVALID, "vdot", "sizes differ: a %s has %lld elements, b %s has %lld",
                             ssi_shape_text(a->rank, a->shape, ta), (long long)ssi_count(a),
                             ssi_shape_text(b->rank, b->shape, tb), (long long)ssi_count(b));
    bool same = ssi_same_shape(a, b->rank, b->shape);
    a = same ? a : ssi_ravel(a);
    b = same ? b : ssi_ravel(b);
    for (int i = 0; a && i < a->rank; i++)
        axes[i] = i;
    return a ? sum_over("vdot", a, b, a->rank, axes, axes) : NULL;
}

ssi_tensor *(ssi_outer)(ssi_tensor *a, ssi_tensor *b)
{
    SSI_CALLED;
    return a && b ? ssi_mul(ssi_reshape(ssi_strong(a), -1, 1), ssi_reshape(ssi_strong(b), 1, -1)) : NULL;
}

ssi_tensor *ssi_tensordot_axes(ssi_tensor *a, ssi_tensor *b, int count, const int *axes_a, const int *axes_b)
{
    return a && b ? sum_over("tensordot", a, b, count, axes_a, axes_b) : NULL;
}

ssi_tensor *(ssi_tensordot)(ssi_tensor *a, ssi_tensor *b, int axes)
{
    int axes_a[SSI_MAX_RANK], axes_b[SSI_MAX_RANK];
    if (!a || !b)
        return NULL;
    if (axes < 0 || axes > a->rank || axes > b->rank)
        return SSI_FAIL_NULL(SSI_INVALID, "tensordot", "%d axes to sum over of a with %d axes, b with %d", axes,
                             a->rank, b->rank);
    for (int i = 0; i < axes; i++) {
        axes_a[i] = a->rank - axes + i;
        axes_b[i] = i;
    }
    return sum_over("tensordot", a, b, axes, axes_a, axes_b);
}

/* ---- the Kronecker product ---- */

/* Axis i of the result counts a's elements, and within each of them b's: so both get an axis, one after the other, but where one of them has one
 * element only. */
ssi_tensor *(ssi_kron)(ssi_tensor *a, ssi_tensor *b)
{
    int64_t as[2 * SSI_MAX_RANK], bs[2 * SSI_MAX_RANK], out[SSI_MAX_RANK];
    if (!a || !b)
        return NULL;
    int rank = a->rank > b->rank ? a->rank : b->rank, axes = 0;
    for (int i = 0; i < rank; i++) {
        int ia = i - (rank - a->rank), ib = i - (rank - b->rank);
        int64_t na = ia < 0 ? 1 : a->shape[ia], nb = ib < 0 ? 1 : b->shape[ib];
        if (na && nb > INT64_MAX / na)
            return SSI_FAIL_NULL(SSI_INVALID, "kron", "axis %d of the result is larger than memory can be", i);
        out[i] = na * nb;
        if (na != 1 || nb == 1) {
            as[axes] = na;
            bs[axes++] = 1;
        }
        if (nb != 1) {
            as[axes] = 1;
            bs[axes++] = nb;
        }
    }
    if (axes > SSI_MAX_RANK)
        return SSI_FAIL_NULL(
            SSI_INVALID, "kron",
            "operands of %d and %d axes\n%d are the most there can be of both, axes of one element aside", a->rank,
            b->rank, SSI_MAX_RANK);
    ssi_tensor *y = ssi_mul((ssi_reshape)(ssi_strong(a), axes, as), (ssi_reshape)(ssi_strong(b), axes, bs));
    return (ssi_reshape)(y, rank, out);
}

/* ---- of one tensor ---- */

ssi_tensor *(ssi_trace)(ssi_tensor *x, int64_t k, int axis1, int axis2)
{
    SSI_CALLED;
    return ssi_sum((ssi_diagonal)(x, k, axis1, axis2), -1);
}

/* ---- chains ---- */

/* cost[i][j]: multiplications of the product of matrices i to j, at best; split[i][j]: after which it is parted then. */
typedef struct chain {
    int count;
    ssi_tensor *const *x;
    double *cost;
    int *split;
} chain;

static int64_t rows(const chain *c, int i)
{
    return c->x[i]->shape[0];
}
static int64_t columns(const chain *c, int i)
{
    return c->x[i]->shape[1];
}

/* Dynamic programming over the lengths of parts (Cormen et al., Introduction to Algorithms, ch. 15.2). */
static void order_chain(const chain *c)
{
    int n = c->count;
    for (int length = 1; length < n; length++) {
        for (int i = 0; i + length < n; i++) {
            int j = i + length;
            for (int s = i; s < j; s++) {
                double cost = c->cost[i * n + s] + c->cost[(s + 1) * n + j] +
                              (double)rows(c, i) * (double)columns(c, s) * (double)columns(c, j);
                if (s == i || cost < c->cost[i * n + j]) {
                    c->cost[i * n + j] = cost;
                    c->split[i * n + j] = s;
                }
            }
        }
    }
}

static ssi_tensor *multiply_chain(const chain *c, int i, int j)
{
    if (i == j)
        return c->x[i];
    int s = c->split[i * c->count + j];
    return ssi_matmul(multiply_chain(c, i, s), multiply_chain(c, s + 1, j));
}

/* Matrices of fitting sizes. */
static ssi_tensor *multiply_in_order(int count, ssi_tensor *const *x)
{
    size_t places = (size_t)count * (size_t)count;
    chain c = {count, x, ssi_calloc(places, sizeof(double)), ssi_calloc(places, sizeof(int))};
    ssi_tensor *y = NULL;
    if (c.cost && c.split) {
        order_chain(&c);
        y = multiply_chain(&c, 0, count - 1);
    }
    ssi_free(c.cost);
    ssi_free(c.split);
    return y;
}

static bool is_chain(int count, ssi_tensor *const *x)
{
    char ta[SSI_SHAPE_TEXT], tb[SSI_SHAPE_TEXT];
    for (int i = 0; i < count; i++) {
        bool end = i == 0 || i == count - 1;
        if (x[i]->rank != 2 && !(end && x[i]->rank == 1))
            return ssi_fail(SSI_INVALID, "multi_dot",
                            "operand %d is %s\nall are matrices, the first and the last may be vectors", i,
                            ssi_shape_text(x[i]->rank, x[i]->shape, ta)) == 0;
        if (i && x[i - 1]->shape[x[i - 1]->rank - 1] != x[i]->shape[0])
            return ssi_fail(SSI_INVALID, "multi_dot", "shapes not aligned: operand %d %s, operand %d %s", i - 1,
                            ssi_shape_text(x[i - 1]->rank, x[i - 1]->shape, ta), i,
                            ssi_shape_text(x[i]->rank, x[i]->shape, tb)) == 0;
    }
    return true;
}

ssi_tensor *(ssi_multi_dot)(int count, ssi_tensor *const *x)
{
    enum { MOST = 64 };
    ssi_tensor *matrix[MOST];
    if (count < 2 || count > MOST)
        return SSI_FAIL_NULL(SSI_INVALID, "multi_dot", "%d operands\nthere are 2 to %d", count, MOST);
    for (int i = 0; i < count; i++) {
        if (!x[i])
            return NULL;
        matrix[i] = x[i];
    }
    if (!is_chain(count, x))
        return NULL;
    bool row = x[0]->rank == 1, column = x[count - 1]->rank == 1;
    matrix[0] = row ? ssi_reshape(x[0], 1, -1) : x[0];
    matrix[count - 1] = column ? ssi_reshape(x[count - 1], -1, 1) : x[count - 1];
    if (!matrix[0] || !matrix[count - 1])
        return NULL;
    ssi_tensor *y = multiply_in_order(count, matrix);
    return y && (row || column) ? (ssi_reshape)(y, !row + !column, (int64_t[]){row ? y->shape[1] : y->shape[0], 1}) : y;
}
