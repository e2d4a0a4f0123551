/*
 * group.h - how every routine treats the end of its operands: it works on whole groups of elements, and the elements left over go through
 * the same code in a padded copy. So an element's bits cannot depend on its position, and no compiler writes a scalar copy of the loop.
 */
#ifndef SSI_SRC_GROUP_H
#define SSI_SRC_GROUP_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__AVX512BW__)
#include <immintrin.h>
#endif

#include "cpu/isa.h"
#include "run/backend.h"

/* Bytes of a group of long functions: a register, of which AVX2's code needs no second one beside it; a set without any takes a loop over 64. */
#if defined(__AVX2__) && !defined(__AVX512BW__)
#define REGISTER 32
#else
#define REGISTER 64
#endif

/* Elements of a group, where all that a routine touches is as wide as T: a register of them, but two of 8 bytes, of which compilers make no loop of one; */
#define GROUP(T)      ((sizeof(T) < 8 ? REGISTER : 64) / sizeof(T))
#define LONG_GROUP(T) (REGISTER / sizeof(T))
/* where it touches T and W, which is wider, as many as 64 bytes hold of T, and if T is a quarter of W or less, as 128 bytes hold of W: more is only
 * longer code. */
#define GROUP_OF(T, W)                                                                                                 \
    (sizeof(W) == sizeof(T) ? GROUP(T) : sizeof(W) < 4 * sizeof(T) ? 64 / sizeof(T) : 128 / sizeof(W))
enum { MOST_OF_A_GROUP = 64 };

/* Runs a body, in which AT is an element's place, for the whole groups of n elements. The inner count is known, so that no compiler writes
 * code for a rest. */
#define GROUPS(n, group)                                                                                               \
    ROLLED for (size_t start = 0; start + (group) <= (n); start += (group))                                            \
        SIMD for (size_t lane = 0; lane < (group); lane++)
#define AT (start + lane)

/* How to end a routine: itself, the elements of its group, and the bytes of one element of each operand, 0 for one that is absent or scalar. */
typedef struct ending {
    ssi_map_routine *routine;
    uint8_t group, d, a, b, c;
} ending;

/* `bytes` of an operand, followed by zeros up to `all`, and back. With masks small arrays are a good deal faster than by memcpy, whose short
 * stores a long load has to wait for. */
#if defined(__AVX512BW__)
INLINE __mmask64 first_bytes(size_t bytes)
{
    return bytes >= 64 ? ~(__mmask64)0 : ((__mmask64)1 << bytes) - 1;
}

INLINE void take_part(char *room, const char *from, size_t bytes, size_t all)
{
    for (size_t i = 0; i < all; i += 64) {
        __mmask64 mask = i < bytes ? first_bytes(bytes - i) : 0;
        _mm512_store_si512((void *)(room + i), _mm512_maskz_loadu_epi8(mask, from + i));
    }
}

INLINE void give_part(char *to, const char *room, size_t bytes)
{
    for (size_t i = 0; i < bytes; i += 64)
        _mm512_mask_storeu_epi8(to + i, first_bytes(bytes - i), _mm512_load_si512((const void *)(room + i)));
}

/* 64 bytes of bools, each as wide as `width` bytes. */
INLINE __m512i widened(const uint8_t *bools, size_t width)
{
    return width == 8   ? _mm512_cvtepu8_epi64(_mm_loadl_epi64((const void *)bools))
           : width == 4 ? _mm512_cvtepu8_epi32(_mm_loadu_si128((const void *)bools))
           : width == 2 ? _mm512_cvtepu8_epi16(_mm256_loadu_si256((const void *)bools))
                        : _mm512_loadu_si512(bools);
}
#else
INLINE void take_part(char *room, const char *from, size_t bytes, size_t all)
{
    memcpy(room, from, bytes);
    memset(room + bytes, 0, all - bytes);
}

INLINE void give_part(char *to, const char *room, size_t bytes)
{
    memcpy(to, room, bytes);
}
#endif

/* An operand's elements left over, followed by zeros up to a group. */
INLINE const void *padded(char *room, const void *operand, size_t width, size_t done, size_t rest, size_t group)
{
    if (width == 0)
        return operand;
    take_part(room, (const char *)operand + done * width, rest * width, group * width);
    return room;
}

NOINLINE void finish_rest(void *d, const void *a, const void *b, const void *c, size_t n, const ending *e)
{
    size_t rest = n & (e->group - 1u), done = n - rest;
    _Alignas(64) char room[4][MOST_OF_A_GROUP * sizeof(int64_t)];
    a = padded(room[0], a, e->a, done, rest, e->group);
    b = padded(room[1], b, e->b, done, rest, e->group);
    c = padded(room[2], c, e->c, done, rest, e->group);
    e->routine(room[3], a, b, c, e->group);
    give_part((char *)d + done * e->d, room[3], rest * e->d);
}

/* Every routine calls this last, having done the whole groups of n elements. Its arguments stay in their registers. */
INLINE void finish(void *d, const void *a, const void *b, const void *c, size_t n, const ending *e)
{
    if (n & (e->group - 1u))
        finish_rest(d, a, b, c, n, e);
}

#endif
