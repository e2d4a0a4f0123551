/*
 * progress.c - the one line that moves: on a terminal only, since a log is read later.
 */
#include "cli.h"

#include <time.h>

static bool shown;
static double last; /* when */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

bool progress_due(void)
{
    return (!shown || now() - last >= 0.1) && can_rewrite(stderr);
}

void progress_show(const char *line)
{
    if (!progress_due()) {
        return;
    }
    last = now();
    shown = true;
    fprintf(stderr, "\r%s\033[K", line);
    fflush(stderr);
}

void progress_clear(void)
{
    if (shown) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
        shown = false;
    }
}

char *clock_text(double seconds, char out[32])
{
    long whole = seconds > 0 ? (long)(seconds + 0.5) : 0;
    if (whole >= 3600) {
        snprintf(out, 32, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
    } else {
        snprintf(out, 32, "%ld:%02ld", whole / 60, whole % 60);
    }
    return out;
}
