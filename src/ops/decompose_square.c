/*
 * decompose_square.c - of square matrices: determinants, inverses, systems of equations, Cholesky's factor.
 *
 * LU with row exchanges (getrf), but for Cholesky's. Gradients: M. Giles, Collected matrix derivative results for forward and reverse mode
 * algorithmic differentiation (2008); of Cholesky's factor I. Murray, Differentiation of the Cholesky decomposition (2016).
 */
#include <math.h>

#include "ops/decompose.h"

/* ---- determinants ---- */

typedef struct lu_room {
    void *a;
    int *pivot;
} lu_room;

static size_t lay_out_lu(const ssi_call *call, void *base, lu_room *r)
{
    const ssi_view *x = &call->in[0];
    int64_t n = x->shape[x->rank - 1];
    ssi_room room = {base, 0};
    r->a = ssi_take_room(&room, n * n, ssi_dtype_size(x->dtype));
    r->pivot = ssi_take_room(&room, n, sizeof(int));
    return room.used;
}

static size_t lu_work(const ssi_call *call)
{
    return lay_out_lu(call, NULL, &(lu_room){NULL, NULL});
}

/* Sign and logarithm of the absolute value, as the sum over the diagonal of U. A singular matrix has 0 and -inf. */
static void find_determinant(const ssi_call *call, int64_t u, const lu_room *r, double *sign, double *log_abs)
{
    const ssi_view *x = &call->in[0];
    int n = (int)x->shape[x->rank - 1], info = 0;
    ssi_copy_matrix(ssi_by_columns(r->a, n), ssi_unit(call, x, u), n, n, ssi_dtype_size(x->dtype));
    if (n)
        ssi_lapack_for(call->op->name, x->dtype)->getrf(&n, &n, r->a, &n, r->pivot, &info);
    *sign = info > 0 ? 0 : 1;
    *log_abs = info > 0 ? -INFINITY : 0;
    for (int i = 0; i < n && info == 0; i++) {
        double d = ssi_get_f64(r->a, x->dtype, (int64_t)i * n + i);
        *sign = (r->pivot[i] != i + 1) != (d < 0) ? -*sign : *sign;
        *log_abs += log(fabs(d));
    }
}

static int det_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    lu_room r;
    double sign, log_abs;
    lay_out_lu(call, work, &r);
    for (int64_t u = first; u < last; u++) {
        find_determinant(call, u, &r, &sign, &log_abs);
        ssi_put_f64(call->out->data, call->out->dtype, ssi_unit_offset(call, call->out, u), sign * exp(log_abs));
    }
    return SSI_OK;
}

static int slogdet_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    lu_room r;
    double sign, log_abs;
    const ssi_view *out = call->out;
    lay_out_lu(call, work, &r);
    for (int64_t u = first; u < last; u++) {
        int64_t at = ssi_unit_offset(call, out, u);
        find_determinant(call, u, &r, &sign, &log_abs);
        ssi_put_f64(out->data, out->dtype, at, sign);
        ssi_put_f64(out->data, out->dtype, at + out->stride[out->rank - 1], log_abs);
    }
    return SSI_OK;
}

/* d det(A) = det(A) tr(A^-1 dA) */
static ssi_tensor *det_gradient(const ssi_vjp *g)
{
    return ssi_mul(ssi_mul(g->dy, g->y), ssi_transpose(ssi_build_inv(g->x[0])));
}

/* The sign is constant. */
static ssi_tensor *slogdet_gradient(const ssi_vjp *g)
{
    return ssi_mul(ssi_unpack(g->dy, 1, 1, 1), ssi_transpose(ssi_build_inv(g->x[0])));
}

/* ---- systems of equations ---- */

typedef struct solve_room {
    lu_room lu;
    void *b;
    int64_t k; /* right sides */
} solve_room;

static size_t lay_out_solve(const ssi_call *call, void *base, solve_room *r)
{
    const ssi_view *b = call->out;
    size_t used = lay_out_lu(call, base, &r->lu);
    ssi_room room = {base, used};
    r->k = b->shape[b->rank - 1];
    r->b = ssi_take_room(&room, b->shape[b->rank - 2] * r->k, ssi_dtype_size(b->dtype));
    return room.used;
}

static size_t solve_work(const ssi_call *call)
{
    return lay_out_solve(call, NULL, &(solve_room){.k = 0});
}

/* A's unit u with the right sides that lie in r->b already. */
static int solve_unit(const ssi_call *call, int64_t u, const solve_room *r)
{
    const ssi_view *a = &call->in[0];
    int n = (int)a->shape[a->rank - 1], k = (int)r->k, info = 0;
    size_t size = ssi_dtype_size(a->dtype);
    ssi_copy_matrix(ssi_by_columns(r->lu.a, n), ssi_unit(call, a, u), n, n, size);
    if (n)
        ssi_lapack_for(call->op->name, a->dtype)->gesv(&n, &k, r->lu.a, &n, r->lu.pivot, r->b, &n, &info);
    if (info > 0)
        return ssi_fail_matrix(call, u, SSI_INVALID, "is singular\nssi_lstsq and ssi_pinv take singular matrices");
    ssi_copy_matrix(ssi_unit(call, call->out, u), ssi_by_columns(r->b, n), n, k, size);
    return SSI_OK;
}

static int solve_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    solve_room r;
    const ssi_view *b = &call->in[1];
    lay_out_solve(call, work, &r);
    int status = SSI_OK;
    for (int64_t u = first; u < last && status == SSI_OK; u++) {
        int64_t n = b->shape[b->rank - 2];
        ssi_copy_matrix(ssi_by_columns(r.b, n), ssi_unit(call, b, u), n, r.k, ssi_dtype_size(b->dtype));
        status = solve_unit(call, u, &r);
    }
    return status;
}

static int inv_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    solve_room r;
    lay_out_solve(call, work, &r);
    int status = SSI_OK;
    for (int64_t u = first; u < last && status == SSI_OK; u++) {
        for (int64_t i = 0; i < r.k * r.k; i++)
            ssi_put_f64(r.b, call->out->dtype, i, i % (r.k + 1) == 0);
        status = solve_unit(call, u, &r);
    }
    return status;
}

/* dX = A^-1 (dB - dA X) */
static ssi_tensor *solve_gradient(const ssi_vjp *g)
{
    ssi_tensor *db = ssi_build_solve(ssi_transpose(g->x[0]), g->dy);
    return g->which == 1 ? db : ssi_neg(ssi_matmul(db, ssi_transpose(g->y)));
}

/* dY = -Y dA Y */
static ssi_tensor *inv_gradient(const ssi_vjp *g)
{
    ssi_tensor *turned = ssi_transpose(g->y);
    return ssi_neg(ssi_matmul(ssi_matmul(turned, g->dy), turned));
}

/* ---- Cholesky's factor ---- */

static size_t cholesky_work(const ssi_call *call)
{
    const ssi_view *x = &call->in[0];
    ssi_room room = {NULL, 0};
    ssi_take_room(&room, x->shape[x->rank - 1] * x->shape[x->rank - 1], ssi_dtype_size(x->dtype));
    return room.used;
}

static int cholesky_call(const ssi_call *call, int64_t first, int64_t last, void *work)
{
    const ssi_view *x = &call->in[0];
    int n = (int)x->shape[x->rank - 1], info = 0;
    size_t size = ssi_dtype_size(x->dtype);
    for (int64_t u = first; u < last; u++) {
        ssi_copy_matrix(ssi_by_columns(work, n), ssi_unit(call, x, u), n, n, size);
        if (n)
            ssi_lapack_for(call->op->name, x->dtype)->potrf("L", &n, work, &n, &info, 1);
        if (info > 0)
            return ssi_fail_matrix(call, u, SSI_INVALID, "is not positive definite");
        for (int64_t j = 1; j < n; j++)
            memset((char *)work + (size_t)(j * n) * size, 0, (size_t)j * size);
        ssi_copy_matrix(ssi_unit(call, call->out, u), ssi_by_columns(work, n), n, n, size);
    }
    return SSI_OK;
}

/* dA = sym(L'^-1 P(L' dL) L^-1), where P takes the lower triangle with half the diagonal. A is taken to be symmetric, and so is dA. */
static ssi_tensor *cholesky_gradient(const ssi_vjp *g)
{
    ssi_tensor *turned = ssi_transpose(g->y), *inner = ssi_matmul(turned, ssi_lower(g->dy, false));
    ssi_tensor *half = ssi_mul(ssi_add(ssi_lower(inner, false), ssi_lower(inner, true)), 0.5);
    ssi_tensor *left = ssi_build_solve(turned, half);
    return ssi_symmetric(ssi_build_solve(turned, ssi_transpose(left)));
}

/* ---- records ---- */

#define SQUARE(op_name)                                                                                                \
    .name = #op_name, .kind = SSI_KIND_CALL, .code = SSI_CALL_PLAIN, .unit = 2, .call = op_name##_call,                \
    .gradient = op_name##_gradient

/* clang-format off */
const ssi_op ssi_op_det = {
    SQUARE(det), .work = lu_work,
    SSI_WORDS(.signature = "(...,n,n)->(...,1,1)", .doc = "the determinant; the gradient needs the inverse", .numpy = "np.linalg.det(x)",
              .torch = "torch.linalg.det(x)", .onnx = "Det", .unary = ssi_pack_det,
              .samples = SSI_SAMPLES("x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9)[3,3]",
                             "x=values(4.3,1.2,1.3,8.1,2.2,-1.4,-1.1,7.3,3.2,0.4,1.1,2.7)[3,2,2]", "x=values(-3)[1,1]",
                             "x=uniform(-2,2)[0,0]", "x=uniform(-2,2)[0,3,3]", "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9)[3,3].T",
                             "x=uniform(-2,2)[2,20,20]")),
};
const ssi_op ssi_op_slogdet = {
    SQUARE(slogdet), .work = lu_work,
    SSI_WORDS(.signature = "(...,n,n)->(...,1,2)", .doc = "sign and logarithm of the absolute value of the determinant",
              .numpy = "np.linalg.slogdet(x)", .torch = "torch.linalg.slogdet(x)", .unary = ssi_pack_slogdet,
              .samples = SSI_SAMPLES("x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9)[3,3]",
                             "x=values(4.3,1.2,1.3,8.1,2.2,-1.4,-1.1,7.3,3.2,0.4,1.1,2.7)[3,2,2]", "x=values(-3)[1,1]",
                             "x=uniform(-2,2)[0,0]")),
};
const ssi_op ssi_op_inv = {
    SQUARE(inv), .checks = true, .work = solve_work,
    SSI_WORDS(.signature = "(...,n,n)->(...,n,n)", .doc = "the inverse; a singular matrix fails the run", .numpy = "np.linalg.inv(x)",
              .torch = "torch.linalg.inv(x)", .unary = ssi_build_inv,
              .samples = SSI_SAMPLES("x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9)[3,3]",
                             "x=values(4.3,1.2,1.3,8.1,2.2,-1.4,-1.1,7.3,3.2,0.4,1.1,2.7)[3,2,2]", "x=values(-3)[1,1]",
                             "x=uniform(-2,2)[0,0]", "x=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9)[3,3].T")),
};
const ssi_op ssi_op_solve = {
    SQUARE(solve), .checks = true, .work = solve_work,
    SSI_WORDS(.signature = "(...,n,n),(...,n,k)->(...,n,k)", .doc = "X with A X = B; a singular matrix fails the run",
              .numpy = "np.linalg.solve(a, b)", .torch = "torch.linalg.solve(a, b)", .binary = ssi_build_solve,
              .samples = SSI_SAMPLES("a=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9)[3,3] b=uniform(-2,2)[3,2]",
                             "a=values(2.3,1.1,0.4,-1.2,3.1,1.3,0.7,-0.6,1.9)[3,3].T b=uniform(-2,2)[2,3].T",
                             "a=values(4.3,1.2,1.3,8.1,2.2,-1.4,-1.1,7.3,3.2,0.4,1.1,2.7)[3,2,2] b=uniform(-2,2)[2,1]",
                             "a=values(4.3,1.2,1.3,8.1)[2,2] b=uniform(-2,2)[3,2,1]", "a=uniform(-2,2)[0,0] b=uniform(-2,2)[0,3]",
                             "a=values(4.3,1.2,1.3,8.1)[2,2] b=uniform(-2,2)[2,0]")),
};
const ssi_op ssi_op_cholesky = {
    SQUARE(cholesky), .checks = true, .work = cholesky_work,
    SSI_WORDS(.signature = "(...,n,n)->(...,n,n)", .doc = "lower triangular L with L L' = x, which is symmetric and positive definite",
              .numpy = "np.linalg.cholesky(x)", .torch = "torch.linalg.cholesky(x)",
              .samples = SSI_SAMPLES("x=values(4,1,0,1,5,2,0,2,6)[3,3]", "x=values(4,1,1,5,2,-1,-1,3)[2,2,2]", "x=values(9)[1,1]",
                             "x=uniform(-2,2)[0,0]")),
};
/* clang-format on */

/* ---- builders ---- */

ssi_tensor *ssi_pack_det(ssi_tensor *x)
{
    x = ssi_matrices(&ssi_op_det, x, true);
    return x ? ssi_build_matrices(&ssi_op_det, 1, &x, 1, 1, 0, NULL) : NULL;
}

ssi_tensor *ssi_pack_slogdet(ssi_tensor *x)
{
    x = ssi_matrices(&ssi_op_slogdet, x, true);
    return x ? ssi_build_matrices(&ssi_op_slogdet, 1, &x, 1, 2, 0, NULL) : NULL;
}

static ssi_tensor *build_square(const ssi_op *op, ssi_tensor *x)
{
    x = ssi_matrices(op, x, true);
    return x ? ssi_build_matrices(op, 1, &x, x->shape[x->rank - 1], x->shape[x->rank - 1], 0, NULL) : NULL;
}

ssi_tensor *ssi_build_inv(ssi_tensor *x)
{
    return build_square(&ssi_op_inv, x);
}

ssi_tensor *ssi_build_cholesky(ssi_tensor *x)
{
    return build_square(&ssi_op_cholesky, x);
}

ssi_tensor *ssi_build_solve(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_build_pair(&ssi_op_solve, a, b, true, 0, NULL);
}
