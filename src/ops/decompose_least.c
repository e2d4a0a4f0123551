/*
 * decompose_least.c - least squares, and the pseudo-inverse, which is the least-squares solution for an identity.
 *
 * Gradient: G. Golub and V. Pereyra, The differentiation of pseudo-inverses and nonlinear least squares problems (1973); where the rank is constant.
 */
#include "ops/decompose.h"

typedef struct lstsq_room {
    void *a, *b, *s, *work;
    int *places;
    int n, m, k, rows, words; /* A (n, m), B (n, k), both answered in `rows` = max(n, m) */
} lstsq_room;

/* Words as gelsd's manual counts them, for leaves (SMLSIZ) of up to 32 in at most 16 levels (NLVL), and more for blocked work and wide matrices. */
static size_t lay_out_lstsq(const ssi_call *call, void *base, lstsq_room *r)
{
    enum { LEAF = 32, LEVELS = 16, BLOCK = 64 };
    const ssi_view *a = &call->in[0], *b = &call->in[1];
    size_t size = ssi_dtype_size(a->dtype);
    ssi_room room = {base, 0};
    int64_t n = a->shape[a->rank - 2], m = a->shape[a->rank - 1], k = b->shape[b->rank - 1];
    int64_t rows = n > m ? n : m, least = n < m ? n : m;
    int64_t words = least * least + (16 + 2 * LEAF + 8 * LEVELS + k + 3 * BLOCK) * least + (LEAF + 1) * (LEAF + 1) +
                    rows + BLOCK * k;
    *r = (lstsq_room){.n = (int)n, .m = (int)m, .k = (int)k, .rows = (int)rows, .words = (int)words};
    r->a = ssi_take_room(&room, n * m, size);
    r->b = ssi_take_room(&room, rows * k, size);
    r->s = ssi_take_room(&room, least, size);
    r->work = ssi_take_room(&room, words, size);
    r->places = ssi_take_room(&room, (3 * LEVELS + 11) * least, sizeof(int));
    return room.used;
}

static size_t lstsq_work(const ssi_call *call)
{
    return lay_out_lstsq(call, NULL, &(lstsq_room){.n = 0});
}

/* A number of the dtype, from the bits of a double. */
static void put_number(int64_t bits, ssi_dtype dtype, void *out)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    ssi_put_f64(out, dtype, 0, value);
}

static int lstsq_unit(const ssi_call *call, int64_t u, const lstsq_room *r)
{
    const ssi_view *a = &call->in[0], *b = &call->in[1];
    size_t size = ssi_dtype_size(a->dtype);
    int rank, info = 0;
    double rcond;
    memset(r->b, 0, (size_t)r->rows * (size_t)r->k * size);
    ssi_copy_matrix(ssi_by_columns(r->a, r->n), ssi_unit(call, a, u), r->n, r->m, size);
    ssi_copy_matrix(ssi_by_columns(r->b, r->rows), ssi_unit(call, b, u), r->n, r->k, size);
    if (!ssi_all_finite(r->a, (int64_t)r->n * r->m, a->dtype) ||
        !ssi_all_finite(r->b, (int64_t)r->rows * r->k, a->dtype))
        return ssi_fail_matrix(call, u, SSI_NOT_FINITE, "or its right side holds NaN or infinity");
    put_number(call->argument[0], a->dtype, &rcond);
    if (r->n && r->m && r->k)
        ssi_lapack_for(call->op->name, a->dtype)
            ->gelsd(&r->n, &r->m, &r->k, r->a, &r->n, r->b, &r->rows, r->s, &rcond, &rank, r->work, &r->words,
                    r->places, &info);
    if (info != 0)
        return ssi_fail_matrix(call, u, SSI_INVALID,
                               "has singular values that were not found: the iteration did not converge");
    ssi_copy_matrix(ssi_unit(call, call->out, u), ssi_by_columns(r->b, r->rows), r->m, r->k, size);
    return SSI_OK;
}

static int lstsq_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    lstsq_room r;
    lay_out_lstsq(call, work, &r);
    int status = SSI_OK;
    for (int64_t u = first; u < last && status == SSI_OK; u++)
        status = lstsq_unit(call, u, &r);
    return status;
}

/* P is A's pseudo-inverse, X = P B, R = B - A X what is left, W = P' dX = dB: dA = -W X' + R (P W)' + P' X (dX - A' W)'. */
static ssi_tensor *lstsq_gradient(const ssi_vjp *g)
{
    double rcond;
    memcpy(&rcond, g->y->argument, sizeof rcond);
    ssi_tensor *a = g->x[0], *b = g->x[1], *x = g->y, *p = ssi_build_pinv(a, rcond), *turned = ssi_transpose(p);
    ssi_tensor *w = ssi_matmul(turned, g->dy);
    if (g->which == 1)
        return w;
    ssi_tensor *left = ssi_matmul(ssi_sub(b, ssi_matmul(a, x)), ssi_transpose(ssi_matmul(p, w)));
    ssi_tensor *beyond = ssi_sub(g->dy, ssi_matmul(ssi_transpose(a), w));
    ssi_tensor *right = ssi_matmul(ssi_matmul(turned, x), ssi_transpose(beyond));
    return ssi_sub(ssi_add(left, right), ssi_matmul(w, ssi_transpose(x)));
}

/* For the table's words. */
__attribute__((unused)) static ssi_tensor *build_usual(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_build_lstsq(a, b, 0x1p-46);
}

/* clang-format off */
const ssi_op ssi_op_lstsq = {
    .name = "lstsq", .kind = SSI_KIND_CALL, .code = SSI_CALL_PLAIN, .unit = 2, .call = lstsq_call, .work = lstsq_work, .checks = true,
    .gradient = lstsq_gradient,
    SSI_WORDS(.signature = "(...,n,m),(...,n,k)->(...,m,k)",
              .doc = "the smallest X for which A X is nearest to B, where A has constant rank", .numpy = "np.linalg.lstsq(a, b)[0]",
              .torch = "torch.linalg.lstsq(a, b).solution", .binary = build_usual,
              .samples = SSI_SAMPLES("a=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9)[3,3] b=uniform(-2,2)[3,2]",
                             "a=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6)[4,2] b=uniform(-2,2)[4,2]",
                             "a=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6)[2,4] b=uniform(-2,2)[2,1]",
                             "a=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6)[2,4].T b=uniform(-2,2)[4,2]",
                             "a=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9,-1.4,0.8,2.2)[2,3,2] b=uniform(-2,2)[3,2]",
                             "a=uniform(-2,2)[0,3] b=uniform(-2,2)[0,2]",
                             "a=uniform(-2,2)[3,2] b=uniform(-2,2)[3,0]", "a=uniform(-2,2)[40,30] b=uniform(-2,2)[40,2]")),
};
/* clang-format on */

ssi_tensor *ssi_build_lstsq(ssi_tensor *a, ssi_tensor *b, double rcond)
{
    enum { MOST = 16384 };
    const ssi_op *op = &ssi_op_lstsq;
    char ta[SSI_SHAPE_TEXT], tb[SSI_SHAPE_TEXT];
    int64_t bits;
    if (!a || !b)
        return NULL;
    if (a->rank >= 2 && b->rank >= 2) {
        int64_t n = a->shape[a->rank - 2], m = a->shape[a->rank - 1], k = b->shape[b->rank - 1], least = n < m ? n : m;
        if (least > MOST || k > (1 << 30) / (least + 64) || k > (1 << 30) / (n + m + 1))
            return SSI_FAIL_NULL(SSI_INVALID, op->name, "a %s, b %s: LAPACK counts its memory by 32 bits",
                                 ssi_shape_text(a->rank, a->shape, ta), ssi_shape_text(b->rank, b->shape, tb));
    }
    memcpy(&bits, &rcond, sizeof bits);
    return ssi_build_pair(op, a, b, false, 1, &bits);
}

/* Of a tall matrix by its transpose, whose identity is the smaller one. */
ssi_tensor *ssi_build_pinv(ssi_tensor *x, double rcond)
{
    if (!(x = ssi_matrices(&ssi_op_lstsq, x, false)))
        return NULL;
    bool tall = x->shape[x->rank - 2] > x->shape[x->rank - 1];
    ssi_tensor *wide = tall ? ssi_transpose(x) : x;
    if (!wide)
        return NULL;
    int64_t n = wide->shape[x->rank - 2];
    ssi_tensor *identity = ssi_as_diagonal(ssi_ones(ssi_dtype_of(x), 1, n));
    ssi_tensor *y = ssi_build_lstsq(wide, identity, rcond);
    return tall ? ssi_transpose(y) : y;
}
