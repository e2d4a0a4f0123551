/*
 * pictures.h - what peers in C train with and predict: MNIST's digits, and numbers of which none is 0, as `ssi bench` and calls.py have them.
 */
#ifndef SSI_BENCH_PICTURES_H
#define SSI_BENCH_PICTURES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ssi/ssi.h>

enum { INPUTS = 784, CLASSES = 10 };

static inline float *zeros(size_t count)
{
    float *x = calloc(count, sizeof *x);
    if (x == NULL)
        exit(1);
    return x;
}

/* The first `count` digits of a split, (count,INPUTS) from 0 to 1; and, where `answer` is not NULL, (count,CLASSES) of 0 and 1. Where there are none the
 * program ends with what ssi says of it. */
static inline float *digits(int split, size_t count, float **answer)
{
    ssi_dataset *set = ssi_load_dataset("mnist", .split = split);
    const uint8_t *pictures = set ? ssi_data(ssi_dataset_x(set)) : NULL;
    const int64_t *labels = set ? ssi_data(ssi_cast(ssi_dataset_y(set), SSI_I64)) : NULL;
    if (pictures == NULL || labels == NULL) {
        ssi_error error = {0};
        ssi_error_take(&error);
        fprintf(stderr, "%s: %s\n", error.operation, error.message);
        exit(1);
    }
    float *x = zeros(count * INPUTS);
    for (size_t i = 0; i < count * INPUTS; i++)
        x[i] = (float)pictures[i] / 255;
    if (answer != NULL) {
        *answer = zeros(count * CLASSES);
        for (size_t i = 0; i < count; i++)
            (*answer)[i * CLASSES + (size_t)labels[i]] = 1;
    }
    ssi_dataset_free(set);
    return x;
}

/* (count,INPUTS) above 0 and below 1. */
static inline float *dense(size_t count)
{
    unsigned seed = 1;
    float *x = zeros(count * INPUTS);
    for (size_t i = 0; i < count * INPUTS; i++) {
        seed = seed * 1664525u + 1013904223u;
        x[i] = ((float)(seed >> 9) + 0.5f) * 0x1p-23f;
    }
    return x;
}

static inline int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

#endif
