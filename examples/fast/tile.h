/*
 * tile.h - a tile of C whose sums stay in the processor's vector registers for all steps, written with GNU C's vectors (gcc and clang have them).
 *
 * With AVX-512 there are 32 registers of 16 numbers: 8 rows of 2 vectors are 16 sums, none of which waits for another, and 2 registers hold a step of B. A step loads 2 vectors
 * and 8 single numbers for 16 multiply-adds of 16 numbers each. A processor can begin two of these in a cycle and load two vectors, so it hardly ever waits.
 */
#ifndef SSI_EXAMPLES_FAST_TILE_H
#define SSI_EXAMPLES_FAST_TILE_H

#if defined(__AVX512F__)
enum { BYTES = 64, ROWS = 8, VECTORS = 2 };
#elif defined(__AVX__)
enum { BYTES = 32, ROWS = 4, VECTORS = 3 }; /* 16 registers */
#else
enum { BYTES = 16, ROWS = 8, VECTORS = 2 };
#endif

typedef float vector __attribute__((vector_size(BYTES), aligned(4), may_alias));
typedef int truths
    __attribute__((vector_size(BYTES), aligned(4), may_alias)); /* of a comparison: all bits of a lane, or none */
enum { LANES = BYTES / 4, COLUMNS = VECTORS * LANES, STEPS = 256 };

static inline int least(int a, int b)
{
    return a < b ? a : b;
}

/* What comes after the sums, while they are at hand. */
typedef struct epilogue {
    const float *bias; /* of each column; NULL: none */
    bool relu;
} epilogue;

/* A row of a tile, from or to memory; where the tile is whole, the compiler knows how long it is. */
static inline void copy(void *to, const void *from, int columns)
{
    if (columns == COLUMNS)
        memcpy(to, from, COLUMNS * sizeof(float));
    else
        memcpy(to, from, (size_t)columns * sizeof(float));
}

/* c (rows,columns) = a panel of A times a panel of B, onto what is there if `more`; then the epilogue, if any. */
static inline void tile(float *c, int stride, const float *a, const float *b, int rows, int columns, int k, bool more,
                        const epilogue *end)
{
    vector sum[ROWS][VECTORS] = {{{0}}}, whole[ROWS][VECTORS], bias[VECTORS] = {{0}}, zero = {0};
    for (int q = 0; q < k; q++, a += ROWS, b += COLUMNS)
        for (int i = 0; i < ROWS; i++)
            for (int v = 0; v < VECTORS; v++)
                sum[i][v] += a[i] * ((const vector *)b)[v];
    if (end && end->bias)
        copy(bias, end->bias, columns);
    for (int i = 0; i < ROWS; i++) /* into memory, for registers cannot be counted */
        for (int v = 0; v < VECTORS; v++)
            whole[i][v] = sum[i][v];
    for (int i = 0; i < rows; i++) {
        vector before[VECTORS] = {{0}};
        if (more)
            copy(before, c + i * stride, columns);
        for (int v = 0; v < VECTORS; v++) {
            vector x = before[v] + whole[i][v] + bias[v];
            whole[i][v] = end && end->relu ? (vector)((truths)x & (x > zero)) : x;
        }
        copy(c + i * stride, whole[i], columns);
    }
}

#endif
