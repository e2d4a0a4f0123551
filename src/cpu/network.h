/*
 * network.h - the sorting network of network.isa.c, for words of type T in rows of LANES, which are vectors V; included once for each. CROSS(x, m): lane l
 * of the result is lane l ^ m of x.
 */

typedef T V __attribute__((vector_size(64)));

/* a is the lesser and b the greater of each lane. */
INLINE void NAME(exchange)(V *a, V *b)
{
    V x = *a, y = *b, less = (V)(x < y);
    *a = (x & less) | (y & ~less);
    *b = (y & less) | (x & ~less);
}

/* The same; but in lanes that have the bit a is the greater. */
INLINE void NAME(exchange_lanes)(V *a, V *b, T bit)
{
    V lane;
    for (int l = 0; l < LANES; l++)
        lane[l] = (T)l;
    V x = *a, y = *b, less = (V)(x < y) ^ (V)((lane & bit) != 0);
    *a = (x & less) | (y & ~less);
    *b = (y & less) | (x & ~less);
}

INLINE V NAME(cross)(V x, int with)
{
    switch (with) {
    case 1:
        return CROSS(x, 1);
    case 2:
        return CROSS(x, 2);
    case 3:
        return CROSS(x, 3);
    case 4:
        return CROSS(x, 4);
    case 7:
        return CROSS(x, 7);
#if LANES == 16
    case 8:
        return CROSS(x, 8);
    case 15:
        return CROSS(x, 15);
#endif
    default:
        return x;
    }
}

/* Rows that ascend and then descend become rows that ascend: the steps from `step` down, the last ones in registers. */
static void NAME(merge)(V *row, int rows, int step)
{
    for (; step >= BLOCK; step /= 2)
        for (int r = 0; r < rows; r += 2 * step)
            for (int i = 0; i < step; i++)
                NAME(exchange)(&row[r + i], &row[r + i + step]);
    for (int r = 0; r < rows; r += BLOCK) {
        V v[BLOCK];
        memcpy(v, row + r, sizeof v);
#define STEP(step)                                                                                                     \
    _Pragma("GCC unroll 16") for (int i = 0; i < BLOCK; i++) if (!(i & (step))) NAME(exchange)(&v[i], &v[i + (step)])
        if (step >= 8)
            STEP(8);
        if (step >= 4)
            STEP(4);
        if (step >= 2)
            STEP(2);
        if (step >= 1)
            STEP(1);
#undef STEP
        memcpy(row + r, v, sizeof v);
    }
}

/* Halves of `count` columns that ascend become columns that ascend: the second half is compared backwards. */
static void NAME(merge_columns)(V *row, int rows, int count)
{
    for (int r = 0; r < rows / 2; r++) {
        V other = NAME(cross)(row[rows - 1 - r], count - 1);
        NAME(exchange_lanes)(&row[r], &other, (T)count / 2);
        row[rows - 1 - r] = NAME(cross)(other, count - 1);
    }
    for (int step = count / 4; step > 0; step /= 2)
        for (int r = 0; r < rows; r++) {
            V other = NAME(cross)(row[r], step);
            NAME(exchange_lanes)(&row[r], &other, (T)step);
        }
    NAME(merge)(row, rows, rows / 2);
}

/* In ascending order, 1 <= n <= SSI_SORT_FEW. */
void SSI_ISA_NAME(NAME(ssi_sort_few))(T *a, size_t n)
{
    V row[SSI_SORT_FEW / LANES];
    int rows = BLOCK;
    while ((size_t)rows * LANES < n)
        rows *= 2;
    memset(row, 0xff, (size_t)rows * sizeof *row);
    memcpy(row, a, n * sizeof *a);
    for (int size = 2; size <= rows; size *= 2) {
        for (int r = 0; r < rows; r += size)
            for (int i = 0; i < size / 2; i++)
                NAME(exchange)(&row[r + i], &row[r + size - 1 - i]);
        NAME(merge)(row, rows, size / 4);
    }
    for (int count = 2; count <= LANES; count *= 2)
        NAME(merge_columns)(row, rows, count);
    for (size_t l = 0, i = 0; i < n; l++)
        for (int r = 0; r < rows && i < n; r++)
            a[i++] = row[r][l];
}
