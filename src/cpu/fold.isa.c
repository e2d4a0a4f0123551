/*
 * fold.isa.c - the reductions of one instruction set: along rows, across rows, and where extremes are. What is done stands in fold.h, once for all types.
 */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#if defined(__AVX512F__) /* lanes that are not there cost nothing */
#include <immintrin.h>
#define MASKS 1
#else
#define MASKS 0
#endif

#include "cpu/isa.h"
#include "run/backend.h"

enum { LANES = 16, ROWS = 16 /* folded together */, FEW = 4 /* from so many on */ };

#if defined(__AVX512F__) /* bytes of a register */
#define REGISTER 64
#elif defined(__AVX2__)
#define REGISTER 32
#else
#define REGISTER 16
#endif
#if defined(__OPTIMIZE_SIZE__) /* bytes that are folded together: a loop that stays a loop, or a register */
#define VECTOR 64
#else
#define VECTOR REGISTER
#endif

enum { AHEAD = 6144 };

/* Asks for each `step`-th byte of `bytes`, so far behind a as `ahead` says: to be in the cache when a row's loop comes there. Nothing is read, so they need
 * not be anybody's. The end of a row of 512 takes so long that without it memory rests; of two rows that are read together every second line is enough. */
INLINE void look_ahead(const void *a, size_t ahead, size_t bytes, size_t step)
{
    const char *from = (const char *)((uintptr_t)a + ahead); /* no element's place, perhaps */
    UNROLLED for (size_t i = 0; i < bytes; i += step) __builtin_prefetch(from + i);
}

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
        NAME(find)(NAME(fold_##name), index, value, a, rows, cols, stride, key);                                       \
    }                                                                                                                  \
    static void NAME(find_across_##name)(int64_t * index, void *value, const void *a, size_t rows, size_t cols,        \
                                         size_t stride)                                                                \
    {                                                                                                                  \
        NAME(find_across)(key, index, value, a, rows, cols, stride);                                                   \
    }

/* ---- sums of bytes ---- */

/* Sixteen bits hold the sums of so many steps: 2 * 128 * 255 < 65536. */
enum { BYTES_STEP = 4 * REGISTER, BYTES_STEPS = 128 };
typedef uint16_t pairs __attribute__((vector_size(REGISTER))); /* of bytes */

/* sum += the pairs' values, high += their higher bytes: the sum of the lower ones is sum - 256 high, whatever was lost above sixteen bits. */
INLINE void add_pairs(pairs *sum, pairs *high, const uint8_t *a)
{
    pairs x;
    memcpy(&x, a, sizeof x);
    *sum += x;
    *high += x >> 8;
}

/* At most BYTES_STEPS steps; in the last one, zeros follow the bytes that there are. */
INLINE uint64_t sum_some_bytes(const uint8_t *a, size_t n)
{
    pairs s[4] = {0}, h[4] = {0};
    size_t i = 0;
    ROLLED for (; i + BYTES_STEP <= n; i += BYTES_STEP)
    {
        add_pairs(&s[0], &h[0], a + i);
        add_pairs(&s[1], &h[1], a + i + REGISTER);
        add_pairs(&s[2], &h[2], a + i + 2 * REGISTER);
        add_pairs(&s[3], &h[3], a + i + 3 * REGISTER);
    }
    if (i < n) {
        uint8_t room[BYTES_STEP] = {0};
        memcpy(room, a + i, n - i);
        UNROLLED for (int v = 0; v < 4; v++) add_pairs(&s[v], &h[v], room + v * REGISTER);
    }
    UNROLLED for (int v = 0; v < 4; v++) s[v] -= h[v] * 255; /* the sum of both bytes */
    uint16_t lane[BYTES_STEP / 2];
    memcpy(lane, s, sizeof lane);
    uint32_t total = 0;
    ROLLED for (size_t l = 0; l < BYTES_STEP / 2; l++) total += lane[l];
    return total;
}

static void fold_sum_bytes(void *d, const void *a, size_t rows, size_t cols, size_t stride)
{
    enum { MOST = BYTES_STEP * BYTES_STEPS };
    for (size_t r = 0; r < rows; r++) {
        const uint8_t *row = (const uint8_t *)a + r * stride;
        uint64_t total = 0;
        for (size_t i = 0; i < cols; i += MOST)
            total += sum_some_bytes(row + i, cols - i < MOST ? cols - i : MOST);
        ((uint64_t *)d)[r] = total;
    }
}

/* ---- products of integers, which are summed in whatever order ---- */

#ifndef SSI_SPARE
typedef int16_t signed_pairs __attribute__((vector_size(REGISTER)));
typedef uint32_t quads __attribute__((vector_size(REGISTER))); /* of bytes */
typedef int32_t signed_quads __attribute__((vector_size(REGISTER)));
typedef uint64_t words __attribute__((vector_size(REGISTER)));
enum { WORDS = REGISTER / sizeof(uint64_t) };

/* Rows x and y of T, in steps; the last one's elements, if they are fewer, are copied before zeros. Sums of at most `most` steps, each of which is one of `sum`,
 * are added up in 64 bits. */
#define WHOLE_DOT(name, T, step, sum, L, most)                                                                         \
    static void dot_##name(void *d, const void *a, const void *b, size_t rows, size_t cols, size_t a_stride,           \
                           size_t b_stride)                                                                            \
    {                                                                                                                  \
        for (size_t r = 0; r < rows; r++) {                                                                            \
            const T *x = (const T *)a + r * a_stride, *y = (const T *)b + r * b_stride;                                \
            T room[2][step] = {{0}};                                                                                   \
            uint64_t all = 0;                                                                                          \
            for (size_t left = cols; left;) {                                                                          \
                sum total = {0};                                                                                       \
                L lane[REGISTER / sizeof(L)];                                                                          \
                for (int steps = most; steps && left; steps--, left -= step, x += step, y += step) {                   \
                    look_ahead(x, AHEAD / 2, step * sizeof(T), 128);                                                   \
                    look_ahead(y, b_stride ? AHEAD / 2 : 0, step * sizeof(T), 128);                                    \
                    if (left < step) {                                                                                 \
                        x = memcpy(room[0], x, left * sizeof(T));                                                      \
                        y = memcpy(room[1], y, left * sizeof(T));                                                      \
                        left = step;                                                                                   \
                    }                                                                                                  \
                    total += products_##name(x, y);                                                                    \
                }                                                                                                      \
                memcpy(lane, &total, sizeof lane);                                                                     \
                ROLLED for (size_t l = 0; l < REGISTER / sizeof(L); l++) all += (uint64_t)lane[l];                     \
            }                                                                                                          \
            ((uint64_t *)d)[r] = all;                                                                                  \
        }                                                                                                              \
    }

/* Of each two pairs of bytes the lower ones, and the higher ones, have products that sixteen bits hold; four and four of a register's are added in 32 bits,
 * which hold the sums of so many steps: 2^13 * 4 * 255^2 < 2^32. Shifting p and q to the right keeps the sign, if there is one. */
#define DOT_OF_BYTES(name, p, q, L)                                                                                    \
    INLINE quads products_##name(const uint8_t *a, const uint8_t *b)                                                   \
    {                                                                                                                  \
        pairs x, y;                                                                                                    \
        memcpy(&x, a, sizeof x);                                                                                       \
        memcpy(&y, b, sizeof y);                                                                                       \
        const q low = (q)(((p)(x << 8) >> 8) * ((p)(y << 8) >> 8)), high = (q)(((p)x >> 8) * ((p)y >> 8));             \
        return (quads)((q)((quads)low << 16) >> 16) + (quads)(low >> 16) + (quads)((q)((quads)high << 16) >> 16) +     \
               (quads)(high >> 16);                                                                                    \
    }                                                                                                                  \
    WHOLE_DOT(name, uint8_t, REGISTER, quads, L, 1 << 13)

DOT_OF_BYTES(u8, pairs, quads, uint32_t)
DOT_OF_BYTES(i8, signed_pairs, signed_quads, int32_t)

/* Two registers of 64 bits, which wrap. */
#define DOT_OF_WORDS(name, T)                                                                                          \
    INLINE words product_##name(const T *a, const T *b)                                                                \
    {                                                                                                                  \
        T __attribute__((vector_size(WORDS * sizeof(T)))) x, y;                                                        \
        memcpy(&x, a, sizeof x);                                                                                       \
        memcpy(&y, b, sizeof y);                                                                                       \
        return __builtin_convertvector(x, words) * __builtin_convertvector(y, words);                                  \
    }                                                                                                                  \
    INLINE words products_##name(const T *a, const T *b)                                                               \
    {                                                                                                                  \
        return product_##name(a, b) + product_##name(a + WORDS, b + WORDS);                                            \
    }                                                                                                                  \
    WHOLE_DOT(name, T, 2 * WORDS, words, uint64_t, 1 << 30)

DOT_OF_WORDS(i64, int64_t)
DOT_OF_WORDS(i32, int32_t)
#endif

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
#define RARE
#define NAME(op) SSI_PASTE(op, i16)
#define HIGHEST INT16_MAX
#include "cpu/fold.h"
#include "cpu/undefine.h"

#define T uint8_t
#define I uint8_t
#define NAME(op) SSI_PASTE(op, u8)
#define HIGHEST UINT8_MAX
#include "cpu/fold.h"
/* Of i8: with its sign's bit turned over, a byte's order is u8's. */
EXTREME(min_signed, 0x80)
EXTREME(max_signed, 0x7f)
#include "cpu/undefine.h"

#define FLOATS(prefix) [SSI_F32] = prefix##_f32, [SSI_F64] = prefix##_f64
#define SUMS(prefix) FLOATS(prefix), [SSI_I64] = prefix##_i64
#define ALL(prefix)  SUMS(prefix), [SSI_I32] = prefix##_i32, [SSI_I16] = prefix##_i16, [SSI_I8] = prefix##_signed_u8, \
                     [SSI_U8] = prefix##_u8, [SSI_BOOL] = prefix##_u8
#define FOLDS(prefix) \
    [SSI_REDUCE_PROD] = {SUMS(prefix##_prod)}, [SSI_REDUCE_MIN] = {ALL(prefix##_min)}, [SSI_REDUCE_MAX] = {ALL(prefix##_max)}

extern const ssi_fold_routines SSI_ISA_NAME(ssi_folds);
const ssi_fold_routines SSI_ISA_NAME(ssi_folds) = {
    .along = {[SSI_REDUCE_SUM] = {SUMS(fold_sum), [SSI_U8] = fold_sum_bytes, [SSI_BOOL] = fold_sum_bytes}, FOLDS(fold),
              [SSI_REDUCE_NANMIN] = {FLOATS(fold_nanmin)}, [SSI_REDUCE_NANMAX] = {FLOATS(fold_nanmax)}},
    .across = {[SSI_REDUCE_SUM] = {SUMS(across_sum)}, FOLDS(across)},
#ifndef SSI_SPARE
    .dot = {SUMS(dot), [SSI_I32] = dot_i32, [SSI_U8] = dot_u8, [SSI_I8] = dot_i8},
#endif
    .find = {{ALL(find_min)}, {ALL(find_max)}}, .find_across = {{ALL(find_across_min)}, {ALL(find_across_max)}},
};
/* clang-format on */
