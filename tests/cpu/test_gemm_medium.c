/*
 * test_gemm_medium.c - products of operands rounded to bf16, or that are bf16 already, of every instruction set of this machine, bit for bit: the chain of
 * f32's multiply-adds over the rounded numbers, of each two steps the second first. On processors that multiply pairs of bf16 that is avx512's way, f32
 * kernels on rounded numbers the others'.
 */
#include <float.h>

#include "vector.h"

enum { MOST = 40 };

static float rounded(float x)
{
    return fabsf(x) < FLT_MIN ? copysignf(0, x) : ssi_bf16_to_f32(ssi_f32_to_bf16(x));
}

static int64_t round_up(int64_t n, int64_t to)
{
    return (n + to - 1) / to * to;
}

/* A matrix in memory, of f32 or of bf16; strides in elements. */
typedef struct matrix {
    const void *data;
    ssi_dtype dtype;
    int64_t row, column;
} matrix;

static const void *element(const matrix *x, int64_t i, int64_t j)
{
    return (const char *)x->data + (i * x->row + j * x->column) * (int64_t)ssi_dtype_size(x->dtype);
}

static float value(const matrix *x, int64_t i, int64_t j)
{
    return rounded((float)ssi_get_f64(element(x, i, j), x->dtype, 0));
}

/* What a product is made of: a (m,k) and b (k,n). */
typedef struct product {
    const ssi_backend *set;
    int64_t m, n, k;
    matrix a, b;
} product;

static float expected_at(const product *p, int64_t i, int64_t j)
{
    float sum = 0;
    for (int64_t q = 0; q < p->k; q++) {
        int64_t step = (q ^ 1) < p->k ? q ^ 1 : q;
        sum = fmaf(value(&p->a, i, step), value(&p->b, step, j), sum);
    }
    return sum;
}

/* k steps of A from `from` on, rounded where memory ends: rows of steps, or, where A's columns are neighbours, steps of rows. Pairs of bf16 may lie there. */
static ssi_panels left_operand(const product *p, int64_t from, int64_t k, int64_t steps, char *room)
{
    const ssi_gemm_routines *gemm = p->set->gemm_medium(p->a.dtype);
    const void *src = element(&p->a, 0, from);
    bool along = p->a.column == 1;
    if (gemm->together == 2 && gemm->size == 2 && along && k % 2 == 0 && p->a.row % 2 == 0)
        return (ssi_panels){src, gemm->mr * p->a.row / 2, 1, p->a.row / 2, false};
    void *a = placed(room, true, (size_t)(p->m * steps), 4);
    gemm->round(a, along ? steps : p->m, src, along ? p->a.row : p->a.column, along ? p->m : k, along ? k : p->m,
                !along);
    return along ? (ssi_panels){a, gemm->mr * steps, 1, steps, false} : (ssi_panels){a, gemm->mr, p->m, 1, false};
}

/* k steps from `from` on, packed where memory ends, onto c; lying: by the routine for an A that lies as it is. */
static void multiply_part(const product *p, bool lying, float *c, int64_t from, int64_t k, char *room_a, char *room_b)
{
    const ssi_gemm_routines *gemm = p->set->gemm_medium(p->b.dtype);
    int64_t steps = round_up(k, gemm->together) / gemm->together;
    void *b = placed(room_b, true, (size_t)(round_up(p->n, gemm->nr) * steps), 4);
    gemm->pack(b, element(&p->b, from, 0), p->b.column, p->b.row, p->n, k);
    ssi_panels of_b = ssi_packed(gemm, b, steps);
    if (lying) {
        ssi_panels lies = {element(&p->a, 0, from), gemm->mr * p->a.row, p->a.column, p->a.row, false};
        void *room = placed(room_a, true, (size_t)(SSI_ROUNDED_ROWS * steps), 4);
        p->set->gemm_medium(p->a.dtype)->multiply_lying(c, p->n, &lies, &of_b, p->m, p->n, k, from > 0, room);
        return;
    }
    ssi_panels of_a = left_operand(p, from, k, steps, room_a);
    gemm->multiply(c, p->n, &of_a, &of_b, p->m, p->n, steps, from > 0);
}

static void compare(const product *p, const float *c, const char *way)
{
    for (int64_t i = 0; i < p->m * p->n; i++) {
        float expected = expected_at(p, i / p->n, i % p->n);
        if (memcmp(&c[i], &expected, 4) != 0 && !(isnan(c[i]) && isnan(expected)))
            fail_msg("%s: element %d of %d x %d x %d, %s by %s, %s: %a instead of %a", p->set->name, (int)i, (int)p->m,
                     (int)p->n, (int)p->k, ssi_dtype_name(p->a.dtype), ssi_dtype_name(p->b.dtype), way, (double)c[i],
                     (double)expected);
    }
}

/* The whole product, and the same with k cut where pairs end; both from rounded rows of A and, where that is possible, from A as it lies. */
static void check(const product *p, char *room_a, char *room_b, float *c)
{
    int64_t cut = p->k / 4 * 2;
    bool can_lie = p->set->gemm_medium(p->a.dtype)->multiply_lying != NULL;
    for (int lying = 0; lying <= can_lie; lying++) {
        memset(c, 0x55, (size_t)(p->m * p->n) * sizeof *c);
        multiply_part(p, lying, c, 0, p->k, room_a, room_b);
        compare(p, c, lying ? "A as it lies" : "at once");
        if (!cut)
            continue;
        multiply_part(p, lying, c, 0, cut, room_a, room_b);
        multiply_part(p, lying, c, cut, p->k - cut, room_a, room_b);
        compare(p, c, lying ? "A as it lies, in two parts" : "in two parts");
    }
}

#define EACH_SET(set) for (const ssi_backend *const *set = ssi_backends(); *set != NULL; set++)

/* The same numbers, in each dtype. */
typedef struct numbers {
    float *wide;
    uint16_t *narrow;
} numbers;

static numbers new_numbers(int64_t count)
{
    return (numbers){malloc((size_t)count * sizeof(float)), malloc((size_t)count * sizeof(uint16_t))};
}

static void set_number(numbers *x, int64_t i, float to)
{
    x->wide[i] = to;
    x->narrow[i] = ssi_f32_to_bf16(to);
}

static void free_numbers(numbers *x)
{
    free(x->wide), free(x->narrow);
}

/* x, whose rows or columns are neighbours, `apart` elements from one to the next, and which begins at `from`. */
static matrix matrix_of(const numbers *x, bool narrow, int64_t from, bool turned, int64_t apart)
{
    const void *data = narrow ? (const void *)(x->narrow + from) : x->wide + from;
    return (matrix){data, narrow ? SSI_BF16 : SSI_F32, turned ? 1 : apart, turned ? apart : 1};
}

/* Sizes from 1 to MOST, each with every fourth of the others; rows and columns beside each other by turns, and both dtypes of both operands. */
static void small_products_equal_the_chain_of_rounded_numbers(void **state)
{
    static float c[MOST * MOST];
    numbers a = new_numbers(MOST * MOST + 2), b = new_numbers(MOST * MOST + 2);
    char *room_a = guarded(), *room_b = guarded();
    uint32_t seed = 5, turn = 0;
    for (int i = 0; i < MOST * MOST + 2; i++) {
        set_number(&a, i, (float)(int32_t)next(&seed) * 0x1p-31f);
        set_number(&b, i, (float)(int32_t)next(&seed) * 0x1p-31f);
    }
    EACH_SET(set)
    for (int64_t m = 1; m <= MOST; m++)
        for (int64_t n = 1; n <= MOST; n += 1 + (m & 3))
            for (int64_t k = 1 + ((m + n) & 1); k <= MOST; k += 3) {
                turn += 0x9E3779B9u; /* its upper bits come in all combinations */
                int64_t apart_a = MOST - (turn >> 31 & 1), apart_b = MOST - (turn >> 30 & 1); /* rows may overlap */
                product p = {*set,
                             m,
                             n,
                             k,
                             matrix_of(&a, turn >> 29 & 1, turn >> 28 & 1, turn >> 27 & 1, apart_a),
                             matrix_of(&b, turn >> 26 & 1, turn >> 25 & 1, turn >> 24 & 1, apart_b)};
                check(&p, room_a, room_b, c);
            }
    free_numbers(&a), free_numbers(&b);
    unguarded(room_a), unguarded(room_b);
}

static void numbers_that_are_none_go_through(void **state)
{
    enum { M = 9, N = 35, K = 6 };
    static const float special[] = {0, -0.0f, 1, -1, NAN, INFINITY, -INFINITY, FLT_MAX, 0x1p-149f, -0x1.8p-127f, 3};
    static float c[M * N];
    numbers a = new_numbers(M * K), b = new_numbers(K * N);
    char *room_a = guarded(), *room_b = guarded();
    for (uint32_t seed = 1; seed < 60; seed++) {
        uint32_t state_of = seed;
        for (int i = 0; i < M * K; i++)
            set_number(&a, i, special[next(&state_of) % 11]);
        for (int i = 0; i < K * N; i++)
            set_number(&b, i, special[next(&state_of) % 11]);
        EACH_SET(set)
        for (int narrow = 0; narrow < 4; narrow++) {
            product p = {*set,
                         M,
                         N,
                         K - seed % 2,
                         matrix_of(&a, narrow & 1, 0, false, K),
                         matrix_of(&b, narrow & 2, 0, false, N)};
            check(&p, room_a, room_b, c);
        }
    }
    free_numbers(&a), free_numbers(&b);
    unguarded(room_a), unguarded(room_b);
}

static void large_products_equal_it_too(void **state)
{
    uint32_t seed = 3;
    for (int trial = 0; trial < 16; trial++) {
        int64_t m = 1 + next(&seed) % 90, n = 1 + next(&seed) % (trial < 8 ? 60 : 10), k = 1 + next(&seed) % 250;
        bool turned = trial & 1;
        float *c = malloc((size_t)(m * n) * 4);
        numbers a = new_numbers(m * k), b = new_numbers(k * n);
        char *room_a = guarded(), *room_b = guarded();
        for (int64_t i = 0; i < m * k; i++)
            set_number(&a, i, ldexpf((float)(int32_t)next(&seed), (int)(next(&seed) % 40) - 50));
        for (int64_t i = 0; i < k * n; i++)
            set_number(&b, i, ldexpf((float)(int32_t)next(&seed), (int)(next(&seed) % 40) - 50));
        EACH_SET(set)
        for (int narrow = 0; narrow < 4; narrow++) {
            product p = {*set,
                         m,
                         n,
                         k,
                         matrix_of(&a, narrow & 1, 0, !turned, turned ? k : m),
                         matrix_of(&b, narrow & 2, 0, turned, turned ? k : n)};
            check(&p, room_a, room_b, c);
        }
        free(c);
        free_numbers(&a), free_numbers(&b);
        unguarded(room_a), unguarded(room_b);
    }
}

/* Zeros of both signs, most of them in whole steps. */
static void put_zeros(float *a, int64_t count, int64_t steps, uint32_t seed)
{
    for (int64_t i = 0; i < count; i++)
        if (i % steps * 5 % 7 < 4 || next(&seed) % 4 == 0)
            a[i] = next(&seed) % 3 ? 0.0f : -0.0f;
}

static void steps_at_which_a_is_zero_change_no_bit(void **state)
{
    static const int64_t shapes[][3] = {{1, 200, 40}, {3, 64, 5},    {9, 100, 129},
                                        {70, 70, 33}, {9, 130, 100}, {140, 130, 40}};
    uint32_t seed = 7;
    char *room_a = guarded(), *room_b = guarded();
    for (size_t s = 0; s < 2 * sizeof shapes / sizeof *shapes; s++) {
        int64_t m = shapes[s / 2][0], n = shapes[s / 2][1], k = shapes[s / 2][2];
        bool turned = s % 2;
        float *a = malloc((size_t)(m * k) * 4), *b = malloc((size_t)(k * n) * 4), *c = malloc((size_t)(m * n) * 4);
        for (int64_t i = 0; i < m * k; i++)
            a[i] = (float)(int32_t)next(&seed) * 0x1p-31f;
        for (int64_t i = 0; i < k * n; i++)
            b[i] = (float)(int32_t)next(&seed) * 0x1p-31f;
        put_zeros(a, m * k, turned ? m : k, seed);
        for (int none = 0; none < 2; none++) {
            if (none)
                b[k * n / 2] = INFINITY;
            EACH_SET(set)
            {
                matrix of_a = {a, SSI_F32, turned ? 1 : k, turned ? m : 1}, of_b = {b, SSI_F32, n, 1};
                product p = {*set, m, n, k, of_a, of_b};
                check(&p, room_a, room_b, c);
            }
        }
        free(a), free(b), free(c);
    }
    unguarded(room_a), unguarded(room_b);
}

/* Products below f32's normal range end as zeros of either sign. Beside an infinity no step is left out, and the other columns must be the same. */
static void products_that_are_too_small_have_the_same_sign_without_those_steps(void **state)
{
    enum { M = 21, N = 64, K = 30 };
    static float a[M * K], b[K * N], c[2][M * N];
    char *room_a = guarded(), *room_b = guarded();
    uint32_t seed = 9;
    for (int i = 0; i < M * K; i++)
        a[i] = next(&seed) % 2 ? 0x1p-70f : -0x1p-71f;
    for (int i = 0; i < K * N; i++)
        b[i] = next(&seed) % 2 ? 0x1p-68f : -0x1p-69f;
    put_zeros(a, M * K, K, seed);
    EACH_SET(set)
    {
        product p = {*set, M, N, K, {a, SSI_F32, K, 1}, {b, SSI_F32, N, 1}};
        int minus = 0;
        for (int none = 0; none < 2; none++) {
            b[3 * N + 5] = none ? INFINITY : 1;
            b[3 * N + N - 5] = none ? INFINITY : 1;
            multiply_part(&p, false, c[none], 0, K, room_a, room_b);
        }
        for (int i = 0; i < M * N; i++) {
            minus += signbit(c[0][i]) != 0;
            if (i % N != 5 && i % N != N - 5 && memcmp(&c[0][i], &c[1][i], 4) != 0)
                fail_msg("%s: element %d: %a instead of %a", (*set)->name, i, (double)c[0][i], (double)c[1][i]);
        }
        assert_true(minus > 0);
    }
    unguarded(room_a), unguarded(room_b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_products_equal_the_chain_of_rounded_numbers),
        cmocka_unit_test(numbers_that_are_none_go_through),
        cmocka_unit_test(large_products_equal_it_too),
        cmocka_unit_test(steps_at_which_a_is_zero_change_no_bit),
        cmocka_unit_test(products_that_are_too_small_have_the_same_sign_without_those_steps),
    };
    return cmocka_run_group_tests_name("gemm medium", tests, NULL, NULL);
}
