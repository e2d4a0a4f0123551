/*
 * Whose error it is: every function of arrays that is made of others is called with wrong operands, and what is refused, at once or when it is run, is told
 * by the name of the function that was called, not of the step that found it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ssi/ssi.h"

/* ---- wrong operands ---- */

static ssi_tensor *x, *v, *s, *none, *b, *far, *i4, *cube, *nan_square, *flat;

static void make_operands(void)
{
    x = ssi_ones(SSI_F32, 3, 4);
    v = ssi_ones(SSI_F32, 5);
    s = ssi_sum(x);
    none = ssi_ones(SSI_F32, 3, 0);
    b = ssi_ones(SSI_BOOL, 3, 4);
    far = ssi_array(((int64_t[]){0, 99}), 2);
    i4 = ssi_ones(SSI_I32, 3, 4);
    cube = ssi_ones(SSI_F32, 2, 2, 2);
    nan_square = ssi_full(SSI_F32, 0.0 / 0.0, 2, 2);
    flat = ssi_ones(SSI_F32, 2, 2); /* singular */
}

/* ---- what is said ---- */

enum { MOST = 512 };
static const char *known[MOST];
static int refusals[MOST], functions, wrong;

static int number_of(const char *name)
{
    int at = 0;
    while (at < functions && strcmp(known[at], name))
        at++;
    if (at == functions && functions < MOST)
        known[functions++] = name;
    return at;
}

static void said(const char *name, int status, const char *call)
{
    ssi_error e;
    int at = number_of(name);
    if (!ssi_error_take(&e)) {
        if (status == SSI_OK)
            return;
        print_error("%s: refused without a word\n", call);
        wrong++;
        return;
    }
    refusals[at]++;
    if (strcmp(e.operation, name)) {
        print_error("%s: said by %s: %s\n", call, e.operation, e.message);
        wrong++;
    }
}

/* y: a tensor, or NULL; status: 0 or less. */
static void run(const char *name, ssi_tensor *y, const char *call)
{
    said(name, y ? ssi_eval(y) : ssi_error_peek() ? SSI_OK : SSI_INVALID, call);
}

#define TRY(name, call)        run(#name, (call), #call)
#define TRY_STATUS(name, call) said(#name, (call), #call)
#define INTS(...)                                                                                                      \
    (const int64_t[])                                                                                                  \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }
#define AXES(...)                                                                                                      \
    (int)(sizeof((int[]){__VA_ARGS__}) / sizeof(int)), (const int[])                                                   \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }
#define MANY(...) SSI_LIST(ssi_tensor *, __VA_ARGS__)

/* Of one tensor: no axes, no elements, two axes, one, bool. */
#define ONE(name)                                                                                                      \
    TRY(name, ssi_##name(x));                                                                                          \
    TRY(name, ssi_##name(s));                                                                                          \
    TRY(name, ssi_##name(none));                                                                                       \
    TRY(name, ssi_##name(v));                                                                                          \
    TRY(name, ssi_##name(b));                                                                                          \
    TRY(name, ssi_##name(nan_square));                                                                                 \
    TRY(name, ssi_##name(flat))

/* `rest`: what else is given; AND(...), or nothing. */
#define AND(...) , __VA_ARGS__
#define TWO(name, rest)                                                                                                \
    TRY(name, ssi_##name(x, v rest));                                                                                  \
    TRY(name, ssi_##name(v, x rest));                                                                                  \
    TRY(name, ssi_##name(s, x rest));                                                                                  \
    TRY(name, ssi_##name(x, s rest));                                                                                  \
    TRY(name, ssi_##name(b, v rest));                                                                                  \
    TRY(name, ssi_##name(b, b rest));                                                                                  \
    TRY(name, ssi_##name(none, none rest));                                                                            \
    TRY(name, ssi_##name(cube, x rest))

/* With an axis last. */
#define ALONG(name, rest)                                                                                              \
    TRY(name, ssi_##name(x rest, 7));                                                                                  \
    TRY(name, ssi_##name(s rest, 0));                                                                                  \
    TRY(name, ssi_##name(none rest, 1));                                                                               \
    TRY(name, ssi_##name(b rest, -3))

/* Over axes. */
#define OVER(name, rest)                                                                                               \
    TRY(name, ssi_##name##_axes(x rest, AXES(5), 0));                                                                  \
    TRY(name, ssi_##name##_axes(x rest, AXES(0, 0), 0));                                                               \
    TRY(name, ssi_##name##_axes(none rest, 0, NULL, 0));                                                               \
    TRY(name, ssi_##name##_axes(none rest, AXES(1), 1));                                                               \
    TRY(name, ssi_##name##_axes(s rest, AXES(0), 0));                                                                  \
    TRY(name, ssi_##name##_axes(b rest, AXES(-3), 0))
#define OVER_DDOF(name, rest)                                                                                          \
    TRY(name, ssi_##name##_axes(x rest, AXES(5), 0, 0));                                                               \
    TRY(name, ssi_##name##_axes(x rest, AXES(0, 0), 0, 0));                                                            \
    TRY(name, ssi_##name##_axes(none rest, 0, NULL, 0, 0));                                                            \
    TRY(name, ssi_##name##_axes(b rest, AXES(-3), 0, 0))

static void creation(void)
{
    const int64_t huge = (int64_t)1 << 40;
    ONE(zeros_like);
    ONE(ones_like);
    TRY(full_like, ssi_full_like(x, v));
    TRY(full_like, ssi_full_like(i4, ssi_number_int(huge)));
    TRY(arange, ssi_arange(SSI_F32, 0, 1, 0));
    TRY(arange, ssi_arange(SSI_F32, 0, 1e18, 1));
    TRY(arange, (ssi_arange_int)(SSI_I64, 0, 1, 0));
    TRY(arange, (ssi_arange_int)((ssi_dtype)99, 0, 1, 1));
    TRY(linspace, ssi_linspace(SSI_F32, 0, 1, -1));
    TRY(linspace, ssi_linspace(SSI_F32, 0, 1, (int64_t)1 << 62));
    TRY(logspace, ssi_logspace(SSI_F32, 0, 1, -1));
    TRY(geomspace, ssi_geomspace(SSI_F32, 0, 1, 5));
    TRY(geomspace, ssi_geomspace(SSI_F32, 1, 2, -5));
    TRY(one_hot, ssi_one_hot(x, 3, SSI_F32));
    TRY(one_hot, ssi_one_hot(far, 3, SSI_F32));
    TRY(one_hot, ssi_one_hot(far, 3, (ssi_dtype)77));
    TRY(eye, ssi_eye(SSI_F32, -1, 3, 0));
    TRY(eye, ssi_eye(SSI_F32, huge, huge, 0));
    TRY(identity, ssi_identity(SSI_F32, -1));
    TRY(diag, ssi_diag(cube, 0));
    TRY(diag, ssi_diag(s, 0));
    TRY(diagflat, ssi_diagflat(v, huge));
    TRY(diagonal, ssi_diagonal(v, 0, 0, 1));
    TRY(diagonal, ssi_diagonal(x, 0, 0, 0));
    TRY(diagonal, ssi_diagonal(x, 0, 0, 5));
    TRY(tri, ssi_tri(SSI_F32, -1, 2, 0));
    TRY(tri, ssi_tri(SSI_F32, huge, huge, 0));
    TRY(tril, ssi_tril(v, 0));
    TRY(tril, ssi_tril(s, 0));
    TRY(triu, ssi_triu(v, 0));
    TRY(triu, ssi_triu(s, 0));
    TRY(vander, ssi_vander(x, 3, 0));
    TRY(vander, ssi_vander(v, -3, 0));
    TRY_STATUS(meshgrid, ssi_meshgrid(2, (ssi_tensor *[]){v, x}, SSI_XY, (ssi_tensor *[2]){NULL}));
    TRY(fromfunction, ssi_fromfunction(NULL, SSI_F32, 1, INTS(-3), NULL));
}

static void arrangement(void)
{
    ssi_tensor *out[8];
    ONE(ravel);
    TRY(squeeze, ssi_squeeze_axes(x, AXES(1)));
    TRY(squeeze, ssi_squeeze_axes(x, AXES(7)));
    TRY(expand_dims, ssi_expand_dims_axes(x, AXES(9)));
    TRY(expand_dims, ssi_expand_dims_axes(x, AXES(0, 0)));
    TRY(moveaxis, ssi_moveaxis(x, 5, 0));
    TRY(moveaxis, ssi_moveaxis(x, 0, 5));
    TRY(moveaxis, ssi_moveaxis_axes(x, 2, (const int[]){0, 0}, (const int[]){0, 1}));
    TRY(swapaxes, ssi_swapaxes(x, 0, 5));
    ONE(atleast_1d);
    ONE(atleast_2d);
    ONE(atleast_3d);
    TRY_STATUS(broadcast_arrays, ssi_broadcast_arrays(2, (ssi_tensor *[]){x, v}, out));
    TRY(stack, (ssi_stack)(MANY(x, v), 0));
    TRY(stack, (ssi_stack)(MANY(x, x), 9));
    TRY(stack, (ssi_stack)(0, NULL, 0));
    TRY(hstack, (ssi_hstack)(MANY(x, v)));
    TRY(hstack, (ssi_hstack)(0, NULL));
    TRY(vstack, (ssi_vstack)(MANY(x, v)));
    TRY(vstack, (ssi_vstack)(MANY(x, cube)));
    TRY(vstack, (ssi_vstack)(0, NULL));
    TRY(dstack, (ssi_dstack)(MANY(x, v)));
    TRY(dstack, (ssi_dstack)(0, NULL));
    TRY(column_stack, (ssi_column_stack)(MANY(x, v)));
    TRY(column_stack, (ssi_column_stack)(MANY(x, cube)));
    TRY(column_stack, (ssi_column_stack)(0, NULL));
    TWO(append, AND(0));
    TRY(append, ssi_append(x, x, 5));
    TRY_STATUS(split, ssi_split(v, 2, 0, out));
    TRY_STATUS(split, ssi_split(v, 2, 4, out));
    TRY_STATUS(split, ssi_split(v, 0, 0, out));
    TRY_STATUS(array_split, ssi_array_split(v, 0, 0, out));
    TRY_STATUS(array_split, ssi_array_split(v, 2, 3, out));
    TRY_STATUS(split_at, ssi_split_at(v, 1, INTS(2), 3, out));
    TRY_STATUS(split_at, ssi_split_at(v, -1, INTS(2), 0, out));
    TRY(tile, ssi_tile(x, -1, 2));
    TRY(tile, ssi_tile(x, (int64_t)1 << 60, (int64_t)1 << 60));
    ALONG(repeat, AND(2));
    TRY(repeat, ssi_repeat(x, -1, 0));
    TRY(repeat_each, ssi_repeat_each(x, far, 0));
    TRY(repeat_each, ssi_repeat_each(x, v, 0));
    TRY(repeat_each, ssi_repeat_each(v, ssi_array(((int64_t[]){1, 1, -1, 1, 1}), 5), 0));
    TRY(repeat_each, ssi_repeat_each(x, ssi_array(((int64_t[]){-3}), 1), 0));
    TRY(resize, ssi_resize(x, -1));
    ALONG(roll, AND(2));
    TRY(roll, ssi_roll_axes(x, 1, INTS(2), (const int[]){5}));
    TRY(flip, ssi_flip_axes(x, AXES(5)));
    ONE(fliplr);
    ONE(flipud);
    TRY(rot90, ssi_rot90(x, 1, 0, 0));
    TRY(rot90, ssi_rot90(v, 1, 0, 1));
    TRY(rot90, ssi_rot90(x, 1, 0, 7));
    TRY(pad_edge, ssi_pad_edge(none, INTS(1, 1), INTS(1, 1)));
    TRY(pad_edge, ssi_pad_edge(x, INTS(-1, 1), INTS(1, 1)));
    TRY(pad_reflect, ssi_pad_reflect(none, INTS(1, 1), INTS(1, 1)));
    TRY(pad_reflect, ssi_pad_reflect(x, INTS(-1, 1), INTS(1, 1)));
    TRY(pad_symmetric, ssi_pad_symmetric(none, INTS(1, 1), INTS(1, 1)));
    TRY(pad_symmetric, ssi_pad_symmetric(x, INTS(-1, 1), INTS(1, 1)));
    TRY(pad_wrap, ssi_pad_wrap(none, INTS(1, 1), INTS(1, 1)));
    TRY(pad_wrap, ssi_pad_wrap(x, INTS(-1, 1), INTS(1, 1)));
    TRY(delete, ssi_delete(x, 5, 1));
    TRY(delete, ssi_delete(x, 0, 9));
    TRY(insert, ssi_insert(x, 9, s, 0));
    TRY(insert, ssi_insert(x, 1, v, 0));
    TRY(insert, ssi_insert(x, 1, cube, 0));
    TRY(insert, ssi_insert(x, 1, s, 5));
    TRY(insert_each, ssi_insert_each(x, 1, INTS(9), s, 0));
    TRY(insert_each, ssi_insert_each(x, 1, INTS(1), v, 0));
    TRY(insert_each, ssi_insert_each(x, 1, INTS(1), cube, 7));
}

static void calculus(void)
{
    ALONG(diff, AND(1));
    TRY(diff, ssi_diff(x, -1, 0));
    ALONG(gradient, );
    TRY(gradient, ssi_gradient(x, 0, .at = v));
    TRY(gradient, ssi_gradient(b, 0));
    ALONG(trapezoid, );
    TRY(trapezoid, ssi_trapezoid(x, 0, .at = v));
    TRY(interp, ssi_interp(x, v, x));
    TRY(interp, ssi_interp(x, x, v));
    TRY(interp, ssi_interp(x, v, far));
    TWO(convolve, AND(SSI_FULL_OVERLAP));
    TWO(correlate, AND(SSI_FULL_OVERLAP));
    TWO(cross, AND(0));
    TRY(cross, ssi_cross(x, x, 9));
}

static void indexing(void)
{
    TRY(at, ssi_at(x, "9"));
    TRY(at, ssi_at(x, "0, 0, 0"));
    TRY(at, ssi_at(x, "[0, 9]"));
    TRY(at, ssi_at(x, "a"));
    TRY(set, ssi_set(x, "0", v));
    TRY(set, ssi_set(x, "9", s));
    TRY(set, ssi_set(x, "[0, 2]", v));
    TRY_STATUS(assign_at, ssi_assign_at(x, "9", s));
    TRY_STATUS(assign_at, ssi_assign_at(x, "0", v));
    TRY(take, ssi_take(x, far, 0));
    TRY(take, ssi_take(v, far, 0));
    TRY(take, ssi_take(x, far, 1));
    TRY(take, ssi_take(x, far, SSI_ALL_AXES));
    TRY(take, ssi_take(x, v, 0));
    TRY(take, ssi_take(x, far, 5));
    TRY(take, ssi_take(s, far, 0));
    TRY(take, ssi_take(x, 99, 0));
    TRY(set_rows, ssi_set_rows(x, far, s));
    TRY(set_rows, ssi_set_rows(x, v, s));
    TRY(set_rows, ssi_set_rows(x, 0, v));
    TRY(set_rows, ssi_set_rows(s, 0, v));
    TRY(index, ssi_index(x, far));
    TRY(index, ssi_index(x, far, far, far));
    TRY(index, ssi_index(x, v));
    TRY(index, ssi_index(x, far, ssi_zeros(SSI_I64, 3)));
    TRY(set_index, (ssi_set_index)(x, s, MANY(far)));
    TRY(set_index, (ssi_set_index)(x, s, MANY(far, far, far)));
    TRY(set_index, (ssi_set_index)(x, v, MANY(ssi_zeros(SSI_I64, 2))));
    TRY(put, ssi_put(x, far, 1));
    TRY(put, ssi_put(x, v, 1));
    TRY(put, ssi_put(x, ssi_zeros(SSI_I64, 2), v));
    TRY(mask, ssi_mask(x, v));
    TRY(mask, ssi_mask(x, ssi_ones(SSI_BOOL, 4)));
    TRY(compress, ssi_compress(x, v, 0));
    TRY(compress, ssi_compress(x, ssi_ones(SSI_BOOL, 9), 0));
    TRY(compress, ssi_compress(x, b, 7));
    TRY(set_mask, ssi_set_mask(x, v, 0));
    TRY(set_mask, ssi_set_mask(x, b, v));
    ONE(argwhere);
    ONE(flatnonzero);
    ssi_tensor *out[SSI_MAX_RANK];
    TRY_STATUS(nonzero, ssi_nonzero(s, out));
}

static void products(void)
{
    ssi_tensor *out[3];
    TWO(dot, );
    TWO(vdot, );
    TWO(inner, );
    TRY(outer, ssi_outer(ssi_zeros(SSI_F32, 1L << 40), ssi_zeros(SSI_F32, 1L << 40)));
    TWO(tensordot, AND(1));
    TRY(tensordot, (ssi_tensordot_axes)(x, x, 1, (const int[]){0}, (const int[]){1}));
    TRY(tensordot, (ssi_tensordot_axes)(x, x, 1, (const int[]){9}, (const int[]){1}));
    TRY(kron, ssi_kron(ssi_zeros(SSI_F32, 1L << 40), ssi_zeros(SSI_F32, 1L << 40)));
    TRY(multi_dot, (ssi_multi_dot)(MANY(x, x)));
    TRY(multi_dot, (ssi_multi_dot)(MANY(x, cube)));
    TRY(multi_dot, (ssi_multi_dot)(0, NULL));
    TRY(trace, ssi_trace(v, 0, 0, 1));
    TRY(trace, ssi_trace(x, 0, 0, 0));
    TRY(trace, ssi_trace(x, 0, 0, 9));
    TRY(einsum, ssi_einsum("ij,ij", x, v));
    TRY(einsum, ssi_einsum("ij,jk", x, x));
    TRY(einsum, ssi_einsum("i?", x));
    ONE(det);
    TRY_STATUS(slogdet, ssi_slogdet(x, &out[0], &out[1]));
    ONE(inv);
    TWO(solve, );
    TRY(solve, ssi_solve(flat, flat));
    ONE(cholesky);
    TRY(matrix_power, ssi_matrix_power(x, 2));
    TRY(matrix_power, ssi_matrix_power(flat, -1));
    TRY(matrix_power, ssi_matrix_power(v, 3));
    TRY_STATUS(qr, ssi_qr(v, 0, &out[0], &out[1]));
    TRY_STATUS(svd, ssi_svd(v, 0, &out[0], &out[1], &out[2]));
    ONE(svdvals);
    TRY_STATUS(eigh, ssi_eigh(x, &out[0], &out[1]));
    ONE(eigvalsh);
    TWO(lstsq, AND(-1));
    TRY(pinv, ssi_pinv(v, -1));
    TRY(pinv, ssi_pinv(nan_square, -1));
    TRY(pinv, ssi_pinv(b, -1));
    TRY(matrix_rank, ssi_matrix_rank(s, -1));
    TRY(matrix_rank, ssi_matrix_rank(nan_square, -1));
    for (int kind = 0; kind < 9; kind++) {
        TRY(matrix_norm, ssi_matrix_norm(v, (ssi_matrix_norm_kind)kind));
        TRY(matrix_norm, ssi_matrix_norm(none, (ssi_matrix_norm_kind)kind));
        TRY(matrix_norm, ssi_matrix_norm(nan_square, (ssi_matrix_norm_kind)kind));
        TRY(cond, ssi_cond(x, (ssi_matrix_norm_kind)kind));
        TRY(cond, ssi_cond(v, (ssi_matrix_norm_kind)kind));
        TRY(cond, ssi_cond(flat, (ssi_matrix_norm_kind)kind));
        TRY(cond, ssi_cond(none, (ssi_matrix_norm_kind)kind));
    }
}

static void elementwise(void)
{
    ONE(square);
    ONE(reciprocal);
    TRY(clip, ssi_clip(x, v, 1));
    TRY(clip, ssi_clip(x, 0, v));
    TRY(clip, ssi_clip(ssi_ones(SSI_U8, 3), 0, 300));
    ONE(isnan);
    ONE(isfinite);
    ONE(isinf);
    ONE(signbit);
    TWO(heaviside, );
    TWO(logaddexp, );
    ONE(deg2rad);
    ONE(rad2deg);
    TWO(fmod, );
    TRY(round, ssi_round(b, 1));
    TRY(round, ssi_round(x, 999));
    ONE(nan_to_num);
    TWO(isclose, AND(0, 0));
    TWO(allclose, AND(0, 0));
    TWO(array_equal, );
    TRY(leaky_relu, ssi_leaky_relu(b, 1));
    TRY(leaky_relu, ssi_leaky_relu(i4, 1));
    TRY(elu, ssi_elu(b, 1));
    ONE(gelu);
    ONE(silu);
    ONE(softplus);
}

static void reductions(void)
{
    OVER(mean, );
    OVER_DDOF(var, );
    OVER_DDOF(std, );
    OVER(norm, );
    TRY(norm_p, ssi_norm_p_axes(x, 3, AXES(5), 0));
    TRY(norm_p, ssi_norm_p_axes(none, 1.0 / 0.0, 0, NULL, 0));
    OVER(ptp, );
    OVER(count_nonzero, );
    OVER(average, AND(v));
    OVER(average, AND(x));
    OVER(all, );
    OVER(any, );
    OVER(sum_where, AND(b));
    OVER(sum_where, AND(v));
    OVER(prod_where, AND(v));
    OVER(mean_where, AND(v));
    OVER_DDOF(var_where, AND(v));
    OVER_DDOF(std_where, AND(v));
    OVER(min_where, AND(b, s));
    OVER(max_where, AND(b, s));
    OVER(min_where, AND(v, s));
    OVER(max_where, AND(v, s));
    OVER(all_where, AND(v));
    OVER(any_where, AND(v));
    OVER(nansum, );
    OVER(nanprod, );
    OVER(nanmean, );
    OVER_DDOF(nanvar, );
    OVER_DDOF(nanstd, );
    OVER(nanmin, );
    OVER(nanmax, );
    ALONG(nanargmin, );
    ALONG(nanargmax, );
    TRY(nanargmin, ssi_nanargmin(nan_square, 0));
    TRY(nanargmax, ssi_nanargmax(nan_square, 0));
    ALONG(softmax, );
    ALONG(log_softmax, );
    ALONG(logsumexp, );
}

static void orders(void)
{
    const double half = 0.5, more = 1.5;
    ALONG(nancumsum, );
    ALONG(nancumprod, );
    ALONG(partition, AND(9));
    ALONG(argpartition, AND(9));
    TRY(topk, ssi_topk(x, 9, 0, 1, NULL));
    TRY(topk, ssi_topk(x, 1, 9, 1, NULL));
    OVER(median, );
    OVER(nanmedian, );
    OVER(quantile, AND(0.5, SSI_QUANTILE_LINEAR));
    OVER(quantile, AND(1.5, SSI_QUANTILE_LINEAR));
    OVER(quantiles, AND(1, &half, SSI_QUANTILE_LINEAR));
    OVER(quantiles, AND(1, &more, SSI_QUANTILE_LINEAR));
    OVER(percentile, AND(50, SSI_QUANTILE_LINEAR));
    OVER(percentile, AND(500, SSI_QUANTILE_LINEAR));
    OVER(percentiles, AND(1, &half, SSI_QUANTILE_LINEAR));
    OVER(nanquantile, AND(0.5, SSI_QUANTILE_LINEAR));
    OVER(nanquantiles, AND(1, &more, SSI_QUANTILE_LINEAR));
    OVER(nanpercentile, AND(50, SSI_QUANTILE_LINEAR));
    OVER(nanpercentiles, AND(1, &half, SSI_QUANTILE_LINEAR));
    ONE(unique);
    TRY(unique_all, ssi_unique_all(nan_square, NULL, NULL, NULL));
    TRY(bincount, ssi_bincount(x, 0));
    TRY(bincount, ssi_bincount(far, -1));
    TRY(bincount, ssi_bincount(ssi_neg(far), 0));
    TRY(bincount, ssi_bincount(i4, 0));
    TRY(bincount_weights, ssi_bincount_weights(far, x, 0));
    TRY(bincount_weights, ssi_bincount_weights(x, x, 0));
    TRY(digitize, ssi_digitize(x, x, 0));
    TRY(digitize, ssi_digitize(x, ssi_array(((double[]){1, 3, 2}), 3), 0));
    TRY(histogram, ssi_histogram(x, NULL, .bins = -1));
    TRY(histogram, ssi_histogram(x, NULL, .edges = x));
    TRY(histogram, ssi_histogram(x, NULL, .weights = v));
    TRY(histogram, ssi_histogram(nan_square, NULL));
    TRY(histogram, ssi_histogram(x, NULL, .range = {2, 1}));
}

static void random_numbers(void)
{
    ssi_legacy *generator = ssi_legacy_new(1);
    TRY(uniform_between, (ssi_uniform_between)(0, 1, SSI_F16, 1, INTS(3), 0, 0));
    TRY(uniform_between, (ssi_uniform_between)(0, 1, SSI_F32, 1, INTS(-3), 0, 0));
    TRY(normal, (ssi_normal)(SSI_F16, 1, INTS(3), 0, 0));
    TRY(normal, (ssi_normal)(SSI_F32, 1, INTS(-3), 0, 0));
    TRY(integers, (ssi_integers)(3, 3, 1, INTS(3), 0, 0));
    TRY(integers, (ssi_integers)(0, 3, 1, INTS(-3), 0, 0));
    TRY(bernoulli, (ssi_bernoulli)(2, 1, INTS(3), 0, 0));
    TRY(bernoulli, (ssi_bernoulli)(0.5, 1, INTS(-3), 0, 0));
    TRY(permutation, ssi_permutation(-1, 0, 0));
    TRY(shuffle, ssi_shuffle(s, 0, 0));
    TRY(choice, ssi_choice(x, 3, 0, 0, 0));
    TRY(choice, ssi_choice(v, -3, 0, 0, 0));
    TRY(choice, ssi_choice(v, 9, 1, 0, 0));
    TRY(multinomial, ssi_multinomial(-1, v, 1, 0, 0));
    TRY(multinomial, ssi_multinomial(1, x, 1, 0, 0));
    TRY(multinomial, ssi_multinomial(1, v, -1, 0, 0));
    TRY(legacy_rand, ssi_legacy_rand(generator, -1));
    TRY(legacy_randn, ssi_legacy_randn(generator, -1));
    TRY(legacy_randint, (ssi_legacy_randint)(generator, 3, 3, 1, INTS(2)));
    TRY(legacy_randint, (ssi_legacy_randint)(generator, 0, 3, 1, INTS(-2)));
    TRY(legacy_permutation, ssi_legacy_permutation(generator, -1));
    ssi_legacy_free(generator);
}

/* ---- none is left out ---- */

/* What nothing is wrong with, or (arange_int) another name is written for. */
static const char *const harmless[] = {
    "zeros_like", "ones_like", "ravel",       "atleast_1d", "atleast_2d", "atleast_3d", "arange_int",
    "meshgrid",   "argwhere",  "flatnonzero", "square",     "reciprocal", "isnan",      "isfinite",
    "isinf",      "signbit",   "deg2rad",     "rad2deg",    "round",      "nan_to_num", "array_equal",
    "leaky_relu", "elu",       "gelu",        "silu",       "unique",     "unique_all", NULL};

static int refuses(const char *name)
{
    int at = 0;
    while (at < functions && strcmp(known[at], name))
        at++;
    return at < functions ? refusals[at] : -1;
}

static int is_harmless(const char *name)
{
    int at = 0;
    while (harmless[at] && strcmp(harmless[at], name))
        at++;
    return harmless[at] != NULL;
}

static void look_up_declared(const char *header)
{
    char path[512], line[512], name[64];
    snprintf(path, sizeof path, "%s/../include/ssi/%s", SSI_TESTS, header);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "SSI_API ssi_tensor *(ssi_%63[a-z0-9_]", name) != 1 &&
            sscanf(line, "SSI_API ssi_tensor *ssi_%63[a-z0-9_]", name) != 1 &&
            sscanf(line, "SSI_API int ssi_%63[a-z0-9_]", name) != 1)
            continue;
        size_t length = strlen(name);
        if (length > 5 && !strcmp(name + length - 5, "_axes"))
            name[length - 5] = '\0';
        int count = refuses(name);
        if (count <= 0 && !is_harmless(name)) {
            print_error("%s: %s\n", name, count < 0 ? "not tried" : "nothing was refused");
            wrong++;
        }
    }
    fclose(file);
}

static void try_all(void)
{
    void (*const all[])(void) = {creation,    arrangement, calculus, indexing,      products,
                                 elementwise, reductions,  orders,   random_numbers};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        ssi_scope scope = ssi_scope_open();
        make_operands();
        all[i]();
        ssi_scope_close(scope);
    }
}

static void errors_name_the_function_that_was_called(void **state)
{
    (void)state;
    wrong = 0;
    try_all();
    assert_int_equal(wrong, 0);
}

static void every_function_of_the_headers_is_tried(void **state)
{
    (void)state;
    wrong = 0;
    static const char *const headers[] = {"create.h", "arrange.h", "index.h",  "linalg.h",
                                          "math.h",   "order.h",   "random.h", NULL};
    for (int i = 0; headers[i]; i++)
        look_up_declared(headers[i]);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_name_the_function_that_was_called),
        cmocka_unit_test(every_function_of_the_headers_is_tried),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
