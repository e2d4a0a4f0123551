/*
 * index.c - rows taken by index, and rows added where an index says.
 */
#include "ops/build.h"

/* ---- references ---- */

/* Where row number `asked` of n begins, counted from the end if negative; false, with an error, when there is none. */
static bool find_row(const ssi_tensor *node, int64_t asked, int64_t n, int64_t *row)
{
    *row = asked < 0 ? asked + n : asked;
    if (*row >= 0 && *row < n)
        return true;
    return ssi_fail(SSI_RANGE, node->op->name, "index %lld is outside [-%lld, %lld)", (long long)asked, (long long)n,
                    (long long)n) == 0;
}

/* Calls for every element of every indexed row: its place in x and its place in rows. */
typedef void visit(const ssi_view *out, const ssi_view *in, const int64_t *in_x, const int64_t *in_rows);

static void visit_rows(const ssi_tensor *node, const ssi_view *out, const ssi_view *in, visit *each)
{
    const ssi_view *x = &in[0], *index = &in[1];
    int64_t shape[SSI_MAX_RANK], at[SSI_MAX_RANK] = {0}, count = 1;
    int rank = index->rank + x->rank - 1;
    for (int i = 0; i < rank; i++)
        count *= shape[i] = i < index->rank ? index->shape[i] : x->shape[i - index->rank + 1];
    for (int64_t k = 0; k < count; k++) {
        int64_t in_x[SSI_MAX_RANK];
        memcpy(in_x + 1, at + index->rank, (size_t)(x->rank - 1) * sizeof *at);
        int64_t asked = ((const int64_t *)index->data)[ssi_offset_at(index, at)];
        if (!find_row(node, asked, x->shape[0], &in_x[0]))
            return;
        each(out, in, in_x, at);
        ssi_next_index(rank, shape, at);
    }
}

static void take(const ssi_view *out, const ssi_view *in, const int64_t *in_x, const int64_t *in_rows)
{
    ssi_copy_element(out, ssi_offset_at(out, in_rows), &in[0], ssi_offset_at(&in[0], in_x));
}

static void gather_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    visit_rows(node, out, in, take);
}

static void add_to(const ssi_view *out, const ssi_view *in, const int64_t *in_x, const int64_t *in_rows)
{
    int64_t to = ssi_offset_at(out, in_x), from = ssi_offset_at(&in[2], in_rows);
    if (ssi_is_float(out->dtype))
        ssi_put_f64(out->data, out->dtype, to,
                    ssi_get_f64(out->data, out->dtype, to) + ssi_get_f64(in[2].data, out->dtype, from));
    else
        ssi_put_i64(out->data, out->dtype, to,
                    (int64_t)((uint64_t)ssi_get_i64(out->data, out->dtype, to) +
                              (uint64_t)ssi_get_i64(in[2].data, out->dtype, from)));
}

static void scatter_add_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    int64_t at[SSI_MAX_RANK] = {0}, count = ssi_count(node);
    for (int64_t i = 0; i < count; i++) {
        ssi_copy_element(out, i, &in[0], ssi_offset_at(&in[0], at));
        ssi_next_index(node->rank, node->shape, at);
    }
    visit_rows(node, out, in, add_to);
}

/* ---- gather ---- */

/* Index i64, x with rows; NULL with an error otherwise. */
static ssi_tensor *index_of(const ssi_op *op, const ssi_tensor *x, ssi_tensor *index)
{
    if (!ssi_is_integer((ssi_dtype)index->dtype))
        return SSI_FAIL_NULL(SSI_INVALID, op->name, "the index is %s\ngive integers",
                             ssi_dtype_name((ssi_dtype)index->dtype));
    if (x->rank == 0)
        return SSI_FAIL_NULL(SSI_INVALID, op->name, "x has no axes, and so no rows");
    return ssi_cast(index, SSI_I64);
}

static ssi_tensor *gather_gradient(const ssi_vjp *g)
{
    ssi_tensor *x = g->x[0];
    return ssi_scatter_add((ssi_zeros)((ssi_dtype)x->dtype, x->rank, x->shape), g->x[1], g->dy);
}

/* clang-format off */
const ssi_op ssi_op_gather = {
    .name = "gather", .kind = SSI_KIND_INDEX, .code = SSI_INDEX_GATHER, .gradient = gather_gradient, .reference = gather_reference,
    SSI_WORDS(.signature = "(n,...),(i...):integer -> (i...,...)", .doc = "rows of x by index", .numpy = "np.take(x, index, axis=0)",
              .torch = "x[index]", .onnx = "Gather", .samples = SSI_SAMPLES("x=uniform(-2,2)[4,3] index=integers(-4,3)[6]",
                             "x=uniform(-2,2)[3,4].T index=integers(0,3)[2,5].T",
                             "x=uniform(-2,2)[5] index=integers(0,4)[]",
                             "x=uniform(-2,2)[4,2,3] index=integers(0,3)[0]")),
};
/* clang-format on */

ssi_tensor *(ssi_gather)(ssi_tensor *x, ssi_tensor *index)
{
    if (!x || !index || !(index = index_of(&ssi_op_gather, x, index)))
        return NULL;
    int rank = index->rank + x->rank - 1;
    int64_t shape[2 * SSI_MAX_RANK];
    memcpy(shape, index->shape, (size_t)index->rank * sizeof *shape);
    memcpy(shape + index->rank, x->shape + 1, (size_t)(x->rank - 1) * sizeof *shape);
    if (!ssi_shape_is_possible("gather", (ssi_dtype)x->dtype, rank, shape))
        return NULL;
    ssi_tensor *input[] = {x, index};
    return ssi_node(&(ssi_node_spec){
        .op = &ssi_op_gather, .dtype = (ssi_dtype)x->dtype, .rank = rank, .shape = shape, .inputs = 2, .input = input});
}

/* ---- scatter_add ---- */

static ssi_tensor *scatter_add_gradient(const ssi_vjp *g)
{
    return g->which == 0 ? g->dy : ssi_gather(g->dy, g->x[1]);
}

/* clang-format off */
const ssi_op ssi_op_scatter_add = {
    .name = "scatter_add", .kind = SSI_KIND_INDEX, .code = SSI_INDEX_SCATTER_ADD, .gradient = scatter_add_gradient,
    .reference = scatter_add_reference,
    SSI_WORDS(.signature = "(n,...),(i...):integer,(i...,...) -> (n,...)", .doc = "x with rows[i] added to its row index[i]",
              .numpy = "np.add.at(x, index, rows)", .torch = "x.index_add(0, index, rows)",
              .samples = SSI_SAMPLES("x=uniform(-2,2)[4,3] index=integers(-4,3)[6] rows=uniform(-2,2)[6,3]",
                             "x=uniform(-2,2)[3,4].T index=integers(0,3)[5,2].T rows=uniform(-2,2)[2,5,3]",
                             "x=uniform(-2,2)[5] index=integers(0,4)[] rows=uniform(-2,2)[]",
                             "x=uniform(-2,2)[4,3] index=integers(0,3)[0] rows=uniform(-2,2)[0,3]")),
};
/* clang-format on */

static bool rows_fit(const ssi_tensor *x, const ssi_tensor *index, const ssi_tensor *rows)
{
    bool fit = rows->rank == index->rank + x->rank - 1;
    for (int i = 0; i < rows->rank && fit; i++)
        fit = rows->shape[i] == (i < index->rank ? index->shape[i] : x->shape[i - index->rank + 1]);
    return fit;
}

/* Added up as f32 (narrow floats) or i64 (bool, for which adding is or), and rounded once. */
ssi_tensor *(ssi_scatter_add)(ssi_tensor *x, ssi_tensor *index, ssi_tensor *rows)
{
    char tx[SSI_SHAPE_TEXT], ti[SSI_SHAPE_TEXT], tr[SSI_SHAPE_TEXT];
    if (!x || !index || !rows || !(index = index_of(&ssi_op_scatter_add, x, index)))
        return NULL;
    if (!rows_fit(x, index, rows))
        return SSI_FAIL_NULL(
            SSI_INVALID, "scatter_add",
            "rows do not fit: x %s, index %s, rows %s\nrows have the index's axes, then those of a row of x",
            ssi_shape_text(x->rank, x->shape, tx), ssi_shape_text(index->rank, index->shape, ti),
            ssi_shape_text(rows->rank, rows->shape, tr));
    ssi_dtype dtype = (ssi_dtype)x->dtype;
    ssi_dtype wide = ssi_is_narrow(dtype) ? SSI_F32 : dtype == SSI_BOOL ? SSI_I64 : dtype;
    ssi_tensor *input[] = {ssi_cast(x, wide), index, ssi_cast(rows, wide)};
    return ssi_cast(
        ssi_node(&(ssi_node_spec){
            .op = &ssi_op_scatter_add, .dtype = wide, .rank = x->rank, .shape = x->shape, .inputs = 3, .input = input}),
        dtype);
}
