/*
 * vector.isa.c - the table of vector routines of one instruction set. The arithmetic stands in the headers, each written once and included here
 * for each type. Products of matrices are gemm.isa.c's, reductions fold.isa.c's.
 */
#include <math.h>
#include <stdbool.h>

#include "cpu/call.h"
#include "cpu/cast.h"
#include "cpu/elements_f32.h"
#include "cpu/elements_f64.h"
#include "cpu/elements_more_f32.h"
#include "cpu/elements_quotient.h"
#include "cpu/group.h"
#include "cpu/map_trigonometric.h"
#include "cpu/spread.h"
#include "cpu/uniform.h"
#include "run/backend.h"

/* clang-format off */
/* W: where quotients are formed; below EXACT of them, taking them away makes no rounding. */
#define T float
#define W double
#define EXACT 0x1p28
#define HALVES 0x1p23f
#define NAME(op) SSI_PASTE(op, f32)
#ifdef __AVX512F__
#define WIDE_ELEMENTS
#define WIDE_FLOATS
#include "cpu/wide_f32.h"
#include "cpu/wide_loops.h"
#endif
#include "cpu/map_float.h"
#include "cpu/undefine.h"

#define T double
#define W double
#if defined(__FMA__) || defined(__aarch64__)
#define EXACT 0x1p52
#else
#define EXACT 0x0p0
#endif
#define HALVES 0x1p52
#define NAME(op) SSI_PASTE(op, f64)
#ifdef __AVX512F__
#define WIDE_ELEMENTS
#include "cpu/wide_f64.h"
#include "cpu/wide_loops.h"
#endif
#include "cpu/map_float.h"
#ifndef WIDE_ELEMENTS
FUNCTION_VV(logaddexp)
#endif
#include "cpu/undefine.h"

#define T int64_t
#define QUOTIENT quotient_of_small
#define RARE_QUOTIENT quotient_64
#define A uint64_t
#define NAME(op) SSI_PASTE(op, i64)
#include "cpu/map_integer.h"
#include "cpu/undefine.h"

#define T int32_t
#define QUOTIENT quotient_32
#define A uint32_t
#define NAME(op) SSI_PASTE(op, i32)
#include "cpu/map_integer.h"
#include "cpu/undefine.h"

#define T int16_t
#define QUOTIENT quotient_16
#define A uint32_t
#define NAME(op) SSI_PASTE(op, i16)
#include "cpu/map_integer.h"
#include "cpu/undefine.h"

#define T int8_t
#define RARE_AS_I16
#define QUOTIENT quotient_16
#define A uint32_t
#define NAME(op) SSI_PASTE(op, i8)
#include "cpu/map_integer.h"
#include "cpu/undefine.h"

#define T uint8_t
#define QUOTIENT quotient_16
#define A uint32_t
#define NAME(op) SSI_PASTE(op, u8)
#define UNSIGNED
#include "cpu/map_integer.h"
#include "cpu/undefine.h"
/* clang-format on */

/* Rare functions of i8, as those of i16. */
NOINLINE void as_i16(ssi_map_routine *routine, int8_t *d, const int8_t *a, const int8_t *b, size_t n)
{
    int16_t x[SSI_BLOCK], y[SSI_BLOCK];
    for (size_t i = 0; i < n; i += SSI_BLOCK) {
        size_t count = n - i < SSI_BLOCK ? n - i : SSI_BLOCK;
        i8_to_i16(x, a + i, NULL, NULL, count);
        i8_to_i16(y, b + i, NULL, NULL, count);
        routine(x, x, y, NULL, count);
        i16_to_i8(d + i, x, NULL, NULL, count);
    }
}
#define AS_I16(op)                                                                                                     \
    static void op##_vv_i8(void *d, const void *a, const void *b, const void *c, size_t n)                             \
    {                                                                                                                  \
        (void)c;                                                                                                       \
        as_i16(op##_vv_i16, d, a, b, n);                                                                               \
    }
AS_I16(pow)
AS_I16(shr)
AS_I16(floor_div)
AS_I16(mod)
#undef AS_I16

/* Of floats, as that of doubles: where one operand and the logarithm are of opposite signs, they may have all digits of a float in common. */
IN_TABLE void logaddexp_vv_f32(void *d, const void *a, const void *b, const void *c, size_t n)
{
    double x[SSI_BLOCK], y[SSI_BLOCK];
    for (size_t i = 0; i < n; i += SSI_BLOCK) {
        size_t count = n - i < SSI_BLOCK ? n - i : SSI_BLOCK;
        f32_to_f64(x, (const float *)a + i, NULL, NULL, count);
        f32_to_f64(y, (const float *)b + i, NULL, NULL, count);
        logaddexp_vv_f64(x, x, y, c, count);
        f64_to_f32((float *)d + i, x, NULL, NULL, count);
    }
}

/* bool: bytes 0 and 1. */
static void not_vv_bool(void *d, const void *a, const void *b, const void *c, size_t n)
{
    static const ending end = {not_vv_bool, GROUP(bool), sizeof(bool), sizeof(bool), 0, 0};
    uint8_t *to = d;
    const uint8_t *from = a;
    GROUPS(n, GROUP(bool)) to[AT] = from[AT] ^ 1;
    finish(d, a, b, c, n, &end);
}

/* clang-format off */
extern void SSI_ISA_NAME(ssi_copy)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t n, size_t size);
extern void SSI_ISA_NAME(ssi_turn)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t rows, int64_t cols, size_t size, bool past);
#ifdef __AVX512F__ /* whole lines at a time */
extern void SSI_ISA_NAME(ssi_stream)(void *d, const void *s, size_t bytes);
#define STREAM SSI_ISA_NAME(ssi_stream)
#define TURN SSI_ISA_NAME(ssi_turn)
#else
#define STREAM ssi_stream
#define TURN ssi_turn
#endif
extern const ssi_chain_routines SSI_ISA_NAME(ssi_chain_f32), SSI_ISA_NAME(ssi_chain_f64);
#ifdef __AVX512F__
#define CHAINS {&SSI_ISA_NAME(ssi_chain_f32), &SSI_ISA_NAME(ssi_chain_f64)}
#else
#define CHAINS {&SSI_ISA_NAME(ssi_chain_f32)}
#endif
extern const ssi_fold_routines SSI_ISA_NAME(ssi_folds);
extern const ssi_gemm_routines SSI_ISA_NAME(ssi_gemm_f32), SSI_ISA_NAME(ssi_gemm_f64);
#ifdef BORROWS_INTEGER_PRODUCTS
#define INTEGER_PRODUCTS ssi_gemm_i64_portable
#else
#define INTEGER_PRODUCTS SSI_ISA_NAME(ssi_gemm_i64)
#endif
extern const ssi_gemm_routines INTEGER_PRODUCTS;
extern const ssi_gemm_routines *SSI_ISA_NAME(ssi_gemm_medium)(ssi_dtype operand);
extern const ssi_limit_routines SSI_ISA_NAME(ssi_limits);

#define AT_DTYPE(dtype)     [SSI_MAP_PLACE(dtype)]
#define FLOATS(op)          AT_DTYPE(SSI_F32) = op##_vv_f32, AT_DTYPE(SSI_F64) = op##_vv_f64
#ifndef SSI_SPARE
#define RARE(op)            FLOATS(op)
#else /* a set that others are better than runs rare functions by their definitions */
#define RARE(op)            AT_DTYPE(SSI_F32) = NULL
#endif
/* Integers whose routine does not depend on the sign, and those where it does. */
#define FROM_16_ON(op)      AT_DTYPE(SSI_I64) = op##_vv_i64, AT_DTYPE(SSI_I32) = op##_vv_i32, AT_DTYPE(SSI_I16) = op##_vv_i16
#define WRAPPING(op)        FROM_16_ON(op), AT_DTYPE(SSI_I8) = op##_vv_i8, AT_DTYPE(SSI_U8) = op##_vv_i8
#define ORDERED(op)         FROM_16_ON(op), AT_DTYPE(SSI_I8) = op##_vv_i8, AT_DTYPE(SSI_U8) = op##_vv_u8
#define BOOL(op)            AT_DTYPE(SSI_BOOL) = op##_vv_i8

#ifndef SSI_SPARE
#define SCALARS(op, t)      {op##_sv_##t, op##_vs_##t}
#define ARITHMETIC(code, op) [SSI_MAP_##code - SSI_MAP_ADD] = {SCALARS(op, f32), SCALARS(op, f64)}
#define COMPARE(code, op)   [SSI_MAP_##code - SSI_MAP_EQ] = {SCALARS(op, f32), SCALARS(op, f64)}
static const ssi_scalar_routines scalar_routines = {
    .arithmetic = {ARITHMETIC(ADD, add), ARITHMETIC(SUB, sub), ARITHMETIC(MUL, mul), ARITHMETIC(DIV, div), ARITHMETIC(MAX, max), ARITHMETIC(MIN, min)},
    .compare = {COMPARE(EQ, eq), COMPARE(NE, ne), COMPARE(LT, lt), COMPARE(LE, le)},
    .where = {AT_DTYPE(SSI_F32) = SCALARS(where, i32), AT_DTYPE(SSI_F64) = SCALARS(where, i64), AT_DTYPE(SSI_I64) = SCALARS(where, i64),
              AT_DTYPE(SSI_I32) = SCALARS(where, i32), AT_DTYPE(SSI_I16) = SCALARS(where, i16), AT_DTYPE(SSI_I8) = SCALARS(where, i8),
              AT_DTYPE(SSI_U8) = SCALARS(where, i8), AT_DTYPE(SSI_BOOL) = SCALARS(where, i8)},
};
#endif

/* Conversions of `from` to every dtype; `narrow` is where those to bool and 8 bits are found. */
#define FROM(from, narrow) \
    {[SSI_F32] = from##_to_f32, [SSI_F64] = from##_to_f64, [SSI_F16] = from##_to_f16, [SSI_BF16] = from##_to_bf16, \
     [SSI_BOOL] = truth_##narrow, [SSI_U8] = narrow##_to_i8, [SSI_I8] = narrow##_to_i8, \
     [SSI_I16] = from##_to_i16, [SSI_I32] = from##_to_i32, [SSI_I64] = from##_to_i64}
#define f32_to_f32   i32_to_i32
#define f64_to_f64   i64_to_i64
#define f16_to_f16   i16_to_i16
#define bf16_to_bf16 i16_to_i16
#define truth_f16    f16_to_truth
#define truth_bf16   f16_to_truth

const ssi_backend SSI_ISA_NAME(ssi_backend) = {
    .name = SSI_ISA_TEXT(SSI_ISA),
    .map = {
        [SSI_MAP_NEG] = {FLOATS(neg), WRAPPING(neg)},
        [SSI_MAP_ABS] = {FLOATS(abs), ORDERED(abs)},
        [SSI_MAP_SIGN] = {FLOATS(sign), ORDERED(sign)},
        [SSI_MAP_FLOOR] = {FLOATS(floor)},
        [SSI_MAP_CEIL] = {FLOATS(ceil)},
        [SSI_MAP_RINT] = {FLOATS(rint)},
        [SSI_MAP_TRUNC] = {FLOATS(trunc)},
        [SSI_MAP_EXP] = {FLOATS(exp)},
        [SSI_MAP_LOG] = {FLOATS(log)},
        [SSI_MAP_SQRT] = {FLOATS(sqrt)},
        [SSI_MAP_SIN] = {FLOATS(sin)},
        [SSI_MAP_COS] = {FLOATS(cos)},
        [SSI_MAP_TANH] = {FLOATS(tanh)},
        [SSI_MAP_ERF] = {FLOATS(erf)},
        [SSI_MAP_SIGMOID] = {FLOATS(sigmoid)},
        [SSI_MAP_RELU] = {FLOATS(relu)},
        [SSI_MAP_EXP2] = {RARE(exp2)},
        [SSI_MAP_EXPM1] = {RARE(expm1)},
        [SSI_MAP_LOG2] = {RARE(log2)},
        [SSI_MAP_LOG10] = {RARE(log10)},
        [SSI_MAP_LOG1P] = {RARE(log1p)},
        [SSI_MAP_CBRT] = {RARE(cbrt)},
        [SSI_MAP_TAN] = {RARE(tan)},
        [SSI_MAP_ASIN] = {RARE(asin)},
        [SSI_MAP_ACOS] = {RARE(acos)},
        [SSI_MAP_ATAN] = {RARE(atan)},
        [SSI_MAP_SINH] = {RARE(sinh)},
        [SSI_MAP_COSH] = {RARE(cosh)},
        [SSI_MAP_ASINH] = {RARE(asinh)},
        [SSI_MAP_ACOSH] = {RARE(acosh)},
        [SSI_MAP_ATANH] = {RARE(atanh)},
        [SSI_MAP_INVERT] = {WRAPPING(invert)},
        [SSI_MAP_NOT] = {AT_DTYPE(SSI_BOOL) = not_vv_bool},
        [SSI_MAP_ADD] = {FLOATS(add), WRAPPING(add)},
        [SSI_MAP_SUB] = {FLOATS(sub), WRAPPING(sub)},
        [SSI_MAP_MUL] = {FLOATS(mul), WRAPPING(mul)},
        [SSI_MAP_DIV] = {FLOATS(div)},
        [SSI_MAP_POW] = {FLOATS(pow), ORDERED(pow)},
        [SSI_MAP_MAX] = {FLOATS(max), ORDERED(max), BOOL(max)},
        [SSI_MAP_MIN] = {FLOATS(min), ORDERED(min), BOOL(min)},
        [SSI_MAP_FLOOR_DIV] = {FLOATS(floor_div), ORDERED(floor_div)},
        [SSI_MAP_MOD] = {FLOATS(mod), ORDERED(mod)},
        [SSI_MAP_HYPOT] = {RARE(hypot)},
        [SSI_MAP_ATAN2] = {RARE(atan2)},
        [SSI_MAP_LOGADDEXP] = {RARE(logaddexp)},
        [SSI_MAP_COPYSIGN] = {FLOATS(copysign)},
        [SSI_MAP_FMAX] = {FLOATS(fmax)},
        [SSI_MAP_FMIN] = {FLOATS(fmin)},
        [SSI_MAP_SHL] = {WRAPPING(shl)},
        [SSI_MAP_SHR] = {ORDERED(shr)},
        [SSI_MAP_AND] = {WRAPPING(bit_and), BOOL(bit_and)},
        [SSI_MAP_OR] = {WRAPPING(bit_or), BOOL(bit_or)},
        [SSI_MAP_XOR] = {WRAPPING(bit_xor), BOOL(bit_xor)},
        [SSI_MAP_EQ] = {FLOATS(eq), WRAPPING(eq), BOOL(eq)},
        [SSI_MAP_NE] = {FLOATS(ne), WRAPPING(ne), BOOL(ne)},
        [SSI_MAP_LT] = {FLOATS(lt), ORDERED(lt), BOOL(lt)},
        [SSI_MAP_LE] = {FLOATS(le), ORDERED(le), BOOL(le)},
#ifndef SSI_SPARE
        [SSI_MAP_BOTH] = {WRAPPING(both)},
        [SSI_MAP_EITHER] = {WRAPPING(either)},
#endif
        [SSI_MAP_WHERE] = {AT_DTYPE(SSI_F32) = where_vv_i32, AT_DTYPE(SSI_F64) = where_vv_i64, WRAPPING(where), BOOL(where)},
    },
#ifndef SSI_SPARE
    .scalar = &scalar_routines,
    .chain = CHAINS,
#endif
    .cast = {
        [SSI_F32] = FROM(f32, f32), [SSI_F64] = FROM(f64, f64), [SSI_F16] = FROM(f16, f16), [SSI_BF16] = FROM(bf16, bf16),
        [SSI_BOOL] = FROM(u8, i8), [SSI_U8] = FROM(u8, i8), [SSI_I8] = FROM(i8, i8),
        [SSI_I16] = FROM(i16, i16), [SSI_I32] = FROM(i32, i32), [SSI_I64] = FROM(i64, i64),
    },
    .folds = &SSI_ISA_NAME(ssi_folds),
    .gemm = {
        [SSI_F32] = &SSI_ISA_NAME(ssi_gemm_f32), [SSI_F64] = &SSI_ISA_NAME(ssi_gemm_f64), [SSI_I64] = &INTEGER_PRODUCTS,
    },
    .gemm_medium = SSI_ISA_NAME(ssi_gemm_medium),
    .limits = &SSI_ISA_NAME(ssi_limits),
    .call = {SSI_CPU_CALLS},
#ifdef __AVX512F__
    .masked = ssi_masked_avx512,
    .sort_few_u32 = ssi_sort_few_u32_avx512,
    .sort_few_u64 = ssi_sort_few_u64_avx512,
    .keys_f64 = ssi_keys_f64_avx512,
    .keys_between = ssi_keys_between_avx512,
    .part = ssi_part_avx512,
    .running_sum = ssi_running_sum_avx512,
#endif
    .copy = SSI_ISA_NAME(ssi_copy),
    .stream = STREAM,
    .turn = TURN,
    .spread = spread_rows,
    .uniform_f32 = uniform_f32,
    .uniform_f64 = uniform_f64,
};
/* clang-format on */
