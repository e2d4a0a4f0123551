/*
 * Decompositions: results held to NumPy (decompose.txt); factors, which are not unique, to what they must be; gradients; and what is refused.
 */
#include "cases.h"
#include "ssi/linalg.h"

static golden_file file;

static int open_file(void **state)
{
    (void)state;
    file = golden_open(SSI_TESTS "/math/decompose.txt");
    return file.vectors ? 0 : -1;
}

static int close_file(void **state)
{
    (void)state;
    golden_close(&file);
    ssi_shutdown();
    return 0;
}

/* ---- results ---- */

static ssi_tensor *log_abs_det(ssi_tensor *x)
{
    ssi_tensor *sign, *log_abs;
    ssi_slogdet(x, &sign, &log_abs);
    return log_abs;
}

CASE(det, ssi_det(x[0]))
CASE(slog, log_abs_det(x[0]))
CASE(inv, ssi_inv(x[0]))
CASE(solve, ssi_solve(x[0], x[1]))
CASE(cholesky, ssi_cholesky(x[0]))
CASE(svdvals, ssi_svdvals(x[0]))
CASE(eigvalsh, ssi_eigvalsh(x[0]))
CASE(lstsq, ssi_lstsq(x[0], x[1], 0))
CASE(lstsq_flat, ssi_lstsq(x[0], x[1], 1e-4))
CASE(pinv, ssi_pinv(x[0], 0))
CASE(pinv_flat, ssi_pinv(x[0], 1e-4))
CASE(rank, ssi_matrix_rank(x[0], 0))
CASE(power, ssi_matrix_power(x[0], 5))
CASE(power_one, ssi_matrix_power(x[0], 1))
CASE(power_none, ssi_matrix_power(x[0], 0))
CASE(power_back, ssi_matrix_power(x[0], -3))
CASE(power_many, ssi_matrix_power(x[0], 6))
CASE(norm_fro, ssi_matrix_norm(x[0], SSI_NORM_FRO))
CASE(norm_nuc, ssi_matrix_norm(x[0], SSI_NORM_NUC))
CASE(norm_1, ssi_matrix_norm(x[0], SSI_NORM_1))
CASE(norm_minus_1, ssi_matrix_norm(x[0], SSI_NORM_MINUS_1))
CASE(norm_inf, ssi_matrix_norm(x[0], SSI_NORM_INF))
CASE(norm_minus_inf, ssi_matrix_norm(x[0], SSI_NORM_MINUS_INF))
CASE(norm_2, ssi_matrix_norm(x[0], SSI_NORM_2))
CASE(norm_minus_2, ssi_matrix_norm(x[0], SSI_NORM_MINUS_2))
CASE(cond_fro, ssi_cond(x[0], SSI_NORM_FRO))
CASE(cond_nuc, ssi_cond(x[0], SSI_NORM_NUC))
CASE(cond_1, ssi_cond(x[0], SSI_NORM_1))
CASE(cond_minus_1, ssi_cond(x[0], SSI_NORM_MINUS_1))
CASE(cond_inf, ssi_cond(x[0], SSI_NORM_INF))
CASE(cond_minus_inf, ssi_cond(x[0], SSI_NORM_MINUS_INF))
CASE(cond_2, ssi_cond(x[0], SSI_NORM_2))
CASE(cond_minus_2, ssi_cond(x[0], SSI_NORM_MINUS_2))

/* clang-format off */
static const named results[] = {
    NAMED(det), {"det_many", det_case}, {"det_none", det_case}, NAMED(slog), {"slog_many", slog_case}, NAMED(inv), {"inv_many", inv_case},
    {"inv_none", inv_case}, NAMED(solve), {"solve_matrix", solve_case}, {"solve_many", solve_case}, {"solve_no_sides", solve_case},
    {"solve_none", solve_case}, NAMED(cholesky), {"cholesky_none", cholesky_case}, NAMED(svdvals), {"svdvals_many", svdvals_case},
    {"svdvals_tall", svdvals_case}, {"svdvals_none", svdvals_case}, NAMED(eigvalsh), {"eigvalsh_none", eigvalsh_case}, NAMED(lstsq),
    {"lstsq_matrix", lstsq_case}, {"lstsq_wide", lstsq_case}, {"lstsq_none", lstsq_case}, NAMED(lstsq_flat), NAMED(pinv), {"pinv_tall", pinv_case},
    {"pinv_wide", pinv_case}, {"pinv_many", pinv_case}, NAMED(pinv_flat), {"pinv_none", pinv_case}, NAMED(rank), {"rank_flat", rank_case},
    {"rank_many", rank_case}, {"rank_vector", rank_case}, {"rank_zero", rank_case}, NAMED(power_back), NAMED(norm_fro), NAMED(norm_nuc),
    NAMED(norm_1), NAMED(norm_minus_1), NAMED(norm_inf), NAMED(norm_minus_inf), NAMED(norm_2), NAMED(norm_minus_2), {"norm_fro_many", norm_fro_case},
    {"norm_nuc_many", norm_nuc_case}, {"norm_1_many", norm_1_case}, {"norm_minus_1_many", norm_minus_1_case}, {"norm_inf_many", norm_inf_case},
    {"norm_minus_inf_many", norm_minus_inf_case}, {"norm_2_many", norm_2_case}, {"norm_minus_2_many", norm_minus_2_case}, NAMED(cond_fro),
    NAMED(cond_nuc), NAMED(cond_1), NAMED(cond_minus_1), NAMED(cond_inf), NAMED(cond_minus_inf), NAMED(cond_2), NAMED(cond_minus_2),
};
static const named powers[] = {NAMED(power), NAMED(power_one), NAMED(power_none), NAMED(power_many)};
/* clang-format on */
#define LENGTH(a) (int)(sizeof(a) / sizeof *(a))

/* Matrices of condition about 10: what is small beside the largest element has lost digits. */
static void results_are_numpys(void **state)
{
    (void)state;
    for (int i = 0; i < LENGTH(results); i++)
        assert_int_equal(check_typed(&file, &results[i], 500), 3);
    for (int i = 0; i < LENGTH(powers); i++)
        assert_int_equal(check_typed(&file, &powers[i], 4), 8);
}

/* Where the rank changes with every element (flat), there is none; of a symmetric matrix the table's tests ask. */
static void gradients_are_the_numerical_ones(void **state)
{
    (void)state;
    for (int i = 0; i < LENGTH(results); i++) {
        const char *name = results[i].name;
        if (strstr(name, "flat") || strstr(name, "rank") || strstr(name, "cholesky") || strstr(name, "eigvalsh"))
            continue;
        check_gradient(&file, &results[i], 0);
        check_gradient(&file, &results[i], 1);
    }
    for (int i = 0; i < LENGTH(powers); i++)
        if (strcmp(powers[i].name, "power_none") != 0)
            check_gradient(&file, &powers[i], 0);
    check_gradient(&file, &(named){"lstsq_flat", lstsq_flat_case}, 1);
}

/* ---- factors ---- */

static const int64_t sizes[][3] = {{1, 1, 1},   {1, 2, 2},   {3, 5, 3},    {2, 3, 5},   {1, 20, 20},
                                   {1, 64, 10}, {1, 10, 64}, {1, 130, 70}, {2, 70, 130}};

/* Waves of different lengths: of full rank, distinct singular values, condition below 1e4. */
static ssi_tensor *matrices(ssi_dtype dtype, int64_t b, int64_t n, int64_t m)
{
    ssi_tensor *at = ssi_arange(SSI_F64, 0, (double)(b * n * m), 1);
    ssi_tensor *wave = ssi_sin(ssi_mul(ssi_square(ssi_add(at, 1)), 0.37));
    return ssi_cast(ssi_reshape(wave, b, n, m), dtype);
}

static double largest(ssi_tensor *x)
{
    return ssi_size(x) ? ssi_item(ssi_cast(ssi_max(ssi_abs(x)), SSI_F64)) : 0;
}

/* |a - b| in units of epsilon times the size n of the work and the largest element. */
static void near(const char *what, ssi_tensor *a, ssi_tensor *b, int64_t n)
{
    if (!a || !b)
        fail_msg("%s: %s", what, ssi_error_peek() ? ssi_error_peek()->message : "NULL");
    double epsilon = ssi_dtype_of(a) == SSI_F32 ? 0x1p-23 : 0x1p-52;
    double far = largest(ssi_sub(a, b)) / (epsilon * (double)(n + 4) * fmax(largest(b), 1));
    if (!(far < 4))
        fail_msg("%s of size %d: off by %g", what, (int)n, far);
}

static void orthonormal(const char *what, ssi_tensor *q)
{
    ssi_tensor *product = ssi_matmul(ssi_transpose(q), q);
    near(what, product, ssi_identity(ssi_dtype_of(q), ssi_dim(q, -1)), ssi_dim(q, -2));
}

static void check_qr(ssi_tensor *x, int complete)
{
    ssi_tensor *q, *r;
    int64_t n = ssi_dim(x, -2), m = ssi_dim(x, -1), k = complete || n < m ? n : m;
    assert_int_equal(ssi_qr(x, complete, &q, &r), SSI_OK);
    assert_int_equal(ssi_dim(q, -1), k);
    assert_int_equal(ssi_dim(r, -2), k);
    orthonormal("Q", q);
    near("Q R", ssi_matmul(q, r), x, n + m);
    assert_float_equal(largest(ssi_sub(r, ssi_triu(r, 0))), 0, 0);
}

static void check_svd(ssi_tensor *x, int full)
{
    ssi_tensor *u, *s, *vh;
    int64_t n = ssi_dim(x, -2), m = ssi_dim(x, -1), k = n < m ? n : m;
    assert_int_equal(ssi_svd(x, full, &u, &s, &vh), SSI_OK);
    assert_int_equal(ssi_dim(u, -1), full ? n : k);
    assert_int_equal(ssi_dim(vh, -2), full ? m : k);
    orthonormal("U", u);
    orthonormal("V", ssi_transpose(vh));
    ssi_range first[] = {{0, SSI_END, 1}, {0, SSI_END, 1}, {0, k, 1}}, rows[] = {{0, SSI_END, 1}, {0, k, 1}};
    ssi_tensor *us = ssi_mul(ssi_slice(u, 3, first), ssi_expand_dims(s, -2));
    near("U S Vh", ssi_matmul(us, ssi_slice(vh, 2, rows)), x, n + m);
    assert_float_equal(ssi_item(ssi_all(ssi_less_equal(ssi_diff(s, 1, -1), 0))), 1, 0);
    near("S alone", ssi_svdvals(x), s, n + m);
}

static void check_symmetric(ssi_tensor *x)
{
    ssi_tensor *w, *v;
    int64_t n = ssi_dim(x, -1);
    ssi_tensor *gram = ssi_matmul(ssi_transpose(x), x),
               *l = ssi_cholesky(ssi_add(gram, ssi_identity(ssi_dtype_of(x), n)));
    assert_int_equal(ssi_eigh(gram, &w, &v), SSI_OK);
    orthonormal("V", v);
    near("V w V'", ssi_matmul(ssi_mul(v, ssi_expand_dims(w, -2)), ssi_transpose(v)), gram, n);
    near("w alone", ssi_eigvalsh(gram), w, n);
    assert_float_equal(ssi_item(ssi_all(ssi_greater_equal(ssi_diff(w, 1, -1), 0))), 1, 0);
    near("L L'", ssi_matmul(l, ssi_transpose(l)), ssi_add(gram, ssi_identity(ssi_dtype_of(x), n)), n);
    assert_float_equal(largest(ssi_sub(l, ssi_tril(l, 0))), 0, 0);
}

static void factors_give_the_matrix_back(void **state)
{
    (void)state;
    for (int i = 0; i < 2 * LENGTH(sizes); i++) {
        ssi_scope scope = ssi_scope_open();
        const int64_t *size = sizes[i / 2];
        ssi_tensor *x = matrices(i % 2 ? SSI_F32 : SSI_F64, size[0], size[1], size[2]);
        check_qr(x, 0);
        check_qr(x, 1);
        check_svd(x, 0);
        check_svd(x, 1);
        check_symmetric(x);
        ssi_scope_close(scope);
    }
}

/* Penrose's four conditions, and the residual at right angles to what can be reached. */
static void pseudo_inverses_and_solutions_are_such(void **state)
{
    (void)state;
    for (int i = 0; i < LENGTH(sizes); i++) {
        ssi_scope scope = ssi_scope_open();
        int64_t n = sizes[i][1], m = sizes[i][2];
        ssi_tensor *x = matrices(SSI_F64, sizes[i][0], n, m), *p = ssi_pinv(x, 0), *b = matrices(SSI_F64, 1, n, 3);
        ssi_tensor *xp = ssi_matmul(x, p), *px = ssi_matmul(p, x), *y = ssi_lstsq(x, b, 0);
        double condition = largest(ssi_cond(x, SSI_NORM_2));
        int64_t work = (int64_t)((double)(n + m) * (1 + condition));
        near("A P A", ssi_matmul(xp, x), x, work);
        near("P A P", ssi_matmul(px, p), p, work);
        near("A P", xp, ssi_transpose(xp), work);
        near("P A", px, ssi_transpose(px), work);
        near("X", y, ssi_matmul(p, b), work);
        near("A' R", ssi_matmul(ssi_transpose(x), ssi_sub(b, ssi_matmul(x, y))), ssi_zeros(SSI_F64, 1), work);
        ssi_scope_close(scope);
    }
}

/* A transposed, strided, broadcast operand is the same matrix. */
static void layouts_do_not_matter(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = matrices(SSI_F64, 2, 4, 4), *turned = ssi_transpose(x), *copy = ssi_add(turned, 0);
    ssi_eval(turned);
    assert_float_equal(largest(ssi_sub(ssi_inv(turned), ssi_inv(copy))), 0, 0);
    ssi_tensor *b = ssi_array(((double[]){1, 2, 3, 4}), 4);
    ssi_tensor *y = ssi_solve(x, b), *first = ssi_solve(ssi_slice(x, 1, &(ssi_range){0, 1, 1}), b);
    assert_int_equal(ssi_rank(y), 2);
    assert_float_equal(largest(ssi_sub(ssi_slice(y, 1, &(ssi_range){0, 1, 1}), first)), 0, 0);
    ssi_scope_close(scope);
}

/* Many small matrices, whose results threads share: the same, whoever computes them. */
static void results_do_not_depend_on_threads(void **state)
{
    (void)state;
    double sum[2];
    for (int i = 0; i < 2; i++) {
        ssi_scope scope = ssi_scope_open();
        ssi_set_threads(i ? 3 : 1);
        sum[i] = ssi_item(ssi_sum(ssi_inv(matrices(SSI_F64, 3000, 3, 3))));
        ssi_scope_close(scope);
    }
    ssi_set_threads(0);
    assert_true(sum[0] == sum[1]);
}

/* ---- errors ---- */

/* The run fails, in these words. */
static void run_refused(ssi_tensor *y, ssi_status code, const char *operation, const char *message)
{
    ssi_error error = {0};
    assert_non_null(y);
    assert_int_equal(ssi_eval(y), code);
    assert_true(ssi_error_take(&error));
    assert_string_equal(error.operation, operation);
    assert_string_equal(error.message, message);
}

static void matrices_without_an_answer_fail_the_run_and_are_named(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *singular = ssi_array(((double[]){1, 2, 2, 4}), 2, 2), *good = ssi_array(((double[]){1, 2, 3, 4}), 2, 2);
    ssi_tensor *many = ssi_stack(3, (ssi_tensor *[]){good, good, singular}, 0);
    run_refused(ssi_inv(singular), SSI_INVALID, "inv", "x (2,2) is singular");
    run_refused(ssi_inv(many), SSI_INVALID, "inv", "matrix 2 of x (3,2,2) is singular");
    run_refused(ssi_solve(many, ssi_ones(SSI_F64, 2)), SSI_INVALID, "solve", "matrix 2 of x (3,2,2) is singular");
    run_refused(ssi_cholesky(good), SSI_INVALID, "cholesky", "x (2,2) is not positive definite");
    run_refused(ssi_grad(ssi_det(singular), singular), SSI_INVALID, "inv", "x (2,2) is singular");
    assert_float_equal(ssi_item(ssi_det(singular)), 0, 0);
    assert_true(isinf(ssi_item(ssi_cond(ssi_diag(ssi_array(((double[]){1, 0}), 2), 0), SSI_NORM_2))));
    ssi_scope_close(scope);
}

static void what_is_not_finite_ends_in_words_or_nan(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    const double bad[] = {NAN, INFINITY, -INFINITY};
    for (int i = 0; i < 3; i++) {
        ssi_tensor *x = ssi_array(((double[]){2, bad[i], bad[i], 3}), 2, 2), *w, *v, *s;
        assert_false(isfinite(ssi_item(ssi_det(x))));
        ssi_eval(ssi_inv(x));
        ssi_eval(ssi_cholesky(x));
        assert_int_equal(ssi_qr(x, 0, &w, &v), SSI_OK);
        ssi_eval(w);
        ssi_error_take(NULL);
        assert_int_equal(ssi_eigh(x, &w, &v), SSI_OK);
        run_refused(w, SSI_NOT_FINITE, "eigh", "x (2,2) holds NaN or infinity");
        assert_int_equal(ssi_svd(x, 1, &w, &s, &v), SSI_OK);
        run_refused(s, SSI_NOT_FINITE, "svd", "x (2,2) holds NaN or infinity");
        run_refused(ssi_lstsq(x, ssi_ones(SSI_F64, 2), 0), SSI_NOT_FINITE, "lstsq",
                    "x (2,2) or its right side holds NaN or infinity");
    }
    ssi_scope_close(scope);
}

static void shapes_and_dtypes_that_cannot_be_are_refused(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *m = ssi_ones(SSI_F32, 2, 3), *square = ssi_ones(SSI_F32, 4, 3, 3), *v = ssi_ones(SSI_F32, 3), *out[3];
    refused(ssi_det(m), SSI_INVALID, "det", "x (2,3) is not square");
    refused(ssi_inv(v), SSI_INVALID, "inv", "x is f32 (3,): no matrix");
    refused(ssi_inv(ssi_ones(SSI_F16, 2, 2)), SSI_INVALID, "inv", "not defined for f16");
    refused(ssi_cholesky(ssi_ones(SSI_BF16, 2, 2)), SSI_INVALID, "cholesky", "not defined for bf16");
    refused(ssi_solve(square, m), SSI_INVALID, "solve", "rows differ: a (4,3,3), b (2,3)");
    refused(ssi_solve(square, ssi_ones(SSI_F32, 2, 3, 1)), SSI_INVALID, "solve",
            "leading axes do not broadcast: a (4,3,3), b (2,3,1)");
    refused(ssi_solve(m, v), SSI_INVALID, "solve", "x (2,3) is not square");
    refused(ssi_lstsq(m, v, 0), SSI_INVALID, "lstsq", "rows differ: a (2,3), b (3,1)");
    refused(ssi_matrix_power(m, 2), SSI_INVALID, "matrix_power", "x (2,3) is not square");
    refused(ssi_matrix_norm(v, SSI_NORM_2), SSI_INVALID, "matrix_norm", "x is f32 (3,): no matrix");
    refused(ssi_matrix_norm(m, (ssi_matrix_norm_kind)99), SSI_INVALID, "matrix_norm", "99 is no norm");
    refused(ssi_svdvals((ssi_zeros)(SSI_F32, 2, (int64_t[]){20000, 20000})), SSI_INVALID, "svdvals",
            "x (20000,20000): the smaller side of a matrix may have 16384 elements");
    refused(ssi_inv((ssi_zeros)(SSI_F32, 2, (int64_t[]){40000, 40000})), SSI_INVALID, "inv",
            "a matrix of 40000 by 40000 elements: LAPACK counts them by 32 bits");
    assert_int_equal(ssi_eigh(m, &out[0], &out[1]), SSI_INVALID);
    assert_null(out[0]);
    refused(out[1], SSI_INVALID, "eigh", "x (2,3) is not square");
    ssi_scope_close(scope);
}

static void given_null_everything_returns_null_and_says_nothing(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *none = NULL, *x = ssi_ones(SSI_F32, 2, 2), *out[3];
    assert_null(ssi_det(none));
    assert_null(ssi_inv(none));
    assert_null(ssi_solve(x, none));
    assert_null(ssi_solve(none, x));
    assert_null(ssi_cholesky(none));
    assert_null(ssi_matrix_power(none, 2));
    assert_null(ssi_svdvals(none));
    assert_null(ssi_eigvalsh(none));
    assert_null(ssi_lstsq(none, x, 0));
    assert_null(ssi_pinv(none, 0));
    assert_null(ssi_matrix_rank(none, 0));
    assert_null(ssi_matrix_norm(none, SSI_NORM_2));
    assert_null(ssi_cond(none, SSI_NORM_2));
    assert_int_equal(ssi_qr(none, 0, &out[0], &out[1]), SSI_INVALID);
    assert_int_equal(ssi_svd(none, 1, &out[0], &out[1], &out[2]), SSI_INVALID);
    assert_int_equal(ssi_eigh(none, &out[0], &out[1]), SSI_INVALID);
    assert_int_equal(ssi_slogdet(none, &out[0], &out[1]), SSI_INVALID);
    assert_int_equal(ssi_error_take(NULL), 0);
    ssi_scope_close(scope);
}

/* ---- memory that runs out ---- */

static int factor_and_solve(void)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = matrices(SSI_F64, 2, 5, 4), *u, *s, *vh;
    int status = ssi_svd(x, 0, &u, &s, &vh);
    ssi_tensor *y = ssi_einsum("bij,bkj->bik", x, x), *root = ssi_cholesky(ssi_add(y, ssi_identity(SSI_F64, 5)));
    ssi_tensor *all[] = {u, ssi_grad(ssi_sum(ssi_lstsq(x, ssi_solve(root, y), 0)), x)};
    status = status == SSI_OK ? ssi_eval_all(2, all) : status;
    ssi_scope_close(scope);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_int_equal(factor_and_solve(), SSI_OK);
    int failures = 0;
    for (uint64_t k = 1;; k++, failures++) {
        ssi_shutdown(); /* no plans, no cached buffers */
        ssi_test_fail_allocation(k);
        int status = factor_and_solve();
        ssi_test_fail_allocation(0);
        ssi_error error = {0};
        bool failed = ssi_error_take(&error);
        if (!failed && status == SSI_OK)
            break;
        assert_int_equal(error.code, SSI_NO_MEMORY);
    }
    assert_true(failures > 20);
}

/* ---- a build without LAPACK ---- */

static bool lacks_lapack(void)
{
    ssi_error error = {0};
    ssi_scope scope = ssi_scope_open();
    ssi_eval(ssi_inv(ssi_identity(SSI_F64, 2)));
    ssi_error_take(&error);
    ssi_scope_close(scope);
    return strcmp(error.message, "this build has no LAPACK") == 0;
}

static void says_how(int status, const char *operation)
{
    ssi_error error = {0};
    assert_int_not_equal(status, SSI_OK);
    assert_true(ssi_error_take(&error));
    assert_int_equal(error.code, SSI_UNSUPPORTED);
    assert_string_equal(error.operation, operation);
    assert_string_equal(error.message, "this build has no LAPACK");
    assert_string_equal(error.hint, "install liblapack-dev and build again with -DSSI_LAPACK=ON");
}

static void every_decomposition_says_how_to_get_lapack(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_identity(SSI_F32, 2), *out[3];
    says_how(ssi_eval(ssi_det(x)), "det");
    says_how(ssi_eval(ssi_inv(x)), "inv");
    says_how(ssi_eval(ssi_solve(x, x)), "solve");
    says_how(ssi_eval(ssi_cholesky(x)), "cholesky");
    says_how(ssi_eval(ssi_svdvals(x)), "svdvals");
    says_how(ssi_eval(ssi_eigvalsh(x)), "eigvalsh");
    says_how(ssi_eval(ssi_lstsq(x, x, 0)), "lstsq");
    says_how(ssi_eval(ssi_pinv(x, 0)), "lstsq");
    says_how(ssi_eval(ssi_matrix_power(x, -1)), "inv");
    says_how(ssi_qr(x, 0, &out[0], &out[1]), "qr");
    says_how(ssi_svd(x, 0, &out[0], &out[1], &out[2]), "svd");
    says_how(ssi_eigh(x, &out[0], &out[1]), "eigh");
    says_how(ssi_slogdet(x, &out[0], &out[1]), "slogdet");
    ssi_scope_close(scope);
}

int main(void)
{
    const struct CMUnitTest without[] = {
        cmocka_unit_test(every_decomposition_says_how_to_get_lapack),
        cmocka_unit_test(given_null_everything_returns_null_and_says_nothing),
    };
    if (lacks_lapack()) {
        print_message("skipped: what decompositions answer, for this build has no LAPACK\n");
        return cmocka_run_group_tests(without, NULL, NULL);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_numpys),
        cmocka_unit_test(gradients_are_the_numerical_ones),
        cmocka_unit_test(factors_give_the_matrix_back),
        cmocka_unit_test(pseudo_inverses_and_solutions_are_such),
        cmocka_unit_test(layouts_do_not_matter),
        cmocka_unit_test(results_do_not_depend_on_threads),
        cmocka_unit_test(matrices_without_an_answer_fail_the_run_and_are_named),
        cmocka_unit_test(what_is_not_finite_ends_in_words_or_nan),
        cmocka_unit_test(shapes_and_dtypes_that_cannot_be_are_refused),
        cmocka_unit_test(given_null_everything_returns_null_and_says_nothing),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, open_file, close_file);
}
