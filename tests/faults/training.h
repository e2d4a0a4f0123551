/*
 * training.h - the small training run that the tests of faults disturb.
 */
#ifndef SSI_TESTS_FAULTS_TRAINING_H
#define SSI_TESTS_FAULTS_TRAINING_H

#include <stdbool.h>
#include <stdint.h>

#include "ssi/grad.h"
#include "ssi/nn.h"

enum { MOST_WEIGHTS = 400000 + 1000 };

typedef struct training {
    ssi_model *model;
    ssi_optimizer *optimizer;
    ssi_tensor *w[SSI_MAX_PARAMETERS];
    int n;
    int64_t inputs, batch;
} training;

/* A network of `spec`, such as "8-6-3", whose numbers depend on nothing but it. False when something failed. */
bool training_begin(training *t, const char *spec, int64_t inputs, int64_t batch);
/* One step on the batch numbered `step`; 0, or a negative ssi_status. */
int training_step(training *t, int step);
/* All parameters, one after another, into `out` (room for MOST_WEIGHTS); how many numbers. */
int64_t training_weights(const training *t, float *out);
void training_end(training *t); /* also of one that has not begun well */

#endif
