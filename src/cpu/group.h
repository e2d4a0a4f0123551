/*
 * group.h - how every routine treats the end of its operands: it works on whole groups of elements, and the elements left over go through
 * the same code in a padded copy. So an element's bits cannot depend on its position, and no compiler writes a scalar copy of the loop.
 */
#ifndef SSI_SRC_GROUP_H
#define SSI_SRC_GROUP_H

#include <stdint.h>
#include <string.h>

#include "cpu/isa.h"
#include "run/backend.h"

/* Elements of a group: as many as 64 bytes hold of T, the narrowest type that a routine touches. */
#define GROUP(T) (64 / sizeof(T))
/* Runs a body, in which i is an element's place, for the whole groups of n elements. The inner count is known, so that no compiler writes
 * code for a rest. */
#define GROUPS(n, group)                                                                                               \
    ROLLED for (size_t start = 0; start + (group) <= (n); start += (group))                                            \
        SIMD for (size_t i = start; i < start + (group); i++)

/* Bytes of one element of each operand; 0 for one that is absent or scalar. */
typedef struct widths {
    uint8_t d, a, b, c;
} widths;

/* An operand's elements left over, followed by zeros up to a group. */
INLINE const void *padded(char *room, const void *operand, size_t width, size_t done, size_t rest, size_t group)
{
    if (width == 0)
        return operand;
    memcpy(room, (const char *)operand + done * width, rest * width);
    memset(room + rest * width, 0, (group - rest) * width);
    return room;
}

/* Ends `routine`, which has done the whole groups of n elements and calls this last. */
NOINLINE void finish(ssi_map_routine *routine, void *d, const void *a, const void *b, const void *c, size_t n,
                     size_t group, widths w)
{
    size_t rest = n & (group - 1), done = n - rest;
    if (rest == 0)
        return;
    int64_t room[4][GROUP(char)];
    a = padded((char *)room[0], a, w.a, done, rest, group);
    b = padded((char *)room[1], b, w.b, done, rest, group);
    c = padded((char *)room[2], c, w.c, done, rest, group);
    routine(room[3], a, b, c, group);
    memcpy((char *)d + done * w.d, room[3], rest * w.d);
}

/* A block full of one element of `width` bytes. */
INLINE void fill_block(char *block, const void *element, size_t width)
{
    memcpy(block, element, width);
    for (size_t filled = width; filled < SSI_BLOCK * width; filled *= 2)
        memcpy(block + filled, block, filled);
}

/* d = routine(a, b) where one of them is a scalar (its width is 0), through a block filled with it. */
NOINLINE void spread(ssi_map_routine *routine, void *d, const void *a, const void *b, const void *c, size_t n, widths w)
{
    size_t width = w.a + w.b;
    char block[SSI_BLOCK * sizeof(int64_t)];
    fill_block(block, w.a ? b : a, width);
    for (size_t i = 0; i < n; i += SSI_BLOCK) {
        const void *x = w.a ? (const char *)a + i * width : block;
        const void *y = w.a ? block : (const char *)b + i * width;
        routine((char *)d + i * w.d, x, y, c, n - i < SSI_BLOCK ? n - i : SSI_BLOCK);
    }
}

#endif
