/*
 * select.isa.c - keys made, picked and parted eight at a time, where vectors can be compressed: for select.c and key.c.
 */
#include "cpu/call.h"
#include "cpu/isa.h"

#ifdef __AVX512F__

#include <immintrin.h>

/* The lanes of i, ... that are before n. */
INLINE __mmask8 lanes_at(int64_t i, int64_t n)
{
    return n - i < 8 ? (__mmask8)((1u << (n - i)) - 1) : 0xff;
}

/* Loads with a mask, which some processors do not foresee, only where there are fewer than eight. */
INLINE __m512i load(const uint64_t *from, __mmask8 lanes)
{
    return lanes == 0xff ? _mm512_loadu_si512(from) : _mm512_maskz_loadu_epi64(lanes, from);
}

/* The selected ones side by side; returns how many. */
INLINE int64_t put(void *to, __m512i x, __mmask8 selected)
{
    int count = __builtin_popcount(selected);
    _mm512_mask_storeu_epi64(to, (__mmask8)((1u << count) - 1), _mm512_maskz_compress_epi64(selected, x));
    return count;
}

/* As ssi_key_of_f64. */
void ssi_keys_f64_avx512(uint64_t *key, const uint64_t *bits, int64_t n, uint64_t minus_zero)
{
    __m512i sign = _mm512_set1_epi64(INT64_MIN), zero = _mm512_set1_epi64((long long)minus_zero);
    for (int64_t i = 0; i < n; i += 8) {
        __mmask8 lanes = lanes_at(i, n);
        __m512i x = load(bits + i, lanes);
        x = _mm512_mask_mov_epi64(x, _mm512_cmpeq_epi64_mask(x, sign), zero);
        __m512i k = _mm512_xor_epi64(x, _mm512_or_epi64(_mm512_srai_epi64(x, 63), sign));
        __m512d d = _mm512_castsi512_pd(x);
        k = _mm512_mask_mov_epi64(k, _mm512_cmp_pd_mask(d, d, _CMP_UNORD_Q), _mm512_set1_epi64(-1));
        _mm512_mask_storeu_epi64(key + i, lanes, k);
    }
}

int64_t ssi_keys_between_avx512(uint64_t *to, const uint64_t *key, int64_t n, uint64_t low, uint64_t high,
                                int64_t *less)
{
    __m512i least = _mm512_set1_epi64((long long)low), largest = _mm512_set1_epi64((long long)high);
    int64_t count = 0;
    *less = 0;
    for (int64_t i = 0; i < n; i += 8) {
        __mmask8 lanes = lanes_at(i, n);
        __m512i k = load(key + i, lanes);
        __mmask8 below = _mm512_mask_cmplt_epu64_mask(lanes, k, least);
        *less += __builtin_popcount(below);
        count += put(to + count, k, _mm512_mask_cmple_epu64_mask(lanes & (__mmask8)~below, k, largest));
    }
    return count;
}

/* What is parted: places, or elements of four or eight bytes. */
typedef enum parted { PLACES, WORDS32, WORDS64 } parted;

INLINE __m512i eight(parted kind, const void *from, int64_t i, __mmask8 lanes)
{
    if (kind == PLACES)
        return _mm512_add_epi64(_mm512_set1_epi64(i), _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0));
    const uint32_t *words = (const uint32_t *)from + i;
    if (kind == WORDS32)
        return _mm512_cvtepu32_epi64(lanes == 0xff ? _mm256_loadu_si256((const void *)words)
                                                   : _mm256_maskz_loadu_epi32(lanes, words));
    return load((const uint64_t *)from + i, lanes);
}

/* The selected ones side by side from place `at` on; returns how many. */
INLINE int64_t put_at(parted kind, void *to, int64_t at, __m512i x, __mmask8 selected)
{
    if (kind != WORDS32)
        return put((uint64_t *)to + at, x, selected);
    int count = __builtin_popcount(selected);
    __m256i words = _mm512_cvtepi64_epi32(_mm512_maskz_compress_epi64(selected, x));
    _mm256_mask_storeu_epi32((uint32_t *)to + at, (__mmask8)((1u << count) - 1), words);
    return count;
}

INLINE void part(parted kind, void *to, const void *from, const uint64_t *key, int64_t n, int64_t kth, uint64_t at_kth,
                 int64_t which)
{
    __m512i pivot = _mm512_set1_epi64((long long)at_kth);
    int64_t low = 0, high = kth + 1;
    for (int64_t i = 0; i < n; i += 8) {
        __mmask8 lanes = lanes_at(i, n);
        __m512i k = load(key + i, lanes), x = eight(kind, from, i, lanes);
        unsigned left = _mm512_mask_cmplt_epu64_mask(lanes, k, pivot), right = lanes & ~left;
        for (unsigned same = _mm512_mask_cmpeq_epu64_mask(lanes, k, pivot); same; same &= same - 1, which--) {
            unsigned first = same & -same;
            if (which >= 0)
                right &= ~first;
            if (which > 0)
                left |= first;
            if (which == 0)
                put_at(kind, to, kth, x, (__mmask8)first);
        }
        low += put_at(kind, to, low, x, (__mmask8)left);
        high += put_at(kind, to, high, x, (__mmask8)right);
    }
}

void ssi_part_avx512(void *to, const void *from, size_t size, const uint64_t *key, int64_t n, int64_t kth,
                     uint64_t at_kth, int64_t which)
{
    if (!from)
        part(PLACES, to, from, key, n, kth, at_kth, which);
    else if (size == 4)
        part(WORDS32, to, from, key, n, kth, at_kth, which);
    else
        part(WORDS64, to, from, key, n, kth, at_kth, which);
}

#endif
