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
#include "cpu/elements_gamma.h"
#include "cpu/elements_quotient.h"
#include "cpu/group.h"
#include "cpu/map_pair.h"
#include "cpu/map_trigonometric.h"
#include "cpu/spread.h"
#include "cpu/uniform.h"
#include "run/backend.h"

/* clang-format off */
#define RARER_UNARY(X) \
    X(exp2) X(expm1) X(log2) X(log10) X(log1p) X(cbrt) X(asin) X(acos) X(atan) X(sinh) X(cosh) X(asinh) X(acosh) X(atanh) \
    X(lgamma) X(digamma)
#define RARER_BINARY(X) X(hypot) X(atan2)

/* W: where quotients are formed; below EXACT of them, taking them away makes no rounding. */
#define T float
#define W double
#define EXACT 0x1p28
#define HALVES 0x1p23f
#define NAME(op) SSI_PASTE(op, f32)
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
#include "cpu/map_float.h"
RARER_UNARY(UNARY)
RARER_BINARY(BINARY_VV)
#include "cpu/undefine.h"

#define T int64_t
#define QUOTIENT quotient_64
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
/* d = f(a, b), floats, by the routine of doubles. */
NOINLINE void widened(ssi_map_routine *f, float *d, const float *a, const float *b, size_t n)
{
    double x[SSI_BLOCK], y[SSI_BLOCK];
    for (size_t i = 0; i < n; i += SSI_BLOCK) {
        size_t m = n - i < SSI_BLOCK ? n - i : SSI_BLOCK;
        f32_to_f64(x, a + i, NULL, NULL, m);
        if (b != NULL)
            f32_to_f64(y, b + i, NULL, NULL, m);
        f(x, x, y, NULL, m);
        f64_to_f32(d + i, x, NULL, NULL, m);
    }
}

#define T float
#define NAME(op) SSI_PASTE(op, f32)
RARER_UNARY(UNARY_WIDENED)
UNARY_WIDENED(tan)
RARER_BINARY(BINARY_WIDENED)
#include "cpu/undefine.h"
/* clang-format on */

/* bool: bytes 0 and 1. */
static void not_vv_bool(void *d, const void *a, const void *b, const void *c, size_t n)
{
    (void)b;
    const uint8_t one = 1;
    bit_xor_vs_i8(d, a, &one, c, n);
}

/* clang-format off */
extern void SSI_ISA_NAME(ssi_copy)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t n, size_t size);
extern void SSI_ISA_NAME(ssi_turn)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t rows, int64_t cols, size_t size);
extern const ssi_fold_routines SSI_ISA_NAME(ssi_folds);
extern const ssi_gemm_routines SSI_ISA_NAME(ssi_gemm_f32), SSI_ISA_NAME(ssi_gemm_f64), SSI_ISA_NAME(ssi_gemm_i64);

#define ONE(op, t)   {op##_vv_##t}
#define FORMS(op, t) {op##_vv_##t, op##_sv_##t, op##_vs_##t}

#define FLOATS(forms, op)   [SSI_F32] = forms(op, f32), [SSI_F64] = forms(op, f64)
/* Integers whose routine does not depend on the sign, and those where it does. */
#define WRAPPING(forms, op) [SSI_I64] = forms(op, i64), [SSI_I32] = forms(op, i32), [SSI_I16] = forms(op, i16), \
                            [SSI_I8] = forms(op, i8), [SSI_U8] = forms(op, i8)
#define ORDERED(forms, op)  [SSI_I64] = forms(op, i64), [SSI_I32] = forms(op, i32), [SSI_I16] = forms(op, i16), \
                            [SSI_I8] = forms(op, i8), [SSI_U8] = forms(op, u8)
#define BOOL(forms, op)     [SSI_BOOL] = forms(op, i8)

/* Conversions of `from` to every dtype; `narrow` is where those to bool and 8 bits are found. */
#define FROM(from, narrow) \
    {[SSI_F32] = from##_to_f32, [SSI_F64] = from##_to_f64, [SSI_F16] = from##_to_f16, [SSI_BF16] = from##_to_bf16, \
     [SSI_BOOL] = narrow##_to_truth, [SSI_U8] = narrow##_to_i8, [SSI_I8] = narrow##_to_i8, \
     [SSI_I16] = from##_to_i16, [SSI_I32] = from##_to_i32, [SSI_I64] = from##_to_i64}
#define f32_to_f32   i32_to_i32
#define f64_to_f64   i64_to_i64
#define f16_to_f16   i16_to_i16
#define bf16_to_bf16 i16_to_i16
#define bf16_to_truth f16_to_truth

const ssi_backend SSI_ISA_NAME(ssi_backend) = {
    .name = SSI_ISA_TEXT(SSI_ISA),
    .map = {
        [SSI_MAP_NEG] = {FLOATS(ONE, neg), WRAPPING(ONE, neg)},
        [SSI_MAP_ABS] = {FLOATS(ONE, abs), ORDERED(ONE, abs)},
        [SSI_MAP_SIGN] = {FLOATS(ONE, sign), ORDERED(ONE, sign)},
        [SSI_MAP_FLOOR] = {FLOATS(ONE, floor)},
        [SSI_MAP_CEIL] = {FLOATS(ONE, ceil)},
        [SSI_MAP_RINT] = {FLOATS(ONE, rint)},
        [SSI_MAP_TRUNC] = {FLOATS(ONE, trunc)},
        [SSI_MAP_EXP] = {FLOATS(ONE, exp)},
        [SSI_MAP_LOG] = {FLOATS(ONE, log)},
        [SSI_MAP_SQRT] = {FLOATS(ONE, sqrt)},
        [SSI_MAP_SIN] = {FLOATS(ONE, sin)},
        [SSI_MAP_COS] = {FLOATS(ONE, cos)},
        [SSI_MAP_TANH] = {FLOATS(ONE, tanh)},
        [SSI_MAP_ERF] = {FLOATS(ONE, erf)},
        [SSI_MAP_SIGMOID] = {FLOATS(ONE, sigmoid)},
        [SSI_MAP_RELU] = {FLOATS(ONE, relu)},
        [SSI_MAP_EXP2] = {FLOATS(ONE, exp2)},
        [SSI_MAP_EXPM1] = {FLOATS(ONE, expm1)},
        [SSI_MAP_LOG2] = {FLOATS(ONE, log2)},
        [SSI_MAP_LOG10] = {FLOATS(ONE, log10)},
        [SSI_MAP_LOG1P] = {FLOATS(ONE, log1p)},
        [SSI_MAP_CBRT] = {FLOATS(ONE, cbrt)},
        [SSI_MAP_TAN] = {FLOATS(ONE, tan)},
        [SSI_MAP_ASIN] = {FLOATS(ONE, asin)},
        [SSI_MAP_ACOS] = {FLOATS(ONE, acos)},
        [SSI_MAP_ATAN] = {FLOATS(ONE, atan)},
        [SSI_MAP_SINH] = {FLOATS(ONE, sinh)},
        [SSI_MAP_COSH] = {FLOATS(ONE, cosh)},
        [SSI_MAP_ASINH] = {FLOATS(ONE, asinh)},
        [SSI_MAP_ACOSH] = {FLOATS(ONE, acosh)},
        [SSI_MAP_ATANH] = {FLOATS(ONE, atanh)},
        [SSI_MAP_LGAMMA] = {FLOATS(ONE, lgamma)},
        [SSI_MAP_DIGAMMA] = {FLOATS(ONE, digamma)},
        [SSI_MAP_INVERT] = {WRAPPING(ONE, invert)},
        [SSI_MAP_NOT] = {[SSI_BOOL] = {not_vv_bool}},
        [SSI_MAP_ADD] = {FLOATS(FORMS, add), WRAPPING(FORMS, add)},
        [SSI_MAP_SUB] = {FLOATS(FORMS, sub), WRAPPING(FORMS, sub)},
        [SSI_MAP_MUL] = {FLOATS(FORMS, mul), WRAPPING(FORMS, mul)},
        [SSI_MAP_DIV] = {FLOATS(FORMS, div)},
        [SSI_MAP_POW] = {FLOATS(FORMS, pow), ORDERED(FORMS, pow)},
        [SSI_MAP_MAX] = {FLOATS(FORMS, max), ORDERED(FORMS, max), BOOL(FORMS, max)},
        [SSI_MAP_MIN] = {FLOATS(FORMS, min), ORDERED(FORMS, min), BOOL(FORMS, min)},
        [SSI_MAP_FLOOR_DIV] = {FLOATS(ONE, floor_div), ORDERED(FORMS, floor_div)},
        [SSI_MAP_MOD] = {FLOATS(ONE, mod), ORDERED(FORMS, mod)},
        [SSI_MAP_HYPOT] = {FLOATS(ONE, hypot)},
        [SSI_MAP_ATAN2] = {FLOATS(ONE, atan2)},
        [SSI_MAP_COPYSIGN] = {FLOATS(FORMS, copysign)},
        [SSI_MAP_FMAX] = {FLOATS(FORMS, fmax)},
        [SSI_MAP_FMIN] = {FLOATS(FORMS, fmin)},
        [SSI_MAP_SHL] = {WRAPPING(FORMS, shl)},
        [SSI_MAP_SHR] = {ORDERED(FORMS, shr)},
        [SSI_MAP_AND] = {WRAPPING(FORMS, bit_and), BOOL(FORMS, bit_and)},
        [SSI_MAP_OR] = {WRAPPING(FORMS, bit_or), BOOL(FORMS, bit_or)},
        [SSI_MAP_XOR] = {WRAPPING(FORMS, bit_xor), BOOL(FORMS, bit_xor)},
        [SSI_MAP_EQ] = {FLOATS(FORMS, eq), WRAPPING(FORMS, eq), BOOL(FORMS, eq)},
        [SSI_MAP_NE] = {FLOATS(FORMS, ne), WRAPPING(FORMS, ne), BOOL(FORMS, ne)},
        [SSI_MAP_LT] = {FLOATS(FORMS, lt), ORDERED(FORMS, lt), BOOL(FORMS, lt)},
        [SSI_MAP_LE] = {FLOATS(FORMS, le), ORDERED(FORMS, le), BOOL(FORMS, le)},
        [SSI_MAP_WHERE] = {[SSI_F32] = FORMS(where, i32), [SSI_F64] = FORMS(where, i64), WRAPPING(FORMS, where), BOOL(FORMS, where)},
    },
    .pair = {PAIRS(PAIR_ENTRY)},
    .cast = {
        [SSI_F32] = FROM(f32, f32), [SSI_F64] = FROM(f64, f64), [SSI_F16] = FROM(f16, f16), [SSI_BF16] = FROM(bf16, bf16),
        [SSI_BOOL] = FROM(u8, i8), [SSI_U8] = FROM(u8, i8), [SSI_I8] = FROM(i8, i8),
        [SSI_I16] = FROM(i16, i16), [SSI_I32] = FROM(i32, i32), [SSI_I64] = FROM(i64, i64),
    },
    .folds = &SSI_ISA_NAME(ssi_folds),
    .gemm = {
        [SSI_F32] = &SSI_ISA_NAME(ssi_gemm_f32), [SSI_F64] = &SSI_ISA_NAME(ssi_gemm_f64), [SSI_I64] = &SSI_ISA_NAME(ssi_gemm_i64),
    },
    .call = {SSI_CPU_CALLS},
#ifdef __AVX512F__
    .sort_few_u32 = ssi_sort_few_u32_avx512,
    .sort_few_u64 = ssi_sort_few_u64_avx512,
#endif
    .copy = SSI_ISA_NAME(ssi_copy),
    .turn = SSI_ISA_NAME(ssi_turn),
    .spread = spread_rows,
    .uniform_f32 = uniform_f32,
    .uniform_f64 = uniform_f64,
};
/* clang-format on */
