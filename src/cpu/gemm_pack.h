/*
 * gemm_pack.h - packing for one element type (gemm.isa.c includes this once for each): B into panels of nr (here: WIDTH) lanes, [k][nr].
 *
 * Lanes that are neighbours in memory (across == 1) are copied, step by step. Where steps are neighbours (along == 1), squares of SIDE lanes
 * by SIDE steps are transposed in registers. Edges and any other strides go element by element.
 *
 * The includer defines T, and NAME(name), which puts the type's name behind it.
 */
#define WIDTH (VECTORS * NAME(LANES))
typedef T NAME(square_row) __attribute__((vector_size(SIDE * sizeof(T)), aligned(sizeof(T)), may_alias));

/* Each round lays the rows of the lower half and of the upper half together, element beside element. In an element's address, row number before
 * column number, that is a rotation by one bit; after log2(SIDE) rounds the two numbers have changed places. */
INLINE void NAME(transpose)(T *dst, int64_t dst_row, const T *src, int64_t src_row)
{
    NAME(square_row) x[SIDE], y[SIDE];
    for (int i = 0; i < SIDE; i++)
        x[i] = *(const NAME(square_row) *)(src + i * src_row);
    for (int round = 1; round < SIDE; round *= 2) {
        for (int i = 0; i < SIDE / 2; i++) {
            y[2 * i] = __builtin_shufflevector(x[i], x[i + SIDE / 2], FIRST_HALVES);
            y[2 * i + 1] = __builtin_shufflevector(x[i], x[i + SIDE / 2], SECOND_HALVES);
        }
        for (int i = 0; i < SIDE; i++)
            x[i] = y[i];
    }
    for (int i = 0; i < SIDE; i++)
        *(NAME(square_row) *)(dst + i * dst_row) = x[i];
}

/* A panel of which the lanes from `count` on are zeros. */
NOINLINE void NAME(pack_elements)(T *panel, const T *src, int64_t across, int64_t along, int64_t count, int64_t k)
{
    if (count < WIDTH)
        memset(panel, 0, (size_t)(k * WIDTH) * sizeof(T));
    for (int64_t q = 0; q < k; q++)
        for (int64_t i = 0; i < count; i++)
            panel[q * WIDTH + i] = src[i * across + q * along];
}

INLINE void NAME(pack_squares)(T *panel, const T *src, int64_t across, int64_t k)
{
    int64_t whole = k / SIDE * SIDE;
    for (int64_t q = 0; q < whole; q += SIDE)
        for (int64_t i = 0; i < WIDTH; i += SIDE)
            NAME(transpose)(panel + q * WIDTH + i, WIDTH, src + i * across + q, across);
    NAME(pack_elements)(panel + whole * WIDTH, src + whole, across, 1, WIDTH, k - whole);
}

static void NAME(pack)(void *dst, const void *src, int64_t across, int64_t along, int64_t count, int64_t k)
{
    for (int64_t lane = 0; lane < count; lane += WIDTH) {
        T *panel = (T *)dst + lane * k;
        const T *from = (const T *)src + lane * across;
        if (lane + WIDTH > count)
            NAME(pack_elements)(panel, from, across, along, count - lane, k);
        else if (across == 1)
            for (int64_t q = 0; q < k; q++)
                memcpy(panel + q * WIDTH, from + q * along, WIDTH * sizeof(T));
        else if (along == 1)
            NAME(pack_squares)(panel, from, across, k);
        else
            NAME(pack_elements)(panel, from, across, along, WIDTH, k);
    }
}
#undef WIDTH
