/*
 * ssi/ops.h - the primitives: what every other operation of ssi is written in.
 *
 * Shapes broadcast and dtypes promote as in NumPy 2. A C number may stand for any operand and takes the tensor's dtype. Axes may be
 * negative. Each function names its NumPy (and PyTorch) counterpart; its gradient, samples and reference stand in src/ops/.
 */
#ifndef SSI_OPS_H
#define SSI_OPS_H

#include "ssi/tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- creation: nothing is stored until somebody needs it stored --------------------------------------------------- */

/* Every element `value` (a number, or a tensor of no axes). Evaluated, a number repeated is one element in memory; ssi_data writes all of them.
 * numpy.full */
SSI_API ssi_tensor *ssi_full(ssi_dtype dtype, int rank, const int64_t *shape, ssi_tensor *value);
SSI_API ssi_tensor *ssi_zeros(ssi_dtype dtype, int rank, const int64_t *shape);
SSI_API ssi_tensor *ssi_ones(ssi_dtype dtype, int rank, const int64_t *shape);
/* The index along `axis`, in a tensor of the given shape: 0, 1, 2, ... */
SSI_API ssi_tensor *ssi_iota(ssi_dtype dtype, int rank, const int64_t *shape, int axis);
/* Uniform in [0, 1), f32 (24 bits) or f64 (53 bits): a pure function of (seed, stream) and the element's index, by Philox4x32-10. The
 * same (seed, stream) always gives the same numbers; take another stream for each use. */
SSI_API ssi_tensor *ssi_uniform(ssi_dtype dtype, int rank, const int64_t *shape, uint64_t seed, uint64_t stream);

/* Converts: one rounding; floats to integers truncate toward zero; anything nonzero is true. ndarray.astype */
SSI_API ssi_tensor *ssi_cast(ssi_tensor *x, ssi_dtype dtype);

/* ---- elementwise ------------------------------------------------------------------------------------------------------ */

SSI_API ssi_tensor *ssi_add(ssi_tensor *a, ssi_tensor *b); /* a + b; on bool: or */
SSI_API ssi_tensor *ssi_sub(ssi_tensor *a, ssi_tensor *b); /* a - b */
SSI_API ssi_tensor *ssi_mul(ssi_tensor *a, ssi_tensor *b); /* a * b; on bool: and */
SSI_API ssi_tensor *ssi_div(ssi_tensor *a, ssi_tensor *b); /* a / b; of integers: f64 */
SSI_API ssi_tensor *ssi_pow(ssi_tensor *a,
                            ssi_tensor *b); /* a ** b; integers need b >= 0 (else 0, as a truncated fraction) */
SSI_API ssi_tensor *ssi_maximum(ssi_tensor *a, ssi_tensor *b); /* NaN if either is; the gradient is shared at a tie */
SSI_API ssi_tensor *ssi_minimum(ssi_tensor *a, ssi_tensor *b);
SSI_API ssi_tensor *ssi_equal(ssi_tensor *a, ssi_tensor *b); /* bool, as the next five */
SSI_API ssi_tensor *ssi_not_equal(ssi_tensor *a, ssi_tensor *b);
SSI_API ssi_tensor *ssi_less(ssi_tensor *a, ssi_tensor *b);
SSI_API ssi_tensor *ssi_less_equal(ssi_tensor *a, ssi_tensor *b);
SSI_API ssi_tensor *ssi_greater(ssi_tensor *a, ssi_tensor *b);       /* ssi_less with its operands exchanged */
SSI_API ssi_tensor *ssi_greater_equal(ssi_tensor *a, ssi_tensor *b); /* likewise */
SSI_API ssi_tensor *ssi_logical_and(ssi_tensor *a, ssi_tensor *b);   /* bool of nonzeros */
SSI_API ssi_tensor *ssi_logical_or(ssi_tensor *a, ssi_tensor *b);
SSI_API ssi_tensor *ssi_logical_xor(ssi_tensor *a, ssi_tensor *b);
SSI_API ssi_tensor *ssi_logical_not(ssi_tensor *x);
SSI_API ssi_tensor *ssi_neg(ssi_tensor *x);
SSI_API ssi_tensor *ssi_abs(ssi_tensor *x);
SSI_API ssi_tensor *ssi_sign(ssi_tensor *x);  /* -1, 0, 1; NaN stays; gradient 0 */
SSI_API ssi_tensor *ssi_floor(ssi_tensor *x); /* gradient 0 */
SSI_API ssi_tensor *ssi_ceil(ssi_tensor *x);  /* likewise; integers stay what they are, as in floor and trunc */
SSI_API ssi_tensor *ssi_trunc(ssi_tensor *x);
SSI_API ssi_tensor *ssi_rint(ssi_tensor *x);                        /* halves to the even number; of integers a float */
SSI_API ssi_tensor *ssi_floor_divide(ssi_tensor *a, ssi_tensor *b); /* a // b of Python; integers by 0: 0 */
SSI_API ssi_tensor *ssi_remainder(ssi_tensor *a, ssi_tensor *b);    /* a % b of Python, of b's sign; integers by 0: 0 */
SSI_API ssi_tensor *ssi_copysign(ssi_tensor *a, ssi_tensor *b);     /* |a| with the sign of b, that of -0 and NaN too */
SSI_API ssi_tensor *ssi_fmax(ssi_tensor *a, ssi_tensor *b);         /* as maximum, but the other one where one is NaN */
SSI_API ssi_tensor *ssi_fmin(ssi_tensor *a, ssi_tensor *b);
/* Of integers and bool, bit by bit (a & b, a | b, a ^ b, ~x of NumPy); floats are refused. */
SSI_API ssi_tensor *ssi_bitwise_and(ssi_tensor *a, ssi_tensor *b);
SSI_API ssi_tensor *ssi_bitwise_or(ssi_tensor *a, ssi_tensor *b);
SSI_API ssi_tensor *ssi_bitwise_xor(ssi_tensor *a, ssi_tensor *b);
SSI_API ssi_tensor *ssi_invert(ssi_tensor *x);
/* a << b and a >> b; 0 (-1 of a negative a >> b) where b is negative or not below the number of a's bits. */
SSI_API ssi_tensor *ssi_left_shift(ssi_tensor *a, ssi_tensor *b);
SSI_API ssi_tensor *ssi_right_shift(ssi_tensor *a, ssi_tensor *b);
SSI_API ssi_tensor *ssi_exp(ssi_tensor *x); /* of integers: f16, f32 or f64 by their width, as NumPy; likewise below */
SSI_API ssi_tensor *ssi_log(ssi_tensor *x);
SSI_API ssi_tensor *ssi_sqrt(ssi_tensor *x);
SSI_API ssi_tensor *ssi_sin(ssi_tensor *x);
SSI_API ssi_tensor *ssi_cos(ssi_tensor *x);
SSI_API ssi_tensor *ssi_tanh(ssi_tensor *x);
SSI_API ssi_tensor *ssi_erf(ssi_tensor *x);
SSI_API ssi_tensor *ssi_sigmoid(ssi_tensor *x); /* 1/(1 + e^-x), for every x without overflow */
SSI_API ssi_tensor *ssi_exp2(ssi_tensor *x);
SSI_API ssi_tensor *ssi_expm1(ssi_tensor *x); /* e^x - 1, which loses nothing where x is tiny */
SSI_API ssi_tensor *ssi_log2(ssi_tensor *x);
SSI_API ssi_tensor *ssi_log10(ssi_tensor *x);
SSI_API ssi_tensor *ssi_log1p(ssi_tensor *x);                    /* log(1 + x), likewise */
SSI_API ssi_tensor *ssi_logaddexp(ssi_tensor *a, ssi_tensor *b); /* log(e^a + e^b), without overflow */
SSI_API ssi_tensor *ssi_cbrt(ssi_tensor *x);                     /* the cube root, of negative x too */
SSI_API ssi_tensor *ssi_tan(ssi_tensor *x);
SSI_API ssi_tensor *ssi_asin(ssi_tensor *x); /* numpy.arcsin; outside [-1, 1]: NaN */
SSI_API ssi_tensor *ssi_acos(ssi_tensor *x);
SSI_API ssi_tensor *ssi_atan(ssi_tensor *x);
SSI_API ssi_tensor *ssi_atan2(ssi_tensor *a, ssi_tensor *b); /* numpy.arctan2: the angle of the point at b, a */
SSI_API ssi_tensor *ssi_hypot(ssi_tensor *a, ssi_tensor *b); /* the length of (a, b), without overflow */
SSI_API ssi_tensor *ssi_sinh(ssi_tensor *x);
SSI_API ssi_tensor *ssi_cosh(ssi_tensor *x);
SSI_API ssi_tensor *ssi_asinh(ssi_tensor *x);
SSI_API ssi_tensor *ssi_acosh(ssi_tensor *x);   /* below 1: NaN */
SSI_API ssi_tensor *ssi_atanh(ssi_tensor *x);   /* outside [-1, 1]: NaN */
SSI_API ssi_tensor *ssi_lgamma(ssi_tensor *x);  /* log |gamma(x)|. scipy.special.gammaln, torch.lgamma */
SSI_API ssi_tensor *ssi_digamma(ssi_tensor *x); /* its slope. scipy.special.digamma, torch.digamma */
SSI_API ssi_tensor *ssi_relu(ssi_tensor *x);    /* max(x, 0); slope 0 at 0, NaN stays */
SSI_API ssi_tensor *ssi_where(ssi_tensor *condition, ssi_tensor *a, ssi_tensor *b);

/* x itself, but the run fails (SSI_NOT_FINITE) if an element is NaN or infinite. Runs check before they overwrite anything. */
SSI_API ssi_tensor *ssi_check_finite(ssi_tensor *x);
/* x itself (integers), but the run fails (SSI_RANGE) if an element is outside [0, n). */
SSI_API ssi_tensor *ssi_check_range(ssi_tensor *x, int64_t n);
/* x itself, through which no gradient flows. torch.Tensor.detach */
SSI_API ssi_tensor *ssi_detach(ssi_tensor *x);

/* ---- movement: views, no data is touched where a view can say it -------------------------------------------------------- */

SSI_API ssi_tensor *ssi_reshape(ssi_tensor *x, int rank, const int64_t *shape); /* one size may be -1 */
SSI_API ssi_tensor *ssi_permute(ssi_tensor *x, int rank, const int64_t *axes);  /* numpy.transpose(x, axes) */
SSI_API ssi_tensor *ssi_transpose(ssi_tensor *x);                               /* the last two axes: x.mT */
SSI_API ssi_tensor *ssi_expand(ssi_tensor *x, int rank, const int64_t *shape);  /* numpy.broadcast_to */
/* x[start : stop : step] along each of the first `count` axes, as Python (negative counts from the end, out of range is clipped, steps may be
 * negative; SSI_END as stop: to the end in the step's direction). */
typedef struct ssi_range {
    int64_t start, stop, step; /* step 0 means 1 */
} ssi_range;
#define SSI_END INT64_MAX
SSI_API ssi_tensor *ssi_slice(ssi_tensor *x, int count, const ssi_range *ranges);
/* x with that part of it replaced by `part`, which broadcasts to it and is cast to x's dtype; x itself does not change. x[start:stop:step] = part */
SSI_API ssi_tensor *ssi_set_slice(ssi_tensor *x, int count, const ssi_range *ranges, ssi_tensor *part);
SSI_API ssi_tensor *ssi_flip(ssi_tensor *x, int axis);
/* `before` and `after` elements of `value` on each axis. numpy.pad(mode="constant") */
SSI_API ssi_tensor *ssi_pad(ssi_tensor *x, const int64_t *before, const int64_t *after, ssi_tensor *value);
/* One after another along an axis; SSI_ALL_AXES: each taken flat. numpy.concatenate */
SSI_API ssi_tensor *ssi_concatenate(int count, ssi_tensor *const *x, int axis);

/* ---- reductions ------------------------------------------------------------------------------------------------------------- */

/* Over the axes listed (count 0: over all). The result keeps its axes as size 1 when `keepdims`. Sums and products of integers are
 * i64. The order of summation follows from the shape alone. min and max of nothing: SSI_INVALID. */
SSI_API ssi_tensor *ssi_sum_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_prod_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_min_axes(ssi_tensor *x, int count, const int *axes,
                                 int keepdims); /* NaN wins; gradient shared among ties */
SSI_API ssi_tensor *ssi_max_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
/* The same of what is not NaN; NaN where everything is. numpy.nanmin, numpy.nanmax */
SSI_API ssi_tensor *ssi_nanmin_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
SSI_API ssi_tensor *ssi_nanmax_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
/* Index (i64) of the first largest (smallest; NaN first of all) along an axis; SSI_ALL_AXES: of the flattened tensor. */
#define SSI_ALL_AXES INT32_MIN
SSI_API ssi_tensor *ssi_argmax(ssi_tensor *x, int axis);
SSI_API ssi_tensor *ssi_argmin(ssi_tensor *x, int axis);

/* ---- products, gathering ---------------------------------------------------------------------------------------------------- */

/* (n?,k),(k,m?)->(n?,m?) with leading axes broadcast. numpy.matmul. The sum over k runs in order, by fused
 * multiply-add; where a or b is a vector, as ssi_sum's of the products. */
SSI_API ssi_tensor *ssi_matmul(ssi_tensor *a, ssi_tensor *b);

/* How exact the f32 products are that this thread writes from here on, and their gradients; returns what held before, to give it back by.
 * torch.set_float32_matmul_precision.
 *
 *     SSI_HIGHEST   the default: f32 throughout
 *     SSI_MEDIUM    both operands are rounded to bf16 (8 bits of precision, f32's range), the sum is f32: for training, which takes it
 *                   well, about twice as fast where the processor multiplies bf16 quickly (AMD's with AVX512-BF16), elsewhere as f32
 *
 * With SSI_MEDIUM, numbers below 1.2e-38 count as 0, and those that round beyond 3.39e38 as infinite, and of each two steps of the
 * sum the second is added first. bf16 tensors are multiplied as they lie, alone or beside f32; of two bf16 tensors the product is
 * bf16, rounded once, from the f32 sum. Products of other dtypes, and those with a vector, stay what they are. */
typedef enum ssi_precision { SSI_HIGHEST, SSI_MEDIUM } ssi_precision;
SSI_API ssi_precision ssi_set_precision(ssi_precision precision);
/* Rows of x: out[i..., :] = x[index[i...], :]; index any integer dtype, in [-n, n). numpy.take(x, index, axis=0) */
SSI_API ssi_tensor *ssi_gather(ssi_tensor *x, ssi_tensor *index);
/* x with rows[i] added to row index[i], in order of i: numpy.add.at on a copy. */
SSI_API ssi_tensor *ssi_scatter_add(ssi_tensor *x, ssi_tensor *index, ssi_tensor *rows);

/* ---- along an axis: each row of the axis by itself. SSI_ALL_AXES: of the flattened tensor, (n) -------------------------------- */

/* Running sums and products; of bool and integers: i64, wrapping; f16 and bf16 run in f32. numpy.cumsum, numpy.cumprod */
SSI_API ssi_tensor *ssi_cumsum(ssi_tensor *x, int axis);
SSI_API ssi_tensor *ssi_cumprod(ssi_tensor *x, int axis);
/* In ascending order, NaN last; equals keep their order. Of any dtype. numpy.sort(kind="stable") */
SSI_API ssi_tensor *ssi_sort(ssi_tensor *x, int axis);
/* Where the elements of the sorted tensor stand in x: i64; of equals the first one first. No gradient. numpy.argsort(kind="stable") */
SSI_API ssi_tensor *ssi_argsort(ssi_tensor *x, int axis);
/* A part of it, without sorting everything: elements [first, first + count) of argsort. Descending: of the order from large to small, where NaN
 * comes first, and of equals still the first one first. No gradient. */
SSI_API ssi_tensor *ssi_argranks(ssi_tensor *x, int axis, int64_t first, int64_t count, int descending);
/* The k-th smallest k-th along the axis, smaller elements before it and larger ones after it, each in x's order; kth in [-n, n). numpy.partition, whose
 * order beside the k-th is another */
SSI_API ssi_tensor *ssi_partition(ssi_tensor *x, int64_t kth, int axis);
/* Where those stand in x: i64. No gradient. numpy.argpartition */
SSI_API ssi_tensor *ssi_argpartition(ssi_tensor *x, int64_t kth, int axis);

/* Elements at an index of each row's own: out[i, j] = x[i, index[i, j]] for axis 1. index: integers in [-n, n), else the run fails (SSI_RANGE); as
 * many axes as x (flattened: one); beside the axis the sizes broadcast. numpy.take_along_axis */
SSI_API ssi_tensor *ssi_take_along_axis(ssi_tensor *x, ssi_tensor *index, int axis);
/* x with v put at, or added to, those elements; v broadcasts to the index's shape and takes x's dtype. Where an index comes twice the last
 * v is put, and all are added, in order. x itself does not change. numpy.put_along_axis on a copy; torch.Tensor.scatter, scatter_add */
SSI_API ssi_tensor *ssi_put_along_axis(ssi_tensor *x, ssi_tensor *index, ssi_tensor *v, int axis);
SSI_API ssi_tensor *ssi_add_along_axis(ssi_tensor *x, ssi_tensor *index, ssi_tensor *v, int axis);

/* The elements of x where the mask, a truth for each, is not 0: (m), in C order. Reads the mask. ssi_mask is made of it. torch.masked_select */
SSI_API ssi_tensor *ssi_masked(ssi_tensor *x, ssi_tensor *mask);

/* ---- searching and counting: no gradients ------------------------------------------------------------------------------------ */

/* sorted (n) in ascending order, values (...) -> i64 (...): the place where each value belongs, before its equals or (right) after them. NaN belongs
 * last. Of values that are not sorted: some place in [0, n]. numpy.searchsorted */
SSI_API ssi_tensor *ssi_searchsorted(ssi_tensor *sorted, ssi_tensor *values, int right);
/* x (any shape), edges (m) ascending, m >= 2 -> i64 (m-1): how many elements lie in [edges[i], edges[i+1]), in the last bin those on its upper edge
 * too; compared as f64. `uniform` promises edges in equal steps, which is faster. ssi_histogram is made of it. */
SSI_API ssi_tensor *ssi_count_between(ssi_tensor *x, ssi_tensor *edges, int uniform);

/* ---- sugar -------------------------------------------------------------------------------------------------------------------- */

#ifndef __cplusplus
#define SSI_OP1(f, x)    SSI_AT((f)(SSI_TENSOR(x)))
#define SSI_OP2(f, a, b) SSI_AT((f)(SSI_TENSOR(a), SSI_TENSOR(b)))

#define ssi_full(dtype, value, ...)     SSI_AT((ssi_full)((dtype), SSI_SHAPE(__VA_ARGS__), SSI_TENSOR(value)))
#define ssi_zeros(dtype, ...)           SSI_AT((ssi_zeros)((dtype), SSI_SHAPE(__VA_ARGS__)))
#define ssi_ones(dtype, ...)            SSI_AT((ssi_ones)((dtype), SSI_SHAPE(__VA_ARGS__)))
#define ssi_cast(x, dtype)              SSI_AT((ssi_cast)(SSI_TENSOR(x), (dtype)))
#define ssi_add(a, b)                   SSI_OP2(ssi_add, a, b)
#define ssi_sub(a, b)                   SSI_OP2(ssi_sub, a, b)
#define ssi_mul(a, b)                   SSI_OP2(ssi_mul, a, b)
#define ssi_div(a, b)                   SSI_OP2(ssi_div, a, b)
#define ssi_pow(a, b)                   SSI_OP2(ssi_pow, a, b)
#define ssi_maximum(a, b)               SSI_OP2(ssi_maximum, a, b)
#define ssi_minimum(a, b)               SSI_OP2(ssi_minimum, a, b)
#define ssi_equal(a, b)                 SSI_OP2(ssi_equal, a, b)
#define ssi_not_equal(a, b)             SSI_OP2(ssi_not_equal, a, b)
#define ssi_less(a, b)                  SSI_OP2(ssi_less, a, b)
#define ssi_less_equal(a, b)            SSI_OP2(ssi_less_equal, a, b)
#define ssi_greater(a, b)               SSI_OP2(ssi_greater, a, b)
#define ssi_greater_equal(a, b)         SSI_OP2(ssi_greater_equal, a, b)
#define ssi_logical_and(a, b)           SSI_OP2(ssi_logical_and, a, b)
#define ssi_logical_or(a, b)            SSI_OP2(ssi_logical_or, a, b)
#define ssi_logical_xor(a, b)           SSI_OP2(ssi_logical_xor, a, b)
#define ssi_logical_not(x)              SSI_OP1(ssi_logical_not, x)
#define ssi_neg(x)                      SSI_OP1(ssi_neg, x)
#define ssi_abs(x)                      SSI_OP1(ssi_abs, x)
#define ssi_sign(x)                     SSI_OP1(ssi_sign, x)
#define ssi_floor(x)                    SSI_OP1(ssi_floor, x)
#define ssi_ceil(x)                     SSI_OP1(ssi_ceil, x)
#define ssi_trunc(x)                    SSI_OP1(ssi_trunc, x)
#define ssi_rint(x)                     SSI_OP1(ssi_rint, x)
#define ssi_invert(x)                   SSI_OP1(ssi_invert, x)
#define ssi_exp2(x)                     SSI_OP1(ssi_exp2, x)
#define ssi_expm1(x)                    SSI_OP1(ssi_expm1, x)
#define ssi_log2(x)                     SSI_OP1(ssi_log2, x)
#define ssi_log10(x)                    SSI_OP1(ssi_log10, x)
#define ssi_log1p(x)                    SSI_OP1(ssi_log1p, x)
#define ssi_logaddexp(a, b)             SSI_OP2(ssi_logaddexp, a, b)
#define ssi_cbrt(x)                     SSI_OP1(ssi_cbrt, x)
#define ssi_tan(x)                      SSI_OP1(ssi_tan, x)
#define ssi_asin(x)                     SSI_OP1(ssi_asin, x)
#define ssi_acos(x)                     SSI_OP1(ssi_acos, x)
#define ssi_atan(x)                     SSI_OP1(ssi_atan, x)
#define ssi_sinh(x)                     SSI_OP1(ssi_sinh, x)
#define ssi_cosh(x)                     SSI_OP1(ssi_cosh, x)
#define ssi_asinh(x)                    SSI_OP1(ssi_asinh, x)
#define ssi_acosh(x)                    SSI_OP1(ssi_acosh, x)
#define ssi_atanh(x)                    SSI_OP1(ssi_atanh, x)
#define ssi_lgamma(x)                   SSI_OP1(ssi_lgamma, x)
#define ssi_digamma(x)                  SSI_OP1(ssi_digamma, x)
#define ssi_floor_divide(a, b)          SSI_OP2(ssi_floor_divide, a, b)
#define ssi_remainder(a, b)             SSI_OP2(ssi_remainder, a, b)
#define ssi_copysign(a, b)              SSI_OP2(ssi_copysign, a, b)
#define ssi_fmax(a, b)                  SSI_OP2(ssi_fmax, a, b)
#define ssi_fmin(a, b)                  SSI_OP2(ssi_fmin, a, b)
#define ssi_bitwise_and(a, b)           SSI_OP2(ssi_bitwise_and, a, b)
#define ssi_bitwise_or(a, b)            SSI_OP2(ssi_bitwise_or, a, b)
#define ssi_bitwise_xor(a, b)           SSI_OP2(ssi_bitwise_xor, a, b)
#define ssi_left_shift(a, b)            SSI_OP2(ssi_left_shift, a, b)
#define ssi_right_shift(a, b)           SSI_OP2(ssi_right_shift, a, b)
#define ssi_atan2(a, b)                 SSI_OP2(ssi_atan2, a, b)
#define ssi_hypot(a, b)                 SSI_OP2(ssi_hypot, a, b)
#define ssi_exp(x)                      SSI_OP1(ssi_exp, x)
#define ssi_log(x)                      SSI_OP1(ssi_log, x)
#define ssi_sqrt(x)                     SSI_OP1(ssi_sqrt, x)
#define ssi_sin(x)                      SSI_OP1(ssi_sin, x)
#define ssi_cos(x)                      SSI_OP1(ssi_cos, x)
#define ssi_tanh(x)                     SSI_OP1(ssi_tanh, x)
#define ssi_erf(x)                      SSI_OP1(ssi_erf, x)
#define ssi_sigmoid(x)                  SSI_OP1(ssi_sigmoid, x)
#define ssi_relu(x)                     SSI_OP1(ssi_relu, x)
#define ssi_where(c, a, b)              SSI_AT((ssi_where)(SSI_TENSOR(c), SSI_TENSOR(a), SSI_TENSOR(b)))
#define ssi_check_finite(x)             SSI_OP1(ssi_check_finite, x)
#define ssi_check_range(x, n)           SSI_AT((ssi_check_range)((x), (n)))
#define ssi_reshape(x, ...)             SSI_AT((ssi_reshape)((x), SSI_SHAPE(__VA_ARGS__)))
#define ssi_permute(x, ...)             SSI_AT((ssi_permute)((x), SSI_SHAPE(__VA_ARGS__)))
#define ssi_transpose(x)                SSI_AT((ssi_transpose)(x))
#define ssi_expand(x, ...)              SSI_AT((ssi_expand)(SSI_TENSOR(x), SSI_SHAPE(__VA_ARGS__)))
#define ssi_flip(x, axis)               SSI_AT((ssi_flip)((x), (axis)))
#define ssi_matmul(a, b)                SSI_AT((ssi_matmul)((a), (b)))
#define ssi_gather(x, index)            SSI_AT((ssi_gather)((x), (index)))
#define ssi_scatter_add(x, index, rows) SSI_AT((ssi_scatter_add)((x), (index), (rows)))
#define ssi_argmax(x, axis)             SSI_AT((ssi_argmax)((x), (axis)))
#define ssi_argmin(x, axis)             SSI_AT((ssi_argmin)((x), (axis)))

#define ssi_cumsum(x, axis)                   SSI_AT((ssi_cumsum)((x), (axis)))
#define ssi_cumprod(x, axis)                  SSI_AT((ssi_cumprod)((x), (axis)))
#define ssi_sort(x, axis)                     SSI_AT((ssi_sort)((x), (axis)))
#define ssi_argsort(x, axis)                  SSI_AT((ssi_argsort)((x), (axis)))
#define ssi_partition(x, kth, axis)           SSI_AT((ssi_partition)((x), (kth), (axis)))
#define ssi_argpartition(x, kth, axis)        SSI_AT((ssi_argpartition)((x), (kth), (axis)))
#define ssi_searchsorted(sorted, v, right)    SSI_AT((ssi_searchsorted)((sorted), SSI_TENSOR(v), (right)))
#define ssi_take_along_axis(x, index, axis)   SSI_AT((ssi_take_along_axis)((x), (index), (axis)))
#define ssi_put_along_axis(x, index, v, axis) SSI_AT((ssi_put_along_axis)((x), (index), SSI_TENSOR(v), (axis)))
#define ssi_add_along_axis(x, index, v, axis) SSI_AT((ssi_add_along_axis)((x), (index), SSI_TENSOR(v), (axis)))

/* ssi_sum(x): over all; ssi_sum(x, 0) or ssi_sum(x, 0, -1): over those axes, which are dropped. (The list ends with a 0 that
 * is not counted, so that it is never empty.) */
#define SSI_REDUCE(f, x, ...)                                                                                          \
    SSI_AT((f)(SSI_TENSOR(x), (int)(sizeof((int[]){__VA_ARGS__}) / sizeof(int)) - 1, (const int[]){__VA_ARGS__}, 0))
#define ssi_sum(...)    SSI_REDUCE(ssi_sum_axes, __VA_ARGS__, 0)
#define ssi_prod(...)   SSI_REDUCE(ssi_prod_axes, __VA_ARGS__, 0)
#define ssi_min(...)    SSI_REDUCE(ssi_min_axes, __VA_ARGS__, 0)
#define ssi_max(...)    SSI_REDUCE(ssi_max_axes, __VA_ARGS__, 0)
#define ssi_nanmin(...) SSI_REDUCE(ssi_nanmin_axes, __VA_ARGS__, 0)
#define ssi_nanmax(...) SSI_REDUCE(ssi_nanmax_axes, __VA_ARGS__, 0)
#endif

#ifdef __cplusplus
}
#endif
#endif
