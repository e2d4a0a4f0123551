/*
 * clock.h - the time, for measuring.
 */
#ifndef SSI_BENCH_CLOCK_H
#define SSI_BENCH_CLOCK_H

#include <time.h>

static inline double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#endif
