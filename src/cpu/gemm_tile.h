/*
 * gemm_tile.h - multiplying panels of one kind of element (gemm.isa.c includes this once for each): a tile, and the walk over all tiles. With
 * LYING defined, A need not be packed.
 *
 * The includer defines T, and NAME(name), which puts the kind's name behind it: NAME(vector), NAME(fused)(a, b, c), NAME(splat)(x).
 */

/* `rows` rows by `columns` columns of C from one panel of A and one of B: of the tile's rows the first `height` are computed, and `vectors` vectors of its
 * columns, the last of which is perhaps not whole. Both are known when this is compiled, so that every sum has its register. */
INLINE void NAME(tile)(T *c, int64_t ldc, const T *a, int64_t a_step, int64_t a_lane, const T *b, int64_t b_step,
                       int64_t rows, int64_t columns, int64_t k, bool accumulate, int height, int vectors)
{
    const bool packed = a_lane == 1 && a_step == ROWS;
    NAME(vector) sum[ROWS][VECTORS];
    int64_t lane[ROWS]; /* where a row's element lies; beyond the edge of an A that is not packed, some other row's */
    size_t last = (size_t)(columns - (vectors - 1) * NAME(LANES)) * sizeof(T);
    UNROLLED for (int i = 0; i < height; i++)
    {
        lane[i] = packed ? i : i < rows ? i * a_lane : 0;
        for (int v = 0; v < vectors; v++) {
            sum[i][v] = (NAME(vector)){0};
            if (accumulate && i < rows)
                sum[i][v] = (NAME(vector))load(c + i * ldc + v * NAME(LANES), v < vectors - 1 ? BYTES : last);
        }
    }
    for (int64_t q = 0; q < k; q++, a += a_step, b += b_step) {
        const NAME(vector) *step = (const NAME(vector) *)b;
        UNROLLED for (int i = 0; i < height; i++)
        {
            const NAME(vector) splat = NAME(splat)(a[lane[i]]);
            for (int v = 0; v < vectors; v++)
                sum[i][v] = NAME(fused)(splat, step[v], sum[i][v]);
        }
    }
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

/* As many vectors as the columns need, and for a single row (an example at a time) no more than that: neither a narrow nor a flat product costs as much as a
 * large one. */
INLINE void NAME(fitting_tile)(T *c, int64_t ldc, const T *a, int64_t a_step, int64_t a_lane, const T *b,
                               int64_t b_step, int64_t rows, int64_t columns, int64_t k, bool accumulate, int height)
{
    if (columns <= NAME(LANES))
        NAME(tile)(c, ldc, a, a_step, a_lane, b, b_step, rows, columns, k, accumulate, height, 1);
    else if (VECTORS > 2 && columns <= 2 * NAME(LANES))
        NAME(tile)(c, ldc, a, a_step, a_lane, b, b_step, rows, columns, k, accumulate, height, 2);
    else
        NAME(tile)(c, ldc, a, a_step, a_lane, b, b_step, rows, columns, k, accumulate, height, VECTORS);
}

/* A packed, which is what nearly all time is spent on. */
NOINLINE void NAME(packed_tile)(T *c, int64_t ldc, const T *a, const T *b, int64_t b_step, int64_t rows,
                                int64_t columns, int64_t k, bool accumulate)
{
    if (rows == 1 && columns > (VECTORS - 1) * NAME(LANES))
        NAME(tile)(c, ldc, a, ROWS, 1, b, b_step, 1, columns, k, accumulate, 1, VECTORS);
    else
        NAME(fitting_tile)(c, ldc, a, ROWS, 1, b, b_step, rows, columns, k, accumulate, ROWS);
}

#ifdef LYING
/* A as it lies: a single row by a panel of B, or NARROW columns. */
NOINLINE void NAME(lying_tile)(T *c, int64_t ldc, const T *a, int64_t a_step, int64_t a_lane, const T *b,
                               int64_t b_step, int64_t rows, int64_t columns, int64_t k, bool accumulate)
{
    if (rows == 1)
        NAME(fitting_tile)(c, ldc, a, a_step, 0, b, b_step, 1, columns, k, accumulate, 1);
    else if ((int)NARROW > (int)NAME(LANES) && columns > NAME(LANES))
        NAME(tile)(c, ldc, a, a_step, a_lane, b, b_step, rows, columns, k, accumulate, ROWS, 2);
    else
        NAME(tile)(c, ldc, a, a_step, a_lane, b, b_step, rows, columns, k, accumulate, ROWS, 1);
}
#endif

static void NAME(multiply)(void *c, int64_t ldc, const ssi_panels *a, const ssi_panels *b, int64_t m, int64_t n,
                           int64_t k, bool accumulate)
{
    const int64_t nr = VECTORS * NAME(LANES);
    const T *panel = b->data;
    int64_t j = 0;
    for (; m == 1 && j + FLAT * nr <= n; j += FLAT * nr, panel += FLAT * b->panel)
        NAME(flat_tile)((T *)c + j, a->data, a->step, panel, b->panel, b->step, k, accumulate);
    for (; j < n; j += nr, panel += b->panel)
        for (int64_t i = 0; i < m; i += ROWS) {
            int64_t rows = m - i < ROWS ? m - i : ROWS, columns = n - j < nr ? n - j : nr;
            const T *from = (const T *)a->data + i / ROWS * a->panel;
            T *corner = (T *)c + i * ldc + j;
#ifdef LYING
            if (a->lane != 1 || a->step != ROWS || a->panel != ROWS * k) {
                NAME(lying_tile)(corner, ldc, from, a->step, a->lane, panel, b->step, rows, columns, k, accumulate);
                continue;
            }
#endif
            NAME(packed_tile)(corner, ldc, from, panel, b->step, rows, columns, k, accumulate);
        }
}
