/*
 * screen.h - a document (text.h) on the terminal: wrapped to its width, in colours where there are any, Hangul two columns wide.
 */
#ifndef SSI_CLI_COURSE_SCREEN_H
#define SSI_CLI_COURSE_SCREEN_H

#include "text.h"

#include <stdio.h>

typedef struct screen {
    FILE *out;
    int width;            /* columns */
    const char *pictures; /* the folder that has NAME.txt for a picture NAME.svg; NULL: captions only */
} screen;

void screen_print(const screen *s, const document *d);

#endif
