/*
 * stream.c - bytes written past the caches: where more is written than they hold, a line need not be read before it is overwritten. For vectors of 16 bytes;
 * with AVX-512 see copy.isa.c.
 *
 * x86-64 writes such lines when it likes, also after later stores; an operation with a lock prefix, by which threads of the pool tell each other that they are
 * done, waits for them. A run ends with one, for the caller may tell other threads by a store that waits for nothing.
 */
#include <string.h>

#include "cpu/call.h"

#if defined(__x86_64__)
#include <emmintrin.h>

enum { LINE = 64 };

void ssi_stream(void *d, const void *s, size_t bytes)
{
    size_t at = -(uintptr_t)d % LINE;
    at = at < bytes ? at : bytes;
    memcpy(d, s, at);
    for (; at + LINE <= bytes; at += LINE) {
        __m128i *to = (__m128i *)(void *)((char *)d + at);
        const __m128i *from = (const __m128i *)(const void *)((const char *)s + at);
        for (int i = 0; i < 4; i++)
            _mm_stream_si128(to + i, _mm_loadu_si128(from + i));
    }
    memcpy((char *)d + at, (const char *)s + at, bytes - at);
}

#else

void ssi_stream(void *d, const void *s, size_t bytes)
{
    memcpy(d, s, bytes);
}

#endif
