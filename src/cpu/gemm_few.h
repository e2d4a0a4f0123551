/*
 * gemm_few.h - products of pairs of bf16 with few columns (gemm_medium.h includes this): rows in lanes.
 *
 * Of ten columns a tile with columns in its lanes wastes six lanes of sixteen, and each multiply-add asks for a splat of its own. Here rows are in lanes: 32 of
 * them, by FEW columns, of which a splat serves two multiply-adds. A lies as it is; its pairs are rounded, and turned in squares, on the way.
 *
 *     A: 32 rows, 32 steps        lanes: [pair][row]                     sums: [column][row], in registers for all of k
 *
 * Measured on one Zen 5 core at 128x10x256, in cache: 2.0 us, of f32 2.2, where the tile takes 2.1 and rounding f32 before that another 1.0.
 */
enum { FEW = 10, FEW_ROWS = 2 * LANES_f32 };

/* Of one tile: pairs of 32 steps or, before and after them, sums, with rows in lanes; and 16 rows as they lie. */
typedef struct few_room {
    __m512i lanes[PAIRS][2], square[PAIRS];
} few_room;

/* The square into one half of the lanes. */
NOINLINE void square_to_lanes(few_room *room, int64_t half)
{
    __m512i x[PAIRS], y[PAIRS];
    UNROLLED for (int i = 0; i < PAIRS; i++) x[i] = room->square[i];
    turn_square(y, x);
    UNROLLED for (int i = 0; i < PAIRS; i++) room->lanes[i][half] = y[i];
}

/* So many rows of A, at most 32 steps of them. */
static void rows_to_lanes(few_room *room, const void *a, int64_t apart, int64_t rows, int64_t k, bool narrow)
{
    for (int64_t r = 0; r < rows; r += PAIRS, a = element_of(a, PAIRS * apart, narrow)) {
        if (rows - r < PAIRS || k < 2 * PAIRS) {
            round_pairs((uint32_t *)room->square, PAIRS, a, apart, rows - r < PAIRS ? rows - r : PAIRS, k, false,
                        narrow);
            square_to_lanes(room, r / PAIRS);
        } else {
            pair_square((uint32_t *)&room->lanes[0][r / PAIRS], a, apart, narrow);
        }
    }
}

static void load_sums(few_room *room, int64_t half, const float *c, int64_t ldc, int64_t rows, int64_t columns)
{
    ROLLED for (int64_t r = 0; r < rows && r < PAIRS; r++) room->square[r] =
        _mm512_maskz_loadu_epi32(first(columns), c + r * ldc);
    square_to_lanes(room, half);
}

static void store_sums(few_room *room, float *c, int64_t ldc, int64_t rows, int64_t columns)
{
    square_to_lanes(room, 0);
    ROLLED for (int64_t r = 0; r < rows && r < PAIRS; r++)
        _mm512_mask_storeu_epi32(c + r * ldc, first(columns), room->lanes[r][0]);
}

NOINLINE void few_tile(few_room *room, float *c, int64_t ldc, const void *a, const ssi_panels *panels,
                       const uint32_t *b, int64_t rows, int64_t columns, int64_t k, bool accumulate, bool narrow)
{
    __m512 sum[FEW][2];
    for (int half = 0; half < 2 && accumulate; half++)
        load_sums(room, half, c + half * PAIRS * ldc, ldc, rows - half * PAIRS, columns);
    UNROLLED for (int j = 0; j < FEW; j++)
    {
        sum[j][0] = accumulate ? (__m512)room->lanes[j][0] : _mm512_setzero_ps();
        sum[j][1] = accumulate ? (__m512)room->lanes[j][1] : _mm512_setzero_ps();
    }
    for (int64_t q = 0; q < k; q += 2 * PAIRS) {
        const int64_t steps = k - q < 2 * PAIRS ? k - q : 2 * PAIRS;
        const void *from = element_of(a, q * panels->step, narrow);
        if (panels->step == 1)
            rows_to_lanes(room, from, panels->lane, rows, steps, narrow);
        else
            round_pairs((uint32_t *)room->lanes, FEW_ROWS, from, panels->step, steps, rows, true, narrow);
        for (int64_t p = 0; p < (steps + 1) / 2; p++, b += WIDTH) {
            const __m512bh x = (__m512bh)room->lanes[p][0], y = (__m512bh)room->lanes[p][1];
            UNROLLED for (int j = 0; j < FEW; j++)
            {
                const __m512bh splat = (__m512bh)_mm512_set1_epi32((int)b[j]);
                sum[j][0] = _mm512_dpbf16_ps(sum[j][0], x, splat);
                sum[j][1] = _mm512_dpbf16_ps(sum[j][1], y, splat);
            }
        }
    }
    UNROLLED for (int half = 0; half < 2; half++)
    {
        UNROLLED for (int j = 0; j < FEW; j++) room->square[j] = (__m512i)sum[j][half];
        store_sums(room, c + half * PAIRS * ldc, ldc, rows - half * PAIRS, columns);
    }
}

static void multiply_few(float *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                         int64_t k, bool accumulate, bool narrow)
{
    few_room room;
    memset(&room, 0, sizeof room); /* lanes of rows beyond the edge are multiplied, too, though they go nowhere */
    for (int64_t i = 0; i < m; i += FEW_ROWS)
        few_tile(&room, c + i * ldc, ldc, element_of(a->data, i * a->lane, narrow), a, b->data,
                 m - i < FEW_ROWS ? m - i : FEW_ROWS, n, k, accumulate, narrow);
}
