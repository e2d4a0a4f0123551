/*
 * test_copy.c - elements moved by every instruction set: any steps, any size, rows for columns.
 */
#include "vector.h"

static void elements_are_moved_whatever_their_steps(void **state)
{
    (void)state;
    static const int64_t steps[] = {1, 2, 0, -1, 3, -2, 7};
    char *in = guarded(), *out = guarded();
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (size_t size = 1; size <= 8; size *= 2)
            for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
                for (int64_t n = 1; n < 150; n += n < 40 ? 1 : 27) {
                    int64_t step = steps[k], span = step < 0 ? -step * (n - 1) : 0;
                    size_t held = (size_t)((step < 0 ? -step : step) * (n - 1) + 1);
                    char *a = placed(in, true, held, size), *s = a + span * (int64_t)size;
                    fill(a, SSI_I8, held * size, (uint32_t)n);
                    for (int64_t d_step = 1; d_step < 3; d_step++) {
                        char *d = placed(out, true, (size_t)(d_step * (n - 1) + 1), size);
                        (*backend)->copy(d, d_step, s, step, n, size);
                        for (int64_t i = 0; i < n; i++)
                            assert_memory_equal(d + i * d_step * (int64_t)size, s + i * step * (int64_t)size, size);
                    }
                }
    unguarded(in), unguarded(out);
}

static void check_turn(const ssi_backend *backend, char *in, char *out, size_t size, int64_t rows, int64_t cols,
                       int64_t d_step, bool past)
{
    int64_t s_step = rows + 2;
    char *s = placed(in, true, (size_t)((cols - 1) * s_step + rows), size);
    char *d = placed(out, true, (size_t)((rows - 1) * d_step + cols), size);
    fill(s, SSI_I8, (size_t)((cols - 1) * s_step + rows) * size, (uint32_t)(rows * cols));
    memset(d, 77, (size_t)((rows - 1) * d_step + cols) * size);
    backend->turn(d, d_step, s, s_step, rows, cols, size, past);
    for (int64_t r = 0; r < rows; r++) {
        for (int64_t c = 0; c < cols; c++)
            assert_memory_equal(d + (r * d_step + c) * (int64_t)size, s + (c * s_step + r) * (int64_t)size, size);
        for (int64_t i = cols * (int64_t)size; r + 1 < rows && i < d_step * (int64_t)size; i++)
            assert_int_equal(d[r * d_step * (int64_t)size + i], 77); /* what lies between the rows */
    }
}

static void rows_become_columns(void **state)
{
    (void)state;
    char *in = guarded(), *out = guarded();
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (size_t size = 1; size <= 8; size *= 2)
            for (int64_t rows = 1; rows <= 70; rows += rows < 20 ? 1 : 7)
                for (int64_t cols = 1; cols <= 70; cols += cols < 20 ? 1 : 5)
                    check_turn(*backend, in, out, size, rows, cols, cols + 1, false);
    unguarded(in), unguarded(out);
}

static void whole_lines_go_past_the_caches(void **state)
{
    (void)state;
    char *in = guarded(), *out = guarded();
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (size_t size = 1; size <= 8; size *= 2)
            for (int64_t rows = 1; rows <= 70; rows += 3)
                for (int64_t lines = 1; lines <= 3; lines++) {
                    int64_t cols = lines * 64 / (int64_t)size;
                    check_turn(*backend, in, out, size, rows, cols, cols, true);
                    check_turn(*backend, in, out, size, rows, cols, cols + 64 / (int64_t)size, true);
                }
    unguarded(in), unguarded(out);
}

static void streamed_bytes_begin_and_end_anywhere(void **state)
{
    (void)state;
    char *in = guarded(), *out = guarded();
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (size_t bytes = 0; bytes < 400; bytes++)
            for (size_t before = 0; before < 64; before += 9) {
                char *s = placed(in, true, bytes, 1), *d = placed(out, true, bytes + before, 1);
                fill(s, SSI_I8, bytes, (uint32_t)bytes);
                memset(d, 77, bytes + before);
                (*backend)->stream(d, s, bytes);
                assert_memory_equal(d, s, bytes);
                for (size_t i = bytes; i < bytes + before; i++)
                    assert_int_equal(d[i], 77);
            }
    unguarded(in), unguarded(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_are_moved_whatever_their_steps),
        cmocka_unit_test(rows_become_columns),
        cmocka_unit_test(whole_lines_go_past_the_caches),
        cmocka_unit_test(streamed_bytes_begin_and_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
