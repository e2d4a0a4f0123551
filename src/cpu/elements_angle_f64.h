/*
 * elements_angle_f64.h - functions of angles and angles of sides, of one double: branch-free, so that a loop over them becomes vector code.
 */
#ifndef SSI_SRC_ELEMENTS_ANGLE_F64_H
#define SSI_SRC_ELEMENTS_ANGLE_F64_H

#include "cpu/elements_exp_f64.h"

/* An angle as quarter*(pi/2) + rest + low, |rest| <= pi/4. */
typedef struct turned {
    double rest, low;
    uint64_t quarter; /* its lowest two bits count */
} turned;

/* Where turned_f64 ends: there a quarter still is exact in the heads below. */
static const double huge_f64 = 0x1p20;

/* pi/2 in parts, of which a quarter times one is exact: the first is all of a double, whose product fits an FMA, or two of 33 and 20 bits; the
 * next has 32 bits. What subtractions lose is kept. */
INLINE turned turned_f64(double x)
{
    double shifted = FMA64(x, 0x1.45f306dc9c883p-1, round_f64), k = shifted - round_f64;
#if defined(__FMA__) || defined(__aarch64__)
    double a = FMA64(k, -0x1.921fb54442d18p0, x);
#else
    double a = (x - k * 0x1.921fb544p0) - k * 0x1.0b46p-34;
#endif
    double second = k * 0x1.1a62633p-54, b = a - second;
    return (turned){b, FMA64(k, -0x1.45c06e0e68948p-86, (a - b) - second), bits_f64(shifted)};
}

/* Within half a last place and a little. */
INLINE double sin_near_f64(double r, double low, double t)
{
    double p = 0x1.5e110931a996ep-33;
    p = FMA64(p, t, -0x1.ae601f855a8a5p-26);
    p = FMA64(p, t, 0x1.71de37b05d50dp-19);
    p = FMA64(p, t, -0x1.a01a019ea02d2p-13);
    p = FMA64(p, t, 0x1.1111111110c8p-7);
    p = FMA64(p, t, -0x1.5555555555555p-3);
    return r + FMA64(r * t, p, low * FMA64(t, -0.5, 1.0));
}

INLINE double cos_near_f64(double r, double low, double t)
{
    double p = -0x1.9073543ba3ca3p-37;
    p = FMA64(p, t, 0x1.1eeb578d5ebdfp-29);
    p = FMA64(p, t, -0x1.27e4fa029e455p-22);
    p = FMA64(p, t, 0x1.a01a019f38p-16);
    p = FMA64(p, t, -0x1.6c16c16c168c9p-10);
    p = FMA64(p, t, 0x1.5555555555555p-5);
    double half = 0.5 * t, most = 1.0 - half;
    return most + (((1.0 - most) - half) + FMA64(t * t, p, -r * low));
}

/* sin(x + ahead*(pi/2)). Small angles are their own sines: so denormals and -0 stay. */
INLINE double sin_f64(double x, uint64_t ahead)
{
    turned r = turned_f64(x);
    double t = r.rest * r.rest, s = sin_near_f64(r.rest, r.low, t), c = cos_near_f64(r.rest, r.low, t);
    uint64_t quarter = r.quarter + ahead;
    double y = quarter & 1 ? c : s, small = ahead ? 0.0 : 0x1p-27;
    y = double_of(bits_f64(y) ^ (quarter & 2) << 62);
    return abs_f64(x) < small ? x : y;
}

INLINE double tan_f64(double x, uint64_t ahead)
{
    turned r = turned_f64(x);
    double t = r.rest * r.rest, s = sin_near_f64(r.rest, r.low, t), c = cos_near_f64(r.rest, r.low, t);
    bool odd = (r.quarter + ahead) & 1;
    double y = (odd ? -c : s) / (odd ? s : c);
    return abs_f64(x) < 0x1p-27 ? x : y;
}

static const double half_pi = 0x1.921fb54442d18p0, half_pi_tail = 0x1.1a62633145c07p-54;

/* atan(y/x), y >= 0, x >= 0, not both infinite: in three ranges about 0, 1 and infinity, one division serving all. */
INLINE double atan_ratio(double y, double x)
{
    bool low = y <= 0.4142 * x, high = x <= 0.4142 * y;
    double over = low ? y : high ? -x : y - x, under = low ? x : high ? y : y + x;
    double u = over / (under == 0.0 ? 1.0 : under), t = u * u;
    double p = -0x1.3aed3bcc6dfa7p-6;
    p = FMA64(p, t, 0x1.41b5e2a3b63ccp-5);
    p = FMA64(p, t, -0x1.a0b920824e0b5p-5);
    p = FMA64(p, t, 0x1.dfecf484484e8p-5);
    p = FMA64(p, t, -0x1.10fae6065c72bp-4);
    p = FMA64(p, t, 0x1.3b126bfd8d5fdp-4);
    p = FMA64(p, t, -0x1.745d0b9ce455fp-4);
    p = FMA64(p, t, 0x1.c71c7188c0671p-4);
    p = FMA64(p, t, -0x1.249249243d825p-3);
    p = FMA64(p, t, 0x1.999999999942cp-3);
    p = FMA64(p, t, -0x1.5555555555555p-2);
    double near = FMA64(u * t, p, u), eighths = low ? 0.0 : high ? 1.0 : 0.5;
    return low ? near : eighths * half_pi + (near + eighths * half_pi_tail);
}

INLINE double atan_f64(double x)
{
    return signed_f64(atan_ratio(abs_f64(x), 1.0), x);
}

INLINE double atan2_f64(double y, double x)
{
    double a = abs_f64(y), b = abs_f64(x), most = a > b ? a : b,
           scale = most > 0x1p1000 ? 0.25 /* sums of both stay finite, and of the smaller nothing is lost that counts */
                   : most < 0x1p-400 ? 0x1p600
                                     : 1.0;
    bool corner = a == INFINITY && b == INFINITY;
    double angle = atan_ratio(corner ? 1.0 : a * scale, corner ? 1.0 : b * scale);
    angle = bits_f64(x) >> 63 ? 2.0 * half_pi - (angle - 2.0 * half_pi_tail) : angle;
    return signed_f64(angle, y);
}

/* By a power of two that keeps squares of a and b from overflowing, and from losing what counts. */
INLINE double scale_of_sides(double a, double b)
{
    double most = a > b ? a : b;
    return most > 0x1p500 ? 0x1p-600 : most < 0x1p-400 ? 0x1p600 : 1.0;
}

INLINE double hypot_f64(double x, double y)
{
    double a = abs_f64(x), b = abs_f64(y), scale = scale_of_sides(a, b);
    double s = a * scale, t = b * scale, most = s > t ? s : t, least = s > t ? t : s, square = most * most;
    double sum = sqrt_f64(square + FMA64(least, least, product_error(most, most, square))) * (scale == 1.0  ? 1.0
                                                                                              : scale < 1.0 ? 0x1p600
                                                                                                            : 0x1p-600);
    return a == INFINITY || b == INFINITY ? INFINITY : sum;
}

/* asin(s) for 0 <= s <= 1/2, t = s^2. */
INLINE double asin_near_f64(double s, double t)
{
    double p = 0x1.dabba2b7df4e8p-6;
    p = FMA64(p, t, -0x1.f170025c1e44fp-7);
    p = FMA64(p, t, 0x1.20a9f2e2edbcfp-6);
    p = FMA64(p, t, 0x1.6037560611a09p-8);
    p = FMA64(p, t, 0x1.52eb7199c46d7p-7);
    p = FMA64(p, t, 0x1.780afddec10c3p-7);
    p = FMA64(p, t, 0x1.c9d1fdde36353p-7);
    p = FMA64(p, t, 0x1.1c4d1a7281b43p-6);
    p = FMA64(p, t, 0x1.6e8bb30e1ed28p-6);
    p = FMA64(p, t, 0x1.f1c71c1478c97p-6);
    p = FMA64(p, t, 0x1.6db6db6e442c2p-5);
    p = FMA64(p, t, 0x1.3333333332dc8p-4);
    p = FMA64(p, t, 0x1.5555555555556p-3);
    return FMA64(s * t, p, s);
}

/* Beyond 1/2: pi/2 - 2 asin(sqrt((1 - a)/2)), of which the latter is `near`. */
INLINE double asin_f64(double x)
{
    double a = abs_f64(x), t = a <= 0.5 ? a * a : 0.5 - 0.5 * a, s = a <= 0.5 ? a : sqrt_f64(t),
           near = asin_near_f64(s, t);
    return signed_f64(a <= 0.5 ? near : half_pi - (2.0 * near - half_pi_tail), x);
}

INLINE double acos_f64(double x)
{
    double a = abs_f64(x), t = a <= 0.5 ? a * a : 0.5 - 0.5 * a, s = a <= 0.5 ? a : sqrt_f64(t),
           near = asin_near_f64(s, t);
    double middle = half_pi - (signed_f64(near, x) - half_pi_tail);
    double beyond = x < 0.0 ? 2.0 * half_pi - (2.0 * near - 2.0 * half_pi_tail) : 2.0 * near;
    return a <= 0.5 ? middle : beyond;
}

#endif
