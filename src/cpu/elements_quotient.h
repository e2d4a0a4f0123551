/*
 * elements_quotient.h - quotients of integers, rounded down, modulo 2^32 or 2^64; the divisor 0 gives anything. No set divides vectors of integers: those of
 * 16 bits are divided as floats, those of 32, and of 64 where both are below 2^51, as doubles. A quotient a/b is no nearer than 1/b to a whole number that it
 * is not, and its rounding is less.
 */
#ifndef SSI_SRC_ELEMENTS_QUOTIENT_H
#define SSI_SRC_ELEMENTS_QUOTIENT_H

#include "cpu/elements_f32.h"

INLINE uint32_t quotient_16(int32_t a, int32_t b)
{
    return bits_f32(floor_f32((float)a / (float)b) + round_f32);
}

INLINE uint32_t quotient_32(int32_t a, int32_t b)
{
    return (uint32_t)bits_f64(floor_f64((double)a / (double)b) + round_f64);
}

/* Whole numbers of that size stand in the lowest bits of their sums with round_f64. */
INLINE bool is_small_64(int64_t a)
{
    return (uint64_t)a + ((uint64_t)1 << 51) < (uint64_t)1 << 52;
}

INLINE double small_to_f64(int64_t a)
{
    return double_of((uint64_t)a + bits_f64(round_f64)) - round_f64;
}

INLINE uint64_t quotient_of_small(int64_t a, int64_t b)
{
    return bits_f64(floor_f64(small_to_f64(a) / small_to_f64(b)) + round_f64) - bits_f64(round_f64);
}

INLINE uint64_t quotient_64(int64_t a, int64_t b)
{
    if (b == 0 || b == -1) /* the lowest number by -1 does not fit */
        return 0 - (uint64_t)a;
    int64_t q = a / b;
    return (uint64_t)q - (a - q * b != 0 && (a < 0) != (b < 0));
}

#endif
