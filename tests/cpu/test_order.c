/*
 * The fast routines of whole units beside their definitions: every dtype, lanes of all lengths up to 70 and some longer, alone and side by side, dense
 * and strided, with ties, NaN, infinities and zeros of both signs. Bit for bit, but for the bits of NaN.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ops/build.h"
#include "run/backend.h"

/* ---- operands ---- */

typedef enum content { FEW_VALUES, MANY_VALUES, CLOSE_VALUES, ASCENDING, EQUAL, CONTENTS } content;

static uint32_t drawn(uint64_t place, uint64_t seed)
{
    uint32_t word[4];
    ssi_philox(seed, place, 1, word);
    return word[0];
}

static double value_of(content kind, uint64_t i, uint64_t seed)
{
    uint32_t r = drawn(i, seed);
    switch (kind) {
    case FEW_VALUES:
        return (double)(r % 7) - 3;
    case CLOSE_VALUES: /* that agree in their upper bits */
        return 1 + r * 0x1p-52;
    case ASCENDING:
        return (double)i - 20;
    case EQUAL:
        return 2;
    default:
        return ((double)r - 0x1p31) * 0x1p-20;
    }
}

static void fill(void *data, ssi_dtype dtype, int64_t count, content kind, uint64_t seed)
{
    static const double special[] = {NAN, -INFINITY, INFINITY, 0.0, -0.0};
    for (int64_t i = 0; i < count; i++) {
        if (kind == MANY_VALUES && dtype == SSI_I64)
            ssi_put_i64(data, dtype, i,
                        (int64_t)((uint64_t)drawn((uint64_t)i, seed) << 32 | drawn((uint64_t)i, seed + 1)));
        else if (kind <= MANY_VALUES && ssi_is_float(dtype) && drawn((uint64_t)i, seed + 9) % 4 == 0)
            ssi_put_f64(data, dtype, i, special[drawn((uint64_t)i, seed + 8) % 5]);
        else if (ssi_is_float(dtype))
            ssi_put_f64(data, dtype, i, value_of(kind, (uint64_t)i, seed));
        else
            ssi_put_i64(data, dtype, i, (int64_t)value_of(kind, (uint64_t)i, seed));
    }
}

enum { DENSE, GAPS, TURNED, LAYOUTS };

/* A view of (outer, n, inner) with data of its own. */
static ssi_view make_view(ssi_dtype dtype, int64_t outer, int64_t n, int64_t inner, int layout)
{
    ssi_view v = {.dtype = dtype, .rank = 3, .shape = {outer, n, inner}, .stride = {n * inner, inner, 1}};
    int64_t factor = layout == GAPS ? 3 : 1;
    if (layout == TURNED)
        memcpy(v.stride, (int64_t[]){1, outer, outer * n}, 3 * sizeof *v.stride);
    for (int i = 0; i < 3; i++)
        v.stride[i] *= factor;
    v.data = calloc((size_t)(outer * n * inner * factor) + 1, ssi_dtype_size(dtype));
    return v;
}

static int64_t places(const ssi_view *v)
{
    int64_t last = 1;
    for (int i = 0; i < v->rank; i++)
        last += v->shape[i] ? (v->shape[i] - 1) * v->stride[i] : 0;
    return last;
}

/* ---- one call, both ways ---- */

static bool same_element(const ssi_view *a, const ssi_view *b, int64_t i)
{
    size_t size = ssi_dtype_size(a->dtype);
    if (!memcmp((char *)a->data + i * (int64_t)size, (char *)b->data + i * (int64_t)size, size))
        return true;
    return ssi_is_float(a->dtype) && isnan(ssi_get_f64(a->data, a->dtype, i)) &&
           isnan(ssi_get_f64(b->data, b->dtype, i));
}

static void compare(const ssi_op *op, const int64_t *attribute, const ssi_view *out, const ssi_view *in, int inputs)
{
    ssi_view fast = *out, plain = *out;
    int64_t count = 1;
    for (int i = 0; i < out->rank; i++)
        count *= out->shape[i];
    size_t bytes = (size_t)count * ssi_dtype_size(out->dtype);
    fast.data = calloc(bytes + 1, 1);
    plain.data = calloc(bytes + 1, 1);
    ssi_call call = {.op = op, .attribute = attribute, .out = &fast, .in = in, .inputs = inputs};
    ssi_call_routine *routine = ssi_backend_cpu()->call[op->code];
    assert_non_null(routine);
    void *work = malloc(op->work ? op->work(&call) + 1 : 1);
    int64_t units = ssi_call_units(&call), half = units / 2;
    assert_int_equal(routine(&call, 0, half, work), SSI_OK);
    assert_int_equal(routine(&call, half, units, work), SSI_OK);
    call.out = &plain;
    assert_int_equal(op->call(&call, 0, units, work), SSI_OK);
    for (int64_t i = 0; i < count; i++)
        if (!same_element(&fast, &plain, i))
            fail_msg("%s of %s, n %lld, inner %lld: element %lld is %.17g, should be %.17g", op->name,
                     ssi_dtype_name(in[0].dtype), (long long)in[0].shape[1], (long long)in[0].shape[2], (long long)i,
                     ssi_get_f64(fast.data, fast.dtype, i), ssi_get_f64(plain.data, plain.dtype, i));
    free(work);
    free(fast.data);
    free(plain.data);
}

static ssi_view result_like(const ssi_view *x, ssi_dtype dtype, int64_t n)
{
    ssi_view y = {.dtype = dtype, .rank = 3, .shape = {x->shape[0], n, x->shape[2]}};
    ssi_shape_strides(3, y.shape, y.stride);
    return y;
}

/* ---- every length, dtype, layout, content ---- */

typedef void trial(const ssi_view *x, uint64_t seed);

static void try_all(trial *each, int64_t longest, int most_contents)
{
    static const int64_t inner[] = {1, 3, 17};
    uint64_t seed = 0;
    for (int dtype = 0; dtype < SSI_DTYPES; dtype++) {
        for (int64_t n = 0; n <= longest; n += n < 70 ? 1 : n) {
            content kind = (content)(n % most_contents);
            int layout = (int)(n / 3 % LAYOUTS);
            ssi_view x = make_view((ssi_dtype)dtype, 2, n, n > 70 ? 1 : inner[n % 3], layout);
            fill(x.data, x.dtype, n ? places(&x) : 0, kind, ++seed);
            each(&x, seed);
            free(x.data);
        }
    }
}

static void try_scans(const ssi_view *x, uint64_t seed)
{
    (void)seed;
    ssi_view y = result_like(x, ssi_is_float(x->dtype) ? x->dtype : SSI_I64, x->shape[1]);
    compare(&ssi_op_cumsum, NULL, &y, x, 1);
    compare(&ssi_op_cumprod, NULL, &y, x, 1);
}

static void try_sorts(const ssi_view *x, uint64_t seed)
{
    (void)seed;
    ssi_view y = result_like(x, x->dtype, x->shape[1]), place = result_like(x, SSI_I64, x->shape[1]);
    compare(&ssi_op_sort, NULL, &y, x, 1);
    compare(&ssi_op_argsort, NULL, &place, x, 1);
}

static void compare_partitions(const ssi_view *x, int64_t kth)
{
    ssi_view y = result_like(x, x->dtype, x->shape[1]), place = result_like(x, SSI_I64, x->shape[1]);
    compare(&ssi_op_partition, &kth, &y, x, 1);
    compare(&ssi_op_argpartition, &kth, &place, x, 1);
}

static void try_ranks(const ssi_view *x, uint64_t seed)
{
    int64_t n = x->shape[1];
    for (int64_t count = 0; count <= n && n; count += count < 4 ? 1 : n / 2) {
        int64_t first = drawn(count, seed) % (n - count + 1);
        ssi_view y = result_like(x, SSI_I64, count);
        compare(&ssi_op_argranks, (int64_t[]){first, count & 1}, &y, x, 1);
        compare_partitions(x, first < n ? first : n - 1);
    }
}

static void try_indices(const ssi_view *x, uint64_t seed)
{
    int64_t n = x->shape[1], m = n ? seed % 80 : 0;
    ssi_view in[] = {*x, make_view(SSI_I64, 2, m, x->shape[2], (int)(seed % LAYOUTS)),
                     make_view(x->dtype, 2, m, x->shape[2], (int)(seed / 3 % LAYOUTS))};
    for (int64_t i = 0; i < places(&in[1]) && m; i++)
        ((int64_t *)in[1].data)[i] = drawn(i, seed) % (2 * n) - n;
    fill(in[2].data, x->dtype, m ? places(&in[2]) : 0, FEW_VALUES, seed + 3);
    ssi_view taken = result_like(x, x->dtype, m), put = result_like(x, x->dtype, n);
    compare(&ssi_op_take_along_axis, NULL, &taken, in, 2);
    compare(&ssi_op_put_along_axis, NULL, &put, in, 3);
    if (x->dtype != SSI_F16 && x->dtype != SSI_BF16 && x->dtype != SSI_BOOL)
        compare(&ssi_op_add_along_axis, NULL, &put, in, 3);
    free(in[1].data);
    free(in[2].data);
}

static void scans_are_their_definitions(void **state)
{
    (void)state;
    try_all(try_scans, 1500, CONTENTS);
}

static void sorts_are_their_definitions(void **state)
{
    (void)state;
    try_all(try_sorts, 70, FEW_VALUES + 1);
    try_all(try_sorts, 300, MANY_VALUES + 1);
    try_all(try_sorts, 300, CONTENTS);
}

/* Integers of 64 bits that are all near each other, at the ends of their range too, or far apart, in order or not. */
static void integers_near_and_far_are_in_order(void **state)
{
    (void)state;
    static const int64_t first[] = {0, INT64_MIN, INT64_MAX - 1000, -3}, step[] = {1, 1, 1, (int64_t)1 << 50};
    for (int kind = 0; kind < 4; kind++) {
        for (int64_t n = 2; n <= 1000; n += n < 40 ? 1 : 320) {
            for (int turned = 0; turned < 2; turned++) {
                ssi_view x = make_view(SSI_I64, 1, n, 1, DENSE), y = result_like(&x, SSI_I64, n);
                for (int64_t i = 0; i < n; i++)
                    ((int64_t *)x.data)[turned ? n - 1 - i : i] = first[kind] + i * step[kind];
                compare(&ssi_op_sort, NULL, &y, &x, 1);
                free(x.data);
            }
        }
    }
}

static int by_size(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void few_words_are_in_order_on_every_set(void **state)
{
    (void)state;
    static uint64_t word[SSI_SORT_FEW], expected[SSI_SORT_FEW];
    static uint32_t half[SSI_SORT_FEW];
    const ssi_backend *const *all = ssi_backends();
    for (int b = 0; all[b]; b++) {
        for (size_t n = 1; n <= SSI_SORT_FEW && all[b]->sort_few_u32; n += n < 70 ? 1 : n < 1900 ? 91 : 1) {
            for (size_t i = 0; i < n; i++) {
                expected[i] = word[i] = (uint64_t)drawn(i, n) << (n % 2 ? 32 : 0);
                half[i] = drawn(i, n);
            }
            qsort(expected, n, sizeof *expected, by_size);
            all[b]->sort_few_u64(word, n);
            all[b]->sort_few_u32(half, n);
            assert_memory_equal(word, expected, n * sizeof *word);
            for (size_t i = 0; i < n; i++)
                assert_int_equal(half[i], expected[i] >> (n % 2 ? 32 : 0));
        }
    }
}

/* Ascending, of equals the earlier first, and each place once. */
static void check_places(const ssi_view *x, const int64_t *place, const ssi_view *sorted)
{
    int64_t n = x->shape[1];
    bool *seen = calloc((size_t)n, sizeof *seen);
    for (int64_t i = 0; i < n; i++) {
        double here = ssi_get_f64(x->data, x->dtype, place[i]), result = ssi_get_f64(sorted->data, x->dtype, i);
        assert_in_range(place[i], 0, n - 1);
        assert_false(seen[place[i]]);
        seen[place[i]] = true;
        assert_true(here == result || (isnan(here) && isnan(result)));
        if (i == 0)
            continue;
        double before = ssi_get_f64(x->data, x->dtype, place[i - 1]);
        assert_true(before <= here || isnan(here));
        assert_true((before != here && !isnan(before)) || place[i - 1] < place[i]);
    }
    free(seen);
}

static int argranks(const ssi_view *x, const int64_t *attribute, int64_t *first, int64_t count, int64_t *found)
{
    ssi_view out = {found, SSI_I64, 3, {1, count, 1}, {count, 1, 1}};
    ssi_view in[] = {*x, {first, SSI_I64, 3, {1, 1, 1}, {1, 1, 1}}};
    ssi_call call = {.op = &ssi_op_argranks, .attribute = attribute, .out = &out, .in = in, .inputs = first ? 2 : 1};
    void *work = malloc(call.op->work(&call));
    int status = ssi_backend_cpu()->call[SSI_CALL_ARGRANKS](&call, 0, 1, work);
    free(work);
    return status;
}

/* Some ranks of a lane whose order is known: from one that the call names, from one that the lane does, and, without ties, backwards. */
static void check_ranks(const ssi_view *x, const int64_t *place, bool ties)
{
    int64_t n = x->shape[1], found[3];
    for (int64_t count = 1; count <= 3; count++) {
        for (int64_t first = 0; first + count <= n; first += first < 3 ? 1 : n / 7) {
            assert_int_equal(argranks(x, (int64_t[]){first, 0}, NULL, count, found), SSI_OK);
            assert_memory_equal(found, place + first, (size_t)count * sizeof *found);
            assert_int_equal(argranks(x, (int64_t[]){0, 0}, &first, count, found), SSI_OK);
            assert_memory_equal(found, place + first, (size_t)count * sizeof *found);
            assert_int_equal(argranks(x, (int64_t[]){first, 1}, NULL, count, found), SSI_OK);
            for (int64_t i = 0; i < count && !ties; i++)
                assert_int_equal(found[i], place[n - 1 - first - i]);
        }
        int64_t before = -5, beyond = n + 3;
        assert_int_equal(argranks(x, (int64_t[]){0, 0}, &before, count, found), SSI_OK);
        assert_memory_equal(found, place, (size_t)count * sizeof *found);
        assert_int_equal(argranks(x, (int64_t[]){0, 0}, &beyond, count, found), SSI_OK);
        assert_memory_equal(found, place + n - count, (size_t)count * sizeof *found);
    }
}

static void long_lanes_are_in_order(void **state)
{
    (void)state;
    for (int dtype = 0; dtype < SSI_DTYPES; dtype++) {
        for (int kind = 0; kind < CONTENTS; kind++) {
            int64_t n = 40000, *place = calloc((size_t)n, sizeof *place);
            ssi_view x = make_view((ssi_dtype)dtype, 1, n, 1, DENSE), y = make_view((ssi_dtype)dtype, 1, n, 1, DENSE);
            ssi_view at = {place, SSI_I64, 3, {1, n, 1}, {n, 1, 1}};
            fill(x.data, x.dtype, n, (content)kind, 11);
            void *work = malloc((size_t)n * 16);
            ssi_call call = {.op = &ssi_op_sort, .out = &y, .in = &x, .inputs = 1};
            assert_int_equal(ssi_backend_cpu()->call[SSI_CALL_SORT](&call, 0, 1, work), SSI_OK);
            call.out = &at;
            assert_int_equal(ssi_backend_cpu()->call[SSI_CALL_ARGSORT](&call, 0, 1, work), SSI_OK);
            if (dtype != SSI_I64) /* doubles hold the others */
                check_places(&x, place, &y);
            check_ranks(&x, place, kind != ASCENDING || ssi_dtype_size((ssi_dtype)dtype) < 4);
            for (int64_t i = 1; i < n && dtype == SSI_I64; i++)
                assert_true(((int64_t *)y.data)[i - 1] <= ((int64_t *)y.data)[i]);
            free(work);
            free(x.data);
            free(y.data);
            free(place);
        }
    }
}

static void ranks_and_partitions_are_their_definitions(void **state)
{
    (void)state;
    try_all(try_ranks, 140, CONTENTS);
    for (int dtype = 0; dtype < SSI_DTYPES; dtype++) { /* more than are sorted rather than searched */
        ssi_view x = make_view((ssi_dtype)dtype, 1, 530, 1, dtype % LAYOUTS);
        fill(x.data, x.dtype, places(&x), (content)(dtype / 2 % CONTENTS), 77);
        try_ranks(&x, 5);
        fill(x.data, x.dtype, places(&x), MANY_VALUES, 78);
        try_ranks(&x, 6);
        free(x.data);
    }
    for (int64_t n = 257; n < 1200; n += 91) { /* of which a sample is looked at first, rightly or not */
        for (int kind = 0; kind < CONTENTS; kind++) {
            ssi_view x = make_view((ssi_dtype)((n + kind) % SSI_DTYPES), 1, n, 1, kind % LAYOUTS);
            fill(x.data, x.dtype, places(&x), (content)kind, (uint64_t)n);
            for (int64_t k = 0; k < n; k += 1 + n / 9)
                compare_partitions(&x, k);
            compare_partitions(&x, n - 1);
            free(x.data);
        }
    }
}

static void indices_along_an_axis_are_their_definitions(void **state)
{
    (void)state;
    try_all(try_indices, 300, 2);
}

/* ---- searches and counts ---- */

static int numbers_ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return isnan(x) || isnan(y) ? isnan(x) - isnan(y) : (x > y) - (x < y);
}

/* Ascending numbers that every dtype can hold, in steps of a view. */
static void fill_sorted(ssi_view *v, content kind, uint64_t seed)
{
    double x[200];
    int64_t n = v->shape[0];
    for (int64_t i = 0; i < n; i++)
        x[i] = rint(value_of(kind, (uint64_t)i, seed));
    if (ssi_is_float(v->dtype) && n > 3)
        x[0] = NAN;
    qsort(x, (size_t)n, sizeof *x, numbers_ascending);
    for (int64_t i = 0; i < n; i++)
        ssi_put_f64(v->data, v->dtype, i * v->stride[0], x[i]);
    if (v->dtype == SSI_I64 && n > 2)
        ssi_put_i64(v->data, v->dtype, (n - 1) * v->stride[0], INT64_MAX);
}

static void searches_are_their_definition(void **state)
{
    (void)state;
    static const ssi_dtype compared[] = {SSI_F32, SSI_F64, SSI_I64}; /* the builder widens the others */
    for (int64_t n = 0; n <= 70; n++) {
        for (int d = 0; d < 3; d++) {
            ssi_view sorted = make_view(compared[d], 1, n, 1, n % 2 ? GAPS : DENSE);
            ssi_view values = make_view(compared[d], 5, n % 9, 3, n % LAYOUTS);
            sorted.rank = 1;
            sorted.shape[0] = n;
            sorted.stride[0] = n % 2 ? 3 : 1;
            fill_sorted(&sorted, n % 3 ? FEW_VALUES : MANY_VALUES, (uint64_t)n);
            fill(values.data, values.dtype, n % 9 ? places(&values) : 0, n % 3 ? FEW_VALUES : MANY_VALUES, 5);
            if (n % 9 && compared[d] == SSI_I64) {
                ssi_put_i64(values.data, SSI_I64, 0, INT64_MAX);
                ssi_put_i64(values.data, SSI_I64, values.stride[0], INT64_MAX - 1);
            }
            ssi_view in[] = {sorted, values}, out = result_like(&values, SSI_I64, values.shape[1]);
            for (int64_t right = 0; right < 2; right++)
                compare(&ssi_op_searchsorted, &right, &out, in, 2);
            free(sorted.data);
            free(values.data);
        }
    }
}

static void counts_between_edges_are_their_definition(void **state)
{
    (void)state;
    for (int dtype = 0; dtype < SSI_DTYPES; dtype++) {
        for (int64_t n = 0; n < 1500; n += n < 20 ? 1 : 200) {
            for (int64_t bins = 1; bins < 40; bins += 6) {
                ssi_view x = make_view((ssi_dtype)dtype, 1, n, 1, n % 2),
                         edges = make_view(SSI_F64, 1, bins + 1, 1, DENSE);
                x.rank = edges.rank = 1;
                x.shape[0] = n;
                x.stride[0] = x.stride[1];
                edges.shape[0] = bins + 1;
                edges.stride[0] = 1;
                fill(x.data, x.dtype, n ? places(&x) : 0, (content)(n % 2), (uint64_t)n);
                for (int64_t uniform = 0; uniform < 2; uniform++) {
                    for (int64_t i = 0; i <= bins; i++)
                        ((double *)edges.data)[i] = uniform ? -3 + i * (6.5 / bins) : floor(-4 + i * i * 0.3);
                    ssi_view in[] = {x, edges}, out = {.dtype = SSI_I64, .rank = 1, .shape = {bins}, .stride = {1}};
                    compare(&ssi_op_count_between, &uniform, &out, in, 2);
                }
                free(x.data);
                free(edges.data);
            }
        }
    }
}

/* ---- what is not sorted is found somewhere, and indices outside are refused ---- */

static void of_unsorted_values_some_place_is_found(void **state)
{
    (void)state;
    double data[50];
    fill(data, SSI_F64, 50, MANY_VALUES, 3);
    int64_t place[50];
    ssi_view in[] = {{data, SSI_F64, 1, {50}, {1}}, {data, SSI_F64, 1, {50}, {1}}},
             out = {place, SSI_I64, 1, {50}, {1}};
    ssi_call call = {.op = &ssi_op_searchsorted, .attribute = &(int64_t){0}, .out = &out, .in = in, .inputs = 2};
    assert_int_equal(ssi_backend_cpu()->call[SSI_CALL_SEARCH](&call, 0, 50, NULL), SSI_OK);
    for (int i = 0; i < 50; i++)
        assert_in_range(place[i], 0, 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scans_are_their_definitions),
        cmocka_unit_test(sorts_are_their_definitions),
        cmocka_unit_test(integers_near_and_far_are_in_order),
        cmocka_unit_test(few_words_are_in_order_on_every_set),
        cmocka_unit_test(long_lanes_are_in_order),
        cmocka_unit_test(ranks_and_partitions_are_their_definitions),
        cmocka_unit_test(indices_along_an_axis_are_their_definitions),
        cmocka_unit_test(searches_are_their_definition),
        cmocka_unit_test(counts_between_edges_are_their_definition),
        cmocka_unit_test(of_unsorted_values_some_place_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
