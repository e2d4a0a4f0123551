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

/* Through e^-|x|, which cannot overflow. */
INLINE double sigmoid_f64(double x)
{
    double e = exp(-abs_f64(x));
    return (x < 0 ? e : 1.0) / (1.0 + e);
}

#endif
