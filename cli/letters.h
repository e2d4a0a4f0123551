/*
 * letters.h - a picture in letters, for a terminal.
 */
#ifndef SSI_CLI_LETTERS_H
#define SSI_CLI_LETTERS_H

#include "cli.h"

/* pixel (height, width), from 0 (paper) to 1 (ink). */
void letters_print(const float *pixel, int64_t height, int64_t width);

#endif
