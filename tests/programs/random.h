/* random.h - the choices of a random program: a small generator that any step can begin anew. */
#ifndef SSI_TESTS_PROGRAMS_RANDOM_H
#define SSI_TESTS_PROGRAMS_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

typedef struct dice {
    uint64_t state;
} dice;

/* splitmix64 (Steele, Lea, Flood 2014) */
static inline uint64_t roll(dice *d)
{
    uint64_t z = d->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static inline int below(dice *d, int n)
{
    return (int)(roll(d) % (uint64_t)n);
}

static inline bool chance(dice *d, int percent)
{
    return below(d, 100) < percent;
}

#endif
