/*
 * elements_f32.h - functions of one float, branch-free so that a loop over them becomes vector code. Each is within 2 ulp of the truth for
 * every float, denormal results included; tests/cpu/test_vector_accuracy.c measures them all.
 *
 * Polynomials are minimax fits made with Sollya's fpminimax; the bound behind each is its own error on its interval, relative unless said.
 */
#ifndef SSI_SRC_ELEMENTS_F32_H
#define SSI_SRC_ELEMENTS_F32_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "cpu/isa.h"

INLINE uint32_t bits_f32(float x)
{
    uint32_t u;
    memcpy(&u, &x, sizeof u);
    return u;
}

INLINE float float_of(uint32_t u)
{
    float x;
    memcpy(&x, &u, sizeof x);
    return x;
}

INLINE uint64_t bits_f64(double x)
{
    uint64_t u;
    memcpy(&u, &x, sizeof u);
    return u;
}

INLINE double double_of(uint64_t u)
{
    double x;
    memcpy(&x, &u, sizeof x);
    return x;
}

INLINE float abs_f32(float x)
{
    return float_of(bits_f32(x) & 0x7fffffffu);
}

/* |x| with the sign of y, for x >= 0. */
INLINE float signed_f32(float x, float y)
{
    return float_of(bits_f32(x) | (bits_f32(y) & 0x80000000u));
}

INLINE double sqrt_f64(double x)
{
    return __builtin_sqrt(x);
}
INLINE float sqrt_f32(float x)
{
    return __builtin_sqrtf(x);
}

/* Adding it rounds to an integer, which then stands in the lowest bits of the sum: |x| < 2^22 (2^51). */
static const float round_f32 = 0x1.8p23f;
static const double round_f64 = 0x1.8p52;

/* Sets without an instruction for it round by adding, and correct what was rounded up. Numbers from 2^23 (2^52) on are whole. */
#if defined(__SSE4_1__) || defined(__aarch64__)
INLINE float floor_f32(float x)
{
    return __builtin_floorf(x);
}
INLINE double floor_f64(double x)
{
    return __builtin_floor(x);
}
#else
INLINE float floor_f32(float x)
{
    float a = abs_f32(x), whole = signed_f32((a + 0x1p23f) - 0x1p23f, x);
    whole = whole > x ? whole - 1.0f : whole;
    return a < 0x1p23f ? whole : x;
}

INLINE double floor_f64(double x)
{
    double a = double_of(bits_f64(x) & ~(1ull << 63)), near = (a + 0x1p52) - 0x1p52;
    double whole = double_of(bits_f64(near) | (bits_f64(x) & 1ull << 63));
    whole = whole > x ? whole - 1.0 : whole;
    return a < 0x1p52 ? whole : x;
}
#endif

/* ln 2 as a head whose product with any exponent is exact, and the rest. */
static const float ln2_head = 0x1.63p-1f, ln2_tail = -0x1.bd0106p-13f;

/* x between low < 0 and high > 0, and one of them for NaN. As bits: positive floats are ordered as integers, negative ones the other way round and
 * beyond all positive ones when unsigned. */
INLINE float limited_f32(float x, float low, float high)
{
    uint32_t u = bits_f32(x) < bits_f32(low) ? bits_f32(x) : bits_f32(low);
    int32_t i = (int32_t)u < (int32_t)bits_f32(high) ? (int32_t)u : (int32_t)bits_f32(high);
    return float_of((uint32_t)i);
}

/* Whole numbers k are held as k + round_f32, whose lowest bits are k's. */

/* 2^(k + more), which is a normal number. */
INLINE float power_of_two_f32(float shifted, int more)
{
    return float_of((bits_f32(shifted) << 23) + ((uint32_t)(127 + more) << 23));
}

/* 2^k p for p about 1, rounded once: 2^k alone may not be a normal number, so half of k goes into p's exponent first. */
INLINE float scaled_f32(float p, float shifted)
{
    uint32_t k = bits_f32(shifted), half = k >> 1 << 23;
    return float_of(bits_f32(p) + half) * float_of((k << 23) - half + 0x3f800000u);
}

/* e^x - 1 = 2^k (1 + q) - 1. */
typedef struct exponent_f32 {
    float shifted, q;
} exponent_f32;

/* |x| < 1000. */
INLINE exponent_f32 exponent_of_f32(float x)
{
    float shifted = FMA32(x, 0x1.715476p0f, round_f32), k = shifted - round_f32;
    float r = FMA32(k, -ln2_tail, FMA32(k, -ln2_head, x)); /* |r| <= 0.3472: 3e-9 */
    float p = 0x1.6a5c5ep-10f;
    p = FMA32(p, r, 0x1.123ae4p-7f);
    p = FMA32(p, r, 0x1.5558a4p-5f);
    p = FMA32(p, r, 0x1.55549p-3f);
    p = FMA32(p, r, 0x1.fffffcp-2f);
    return (exponent_f32){shifted, FMA32(p, r * r, r)};
}

/* e^x for -104 <= x <= 89, which are 0 and infinity. */
INLINE float exp_limited_f32(float x)
{
    exponent_f32 e = exponent_of_f32(x);
    return scaled_f32(1.0f + e.q, e.shifted);
}

INLINE float exp_f32(float x)
{
    float y = exp_limited_f32(limited_f32(x, -104.0f, 89.0f));
    return x != x ? x : y;
}

/* x = 2^e (1 + f), 2/3 <= 1 + f < 4/3; log(1 + f) = f + rest; and 2^-e. */
typedef struct mantissa_f32 {
    float e, f, rest, scale;
} mantissa_f32;

/* x > 0 and finite. One select alone depends on x's size: compilers make of two a branch, and compute all between them twice. */
INLINE mantissa_f32 mantissa_of_f32(float x)
{
    uint32_t raised = x < 0x1p-126f ? (uint32_t)23 << 23 : 0;
    float normal = x * float_of(0x3f800000u + raised);
    uint32_t from = bits_f32(normal) - 0x3f2aaaabu - raised; /* 2/3 becomes 0 */
    float e = (float)((int32_t)from >> 23);
    float f = float_of((from & 0x7fffffu) + 0x3f2aaaabu) - 1.0f;
    float p = -0x1.080f4ep-3f; /* log(1+f) = f - f^2/2 + f^3 p: 5e-9 */
    p = FMA32(p, f, 0x1.1e77d6p-3f);
    p = FMA32(p, f, -0x1.f30d5ep-4f);
    p = FMA32(p, f, 0x1.1ed37ep-3f);
    p = FMA32(p, f, -0x1.559de8p-3f);
    p = FMA32(p, f, 0x1.99d064p-3f);
    p = FMA32(p, f, -0x1.fffefp-3f);
    p = FMA32(p, f, 0x1.555506p-2f);
    float square = f * f;
    return (mantissa_f32){e, f, FMA32(p * f, square, square * -0.5f), float_of(0x3f800000u - (from & 0xff800000u))};
}

/* y = log x where x has one. */
INLINE float log_domain_f32(float y, float x)
{
    y = x < INFINITY ? y : x; /* infinity and NaN */
    y = x == 0.0f ? -INFINITY : y;
    return x < 0.0f ? NAN : y;
}

INLINE float log_f32(float x)
{
    mantissa_f32 m = mantissa_of_f32(x);
    float rest = FMA32(m.e, ln2_tail, m.rest);
    return log_domain_f32(FMA32(m.e, ln2_head, m.f + rest), x);
}

INLINE float tanh_f32(float x)
{
    float a = abs_f32(x), t = a * a;
    float p = -0x1.978d3cp-8f; /* tanh(a)/a - 1 in t = a^2, a < 0.56: 1e-9 */
    p = FMA32(p, t, 0x1.58a90ep-6f);
    p = FMA32(p, t, -0x1.b918fp-5f);
    p = FMA32(p, t, 0x1.110cdap-3f);
    p = FMA32(p, t, -0x1.55554ap-2f);
    float near = FMA32(p * t, a, a);
    float far = 1.0f - 2.0f / (exp_limited_f32(limited_f32(2.0f * a, -1.0f, 20.0f)) + 1.0f); /* tanh(10) is 1 */
    return signed_f32(a >= 0.56f ? far : near, x);
}

/* Through e^-|x|, which cannot overflow. */
INLINE float sigmoid_f32(float x)
{
    float e = exp_limited_f32(limited_f32(-abs_f32(x), -104.0f, 1.0f)), sum = 1.0f + e, lost = e - (sum - 1.0f);
    float y = (x < 0.0f ? e : 1.0f) / sum;
    y = FMA32(-y * lost, x < 0.0f ? 1.0f - y : y, y); /* what the sum lost, times 1/sum */
    return x != x ? x : y;
}

INLINE float erf_f32(float x)
{
    float a = abs_f32(x), t = a * a;
    float p = 0x1.5d7c98p-14f; /* erf(a)/a - 1 in t = a^2, a < 0.92: 1e-9 */
    p = FMA32(p, t, -0x1.aa55c4p-11f);
    p = FMA32(p, t, 0x1.54c62ap-8f);
    p = FMA32(p, t, -0x1.b80db8p-6f);
    p = FMA32(p, t, 0x1.ce2df2p-4f);
    p = FMA32(p, t, -0x1.812742p-2f);
    p = FMA32(p, t, 0x1.06eba8p-3f);
    float near = FMA32(p, a, a);
    float b = limited_f32(a, -1.0f, 3.95f); /* from here on erf is 1 */
    float q = 0x1.98d4bp-13f;               /* log(1 - erf(b)), 0.92 <= b: 4e-9 absolute in erf */
    q = FMA32(q, b, -0x1.8da182p-9f);
    q = FMA32(q, b, 0x1.6b8e86p-6f);
    q = FMA32(q, b, -0x1.a9653ap-4f);
    q = FMA32(q, b, -0x1.4647b4p-1f);
    q = FMA32(q, b, -0x1.20ac3p0f);
    q = FMA32(q, b, -0x1.b225eap-13f);
    float far = 1.0f - exp_limited_f32(q);
    return signed_f32(a >= 0.92f ? far : near, x);
}

/* An angle as quarter*(pi/2) + rest + tail, |rest| <= pi/4, the tail less than rest's last bit. */
typedef struct reduced {
    float rest, tail;
    uint32_t quarter; /* its lowest two bits count */
} reduced;

INLINE reduced reduced_to(double rest, uint32_t quarter)
{
    return (reduced){(float)rest, (float)(rest - (double)(float)rest), quarter};
}

/* Where reduce_f32 ends: there a quarter still is exact in pi/2's head below. */
static const float huge_f32 = 0x1p25f;

/* In double: no float of this range is nearer than 1e-9 to a multiple of pi/2, so 2^-53 of head and tail leave all of a float's bits. */
INLINE reduced reduce_f32(float x)
{
    double shifted = (double)x * 0x1.45f306dc9c883p-1 + round_f64;
    double k = shifted - round_f64;
    double rest =
        ((double)x - k * 0x1.921fb54p0) - k * 0x1.10b4611a62633p-30; /* pi/2: 27 bits of head, exact products */
    return reduced_to(rest, (uint32_t)bits_f64(shifted));
}

/* The same for huge and infinite x, after Payne and Hanek: of x*(2/pi) only the bits of value below 4 matter, so only a window of the
 * bits of 2/pi is multiplied. */
NOINLINE reduced reduce_huge_f32(float x)
{
    static const uint32_t two_over_pi[] = {0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0,
                                           0xdb629599, 0x3c439041, 0xfe5163ab, 0xdebbc561};
    uint32_t u = bits_f32(x) & 0x7fffffffu;
    if (u >= 0x7f800000u)
        return reduced_to(NAN, 0);
    uint64_t m = (u & 0x7fffffu) | 0x800000u;
    unsigned skip = (u >> 23) - 152; /* |x| = m*2^(skip+2): the first `skip` bits of 2/pi give multiples of 4 */
    const uint32_t *word = two_over_pi + skip / 32;
    unsigned shift = skip % 32;
    uint64_t high = ((uint64_t)word[0] << 32 | word[1]) << shift | (uint64_t)word[2] >> (32 - shift);
    uint64_t low = (uint32_t)(((uint64_t)word[2] << 32 | word[3]) << shift >> 32);
    uint64_t turns = m * high + (m * low >> 32); /* in 2^-62 quarters, modulo 4 of them */
    uint32_t quarter = (uint32_t)((turns + (1ull << 61)) >> 62);
    double rest = (double)(int64_t)(turns - ((uint64_t)quarter << 62)) * 0x1.921fb54442d18p-62;
    return x < 0 ? reduced_to(-rest, 0u - quarter) : reduced_to(rest, quarter);
}

/* sin(quarter*(pi/2) + rest): a slope of at most 1 leaves the tail below the last bit. */
INLINE float sin_reduced_f32(float r, uint32_t quarter)
{
    float t = r * r;
    float s = -0x1.9952ecp-13f; /* 4e-9 */
    s = FMA32(s, t, 0x1.110776p-7f);
    s = FMA32(s, t, -0x1.555546p-3f);
    s = signed_f32(FMA32(s * t, abs_f32(r), abs_f32(r)), r); /* keeps -0 */
    float c = 0x1.99e8fcp-16f;                               /* 1e-10 */
    c = FMA32(c, t, -0x1.6c0c2ap-10f);
    c = FMA32(c, t, 0x1.55554ap-5f);
    c = FMA32(c * t, t, FMA32(t, -0.5f, 1.0f));
    float y = quarter & 1 ? c : s;
    return float_of(bits_f32(y) ^ (quarter & 2) << 30);
}

/* Of |x| by a double's bits: x > 0 and finite, float or not. */
INLINE double log2_of_float(double x)
{
    uint64_t from =
        bits_f64(x) - 0x3fe6a09e667f3bcdu + (uint64_t)1023 * ((uint64_t)1 << 52); /* sqrt(1/2) becomes 1023 << 52 */
    double e = double_of(0x4330000000000000u | from >> 52) - (0x1p52 + 1023);
    double f = double_of((from & 0xfffffffffffffu) + 0x3fe6a09e667f3bcdu) - 1.0;
    double p = 0x1.3ce8efa918e89p-4; /* log2(1+f)/f: 2e-11 */
    p = FMA64(p, f, -0x1.24890543a8007p-3);
    p = FMA64(p, f, 0x1.2871db1c9daeep-3);
    p = FMA64(p, f, -0x1.252f318c78f94p-3);
    p = FMA64(p, f, 0x1.45291a0476026p-3);
    p = FMA64(p, f, -0x1.71417199c271fp-3);
    p = FMA64(p, f, 0x1.a63f445b781bdp-3);
    p = FMA64(p, f, -0x1.ec72b58d80821p-3);
    p = FMA64(p, f, 0x1.277651fc44e6dp-2);
    p = FMA64(p, f, -0x1.71547097b6002p-2);
    p = FMA64(p, f, 0x1.ec709ebb9409ep-2);
    p = FMA64(p, f, -0x1.715476565d244p-1);
    p = FMA64(p, f, 0x1.71547652a1e99p0);
    return FMA64(p, f, e);
}

/* 2^t for a float's range: infinite and 0 beyond it once rounded. */
INLINE double exp2_to_float(double t)
{
    t = t > 200.0 ? 200.0 : t;
    t = t < -200.0 ? -200.0 : t;
    double shifted = t + round_f64;
    double r = t - (shifted - round_f64);
    double p = 0x1.41fbbc91efe2ep-13; /* |r| <= 1/2: 2e-9 */
    p = FMA64(p, r, 0x1.5f3e52f138af3p-10);
    p = FMA64(p, r, 0x1.3b2d4cf0fbd52p-7);
    p = FMA64(p, r, 0x1.c6aee88e97a4p-5);
    p = FMA64(p, r, 0x1.ebfbdc3c31671p-3);
    p = FMA64(p, r, 0x1.62e430af270cbp-1);
    p = FMA64(p, r, 1.0);
    return p * double_of((bits_f64(shifted) << 52) + 0x3ff0000000000000u);
}

/* 2^(y log2 |x|) in double, whose range no float can leave; then the sign and the cases of C's pow. */
INLINE float pow_f32(float x, float y)
{
    float a = abs_f32(x), b = abs_f32(y);
    double l = log2_of_float((double)a);
    l = a == 0.0f ? -INFINITY : a < INFINITY ? l : (double)a;
    float z = (float)exp2_to_float((double)y * l);
    double nearest = ((double)y + round_f64) - round_f64, half = (double)y * 0.5;
    bool whole = b >= 0x1p24f || nearest == (double)y;
    bool odd = b < 0x1p24f && whole && (half + round_f64) - round_f64 != half;
    z = odd ? signed_f32(z, x) : z;
    z = x < 0.0f && x > -INFINITY && !whole ? NAN : z;
    return x == 1.0f || y == 0.0f || (x == -1.0f && b == INFINITY) ? 1.0f : z;
}

#endif
