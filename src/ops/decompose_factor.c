/*
 * decompose_factor.c - factorisations into orthogonal matrices: QR, singular values, eigenvalues of symmetric matrices.
 *
 * Gradients, where V' means V transposed:
 *     QR         S. Walter and L. Lehmann, Algorithmic differentiation of linear algebra functions (2010)
 *     SVD, eigh  M. Giles, Collected matrix derivative results (2008); J. Townsend, Differentiating the singular value decomposition (2016)
 * Vectors of equal singular or eigenvalues are not determined, and have no gradient; what would be divided by their difference counts as 0.
 */
#include "ops/decompose.h"

static int64_t rows_of(const ssi_view *x)
{
    return x->shape[x->rank - 2];
}
static int64_t columns_of(const ssi_view *x)
{
    return x->shape[x->rank - 1];
}
static int64_t smaller(int64_t n, int64_t m)
{
    return n < m ? n : m;
}

/* How many rows or columns LAPACK's blocked routines take at once, at most: so many times more memory they need. */
enum { BLOCK = 64 };

/* ---- QR: Q (n, q), R (q, m); q is min(n, m), or n ---- */

typedef struct qr_room {
    void *a, *tau, *work;
    int n, m, k, q, words;
} qr_room;

static size_t lay_out_qr(const ssi_call *call, void *base, qr_room *r)
{
    const ssi_view *x = &call->in[0];
    size_t size = ssi_dtype_size(x->dtype);
    ssi_room room = {base, 0};
    int64_t n = rows_of(x), m = columns_of(x), k = smaller(n, m);
    int64_t q = n + m ? columns_of(call->out) / (n + m) : 0;
    *r = (qr_room){.n = (int)n, .m = (int)m, .k = (int)k, .q = (int)q};
    r->words = (int)(m > q ? m : q) * (k < BLOCK ? 1 : BLOCK) + 1;
    r->a = ssi_take_room(&room, n * (m > q ? m : q), size);
    r->tau = ssi_take_room(&room, k, size);
    r->work = ssi_take_room(&room, r->words, size);
    return room.used;
}

static size_t qr_work(const ssi_call *call)
{
    return lay_out_qr(call, NULL, &(qr_room){.n = 0});
}

/* R is what lies on and above the diagonal; below it is what Q is made of, in the same place, with columns to come. */
static void qr_unit(const ssi_call *call, int64_t u, const qr_room *r)
{
    const ssi_view *x = &call->in[0];
    const ssi_lapack *lapack = ssi_lapack_for(call->op->name, x->dtype);
    size_t size = ssi_dtype_size(x->dtype);
    int info;
    ssi_matrix a = ssi_by_columns(r->a, r->n), q = ssi_packed_unit(call, u, 0, r->q),
               upper = ssi_packed_unit(call, u, (int64_t)r->n * r->q, r->m);
    ssi_copy_matrix(a, ssi_unit(call, x, u), r->n, r->m, size);
    if (r->k)
        lapack->geqrf(&r->n, &r->m, r->a, &r->n, r->tau, r->work, &r->words, &info);
    for (int64_t i = 0; i < r->q; i++) {
        for (int64_t j = 0; j < r->m; j++) {
            char *to = upper.data + (i * upper.row + j * upper.column) * (int64_t)size;
            if (j < i)
                memset(to, 0, size);
            else
                memcpy(to, a.data + (i + j * a.column) * (int64_t)size, size);
        }
    }
    if (r->q && r->n)
        lapack->orgqr(&r->n, &r->q, &r->k, r->a, &r->n, r->tau, r->work, &r->words, &info);
    ssi_copy_matrix(q, a, r->n, r->q, size);
}

static int qr_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    qr_room r;
    lay_out_qr(call, work, &r);
    for (int64_t u = first; u < last; u++)
        qr_unit(call, u, &r);
    return SSI_OK;
}

/* x (n, m), n >= m: dA = (dQ + Q C) R'^-1, where C is the symmetric matrix of M = R dR' - dQ' Q's lower triangle. */
static ssi_tensor *tall_qr_gradient(ssi_tensor *q, ssi_tensor *r, ssi_tensor *dq, ssi_tensor *dr)
{
    ssi_tensor *m = ssi_sub(ssi_matmul(r, ssi_transpose(dr)), ssi_matmul(ssi_transpose(dq), q));
    ssi_tensor *c = ssi_add(ssi_lower(m, false), ssi_transpose(ssi_lower(m, true)));
    ssi_tensor *left = ssi_add(dq, ssi_matmul(q, c));
    return ssi_transpose(ssi_build_solve(r, ssi_transpose(left)));
}

static ssi_tensor *columns(ssi_tensor *x, int64_t first, int64_t last)
{
    if (!x)
        return NULL;
    ssi_range range[SSI_MAX_RANK];
    for (int i = 0; i < x->rank - 1; i++)
        range[i] = (ssi_range){0, SSI_END, 1};
    range[x->rank - 1] = (ssi_range){first, last, 1};
    return ssi_slice(x, x->rank, range);
}

/* A wide x = [X Y] has R = [U V] with X = Q U and V = Q' Y: so dY = Q dV, and Q has Y dV' beside dQ. */
static ssi_tensor *qr_gradient(const ssi_vjp *g)
{
    ssi_tensor *x = g->x[0];
    int64_t n = x->shape[x->rank - 2], m = x->shape[x->rank - 1], k = smaller(n, m);
    ssi_tensor *q = ssi_unpack(g->y, 0, n, k), *r = ssi_unpack(g->y, n * k, k, m);
    ssi_tensor *dq = ssi_unpack(g->dy, 0, n, k), *dr = ssi_unpack(g->dy, n * k, k, m);
    if (m <= n)
        return tall_qr_gradient(q, r, dq, dr);
    ssi_tensor *dv = columns(dr, n, m);
    dq = ssi_add(dq, ssi_matmul(columns(x, n, m), ssi_transpose(dv)));
    ssi_tensor *part[] = {tall_qr_gradient(q, columns(r, 0, n), dq, columns(dr, 0, n)), ssi_matmul(q, dv)};
    return ssi_concatenate(2, part, -1);
}

/* ---- singular values: U (n, p), S (k), Vh (q, m); k = min(n, m); p and q are k, or n and m ---- */

typedef struct svd_room {
    void *a, *u, *s, *vh, *work;
    int *places;
    int n, m, k, p, q, words;
    const char *job;
} svd_room;

/* Words as gesdd's manual counts them, and more for blocked work. */
static size_t lay_out_svd(const ssi_call *call, void *base, svd_room *r)
{
    const ssi_view *x = &call->in[0];
    size_t size = ssi_dtype_size(x->dtype);
    ssi_room room = {base, 0};
    int64_t n = rows_of(x), m = columns_of(x), k = smaller(n, m);
    bool values = call->op == &ssi_op_svdvals, full = call->op == &ssi_op_svd_full;
    int64_t words = 4 * k * k + (7 + 3 * BLOCK) * k + (n > m ? n : m);
    *r = (svd_room){.n = (int)n, .m = (int)m, .k = (int)k, .words = (int)words, .job = values ? "N" : full ? "A" : "S"};
    r->p = values ? 0 : full ? (int)n : (int)k;
    r->q = values ? 0 : full ? (int)m : (int)k;
    r->a = ssi_take_room(&room, n * m, size);
    r->u = ssi_take_room(&room, n * r->p, size);
    r->s = ssi_take_room(&room, k, size);
    r->vh = ssi_take_room(&room, r->q * m, size);
    r->work = ssi_take_room(&room, words, size);
    r->places = ssi_take_room(&room, 8 * k, sizeof(int));
    return room.used;
}

static size_t svd_work(const ssi_call *call)
{
    return lay_out_svd(call, NULL, &(svd_room){.n = 0});
}

static void set_identity(void *a, int64_t n, ssi_dtype dtype)
{
    for (int64_t i = 0; i < n * n; i++)
        ssi_put_f64(a, dtype, i, i % (n + 1) == 0);
}

/* Of a matrix without elements, the vectors are those of an identity. */
static int svd_unit(const ssi_call *call, int64_t u, const svd_room *r)
{
    const ssi_view *x = &call->in[0];
    size_t size = ssi_dtype_size(x->dtype);
    int info = 0, q = r->q ? r->q : 1;
    ssi_copy_matrix(ssi_by_columns(r->a, r->n), ssi_unit(call, x, u), r->n, r->m, size);
    if (!ssi_all_finite(r->a, (int64_t)r->n * r->m, x->dtype))
        return ssi_fail_matrix(call, u, SSI_NOT_FINITE, "holds NaN or infinity");
    if (r->k) {
        ssi_lapack_for(call->op->name, x->dtype)
            ->gesdd(r->job, &r->n, &r->m, r->a, &r->n, r->s, r->u, &r->n, r->vh, &q, r->work, &r->words, r->places,
                    &info, 1);
    } else {
        set_identity(r->u, r->p, x->dtype);
        set_identity(r->vh, r->q, x->dtype);
    }
    if (info != 0)
        return ssi_fail_matrix(call, u, SSI_INVALID,
                               "has singular values that were not found: the iteration did not converge");
    int64_t at = (int64_t)r->n * r->p;
    ssi_copy_matrix(ssi_packed_unit(call, u, 0, r->p), ssi_by_columns(r->u, r->n), r->n, r->p, size);
    ssi_copy_matrix(ssi_packed_unit(call, u, at, r->k), ssi_by_columns(r->s, 1), 1, r->k, size);
    ssi_copy_matrix(ssi_packed_unit(call, u, at + r->k, r->m), ssi_by_columns(r->vh, r->q), r->q, r->m, size);
    return SSI_OK;
}

static int svd_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    svd_room r;
    lay_out_svd(call, work, &r);
    int status = SSI_OK;
    for (int64_t u = first; u < last && status == SSI_OK; u++)
        status = svd_unit(call, u, &r);
    return status;
}

/* 1 / (s[j] - s[i]) of (..., 1, n), and 0 where they are equal. */
static ssi_tensor *inverse_differences(ssi_tensor *s)
{
    ssi_tensor *d = ssi_sub(s, ssi_transpose(s)), *none = ssi_equal(d, 0);
    return ssi_where(none, 0, ssi_div(1, ssi_where(none, 1, d)));
}

static ssi_tensor *minus_transpose(ssi_tensor *x)
{
    return ssi_sub(x, ssi_transpose(x));
}

/* M = diag(dS) + (skew(U' dU) S + S skew(Vh dVh')) / (S[j]^2 - S[i]^2); dA = U M Vh, and where U or Vh is not square, what is normal to it. */
static ssi_tensor *svd_gradient(const ssi_vjp *g)
{
    const ssi_tensor *x = g->x[0];
    int64_t n = x->shape[x->rank - 2], m = x->shape[x->rank - 1], k = smaller(n, m), at = n * k;
    ssi_tensor *u = ssi_unpack(g->y, 0, n, k), *s = ssi_unpack(g->y, at, 1, k), *vh = ssi_unpack(g->y, at + k, k, m);
    ssi_tensor *du = ssi_unpack(g->dy, 0, n, k), *ds = ssi_unpack(g->dy, at, 1, k),
               *dvh = ssi_unpack(g->dy, at + k, k, m);
    ssi_tensor *s_column = ssi_transpose(s), *udu = ssi_matmul(ssi_transpose(u), du),
               *dvv = ssi_matmul(dvh, ssi_transpose(vh));
    ssi_tensor *turns = ssi_add(ssi_mul(minus_transpose(udu), s), ssi_mul(s_column, ssi_neg(minus_transpose(dvv))));
    ssi_tensor *inner = ssi_add(ssi_as_diagonal(ds), ssi_mul(turns, inverse_differences(ssi_mul(s, s))));
    ssi_tensor *dx = ssi_matmul(ssi_matmul(u, inner), vh);
    if (n > k)
        dx = ssi_add(dx, ssi_matmul(ssi_div(ssi_sub(du, ssi_matmul(u, udu)), s), vh));
    if (m > k)
        dx = ssi_add(dx, ssi_matmul(u, ssi_div(ssi_sub(dvh, ssi_matmul(dvv, vh)), s_column)));
    return dx;
}

/* dA = U diag(dS) Vh */
static ssi_tensor *svdvals_gradient(const ssi_vjp *g)
{
    const ssi_tensor *x = g->x[0];
    int64_t n = x->shape[x->rank - 2], m = x->shape[x->rank - 1], k = smaller(n, m);
    ssi_tensor *all = ssi_pack_svd(g->x[0]);
    return ssi_matmul(ssi_mul(ssi_unpack(all, 0, n, k), g->dy), ssi_unpack(all, n * k + k, k, m));
}

/* ---- eigenvalues of symmetric matrices, ascending: w (n), V (n, n) ---- */

typedef struct eigh_room {
    void *a, *w, *work;
    int *places;
    int n, words, place_count;
    bool vectors;
} eigh_room;

/* Words as syevd's manual counts them, and more for blocked work. */
static size_t lay_out_eigh(const ssi_call *call, void *base, eigh_room *r)
{
    const ssi_view *x = &call->in[0];
    size_t size = ssi_dtype_size(x->dtype);
    ssi_room room = {base, 0};
    int64_t n = columns_of(x);
    *r = (eigh_room){.n = (int)n, .vectors = call->op == &ssi_op_eigh};
    r->words = (int)(r->vectors ? 2 * n * n + (6 + BLOCK) * n + 1 : (2 + BLOCK) * n + 1);
    r->place_count = r->vectors ? 5 * r->n + 3 : 1;
    r->a = ssi_take_room(&room, n * n, size);
    r->w = ssi_take_room(&room, n, size);
    r->work = ssi_take_room(&room, r->words, size);
    r->places = ssi_take_room(&room, r->place_count, sizeof(int));
    return room.used;
}

static size_t eigh_work(const ssi_call *call)
{
    return lay_out_eigh(call, NULL, &(eigh_room){.n = 0});
}

static int eigh_unit(const ssi_call *call, int64_t u, const eigh_room *r)
{
    const ssi_view *x = &call->in[0];
    size_t size = ssi_dtype_size(x->dtype);
    int info = 0;
    ssi_copy_matrix(ssi_by_columns(r->a, r->n), ssi_unit(call, x, u), r->n, r->n, size);
    if (!ssi_all_finite(r->a, (int64_t)r->n * r->n, x->dtype))
        return ssi_fail_matrix(call, u, SSI_NOT_FINITE, "holds NaN or infinity");
    if (r->n)
        ssi_lapack_for(call->op->name, x->dtype)
            ->syevd(r->vectors ? "V" : "N", "L", &r->n, r->a, &r->n, r->w, r->work, &r->words, r->places,
                    &r->place_count, &info, 1, 1);
    if (info != 0)
        return ssi_fail_matrix(call, u, SSI_INVALID,
                               "has eigenvalues that were not found: the iteration did not converge");
    ssi_copy_matrix(ssi_packed_unit(call, u, 0, r->n), ssi_by_columns(r->w, 1), 1, r->n, size);
    if (r->vectors)
        ssi_copy_matrix(ssi_packed_unit(call, u, r->n, r->n), ssi_by_columns(r->a, r->n), r->n, r->n, size);
    return SSI_OK;
}

static int eigh_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    eigh_room r;
    lay_out_eigh(call, work, &r);
    int status = SSI_OK;
    for (int64_t u = first; u < last && status == SSI_OK; u++)
        status = eigh_unit(call, u, &r);
    return status;
}

/* dA = V (diag(dw) + (V' dV) / (w[j] - w[i])) V', made symmetric, as A is taken to be. */
static ssi_tensor *eigh_gradient(const ssi_vjp *g)
{
    int64_t n = g->x[0]->shape[g->x[0]->rank - 1];
    ssi_tensor *w = ssi_unpack(g->y, 0, 1, n), *v = ssi_unpack(g->y, n, n, n), *turned = ssi_transpose(v);
    ssi_tensor *dw = ssi_unpack(g->dy, 0, 1, n), *dv = ssi_unpack(g->dy, n, n, n);
    ssi_tensor *turns = ssi_mul(ssi_matmul(turned, dv), inverse_differences(w));
    return ssi_symmetric(ssi_matmul(ssi_matmul(v, ssi_add(ssi_as_diagonal(dw), turns)), turned));
}

static ssi_tensor *eigvalsh_gradient(const ssi_vjp *g)
{
    int64_t n = g->x[0]->shape[g->x[0]->rank - 1];
    ssi_tensor *v = ssi_unpack(ssi_pack_eigh(g->x[0]), n, n, n);
    return ssi_matmul(ssi_mul(v, g->dy), ssi_transpose(v));
}

/* ---- records ---- */

#define FACTOR(op_name, kind_name)                                                                                     \
    .name = #op_name, .kind = SSI_KIND_CALL, .code = SSI_CALL_PLAIN, .unit = 2, .call = kind_name##_call,              \
    .work = kind_name##_work

/* clang-format off */
const ssi_op ssi_op_qr = {
    FACTOR(qr, qr), .gradient = qr_gradient,
    SSI_WORDS(.signature = "(...,n,m)->(...,1,n*k+k*m)", .doc = "Q (n,k) and R (k,m), one after the other; k = min(n,m)",
              .numpy = "np.linalg.qr(x)", .torch = "torch.linalg.qr(x)", .unary = ssi_pack_qr,
              .samples = SSI_SAMPLES("x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9)[3,3]", "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6)[4,2]",
                             "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6)[2,4]",
                             "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9,-1.4,0.8,2.2)[2,3,2]",
                             "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6)[2,4].T", "x=uniform(-2,2)[0,3]",
                             "x=uniform(-2,2)[3,0]", "x=uniform(-2,2)[70,90]")),
};
const ssi_op ssi_op_qr_complete = {
    FACTOR(qr_complete, qr), .no_gradient = "the columns of Q beyond the first m are not determined",
    SSI_WORDS(.signature = "(...,n,m)->(...,1,n*n+n*m)", .doc = "Q (n,n) and R (n,m), one after the other; n > m",
              .numpy = "np.linalg.qr(x, mode='complete')", .torch = "torch.linalg.qr(x, mode='complete')", .unary = ssi_pack_qr_complete,
              .samples = SSI_SAMPLES("x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6)[4,2]",
                             "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9,-1.4,0.8,2.2)[2,3,2]", "x=uniform(-2,2)[3,0]")),
};
const ssi_op ssi_op_svd = {
    FACTOR(svd, svd), .checks = true, .gradient = svd_gradient,
    SSI_WORDS(.signature = "(...,n,m)->(...,1,n*k+k+k*m)", .doc = "U (n,k), S (k), Vh (k,m), one after the other; k = min(n,m)",
              .numpy = "np.linalg.svd(x, full_matrices=False)", .torch = "torch.linalg.svd(x, full_matrices=False)", .unary = ssi_pack_svd,
              .samples = SSI_SAMPLES("x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9)[3,3]", "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6)[4,2]",
                             "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6)[2,4]",
                             "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9,-1.4,0.8,2.2)[2,3,2]",
                             "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6)[2,4].T", "x=uniform(-2,2)[0,3]",
                             "x=uniform(-2,2)[3,0]", "x=uniform(-2,2)[30,40]")),
};
const ssi_op ssi_op_svd_full = {
    FACTOR(svd_full, svd), .checks = true, .no_gradient = "the vectors beyond the first k are not determined",
    SSI_WORDS(.signature = "(...,n,m)->(...,1,n*n+k+m*m)", .doc = "U (n,n), S (k), Vh (m,m), one after the other; k = min(n,m)",
              .numpy = "np.linalg.svd(x)", .torch = "torch.linalg.svd(x)", .unary = ssi_pack_svd_full,
              .samples = SSI_SAMPLES("x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6)[4,2]", "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6)[2,4]",
                             "x=uniform(-2,2)[3,0]")),
};
const ssi_op ssi_op_svdvals = {
    FACTOR(svdvals, svd), .checks = true, .gradient = svdvals_gradient,
    SSI_WORDS(.signature = "(...,n,m)->(...,1,k)", .doc = "singular values, descending; k = min(n,m)",
              .numpy = "np.linalg.svd(x, compute_uv=False)", .torch = "torch.linalg.svdvals(x)", .unary = ssi_pack_svdvals,
              .samples = SSI_SAMPLES("x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9)[3,3]", "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6)[4,2]",
                             "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6)[2,4]",
                             "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9,-1.4,0.8,2.2)[2,3,2]", "x=uniform(-2,2)[0,3]")),
};
const ssi_op ssi_op_eigh = {
    FACTOR(eigh, eigh), .checks = true, .gradient = eigh_gradient,
    SSI_WORDS(.signature = "(...,n,n)->(...,1,n+n*n)", .doc = "eigenvalues w (n), ascending, and vectors V (n,n) of a symmetric matrix",
              .numpy = "np.linalg.eigh(x)", .torch = "torch.linalg.eigh(x)",
              .samples = SSI_SAMPLES("x=values(4.2,1.1,0.4,1.2,5.1,2.3,0.7,1.6,7.9)[3,3]", "x=values(4.3,1.2,1.2,8.1,2.2,-1.4,-1.1,7.3)[2,2,2]",
                             "x=values(9)[1,1]",
                             "x=uniform(-2,2)[0,0]", "x=uniform(-2,2)[40,40]")),
};
const ssi_op ssi_op_eigvalsh = {
    FACTOR(eigvalsh, eigh), .checks = true, .gradient = eigvalsh_gradient,
    SSI_WORDS(.signature = "(...,n,n)->(...,1,n)", .doc = "eigenvalues of a symmetric matrix, ascending", .numpy = "np.linalg.eigvalsh(x)",
              .torch = "torch.linalg.eigvalsh(x)",
              .samples = SSI_SAMPLES("x=values(4.2,1.1,0.4,1.2,5.1,2.3,0.7,1.6,7.9)[3,3]", "x=values(4.3,1.2,1.2,8.1,2.2,-1.4,-1.1,7.3)[2,2,2]",
                             "x=values(9)[1,1]",
                             "x=uniform(-2,2)[0,0]")),
};
/* clang-format on */

/* ---- builders ---- */

static ssi_tensor *pack(const ssi_op *op, ssi_tensor *x, int64_t size)
{
    return ssi_build_matrices(op, 1, &x, 1, size, 0, NULL);
}

ssi_tensor *ssi_pack_qr(ssi_tensor *x)
{
    if (!(x = ssi_matrices(&ssi_op_qr, x, false)))
        return NULL;
    int64_t n = x->shape[x->rank - 2], m = x->shape[x->rank - 1];
    return pack(&ssi_op_qr, x, smaller(n, m) * (n + m));
}

ssi_tensor *ssi_pack_qr_complete(ssi_tensor *x)
{
    const ssi_op *op = &ssi_op_qr_complete;
    if (!(x = ssi_matrices(op, x, false)))
        return NULL;
    int64_t n = x->shape[x->rank - 2], m = x->shape[x->rank - 1];
    if (n <= m)
        return ssi_pack_qr(x);
    return ssi_fits_lapack(op, n, n + m) ? pack(op, x, n * (n + m)) : NULL;
}

/* x with LAPACK's memory for it countable by 32 bits. */
static ssi_tensor *iterated(const ssi_op *op, ssi_tensor *x, bool square)
{
    enum { MOST = 16384 };
    char text[SSI_SHAPE_TEXT];
    if (!(x = ssi_matrices(op, x, square)))
        return NULL;
    if (smaller(x->shape[x->rank - 2], x->shape[x->rank - 1]) > MOST)
        return SSI_FAIL_NULL(SSI_INVALID, op->name, "x %s: the smaller side of a matrix may have %d elements",
                             ssi_shape_text(x->rank, x->shape, text), MOST);
    return x;
}

ssi_tensor *ssi_pack_svd(ssi_tensor *x)
{
    if (!(x = iterated(&ssi_op_svd, x, false)))
        return NULL;
    int64_t n = x->shape[x->rank - 2], m = x->shape[x->rank - 1], k = smaller(n, m);
    return pack(&ssi_op_svd, x, n * k + k + k * m);
}

ssi_tensor *ssi_pack_svd_full(ssi_tensor *x)
{
    const ssi_op *op = &ssi_op_svd_full;
    if (!(x = iterated(op, x, false)))
        return NULL;
    int64_t n = x->shape[x->rank - 2], m = x->shape[x->rank - 1];
    if (n == m)
        return ssi_pack_svd(x);
    return ssi_fits_lapack(op, n, n) && ssi_fits_lapack(op, m, m) ? pack(op, x, n * n + smaller(n, m) + m * m) : NULL;
}

ssi_tensor *ssi_pack_svdvals(ssi_tensor *x)
{
    x = iterated(&ssi_op_svdvals, x, false);
    return x ? pack(&ssi_op_svdvals, x, smaller(x->shape[x->rank - 2], x->shape[x->rank - 1])) : NULL;
}

ssi_tensor *ssi_pack_eigh(ssi_tensor *x)
{
    x = iterated(&ssi_op_eigh, x, true);
    return x ? pack(&ssi_op_eigh, x, x->shape[x->rank - 1] * (x->shape[x->rank - 1] + 1)) : NULL;
}

ssi_tensor *ssi_pack_eigvalsh(ssi_tensor *x)
{
    x = iterated(&ssi_op_eigvalsh, x, true);
    return x ? pack(&ssi_op_eigvalsh, x, x->shape[x->rank - 1]) : NULL;
}
