/*
 * batch.h - a data set as batches, in a new order each epoch.
 */
#ifndef SSI_SRC_BATCH_H
#define SSI_SRC_BATCH_H

#include "nn/nn.h"

typedef struct ssi_batches {
    const ssi_dataset *data;
    int64_t examples, batch;
    ssi_tensor *order; /* i64 (examples): which example comes when; NULL: as they stand */
    uint64_t seed;
} ssi_batches;

/* False (error recorded) when the data are empty or memory runs out. */
bool ssi_batches_make(ssi_batches *batches, const ssi_dataset *data, int64_t batch, bool shuffled, uint64_t seed);
void ssi_batches_free(ssi_batches *batches);
int64_t ssi_batches_count(const ssi_batches *batches);
/* The order of an epoch: a function of the seed and the epoch alone. No scope may hold tensors of the epoch before. */
void ssi_batches_shuffle(ssi_batches *batches, uint64_t epoch);
/* Batch `at` in the innermost scope: x (n, ...) float, y (n, ...) as the data have it. False when memory runs out. */
bool ssi_batches_get(const ssi_batches *batches, int64_t at, ssi_tensor **x, ssi_tensor **y);

/* x as a network wants it: bytes as fractions of 255, all else as it is. */
ssi_tensor *ssi_scaled(ssi_tensor *x);

#endif
