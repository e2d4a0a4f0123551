/*
 * dtype.c - element types: names, sizes, promotion, and one element at a time to and from double and int64.
 *
 * This is the definition of every conversion; the back ends' vector routines are held to it.
 */
#include <math.h>
#include <string.h>

#include "base/base.h"

typedef union bits64 {
    double d;
    uint64_t u;
} bits64;

static const char *const names[SSI_DTYPES] = {
    [SSI_F32] = "f32", [SSI_F64] = "f64", [SSI_F16] = "f16", [SSI_BF16] = "bf16", [SSI_BOOL] = "bool",
    [SSI_U8] = "u8",   [SSI_I8] = "i8",   [SSI_I16] = "i16", [SSI_I32] = "i32",   [SSI_I64] = "i64",
};

const uint8_t ssi_item_sizes[SSI_DTYPES] = {
    [SSI_F32] = 4, [SSI_F64] = 8, [SSI_F16] = 2, [SSI_BF16] = 2, [SSI_BOOL] = 1,
    [SSI_U8] = 1,  [SSI_I8] = 1,  [SSI_I16] = 2, [SSI_I32] = 4,  [SSI_I64] = 8,
};

const char *ssi_dtype_name(ssi_dtype dtype)
{
    return (unsigned)dtype < SSI_DTYPES ? names[dtype] : "?";
}

size_t ssi_dtype_size(ssi_dtype dtype)
{
    return (unsigned)dtype < SSI_DTYPES ? ssi_item_sizes[dtype] : 0;
}

/* ---- promotion ---- */

/* clang-format off */
static const uint8_t promoted[SSI_DTYPES][SSI_DTYPES] = {
#define ROW(f32, f64, f16, bf16, bool_, u8, i8, i16, i32, i64)                                                         \
    {SSI_##f32, SSI_##f64, SSI_##f16, SSI_##bf16, SSI_##bool_, SSI_##u8, SSI_##i8, SSI_##i16, SSI_##i32, SSI_##i64}
    /*                   f32  f64  f16   bf16  bool  u8    i8    i16   i32   i64 */
    [SSI_F32]  = ROW(    F32, F64, F32,  F32,  F32,  F32,  F32,  F32,  F64,  F64),
    [SSI_F64]  = ROW(    F64, F64, F64,  F64,  F64,  F64,  F64,  F64,  F64,  F64),
    [SSI_F16]  = ROW(    F32, F64, F16,  F32,  F16,  F16,  F16,  F32,  F64,  F64),
    [SSI_BF16] = ROW(    F32, F64, F32,  BF16, BF16, BF16, BF16, BF16, BF16, BF16),
    [SSI_BOOL] = ROW(    F32, F64, F16,  BF16, BOOL, U8,   I8,   I16,  I32,  I64),
    [SSI_U8]   = ROW(    F32, F64, F16,  BF16, U8,   U8,   I16,  I16,  I32,  I64),
    [SSI_I8]   = ROW(    F32, F64, F16,  BF16, I8,   I16,  I8,   I16,  I32,  I64),
    [SSI_I16]  = ROW(    F32, F64, F32,  BF16, I16,  I16,  I16,  I16,  I32,  I64),
    [SSI_I32]  = ROW(    F64, F64, F64,  BF16, I32,  I32,  I32,  I32,  I32,  I64),
    [SSI_I64]  = ROW(    F64, F64, F64,  BF16, I64,  I64,  I64,  I64,  I64,  I64),
#undef ROW
};
/* clang-format on */

ssi_dtype ssi_promote(ssi_dtype a, ssi_dtype b)
{
    bool known = (unsigned)a < SSI_DTYPES && (unsigned)b < SSI_DTYPES;
    return known ? (ssi_dtype)promoted[a][b] : SSI_F64;
}

/* ---- 16-bit floats ---- */

float ssi_f16_to_f32(uint16_t h)
{
    uint32_t sign = (uint32_t)(h & 0x8000u) << 16, exponent = h >> 10 & 0x1Fu, fraction = h & 0x3FFu;
    if (exponent == 0) {
        float tiny = (float)fraction * 0x1p-24f;
        return sign ? -tiny : tiny;
    }
    uint32_t biased = exponent == 0x1F ? 0xFF : exponent + 112; /* 112 = 127 - 15, the biases */
    return (ssi_bits32){.u = sign | biased << 23 | fraction << 13}.f;
}

uint16_t ssi_f32_to_f16(float f)
{
    uint32_t bits = (ssi_bits32){.f = f}.u, sign = bits >> 16 & 0x8000u, size = bits & 0x7FFFFFFFu, half;
    if (size > 0x7F800000u)
        half = 0x7E00u | (size >> 13 & 0x1FFu);
    else if (size >= 0x477FF000u) /* 65520, half way between the largest f16 and the next power of two */
        half = 0x7C00u;
    else if (size < 0x38800000u) /* below 2^-14: the sum's last bit is worth 2^-24, the smallest f16 */
        half = (ssi_bits32){.f = (ssi_bits32){.u = size}.f + 0.5f}.u - 0x3F000000u;
    else
        half = (size - (112u << 23) + 0xFFFu + (size >> 13 & 1u)) >> 13;
    return (uint16_t)(sign | half);
}

uint16_t ssi_f32_to_bf16(float f)
{
    uint32_t bits = (ssi_bits32){.f = f}.u;
    if (f != f)
        return (uint16_t)(bits >> 16 | 0x40u);
    return (uint16_t)((bits + 0x7FFFu + (bits >> 16 & 1u)) >> 16);
}

/* To f32 by cutting off, the last bit set when anything was lost. Rounding that to a much narrower type gives what rounding d
 * itself would give (Boldo and Melquiond 2008). */
static float round_to_odd(double d)
{
    ssi_bits32 f = {.f = (float)d};
    if (d == d && (double)f.f != d) {
        f.u -= fabs((double)f.f) > fabs(d);
        f.u |= 1;
    }
    return f.f;
}

uint16_t ssi_f64_to_f16(double d)
{
    return ssi_f32_to_f16(round_to_odd(d));
}

uint16_t ssi_f64_to_bf16(double d)
{
    return ssi_f32_to_bf16(round_to_odd(d));
}

/* ---- one element ---- */

double ssi_get_f64(const void *data, ssi_dtype dtype, int64_t offset)
{
    switch (dtype) {
    case SSI_F32:
        return (double)((const float *)data)[offset];
    case SSI_F64:
        return ((const double *)data)[offset];
    case SSI_F16:
        return (double)ssi_f16_to_f32(((const uint16_t *)data)[offset]);
    case SSI_BF16:
        return (double)ssi_bf16_to_f32(((const uint16_t *)data)[offset]);
    default:
        return (double)ssi_get_i64(data, dtype, offset);
    }
}

/* As x86 does it: what does not fit becomes the lowest number. */
static int64_t truncated_i64(double d)
{
    return d >= -0x1p63 && d < 0x1p63 ? (int64_t)d : INT64_MIN;
}

static int32_t truncated_i32(double d)
{
    return d > -0x1.00000002p31 && d < 0x1p31 ? (int32_t)d : INT32_MIN;
}

int64_t ssi_get_i64(const void *data, ssi_dtype dtype, int64_t offset)
{
    switch (dtype) {
    case SSI_BOOL:
    case SSI_U8:
        return ((const uint8_t *)data)[offset];
    case SSI_I8:
        return ((const int8_t *)data)[offset];
    case SSI_I16:
        return ((const int16_t *)data)[offset];
    case SSI_I32:
        return ((const int32_t *)data)[offset];
    case SSI_I64:
        return ((const int64_t *)data)[offset];
    default:
        return truncated_i64(ssi_get_f64(data, dtype, offset));
    }
}

void ssi_put_f64(void *data, ssi_dtype dtype, int64_t offset, double value)
{
    switch (dtype) {
    case SSI_F32:
        ((float *)data)[offset] = (float)value;
        break;
    case SSI_F64:
        ((double *)data)[offset] = value;
        break;
    case SSI_F16:
        ((uint16_t *)data)[offset] = ssi_f64_to_f16(value);
        break;
    case SSI_BF16:
        ((uint16_t *)data)[offset] = ssi_f64_to_bf16(value);
        break;
    case SSI_BOOL:
        ((uint8_t *)data)[offset] = value != 0;
        break;
    case SSI_I64:
        ((int64_t *)data)[offset] = truncated_i64(value);
        break;
    default:
        ssi_put_i64(data, dtype, offset, truncated_i32(value));
        break;
    }
}

/* A double that rounds to an f16 or bf16 as `value` would: beyond 2^53 the low bits are folded into one. */
static double sticky_f64(int64_t value)
{
    bool wide = value >= (int64_t)1 << 53 || value <= -((int64_t)1 << 53);
    return (double)(wide && (value & 0x7FF) ? (value & ~(int64_t)0x7FF) | 0x800 : value);
}

void ssi_put_i64(void *data, ssi_dtype dtype, int64_t offset, int64_t value)
{
    switch (dtype) {
    case SSI_F32:
        ((float *)data)[offset] = (float)value;
        break;
    case SSI_F64:
        ((double *)data)[offset] = (double)value;
        break;
    case SSI_F16:
        ((uint16_t *)data)[offset] = ssi_f64_to_f16(sticky_f64(value));
        break;
    case SSI_BF16:
        ((uint16_t *)data)[offset] = ssi_f64_to_bf16(sticky_f64(value));
        break;
    case SSI_BOOL:
        ((uint8_t *)data)[offset] = value != 0;
        break;
    case SSI_U8:
    case SSI_I8:
        ((uint8_t *)data)[offset] = (uint8_t)value;
        break;
    case SSI_I16:
        ((uint16_t *)data)[offset] = (uint16_t)value;
        break;
    case SSI_I32:
        ((uint32_t *)data)[offset] = (uint32_t)value;
        break;
    case SSI_I64:
        ((int64_t *)data)[offset] = value;
        break;
    default:
        break;
    }
}
