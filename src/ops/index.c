/*
 * index.c - rows taken by index, and rows added where an index says.
 */
#include <string.h>

#include "ops/build.h"

static int64_t offset_in(const ssi_view *view, int first, int64_t position)
{
    int64_t offset = 0;
    for (int d = view->rank - 1; d >= first; d--) {
        offset += position % view->shape[d] * view->stride[d];
        position /= view->shape[d];
    }
    return offset;
}

static int64_t elements(const ssi_view *view, int first)
{
    int64_t count = 1;
    for (int d = first; d < view->rank; d++)
        count *= view->shape[d];
    return count;
}

static bool index_at(const ssi_tensor *node, const ssi_view *index, int64_t i, int64_t n, int64_t *at)
{
    int64_t asked = ssi_get_i64(index->data, index->dtype, offset_in(index, 0, i));
    *at = asked + (asked < 0 ? n : 0);
    if (*at >= 0 && *at < n)
        return true;
    ssi_fail(SSI_RANGE, node->op->name, "index %lld at position %lld is outside [-%lld, %lld)", (long long)asked,
             (long long)i, (long long)n, (long long)n);
    return false;
}

/* ---- gather ---- */

static void gather_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    int64_t rows = elements(&in[1], 0), row = elements(&in[0], 1), at;
    size_t size = ssi_dtype_size(out->dtype);
    for (int64_t i = 0; i < rows; i++) {
        if (!index_at(node, &in[1], i, in[0].shape[0], &at))
            return;
        for (int64_t k = 0; k < row; k++)
            memcpy((char *)out->data + (i * row + k) * (int64_t)size,
                   (char *)in[0].data + (at * in[0].stride[0] + offset_in(&in[0], 1, k)) * (int64_t)size, size);
    }
}

static ssi_tensor *gather_gradient(const ssi_vjp *g)
{
    return g->which
               ? NULL
               : (ssi_scatter_add)((ssi_zeros)((ssi_dtype)g->dy->dtype, g->x[0]->rank, g->x[0]->shape), g->x[1], g->dy);
}

const ssi_op ssi_op_gather = {.name = "gather",
                              .kind = SSI_KIND_INDEX,
                              .code = SSI_INDEX_GATHER,
                              .signature = "(n,...),(i...):integer -> (i...,...)",
                              .doc = "rows by index",
                              .numpy = "np.take(x, index, axis=0)",
                              .torch = "x[index]",
                              .onnx = "Gather",
                              .gradient = gather_gradient,
                              .reference = gather_reference};

static ssi_tensor *index_of(const char *operation, const ssi_tensor *x, ssi_tensor *index)
{
    if (!ssi_is_integer((ssi_dtype)index->dtype))
        return SSI_FAIL_NULL(SSI_INVALID, operation, "the index is %s\nan index is an integer tensor",
                             ssi_dtype_name((ssi_dtype)index->dtype));
    if (x->rank == 0)
        return SSI_FAIL_NULL(SSI_INVALID, operation, "x has no axes, so no rows");
    return (ssi_cast)(index, SSI_I64);
}

ssi_tensor *(ssi_gather)(ssi_tensor *x, ssi_tensor *index)
{
    if (!x || !index || !(index = index_of("gather", x, index)))
        return NULL;
    int64_t shape[SSI_MAX_RANK], count;
    int rank = index->rank + x->rank - 1;
    if (rank > SSI_MAX_RANK)
        return SSI_FAIL_NULL(SSI_INVALID, "gather", "the result would have %d axes; a tensor has 0 to %d", rank,
                             SSI_MAX_RANK);
    memcpy(shape, index->shape, (size_t)index->rank * sizeof *shape);
    memcpy(shape + index->rank, x->shape + 1, (size_t)(x->rank - 1) * sizeof *shape);
    if (!ssi_shape_count(rank, shape, ssi_dtype_size((ssi_dtype)x->dtype), &count))
        return SSI_FAIL_NULL(SSI_INVALID, "gather", "the result is larger than memory can be");
    return ssi_node(&(ssi_node_spec){.op = &ssi_op_gather,
                                     .dtype = (ssi_dtype)x->dtype,
                                     .rank = rank,
                                     .shape = shape,
                                     .inputs = 2,
                                     .input = (ssi_tensor *[]){x, index}});
}

/* ---- scatter_add ---- */

static void scatter_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    int64_t rows = elements(&in[1], 0), row = elements(&in[0], 1), count = elements(&in[0], 0), at;
    size_t size = ssi_dtype_size(out->dtype);
    for (int64_t i = 0; i < count; i++)
        memcpy((char *)out->data + i * (int64_t)size, (char *)in[0].data + offset_in(&in[0], 0, i) * (int64_t)size,
               size);
    for (int64_t i = 0; i < rows; i++) {
        if (!index_at(node, &in[1], i, in[0].shape[0], &at))
            return;
        for (int64_t k = 0; k < row; k++) {
            int64_t from = offset_in(&in[2], 0, i * row + k), to = at * row + k;
            if (ssi_is_float(out->dtype))
                ssi_put_f64(out->data, out->dtype, to,
                            ssi_get_f64(out->data, out->dtype, to) + ssi_get_f64(in[2].data, in[2].dtype, from));
            else
                ssi_put_i64(out->data, out->dtype, to,
                            ssi_get_i64(out->data, out->dtype, to) + ssi_get_i64(in[2].data, in[2].dtype, from));
        }
    }
}

static ssi_tensor *scatter_gradient(const ssi_vjp *g)
{
    return g->which == 0 ? g->dy : g->which == 2 ? (ssi_gather)(g->dy, g->x[1]) : NULL;
}

const ssi_op ssi_op_scatter_add = {.name = "scatter_add",
                                   .kind = SSI_KIND_INDEX,
                                   .code = SSI_INDEX_SCATTER_ADD,
                                   .signature = "(n,...),(i...):integer,(i...,...) -> (n,...)",
                                   .doc = "rows added where an index says",
                                   .numpy = "np.add.at(x, index, rows)",
                                   .torch = "x.index_add(0, index, rows)",
                                   .onnx = "ScatterND",
                                   .gradient = scatter_gradient,
                                   .reference = scatter_reference};

ssi_tensor *(ssi_scatter_add)(ssi_tensor *x, ssi_tensor *index, ssi_tensor *rows)
{
    char a[SSI_SHAPE_TEXT], b[SSI_SHAPE_TEXT];
    if (!x || !index || !rows || !(index = index_of("scatter_add", x, index)))
        return NULL;
    bool fits = rows->rank == index->rank + x->rank - 1;
    for (int i = 0; i < rows->rank && fits; i++)
        fits = rows->shape[i] == (i < index->rank ? index->shape[i] : x->shape[i - index->rank + 1]);
    if (!fits)
        return SSI_FAIL_NULL(SSI_INVALID, "scatter_add",
                             "rows %s do not fit index %s\nthey are the index's shape, then that of a row of x",
                             ssi_shape_text(rows->rank, rows->shape, a), ssi_shape_text(index->rank, index->shape, b));
    ssi_dtype dtype = (ssi_dtype)x->dtype, wide = dtype == SSI_F16 || dtype == SSI_BF16 ? SSI_F32 : dtype;
    ssi_tensor *input[3] = {(ssi_cast)(x, wide), index, (ssi_cast)(rows, wide)};
    return (ssi_cast)(ssi_node(&(ssi_node_spec){.op = &ssi_op_scatter_add,
                                                .dtype = wide,
                                                .rank = x->rank,
                                                .shape = x->shape,
                                                .inputs = 3,
                                                .input = input}),
                      dtype);
}
