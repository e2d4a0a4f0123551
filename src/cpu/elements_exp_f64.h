/*
 * elements_exp_f64.h - e^x and what is made of it, of one double: branch-free, so that a loop over them becomes vector code.
 */
#ifndef SSI_SRC_ELEMENTS_EXP_F64_H
#define SSI_SRC_ELEMENTS_EXP_F64_H

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

/* What the product p = a*b has lost in its rounding. */
INLINE double product_error(double a, double b, double p)
{
#if defined(__FMA__) || defined(__aarch64__)
    return __builtin_fma(a, b, -p);
#else /* Dekker: halves of 26 bits */
    double as = a * 0x1.000002p27, bs = b * 0x1.000002p27, ah = as - (as - a), bh = bs - (bs - b), al = a - ah,
           bl = b - bh;
    return ((ah * bh - p) + ah * bl + al * bh) + al * bl;
#endif
}

/* ln 2 as a head whose product with any exponent is exact, and the rest. */
static const double ln2_head_f64 = 0x1.62e42fefa38p-1, ln2_tail_f64 = 0x1.ef35793c7673p-45;

/* Whole numbers k are held as k + round_f64, whose lowest bits are k's. */

/* 2^(k + more), which is a normal number. */
INLINE double power_of_two(double shifted, int more)
{
    return double_of((bits_f64(shifted) << 52) + ((uint64_t)(1023 + more) << 52));
}

/* 2^k p for p about 1, rounded once: 2^k alone may not be a normal number, so half of k goes into p's exponent first. */
INLINE double scaled_f64(double p, double shifted)
{
    uint64_t k = bits_f64(shifted), half = k >> 1 << 52;
    return double_of(bits_f64(p) + half) * double_of((k << 52) - half + 0x3ff0000000000000u);
}

/* e^x - 1 = 2^k (1 + q) - 1. */
typedef struct exponent {
    double shifted, q;
} exponent;

/* q = e^(r + low) - 1, |r| <= 0.3466, low far less. */
INLINE double expm1_near_f64(double r, double low)
{
    double t = r * r;
    double even = 0x1.1f1df861867b8p-29, odd = 0x1.af4eb2c07ae2bp-26;
    even = FMA64(even, t, 0x1.27e50df74fa98p-22);
    odd = FMA64(odd, t, 0x1.71de01b87ef46p-19);
    even = FMA64(even, t, 0x1.a01a0191f88a4p-16);
    odd = FMA64(odd, t, 0x1.a01a01ac1a74p-13);
    even = FMA64(even, t, 0x1.6c16c16c199d4p-10);
    odd = FMA64(odd, t, 0x1.1111111110056p-7);
    even = FMA64(even, t, 0x1.555555555555p-5);
    odd = FMA64(odd, t, 0x1.5555555555557p-3);
    even = FMA64(even, t, 0x1p-1);
    return r + FMA64(t, FMA64(odd, r, even), low);
}

/* Of high + low; where e^high is beyond a double's range, anything. */
INLINE exponent exponent_f64(double high, double low)
{
    double shifted = FMA64(high, 0x1.71547652b82fep0, round_f64), k = shifted - round_f64;
    double r = FMA64(k, -ln2_head_f64, high); /* exact */
    double rest = FMA64(k, -ln2_tail_f64, low), sum = r + rest;
    return (exponent){shifted, expm1_near_f64(sum, (r - sum) + rest)};
}

/* y between two limits of x, 0 below and infinite above; NaN of a NaN. */
INLINE double between_f64(double x, double low, double y, double high)
{
    y = x < low ? 0.0 : y;
    return x < high ? y : x + INFINITY;
}

/* e^(high + low). */
INLINE double exp_sum_f64(double high, double low)
{
    exponent e = exponent_f64(high, low);
    return between_f64(high, -746.0, scaled_f64(1.0 + e.q, e.shifted), 710.0);
}

INLINE double exp_f64(double x)
{
    return exp_sum_f64(x, 0.0);
}

INLINE double exp2_f64(double x)
{
    double shifted = x + round_f64, r = x - (shifted - round_f64);
    double high = r * 0x1.62e42fefa39efp-1,
           low = FMA64(r, 0x1.abc9e3b39803fp-56, product_error(r, 0x1.62e42fefa39efp-1, high));
    return between_f64(x, -1076.0, scaled_f64(1.0 + expm1_near_f64(high, low), shifted), 1024.0);
}

/* Beyond it sinh and cosh are infinite. */
static const double most_sinh = 710.5;

/* (e^x - 1)/2 for -40 <= x <= most_sinh: halved, for it may be finite where e^x is not. */
INLINE double half_expm1_f64(double x)
{
    exponent e = exponent_f64(x, 0.0);
    double quarter = power_of_two(e.shifted, -2); /* 2^(k - 1) alone may overflow */
    return 2.0 * FMA64(quarter, e.q, quarter - 0.25);
}

INLINE double expm1_f64(double x)
{
    double y = 2.0 * half_expm1_f64(x);
    y = x < -40.0 ? -1.0 : y;
    y = x < most_sinh ? y : x + INFINITY;
    return abs_f64(x) < 0x1p-54 ? x : y;
}

INLINE double sinh_f64(double x)
{
    double a = abs_f64(x), half = half_expm1_f64(a);
    double y = half + 0.5 * (half < 0x1p60 ? half / (half + 0.5) : 1.0);
    y = a < 0x1p-28 ? a : y;
    return signed_f64(a < most_sinh ? y : a + INFINITY, x);
}

INLINE double cosh_f64(double x)
{
    double a = abs_f64(x);
    exponent e = exponent_f64(a, 0.0);
    double quarter = power_of_two(e.shifted, -2), half = 2.0 * FMA64(quarter, e.q, quarter);
    double y = half + 0.25 / half;
    return a < most_sinh ? y : a + INFINITY;
}

INLINE double tanh_f64(double x)
{
    double a = abs_f64(x), half = half_expm1_f64(a > 22.0 ? 44.0 : 2.0 * a);
    double y = half / (half + 1.0);
    return signed_f64(a < 0x1p-28 ? a : y, x);
}

/* Through e^-|x|, which cannot overflow. */
INLINE double sigmoid_f64(double x)
{
    double e = exp_f64(-abs_f64(x)), sum = 1.0 + e, lost = e - (sum - 1.0);
    double y = (x < 0.0 ? e : 1.0) / sum;
    return FMA64(-y * lost, x < 0.0 ? 1.0 - y : y, y); /* what the sum lost, times 1/sum */
}

INLINE double erf_f64(double x)
{
    double a = abs_f64(x), t = a * a;
    double b = a < 6.0 ? a : 6.0; /* from here on erf is 1; t of NaN stays */
    double p = -0x1.caf1fc4dda30fp-31;
    p = FMA64(p, t, 0x1.e05d77a0b7dfap-27);
    p = FMA64(p, t, -0x1.5d3638ab081dp-23);
    p = FMA64(p, t, 0x1.b9ab9101fdf88p-20);
    p = FMA64(p, t, -0x1.f4ce360d026b7p-17);
    p = FMA64(p, t, 0x1.f9a2f3cd3d434p-14);
    p = FMA64(p, t, -0x1.c02db25142b8ep-11);
    p = FMA64(p, t, 0x1.565bcd04fdd27p-8);
    p = FMA64(p, t, -0x1.b82ce31246424p-6);
    p = FMA64(p, t, 0x1.ce2f21a041b29p-4);
    p = FMA64(p, t, -0x1.812746b0379c7p-2);
    p = FMA64(p, t, 0x1.06eba8214db68p-3);
    double near = FMA64(p, a, a);
    double u = (b - 2.0) / (b + 2.0);
    /* erfc(b) e^(b^2), 0.9 <= b: 2^-57 absolutely in erf */
    double q = 0x1.c6970b1e3aadfp-20;
    q = FMA64(q, u, 0x1.57811a8e4e569p-22);
    q = FMA64(q, u, -0x1.d6ac24b08a9aap-17);
    q = FMA64(q, u, -0x1.cc819cbe8445ap-16);
    q = FMA64(q, u, 0x1.ce7b10127a97cp-16);
    q = FMA64(q, u, 0x1.6da8f0fb1737p-13);
    q = FMA64(q, u, 0x1.6d5a2793bf553p-15);
    q = FMA64(q, u, -0x1.016b615a9f3c3p-10);
    q = FMA64(q, u, -0x1.bc25a36732d48p-11);
    q = FMA64(q, u, 0x1.ca95ed5b3e612p-8);
    q = FMA64(q, u, 0x1.e9471597cfd8ap-9);
    q = FMA64(q, u, -0x1.437f0b68c1a44p-4);
    q = FMA64(q, u, 0x1.eeea7dc8a7869p-3);
    q = FMA64(q, u, -0x1.b57034efd3f71p-2);
    q = FMA64(q, u, 0x1.058671b52c776p-2);
    exponent e = exponent_f64(-b * b, 0.0);
    double far = 1.0 - q * scaled_f64(1.0 + e.q, e.shifted);
    far = x != x ? x : far;
    return signed_f64(a >= 0.9 ? far : near, x);
}
#endif
