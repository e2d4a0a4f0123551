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

#define ANGLES 64 /* taken together */

typedef float turned_function(float rest, float tail, uint32_t quarter);

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
        __m512 x = _mm512_loadu_ps(a + j), third = _mm512_set1_ps(0x1.5110b4p-22f);
        __m512 k =
            _mm512_roundscale_ps(x * _mm512_set1_ps(0x1.45f306p-1f), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
        __m512 r = _mm512_fmadd_ps(k, _mm512_set1_ps(-0x1.fbp-12f), _mm512_fmadd_ps(k, _mm512_set1_ps(-0x1.92p0f), x));
        /* r - k*third, and what is lost: by the product, and (Knuth) by the difference; and the fourth part */
        __m512 p = k * third, high = r - p, back = high - r, low = (r - (high - back)) - (p + back);
        low = low - _mm512_fmsub_ps(k, third, p);
        low = _mm512_fmadd_ps(k, _mm512_set1_ps(-0x1.84698ap-48f), low);
        __m512 rest = high + low;
        _mm512_storeu_ps(t->rest + j, rest);
        _mm512_storeu_ps(t->tail + j, (high - rest) + low);
        _mm512_storeu_si512((void *)(t->quarter + j), _mm512_cvtps_epi32(k));
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

/* d = f of the angles a, for whole ANGLES of them. */
INLINE void turned_groups(float *d, const float *a, size_t n, turned_function *f)
{
    for (size_t i = 0; i + ANGLES <= n; i += ANGLES) {
        turned_angles t;
        turn_near(&t, a + i);
        if (NEAR_ANGLE == 0 || any_beyond(a + i, NEAR_ANGLE))
            turn_beyond(&t, a + i);
        SIMD for (size_t j = 0; j < ANGLES; j++) d[i + j] = f(t.rest[j], t.tail[j], t.quarter[j]);
    }
}

#define TURNED_FUNCTION(op)                                                                                            \
    IN_TABLE void op##_vv_f32(void *d, const void *a, const void *b, const void *c, size_t n)                          \
    {                                                                                                                  \
        static const ending end = {op##_vv_f32, ANGLES, sizeof(float), sizeof(float), 0, 0};                           \
        turned_groups(d, a, n, op##_reduced_f32);                                                                      \
        finish(d, a, b, c, n, &end);                                                                                   \
    }
TURNED_FUNCTION(sin)
TURNED_FUNCTION(cos)
TURNED_FUNCTION(tan)
#undef TURNED_FUNCTION

typedef double angle_function(double);

/* d = f(a), for whole ANGLES of them; huge and infinite ones are left to the C library. */
INLINE void angle_groups(double *d, const double *a, size_t n, angle_function *f, angle_function *slow)
{
    for (size_t i = 0; i + ANGLES <= n; i += ANGLES) {
        double y[ANGLES];
        unsigned huge = 0;
        SIMD for (size_t j = 0; j < ANGLES; j++)
        {
            y[j] = f(a[i + j]);
            huge |= !(abs_f64(a[i + j]) < huge_f64);
        }
        for (size_t j = 0; huge && j < ANGLES; j++)
            if (!(abs_f64(a[i + j]) < huge_f64))
                y[j] = slow(a[i + j]);
        memcpy(d + i, y, sizeof y);
    }
}

#define ANGLE_FUNCTION(op)                                                                                             \
    IN_TABLE void op##_vv_f64(void *d, const void *a, const void *b, const void *c, size_t n)                          \
    {                                                                                                                  \
        static const ending end = {op##_vv_f64, ANGLES, sizeof(double), sizeof(double), 0, 0};                         \
        angle_groups(d, a, n, op##_f64, op);                                                                           \
        finish(d, a, b, c, n, &end);                                                                                   \
    }
ANGLE_FUNCTION(sin)
ANGLE_FUNCTION(cos)
ANGLE_FUNCTION(tan)
#undef ANGLE_FUNCTION

#endif
