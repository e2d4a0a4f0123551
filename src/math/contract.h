/*
 * contract.h - sums of products of tensors whose axes have labels: what einsum, tensordot, dot and inner are made of.
 */
#ifndef SSI_SRC_CONTRACT_H
#define SSI_SRC_CONTRACT_H

#include "ops/build.h"

/* 52 letters, and the axes that an ellipsis stands for. */
enum { SSI_LABELS = 52 + SSI_MAX_RANK };

/* A tensor, and the label of each of its axes. Equal labels in one term: its diagonal. */
typedef struct ssi_term {
    ssi_tensor *x;
    uint8_t label[SSI_MAX_RANK];
} ssi_term;

/* The product of `count` >= 1 terms, each broadcast by its labels, summed over every label that is not among the `rank` labels of `out`, which are
 * distinct and occur in the terms. Axes of one label are of one size, or in other terms of size 1: the caller has seen to it. The terms are used up.
 * The result has the dtype that all promote to. */
ssi_tensor *ssi_contract(const char *operation, int count, ssi_term *term, int rank, const uint8_t *out);

#endif
