/*
 * fold.h - reductions over the type T: along rows of at most a block, in the order that backend.h fixes, and across rows; and where extremes are.
 *
 * The includer defines T, NAME(op), the integer I of T's size and, for floats, FLOAT. Work goes by groups of 256 bytes, in loops whose length the compiler
 * knows. The order matters to floats alone: integers wrap, and have no lanes to keep.
 *
 * There is one code for the smallest and the largest: the largest x is the one whose mirror image is smallest. `key` says whether images are looked at:
 * they are made as elements are loaded, and unmade at the end.
 */

#define WIDE  (64 / sizeof(T))
#define GROUP (4 * WIDE)
#define PART  (VECTOR / sizeof(T))
#ifdef FLOAT
#define ITSELF  1 /* the key of x itself */
#define PRODUCT 0 /* of no image: of the product with another element */
#else
#define ITSELF  0
#define PRODUCT 1 /* there are none */
#endif

typedef T NAME(binary)(T, T);

/* The key of an image: 1 and -1 of floats, 0 and -1 of integers. x itself for the first, its mirror image, -x or ~x, for the second. */
INLINE T NAME(image)(T x, T key)
{
#ifdef FLOAT
    return x * key;
#else
    return (T)(x ^ key);
#endif
}

/* Element i of what is folded: the image of a[i], or, where products are summed, a[i] b[i]. Else b is a. */
INLINE T NAME(element)(const T *a, const T *b, size_t i, T key)
{
#ifdef FLOAT
    return key == PRODUCT ? a[i] * b[i] : NAME(image)(a[i], key);
#else
    (void)b;
    return NAME(image)(a[i], key);
#endif
}

/* All of them become their images, if that changes anything. */
INLINE void NAME(mirror)(T *x, size_t n, T key)
{
    if (key != ITSELF) {
        ROLLED for (size_t i = 0; i < n; i++) x[i] = NAME(image)(x[i], key);
    }
}

/* clang-format off */
INLINE bool NAME(is_nan)(T a) { T b = a; return a != b; }
/* As maps do it: a NaN stays, of equals the first. */
INLINE T NAME(least)(T a, T b) { return NAME(is_nan)(a) || a <= b ? a : b; }
/* The same, where only a may be NaN: one instruction, no branch. */
INLINE T NAME(lesser)(T a, T b) { return b < a ? b : a; }
#ifdef FLOAT
INLINE T NAME(sum)(T a, T b) { return a + b; }
INLINE T NAME(prod)(T a, T b) { return a * b; }
#elif defined A
INLINE T NAME(sum)(T a, T b) { return (T)((A)a + (A)b); }
INLINE T NAME(prod)(T a, T b) { return (T)((A)a * (A)b); }
#endif
/* clang-format on */

/* Four vectors of 64 bytes: compilers keep them in registers through a loop, as they do not keep an array of 256 bytes. */
typedef struct NAME(group) {
    T a[WIDE], b[WIDE], c[WIDE], d[WIDE];
} NAME(group);

/* total[l] = f(total[l], element l) for elements [first, first + PART): a register. */
INLINE void NAME(join_part)(NAME(binary) * f, T *restrict total, const T *a, const T *b, size_t first, T key)
{
    SIMD for (size_t l = first; l < first + PART; l++) total[l] = f(total[l], NAME(element)(a, b, l, key));
}

/* The same for 64 bytes. */
INLINE void NAME(join_wide)(NAME(binary) * f, T *restrict total, const T *a, const T *b, T key)
{
    NAME(join_part)(f, total, a, b, 0, key);
    if (PART < WIDE)
        NAME(join_part)(f, total, a, b, WIDE / 2, key);
    if (PART < WIDE / 2) {
        NAME(join_part)(f, total, a, b, WIDE / 4, key);
        NAME(join_part)(f, total, a, b, 3 * WIDE / 4, key);
    }
}

INLINE void NAME(join_group)(NAME(binary) * f, NAME(group) * total, const T *a, const T *b, T key)
{
    NAME(join_wide)(f, total->a, a, b, key);
    NAME(join_wide)(f, total->b, a + WIDE, b + WIDE, key);
    NAME(join_wide)(f, total->c, a + 2 * WIDE, b + 2 * WIDE, key);
    NAME(join_wide)(f, total->d, a + 3 * WIDE, b + 3 * WIDE, key);
}

/* ---- along a row ---- */

/* Folds the second half of twice `half` lanes into the first. */
INLINE void NAME(join_half)(NAME(binary) * f, T *total, size_t half)
{
    SIMD for (size_t l = 0; l < half; l++) total[l] = f(total[l], total[half + l]);
}

/* Elements 0 to WIDE. */
INLINE void NAME(take_wide)(T *to, const T *a, const T *b, T key)
{
    SIMD for (size_t l = 0; l < WIDE; l++) to[l] = NAME(element)(a, b, l, key);
}

#if defined(FLOAT) || defined(A)
/* `count` elements and, behind them, pads: `size` in all, whole vectors. */
INLINE void NAME(take_rest)(T *room, size_t size, const T *from, size_t count, T pad)
{
#if MASKS
    const uint64_t mask = ((uint64_t)1 << count) - 1;
    const __m512i pads = sizeof(T) == 8 ? (__m512i)_mm512_set1_pd((double)pad) : (__m512i)_mm512_set1_ps((float)pad);
    UNROLLED for (size_t l = 0; l < size; l += WIDE)
        _mm512_storeu_si512(room + l, sizeof(T) == 8 ? _mm512_mask_loadu_epi64(pads, (__mmask8)(mask >> l), from + l)
                                                     : _mm512_mask_loadu_epi32(pads, (__mmask16)(mask >> l), from + l));
#else
    ROLLED for (size_t l = 0; l < size; l++) room[l] = pad;
    memcpy(room, from, count * sizeof(T));
#endif
}
#endif

/* The last elements of a row, from `first` on, which fill no group. */
INLINE void NAME(join_rest)(NAME(binary) * f, NAME(group) * total, const T *row, const T *by, size_t first, size_t cols,
                            T key)
{
#if defined(FLOAT) || defined(A)
    if (f == NAME(sum)) { /* -0.0, or -0.0 times 0.0, is what changes no sum */
        T x[GROUP], y[GROUP];
        NAME(take_rest)(x, GROUP, row + first, cols - first, ZERO);
        if (key == PRODUCT)
            NAME(take_rest)(y, GROUP, by + first, cols - first, 0);
        NAME(join_group)(f, total, x, key == PRODUCT ? y : x, key);
        return;
    }
#endif
    (void)first; /* of extremes nothing changes if an element is looked at twice, by whatever lane */
    NAME(join_group)(f, total, row + cols - GROUP, by + cols - GROUP, key);
}

/* total[0..16) = the lanes of a group, folded. */
INLINE void NAME(fold_group)(NAME(binary) * f, T *total, NAME(group) * g)
{
    NAME(join_wide)(f, g->a, g->c, g->c, ITSELF);
    NAME(join_wide)(f, g->b, g->d, g->d, ITSELF);
    if (WIDE >= LANES)
        NAME(join_wide)(f, g->a, g->b, g->b, ITSELF);
    memcpy(total, g->a, sizeof g->a);
    if (WIDE < LANES)
        memcpy(total + WIDE, g->b, sizeof g->b);
    if (WIDE > 2 * LANES)
        NAME(join_half)(f, total, 2 * LANES);
    if (WIDE > LANES)
        NAME(join_half)(f, total, LANES);
}

/* Groups from the second on. */
INLINE void NAME(join_groups)(NAME(binary) * f, NAME(group) * total, const T *row, const T *by, size_t cols, T key,
                              bool both)
{
    ROLLED for (size_t j = GROUP; j < cols; j += GROUP)
    {
        look_ahead(row + j, both ? AHEAD / 2 : AHEAD, GROUP * sizeof(T), 64);
        if (both)
            look_ahead(by + j, AHEAD / 2, GROUP * sizeof(T), 64);
        NAME(join_group)(f, total, row + j, by + j, key);
    }
}

/* total[0..16) = sixteen lanes of a row that is at least as long as a group. `both`: what follows `by` is read next, too. */
INLINE void NAME(fold_groups)(NAME(binary) * f, T *total, const T *row, const T *by, size_t cols, T key, bool both)
{
    NAME(group) g;
    NAME(take_wide)(g.a, row, by, key);
    NAME(take_wide)(g.b, row + WIDE, by + WIDE, key);
    NAME(take_wide)(g.c, row + 2 * WIDE, by + 2 * WIDE, key);
    NAME(take_wide)(g.d, row + 3 * WIDE, by + 3 * WIDE, key);
    const size_t whole = cols / GROUP * GROUP;
    if (both)
        NAME(join_groups)(f, &g, row, by, whole, key, true);
    else
        NAME(join_groups)(f, &g, row, by, whole, key, false);
    if (MASKS || whole < cols)
        NAME(join_rest)(f, &g, row, by, whole, cols, key);
    NAME(fold_group)(f, total, &g);
}

#ifdef FLOAT
NOINLINE void NAME(sum_groups)(T *total, const T *row, size_t cols)
{
    NAME(fold_groups)(NAME(sum), total, row, row, cols, ITSELF, false);
}

/* total = the smaller ones of it, which are numbers, and two vectors' images: one instruction each. Which of these are no numbers is noted in `none`. */
INLINE void NAME(least_wide)(T *restrict total, T *restrict next, const T *a, I *restrict none, T key)
{
    SIMD for (size_t l = 0; l < WIDE; l++)
    {
        const T x = NAME(image)(a[l], key), y = NAME(image)(a[WIDE + l], key);
        total[l] = x < total[l] ? x : total[l];
        next[l] = y < next[l] ? y : next[l];
        none[l] |= __builtin_isunordered(x, y) ? -1 : 0;
    }
}

/* total[0..16) = the smallest of sixteen lanes of a row that is at least as long as a group, in the order of fold_groups, of numbers alone: HIGHEST where
 * there are none. Whether there is anything else in the row. */
NOINLINE bool NAME(least_numbers)(T *total, const T *row, size_t cols, T key)
{
    NAME(group) g;
    T room[GROUP];
    I none[WIDE] = {0}, any = 0;
    for (size_t l = 0; l < WIDE; l++)
        g.a[l] = g.b[l] = g.c[l] = g.d[l] = HIGHEST;
    size_t j = 0;
    ROLLED for (; j + GROUP <= cols; j += GROUP)
    {
        look_ahead(row + j, AHEAD, GROUP * sizeof(T), 64);
        NAME(least_wide)(g.a, g.b, row + j, none, key);
        NAME(least_wide)(g.c, g.d, row + j + 2 * WIDE, none, key);
    }
    if (j < cols) {
        ROLLED for (size_t l = 0; l < GROUP; l++) room[l] = NAME(image)(HIGHEST, key);
        memcpy(room, row + j, (cols - j) * sizeof(T));
        NAME(least_wide)(g.a, g.b, room, none, key);
        NAME(least_wide)(g.c, g.d, room + 2 * WIDE, none, key);
    }
    NAME(fold_group)(NAME(least), total, &g);
    for (size_t l = 0; l < WIDE; l++)
        any |= none[l];
    return any != 0;
}

/* lane[l] = fold of element l of a row, of l+16, ... `readable` elements may be read from `row` and `by` on. Lanes that the row does not fill hold the fold's
 * identity, which changes nothing: for sums -0.0, since -0.0 + 0.0 is 0.0. */
INLINE void NAME(fold_lanes)(NAME(binary) * f, T identity, T *lane, const T *row, const T *by, size_t cols,
                             size_t readable, T key)
{
    T total[LANES], room[2][LANES];
    for (size_t l = 0; l < LANES; l++)
        total[l] = identity;
    size_t j = 0;
    for (; j + LANES <= cols; j += LANES)
        ROLLED for (size_t l = 0; l < LANES; l++) total[l] = f(total[l], NAME(element)(row + j, by + j, l, key));
    const T *rest = row + j, *rest_by = by + j;
    if (readable - j < LANES) {
        rest = memcpy(room[0], rest, (cols - j) * sizeof(T));
        rest_by = key == PRODUCT ? memcpy(room[1], rest_by, (cols - j) * sizeof(T)) : rest;
    }
    const int32_t left = (int32_t)(cols - j); /* 0 at times, to spare a branch */
    ROLLED for (int32_t l = 0; l < LANES; l++)
    {
        T x = NAME(element)(rest, rest_by, (size_t)l, key);
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

/* d[r] = the sixteen lanes of row r of ROWS, which are lost. */
INLINE void NAME(join_lanes)(NAME(binary) * f, T *d, T *lanes)
{
    T halves[ROWS * LANES / 2];
    NAME(fold_halves)(f, halves, lanes, 8);
    NAME(fold_halves)(f, lanes, halves, 4);
    NAME(fold_halves)(f, halves, lanes, 2);
    NAME(fold_halves)(f, d, halves, 1);
}

NOINLINE void NAME(sum_lanes)(T *d, T *lanes)
{
    NAME(join_lanes)(NAME(sum), d, lanes);
}

/* The sixteen lanes of a single row. */
INLINE T NAME(fold_lane)(NAME(binary) * f, T *lane)
{
#if MASKS
    if (f == NAME(sum)) /* in the same order, and all of it in registers */
        return sizeof(T) == 8 ? (T)_mm512_reduce_add_pd(_mm512_loadu_pd(lane) + _mm512_loadu_pd(lane + LANES / 2))
                              : (T)_mm512_reduce_add_ps(_mm512_loadu_ps(lane));
#endif
    NAME(join_half)(f, lane, 8);
    NAME(join_half)(f, lane, 4);
    NAME(join_half)(f, lane, 2);
    return f(lane[0], lane[1]);
}

#include "cpu/fold_short.h"

/* Many rows go through each step together, so that rows of 10 keep vectors as busy as rows of 512. */
INLINE void NAME(fold)(NAME(binary) * f, T identity, T *d, const T *a, size_t rows, size_t cols, size_t stride, T key)
{
    T lanes[ROWS * LANES], sums[ROWS], total[GROUP];
    if (key == PRODUCT)
        __builtin_unreachable();
    if (cols == 2) { /* partial sums are joined so */
        ROLLED for (size_t r = 0; r < rows; r++) d[r] =
            f(NAME(image)(a[r * stride], key), NAME(image)(a[r * stride + 1], key));
        NAME(mirror)(d, rows, key);
        return;
    }
    HIDE(identity);
    for (size_t l = 0; l < ROWS * LANES && rows >= FEW; l++)
        lanes[l] = identity;
    for (size_t done = 0; done < rows; done += ROWS) {
        size_t now = rows - done < ROWS ? rows - done : ROWS;
        if (MASKS && f == NAME(sum) && cols < SSI_LONG_ROW) {
            const T *row = a + done * stride;
            if (now == ROWS)
                NAME(sum_short_rows)(d + done, row, row, now, cols, stride, stride, ITSELF);
            for (size_t r = done; now < ROWS && r < rows; r++)
                d[r] = NAME(sum_short_row)(a + r * stride, a, cols, ITSELF);
            continue;
        }
        for (size_t r = done; r < done + now; r++) {
            T *lane = lanes + (r - done) * LANES;
            const T *row = a + r * stride;
            if (cols >= SSI_LONG_ROW) {
                if (f != NAME(least))
                    NAME(sum_groups)(total, row, cols);
                else if (NAME(least_numbers)(total, row, cols, key))
                    total[0] = NAN;
                memcpy(lane, total, LANES * sizeof(T));
            } else if (cols == LANES && key == ITSELF) {
                memcpy(lane, row, LANES * sizeof(T));
            } else {
                NAME(fold_lanes)(f, identity, lane, row, row, cols, (rows - 1 - r) * stride + cols, key);
            }
        }
        if (now < FEW) {
            const bool first_nan = f == NAME(least) && cols >= SSI_LONG_ROW; /* if any: as least_numbers leaves them */
            for (size_t r = 0; r < now; r++)
                d[done + r] = first_nan ? NAME(fold_lane)(NAME(lesser), lanes + r * LANES)
                                        : NAME(fold_lane)(f, lanes + r * LANES);
        } else {
            T *to = now == ROWS ? d + done : sums;
            if (f == NAME(sum))
                NAME(sum_lanes)(to, lanes);
            else
                NAME(join_lanes)(f, to, lanes);
            if (now < ROWS)
                memcpy(d + done, sums, now * sizeof(T));
        }
        NAME(mirror)(d + done, now, key);
    }
}
#else
INLINE void NAME(fold)(NAME(binary) * f, T unused, T *d, const T *a, size_t rows, size_t cols, size_t stride, T key)
{
    (void)unused;
    T total[GROUP];
    for (size_t r = 0; r < rows; r++) {
        const T *row = a + r * stride;
        size_t left = cols;
        if (cols >= SSI_LONG_ROW) {
            NAME(fold_groups)(f, total, row, row, cols, key, false);
            row = total;
            left = LANES;
        }
        T key_now = row == total ? ITSELF : key, all = NAME(image)(row[0], key_now);
        ROLLED for (size_t l = 1; l < left; l++) all = f(all, NAME(image)(row[l], key_now));
        d[r] = NAME(image)(all, key);
    }
}
#endif

/* ---- across rows ---- */

/* Row after row, as they lie in memory, onto the first, in d, which stays in the first-level cache. What is left of a row's vectors is folded in `rest`: whole
 * vectors, of which the end is thrown away, but for the last row, behind which there may be nothing. */
INLINE void NAME(across)(NAME(binary) * f, T *d, const T *a, size_t rows, size_t cols, size_t stride, T key)
{
    T rest[WIDE] = {0};
    const size_t whole = cols / WIDE * WIDE, left = cols - whole;
    const size_t ahead = stride * sizeof(T) < AHEAD ? AHEAD : stride * sizeof(T);
    const T *folded = a; /* the first row as it lies, for one that follows */
    memcpy(rest, a + whole, left * sizeof(T));
    NAME(mirror)(rest, left, key);
    if (rows == 1 || key != ITSELF) {
        folded = memcpy(d, a, whole * sizeof(T));
        NAME(mirror)(d, whole, key);
    }
    ROLLED for (size_t r = 1; r < rows; r++)
    {
        const T *row = a + r * stride;
        ROLLED for (size_t c = 0; c < whole; c += WIDE)
        {
            T total[WIDE];
            memcpy(total, folded + c, sizeof total);
            look_ahead(row + c, ahead, 64, 64);
            NAME(join_wide)(f, total, row + c, row + c, key);
            memcpy(d + c, total, sizeof total);
        }
        folded = d;
        if (left && r + 1 < rows && stride >= WIDE) {
            NAME(join_wide)(f, rest, row + whole, row + whole, key);
        } else {
            ROLLED for (size_t l = 0; l < left; l++) rest[l] = f(rest[l], NAME(image)(row[whole + l], key));
        }
    }
    memcpy(d + whole, rest, left * sizeof(T));
    NAME(mirror)(d, cols, key);
}

#include "cpu/find.h"

/* ---- routines ---- */

/* The smallest, or the largest, along and across rows. */
NOINLINE void NAME(fold_extreme)(void *d, const void *a, size_t rows, size_t cols, size_t stride, T key)
{
    NAME(fold)(NAME(least), HIGHEST, d, a, rows, cols, stride, key);
}

NOINLINE void NAME(across_extreme)(void *d, const void *a, size_t rows, size_t cols, size_t stride, T key)
{
    NAME(across)(NAME(least), d, a, rows, cols, stride, key);
}

EXTREME(min, ITSELF)
EXTREME(max, -1)
#ifdef FLOAT
/* The smallest number of each row; NaN where there is none. */
NOINLINE void NAME(fold_numbers)(T *d, const T *a, size_t rows, size_t cols, size_t stride, T key)
{
    T lane[GROUP];
    for (size_t r = 0; r < rows; r++) {
        const T *row = a + r * stride;
        size_t j = 0, nans = 0;
        ROLLED for (size_t l = 0; l < LANES; l++) lane[l] = HIGHEST;
        if (cols >= SSI_LONG_ROW) {
            NAME(least_numbers)(lane, row, cols, key);
            j = cols;
        }
        for (; j < cols; j += LANES) {
            const int32_t left = (int32_t)(cols - j);
            SIMD for (int32_t l = 0; l < LANES; l++) if (l < left && NAME(image)(row[j + (size_t)l], key) < lane[l])
                lane[l] = NAME(image)(row[j + (size_t)l], key);
        }
        T least = NAME(fold_lane)(NAME(least), lane);
        while (least == HIGHEST && nans < cols && NAME(is_nan)(row[nans]))
            nans++;
        d[r] = nans < cols ? NAME(image)(least, key) : NAN;
    }
}

static void NAME(fold_nanmin)(void *d, const void *a, size_t rows, size_t cols, size_t stride)
{
    NAME(fold_numbers)(d, a, rows, cols, stride, ITSELF);
}

static void NAME(fold_nanmax)(void *d, const void *a, size_t rows, size_t cols, size_t stride)
{
    NAME(fold_numbers)(d, a, rows, cols, stride, -1);
}
#endif
#if defined(FLOAT) || defined(A)
static void NAME(fold_sum)(void *d, const void *a, size_t rows, size_t cols, size_t stride)
{
    NAME(fold)(NAME(sum), ZERO, d, a, rows, cols, stride, ITSELF);
}

static void NAME(across_sum)(void *d, const void *a, size_t rows, size_t cols, size_t stride)
{
    NAME(across)(NAME(sum), d, a, rows, cols, stride, ITSELF);
}

/* Products, which are rare, row by row in the same order: lanes that a row does not fill hold 1. */
static void NAME(fold_prod)(void *d, const void *a, size_t rows, size_t cols, size_t stride)
{
    const size_t lanes = cols >= SSI_LONG_ROW ? GROUP : LANES;
    for (size_t r = 0; r < rows; r++) {
        const T *row = (const T *)a + r * stride;
        T lane[GROUP];
        size_t j = 0;
        ROLLED for (size_t l = 0; l < lanes; l++) lane[l] = 1;
        for (; j + LANES <= cols; j += LANES) {
            T *to = lane + j % lanes;
            SIMD for (size_t l = 0; l < LANES; l++) to[l] = NAME(prod)(to[l], row[j + l]);
        }
        ROLLED for (; j < cols; j++) lane[j % lanes] = NAME(prod)(lane[j % lanes], row[j]);
        for (size_t half = lanes / 2; half > 0; half /= 2)
            ROLLED for (size_t l = 0; l < half; l++) lane[l] = NAME(prod)(lane[l], lane[half + l]);
        ((T *)d)[r] = lane[0];
    }
}

static void NAME(across_prod)(void *d, const void *a, size_t rows, size_t cols, size_t stride)
{
    NAME(across)(NAME(prod), d, a, rows, cols, stride, ITSELF);
}
#if defined(FLOAT) && !defined(SSI_SPARE)
/* The sums of a row's units joined: neighbours first. */
INLINE T NAME(join_units)(T *sum, size_t units)
{
    for (; units > 1; units = (units + 1) / 2) {
        for (size_t u = 0; u + 1 < units; u += 2)
            sum[u / 2] = sum[u] + sum[u + 1];
        sum[units / 2] = units & 1 ? sum[units - 1] : sum[units / 2];
    }
    return sum[0];
}

/* The sum of a row of any length, or of its products with b, as the key says. */
INLINE T NAME(sum_row)(const T *a, const T *b, size_t cols, T key, bool both)
{
    T x[GROUP], sum[SSI_UNITS];
    size_t u = 0;
    for (size_t n; cols; cols -= n, a += n, b += n, u++) {
        n = cols < SSI_BLOCK ? cols : SSI_BLOCK;
        if (key == PRODUCT && n >= SSI_LONG_ROW)
            NAME(fold_groups)(NAME(sum), x, a, b, n, PRODUCT, both);
        else if (n >= SSI_LONG_ROW)
            NAME(sum_groups)(x, a, n);
        sum[u] = n < SSI_LONG_ROW ? NAME(sum_short_row)(a, b, n, key) : NAME(fold_lane)(NAME(sum), x);
    }
    return NAME(join_units)(sum, u);
}

/* Row after row, so that memory is read as it lies. */
static void NAME(dot)(void *d, const void *a, const void *b, size_t rows, size_t cols, size_t a_stride, size_t b_stride)
{
    const T *x = a, *y = b;
    T *to = d;
    size_t r = 0;
    if (!y && cols < SSI_LONG_ROW) {
        NAME(fold_sum)(d, a, rows, cols, a_stride);
        return;
    }
    for (; cols < SSI_LONG_ROW && r + ROWS <= rows; r += ROWS)
        NAME(sum_short_rows)(to + r, x + r * a_stride, y + r * b_stride, rows - r, cols, a_stride, b_stride, PRODUCT);
    for (; r < rows; r++)
        to[r] = y ? NAME(sum_row)(x + r * a_stride, y + r * b_stride, cols, PRODUCT, b_stride && a != b)
                  : NAME(sum_row)(x + r * a_stride, x, cols, ITSELF, false);
}
#endif
#endif

#undef GROUP
#undef ITSELF
#undef PRODUCT
#undef WIDE
#undef PART
