/*
 * ssi/linalg.h - linear algebra: products of vectors, matrices and tensors; determinants, systems of equations, factorisations.
 *
 *     ssi_tensor *a = ssi_array(((double[]){1, 2, 3, 4}), 2, 2), *b = ssi_array(((double[]){0, 1, 1, 0}), 2, 2);
 *     ssi_print(ssi_einsum("ij,jk->ik", a, b));         // expect: [[2. 1.]
 *                                                       // expect:  [4. 3.]]
 *     ssi_print(ssi_trace(a, 0, 0, 1));                 // expect: 5.0
 *     ssi_print(ssi_solve(a, ssi_array(((double[]){5, 11}), 2)));  // expect: [1. 2.]
 *
 * The matrix product itself is ssi_matmul (ssi/ops.h); ssi_cross stands in ssi/arrange.h. Operands promote as in NumPy: integers are multiplied as
 * they are, wrapping, and of bool the product is "and", the sum "or". Gradients flow through everything.
 */
#ifndef SSI_LINALG_H
#define SSI_LINALG_H

#include "ssi/math.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- products ---------------------------------------------------------------------------------------------------------- */

/* The sum over a's last axis and b's last but one (its only one, if it has one axis); the result has a's other axes, then b's: (i...,k) with (k) is
 * (i...), with (j...,k,m) is (i...,j...,m). A number or a tensor of no axes multiplies. numpy.dot */
SSI_API ssi_tensor *ssi_dot(ssi_tensor *a, ssi_tensor *b);
/* The sum of the products of all elements, of tensors with equally many: (). numpy.vdot */
SSI_API ssi_tensor *ssi_vdot(ssi_tensor *a, ssi_tensor *b);
/* The sum over both last axes, which are equal: (i...,k), (j...,k) -> (i...,j...). A number multiplies. numpy.inner */
SSI_API ssi_tensor *ssi_inner(ssi_tensor *a, ssi_tensor *b);
/* All products of an element of a, taken flat (n), with one of b (m): (n,m). numpy.outer */
SSI_API ssi_tensor *ssi_outer(ssi_tensor *a, ssi_tensor *b);
/* The sum over the last `axes` axes of a and the first of b, in that order: 0 sums nothing. numpy.tensordot(a, b, axes) */
SSI_API ssi_tensor *ssi_tensordot(ssi_tensor *a, ssi_tensor *b, int axes);
/* The sum over pairs of axes, axes_a[i] with axes_b[i], each named once. The result has a's other axes, then b's.
 * numpy.tensordot(a, b, (axes_a, axes_b)) */
SSI_API ssi_tensor *ssi_tensordot_axes(ssi_tensor *a, ssi_tensor *b, int count, const int *axes_a, const int *axes_b);
/* Blocks: each element of a times all of b. Axes are matched from the last; (n,m), (p,q) -> (n*p,m*q). Axes of one element aside, a and b may have 16
 * together. numpy.kron */
SSI_API ssi_tensor *ssi_kron(ssi_tensor *a, ssi_tensor *b);
/* The product of a chain of 2 to 64 matrices, in the order of the fewest multiplications; the first and the last may be vectors.
 * numpy.linalg.multi_dot */
SSI_API ssi_tensor *ssi_multi_dot(int count, ssi_tensor *const *x);
/* The sums of the k-th diagonals of the matrices that two axes make; of bool and integers: i64. numpy.trace */
SSI_API ssi_tensor *ssi_trace(ssi_tensor *x, int64_t k, int axis1, int axis2);

/* Sums of products in Einstein's notation. Each axis of each operand has a letter. Equal letters run together, through a diagonal within an
 * operand; after the arrow stand the letters that stay; all others are summed over. "..." in an operand stands for the axes without letters, which
 * broadcast; so do axes of one element. Without an arrow stay the ellipsis and, in ASCII's order, the letters that occur once. Spaces do not count.
 * More than two operands are multiplied pair by pair, in an order that keeps what lies between small.
 *
 *     "ij,jk->ik" matrix product    "ij->ji" transpose    "i,j->ij" outer product    "...ij,...jk->...ik" products of many matrices
 *     "ii->i"     diagonal          "ii"     trace        "ij->"    sum
 *
 * An error shows the place in the text. (The form with lists of numbers in place of letters is not offered.) numpy.einsum, torch.einsum */
SSI_API ssi_tensor *ssi_einsum(const char *text, int count, ssi_tensor *const *x);

/* ---- of square matrices: x (..., n, n), each matrix by itself --------------------------------------------------------------
 *
 * This and what follows is done by LAPACK, an optional part of a build (SSI_LAPACK; none of SSI_CORE's): without it, SSI_UNSUPPORTED. f32 stays f32,
 * f64 and integers give f64; f16 and bf16 are refused, as by NumPy. A matrix that has no answer fails the run (SSI_INVALID), and the error says
 * which one of many it was. Results are those of the LAPACK that is installed, to its last bit. A matrix has up to 2^30 elements; where singular or
 * eigenvalues are asked for, its smaller side has up to 16,384. Eigenvalues of matrices that are not symmetric are complex numbers, which ssi has
 * not. */

/* (...); of (0, 0) it is 1. The gradient needs the inverse, so it fails where x is singular. numpy.linalg.det */
SSI_API ssi_tensor *ssi_det(ssi_tensor *x);
/* Sign (-1, 0, 1; no gradient) and logarithm of the absolute value (-inf where x is singular) of the determinant, which may itself be too large or
 * too small for a float; both (...). Returns 0 or a negative ssi_status, then both are NULL; likewise below. numpy.linalg.slogdet */
SSI_API int ssi_slogdet(ssi_tensor *x, ssi_tensor **sign, ssi_tensor **log_abs);
/* The inverse. A singular matrix fails the run. To solve equations, ssi_solve is faster and more exact. numpy.linalg.inv */
SSI_API ssi_tensor *ssi_inv(ssi_tensor *x);
/* X with A X = B: a (..., n, n), b (..., n, k) or, one right side for all, (n). Leading axes broadcast. A singular matrix fails the run.
 * numpy.linalg.solve, as of NumPy 2 */
SSI_API ssi_tensor *ssi_solve(ssi_tensor *a, ssi_tensor *b);
/* The lower triangular L with L L' = x; only x's lower triangle is looked at. Not positive definite: fails the run. The gradient takes x to be
 * symmetric, and is symmetric. numpy.linalg.cholesky */
SSI_API ssi_tensor *ssi_cholesky(ssi_tensor *x);
/* x times itself, n factors; 0: the identity; negative: of the inverse. Without inverses it needs no LAPACK, and integers and bool stay what they
 * are. numpy.linalg.matrix_power */
SSI_API ssi_tensor *ssi_matrix_power(ssi_tensor *x, int64_t n);

/* ---- factorisations: x (..., n, m), k = min(n, m) --------------------------------------------------------------------------- */

/* x = Q R: Q with orthonormal columns, R upper triangular. Q (..., n, k), R (..., k, m); `complete`: Q (..., n, n), R (..., n, m), which has no
 * gradient where n > m. numpy.linalg.qr(x, mode="reduced") */
SSI_API int ssi_qr(ssi_tensor *x, int complete, ssi_tensor **q, ssi_tensor **r);
/* x = U diag(S) Vh: U and Vh' with orthonormal columns, S (..., k) descending. U (..., n, k), Vh (..., k, m); `full_matrices`: U (..., n, n), Vh
 * (..., m, m), which have no gradient unless n = m. The gradient through U and Vh takes the singular values to be distinct and, where n != m, not 0.
 * numpy.linalg.svd, where full_matrices is true unless said otherwise */
SSI_API int ssi_svd(ssi_tensor *x, int full_matrices, ssi_tensor **u, ssi_tensor **s, ssi_tensor **vh);
/* S alone. numpy.linalg.svd(x, compute_uv=False), numpy.linalg.svdvals */
SSI_API ssi_tensor *ssi_svdvals(ssi_tensor *x);
/* x = V diag(w) V' of a symmetric x (..., n, n), of which only the lower triangle is looked at: w (..., n) ascending, V (..., n, n) with orthonormal
 * columns. The gradient takes x to be symmetric, and is symmetric; through V it takes the eigenvalues to be distinct. numpy.linalg.eigh */
SSI_API int ssi_eigh(ssi_tensor *x, ssi_tensor **w, ssi_tensor **v);
/* w alone. numpy.linalg.eigvalsh */
SSI_API ssi_tensor *ssi_eigvalsh(ssi_tensor *x);

/* ---- by singular values: those up to a part of the largest count as 0; 0: machine epsilon times max(n, m) ------------------ */

/* The X for which A X is nearest to B, and of all those the smallest: a (..., n, m), b (..., n, k) or (n) -> (..., m, k) or (m). Leading axes
 * broadcast. The gradient takes the rank to be constant. numpy.linalg.lstsq(a, b)[0] */
SSI_API ssi_tensor *ssi_lstsq(ssi_tensor *a, ssi_tensor *b, double rcond);
/* The pseudo-inverse (..., m, n); gradient likewise. numpy.linalg.pinv, where the part is 1e-15 */
SSI_API ssi_tensor *ssi_pinv(ssi_tensor *x, double rcond);
/* How many singular values are not 0: i64 (...). Of a vector or number: whether it is not 0. No gradient. numpy.linalg.matrix_rank */
SSI_API ssi_tensor *ssi_matrix_rank(ssi_tensor *x, double rtol);

/* Norms of matrices: the root of the sum of squares; the sum of singular values; the largest (smallest) sum of absolute values of a column, of a
 * row; the largest (smallest) singular value. */
typedef enum ssi_matrix_norm_kind {
    SSI_NORM_FRO = 0,
    SSI_NORM_NUC,
    SSI_NORM_1,
    SSI_NORM_MINUS_1,
    SSI_NORM_INF,
    SSI_NORM_MINUS_INF,
    SSI_NORM_2,
    SSI_NORM_MINUS_2
} ssi_matrix_norm_kind;
/* (...). Those of sums need no LAPACK. numpy.linalg.norm(x, kind, axis=(-2, -1)) */
SSI_API ssi_tensor *ssi_matrix_norm(ssi_tensor *x, ssi_matrix_norm_kind kind);
/* The norm of x times that of its inverse: by how much errors may grow when equations are solved. For the 2-norms by singular values, of any matrix:
 * inf where it is singular; for others a singular matrix fails the run. numpy.linalg.cond, where SSI_NORM_2 is the default */
SSI_API ssi_tensor *ssi_cond(ssi_tensor *x, ssi_matrix_norm_kind kind);

/* ---- sugar ------------------------------------------------------------------------------------------------------------- */

#ifndef __cplusplus
#define ssi_dot(a, b)                 SSI_OP2(ssi_dot, a, b)
#define ssi_vdot(a, b)                SSI_AT((ssi_vdot)((a), (b)))
#define ssi_inner(a, b)               SSI_OP2(ssi_inner, a, b)
#define ssi_outer(a, b)               SSI_OP2(ssi_outer, a, b)
#define ssi_tensordot(a, b, axes)     SSI_AT((ssi_tensordot)((a), (b), (axes)))
#define ssi_kron(a, b)                SSI_OP2(ssi_kron, a, b)
#define ssi_multi_dot(...)            SSI_TENSORS(ssi_multi_dot, __VA_ARGS__)
#define ssi_trace(x, k, axis1, axis2) SSI_AT((ssi_trace)((x), (k), (axis1), (axis2)))
#define ssi_det(x)                    SSI_AT((ssi_det)((x)))
#define ssi_inv(x)                    SSI_AT((ssi_inv)((x)))
#define ssi_solve(a, b)               SSI_AT((ssi_solve)((a), (b)))
#define ssi_cholesky(x)               SSI_AT((ssi_cholesky)((x)))
#define ssi_matrix_power(x, n)        SSI_AT((ssi_matrix_power)((x), (n)))
#define ssi_svdvals(x)                SSI_AT((ssi_svdvals)((x)))
#define ssi_eigvalsh(x)               SSI_AT((ssi_eigvalsh)((x)))
#define ssi_lstsq(a, b, rcond)        SSI_AT((ssi_lstsq)((a), (b), (rcond)))
#define ssi_pinv(x, rcond)            SSI_AT((ssi_pinv)((x), (rcond)))
#define ssi_matrix_rank(x, rtol)      SSI_AT((ssi_matrix_rank)((x), (rtol)))
#define ssi_matrix_norm(x, kind)      SSI_AT((ssi_matrix_norm)((x), (kind)))
#define ssi_cond(x, kind)             SSI_AT((ssi_cond)((x), (kind)))
#define ssi_einsum(text, ...)         SSI_AT((ssi_einsum)((text), SSI_LIST(ssi_tensor *, __VA_ARGS__)))
#endif

#ifdef __cplusplus
}
#endif
#endif
