/*
 * arrays_rows.h - the rows of bench/arrays that the table of operations does not give: a line of NumPy, and the same in ssi.
 *
 * Operands: x, y (n); A, x as a matrix of 1000 columns; B, x as one of 10; S, the square at x's beginning of at most 1000
 * rows; k, a permutation of 0..n-1; r, 0..len(A)-1 backwards; m, a mask; n; weights, y squared and divided by their sum.
 */
#ifndef SSI_BENCH_ARRAYS_ROWS_H
#define SSI_BENCH_ARRAYS_ROWS_H

#include <stdlib.h>

#include "ssi/ssi.h"

typedef struct operands {
    ssi_tensor *x, *y, *A, *B, *S, *m, *k, *r, *weights;
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
    ROW(transpose,     "A.T.copy()", "f32 f64 u8", ssi_ravel(ssi_transpose(A))) \
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
    ROW(ones,          "np.ones(n, x.dtype)", "f32 f64", written((ssi_ones)(o->dtype, 1, &o->n))) \
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
    ROW(take_along,    "np.take_along_axis(x, k, 0)", "f32 f64 u8", ssi_take_along_axis(x, o->k, 0)) \
    /* elementwise, composed */ \
    ROW(square, "np.square(x)", "f32 f64 i64 i32", ssi_square(x)) \
    ROW(reciprocal, "np.reciprocal(x)", "f32 f64", ssi_reciprocal(x)) \
    ROW(clip, "np.clip(x, -1, 1)", "f32 f64 i64 i32", ssi_clip(x, -1, 1)) \
    ROW(isnan, "np.isnan(x)", "f32 f64", ssi_isnan(x)) \
    ROW(isfinite, "np.isfinite(x)", "f32 f64", ssi_isfinite(x)) \
    ROW(signbit, "np.signbit(x)", "f32 f64", ssi_signbit(x)) \
    ROW(fmod, "np.fmod(x, type(x[0])(3))", "f32 f64 i64", ssi_fmod(x, 3)) \
    ROW(round, "np.round(x, 2)", "f32 f64", ssi_round(x, 2)) \
    ROW(nan_to_num, "np.nan_to_num(x)", "f32 f64", ssi_nan_to_num(x)) \
    ROW(heaviside, "np.heaviside(x, type(x[0])(0.5))", "f32 f64", ssi_heaviside(x, 0.5)) \
    ROW(deg2rad, "np.deg2rad(x)", "f32 f64", ssi_deg2rad(x)) \
    ROW(isclose, "np.isclose(x, y)", "f32 f64", ssi_isclose(x, y, 1e-5, 1e-8)) \
    ROW(array_equal, "np.array_equal(x, y)", "f32 f64 i64", ssi_array_equal(x, y)) \
    /* reductions, composed */ \
    ROW(var, "x.var()", "f32 f64", ssi_var(x)) \
    ROW(var0, "A.var(0)", "f32 f64", ssi_var(A, 0)) \
    ROW(var1, "A.var(1)", "f32 f64", ssi_var(A, 1)) \
    ROW(ptp, "np.ptp(x)", "f32 f64 i64", ssi_ptp(x)) \
    ROW(argmin, "x.argmin()", "f32 f64 i64 i32 u8", ssi_argmin(x, SSI_ALL_AXES)) \
    ROW(count_nonzero, "np.count_nonzero(x)", "f32 f64 i64 u8 bool", ssi_count_nonzero(x)) \
    ROW(average, "np.average(x, weights=y)", "f32 f64", ssi_average(x, y)) \
    ROW(norm, "np.linalg.norm(x)", "f32 f64", ssi_norm(x)) \
    ROW(norm1, "np.linalg.norm(A, axis=1)", "f32 f64", ssi_norm(A, 1)) \
    ROW(sum_where, "x.sum(where=m)", "f32 f64 i64", ssi_sum_where(x, o->m)) \
    ROW(nansum, "np.nansum(x)", "f32 f64", ssi_nansum(x)) \
    ROW(nanmean, "np.nanmean(x)", "f32 f64", ssi_nanmean(x)) \
    ROW(nanmax, "np.nanmax(x)", "f32 f64", ssi_nanmax(x)) \
    ROW(nanstd, "np.nanstd(x)", "f32 f64", ssi_nanstd(x)) \
    ROW(nanargmax, "np.nanargmax(x)", "f32 f64", ssi_nanargmax(x, SSI_ALL_AXES)) \
    ROW(nancumsum, "np.nancumsum(x)", "f32 f64", ssi_nancumsum(x, 0)) \
    /* rearranging, composed */ \
    ROW(roll, "np.roll(x, 3)", "f32 f64 u8", ssi_roll(x, 3, 0)) \
    ROW(roll_rows, "np.roll(A, 1, 0)", "f32 f64", ssi_roll(A, 1, 0)) \
    ROW(tile, "np.tile(x, 3)", "f32 f64 u8", ssi_tile(x, 3)) \
    ROW(repeat, "np.repeat(x, 3)", "f32 f64 u8", ssi_repeat(x, 3, 0)) \
    ROW(repeat_rows, "np.repeat(A, 2, 0)", "f32 f64", ssi_repeat(A, 2, 0)) \
    ROW(rot90, "np.rot90(A).copy()", "f32 f64", ssi_copied(ssi_rot90(A, 1, 0, 1))) \
    ROW(fliplr, "np.fliplr(A).copy()", "f32 f64 u8", ssi_copied(ssi_fliplr(A))) \
    ROW(tril, "np.tril(A)", "f32 f64 u8", ssi_tril(A, 0)) \
    ROW(triu, "np.triu(A)", "f32 f64", ssi_triu(A, 0)) \
    ROW(hstack, "np.hstack((A, A))", "f32 f64", ssi_hstack(A, A)) \
    ROW(column_stack, "np.column_stack((x, y))", "f32 f64", ssi_column_stack(x, y)) \
    ROW(append, "np.append(x, y)", "f32 f64", ssi_append(x, y, 0)) \
    ROW(delete, "np.delete(x, [1, 5])", "f32 f64", ssi_delete(x, 0, 1, 5)) \
    ROW(insert, "np.insert(x, 5, 1)", "f32 f64", ssi_insert(x, 5, 1, 0)) \
    ROW(pad_edge, "np.pad(A, 1, 'edge')", "f32 f64", ssi_pad_edge(A, (int64_t[]){1, 1}, (int64_t[]){1, 1})) \
    ROW(pad_reflect, "np.pad(x, 2, 'reflect')", "f32 f64", ssi_pad_reflect(x, &(int64_t){2}, &(int64_t){2})) \
    ROW(pad_wrap, "np.pad(x, 2, 'wrap')", "f32 f64", ssi_pad_wrap(x, &(int64_t){2}, &(int64_t){2})) \
    ROW(vander, "np.vander(x, 4)", "f64", written(ssi_vander(x, 4, 0))) \
    ROW(full, "np.full(n, 3, x.dtype)", "f32 f64 u8", written((ssi_full)(o->dtype, 1, &o->n, ssi_number(3)))) \
    ROW(eye, "np.eye(len(S), dtype=x.dtype)", "f32 f64", ssi_eye(o->dtype, ssi_dim(o->S, 0), ssi_dim(o->S, 0), 0)) \
    ROW(tri, "np.tri(len(S), dtype=x.dtype)", "f32 f64", ssi_tri(o->dtype, ssi_dim(o->S, 0), ssi_dim(o->S, 0), 0)) \
    ROW(logspace, "np.logspace(0, 1, n)", "f64", ssi_logspace(SSI_F64, 0, 1, o->n)) \
    ROW(geomspace, "np.geomspace(1, 10, n)", "f64", ssi_geomspace(SSI_F64, 1, 10, o->n)) \
    /* sequences */ \
    ROW(diff, "np.diff(x)", "f32 f64 i64", ssi_diff(x, 1, 0)) \
    ROW(diff0, "np.diff(A, axis=0)", "f32 f64", ssi_diff(A, 1, 0)) \
    ROW(gradient, "np.gradient(x)", "f32 f64", ssi_gradient(x, 0)) \
    ROW(trapezoid, "np.trapz(x)", "f32 f64", ssi_trapezoid(x, 0)) \
    ROW(interp, "np.interp(x, np.linspace(-2, 2, 101), np.linspace(0, 1, 101))", "f32 f64", ssi_interp(x, ssi_linspace(SSI_F64, -2, 2, 101), ssi_linspace(SSI_F64, 0, 1, 101))) \
    ROW(convolve, "np.convolve(x, y[:5])", "f32 f64", ssi_convolve(x, first(y, 5), SSI_FULL_OVERLAP)) \
    ROW(convolve_long, "np.convolve(x, y[:100])", "f32 f64", ssi_convolve(x, first(y, 100), SSI_FULL_OVERLAP)) \
    ROW(correlate, "np.correlate(x, y[:10])", "f32 f64", ssi_correlate(x, first(y, 10), SSI_VALID_OVERLAP)) \
    /* statistics, composed */ \
    ROW(percentile, "np.percentile(x, 90)", "f32 f64 i64", ssi_percentile(x, 90)) \
    ROW(percentiles, "np.percentile(x, [10, 50, 90])", "f32 f64", ssi_percentiles_axes(x, 3, (double[]){10, 50, 90}, SSI_QUANTILE_LINEAR, 0, NULL, 0)) \
    ROW(nanquantile, "np.nanquantile(x, 0.3)", "f32 f64", ssi_nanquantile(x, 0.3)) \
    ROW(unique_all, "np.unique(k % 1000, False, True, True)", "f64", unique_all(ssi_remainder(o->k, 1000))) \
    /* linear algebra */ \
    ROW(square_product, "S @ S", "f32 f64 i64 i32 u8", ssi_matmul(o->S, o->S)) \
    ROW(square_product_turned, "S @ S.T", "f32 f64", ssi_matmul(o->S, ssi_transpose(o->S))) \
    ROW(matrix_vector, "A @ A[0]", "f32 f64 i64", ssi_matmul(A, first_row(A))) \
    ROW(vector_matrix, "A[:, 0] @ A", "f32 f64 i64", ssi_matmul(first_column(A), A)) \
    ROW(narrow_product, "B.T @ B", "f32 f64", ssi_matmul(ssi_transpose(o->B), o->B)) \
    ROW(outer, "np.outer(x[:1000], y[:n // 1000])", "f32 f64 i64", ssi_outer(first(x, 1000), first(y, o->n / 1000))) \
    ROW(kron, "np.kron(x[:1000], y[:n // 1000])", "f32 f64", ssi_kron(first(x, 1000), first(y, o->n / 1000))) \
    ROW(inner, "np.inner(A, A[:10])", "f32 f64", ssi_inner(A, first(A, 10))) \
    ROW(tensordot, "np.tensordot(S, S, 1)", "f32 f64", ssi_tensordot(o->S, o->S, 1)) \
    ROW(einsum_rows, "np.einsum('ij,ij->i', A, A)", "f32 f64", ssi_einsum("ij,ij->i", A, A)) \
    ROW(einsum_columns, "np.einsum('ij->j', A)", "f32 f64", ssi_einsum("ij->j", A)) \
    ROW(einsum_outer, "np.einsum('i,j->ij', x[:1000], y[:n // 1000])", "f32 f64", ssi_einsum("i,j->ij", first(x, 1000), first(y, o->n / 1000))) \
    ROW(trace, "np.trace(S)", "f32 f64", ssi_trace(o->S, 0, 0, 1)) \
    ROW(matrix_norm, "np.linalg.norm(S, 1)", "f32 f64", ssi_matrix_norm(o->S, SSI_NORM_1)) \
    /* random numbers */ \
    ROW(random, "rng.random(n, x.dtype)", "f32 f64", (ssi_uniform)(o->dtype, 1, &o->n, 1, 0)) \
    ROW(random_normal, "rng.standard_normal(n, x.dtype)", "f32 f64", ssi_normal(o->dtype, 1, &o->n, 1, 0)) \
    ROW(random_integers, "rng.integers(0, 100, n)", "i64", ssi_integers(0, 100, 1, &o->n, 1, 0)) \
    ROW(random_order, "rng.permutation(n)", "i64", ssi_permutation(o->n, 1, 0)) \
    ROW(random_rows, "rng.permutation(x)", "f32 f64", ssi_shuffle(x, 1, 0)) \
    ROW(random_choice, "rng.choice(n, n, p=weights)", "f64", ssi_choice(o->weights, o->n, 0, 1, 0)) \
    ROW(legacy_rand, "np.random.RandomState(0).rand(n)", "f64", legacy(ssi_legacy_rand, o->n)) \
    ROW(legacy_randn, "np.random.RandomState(0).randn(n)", "f64", legacy(ssi_legacy_randn, o->n)) \
    /* files */ \
    ROW(load, "np.load(file)", "f32 f64 u8", ssi_load_npy(getenv("SSI_BENCH_FILE")))
/* clang-format on */

/* A view made into elements of its own. */
static ssi_tensor *ssi_copied(ssi_tensor *x)
{
    return ssi_add(x, 0);
}

/* With its elements side by side in C order: of a number repeated ssi stores one, and what it made turned lies turned. */
static ssi_tensor *written(ssi_tensor *x)
{
    return ssi_data(x) ? x : NULL;
}

/* The indices of an axis, the last first. */
static ssi_tensor *backwards(ssi_tensor *x, int axis)
{
    int64_t n = ssi_dim(x, axis);
    return ssi_flip(ssi_iota(SSI_I64, 1, &n, 0), 0);
}

static ssi_tensor *first(ssi_tensor *x, int64_t count)
{
    return ssi_slice(x, 1, &(ssi_range){0, count, 1});
}

static ssi_tensor *first_row(ssi_tensor *x)
{
    return ssi_squeeze(first(x, 1), 0);
}

static ssi_tensor *first_column(ssi_tensor *x)
{
    return ssi_at(x, ":, 0");
}

/* All that can be told of distinct elements, in one tensor that needs them all. */
static ssi_tensor *unique_all(ssi_tensor *x)
{
    ssi_tensor *inverse, *counts, *distinct = ssi_unique_all(x, NULL, &inverse, &counts);
    return ssi_concatenate(3, (ssi_tensor *[]){distinct, inverse, counts}, 0);
}

/* Numbers of a generator begun anew. */
static ssi_tensor *legacy(ssi_tensor *(*draw)(ssi_legacy *, int, const int64_t *), int64_t n)
{
    ssi_legacy *generator = ssi_legacy_new(0);
    ssi_tensor *x = generator ? draw(generator, 1, &n) : NULL;
    ssi_legacy_free(generator);
    return x;
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
