/*
 * map_trigonometric.h - functions of angles, group by group: the reduction of huge angles is integer work that no vector does well, so it
 * replaces the ordinary one where it is needed, element by element; in f32 before both take the same polynomials.
 */
#ifndef SSI_SRC_MAP_TRIGONOMETRIC_H
#define SSI_SRC_MAP_TRIGONOMETRIC_H

#include "cpu/elements_f32.h"
#include "cpu/elements_f64.h"
#include "cpu/elements_more_f32.h"
#include "cpu/group.h"
#ifdef __AVX512F__
#include "cpu/wide_f64.h"
#endif

#define ANGLES 64 /* taken together */

/* ANGLES angles turned into the first quarter. */
typedef struct turned_angles {
    float rest[ANGLES], tail[ANGLES];
    uint32_t quarter[ANGLES];
} turned_angles;

#ifdef __AVX512F__
/* Up to here a quarter has 14 bits, and its products with the first two parts of pi/2, of 9 bits each, are exact. */
#define NEAR_ANGLE 0x1p14f

/* All of them in float, which leaves those beyond NEAR_ANGLE to be done over. */
INLINE void turn_near(turned_angles *t, const float *a)
{
    UNROLLED for (size_t j = 0; j < ANGLES; j += 16)
    {
        __m512 x = _mm512_loadu_ps(a + j), third = _mm512_set1_ps(0x1.5110b4p-22f), round = _mm512_set1_ps(round_f32);
        __m512 shifted = _mm512_fmadd_ps(x, _mm512_set1_ps(0x1.45f306p-1f), round), k = shifted - round;
        __m512 r = _mm512_fmadd_ps(k, _mm512_set1_ps(-0x1.fbp-12f), _mm512_fmadd_ps(k, _mm512_set1_ps(-0x1.92p0f), x));
        /* r - k*third, and what that is too much, for r is a multiple of 2^-24 and so of the product's last place (Dekker); and the fourth part */
        __m512 high = r - k * third, over = _mm512_fmadd_ps(k, third, high - r);
        over = _mm512_fmadd_ps(k, _mm512_set1_ps(0x1.84698ap-48f), over);
        __m512 rest = high - over; /* of -0 it is -0 */
        _mm512_storeu_ps(t->rest + j, rest);
        _mm512_storeu_ps(t->tail + j, (high - rest) - over);
        _mm512_storeu_si512((void *)(t->quarter + j), _mm512_castps_si512(shifted));
    }
}
#else
#define NEAR_ANGLE 0.0f
INLINE void turn_near(turned_angles *t, const float *a)
{
    (void)t, (void)a;
}
#endif

/* Those from NEAR_ANGLE on, in double. */
INLINE void turn_far(turned_angles *t, const float *a)
{
    SIMD for (size_t j = 0; j < ANGLES; j++)
    {
        bool near = abs_f32(a[j]) < NEAR_ANGLE;
        reduced r = reduce_f32(a[j]);
        t->rest[j] = near ? t->rest[j] : r.rest;
        t->tail[j] = near ? t->tail[j] : r.tail;
        t->quarter[j] = near ? t->quarter[j] : r.quarter;
    }
}

INLINE bool any_beyond(const float *a, float most)
{
    uint32_t beyond = 0;
    SIMD for (size_t j = 0; j < ANGLES; j++) beyond |= !(abs_f32(a[j]) < most);
    return beyond;
}

NOINLINE void turn_beyond(turned_angles *t, const float *a)
{
    turn_far(t, a);
    if (!any_beyond(a, huge_f32))
        return;
    for (size_t j = 0; j < ANGLES; j++)
        if (!(abs_f32(a[j]) < huge_f32)) {
            reduced r = reduce_huge_f32(a[j]);
            t->rest[j] = r.rest;
            t->tail[j] = r.tail;
            t->quarter[j] = r.quarter;
        }
}

/* Of ANGLES angles; near and far ones together, so that an element's bits do not depend on its neighbours. */
INLINE void turn(turned_angles *t, const float *a)
{
    turn_near(t, a);
    if (NEAR_ANGLE == 0 || any_beyond(a, NEAR_ANGLE))
        turn_beyond(t, a);
}

#ifdef __AVX512F__
/* tan_reduced_f32, whose quotient is one by Newton's method from 2^-14. */
INLINE void tan_of_turned(float *d, const turned_angles *t)
{
    UNROLLED for (size_t j = 0; j < ANGLES; j += 16)
    {
        __m512 r = _mm512_loadu_ps(t->rest + j), tail = _mm512_loadu_ps(t->tail + j), square = r * r;
        __m512 one = _mm512_set1_ps(1.0f), p = _mm512_set1_ps(tan_terms_f32[0]);
        UNROLLED for (int i = 1; i < TAN_TERMS; i++) p = _mm512_fmadd_ps(p, square, _mm512_set1_ps(tan_terms_f32[i]));
        __m512 cube = square * r, y = _mm512_fmadd_ps(p, cube, r), slope = _mm512_fmadd_ps(y, y, one);
        y = r - _mm512_fnmsub_ps(p, cube, slope * tail); /* of -0 it is -0 */
        __m512 inverse = _mm512_rcp14_ps(y), off = _mm512_fnmadd_ps(y, inverse, one);
        __mmask16 odd = _mm512_test_epi32_mask(_mm512_loadu_si512(t->quarter + j), _mm512_set1_epi32(1));
        _mm512_storeu_ps(d + j, _mm512_mask_mov_ps(y, odd, _mm512_fnmsub_ps(inverse, off, inverse)));
    }
}
#else
INLINE void tan_of_turned(float *d, const turned_angles *t)
{
    SIMD for (size_t j = 0; j < ANGLES; j++) d[j] = tan_reduced_f32(t->rest[j], t->tail[j], t->quarter[j]);
}
#endif

/* The sines of whole ANGLES, `ahead` quarters on: cosines are. */
NOINLINE void sines_f32(float *d, const float *a, size_t n, uint32_t ahead)
{
    for (size_t i = 0; i + ANGLES <= n; i += ANGLES) {
        turned_angles t;
        turn(&t, a + i);
        SIMD for (size_t j = 0; j < ANGLES; j++) d[i + j] = sin_reduced_f32(t.rest[j], t.quarter[j] + ahead);
    }
}

INLINE void tans_of_f32(float *d, const float *a, size_t n)
{
    for (size_t i = 0; i + ANGLES <= n; i += ANGLES) {
        turned_angles t;
        turn(&t, a + i);
        tan_of_turned(d + i, &t);
    }
}

/* Of doubles y = f(a), for ANGLES of them; whether some are huge, for which it is not. */
#ifdef __AVX512F__
typedef doubles angle_function(doubles, uint64_t ahead);
#define OF_ANGLE(op) op##s_f64

INLINE bool take_angles(double *y, const double *a, angle_function *f, uint64_t ahead)
{
    __mmask8 huge = 0;
    ROLLED for (size_t j = 0; j < ANGLES; j += 8)
    {
        doubles x = _mm512_loadu_pd(a + j);
        huge |= _mm512_cmp_pd_mask(sizes_f64(x), all_f64(huge_f64), _CMP_NLT_UQ);
        _mm512_storeu_pd(y + j, f(x, ahead));
    }
    return huge;
}
#else
typedef double angle_function(double, uint64_t ahead);
#define OF_ANGLE(op) op##_f64

INLINE bool take_angles(double *y, const double *a, angle_function *f, uint64_t ahead)
{
    unsigned huge = 0;
    SIMD for (size_t j = 0; j < ANGLES; j++)
    {
        y[j] = f(a[j], ahead);
        huge |= !(abs_f64(a[j]) < huge_f64);
    }
    return huge;
}
#endif

/* d = f(a), for whole ANGLES of them; huge and infinite ones are left to the C library. */
INLINE void angle_groups(double *d, const double *a, size_t n, angle_function *f, uint64_t ahead,
                         double (*slow)(double))
{
    for (size_t i = 0; i + ANGLES <= n; i += ANGLES) {
        double y[ANGLES];
        bool huge = take_angles(y, a + i, f, ahead);
        for (size_t j = 0; huge && j < ANGLES; j++)
            if (!(abs_f64(a[i + j]) < huge_f64))
                y[j] = slow(a[i + j]);
        memcpy(d + i, y, sizeof y);
    }
}

NOINLINE void sines_f64(double *d, const double *a, size_t n, uint64_t ahead)
{
    angle_groups(d, a, n, OF_ANGLE(sin), ahead, ahead ? cos : sin);
}

INLINE void tans_of_f64(double *d, const double *a, size_t n)
{
    angle_groups(d, a, n, OF_ANGLE(tan), 0, tan);
}

#define ANGLE_FUNCTION(T, name, call)                                                                                  \
    IN_TABLE void name(void *d, const void *a, const void *b, const void *c, size_t n)                                 \
    {                                                                                                                  \
        static const ending end = {name, ANGLES, sizeof(T), sizeof(T), 0, 0};                                          \
        call;                                                                                                          \
        finish(d, a, b, c, n, &end);                                                                                   \
    }
ANGLE_FUNCTION(float, sin_vv_f32, sines_f32(d, a, n, 0))
ANGLE_FUNCTION(float, cos_vv_f32, sines_f32(d, a, n, 1))
ANGLE_FUNCTION(float, tan_vv_f32, tans_of_f32(d, a, n))
ANGLE_FUNCTION(double, sin_vv_f64, sines_f64(d, a, n, 0))
ANGLE_FUNCTION(double, cos_vv_f64, sines_f64(d, a, n, 1))
ANGLE_FUNCTION(double, tan_vv_f64, tans_of_f64(d, a, n))
#undef ANGLE_FUNCTION
#undef OF_ANGLE

#endif
