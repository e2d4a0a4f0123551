/*
 * progress.h - where training stands, for people and callbacks.
 */
#ifndef SSI_SRC_PROGRESS_H
#define SSI_SRC_PROGRESS_H

#include "nn/tally.h"

typedef struct ssi_reporter {
    ssi_progress now;
    const ssi_fit_options *options;
    int64_t examples;     /* seen in this epoch */
    int64_t left;         /* to be seen until the end */
    double resumed, line; /* the clock when training went on, and at the last line */
} ssi_reporter;

void ssi_reporter_epoch(ssi_reporter *reporter, int epoch);
/* The clock stands still between these two. */
void ssi_reporter_pause(ssi_reporter *reporter);
void ssi_reporter_resume(ssi_reporter *reporter);
/* A step of so many examples is done. SSI_OK, SSI_INTERRUPTED when a callback wants to stop, or another negative ssi_status. */
int ssi_reporter_step(ssi_reporter *reporter, int64_t examples, const ssi_tally *tally);
int ssi_reporter_epoch_end(ssi_reporter *reporter, const ssi_tally *tally, const ssi_evaluation *test);

#endif
