/*
 * elements_more_f32.h - the rarer functions of one float, out of those of elements_f32.h; the same is said of them.
 */
#ifndef SSI_SRC_ELEMENTS_MORE_F32_H
#define SSI_SRC_ELEMENTS_MORE_F32_H

#include "cpu/elements_f32.h"

INLINE float exp2_f32(float x)
{
    float a = limited_f32(x, -151.0f, 129.0f), shifted = a + round_f32, r = a - (shifted - round_f32);
    float p = 0x1.d9f034p-17f;
    p = FMA32(p, r, 0x1.44176p-13f);
    p = FMA32(p, r, 0x1.5da9bp-10f);
    p = FMA32(p, r, 0x1.3b2a54p-7f);
    p = FMA32(p, r, 0x1.c6b06cp-5f);
    p = FMA32(p, r, 0x1.ebfbep-3f);
    p = FMA32(p, r, 0x1.62e43p-1f);
    float y = scaled_f32(FMA32(p, r, 1.0f), shifted);
    return x != x ? x : y;
}

/* Beyond it sinh and cosh are infinite. */
static const float most_sinh_f32 = 89.5f;

/* (e^x - 1)/2 for -18 <= x <= most_sinh_f32: halved, for it may be finite where e^x is not. */
INLINE float half_expm1_f32(float x)
{
    exponent_f32 e = exponent_of_f32(x);
    float quarter = power_of_two_f32(e.shifted, -2); /* 2^(k - 1) alone may overflow */
    return 2.0f * FMA32(quarter, e.q, quarter - 0.25f);
}

INLINE float expm1_f32(float x)
{
    float y = 2.0f * half_expm1_f32(limited_f32(x, -18.0f, most_sinh_f32));
    y = abs_f32(x) < 0x1p-24f ? x : y;
    return x != x ? x : y;
}

INLINE float sinh_f32(float x)
{
    float a = abs_f32(x), t = a * a, half = half_expm1_f32(limited_f32(a, -1.0f, most_sinh_f32));
    float far = half + 0.5f * (half < 0x1p30f ? half / (half + 0.5f) : 1.0f);
    float p = 0x1.720e84p-19f;
    p = FMA32(p, t, 0x1.a036dap-13f);
    p = FMA32(p, t, 0x1.1110c4p-7f);
    p = FMA32(p, t, 0x1.555556p-3f);
    float near = FMA32(p * t, a, a);
    float y = a < 1.0f ? near : far;
    y = a > most_sinh_f32 ? INFINITY : y;
    return signed_f32(x != x ? x : y, x);
}

INLINE float cosh_f32(float x)
{
    float a = abs_f32(x);
    exponent_f32 e = exponent_of_f32(limited_f32(a, -1.0f, most_sinh_f32));
    float quarter = power_of_two_f32(e.shifted, -2), half = 2.0f * FMA32(quarter, e.q, quarter);
    float y = half + 0.25f / half;
    y = a > most_sinh_f32 ? INFINITY : y;
    return x != x ? x : y;
}

/* a*b + c as if the product were not rounded, for b of 12 bits at most. */
INLINE float short_product_f32(float a, float b, float c)
{
#if defined(__FMA__) || defined(__aarch64__)
    return FMA32(a, b, c);
#else
    float leading = float_of(bits_f32(a) & 0xfffff000u);
    return leading * b + ((a - leading) * b + c);
#endif
}

/* log(x) by another base: 1/log(base) is `scale`, or more exactly a head of 11 bits and a tail; the logarithm of 2 a head whose product with any exponent is exact, and a tail. */
INLINE float log_based_f32(float x, float scale, float head, float tail, float unit, float unit_tail)
{
    mantissa_f32 m = mantissa_of_f32(x);
    float low = FMA32(m.e, unit_tail, FMA32(m.f, tail, m.rest * scale));
    return log_domain_f32(FMA32(m.e, unit, short_product_f32(m.f, head, low)), x);
}

INLINE float log2_f32(float x)
{
    return log_based_f32(x, 0x1.715476p0f, 0x1.714p0f, 0x1.47652cp-12f, 1.0f, 0.0f);
}

INLINE float log10_f32(float x)
{
    return log_based_f32(x, 0x1.bcb7b2p-2f, 0x1.bccp-2f, -0x1.09d5b2p-15f, 0x1.344p-2f, 0x1.3509f8p-18f);
}

/* log(1 + x + tail), x > -1; or, where x is so huge that 1 is nothing, log(2x). */
INLINE float log1p_sum_f32(float x, float tail, bool huge)
{
    float sum = 1.0f + x, back = sum - 1.0f, low = (1.0f - (sum - back)) + (x - back) + tail;
    mantissa_f32 m = mantissa_of_f32(huge ? x : sum);
    float f = m.f, e = huge ? m.e + 1.0f : m.e;
    float part = low * m.scale * FMA32(FMA32(f, -f, f), f - 0.0f, 1.0f - f); /* low/sum, but for f^4 of it */
    float rest = FMA32(e, ln2_tail, m.rest + (sum < 0x1p30f && !huge ? part : 0.0f));
    return FMA32(e, ln2_head, f + rest);
}

INLINE float log1p_f32(float x)
{
    float y = log_domain_f32(log1p_sum_f32(x, -0.0f, false), 1.0f + x);
    return abs_f32(x) < 0x1p-24f ? x : y;
}

/* log(a + sqrt(a^2 + 1)). */
INLINE float asinh_f32(float x)
{
    float a = abs_f32(x);
    bool huge = a >= 0x1p14f;
    float b = huge ? 1.0f : a, t = b * b, near = b + t / (1.0f + sqrt_f32(t + 1.0f));
    float y = log1p_sum_f32(huge ? a : near, -0.0f, huge);
    y = a < INFINITY ? y : a;
    return signed_f32(a < 0x1p-13f ? a : y, x);
}

/* log(x + sqrt(x^2 - 1)). */
INLINE float acosh_f32(float x)
{
    bool huge = x >= 0x1p14f;
    float t = huge ? 1.0f : x - 1.0f, root = sqrt_f32(FMA32(t, t, 2.0f * t)), near = root + t;
    float y = log1p_sum_f32(huge ? x : near, t - (near - root), huge);
    y = x < INFINITY ? y : x;
    return x < 1.0f ? NAN : y;
}

/* log(u/v)/2 for u = 1 + a, v = 1 - a: w = 2^k v is about u, and log(u/w) is that of (1 + s)/(1 - s). Where k = 0, s is a itself. */
INLINE float atanh_f32(float x)
{
    float a = abs_f32(x), b = a < 1.0f ? a : 0.0f, u = 1.0f + b, v = 1.0f - b;
    uint32_t k = (bits_f32(u) - bits_f32(v) + ((uint32_t)1 << 20)) >> 23, power = k << 23; /* 0 up to a = 0.29 */
    float w = float_of(bits_f32(v) + power), e = (float)(int32_t)k;
    float u_low = b - (u - 1.0f), w_low = ((1.0f - v) - b) * float_of(0x3f800000u + power);
    float s = ((u - w) + (u_low - w_low)) / (u + w);
    s = k == 0 ? b : s;
    float t = s * s, p = 0x1.d642b8p-4f; /* (atanh(s)/s - 1)/t, |s| <= 0.31: 3e-8 */
    p = FMA32(p, t, 0x1.bd158cp-4f);
    p = FMA32(p, t, 0x1.24caeap-3f);
    p = FMA32(p, t, 0x1.999894p-3f);
    p = FMA32(p, t, 0x1.555556p-2f);
    float y = FMA32(e, 0.5f * ln2_head, s + FMA32(e, 0.5f * ln2_tail, p * t * s));
    y = a < 1.0f ? y : a == 1.0f ? INFINITY : NAN;
    return signed_f32(y, x);
}

/* By Newton's method: first 1/cbrt from 2^-12, which needs no division, then the root itself. */
INLINE float cbrt_f32(float x)
{
    float a = abs_f32(x), normal = a < 0x1p-126f ? a * 0x1p24f : a;
    uint32_t bits = bits_f32(normal);
    float e = (float)((int32_t)(bits >> 23) - 127), m = float_of((bits & 0x7fffffu) | 0x3f800000u);
    float third = floor_f32((e + 0.5f) * (1.0f / 3.0f)), left = e - 3.0f * third;
    float w = m * (left == 0.0f ? 1.0f : left == 1.0f ? 2.0f : 4.0f);
    float y = 0x1.d47154p-6f;
    y = FMA32(y, m, -0x1.c519b2p-3f);
    y = FMA32(y, m, 0x1.641702p-1f);
    y = FMA32(y, m, -0x1.2c4234p0f);
    y = FMA32(y, m, 0x1.ab85acp0f);
    y *= left == 0.0f ? 1.0f : left == 1.0f ? 0x1.965feap-1f : 0x1.428a2fp-1f;
    float h = FMA32(-w * y, y * y, 1.0f);
    y = FMA32(y * h, 1.0f / 3.0f, y);
    float c = w * y * y;
    c = FMA32(FMA32(c * c, c, -w) * (y * y), -1.0f / 3.0f, c);
    c *= power_of_two_f32(third - (a < 0x1p-126f ? 8.0f : 0.0f) + round_f32, 0);
    c = a == 0.0f || !(a < INFINITY) ? a : c;
    return signed_f32(c, x);
}

/* (tan(r)/r - 1)/r^2 in r^2. */
enum { TAN_TERMS = 8 };
static const float tan_terms_f32[TAN_TERMS] = {0x1.700e3p-10f, 0x1.cea432p-11f, 0x1.da4026p-9f, 0x1.2665bep-7f,
                                               0x1.6575c4p-6f, 0x1.ba2d96p-5f,  0x1.1110c6p-3f, 0x1.555556p-2f};

/* tan(quarter*(pi/2) + rest + tail), whose slope is 1 + tan^2. */
INLINE float tan_reduced_f32(float r, float tail, uint32_t quarter)
{
    float a = abs_f32(r), t = r * r, p = tan_terms_f32[0];
    UNROLLED for (int i = 1; i < TAN_TERMS; i++) p = FMA32(p, t, tan_terms_f32[i]);
    p *= t * a;
    float slope = FMA32(a + p, a + p, 1.0f);
    float near = signed_f32(a + FMA32(slope, r < 0.0f ? -tail : tail, p), r); /* keeps -0 */
    return quarter & 1 ? -1.0f / near : near;
}

static const float half_pi_f32 = 0x1.921fb6p0f, half_pi_tail_f32 = -0x1.777a5cp-25f;

/* asin(s) for 0 <= s <= 0.6, t = s^2. */
INLINE float asin_near_f32(float s, float t)
{
    float p = 0x1.824446p-5f;
    p = FMA32(p, t, -0x1.a89104p-9f);
    p = FMA32(p, t, 0x1.cb94dep-6f);
    p = FMA32(p, t, 0x1.e5221ap-6f);
    p = FMA32(p, t, 0x1.6e1ddep-5f);
    p = FMA32(p, t, 0x1.3331f8p-4f);
    p = FMA32(p, t, 0x1.555556p-3f);
    return FMA32(s * t, p, s);
}

/* Beyond 0.6: pi/2 - 2 asin(sqrt((1 - a)/2)), of which the latter is `near`. */
INLINE float asin_f32(float x)
{
    float a = abs_f32(x), t = a <= 0.6f ? a * a : 0.5f - 0.5f * a, s = a <= 0.6f ? a : sqrt_f32(t);
    float near = asin_near_f32(s, t);
    return signed_f32(a <= 0.6f ? near : half_pi_f32 - (2.0f * near - half_pi_tail_f32), x);
}

INLINE float acos_f32(float x)
{
    float a = abs_f32(x), t = a <= 0.6f ? a * a : 0.5f - 0.5f * a, s = a <= 0.6f ? a : sqrt_f32(t);
    float near = asin_near_f32(s, t), middle = half_pi_f32 - (signed_f32(near, x) - half_pi_tail_f32);
    float beyond = x < 0.0f ? 2.0f * half_pi_f32 - (2.0f * near - 2.0f * half_pi_tail_f32) : 2.0f * near;
    return a <= 0.6f ? middle : beyond;
}

/* atan(y/x), y >= 0, x >= 0, not both infinite: in three ranges about 0, 1 and infinity, one division serving all. */
INLINE float atan_ratio_f32(float y, float x)
{
    bool low = y <= 0.6f * x, high = x <= 0.6f * y;
    float over = low ? y : high ? -x : y - x, under = low ? x : high ? y : y + x;
    float u = over / (under == 0.0f ? 1.0f : under), t = u * u;
    float p = -0x1.b0a358p-6f;
    p = FMA32(p, t, 0x1.fd7cb2p-5f);
    p = FMA32(p, t, -0x1.68e7dcp-4f);
    p = FMA32(p, t, 0x1.c61b2cp-4f);
    p = FMA32(p, t, -0x1.248fap-3f);
    p = FMA32(p, t, 0x1.9999cap-3f);
    p = FMA32(p, t, -0x1.555556p-2f);
    float near = FMA32(u * t, p, u), eighths = low ? 0.0f : high ? 1.0f : 0.5f;
    return low ? near : eighths * half_pi_f32 + (near + eighths * half_pi_tail_f32);
}

INLINE float atan_f32(float x)
{
    return signed_f32(atan_ratio_f32(abs_f32(x), 1.0f), x);
}

INLINE float atan2_f32(float y, float x)
{
    float a = abs_f32(y), b = abs_f32(x), most = a > b ? a : b,
          scale = most > 0x1p120f   ? 0.25f /* as atan2_f64 */
                  : most < 0x1p-40f ? 0x1p70f
                                    : 1.0f;
    bool corner = a == INFINITY && b == INFINITY;
    float angle = atan_ratio_f32(corner ? 1.0f : a * scale, corner ? 1.0f : b * scale);
    angle = bits_f32(x) >> 31 ? 2.0f * half_pi_f32 - (angle - 2.0f * half_pi_tail_f32) : angle;
    return signed_f32(angle, y);
}

/* No squares of floats overflow in double. */
INLINE float hypot_f32(float x, float y)
{
    float sum = (float)sqrt_f64((double)x * (double)x + (double)y * (double)y);
    return abs_f32(x) == INFINITY || abs_f32(y) == INFINITY ? INFINITY : sum;
}

#endif
