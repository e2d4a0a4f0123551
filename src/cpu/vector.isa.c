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
#endif
#include "cpu/map_float.h"
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
extern void SSI_ISA_NAME(ssi_turn)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t rows, int64_t cols, size_t size);
extern const ssi_chain_routines SSI_ISA_NAME(ssi_chain);
extern const ssi_fold_routines SSI_ISA_NAME(ssi_folds);
extern const ssi_gemm_routines SSI_ISA_NAME(ssi_gemm_f32), SSI_ISA_NAME(ssi_gemm_f64);
#ifdef BORROWS_INTEGER_PRODUCTS
#define INTEGER_PRODUCTS ssi_gemm_i64_portable
#else
#define INTEGER_PRODUCTS SSI_ISA_NAME(ssi_gemm_i64)
#endif
extern const ssi_gemm_routines INTEGER_PRODUCTS;
extern const ssi_gemm_routines *SSI_ISA_NAME(ssi_gemm_medium)(void);
extern const ssi_limit_routines SSI_ISA_NAME(ssi_limits);

#define ONE(op, t)   op##_vv_##t
#define VV(op, t)    {op##_vv_##t}
#ifndef SSI_SPARE
#define FORMS(op, t) {op##_vv_##t, op##_sv_##t, op##_vs_##t}
#else /* a set that others are better than does without what only saves time: scalars are spread, rare functions run by their definitions */
#define FORMS(op, t) VV(op, t)
#endif

#define OF_TWO(code) [SSI_MAP_##code - SSI_MAP_ADD]
#define FLOATS(forms, op)   [SSI_F32] = forms(op, f32), [SSI_F64] = forms(op, f64)
#ifndef SSI_SPARE
#define RARE(forms, op)     FLOATS(forms, op)
#else
#define RARE(forms, op)     [SSI_F32] = forms(no, routine)
#define no_vv_routine       NULL
#endif
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
    .unary = {
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
        [SSI_MAP_EXP2] = {RARE(ONE, exp2)},
        [SSI_MAP_EXPM1] = {RARE(ONE, expm1)},
        [SSI_MAP_LOG2] = {RARE(ONE, log2)},
        [SSI_MAP_LOG10] = {RARE(ONE, log10)},
        [SSI_MAP_LOG1P] = {RARE(ONE, log1p)},
        [SSI_MAP_CBRT] = {RARE(ONE, cbrt)},
        [SSI_MAP_TAN] = {RARE(ONE, tan)},
        [SSI_MAP_ASIN] = {RARE(ONE, asin)},
        [SSI_MAP_ACOS] = {RARE(ONE, acos)},
        [SSI_MAP_ATAN] = {RARE(ONE, atan)},
        [SSI_MAP_SINH] = {RARE(ONE, sinh)},
        [SSI_MAP_COSH] = {RARE(ONE, cosh)},
        [SSI_MAP_ASINH] = {RARE(ONE, asinh)},
        [SSI_MAP_ACOSH] = {RARE(ONE, acosh)},
        [SSI_MAP_ATANH] = {RARE(ONE, atanh)},
        [SSI_MAP_INVERT] = {WRAPPING(ONE, invert)},
        [SSI_MAP_NOT] = {[SSI_BOOL] = not_vv_bool},
    },
    .binary = {
        OF_TWO(ADD) = {FLOATS(FORMS, add), WRAPPING(VV, add)},
        OF_TWO(SUB) = {FLOATS(FORMS, sub), WRAPPING(VV, sub)},
        OF_TWO(MUL) = {FLOATS(FORMS, mul), WRAPPING(VV, mul)},
        OF_TWO(DIV) = {FLOATS(FORMS, div)},
        OF_TWO(POW) = {FLOATS(VV, pow), ORDERED(VV, pow)},
        OF_TWO(MAX) = {FLOATS(FORMS, max), ORDERED(VV, max), BOOL(VV, max)},
        OF_TWO(MIN) = {FLOATS(FORMS, min), ORDERED(VV, min), BOOL(VV, min)},
        OF_TWO(FLOOR_DIV) = {FLOATS(VV, floor_div), ORDERED(VV, floor_div)},
        OF_TWO(MOD) = {FLOATS(VV, mod), ORDERED(VV, mod)},
        OF_TWO(HYPOT) = {RARE(VV, hypot)},
        OF_TWO(ATAN2) = {RARE(VV, atan2)},
        OF_TWO(COPYSIGN) = {FLOATS(VV, copysign)},
        OF_TWO(FMAX) = {FLOATS(VV, fmax)},
        OF_TWO(FMIN) = {FLOATS(VV, fmin)},
        OF_TWO(SHL) = {WRAPPING(VV, shl)},
        OF_TWO(SHR) = {ORDERED(VV, shr)},
        OF_TWO(AND) = {WRAPPING(VV, bit_and), BOOL(VV, bit_and)},
        OF_TWO(OR) = {WRAPPING(VV, bit_or), BOOL(VV, bit_or)},
        OF_TWO(XOR) = {WRAPPING(VV, bit_xor), BOOL(VV, bit_xor)},
        OF_TWO(EQ) = {FLOATS(FORMS, eq), WRAPPING(VV, eq), BOOL(VV, eq)},
        OF_TWO(NE) = {FLOATS(FORMS, ne), WRAPPING(VV, ne), BOOL(VV, ne)},
        OF_TWO(LT) = {FLOATS(FORMS, lt), ORDERED(VV, lt), BOOL(VV, lt)},
        OF_TWO(LE) = {FLOATS(FORMS, le), ORDERED(VV, le), BOOL(VV, le)},
        OF_TWO(WHERE) = {[SSI_F32] = FORMS(where, i32), [SSI_F64] = FORMS(where, i64), WRAPPING(FORMS, where), BOOL(FORMS, where)},
    },
#ifndef SSI_SPARE
    .chain = &SSI_ISA_NAME(ssi_chain),
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
