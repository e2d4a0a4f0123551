/*
 * ssi/linalg.h - linear algebra: products of vectors, matrices and tensors.
 *
 *     ssi_tensor *a = ssi_array(((double[]){1, 2, 3, 4}), 2, 2), *b = ssi_array(((double[]){0, 1, 1, 0}), 2, 2);
 *     ssi_print(ssi_einsum("ij,jk->ik", a, b));         // expect: [[2. 1.]
 *                                                       // expect:  [4. 3.]]
 *     ssi_print(ssi_trace(a, 0, 0, 1));                 // expect: 5.0
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
#define ssi_einsum(text, ...)         SSI_AT((ssi_einsum)((text), SSI_LIST(ssi_tensor *, __VA_ARGS__)))
#endif

#ifdef __cplusplus
}
#endif
#endif
