/*
 * lesson_array.h - for probes of functions that return arrays: an array as a line of a table.
 */
#ifndef SSI_LESSON_ARRAY_H
#define SSI_LESSON_ARRAY_H

#include "lesson.h"

#include <ssi/ssi.h>

/* Shape, and elements as NumPy prints them: `(2,3) [1 2 3 4 5 6]`. Of NULL: `nothing`, and the error is forgotten. Valid until the fourth call after. */
static inline const char *lesson_text(ssi_tensor *x)
{
    static char texts[4][8192];
    static int next;
    char *text = texts[next++ % 4];
    size_t room = sizeof(texts[0]), at = (size_t)snprintf(text, room, "(");
    for (int i = 0; i < ssi_rank(x); i++) {
        at += (size_t)snprintf(text + at, room - at, "%s%lld", i ? "," : "", (long long)ssi_dim(x, i));
    }
    at += (size_t)snprintf(text + at, room - at, ") ");
    if (!x || ssi_format(ssi_ravel(x), text + at, room - at, .linewidth = room) < 0) {
        snprintf(text, room, "nothing");
        ssi_error_take(NULL);
    }
    return text;
}

/* The line `WHAT = (2,3) [1 2 3 4 5 6]`. */
static inline void lesson_array(const char *what, ssi_tensor *x)
{
    printf("%s = %s\n", what, lesson_text(x));
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
