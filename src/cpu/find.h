/*
 * find.h - where extremes are, along rows and across them. Included by fold.h, once for each type, whose words it uses.
 *
 * A long row is walked along once, four registers a step. Each lane keeps the least image that it has met and the step at which that came first. So of the
 * lanes that hold the least of all, one that met it earliest says in which step the row has it first, and only that step is searched.
 *
 * RARE: a type of which no more is wanted than that it is right. Its long rows are folded and then searched, as short ones are.
 */

/* Where the first NaN is; cols: nowhere. */
INLINE size_t NAME(first_nan)(const T *row, size_t cols)
{
    size_t first = 0;
    while (first < cols && !NAME(is_nan)(row[first]))
        first++;
    return first;
}

#if !defined(SSI_SPARE) && !defined(RARE)
#define STEP (4 * PART)

/* sum: of all that a lane has met; NaN where one was among it, or infinities of both signs. */
typedef struct NAME(walk) {
    T least[PART], sum[PART];
    I step[PART];
} NAME(walk);

INLINE void NAME(walk_on)(NAME(walk) * w, const T *a, I step, T key)
{
    SIMD for (size_t l = 0; l < PART; l++)
    {
        const T x = NAME(image)(a[l], key), y = NAME(image)(a[PART + l], key);
        const T z = NAME(image)(a[2 * PART + l], key), u = NAME(image)(a[3 * PART + l], key);
        const T least = NAME(lesser)(NAME(lesser)(x, y), NAME(lesser)(z, u));
        const I better = least < w->least[l] ? (I)-1 : 0;
        w->step[l] = (I)((step & better) | (w->step[l] & ~better)); /* a branch would be guessed wrong */
        w->least[l] = NAME(lesser)(w->least[l], least);
#ifdef FLOAT
        w->sum[l] += (x + y) + (z + u);
#endif
    }
}

/* The lanes of a register, folded. */
INLINE T NAME(fold_part)(NAME(binary) * f, T *lane)
{
    if (PART > 32)
        NAME(join_half)(f, lane, 32);
    if (PART > 16)
        NAME(join_half)(f, lane, 16);
    if (PART > 8)
        NAME(join_half)(f, lane, 8);
    if (PART > 4)
        NAME(join_half)(f, lane, 4);
    if (PART > 2)
        NAME(join_half)(f, lane, 2);
    return f(lane[0], lane[1]);
}

/* Where x is first in a step that has it. */
INLINE size_t NAME(first_in_step)(const T *a, T x)
{
    I place[PART], first = STEP - 1;
    SIMD for (size_t l = 0; l < PART; l++)
    {
        const T b = a[PART + l], c = a[2 * PART + l], d = a[3 * PART + l];
        I at = d == x ? (I)(3 * PART + l) : (I)(STEP - 1);
        at = c == x ? (I)(2 * PART + l) : at;
        at = b == x ? (I)(PART + l) : at;
        place[l] = a[l] == x ? (I)l : at;
    }
    for (size_t l = 0; l < PART; l++)
        first = place[l] < first ? place[l] : first;
    return (size_t)first;
}

/* Where the first least image is in a row of at least a step. The last step ends with the row: what is met again there changes nothing. */
NOINLINE size_t NAME(first_least)(const T *row, size_t cols, T key)
{
    NAME(walk) w;
    for (size_t l = 0; l < PART; l++) {
        w.least[l] = NAME(image)(row[l], key);
        w.sum[l] = 0;
        w.step[l] = 0;
    }
    const size_t end = cols - STEP;
    I last = 0;
    ROLLED for (size_t j = 0; j < end; j += STEP) NAME(walk_on)(&w, row + j, last++, key);
    NAME(walk_on)(&w, row + end, last, key);
    T least[PART], lane[PART]; /* w stays in registers if nobody looks at its lanes one by one */
    I step[PART], first = last;
    memcpy(least, w.least, sizeof least);
    memcpy(step, w.step, sizeof step);
#ifdef FLOAT
    memcpy(lane, w.sum, sizeof lane);
    const size_t nan = NAME(is_nan)(NAME(fold_part)(NAME(sum), lane)) ? NAME(first_nan)(row, cols) : cols;
    if (nan < cols)
        return nan;
#endif
    memcpy(lane, least, sizeof lane);
    const T x = NAME(fold_part)(NAME(lesser), lane);
    SIMD for (size_t l = 0; l < PART; l++)
    {
        const I met = least[l] == x ? step[l] : last;
        first = met < first ? met : first;
    }
    const size_t from = first < last ? (size_t)first * STEP : end;
    return from + NAME(first_in_step)(row + from, NAME(image)(x, key));
}
#endif

NOINLINE void NAME(find)(ssi_fold_routine *fold, int64_t *index, T *value, const T *a, size_t rows, size_t cols,
                         size_t stride, T key)
{
#ifdef STEP
    for (size_t r = 0; r < rows && cols >= STEP; r++) {
        index[r] = (int64_t)NAME(first_least)(a + r * stride, cols, key);
        value[r] = a[r * stride + (size_t)index[r]];
    }
    if (cols >= STEP)
        return;
#undef STEP
#endif
    (void)key;
    T extreme[SSI_BLOCK]; /* of short rows, all together: value may be a */
    fold(extreme, a, rows, cols, stride);
    for (size_t r = 0; r < rows; r++) {
        const T *row = a + r * stride;
        size_t first = 0;
        if (NAME(is_nan)(extreme[r]))
            first = NAME(first_nan)(row, cols);
        else
            while (row[first] != extreme[r])
                first++;
        index[r] = (int64_t)first;
        value[r] = row[first];
    }
}

/* ---- across rows ---- */

/* Whether x comes before the best so far. */
INLINE bool NAME(is_better)(T x, T best, T key)
{
    const int smaller = NAME(image)(x, key)<NAME(image)(best, key), first_nan = NAME(is_nan)(x)> NAME(is_nan)(best);
    return smaller | first_nan;
}

/* A vector of columns, of which the first `count` are there. */
INLINE const T *NAME(columns)(T *room, const T *a, size_t count)
{
    return count == WIDE ? a : memcpy(room, a, count * sizeof(T));
}

INLINE void NAME(find_wide)(T key, int64_t *index, T *value, const T *a, size_t rows, size_t count, size_t stride)
{
    T room[WIDE] = {0}, best[WIDE];
    I at[WIDE] = {0};
    memcpy(best, NAME(columns)(room, a, count), sizeof best);
    ROLLED for (size_t r = 1; r < rows; r++)
    {
        const T *x = NAME(columns)(room, a + r * stride, count);
        SIMD for (size_t l = 0; l < WIDE; l++)
        {
            const bool better = NAME(is_better)(x[l], best[l], key);
            best[l] = better ? x[l] : best[l];
            at[l] = better ? (I)r : at[l];
        }
    }
    memcpy(value, best, count * sizeof(T));
    ROLLED for (size_t l = 0; l < count; l++) index[l] = at[l];
}

/* By vectors, but of narrow types, of which hardly anybody asks it, one by one. */
NOINLINE void NAME(find_across)(T key, int64_t *index, T *value, const T *a, size_t rows, size_t cols, size_t stride)
{
    if (sizeof(T) < 4) {
        for (size_t c = 0; c < cols; c++) {
            size_t best = 0;
            for (size_t r = 1; r < rows; r++)
                best = NAME(is_better)(a[r * stride + c], a[best * stride + c], key) ? r : best;
            index[c] = (int64_t)best;
            value[c] = a[best * stride + c];
        }
        return;
    }
    ROLLED for (size_t c = 0; c < cols; c += WIDE)
        NAME(find_wide)(key, index + c, value + c, a + c, rows, cols - c < WIDE ? cols - c : WIDE, stride);
}
