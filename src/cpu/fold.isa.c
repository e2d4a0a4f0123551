/*
 * fold.isa.c - the reductions of one instruction set: along rows, across rows, and where extremes are. What is done stands in fold.h, once for all types.
 */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "cpu/isa.h"
#include "run/backend.h"

enum { LANES = 16, ROWS = 16 /* folded together */, FEW = 4 /* from so many on */ };

#if defined(__AVX512F__) || defined(__OPTIMIZE_SIZE__) /* bytes of a register, or of a loop that stays a loop */
#define VECTOR 64
#elif defined(__AVX2__)
#define VECTOR 32
#else
#define VECTOR 16
#endif

/* Routines of one type, which NAME says: T, I and the rest are as fold.h has them. */
#define EXTREME(name, key)                                                                                             \
    static void NAME(fold_##name)(void *d, const void *a, size_t rows, size_t cols, size_t stride)                     \
    {                                                                                                                  \
        NAME(fold_extreme)(d, a, rows, cols, stride, key);                                                             \
    }                                                                                                                  \
    static void NAME(across_##name)(void *d, const void *a, size_t rows, size_t cols, size_t stride)                   \
    {                                                                                                                  \
        NAME(across_extreme)(d, a, rows, cols, stride, key);                                                           \
    }                                                                                                                  \
    static void NAME(find_##name)(int64_t * index, void *value, const void *a, size_t rows, size_t cols,               \
                                  size_t stride)                                                                       \
    {                                                                                                                  \
        NAME(find)(NAME(fold_##name), index, value, a, rows, cols, stride);                                            \
    }                                                                                                                  \
    static void NAME(find_across_##name)(int64_t * index, void *value, const void *a, size_t rows, size_t cols,        \
                                         size_t stride)                                                                \
    {                                                                                                                  \
        NAME(find_across)(key, index, value, a, rows, cols, stride);                                                   \
    }
#define SUMMED(name, identity)                                                                                         \
    static void NAME(fold_##name)(void *d, const void *a, size_t rows, size_t cols, size_t stride)                     \
    {                                                                                                                  \
        NAME(fold)(NAME(name), identity, d, a, rows, cols, stride, ITSELF);                                            \
    }                                                                                                                  \
    static void NAME(across_##name)(void *d, const void *a, size_t rows, size_t cols, size_t stride)                   \
    {                                                                                                                  \
        NAME(across)(NAME(name), d, a, rows, cols, stride, ITSELF);                                                    \
    }

/* clang-format off */
#define T float
#define I int32_t
#define FLOAT
#define ZERO (-0.0f)
#define NAME(op) SSI_PASTE(op, f32)
#define HIGHEST INFINITY
#include "cpu/fold.h"
#include "cpu/undefine.h"

#define T double
#define I int64_t
#define FLOAT
#define ZERO (-0.0)
#define NAME(op) SSI_PASTE(op, f64)
#define HIGHEST INFINITY
#include "cpu/fold.h"
#include "cpu/undefine.h"

#define T int64_t
#define I int64_t
#define A uint64_t
#define ZERO 0
#define NAME(op) SSI_PASTE(op, i64)
#define HIGHEST INT64_MAX
#include "cpu/fold.h"
#include "cpu/undefine.h"

#define T int32_t
#define I int32_t
#define NAME(op) SSI_PASTE(op, i32)
#define HIGHEST INT32_MAX
#include "cpu/fold.h"
#include "cpu/undefine.h"

#define T int16_t
#define I int16_t
#define NAME(op) SSI_PASTE(op, i16)
#define HIGHEST INT16_MAX
#include "cpu/fold.h"
#include "cpu/undefine.h"

#define T uint8_t
#define I int8_t
#define NAME(op) SSI_PASTE(op, u8)
#define HIGHEST UINT8_MAX
#include "cpu/fold.h"
/* Of i8: with its sign's bit turned over, a byte's order is u8's. */
EXTREME(min_signed, 0x80)
EXTREME(max_signed, 0x7f)
#include "cpu/undefine.h"

#define SUMS(prefix) [SSI_F32] = prefix##_f32, [SSI_F64] = prefix##_f64, [SSI_I64] = prefix##_i64
#define ALL(prefix)  SUMS(prefix), [SSI_I32] = prefix##_i32, [SSI_I16] = prefix##_i16, [SSI_I8] = prefix##_signed_u8, \
                     [SSI_U8] = prefix##_u8, [SSI_BOOL] = prefix##_u8
#define FOLDS(prefix) \
    {[SSI_REDUCE_SUM] = {SUMS(prefix##_sum)}, [SSI_REDUCE_PROD] = {SUMS(prefix##_prod)}, \
     [SSI_REDUCE_MIN] = {ALL(prefix##_min)}, [SSI_REDUCE_MAX] = {ALL(prefix##_max)}}

extern const ssi_fold_routines SSI_ISA_NAME(ssi_folds);
const ssi_fold_routines SSI_ISA_NAME(ssi_folds) = {
    .along = FOLDS(fold), .across = FOLDS(across),
#ifndef SSI_SPARE
    .dot = {[SSI_F32] = dot_f32, [SSI_F64] = dot_f64},
#endif
    .find = {{ALL(find_min)}, {ALL(find_max)}}, .find_across = {{ALL(find_across_min)}, {ALL(find_across_max)}},
};
/* clang-format on */
