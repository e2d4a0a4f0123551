/*
 * elements_gamma.h - the logarithm of the gamma function and its derivative, of one double. They are rare, so they are no vector code.
 */
#ifndef SSI_SRC_ELEMENTS_GAMMA_H
#define SSI_SRC_ELEMENTS_GAMMA_H

#include <math.h>

#include "cpu/isa.h"

INLINE double lgamma_f64(double x)
{
    int sign;
    return lgamma_r(x, &sign); /* lgamma writes a global variable, which threads may not share */
}

static const double pi_f64 = 0x1.921fb54442d18p1;

/* Within 1e-15 absolutely or relatively; near a root only the former. Poles: NaN, but -+infinity at +-0. */
NOINLINE double digamma_f64(double x)
{
    if (x == 0)
        return copysign(INFINITY, -x);
    double y = 0;
    if (x < -0.5) { /* digamma(1-x) - pi/tan(pi x) */
        double part = x - floor(x);
        if (!(part > 0))
            return NAN;
        y = part == 0.5 ? 0 : -pi_f64 / tan(pi_f64 * (part > 0.5 ? part - 1 : part));
        x = 1 - x;
    }
    for (; x < 10; x++)
        y -= 1 / x;
    double t = 1 / (x * x); /* the Bernoulli numbers B_2k/2k */
    double p = 3617.0 / 8160;
    p = p * t - 1.0 / 12;
    p = p * t + 691.0 / 32760;
    p = p * t - 1.0 / 132;
    p = p * t + 1.0 / 240;
    p = p * t - 1.0 / 252;
    p = p * t + 1.0 / 120;
    p = p * t - 1.0 / 12;
    return y + (log(x) - 0.5 / x) + (isinf(x) ? 0 : p * t);
}

#endif
