/*
 * layout.h - spans broken into lines of at most so many columns.
 */
#ifndef SSI_CLI_COURSE_LAYOUT_H
#define SSI_CLI_COURSE_LAYOUT_H

#include "text.h"

typedef struct layout_line {
    const char *text; /* with the codes of its styles */
    int width;        /* columns that it takes */
} layout_line;

typedef struct layout {
    layout_line *line;
    int count, widest, longest; /* lines, columns of the widest, columns of the longest word */
    arena *arena;
} layout;

/* Breaks between words, and within a word only where it is wider than a line. `bold` and `colour` (a code, or "") are for all of it. */
layout layout_spans(const spans *text, int width, const char *code);
/* The same of a line of code, which is broken behind a blank, or anywhere. */
layout layout_code(const char *text, size_t length, int width, const char *code);
void layout_free(layout *l);

#endif
