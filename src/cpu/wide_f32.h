/*
 * wide_f32.h - functions of sixteen floats at once, for AVX-512, which takes exponents and mantissas apart and puts powers of two on, denormals and all,
 * in one instruction each, and looks sixteen or thirty-two numbers up in registers. So these take two thirds of the time of elements_f32.h's, which the compiler
 * makes vectors of, and are held to the same bounds. What is not here gains nothing by it.
 */
#ifndef SSI_SRC_WIDE_F32_H
#define SSI_SRC_WIDE_F32_H

#include <immintrin.h>

#include "cpu/elements_more_f32.h"

typedef __m512 floats;

/* clang-format off */
INLINE floats all_f32(float x) { return _mm512_set1_ps(x); }
INLINE floats fma_f32(floats a, floats b, floats c) { return _mm512_fmadd_ps(a, b, c); }
INLINE floats nearest_f32(floats x) { return _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
INLINE floats sizes_f32(floats x) { return _mm512_abs_ps(x); }
/* clang-format on */

/* |x| with the signs of y, for x >= 0. */
INLINE floats with_signs_f32(floats x, floats y)
{
    return _mm512_or_ps(x, _mm512_and_ps(y, all_f32(-0.0f)));
}

/* c[0] x^(n-1) + ... + c[n-1]. */
INLINE floats polynomial_f32(floats x, const float *c, int n)
{
    floats p = all_f32(c[0]);
    UNROLLED for (int i = 1; i < n; i++) p = fma_f32(p, x, all_f32(c[i]));
    return p;
}
#define POLYNOMIAL_F32(x, ...)                                                                                         \
    polynomial_f32((x), (const float[]){__VA_ARGS__}, sizeof((const float[]){__VA_ARGS__}) / sizeof(float))

/* ---- powers of e ---- */

/* e^x = 2^k (1 + q), |x| < 1000 or NaN. */
typedef struct powers_f32 {
    floats k, q;
} powers_f32;

INLINE powers_f32 powers_of_f32(floats x)
{
    floats k = nearest_f32(x * all_f32(0x1.715476p0f));
    floats r = fma_f32(k, all_f32(-ln2_tail), fma_f32(k, all_f32(-ln2_head), x));
    floats p = POLYNOMIAL_F32(r, 0x1.6a5c5ep-10f, 0x1.123ae4p-7f, 0x1.5558a4p-5f, 0x1.55549p-3f, 0x1.fffffcp-2f);
    return (powers_f32){k, fma_f32(p, r * r, r)};
}

/* The limits keep NaN, for of two operands one of which is NaN the second is taken. */
INLINE floats limits_f32(floats x, float low, float high)
{
    return _mm512_max_ps(all_f32(low), _mm512_min_ps(all_f32(high), x));
}

INLINE floats exps_f32(floats x)
{
    powers_f32 e = powers_of_f32(limits_f32(x, -200.0f, 200.0f));
    return _mm512_scalef_ps(all_f32(1.0f) + e.q, e.k);
}

/* 1/(1 + e^-x) = t/(1 + t + q), t = 2^-k, which is added to 1 or, if it is small, to q, so that one rounding alone counts. Beyond the limits it is 0 and 1. */
INLINE floats sigmoids_f32(floats x)
{
    floats zero = _mm512_setzero_ps(), one = all_f32(1.0f);
    powers_f32 e = powers_of_f32(limits_f32(zero - x, -30.0f, 104.0f));
    floats shrink = zero - e.k, t = _mm512_scalef_ps(one, shrink);
    __mmask16 small = _mm512_cmp_ps_mask(e.k, all_f32(12.0f), _CMP_GT_OQ);
    floats sum = _mm512_mask_add_ps(one, ~small, one, t) + _mm512_mask_add_ps(e.q, small, e.q, t);
    return _mm512_scalef_ps(one / sum, shrink);
}

INLINE floats tanhs_f32(floats x)
{
    floats a = sizes_f32(x), t = a * a, one = all_f32(1.0f);
    floats p = POLYNOMIAL_F32(t, -0x1.978d3cp-8f, 0x1.58a90ep-6f, -0x1.b918fp-5f, 0x1.110cdap-3f, -0x1.55554ap-2f);
    powers_f32 e = powers_of_f32(_mm512_min_ps(all_f32(20.0f), a + a));
    floats far = one - all_f32(2.0f) / (_mm512_scalef_ps(one + e.q, e.k) + one);
    __mmask16 near = _mm512_cmp_ps_mask(a, all_f32(0.56f), _CMP_LT_OQ);
    return with_signs_f32(_mm512_mask_mov_ps(far, near, fma_f32(p * t, a, a)), x);
}

/* ---- logarithms ---- */

/* x = 2^e (1 + f), 3/4 <= 1 + f < 3/2. Of 0 e is -inf, of infinity inf; of NaN and of what is below 0, f is NaN. */
typedef struct parts_f32 {
    floats e, f;
} parts_f32;

INLINE parts_f32 parts_of_f32(floats x)
{
    floats m = _mm512_getmant_ps(x, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan);
    return (parts_f32){_mm512_getexp_ps(x) - _mm512_getexp_ps(m), m - all_f32(1.0f)};
}

/* (log(1 + f) - f) / f^2, times the scale: 5e-9. */
INLINE floats curve_f32(floats f, float scale)
{
    return POLYNOMIAL_F32(f, scale * -0x1.721d3ep-5f, scale * 0x1.ad4188p-4f, scale * -0x1.0db586p-3f,
                          scale * 0x1.28852ep-3f, scale * -0x1.54eb54p-3f, scale * 0x1.9968fp-3f,
                          scale * -0x1.00004ep-2f, scale * 0x1.5555a6p-2f, scale * -0.5f);
}

/* The logarithm of 2, as a head whose product with any e is exact, and a tail above 0, for the tail's product with e has e's sign, also where that is
 * infinite. */
static const float log2_head = 0x1.62e4p-1f, log2_tail = 0x1.7f7d1cp-20f;

INLINE floats logs_f32(floats x)
{
    parts_f32 m = parts_of_f32(x);
    floats rest = fma_f32(m.f * m.f, curve_f32(m.f, 1.0f), m.e * all_f32(log2_tail));
    return fma_f32(m.e, all_f32(log2_head), m.f + rest);
}

/* By another base: 1/log(base) is scale + tail. */
INLINE floats log2s_f32(floats x)
{
    const float scale = 0x1.715476p0f, tail = 0x1.4ae0cp-26f;
    parts_f32 m = parts_of_f32(x);
    return m.e + fma_f32(m.f, all_f32(scale), m.f * fma_f32(m.f, curve_f32(m.f, scale), all_f32(tail)));
}

INLINE floats log10s_f32(floats x)
{
    const float scale = 0x1.bcb7b2p-2f, tail = -0x1.5b235ep-27f;
    parts_f32 m = parts_of_f32(x);
    floats low = fma_f32(m.f, fma_f32(m.f, curve_f32(m.f, scale), all_f32(tail)), m.e * all_f32(0x1.a84fbcp-21f));
    return fma_f32(m.e, all_f32(0x1.3441p-2f), fma_f32(m.f, all_f32(scale), low));
}

/* log(s + low), and the logarithm of 2 where `doubled`; low is below s's last place, and counts where `precise`. */
INLINE floats log_sums_f32(floats s, floats low, __mmask16 precise, __mmask16 doubled)
{
    floats one = all_f32(1.0f);
    parts_f32 m = parts_of_f32(s);
    floats square = m.f * m.f, inverse = fma_f32(square, one - m.f, one - m.f); /* of 1 + f, but for f^4 */
    floats part = _mm512_maskz_mul_ps(precise, _mm512_scalef_ps(low, all_f32(0.0f) - m.e), inverse);
    floats e = _mm512_mask_add_ps(m.e, doubled, m.e, one);
    floats rest = fma_f32(square, curve_f32(m.f, 1.0f), fma_f32(e, all_f32(log2_tail), part));
    return fma_f32(e, all_f32(log2_head), m.f + rest);
}

INLINE floats log1ps_f32(floats x)
{
    floats one = all_f32(1.0f), sum = one + x, back = sum - one, low = (one - (sum - back)) + (x - back);
    __mmask16 precise = _mm512_cmp_ps_mask(x, all_f32(0x1p30f), _CMP_LT_OQ);
    precise = _mm512_mask_cmp_ps_mask(precise, x, all_f32(-1.0f), _CMP_GT_OQ);
    return with_signs_f32(sizes_f32(log_sums_f32(sum, low, precise, 0)), x);
}

/* log(a + sqrt(a^2 + 1)); of small a, whose sums would lose it, a series. */
INLINE floats asinhs_f32(floats x)
{
    floats a = sizes_f32(x), t = a * a, one = all_f32(1.0f), root = _mm512_sqrt_ps(fma_f32(a, a, one)), sum = root + a;
    floats p = POLYNOMIAL_F32(t, 0x1.3e10aep-7f, -0x1.4f20bp-6f, 0x1.ee2e28p-6f, -0x1.6da39cp-5f, 0x1.33333ep-4f,
                              -0x1.555556p-3f);
    __mmask16 huge = _mm512_cmp_ps_mask(a, all_f32(0x1p14f), _CMP_GE_OQ);
    __mmask16 near = _mm512_cmp_ps_mask(a, all_f32(0.53f), _CMP_LT_OQ);
    floats y = log_sums_f32(_mm512_mask_mov_ps(sum, huge, a), a - (sum - root), (__mmask16)~huge, huge);
    return with_signs_f32(_mm512_mask_mov_ps(y, near, fma_f32(p * t, a, a)), x);
}

/* log(x + sqrt(x^2 - 1)), by t = x - 1. */
INLINE floats acoshs_f32(floats x)
{
    __mmask16 huge = _mm512_cmp_ps_mask(x, all_f32(0x1p14f), _CMP_GE_OQ);
    floats one = all_f32(1.0f), t = x - one, root = _mm512_sqrt_ps(fma_f32(t, t, t + t)), over = root + t,
           tail = t - (over - root);
    floats sum = one + over, back = sum - one, low = (one - (sum - back)) + (over - back) + tail;
    floats y = log_sums_f32(_mm512_mask_mov_ps(sum, huge, x), low, (__mmask16)~huge, huge);
    return _mm512_mask_mov_ps(y, _mm512_cmp_ps_mask(x, one, _CMP_LT_OQ), all_f32(NAN));
}

/* ---- roots and powers ---- */

/* x = 2^(3q + r) m, 1 <= m < 2: by the upper three bits of m, t = m/c - 1, of which (1 + t)^(1/3) is a short series, and the root of 2^r c. */
INLINE floats cbrts_f32(floats x)
{
    const floats inverses =
        _mm512_castps256_ps512(_mm256_setr_ps(0x1.e1e1e2p-1f, 0x1.af286cp-1f, 0x1.861862p-1f, 0x1.642c86p-1f,
                                              0x1.47ae14p-1f, 0x1.2f684cp-1f, 0x1.1a7b96p-1f, 0x1.084210p-1f));
    const floats roots =
        _mm512_setr_ps(0x1.0539d6p0f, 0x1.0f17bcp0f, 0x1.184a0ap0f, 0x1.20eb3cp0f, 0x1.290fcap0f, 0x1.30c7f0p0f,
                       0x1.3820c0p0f, 0x1.3f24f6p0f, 0x1.491fc2p0f, 0x1.558e30p0f, 0x1.61246ep0f, 0x1.6c03d6p0f,
                       0x1.764636p0f, 0x1.800000p0f, 0x1.8941aep0f, 0x1.9218c4p0f);
    const floats more_roots =
        _mm512_castps256_ps512(_mm256_setr_ps(0x1.9eab9ap0f, 0x1.ae5536p0f, 0x1.bcee70p0f, 0x1.caa150p0f, 0x1.d78e58p0f,
                                              0x1.e3cf48p0f, 0x1.ef78e2p0f, 0x1.fa9c32p0f));
    floats a = sizes_f32(x), e = _mm512_getexp_ps(a), m = _mm512_getmant_ps(a, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_src);
    floats q = _mm512_roundscale_ps(fma_f32(e, all_f32(1.0f / 3.0f), all_f32(1.0f / 6.0f)),
                                    _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
    __m512i r = _mm512_cvtps_epi32(fma_f32(q, all_f32(-3.0f), e));
    __m512i upper = _mm512_and_si512(_mm512_srli_epi32(_mm512_castps_si512(m), 20), _mm512_set1_epi32(7));
    floats root = _mm512_permutex2var_ps(roots, _mm512_or_si512(_mm512_slli_epi32(r, 3), upper), more_roots);
    floats t = _mm512_fmsub_ps(m, _mm512_permutexvar_ps(upper, inverses), all_f32(1.0f));
    floats p = POLYNOMIAL_F32(t, 0x1.015d94p-5f, -0x1.525376p-5f, 0x1.f99e9ap-5f, -0x1.c71c3ap-4f, 0x1.555556p-2f);
    return with_signs_f32(_mm512_scalef_ps(fma_f32(root, p * t, root), q), x);
}

/* (x) as two halves of doubles, and back. */
INLINE __m512d lower_f64(floats x)
{
    return _mm512_cvtps_pd(_mm512_castps512_ps256(x));
}

INLINE __m512d upper_f64(floats x)
{
    return _mm512_cvtps_pd(_mm512_extractf32x8_ps(x, 1));
}

/* (2^e m)^y in double, whose range no float can leave: log2 m by m/c - 1, of which 2^(1/16) is the most, and log2 c; the power likewise by sixteenths. */
INLINE __m256 powers_f64(__m512d e, __m512d m, __m512d y)
{
    const __m512d inverses =
        _mm512_setr_pd(1.0, 0x1.d4p-1, 0x1.bap-1, 0x1.a4p-1, 0x1.9p-1, 0x1.7ep-1, 0x1.6cp-1, 0x1.5cp-1);
    const __m512d more_inverses =
        _mm512_setr_pd(0x1.4ep0, 0x1.41p0, 0x1.35p0, 0x1.2ap0, 0x1.1fp0, 0x1.16p0, 0x1.0dp0, 1.0);
    const __m512d logs =
        _mm512_setr_pd(0.0, 0x1.097e38ce60649p-3, 0x1.b2602497d5346p-3, 0x1.249cd2b13cd6cp-2, 0x1.6cb0f6865c8eap-2,
                       0x1.b0b67f4f46810p-2, 0x1.f804ae8d0cd02p-2, 0x1.1d368296b5255p-1);
    const __m512d more_logs =
        _mm512_setr_pd(-0x1.88e9c72e0b226p-2, -0x1.4e43880e8fb6ap-2, -0x1.15fa676bb08ffp-2, -0x1.c0db6cdd94deep-3,
                       -0x1.51bab907a5c8ap-3, -0x1.e72ec117fa5b2p-4, -0x1.24b5b7e135a3dp-4, 0.0);
    const __m512d powers =
        _mm512_setr_pd(1.0, 0x1.0b5586cf9890fp+0, 0x1.172b83c7d517bp+0, 0x1.2387a6e756238p+0, 0x1.306fe0a31b715p+0,
                       0x1.3dea64c123422p+0, 0x1.4bfdad5362a27p+0, 0x1.5ab07dd485429p+0);
    const __m512d more_powers =
        _mm512_setr_pd(0x1.6a09e667f3bcdp+0, 0x1.7a11473eb0187p+0, 0x1.8ace5422aa0dbp+0, 0x1.9c49182a3f090p+0,
                       0x1.ae89f995ad3adp+0, 0x1.c199bdd85529cp+0, 0x1.d5818dcfba487p+0, 0x1.ea4afa2a490dap+0);
    const __m512d sixteenths = _mm512_set1_pd(0x1.8p48), most = _mm512_set1_pd(300.0), least = _mm512_set1_pd(-300.0);
    __m512i part = _mm512_srli_epi64(_mm512_castpd_si512(m), 48);
    __m512d r = _mm512_fmsub_pd(m, _mm512_permutex2var_pd(inverses, part, more_inverses), _mm512_set1_pd(1.0));
    __m512d p = _mm512_set1_pd(-0x1.c8d4a4dd214fdp-3);
    p = _mm512_fmadd_pd(p, r, _mm512_set1_pd(0x1.2777379ae5b8fp-2));
    p = _mm512_fmadd_pd(p, r, _mm512_set1_pd(-0x1.715b2b3fbc75p-2));
    p = _mm512_fmadd_pd(p, r, _mm512_set1_pd(0x1.ec70aa5936d4cp-2));
    p = _mm512_fmadd_pd(p, r, _mm512_set1_pd(-0x1.7154760c036ffp-1));
    p = _mm512_fmadd_pd(p, r, _mm512_set1_pd(0x1.715476529cf69p0));
    __m512d l = _mm512_fmadd_pd(r, p, e + _mm512_permutex2var_pd(logs, part, more_logs));
    __m512d t = _mm512_max_pd(least, _mm512_min_pd(most, y * l));
    __m512d shifted = t + sixteenths, k = shifted - sixteenths, f = t - k;
    __m512d q = _mm512_set1_pd(0x1.c6ac673f0d37p-5);
    q = _mm512_fmadd_pd(q, f, _mm512_set1_pd(0x1.ebfff7ab62c5p-3));
    q = _mm512_fmadd_pd(q, f, _mm512_set1_pd(0x1.62e43001da023p-1));
    __m512d power = _mm512_permutex2var_pd(powers, _mm512_castpd_si512(shifted), more_powers);
    return _mm512_cvtpd_ps(_mm512_scalef_pd(_mm512_fmadd_pd(power, f * q, power), k));
}

/* z = |x|^y with the signs and the cases of C's pow. */
INLINE floats pow_cases_f32(floats z, floats x, floats y)
{
    const floats one = all_f32(1.0f), infinity = all_f32(INFINITY), zero = _mm512_setzero_ps(),
                 half = y * all_f32(0.5f);
    __mmask16 whole = _mm512_cmp_ps_mask(nearest_f32(y), y, _CMP_EQ_OQ);
    __mmask16 odd = _mm512_mask_cmp_ps_mask(whole, nearest_f32(half), half, _CMP_NEQ_UQ);
    z = _mm512_mask_mov_ps(z, odd, with_signs_f32(z, x));
    __mmask16 none = _mm512_mask_cmp_ps_mask((__mmask16)~whole, x, zero, _CMP_LT_OQ);
    z = _mm512_mask_mov_ps(z, _mm512_mask_cmp_ps_mask(none, x, zero - infinity, _CMP_GT_OQ), all_f32(NAN));
    __mmask16 ones =
        _mm512_mask_cmp_ps_mask(_mm512_cmp_ps_mask(x, zero - one, _CMP_EQ_OQ), sizes_f32(y), infinity, _CMP_EQ_OQ);
    ones |= _mm512_cmp_ps_mask(x, one, _CMP_EQ_OQ) | _mm512_cmp_ps_mask(y, zero, _CMP_EQ_OQ);
    return _mm512_mask_mov_ps(z, ones, one);
}

INLINE floats pows_f32(floats x, floats y)
{
    floats a = sizes_f32(x), m = _mm512_getmant_ps(a, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_src);
    floats e = _mm512_getexp_ps(a) - _mm512_getexp_ps(m);
    __m256 low = powers_f64(lower_f64(e), lower_f64(m), lower_f64(y)),
           high = powers_f64(upper_f64(e), upper_f64(m), upper_f64(y));
    floats z = _mm512_insertf32x8(_mm512_castps256_ps512(low), high, 1);
    /* of positive x and finite y there are no cases */
    enum { NANS = 0x81, ZEROS = 0x06, INFINITIES = 0x18, BELOW = 0x40 };
    __mmask16 cases =
        _mm512_fpclass_ps_mask(x, NANS | ZEROS | INFINITIES | BELOW) | _mm512_fpclass_ps_mask(y, NANS | INFINITIES);
    return cases ? pow_cases_f32(z, x, y) : z;
}

/* ---- angles of sides ---- */

/* atan(y/x), y >= 0, x >= 0: that of the smaller by the larger side, or what it leaves of a quarter. */
INLINE floats atans_of_ratio(floats y, floats x)
{
    __mmask16 steep = _mm512_cmp_ps_mask(y, x, _CMP_GT_OQ);
    floats over = _mm512_mask_mov_ps(y, steep, x), under = _mm512_mask_mov_ps(x, steep, y);
    __mmask16 none = _mm512_cmp_ps_mask(over, _mm512_setzero_ps(), _CMP_EQ_OQ); /* 0/0 is 0 */
    none = _mm512_mask_cmp_ps_mask(none, under, _mm512_setzero_ps(), _CMP_EQ_OQ);
    floats u = _mm512_maskz_div_ps((__mmask16)~none, over, under), t = u * u;
    floats p = POLYNOMIAL_F32(t, -0x1.449a16p-9f, 0x1.c62ea6p-7f, -0x1.2a759ap-5f, 0x1.01e514p-4f, -0x1.636df2p-4f,
                              0x1.c423eep-4f, -0x1.246f74p-3f, 0x1.99984cp-3f, -0x1.555554p-2f);
    floats angle = fma_f32(u * t, p, u);
    return _mm512_mask_sub_ps(angle, steep, all_f32(half_pi_f32), angle - all_f32(half_pi_tail_f32));
}

INLINE floats atans_f32(floats x)
{
    return with_signs_f32(atans_of_ratio(sizes_f32(x), all_f32(1.0f)), x);
}

INLINE floats atan2s_f32(floats y, floats x)
{
    floats a = sizes_f32(y), b = sizes_f32(x), infinity = all_f32(INFINITY);
    __mmask16 corner = _mm512_mask_cmp_ps_mask(_mm512_cmp_ps_mask(a, infinity, _CMP_EQ_OQ), b, infinity, _CMP_EQ_OQ);
    floats angle =
        atans_of_ratio(_mm512_mask_mov_ps(a, corner, all_f32(1.0f)), _mm512_mask_mov_ps(b, corner, all_f32(1.0f)));
    __mmask16 behind = _mm512_movepi32_mask(_mm512_castps_si512(x));
    angle = _mm512_mask_sub_ps(angle, behind, all_f32(2.0f * half_pi_f32), angle - all_f32(2.0f * half_pi_tail_f32));
    return with_signs_f32(angle, y);
}

#endif
