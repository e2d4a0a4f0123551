/*
 * test_turn.c - transposed copies: whatever the shape, whether their result goes past the caches, by way of a band, or straight; and into parts of arrays.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#if !defined(__wasm__) /* which has no threads */
#include <pthread.h>
#endif

#include <cmocka.h>

#include "ssi/ssi.h"

/* Bytes of which no two places have the same by a mistake of some rows or columns. */
static ssi_tensor *mixed(ssi_dtype dtype, int64_t rows, int64_t columns)
{
    ssi_tensor *x = ssi_reshape(ssi_arange(SSI_I64, 0, rows * columns, 1), rows, columns);
    x = ssi_cast(ssi_remainder(ssi_mul(x, 7919), dtype == SSI_U8 ? 251 : 65521), dtype);
    assert_int_equal(ssi_eval(x), SSI_OK);
    return x;
}

/* y[r][c] = x[c][r], of elements of `size` bytes, y's rows `step` elements apart. */
static void assert_turned(const char *y, int64_t step, const char *x, int64_t rows, int64_t columns, size_t size)
{
    for (int64_t r = 0; r < rows; r++)
        for (int64_t c = 0; c < columns; c++)
            if (memcmp(y + (r * step + c) * (int64_t)size, x + (c * rows + r) * (int64_t)size, size) != 0)
                fail_msg("(%d,%d) of a result of (%d,%d)", (int)r, (int)c, (int)rows, (int)columns);
}

static void a_transposed_copy_is_right_whatever_its_shape(void **state)
{
    (void)state;
    static const int64_t shapes[][2] = {
        {1, 1},       {3, 1000},    {1000, 3},    {10, 1000},   {1000, 10},   {17, 600},    {600, 17},   {256, 256},
        {512, 512},   {784, 256},   {1000, 1000}, {1024, 1024}, {1025, 1023}, {2048, 2048}, {4096, 300}, {300, 4096},
        {2000, 2000}, {2001, 2003}, {1, 5000},    {5000, 1},    {2, 2500000}, {4, 1000001}, {0, 5},      {5, 0}};
    static const ssi_dtype dtypes[] = {SSI_U8, SSI_I16, SSI_F32, SSI_F64};
    for (int threads = 1; threads <= 2; threads++) {
        ssi_set_threads(threads);
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
            for (size_t k = 0; k < sizeof dtypes / sizeof *dtypes; k++) {
                if (shapes[i][0] * shapes[i][1] > 2000000 && ssi_dtype_size(dtypes[k]) < 4)
                    continue; /* not enough bytes to go past the caches */
                ssi_scope scope = ssi_scope_open();
                ssi_tensor *x = mixed(dtypes[k], shapes[i][0], shapes[i][1]), *y = ssi_ravel(ssi_transpose(x));
                const void *from = ssi_data(x), *to = ssi_data(y);
                if (ssi_size(x))
                    assert_turned(to, shapes[i][0], from, shapes[i][1], shapes[i][0], ssi_dtype_size(dtypes[k]));
                assert_int_equal(ssi_scope_close(scope), SSI_OK);
            }
    }
    ssi_set_threads(0);
}

/* Rows of the part begin amidst lines of memory, or at their beginning, and what is beside it stays. */
static void a_part_of_an_array_takes_a_transposed_one(void **state)
{
    (void)state;
    enum { LARGE = 2048, SMALL = 320 };
    static const int64_t firsts[] = {0, 16, 3};
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++)
        for (int64_t side = SMALL; side <= LARGE; side += LARGE - SMALL) {
            ssi_scope scope = ssi_scope_open();
            int64_t first = firsts[i];
            ssi_tensor *x = mixed(SSI_F32, side, side), *whole = ssi_full(SSI_F32, -1, side + 32, side + 32);
            assert_int_equal(ssi_eval(whole), SSI_OK);
            ssi_tensor *y = ssi_set(whole, "?:?, ?:?", ssi_transpose(x), first, first + side, first, first + side);
            const float *to = ssi_data_f32(y), *from = ssi_data_f32(x);
            assert_non_null(to);
            assert_turned((const char *)(to + first * (side + 32) + first), side + 32, (const char *)from, side, side,
                          4);
            int64_t untouched = 0;
            for (int64_t k = 0; k < (side + 32) * (side + 32); k++)
                untouched += to[k] == -1;
            assert_int_equal(untouched, (side + 32) * (side + 32) - side * side);
            assert_int_equal(ssi_scope_close(scope), SSI_OK);
        }
}

static void arithmetic_on_a_transposed_operand_is_that_on_its_copy(void **state)
{
    (void)state;
    static const int64_t shapes[][2] = {{5, 300},  {300, 5},   {4, 2001},  {31, 77},
                                        {32, 130}, {33, 1024}, {1024, 33}, {700, 700}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *x = mixed(SSI_F32, shapes[i][0], shapes[i][1]), *b = mixed(SSI_F32, shapes[i][1], shapes[i][0]);
        ssi_tensor *copy = ssi_reshape(ssi_ravel(ssi_transpose(x)), shapes[i][1], shapes[i][0]);
        assert_int_equal(ssi_eval(copy), SSI_OK);
        assert_true(ssi_item(ssi_sum(ssi_not_equal(ssi_add(ssi_transpose(x), b), ssi_add(copy, b)))) == 0);
        assert_int_equal(ssi_scope_close(scope), SSI_OK);
    }
}

/* Bands of few columns are worked on whole: they end where the matrix does, some lie backwards, and a row or a column of the other operand is repeated. */
static void arithmetic_on_turned_matrices_of_few_columns_is_that_on_copies(void **state)
{
    (void)state;
    for (int64_t columns = 1; columns <= 140; columns += columns < 4 ? 1 : columns < 30 ? 5 : 25)
        for (int64_t rows = 1; rows < 60; rows += 9)
            for (int flips = 0; flips < 4; flips++) {
                ssi_scope scope = ssi_scope_open();
                ssi_tensor *x = ssi_reshape(mixed(SSI_F32, 3 * columns, rows), 3, columns, rows);
                ssi_tensor *y = ssi_permute(x, 0, 2, 1), *along = ssi_reshape(mixed(SSI_F32, 1, columns), columns),
                           *down = mixed(SSI_F32, rows, 1),
                           *full = ssi_reshape(mixed(SSI_F32, 3 * rows, columns), 3, rows, columns);
                y = flips & 1 ? ssi_flip(y, 1) : y;
                y = flips & 2 ? ssi_flip(y, 2) : y;
                ssi_tensor *copy = ssi_reshape(ssi_ravel(y), 3, rows, columns);
                assert_int_equal(ssi_eval(copy), SSI_OK);
                ssi_tensor *turned = ssi_add(ssi_mul(ssi_add(ssi_mul(y, along), down), full), 1),
                           *plain = ssi_add(ssi_mul(ssi_add(ssi_mul(copy, along), down), full), 1);
                assert_memory_equal(ssi_data(turned), ssi_data(plain), (size_t)ssi_size(plain) * sizeof(float));
                assert_int_equal(ssi_scope_close(scope), SSI_OK);
            }
}

/* A quarter turn to either side and a reflection at either diagonal, copied, and as operands beside others. */
static void what_is_turned_may_also_lie_backwards(void **state)
{
    (void)state;
    static const int64_t shapes[][2] = {{5, 300},   {300, 5},     {17, 40}, {16, 16},
                                        {700, 513}, {1024, 1024}, {1, 200}, {2500, 1700}};
    static const ssi_dtype dtypes[] = {SSI_U8, SSI_I16, SSI_F32, SSI_F64};
    for (int flips = 1; flips < 4; flips++)
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
            for (size_t k = 0; k < sizeof dtypes / sizeof *dtypes; k++) {
                ssi_scope scope = ssi_scope_open();
                int64_t n = shapes[i][0], m = shapes[i][1];
                size_t size = ssi_dtype_size(dtypes[k]);
                ssi_tensor *x = mixed(dtypes[k], n, m), *y = ssi_transpose(x);
                y = flips & 1 ? ssi_flip(y, 0) : y;
                y = flips & 2 ? ssi_flip(y, 1) : y;
                const char *from = ssi_data(x), *to = ssi_data(ssi_ravel(y));
                for (int64_t r = 0; r < m; r++)
                    for (int64_t c = 0; c < n; c++) {
                        int64_t column = flips & 1 ? m - 1 - r : r, row = flips & 2 ? n - 1 - c : c;
                        const char *element = from + (size_t)(row * m + column) * size;
                        if (memcmp(to + (size_t)(r * n + c) * size, element, size) != 0)
                            fail_msg("(%d,%d) of (%d,%d), flips %d", (int)r, (int)c, (int)m, (int)n, flips);
                    }
                ssi_tensor *copy = ssi_array_borrow(dtypes[k], 2, (const int64_t[]){m, n}, to, NULL, NULL);
                assert_true(ssi_item(ssi_sum(
                                ssi_not_equal(ssi_add(y, ssi_transpose(x)), ssi_add(copy, ssi_transpose(x))))) == 0);
                assert_int_equal(ssi_scope_close(scope), SSI_OK);
            }
}

/* ---- another thread ---- */

#if !defined(__wasm__)
enum { LONG = 4096, SHORT = 1024, ROUNDS = 100 }; /* (SHORT,LONG): 16 MB, past the caches */

/* Handed over and back by stores and loads that order no more than they must. */
typedef struct handed {
    const float *from[2]; /* one after the other is turned */
    _Atomic(const float *) to;
    atomic_int round, seen; /* number `round` was written; those up to `seen` have been looked at */
    int stale;
} handed;

/* What is written last, the ends of the last rows, is looked at first. */
static void *look(void *context)
{
    handed *h = context;
    for (int round = 1; round <= ROUNDS; round++) {
        while (atomic_load_explicit(&h->round, memory_order_acquire) != round)
            ;
        const float *x = h->from[round % 2], *y = atomic_load_explicit(&h->to, memory_order_relaxed);
        for (int r = SHORT - 1; r >= SHORT - 16; r--)
            h->stale += y[r * LONG + LONG - 1] != x[(LONG - 1) * SHORT + r];
        atomic_store_explicit(&h->seen, round, memory_order_release);
    }
    return NULL;
}

/* Where it is not so, one round in some thousands finds it. */
static void another_thread_sees_all_of_it_when_it_hears_of_it(void **state)
{
    (void)state;
    handed h = {0};
    pthread_t reader;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x[2] = {mixed(SSI_F32, LONG, SHORT), NULL};
    x[1] = ssi_add(x[0], 1);
    for (int i = 0; i < 2; i++)
        assert_non_null(h.from[i] = ssi_data_f32(x[i]));
    ssi_set_threads(1); /* else the pool's threads have waited for each other's */
    assert_int_equal(pthread_create(&reader, NULL, look, &h), 0);
    for (int round = 1; round <= ROUNDS; round++) {
        ssi_scope inner = ssi_scope_open();
        const float *y = ssi_data_f32(ssi_ravel(ssi_transpose(x[round % 2])));
        assert_non_null(y);
        atomic_store_explicit(&h.to, y, memory_order_relaxed);
        atomic_store_explicit(&h.round, round, memory_order_release);
        while (atomic_load_explicit(&h.seen, memory_order_acquire) != round)
            ;
        assert_int_equal(ssi_scope_close(inner), SSI_OK);
    }
    pthread_join(reader, NULL);
    assert_int_equal(h.stale, 0);
    ssi_set_threads(0);
    assert_int_equal(ssi_scope_close(scope), SSI_OK);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_transposed_copy_is_right_whatever_its_shape),
        cmocka_unit_test(a_part_of_an_array_takes_a_transposed_one),
        cmocka_unit_test(arithmetic_on_a_transposed_operand_is_that_on_its_copy),
        cmocka_unit_test(arithmetic_on_turned_matrices_of_few_columns_is_that_on_copies),
        cmocka_unit_test(what_is_turned_may_also_lie_backwards),
#if !defined(__wasm__)
        cmocka_unit_test(another_thread_sees_all_of_it_when_it_hears_of_it),
#endif
    };
    return cmocka_run_group_tests_name("turn", tests, NULL, NULL);
}
