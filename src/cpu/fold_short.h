/*
 * fold_short.h - sums of rows of floats that are shorter than a long one, or of their products with another's (fold.h includes this for each type).
 *
 *     row 0   x x x x x x x x  x x x             each row's elements are added up in its lanes; then the second half of the lanes is added to the
 *     row 1   x x x x x x x x  x x x             first, all rows together; then that of what is left, in the order that backend.h fixes
 *      ...    lanes    ...     left over
 *
 * With masks, in registers: halves of two rows fill one, so that sixteen rows take fifteen additions and twice as many permutations.
 */
#if MASKS
typedef T NAME(vector) __attribute__((vector_size(64)));
typedef I NAME(places) __attribute__((vector_size(64)));

/* `count` elements and, behind them, pads. */
INLINE NAME(vector) NAME(some)(const T *a, size_t count, T pad)
{
    NAME(vector) x = pad - (NAME(vector)){0};
    const unsigned mask = ~(~0u << count);
    if (count == WIDE)
        memcpy(&x, a, sizeof x);
    else if (sizeof(T) == 8)
        x = (NAME(vector))_mm512_mask_loadu_pd((__m512d)x, (__mmask8)mask, a);
    else
        x = (NAME(vector))_mm512_mask_loadu_ps((__m512)x, (__mmask16)mask, a);
    return x;
}

/* The same of what is summed. */
INLINE NAME(vector) NAME(summed)(const T *a, const T *b, size_t count, T key)
{
    const NAME(vector) x = NAME(some)(a, count, ZERO);
    return key == PRODUCT ? x * NAME(some)(b, count, 0) : x;
}

/* The lanes of a row, or of its products with b, folded until a vector is left. */
INLINE NAME(vector) NAME(vector_of)(const T *a, const T *b, size_t cols, T key)
{
    const bool two = WIDE < LANES; /* vectors of lanes */
    const size_t whole = cols / LANES * LANES, left = cols - whole, behind = two && left > WIDE ? left - WIDE : 0;
    NAME(vector) sum = ZERO - (NAME(vector)){0}, more = sum;
    ROLLED for (size_t j = 0; j < whole; j += LANES)
    {
        sum += NAME(summed)(a + j, b + j, WIDE, key);
        if (two)
            more += NAME(summed)(a + j + WIDE, b + j + WIDE, WIDE, key);
    }
    if (left)
        sum += NAME(summed)(a + whole, b + whole, left - behind, key);
    if (behind)
        more += NAME(summed)(a + whole + WIDE, b + whole + WIDE, behind, key);
    return two ? sum + more : sum;
}

/* Of each 2*half lanes of x, then of y: their first half added to the second. */
INLINE NAME(vector) NAME(add_halves)(NAME(vector) x, NAME(vector) y, size_t half)
{
    static const I number[LANES] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    NAME(places) at;
    memcpy(&at, number, sizeof at);
    at += at & -(I)half;
    const NAME(places) behind = at + (I)half;
    if (sizeof(T) == 8)
        return (NAME(vector))(_mm512_permutex2var_pd((__m512d)x, (__m512i)at, (__m512d)y) +
                              _mm512_permutex2var_pd((__m512d)x, (__m512i)behind, (__m512d)y));
    return (NAME(vector))(_mm512_permutex2var_ps((__m512)x, (__m512i)at, (__m512)y) +
                          _mm512_permutex2var_ps((__m512)x, (__m512i)behind, (__m512)y));
}

/* The sums of ROWS vectors' lanes. */
NOINLINE void NAME(sum_vectors)(T *d, const NAME(vector) * of)
{
    NAME(vector) x[ROWS];
    UNROLLED for (size_t i = 0; i < ROWS; i++) x[i] = of[i];
    UNROLLED for (size_t half = WIDE / 2, count = ROWS / 2; half; half /= 2, count /= 2)
        UNROLLED for (size_t i = 0; i < count; i++) x[i] = NAME(add_halves)(x[2 * i], x[2 * i + 1], half);
    memcpy(d, x, ROWS * sizeof(T));
}

NOINLINE T NAME(sum_short_row)(const T *a, const T *b, size_t cols, T key)
{
    const NAME(vector) x = NAME(vector_of)(a, b, cols, key);
    return sizeof(T) == 8 ? (T)_mm512_reduce_add_pd((__m512d)x) : (T)_mm512_reduce_add_ps((__m512)x);
}

/* The first ROWS of `rows`. */
INLINE void NAME(sum_short_rows)(T *d, const T *a, const T *b, size_t rows, size_t cols, size_t a_stride,
                                 size_t b_stride, T key)
{
    NAME(vector) x[ROWS];
    (void)rows;
    ROLLED for (size_t r = 0; r < ROWS; r++) x[r] = NAME(vector_of)(a + r * a_stride, b + r * b_stride, cols, key);
    NAME(sum_vectors)(d, x);
}
#else
NOINLINE void NAME(short_lanes)(T *lane, const T *a, const T *b, size_t cols, size_t readable, T key)
{
    NAME(fold_lanes)(NAME(sum), ZERO, lane, a, b, cols, readable, key);
}

INLINE T NAME(sum_short_row)(const T *a, const T *b, size_t cols, T key)
{
    T lane[LANES];
    NAME(short_lanes)(lane, a, b, cols, cols, key);
    return NAME(fold_lane)(NAME(sum), lane);
}

/* The first ROWS of `rows`; what follows a row may be read and not used. */
INLINE void NAME(sum_short_rows)(T *d, const T *a, const T *b, size_t rows, size_t cols, size_t a_stride,
                                 size_t b_stride, T key)
{
    T lanes[ROWS * LANES], same[SSI_LONG_ROW + LANES];
    const size_t apart = b_stride && b_stride < a_stride ? b_stride : a_stride;
    if (b_stride == 0) {
        memset(same + cols, 0, LANES * sizeof(T));
        b = memcpy(same, b, cols * sizeof(T));
    }
    ROLLED for (size_t r = 0; r < ROWS; r++) NAME(short_lanes)(lanes + r * LANES, a + r * a_stride, b + r * b_stride,
                                                               cols, (rows - 1 - r) * apart + cols, key);
    NAME(sum_lanes)(d, lanes);
}
#endif
