/*
 * gemm_tile.h - multiplying panels of one kind of element (gemm.isa.c includes this once for each): a tile, and the walk over all tiles.
 *
 * The includer defines T, and NAME(name), which puts the kind's name behind it: NAME(vector), NAME(fused)(a, b, c), NAME(splat)(x).
 */

/* `rows` rows by `columns` columns of C from panels of A and one of B: computed are `height` rows of `vectors` vectors, the last of which is perhaps not whole;
 * both are known when this is compiled, so that every sum has its register. */
INLINE void NAME(tile)(T *c, int64_t ldc, const T *a, const ssi_panels *panels, const T *b, int64_t b_step,
                       int64_t rows, int64_t columns, int64_t k, bool accumulate, int height, int vectors)
{
    NAME(vector) sum[TALL][VECTORS];
    const int64_t a_step = panels->step, a_lane = panels->lane;
    const T *row[TALL];
    size_t last = (size_t)(columns - (vectors - 1) * NAME(LANES)) * sizeof(T);
    UNROLLED for (int i = 0; i < height; i++)
    {
        const int64_t r = i < rows ? i : 0; /* beyond the edge, the first row again: nobody stores it */
        row[i] = a + r / ROWS * panels->panel + r % ROWS * a_lane;
        for (int v = 0; v < vectors; v++)
            sum[i][v] = accumulate ? (NAME(vector))load(c + r * ldc + v * NAME(LANES), v < vectors - 1 ? BYTES : last)
                                   : (NAME(vector)){0};
    }
    int64_t at = 0;
    do {
        const NAME(vector) *step = (const NAME(vector) *)b;
        UNROLLED for (int i = 0; i < height; i++)
        {
            const T *x =
                height > ROWS ? row[i / 4 * 4] + i % 4 * a_lane : row[i]; /* sixteen addresses fit no registers */
            const NAME(vector) splat = NAME(splat)(x[at]);
            for (int v = 0; v < vectors; v++)
                sum[i][v] = NAME(fused)(splat, step[v], sum[i][v]);
        }
        at += a_step;
        b += b_step;
    } while (--k);
    UNROLLED for (int i = 0; i < height; i++)
    {
        for (int v = 0; v < vectors && i < rows; v++)
            store(c + i * ldc + v * NAME(LANES), (vector_f32)sum[i][v], v < vectors - 1 ? BYTES : last);
    }
}

/* A single row by FLAT whole panels. There is nothing to use a step of B for but one multiply-add, so what counts is that it streams: neighbouring panels
 * together are neighbouring memory, where B is used as it lies. */
NOINLINE void NAME(flat_tile)(T *c, const T *a, int64_t a_step, const T *b, int64_t b_panel, int64_t b_step, int64_t k,
                              bool accumulate)
{
    NAME(vector) sum[FLAT][VECTORS];
    UNROLLED for (int p = 0; p < FLAT; p++)
    {
        for (int v = 0; v < VECTORS; v++)
            sum[p][v] = accumulate ? *(const NAME(vector) *)(c + (p * VECTORS + v) * NAME(LANES)) : (NAME(vector)){0};
    }
    for (int64_t q = 0; q < k; q++, a += a_step, b += b_step) {
        const NAME(vector) splat = NAME(splat)(*a);
        for (int p = 0; p < FLAT; p++)
            for (int v = 0; v < VECTORS; v++)
                sum[p][v] = NAME(fused)(splat, ((const NAME(vector) *)(b + p * b_panel))[v], sum[p][v]);
    }
    UNROLLED for (int p = 0; p < FLAT; p++)
    {
        for (int v = 0; v < VECTORS; v++)
            *(NAME(vector) *)(c + (p * VECTORS + v) * NAME(LANES)) = sum[p][v];
    }
}

/* As many rows and vectors as it takes: neither a narrow product nor a single row (an example at a time) costs as much as a large one. */
NOINLINE void NAME(fitting_tile)(T *c, int64_t ldc, const T *a, const ssi_panels *panels, const T *b, int64_t b_step,
                                 int64_t rows, int64_t columns, int64_t k, bool accumulate)
{
    if (TALL > ROWS && rows == TALL)
        NAME(tile)(c, ldc, a, panels, b, b_step, TALL, columns, k, accumulate, TALL, 1);
    else if (SINGLES && rows == 1 && columns <= NAME(LANES))
        NAME(tile)(c, ldc, a, panels, b, b_step, 1, columns, k, accumulate, 1, 1);
    else if (SINGLES && rows == 1 && columns > (VECTORS - 1) * NAME(LANES))
        NAME(tile)(c, ldc, a, panels, b, b_step, 1, columns, k, accumulate, 1, VECTORS);
    else if (columns <= NAME(LANES))
        NAME(tile)(c, ldc, a, panels, b, b_step, rows, columns, k, accumulate, ROWS, 1);
    else if (VECTORS > 2 && columns <= 2 * NAME(LANES))
        NAME(tile)(c, ldc, a, panels, b, b_step, rows, columns, k, accumulate, ROWS, 2);
    else
        NAME(tile)(c, ldc, a, panels, b, b_step, rows, columns, k, accumulate, ROWS, VECTORS);
}

static void NAME(multiply)(void *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                           int64_t k, bool accumulate)
{
    const int64_t nr = VECTORS * NAME(LANES);
    const T *panel = b->data;
    int64_t j = 0;
    for (int64_t i = 0; k == 0 && i < (accumulate ? 0 : m); i++)
        memset((T *)c + i * ldc, 0, (size_t)n * sizeof(T));
    if (k == 0)
        return;
    for (; m == 1 && j + FLAT * nr <= n; j += FLAT * nr, panel += FLAT * b->panel)
        NAME(flat_tile)((T *)c + j, a->data, a->step, panel, b->panel, b->step, k, accumulate);
    for (; j < n; j += nr, panel += b->panel)
        for (int64_t i = 0, rows; i < m; i += rows) {
            int64_t columns = n - j < nr ? n - j : nr;
            rows = columns <= NAME(LANES) && m - i >= TALL ? TALL : m - i < ROWS ? m - i : ROWS;
            NAME(fitting_tile)
            ((T *)c + i * ldc + j, ldc, (const T *)a->data + i / ROWS * a->panel, a, panel, b->step, rows, columns, k,
             accumulate);
        }
}
