/*
 * map_integer.h - elementwise routines of the integer type T. Arithmetic wraps: it is done in the unsigned type A, which is at least 32
 * bits wide so that no promotion to int can overflow.
 */

#include "cpu/map_any.h"

#ifdef UNSIGNED
INLINE bool NAME(negative)(T a)
{
    return (void)a, false;
}
#else
INLINE bool NAME(negative)(T a)
{
    return a < 0;
}
#endif
/* clang-format off */
INLINE T NAME(neg)(T a) { return (T)(0 - (A)a); }
INLINE T NAME(abs)(T a) { return NAME(negative)(a) ? (T)(0 - (A)a) : a; }
INLINE T NAME(sign)(T a) { return (T)((a != 0) - 2 * NAME(negative)(a)); }
INLINE T NAME(add)(T a, T b) { return (T)((A)a + (A)b); }
INLINE T NAME(sub)(T a, T b) { return (T)((A)a - (A)b); }
INLINE T NAME(mul)(T a, T b) { return (T)((A)a * (A)b); }
INLINE T NAME(max)(T a, T b) { return a > b ? a : b; }
INLINE T NAME(min)(T a, T b) { return a < b ? a : b; }
INLINE T NAME(bit_and)(T a, T b) { return a & b; }
INLINE T NAME(bit_or)(T a, T b) { return a | b; }
INLINE T NAME(bit_xor)(T a, T b) { return a ^ b; }
INLINE T NAME(invert)(T a) { return (T)~a; }
/* clang-format on */

/* By the width or more, or less than 0: as if bit by bit, for ever. */
INLINE T NAME(shl)(T a, T b)
{
    const A width = 8 * sizeof(T);
    return (A)b < width ? (T)((A)a << ((A)b & (width - 1))) : 0;
}

INLINE T NAME(shr)(T a, T b)
{
    const A width = 8 * sizeof(T);
    return (A)b < width ? (T)(a >> ((A)b & (width - 1))) : (T)(0 - NAME(negative)(a));
}

/* Python's // and %, whose remainder has the divisor's sign; by 0 both are 0. */
INLINE T NAME(floor_div)(T a, T b)
{
    return b == 0 ? 0 : (T)QUOTIENT(a, b);
}

INLINE T NAME(mod)(T a, T b)
{
    return b == 0 ? 0 : (T)((A)a - (A)QUOTIENT(a, b) * (A)b);
}

#ifdef RARE_QUOTIENT
INLINE bool NAME(quotient_refused)(T a, T b)
{
    return !is_small_64(a) || !is_small_64(b);
}

INLINE T NAME(floor_div_slow)(T a, T b)
{
    return b == 0 ? 0 : (T)RARE_QUOTIENT(a, b);
}

INLINE T NAME(mod_slow)(T a, T b)
{
    return b == 0 ? 0 : (T)((A)a - (A)RARE_QUOTIENT(a, b) * (A)b);
}
#endif

/* By squaring. A negative power of an integer is a fraction, which truncates to 0, or is 1 or -1. */
#ifdef __AVX512BW__
INLINE
#else /* as vectors of bytes, i8 and u8 would take 7.5 kB of code with AVX2 */
NOINLINE
#endif
T NAME(pow)(T a, T b)
{
    if (NAME(negative)(b))
        return a == 1 || (a == (T)-1 && !(b & 1)) ? 1 : a == (T)-1 ? a : 0;
    A base = (A)a, power = 1;
    if (sizeof(T) == 1) { /* as many steps for all, as vectors take them */
        UNROLLED for (int bit = 0; bit < 8; bit++, base *= base) power *= (A)b >> bit & 1 ? base : 1;
        return (T)power;
    }
    for (uint64_t left = (uint64_t)b; left; left >>= 1, base *= base)
        power *= left & 1 ? base : 1;
    return (T)power;
}

UNARY(abs)
UNARY(sign)
BINARY_VV(max)
BINARY_VV(min)
#ifndef RARE_AS_I16
BINARY_VV(pow)
BINARY_VV(shr)
#ifdef RARE_QUOTIENT
BINARY_OR(floor_div, quotient_refused)
BINARY_OR(mod, quotient_refused)
#else
BINARY_VV(floor_div)
BINARY_VV(mod)
#endif
#endif
RELATION_VV(lt)
RELATION_VV(le)

#ifndef UNSIGNED
UNARY(neg)
UNARY(invert)
BINARY_VV(shl)
BINARY_VV(add)
BINARY_VV(sub)
BINARY_VV(mul)
BINARY_VV(bit_and)
BINARY_VV(bit_or)
BINARY_VV(bit_xor)
TRUTH
RELATION_VV(eq)
RELATION_VV(ne)
RELATION_VV(both)
RELATION_VV(either)

/* d = condition a ? b : c, by masks, for compilers make branches of a choice between two loads. The scalar forms are those of b and c. Serves floats
 * of this width too. */
#ifdef __AVX512BW__
INLINE void NAME(choose)(T *d, const uint8_t *a, const T *b, const T *c, size_t n, int form)
{
    NAME(lanes) x = *b + (NAME(lanes)){0}, y = *c + (NAME(lanes)){0};
    ROLLED for (size_t i = 0; i + COMPARED <= n; i += COMPARED)
    {
        if (form != SSI_SV)
            memcpy(&x, b + i, sizeof x);
        if (form != SSI_VS)
            memcpy(&y, c + i, sizeof y);
        NAME(lanes) mask = -(NAME(lanes))widened(a + i, sizeof(T)), chosen = (x & mask) | (y & ~mask);
        memcpy(d + i, &chosen, sizeof chosen);
    }
}
#else
INLINE T NAME(chosen)(bool condition, T b, T c)
{
    const T mask = (T) - (T)condition;
    return (T)((b & mask) | (c & ~mask));
}

INLINE void NAME(choose)(T *d, const uint8_t *a, const T *b, const T *c, size_t n, int form)
{
    const T x = *b, y = *c;
    GROUPS(n, COMPARED) d[AT] = NAME(chosen)(a[AT], form == SSI_SV ? x : b[AT], form == SSI_VS ? y : c[AT]);
}
#endif

#define WHERE(suffix, form)                                                                                            \
    ROUTINE(where##suffix)                                                                                             \
    {                                                                                                                  \
        static const ending end = {NAME(where##suffix),                                                                \
                                   COMPARED,                                                                           \
                                   sizeof(T),                                                                          \
                                   1,                                                                                  \
                                   (form) == SSI_SV ? 0 : sizeof(T),                                                   \
                                   (form) == SSI_VS ? 0 : sizeof(T)};                                                  \
        NAME(choose)(d, a, b, c, n, form);                                                                             \
        finish(d, a, b, c, n, &end);                                                                                   \
    }
WHERE(_vv, SSI_VV)
WHERE(_sv, SSI_SV)
WHERE(_vs, SSI_VS)
#undef WHERE
#endif
