/*
 * model.h - models by what a user types.
 */
#ifndef SSI_CLI_MODEL_H
#define SSI_CLI_MODEL_H

#include "cli.h"

/* A model from a file, if there is one of this name, else from a SPEC. NULL with the library's error waiting. */
ssi_model *model_named(const char *text);

#endif
