/*
 * test_vector_fold.c - reductions of rows against the order written in backend.h, bit for bit, the search for extremes, and spreading along rows.
 */
#include "vector.h"

static const ssi_dtype dtypes[] = {SSI_F32, SSI_F64, SSI_BOOL, SSI_U8, SSI_I8, SSI_I16, SSI_I32, SSI_I64};

/* ---- the order: sixteen lanes along the row (as many as 256 bytes hold, if it is long), then halves ---- */

static double join_f64(int code, bool f32, double a, double b)
{
    double y = code == SSI_REDUCE_SUM      ? a + b
               : code == SSI_REDUCE_PROD   ? a * b
               : code == SSI_REDUCE_NANMIN ? (isnan(a) || b < a ? b : a)
               : code == SSI_REDUCE_NANMAX ? (isnan(a) || b > a ? b : a)
               : isnan(a) || isnan(b)      ? NAN
               : code == SSI_REDUCE_MIN    ? (a <= b ? a : b)
                                           : (a >= b ? a : b);
    return f32 ? (double)(float)y : y;
}

static int64_t join_i64(int code, int64_t a, int64_t b)
{
    return code == SSI_REDUCE_SUM    ? (int64_t)((uint64_t)a + (uint64_t)b)
           : code == SSI_REDUCE_PROD ? (int64_t)((uint64_t)a * (uint64_t)b)
           : code == SSI_REDUCE_MIN  ? (a < b ? a : b)
                                     : (a > b ? a : b);
}

static void fold_row(void *to, int code, ssi_dtype dtype, const void *a, size_t row, size_t cols)
{
    double f[256] = {0};
    int64_t i[256] = {0};
    const size_t lanes = cols >= SSI_LONG_ROW ? 256 / ssi_dtype_size(dtype) : 16;
    for (size_t j = 0; j < cols; j++) {
        double x = ssi_get_f64(a, dtype, (int64_t)(row * cols + j));
        int64_t n = ssi_is_float(dtype) ? 0 : ssi_get_i64(a, dtype, (int64_t)(row * cols + j));
        f[j % lanes] = j < lanes ? x : join_f64(code, dtype == SSI_F32, f[j % lanes], x);
        i[j % lanes] = j < lanes ? n : join_i64(code, i[j % lanes], n);
    }
    for (size_t half = lanes / 2; half > 0; half /= 2)
        for (size_t l = 0; l < half && l + half < cols; l++) {
            f[l] = join_f64(code, dtype == SSI_F32, f[l], f[l + half]);
            i[l] = join_i64(code, i[l], i[l + half]);
        }
    if (ssi_is_float(dtype))
        ssi_put_f64(to, dtype, (int64_t)row, f[0]);
    else
        ssi_put_i64(to, dtype, (int64_t)row, i[0]);
}

/* Sizes of a block: every width with as many rows as fit, and with few. */
static size_t rows_of(size_t cols, int few)
{
    size_t most = SSI_BLOCK / cols;
    return few && most > 3 ? 3 : most;
}

static void fill_values(void *data, ssi_dtype dtype, size_t n, uint32_t seed, bool special)
{
    fill(data, dtype, n, seed);
    for (size_t i = 0; i < n && ssi_is_float(dtype) && !special; i++)
        ssi_put_f64(data, dtype, (int64_t)i, (double)(int32_t)next(&seed) * 0x1p-30);
}

static void check_folds(const ssi_backend *backend, ssi_dtype dtype, int code, char *in, char *out)
{
    char what[64], truth[SSI_BLOCK * 8];
    snprintf(what, sizeof what, "%s fold %d of %s", backend->name, code, ssi_dtype_name(dtype));
    size_t size = ssi_dtype_size(dtype);
    for (size_t cols = 1; cols <= SSI_BLOCK; cols += cols < 70 ? 1 : 31)
        for (int few = 0; few < 4; few++) {
            size_t rows = rows_of(cols, few & 1);
            char *a = placed(in, true, rows * cols, size), *d = placed(out, true, rows, size);
            fill_values(a, dtype, rows * cols, (uint32_t)cols, few & 2);
            backend->folds->along[code][dtype](d, a, rows, cols, cols);
            for (size_t r = 0; r < rows; r++)
                fold_row(truth, code, dtype, a, r, cols);
            assert_same(d, truth, dtype, rows, what);
        }
}

static void folds_keep_to_the_order_bit_for_bit(void **state)
{
    (void)state;
    char *in = guarded(), *out = guarded();
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (size_t t = 0; t < sizeof dtypes / sizeof *dtypes; t++)
            for (int code = SSI_REDUCE_SUM; code <= SSI_REDUCE_NANMAX; code++) {
                bool summed = ssi_is_float(dtypes[t]) || dtypes[t] == SSI_I64;
                bool bytes = code == SSI_REDUCE_SUM && (dtypes[t] == SSI_U8 || dtypes[t] == SSI_BOOL);
                bool extreme = code == SSI_REDUCE_MIN || code == SSI_REDUCE_MAX;
                bool there = code >= SSI_REDUCE_NANMIN ? ssi_is_float(dtypes[t]) : summed || bytes || extreme;
                assert_true(((*backend)->folds->along[code][dtypes[t]] != NULL) == there);
                if ((*backend)->folds->along[code][dtypes[t]] != NULL && !bytes)
                    check_folds(*backend, dtypes[t], code, in, out);
            }
    unguarded(in), unguarded(out);
}

/* Rows of `cols` bytes with a gap of one between them, at the end of memory: all as large as can be (seed 0), or any. */
static void check_bytes(const ssi_backend *backend, ssi_dtype dtype, size_t rows, size_t cols, uint32_t seed, char *in)
{
    uint8_t *a = placed(in, true, rows * (cols + 1) - 1, 1);
    int64_t d[4] = {-1, -1, -1, -1};
    for (size_t i = 0; i < rows * (cols + 1) - 1; i++)
        a[i] = (uint8_t)((seed ? next(&seed) >> 16 : 255) & (dtype == SSI_BOOL ? 1 : 255));
    backend->folds->along[SSI_REDUCE_SUM][dtype](d, a, rows, cols, cols + 1);
    for (size_t r = 0; r < 4; r++) {
        int64_t sum = r < rows ? 0 : -1;
        for (size_t c = 0; r < rows && c < cols; c++)
            sum += a[r * (cols + 1) + c];
        assert_int_equal(d[r], sum);
    }
}

static void bytes_are_summed_exactly_whatever_their_number(void **state)
{
    (void)state;
    char *in = guarded();
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (int boolean = 0; boolean < 2; boolean++)
            for (uint32_t seed = 0; seed < 2; seed++) {
                ssi_dtype dtype = boolean ? SSI_BOOL : SSI_U8;
                for (size_t cols = 1; cols < 600; cols++)
                    check_bytes(*backend, dtype, 3, cols, seed * (uint32_t)cols, in);
                for (size_t steps = PAGE / 8; steps <= PAGE; steps += PAGE / 8) /* around what sixteen bits hold */
                    for (size_t more = 0; more < 300; more += 23) {
                        check_bytes(*backend, dtype, 1, steps - more, seed, in);
                        if (steps + more <= PAGE)
                            check_bytes(*backend, dtype, 1, steps + more, seed, in);
                    }
            }
    unguarded(in);
}

/* Long rows of zeros of both signs; then one that is no number among them, at each place. */
static void one_nan_is_the_extreme_of_a_long_row_and_zeros_keep_their_signs(void **state)
{
    (void)state;
    enum { COLS = 300 };
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (ssi_dtype dtype = SSI_F32; dtype <= SSI_F64; dtype++)
            for (int which = 0; which < 2; which++) {
                double a[COLS], y[1], truth[1];
                uint32_t seed = 1;
                for (int64_t i = 0; i < COLS; i++)
                    ssi_put_f64(a, dtype, i, next(&seed) >> 16 & 1 ? 0.0 : -0.0);
                (*backend)->folds->along[SSI_REDUCE_MIN + which][dtype](y, a, 1, COLS, COLS);
                fold_row(truth, SSI_REDUCE_MIN + which, dtype, a, 0, COLS);
                assert_memory_equal(y, truth, ssi_dtype_size(dtype));
                for (int64_t i = 0; i < COLS; i++) {
                    int64_t index;
                    ssi_put_f64(a, dtype, i, NAN);
                    (*backend)->folds->find[which][dtype](&index, y, a, 1, COLS, COLS);
                    assert_true(isnan(ssi_get_f64(y, dtype, 0)));
                    assert_int_equal(index, i);
                    ssi_put_f64(a, dtype, i, 0);
                }
            }
}

/* Rows of NaN alone; then with one infinity, the least extreme of all numbers, at the first place, the last or another. */
static void a_row_of_nan_has_no_extreme_number_but_infinity_is_one(void **state)
{
    (void)state;
    enum { MOST = 600 };
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (ssi_dtype dtype = SSI_F32; dtype <= SSI_F64; dtype++)
            for (int which = 0; which < 2; which++)
                for (int64_t cols = 1; cols <= MOST; cols += cols < 20 ? 1 : 29) {
                    ssi_fold_routine *fold = (*backend)->folds->along[SSI_REDUCE_NANMIN + which][dtype];
                    const int64_t places[] = {0, cols / 2, cols - 1};
                    const double last = which == 0 ? INFINITY : -INFINITY;
                    double a[MOST], y[1];
                    for (int64_t i = 0; i < cols; i++)
                        ssi_put_f64(a, dtype, i, NAN);
                    fold(y, a, 1, (size_t)cols, (size_t)cols);
                    assert_true(isnan(ssi_get_f64(y, dtype, 0)));
                    for (int p = 0; p < 3; p++) {
                        ssi_put_f64(a, dtype, places[p], last);
                        fold(y, a, 1, (size_t)cols, (size_t)cols);
                        assert_true(ssi_get_f64(y, dtype, 0) == last);
                        ssi_put_f64(a, dtype, places[p], NAN);
                    }
                }
}

/* The sum of a row as backend.h has it: units of SSI_BLOCK, joined in pairs, pairs in pairs. */
static void sum_row(void *to, const ssi_backend *backend, ssi_dtype dtype, const char *a, size_t cols)
{
    size_t size = ssi_dtype_size(dtype), units = 0;
    char sum[SSI_UNITS * sizeof(double)];
    for (size_t c = 0; c < cols; c += SSI_BLOCK, units++)
        fold_row(sum + units * size, SSI_REDUCE_SUM, dtype, a + c * size, 0,
                 cols - c < SSI_BLOCK ? cols - c : SSI_BLOCK);
    for (size_t step = 1; step < units; step *= 2)
        for (size_t u = 0; u + step < units; u += 2 * step)
            ssi_map_of(backend, SSI_MAP_ADD, dtype, SSI_VV)(sum + u * size, sum + u * size, sum + (u + step) * size,
                                                            NULL, 1);
    memcpy(to, sum, size);
}

/* Rows of a as they follow each other with a gap, all times one row of b, times rows of their own, times themselves, or by themselves. */
static void check_dot(const ssi_backend *backend, ssi_dtype dtype, size_t rows, size_t cols, int by, char *in,
                      char *out)
{
    char what[64], truth[17 * sizeof(double)];
    snprintf(what, sizeof what, "%s dot of %zu x %zu %s, by %d", backend->name, rows, cols, ssi_dtype_name(dtype), by);
    size_t size = ssi_dtype_size(dtype), a_stride = cols + rows % 3,
           b_stride = by == 0   ? 0
                      : by == 1 ? cols
                                : a_stride,
           a_count = (rows - 1) * a_stride + cols;
    char *own = malloc(rows * cols * size), *product = malloc(cols * size);
    char *a = placed(in, true, a_count, size), *d = placed(out, true, rows, size),
         *b = by < 2    ? own
              : by == 2 ? a
                        : NULL;
    assert_non_null(own);
    assert_non_null(product);
    fill_values(a, dtype, a_count, (uint32_t)cols, rows == 1 && cols % 3 == 0);
    fill_values(own, dtype, rows * cols, (uint32_t)cols + 1, false);
    backend->folds->dot[dtype](d, a, b, rows, cols, a_stride, b_stride);
    for (size_t r = 0; r < rows; r++) {
        const char *row = a + r * a_stride * size;
        if (b)
            ssi_map_of(backend, SSI_MAP_MUL, dtype, SSI_VV)(product, row, b + r * b_stride * size, NULL, cols);
        sum_row(truth + r * size, backend, dtype, b ? product : row, cols);
    }
    assert_same(d, truth, dtype, rows, what);
    free(own);
    free(product);
}

static void check_dots(const ssi_backend *backend, ssi_dtype dtype, char *in, char *out)
{
    const size_t few[] = {1, 9, 16, 17}; /* sixteen go together, with and without anything behind them */
    const size_t long_rows[] = {600, 767, 768, 1000, 1023, 1024, 1025, 1536, 1537, 2047, 4095};
    for (int by = 0; by < 4; by++) {
        for (size_t cols = 1; cols <= SSI_BLOCK + 20; cols += cols < 40 || cols % SSI_LONG_ROW < 40 ? 1 : 31)
            for (size_t i = 0; i < sizeof few / sizeof *few; i++)
                if (few[i] * (cols + 2) * ssi_dtype_size(dtype) <= PAGE)
                    check_dot(backend, dtype, few[i], cols, by, in, out);
        for (size_t i = 0; i < sizeof long_rows / sizeof *long_rows; i++)
            check_dot(backend, dtype, 2, long_rows[i], by, in, out);
        for (size_t units = 3; units < SSI_UNITS; units += 6)
            check_dot(backend, dtype, 1, PAGE / ssi_dtype_size(dtype) / SSI_UNITS * units - units % 3, by, in, out);
    }
}

/* Rows of whole numbers, the largest there are (seed 0), or any, by one row or by rows of their own: sums that wrap. */
static void check_whole_dot(const ssi_backend *backend, ssi_dtype dtype, size_t rows, size_t cols, uint32_t seed,
                            char *in, char *out)
{
    size_t size = ssi_dtype_size(dtype), a_stride = cols + rows % 3, b_stride = cols & 1 ? 0 : cols + 1,
           a_count = (rows - 1) * a_stride + cols, b_count = (rows - 1) * b_stride + cols;
    char *a = placed(in, true, a_count, size), *b = placed(out, true, b_count, size);
    int64_t d[4] = {-1, -1, -1, -1};
    for (size_t i = 0; i < a_count * size; i++)
        a[i] = (char)(seed ? next(&seed) >> 16 : dtype == SSI_U8 ? 255 : 128);
    for (size_t i = 0; i < b_count * size; i++)
        b[i] = (char)(seed ? next(&seed) >> 16 : dtype == SSI_U8 ? 255 : 128);
    backend->folds->dot[dtype](d, a, b, rows, cols, a_stride, b_stride);
    for (size_t r = 0; r < 4; r++) {
        uint64_t sum = 0;
        for (size_t c = 0; c < cols; c++)
            sum += (uint64_t)ssi_get_i64(a, dtype, (int64_t)((r < rows ? r : 0) * a_stride + c)) *
                   (uint64_t)ssi_get_i64(b, dtype, (int64_t)((r < rows ? r : 0) * b_stride + c));
        assert_int_equal(d[r], r < rows ? (int64_t)sum : -1);
    }
}

static void products_of_whole_numbers_are_summed_exactly_whatever_their_number(void **state)
{
    (void)state;
    static const ssi_dtype whole[] = {SSI_U8, SSI_I8, SSI_I32, SSI_I64};
    char *in = guarded(), *out = guarded();
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (size_t t = 0; t < sizeof whole / sizeof *whole && (*backend)->folds->dot[whole[t]] != NULL; t++)
            for (uint32_t seed = 0; seed < 2; seed++) {
                for (size_t cols = 1; cols < 600; cols += cols < 200 ? 1 : 37)
                    check_whole_dot(*backend, whole[t], 3, cols, seed * (uint32_t)cols, in, out);
                for (size_t more = 0; more < 100; more += 33)
                    check_whole_dot(*backend, whole[t], 1, PAGE / ssi_dtype_size(whole[t]) - more, seed, in, out);
            }
    unguarded(in), unguarded(out);
}

static void products_are_rounded_and_summed_in_the_order_of_a_sum(void **state)
{
    (void)state;
    char *in = guarded(), *out = guarded();
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (ssi_dtype dtype = SSI_F32; dtype <= SSI_F64; dtype++)
            if ((*backend)->folds->dot[dtype] != NULL)
                check_dots(*backend, dtype, in, out);
    unguarded(in), unguarded(out);
}

static void the_sign_of_zero_survives_a_sum(void **state)
{
    (void)state;
    const float zeros[3] = {-0.0f, -0.0f, -0.0f}, mixed[3] = {-0.0f, 0.0f, -0.0f};
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++) {
        float y;
        (*backend)->folds->along[SSI_REDUCE_SUM][SSI_F32](&y, zeros, 1, 3, 3);
        assert_true(y == 0 && signbit(y));
        for (int64_t cols = 1; cols < 700 && (*backend)->folds->dot[SSI_F64] != NULL; cols += 9) {
            double minus[700], ones[700], sum;
            for (int64_t c = 0; c < cols; c++)
                minus[c] = -0.0, ones[c] = 1;
            (*backend)->folds->dot[SSI_F64](&sum, minus, cols & 2 ? ones : NULL, 1, (size_t)cols, 0, 0);
            assert_true(sum == 0 && signbit(sum));
        }
        (*backend)->folds->along[SSI_REDUCE_SUM][SSI_F32](&y, mixed, 1, 3, 3);
        assert_true(y == 0 && !signbit(y));
    }
}

/* ---- the search ---- */

static bool better(int which, ssi_dtype dtype, const void *a, int64_t i, int64_t best)
{
    if (ssi_is_float(dtype)) {
        double x = ssi_get_f64(a, dtype, i), y = ssi_get_f64(a, dtype, best);
        return !isnan(y) && (isnan(x) || (which == 0 ? x < y : x > y));
    }
    int64_t x = ssi_get_i64(a, dtype, i), y = ssi_get_i64(a, dtype, best);
    return which == 0 ? x < y : x > y;
}

static void check_finds(const ssi_backend *backend, ssi_dtype dtype, int which, char *in, char *out)
{
    size_t size = ssi_dtype_size(dtype);
    for (size_t cols = 1; cols <= SSI_BLOCK; cols += cols < 70 ? 1 : 31)
        for (int few = 0; few < 4; few++) {
            size_t rows = rows_of(cols, few & 1);
            char *a = placed(in, true, rows * cols, size), *value = placed(out, true, rows, size);
            int64_t index[SSI_BLOCK];
            fill_values(a, dtype, rows * cols, (uint32_t)cols, few & 2);
            backend->folds->find[which][dtype](index, value, a, rows, cols, cols);
            for (int64_t r = 0; r < (int64_t)rows; r++) {
                int64_t start = r * (int64_t)cols, best = start;
                for (int64_t j = start; j < start + (int64_t)cols; j++)
                    best = better(which, dtype, a, j, best) ? j : best;
                assert_int_equal(index[r], best - start);
                assert_memory_equal(value + (size_t)r * size, a + (size_t)best * size, size);
            }
        }
}

static void the_first_extreme_is_found_and_nan_is_the_most_extreme(void **state)
{
    (void)state;
    char *in = guarded(), *out = guarded();
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (size_t t = 0; t < sizeof dtypes / sizeof *dtypes; t++)
            for (int which = 0; which < 2; which++)
                check_finds(*backend, dtypes[t], which, in, out);
    unguarded(in), unguarded(out);
}

/* Rows of zeros of both signs, or between infinities of both signs, whose first extreme is at the first place, the last and others, and comes again at the end. */
static void the_first_extreme_is_found_in_the_longest_rows(void **state)
{
    (void)state;
    static char a[SSI_FIND_COLUMNS * 8];
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (size_t t = 0; t < sizeof dtypes / sizeof *dtypes; t++)
            for (int64_t cols = SSI_FIND_COLUMNS; cols > SSI_FIND_COLUMNS / 2; cols -= 1021) {
                const ssi_dtype dtype = dtypes[t];
                const bool is_signed = dtype != SSI_BOOL && dtype != SSI_U8, infinite = cols & 1 && ssi_is_float(dtype);
                const double extreme[] = {infinite    ? -INFINITY
                                          : is_signed ? -1
                                                      : 0,
                                          infinite    ? INFINITY
                                          : is_signed ? 1
                                                      : 2};
                for (int64_t place = 0; place < 2 * cols; place += place < 2 ? 1 : cols / 7) {
                    const int which = dtype == SSI_BOOL ? 1 : (int)(place & 1);
                    const int64_t first = place % cols;
                    for (int64_t i = 0; i < cols; i++)
                        ssi_put_f64(a, dtype, i, is_signed ? (i % 3 ? 0.0 : -0.0) : which == 0);
                    if (infinite)
                        ssi_put_f64(a, dtype, cols / 2, extreme[!which]);
                    ssi_put_f64(a, dtype, cols - 1, extreme[which]);
                    ssi_put_f64(a, dtype, first, extreme[which]);
                    int64_t index;
                    double value;
                    (*backend)->folds->find[which][dtype](&index, &value, a, 1, (size_t)cols, (size_t)cols);
                    assert_int_equal(index, first);
                    assert_true(ssi_get_f64(&value, dtype, 0) == ssi_get_f64(a, dtype, first));
                }
            }
}

/* ---- across rows ---- */

static void check_across(const ssi_backend *backend, ssi_dtype dtype, int code, char *in, char *out)
{
    size_t size = ssi_dtype_size(dtype);
    char truth[300 * 8], what[64];
    snprintf(what, sizeof what, "%s across %d of %s", backend->name, code, ssi_dtype_name(dtype));
    for (size_t cols = 1; cols <= 300; cols += cols < 70 ? 1 : 23) {
        size_t stride = cols + cols % 3, rows = 1 + cols % 10;
        char *a = placed(in, true, (rows - 1) * stride + cols, size), *d = placed(out, true, cols, size);
        fill_values(a, dtype, (rows - 1) * stride + cols, (uint32_t)cols, false);
        backend->folds->across[code][dtype](d, a, rows, cols, stride);
        for (size_t c = 0; c < cols; c++) { /* joined one after another */
            double f = ssi_get_f64(a, dtype, (int64_t)c);
            int64_t i = ssi_is_float(dtype) ? 0 : ssi_get_i64(a, dtype, (int64_t)c);
            for (size_t r = 1; r < rows; r++) {
                int64_t at = (int64_t)(r * stride + c);
                f = join_f64(code, dtype == SSI_F32, f, ssi_get_f64(a, dtype, at));
                i = ssi_is_float(dtype) ? 0 : join_i64(code, i, ssi_get_i64(a, dtype, at));
            }
            if (ssi_is_float(dtype))
                ssi_put_f64(truth, dtype, (int64_t)c, f);
            else
                ssi_put_i64(truth, dtype, (int64_t)c, i);
        }
        assert_same(d, truth, dtype, cols, what);
    }
}

static void check_find_across(const ssi_backend *backend, ssi_dtype dtype, int which, char *in, char *out)
{
    size_t size = ssi_dtype_size(dtype), rows = SSI_FIND_ROWS;
    int64_t index[70];
    for (size_t cols = 1; cols <= 40; cols++) {
        char *a = placed(in, true, rows * cols, size), *value = placed(out, true, cols, size);
        fill_values(a, dtype, rows * cols, (uint32_t)cols, cols & 1);
        backend->folds->find_across[which][dtype](index, value, a, rows, cols, cols);
        for (int64_t c = 0; c < (int64_t)cols; c++) {
            int64_t best = c;
            for (int64_t r = 1; r < (int64_t)rows; r++)
                best = better(which, dtype, a, r * (int64_t)cols + c, best) ? r * (int64_t)cols + c : best;
            assert_int_equal(index[c], best / (int64_t)cols);
            assert_memory_equal(value + (size_t)c * size, a + (size_t)best * size, size);
        }
    }
}

static void rows_are_folded_onto_each_other_in_order(void **state)
{
    (void)state;
    char *in = guarded(), *out = guarded();
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (size_t t = 0; t < sizeof dtypes / sizeof *dtypes; t++) {
            for (int code = SSI_REDUCE_SUM; code <= SSI_REDUCE_MAX; code++)
                if ((*backend)->folds->across[code][dtypes[t]] != NULL)
                    check_across(*backend, dtypes[t], code, in, out);
            for (int which = 0; which < 2; which++)
                check_find_across(*backend, dtypes[t], which, in, out);
        }
    unguarded(in), unguarded(out);
}

/* ---- spreading ---- */

static void a_row_is_filled_with_its_element_and_nothing_beyond(void **state)
{
    (void)state;
    char *in = guarded(), *out = guarded();
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (size_t size = 1; size <= 8; size *= 2)
            for (size_t cols = 1; cols <= 200; cols++) {
                size_t rows = SSI_BLOCK / cols;
                char *a = placed(in, true, rows, size), *d = placed(out, true, rows * cols, size);
                fill(a, SSI_I8, rows * size, (uint32_t)cols);
                memset(out, 0x5a, PAGE);
                (*backend)->spread(d, a, rows, cols, size);
                for (size_t i = 0; i < rows * cols; i++)
                    assert_memory_equal(d + i * size, a + i / cols * size, size);
                assert_true(d[-1] == 0x5a);
            }
    unguarded(in), unguarded(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_keep_to_the_order_bit_for_bit),
        cmocka_unit_test(bytes_are_summed_exactly_whatever_their_number),
        cmocka_unit_test(products_of_whole_numbers_are_summed_exactly_whatever_their_number),
        cmocka_unit_test(products_are_rounded_and_summed_in_the_order_of_a_sum),
        cmocka_unit_test(one_nan_is_the_extreme_of_a_long_row_and_zeros_keep_their_signs),
        cmocka_unit_test(a_row_of_nan_has_no_extreme_number_but_infinity_is_one),
        cmocka_unit_test(the_sign_of_zero_survives_a_sum),
        cmocka_unit_test(the_first_extreme_is_found_and_nan_is_the_most_extreme),
        cmocka_unit_test(the_first_extreme_is_found_in_the_longest_rows),
        cmocka_unit_test(rows_are_folded_onto_each_other_in_order),
        cmocka_unit_test(a_row_is_filled_with_its_element_and_nothing_beyond),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
