/*
 * wide_f64.h - functions of eight doubles at once, for AVX-512: as wide_f32.h's. Powers and logarithms look the coarse part up, of sixteen numbers that
 * two registers hold, so that short polynomials do for the rest.
 */
#ifndef SSI_SRC_WIDE_F64_H
#define SSI_SRC_WIDE_F64_H

#include <immintrin.h>

#include "cpu/elements_f64.h"

typedef __m512d doubles;

/* clang-format off */
INLINE doubles all_f64(double x) { return _mm512_set1_pd(x); }
INLINE doubles fma_f64(doubles a, doubles b, doubles c) { return _mm512_fmadd_pd(a, b, c); }
INLINE doubles sizes_f64(doubles x) { return _mm512_abs_pd(x); }
/* clang-format on */

/* |x| with the signs of y, for x >= 0. */
INLINE doubles with_signs_f64(doubles x, doubles y)
{
    return _mm512_or_pd(x, _mm512_and_pd(y, all_f64(-0.0)));
}

/* c[0] x^(n-1) + ... + c[n-1]: even and odd powers apart, for it is the length of chains of operations that these functions wait for. */
INLINE doubles polynomial_f64(doubles x, const double *c, int n)
{
    doubles square = x * x, p = all_f64(c[0]), q = all_f64(c[1]);
    UNROLLED for (int i = 2; i < n; i++)
    {
        doubles next = fma_f64(p, square, all_f64(c[i]));
        p = q, q = next;
    }
    return fma_f64(p, x, q);
}
#define POLYNOMIAL_F64(x, ...)                                                                                         \
    polynomial_f64((x), (const double[]){__VA_ARGS__}, sizeof((const double[]){__VA_ARGS__}) / sizeof(double))

/* table[place], where the place's lowest four bits count. */
INLINE doubles looked_up_f64(const double *table, __m512i place)
{
    return _mm512_permutex2var_pd(_mm512_loadu_pd(table), place, _mm512_loadu_pd(table + 8));
}

/* ---- powers of e ---- */

/* What follows works on one vector or two, `n` of them, each operation on both before the next: the list of operations that a processor keeps waiting is
 * too short for one such function behind the other. */
#define EACH(j)      UNROLLED for (int j = 0; j < n; j++)
#define EACH_PAIR(j) UNROLLED for (int j = 0; j < n; j += PAIR)
enum { PAIR = 2, MOST = 8 };

/* From here on the quick way is not taken: e^x may not be a normal number. */
static const double far_f64 = 700.0;

/* (e^r - 1 - r) / r^2: 1e-17 */
static const double curve_of_e[] = {0x1.6c14d62b7a654p-10, 0x1.11123bc201fbdp-7, 0x1.55555558eae4bp-5,
                                    0x1.555555548e1a1p-3, 0x1.fffffffffffbap-2};

/* y = e^(x + low) = 2^k e^r, k a whole number of sixteenths; low is below x's last place, or NULL. The bits of 2^(k - floor k), looked up, lack what adding
 * k's lowest bits to the exponent's place adds below it. The table's rounding is made good in r, for whole powers of whole numbers to be whole. Of
 * |x| <= far_f64; `anywhere`: of |x| <= 800 or NaN. */
INLINE void e_to_f64(doubles *y, const doubles *x, const doubles *low, int n, bool anywhere)
{
    static const double powers[] = {0x1p0,
                                    0x1.fb5586cf9890fp-1,
                                    0x1.f72b83c7d517bp-1,
                                    0x1.f387a6e756238p-1,
                                    0x1.f06fe0a31b715p-1,
                                    0x1.edea64c123422p-1,
                                    0x1.ebfdad5362a27p-1,
                                    0x1.eab07dd485429p-1,
                                    0x1.ea09e667f3bcdp-1,
                                    0x1.ea11473eb0187p-1,
                                    0x1.eace5422aa0dbp-1,
                                    0x1.ec49182a3f090p-1,
                                    0x1.ee89f995ad3adp-1,
                                    0x1.f199bdd85529cp-1,
                                    0x1.f5818dcfba487p-1,
                                    0x1.fa4afa2a490dap-1};
    static const double roundings[] = {0.0,
                                       0x1.79aa65d837b6dp-54,
                                       -0x1.01b15eaa59348p-55,
                                       0x1.68efde3a8a894p-54,
                                       0x1.34d754db0abb6p-55,
                                       0x1.59f48a72a4c6dp-55,
                                       0x1.690cebb7aafb0p-56,
                                       0x1.063e1e21c5409p-54,
                                       -0x1.3b3efbf5e2228p-54,
                                       -0x1.b32dcb94da51dp-56,
                                       0x1.db72fc1f0eab4p-55,
                                       0x1.1affc2b91ce27p-56,
                                       0x1.c1a7792cb3387p-55,
                                       0x1.36eae30af0cb3p-56,
                                       0x1.4a385a63d07a7p-56,
                                       -0x1.ff7128fd391f0p-55};
    const doubles sixteenths = all_f64(0x1.8p48); /* a sum with it is rounded to them */
    doubles shifted[PAIR], k[PAIR], r[PAIR], square[PAIR], p[PAIR], q[PAIR], rest[PAIR], power[PAIR];
    __m512i place[PAIR];
    EACH(j) shifted[j] = fma_f64(x[j], all_f64(0x1.71547652b82fep0), sixteenths);
    EACH(j) k[j] = shifted[j] - sixteenths, place[j] = _mm512_castpd_si512(shifted[j]);
    EACH(j) r[j] = fma_f64(k[j], all_f64(-ln2_head_f64), x[j]);
    EACH(j) r[j] = fma_f64(k[j], all_f64(-ln2_tail_f64), low ? _mm512_add_pd(r[j], low[j]) : r[j]);
    EACH(j) square[j] = r[j] * r[j];
    EACH(j) p[j] = fma_f64(r[j], all_f64(curve_of_e[0]), all_f64(curve_of_e[1]));
    EACH(j) q[j] = fma_f64(r[j], all_f64(curve_of_e[2]), all_f64(curve_of_e[3]));
    EACH(j) p[j] = fma_f64(p[j], square[j], q[j]);
    EACH(j) p[j] = fma_f64(p[j], r[j], all_f64(curve_of_e[4]));
    EACH(j) rest[j] = r[j] + looked_up_f64(roundings, place[j]);
    EACH(j) q[j] = fma_f64(p[j], square[j], rest[j]);
    EACH(j)
    {
        __m512i whole = anywhere ? _mm512_and_si512(place[j], _mm512_set1_epi64(15)) : place[j];
        __m512i bits = _mm512_castpd_si512(looked_up_f64(powers, place[j]));
        power[j] = _mm512_castsi512_pd(_mm512_add_epi64(bits, _mm512_slli_epi64(whole, 48)));
    }
    EACH(j) y[j] = fma_f64(power[j], q[j], power[j]);
    EACH(j)
    {
        if (anywhere)
            y[j] = _mm512_scalef_pd(y[j], k[j]); /* by k's whole part */
    }
}

/* Beyond 800 a power is 0 or infinite; NaN stays. */
INLINE doubles limited_f64(doubles x)
{
    return _mm512_max_pd(all_f64(-800.0), _mm512_min_pd(all_f64(800.0), x));
}

INLINE __mmask8 are_far_f64(doubles x)
{
    return _mm512_cmp_pd_mask(sizes_f64(x), all_f64(far_f64), _CMP_NLE_UQ);
}

/* e^(x + low) of any x. */
INLINE doubles exp_anywhere_f64(doubles x, doubles low)
{
    doubles y, limited = limited_f64(x);
    low = _mm512_maskz_mov_pd(_mm512_cmp_pd_mask(x, limited, _CMP_EQ_OQ), low);
    e_to_f64(&y, &limited, &low, 1, true);
    return y;
}

/* Of `n` vectors, MOST at most. */
INLINE void exps_f64(doubles *y, const doubles *x, int n)
{
    __mmask8 far = 0;
    EACH(j) far |= are_far_f64(x[j]);
    if (__builtin_expect(far, 0)) {
        doubles room[MOST];
        EACH(j) room[j] = x[j];
        ROLLED for (int j = 0; j < n; j++) room[j] = exp_anywhere_f64(room[j], _mm512_setzero_pd());
        EACH(j) y[j] = room[j];
        return;
    }
    EACH_PAIR(j) e_to_f64(y + j, x + j, NULL, PAIR, false);
}

/* y = 1/(1 + e^-x) = t/(t + c e^r), where t c^-1 e^-r is e^x, t a power of two and c one of sixteen numbers from 1 down to 1/2, looked up. What is lost in t + c
 * goes to the rest, so that one rounding and the quotient's alone count. Beyond the limits it is 0 and 1. */
INLINE void sigmoid_pair_f64(doubles *y, const doubles *from)
{
    static const double powers[] = {0x1p+0,
                                    0x1.ea4afa2a490dap-1,
                                    0x1.d5818dcfba487p-1,
                                    0x1.c199bdd85529cp-1,
                                    0x1.ae89f995ad3adp-1,
                                    0x1.9c49182a3f090p-1,
                                    0x1.8ace5422aa0dbp-1,
                                    0x1.7a11473eb0187p-1,
                                    0x1.6a09e667f3bcdp-1,
                                    0x1.5ab07dd485429p-1,
                                    0x1.4bfdad5362a27p-1,
                                    0x1.3dea64c123422p-1,
                                    0x1.306fe0a31b715p-1,
                                    0x1.2387a6e756238p-1,
                                    0x1.172b83c7d517bp-1,
                                    0x1.0b5586cf9890fp-1};
    static const double roundings[] = {0.0,
                                       -0x1.ff7128fd391f0p-55,
                                       0x1.4a385a63d07a7p-56,
                                       0x1.36eae30af0cb3p-56,
                                       0x1.c1a7792cb3387p-55,
                                       0x1.1affc2b91ce27p-56,
                                       0x1.db72fc1f0eab4p-55,
                                       -0x1.b32dcb94da51dp-56,
                                       -0x1.3b3efbf5e2228p-54,
                                       0x1.063e1e21c5409p-54,
                                       0x1.690cebb7aafb0p-56,
                                       0x1.59f48a72a4c6dp-55,
                                       0x1.34d754db0abb6p-55,
                                       0x1.68efde3a8a894p-54,
                                       -0x1.01b15eaa59348p-55,
                                       0x1.79aa65d837b6dp-54};
    enum { n = PAIR };
    const doubles sixteenths = all_f64(0x1.8p48);
    doubles x[n], shifted[n], k[n], r[n], square[n], p[n], q[n], rest[n], c[n], t[n], sum[n], lost[n];
    __m512i place[n];
    EACH(j) x[j] = _mm512_max_pd(all_f64(-800.0), _mm512_min_pd(all_f64(40.0), from[j]));
    EACH(j) shifted[j] = fma_f64(x[j], all_f64(0x1.71547652b82fep0), sixteenths);
    EACH(j) k[j] = shifted[j] - sixteenths, place[j] = _mm512_castpd_si512(shifted[j]);
    EACH(j) r[j] = _mm512_fmsub_pd(k[j], all_f64(ln2_head_f64), x[j]);
    EACH(j) r[j] = fma_f64(k[j], all_f64(ln2_tail_f64), r[j]);
    EACH(j) square[j] = r[j] * r[j];
    EACH(j) p[j] = fma_f64(r[j], all_f64(curve_of_e[0]), all_f64(curve_of_e[1]));
    EACH(j) q[j] = fma_f64(r[j], all_f64(curve_of_e[2]), all_f64(curve_of_e[3]));
    EACH(j) c[j] = looked_up_f64(powers, place[j]);
    EACH(j) t[j] = _mm512_scalef_pd(all_f64(1.0), k[j]); /* of k's whole part */
    EACH(j) p[j] = fma_f64(p[j], square[j], q[j]);
    EACH(j) sum[j] = c[j] + t[j];
    EACH(j) rest[j] = r[j] + looked_up_f64(roundings, place[j]);
    EACH(j) p[j] = fma_f64(p[j], r[j], all_f64(curve_of_e[4]));
    EACH(j) lost[j] = c[j] - (sum[j] - t[j]);
    EACH(j) q[j] = fma_f64(p[j], square[j], rest[j]);
    EACH(j) q[j] = fma_f64(c[j], q[j], lost[j]);
    EACH(j) y[j] = t[j] / (sum[j] + q[j]);
}

INLINE void sigmoids_f64(doubles *y, const doubles *x, int n)
{
    EACH_PAIR(j) sigmoid_pair_f64(y + j, x + j);
}

/* ---- logarithms ---- */

/* x = 2^e m, 3/4 <= m < 3/2, and m/c = 1 + r, -1/32 <= r <= 1/16, where 1/c and log c are looked up by the upper four bits of m, and c is 1 about 1. Of 0 e is
 * -inf, of infinity inf; of NaN and of what is below 0, r is NaN. */
typedef struct parts_f64 {
    doubles e, inverse, r; /* inverse: 1/c */
    __m512i place;
} parts_f64;

INLINE parts_f64 parts_of_f64(doubles x)
{
    static const double inverses[] = {1.0,       0x1.d4p-1, 0x1.bap-1, 0x1.a4p-1, 0x1.9p-1, 0x1.7ep-1,
                                      0x1.6cp-1, 0x1.5cp-1, 0x1.4ep0,  0x1.41p0,  0x1.35p0, 0x1.2ap0,
                                      0x1.1fp0,  0x1.16p0,  0x1.0dp0,  1.0};
    doubles m = _mm512_getmant_pd(x, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan);
    __m512i place = _mm512_srli_epi64(_mm512_castpd_si512(m), 48);
    doubles inverse = looked_up_f64(inverses, place), r = _mm512_fmsub_pd(m, inverse, all_f64(1.0));
    return (parts_f64){_mm512_getexp_pd(x) - _mm512_getexp_pd(m), inverse, r, place};
}

/* (log(1 + r) - r + r^2/2) / r^3: 6e-18 of the logarithm. */
INLINE doubles curve_f64(doubles r)
{
    return POLYNOMIAL_F64(r, -0x1.67e4f99fc5535p-4, 0x1.c5c0fd2d76714p-4, -0x1.000b326062c8cp-3, 0x1.2492d01cab54fp-3,
                          -0x1.55555408eaaf1p-3, 0x1.99999980315d8p-3, -0x1.0000000002fdbp-2, 0x1.5555555556012p-2);
}

/* A base: e's and c's logarithms as heads, whose sum is exact, and tails; and 1/log(base), of which the head may be all. */
typedef struct base_f64 {
    double unit, unit_tail, scale, scale_tail;
    double heads[16], tails[16];
} base_f64;

static const base_f64 base_e = {
    0x1.62e42fefa38p-1,
    0x1.ef35793c7673p-45,
    1.0,
    0.0,
    {0.0, 0x1.700d30aeacp-4, 0x1.2d1610c868p-3, 0x1.95a5adcf7p-3, 0x1.f991c6cb3cp-3, 0x1.2bef07cdc9p-2,
     0x1.5d5bddf596p-2, 0x1.8b639a88b3p-2, -0x1.1058bf9ae5p-2, -0x1.cf6354e09cp-3, -0x1.815c0a1436p-3,
     -0x1.371fc201e8p-3, -0x1.d4313d66ccp-4, -0x1.51b073f06p-4, -0x1.95c830ec9p-5, 0.0},
    {0.0, 0x1.c1e8da99ded32p-49, 0x1.39d6ccb81b4a1p-47, 0x1.7f22858a0ff6fp-47, -0x1.90d04cd7cc834p-44,
     0x1.a9cfa4a5004f4p-45, -0x1.a0b2a08a465dcp-47, -0x1.05ae1e5e7047p-45, 0x1.4ab9d817d52cdp-44,
     -0x1.771239a07d55bp-45, 0x1.02a52f9201ce8p-44, -0x1.ee8779b2d8abcp-44, 0x1.9454379135713p-45,
     -0x1.83f69278e686ap-44, 0x1.c148297c5feb8p-45, 0.0},
};
static const base_f64 base_2 = {
    1.0,
    0.0,
    0x1.71547652b82fep0,
    0x1.777d0ffda0d24p-56,
    {0.0, 0x1.097e38ce6p-3, 0x1.b2602497d6p-3, 0x1.249cd2b13dp-2, 0x1.6cb0f6865dp-2, 0x1.b0b67f4f47p-2,
     0x1.f804ae8d0dp-2, 0x1.1d368296b5p-1, -0x1.88e9c72e0bp-2, -0x1.4e43880e9p-2, -0x1.15fa676bb1p-2,
     -0x1.c0db6cdd94p-3, -0x1.51bab907a6p-3, -0x1.e72ec117fcp-4, -0x1.24b5b7e134p-4, 0.0},
    {0.0, 0x1.924ae921f7ecap-45, -0x1.974e6432d9ee8p-44, -0x1.49d97df07e357p-45, -0x1.c57f2495fb7fap-44,
     -0x1.fc02bc277071dp-44, -0x1.7f33943464056p-45, 0x1.2a606046ad444p-44, -0x1.12d25b3252647p-45,
     0x1.258110a38f4e9p-44, 0x1.c029a071eeb1p-44, -0x1.bdc81c4db3134p-44, 0x1.badba7fbb3d2p-46, 0x1.a4de3424a2624p-44,
     -0x1.a3c89a2cf3516p-44, 0.0},
};
static const base_f64 base_10 = {
    0x1.34413509f78p-2,
    0x1.fef311f12b358p-46,
    0x1.bcb7b1526e50ep-2,
    0x1.95355baaafad3p-57,
    {0.0, 0x1.3faf7c663p-5, 0x1.0585283764p-4, 0x1.605735ee98p-4, 0x1.b721cd1714p-4, 0x1.0484e4942ap-3,
     0x1.2f7301cf4ep-3, 0x1.576e3b0bdep-3, -0x1.d91d5866acp-4, -0x1.927e64181p-4, -0x1.4eb812997cp-4, -0x1.0e3d29d81p-4,
     -0x1.96aaacffp-5, -0x1.25502c0fcp-5, -0x1.60753003bp-6, 0.0},
    {0.0, 0x1.83662f181f53fp-47, 0x1.77c3e779b9fcfp-48, 0x1.7c3cf23a17d9fp-46, 0x1.7e295f660b9dap-44,
     0x1.4867cc62a8c08p-44, 0x1.0f5c70d1a6341p-44, 0x1.4e036062e2e73p-48, 0x1.66473a1327abcp-44, 0x1.0e034db19292ep-45,
     -0x1.bc74d0b95527p-45, -0x1.65e62559618f2p-44, 0x1.862239186139bp-44, -0x1.8a5c00ed6bef7p-44,
     0x1.ac42915db7ec8p-44, 0.0},
};

/* Of the base, e times its unit and the logarithm of 1 + r, plus `part`. Where e is infinite that is all, without the sums in which it would be lost. */
INLINE doubles log_of_parts_f64(parts_f64 x, doubles e, doubles part, const base_f64 *base)
{
    doubles r = x.r, square = r * r, bent = square * fma_f64(r, curve_f64(r), all_f64(-0.5));
    doubles whole = fma_f64(e, all_f64(base->unit), looked_up_f64(base->heads, x.place));
    doubles low = looked_up_f64(base->tails, x.place) + part;
    if (base->unit_tail != 0)
        low = fma_f64(e, all_f64(base->unit_tail), low);
    doubles straight = r;
    if (base->scale != 1) {
        straight = r * all_f64(base->scale);
        low = low + fma_f64(r, all_f64(base->scale_tail), _mm512_fmsub_pd(r, all_f64(base->scale), straight));
        bent = bent * all_f64(base->scale);
    }
    doubles high = whole + straight;
    low = low + ((whole - high) + straight) + bent;
    __mmask8 endless = _mm512_fpclass_pd_mask(whole, 0x18);
    return _mm512_mask_mov_pd(high + low, endless, whole);
}

INLINE doubles log_in_base_f64(doubles x, const base_f64 *base)
{
    parts_f64 parts = parts_of_f64(x);
    return log_of_parts_f64(parts, parts.e, _mm512_setzero_pd(), base);
}

INLINE doubles logs_f64(doubles x)
{
    return log_in_base_f64(x, &base_e);
}
INLINE doubles log2s_f64(doubles x)
{
    return log_in_base_f64(x, &base_2);
}
INLINE doubles log10s_f64(doubles x)
{
    return log_in_base_f64(x, &base_10);
}

/* log(s + low), and the logarithm of 2 where `doubled`; low is below s's last place, and counts where `precise`. */
INLINE doubles log_sums_f64(doubles s, doubles low, __mmask8 precise, __mmask8 doubled)
{
    parts_f64 parts = parts_of_f64(s);
    doubles inverse = _mm512_fnmadd_pd(parts.inverse, parts.r, parts.inverse); /* of s, but for 2^e and r^2 */
    doubles part = _mm512_maskz_mul_pd(precise, _mm512_scalef_pd(low, _mm512_setzero_pd() - parts.e), inverse);
    return log_of_parts_f64(parts, _mm512_mask_add_pd(parts.e, doubled, parts.e, all_f64(1.0)), part, &base_e);
}

INLINE doubles log1ps_f64(doubles x)
{
    doubles one = all_f64(1.0), sum = one + x, back = sum - one, low = (one - (sum - back)) + (x - back);
    __mmask8 precise = _mm512_cmp_pd_mask(x, all_f64(0x1p60), _CMP_LT_OQ);
    precise = _mm512_mask_cmp_pd_mask(precise, x, all_f64(-1.0), _CMP_GT_OQ);
    return with_signs_f64(sizes_f64(log_sums_f64(sum, low, precise, 0)), x);
}

/* ---- the logarithm of a sum of powers ---- */

/* e^-|a - b|; equal infinities have no distance. */
INLINE doubles powers_of_distance_f64(doubles a, doubles b)
{
    __mmask8 apart = _mm512_cmp_pd_mask(a, b, _CMP_NEQ_UQ);
    doubles y, x = _mm512_or_pd(_mm512_maskz_sub_pd(apart, a, b), all_f64(-0.0));
    x = limited_f64(x);
    e_to_f64(&y, &x, NULL, 1, true);
    return y;
}

/* log(1 + x), 0 <= x <= 1 or NaN. With c, 1 and the nearest whole fifteenth of x, (1 + x)/c = 1 + r, |r| <= 1/30, where 1/c and log c are looked up: the
 * former has so few digits that r has one rounding. */
INLINE doubles log1ps_of_part_f64(doubles x)
{
    static const double inverses[] = {0x1p0,      0x1.ep-1,   0x1.c4p-1, 0x1.aa8p-1, 0x1.94p-1, 0x1.8p-1,
                                      0x1.6d8p-1, 0x1.5dp-1,  0x1.4ep-1, 0x1.4p-1,   0x1.33p-1, 0x1.278p-1,
                                      0x1.1c8p-1, 0x1.128p-1, 0x1.09p-1, 0x1p-1};
    static const double heads[] = {0.0,
                                   0x1.08598b59e3a07p-4,
                                   0x1.fe89139dbd566p-4,
                                   0x1.7631d82935a86p-3,
                                   0x1.e530effe71012p-3,
                                   0x1.269621134db92p-2,
                                   0x1.5925d2b112a59p-2,
                                   0x1.8873658327ccfp-2,
                                   0x1.b56fa04462909p-2,
                                   0x1.e148a1a2726cep-2,
                                   0x1.05e04c1aa2c06p-1,
                                   0x1.196c7bc4b1f3bp-1,
                                   0x1.2cd8c6b7c716fp-1,
                                   0x1.3f2acb27ed6c7p-1,
                                   0x1.513356667fc57p-1,
                                   0x1.62e42fefa39efp-1};
    static const double tails[] = {0.0,
                                   -0x1.dd7009902bf32p-58,
                                   -0x1.ac9f4215f9393p-58,
                                   0x1.047074183dfcbp-58,
                                   0x1.2276041f43042p-59,
                                   0x1.e0efadd9db02bp-56,
                                   0x1.4b0b52198dbd9p-61,
                                   -0x1.c43eff892d8dp-58,
                                   0x1.494b610665378p-56,
                                   -0x1.ac81cc8a4dfb8p-56,
                                   0x1.862e53e39376p-60,
                                   -0x1.d98533b0b0b5ap-56,
                                   0x1.b3236255261cdp-55,
                                   -0x1.51ca5d6af4ac3p-55,
                                   0x1.ca64cc3d52c87p-56,
                                   0x1.abc9e3b39803fp-56};
    __m512i place = _mm512_castpd_si512(fma_f64(x, all_f64(15.0), all_f64(0x1.8p52)));
    doubles inverse = looked_up_f64(inverses, place), head = looked_up_f64(heads, place);
    doubles r = fma_f64(x, inverse, inverse - all_f64(1.0)), high = head + r;
    doubles bent = r * r * fma_f64(r, curve_f64(r), all_f64(-0.5)) + looked_up_f64(tails, place);
    return high + ((head - high) + r + bent);
}

/* log(a + s), s = sqrt(a^2 + 1). s less 1 is d, and what a^2 is more than d^2 + 2d, by 2s, is what s has lost. */
INLINE doubles asinhs_f64(doubles x)
{
    doubles a = sizes_f64(x), one = all_f64(1.0), s = _mm512_sqrt_pd(fma_f64(a, a, one)), sum = s + a, d = s - one;
    __mmask8 huge = _mm512_cmp_pd_mask(a, all_f64(0x1p28), _CMP_GE_OQ);
    doubles more = _mm512_fnmadd_pd(d, d, _mm512_fmsub_pd(a, a, d + d)) * all_f64(0.5);
    doubles inverse = _mm512_rcp14_pd(s), off = _mm512_fnmadd_pd(s, inverse, one); /* by Newton's method to 2^-27 */
    doubles low = (a - (sum - s)) + more * fma_f64(inverse, off, inverse);
    doubles y = log_sums_f64(_mm512_mask_mov_pd(sum, huge, a), low, (__mmask8)~huge, huge);
    return with_signs_f64(_mm512_mask_mov_pd(y, _mm512_cmp_pd_mask(a, all_f64(0x1p-28), _CMP_LT_OQ), a), x);
}

/* log(x + sqrt(x^2 - 1)), by t = x - 1. */
INLINE doubles acoshs_f64(doubles x)
{
    doubles one = all_f64(1.0), t = x - one, root = _mm512_sqrt_pd(fma_f64(t, t, t + t)), sum = x + root;
    __mmask8 huge = _mm512_cmp_pd_mask(x, all_f64(0x1p28), _CMP_GE_OQ);
    doubles y = log_sums_f64(_mm512_mask_mov_pd(sum, huge, x), root - (sum - x), (__mmask8)~huge, huge);
    return _mm512_mask_mov_pd(y, _mm512_cmp_pd_mask(x, one, _CMP_LT_OQ), all_f64(NAN));
}

/* ---- roots ---- */

/* x = 2^(3q + r) m, 1 <= m < 2: by the upper four bits of m, t = m/c - 1, of which (1 + t)^(1/3) is a short series, and the root of 2^r c. */
INLINE doubles cbrts_f64(doubles x)
{
    static const double inverses[] = {0x1.fp-1,  0x1.d4p-1, 0x1.bap-1, 0x1.a4p-1, 0x1.9p-1,  0x1.7ep-1,
                                      0x1.6cp-1, 0x1.5cp-1, 0x1.4ep-1, 0x1.42p-1, 0x1.36p-1, 0x1.2ap-1,
                                      0x1.2p-1,  0x1.16p-1, 0x1.0cp-1, 0x1.04p-1};
    static const double roots[3][16] = {
        {0x1.02b93e6b091f0p0, 0x1.07c8a2611201bp0, 0x1.0cdb9442ea813p0, 0x1.1178f0099b429p0, 0x1.15f4d44462724p0,
         0x1.1a415ddbb2c10p0, 0x1.1ed54fc185286p0, 0x1.2329d87caabb6p0, 0x1.272d1233edcf3p0, 0x1.2acc57a7862c2p0,
         0x1.2e9adf35eb25ap0, 0x1.329d0add2bb20p0, 0x1.361f35ca116ffp0, 0x1.39cbf3a8ca7a9p0, 0x1.3da6edf4b9061p0,
         0x1.40e08f10ea81ap0},
        {0x1.45f8a878c1115p0, 0x1.4c58bf70f39d8p0, 0x1.52bd50d6eb986p0, 0x1.588dbbf5f42fbp0, 0x1.5e33fca656a43p0,
         0x1.639e93c57389fp0, 0x1.696322a2d12d3p0, 0x1.6ed7ccfe0641ap0, 0x1.73e60612a24cep0, 0x1.78764ff5df9ecp0,
         0x1.7d4224813e19ap0, 0x1.824f0953f01f2p0, 0x1.86baa8240ae9cp0, 0x1.8b5beac3723c2p0, 0x1.90376e59626c5p0,
         0x1.9447a8a9335e1p0},
        {0x1.9ab2b88df879bp0, 0x1.a2bb066dfc7a3p0, 0x1.aac8f8b6e722ep0, 0x1.b21c42e26af93p0, 0x1.b93a6cec0b3b1p0,
         0x1.c00d6b7871ef7p0, 0x1.c751c4326cd3cp0, 0x1.ce317460a7e3cp0, 0x1.d49012c7fa728p0, 0x1.da500658d9250p0,
         0x1.e05afe7502304p0, 0x1.e6b7f029c1985p0, 0x1.ec49b0c1853f3p0, 0x1.f21f06584e018p0, 0x1.f83dc11708855p0,
         0x1.fd5c5bf0441dap0}};
    doubles a = sizes_f64(x), e = _mm512_getexp_pd(a), m = _mm512_getmant_pd(a, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_src);
    doubles q = _mm512_roundscale_pd(fma_f64(e, all_f64(1.0 / 3.0), all_f64(1.0 / 6.0)),
                                     _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
    doubles r = fma_f64(q, all_f64(-3.0), e);
    __m512i place = _mm512_srli_epi64(_mm512_castpd_si512(m), 48);
    doubles root = looked_up_f64(roots[0], place);
    root = _mm512_mask_mov_pd(root, _mm512_cmp_pd_mask(r, all_f64(1.0), _CMP_EQ_OQ), looked_up_f64(roots[1], place));
    root = _mm512_mask_mov_pd(root, _mm512_cmp_pd_mask(r, all_f64(2.0), _CMP_EQ_OQ), looked_up_f64(roots[2], place));
    doubles t = _mm512_fmsub_pd(m, looked_up_f64(inverses, place), all_f64(1.0));
    doubles p =
        POLYNOMIAL_F64(t, -0x1.02fa181d4b83ep-6, 0x1.37d9815c69a2fp-6, -0x1.80912a58736f9p-6, 0x1.ee70f715dcbe6p-6,
                       -0x1.511e8d24a5536p-5, 0x1.f9add3c1de32bp-5, -0x1.c71c71c71c944p-4, 0x1.555555555554ap-2);
    return with_signs_f64(_mm512_scalef_pd(fma_f64(root, p * t, root), q), x);
}

/* ---- powers ---- */

/* A logarithm in two parts, to 2^-63 of itself. */
typedef struct logs_two_f64 {
    doubles high, low;
} logs_two_f64;

/* Of x >= 0. x = 2^e m, 3/4 <= m < 3/2, and r = m/c - 1 for the 1/c of whole sixteenths that is nearest to 1/m. So |r| < 1/22, where 1/m lies between
 * 11 sixteenths and 12, and has no rounding. */
INLINE logs_two_f64 logs_two_of_f64(doubles x)
{
    /* log c where 1/c is 0 to 5 sixteenths more than 1, and where it is -5 to -1; none has the others */
    static const double heads[16] = {0.0,
                                     -0x1.f0a30c0118p-5,
                                     -0x1.e27076e2bp-4,
                                     -0x1.5ff3070a7ap-3,
                                     -0x1.c8ff7c79aap-3,
                                     -0x1.1675cababap-2,
                                     [11] = 0x1.7fafa3bd81p-2,
                                     0x1.269621134ep-2,
                                     0x1.a93ed3c8aep-3,
                                     0x1.1178e8227ep-3,
                                     0x1.08598b59e4p-4};
    static const double tails[16] = {0.0,
                                     0x1.d599e83368e91p-45,
                                     0x1.a342c2af0003cp-45,
                                     0x1.8586f183bebf2p-44,
                                     0x1.7794f689f8434p-45,
                                     -0x1.8380e731f55c4p-44,
                                     [11] = 0x1.46fb79bf6d4cbp-44,
                                     -0x1.1b61f10522625p-44,
                                     -0x1.8724350562169p-45,
                                     0x1.1ef78ce2d07f2p-45,
                                     -0x1.7e5dd7009902cp-46};
    const doubles sixteenths = all_f64(0x1.8p48), half = all_f64(-0.5);
    doubles m = _mm512_getmant_pd(x, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_src);
    doubles e = _mm512_getexp_pd(x) - _mm512_getexp_pd(m), shifted = _mm512_rcp14_pd(m) + sixteenths;
    __m512i place = _mm512_castpd_si512(shifted);
    doubles r = _mm512_fmsub_pd(m, shifted - sixteenths, all_f64(1.0)), square = r * r;
    doubles whole = fma_f64(e, all_f64(ln2_head_f64), looked_up_f64(heads, place)); /* exact, and 0 or more than r */
    doubles sum = whole + r, high = fma_f64(square, half, sum);
    doubles p =
        POLYNOMIAL_F64(r, -0x1.571c1348c483ep-4, 0x1.75ad2463c02abp-4, -0x1.9998946bfb5dp-4, 0x1.c71c038bc9a7fp-4,
                       -0x1.00000021ae882p-3, 0x1.24924928e8f7dp-3, -0x1.5555555551a12p-3, 0x1.999999999a16dp-3,
                       -0x1.0000000000001p-2, 0x1.5555555555555p-2); /* (log(1 + r) - r + r^2/2) / r^3: 2e-17 */
    doubles low = fma_f64(e, all_f64(ln2_tail_f64), looked_up_f64(tails, place));
    low = fma_f64(_mm512_fmsub_pd(r, r, square), half, low + (r - (sum - whole)));
    low = fma_f64(r * square, p, low + fma_f64(square, half, sum - high));
    doubles l = _mm512_mask_add_pd(high, ~_mm512_fpclass_pd_mask(high, 0x18), high, low); /* infinite is infinite */
    return (logs_two_f64){l, low - (l - high)};
}

/* z = |x|^y with the signs and the cases of C's pow. */
INLINE doubles pow_cases_f64(doubles z, doubles x, doubles y)
{
    const doubles one = all_f64(1.0), infinity = all_f64(INFINITY), zero = _mm512_setzero_pd(), half = y * all_f64(0.5);
    enum { DOWN = _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC };
    __mmask8 whole = _mm512_cmp_pd_mask(_mm512_roundscale_pd(y, DOWN), y, _CMP_EQ_OQ);
    __mmask8 odd = _mm512_mask_cmp_pd_mask(whole, _mm512_roundscale_pd(half, DOWN), half, _CMP_NEQ_UQ);
    z = _mm512_mask_mov_pd(z, odd, with_signs_f64(z, x));
    __mmask8 none = _mm512_mask_cmp_pd_mask((__mmask8)~whole, x, zero, _CMP_LT_OQ);
    z = _mm512_mask_mov_pd(z, _mm512_mask_cmp_pd_mask(none, x, zero - infinity, _CMP_GT_OQ), all_f64(NAN));
    __mmask8 ones =
        _mm512_mask_cmp_pd_mask(_mm512_cmp_pd_mask(x, zero - one, _CMP_EQ_OQ), sizes_f64(y), infinity, _CMP_EQ_OQ);
    ones |= _mm512_cmp_pd_mask(x, one, _CMP_EQ_OQ) | _mm512_cmp_pd_mask(y, zero, _CMP_EQ_OQ);
    return _mm512_mask_mov_pd(z, ones, one);
}

/* e^(y log |x|), the exponent in two parts. */
INLINE doubles pows_f64(doubles x, doubles y)
{
    logs_two_f64 l = logs_two_of_f64(sizes_f64(x));
    doubles high = y * l.high, low = fma_f64(y, l.low, _mm512_fmsub_pd(y, l.high, high)), z;
    e_to_f64(&z, &high, &low, 1, false);
    /* of positive x and finite y there are no other cases than far powers */
    enum { NANS = 0x81, ZEROS = 0x06, INFINITIES = 0x18, BELOW = 0x40 };
    __mmask8 cases =
        _mm512_fpclass_pd_mask(x, NANS | ZEROS | INFINITIES | BELOW) | _mm512_fpclass_pd_mask(y, NANS | INFINITIES);
    cases |= are_far_f64(high);
    return __builtin_expect(cases, 0) ? pow_cases_f64(exp_anywhere_f64(high, low), x, y) : z;
}

/* ---- functions of angles ---- */

/* x = k*(pi/8) + rest + low, |rest| <= pi/16, |x| < huge_f64; the place is k. As turned_f64. */
typedef struct angles_f64 {
    doubles rest, low;
    __m512i place;
} angles_f64;

INLINE angles_f64 angles_of_f64(doubles x)
{
    doubles shifted = fma_f64(x, all_f64(0x1.45f306dc9c883p1), all_f64(round_f64)), k = shifted - all_f64(round_f64);
    doubles a = fma_f64(k, all_f64(-0x1.921fb54442d18p-2), x), second = k * all_f64(0x1.1a62633p-56), b = a - second;
    doubles low = fma_f64(k, all_f64(-0x1.45c06e0e68948p-88), (a - b) - second);
    return (angles_f64){b, low, _mm512_castpd_si512(shifted)};
}

/* The sine, `ahead` quarters on: sin(u + r) = sin u + (cos u sin r + sin u (cos r - 1)), of which sin u and cos u, u = k*(pi/8), are looked up. */
INLINE doubles sines_at_f64(angles_f64 x, uint64_t ahead)
{
    static const double sines[] = {0.0,  0x1.87de2a6aea963p-2,  0x1.6a09e667f3bcdp-1,  0x1.d906bcf328d46p-1,
                                   1.0,  0x1.d906bcf328d46p-1,  0x1.6a09e667f3bcdp-1,  0x1.87de2a6aea963p-2,
                                   0.0,  -0x1.87de2a6aea963p-2, -0x1.6a09e667f3bcdp-1, -0x1.d906bcf328d46p-1,
                                   -1.0, -0x1.d906bcf328d46p-1, -0x1.6a09e667f3bcdp-1, -0x1.87de2a6aea963p-2};
    static const double tails[] = {0.0, -0x1.72cedd3d5a610p-57, -0x1.bdd3413b26456p-55, 0x1.457e610231ac2p-56,
                                   0.0, 0x1.457e610231ac2p-56,  -0x1.bdd3413b26456p-55, -0x1.72cedd3d5a610p-57,
                                   0.0, 0x1.72cedd3d5a610p-57,  0x1.bdd3413b26456p-55,  -0x1.457e610231ac2p-56,
                                   0.0, -0x1.457e610231ac2p-56, 0x1.bdd3413b26456p-55,  0x1.72cedd3d5a610p-57};
    doubles r = x.rest, t = r * r;
    doubles bent = fma_f64(
        r * t, /* sin r - r */
        POLYNOMIAL_F64(t, 0x1.719be0e183ad0p-19, -0x1.a019fb3b29fa9p-13, 0x1.11111110de94dp-7, -0x1.5555555555546p-3),
        x.low);
    doubles less = t * POLYNOMIAL_F64(t, -0x1.27adb0fc467d0p-22, 0x1.a019fa2a5bbf2p-16, -0x1.6c16c16bad946p-10,
                                      0x1.5555555555514p-5, -0.5); /* cos r - 1 */
    __m512i place = _mm512_add_epi64(x.place, _mm512_set1_epi64((int64_t)(4 * ahead)));
    doubles sine = looked_up_f64(sines, place);
    doubles cosine = looked_up_f64(sines, _mm512_add_epi64(place, _mm512_set1_epi64(4)));
    doubles rest = fma_f64(cosine, bent, fma_f64(sine, less, looked_up_f64(tails, place)));
    return sine + fma_f64(cosine, r, rest);
}

INLINE doubles sins_f64(doubles x, uint64_t ahead)
{
    __mmask8 zero = _mm512_mask_cmp_pd_mask(ahead ? 0 : 0xff, x, _mm512_setzero_pd(), _CMP_EQ_OQ);
    return _mm512_mask_mov_pd(sines_at_f64(angles_of_f64(x), ahead), zero, x); /* -0 */
}

INLINE doubles tans_f64(doubles x, uint64_t ahead)
{
    angles_f64 angles = angles_of_f64(x);
    __mmask8 zero = _mm512_cmp_pd_mask(x, _mm512_setzero_pd(), _CMP_EQ_OQ);
    return _mm512_mask_mov_pd(sines_at_f64(angles, ahead) / sines_at_f64(angles, ahead + 1), zero, x);
}

/* ---- angles of sides ---- */

/* Makes of over/under, where `large` and `small` say that it is needed, a quotient that no end of a double's range disturbs: of what is infinite, 1/1
 * or 0/1; and 0/0 is 0. */
INLINE void scale_sides_f64(doubles *over, doubles *under, __mmask8 large, __mmask8 small)
{
    __mmask8 endless = _mm512_cmp_pd_mask(*under, all_f64(INFINITY), _CMP_EQ_OQ);
    __mmask8 corner = _mm512_mask_cmp_pd_mask(endless, *over, *under, _CMP_EQ_OQ);
    __mmask8 none = _mm512_cmp_pd_mask(*under, _mm512_setzero_pd(), _CMP_EQ_OQ);
    doubles one = all_f64(1.0), scale = _mm512_mask_mov_pd(one, large, all_f64(0.25));
    scale = _mm512_mask_mov_pd(scale, small, all_f64(0x1p600));
    scale = _mm512_mask_mov_pd(scale, endless, _mm512_setzero_pd());
    *over = _mm512_mask_mov_pd(*over * scale, corner, one); /* NaN stays */
    *under = _mm512_mask_mov_pd(*under * scale, endless | none, one);
}

/* atan(y/x), y >= 0, x >= 0: that of the smaller by the larger side, or what it leaves of a quarter. With c, the quotient's nearest whole eighth, whose atan is
 * looked up, that of (y - cx)/(x + cy) is a short series. */
INLINE doubles atans_of_ratio_f64(doubles y, doubles x)
{
    static const double heads[16] = {0.0,
                                     0x1.fd5ba9aac2f6ep-4,
                                     0x1.f5b75f92c80ddp-3,
                                     0x1.6f61941e4def1p-2,
                                     0x1.dac670561bb4fp-2,
                                     0x1.1e00babdefeb4p-1,
                                     0x1.4978fa3269ee1p-1,
                                     0x1.700a7c5784634p-1,
                                     0x1.921fb54442d18p-1};
    static const double tails[16] = {0.0,
                                     -0x1.cd37686760c17p-59,
                                     0x1.8ab6e3cf7afbdp-57,
                                     -0x1.c63aae6f6e918p-56,
                                     0x1.a2b7f222f65e2p-56,
                                     -0x1.928df287a668fp-58,
                                     0x1.2419a87f2a458p-56,
                                     -0x1.8c34d25aadef6p-56,
                                     0x1.1a62633145c07p-55};
    const doubles eighths = all_f64(0x1.8p49);
    __mmask8 steep = _mm512_cmp_pd_mask(y, x, _CMP_GT_OQ);
    doubles over = _mm512_mask_mov_pd(y, steep, x), under = _mm512_mask_mov_pd(x, steep, y);
    __mmask8 large = _mm512_cmp_pd_mask(under, all_f64(0x1p1000), _CMP_GT_OQ);
    __mmask8 small = _mm512_cmp_pd_mask(under, all_f64(0x1p-400), _CMP_LT_OQ);
    if (large | small)
        scale_sides_f64(&over, &under, large, small);
    doubles shifted = fma_f64(over, _mm512_rcp14_pd(under), eighths), c = shifted - eighths;
    doubles u = _mm512_fnmadd_pd(c, under, over) / fma_f64(c, over, under), t = u * u;
    doubles p = POLYNOMIAL_F64(t, -0x1.70d5f515ac81fp-4, 0x1.c718e2ef19373p-4, -0x1.249248687cac8p-3,
                               0x1.999999997e392p-3, -0x1.555555555555p-2);
    __m512i place = _mm512_castpd_si512(shifted);
    doubles angle = looked_up_f64(heads, place) + (fma_f64(u * t, p, u) + looked_up_f64(tails, place));
    return _mm512_mask_sub_pd(angle, steep, all_f64(half_pi), angle - all_f64(half_pi_tail));
}

INLINE doubles atans_f64(doubles x)
{
    return with_signs_f64(atans_of_ratio_f64(sizes_f64(x), all_f64(1.0)), x);
}

INLINE doubles atan2s_f64(doubles y, doubles x)
{
    doubles angle = atans_of_ratio_f64(sizes_f64(y), sizes_f64(x));
    __mmask8 behind = _mm512_movepi64_mask(_mm512_castpd_si512(x));
    angle = _mm512_mask_sub_pd(angle, behind, all_f64(2.0 * half_pi), angle - all_f64(2.0 * half_pi_tail));
    return with_signs_f64(angle, y);
}

#undef EACH
#undef EACH_PAIR

#endif
