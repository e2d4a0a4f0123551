/*
 * uniform.h - uniform random numbers: Philox4x32-10 (Salmon et al. 2011) for many counters at once, the same function as ssi_philox. Key: the
 * seed; counter: the stream in its upper 64 bits, the place in its lower.
 */
#ifndef SSI_SRC_UNIFORM_H
#define SSI_SRC_UNIFORM_H

#include <stdint.h>
#include <string.h>

#include "cpu/isa.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#if defined(__AVX512F__)
#define LANES 0, 1, 2, 3, 4, 5, 6, 7
enum { WORDS = 8 };
#elif defined(__AVX2__)
#define LANES 0, 1, 2, 3
enum { WORDS = 4 };
#else
#define LANES 0, 1
enum { WORDS = 2 };
#endif

/* A register of words, one in 64 bits; what is in a lane's upper half is not the word's, and counts for nothing. */
typedef uint64_t words __attribute__((vector_size(8 * WORDS)));

/* The words of WORDS counters, and how many such are computed together: a product takes longer than what is done with it. */
typedef struct counters {
    words x0, x1, x2, x3;
} counters;
enum { TOGETHER = 4, COUNTERS = TOGETHER * WORDS };

INLINE words product(words x, uint32_t by)
{
#if defined(__AVX512F__)
    return (words)_mm512_mul_epu32((__m512i)x, _mm512_set1_epi64(by));
#elif defined(__AVX2__)
    return (words)_mm256_mul_epu32((__m256i)x, _mm256_set1_epi64x(by));
#elif defined(__x86_64__)
    return (words)_mm_mul_epu32((__m128i)x, _mm_set1_epi64x(by));
#elif defined(__aarch64__)
    return (words)vmull_n_u32(vmovn_u64((uint64x2_t)x), by);
#else
    return (x & UINT32_MAX) * by;
#endif
}

INLINE counters counters_from(uint64_t first, uint64_t stream)
{
    words x = first + (words){LANES};
    return (counters){x, x >> 32, stream + (words){0}, (stream >> 32) + (words){0}};
}

INLINE counters next_round(counters x, words k0, words k1)
{
    words p = product(x.x0, 0xd2511f53u), q = product(x.x2, 0xcd9e8d57u);
    return (counters){(q >> 32) ^ x.x1 ^ k0, q, (p >> 32) ^ x.x3 ^ k1, p};
}

NOINLINE void philox(counters to[TOGETHER], uint64_t key, uint64_t counter, uint64_t stream)
{
    counters a = counters_from(counter, stream), b = counters_from(counter + WORDS, stream),
             c = counters_from(counter + 2 * WORDS, stream), d = counters_from(counter + 3 * WORDS, stream);
    words k0 = key + (words){0}, k1 = (key >> 32) + (words){0};
    ROLLED for (int round = 0; round < 10; round++)
    {
        a = next_round(a, k0, k1), b = next_round(b, k0, k1), c = next_round(c, k0, k1), d = next_round(d, k0, k1);
        k0 += 0x9e3779b9u;
        k1 += 0xbb67ae85u;
    }
    to[0] = a, to[1] = b, to[2] = c, to[3] = d;
}

/* to[2*i] = a[i], to[2*i + 1] = b[i]. */
INLINE void by_turns(void *to, words a, words b)
{
    typedef uint64_t anything __attribute__((may_alias, aligned(4)));
    anything *word = to;
    SIMD for (int i = 0; i < WORDS; i++)
    {
        word[2 * i] = a[i];
        word[2 * i + 1] = b[i];
    }
}

/* Number i: the upper 24 bits of word i % 4 of counter i / 4. */
static void uniform_f32(float *d, uint64_t seed, uint64_t stream, uint64_t first, size_t n)
{
    enum { MADE = 4 * COUNTERS };
    counters made[TOGETHER];
    float room[MADE];
    uint32_t word[MADE];
    for (size_t done = 0, count; done < n; done += count) {
        size_t skip = (size_t)(first + done) % 4;
        count = MADE - skip < n - done ? MADE - skip : n - done;
        philox(made, seed, (first + done) / 4, stream);
        for (int i = 0; i < TOGETHER; i++)
            by_turns(word + 4 * WORDS * i, (made[i].x0 & UINT32_MAX) | made[i].x1 << 32,
                     (made[i].x2 & UINT32_MAX) | made[i].x3 << 32);
        float *to = count == MADE ? d + done : room;
        for (size_t j = 0; j < MADE; j++)
            to[j] = (float)(int32_t)(word[j] >> 8) * 0x1p-24f;
        if (to == room)
            memcpy(d + done, room + skip, count * sizeof *d);
    }
}

/* 53 bits, the upper 27 of word a and the upper 26 of b, as a double in [0, 1): as the last bits of two doubles of which these are 2^25 and 1/2. */
INLINE words number_f64(words a, words b)
{
    typedef double numbers __attribute__((vector_size(8 * WORDS)));
    words high = (a >> 5 & 0x7ffffff) | 0x4180000000000000u, low = (b >> 6 & 0x3ffffff) | 0x3fe0000000000000u;
    return (words)(((numbers)high - (0x1p25 + 0.5)) + (numbers)low);
}

/* Number i: of words 2*(i % 2) and 2*(i % 2) + 1 of counter i / 2. */
static void uniform_f64(double *d, uint64_t seed, uint64_t stream, uint64_t first, size_t n)
{
    enum { MADE = 2 * COUNTERS };
    counters made[TOGETHER];
    double room[MADE];
    for (size_t done = 0, count; done < n; done += count) {
        size_t skip = (size_t)(first + done) % 2;
        count = MADE - skip < n - done ? MADE - skip : n - done;
        philox(made, seed, (first + done) / 2, stream);
        double *to = count == MADE ? d + done : room;
        for (int i = 0; i < TOGETHER; i++)
            by_turns(to + 2 * WORDS * i, number_f64(made[i].x0, made[i].x1), number_f64(made[i].x2, made[i].x3));
        if (to == room)
            memcpy(d + done, room + skip, count * sizeof *d);
    }
}

#endif
