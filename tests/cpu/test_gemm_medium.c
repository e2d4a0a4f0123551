/*
 * test_gemm_medium.c - products of operands rounded to bf16, of every instruction set of this machine, bit for bit: the chain of f32's multiply-adds over
 * the rounded numbers. On processors that multiply pairs of bf16 that is avx512's way, f32 kernels on rounded numbers the others'.
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

/* What a product is made of: a (m,k) and b (k,n) in memory, with these strides; room for its panels and itself. */
typedef struct product {
    const ssi_gemm_routines *gemm;
    const char *set;
    int64_t m, n, k;
    const float *a, *b;
    int64_t a_row, a_column, b_row, b_column;
} product;

static float expected_at(const product *p, int64_t i, int64_t j, int64_t k)
{
    float sum = 0;
    for (int64_t q = 0; q < k; q++)
        sum = fmaf(rounded(p->a[i * p->a_row + q * p->a_column]), rounded(p->b[q * p->b_row + j * p->b_column]), sum);
    return sum;
}

/* k steps of A from `from` on, rounded where memory ends: rows of steps, or, where A's columns are neighbours, steps of rows. */
static ssi_panels left_operand(const product *p, int64_t from, int64_t k, int64_t steps, char *room)
{
    const ssi_gemm_routines *gemm = p->gemm;
    const float *src = p->a + from * p->a_column;
    void *a = placed(room, true, (size_t)(p->m * steps), 4);
    if (p->a_column == 1) {
        gemm->round(a, steps, src, p->a_row, p->m, k, false);
        return (ssi_panels){a, gemm->mr * steps, 1, steps};
    }
    gemm->round(a, p->m, src, p->a_column, k, p->m, true);
    return (ssi_panels){a, gemm->mr, p->m, 1};
}

/* k steps from `from` on, packed where memory ends, onto c. */
static void multiply_part(const product *p, float *c, int64_t from, int64_t k, char *room_a, char *room_b)
{
    const ssi_gemm_routines *gemm = p->gemm;
    int64_t steps = round_up(k, gemm->together) / gemm->together;
    void *b = placed(room_b, true, (size_t)(round_up(p->n, gemm->nr) * steps), 4);
    gemm->pack(b, p->b + from * p->b_row, p->b_column, p->b_row, p->n, k);
    ssi_panels of_a = left_operand(p, from, k, steps, room_a), of_b = ssi_packed(gemm, b, steps);
    gemm->multiply(c, p->n, &of_a, &of_b, p->m, p->n, steps, from > 0);
}

/* The whole product, and the same with k cut where pairs end. */
static void check(const product *p, char *room_a, char *room_b, float *c)
{
    int64_t cut = p->k / 4 * 2;
    for (int parts = 1; parts <= (cut ? 2 : 1); parts++) {
        memset(c, 0x55, (size_t)(p->m * p->n) * sizeof *c);
        multiply_part(p, c, 0, parts == 1 ? p->k : cut, room_a, room_b);
        if (parts == 2)
            multiply_part(p, c, cut, p->k - cut, room_a, room_b);
        for (int64_t i = 0; i < p->m * p->n; i++) {
            float expected = expected_at(p, i / p->n, i % p->n, p->k);
            if (memcmp(&c[i], &expected, 4) != 0 && !(isnan(c[i]) && isnan(expected)))
                fail_msg("%s: element %d of %d x %d x %d, in %d: %a instead of %a", p->set, (int)i, (int)p->m,
                         (int)p->n, (int)p->k, parts, (double)c[i], (double)expected);
        }
    }
}

#define EACH_SET(set) for (const ssi_backend *const *set = ssi_backends(); *set != NULL; set++)

/* Sizes from 1 to MOST, each with every fourth of the others; rows and columns beside each other by turns. */
static void small_products_equal_the_chain_of_rounded_numbers(void **state)
{
    static float a[MOST * MOST], b[MOST * MOST], c[MOST * MOST];
    char *room_a = guarded(), *room_b = guarded();
    uint32_t seed = 5;
    for (int i = 0; i < MOST * MOST; i++) {
        a[i] = (float)(int32_t)next(&seed) * 0x1p-31f;
        b[i] = (float)(int32_t)next(&seed) * 0x1p-31f;
    }
    EACH_SET(set)
    for (int64_t m = 1; m <= MOST; m++)
        for (int64_t n = 1; n <= MOST; n += 1 + (m & 3))
            for (int64_t k = 1 + ((m + n) & 1); k <= MOST; k += 3) {
                bool turned = (m + n + k) & 1;
                product p = {
                    (*set)->gemm_medium(), (*set)->name,     m, n, k, a, b, turned ? 1 : MOST, turned ? MOST : 1,
                    turned ? 1 : MOST,     turned ? MOST : 1};
                check(&p, room_a, room_b, c);
            }
    unguarded(room_a), unguarded(room_b);
}

static void numbers_that_are_none_go_through(void **state)
{
    enum { M = 9, N = 35, K = 5 };
    static const float special[] = {0, -0.0f, 1, -1, NAN, INFINITY, -INFINITY, FLT_MAX, 0x1p-149f, -0x1.8p-127f, 3};
    static float a[M * K], b[K * N], c[M * N];
    char *room_a = guarded(), *room_b = guarded();
    for (uint32_t seed = 1; seed < 60; seed++) {
        uint32_t state_of = seed;
        for (int i = 0; i < M * K; i++)
            a[i] = special[next(&state_of) % 11];
        for (int i = 0; i < K * N; i++)
            b[i] = special[next(&state_of) % 11];
        EACH_SET(set)
        {
            product p = {(*set)->gemm_medium(), (*set)->name, M, N, K, a, b, K, 1, N, 1};
            check(&p, room_a, room_b, c);
        }
    }
    unguarded(room_a), unguarded(room_b);
}

static void large_products_equal_it_too(void **state)
{
    uint32_t seed = 3;
    for (int trial = 0; trial < 6; trial++) {
        int64_t m = 1 + next(&seed) % 60, n = 1 + next(&seed) % 60, k = 1 + next(&seed) % 250;
        float *a = malloc((size_t)(m * k) * 4), *b = malloc((size_t)(k * n) * 4), *c = malloc((size_t)(m * n) * 4);
        char *room_a = guarded(), *room_b = guarded();
        for (int64_t i = 0; i < m * k; i++)
            a[i] = ldexpf((float)(int32_t)next(&seed), (int)(next(&seed) % 40) - 50);
        for (int64_t i = 0; i < k * n; i++)
            b[i] = ldexpf((float)(int32_t)next(&seed), (int)(next(&seed) % 40) - 50);
        EACH_SET(set)
        {
            product p = {(*set)->gemm_medium(), (*set)->name, m, n, k, a, b, 1, m, n, 1};
            check(&p, room_a, room_b, c);
        }
        free(a), free(b), free(c);
        unguarded(room_a), unguarded(room_b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_products_equal_the_chain_of_rounded_numbers),
        cmocka_unit_test(numbers_that_are_none_go_through),
        cmocka_unit_test(large_products_equal_it_too),
    };
    return cmocka_run_group_tests_name("gemm medium", tests, NULL, NULL);
}
