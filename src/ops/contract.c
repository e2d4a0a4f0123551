/*
 * contract.c - matrix products.
 */
#include <float.h>
#include <math.h>

#include "ops/build.h"

static _Thread_local ssi_precision precision_now = SSI_HIGHEST;

ssi_precision ssi_set_precision(ssi_precision precision)
{
    ssi_precision before = precision_now;
    if (precision == SSI_HIGHEST || precision == SSI_MEDIUM)
        precision_now = precision;
    else
        ssi_fail(SSI_INVALID, "set_precision", "%d is no precision\nuse SSI_HIGHEST or SSI_MEDIUM", (int)precision);
    return before;
}

/* x as a product of its precision takes it: see gemm_medium.h. */
static float taken(const ssi_view *from, int64_t i, bool medium)
{
    float x = (float)ssi_get_f64(from->data, from->dtype, i);
    if (!medium)
        return x;
    return fabsf(x) < FLT_MIN ? 0.0f * x : ssi_bf16_to_f32(ssi_f32_to_bf16(x));
}

/* sum over q of a[q*a_step] b[q*b_step], in order (medium: the second of each two first), by fused multiply-add: which is also how the kernels do it, so they
 * agree to the bit. */
static void dot(bool medium, const ssi_view *out, int64_t at, const ssi_view *a, int64_t a0, int64_t a_step,
                const ssi_view *b, int64_t b0, int64_t b_step, int64_t k)
{
    float sum_f32 = 0;
    double sum_f64 = 0;
    uint64_t sum_i64 = 0;
    for (int64_t q = 0; q < k; q++) {
        int64_t step = medium && (q ^ 1) < k ? q ^ 1 : q, i = a0 + step * a_step, j = b0 + step * b_step;
        if (out->dtype == SSI_F32)
            sum_f32 = fmaf(taken(a, i, medium), taken(b, j, medium), sum_f32);
        else if (out->dtype == SSI_F64)
            sum_f64 = fma(((const double *)a->data)[i], ((const double *)b->data)[j], sum_f64);
        else
            sum_i64 += (uint64_t)((const int64_t *)a->data)[i] * (uint64_t)((const int64_t *)b->data)[j];
    }
    if (out->dtype == SSI_F32)
        ((float *)out->data)[at] = sum_f32;
    else if (out->dtype == SSI_F64)
        ((double *)out->data)[at] = sum_f64;
    else
        ((int64_t *)out->data)[at] = (int64_t)sum_i64;
}

static void matmul_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    int row = node->rank - 2, column = node->rank - 1;
    int64_t index[SSI_MAX_RANK] = {0}, count = ssi_count(node);
    for (int64_t at = 0; at < count; at++) {
        int64_t i = index[row], j = index[column];
        index[row] = index[column] = 0; /* where the matrices of this batch begin */
        int64_t a0 = ssi_offset_at(&in[0], index), b0 = ssi_offset_at(&in[1], index);
        index[row] = i;
        index[column] = j;
        dot(node->attribute[0] == SSI_MEDIUM, out, at, &in[0], a0 + i * in[0].stride[row], in[0].stride[column], &in[1],
            b0 + j * in[1].stride[column], in[1].stride[row], in[0].shape[column]);
        ssi_next_index(node->rank, node->shape, index);
    }
}

/* dA = dY B', dB = A' dY. What was broadcast was so by views, which sum. */
static ssi_tensor *matmul_gradient(const ssi_vjp *g)
{
    ssi_precision before = ssi_set_precision((ssi_precision)g->y->attribute[0]);
    ssi_tensor *dx =
        g->which == 0 ? ssi_matmul(g->dy, ssi_transpose(g->x[1])) : ssi_matmul(ssi_transpose(g->x[0]), g->dy);
    ssi_set_precision(before);
    return ssi_cast(dx, ssi_dtype_of(g->x[g->which]));
}

/* clang-format off */
const ssi_op ssi_op_matmul = {
    .name = "matmul", .kind = SSI_KIND_CONTRACT, .gradient = matmul_gradient, .reference = matmul_reference,
    SSI_WORDS(.signature = "(n?,k),(k,m?)->(n?,m?)", .doc = "the matrix product", .numpy = "a @ b", .torch = "torch.matmul(a, b)",
              .onnx = "MatMul", .binary = ssi_matmul, .samples = SSI_SAMPLES("a=uniform(-2,2)[3,4] b=uniform(-2,2)[4,2]",
                             "a=uniform(-2,2)[4,3].T b=uniform(-2,2)[5,4].T", "a=uniform(-2,2)[4] b=uniform(-2,2)[4]",
                             "a=uniform(-2,2)[4] b=uniform(-2,2)[4,2]", "a=uniform(-2,2)[3,4] b=uniform(-2,2)[4]",
                             "a=uniform(-2,2)[2,3,4] b=uniform(-2,2)[4,2]",
                             "a=uniform(-2,2)[5,1,2,3] b=uniform(-2,2)[2,3,2]",
                             "a=uniform(-2,2)[3,4] b=uniform(-2,2)[2,4,1]",
                             "a=uniform(-2,2)[0,4] b=uniform(-2,2)[4,2]", "a=uniform(-2,2)[3,0] b=uniform(-2,2)[0,2]")),
};
/* clang-format on */

/* ---- building ---- */

static ssi_tensor *fail_inner(const ssi_tensor *a, const ssi_tensor *b, int64_t k, int64_t other)
{
    char ta[SSI_SHAPE_TEXT], tb[SSI_SHAPE_TEXT];
    bool turn_b = b->rank > 1 && b->shape[b->rank - 1] == k, turn_a = a->rank > 1 && a->shape[a->rank - 2] == other;
    return SSI_FAIL_NULL(SSI_INVALID, "matmul", "inner sizes differ: a %s, b %s\n%s",
                         ssi_shape_text(a->rank, a->shape, ta), ssi_shape_text(b->rank, b->shape, tb),
                         turn_b   ? "transpose b?"
                         : turn_a ? "transpose a?"
                                  : "the last size of a must be the last but one of b");
}

/* The matrices of x once for every index of the leading axes. */
static ssi_tensor *with_batch(ssi_tensor *x, int batch, const int64_t *leading)
{
    int64_t shape[SSI_MAX_RANK];
    memcpy(shape, leading, (size_t)batch * sizeof *shape);
    memcpy(shape + batch, x->shape + x->rank - 2, 2 * sizeof *shape);
    return (ssi_expand)(x, batch + 2, shape);
}

/* A matrix by a vector reads each element once: no blocking pays, so it is a sum of products. */
static ssi_tensor *by_vector(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_sum_axes(ssi_mul(a, b), 1, (int[]){-1}, 0);
}

/* One long row by one column, which is that too; but for medium precision, where products have a rounding of their own, and for truths. */
static bool is_dot(ssi_dtype dtype, const ssi_tensor *a, const ssi_tensor *b)
{
    enum { LONG = 256 };
    return a->rank == 2 && b->rank == 2 && a->shape[0] == 1 && b->shape[1] == 1 && b->shape[0] >= LONG &&
           dtype != SSI_BOOL && !(dtype == SSI_F32 && precision_now == SSI_MEDIUM);
}

/* (...,n,k) x (...,k,m) of `dtype`, which products are made in. Both operands are of it, or taken as it. */
static ssi_tensor *product(ssi_dtype dtype, ssi_tensor *a, ssi_tensor *b)
{
    char ta[SSI_SHAPE_TEXT], tb[SSI_SHAPE_TEXT];
    int64_t shape[SSI_MAX_RANK];
    if (is_dot(dtype, a, b))
        return ssi_reshape(by_vector(a, ssi_reshape(b, b->shape[0])), 1, 1);
    int batch = ssi_shape_broadcast(a->rank - 2, a->shape, b->rank - 2, b->shape, shape);
    if (batch < 0)
        return SSI_FAIL_NULL(SSI_INVALID, "matmul", "leading axes do not broadcast: a %s, b %s",
                             ssi_shape_text(a->rank, a->shape, ta), ssi_shape_text(b->rank, b->shape, tb));
    ssi_tensor *input[] = {with_batch(a, batch, shape), with_batch(b, batch, shape)};
    shape[batch] = a->shape[a->rank - 2];
    shape[batch + 1] = b->shape[b->rank - 1];
    if (!ssi_shape_is_possible("matmul", dtype, batch + 2, shape))
        return NULL;
    int64_t precision = dtype == SSI_F32 ? precision_now : SSI_HIGHEST;
    return ssi_node(&(ssi_node_spec){.op = dtype == SSI_BOOL ? &ssi_op_truths : &ssi_op_matmul,
                                     .dtype = dtype,
                                     .rank = batch + 2,
                                     .shape = shape,
                                     .inputs = 2,
                                     .input = input,
                                     .attributes = 1,
                                     .attribute = &precision});
}

/* Many matrices times one are one tall matrix times it. */
static ssi_tensor *tall_product(ssi_dtype dtype, ssi_tensor *a, ssi_tensor *b)
{
    int64_t shape[SSI_MAX_RANK], rows = 1;
    int rank = a->rank;
    for (int i = 0; i < rank - 1; i++)
        rows *= shape[i] = a->shape[i];
    shape[rank - 1] = b->shape[1];
    if (!ssi_shape_is_possible("matmul", dtype, rank, shape))
        return NULL;
    ssi_tensor *tall = ssi_reshape(a, rows, a->shape[rank - 1]);
    return tall ? (ssi_reshape)(product(dtype, tall, b), rank, shape) : NULL;
}

/* Of truths one pair decides: no sum. */
static ssi_tensor *truths_by_vector(ssi_tensor *a, ssi_tensor *b)
{
    ssi_tensor *y = ssi_matmul(a, ssi_reshape(b, b->shape[0], 1));
    return y ? (ssi_reshape)(y, a->rank - 1, a->shape) : NULL;
}

/* A vector by matrices is a matrix of one row. */
static ssi_tensor *of_vector(ssi_dtype dtype, ssi_tensor *a, ssi_tensor *b)
{
    int64_t shape[SSI_MAX_RANK];
    memcpy(shape, b->shape, (size_t)b->rank * sizeof *shape);
    shape[b->rank - 2] = b->shape[b->rank - 1];
    return (ssi_reshape)(product(dtype, ssi_reshape(a, 1, a->shape[0]), b), b->rank - 1, shape);
}

/* An operand of a product of `dtype` as it goes there: bf16 as it is where it would be rounded to that. */
static ssi_tensor *operand(ssi_tensor *x, ssi_dtype dtype)
{
    bool as_it_is = x->dtype == SSI_BF16 && dtype == SSI_F32 && precision_now == SSI_MEDIUM;
    return as_it_is ? x : ssi_cast(x, dtype);
}

/* Narrow floats are multiplied as f32, integers as i64. */
ssi_tensor *(ssi_matmul)(ssi_tensor *a, ssi_tensor *b)
{
    char ta[SSI_SHAPE_TEXT], tb[SSI_SHAPE_TEXT];
    if (!a || !b)
        return NULL;
    if (a->rank == 0 || b->rank == 0)
        return SSI_FAIL_NULL(SSI_INVALID, "matmul", "a %s, b %s: a tensor of no axes is no matrix\nuse ssi_mul",
                             ssi_shape_text(a->rank, a->shape, ta), ssi_shape_text(b->rank, b->shape, tb));
    int64_t k = a->shape[a->rank - 1], other = b->shape[b->rank == 1 ? 0 : b->rank - 2];
    if (k != other)
        return fail_inner(a, b, k, other);
    ssi_dtype dtype = ssi_common(a, b);
    ssi_dtype wide = ssi_is_narrow(dtype) ? SSI_F32 : ssi_is_float(dtype) || dtype == SSI_BOOL ? dtype : SSI_I64;
    bool sum = b->rank == 1;
    a = sum ? ssi_cast(a, wide) : operand(a, wide);
    b = sum ? ssi_cast(b, wide) : operand(b, wide);
    if (!a || !b)
        return NULL;
    return ssi_cast(sum                           ? (wide == SSI_BOOL ? truths_by_vector : by_vector)(a, b)
                    : a->rank == 1                ? of_vector(wide, a, b)
                    : a->rank > 2 && b->rank == 2 ? tall_product(wide, a, b)
                                                  : product(wide, a, b),
                    dtype);
}
