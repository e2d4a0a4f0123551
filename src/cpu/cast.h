/*
 * cast.h - conversions between all dtypes, each with one rounding: a loop where the pair deserves one, else two steps over a block through
 * a type that holds the first exactly (or, where none does, rounds to odd, after which a second rounding is the only one).
 *
 * Floats become integers as in C where int32 (for i64: int64) holds the truncated value, whose low bits the narrower types take; beyond it,
 * and for NaN, they become its lowest number, as x86 does it.
 */
#ifndef SSI_SRC_CAST_H
#define SSI_SRC_CAST_H

#include "cpu/group.h"
#include "cpu/half.h"

typedef float f32;
typedef double f64;
typedef uint8_t u8;
typedef int8_t i8;
typedef int16_t i16;
typedef int32_t i32;
typedef int64_t i64;

/* Truncates, and marks in the last bit that something was cut off. */
INLINE f32 f32_odd_of_f64(f64 x)
{
    f32 y = (f32)x;
    uint32_t u = bits_f32(y), away = fabs((f64)y) > fabs(x);
    return float_of((u - away) | ((f64)y != x && x == x));
}

INLINE f64 f64_odd_of_i64(i64 x)
{
    bool wide = x >= (1ll << 53) || x <= -(1ll << 53);
    return (f64)(wide && (x & 0x7ff) ? (x & ~0x7ffll) | 0x800 : x);
}

INLINE i32 i32_of_f32(f32 x)
{
    bool fits = x >= -0x1p31f && x < 0x1p31f;
    i32 y = (i32)(fits ? x : 0);
    return fits ? y : INT32_MIN;
}

INLINE i32 i32_of_f64(f64 x)
{
    bool fits = x > -0x1.00000002p31 && x < 0x1p31;
    i32 y = (i32)(fits ? x : 0);
    return fits ? y : INT32_MIN;
}

INLINE i64 i64_of_f64(f64 x)
{
    bool fits = x >= -0x1p63 && x < 0x1p63;
    i64 y = (i64)(fits ? x : 0);
    return fits ? y : INT64_MIN;
}

#define CONVERT(from, to) static void from##_to_##to(void *d, const void *a, const void *b, const void *c, size_t n)

/* A loop: `value` is the result for x. */
#define LOOP(from, to, From, To, value)                                                                                \
    CONVERT(from, to)                                                                                                  \
    {                                                                                                                  \
        enum { group = sizeof(From) < sizeof(To) ? GROUP_OF(From, To) : GROUP_OF(To, From) };                          \
        static const ending end = {from##_to_##to, group, sizeof(To), sizeof(From), 0, 0};                             \
        const From *in = a;                                                                                            \
        To *out = d;                                                                                                   \
        GROUPS(n, group)                                                                                               \
        {                                                                                                              \
            From x = in[AT];                                                                                           \
            out[AT] = (value);                                                                                         \
        }                                                                                                              \
        finish(d, a, b, c, n, &end);                                                                                   \
    }
#define PLAIN(from, to) LOOP(from, to, from, to, (to)x)

/* Two steps. */
NOINLINE void through(ssi_map_routine *first, ssi_map_routine *second, void *d, const void *a, size_t n, size_t from,
                      size_t to)
{
    int64_t block[SSI_BLOCK];
    for (size_t i = 0; i < n; i += SSI_BLOCK) {
        size_t count = n - i < SSI_BLOCK ? n - i : SSI_BLOCK;
        first(block, (const char *)a + i * from, NULL, NULL, count);
        second((char *)d + i * to, block, NULL, NULL, count);
    }
}
#define THROUGH(from, middle, to)                                                                                      \
    CONVERT(from, to)                                                                                                  \
    {                                                                                                                  \
        (void)b, (void)c;                                                                                              \
        through(from##_to_##middle, middle##_to_##to, d, a, n, sizeof(from), sizeof(to));                              \
    }

/* The same bits, `width` bytes each. */
#define COPY(from, to)                                                                                                 \
    CONVERT(from, to)                                                                                                  \
    {                                                                                                                  \
        (void)b, (void)c;                                                                                              \
        memmove(d, a, n * sizeof(from));                                                                               \
    }
COPY(i8, i8)
COPY(i16, i16)
COPY(i32, i32)
COPY(i64, i64)

LOOP(f16, f32, f16, f32, f32_of_f16(x))
LOOP(f32, f16, f32, f16, f16_of_f32(x))
LOOP(bf16, f32, bf16, f32, f32_of_bf16(x))
LOOP(f32, bf16, f32, bf16, bf16_of_f32(x))
PLAIN(f32, f64)
PLAIN(f64, f32)

PLAIN(u8, f32)
PLAIN(i8, f32)
PLAIN(i16, f32)
PLAIN(i32, f32)
PLAIN(i64, f32)
PLAIN(u8, f64)
PLAIN(i8, f64)
PLAIN(i16, f64)
PLAIN(i32, f64)
PLAIN(i64, f64)

PLAIN(u8, i16)
PLAIN(u8, i32)
PLAIN(u8, i64)
PLAIN(i8, i16)
PLAIN(i8, i32)
PLAIN(i8, i64)
PLAIN(i16, i8)
PLAIN(i16, i32)
PLAIN(i16, i64)
PLAIN(i32, i8)
PLAIN(i32, i16)
PLAIN(i32, i64)
PLAIN(i64, i8)
PLAIN(i64, i16)
PLAIN(i64, i32)

LOOP(f32, i32, f32, i32, i32_of_f32(x))
LOOP(f32, i64, f32, i64, i64_of_f64((f64)x))
LOOP(f64, i32, f64, i32, i32_of_f64(x))
LOOP(f64, i64, f64, i64, i64_of_f64(x))
THROUGH(f32, i32, i8)
THROUGH(f32, i32, i16)
THROUGH(f64, i32, i8)
THROUGH(f64, i32, i16)

/* To bool: map_any.h; of f16, whose zeros are two, and bf16: here. */
LOOP(f16, truth, f16, bool, (x & 0x7fff) != 0)

/* To the 16-bit floats through f32, exact (i8, i16) or rounded to odd: f64_to_odd's f32, i64_to_wide's f64. */
LOOP(f64, odd, f64, f32, f32_odd_of_f64(x))
LOOP(i64, wide, i64, f64, f64_odd_of_i64(x))
#define odd_to_f16   f32_to_f16
#define odd_to_bf16  f32_to_bf16
#define wide_to_f16  f64_to_f16
#define wide_to_bf16 f64_to_bf16
THROUGH(f64, odd, f16)
THROUGH(f64, odd, bf16)
THROUGH(u8, f32, f16)
THROUGH(u8, f32, bf16)
THROUGH(i8, f32, f16)
THROUGH(i8, f32, bf16)
THROUGH(i16, f32, f16)
THROUGH(i16, f32, bf16)
THROUGH(i32, f64, f16)
THROUGH(i32, f64, bf16)
THROUGH(i64, wide, f16)
THROUGH(i64, wide, bf16)
THROUGH(f16, f32, bf16)
THROUGH(bf16, f32, f16)

/* From them: f32 is exact. */
THROUGH(f16, f32, f64)
THROUGH(f16, f32, i8)
THROUGH(f16, f32, i16)
THROUGH(f16, f32, i32)
THROUGH(f16, f32, i64)
THROUGH(bf16, f32, f64)
THROUGH(bf16, f32, i8)
THROUGH(bf16, f32, i16)
THROUGH(bf16, f32, i32)
THROUGH(bf16, f32, i64)

#endif
