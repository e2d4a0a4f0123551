/*
 * spread.h - one element of each row repeated along the row, for elements of 1, 2, 4 or 8 bytes: as words of 8 bytes filled with it, the
 * last of which may overlap the one before.
 */
#ifndef SSI_SRC_SPREAD_H
#define SSI_SRC_SPREAD_H

#include <stdint.h>
#include <string.h>

#include "cpu/isa.h"

/* Stores of any alignment into memory of any type. */
typedef uint64_t __attribute__((may_alias, aligned(1))) loose64;
typedef uint32_t __attribute__((may_alias, aligned(1))) loose32;
typedef uint16_t __attribute__((may_alias, aligned(1))) loose16;

INLINE uint64_t filled_word(const char *element, size_t size)
{
    switch (size) {
    case 1:
        return *(const uint8_t *)element * 0x0101010101010101u;
    case 2:
        return *(const loose16 *)element * 0x0001000100010001u;
    case 4:
        return *(const loose32 *)element * 0x0000000100000001u;
    default:
        return *(const loose64 *)element;
    }
}

/* Fewer than 64 bytes. */
INLINE void fill_short(char *to, uint64_t word, size_t bytes)
{
    if (bytes >= 8) {
        for (size_t i = 0; i + 8 <= bytes; i += 8)
            *(loose64 *)(to + i) = word;
        *(loose64 *)(to + bytes - 8) = word;
    } else if (bytes >= 4) {
        *(loose32 *)to = (uint32_t)word;
        *(loose32 *)(to + bytes - 4) = (uint32_t)word;
    } else if (bytes >= 2) {
        *(loose16 *)to = (uint16_t)word;
        *(loose16 *)(to + bytes - 2) = (uint16_t)word;
    } else {
        *to = (char)word;
    }
}

INLINE void fill_line(char *to, uint64_t word)
{
    loose64 *at = (loose64 *)to;
    SIMD for (size_t k = 0; k < 8; k++) at[k] = word;
}

INLINE void fill_long(char *to, uint64_t word, size_t bytes)
{
    for (size_t start = 0; start < bytes; start += 64)
        fill_line(to + (start + 64 <= bytes ? start : bytes - 64), word);
}

static void spread_rows(void *d, const void *a, size_t rows, size_t cols, size_t size)
{
    const size_t bytes = cols * size;
    for (size_t r = 0; r < rows; r++) {
        uint64_t word = filled_word((const char *)a + r * size, size);
        char *to = (char *)d + r * bytes;
        if (bytes >= 64)
            fill_long(to, word, bytes);
        else if ((rows - r) * bytes >= 64) /* what is beyond the row is filled next */
            fill_line(to, word);
        else
            fill_short(to, word, bytes);
    }
}

#endif
