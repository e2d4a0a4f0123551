/*
 * gemm_zeros.h - which steps of a product need not be multiplied, for f32 and for pairs (gemm.isa.c and gemm_medium.h include this after gemm_tile.h).
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
 * The includer defines NAME(words), a vector of an element's bits each; NAME(magnitude), those without the sign; NAME(lower)(x, y), the lower of two
 * vectors of signed integers, of which -0's bits are the lowest; NAME(minus_zeros)(x), a vector of which some bits are set where x is -0; NAME(worth), the
 * eighths of all steps that a list may have at most to be worth the while.
 */

/* Zero times a number is zero, if the number is finite. */
SHORT bool NAME(are_finite)(const ssi_panels *b, int64_t count, int64_t k)
{
    const NAME(vector) zero = {0};
    NAME(vector) even[VECTORS] = {{0}}, odd[VECTORS] = {{0}};
    for (int64_t p = 0; p < count; p++) {
        const T *step = (const T *)b->data + p * b->panel;
        for (int64_t q = 0; q < k; q += 2, step += 2 * b->step) {
            const NAME(vector) *first = (const NAME(vector) *)step,
                               *second = (const NAME(vector) *)(q + 1 < k ? step + b->step : step);
            UNROLLED for (int v = 0; v < VECTORS; v++)
            {
                even[v] = NAME(fused)(zero, first[v], even[v]);
                odd[v] = NAME(fused)(zero, second[v], odd[v]);
            }
        }
    }
    NAME(words) found = {0};
    UNROLLED for (int v = 0; v < VECTORS; v++) found |= (NAME(words))even[v] | (NAME(words))odd[v];
    return is_zero((vector_u32)found);
}

/* The list of a few rows whose steps are neighbours: a vector of steps at a time. */
INLINE int NAME(list_rows)(uint8_t *list, const T *a, int64_t lane, int64_t rows, int64_t k)
{
    int count = 0;
    int64_t q = 0;
    for (; q + NAME(LANES) <= k; q += NAME(LANES)) {
        NAME(words) any = {0};
        for (int64_t r = 0; r < rows; r++) {
            NAME(words) row;
            memcpy(&row, a + r * lane + q, sizeof row); /* pairs may begin between words */
            any |= row;
        }
        count = NAME(append)(list, count, any & NAME(magnitude), q);
    }
    NAME(words) any = {0};
    for (int64_t r = 0; r < rows && q < k; r++)
        any |= (NAME(words))load(a + r * lane + q, (size_t)(k - q) * sizeof(T));
    return NAME(append)(list, count, any & NAME(magnitude), q);
}

NOINLINE int NAME(list_along)(uint8_t *list, const T *a, int64_t lane, int64_t rows, int64_t k)
{
    return rows == GROUP ? NAME(list_rows)(list, a, lane, GROUP, k) : NAME(list_rows)(list, a, lane, rows, k);
}

#if defined(__AVX512F__)

/* Rows that are neighbours, up to sixteen at a time: which of them are not zero, a bit each, step by step. */
NOINLINE void NAME(find_rows)(uint16_t *found, const T *a, int64_t step, int64_t rows, int64_t k)
{
    const __m512i magnitude = _mm512_set1_epi32(NAME(magnitude));
    for (int64_t q = 0; q < k; q++, a += step)
        found[q] = _mm512_test_epi32_mask((__m512i)load(a, (size_t)rows * sizeof(T)), magnitude);
    memset(found + k, 0, LANES_f32 * sizeof *found);
}

/* The list of those rows among them whose bits are given. */
NOINLINE int NAME(list_across)(uint8_t *list, const uint16_t *found, unsigned rows, int64_t k)
{
    int count = 0;
    for (int64_t q = 0; q < k; q += LANES_f32) {
        const __m512i words = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(const void *)(found + q)));
        count = append(list, count, _mm512_test_epi32_mask(words, _mm512_set1_epi32((int)rows)), q);
    }
    return count;
}

#else

/* The list of a few rows that are neighbours: step by step, in words. */
SHORT int NAME(list_across)(uint8_t *list, const T *a, int64_t step, int64_t rows, int64_t k)
{
    enum { WORDS = TALLER * sizeof(T) / 8 };
    const uint64_t magnitude = NAME(magnitude) * 0x100000001u;
    int count = 0;
    for (int64_t q = 0; q < k; q++, a += step) {
        uint64_t word[WORDS] = {0}, any = 0;
        if (rows == TALLER)
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

#endif

/* The list of the group of rows that begins with row i. */
SHORT int NAME(list_group)(step_lists *to, const ssi_panels *a, int64_t i, int64_t m, int64_t k)
{
    const T *row = NAME(from_row)(a, i).data;
    uint8_t *list = to->step + i / to->group * to->room;
    const int64_t rows = m - i < to->group ? m - i : to->group;
    if (a->step == 1)
        return NAME(list_along)(list, row, a->lane, rows, k);
#if defined(__AVX512F__)
    const int64_t bit = i % LANES_f32, left = m - (i - bit);
    if (to->found_from != i - bit)
        NAME(find_rows)(to->found, row - bit, a->step, left < LANES_f32 ? left : LANES_f32, k);
    to->found_from = i - bit;
    return NAME(list_across)(list, to->found, ((1u << to->group) - 1) << bit, k);
#else
    return NAME(list_across)(list, row, a->step, rows, k);
#endif
}

/* Lists of all groups of m rows. False: of a few groups, here and there, they leave out so little that it is not worth the while. */
SHORT bool NAME(list_steps)(step_lists *to, const ssi_panels *a, int64_t m, int64_t k)
{
    enum { SAMPLES = 8 };
    const int64_t groups = (m + to->group - 1) / to->group, samples = groups < SAMPLES ? 1 : SAMPLES;
    int64_t left = 0;
    to->room = k + 16;
    to->found_from = -1;
    for (int64_t s = 0; s < samples; s++)
        left += NAME(list_group)(to, a, groups * s / samples * to->group, m, k);
    if (8 * left > NAME(worth) * samples * k)
        return false;
    for (int64_t i = 0, list = 0; i < m; i += to->group, list++) {
        int count = NAME(list_group)(to, a, i, m, k);
        if (count == 0)
            to->step[list * to->room + count++] = 0; /* a tile multiplies at least one */
        to->count[list] = count;
    }
    return true;
}

/* The steps of a list, of a single row by FLAT panels or of a group's rows by as many as go with them. */
NOINLINE bool NAME(listed_tile)(T *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t rows,
                                const uint8_t *list, int64_t k, bool accumulate, int group)
{
    const int64_t nr = VECTORS * NAME(LANES);
    if (group == 1)
        return NAME(tile)(c, ldc, a, b, 1, FLAT * nr, list, k, accumulate, 1, FLAT * VECTORS);
    if ((int)GROUP == TALLER || group == TALLER)
        return NAME(tile)(c, ldc, a, b, rows, NARROWER * nr, list, k, accumulate, TALLER, NARROWER * VECTORS);
    /* Steps known when this is compiled: multiplying by them in the loop takes 0.03 to 0.05 of a tile's time. B is packed, or there are TALLER rows. */
    const ssi_panels near = {a->data, a->panel, 1, a->lane, false}, packed = {b->data, b->panel, nr, 1, false};
    if (a->step == 1)
        return NAME(tile)(c, ldc, &near, &packed, rows, TOGETHER * nr, list, k, accumulate, GROUP, TOGETHER * VECTORS);
    return NAME(tile)(c, ldc, a, &packed, rows, TOGETHER * nr, list, k, accumulate, GROUP, TOGETHER * VECTORS);
}

/* By lists of m rows, so many panels at a time; what is left of the columns, with all steps. */
SHORT void NAME(multiply_by_lists)(const step_lists *lists, T *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b,
                                   int64_t m, int64_t n, int64_t k, bool accumulate)
{
    const int64_t together = lists->together, wide = together * VECTORS * NAME(LANES);
    ssi_panels panels = *b;
    for (; n >= wide; n -= wide, c += wide, panels = NAME(from_panel)(&panels, together)) {
        bool finite = b->finite || NAME(are_finite)(&panels, together, k);
        for (int64_t i = 0, list = 0; finite && i < m; i += lists->group, list++) {
            ssi_panels row = NAME(from_row)(a, i);
            int64_t rows = m - i < lists->group ? m - i : lists->group;
            if (!NAME(listed_tile)(c + i * ldc, ldc, &row, &panels, rows, lists->step + list * lists->room,
                                   lists->count[list], accumulate, lists->group))
                NAME(multiply_all)(c + i * ldc, ldc, &row, &panels, rows, wide, k, accumulate);
        }
        if (!finite)
            NAME(multiply_all)(c, ldc, a, &panels, m, wide, k, accumulate);
    }
    NAME(multiply_all)(c, ldc, a, &panels, m, n, k, accumulate);
}

/* How many rows a list is of, and of how many panels and steps at a time lists are made; false: none are. */
SHORT bool NAME(plan_lists)(step_lists *lists, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                            int64_t k)
{
    const int64_t nr = VECTORS * NAME(LANES);
    /* B that lies: its steps compete for places in the first-level cache, so the fewer columns at a time, the better. */
    const bool lies = b->step != nr;
    const bool taller = lies || n < TOGETHER * nr;
    lists->group = m == 1 ? 1 : taller ? TALLER : GROUP;
    lists->together = m == 1 ? FLAT : taller ? NARROWER : TOGETHER;
    const int64_t most = LIST_BYTES / (lists->together * VECTORS * BYTES),
                  at_once = m > 1 && most < MOST_STEPS ? most : MOST_STEPS, blocks = (k + at_once - 1) / at_once;
    if (k == 0 || n < lists->together * nr || (m == 1 && !b->finite) || (a->step != 1 && a->lane != 1))
        return false;
    lists->steps = (k + blocks - 1) / blocks;
    return true;
}

/* LIST_ROWS rows at most. False: hardly a step can be left out, and nothing is done. */
SHORT bool NAME(multiply_listed)(T *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                                 int64_t k, bool accumulate)
{
    step_lists lists;
    ssi_panels left = *a, right = *b;
    if (!NAME(plan_lists)(&lists, a, b, m, n, k))
        return false;
    for (int64_t q = 0; q < k; q += lists.steps) {
        int64_t now = k - q < lists.steps ? k - q : lists.steps;
        left.data = (const T *)a->data + q * a->step;
        right.data = (const T *)b->data + q * b->step;
        if (NAME(list_steps)(&lists, &left, m, now))
            NAME(multiply_by_lists)(&lists, c, ldc, &left, &right, m, n, now, accumulate || q > 0);
        else if (q == 0)
            return false;
        else
            NAME(multiply_all)(c, ldc, &left, &right, m, n, now, accumulate || q > 0);
    }
    return true;
}

static void NAME(multiply)(void *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                           int64_t k, bool accumulate)
{
    for (int64_t i = 0, rows; i < m; i += rows) {
        ssi_panels from = NAME(from_row)(a, i);
        T *to = (T *)c + i * ldc;
        rows = m - i < LIST_ROWS ? m - i : LIST_ROWS;
        if (!LISTED || !NAME(multiply_listed)(to, ldc, &from, b, rows, n, k, accumulate)) {
            rows = m - i; /* those further down are taken to be like these */
            NAME(multiply_all)(to, ldc, &from, b, rows, n, k, accumulate);
        }
    }
}
