/*
 * elements_log_f64.h - logarithms, what is made of them, and roots, of one double: branch-free, so that a loop over them becomes vector code.
 */
#ifndef SSI_SRC_ELEMENTS_LOG_F64_H
#define SSI_SRC_ELEMENTS_LOG_F64_H

#include "cpu/elements_exp_f64.h"

/* x = 2^e (1 + f), sqrt(1/2) <= 1 + f < sqrt(2); and 2^(1 - e) for e >= -1021. */
typedef struct mantissa {
    double e, f, twice;
} mantissa;

/* x > 0 and finite. One select alone depends on x's size: compilers make of two a branch, and compute all between them twice. */
INLINE mantissa mantissa_f64(double x)
{
    const uint64_t bias = (uint64_t)(1023 + 64) << 52; /* more than an exponent's own, for 54 to be taken from it */
    uint64_t raised = x < 0x1p-1022 ? (uint64_t)54 << 52 : 0;
    double normal = x * double_of(0x3ff0000000000000u + raised);
    uint64_t from = bits_f64(normal) + (bias - 0x3fe6a09e667f3bcdu) - raised; /* sqrt(1/2) becomes the bias */
    mantissa m;
    m.e = double_of(0x4330000000000000u | from >> 52) - (0x1p52 + 1023 + 64);
    m.f = double_of((from & 0xfffffffffffffu) + 0x3fe6a09e667f3bcdu) - 1.0;
    m.twice = double_of(bias + 0x4000000000000000u - (from & 0xfff0000000000000u));
    return m;
}

/* y = log x where x has one. */
INLINE double log_domain(double y, double x)
{
    y = x < INFINITY ? y : x; /* infinity and NaN */
    y = x == 0.0 ? -INFINITY : y;
    return x < 0.0 ? NAN : y;
}

/* log(1 + f) = f - (half - rest), where half = f*f/2: by s = f/(2 + f), log((1 + s)/(1 - s)) = 2s + s s^2 (2/3 + ...). */
INLINE double log_rest_f64(double s, double half)
{
    double t = s * s;
    double p = 0x1.2b58bfd81518p-3;
    p = FMA64(p, t, 0x1.39fe59b326cfap-3);
    p = FMA64(p, t, 0x1.7462b4b7deac3p-3);
    p = FMA64(p, t, 0x1.c71c62e659d66p-3);
    p = FMA64(p, t, 0x1.2492492deee3cp-2);
    p = FMA64(p, t, 0x1.9999999995322p-2);
    p = FMA64(p, t, 0x1.5555555555558p-1);
    return s * FMA64(p, t, half);
}

INLINE double log_f64(double x)
{
    mantissa m = mantissa_f64(x);
    double f = m.f, half = 0.5 * f * f, rest = log_rest_f64(f / (2.0 + f), half);
    return log_domain(FMA64(m.e, ln2_head_f64, f - (half - FMA64(m.e, ln2_tail_f64, rest))), x);
}

/* log(x + low), and ln 2 `more` times; low is less than x's last place. */
INLINE double log_sum_f64(double x, double low, double more)
{
    mantissa m = mantissa_f64(x);
    double e = m.e + more, f = m.f, s = f / (2.0 + f), half = 0.5 * f * f;
    double part = low * m.twice * FMA64(s, s - 1.0, 0.5); /* low/x but for s^3 of it */
    double rest = log_rest_f64(s, half) + FMA64(e, ln2_tail_f64, part);
    return FMA64(e, ln2_head_f64, f - (half - rest));
}

/* e*unit + log(x/2^e)/log(base), the factor 1/log(base) given as its nearest double and a tail, and unit, the logarithm of 2, as a head whose product
 * with any e is exact, and a tail. */
INLINE double log_based_f64(double x, double head, double tail, double unit, double unit_tail)
{
    mantissa m = mantissa_f64(x);
    double f = m.f, half = 0.5 * f * f, less = half - log_rest_f64(f / (2.0 + f), half);
    double low = FMA64(m.e, unit_tail, FMA64(f, tail, -less * head));
    return log_domain(FMA64(m.e, unit, FMA64(f, head, low)), x);
}

INLINE double log2_f64(double x)
{
    return log_based_f64(x, 0x1.71547652b82fep0, 0x1.777d0ffda0d24p-56, 1.0, 0.0);
}

INLINE double log10_f64(double x)
{
    return log_based_f64(x, 0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57, 0x1.34413509f78p-2, 0x1.fef311f12b358p-46);
}

/* log(1 + x), x > -1; or, where x is so huge that 1 is nothing, log(2x). */
INLINE double log1p_sum_f64(double x, bool huge)
{
    double sum = 1.0 + x, back = sum - 1.0, low = (1.0 - (sum - back)) + (x - back);
    return log_sum_f64(huge ? x : sum, huge ? 0.0 : low, huge ? 1.0 : 0.0);
}

INLINE double log1p_f64(double x)
{
    double y = log_domain(log1p_sum_f64(x, false), 1.0 + x);
    return abs_f64(x) < 0x1p-54 ? x : y;
}

/* From the larger one, to which the other adds log(1 + e^-distance). Equal infinities have no distance. */
INLINE double logaddexp_f64(double a, double b)
{
    double distance = a == b ? 0.0 : abs_f64(a - b), y = (a > b ? a : b) + log1p_sum_f64(exp_f64(-distance), false);
    return distance != distance ? distance : y;
}

/* log(a + sqrt(a^2 + 1)). */
INLINE double asinh_f64(double x)
{
    double a = abs_f64(x);
    bool huge = a >= 0x1p28;
    double b = huge ? 1.0 : a, t = b * b, near = b + t / (1.0 + sqrt_f64(t + 1.0));
    double y = log1p_sum_f64(huge ? a : near, huge);
    y = a < INFINITY ? y : a;
    return signed_f64(a < 0x1p-28 ? a : y, x);
}

/* log(x + sqrt(x^2 - 1)). */
INLINE double acosh_f64(double x)
{
    bool huge = x >= 0x1p28;
    double t = huge ? 1.0 : x - 1.0, near = t + sqrt_f64(FMA64(t, t, 2.0 * t));
    double y = log1p_sum_f64(huge ? x : near, huge);
    y = x < INFINITY ? y : x;
    return x < 1.0 ? NAN : y;
}

/* log(u/v)/2 for u = 1 + a, v = 1 - a: w = 2^k v is about u, and log(u/w) is that of (1 + s)/(1 - s). Where k = 0, s is a itself. */
INLINE double atanh_f64(double x)
{
    double a = abs_f64(x), b = a < 1.0 ? a : 0.0, u = 1.0 + b, v = 1.0 - b;
    uint64_t k = (bits_f64(u) - bits_f64(v) + ((uint64_t)1 << 51)) >> 52, power = k << 52;
    double w = double_of(bits_f64(v) + power), e = double_of(0x4330000000000000u | k) - 0x1p52;
    double u_low = b - (u - 1.0), w_low = ((1.0 - v) - b) * double_of(0x3ff0000000000000u + power);
    double s = ((u - w) + (u_low - w_low)) / (u + w);
    s = k == 0 ? b : s;
    double t = s * s, p = 0x1.172bbc06d2aabp-4; /* (atanh(s)/s - 1)/t, |s| <= 0.2: 6e-17 */
    p = FMA64(p, t, 0x1.0e78d7b7f17aap-4);
    p = FMA64(p, t, 0x1.3b2adbfffa477p-4);
    p = FMA64(p, t, 0x1.745ca510c503fp-4);
    p = FMA64(p, t, 0x1.c71c72f9545eep-4);
    p = FMA64(p, t, 0x1.24924923c70dfp-3);
    p = FMA64(p, t, 0x1.999999999a033p-3);
    p = FMA64(p, t, 0x1.5555555555555p-2);
    double y = FMA64(e, 0.5 * ln2_head_f64, s + FMA64(e, 0.5 * ln2_tail_f64, p * t * s));
    y = a < 1.0 ? y : a == 1.0 ? INFINITY : NAN;
    return signed_f64(y, x);
}

/* By Newton's method from 2^-17: first 1/cbrt, which needs no division, then the root itself. */
INLINE double cbrt_f64(double x)
{
    double a = abs_f64(x), normal = a < 0x1p-1022 ? a * 0x1p54 : a;
    uint64_t bits = bits_f64(normal);
    double e = double_of(0x4330000000000000u | bits >> 52) - (0x1p52 + 1023),
           m = double_of((bits & 0xfffffffffffffu) | 0x3ff0000000000000u);
    double third = floor_f64((e + 0.5) * (1.0 / 3.0)), left = FMA64(third, -3.0, e);
    double w = m * (left == 0.0 ? 1.0 : left == 1.0 ? 2.0 : 4.0);
    double y = -0x1.16d6f12f7ab0fp-6;
    y = FMA64(y, m, 0x1.3fa269b0731aap-3);
    y = FMA64(y, m, -0x1.321c5eac5cf81p-1);
    y = FMA64(y, m, 0x1.3e68b9ae90283p0);
    y = FMA64(y, m, -0x1.90e741f8a2daep0);
    y = FMA64(y, m, 0x1.c7f365bc192eep0);
    y *= left == 0.0 ? 1.0 : left == 1.0 ? 0x1.965fea53d6e3dp-1 : 0x1.428a2f98d728bp-1;
    double h = FMA64(-w * y, y * y, 1.0);
    y = FMA64(y * h, FMA64(h, 2.0 / 9.0, 1.0 / 3.0), y);
    double c = w * y * y, square = c * c;
    double excess = FMA64(square, c, -w) + product_error(c, c, square) * c;
    c = FMA64(excess * (y * y), -1.0 / 3.0, c);
    c *= power_of_two(third - (a < 0x1p-1022 ? 18.0 : 0.0) + round_f64, 0);
    c = a == 0.0 || !(a < INFINITY) ? a : c;
    return signed_f64(c, x);
}

/* A logarithm in two parts, to 2^-65 of itself. */
typedef struct two {
    double high, low;
} two;

/* Of x > 0 and finite. log(1 + f) = s*(2 + s^2*(2/3 + q)), where s = f/(2 + f), and all but q is in two parts. */
INLINE two log_two_f64(double x)
{
    mantissa m = mantissa_f64(x);
    double f = m.f, d = 2.0 + f, d_low = f - (d - 2.0), inverse = 1.0 / d;
    double s = f * inverse, p_sd = s * d;
    double s_low = (((f - p_sd) - product_error(s, d, p_sd)) - s * d_low) * inverse;
    double t = s * s, t_low = product_error(s, s, t) + 2.0 * s * s_low;
    double q = 0x1.08725aa344961p-3;
    q = FMA64(q, t, 0x1.1019461716bd2p-3);
    q = FMA64(q, t, 0x1.3b18b351c46ebp-3);
    q = FMA64(q, t, 0x1.745d0a0a02ef6p-3);
    q = FMA64(q, t, 0x1.c71c71d7aefdap-3);
    q = FMA64(q, t, 0x1.249249248e6e8p-2);
    q = FMA64(q, t, 0x1.999999999999ep-2);
    q *= t;
    double c = 0x1.5555555555555p-1 + q, c_low = (0x1.5555555555555p-1 - c) + q + 0x1.5555555555555p-55;
    double u = t * c, u_low = product_error(t, c, u) + (t * c_low + t_low * c);
    double v = 2.0 + u, v_low = (2.0 - v) + u + u_low;
    double l = s * v, l_low = product_error(s, v, l) + (s * v_low + s_low * v);
    double whole = m.e * ln2_head_f64, high = whole + l;
    return (two){high, ((whole - high) + l) + FMA64(m.e, ln2_tail_f64, l_low)};
}

/* e^(y log |x|), the exponent in two parts; then the sign and the cases of C's pow. */
INLINE double pow_f64(double x, double y)
{
    double a = abs_f64(x), b = abs_f64(y) > 0x1p66 ? signed_f64(0x1p66, y) : y;
    two l = log_two_f64(a);
    l.high = a == 0.0 ? -INFINITY : a < INFINITY ? l.high : a;
    double high = b * l.high, low = product_error(b, l.high, high) + b * l.low;
    double z = exp_sum_f64(high, abs_f64(high) < 1000.0 ? low : 0.0), half = y * 0.5;
    bool whole = floor_f64(y) == y, odd = whole && floor_f64(half) != half;
    z = odd ? signed_f64(z, x) : z;
    z = x < 0.0 && x > -INFINITY && !whole ? NAN : z;
    return x == 1.0 || y == 0.0 || (x == -1.0 && abs_f64(y) == INFINITY) ? 1.0 : z;
}

#endif
