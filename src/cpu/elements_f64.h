/*
 * elements_f64.h - functions of one double. The transcendental ones are the C library's: doubles are for checking, not for speed.
 */
#ifndef SSI_SRC_ELEMENTS_F64_H
#define SSI_SRC_ELEMENTS_F64_H

#include <math.h>

#include "cpu/elements_f32.h"

INLINE double abs_f64(double x)
{
    return double_of(bits_f64(x) & ~(1ull << 63));
}

/* |x| with the sign of y, for x >= 0. */
INLINE double signed_f64(double x, double y)
{
    return double_of(bits_f64(x) | (bits_f64(y) & 1ull << 63));
}

INLINE double exp_f64(double x)
{
    return exp(x);
}
INLINE double log_f64(double x)
{
    return log(x);
}
INLINE double tanh_f64(double x)
{
    return tanh(x);
}
INLINE double erf_f64(double x)
{
    return erf(x);
}
INLINE double pow_f64(double x, double y)
{
    return pow(x, y);
}
INLINE double sin_f64(double x)
{
    return sin(x);
}
INLINE double cos_f64(double x)
{
    return cos(x);
}

INLINE double exp2_f64(double x)
{
    return exp2(x);
}
INLINE double expm1_f64(double x)
{
    return expm1(x);
}
INLINE double log2_f64(double x)
{
    return log2(x);
}
INLINE double log10_f64(double x)
{
    return log10(x);
}
INLINE double log1p_f64(double x)
{
    return log1p(x);
}
INLINE double cbrt_f64(double x)
{
    return cbrt(x);
}
INLINE double tan_f64(double x)
{
    return tan(x);
}
INLINE double asin_f64(double x)
{
    return asin(x);
}
INLINE double acos_f64(double x)
{
    return acos(x);
}
INLINE double atan_f64(double x)
{
    return atan(x);
}
INLINE double sinh_f64(double x)
{
    return sinh(x);
}
INLINE double cosh_f64(double x)
{
    return cosh(x);
}
INLINE double asinh_f64(double x)
{
    return asinh(x);
}
INLINE double acosh_f64(double x)
{
    return acosh(x);
}
INLINE double atanh_f64(double x)
{
    return atanh(x);
}
INLINE double hypot_f64(double x, double y)
{
    return hypot(x, y);
}
INLINE double atan2_f64(double y, double x)
{
    return atan2(y, x);
}

/* Through e^-|x|, which cannot overflow. */
INLINE double sigmoid_f64(double x)
{
    double e = exp(-abs_f64(x));
    return (x < 0 ? e : 1.0) / (1.0 + e);
}

#endif
