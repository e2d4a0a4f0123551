/*
 * half.h - floats of 16 bits: f16 (11 bits of precision, up to 65504) and bf16, which is the upper half of an f32 (8 bits, an f32's range). To them
 * with one rounding, to the nearest, ties to even.
 */
#ifndef SSI_SRC_HALF_H
#define SSI_SRC_HALF_H

#include "cpu/elements_f32.h"

typedef uint16_t f16, bf16;

INLINE float f32_of_f16(f16 h)
{
    uint32_t m = (h & 0x7fffu) << 13; /* the exponent's bias differs by 112 */
    uint32_t u = bits_f32(float_of(m) * 0x1p112f);
    u = m >= 0x0f800000u ? m | 0x7f800000u : u; /* infinity and NaN */
    return float_of(u | (h & 0x8000u) << 16);
}

INLINE f16 f16_of_f32(float x)
{
    uint32_t u = bits_f32(x) & 0x7fffffffu;
    uint32_t normal = (u + 0xfffu + (u >> 13 & 1) - (112u << 23)) >> 13;
    uint32_t tiny = bits_f32(float_of(u) + 0.5f) - bits_f32(0.5f); /* the sum's last bit is f16's smallest number */
    uint32_t h = u < 0x38800000u ? tiny : normal;
    h = u >= 0x477ff000u ? 0x7c00u : h; /* rounds beyond 65504 */
    h = u > 0x7f800000u ? 0x7e00u | (u >> 13 & 0x1ffu) : h;
    return (f16)(h | (bits_f32(x) >> 16 & 0x8000u));
}

INLINE float f32_of_bf16(bf16 h)
{
    return float_of((uint32_t)h << 16);
}

INLINE bf16 bf16_of_f32(float x)
{
    uint32_t u = bits_f32(x), rounded = u + 0x7fffu + (u >> 16 & 1);
    return (bf16)((x != x ? u | 0x400000u : rounded) >> 16);
}

#endif
