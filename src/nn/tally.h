/*
 * tally.h - how a model does on many batches: sums that are assigned to from step to step, and read when somebody asks.
 */
#ifndef SSI_SRC_TALLY_H
#define SSI_SRC_TALLY_H

#include "nn/nn.h"

typedef struct ssi_tally {
    ssi_tensor *loss;      /* f64: the sum over examples */
    ssi_tensor *correct;   /* i64; NULL: not classes */
    ssi_tensor *confusion; /* i64 (K, K); NULL: not wanted */
    int64_t examples;
    double loss_before; /* at the last ssi_tally_restart */
    int64_t correct_before;
} ssi_tally;

/* classes 0: no labels. False when memory runs out. */
bool ssi_tally_make(ssi_tally *tally, int64_t classes, bool confusion);
void ssi_tally_free(ssi_tally *tally);
/* Counts a batch when the innermost scope closes; loss is its mean. */
int ssi_tally_add(ssi_tally *tally, ssi_tensor *loss, ssi_tensor *outputs, ssi_tensor *targets);
/* Means since the last restart, NaN where there are none. 0 or a negative ssi_status, as the next. */
int ssi_tally_read(const ssi_tally *tally, double *loss, double *accuracy);
int ssi_tally_restart(ssi_tally *tally);

#endif
