/*
 * gemm_ahead.h - products of pairs whose A lies unrounded (gemm_medium.h includes this): it is rounded while the multiply-adds go on.
 *
 * A tile of 8 rows by 32 columns keeps two units of the processor busy, and leaves half of what could begin in each cycle unused: the places of the loads,
 * conversions and stores that pairs are made by. So, of A's strips of 8 rows, the next is rounded while this one is multiplied with the first panel of B:
 *
 *     strip 0   rounded                                           then, a group of strips at a time, all other panels: by then their pairs are in the
 *     strip 1   rounded while strip 0 goes through panel 0        first-level cache. Strips take turns in room for two groups.
 *     strip 2   rounded while strip 1 goes through panel 0
 *
 * Rounding costs little so; and where B fills much of the second-level cache, all of A's pairs do not wait there beside it.
 *
 * Measured on one Zen 5 core, in cache (bench/gemm.c): from A as it lies (128,784) @ (784,256) takes 92.8 us, where rounding before, and then multiplying, take 2.2
 * and 90.7, and the multiply-adds alone 89.2; (784,128).T 95.6, instead of 2.9 and 94.9.
 */
enum { GROUP_BYTES = 16384 };

/* A strip of A where it lies: its steps (along), or its rows, are neighbours; the others are so many elements apart. */
typedef struct lying_strip {
    const void *data;
    int64_t apart;
    bool along, narrow;
} lying_strip;

static lying_strip strip_of(const ssi_panels *a, int64_t row, bool narrow)
{
    const bool along = a->step == 1;
    return (lying_strip){element_of(a->data, row * a->lane, narrow), along ? a->lane : a->step, along, narrow};
}

/* Elements [q, k) of a strip's rows. Pairs: along, row after row; else step after step, of ROWS rows each. */
NOINLINE void round_strip(uint32_t *to, lying_strip from, int64_t rows, int64_t q, int64_t k)
{
    const bool along = from.along;
    round_pairs(to + q / 2 * (along ? 1 : ROWS), along ? (k + 1) / 2 : ROWS,
                element_of(from.data, along ? q : q * from.apart, from.narrow), from.apart, along ? rows : k - q,
                along ? k - q : rows, !along, from.narrow);
}

/* ROWS elements of a row beside those of the one below it. */
INLINE void pair_across(uint32_t *to, const float *row, const float *below)
{
    const __m256i order = _mm256_setr_epi16(0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
    const __m512 both = _mm512_insertf32x8(_mm512_castps256_ps512(_mm256_loadu_ps(row)), _mm256_loadu_ps(below), 1);
    _mm256_storeu_si256((__m256i *)to, _mm256_permutexvar_epi16(order, (__m256i)_mm512_cvtneps_pbh(both)));
}

/* A step of a whole tile. */
INLINE void add_step(__m512 (*sum)[VECTORS], const uint32_t *strip, int64_t row, const uint32_t *panel)
{
    const __m512bh x = (__m512bh)_mm512_loadu_ps(panel), y = (__m512bh)_mm512_loadu_ps(panel + PAIRS);
    UNROLLED for (int i = 0; i < ROWS; i++)
    {
        const __m512bh splat = (__m512bh)_mm512_set1_epi32((int)strip[i * row]);
        sum[i][0] = _mm512_dpbf16_ps(sum[i][0], splat, x);
        sum[i][1] = _mm512_dpbf16_ps(sum[i][1], splat, y);
    }
}

/* A strip's pairs by a whole panel of B; meanwhile all of the next strip, which is whole and of f32, is rounded: along, row after row, 32 elements at every other
 * step, else ROWS pairs at each. */
NOINLINE void ahead_tile(float *c, int64_t ldc, const uint32_t *strip, const uint32_t *panel, bool accumulate,
                         uint32_t *next, lying_strip below, int64_t k)
{
    const int64_t steps = (k + 1) / 2, row = below.along ? steps : 1, step = below.along ? 1 : ROWS;
    const int64_t ahead = below.along ? k / (2 * PAIRS) * (2 * PAIRS) : k / 2 * 2;
    const float *from = below.data;
    if (ahead < k)
        round_strip(next, below, ROWS, ahead, k);
    __m512 sum[ROWS][VECTORS];
    UNROLLED for (int i = 0; i < ROWS; i++)
    {
        UNROLLED for (int v = 0; v < VECTORS; v++) sum[i][v] =
            accumulate ? _mm512_loadu_ps(c + i * ldc + v * PAIRS) : _mm512_setzero_ps();
    }
    for (int64_t r = 0; below.along && r < ROWS; r++, from += below.apart, next += steps)
        for (int64_t q = 0; q < ahead; q += 2 * PAIRS, strip += 2, panel += 2 * WIDTH) {
            _mm512_storeu_si512(next + q / 2, round_both(from + q, 0xffff, from + q + PAIRS, 0xffff, false));
            add_step(sum, strip, steps, panel);
            add_step(sum, strip + 1, steps, panel + WIDTH);
        }
    for (int64_t q = 0; !below.along && q < ahead; q += 2, from += 2 * below.apart, next += ROWS) {
        pair_across(next, from, from + below.apart);
        add_step(sum, strip, 1, panel);
        strip += ROWS, panel += WIDTH;
    }
    for (int64_t q = ahead / 2; q < steps; q++, strip += step, panel += WIDTH)
        add_step(sum, strip, row, panel);
    UNROLLED for (int i = 0; i < ROWS; i++)
    {
        UNROLLED for (int v = 0; v < VECTORS; v++) _mm512_storeu_ps(c + i * ldc + v * PAIRS, sum[i][v]);
    }
}

/* Whether it is worth the while to leave out steps of zeros, as m rows of the first strip have it. */
static bool lists_pay(const ssi_panels *pairs, const ssi_panels *b, int64_t m, int64_t n, int64_t steps)
{
    step_lists lists;
    int64_t left = 0, all = 0;
    if (!plan_lists_pairs(&lists, pairs, b, m, n, steps))
        return false;
    lists.room = lists.steps + LANES_f32, lists.found_from = -1;
    for (int64_t i = 0; i < m; i += lists.group, all += lists.steps)
        left += list_group_pairs(&lists, pairs, i, m, lists.steps);
    return 8 * left <= worth_pairs * all;
}

/* By lists, which are made of rows that are rounded. Where rows are neighbours, so many at a time that steps are an odd number of lines apart. */
SHORT void multiply_rounded(float *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                            int64_t k, bool accumulate, uint32_t *room, bool narrow)
{
    const int64_t steps = (k + 1) / 2, at_once = a->step == 1 ? LIST_ROWS : LIST_ROWS - LANES_f32;
    ssi_panels pairs = {room, ROWS * steps, 1, steps, false};
    if (a->step != 1)
        pairs = (ssi_panels){room, ROWS, at_once, 1, false};
    for (int64_t i = 0, rows; i < m; i += rows) {
        const lying_strip from = strip_of(a, i, narrow);
        rows = m - i < at_once ? m - i : at_once;
        round_pairs(room, from.along ? steps : at_once, from.data, from.apart, from.along ? rows : k,
                    from.along ? k : rows, !from.along, narrow);
        multiply_pairs(c + i * ldc, ldc, &pairs, b, rows, n, steps, accumulate);
    }
}

/* Of bf16 nothing is done ahead: rows are pairs as they lie, and columns are laid side by side as fast as they are read. */
NOINLINE void multiply_ahead(float *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                             int64_t k, bool accumulate, uint32_t *room, bool narrow)
{
    const bool along = a->step == 1;
    const int64_t steps = (k + 1) / 2, most = GROUP_BYTES / (ROWS * steps * 4) * ROWS,
                  group = most < ROWS            ? ROWS
                          : most < LIST_ROWS / 2 ? most
                                                 : LIST_ROWS / 2;
    const ssi_panels others = from_panel_pairs(b, 1);
    ssi_panels pairs = {room, ROWS * steps, along ? 1 : ROWS, along ? steps : 1, false};
    round_strip(room, strip_of(a, 0, narrow), m < ROWS ? m : ROWS, 0, k);
    if (lists_pay(&pairs, b, m < ROWS ? m : ROWS, n, steps)) {
        multiply_rounded(c, ldc, a, b, m, n, k, accumulate, room, narrow);
        return;
    }
    for (int64_t i = 0, rows; i < m; i += rows) {
        rows = m - i < group ? m - i : group;
        for (int64_t r = i, left = m - i; r < i + rows; r += ROWS, left -= ROWS) {
            uint32_t *next = room + (r + ROWS) % (2 * group) * steps;
            const lying_strip below = strip_of(a, r + ROWS, narrow);
            pairs.data = room + r % (2 * group) * steps;
            if (left >= 2 * ROWS && n >= WIDTH && !narrow) {
                ahead_tile(c + r * ldc, ldc, pairs.data, b->data, accumulate, next, below, k);
                continue;
            }
            if (left > ROWS)
                round_strip(next, below, left < 2 * ROWS ? left - ROWS : ROWS, 0, k);
            multiply_all_pairs(c + r * ldc, ldc, &pairs, b, left < ROWS ? left : ROWS, n < WIDTH ? n : WIDTH, steps,
                               accumulate);
        }
        pairs.data = room + i % (2 * group) * steps;
        multiply_all_pairs(c + i * ldc + WIDTH, ldc, &pairs, &others, rows, n - WIDTH, steps, accumulate);
    }
}
