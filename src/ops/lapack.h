/*
 * lapack.h - LAPACK's routines, for f32 and f64, as Fortran has them: every argument by address, matrices column after column, and after all others
 * the lengths of the texts among them.
 *
 * They stop the program when an argument cannot be (xerbla), so callers see to it that none is: sizes fit an int, leading sizes are at least 1.
 */
#ifndef SSI_SRC_LAPACK_H
#define SSI_SRC_LAPACK_H

#include "base/base.h"

typedef struct ssi_lapack {
    void (*getrf)(const int *m, const int *n, void *a, const int *lda, int *pivot, int *info);
    void (*gesv)(const int *n, const int *k, void *a, const int *lda, int *pivot, void *b, const int *ldb, int *info);
    void (*potrf)(const char *triangle, const int *n, void *a, const int *lda, int *info, size_t);
    void (*geqrf)(const int *m, const int *n, void *a, const int *lda, void *tau, void *work, const int *words,
                  int *info);
    void (*orgqr)(const int *m, const int *n, const int *k, void *a, const int *lda, const void *tau, void *work,
                  const int *words, int *info);
    void (*gesdd)(const char *job, const int *m, const int *n, void *a, const int *lda, void *s, void *u,
                  const int *ldu, void *vt, const int *ldvt, void *work, const int *words, int *places, int *info,
                  size_t);
    void (*syevd)(const char *job, const char *triangle, const int *n, void *a, const int *lda, void *w, void *work,
                  const int *words, int *places, const int *place_count, int *info, size_t, size_t);
    void (*gelsd)(const int *m, const int *n, const int *k, void *a, const int *lda, void *b, const int *ldb, void *s,
                  const void *rcond, int *rank, void *work, const int *words, int *places, int *info);
} ssi_lapack;

/* The routines for f32 or f64; NULL, with an error (SSI_UNSUPPORTED) in the name of `operation`, where there is no LAPACK. The library is opened when
 * this is first called, from the one path that the build was given. */
const ssi_lapack *ssi_lapack_for(const char *operation, ssi_dtype dtype);

#endif
