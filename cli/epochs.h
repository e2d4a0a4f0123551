/*
 * epochs.h - how training is shown.
 */
#ifndef SSI_CLI_EPOCHS_H
#define SSI_CLI_EPOCHS_H

#include "cli.h"

/* NaN where nothing was measured. */
typedef struct epoch_result {
    int epoch;
    double loss, accuracy, test_loss, test_accuracy, seconds;
} epoch_result;

typedef struct epoch_progress {
    int epoch, epochs;
    double done; /* of the epoch, 0 to 1 */
    double loss, accuracy;
    double rate, seconds_left; /* examples in a second; until the last epoch's end */
} epoch_progress;

void epochs_head(void);
void epochs_row(const epoch_result *of);
void epochs_progress(const epoch_progress *at);

/* Loss and accuracy over the epochs, as a picture. 0, or a negative ssi_status. */
int training_plot(const epoch_result *results, int count, const char *title, const char *path);

#endif
