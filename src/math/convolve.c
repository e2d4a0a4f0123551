/*
 * convolve.c - products of sequences along an axis: convolution, correlation, the vector product.
 *
 * With a padded by zeros to p, y[t] = sum over u < m of p[t + u] w[u], w being v reversed. For few taps that is a sum of m shifted slices, one pass
 * over p. For many it is a product of matrices: t = r B + j makes p the rows of a matrix P of B columns, and
 *
 *     y[r, j] = sum over s of sum over q < B of P[r + s, q] T_s[q, j],        T_s[q, j] = w[s B + q - j]  (0 outside v)
 *
 * T_s has equal diagonals. Such a matrix is one row h of 2B elements, written B times and read again in rows of 2B - 1, of which B columns count.
 */
#include "math/part.h"

/* x (n) between zeros. */
static ssi_tensor *between_zeros(ssi_tensor *x, int64_t before, int64_t after)
{
    if (!x || (before == 0 && after == 0))
        return x;
    ssi_dtype dtype = ssi_dtype_of(x);
    return ssi_concatenate(3, (ssi_tensor *[]){ssi_zeros(dtype, before), x, ssi_zeros(dtype, after)}, 0);
}

/* ---- few taps ---- */

/* The first `count` results, from p of count + m - 1 elements. */
static ssi_tensor *sum_shifted(ssi_tensor *p, ssi_tensor *v, int64_t count)
{
    int64_t m = v->shape[0];
    ssi_tensor *y = NULL;
    for (int64_t u = 0; u < m; u++) {
        ssi_tensor *tap = ssi_mul(ssi_part(p, 0, u, u + count), ssi_part(v, 0, m - 1 - u, m - u));
        y = y ? ssi_add(y, tap) : tap;
    }
    return y;
}

/* ---- many taps ---- */

/* T_s for s = S-1, ..., 0: (S, B, B). v, with zeros before and after, is cut into S + 1 rows; h of T_s is row S - s and then row S - 1 - s. */
static ssi_tensor *diagonal_blocks(ssi_tensor *v, int64_t blocks, int64_t width)
{
    int64_t m = v->shape[0], before = blocks * width - m + 1, after = width - 1, narrow = 2 * width - 1;
    ssi_tensor *row = ssi_reshape(between_zeros(v, before, after), blocks + 1, width);
    ssi_tensor *h =
        ssi_concatenate(2, (ssi_tensor *[]){ssi_part(row, 0, 1, blocks + 1), ssi_part(row, 0, 0, blocks)}, 1);
    ssi_tensor *often = ssi_expand(ssi_reshape(h, blocks, 1, 2 * width), blocks, width, 2 * width);
    ssi_tensor *skew = ssi_part(ssi_reshape(often, blocks, width * 2 * width), 1, 0, width * narrow);
    return ssi_part(ssi_reshape(skew, blocks, width, narrow), 2, 0, width);
}

static ssi_tensor *multiply_blocks(ssi_tensor *p, ssi_tensor *v, int64_t count)
{
    int64_t m = v->shape[0], width = m > 192 ? 256 : 64;
    int64_t rows = (count - 1) / width + 1, blocks = (m - 2) / width + 2;
    int64_t after = (rows + blocks - 1) * width - p->shape[0];
    ssi_tensor *all = ssi_reshape(between_zeros(p, 0, after), rows + blocks - 1, width);
    ssi_tensor *t = diagonal_blocks(v, blocks, width), *y = NULL;
    for (int64_t s = 0; s < blocks; s++) {
        ssi_tensor *ts = ssi_reshape(ssi_part(t, 0, blocks - 1 - s, blocks - s), width, width);
        ssi_tensor *product = ssi_matmul(ssi_part(all, 0, s, s + rows), ts);
        y = y ? ssi_add(y, product) : product;
    }
    return ssi_part(ssi_ravel(y), 0, 0, count);
}

/* ---- both ---- */

/* Elements [start, start + count) of the full convolution of a (n) and v (m), m <= n, start < m, in the dtype of both. Narrow floats are summed as
 * f32. */
static ssi_tensor *overlap_part(ssi_tensor *a, ssi_tensor *v, int64_t start, int64_t count)
{
    enum { FEW = 24 };
    ssi_dtype dtype = ssi_promote(ssi_dtype_of(a), ssi_dtype_of(v)), wide = ssi_is_narrow(dtype) ? SSI_F32 : dtype;
    int64_t n = a->shape[0], m = v->shape[0], before = m - 1 - start, after = start + count - n;
    ssi_tensor *p = between_zeros(ssi_cast(a, wide), before, after);
    v = ssi_cast(v, wide);
    if (!p || !v)
        return NULL;
    return ssi_cast(m <= FEW ? sum_shifted(p, v, count) : multiply_blocks(p, v, count), dtype);
}

static bool are_sequences(const char *operation, const ssi_tensor *a, const ssi_tensor *v)
{
    char ta[SSI_SHAPE_TEXT], tv[SSI_SHAPE_TEXT];
    return (a->rank == 1 && v->rank == 1 && a->shape[0] && v->shape[0]) ||
           ssi_fail(SSI_INVALID, operation, "a %s, v %s\nboth have one axis, and at least one element",
                    ssi_shape_text(a->rank, a->shape, ta), ssi_shape_text(v->rank, v->shape, tv)) == 0;
}

/* a convolved with v; a correlation's "same" lies half a tap further where the two were exchanged. */
static ssi_tensor *convolve(ssi_tensor *a, ssi_tensor *v, ssi_overlap overlap, bool correlation)
{
    bool exchanged = v->shape[0] > a->shape[0];
    ssi_tensor *longer = exchanged ? v : a, *shorter = exchanged ? a : v;
    int64_t n = longer->shape[0], m = shorter->shape[0];
    if (overlap == SSI_VALID_OVERLAP)
        return overlap_part(longer, shorter, m - 1, n - m + 1);
    if (overlap == SSI_SAME_OVERLAP)
        return overlap_part(longer, shorter, correlation && exchanged ? m / 2 : m - 1 - m / 2, n);
    return overlap_part(longer, shorter, 0, n + m - 1);
}

ssi_tensor *(ssi_convolve)(ssi_tensor *a, ssi_tensor *v, ssi_overlap overlap)
{
    a = ssi_atleast_1d(a);
    v = ssi_atleast_1d(v);
    return a && v && are_sequences("convolve", a, v) ? convolve(a, v, overlap, false) : NULL;
}

ssi_tensor *(ssi_correlate)(ssi_tensor *a, ssi_tensor *v, ssi_overlap overlap)
{
    a = ssi_atleast_1d(a);
    v = ssi_atleast_1d(v);
    if (!a || !v || !are_sequences("correlate", a, v))
        return NULL;
    v = ssi_flip(v, 0);
    return v ? convolve(a, v, overlap, true) : NULL;
}

/* ---- the vector product ---- */

/* a[i] b[j] - a[j] b[i], of which what has an index past a vector's elements is 0. */
static ssi_tensor *minor(ssi_tensor *a, ssi_tensor *b, int i, int j)
{
    int last_a = a->rank - 1, last_b = b->rank - 1;
    ssi_tensor *first = NULL, *second = NULL;
    if (i < a->shape[last_a] && j < b->shape[last_b])
        first = ssi_mul(ssi_part(a, last_a, i, i + 1), ssi_part(b, last_b, j, j + 1));
    if (j < a->shape[last_a] && i < b->shape[last_b])
        second = ssi_mul(ssi_part(a, last_a, j, j + 1), ssi_part(b, last_b, i, i + 1));
    return !second ? first : !first ? ssi_neg(second) : ssi_sub(first, second);
}

ssi_tensor *(ssi_cross)(ssi_tensor *a, ssi_tensor *b, int axis)
{
    SSI_CALLED;
    char ta[SSI_SHAPE_TEXT], tb[SSI_SHAPE_TEXT];
    if (!a || !b || ssi_axis("cross", axis, a->rank) < 0 || ssi_axis("cross", axis, b->rank) < 0)
        return NULL;
    a = ssi_moveaxis(a, axis, -1);
    b = ssi_moveaxis(b, axis, -1);
    if (!a || !b)
        return NULL;
    int64_t na = a->shape[a->rank - 1], nb = b->shape[b->rank - 1];
    if (na < 2 || na > 3 || nb < 2 || nb > 3)
        return SSI_FAIL_NULL(SSI_INVALID, "cross", "vectors of %lld and %lld elements: a %s, b %s\nthey have 2 or 3",
                             (long long)na, (long long)nb, ssi_shape_text(a->rank, a->shape, ta),
                             ssi_shape_text(b->rank, b->shape, tb));
    if (na == 2 && nb == 2)
        return ssi_squeeze(minor(a, b, 0, 1), -1);
    ssi_tensor *part[] = {minor(a, b, 1, 2), minor(a, b, 2, 0), minor(a, b, 0, 1)};
    return ssi_moveaxis(ssi_concatenate(3, part, -1), -1, axis);
}
