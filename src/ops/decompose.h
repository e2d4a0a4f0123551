/*
 * decompose.h - what the operations on matrices share: (..., n, m), each matrix by itself, by LAPACK.
 *
 * A node has one output, so what a factorisation gives lies in it one after the other: (..., 1, size), each part row after row, and ssi_unpack shows
 * a part. A call copies its matrix into memory of the run, column after column, and the results out of it.
 */
#ifndef SSI_SRC_DECOMPOSE_H
#define SSI_SRC_DECOMPOSE_H

#include "ops/build.h"
#include "ops/lapack.h"

/* ---- builders: x (..., n, m) of f32 and f64; integers become f64 ---- */

ssi_tensor *ssi_pack_det(ssi_tensor *x);                   /* square -> (..., 1, 1) */
ssi_tensor *ssi_pack_slogdet(ssi_tensor *x);               /* square -> (..., 1, 2): sign, log of the absolute value */
ssi_tensor *ssi_build_inv(ssi_tensor *x);                  /* square */
ssi_tensor *ssi_build_solve(ssi_tensor *a, ssi_tensor *b); /* (..., n, n), (..., n, k) -> (..., n, k) */
ssi_tensor *ssi_build_cholesky(ssi_tensor *x);             /* reads the lower triangle, as those of eigenvalues */
ssi_tensor *ssi_pack_qr(ssi_tensor *x);                    /* Q (n, k), R (k, m); k = min(n, m) */
ssi_tensor *ssi_pack_qr_complete(ssi_tensor *x);           /* Q (n, n), R (n, m) */
ssi_tensor *ssi_pack_svd(ssi_tensor *x);                   /* U (n, k), S (k), Vh (k, m) */
ssi_tensor *ssi_pack_svd_full(ssi_tensor *x);              /* U (n, n), S (k), Vh (m, m) */
ssi_tensor *ssi_pack_svdvals(ssi_tensor *x);               /* S (k) */
ssi_tensor *ssi_pack_eigh(ssi_tensor *x);                  /* w (n), V (n, n) */
ssi_tensor *ssi_pack_eigvalsh(ssi_tensor *x);              /* w (n) */
/* (..., n, m), (..., n, k) -> (..., m, k); singular values up to rcond times the largest count as 0. */
ssi_tensor *ssi_build_lstsq(ssi_tensor *a, ssi_tensor *b, double rcond);
/* The pseudo-inverse: (..., n, m) -> (..., m, n). */
ssi_tensor *ssi_build_pinv(ssi_tensor *x, double rcond);

/* The part of a packed result (..., 1, size) from element `at` on, as (..., rows, columns). A view. */
ssi_tensor *ssi_unpack(ssi_tensor *packed, int64_t at, int64_t rows, int64_t columns);

/* ---- for builders ---- */

/* x as f32 or f64, of at least two axes, with LAPACK at hand; NULL with an error in the name of op. */
ssi_tensor *ssi_matrices(const ssi_op *op, ssi_tensor *x, bool square);
/* Whether LAPACK, which counts by 32 bits, can have such a matrix beside its own memory; an error otherwise. */
bool ssi_fits_lapack(const ssi_op *op, int64_t rows, int64_t columns);
/* The node of op: (..., rows, columns), the leading axes x's. */
ssi_tensor *ssi_build_matrices(const ssi_op *op, int inputs, ssi_tensor *const *x, int64_t rows, int64_t columns,
                               int arguments, const int64_t *argument);
/* The node of op, (..., m, k), for a (..., n, m) and right sides b (..., n, k), in their common dtype; leading axes broadcast. */
ssi_tensor *ssi_build_pair(const ssi_op *op, ssi_tensor *a, ssi_tensor *b, bool square, int arguments,
                           const int64_t *argument);

/* ---- for gradients ---- */

/* x with zeros above the diagonal; `strict`: and on it. */
ssi_tensor *ssi_lower(ssi_tensor *x, bool strict);
/* (..., 1, n) as the diagonals of (..., n, n). */
ssi_tensor *ssi_as_diagonal(ssi_tensor *x);
/* (x + x') / 2 */
ssi_tensor *ssi_symmetric(ssi_tensor *x);

/* ---- for calls ---- */

/* A matrix in memory: strides in elements. */
typedef struct ssi_matrix {
    char *data;
    int64_t row, column;
} ssi_matrix;

/* Unit u of an input; rows of `columns` elements of a packed output's unit u, from element `at` on. */
ssi_matrix ssi_unit(const ssi_call *call, const ssi_view *view, int64_t u);
ssi_matrix ssi_packed_unit(const ssi_call *call, int64_t u, int64_t at, int64_t columns);
/* Column after column, as LAPACK has it. */
static inline ssi_matrix ssi_by_columns(void *data, int64_t rows)
{
    return (ssi_matrix){data, 1, rows};
}
void ssi_copy_matrix(ssi_matrix to, ssi_matrix from, int64_t rows, int64_t columns, size_t size);
/* Whether all of `count` elements that lie one after another are finite. */
bool ssi_all_finite(const void *data, int64_t count, ssi_dtype dtype);
/* Fails in the name of the call: "matrix 3 of x (5,2,2) <what>"; returns the code. */
int ssi_fail_matrix(const ssi_call *call, int64_t u, ssi_status code, const char *what);

/* Memory of a call, handed out in order: first without `base`, to find out how much it is. */
typedef struct ssi_room {
    char *base;
    size_t used;
} ssi_room;
static inline void *ssi_take_room(ssi_room *room, int64_t count, size_t size)
{
    void *place = room->base ? room->base + room->used : NULL;
    room->used += ((size_t)count * size + 63) / 64 * 64;
    return place;
}

#endif
