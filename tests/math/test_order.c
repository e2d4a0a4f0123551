/*
 * Scans, sorts, quantiles, distinct values and counts beside what NumPy gives (order.txt, made by make_order.py), every operand also as a view that
 * lies in memory the other way round; then gradients, and what is refused.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "golden/golden.h"
#include "ssi/grad.h"
#include "ssi/index.h"
#include "ssi/math.h"
#include "ssi/order.h"
#include "ssi/random.h"

static ssi_scope scope;

static int open_scope(void **state)
{
    (void)state;
    scope = ssi_scope_open();
    return 0;
}

static int close_scope(void **state)
{
    (void)state;
    ssi_scope_close(scope);
    return ssi_report();
}

/* ---- golden vectors ---- */

static ssi_dtype dtype_named(const char *name)
{
    for (int dtype = 0; dtype < SSI_DTYPES; dtype++)
        if (!strcmp(ssi_dtype_name((ssi_dtype)dtype), name))
            return (ssi_dtype)dtype;
    fail_msg("no dtype %s", name);
    return SSI_F32;
}

static ssi_tensor *tensor_of(const golden *g, ssi_dtype dtype)
{
    return ssi_cast((ssi_array)(SSI_F64, g->rank, g->shape, g->number), dtype);
}

/* The same values, with the first axis the one whose neighbours are neighbours in memory. */
static ssi_tensor *turned(ssi_tensor *x)
{
    int64_t reversed[SSI_MAX_RANK];
    int rank = ssi_rank(x);
    for (int i = 0; i < rank; i++)
        reversed[i] = rank - 1 - i;
    ssi_tensor *there = (ssi_permute)(x, rank, reversed);
    assert_int_equal(ssi_eval(there), SSI_OK);
    ssi_tensor *stored =
        (ssi_array)(ssi_dtype_of(x), rank, (int64_t[]){ssi_dim(there, 0), ssi_dim(there, 1), ssi_dim(there, 2)},
                    ssi_data(there));
    return (ssi_permute)(stored, rank, reversed);
}

/* Every second of a longer one. */
static ssi_tensor *parted(ssi_tensor *x)
{
    ssi_tensor *pair = ssi_stack(2, (ssi_tensor *[]){x, x}, 1);
    ssi_tensor *flat = ssi_reshape(pair, 2 * ssi_dim(x, 0));
    assert_int_equal(ssi_eval(flat), SSI_OK);
    return ssi_slice(flat, 1, &(ssi_range){0, SSI_END, 2});
}

static ssi_tensor *in_layout(ssi_tensor *x, int layout)
{
    if (layout == 0 || ssi_rank(x) == 0)
        return x;
    return ssi_rank(x) == 1 ? parted(x) : turned(x);
}

typedef struct question {
    char function[24];
    int axis;
    double argument;
    ssi_tensor *x, *a, *b;
} question;

static ssi_tensor *quantile(const question *q, const int *axes, int count)
{
    int method = q->function[strlen(q->function) - 1] - '0';
    if (q->function[0] == 'n')
        return ssi_nanquantile_axes(q->x, q->argument, (ssi_quantile_method)method, count, axes, 0);
    return ssi_quantile_axes(q->x, q->argument, (ssi_quantile_method)method, count, axes, 0);
}

static ssi_tensor *distinct(const question *q)
{
    ssi_tensor *index, *inverse, *counts, *y = ssi_unique_all(q->x, &index, &inverse, &counts);
    const char *what = q->function + strlen("unique");
    return !*what                      ? ssi_unique(q->x)
           : !strcmp(what, "_index")   ? index
           : !strcmp(what, "_inverse") ? inverse
           : !strcmp(what, "_counts")  ? counts
                                       : y;
}

static ssi_tensor *histogram(const question *q)
{
    ssi_tensor *edges, *y;
    const char *what = q->function + strlen("histogram");
    int64_t bins = (int64_t)q->argument;
    if (!strcmp(what, "_range"))
        return ssi_histogram(q->x, NULL, .bins = bins, .range = {-2, 2});
    if (!strcmp(what, "_density"))
        return ssi_histogram(q->x, NULL, .bins = bins, .density = 1);
    if (!strcmp(what, "_given"))
        return ssi_histogram(q->x, NULL, .edges = q->a);
    if (!strcmp(what, "_weights"))
        return ssi_histogram(q->x, NULL, .bins = bins, .weights = q->b);
    y = ssi_histogram(q->x, &edges, .bins = bins);
    return *what ? edges : y;
}

static bool is(const question *q, const char *function)
{
    return !strncmp(q->function, function, strlen(function));
}

static ssi_tensor *answer(const question *q)
{
    int axis = q->axis == 99 ? SSI_ALL_AXES : q->axis, count = q->axis != 99;
    if (is(q, "nancumsum"))
        return ssi_nancumsum(q->x, axis);
    if (is(q, "nancumprod"))
        return ssi_nancumprod(q->x, axis);
    if (is(q, "cumsum"))
        return ssi_cumsum(q->x, axis);
    if (is(q, "cumprod"))
        return ssi_cumprod(q->x, axis);
    if (is(q, "sort"))
        return ssi_sort(q->x, axis);
    if (is(q, "argsort"))
        return ssi_argsort(q->x, axis);
    if (is(q, "median"))
        return ssi_median_axes(q->x, count, &axis, 0);
    if (is(q, "nanmedian"))
        return ssi_nanmedian_axes(q->x, count, &axis, 0);
    if (is(q, "quantile") || is(q, "nanquantile"))
        return quantile(q, &axis, count);
    if (is(q, "unique"))
        return distinct(q);
    if (is(q, "searchsorted"))
        return ssi_searchsorted(q->x, q->a, q->argument != 0);
    if (is(q, "digitize"))
        return ssi_digitize(q->a, q->x, q->argument != 0);
    if (is(q, "take_along_axis"))
        return ssi_take_along_axis(q->x, q->a, axis);
    if (is(q, "put_along_axis"))
        return ssi_put_along_axis(q->x, q->a, q->b, axis);
    if (is(q, "bincount_weights"))
        return ssi_bincount_weights(q->x, q->a, (int64_t)q->argument);
    if (is(q, "bincount"))
        return ssi_bincount(q->x, (int64_t)q->argument);
    return histogram(q);
}

/* Bit for bit, but for NaN and, where sums are made in another order, their last bits. */
static void compare(const char *line, const question *q, ssi_tensor *y, ssi_dtype dtype, const golden *g, int layout)
{
    if (!y)
        ssi_report();
    assert_non_null(y);
    if (ssi_dtype_of(y) != dtype || ssi_rank(y) != g->rank || ssi_size(y) != g->count)
        fail_msg("%s of %s: dtype %s, %d axes, %d elements", line, ssi_dtype_name(ssi_dtype_of(q->x)),
                 ssi_dtype_name(ssi_dtype_of(y)), ssi_rank(y), (int)ssi_size(y));
    for (int i = 0; i < g->rank; i++)
        assert_int_equal(ssi_dim(y, i), g->shape[i]);
    double *out = malloc((size_t)g->count * sizeof *out + 1);
    assert_int_equal(ssi_read(y, SSI_F64, out, g->count), SSI_OK);
    double slack = is(q, "histogram_weights") || is(q, "histogram_density") ? 1e-14 : 0;
    for (int64_t i = 0; i < g->count; i++) {
        double e = g->number[i], o = out[i];
        bool same = o == e ? signbit(o) == signbit(e) || is(q, "cumprod") : isnan(o) && isnan(e);
        if (!same && !(fabs(o - e) <= slack * fmax(fabs(e), 1)))
            fail_msg("%s of %s, layout %d: element %d is %.17g, should be %.17g", line,
                     ssi_dtype_name(ssi_dtype_of(q->x)), layout, (int)i, o, e);
    }
    free(out);
}

static void check_line(const golden *operand[3], const golden *line)
{
    char dtype[8], kind[8];
    question q = {.axis = 0};
    assert_int_equal(sscanf(line->name, "%23[^:]:%7[^:]:%d:%lf", q.function, dtype, &q.axis, &q.argument), 4);
    for (int layout = 0; layout < 2; layout++) {
        ssi_scope inner = ssi_scope_open();
        ssi_tensor **slot[] = {&q.x, &q.a, &q.b};
        for (int i = 0; i < 3; i++) {
            *slot[i] = NULL;
            if (operand[i] && sscanf(operand[i]->name, "%*c:%7s", kind) == 1)
                *slot[i] = in_layout(tensor_of(operand[i], dtype_named(kind)), layout);
        }
        compare(line->name, &q, answer(&q), dtype_named(dtype), line, layout);
        ssi_scope_close(inner);
    }
}

static void everything_is_what_numpy_says(void **state)
{
    (void)state;
    golden_file file = golden_open(SSI_TESTS "/math/order.txt");
    const golden *operand[3] = {0};
    assert_true(file.vectors > 1000);
    for (int i = 0; i < file.vectors; i++) {
        const golden *g = &file.vector[i];
        bool is_operand = g->name[1] == ':';
        if (!is_operand) {
            check_line(operand, g);
            continue;
        }
        operand[g->name[0] == 'x' ? 0 : g->name[0] - 'a' + 1] = g;
        if (g->name[0] == 'x')
            operand[1] = operand[2] = NULL;
    }
    golden_close(&file);
}

/* ---- what NumPy has not, or not so ---- */

static ssi_tensor *numbers(int64_t count, const double *data)
{
    return (ssi_array)(SSI_F64, 1, &count, data);
}
#define NUMBERS(...) numbers(sizeof((double[]){__VA_ARGS__}) / sizeof(double), (double[]){__VA_ARGS__})

static void expect(ssi_tensor *x, int64_t count, const double *expected)
{
    double out[64];
    assert_int_equal(ssi_size(x), count);
    assert_int_equal(ssi_read(x, SSI_F64, out, count), SSI_OK);
    for (int64_t i = 0; i < count; i++)
        if (!(out[i] == expected[i] || (isnan(out[i]) && isnan(expected[i]))))
            fail_msg("element %d is %.17g, should be %.17g", (int)i, out[i], expected[i]);
}
#define EXPECT(x, ...) expect(x, sizeof((double[]){__VA_ARGS__}) / sizeof(double), (double[]){__VA_ARGS__})

static void the_largest_come_first_with_their_places(void **state)
{
    (void)state;
    ssi_tensor *where, *x = NUMBERS(3, NAN, 1, 7, 3, 7, -2, 0);
    EXPECT(ssi_topk(x, 4, 0, 1, &where), NAN, 7, 7, 3);
    EXPECT(where, 1, 3, 5, 0);
    EXPECT(ssi_topk(x, 3, 0, 0, &where), -2, 0, 1);
    EXPECT(where, 6, 7, 2);
    EXPECT(ssi_topk(x, 1, -1, 0, NULL), -2);
    assert_int_equal(ssi_size(ssi_topk(x, 0, 0, 1, &where)), 0);
    ssi_tensor *m = ssi_array(((int[]){3, 9, 4, 8, 1, 7}), 2, 3);
    EXPECT(ssi_topk(m, 2, 1, 1, &where), 9, 4, 8, 7);
    EXPECT(where, 1, 2, 0, 2);
    EXPECT(ssi_topk(m, 1, 0, 1, &where), 8, 9, 7);
    EXPECT(where, 1, 0, 1);
    EXPECT(ssi_topk(m, 2, SSI_ALL_AXES, 1, &where), 9, 8);
    EXPECT(where, 1, 3);
}

static void a_partition_keeps_the_order_on_both_sides(void **state)
{
    (void)state;
    ssi_tensor *x = NUMBERS(5, 2, 8, 2, 9, 1, 2, 7);
    EXPECT(ssi_partition(x, 3, 0), 2, 2, 1, 2, 5, 8, 9, 7);
    EXPECT(ssi_argpartition(x, 3, 0), 1, 3, 5, 6, 0, 2, 4, 7);
    EXPECT(ssi_partition(x, -1, 0), 5, 2, 8, 2, 1, 2, 7, 9);
    EXPECT(ssi_partition(NUMBERS(NAN, 1, NAN, 0), 1, 0), 0, 1, NAN, NAN);
}

static void several_quantiles_stand_along_a_first_axis(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_array(((double[]){4, 1, 3, 2, 8, 6}), 2, 3);
    const double q[] = {0, 0.25, 0.5, 0.75, 1, 0.125}, percent[] = {50, 100};
    ssi_tensor *y = ssi_quantiles_axes(x, 6, q, SSI_QUANTILE_LINEAR, 1, (int[]){1}, 0);
    assert_int_equal(ssi_dim(y, 0), 6);
    assert_int_equal(ssi_dim(y, 1), 2);
    EXPECT(y, 1, 2, 2, 4, 3, 6, 3.5, 7, 4, 8, 1.5, 3);
    EXPECT(ssi_percentiles_axes(x, 2, percent, SSI_QUANTILE_LINEAR, 0, NULL, 0), 3.5, 8);
    EXPECT(ssi_quantile(x, 0.5, 0), 3, 4.5, 4.5);
    EXPECT(ssi_percentile(x, 50), 3.5);
    EXPECT(ssi_median(x, 0, 1), 3.5);
    EXPECT(ssi_median(x, -1), 3, 6);
    y = ssi_median_axes(x, 1, (int[]){0}, 1);
    assert_int_equal(ssi_dim(y, 0), 1);
    EXPECT(y, 3, 4.5, 4.5);
    ssi_tensor *cube = ssi_array(((int[]){1, 5, 2, 6, 3, 7, 4, 8}), 2, 2, 2);
    EXPECT(ssi_median(cube, 0, 2), 4, 5);
    assert_int_equal(ssi_size(ssi_quantiles_axes(x, 0, q, SSI_QUANTILE_LINEAR, 0, NULL, 0)), 0);
    EXPECT(ssi_nanmedian(NUMBERS(NAN, NAN)), NAN);
    EXPECT(ssi_median(ssi_zeros(SSI_F64, 0)), NAN);
    EXPECT(ssi_median(ssi_zeros(SSI_F64, 0, 2), 0), NAN, NAN);
}

/* NumPy makes NaN of infinity minus infinity there. */
static void an_element_asked_for_exactly_needs_no_neighbour(void **state)
{
    (void)state;
    EXPECT(ssi_quantile(NUMBERS(INFINITY, 1, 2), 0.5), 2);
    EXPECT(ssi_quantile(NUMBERS(INFINITY, 1, 2), 1.0), INFINITY);
    EXPECT(ssi_nanquantile(NUMBERS(INFINITY, 1, NAN, 2), 0.5), 2);
}

/* Three rows that are sorted, searched, and searched block by block; in one of them every third number is NaN, another has none. */
static void nan_passed_over_are_as_if_they_were_not_there(void **state)
{
    (void)state;
    static const ssi_dtype dtypes[] = {SSI_F64, SSI_F32, SSI_BF16};
    for (int64_t n = 300; n < 50000; n *= 12) {
        for (int d = 0; d < 3; d++) {
            ssi_tensor *number = ssi_iota(SSI_I64, 2, (int64_t[]){3, n}, 1),
                       *row = ssi_iota(SSI_I64, 2, (int64_t[]){3, n}, 0);
            ssi_tensor *gone = ssi_equal(ssi_remainder(ssi_mul(number, row), 3), 1);
            ssi_tensor *x = ssi_sub(ssi_uniform(SSI_F64, 2, (int64_t[]){3, n}, (uint64_t)n, 0), 0.5);
            x = ssi_where(gone, NAN, ssi_cast(x, dtypes[d]));
            ssi_tensor *turned = ssi_transpose(ssi_add(ssi_transpose(x), 0));
            ssi_eval(turned);
            for (int method = SSI_QUANTILE_LINEAR; method <= SSI_QUANTILE_NEAREST; method++) {
                for (double q = 0; q <= 1; q += 0.125) {
                    ssi_tensor *all = ssi_nanquantile_axes(turned, q, (ssi_quantile_method)method, 1, (int[]){1}, 0);
                    ssi_tensor *middle = ssi_nanmedian_axes(x, 1, (int[]){1}, 0);
                    for (int64_t r = 0; r < 3; r++) {
                        ssi_tensor *one = ssi_reshape(ssi_slice(x, 1, &(ssi_range){r, r + 1, 1}), -1);
                        ssi_tensor *left = ssi_mask(one, ssi_equal(one, one));
                        ssi_tensor *expected = ssi_quantile_axes(left, q, (ssi_quantile_method)method, 0, NULL, 0);
                        assert_int_equal(ssi_dtype_of(all), ssi_dtype_of(expected));
                        assert_true(ssi_item(ssi_slice(all, 1, &(ssi_range){r, r + 1, 1})) == ssi_item(expected));
                        assert_true(ssi_item(ssi_slice(middle, 1, &(ssi_range){r, r + 1, 1})) ==
                                    ssi_item(ssi_median(left)));
                    }
                }
            }
        }
    }
}

/* What is found, moved and summed in ranges of threads' own. */
static void any_number_of_threads_finds_the_same(void **state)
{
    (void)state;
    enum { RESULTS = 7 };
    static const int threads[] = {1, 2, 3, 8};
    int64_t n = 70001, rows[] = {7, 10001};
    char *first[RESULTS] = {NULL};
    for (int t = 0; t < 4; t++) {
        ssi_set_threads(threads[t]);
        ssi_tensor *x = ssi_uniform(SSI_F64, 1, &n, 3, 0), *k = ssi_integers(-50, 50, 1, &n, 3, 1);
        ssi_tensor *a = ssi_uniform(SSI_F32, 2, rows, 3, 2), *holes = ssi_where(ssi_less(a, 0.1), NAN, a);
        ssi_range half = {0, SSI_END, 2};
        ssi_tensor *y[RESULTS] = {ssi_nanmedian(holes, 1),
                                  ssi_nanquantile(holes, 0.3, 0),
                                  ssi_unique(k),
                                  ssi_cumsum(k, 0),
                                  ssi_add(ssi_slice(x, 1, &half), ssi_slice(k, 1, &half)),
                                  ssi_stack(2, (ssi_tensor *[]){x, ssi_neg(x)}, -1),
                                  ssi_partition(a, 5000, 1)};
        for (int i = 0; i < RESULTS; i++) {
            size_t bytes = (size_t)ssi_size(y[i]) * ssi_dtype_size(ssi_dtype_of(y[i]));
            const void *data = ssi_data(y[i]);
            assert_non_null(data);
            if (t == 0)
                first[i] = memcpy(malloc(bytes), data, bytes);
            assert_memory_equal(data, first[i], bytes);
        }
    }
    ssi_set_threads(0);
    for (int i = 0; i < RESULTS; i++)
        free(first[i]);
}

static void of_descending_bins_the_places_count_from_the_end(void **state)
{
    (void)state;
    ssi_tensor *x = NUMBERS(0.2, 6.4, 3, 1.6, 10), *bins = NUMBERS(10, 4, 2.5, 1, 0);
    EXPECT(ssi_digitize(x, bins, 0), 4, 1, 2, 3, 0);
    EXPECT(ssi_digitize(x, bins, 1), 4, 1, 2, 3, 1);
    EXPECT(ssi_digitize(x, NUMBERS(2), 0), 0, 1, 1, 0, 1);
}

static void what_is_distinct_may_be_nothing(void **state)
{
    (void)state;
    ssi_tensor *index, *inverse, *counts, *none = ssi_zeros(SSI_F32, 0, 3);
    assert_int_equal(ssi_size(ssi_unique_all(none, &index, &inverse, &counts)), 0);
    assert_int_equal(ssi_size(index), 0);
    assert_int_equal(ssi_size(counts), 0);
    assert_int_equal(ssi_rank(inverse), 2);
    EXPECT(ssi_unique_all(ssi_number(3), &index, &inverse, &counts), 3);
    assert_int_equal(ssi_rank(inverse), 0);
    EXPECT(ssi_bincount(ssi_zeros(SSI_I32, 0), 3), 0, 0, 0);
    assert_int_equal(ssi_size(ssi_bincount(ssi_zeros(SSI_I32, 0), 0)), 0);
}

static void after_the_greatest_integer_of_a_type_nothing_comes(void **state)
{
    (void)state;
    ssi_tensor *words = ssi_array(((int32_t[]){INT32_MIN, 0, INT32_MAX}), 3),
               *bytes = ssi_array(((uint8_t[]){0, 7, 255}), 3);
    EXPECT(ssi_searchsorted(words, words, 0), 0, 1, 2);
    EXPECT(ssi_searchsorted(words, words, 1), 1, 2, 3);
    EXPECT(ssi_searchsorted(bytes, bytes, 0), 0, 1, 2);
    EXPECT(ssi_searchsorted(bytes, bytes, 1), 1, 2, 3);
    EXPECT(ssi_searchsorted(bytes, words, 1), 0, 1, 3);
}

/* ---- gradients of what is composed ---- */

static ssi_tensor *middle(ssi_tensor *x, void *context)
{
    (void)context;
    return ssi_add(ssi_median(x, 1), ssi_quantile(x, 0.3, 1));
}
static ssi_tensor *best(ssi_tensor *x, void *context)
{
    (void)context;
    return ssi_topk(x, 2, 1, 1, NULL);
}
static ssi_tensor *parts(ssi_tensor *x, void *context)
{
    (void)context;
    return ssi_mul(ssi_partition(x, 2, 1), ssi_partition(x, 2, 1));
}
static ssi_tensor *passing(ssi_tensor *x, void *context)
{
    (void)context;
    return ssi_nanquantile(ssi_where(ssi_greater(x, 5), NAN, x), 0.4, 0);
}
static ssi_tensor *many(ssi_tensor *x, void *context)
{
    (void)context;
    const double q[] = {0.1, 0.3, 0.5, 0.7, 0.9};
    return ssi_quantiles_axes(x, 5, q, SSI_QUANTILE_LINEAR, 0, NULL, 0);
}
static ssi_tensor *weighed(ssi_tensor *x, void *context)
{
    (void)context;
    ssi_tensor *at = ssi_array(((int[]){0, 2, 2, 1, 3, 0, 1, 1, 2, 2, 0, 0}), 12), *w = ssi_reshape(x, -1);
    ssi_tensor *sums = ssi_bincount_weights(at, w, 0), *h = ssi_histogram(at, NULL, .bins = 4, .weights = w);
    return ssi_add(sums, ssi_mul(h, h));
}
static ssi_tensor *once(ssi_tensor *x, void *context)
{
    (void)context;
    ssi_tensor *y = ssi_unique(x);
    return ssi_mul(y, y);
}

static void gradients_go_to_the_elements_that_were_chosen(void **state)
{
    (void)state;
    ssi_function *const all[] = {middle, best, parts, passing, many, weighed, once};
    ssi_tensor *x = ssi_array(((double[]){4, -1, 2.5, 8, 0.5, 7, 3, -2, 1, 6, -4, 5.5}), 3, 4);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        double error = ssi_gradient_check(all[i], x, 0, NULL);
        if (!(error < 1e-7))
            fail_msg("gradient %d is off by %g", (int)i, error);
    }
}

/* ---- what is refused ---- */

static void refused(ssi_tensor *x, const char *text)
{
    ssi_error e = {0};
    char all[sizeof e.message + sizeof e.hint + sizeof e.operation + 8];
    assert_null(x);
    assert_int_equal(ssi_error_take(&e), 1);
    snprintf(all, sizeof all, "%s: %s%s%s", e.operation, e.message, e.hint[0] ? "; " : "", e.hint);
    assert_string_equal(all, text);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_zeros(SSI_F32, 3, 4), *i = ssi_zeros(SSI_I64, 3, 1), *v = NUMBERS(1, 3, 2);
    refused(ssi_cumsum(x, 2), "cumsum: axis 2 of a tensor with 2 axes; axes run from -2 to 1");
    refused(ssi_sort(x, -3), "sort: axis -3 of a tensor with 2 axes; axes run from -2 to 1");
    refused(ssi_argsort(ssi_sum(x), 0), "argsort: axis 0 of a tensor without axes");
    refused(ssi_partition(x, 4, 1), "partition: kth 4 of 4 elements; it lies in [-4, 4)");
    refused(ssi_partition(x, -4, 0), "partition: kth -4 of 3 elements; it lies in [-3, 3)");
    refused(ssi_topk(x, 5, 1, 1, NULL), "topk: the 5 largest of 4 elements; k lies between 0 and their number");
    refused(ssi_topk(x, -1, 1, 0, NULL), "topk: the -1 smallest of 4 elements; k lies between 0 and their number");
    refused(ssi_argranks(x, 1, 3, 2, 0), "argranks: 2 ranks from 3 on, of 4 elements");
    refused(ssi_take_along_axis(x, x, 1), "take_along_axis: the index is f32; give integers");
    refused(ssi_take_along_axis(x, ssi_zeros(SSI_I64, 3), 1),
            "take_along_axis: the index has 1 axes, x 2; give it as many");
    refused(
        ssi_take_along_axis(x, ssi_zeros(SSI_I64, 2, 1), 1),
        "take_along_axis: shapes do not fit: x (3,4), index (2,1); beside axis 1 sizes must be equal or one of them 1");
    refused(ssi_put_along_axis(ssi_zeros(SSI_F32, 1, 4), i, 0, 1),
            "put_along_axis: axis 0 of the index has 3 elements, of x 1");
    refused(ssi_searchsorted(x, 1, 0), "searchsorted: the sorted values have 2 axes, not one");
    refused(ssi_quantile(v, 1.5), "quantile: 1.5 is outside [0, 1]");
    refused(ssi_quantile(v, NAN), "quantile: nan is outside [0, 1]");
    refused(ssi_percentile(v, -1), "percentile: -1 is outside [0, 100]");
    refused(ssi_quantile(ssi_zeros(SSI_F64, 2, 0), 0.5, 1),
            "quantile: nothing has no quantile: x (2,0); give at least one element");
    refused(ssi_median(x, 0, -2), "median: axis -2 is named twice; name every axis once");
    refused(ssi_bincount(x, 0), "bincount: x is f32 with 2 axes; give integers with one axis");
    refused(ssi_bincount(ssi_array(((int[]){1, -2}), 2), 0), "bincount: -2 is among the values; they are not negative");
    refused(ssi_bincount(ssi_zeros(SSI_I32, 2), -1), "bincount: minlength -1; it is not negative");
    refused(ssi_bincount(ssi_array(((int64_t[]){INT64_MAX}), 1), 0),
            "bincount: 9223372036854775807 is among the values, more than there can be bins");
    refused(ssi_bincount_weights(ssi_zeros(SSI_I32, 2), v, 0), "bincount_weights: 3 weights for 2 elements");
    refused(ssi_digitize(v, v, 0), "digitize: the bins neither ascend nor descend; sort them");
    refused(ssi_histogram(v, NULL, .edges = v), "histogram: the bins neither ascend nor descend; sort them");
    assert_int_equal(ssi_size((ssi_histogram)(v, NULL, NULL)), 10); /* without options: as usual */
    refused(ssi_histogram(v, NULL, .bins = -1), "histogram: -1 bins; give at least one");
    refused(ssi_histogram(NUMBERS(1, INFINITY), NULL, .bins = 3),
            "histogram: bins from 1 to inf; give a range that is finite and ascends");
    refused(ssi_histogram(v, NULL, .range = {2, 1}),
            "histogram: bins from 2 to 1; give a range that is finite and ascends");
    refused(ssi_histogram(v, NULL, .weights = x), "histogram: the weights have not x's shape");
}

static void an_index_outside_fails_the_run(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_zeros(SSI_F32, 3, 4);
    ssi_error e;
    assert_int_equal(ssi_eval(ssi_take_along_axis(x, ssi_array(((int[]){0, 4, 1}), 3, 1), 1)), SSI_RANGE);
    assert_true(ssi_error_take(&e));
    assert_string_equal(e.message, "index 4 is outside [-4, 4)");
    assert_int_equal(ssi_eval(ssi_add_along_axis(x, ssi_array(((int[]){0, -5, 1}), 3, 1), 1, 1)), SSI_RANGE);
    assert_true(ssi_error_take(&e));
    assert_string_equal(e.operation, "add_along_axis");
    static const int64_t far[] = {INT64_MAX, INT64_MIN};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ssi_eval(ssi_take_along_axis(x, ssi_array(&far[i], 1, 1), 1)), SSI_RANGE);
        assert_true(ssi_error_take(&e));
    }
}

/* ---- threads, and memory that runs out ---- */

static ssi_tensor *all_kinds(void)
{
    ssi_tensor *x = ssi_uniform(SSI_F32, 2, (int64_t[]){300, 200}, 3, 4), *bins = ssi_linspace(SSI_F32, 0, 1, 40),
               *index;
    ssi_tensor *top = ssi_topk(x, 20, 0, 1, &index);
    ssi_tensor *all[] = {ssi_sort(x, 1),
                         ssi_cumsum(x, 0),
                         ssi_cast(ssi_argsort(x, 0), SSI_F32),
                         ssi_cast(ssi_digitize(x, bins, 0), SSI_F32),
                         ssi_partition(x, 30, 1),
                         ssi_cumsum(ssi_transpose(x), SSI_ALL_AXES),
                         top,
                         ssi_cast(index, SSI_F32)};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        all[i] = ssi_reshape(all[i], -1);
    return ssi_concatenate(sizeof all / sizeof *all, all, 0);
}

static void the_number_of_threads_does_not_show(void **state)
{
    (void)state;
    ssi_set_threads(1);
    ssi_tensor *alone = all_kinds();
    assert_int_equal(ssi_eval(alone), SSI_OK);
    ssi_set_threads(3);
    ssi_tensor *shared = all_kinds();
    assert_int_equal(ssi_eval(shared), SSI_OK);
    ssi_set_threads(0);
    assert_memory_equal(ssi_data(alone), ssi_data(shared), (size_t)ssi_size(alone) * sizeof(float));
}

static bool count_everything(void)
{
    ssi_tensor *x = ssi_array(((int[]){3, 1, 4, 1, 5, 9, 2, 6}), 8), *index, *inverse, *counts, *edges;
    const double q[] = {0.1, 0.2, 0.3, 0.4, 0.5};
    ssi_tensor *y[] = {ssi_unique_all(x, &index, &inverse, &counts),
                       index,
                       inverse,
                       counts,
                       ssi_bincount(x, 0),
                       ssi_histogram(x, &edges, .bins = 3),
                       ssi_digitize(x, edges, 0),
                       ssi_quantiles_axes(x, 5, q, SSI_QUANTILE_LINEAR, 0, NULL, 0),
                       ssi_median(x)};
    bool made = true;
    for (size_t i = 0; i < sizeof y / sizeof *y; i++)
        made = made && y[i];
    return made && ssi_eval_all(sizeof y / sizeof *y, y) == SSI_OK;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    bool whole = false;
    for (uint64_t k = 1; !whole; k++) {
        ssi_scope inner = ssi_scope_open();
        ssi_test_fail_allocation(k);
        whole = count_everything();
        ssi_test_fail_allocation(0);
        ssi_scope_close(inner);
        ssi_error e;
        assert_int_equal(ssi_error_take(&e), !whole);
        if (!whole)
            assert_int_equal(e.code, SSI_NO_MEMORY);
    }
}

static void given_null_everything_returns_null_and_says_nothing(void **state)
{
    (void)state;
    ssi_tensor *none = NULL, *x = ssi_zeros(SSI_F32, 3), *out = x;
    assert_null(ssi_cumsum(none, 0));
    assert_null(ssi_nancumsum(none, 0));
    assert_null(ssi_sort(none, 0));
    assert_null(ssi_argsort(none, 0));
    assert_null(ssi_partition(none, 0, 0));
    assert_null(ssi_topk(none, 1, 0, 1, &out));
    assert_null(out);
    assert_null(ssi_take_along_axis(x, none, 0));
    assert_null(ssi_put_along_axis(x, ssi_zeros(SSI_I64, 1), none, 0));
    assert_null(ssi_add_along_axis(none, none, x, 0));
    assert_null(ssi_searchsorted(x, none, 0));
    assert_null(ssi_median(none));
    assert_null(ssi_nanquantile(none, 0.5));
    assert_null(ssi_quantiles_axes(none, 1, (double[]){0}, SSI_QUANTILE_LINEAR, 0, NULL, 0));
    assert_null(ssi_unique(none));
    assert_null(ssi_bincount(none, 0));
    assert_null(ssi_bincount_weights(x, none, 0));
    assert_null(ssi_digitize(none, x, 0));
    out = x;
    assert_null(ssi_histogram(none, &out, .bins = 2));
    assert_null(out);
    assert_int_equal(ssi_error_take(NULL), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_scope, close_scope)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(everything_is_what_numpy_says),
        TEST(the_largest_come_first_with_their_places),
        TEST(a_partition_keeps_the_order_on_both_sides),
        TEST(several_quantiles_stand_along_a_first_axis),
        TEST(nan_passed_over_are_as_if_they_were_not_there),
        TEST(any_number_of_threads_finds_the_same),
        TEST(an_element_asked_for_exactly_needs_no_neighbour),
        TEST(of_descending_bins_the_places_count_from_the_end),
        TEST(what_is_distinct_may_be_nothing),
        TEST(after_the_greatest_integer_of_a_type_nothing_comes),
        TEST(gradients_go_to_the_elements_that_were_chosen),
        TEST(what_cannot_be_is_refused),
        TEST(an_index_outside_fails_the_run),
        TEST(the_number_of_threads_does_not_show),
        TEST(every_allocation_may_fail),
        TEST(given_null_everything_returns_null_and_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
