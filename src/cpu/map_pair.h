/*
 * map_pair.h - two f32 operations in one pass over memory: x = a first b, then x second c or c second x, each rounded as if alone. Chains
 * of arithmetic (an optimiser's update, a normalisation) are bound by loads and stores of registers, of which a pair saves a third.
 */
#ifndef SSI_SRC_MAP_PAIR_H
#define SSI_SRC_MAP_PAIR_H

#include "cpu/group.h"

INLINE float apply_f32(int code, float a, float b)
{
    return code == SSI_MAP_ADD ? a + b : code == SSI_MAP_SUB ? a - b : code == SSI_MAP_MUL ? a * b : a / b;
}

INLINE void each_pair(int first, int second, int order, int form, bool scalar, float *d, const float *a, const float *b,
                      const float *c, size_t n)
{
    const float a0 = *a, b0 = *b, c0 = *c;
    GROUPS(n, GROUP(float))
    {
        float x = apply_f32(first, form == SSI_SV ? a0 : a[AT], form == SSI_VS ? b0 : b[AT]);
        float y = scalar ? c0 : c[AT];
        d[AT] = order == SSI_PAIR_XC ? apply_f32(second, x, y) : apply_f32(second, y, x);
    }
}

/* All pairs: f(first, second, order, form, c). Where operands can be exchanged only one way round is made. */
#define PAIRS_C(f, first, second, order, form) f(first, second, order, form, V) f(first, second, order, form, S)
#define PAIRS_2(f, first, second, order)       PAIRS_C(f, first, second, order, VV) PAIRS_C(f, first, second, order, VS)
#define PAIRS_3(f, first, second, order)       PAIRS_2(f, first, second, order) PAIRS_C(f, first, second, order, SV)
#define PAIRS_SECOND(f, forms, first)                                                                                  \
    forms(f, first, ADD, XC) forms(f, first, MUL, XC) forms(f, first, SUB, XC) forms(f, first, SUB, CX)                \
        forms(f, first, DIV, XC) forms(f, first, DIV, CX)
#define PAIRS(f)                                                                                                       \
    PAIRS_SECOND(f, PAIRS_2, ADD)                                                                                      \
    PAIRS_SECOND(f, PAIRS_2, MUL) PAIRS_SECOND(f, PAIRS_3, SUB) PAIRS_SECOND(f, PAIRS_3, DIV)

#define PAIR_NAME(first, second, order, form, c) pair_##first##_##second##_##order##_##form##_##c

enum { PAIR_V, PAIR_S }; /* c */

#define PAIR(first, second, order, form, s)                                                                            \
    static void PAIR_NAME(first, second, order, form, s)(void *d, const void *a, const void *b, const void *c,         \
                                                         size_t n)                                                     \
    {                                                                                                                  \
        static const ending end = {PAIR_NAME(first, second, order, form, s),                                           \
                                   GROUP(float),                                                                       \
                                   sizeof(float),                                                                      \
                                   SSI_##form == SSI_SV ? 0 : sizeof(float),                                           \
                                   SSI_##form == SSI_VS ? 0 : sizeof(float),                                           \
                                   PAIR_##s ? 0 : sizeof(float)};                                                      \
        each_pair(SSI_MAP_##first, SSI_MAP_##second, SSI_PAIR_##order, SSI_##form, PAIR_##s, d, a, b, c, n);           \
        finish(d, a, b, c, n, &end);                                                                                   \
    }
PAIRS(PAIR)

#define PAIR_ENTRY(first, second, order, form, c)                                                                      \
    [SSI_MAP_##first - SSI_MAP_ADD][SSI_MAP_##second - SSI_MAP_ADD][SSI_PAIR_##order][SSI_##form][PAIR_##c] =          \
        PAIR_NAME(first, second, order, form, c),

#endif
