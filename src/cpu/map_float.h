/*
 * map_float.h - elementwise routines of the float type T, f32 or f64; the element functions that are not one line stand in elements_*.h.
 * The larger or smaller of a NaN and anything is a NaN, of two equal ones the first.
 */

#include "cpu/map_any.h"

/* clang-format off */
INLINE T NAME(neg)(T a) { return -a; }
INLINE T NAME(sign)(T a) { return a != a ? a : (T)(a > 0) - (T)(a < 0); }
INLINE T NAME(relu)(T a) { return a <= 0 ? 0 : a; } /* NaN stays */
INLINE T NAME(add)(T a, T b) { return a + b; }
INLINE T NAME(sub)(T a, T b) { return a - b; }
INLINE T NAME(mul)(T a, T b) { return a * b; }
INLINE T NAME(div)(T a, T b) { return a / b; }
INLINE T NAME(max)(T a, T b) { return a != a || a >= b ? a : b; }
INLINE T NAME(min)(T a, T b) { return a != a || a <= b ? a : b; }
INLINE T NAME(ceil)(T a) { return -NAME(floor)(-a); }
INLINE T NAME(trunc)(T a) { return NAME(signed)(NAME(floor)(NAME(abs)(a)), a); }
INLINE T NAME(copysign)(T a, T b) { return NAME(signed)(NAME(abs)(a), b); }
INLINE T NAME(fmax)(T a, T b) { return b != b || a >= b ? a : b; }
INLINE T NAME(fmin)(T a, T b) { return b != b || a <= b ? a : b; }
/* clang-format on */

/* To the nearest whole number, of two the even one: sums from HALVES on are whole. */
INLINE T NAME(rint)(T a)
{
    T size = NAME(abs)(a);
    return NAME(signed)(size < HALVES ? (size + HALVES) - HALVES : size, a);
}

UNARY(neg)
UNARY(abs)
UNARY(sign)
UNARY(floor)
UNARY(ceil)
UNARY(rint)
UNARY(trunc)
FUNCTION(exp2)
FUNCTION(expm1)
FUNCTION(asin)
FUNCTION(acos)
FUNCTION(sinh)
FUNCTION(cosh)
FUNCTION(atanh)
UNARY(sqrt)
FUNCTION(erf)
UNARY(relu)
BINARY(add)
BINARY(sub)
BINARY(mul)
TWO(div, _vv, SSI_VV, each2, T, GROUP(T))
TWO(div, _sv, SSI_SV, each2, T, GROUP(T))
BINARY(max)
BINARY(min)

/* By a power of two, whose inverse has no rounding: a product, which is the quotient to the bit and takes a quarter of the time. */
ROUTINE(div_vs)
{
    static const ending end = {NAME(div_vs), GROUP(T), sizeof(T), sizeof(T), 0, 0};
    const T by = *(const T *)b, inverse = 1 / by;
    int power;
    if (fabs(frexp((double)by, &power)) == 0.5 && -100 < power && power < 100) {
        NAME(mul_vs)(d, a, &inverse, c, n);
        return;
    }
    NAME(each2)(NAME(div), d, a, b, n, GROUP(T), SSI_VS);
    finish(d, a, b, c, n, &end);
}

FUNCTION_VV(hypot)
BINARY_VV(copysign)
BINARY_VV(fmax)
BINARY_VV(fmin)
TRUTH
RELATION(eq)
RELATION(ne)
RELATION(lt)
RELATION(le)

#ifndef WIDE_ELEMENTS /* what AVX-512 has ways of its own for: wide_f32.h, wide_f64.h */
FUNCTION(exp)
FUNCTION(sigmoid)
FUNCTION(log)
FUNCTION(log2)
FUNCTION(log10)
FUNCTION(log1p)
FUNCTION(asinh)
FUNCTION(acosh)
FUNCTION(cbrt)
FUNCTION(atan)
FUNCTION_VV(pow)
FUNCTION_VV(atan2)
#endif
#ifndef WIDE_FLOATS /* wide_f32.h */
FUNCTION(tanh)
#endif

#include "cpu/map_rare.h"
