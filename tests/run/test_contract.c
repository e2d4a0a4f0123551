/*
 * test_contract.c - matrix products through the engine, bit for bit against the chain of multiply-adds: every way operands can lie, shapes around the
 * edges of panels and tiles, any number of threads.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "run/backend.h"
#include "run/run.h"
#include "ssi/ssi.h"

/* How the operand a product reads comes to lie in memory. */
typedef enum layout { AS_ROWS, TRANSPOSED, PART_OF_WIDE, EVERY_SECOND, UPSIDE_DOWN, ONE_ROW_REPEATED, LAYOUTS } layout;

enum { WIDE = 700 };

/* An operand (rows,columns) of f32 or bf16, and `values` filled with its elements in C order. With zeros: most of its columns, and half of the rest. */
static ssi_tensor *operand(ssi_dtype dtype, layout how, int64_t rows, int64_t columns, float *values, unsigned seed,
                           bool zeros)
{
    int64_t r = how == TRANSPOSED ? columns : how == ONE_ROW_REPEATED ? 1 : rows;
    int64_t c = how == TRANSPOSED     ? rows
                : how == PART_OF_WIDE ? columns + WIDE
                : how == EVERY_SECOND ? 2 * columns
                                      : columns;
    float *data = malloc((size_t)(r * c) * sizeof *data);
    for (int64_t i = 0; i < r * c; i++)
        data[i] = (float)((seed = seed * 1664525u + 1013904223u) >> 8) * 0x1p-23f - 1;
    for (int64_t i = 0; zeros && i < r * c; i++)
        if ((how == TRANSPOSED ? i / c : i % c) * 3 % 7 < 5 || i * 37 % 101 < 50)
            data[i] = 0;
    ssi_tensor *x = ssi_cast(ssi_array(data, r, c), dtype);
    assert_int_equal(ssi_eval(x), 0);
    free(data);
    const ssi_range part[] = {{0, SSI_END, 1}, {5, 5 + columns, 1}}, second[] = {{0, SSI_END, 1}, {0, SSI_END, 2}};
    x = how == TRANSPOSED         ? ssi_transpose(x)
        : how == PART_OF_WIDE     ? ssi_slice(x, 2, part)
        : how == EVERY_SECOND     ? ssi_slice(x, 2, second)
        : how == UPSIDE_DOWN      ? ssi_flip(x, 0)
        : how == ONE_ROW_REPEATED ? ssi_expand(x, rows, columns)
                                  : x;
    assert_int_equal(ssi_read(x, SSI_F32, values, rows * columns), 0);
    return x;
}

/* Numbers of both signs. */
static void fill(float *value, int count)
{
    for (int i = 0; i < count; i++)
        value[i] = (float)(i * 29 % 97) / 64 - 0.7f;
}

static float step(float a, float b, float c)
{
    volatile float product = a * b;
    return strcmp(ssi_cpu(), "portable") == 0 ? product + c : fmaf(a, b, c);
}

/* What a product of this precision makes of an operand. */
static float taken(float x, ssi_precision precision)
{
    return precision == SSI_MEDIUM ? ssi_bf16_to_f32(ssi_f32_to_bf16(x)) : x;
}

/* Of the k steps the one that is added as number q: of each two, medium has the second first. */
static int64_t step_at(int64_t q, int64_t k, ssi_precision precision)
{
    return precision == SSI_MEDIUM && (q ^ 1) < k ? q ^ 1 : q;
}

/* The product, and with bias and relu behind it, as it is trained. A has zeros, or not. */
static void check_of(ssi_dtype a_dtype, ssi_dtype b_dtype, ssi_precision precision, layout a_lies, layout b_lies,
                     int64_t m, int64_t n, int64_t k, bool zeros)
{
    ssi_scope scope = ssi_scope_open();
    ssi_set_precision(precision);
    float *a = malloc((size_t)(m * k) * 4), *b = malloc((size_t)(k * n) * 4), *c = malloc((size_t)(m * n) * 4);
    ssi_tensor *x = operand(a_dtype, a_lies, m, k, a, 1, zeros), *w = operand(b_dtype, b_lies, k, n, b, 2, false);
    ssi_tensor *product = ssi_matmul(x, w), *followed = ssi_relu(ssi_sub(ssi_matmul(x, w), 0.25));
    const bool narrow = ssi_dtype_of(product) == SSI_BF16;
    assert_int_equal(narrow, a_dtype == SSI_BF16 && b_dtype == SSI_BF16);
    for (int64_t i = 0; i < m * n; i++) {
        c[i] = 0;
        for (int64_t q = 0; q < k; q++) {
            int64_t at = step_at(q, k, precision);
            c[i] = step(taken(a[i / n * k + at], precision), taken(b[at * n + i % n], precision), c[i]);
        }
        c[i] = narrow ? ssi_bf16_to_f32(ssi_f32_to_bf16(c[i])) : c[i];
    }
    const float *plain = ssi_data_f32(ssi_cast(product, SSI_F32)), *fused = ssi_data_f32(ssi_cast(followed, SSI_F32));
    assert_non_null(plain);
    assert_non_null(fused);
    for (int64_t i = 0; i < m * n; i++) {
        float expected = c[i] - 0.25f > 0 ? c[i] - 0.25f : 0;
        expected = narrow ? ssi_bf16_to_f32(ssi_f32_to_bf16(expected)) : expected;
        if (memcmp(&plain[i], &c[i], 4) != 0 || fused[i] != expected)
            fail_msg("element %d of %dx%dx%d, a %s lies %d, b %s lies %d, %d threads, precision %d", (int)i, (int)m,
                     (int)n, (int)k, ssi_dtype_name(a_dtype), a_lies, ssi_dtype_name(b_dtype), b_lies, ssi_threads(),
                     precision);
    }
    free(a), free(b), free(c);
    ssi_set_precision(SSI_HIGHEST);
    ssi_scope_close(scope);
}

static void check(ssi_precision precision, layout a_lies, layout b_lies, int64_t m, int64_t n, int64_t k)
{
    check_of(SSI_F32, SSI_F32, precision, a_lies, b_lies, m, n, k, false);
}

static void every_layout_gives_the_bits_of_the_chain(void **state)
{
    static const int64_t shapes[][3] = {{1, 1, 1},   {1, 33, 7},   {3, 64, 20},  {8, 32, 257}, {9, 10, 300},
                                        {50, 96, 3}, {65, 40, 65}, {70, 31, 13}, {2, 600, 5},  {130, 70, 40}};
    static const int threads[] = {1, 2, 3, 8};
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
        ssi_set_threads(threads[t]);
        for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
            for (layout b_lies = 0; b_lies < LAYOUTS; b_lies++) {
                for (ssi_precision p = SSI_HIGHEST; p <= SSI_MEDIUM; p++) {
                    check(p, AS_ROWS, b_lies, shapes[s][0], shapes[s][1], shapes[s][2]);
                    check(p, b_lies, AS_ROWS, shapes[s][0], shapes[s][1], shapes[s][2]);
                }
            }
    }
    ssi_set_threads(0);
}

/* Alone and beside f32, at shapes of whole pairs and others. */
static void bf16_is_multiplied_as_it_lies(void **state)
{
    static const int64_t shapes[][3] = {{1, 1, 1},      {1, 33, 7},    {1, 40, 64},  {8, 32, 258},
                                        {9, 10, 300},   {65, 40, 65},  {70, 31, 14}, {2, 600, 6},
                                        {33, 34, 1026}, {40, 10, 300}, {50, 3, 77},  {33, 10, 1026}};
    for (int threads = 1; threads <= 2; threads++) {
        ssi_set_threads(threads);
        for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
            for (layout lies = 0; lies < LAYOUTS; lies++)
                for (int wide = 0; wide < 3; wide++) {
                    ssi_dtype a = wide == 1 ? SSI_F32 : SSI_BF16, b = wide == 2 ? SSI_F32 : SSI_BF16;
                    check_of(a, b, SSI_MEDIUM, AS_ROWS, lies, shapes[s][0], shapes[s][1], shapes[s][2], false);
                    check_of(a, b, SSI_MEDIUM, lies, AS_ROWS, shapes[s][0], shapes[s][1], shapes[s][2], false);
                }
    }
    ssi_set_threads(0);
}

/* A slice that begins anywhere, so that pairs lie across the machine's words; weights that stay, and ones that are overwritten. */
static void bf16_may_begin_anywhere_and_change(void **state)
{
    enum { M = 20, K = 32, N = 40 };
    ssi_scope scope = ssi_scope_open();
    static float start[(M + 1) * K + 1], value[K * N], expected[M * N];
    fill(start, (M + 1) * K + 1);
    for (int i = 0; i < K * N; i++)
        value[i] = (float)(i * 31 % 89) / 64 - 0.6f;
    ssi_set_precision(SSI_MEDIUM);
    ssi_tensor *all = ssi_cast(ssi_array(start, (M + 1) * K + 1), SSI_BF16),
               *w = ssi_cast(ssi_array(value, K, N), SSI_BF16);
    assert_int_equal(ssi_eval(all), 0);
    assert_int_equal(ssi_eval(w), 0);
    for (int64_t from = 0; from < 9; from++) {
        ssi_scope inner = ssi_scope_open();
        const ssi_range part[] = {{from, from + M * K, 1}};
        ssi_tensor *y = ssi_matmul(ssi_reshape(ssi_slice(all, 1, part), M, K), w), *z = ssi_cast(y, SSI_F32);
        for (int i = 0; i < M * N; i++) {
            expected[i] = 0;
            for (int q = 0; q < K; q++)
                expected[i] =
                    step(taken(start[from + i / N * K + (q ^ 1)], SSI_MEDIUM),
                         taken(ssi_bf16_to_f32(ssi_f32_to_bf16(value[(q ^ 1) * N + i % N])), SSI_MEDIUM), expected[i]);
            expected[i] = ssi_bf16_to_f32(ssi_f32_to_bf16(expected[i]));
        }
        assert_memory_equal(ssi_data_f32(z), expected, sizeof expected);
        ssi_assign(w, ssi_neg(w)); /* in place: its copies are packed anew */
        for (int i = 0; i < K * N; i++)
            value[i] = -value[i];
        assert_int_equal(ssi_scope_close(inner), 0);
    }
    ssi_set_precision(SSI_HIGHEST);
    ssi_scope_close(scope);
}

/* What several products read, as it is and turned, beside a sum that reads it unrounded; among the numbers those around the smallest normal one, which a cast to
 * bf16 would keep. */
static void what_is_multiplied_twice_is_rounded_once_without_a_trace(void **state)
{
    (void)state;
    static const int64_t shapes[][3] = {{32, 64, 48}, {21, 33, 35}, {128, 256, 40}, {2, 1, 3}};
    static const float special[] = {0x1.fffffcp-127f, -0x1.fffffcp-127f, 0x1p-126f, 0x1p-140f, -0.0f, 0x1.ff8p0f};
    static float value[128 * 256], large[128 * 256], seen[2][256 * 256];
    fill(value, 128 * 256);
    for (int i = 0; i < 128 * 256; i++)
        large[i] = value[i] * 0x1p100f; /* so that what is small shows */
    for (int i = 0; i < 128 * 256; i += 7)
        value[i] = special[i % 6];
    ssi_set_precision(SSI_MEDIUM);
    for (int s = 0; s < 4; s++) {
        ssi_scope scope = ssi_scope_open();
        int64_t m = shapes[s][0], k = shapes[s][1], n = shapes[s][2];
        ssi_tensor *x = ssi_array(value, m, k), *w = ssi_array(large, k, n), *g = ssi_array(large, m, n),
                   *known = ssi_neg(x);
        assert_int_equal(ssi_eval(known), 0);
        const ssi_range half[] = {{m / 2, SSI_END, 1}, {0, SSI_END, 1}};
        ssi_tensor *expected[] = {ssi_matmul(known, w), ssi_matmul(ssi_transpose(known), g), ssi_sum(known, 0),
                                  ssi_matmul(ssi_slice(known, 2, half), w)};
        ssi_tensor *result[4];
        for (int i = 0; i < 4; i++)
            result[i] = (ssi_zeros)(SSI_F32, ssi_rank(expected[i]),
                                    (int64_t[]){ssi_dim(expected[i], 0), i == 2 ? 0 : ssi_dim(expected[i], 1)});
        for (int threads = 1; threads <= 3; threads++) {
            ssi_set_threads(threads);
            ssi_scope inner = ssi_scope_open();
            ssi_tensor *y = ssi_neg(x);
            ssi_assign(result[0], ssi_matmul(y, w));
            ssi_assign(result[1], ssi_matmul(ssi_transpose(y), g));
            ssi_assign(result[2], ssi_sum(y, 0));
            ssi_assign(result[3], ssi_matmul(ssi_slice(y, 2, half), w));
            assert_int_equal(ssi_scope_close(inner), 0);
            for (int i = 0; i < 4; i++) {
                assert_int_equal(ssi_read(expected[i], SSI_F32, seen[0], ssi_size(expected[i])), 0);
                assert_int_equal(ssi_read(result[i], SSI_F32, seen[1], ssi_size(expected[i])), 0);
                assert_memory_equal(seen[0], seen[1], (size_t)ssi_size(expected[i]) * sizeof(float));
            }
        }
        ssi_scope_close(scope);
    }
    ssi_set_precision(SSI_HIGHEST);
    ssi_set_threads(0);
}

/* Used again and again, weights are copied after a while; then they change, and later are infinite, where zeros are not to be left out. */
static void weights_that_stay_or_change_give_the_bits_of_the_chain(void **state)
{
    enum { M = 80, K = 40, N = 300, ROUNDS = 20, CHANGE = 8, BLOW_UP = 14 };
    static float a[M * K], b[K * N];
    fill(a, M * K);
    fill(b, K * N);
    for (int i = 0; i < M * K; i++)
        a[i] = i % K % 3 ? 0 : a[i];
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_array(a, M, K), *w = ssi_array(b, K, N);
    assert_int_equal(ssi_eval(w), 0);
    for (int round = 0; round < ROUNDS; round++) {
        ssi_scope inner = ssi_scope_open();
        const float *y = ssi_data_f32(ssi_matmul(x, w));
        assert_non_null(y);
        for (int i = 0; i < M * N; i++) {
            float sum = 0;
            for (int q = 0; q < K; q++)
                sum = step(a[i / N * K + q], b[q * N + i % N], sum);
            if (isnan(sum) ? !isnan(y[i]) : y[i] != sum)
                fail_msg("round %d: element %d is %a instead of %a", round, i, (double)y[i], (double)sum);
        }
        const float by = round == CHANGE ? -1 : round == BLOW_UP ? INFINITY : 1;
        if (by != 1)
            ssi_assign(w, ssi_mul(w, by));
        for (int i = 0; i < K * N; i++)
            b[i] *= by;
        assert_int_equal(ssi_scope_close(inner), 0);
    }
    ssi_scope_close(scope);
}

/* Steps of k before, between and past blocks of panels, whole and odd. */
static void long_sums_are_cut_where_pairs_end(void **state)
{
    for (ssi_precision p = SSI_HIGHEST; p <= SSI_MEDIUM; p++)
        for (int64_t k = 255; k <= 1026; k += k % 256 == 2 ? 253 : 1)
            check(p, AS_ROWS, AS_ROWS, 9, 35, k);
}

static void zeros_of_the_left_operand_change_no_bit(void **state)
{
    static const int64_t shapes[][3] = {{1, 700, 300}, {3, 64, 20},    {9, 130, 300},
                                        {70, 100, 33}, {130, 600, 40}, {300, 64, 70}};
    for (int threads = 1; threads <= 3; threads++) {
        ssi_set_threads(threads);
        for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
            for (layout lies = 0; lies < LAYOUTS; lies++)
                for (ssi_precision p = SSI_HIGHEST; p <= SSI_MEDIUM; p++) {
                    check_of(SSI_F32, SSI_F32, p, lies, AS_ROWS, shapes[s][0], shapes[s][1], shapes[s][2], true);
                    check_of(SSI_F32, SSI_BF16, p, lies, TRANSPOSED, shapes[s][0], shapes[s][1], shapes[s][2], true);
                    check_of(SSI_BF16, SSI_BF16, p, lies, AS_ROWS, shapes[s][0], shapes[s][1], shapes[s][2], true);
                }
    }
    ssi_set_threads(0);
}

/* Of few columns, and with more steps than a core's cache holds packed. */
static void a_long_operand_of_few_columns_gives_the_bits_of_the_chain(void **state)
{
    static const int64_t shapes[][2] = {{1, 2}, {10, 10}, {3, 7}, {33, 5}, {64, 3}};
    const int64_t k = (1 << 18) / ssi_backend_cpu()->gemm[SSI_F32]->nr + 257;
    for (int threads = 1; threads <= 2; threads++) {
        ssi_set_threads(threads);
        for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
            for (layout lies = 0; lies < LAYOUTS; lies += lies == TRANSPOSED ? 2 : 1) {
                check(SSI_HIGHEST, lies, AS_ROWS, shapes[s][0], shapes[s][1], k);
                check(SSI_HIGHEST, TRANSPOSED, lies, shapes[s][0], shapes[s][1], k);
            }
    }
    check(SSI_HIGHEST, TRANSPOSED, PART_OF_WIDE, 2, 3, k);
    ssi_set_threads(0);
}

static void a_long_row_by_a_column_has_the_bits_of_the_product_of_two_vectors(void **state)
{
    (void)state;
    enum { K = 1000 };
    static const ssi_dtype dtypes[] = {SSI_F32, SSI_F64, SSI_I64, SSI_F16};
    ssi_scope scope = ssi_scope_open();
    for (size_t t = 0; t < sizeof dtypes / sizeof *dtypes; t++) {
        ssi_tensor *both = ssi_cast(ssi_mul((ssi_uniform)(SSI_F64, 2, (int64_t[]){2, K}, 1, 0), 9), dtypes[t]);
        ssi_tensor *a = ssi_slice(both, 1, &(ssi_range){0, 1, 1}), *b = ssi_slice(both, 1, &(ssi_range){1, 2, 1});
        ssi_tensor *y = ssi_matmul(a, ssi_transpose(b));
        assert_int_equal(y->rank, 2);
        assert_int_equal(ssi_dtype_of(y), dtypes[t]);
        double dot = ssi_item(ssi_matmul(ssi_reshape(a, K), ssi_reshape(b, K)));
        assert_true(ssi_item(y) == dot && dot > 1000);
        assert_true(ssi_item(ssi_matmul(ssi_reshape(a, K), ssi_transpose(b))) == dot);
    }
    ssi_scope_close(scope);
}

/* Of NaN, whose sign is nobody's business, only that they are. */
static void assert_same_bits(ssi_tensor *x, ssi_tensor *y)
{
    const ssi_dtype dtype = ssi_dtype_of(x);
    const void *a = ssi_data(x), *b = ssi_data(y);
    assert_int_equal(ssi_count(x), ssi_count(y));
    for (int64_t i = 0; i < ssi_count(x); i++) {
        double p = ssi_get_f64(a, dtype, i), q = ssi_get_f64(b, dtype, i);
        assert_true(isnan(p) ? isnan(q) : !memcmp(&p, &q, sizeof p));
    }
}

/* Sums of products that are summed where they are made, and of the same in memory. */
static void check_bits(ssi_tensor *y, ssi_tensor *products)
{
    assert_int_equal(ssi_eval(y), 0);
    assert_int_equal(ssi_eval(products), 0);
    assert_same_bits(y, ssi_sum(products, 1));
}

/* Rows of several axes: side by side, apart in equal steps or not, turned, repeated along each of the axes. */
static void batches_of_matrices_by_vectors_have_the_bits_of_sums_of_products_in_memory(void **state)
{
    (void)state;
    enum { P = 6, Q = 50 };
    static const int64_t widths[] = {8, 33, 64, 500};
    for (size_t i = 0; i < 2 * (sizeof widths / sizeof *widths); i++) {
        const int64_t width = widths[i / 2];
        const ssi_dtype dtype = i & 1 ? SSI_F64 : SSI_F32;
        ssi_set_threads(1 + (int)(i % 3));
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *x = ssi_sub((ssi_uniform)(dtype, 3, (int64_t[]){2 * P, 2 * Q, width + 5}, 1, i), 0.5);
        assert_int_equal(ssi_eval(x), 0);
        ssi_tensor *part = ssi_slice(x, 3, (ssi_range[]){{0, P, 1}, {0, Q, 1}, {2, 2 + width, 1}}),
                   *stepped = ssi_slice(x, 3, (ssi_range[]){{0, 2 * P, 2}, {0, 2 * Q, 2}, {0, width, 1}}),
                   *whole = ssi_mul(part, 1), *turned = ssi_mul(ssi_permute(part, 1, 0, 2), 1);
        assert_int_equal(ssi_eval(whole), 0);
        assert_int_equal(ssi_eval(turned), 0);
        ssi_tensor *operand[] = {whole,
                                 part,
                                 stepped,
                                 ssi_permute(turned, 1, 0, 2),
                                 ssi_flip(whole, 0),
                                 ssi_flip(whole, 1),
                                 ssi_slice(whole, 1, &(ssi_range){2, 3, 1}),
                                 ssi_slice(whole, 2, (ssi_range[]){{0, P, 1}, {1, 2, 1}}),
                                 ssi_squeeze(ssi_slice(whole, 1, &(ssi_range){0, 1, 1}), 0),
                                 ssi_at(whole, "2, 3")};
        for (size_t a = 0; a < 6; a++) {
            for (size_t b = 0; b < sizeof operand / sizeof *operand; b++) {
                ssi_tensor *y = ssi_sum(ssi_mul(operand[a], operand[b]), 2), *both = ssi_mul(operand[a], operand[b]);
                assert_int_equal(ssi_eval(y), 0);
                assert_int_equal(ssi_eval(both), 0);
                assert_same_bits(y, ssi_sum(both, 2));
            }
        }
        ssi_scope_close(scope);
    }
    ssi_set_threads(0);
}

static void a_matrix_by_a_vector_has_the_bits_of_sums_of_products_in_memory(void **state)
{
    (void)state;
    static const int64_t widths[] = {31,  32,  33,   64,   100,  255,  256,  500,  511,  512,
                                     513, 600, 1000, 1024, 1300, 4097, 5000, 9001, 40001};
    for (size_t i = 0; i < 2 * (sizeof widths / sizeof *widths); i++) {
        const int64_t width = widths[i / 2], rows = 20000 / width + 3;
        const ssi_dtype dtype = i & 1 ? SSI_F64 : SSI_F32;
        ssi_set_threads(1 + (int)(i % 3));
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *wide = ssi_sub((ssi_uniform)(dtype, 2, (int64_t[]){rows, width + 7}, 1, i), 0.5);
        wide = ssi_where(ssi_greater(wide, 0.4999), INFINITY, ssi_where(ssi_less(wide, -0.4999), NAN, wide));
        assert_int_equal(ssi_eval(wide), 0);
        ssi_tensor *part = ssi_slice(wide, 2, (ssi_range[]){{0, rows, 1}, {3, 3 + width, 1}}),
                   *whole = ssi_mul(part, 1);
        ssi_tensor *v = ssi_squeeze(ssi_slice(whole, 1, &(ssi_range){1, 2, 1}), 0),
                   *apart = ssi_mul(ssi_transpose(part), 1);
        assert_int_equal(ssi_eval(whole), 0);
        assert_int_equal(ssi_eval(apart), 0);
        ssi_tensor *matrix[] = {whole, part, ssi_transpose(apart), ssi_flipud(whole),
                                ssi_expand(ssi_reshape(v, 1, width), rows, width)};
        for (size_t m = 0; m < sizeof matrix / sizeof *matrix; m++) {
            check_bits(ssi_matmul(matrix[m], v), ssi_mul(matrix[m], v));
            check_bits(ssi_sum(ssi_mul(matrix[m], part), 1), ssi_mul(matrix[m], part));
            check_bits(ssi_sum(matrix[m], 1), ssi_mul(matrix[m], 1));
        }
        ssi_tensor *both = ssi_mul(whole, v), *after = ssi_relu(ssi_add(ssi_sum(both, 1), 1));
        assert_int_equal(ssi_eval(ssi_add(ssi_sum(after), ssi_max(both))), 0);
        ssi_tensor *plain = ssi_matmul(whole, v);
        assert_int_equal(ssi_eval(plain), 0);
        assert_same_bits(after, ssi_relu(ssi_add(plain, 1)));
        ssi_scope_close(scope);
    }
    ssi_set_threads(0);
}

/* Bytes are multiplied as they lie; what is summed is wider, and only the end is theirs again. */
static void long_sums_of_products_of_bytes_are_exact(void **state)
{
    (void)state;
    enum { N = (1 << 21) + 77 };
    uint8_t *bytes = malloc(N);
    assert_non_null(bytes);
    memset(bytes, 0xff, N);
    bytes[N - 1] = 3;
    for (int threads = 1; threads < 4; threads++) {
        ssi_set_threads(threads);
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *u = (ssi_array)(SSI_U8, 1, (int64_t[]){N}, bytes),
                   *i = (ssi_array)(SSI_I8, 1, (int64_t[]){N}, bytes);
        ssi_tensor *wide_u = ssi_cast(u, SSI_I64), *wide_i = ssi_cast(i, SSI_I64);
        assert_true(ssi_item(ssi_sum(ssi_mul(wide_u, ssi_cast(ssi_reshape(u, N), SSI_I64)))) == 65025.0 * (N - 1) + 9);
        assert_true(ssi_item(ssi_sum(ssi_square(wide_u))) == 65025.0 * (N - 1) + 9);
        assert_true(ssi_item(ssi_sum(ssi_mul(wide_i, wide_i))) == N - 1 + 9);
        assert_true(ssi_item(ssi_sum(ssi_mul(wide_i, wide_u))) == -255.0 * (N - 1) + 9);
        assert_true(ssi_item(ssi_sum(ssi_mul(wide_u, ssi_slice(wide_u, 1, &(ssi_range){0, N, 1})))) ==
                    65025.0 * (N - 1) + 9);
        ssi_tensor *halves = ssi_cast(ssi_add(ssi_cast(u, SSI_F32), 0.5), SSI_F64);
        assert_int_equal(ssi_eval(halves), 0); /* floats are cut before they are multiplied */
        assert_true(ssi_item(ssi_sum(ssi_square(ssi_cast(halves, SSI_I64)))) == 65025.0 * (N - 1) + 9);
        assert_true(ssi_item(ssi_matmul(u, u)) == (N - 1 + 9) % 256);
        assert_true(ssi_item(ssi_sum(ssi_mul(u, u))) ==
                    N - 1 + 9); /* a byte by a byte is a byte, before it is summed */
        assert_true(ssi_item(ssi_sum(ssi_mul(i, i))) == N - 1 + 9);
        ssi_tensor *backwards = ssi_flipud(u),
                   *rows = ssi_reshape(ssi_slice(u, 1, &(ssi_range){0, 3 * 5000, 1}), 3, 5000);
        assert_true(ssi_item(ssi_matmul(u, backwards)) == (N - 2 + 2 * 3 * 255) % 256);
        assert_true(ssi_item(ssi_sum(ssi_matmul(rows, ssi_squeeze(ssi_slice(rows, 1, &(ssi_range){1, 2, 1}), 0)))) ==
                    3 * (5000 % 256));
        ssi_tensor *none = ssi_slice(u, 1, &(ssi_range){4, 4, 1});
        assert_true(ssi_item(ssi_matmul(none, none)) == 0);
        ssi_scope_close(scope);
    }
    ssi_set_threads(0);
    free(bytes);
}

/* A matrix by itself, turned, of which only one half is computed, beside the product by a copy of it, which is computed whole. */
static void check_mirrored(ssi_dtype dtype, ssi_precision precision, layout lies, int64_t n, int64_t k, bool left)
{
    ssi_scope scope = ssi_scope_open();
    ssi_set_precision(precision);
    float *value = malloc((size_t)(n * k) * sizeof *value);
    ssi_tensor *x = operand(SSI_F32, lies, n, k, value, 3, false);
    if (dtype != SSI_F32) { /* whole numbers, and fractions */
        x = ssi_cast(ssi_mul(x, dtype == SSI_F64 ? 1.1 : 1000), dtype);
        assert_int_equal(ssi_eval(x), 0);
    }
    ssi_tensor *copy = ssi_add(x, 0);
    assert_int_equal(ssi_eval(copy), 0);
    ssi_tensor *y = left ? ssi_matmul(ssi_transpose(x), x) : ssi_matmul(x, ssi_transpose(x));
    ssi_tensor *whole = left ? ssi_matmul(ssi_transpose(copy), x) : ssi_matmul(x, ssi_transpose(copy));
    size_t bytes = (size_t)ssi_size(y) * ssi_dtype_size(dtype);
    if (memcmp(ssi_data(y), ssi_data(whole), bytes) != 0)
        fail_msg("%s of %dx%d that lies %d by itself, %s, %d threads, precision %d", ssi_dtype_name(dtype), (int)n,
                 (int)k, lies, left ? "turned first" : "turned", ssi_threads(), precision);
    free(value);
    ssi_set_precision(SSI_HIGHEST);
    ssi_scope_close(scope);
}

static void a_matrix_by_itself_turned_has_the_bits_of_two_matrices(void **state)
{
    (void)state;
    static const int64_t sizes[][2] = {{128, 30}, {131, 300}, {200, 129}, {300, 1}, {333, 261}};
    for (int threads = 1; threads <= 3; threads++) {
        ssi_set_threads(threads);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (int left = 0; left < 2; left++) {
                const int64_t n = sizes[i][left], k = sizes[i][1 - left];
                check_mirrored(SSI_F32, SSI_HIGHEST, AS_ROWS, n, k, left);
                check_mirrored(SSI_F32, SSI_HIGHEST, PART_OF_WIDE, n, k, left);
                check_mirrored(SSI_F32, SSI_HIGHEST, TRANSPOSED, n, k, left);
                check_mirrored(SSI_F32, SSI_MEDIUM, AS_ROWS, n, k, left);
                check_mirrored(SSI_F64, SSI_HIGHEST, AS_ROWS, n, k, left);
                check_mirrored(SSI_I64, SSI_HIGHEST, AS_ROWS, n, k, left);
            }
    }
    ssi_set_threads(0);
}

/* Of long rows, which are packed or rounded before, only few at a time have room. */
static void a_matrix_of_long_rows_may_be_multiplied_by_itself(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 2; threads++) {
        ssi_set_threads(threads);
        check_mirrored(SSI_F32, SSI_HIGHEST, AS_ROWS, 136, 16384, false);
        check_mirrored(SSI_F32, SSI_HIGHEST, EVERY_SECOND, 136, 6000, false);
        check_mirrored(SSI_F32, SSI_MEDIUM, AS_ROWS, 136, 16384, false);
        check_mirrored(SSI_F64, SSI_HIGHEST, AS_ROWS, 136, 8192, false);
    }
    ssi_set_threads(0);
}

static void products_of_no_steps_are_zeros(void **state)
{
    (void)state;
    static const int64_t sizes[][2] = {{1, 1}, {40, 7}, {40, 10}, {40, 32}, {200, 200}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int precision = SSI_HIGHEST; precision <= SSI_MEDIUM; precision++) {
            const int64_t m = sizes[i][0], n = sizes[i][1];
            ssi_scope scope = ssi_scope_open();
            ssi_set_precision((ssi_precision)precision);
            const float *y = ssi_data_f32(ssi_matmul(ssi_zeros(SSI_F32, m, 0), ssi_zeros(SSI_F32, 0, n)));
            assert_non_null(y);
            for (int64_t at = 0; at < m * n; at++)
                assert_true(y[at] == 0);
            ssi_set_precision(SSI_HIGHEST);
            ssi_scope_close(scope);
        }
}

static void a_batch_may_be_of_medium_precision(void **state)
{
    enum { BATCH = 3, M = 5, K = 7, N = 33 };
    ssi_scope scope = ssi_scope_open();
    static float a[BATCH * M * K], b[K * N];
    for (int i = 0; i < BATCH * M * K; i++)
        a[i] = (float)(i * 37 % 101) / 64 - 0.7f;
    for (int i = 0; i < K * N; i++)
        b[i] = (float)(i * 53 % 103) / 64 - 0.8f;
    ssi_tensor *x = ssi_array(a, BATCH, M, K), *w = ssi_expand(ssi_array(b, 1, K, N), BATCH, K, N);
    ssi_set_precision(SSI_MEDIUM);
    ssi_tensor *y = ssi_matmul(x, w), *z = ssi_matmul(x, w);
    ssi_set_precision(SSI_HIGHEST);
    static float expected[BATCH * M * N];
    for (int i = 0; i < BATCH * M * N; i++)
        for (int q = 0; q < K; q++) {
            int64_t at = step_at(q, K, SSI_MEDIUM);
            expected[i] = step(taken(a[i / N * K + at], SSI_MEDIUM), taken(b[at * N + i % N], SSI_MEDIUM), expected[i]);
        }
    assert_memory_equal(ssi_data_f32(y), expected, sizeof expected);
    ssi_use_reference = 1;
    const float *reference = ssi_data_f32(z);
    for (int i = 0; i < BATCH * M * N; i++) /* which has a fused multiply-add everywhere */
        assert_true(strcmp(ssi_cpu(), "portable") == 0 ? fabsf(reference[i] - expected[i]) < 1e-5f
                                                       : reference[i] == expected[i]);
    ssi_use_reference = 0;
    ssi_scope_close(scope);
}

/* Of a product of bf16 the gradients are bf16, too: those of the same product of the numbers as f32, rounded. */
static void a_gradient_of_bf16_is_bf16(void **state)
{
    enum { N = 22 };
    static float value[N * N];
    ssi_scope scope = ssi_scope_open();
    fill(value, N * N);
    ssi_set_precision(SSI_MEDIUM);
    ssi_tensor *x = ssi_cast(ssi_array(value, N, N), SSI_BF16),
               *w = ssi_cast(ssi_transpose(ssi_array(value, N, N)), SSI_BF16);
    ssi_tensor *wide[] = {ssi_cast(x, SSI_F32), ssi_cast(w, SSI_F32)}, *narrow[] = {x, w}, *d[2], *d_wide[2];
    ssi_tensor *loss = ssi_sum(ssi_square(ssi_cast(ssi_matmul(x, w), SSI_F32)));
    ssi_tensor *y = ssi_cast(ssi_cast(ssi_matmul(wide[0], wide[1]), SSI_BF16), SSI_F32);
    assert_int_equal(ssi_gradients(loss, 2, narrow, d), 0);
    assert_int_equal(ssi_gradients(ssi_sum(ssi_square(y)), 2, wide, d_wide), 0);
    ssi_set_precision(SSI_HIGHEST);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ssi_dtype_of(d[i]), SSI_BF16);
        ssi_tensor *rounded = ssi_cast(ssi_cast(d_wide[i], SSI_BF16), SSI_F32);
        assert_memory_equal(ssi_data_f32(ssi_cast(d[i], SSI_F32)), ssi_data_f32(rounded), N * N * sizeof(float));
    }
    ssi_scope_close(scope);
}

/* Whatever precision holds when the gradient is asked for, its products are of the written product's. */
static void a_gradient_has_its_products_precision(void **state)
{
    enum { N = 20 };
    static float value[N * N];
    ssi_scope scope = ssi_scope_open();
    fill(value, N * N);
    ssi_tensor *x = ssi_array(value, N, N), *w = ssi_transpose(ssi_array(value, N, N)), *dw[2];
    ssi_set_precision(SSI_MEDIUM);
    ssi_tensor *loss = ssi_sum(ssi_square(ssi_matmul(x, w)));
    assert_int_equal(ssi_set_precision(SSI_HIGHEST), SSI_MEDIUM);
    assert_int_equal(ssi_gradients(loss, 1, &w, &dw[0]), 0);
    ssi_set_precision(SSI_MEDIUM);
    ssi_tensor *dy = ssi_mul(ssi_matmul(x, w), 2.0);
    dw[1] = ssi_matmul(ssi_transpose(x), dy);
    ssi_set_precision(SSI_HIGHEST);
    ssi_tensor *exact = ssi_matmul(ssi_transpose(x), dy);
    assert_memory_equal(ssi_data_f32(dw[0]), ssi_data_f32(dw[1]), N * N * sizeof(float));
    assert_memory_not_equal(ssi_data_f32(dw[0]), ssi_data_f32(exact), N * N * sizeof(float));
    ssi_scope_close(scope);
}

static void an_unknown_precision_is_refused(void **state)
{
    ssi_error error;
    assert_int_equal(ssi_set_precision((ssi_precision)7), SSI_HIGHEST);
    assert_true(ssi_error_take(&error));
    assert_int_equal(error.code, SSI_INVALID);
    assert_string_equal(error.operation, "set_precision");
    assert_int_equal(ssi_set_precision(SSI_HIGHEST), SSI_HIGHEST);
}

/* A product may be assigned to what it was made from. */
static void a_product_may_overwrite_its_operand(void **state)
{
    enum { N = 64 };
    static float start[N * N], expected[N * N];
    ssi_scope whole = ssi_scope_open();
    for (int i = 0; i < N * N; i++)
        start[i] = (float)(i % 23) / 64 - 0.125f;
    ssi_tensor *w = ssi_array(start, N, N), *v = ssi_array(start, N, N);
    for (int i = 0; i < N * N; i++)
        for (int q = 0; q < N; q++)
            expected[i] = step(start[i / N * N + q], start[q * N + i % N], expected[i]);
    ssi_scope scope = ssi_scope_open();
    ssi_assign(w, ssi_matmul(v, w));
    ssi_assign(v, ssi_relu(ssi_matmul(v, v)));
    assert_int_equal(ssi_scope_close(scope), 0);
    assert_memory_equal(ssi_data_f32(w), expected, sizeof expected);
    for (int i = 0; i < N * N; i++)
        assert_true(ssi_data_f32(v)[i] == (expected[i] > 0 ? expected[i] : 0));
    ssi_scope_close(whole);
}

/* The rows of a left operand are made tile by tile, and what follows the product works in the same registers in between: of a vector of whose elements every
 * second is taken, too, and of one that is taken backwards. */
static void a_left_operand_is_made_beside_a_row_that_repeats(void **state)
{
    (void)state;
    enum { M = 600, K = 96, N = 40 };
    for (int threads = 1; threads < 4; threads++) {
        ssi_set_threads(threads);
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *x = (ssi_uniform)(SSI_F32, 2, (int64_t[]){M, K}, 1, 1),
                   *w = (ssi_uniform)(SSI_F32, 2, (int64_t[]){K, N}, 1, 2),
                   *v = (ssi_uniform)(SSI_F32, 1, (int64_t[]){2 * K}, 1, 3);
        assert_int_equal(ssi_eval_all(3, (ssi_tensor *[]){x, w, v}), 0);
        ssi_tensor *row[] = {ssi_slice(v, 1, &(ssi_range){0, 2 * K, 2}),
                             ssi_flip(ssi_slice(v, 1, &(ssi_range){0, K, 1}), 0)};
        for (int i = 0; i < 2; i++) {
            ssi_tensor *made = ssi_mul(x, row[i]), *product = ssi_matmul(made, w),
                       *y = ssi_mul(ssi_tanh(product), ssi_sin(product));
            ssi_tensor *in_memory = ssi_mul(x, row[i]);
            assert_int_equal(ssi_eval(y), 0);
            assert_int_equal(ssi_eval(in_memory), 0);
            product = ssi_matmul(in_memory, w);
            assert_same_bits(y, ssi_mul(ssi_tanh(product), ssi_sin(product)));
        }
        ssi_scope_close(scope);
    }
    ssi_set_threads(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_layout_gives_the_bits_of_the_chain),
        cmocka_unit_test(bf16_is_multiplied_as_it_lies),
        cmocka_unit_test(bf16_may_begin_anywhere_and_change),
        cmocka_unit_test(what_is_multiplied_twice_is_rounded_once_without_a_trace),
        cmocka_unit_test(weights_that_stay_or_change_give_the_bits_of_the_chain),
        cmocka_unit_test(long_sums_are_cut_where_pairs_end),
        cmocka_unit_test(zeros_of_the_left_operand_change_no_bit),
        cmocka_unit_test(a_long_operand_of_few_columns_gives_the_bits_of_the_chain),
        cmocka_unit_test(a_long_row_by_a_column_has_the_bits_of_the_product_of_two_vectors),
        cmocka_unit_test(a_matrix_by_a_vector_has_the_bits_of_sums_of_products_in_memory),
        cmocka_unit_test(batches_of_matrices_by_vectors_have_the_bits_of_sums_of_products_in_memory),
        cmocka_unit_test(long_sums_of_products_of_bytes_are_exact),
        cmocka_unit_test(a_matrix_by_itself_turned_has_the_bits_of_two_matrices),
        cmocka_unit_test(a_matrix_of_long_rows_may_be_multiplied_by_itself),
        cmocka_unit_test(products_of_no_steps_are_zeros),
        cmocka_unit_test(a_batch_may_be_of_medium_precision),
        cmocka_unit_test(a_gradient_has_its_products_precision),
        cmocka_unit_test(a_gradient_of_bf16_is_bf16),
        cmocka_unit_test(an_unknown_precision_is_refused),
        cmocka_unit_test(a_product_may_overwrite_its_operand),
        cmocka_unit_test(a_left_operand_is_made_beside_a_row_that_repeats),
    };
    return cmocka_run_group_tests_name("contract", tests, NULL, NULL);
}
