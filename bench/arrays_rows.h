/*
 * arrays_rows.h - the rows of bench/arrays that the table of operations does not give: a line of NumPy, and the same in ssi.
 *
 * Operands: x, y (n); A, x as a matrix of 1000 columns; B, x as one of 10; k, a permutation of 0..n-1; r, 0..len(A)-1 backwards; m, a mask; n.
 */
#ifndef SSI_BENCH_ARRAYS_ROWS_H
#define SSI_BENCH_ARRAYS_ROWS_H

#include "ssi/ssi.h"

typedef struct operands {
    ssi_tensor *x, *y, *A, *B, *m, *k, *r;
    int64_t n;
    ssi_dtype dtype;
} operands;

typedef ssi_tensor *work(const operands *o);

/* clang-format off */
#define ROWS \
    /* chains: one pass here */ \
    ROW(sigmoid,       "1 / (1 + np.exp(-(x * 3 + 1)))", "f32 f64", ssi_sigmoid(ssi_add(ssi_mul(x, 3), 1))) \
    ROW(standard,      "(x - x.mean()) / x.std()", "f32 f64", ssi_div(ssi_sub(x, ssi_mean(x)), ssi_std(x))) \
    ROW(leaky,         "np.where(x > 0, x, type(x[0])(0.01) * x)", "f32 f64", ssi_where(ssi_greater(x, 0), x, ssi_mul(x, 0.01))) \
    ROW(gauss,         "np.exp(-x * x / 2).sum()", "f32 f64", ssi_sum(ssi_exp(ssi_div(ssi_mul(ssi_neg(x), x), 2)))) \
    ROW(softmax,       "e = np.exp(B - B.max(1, keepdims=True)); e / e.sum(1, keepdims=True)", "f32 f64", ssi_softmax(o->B, 1)) \
    /* reductions */ \
    ROW(sum,           "x.sum()", "f32 f64 i64 i32 u8 bool", ssi_sum(x)) \
    ROW(sum0,          "A.sum(0)", "f32 f64 i64 i32", ssi_sum(A, 0)) \
    ROW(sum1,          "A.sum(1)", "f32 f64 i64 i32", ssi_sum(A, 1)) \
    ROW(prod,          "x.prod()", "f32 f64 i64", ssi_prod(x)) \
    ROW(mean,          "x.mean()", "f32 f64 i64", ssi_mean(x)) \
    ROW(mean0,         "A.mean(0)", "f32 f64", ssi_mean(A, 0)) \
    ROW(std,           "x.std()", "f32 f64", ssi_std(x)) \
    ROW(min,           "x.min()", "f32 f64 i64 i32 u8", ssi_min(x)) \
    ROW(max0,          "A.max(0)", "f32 f64 i64 i32 u8", ssi_max(A, 0)) \
    ROW(max1,          "A.max(1)", "f32 f64 i64 i32 u8", ssi_max(A, 1)) \
    ROW(argmax,        "x.argmax()", "f32 f64 i64 i32 u8", ssi_argmax(x, SSI_ALL_AXES)) \
    ROW(argmax0,       "A.argmax(0)", "f32 f64", ssi_argmax(A, 0)) \
    ROW(argmax1,       "A.argmax(1)", "f32 f64", ssi_argmax(A, 1)) \
    ROW(any,           "(x > 100).any()", "f32 f64", ssi_any(ssi_greater(x, 100))) \
    ROW(all,           "(x > -100).all()", "f32 f64", ssi_all(ssi_greater(x, -100))) \
    /* movement, made into a copy */ \
    ROW(transpose,     "A.T.copy()", "f32 f64 u8", ssi_copied(ssi_transpose(A))) \
    ROW(flip,          "x[::-1].copy()", "f32 f64 u8", ssi_copied(ssi_flip(x, 0))) \
    ROW(every_other,   "x[::2].copy()", "f32 f64 u8", ssi_copied(ssi_slice(x, 1, &(ssi_range){0, SSI_END, 2}))) \
    ROW(strided_add,   "x[::2] + y[::2]", "f32 f64", ssi_add(ssi_slice(x, 1, &(ssi_range){0, SSI_END, 2}), ssi_slice(y, 1, &(ssi_range){0, SSI_END, 2}))) \
    ROW(transpose_add, "A.T + A.T", "f32", ssi_add(ssi_transpose(A), ssi_transpose(A))) \
    ROW(row_add,       "A + A[0]", "f32 f64", ssi_add(A, ssi_slice(A, 1, &(ssi_range){0, 1, 1}))) \
    ROW(column_add,    "A + A[:, :1]", "f32 f64", ssi_add(A, ssi_slice(A, 2, (ssi_range[]){{0, SSI_END, 1}, {0, 1, 1}}))) \
    ROW(concatenate,   "np.concatenate((x, y))", "f32 f64 u8", ssi_concatenate(2, (ssi_tensor *[]){x, y}, 0)) \
    ROW(stack,         "np.stack((x, y))", "f32 f64", ssi_stack(2, (ssi_tensor *[]){x, y}, 0)) \
    ROW(stack_last,    "np.stack((x, y), -1)", "f32", ssi_stack(2, (ssi_tensor *[]){x, y}, -1)) \
    ROW(pad,           "np.pad(A, 1)", "f32", ssi_pad(A, (int64_t[]){1, 1}, (int64_t[]){1, 1}, ssi_number(0))) \
    ROW(where,         "np.where(m, x, y)", "f32 f64 i64 u8", ssi_where(o->m, x, y)) \
    ROW(take,          "x[k]", "f32 f64 u8", ssi_gather(x, o->k)) \
    ROW(take1,         "np.take(A, np.arange(A.shape[-1])[::-1], -1)", "f32 f64 u8", ssi_take(A, backwards(A, -1), -1)) \
    ROW(take0,         "np.take(A, np.arange(len(A))[::-1], 0)", "f32 u8", ssi_take(A, backwards(A, 0), 0)) \
    ROW(take_rows,     "A[r]", "f32 f64 u8", ssi_gather(A, o->r)) \
    ROW(mask,          "x[m]", "f32 f64 u8", ssi_mask(x, o->m)) \
    ROW(mask_greater,  "x[x > 0]", "f32 f64", ssi_mask(x, ssi_greater(x, 0))) \
    ROW(compress,      "np.compress(m, x)", "f32 f64 u8", ssi_compress(x, o->m, 0)) \
    ROW(flatnonzero,   "np.flatnonzero(m)", "f32", ssi_flatnonzero(o->m)) \
    ROW(argwhere,      "np.argwhere(A > 1)", "f32", ssi_argwhere(ssi_greater(A, 1))) \
    ROW(set_mask,      "z = x.copy(); z[m] = 0", "f32 f64 u8", ssi_set_mask(x, o->m, ssi_number(0))) \
    ROW(set_slice,     "z = x.copy(); z[::2] = y[::2]", "f32 f64 u8", ssi_set_slice(x, 1, &(ssi_range){0, SSI_END, 2}, ssi_slice(y, 1, &(ssi_range){0, SSI_END, 2}))) \
    ROW(put,           "z = x.copy(); z[k] = y", "f32 f64 u8", (ssi_put)(x, o->k, y)) \
    ROW(astype,        "x.astype('f4')", "f64 i64 i32 u8 bool", ssi_cast(x, SSI_F32)) \
    ROW(to_u8,         "x.astype('u1')", "f32 i64", ssi_cast(x, SSI_U8)) \
    /* making */ \
    ROW(zeros,         "np.zeros(n, x.dtype)", "f32 f64", (ssi_zeros)(o->dtype, 1, &o->n)) \
    ROW(ones,          "np.ones(n, x.dtype)", "f32 f64", (ssi_ones)(o->dtype, 1, &o->n)) \
    ROW(arange,        "np.arange(n, dtype=x.dtype)", "f32 f64 i64", ssi_arange(o->dtype, 0, (double)o->n, 1)) \
    ROW(linspace,      "np.linspace(0, 1, n)", "f64", ssi_linspace(SSI_F64, 0, 1, o->n)) \
    /* order */ \
    ROW(cumsum,        "np.cumsum(x)", "f32 f64 i64 i32 u8", ssi_cumsum(x, 0)) \
    ROW(cumsum_rows,   "np.cumsum(A, -1)", "f32 f64", ssi_cumsum(A, -1)) \
    ROW(cumsum_columns, "np.cumsum(A, 0)", "f32 f64", ssi_cumsum(A, 0)) \
    ROW(cumprod,       "np.cumprod(x)", "f32 f64 i64", ssi_cumprod(x, 0)) \
    ROW(sort,          "np.sort(x)", "f32 f64 i64 i32 u8", ssi_sort(x, 0)) \
    ROW(sort_rows,     "np.sort(A, -1)", "f32 f64 i32", ssi_sort(A, -1)) \
    ROW(sort_columns,  "np.sort(A, 0)", "f32 f64", ssi_sort(A, 0)) \
    ROW(argsort,       "np.argsort(x)", "f32 f64 i64 i32 u8", ssi_argsort(x, 0)) \
    ROW(argsort_rows,  "np.argsort(A, -1)", "f32 f64", ssi_argsort(A, -1)) \
    ROW(partition,     "np.partition(x, n // 2)", "f32 f64 i64", ssi_partition(x, o->n / 2, 0)) \
    ROW(argpartition,  "np.argpartition(x, n // 2)", "f32 f64 i64", ssi_argpartition(x, o->n / 2, 0)) \
    ROW(median,        "np.median(x)", "f32 f64 i64", ssi_median(x)) \
    ROW(median_rows,   "np.median(A, -1)", "f32 f64", ssi_median(A, -1)) \
    ROW(nanmedian,     "np.nanmedian(x)", "f32 f64", ssi_nanmedian(x)) \
    ROW(quantile,      "np.quantile(x, 0.3)", "f32 f64 i64", ssi_quantile(x, 0.3)) \
    ROW(unique,        "np.unique(x)", "f32 f64 i64", ssi_unique(x)) \
    ROW(searchsorted,  "np.searchsorted(np.linspace(-2, 2, 1001), x)", "f64", ssi_searchsorted(ssi_linspace(SSI_F64, -2, 2, 1001), x, 0)) \
    ROW(digitize,      "np.digitize(x, np.linspace(-2, 2, 11))", "f64", ssi_digitize(x, ssi_linspace(SSI_F64, -2, 2, 11), 0)) \
    ROW(bincount,      "np.bincount(k % 1000)", "i64", ssi_bincount(ssi_remainder(o->k, 1000), 0)) \
    ROW(bincount_weights, "np.bincount(k % 1000, x)", "f64", ssi_bincount_weights(ssi_remainder(o->k, 1000), x, 0)) \
    ROW(histogram,     "np.histogram(x)", "f32 f64 i64", ssi_histogram(x, NULL, .bins = 10)) \
    ROW(histogram_edges, "np.histogram(x, np.array([-2, -1, 0, 0.5, 2]))", "f64", ssi_histogram(x, NULL, .edges = ssi_array(((double[]){-2, -1, 0, 0.5, 2}), 5))) \
    ROW(take_along,    "np.take_along_axis(x, k, 0)", "f32 f64 u8", ssi_take_along_axis(x, o->k, 0))
/* clang-format on */

/* A view made into elements of its own. */
static ssi_tensor *ssi_copied(ssi_tensor *x)
{
    return ssi_add(x, 0);
}

/* The indices of an axis, the last first. */
static ssi_tensor *backwards(ssi_tensor *x, int axis)
{
    int64_t n = ssi_dim(x, axis);
    return ssi_flip(ssi_iota(SSI_I64, 1, &n, 0), 0);
}

#define ROW(name, numpy, dtypes, expression)                                                                           \
    static ssi_tensor *work_##name(const operands *o)                                                                  \
    {                                                                                                                  \
        ssi_tensor *x = o->x, *y = o->y, *A = o->A;                                                                    \
        (void)x, (void)y, (void)A;                                                                                     \
        return expression;                                                                                             \
    }
ROWS
#undef ROW

    static const struct {
    const char *numpy, *dtypes;
    work *work;
} listed[] = {
#define ROW(name, numpy, dtypes, expression) {numpy, dtypes, work_##name},
    ROWS
#undef ROW
    {NULL, NULL, NULL},
};

#endif
