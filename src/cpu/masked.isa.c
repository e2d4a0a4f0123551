/*
 * masked.isa.c - what a mask selects, where vectors can be compressed: sixteen at a time, narrow elements as wider ones.
 */
#include "cpu/call.h"
#include "cpu/isa.h"

#ifdef __AVX512BW__

#include <immintrin.h>

INLINE __m512i load(const char *x, size_t size)
{
    return size == 1   ? _mm512_cvtepu8_epi32(_mm_loadu_si128((const void *)x))
           : size == 2 ? _mm512_cvtepu16_epi32(_mm256_loadu_si256((const void *)x))
                       : _mm512_loadu_si512(x);
}

/* The first `count` lanes. */
INLINE void store(char *d, __m512i x, unsigned count, size_t size)
{
    uint32_t lanes = (1u << count) - 1;
    if (size == 1)
        _mm512_mask_cvtepi32_storeu_epi8(d, (__mmask16)lanes, x);
    else if (size == 2)
        _mm512_mask_cvtepi32_storeu_epi16(d, (__mmask16)lanes, x);
    else if (size == 4)
        _mm512_mask_storeu_epi32(d, (__mmask16)lanes, x);
    else
        _mm512_mask_storeu_epi64(d, (__mmask8)lanes, x);
}

/* Whole 64s; `size` is a constant where this is called. */
INLINE int64_t masked(char *d, int64_t room, const char *x, const uint8_t *mask, int64_t n, size_t size)
{
    const int lanes = size == 8 ? 8 : 16;
    int64_t found = 0;
    for (int64_t i = 0; i < n; i += 64) {
        __m512i bytes = _mm512_loadu_si512(mask + i);
        uint64_t selected = _mm512_test_epi8_mask(bytes, bytes);
        if (found + __builtin_popcountll(selected) > room)
            return room + 1;
        for (int k = 0; k < 64; k += lanes, selected >>= lanes) {
            uint32_t here = (uint32_t)selected & ((1u << lanes) - 1);
            __m512i v = load(x + (size_t)(i + k) * size, size);
            v = size == 8 ? _mm512_maskz_compress_epi64((__mmask8)here, v)
                          : _mm512_maskz_compress_epi32((__mmask16)here, v);
            store(d + found * (int64_t)size, v, (unsigned)__builtin_popcount(here), size);
            found += __builtin_popcount(here);
        }
    }
    return found;
}

int64_t ssi_masked_avx512(void *d, int64_t room, const void *x, const uint8_t *mask, int64_t n, size_t size)
{
    int64_t whole = n / 64 * 64, step = (int64_t)size;
    int64_t found = size == 1   ? masked(d, room, x, mask, whole, 1)
                    : size == 2 ? masked(d, room, x, mask, whole, 2)
                    : size == 4 ? masked(d, room, x, mask, whole, 4)
                                : masked(d, room, x, mask, whole, 8);
    if (found > room)
        return found;
    return found + ssi_masked_plain((char *)d + found * step, room - found, (const char *)x + whole * step,
                                    mask + whole, n - whole, size);
}

#endif
