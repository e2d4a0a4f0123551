/*
 * contract.c - matrix products.
 */
#include <math.h>
#include <string.h>

#include "ops/build.h"

static int64_t batch_offset(const ssi_view *view, const ssi_tensor *node, int64_t batch)
{
    int64_t offset = 0;
    for (int d = node->rank - 3; d >= 0; d--) {
        offset += view->shape[d] == 1 ? 0 : batch % node->shape[d] * view->stride[d];
        batch /= node->shape[d];
    }
    return offset;
}

/* Three loops; every element is summed in order by fused multiply-add, which is also how the kernels do it. */
static void matmul_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    const ssi_view *a = &in[0], *b = &in[1];
    int r = node->rank;
    int64_t n = node->shape[r - 2], m = node->shape[r - 1], k = a->shape[r - 1],
            batches = n * m != 0 ? ssi_count(node) / (n * m) : 0;
    for (int64_t batch = 0; batch < batches; batch++) {
        int64_t a0 = batch_offset(a, node, batch), b0 = batch_offset(b, node, batch);
        for (int64_t i = 0; i < n; i++) {
            for (int64_t j = 0; j < m; j++) {
                double sum = 0;
                float sum_f32 = 0;
                int64_t sum_i64 = 0;
                for (int64_t q = 0; q < k; q++) {
                    int64_t at_a = a0 + i * a->stride[r - 2] + q * a->stride[r - 1],
                            at_b = b0 + q * b->stride[r - 2] + j * b->stride[r - 1];
                    if (node->dtype == SSI_F32)
                        sum_f32 = fmaf(((const float *)a->data)[at_a], ((const float *)b->data)[at_b], sum_f32);
                    else if (node->dtype == SSI_F64)
                        sum = fma(((const double *)a->data)[at_a], ((const double *)b->data)[at_b], sum);
                    else
                        sum_i64 = (int64_t)((uint64_t)sum_i64 + (uint64_t)ssi_get_i64(a->data, a->dtype, at_a) *
                                                                    (uint64_t)ssi_get_i64(b->data, b->dtype, at_b));
                }
                int64_t at = (batch * n + i) * m + j;
                if (node->dtype == SSI_F32)
                    ((float *)out->data)[at] = sum_f32;
                else if (node->dtype == SSI_F64)
                    ((double *)out->data)[at] = sum;
                else
                    ssi_put_i64(out->data, out->dtype, at, sum_i64);
            }
        }
    }
}

/* dA = dY B', dB = A' dY; grad sums what was broadcast. */
static ssi_tensor *matmul_gradient(const ssi_vjp *g)
{
    return g->which == 0 ? (ssi_matmul)(g->dy, (ssi_transpose)(g->x[1]))
                         : (ssi_matmul)((ssi_transpose)(g->x[0]), g->dy);
}

const ssi_op ssi_op_matmul = {.name = "matmul",
                              .kind = SSI_KIND_CONTRACT,
                              .signature = "(n?,k),(k,m?)->(n?,m?)",
                              .doc = "the matrix product",
                              .numpy = "np.matmul(a, b)",
                              .torch = "torch.matmul(a, b)",
                              .onnx = "MatMul",
                              .gradient = matmul_gradient,
                              .reference = matmul_reference};

static ssi_dtype product_dtype(ssi_dtype dtype)
{
    if (dtype == SSI_F16 || dtype == SSI_BF16)
        return SSI_F32;
    return ssi_is_float(dtype) ? dtype : SSI_I64;
}

/* Leading axes broadcast against each other; rows and columns stay. */
static ssi_tensor *with_batch(ssi_tensor *x, int rank, const int64_t *batch)
{
    int64_t shape[SSI_MAX_RANK];
    if (!x)
        return NULL;
    memcpy(shape, batch, (size_t)(rank - 2) * sizeof *shape);
    shape[rank - 2] = x->shape[x->rank - 2];
    shape[rank - 1] = x->shape[x->rank - 1];
    return (ssi_expand)(x, rank, shape);
}

ssi_tensor *(ssi_matmul)(ssi_tensor *a, ssi_tensor *b)
{
    char ta[SSI_SHAPE_TEXT], tb[SSI_SHAPE_TEXT];
    if (!a || !b)
        return NULL;
    if (a->rank == 0 || b->rank == 0)
        return SSI_FAIL_NULL(SSI_INVALID, "matmul", "x %s, w %s: a single number is no matrix\nuse ssi_mul",
                             ssi_describe(a, ta), ssi_describe(b, tb));
    int rank_a = a->rank, rank_b = b->rank;
    int64_t k = a->shape[rank_a - 1], kb = b->shape[rank_b == 1 ? 0 : rank_b - 2];
    if (k != kb)
        return SSI_FAIL_NULL(SSI_INVALID, "matmul", "inner sizes differ: x %s, w %s%s",
                             ssi_shape_text(rank_a, a->shape, ta), ssi_shape_text(rank_b, b->shape, tb),
                             rank_b > 1 && b->shape[rank_b - 1] == k    ? "\ntranspose w?"
                             : rank_a > 1 && a->shape[rank_a - 2] == kb ? "\ntranspose x?"
                                                                        : "\nx's last size must be w's last but one");
    ssi_dtype dtype = ssi_promote((ssi_dtype)a->dtype, (ssi_dtype)b->dtype), in = product_dtype(dtype);
    a = (ssi_cast)(a, in);
    b = (ssi_cast)(b, in);
    if (a && rank_a == 1)
        a = (ssi_reshape)(a, 2, (int64_t[]){1, k});
    if (b && rank_b == 1)
        b = (ssi_reshape)(b, 2, (int64_t[]){k, 1});
    if (!a || !b)
        return NULL;
    int64_t shape[SSI_MAX_RANK], count;
    int batch = ssi_shape_broadcast(a->rank - 2, a->shape, b->rank - 2, b->shape, shape);
    if (batch < 0)
        return SSI_FAIL_NULL(SSI_INVALID, "matmul", "leading axes of x %s and w %s do not broadcast",
                             ssi_shape_text(a->rank, a->shape, ta), ssi_shape_text(b->rank, b->shape, tb));
    int rank = batch + 2;
    ssi_tensor *input[2] = {with_batch(a, rank, shape), with_batch(b, rank, shape)};
    shape[rank - 2] = a->shape[a->rank - 2];
    shape[rank - 1] = b->shape[b->rank - 1];
    if (!ssi_shape_count(rank, shape, ssi_dtype_size(in), &count))
        return SSI_FAIL_NULL(SSI_INVALID, "matmul", "the product %s is larger than memory can be",
                             ssi_shape_text(rank, shape, ta));
    ssi_tensor *y = ssi_node(
        &(ssi_node_spec){.op = &ssi_op_matmul, .dtype = in, .rank = rank, .shape = shape, .inputs = 2, .input = input});
    if (rank_a == 1) /* (k) @ (k,m): the row is no axis of the result */
        shape[rank - 2] = shape[rank - 1];
    y = (ssi_reshape)(y, rank - (rank_a == 1) - (rank_b == 1), shape);
    if (dtype == SSI_BOOL)
        return (ssi_not_equal)(y, ssi_number_int(0));
    return (ssi_cast)(y, dtype);
}
