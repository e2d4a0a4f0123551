/*
 * scan.isa.c - running sums of integers eight at a time, where vectors hold so many: for scan.c. Each sum takes in the one that is a lane before it, then two,
 * then four; so it holds up to eight elements, and only the sum of all that came before waits for the last eight.
 */
#include "cpu/call.h"
#include "cpu/isa.h"

#ifdef __AVX512F__

#include <immintrin.h>

/* Lane l of the result is lane l - by, or 0. */
#define LATER(x, by) _mm512_alignr_epi64(x, _mm512_setzero_si512(), 8 - (by))

uint64_t ssi_running_sum_avx512(uint64_t *y, const uint64_t *x, int64_t n, uint64_t sum)
{
    const __m512i last = _mm512_set1_epi64(7);
    __m512i before = _mm512_set1_epi64((long long)sum);
    int64_t i = 0;
    for (; i + 8 <= n; i += 8) {
        __m512i v = _mm512_loadu_si512(x + i);
        v = _mm512_add_epi64(v, LATER(v, 1));
        v = _mm512_add_epi64(v, LATER(v, 2));
        v = _mm512_add_epi64(v, LATER(v, 4));
        _mm512_storeu_si512(y + i, _mm512_add_epi64(v, before));
        before = _mm512_add_epi64(before, _mm512_permutexvar_epi64(last, v));
    }
    sum = (uint64_t)_mm_cvtsi128_si64(_mm512_castsi512_si128(before));
    for (; i < n; i++)
        y[i] = sum += x[i];
    return sum;
}

#endif
