/*
 * The rules of running, each as a sentence that holds.
 */
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "run/run.h"
#include "ssi/grad.h"
#include "ssi/ops.h"

static ssi_tensor *vector(int n, const float *data)
{
    return (ssi_array)(SSI_F32, 1, (int64_t[]){n}, data);
}

static void an_expression_written_before_an_assignment_keeps_the_old_value(void **state)
{
    (void)state;
    ssi_tensor *w = ssi_array(((float[]){1, 2, 3}), 3);
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *before = ssi_mul(w, 10);
    assert_int_equal(ssi_assign(w, ssi_add(w, 1)), SSI_OK);
    ssi_tensor *after = ssi_mul(w, 10);
    assert_float_equal(ssi_item(ssi_sum(before)), 60, 0);
    assert_float_equal(ssi_item(ssi_sum(after)), 90, 0);
    assert_int_equal(ssi_scope_close(scope), SSI_OK);
    assert_float_equal(ssi_item(ssi_sum(w)), 9, 0);
    assert_int_equal(ssi_report(), 0);
}

static void a_pending_tensor_can_be_assigned_to(void **state)
{
    (void)state;
    ssi_tensor *w = ssi_add(ssi_array(((float[]){1, 2}), 2), 1); /* not computed */
    ssi_tensor *early = ssi_mul(w, 100);
    for (int i = 0; i < 3; i++) {
        ssi_scope scope = ssi_scope_open();
        ssi_assign(w, ssi_mul(w, 2));
        assert_int_equal(ssi_scope_close(scope), SSI_OK);
    }
    assert_float_equal(ssi_item(ssi_sum(w)), (2 + 3) * 8, 0);
    assert_float_equal(ssi_item(ssi_sum(early)), 500, 0);
}

static void a_swap_through_two_assignments_sees_old_values_on_both_sides(void **state)
{
    (void)state;
    ssi_tensor *a = ssi_array(((float[]){1, 1}), 2), *b = ssi_array(((float[]){5, 5}), 2);
    for (int i = 0; i < 4; i++) {
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *new_a = ssi_add(b, 1), *new_b = ssi_add(a, 1);
        ssi_assign(a, new_a);
        ssi_assign(b, new_b);
        assert_int_equal(ssi_scope_close(scope), SSI_OK);
    }
    assert_float_equal(ssi_item(ssi_sum(a)), 2 * 5, 0);
    assert_float_equal(ssi_item(ssi_sum(b)), 2 * 9, 0);
}

static void an_assignment_reuses_the_memory_nobody_else_sees(void **state)
{
    (void)state;
    ssi_tensor *w = ssi_array(((float[]){1, 2, 3, 4}), 4);
    for (int i = 0; i < 2; i++) { /* from the second step on w is a handle whose value only it holds */
        ssi_scope scope = ssi_scope_open();
        ssi_assign(w, ssi_mul(w, 2));
        ssi_scope_close(scope);
    }
    const float *before = ssi_data_f32(w);
    ssi_scope scope = ssi_scope_open();
    ssi_assign(w, ssi_mul(w, 2));
    ssi_scope_close(scope);
    scope = ssi_scope_open();
    assert_ptr_equal(ssi_data_f32(w), before);
    ssi_scope_close(scope);
}

static void a_kept_tensor_is_returned_unevaluated_and_gradients_still_flow(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_array(((float[]){1, 2, 3}), 3);
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *y = ssi_keep(ssi_sum(ssi_mul(x, x)));
    assert_int_equal(ssi_scope_close(scope), SSI_OK);
    ssi_tensor *dx = ssi_grad(y, x);
    assert_float_equal(ssi_item(y), 14, 0);
    assert_float_equal(ssi_item(ssi_sum(dx)), 12, 0);
}

static void a_failed_close_changes_nothing_that_was_assigned(void **state)
{
    (void)state;
    ssi_tensor *w = ssi_array(((float[]){1, 2}), 2), *v = ssi_array(((float[]){3, 4}), 2);
    for (int i = 0; i < 2; i++) {
        ssi_scope scope = ssi_scope_open();
        ssi_assign(w, ssi_mul(w, 2));
        ssi_assign(v, ssi_mul(v, 2));
        assert_int_equal(ssi_scope_close(scope), SSI_OK);
    }
    ssi_scope scope = ssi_scope_open();
    ssi_assign(w, ssi_mul(w, 2));
    ssi_tensor *loss = ssi_label(ssi_log(ssi_sub(ssi_sum(v), 1000)), "loss");
    ssi_assign(v, ssi_mul(v, ssi_check_finite(loss)));
    assert_int_equal(ssi_scope_close(scope), SSI_NOT_FINITE);
    ssi_error error;
    assert_int_equal(ssi_error_take(&error), 1);
    assert_int_equal(error.code, SSI_NOT_FINITE);
    assert_non_null(strstr(error.message, "loss"));
    assert_non_null(error.file);
    assert_float_equal(ssi_item(ssi_sum(w)), 12, 0);
    assert_float_equal(ssi_item(ssi_sum(v)), 28, 0);
}

static void the_same_step_with_other_numbers_finds_its_plan(void **state)
{
    (void)state;
    ssi_tensor *w = ssi_array(((float[]){1, 2, 3}), 3);
    uint64_t planned = 0;
    for (int i = 0; i < 10; i++) {
        ssi_scope scope = ssi_scope_open();
        ssi_assign(w, ssi_sub(w, ssi_mul(w, 0.1 / (i + 1))));
        ssi_scope_close(scope);
        if (i == 2)
            planned = ssi_run_counted()->planned;
    }
    assert_int_equal(ssi_run_counted()->planned, planned);
}

static void a_long_expression_runs_by_itself(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_array(((double[]){0}), 1);
    for (int i = 0; i < 10000; i++)
        x = ssi_add(x, 1);
    assert_float_equal(ssi_item(x), 10000, 0);
    ssi_scope_close(scope);
    assert_int_equal(ssi_report(), 0);
}

static void softmax_of_short_rows_is_one_kernel(void **state)
{
    (void)state;
    float data[51 * 10];
    for (int i = 0; i < 510; i++)
        data[i] = (float)(i % 17) - 8;
    ssi_tensor *x = (ssi_array)(SSI_F32, 2, (int64_t[]){51, 10}, data);
    ssi_tensor *e = ssi_exp(ssi_sub(x, ssi_max_axes(x, 1, (int[]){1}, 1)));
    ssi_tensor *y = ssi_div(e, ssi_sum_axes(e, 1, (int[]){1}, 1));
    uint64_t before = ssi_run_counted()->kernels;
    assert_int_equal(ssi_eval(y), SSI_OK);
    assert_int_equal(ssi_run_counted()->kernels - before, 1);
    assert_float_equal(ssi_item(ssi_sum(y)), 51, 1e-4);
}

/* A mean, which deviations need too: two kernels sum, one maps. Of other axes, or of other values, there are other sums; one value is assigned twice. */
static void reductions_of_the_same_values_are_done_once(void **state)
{
    (void)state;
    enum { N = 3000 };
    ssi_tensor *x = (ssi_uniform)(SSI_F64, 2, (int64_t[]){2, N}, 1, 0);
    assert_int_equal(ssi_eval(x), SSI_OK);
    const double *at = ssi_data_f64(x);
    double mean = 0, spread = 0;
    for (int i = 0; i < 2 * N; i++)
        mean += at[i] / (2 * N);
    for (int i = 0; i < 2 * N; i++)
        spread += (at[i] - mean) * (at[i] - mean) / (2 * N);
    uint64_t before = ssi_run_counted()->kernels;
    ssi_tensor *off = ssi_sub(x, ssi_div(ssi_sum_axes(x, 0, NULL, 1), 2.0 * N));
    ssi_tensor *variance = ssi_div(ssi_sum(ssi_mul(off, off)), 2.0 * N);
    const double *y = ssi_data_f64(ssi_div(ssi_sub(x, ssi_div(ssi_sum(x), 2.0 * N)), ssi_sqrt(variance)));
    assert_int_equal(ssi_run_counted()->kernels - before, 3);
    for (int i = 0; i < 2 * N; i++)
        assert_true(fabs(y[i] - (at[i] - mean) / sqrt(spread)) < 1e-12);
    double rows = ssi_item(ssi_sub(ssi_sum(ssi_sum_axes(x, 1, (int[]){1}, 0)), ssi_sum(x)));
    double largest = ssi_item(ssi_sub(ssi_max(x), ssi_sum(x))), all = ssi_item(ssi_sum(x));
    assert_true(fabs(rows) < 1e-9 && largest < 1 - all);
    ssi_tensor *a = ssi_zeros(SSI_F64, 1), *b = ssi_zeros(SSI_F64, 1);
    for (int step = 0; step < 3; step++) {
        ssi_scope scope = ssi_scope_open();
        ssi_assign(a, ssi_reshape(ssi_sum(x), 1));
        ssi_assign(b, ssi_reshape(ssi_sum(x), 1));
        assert_int_equal(ssi_scope_close(scope), SSI_OK);
        assert_true(ssi_item(a) == all && ssi_item(b) == all);
        scope = ssi_scope_open();
        ssi_assign(a, ssi_add(a, 1));
        assert_int_equal(ssi_scope_close(scope), SSI_OK);
        assert_true(ssi_item(a) == all + 1 && ssi_item(b) == all);
    }
}

static void what_follows_a_product_runs_on_its_tiles(void **state)
{
    (void)state;
    float a[12] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, b[8] = {1, -1, 1, -1, 2, 0, 0, 2}, c[2] = {-10, 10};
    ssi_tensor *x = (ssi_array)(SSI_F32, 2, (int64_t[]){3, 4}, a), *w = (ssi_array)(SSI_F32, 2, (int64_t[]){4, 2}, b);
    ssi_tensor *y = ssi_relu(ssi_add(ssi_matmul(x, w), vector(2, c)));
    uint64_t before = ssi_run_counted()->kernels;
    const float *out = ssi_data_f32(y);
    assert_int_equal(ssi_run_counted()->kernels - before, 1);
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 2; j++) {
            float s = 0;
            for (int k = 0; k < 4; k++)
                s += a[4 * i + k] * b[2 * k + j];
            s += c[j];
            assert_float_equal(out[2 * i + j], s > 0 ? s : 0, 0);
        }
    }
}

static void what_leads_to_a_product_is_done_while_its_operand_is_packed(void **state)
{
    (void)state;
    uint8_t pixel[6] = {0, 51, 102, 153, 204, 255};
    ssi_tensor *x = (ssi_array)(SSI_U8, 2, (int64_t[]){2, 3}, pixel);
    ssi_tensor *w = ssi_array(((float[]){1, 2, 3, 4, 5, 6}), 3, 2);
    ssi_tensor *y = ssi_relu(ssi_matmul(ssi_div(ssi_cast(x, SSI_F32), 255), w));
    uint64_t before = ssi_run_counted()->kernels;
    const float *out = ssi_data_f32(y);
    assert_int_equal(ssi_run_counted()->kernels - before, 1);
    assert_float_equal(out[0], 0.2f * 3 + 0.4f * 5, 1e-6);
    assert_float_equal(out[1], 0.2f * 4 + 0.4f * 6, 1e-6);
    assert_float_equal(out[2], 0.6f * 1 + 0.8f * 3 + 1 * 5, 1e-5);
    assert_float_equal(out[3], 0.6f * 2 + 0.8f * 4 + 1 * 6, 1e-5);
}

/* Rows of x (u8, (50,7,13)) by an index of every kind: negative numbers, every second one, of two axes. */
static void rows_that_an_index_chooses_are_taken_by_the_map_that_reads_them(void **state)
{
    (void)state;
    enum { ROWS = 50, ROW = 7 * 13, MOST = 300 };
    uint8_t data[ROWS * ROW];
    int64_t asked[2 * MOST];
    for (int i = 0; i < ROWS * ROW; i++)
        data[i] = (uint8_t)(i * 37 % 251);
    for (int i = 0; i < 2 * MOST; i++)
        asked[i] = i * 31 % (2 * ROWS) - ROWS;
    ssi_tensor *x = (ssi_array)(SSI_U8, 3, (int64_t[]){ROWS, 7, 13}, data);
    ssi_tensor *all = (ssi_array)(SSI_I64, 1, (int64_t[]){2 * MOST}, asked);
    ssi_tensor *index[] = {ssi_slice(all, 1, &(ssi_range){3, 3 + MOST, 1}),
                           ssi_slice(all, 1, &(ssi_range){0, SSI_END, 2}), ssi_reshape(all, 20, 30)};
    for (int way = 0; way < 3; way++) {
        for (int threads = 1; threads <= 3; threads++) {
            ssi_set_threads(threads);
            int64_t count = ssi_count(index[way]);
            int64_t *rows = malloc((size_t)count * sizeof *rows);
            assert_int_equal(ssi_read(index[way], SSI_I64, rows, count), SSI_OK);
            ssi_tensor *y = ssi_div(ssi_cast(ssi_gather(x, index[way]), SSI_F32), 255);
            uint64_t before = ssi_run_counted()->kernels;
            const float *out = ssi_data_f32(y);
            assert_int_equal(ssi_run_counted()->kernels - before, 1);
            for (int64_t i = 0; i < count * ROW; i++) {
                int64_t row = rows[i / ROW] < 0 ? rows[i / ROW] + ROWS : rows[i / ROW];
                assert_float_equal(out[i], (float)data[row * ROW + i % ROW] / 255, 0);
            }
            free(rows);
        }
    }
    ssi_set_threads(0);
}

static void an_index_outside_fails_the_map_that_takes_the_rows(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_zeros(SSI_F32, 4, 32), *w = ssi_ones(SSI_F32, 2, 32);
    ssi_tensor *index = (ssi_array)(SSI_I64, 1, (int64_t[]){2}, (int64_t[]){1, 4});
    assert_int_equal(ssi_eval(w), SSI_OK);
    ssi_scope scope = ssi_scope_open();
    assert_int_equal(ssi_assign(w, ssi_add(ssi_mul(ssi_gather(x, index), 2), w)), SSI_OK);
    assert_int_equal(ssi_scope_close(scope), SSI_RANGE);
    ssi_error error;
    assert_true(ssi_error_take(&error));
    assert_string_equal(error.operation, "gather");
    assert_float_equal(ssi_item(ssi_sum(w)), 64, 0);
}

/* Rows of one unit and a half, of a short end, of many units: once with their products kept, which then are what was summed, once without. */
static void products_are_summed_alike_whether_they_are_kept_or_not(void **state)
{
    (void)state;
    static const int64_t widths[] = {300, 777, 1030, 70000};
    for (int i = 0; i < 4; i++)
        for (ssi_dtype dtype = SSI_F32; dtype <= SSI_F64; dtype++) {
            ssi_scope scope = ssi_scope_open();
            int64_t shape[] = {widths[i] == 70000 ? 1 : 70, widths[i]};
            ssi_tensor *a = (ssi_uniform)(dtype, 2, shape, 1, 1), *b = (ssi_uniform)(dtype, 1, shape + 1, 1, 2);
            assert_int_equal(ssi_eval_all(2, (ssi_tensor *[]){a, b}), SSI_OK);
            ssi_tensor *product = ssi_mul(a, b), *sum = ssi_sum(product, 1), *other = ssi_sum(ssi_mul(a, b), 1);
            assert_int_equal(ssi_eval_all(2, (ssi_tensor *[]){product, sum}), SSI_OK);
            ssi_tensor *same = ssi_logical_and(ssi_equal(sum, other), ssi_equal(sum, ssi_matmul(a, b)));
            same = ssi_logical_and(same, ssi_equal(sum, ssi_sum(product, 1)));
            assert_float_equal(ssi_item(ssi_sum(same)), (double)shape[0], 0);
            double x[2], y[2], z[2];
            for (int at = 0; at < 2; at++) {
                ssi_range place[] = {{at ? shape[0] - 1 : 0, at ? shape[0] : 1, 1}, {7 * at, 7 * at + 1, 1}};
                x[at] = ssi_item(ssi_slice(a, 2, place));
                y[at] = ssi_item(ssi_slice(b, 1, place + 1));
                z[at] = ssi_item(ssi_slice(product, 2, place));
                assert_float_equal(z[at], dtype == SSI_F32 ? (float)x[at] * (float)y[at] : x[at] * y[at], 0);
            }
            assert_int_equal(ssi_scope_close(scope), SSI_OK);
        }
    assert_int_equal(ssi_report(), 0);
}

static void a_sum_has_the_same_bits_for_any_number_of_threads(void **state)
{
    (void)state;
    enum { N = 300000 };
    float *data = malloc(N * sizeof *data);
    for (int i = 0; i < N; i++)
        data[i] = sinf((float)i) * 1e3f;
    double first[3] = {0};
    int threads[] = {1, 2, 3, 8};
    for (int t = 0; t < 4; t++) {
        ssi_set_threads(threads[t]);
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *x = (ssi_array)(SSI_F32, 2, (int64_t[]){300, 1000}, data);
        double got[3] = {ssi_item(ssi_sum(ssi_exp(ssi_mul(x, 1e-3)))),
                         ssi_item(ssi_sum(ssi_mul(ssi_sum(x, 0), ssi_sum(x, 0)))),
                         ssi_item(ssi_sum(ssi_mul(ssi_sum(x, 1), 3)))};
        ssi_scope_close(scope);
        for (int k = 0; k < 3; k++) {
            if (t == 0)
                first[k] = got[k];
            assert_memory_equal(&got[k], &first[k], sizeof got[k]);
        }
    }
    ssi_set_threads(0);
    free(data);
}

static void *use_ssi(void *seed)
{
    ssi_tensor *x = ssi_full(SSI_F64, *(double *)seed, 100, 10);
    double *out = malloc(sizeof *out);
    *out = ssi_item(ssi_sum(ssi_mul(x, x)));
    return out;
}

/* Of so many elements that they are written past the caches; odd sizes, so that rows begin anywhere in a line. */
static void a_result_larger_than_caches_is_whole(void **state)
{
    (void)state;
    enum { ROWS = 2901, COLUMNS = 3003 };
    for (int threads = 1; threads <= 2; threads++) {
        ssi_set_threads(threads);
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *r = ssi_iota(SSI_F32, 2, (int64_t[]){ROWS, 1}, 0),
                   *c = ssi_iota(SSI_F32, 2, (int64_t[]){1, COLUMNS}, 1);
        ssi_tensor *outer = ssi_mul(r, c), *turned = ssi_add(ssi_transpose(outer), 1);
        ssi_tensor *joined = ssi_concatenate(2, (ssi_tensor *[]){outer, c}, 0);
        ssi_eval(outer);
        const float *x = ssi_data(outer), *y = ssi_data(turned), *z = ssi_data(joined);
        for (int i = 0; i < ROWS; i++)
            for (int j = 0; j < COLUMNS; j++)
                if (x[i * COLUMNS + j] != (float)i * (float)j || y[j * ROWS + i] != x[i * COLUMNS + j] + 1 ||
                    z[i * COLUMNS + j] != x[i * COLUMNS + j])
                    fail_msg("element %d, %d with %d threads", i, j, threads);
        for (int j = 0; j < COLUMNS; j++)
            assert_float_equal(z[ROWS * COLUMNS + j], (float)j, 0);
        ssi_scope_close(scope);
    }
    ssi_set_threads(0);
    assert_int_equal(ssi_report(), 0);
}

static void a_row_is_the_same_for_every_row_it_is_added_to(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 2; threads++)
        for (int64_t cols = 500; cols <= 9000; cols += 100 + cols / 2) {
            ssi_set_threads(threads);
            ssi_scope scope = ssi_scope_open();
            const int64_t rows = 131;
            ssi_tensor *x = ssi_iota(SSI_F32, 1, (int64_t[]){rows * cols}, 0), *v = ssi_iota(SSI_F32, 1, &cols, 0);
            x = (ssi_reshape)(x, 2, (int64_t[]){rows, cols});
            assert_true(ssi_eval(x) == SSI_OK && ssi_eval(v) == SSI_OK);
            const float *y = ssi_data_f32(ssi_mul(ssi_add(x, ssi_mul(v, 2)), v));
            for (int64_t i = 0; i < rows * cols; i++)
                assert_true(y[i] == ((float)i + 2 * (float)(i % cols)) * (float)(i % cols));
            ssi_scope_close(scope);
        }
    ssi_set_threads(0);
}

static void distinct_threads_are_free_to_use_ssi(void **state)
{
    (void)state;
    pthread_t thread[4];
    double seed[4] = {1, 2, 3, 4};
    for (int i = 0; i < 4; i++)
        pthread_create(&thread[i], NULL, use_ssi, &seed[i]);
    for (int i = 0; i < 4; i++) {
        void *out;
        pthread_join(thread[i], &out);
        assert_float_equal(*(double *)out, 1000 * seed[i] * seed[i], 0);
        free(out);
    }
}

/* Sums of bytes, of truths on their way and of both beside what they were cast to, against sums of the i64 that lie in memory. */
static void assert_bytes_summed(ssi_tensor *bytes, int count, const int *axes)
{
    ssi_tensor *whole = ssi_cast(bytes, SSI_I64), *truths = ssi_cast(ssi_greater(bytes, 99), SSI_I64);
    assert_int_equal(ssi_eval(whole) | ssi_eval(truths), SSI_OK);
    ssi_tensor *kept = ssi_cast(bytes, SSI_I64), *kept_sum = ssi_sum_axes(kept, count, axes, 0);
    assert_int_equal(ssi_eval(kept), SSI_OK);
    ssi_tensor *sum[] = {ssi_sum_axes(bytes, count, axes, 0), ssi_sum_axes(ssi_greater(bytes, 99), count, axes, 0),
                         kept_sum, ssi_div(ssi_sum_axes(bytes, count, axes, 0), 2)};
    ssi_tensor *truth[] = {ssi_sum_axes(whole, count, axes, 0), ssi_sum_axes(truths, count, axes, 0),
                           ssi_sum_axes(whole, count, axes, 0), ssi_div(ssi_sum_axes(whole, count, axes, 0), 2)};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(ssi_dtype_of(sum[i]), ssi_dtype_of(truth[i]));
        assert_float_equal(ssi_item(ssi_sum(ssi_not_equal(sum[i], truth[i]))), 0, 0);
    }
    assert_true(ssi_item(ssi_min(sum[0])) > 0);
}

static void bytes_are_summed_as_the_integers_that_they_are(void **state)
{
    (void)state;
    static const int64_t shape[][2] = {{1, 3000000}, {3, 100000}, {1000, 9}, {70, 700}, {5, 2}, {9000, 600}, {2, 1}};
    static const int axes[] = {0, 1};
    static uint8_t data[5400000];
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)(i * 77 % 251 + 4);
    for (size_t i = 0; i < sizeof shape / sizeof *shape; i++) {
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *bytes = (ssi_array)(SSI_U8, 2, shape[i], data);
        ssi_tensor *part = ssi_slice(bytes, 1, (ssi_range[]){{0, SSI_END, 2}});
        for (int which = 0; which < 3; which++) {
            const int count = which == 2 ? 2 : 1, *of = axes + which % 2;
            assert_bytes_summed(bytes, count, of);
            assert_bytes_summed(ssi_transpose(bytes), count, of);
            if (shape[i][0] > 1 && shape[i][0] < 5000)
                assert_bytes_summed(part, count, of);
        }
        assert_int_equal(ssi_scope_close(scope), SSI_OK);
    }
    assert_int_equal(ssi_report(), 0);
}

/* It is the same values under another name, and the sum could be taken of those. */
static void what_is_summed_as_it_lies_is_stored_where_it_is_wanted(void **state)
{
    (void)state;
    static const double numbers[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    ssi_tensor *x = (ssi_array)(SSI_F64, 3, (int64_t[]){4, 1, 3}, numbers);
    for (int axis = 0; axis < 3; axis += 2) {
        ssi_tensor *same = ssi_detach(x), *of_one = ssi_min_axes(x, 1, (int[]){1}, 1);
        ssi_tensor *wanted[] = {same, ssi_sum(same, axis), of_one, ssi_max(of_one, axis)};
        assert_int_equal(ssi_eval_all(4, wanted), SSI_OK);
        assert_memory_equal(ssi_data_f64(same), numbers, sizeof numbers);
        assert_memory_equal(ssi_data_f64(of_one), numbers, sizeof numbers);
        assert_float_equal(ssi_item(ssi_sum(wanted[1])), 78, 0);
        assert_float_equal(ssi_item(ssi_sum(wanted[3])), axis ? 3 + 6 + 9 + 12 : 10 + 11 + 12, 0);
    }
}

/* `larger` is computed with `columns`, on which `both` waits, and itself waits for `all`: so `all`, though younger than `twice`, is not computed with it. */
/* A row that is only copied is worked on in blocks that are longer than the steps that a byte counts. */
static void the_first_extreme_is_found_in_a_row_that_is_copied_meanwhile(void **state)
{
    (void)state;
    enum { N = 300000, AGAIN = 70000 };
    uint8_t *row = malloc(N);
    assert_non_null(row);
    for (int at = 1000; at + AGAIN < N; at += 17919) {
        for (int i = 0; i < N; i++)
            row[i] = (uint8_t)(i * 7 % 100);
        row[at] = row[at + AGAIN] = 200;
        for (int i = 0; i < 2; i++) {
            ssi_scope scope = ssi_scope_open();
            ssi_tensor *x = (ssi_array)(i ? SSI_I8 : SSI_U8, 1, (int64_t[]){N}, row), *copy = ssi_detach(x);
            ssi_tensor *extreme = i ? ssi_argmin(copy, 0) : ssi_argmax(copy, 0);
            assert_int_equal(ssi_eval_all(2, (ssi_tensor *[]){copy, extreme}), SSI_OK);
            assert_int_equal(ssi_item(extreme), at);
            assert_int_equal(ssi_scope_close(scope), SSI_OK);
        }
    }
    free(row);
}

static void kernels_that_take_in_younger_values_do_not_wait_for_each_other(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_array(((double[]){1, 2, 3, 4, 5, 6}), 2, 3);
    ssi_tensor *twice = ssi_mul(x, 2), *columns = ssi_sum(x, 0), *both = ssi_add(twice, columns), *all = ssi_sum(x),
               *larger = ssi_maximum(columns, all), *sum = ssi_add(all, twice);
    assert_int_equal(ssi_eval_all(3, (ssi_tensor *[]){both, larger, sum}), SSI_OK);
    assert_memory_equal(ssi_data_f64(both), ((double[]){7, 11, 15, 13, 17, 21}), 6 * sizeof(double));
    assert_memory_equal(ssi_data_f64(larger), ((double[]){21, 21, 21}), 3 * sizeof(double));
    assert_memory_equal(ssi_data_f64(sum), ((double[]){23, 25, 27, 29, 31, 33}), 6 * sizeof(double));
}

static void a_poisoned_tensor_fails_its_readers(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_check_finite(ssi_div(ssi_array(((float[]){1}), 1), 0));
    assert_int_not_equal(ssi_eval(x), SSI_OK);
    assert_int_equal(ssi_error_take(NULL), 1);
    assert_null(ssi_add(x, 1));
    assert_true(isnan(ssi_item(x)));
    ssi_error_take(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_expression_written_before_an_assignment_keeps_the_old_value),
        cmocka_unit_test(a_pending_tensor_can_be_assigned_to),
        cmocka_unit_test(a_swap_through_two_assignments_sees_old_values_on_both_sides),
        cmocka_unit_test(an_assignment_reuses_the_memory_nobody_else_sees),
        cmocka_unit_test(a_kept_tensor_is_returned_unevaluated_and_gradients_still_flow),
        cmocka_unit_test(a_failed_close_changes_nothing_that_was_assigned),
        cmocka_unit_test(the_same_step_with_other_numbers_finds_its_plan),
        cmocka_unit_test(a_long_expression_runs_by_itself),
        cmocka_unit_test(softmax_of_short_rows_is_one_kernel),
        cmocka_unit_test(reductions_of_the_same_values_are_done_once),
        cmocka_unit_test(what_follows_a_product_runs_on_its_tiles),
        cmocka_unit_test(what_leads_to_a_product_is_done_while_its_operand_is_packed),
        cmocka_unit_test(rows_that_an_index_chooses_are_taken_by_the_map_that_reads_them),
        cmocka_unit_test(an_index_outside_fails_the_map_that_takes_the_rows),
        cmocka_unit_test(products_are_summed_alike_whether_they_are_kept_or_not),
        cmocka_unit_test(a_sum_has_the_same_bits_for_any_number_of_threads),
        cmocka_unit_test(a_result_larger_than_caches_is_whole),
        cmocka_unit_test(a_row_is_the_same_for_every_row_it_is_added_to),
        cmocka_unit_test(distinct_threads_are_free_to_use_ssi),
        cmocka_unit_test(bytes_are_summed_as_the_integers_that_they_are),
        cmocka_unit_test(what_is_summed_as_it_lies_is_stored_where_it_is_wanted),
        cmocka_unit_test(the_first_extreme_is_found_in_a_row_that_is_copied_meanwhile),
        cmocka_unit_test(kernels_that_take_in_younger_values_do_not_wait_for_each_other),
        cmocka_unit_test(a_poisoned_tensor_fails_its_readers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
