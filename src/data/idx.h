/*
 * idx.h - inside data: MNIST's file format.
 */
#ifndef SSI_SRC_IDX_H
#define SSI_SRC_IDX_H

#include "base/base.h"

/* An array of bytes read from an idx file. */
typedef struct ssi_idx {
    ssi_buffer *buffer;
    int rank;
    int64_t shape[3];
} ssi_idx;

/* Reads an idx file of unsigned bytes with `rank` axes (1: labels, 3: pictures), gzipped or not. Returns 0
 * or a negative ssi_status; the caller releases the buffer. */
int ssi_read_idx(const char *path, int rank, ssi_idx *out);
/* The same from memory; `what` names it in errors. */
int ssi_read_idx_memory(const void *bytes, size_t count, const char *what, int rank, ssi_idx *out);

#endif
