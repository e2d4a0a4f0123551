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
#include "cpu/group.h"
#include "cpu/map_pair.h"
#include "cpu/map_trigonometric.h"
#include "cpu/spread.h"
#include "cpu/uniform.h"
#include "run/backend.h"

/* clang-format off */
#define T float
#define NAME(op) SSI_PASTE(op, f32)
#include "cpu/map_float.h"
#include "cpu/undefine.h"

#define T double
#define NAME(op) SSI_PASTE(op, f64)
#include "cpu/map_float.h"
UNARY(sin)
UNARY(cos)
#include "cpu/undefine.h"

#define T int64_t
#define A uint64_t
#define NAME(op) SSI_PASTE(op, i64)
#include "cpu/map_integer.h"
#include "cpu/undefine.h"

#define T int32_t
#define A uint32_t
#define NAME(op) SSI_PASTE(op, i32)
#include "cpu/map_integer.h"
#include "cpu/undefine.h"

#define T int16_t
#define A uint32_t
#define NAME(op) SSI_PASTE(op, i16)
#include "cpu/map_integer.h"
#include "cpu/undefine.h"

#define T int8_t
#define A uint32_t
#define NAME(op) SSI_PASTE(op, i8)
#include "cpu/map_integer.h"
#include "cpu/undefine.h"

#define T uint8_t
#define A uint32_t
#define NAME(op) SSI_PASTE(op, u8)
#define UNSIGNED
#include "cpu/map_integer.h"
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
        [SSI_MAP_EXP] = {FLOATS(ONE, exp)},
        [SSI_MAP_LOG] = {FLOATS(ONE, log)},
        [SSI_MAP_SQRT] = {FLOATS(ONE, sqrt)},
        [SSI_MAP_SIN] = {FLOATS(ONE, sin)},
        [SSI_MAP_COS] = {FLOATS(ONE, cos)},
        [SSI_MAP_TANH] = {FLOATS(ONE, tanh)},
        [SSI_MAP_ERF] = {FLOATS(ONE, erf)},
        [SSI_MAP_SIGMOID] = {FLOATS(ONE, sigmoid)},
        [SSI_MAP_RELU] = {FLOATS(ONE, relu)},
        [SSI_MAP_NOT] = {[SSI_BOOL] = {not_vv_bool}},
        [SSI_MAP_ADD] = {FLOATS(FORMS, add), WRAPPING(FORMS, add)},
        [SSI_MAP_SUB] = {FLOATS(FORMS, sub), WRAPPING(FORMS, sub)},
        [SSI_MAP_MUL] = {FLOATS(FORMS, mul), WRAPPING(FORMS, mul)},
        [SSI_MAP_DIV] = {FLOATS(FORMS, div)},
        [SSI_MAP_POW] = {FLOATS(FORMS, pow), ORDERED(FORMS, pow)},
        [SSI_MAP_MAX] = {FLOATS(FORMS, max), ORDERED(FORMS, max), BOOL(FORMS, max)},
        [SSI_MAP_MIN] = {FLOATS(FORMS, min), ORDERED(FORMS, min), BOOL(FORMS, min)},
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
