/*
 * mistakes.h - the picture of a model at work.
 */
#ifndef SSI_CLI_MISTAKES_H
#define SSI_CLI_MISTAKES_H

#include "dataset.h"

/* The first 30 examples with their predictions, and below them up to 10 that were read wrongly. 0, or negative with the library's
 * error waiting. */
int mistakes_plot(ssi_model *model, const ssi_dataset *data, const char *path);

#endif
