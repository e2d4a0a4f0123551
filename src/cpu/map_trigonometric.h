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

/* d = f of the angles a, for whole ANGLES of them. */
INLINE void turned_groups(float *d, const float *a, size_t n, turned_function *f)
{
    for (size_t i = 0; i + ANGLES <= n; i += ANGLES) {
        float rest[ANGLES], tail[ANGLES];
        uint32_t quarter[ANGLES], huge = 0;
        SIMD for (size_t j = 0; j < ANGLES; j++)
        {
            reduced r = reduce_f32(a[i + j]);
            rest[j] = r.rest;
            tail[j] = r.tail;
            quarter[j] = r.quarter;
            huge |= !(abs_f32(a[i + j]) < huge_f32);
        }
        for (size_t j = 0; huge && j < ANGLES; j++)
            if (!(abs_f32(a[i + j]) < huge_f32)) {
                reduced r = reduce_huge_f32(a[i + j]);
                rest[j] = r.rest;
                tail[j] = r.tail;
                quarter[j] = r.quarter;
            }
        SIMD for (size_t j = 0; j < ANGLES; j++) d[i + j] = f(rest[j], tail[j], quarter[j]);
    }
}

#define TURNED_FUNCTION(op)                                                                                            \
    static void op##_vv_f32(void *d, const void *a, const void *b, const void *c, size_t n)                            \
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
    static void op##_vv_f64(void *d, const void *a, const void *b, const void *c, size_t n)                            \
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
