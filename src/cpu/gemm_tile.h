/*
 * gemm_tile.h - multiplying panels of one kind of element (gemm.isa.c includes this once for each): a tile, and the walk over all tiles.
 *
 * The includer defines T, and NAME(name), which puts the kind's name behind it: NAME(vector), NAME(fused)(a, b, c), NAME(splat)(x), and for the tiles of
 * gemm_zeros.h NAME(words), NAME(lower) and NAME(minus_zeros).
 */

/* `rows` rows by `columns` columns of C from panels of A and one of B, or, where they are whole, several: computed are `height` rows of `vectors` vectors, the
 * last of which is perhaps not whole; both are known when this is compiled, so that every sum has its register. Where there is a list, its k steps are all
 * that is computed; false: that is not enough, and C is as before. */
INLINE bool NAME(tile)(T *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t rows, int64_t columns,
                       const uint8_t *list, int64_t k, bool accumulate, int height, int vectors)
{
    NAME(vector) sum[TALL][FLAT * VECTORS];
    const int64_t a_lane = a->lane;
    const T *row[TALL], *next = b->data;
    size_t last = vectors > VECTORS ? BYTES : (size_t)(columns - (vectors - 1) * NAME(LANES)) * sizeof(T);
    UNROLLED for (int i = 0; i < height; i++)
    {
        const int64_t r = i < rows ? i : 0; /* beyond the edge, the first row again: nobody stores it */
        row[i] = (const T *)a->data + r / ROWS * a->panel + r % ROWS * a_lane;
        UNROLLED for (int v = 0; v < vectors; v++)
        {
            const size_t bytes = v < vectors - 1 ? BYTES : last;
            sum[i][v] = accumulate ? (NAME(vector))load(c + r * ldc + v * NAME(LANES), bytes) : (NAME(vector)){0};
        }
    }
    int64_t at = 0;
    do {
        const int64_t step = list ? *list * b->step : 0;
        if (list)
            at = *list++ * a->step;
        UNROLLED for (int i = 0; i < height; i++)
        {
            const T *x =
                height > ROWS ? row[i / 4 * 4] + i % 4 * a_lane : row[i]; /* sixteen addresses fit no registers */
            const NAME(vector) splat = NAME(splat)(x[at]);
            UNROLLED for (int v = 0; v < vectors; v++)
            {
                const NAME(vector) *panel = (const NAME(vector) *)(next + (step + v / VECTORS * b->panel));
                sum[i][v] = NAME(fused)(splat, panel[v % VECTORS], sum[i][v]);
            }
        }
        at += a->step;
        next += list ? 0 : b->step;
    } while (--k);
    if (list) {
        NAME(words) lowest = {0};
        UNROLLED for (int i = 0; i < height; i++)
        {
            UNROLLED for (int v = 0; v < vectors; v++) lowest = NAME(lower)(lowest, sum[i][v]);
        }
        if (!is_zero((vector_u32)NAME(minus_zeros)(lowest)))
            return false;
    }
    UNROLLED for (int i = 0; i < height; i++)
    {
        UNROLLED for (int v = 0; v < vectors; v++) if (i < rows)
            store(c + i * ldc + v * NAME(LANES), (vector_f32)sum[i][v], v < vectors - 1 ? BYTES : last);
    }
    return true;
}

/* As many rows and vectors as it takes: neither a narrow product nor a single row (an example at a time) costs as much as a large one. */
NOINLINE void NAME(fitting_tile)(T *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t rows,
                                 int64_t columns, int64_t k, bool accumulate)
{
    if (TALL > ROWS && rows == TALL)
        NAME(tile)(c, ldc, a, b, TALL, columns, NULL, k, accumulate, TALL, 1);
    else if (SINGLES && rows == 1 && columns <= NAME(LANES))
        NAME(tile)(c, ldc, a, b, 1, columns, NULL, k, accumulate, 1, 1);
    else if (SINGLES && rows == 1 && columns > (VECTORS - 1) * NAME(LANES))
        NAME(tile)(c, ldc, a, b, 1, columns, NULL, k, accumulate, 1, VECTORS);
    else if (columns <= NAME(LANES))
        NAME(tile)(c, ldc, a, b, rows, columns, NULL, k, accumulate, ROWS, 1);
    else if (VECTORS > 2 && columns <= 2 * NAME(LANES))
        NAME(tile)(c, ldc, a, b, rows, columns, NULL, k, accumulate, ROWS, 2);
    else
        NAME(tile)(c, ldc, a, b, rows, columns, NULL, k, accumulate, ROWS, VECTORS);
}

/* A single row by FLAT whole panels. There is nothing to use a step of B for but one multiply-add, so what counts is that it streams: neighbouring panels
 * together are neighbouring memory, where B is used as it lies. */
NOINLINE void NAME(flat_tile)(T *c, const ssi_panels *a, const ssi_panels *b, int64_t k, bool accumulate)
{
    NAME(tile)(c, 0, a, b, 1, FLAT * VECTORS * NAME(LANES), NULL, k, accumulate, 1, FLAT * VECTORS);
}

/* Panels from the i-th row of A on, or from panel p of B on. */
INLINE ssi_panels NAME(from_row)(const ssi_panels *a, int64_t i)
{
    const uint64_t row = (uint64_t)i; /* so that dividing it takes no division */
    ssi_panels rows = *a;
    rows.data = (const T *)a->data + (int64_t)(row / ROWS) * a->panel + (int64_t)(row % ROWS) * a->lane;
    return rows;
}

INLINE ssi_panels NAME(from_panel)(const ssi_panels *b, int64_t p)
{
    ssi_panels panels = *b;
    panels.data = (const T *)b->data + p * b->panel;
    return panels;
}

/* So many whole tiles, one below the other, from 0. They are computed in one loop, for a tile begins while the multiply-adds of the one before go on, if what it
 * begins with need not be fetched from a caller's memory. */
NOINLINE __attribute__((hot)) void NAME(whole_tiles)(T *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b,
                                                     int64_t count, int64_t k)
{
    const ssi_panels panel = *b;
    ssi_panels strip = *a;
    for (; count > 0; count--, c += ROWS * ldc, strip.data = (const T *)strip.data + a->panel)
        NAME(tile)(c, ldc, &strip, &panel, ROWS, VECTORS * NAME(LANES), NULL, k, false, ROWS, VECTORS);
}

/* All steps of all rows and columns. */
SHORT void NAME(multiply_all)(void *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                              int64_t k, bool accumulate)
{
    const int64_t nr = VECTORS * NAME(LANES);
    ssi_panels panel = *b;
    int64_t j = 0;
    for (int64_t i = 0; k == 0 && i < (accumulate ? 0 : m); i++)
        memset((T *)c + i * ldc, 0, (size_t)n * sizeof(T));
    if (k == 0)
        return;
    for (; m == 1 && j + FLAT * nr <= n; j += FLAT * nr, panel = NAME(from_panel)(&panel, FLAT))
        NAME(flat_tile)((T *)c + j, a, &panel, k, accumulate);
    for (; j < n; j += nr, panel = NAME(from_panel)(&panel, 1)) {
        const int64_t columns = n - j < nr ? n - j : nr,
                      whole = NAME(LOOP) && !accumulate && columns == nr ? m / ROWS : 0;
        if (NAME(LOOP))
            NAME(whole_tiles)((T *)c + j, ldc, a, &panel, whole, k);
        for (int64_t i = whole * ROWS, rows; i < m; i += rows) {
            ssi_panels row = NAME(from_row)(a, i);
            rows = columns <= NAME(LANES) && m - i >= TALL ? TALL : m - i < ROWS ? m - i : ROWS;
            NAME(fitting_tile)((T *)c + i * ldc + j, ldc, &row, &panel, rows, columns, k, accumulate);
        }
    }
}
