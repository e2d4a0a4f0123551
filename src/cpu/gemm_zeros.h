/*
 * gemm_zeros.h - which steps of a product need not be multiplied, for one kind of float (gemm.isa.c includes this after gemm_tile.h).
 *
 * Where A is zero in all rows of a tile, a step adds nothing:
 *
 *     q          0  1  2  3  4  5  6  7
 *     row 0      0  0  3  0  0  0  5  0
 *     row 1      0  0  1  0  0  2  0  0          list: 2 5 6, and three steps are multiplied instead of eight
 *     row 2      0  0  0  0  0  0  0  0
 *     row 3      0  0  4  0  0  0  1  0
 *
 * So that no bit changes, two things are looked at. 0 * b is NaN where b is none or infinite, so panels of B with such numbers are multiplied with all steps.
 * And a sum that is -0, as it only becomes when something too small is added to nothing, is +0 after adding +0. A tile that ends with a -0 was perhaps left
 * without that, and is computed again with all steps; any other sum is the same with them.
 *
 * The includer defines NAME(words), a vector of an element's bits each; NAME(magnitude), those without the sign; NAME(not_finite)(x), a vector of which some
 * bits are set where x is infinite or none; NAME(minus_zeros)(sum), of which some are where it is -0.
 */

SHORT bool NAME(are_finite)(const ssi_panels *b, int64_t count, int64_t k)
{
    NAME(words) found = {0};
    for (int64_t p = 0; p < count; p++)
        for (int64_t q = 0; q < k; q++) {
            const NAME(vector) *step = (const NAME(vector) *)((const T *)b->data + p * b->panel + q * b->step);
            for (int v = 0; v < VECTORS; v++)
                found |= NAME(not_finite)(step[v]);
        }
    return is_zero((vector_u32)found);
}

/* The list of a few rows whose steps are neighbours: a vector of steps at a time. */
SHORT int NAME(list_along)(uint8_t *list, const T *a, int64_t lane, int64_t rows, int64_t k)
{
    int count = 0;
    for (int64_t q = 0; q < k; q += NAME(LANES)) {
        const size_t bytes = (size_t)(k - q < NAME(LANES) ? k - q : NAME(LANES)) * sizeof(T);
        NAME(words) any = {0};
        for (int64_t r = 0; r < rows; r++)
            any |= (NAME(words))load(a + r * lane + q, bytes);
        count = NAME(append)(list, count, any & NAME(magnitude), q);
    }
    return count;
}

/* The list of a few rows that are neighbours: step by step, in words. */
SHORT int NAME(list_across)(uint8_t *list, const T *a, int64_t step, int64_t rows, int64_t k)
{
    enum { WORDS = GROUP * sizeof(T) / 8 };
    const uint64_t magnitude = NAME(magnitude) * (sizeof(T) == 4 ? 0x100000001u : 1);
    int count = 0;
    for (int64_t q = 0; q < k; q++, a += step) {
        uint64_t word[WORDS] = {0}, any = 0;
        if (rows == GROUP)
            memcpy(word, a, sizeof word);
        else
            memcpy(word, a, (size_t)rows * sizeof(T));
        for (int i = 0; i < WORDS; i++)
            any |= word[i];
        list[count] = (uint8_t)q;
        count += (any & magnitude) != 0;
    }
    return count;
}

/* Lists of all groups of m rows. False: of the first group they leave out so little that it is not worth the while. */
SHORT bool NAME(list_steps)(step_lists *to, const ssi_panels *a, int64_t m, int64_t k)
{
    if (a->step != 1 && a->lane != 1)
        return false;
    for (int64_t i = 0; i < m; i += GROUP) {
        const T *row = NAME(from_row)(a, i).data;
        uint8_t *list = to->step[i / GROUP];
        int64_t rows = m - i < GROUP ? m - i : GROUP;
        int count = a->step == 1 ? NAME(list_along)(list, row, a->lane, rows, k)
                                 : NAME(list_across)(list, row, a->step, rows, k);
        if (i == 0 && 8 * count > 7 * k)
            return false;
        if (count == 0)
            list[count++] = 0; /* a tile multiplies at least one */
        to->count[i / GROUP] = count;
    }
    return true;
}

/* The steps of a list, of a few rows by TOGETHER panels or of a single row by FLAT. */
NOINLINE bool NAME(listed_tile)(T *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t rows,
                                const uint8_t *list, int64_t k, bool accumulate, bool single)
{
    const int64_t columns = VECTORS * NAME(LANES);
    return single ? NAME(tile)(c, ldc, a, b, 1, FLAT * columns, list, k, accumulate, 1, FLAT * VECTORS)
                  : NAME(tile)(c, ldc, a, b, rows, TOGETHER * columns, list, k, accumulate, GROUP, TOGETHER * VECTORS);
}

/* Rows of LISTS groups at most. False: hardly a step can be left out, and nothing is done. */
SHORT bool NAME(multiply_listed)(T *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                                 int64_t k, bool accumulate)
{
    const int64_t together = m == 1 ? FLAT : TOGETHER, wide = together * VECTORS * NAME(LANES);
    ssi_panels panels = *b;
    step_lists lists;
    if (k == 0 || n < wide || k > LIST_STEPS || (m == 1 && !b->finite) || !NAME(list_steps)(&lists, a, m, k))
        return false;
    for (; n >= wide; n -= wide, c += wide, panels = NAME(from_panel)(&panels, together)) {
        bool finite = b->finite || NAME(are_finite)(&panels, together, k);
        for (int64_t i = 0; finite && i < m; i += GROUP) {
            ssi_panels row = NAME(from_row)(a, i);
            int64_t rows = m - i < GROUP ? m - i : GROUP;
            if (!NAME(listed_tile)(c + i * ldc, ldc, &row, &panels, rows, lists.step[i / GROUP], lists.count[i / GROUP],
                                   accumulate, m == 1))
                NAME(multiply_all)(c + i * ldc, ldc, &row, &panels, rows, wide, k, accumulate);
        }
        if (!finite)
            NAME(multiply_all)(c, ldc, a, &panels, m, wide, k, accumulate);
    }
    NAME(multiply_all)(c, ldc, a, &panels, m, n, k, accumulate);
    return true;
}

static void NAME(multiply)(void *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                           int64_t k, bool accumulate)
{
    for (int64_t i = 0, rows; i < m; i += rows) {
        ssi_panels from = NAME(from_row)(a, i);
        T *to = (T *)c + i * ldc;
        rows = m - i < LISTS * GROUP ? m - i : LISTS * GROUP;
        if (!LISTED || !NAME(multiply_listed)(to, ldc, &from, b, rows, n, k, accumulate)) {
            rows = m - i; /* those further down are taken to be like these */
            NAME(multiply_all)(to, ldc, &from, b, rows, n, k, accumulate);
        }
    }
}
