/*
 * lesson.h - what the probes of the lessons share: which test is asked for, and inputs drawn from a seed.
 *
 * A probe is called as `probe TEST SEED`; the same seed gives the same inputs, for the learner's functions and for the solution's.
 */
#ifndef SSI_LESSON_H
#define SSI_LESSON_H

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t lesson_state;

/* Whether the probe was called for the test `name`; begins its random numbers. */
static inline int lesson_test(int argc, char **argv, const char *name)
{
    lesson_state = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    return argc > 1 && strcmp(argv[1], name) == 0;
}

/* The next 64 random bits: splitmix64 (Steele, Lea, Flood 2014), whose state is a counter. */
static inline uint64_t lesson_bits(void)
{
    uint64_t z = lesson_state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* A number of [low, high). */
static inline double lesson_uniform(double low, double high)
{
    return low + (high - low) * (double)(lesson_bits() >> 11) / 9007199254740992.0;
}

/* A whole number from low to high, both included. */
static inline int lesson_integer(int low, int high)
{
    return low + (int)(lesson_bits() % (uint64_t)(high - low + 1));
}

/* A line of a property test. */
static inline void lesson_holds(const char *id, int holds)
{
    printf("%s = %s\n", id, holds ? "yes" : "no");
}

#endif
