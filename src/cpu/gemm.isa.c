/*
 * gemm.isa.c - products of matrices: how one core multiplies packed panels. Sharing among threads, and when to pack, is `run`'s (contract.c).
 *
 *                        B: panels of nr columns, each [k][nr]
 *                        +--------+--------+--
 *                      k |   0    |   1    |        A panel of B is read from end to end: step q is nr neighbouring elements, zeros beyond the
 *                        +--------+--------+--      matrix' edge.
 *     A: panels of
 *     mr rows            C
 *      +-----k-----+     +--------+--------+--
 *   mr |     0     |     |  tile  |  tile  |        A tile: mr x nr sums, in registers for all of k. Each step loads nr of B and,
 *      +-----------+     +--------+--------+--      for each row, splats one of A, multiplies and adds.
 *      |     1     |     |  tile  |  tile  |
 *      +-----------+     +--------+--------+--
 *
 * A step takes mr + nr elements from the caches for mr*nr multiply-adds. These are independent of each other, and there are more of them than it
 * takes to hide the time of one. multiply() goes down the panels of A for each panel of B, which is read in order each time.
 *
 * Law: an element of C is the chain fma(a[k-1], b[k-1], ... fma(a[0], b[0], 0)), in order of q; or it begins with C's own value. So its bits
 * depend on no tile, panel or thread. On sets without a fused multiply-add a step is a product, then a sum. Steps at which A is zero are left out only where that
 * changes no bit (gemm_zeros.h).
 *
 * Vectors are those of GNU C. Intrinsics are used for what it cannot say: fuse here and nowhere else; load and store some of the lanes.
 *
 * Operands may also be used as they lie. A panel of B then has nr neighbours of a row, and its steps are a row apart. A's rows and steps may be any distance
 * apart, for a splat takes a single element from wherever it is.
 *
 * Measured on one Zen 5 core (bench/gemm.c), as parts of the multiply-add peak (266 GFLOP/s in f32 with AVX-512, twice that in bf16): 0.97 to 0.98 and 0.98 to 0.99 at
 * 128x256x784, 128x256x256 and 784x256x128; 0.56 at 128x10x256, where 10 of a vector's 16 lanes are used.
 */
#include <string.h>

#include "cpu/half.h"
#include "run/backend.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/* Vectors of BYTES; tiles of mr = ROWS by nr = VECTORS vectors: enough sums to hide the time of a multiply-add, few enough to stay in registers together with
 * a step of B. (With AVX-512, 14 x 32, 6 x 64 and others would fit too. They are no faster, and divide fewer of the sizes that people choose.) Where columns fill one vector,
 * TALL rows. `pack` transposes squares of SIDE elements, which divides nr. A single row is multiplied with FLAT panels at a time. */
#if defined(__AVX512F__)
enum { BYTES = 64, ROWS = 8, VECTORS = 2, TALL = 16, SIDE = 8, FLAT = 4, TOGETHER = 4 };
#elif defined(__AVX2__)
enum { BYTES = 32, ROWS = 4, VECTORS = 3, TALL = 8, SIDE = 4, FLAT = 4, TOGETHER = 1 };
#elif defined(__aarch64__)
enum { BYTES = 16, ROWS = 8, VECTORS = 2, TALL = 16, SIDE = 4, FLAT = 4, TOGETHER = 2 };
#else
enum { BYTES = 16, ROWS = 4, VECTORS = 2, TALL = 4, SIDE = 4, FLAT = 4, TOGETHER = 1 };
#endif

/* Steps at which A is zero are left out for few rows at a time, by several panels: fewer rows than a tile's have more such steps in common, and as many sums
 * keep the multiply-adds as busy. GROUP rows by TOGETHER panels; or twice as many rows by half the panels, where columns are few, or B is not packed. A list has no
 * more steps than of which so many panels stay in the first-level cache while all rows go by. A single row reads B once, wherever it is. */
enum { GROUP = ROWS / TOGETHER, TALLER = TOGETHER > 1 ? 2 * GROUP : GROUP, NARROWER = ROWS / TALLER };
enum { LIST_ROWS = SSI_ROUNDED_ROWS, LISTS = LIST_ROWS / GROUP, MOST_STEPS = 256, LIST_BYTES = 49152 };
typedef struct step_lists {
    int count[LISTS], group;                         /* rows of a list */
    int64_t room;                                    /* of a list: it is written 16 steps at a time */
    int64_t together, steps;                         /* panels and, at most, steps at a time */
    uint8_t step[LIST_ROWS / 4 * (MOST_STEPS + 16)]; /* of lower groups no more than half as many */
    uint16_t found[MOST_STEPS + 16];                 /* a bit for each of a few rows, from this one on */
    int64_t found_from;
} step_lists;

/* Where other sets are better, a single row may take as long as a tile, and steps of zeros as long as others. */
#ifdef SSI_SPARE
enum { SINGLES = 0, LISTED = 0 };
#else
enum { SINGLES = 1, LISTED = 1 };
#endif

#define SHORT NOINLINE __attribute__((cold)) /* of code that takes little time: neither unrolled nor inlined */

typedef float vector_f32 __attribute__((vector_size(BYTES), aligned(4), may_alias));
typedef double vector_f64 __attribute__((vector_size(BYTES), aligned(8), may_alias));
typedef uint64_t vector_i64
    __attribute__((vector_size(BYTES), aligned(8), may_alias)); /* unsigned, for they may wrap */
typedef uint32_t vector_u32 __attribute__((vector_size(BYTES), aligned(4), may_alias));
typedef vector_u32 words_f32;
typedef vector_i64 words_f64, words_i64;
enum { LANES_f32 = BYTES / 4, LANES_f64 = BYTES / 8, LANES_i64 = BYTES / 8 };

/* Whether whole tiles have a loop of their own (gemm_tile.h): where one takes so little time that a call for each shows. */
enum { LOOP_f32 = 0, LOOP_f64 = 0, LOOP_i64 = 0 };

/* a*b + c */
#if defined(__AVX512F__)
#define fused_f32(a, b, c) ((vector_f32)_mm512_fmadd_ps((__m512)(a), (__m512)(b), (__m512)(c)))
#define fused_f64(a, b, c) ((vector_f64)_mm512_fmadd_pd((__m512d)(a), (__m512d)(b), (__m512d)(c)))
#elif defined(__AVX2__)
#define fused_f32(a, b, c) ((vector_f32)_mm256_fmadd_ps((__m256)(a), (__m256)(b), (__m256)(c)))
#define fused_f64(a, b, c) ((vector_f64)_mm256_fmadd_pd((__m256d)(a), (__m256d)(b), (__m256d)(c)))
#elif defined(__aarch64__)
#define fused_f32(a, b, c) ((vector_f32)vfmaq_f32((float32x4_t)(c), (float32x4_t)(a), (float32x4_t)(b)))
#define fused_f64(a, b, c) ((vector_f64)vfmaq_f64((float64x2_t)(c), (float64x2_t)(a), (float64x2_t)(b)))
#else
#define fused_f32(a, b, c) ((a) * (b) + (c))
#define fused_f64(a, b, c) ((a) * (b) + (c))
#endif
#define fused_i64(a, b, c) ((a) * (b) + (c))

/* In every lane, as GNU C says it: x - 0 is x. */
#define splat_f32(x) ((x) - (vector_f32){0})
#define splat_f64(x) ((x) - (vector_f64){0})
#define splat_i64(x) ((x) - (vector_i64){0})

/* The first `bytes` of a vector, from and to memory whose neighbours may not be touched. Vectors come and go by value: one whose address is taken leaves
 * its register. */
#if defined(__AVX2__) && !defined(__AVX512BW__)
INLINE __m256i first_bytes(size_t bytes)
{
    static const int32_t there[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
    return _mm256_loadu_si256((const __m256i *)(const void *)(there + 8 - bytes / 4));
}
#endif

INLINE vector_f32 load(const void *from, size_t bytes)
{
#if defined(__AVX512BW__)
    return (vector_f32)_mm512_maskz_loadu_epi8(~0ull >> (BYTES - bytes), from);
#elif defined(__AVX2__)
    return (vector_f32)_mm256_maskload_ps(from, first_bytes(bytes));
#else
    vector_f32 vector = {0};
    memcpy(&vector, from, bytes);
    return vector;
#endif
}

INLINE void store(void *to, vector_f32 vector, size_t bytes)
{
#if defined(__AVX512BW__)
    _mm512_mask_storeu_epi8(to, ~0ull >> (BYTES - bytes), (__m512i)vector);
#elif defined(__AVX2__)
    if (bytes == BYTES) /* with a mask it takes longer on some processors */
        _mm256_storeu_ps(to, (__m256)vector);
    else
        _mm256_maskstore_ps(to, first_bytes(bytes), (__m256)vector);
#else
    if (bytes == BYTES)
        memcpy(to, &vector, BYTES);
    else
        memcpy(to, &vector, bytes);
#endif
}

/* Where a vector's bits are: nowhere; in which elements, whose numbers from q on are appended to a list. */
INLINE bool is_zero(vector_u32 x)
{
#if defined(__AVX512F__)
    return _mm512_test_epi32_mask((__m512i)x, (__m512i)x) == 0;
#else
    uint64_t word[BYTES / 8], any = 0;
    memcpy(word, &x, sizeof word);
    for (size_t i = 0; i < BYTES / 8; i++)
        any |= word[i];
    return any == 0;
#endif
}

#if defined(__AVX512F__)
INLINE int append(uint8_t *list, int count, __mmask16 where, int64_t q)
{
    const __m512i from_0 = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m512i numbers = _mm512_maskz_compress_epi32(where, _mm512_add_epi32(from_0, _mm512_set1_epi32((int)q)));
    _mm_storeu_si128((__m128i *)(list + count), _mm512_cvtepi32_epi8(numbers));
    return count + __builtin_popcount(where);
}
#define append_f32(list, count, x, q) append(list, count, _mm512_test_epi32_mask((__m512i)(x), (__m512i)(x)), q)
#else
INLINE int append_f32(uint8_t *list, int count, words_f32 x, int64_t q)
{
    for (int i = 0; i < LANES_f32; i++) {
        list[count] = (uint8_t)(q + i);
        count += x[i] != 0;
    }
    return count;
}
#endif

/* What gemm_zeros.h asks of a kind; nobody asks it of f64 and of integers, whose zeros are not looked for. */
#define magnitude_f32      0x7fffffffu
#define minus_zeros_f32(x) ((words_f32)((words_f32)(x) == 0x80000000u))
#if defined(__AVX512F__)
#define lower_f32(x, y) ((words_f32)_mm512_min_epi32((__m512i)(x), (__m512i)(y)))
#elif defined(__AVX2__)
#define lower_f32(x, y) ((words_f32)_mm256_min_epi32((__m256i)(x), (__m256i)(y)))
#else /* 0 for all but -0 does as well */
#define lower_f32(x, y) ((words_f32)(x) | (minus_zeros_f32(y) & 0x80000000u))
#endif
#define worth_f32          7
#define minus_zeros_f64(x) ((words_f64)(x))
#define minus_zeros_i64(x) (x)
#define lower_f64(x, y)    ((words_f64)(y))
#define lower_i64(x, y)    (y)

/* Of two rows of SIDE elements side by side: their first halves, element beside element; and their second halves. */
#if defined(__AVX512F__)
#define FIRST_HALVES  0, 8, 1, 9, 2, 10, 3, 11
#define SECOND_HALVES 4, 12, 5, 13, 6, 14, 7, 15
#else
#define FIRST_HALVES  0, 4, 1, 5
#define SECOND_HALVES 2, 6, 3, 7
#endif

#define T          float
#define NAME(name) SSI_PASTE(name, f32)
#include "cpu/gemm_pack.h"
#include "cpu/gemm_tile.h"
#include "cpu/gemm_zeros.h"
#include "cpu/undefine.h"

#define T              double
#define NAME(name)     SSI_PASTE(name, f64)
#define multiply_f64   multiply_all_f64
#define are_finite_f64 NULL
#include "cpu/gemm_pack.h"
#include "cpu/gemm_tile.h"
#include "cpu/undefine.h"

#ifndef BORROWS_INTEGER_PRODUCTS
#define T              uint64_t
#define NAME(name)     SSI_PASTE(name, i64)
#define pack_i64       pack_f64 /* bits are bits */
#define multiply_i64   multiply_all_i64
#define are_finite_i64 NULL
#include "cpu/gemm_tile.h"
#include "cpu/undefine.h"
#endif

extern const ssi_gemm_routines SSI_ISA_NAME(ssi_gemm_f32), SSI_ISA_NAME(ssi_gemm_f64), SSI_ISA_NAME(ssi_gemm_i64);
extern const ssi_gemm_routines *SSI_ISA_NAME(ssi_gemm_medium)(ssi_dtype operand);

#include "cpu/gemm_medium.h"

#define ROUTINES(type)                                                                                                 \
    {                                                                                                                  \
        .mr = ROWS, .nr = VECTORS * SSI_PASTE(LANES, type), .size = BYTES / SSI_PASTE(LANES, type), .together = 1,     \
        .pack = SSI_PASTE(pack, type), .multiply = SSI_PASTE(multiply, type),                                          \
        .are_finite = SSI_PASTE(are_finite, type)                                                                      \
    }
const ssi_gemm_routines SSI_ISA_NAME(ssi_gemm_f32) = ROUTINES(f32);
const ssi_gemm_routines SSI_ISA_NAME(ssi_gemm_f64) = ROUTINES(f64);
#ifndef BORROWS_INTEGER_PRODUCTS
const ssi_gemm_routines SSI_ISA_NAME(ssi_gemm_i64) = ROUTINES(i64);
#endif
