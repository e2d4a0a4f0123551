/*
 * copy.isa.c - elements moved from anywhere to anywhere: side by side, repeated, backwards, every other one, any number apart, or rows for columns.
 */
#include <string.h>

#include "cpu/spread.h"
#include "run/backend.h"

/* ---- a step apart ---- */

/* So many elements that their number, known when this is compiled, lets the loops become vector code. */
#define SOME(T) (64 / (int64_t)sizeof(T))

/* d[k] = s[2*k] of so many; s has as many again, of which the last is read, too. */
#define EVERY_OTHER(T, wide, bits)                                                                                     \
    INLINE void every_other_##bits(T *restrict d, const T *restrict s)                                                 \
    {                                                                                                                  \
        for (int64_t k = 0; k < SOME(T); k++)                                                                          \
            d[k] = (T)((const wide *)(const void *)s)[k]; /* the lower half of one twice as wide */                    \
    }

EVERY_OTHER(uint8_t, loose16, 8)
EVERY_OTHER(loose16, loose32, 16)
EVERY_OTHER(loose32, loose64, 32)

INLINE void every_other_64(loose64 *restrict d, const loose64 *restrict s)
{
    uint64_t __attribute__((vector_size(64))) a, b;
    memcpy(&a, s, sizeof a);
    memcpy(&b, s + 8, sizeof b);
    a = __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
    memcpy(d, &a, sizeof a);
}

/* Of floats, lines are asked for in their order just before they are read: then the processor foresees those to come, and else as this loop happens to lie in
 * memory, 0.23 ns an element of a sum of 1e7 or 0.31 to 0.45. Asked for further ahead they come later, of doubles it changes nothing. */
#define COPY(T, bits)                                                                                                  \
    static void copy_##bits(T *restrict d, int64_t d_step, const T *restrict s, int64_t s_step, int64_t n)             \
    {                                                                                                                  \
        int64_t i = 0;                                                                                                 \
        for (; d_step == 1 && s_step == -1 && i + SOME(T) <= n; i += SOME(T))                                          \
            for (int64_t k = 0; k < SOME(T); k++)                                                                      \
                d[i + k] = s[-i - k];                                                                                  \
        for (; d_step == 1 && s_step == 2 && i + SOME(T) < n; i += SOME(T)) {                                          \
            for (int64_t k = 0; sizeof(T) == 4 && k < 2 * SOME(T); k += SOME(T))                                       \
                __builtin_prefetch(s + 2 * i + k);                                                                     \
            every_other_##bits(d + i, s + 2 * i);                                                                      \
        }                                                                                                              \
        ROLLED for (; i < n; i++) d[i * d_step] = s[i * s_step];                                                       \
    }

COPY(uint8_t, 8)
COPY(loose16, 16)
COPY(loose32, 32)
COPY(loose64, 64)

#ifdef __AVX512BW__
#include <immintrin.h>

/* Lines of which parts are written must be fetched, and a store waits for the one before: so they are asked for so many bytes ahead. */
enum { AHEAD = 8192 };

/* To every other place from a step of 1 or 2: a vector of twice as wide elements, of which the lower halves are stored. All but the last few; how many. */
static int64_t copy_to_every_other(char *d, const char *s, int64_t s_step, int64_t n, int64_t size)
{
    const __mmask64 lower = size == 1   ? 0x5555555555555555
                            : size == 2 ? 0x3333333333333333
                            : size == 4 ? 0x0f0f0f0f0f0f0f0f
                                        : 0x00ff00ff00ff00ff;
    const __m512i apart = _mm512_set_epi64(3, 3, 2, 2, 1, 1, 0, 0);
    const int64_t some = 32 / size;
    int64_t i = 0;
    for (; i + some < n; i += some) {
        __builtin_prefetch(d + 2 * i * size + AHEAD, 1);
        const char *from = s + i * s_step * size;
        __m256i half = _mm256_loadu_si256((const void *)from);
        __m512i x = s_step == 2 ? _mm512_loadu_si512(from)
                    : size == 1 ? _mm512_cvtepu8_epi16(half)
                    : size == 2 ? _mm512_cvtepu16_epi32(half)
                    : size == 4 ? _mm512_cvtepu32_epi64(half)
                                : _mm512_permutexvar_epi64(apart, _mm512_castsi256_si512(half));
        _mm512_mask_storeu_epi8(d + 2 * i * size, lower, x);
    }
    return i;
}
#endif

/* One byte over and over, so many times, is written without reading what lies there: 4 MB of zeros take 0.032 ns a f32 and not 0.039. */
enum { NOT_READ_FROM = 16 << 10 };

extern void SSI_ISA_NAME(ssi_copy)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t n, size_t size);
void SSI_ISA_NAME(ssi_copy)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t n, size_t size)
{
    if (d_step == 1 && s_step == 1) {
        memmove(d, s, (size_t)n * size);
        return;
    }
    if (d_step == 1 && s_step == 0) {
        uint64_t word = filled_word(s, size);
        if (word == (word & 0xff) * 0x0101010101010101u && (size_t)n * size >= NOT_READ_FROM)
            memset(d, (int)(word & 0xff), (size_t)n * size);
        else
            spread_rows(d, s, 1, (size_t)n, size);
        return;
    }
#ifdef __AVX512BW__
    if (d_step == 2 && (s_step == 1 || s_step == 2)) {
        int64_t done = copy_to_every_other(d, s, s_step, n, (int64_t)size);
        d = (char *)d + done * d_step * (int64_t)size;
        s = (const char *)s + done * s_step * (int64_t)size;
        n -= done;
    }
#endif
    if (size == 1)
        copy_8(d, d_step, s, s_step, n);
    else if (size == 2)
        copy_16(d, d_step, s, s_step, n);
    else if (size == 4)
        copy_32(d, d_step, s, s_step, n);
    else
        copy_64(d, d_step, s, s_step, n);
}

/* ---- rows for columns ---- */

#ifdef __AVX512F__
#include "cpu/call.h"
#include "cpu/turn.h"

TURN(32, 16)
TURN(64, 8)

extern void SSI_ISA_NAME(ssi_turn)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t rows, int64_t cols,
                                   size_t size, bool past);
void SSI_ISA_NAME(ssi_turn)(void *d, int64_t d_step, const void *s, int64_t s_step, int64_t rows, int64_t cols,
                            size_t size, bool past)
{
    bool squares = rows * (int64_t)size >= LINE && cols * (int64_t)size >= LINE;
    if (squares && size == 4)
        turn_32(d, 4 * d_step, s, 4 * s_step, rows, cols, past);
    else if (squares && size == 8)
        turn_64(d, 8 * d_step, s, 8 * s_step, rows, cols, past);
    else
        ssi_turn(d, d_step, s, s_step, rows, cols, size, past);
}

/* As ssi_stream. A store of a whole line leaves at once, and need not wait for the rest of it. */
extern void SSI_ISA_NAME(ssi_stream)(void *d, const void *s, size_t bytes);
void SSI_ISA_NAME(ssi_stream)(void *d, const void *s, size_t bytes)
{
    size_t at = -(uintptr_t)d % LINE;
    at = at < bytes ? at : bytes;
    memcpy(d, s, at);
    for (; at + LINE <= bytes; at += LINE)
        _mm512_stream_si512((void *)((char *)d + at), _mm512_loadu_si512((const char *)s + at));
    memcpy((char *)d + at, (const char *)s + at, bytes - at);
}
#endif
