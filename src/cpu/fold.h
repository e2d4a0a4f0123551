/*
 * fold.h - reductions of short rows of type T, in the order that backend.h fixes: sixteen lanes along the row, then lanes halved.
 *
 * Lanes that a row does not fill hold the fold's identity, which changes nothing: for sums -0.0, since -0.0 + 0.0 is 0.0.
 * Many rows go through each step together, so that rows of 10 keep vectors as busy as rows of 512.
 */

#ifndef LANES
#define LANES 16
#define ROWS  16 /* folded together */
#endif

/* lane[l] = fold of row[l], row[l+16], ... `readable` elements may be read from `row` on. */
INLINE void NAME(fold_lanes)(NAME(binary) * f, T identity, T *lane, const T *row, size_t cols, size_t readable)
{
    T total[LANES], room[LANES];
    for (size_t l = 0; l < LANES; l++)
        total[l] = identity;
    size_t j = 0;
    for (; j + LANES <= cols; j += LANES)
        ROLLED for (size_t l = 0; l < LANES; l++) total[l] = f(total[l], row[j + l]);
    const T *rest = row + j;
    if (readable - j < LANES)
        rest = memcpy(room, rest, (cols - j) * sizeof(T));
    const int32_t left = (int32_t)(cols - j); /* 0 at times, to spare a branch */
    ROLLED for (int32_t l = 0; l < LANES; l++)
    {
        T x = rest[l];
        lane[l] = f(total[l], l < left ? x : identity);
    }
}

/* to[r*half + l] = f(from[r*2*half + l], from[r*2*half + half + l]). */
INLINE void NAME(fold_halves)(NAME(binary) * f, T *restrict to, const T *restrict from, size_t half)
{
    ROLLED for (size_t r = 0; r < ROWS; r++)
    {
        for (size_t l = 0; l < half; l++)
            to[r * half + l] = f(from[r * 2 * half + l], from[r * 2 * half + half + l]);
    }
}

INLINE void NAME(fold)(NAME(binary) * f, T identity, T *d, const T *a, size_t rows, size_t cols)
{
    T lanes[ROWS * LANES], halves[ROWS * LANES / 2];
    HIDE(identity);
    for (size_t l = 0; l < ROWS * LANES; l++)
        lanes[l] = identity;
    for (size_t done = 0; done < rows; done += ROWS) {
        size_t now = rows - done < ROWS ? rows - done : ROWS;
        for (size_t r = done; r < done + now; r++)
            NAME(fold_lanes)(f, identity, lanes + (r - done) * LANES, a + r * cols, cols, (rows - r) * cols);
        NAME(fold_halves)(f, halves, lanes, 8);
        NAME(fold_halves)(f, lanes, halves, 4);
        NAME(fold_halves)(f, halves, lanes, 2);
        T *to = now == ROWS ? d + done : lanes;
        NAME(fold_halves)(f, to, halves, 1);
        if (now < ROWS)
            memcpy(d + done, lanes, now * sizeof(T));
    }
}

/* Where a row first has the element that its fold found: x, or a NaN where x is one. */
NOINLINE void NAME(find)(ssi_fold_routine *fold, int64_t *index, T *value, const T *a, size_t rows, size_t cols)
{
    T extreme[SSI_BLOCK];
    fold(extreme, a, rows, cols);
    for (size_t r = 0; r < rows; r++) {
        const T *row = a + r * cols, x = extreme[r];
        size_t first = 0;
        while (NAME(ne)(row[first], x) && !(NAME(ne)(x, x) && NAME(ne)(row[first], row[first])))
            first++;
        index[r] = (int64_t)first;
        value[r] = row[first];
    }
}

#ifndef FOLD
#define FOLD(op, name, identity)                                                                                       \
    static void NAME(name)(void *d, const void *a, size_t rows, size_t cols)                                           \
    {                                                                                                                  \
        NAME(fold)(NAME(op), identity, d, a, rows, cols);                                                              \
    }
#define FIND(name, fold)                                                                                               \
    static void NAME(name)(int64_t * index, void *value, const void *a, size_t rows, size_t cols)                      \
    {                                                                                                                  \
        NAME(find)(NAME(fold), index, value, a, rows, cols);                                                           \
    }
#endif

FOLD(min, fold_min, HIGHEST)
FOLD(max, fold_max, LOWEST)
FIND(find_min, fold_min)
FIND(find_max, fold_max)
#ifdef SUMMED
FOLD(add, fold_sum, ZERO)
FOLD(mul, fold_prod, 1)
#endif
