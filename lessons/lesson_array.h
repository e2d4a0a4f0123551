/*
 * lesson_array.h - for probes of functions that return arrays: an array as a line of a table.
 */
#ifndef SSI_LESSON_ARRAY_H
#define SSI_LESSON_ARRAY_H

#include "lesson.h"

#include <ssi/ssi.h>

/* The line `WHAT = (2,3) [1 2 3 4 5 6]`: shape, and elements as NumPy prints them; of NULL `WHAT = nothing`, and the error is forgotten. */
static inline void lesson_array(const char *what, ssi_tensor *x)
{
    char text[8192];
    if (!x || ssi_format(ssi_ravel(x), text, sizeof(text), .linewidth = sizeof(text)) < 0) {
        printf("%s = nothing\n", what);
        ssi_error_take(NULL);
        return;
    }
    printf("%s = (", what);
    for (int i = 0; i < ssi_rank(x); i++) {
        printf("%s%lld", i ? "," : "", (long long)ssi_dim(x, i));
    }
    printf(") %s\n", text);
}

/* An array (count) of whole numbers from low to high, drawn from the seed. */
static inline ssi_tensor *lesson_integers(int count, int low, int high)
{
    int64_t drawn[1000];
    count = count < 1000 ? count : 1000;
    for (int i = 0; i < count; i++) {
        drawn[i] = lesson_integer(low, high);
    }
    return ssi_array(drawn, count);
}

#endif
