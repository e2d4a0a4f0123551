/*
 * test_gemm.c - packing and products of every instruction set of this machine, bit for bit against the chain of multiply-adds in backend.h.
 *
 * Every size up to 70 in all three directions for f32, up to 40 for the others (all: up to 20 where an emulator runs this, 70 with SSI_TEST_LONG=1).
 * Operands end where memory ends, so that a read too far is a crash.
 */
#include "vector.h"

enum { MOST = 70, PADDING = 5, MARGIN = 64 };
#ifdef SSI_TEST_SIZES
enum { FEWEST = SSI_TEST_SIZES, FEWEST_F32 = SSI_TEST_SIZES };
#else
enum { FEWEST = 40, FEWEST_F32 = MOST };
#endif

static const ssi_dtype dtypes[] = {SSI_F32, SSI_F64, SSI_I64};

#define EACH_SET_AND_DTYPE(set, dtype)                                                                                 \
    for (const ssi_backend *const *set = ssi_backends(); *set != NULL; set++)                                          \
        for (const ssi_dtype *dtype = dtypes; dtype < dtypes + 3; dtype++)

static int64_t largest(ssi_dtype dtype)
{
    return getenv("SSI_TEST_LONG") ? MOST : dtype == SSI_F32 ? FEWEST_F32 : FEWEST;
}

static int64_t round_up(int64_t n, int64_t to)
{
    return (n + to - 1) / to * to;
}

static void *element(const void *x, ssi_dtype dtype, int64_t i)
{
    return (char *)x + i * (int64_t)ssi_dtype_size(dtype);
}

/* Numbers of which every bit counts in a sum, and which sum to something else in another order. */
static void fill_numbers(void *x, ssi_dtype dtype, int64_t count, uint32_t seed)
{
    for (int64_t i = 0; i < count; i++) {
        int64_t bits = (int64_t)((uint64_t)next(&seed) << 32 | next(&seed));
        if (dtype == SSI_I64)
            ssi_put_i64(x, dtype, i, bits);
        else
            ssi_put_f64(x, dtype, i, ldexp((double)bits, (int)(next(&seed) % 8) - 66));
    }
}

/* *d = a*b + *c, in one rounding on all sets but the portable one. */
static void step(const ssi_backend *set, ssi_dtype dtype, void *d, const void *a, const void *b, const void *c)
{
    bool fused = strcmp(set->name, "portable") != 0;
    if (dtype == SSI_F32) {
        float x, y, z;
        memcpy(&x, a, 4), memcpy(&y, b, 4), memcpy(&z, c, 4);
        volatile float product = x * y;
        x = fused ? fmaf(x, y, z) : product + z;
        memcpy(d, &x, 4);
    } else if (dtype == SSI_F64) {
        double x, y, z;
        memcpy(&x, a, 8), memcpy(&y, b, 8), memcpy(&z, c, 8);
        volatile double product = x * y;
        x = fused ? fma(x, y, z) : product + z;
        memcpy(d, &x, 8);
    } else {
        uint64_t x, y, z;
        memcpy(&x, a, 8), memcpy(&y, b, 8), memcpy(&z, c, 8);
        x = x * y + z;
        memcpy(d, &x, 8);
    }
}

/* c (m,n, rows ldc apart) = c + a (m,k) b (k,n), by the definition. */
static void multiply_naively(const ssi_backend *set, ssi_dtype dtype, void *c, int64_t ldc, const void *a,
                             const void *b, int64_t m, int64_t n, int64_t k)
{
    for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < n; j++)
            for (int64_t q = 0; q < k; q++) {
                void *sum = element(c, dtype, i * ldc + j);
                step(set, dtype, sum, element(a, dtype, i * k + q), element(b, dtype, q * n + j), sum);
            }
}

/* ---- packing ---- */

static void pack_naively(ssi_dtype dtype, void *dst, const void *src, int64_t across, int64_t along, int64_t count,
                         int64_t k, int nr)
{
    memset(dst, 0, (size_t)(round_up(count, nr) * k) * ssi_dtype_size(dtype));
    for (int64_t lane = 0; lane < count; lane++)
        for (int64_t q = 0; q < k; q++)
            memcpy(element(dst, dtype, (lane / nr * k + q) * nr + lane % nr),
                   element(src, dtype, lane * across + q * along), ssi_dtype_size(dtype));
}

/* A matrix whose last element is the last before memory that may not be touched. */
static void check_pack(const ssi_gemm_routines *gemm, ssi_dtype dtype, int64_t count, int64_t k, int64_t across,
                       int64_t along, char *source, char *packed, void *expected)
{
    int64_t extent = (count - 1) * llabs(across) + (k - 1) * llabs(along) + 1, out = round_up(count, gemm->nr) * k;
    size_t size = ssi_dtype_size(dtype);
    void *start = placed(source, true, (size_t)extent, size), *dst = placed(packed, true, (size_t)out, size);
    int64_t first = (across < 0 ? (1 - count) * across : 0) + (along < 0 ? (1 - k) * along : 0);
    fill_numbers(start, dtype, extent, (uint32_t)(count * 1000 + k));
    memset(dst, 0x55, (size_t)out * size);
    gemm->pack(dst, element(start, dtype, first), across, along, count, k);
    pack_naively(dtype, expected, element(start, dtype, first), across, along, count, k, gemm->nr);
    if (memcmp(dst, expected, (size_t)out * size) != 0)
        fail_msg("%s: %d lanes, %d steps, strides %d and %d", ssi_dtype_name(dtype), (int)count, (int)k, (int)across,
                 (int)along);
}

static void packing_is_what_the_header_says(void **state)
{
    char *source = guarded(), *packed = guarded(), *expected = guarded();
    EACH_SET_AND_DTYPE(set, dtype)
    {
        const ssi_gemm_routines *gemm = (*set)->gemm[*dtype];
        for (int64_t count = 1; count <= FEWEST; count++)
            for (int64_t k = 1; k <= FEWEST; k++) {
                const int64_t strides[][2] = {{1, count}, {1, count + 3}, {k, 1},      {k + 3, 1}, {2 * k, 2}, {-k, 1},
                                              {k, -1},    {1, -count},    {-1, count}, {0, 1},     {1, 0}};
                for (size_t s = 0; s < sizeof strides / sizeof *strides; s++)
                    check_pack(gemm, *dtype, count, k, strides[s][0], strides[s][1], source, packed, expected);
            }
    }
    unguarded(source), unguarded(packed), unguarded(expected);
}

/* ---- products ---- */

/* What the products of one set and dtype are made from: a (MOST,MOST) and b (MOST,MOST), and every prefix of every element's chain:
 * sums[q] is c after q steps, so that the product of the first m rows, n columns and k steps is the corner of sums[k]. */
typedef struct table {
    const ssi_backend *set;
    ssi_dtype dtype;
    int64_t most;
    char *a, *b, *sums;
    char *room_a, *room_b, *room_c; /* guarded */
} table;

static const void *sum_of(const table *t, int64_t q, int64_t i, int64_t j)
{
    return element(t->sums, t->dtype, (q * t->most + i) * t->most + j);
}

static void make_table(table *t, bool from_zero)
{
    int64_t most = t->most, square = most * most;
    fill_numbers(t->a, t->dtype, square, 1);
    fill_numbers(t->b, t->dtype, square, 2);
    fill_numbers(t->sums, t->dtype, square, 3);
    if (from_zero)
        memset(t->sums, 0, (size_t)square * ssi_dtype_size(t->dtype));
    for (int64_t q = 0; q < most; q++)
        for (int64_t i = 0; i < most; i++)
            for (int64_t j = 0; j < most; j++)
                step(t->set, t->dtype, (void *)sum_of(t, q + 1, i, j), element(t->a, t->dtype, i * most + q),
                     element(t->b, t->dtype, q * most + j), sum_of(t, q, i, j));
}

/* One product into the middle of a canvas; what lies around it must stay. */
static void check_product(const table *t, int64_t m, int64_t n, int64_t k, bool accumulate, ssi_panels a, ssi_panels b)
{
    size_t size = ssi_dtype_size(t->dtype);
    int64_t ldc = n + (m + k) % PADDING;
    void *c = placed(t->room_c, true, (size_t)((m - 1) * ldc + n), size);
    char *canvas = (char *)c - MARGIN;
    size_t canvas_bytes = (size_t)(t->room_c + PAGE - canvas);
    memset(canvas, 0x55, canvas_bytes);
    for (int64_t i = 0; accumulate && i < m; i++)
        memcpy(element(c, t->dtype, i * ldc), sum_of(t, 0, i, 0), (size_t)n * size);
    t->set->gemm[t->dtype]->multiply(c, ldc, &a, &b, m, n, k, accumulate);
    for (int64_t i = 0; i < m; i++) {
        if (memcmp(element(c, t->dtype, i * ldc), sum_of(t, k, i, 0), (size_t)n * size) != 0)
            fail_msg("%s %s: row %d of %d x %d x %d%s", t->set->name, ssi_dtype_name(t->dtype), (int)i, (int)m, (int)n,
                     (int)k, accumulate ? ", accumulating" : "");
        memset(element(c, t->dtype, i * ldc), 0x55, (size_t)n * size);
    }
    if (canvas[0] != 0x55 || memcmp(canvas, canvas + 1, canvas_bytes - 1) != 0)
        fail_msg("%s %s: %d x %d x %d wrote beside its result", t->set->name, ssi_dtype_name(t->dtype), (int)m, (int)n,
                 (int)k);
}

/* A's first m rows and k steps where memory ends: in rows, in columns, or in panels, each [k][mr], the last of which is cut off. */
static ssi_panels left_operand(const table *t, int64_t m, int64_t k, int form)
{
    const int64_t mr = t->set->gemm[t->dtype]->mr;
    const ssi_panels forms[] = {{NULL, mr * k, 1, k, false}, {NULL, mr, m, 1, false}, {NULL, mr * k, mr, 1, false}};
    ssi_panels panels = forms[form];
    int64_t last = (m - 1) / mr * panels.panel + (m - 1) % mr * panels.lane + (k ? k - 1 : 0) * panels.step;
    char *a = placed(t->room_a, true, (size_t)last + 1, ssi_dtype_size(t->dtype));
    for (int64_t i = 0; i < m; i++)
        for (int64_t q = 0; q < k; q++)
            memcpy(element(a, t->dtype, i / mr * panels.panel + i % mr * panels.lane + q * panels.step),
                   element(t->a, t->dtype, i * t->most + q), ssi_dtype_size(t->dtype));
    panels.data = a;
    return panels;
}

/* All products of k steps, A in each form by turns. Operands end where memory ends. */
static void check_products(const table *t, int64_t k, bool accumulate)
{
    const ssi_gemm_routines *gemm = t->set->gemm[t->dtype];
    size_t size = ssi_dtype_size(t->dtype);
    for (int64_t m = 1; m <= t->most; m++) {
        ssi_panels a = left_operand(t, m, k, (int)((m + k + accumulate) % 3));
        for (int64_t n = 1; n <= t->most; n++) {
            void *b = placed(t->room_b, true, (size_t)(round_up(n, gemm->nr) * k), size);
            gemm->pack(b, t->b, 1, t->most, n, k);
            check_product(t, m, n, k, accumulate, a, ssi_packed(gemm, b, k));
            if (n % gemm->nr == 0)
                check_product(t, m, n, k, accumulate, a, (ssi_panels){t->b, gemm->nr, t->most, 1, false});
        }
    }
}

static void check_all_products(bool accumulate)
{
    table t = {.room_a = guarded(), .room_b = guarded(), .room_c = guarded()};
    t.a = malloc(MOST * MOST * 8), t.b = malloc(MOST * MOST * 8), t.sums = malloc(MOST * MOST * (MOST + 1) * 8);
    EACH_SET_AND_DTYPE(set, dtype)
    {
        t.set = *set;
        t.dtype = *dtype;
        t.most = largest(*dtype);
        make_table(&t, !accumulate);
        for (int64_t k = 0; k <= t.most; k++)
            check_products(&t, k, accumulate);
    }
    free(t.a), free(t.b), free(t.sums);
    unguarded(t.room_a), unguarded(t.room_b), unguarded(t.room_c);
}

static void every_small_product_equals_its_chain_bit_for_bit(void **state)
{
    check_all_products(false);
}

static void accumulating_goes_on_from_what_is_there(void **state)
{
    check_all_products(true);
}

/* The way products are really made: operands in different layouts, k in two parts. A's columns may be neighbours; B may be known to be finite. */
static void check_in_parts(const ssi_backend *set, ssi_dtype dtype, int64_t m, int64_t n, int64_t k, const void *a,
                           const void *b, bool turned, bool finite)
{
    const ssi_gemm_routines *gemm = set->gemm[dtype];
    size_t size = ssi_dtype_size(dtype);
    int64_t ldc = n + 7;
    char *packed_b = malloc((size_t)(round_up(n, gemm->nr) * k) * size), *columns = malloc((size_t)(m * k) * size);
    char *c = calloc((size_t)(m * ldc), size), *expected = calloc((size_t)(m * ldc), size);
    for (int64_t i = 0; i < m * k; i++)
        memcpy(element(columns, dtype, i % k * m + i / k), element(a, dtype, i), size);
    for (int part = 0; part < 2; part++) {
        int64_t from = part == 0 ? 0 : k / 2, steps = part == 0 ? k / 2 : k - k / 2;
        gemm->pack(packed_b, element(b, dtype, from * n), 1, n, n, steps);
        ssi_panels of_a = {element(a, dtype, from), gemm->mr * k, 1, k, false},
                   of_b = ssi_packed(gemm, packed_b, steps);
        if (turned)
            of_a = (ssi_panels){element(columns, dtype, from * m), gemm->mr, m, 1, false};
        of_b.finite = finite;
        gemm->multiply(c, ldc, &of_a, &of_b, m, n, steps, part > 0);
    }
    multiply_naively(set, dtype, expected, ldc, a, b, m, n, k);
    assert_same(c, expected, dtype, (size_t)(m * ldc), set->name);
    free(packed_b), free(columns), free(c), free(expected);
}

static void large_products_equal_their_chain_when_k_is_cut(void **state)
{
    uint32_t seed = 11;
    EACH_SET_AND_DTYPE(set, dtype)
    for (int trial = 0; trial < 6; trial++) {
        int64_t m = 1 + next(&seed) % 200, n = 1 + next(&seed) % 200, k = 2 + next(&seed) % 300;
        char *a = malloc((size_t)(m * k) * 8), *b = malloc((size_t)(k * n) * 8);
        fill_numbers(a, *dtype, m * k, next(&seed));
        fill_numbers(b, *dtype, k * n, next(&seed));
        check_in_parts(*set, *dtype, m, n, k, a, b, trial % 2, false);
        free(a), free(b);
    }
}

static void nan_and_infinity_go_through(void **state)
{
    enum { M = 19, N = 35, K = 4 };
    char a[M * K * 8], b[K * N * 8];
    EACH_SET_AND_DTYPE(set, dtype)
    for (uint32_t seed = 0; seed < 20; seed++) {
        fill(a, *dtype, M * K, seed);
        fill(b, *dtype, K * N, seed + 100);
        check_in_parts(*set, *dtype, M, N, K, a, b, seed % 2, false);
    }
}

/* ---- zeros of A, which are left out ---- */

typedef enum zeros {
    HARDLY_ANY,
    HALF,
    MOST_OF_ALL,
    ALL,
    SOME_STEPS,
    SOME_ROWS,
    STEPS_AT_THE_END,
    KINDS_OF_ZEROS
} zeros;

/* Whether element (i,q) is to be zero. */
static bool is_zero(zeros kind, int64_t i, int64_t q, uint32_t random)
{
    return kind == HARDLY_ANY         ? random % 50 == 0
           : kind == HALF             ? random % 2 == 0
           : kind == MOST_OF_ALL      ? random % 10 > 0
           : kind == SOME_STEPS       ? q * 7 % 5 < 3
           : kind == SOME_ROWS        ? i % 11 < 9
           : kind == STEPS_AT_THE_END ? q > 3
                                      : true;
}

/* Of both signs. */
static void put_zeros(void *a, ssi_dtype dtype, zeros kind, int64_t m, int64_t k, uint32_t seed)
{
    for (int64_t i = 0; i < m * k; i++)
        if (is_zero(kind, i / k, i % k, next(&seed) >> 8)) {
            if (dtype == SSI_I64)
                ssi_put_i64(a, dtype, i, 0);
            else
                ssi_put_f64(a, dtype, i, next(&seed) % 3 ? 0.0 : -0.0);
        }
}

/* Numbers so small that products and sums of them are denormal or nothing, of either sign, and by chance the same ones again with the other. */
static void fill_tiny(void *x, ssi_dtype dtype, int64_t count, uint32_t seed)
{
    const int middle = dtype == SSI_F32 ? -75 : -537;
    for (int64_t i = 0; i < count; i++)
        ssi_put_f64(x, dtype, i, ldexp(next(&seed) % 2 ? 1 : -1, middle + (int)(next(&seed) % 4) - 2));
}

typedef enum numbers { ORDINARY, TINY, WITH_NONE, KINDS_OF_NUMBERS } numbers;

static void check_zeros(const ssi_backend *set, ssi_dtype dtype, zeros kind, numbers of, int64_t m, int64_t n,
                        int64_t k, uint32_t seed)
{
    char *a = malloc((size_t)(m * k) * 8), *b = malloc((size_t)(k * n) * 8);
    if (of == TINY && dtype != SSI_I64) {
        fill_tiny(a, dtype, m * k, seed);
        fill_tiny(b, dtype, k * n, seed + 1);
    } else {
        fill_numbers(a, dtype, m * k, seed);
        fill_numbers(b, dtype, k * n, seed + 1);
    }
    for (int i = 0; of == WITH_NONE && dtype != SSI_I64 && i < 3; i++)
        ssi_put_f64(b, dtype, (int64_t)(next(&seed) % (uint32_t)(k * n)), i ? INFINITY : NAN);
    put_zeros(a, dtype, kind, m, k, seed);
    for (int turned = 0; turned < 2; turned++)
        check_in_parts(set, dtype, m, n, k, a, b, turned, of != WITH_NONE && (m == 1 || (kind + turned) % 2));
    free(a), free(b);
}

/* m, n, k: single rows, few, odd ones and many; one panel and several, cut off; blocks of k as long as lists may be, and longer ones. */
static void steps_at_which_a_is_zero_change_no_bit(void **state)
{
    static const int64_t shapes[][3] = {{1, 96, 40},   {1, 200, 270}, {2, 130, 37}, {3, 64, 5},    {4, 48, 64},
                                        {5, 77, 300},  {8, 256, 40},  {9, 100, 64}, {12, 65, 520}, {70, 64, 33},
                                        {140, 64, 20}, {9, 200, 230}, {5, 130, 520}};
    EACH_SET_AND_DTYPE(set, dtype)
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
        for (zeros kind = 0; kind < KINDS_OF_ZEROS; kind++)
            for (numbers of = 0; of < KINDS_OF_NUMBERS; of++)
                check_zeros(*set, *dtype, kind, of, shapes[s][0], shapes[s][1], shapes[s][2],
                            (uint32_t)(s * 100 + kind * 10 + of));
}

/* Not one step is left, and yet infinity times zero is none. */
static void zeros_times_infinity_are_none(void **state)
{
    enum { M = 12, N = 100, K = 30 };
    static double a[M * K], b[K * N];
    for (const ssi_backend *const *set = ssi_backends(); *set != NULL; set++) {
        memset(b, 0, sizeof b);
        ssi_put_f64(b, SSI_F32, 17 * N + 40, INFINITY);
        float c[M * N];
        const ssi_gemm_routines *gemm = (*set)->gemm[SSI_F32];
        char *packed = calloc((size_t)(round_up(N, gemm->nr) * K), 4);
        gemm->pack(packed, b, 1, N, N, K);
        ssi_panels of_a = {a, gemm->mr * K, 1, K, false}, of_b = ssi_packed(gemm, packed, K);
        gemm->multiply(c, N, &of_a, &of_b, M, N, K, false);
        for (int i = 0; i < M * N; i++)
            assert_true(i % N == 40 ? isnan(c[i]) : c[i] == 0);
        free(packed);
    }
}

static void no_steps_make_zeros(void **state)
{
    EACH_SET_AND_DTYPE(set, dtype)
    {
        int64_t c[15];
        memset(c, 0x55, sizeof c);
        ssi_panels none = {c, 0, 0, 1, false};
        (*set)->gemm[*dtype]->multiply(c, 5, &none, &none, 3, 5, 0, false);
        for (int i = 0; i < 15; i++)
            assert_int_equal(ssi_get_i64(c, *dtype, i), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packing_is_what_the_header_says),
        cmocka_unit_test(every_small_product_equals_its_chain_bit_for_bit),
        cmocka_unit_test(accumulating_goes_on_from_what_is_there),
        cmocka_unit_test(large_products_equal_their_chain_when_k_is_cut),
        cmocka_unit_test(nan_and_infinity_go_through),
        cmocka_unit_test(steps_at_which_a_is_zero_change_no_bit),
        cmocka_unit_test(zeros_times_infinity_are_none),
        cmocka_unit_test(no_steps_make_zeros),
    };
    return cmocka_run_group_tests_name("gemm", tests, NULL, NULL);
}
