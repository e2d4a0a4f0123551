/*
 * Joins: of joins, of views, of what is repeated; in every dtype as the definition gives them, element by element, by any number of threads.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "run/run.h"
#include "ssi/ssi.h"

#define SIZES(...) ((const int64_t[]){__VA_ARGS__})

static ssi_tensor *join(ssi_tensor *a, ssi_tensor *b, int axis)
{
    return ssi_concatenate(2, (ssi_tensor *[]){a, b}, axis);
}

/* 1, 2, 3, ... as (n, m), computed. */
static ssi_tensor *counted(ssi_dtype dtype, int64_t n, int64_t m)
{
    ssi_tensor *x = ssi_cast(
        ssi_add(ssi_iota(SSI_I64, 2, SIZES(n, m), 1), ssi_mul(ssi_iota(SSI_I64, 2, SIZES(n, m), 0), m)), dtype);
    assert_int_equal(ssi_eval(x), SSI_OK);
    return x;
}

/* ---- expressions of an x (n, m) ---- */

static ssi_tensor *four_corners(ssi_tensor *x)
{
    return join(join(x, ssi_flip(x, 1), 1), join(ssi_flip(x, 0), x, 1), 0);
}

static ssi_tensor *bordered(ssi_tensor *x)
{
    return ssi_pad(join(x, ssi_pad(x, SIZES(0, 1), SIZES(0, 2), ssi_number(5)), 1), SIZES(1, 0), SIZES(2, 0),
                   ssi_number(3));
}

static ssi_tensor *padded_wide(ssi_tensor *x) /* more border than x */
{
    return ssi_pad(x, SIZES(20, 30), SIZES(0, 40), ssi_cast(ssi_sum(ssi_full(SSI_F64, 7, 1)), ssi_dtype_of(x)));
}

static ssi_tensor *padded_alike(ssi_tensor *x)
{
    return ssi_pad(x, SIZES(2, 3), SIZES(2, 3), ssi_number(9));
}

static ssi_tensor *padded_on_one_side(ssi_tensor *x)
{
    return ssi_pad(ssi_transpose(x), SIZES(0, 2), SIZES(1, 0), ssi_number(9));
}

static ssi_tensor *edges(ssi_tensor *x)
{
    return ssi_dim(x, 0) && ssi_dim(x, 1) ? ssi_pad_edge(x, SIZES(1, 2), SIZES(2, 1)) : x;
}

static ssi_tensor *interleaved(ssi_tensor *x)
{
    return ssi_stack(3, (ssi_tensor *[]){x, ssi_flip(x, 1), x}, -1);
}

static ssi_tensor *turned(ssi_tensor *x)
{
    return join(ssi_transpose(x), ssi_transpose(x), 0);
}

static ssi_tensor *thrice(ssi_tensor *x)
{
    return ssi_repeat(ssi_tile(x, 3), 2, 0);
}

static ssi_tensor *read_twice(ssi_tensor *x)
{
    ssi_tensor *inner = join(x, x, 0);
    return join(inner, ssi_mul(inner, inner), 0);
}

static ssi_tensor *seen_in_part(ssi_tensor *x)
{
    ssi_tensor *inner = join(x, x, 1);
    return join(ssi_slice(inner, 2, (ssi_range[]){{0, SSI_END, 1}, {1, SSI_END, 2}}), x, 1);
}

static ssi_tensor *parted_and_whole(ssi_tensor *x) /* a join, and beside it what is in memory and of the same shape */
{
    ssi_tensor *first = ssi_slice(x, 1, &(ssi_range){0, 1, 1}), *rest = ssi_slice(x, 1, &(ssi_range){1, SSI_END, 1});
    return ssi_concatenate(4, (ssi_tensor *[]){join(first, rest, 0), x, join(rest, first, 0), ssi_flip(x, 0)}, 1);
}

static ssi_tensor *set_in(ssi_tensor *x)
{
    return join(ssi_set_slice(join(x, x, 0), 1, &(ssi_range){0, SSI_END, 2}, ssi_number(1)), join(x, x, 0), 0);
}

static ssi_tensor *nested_deeply(ssi_tensor *x)
{
    ssi_tensor *y = x;
    for (int i = 0; i < 150; i++)
        y = join(y, ssi_slice(x, 1, &(ssi_range){0, 1, 1}), 0);
    return y;
}

static ssi_tensor *many(ssi_tensor *x)
{
    ssi_tensor *part[70];
    for (int i = 0; i < 70; i++)
        part[i] = i % 3 ? x : ssi_flip(x, 1);
    return ssi_concatenate(70, part, 1);
}

typedef ssi_tensor *expression(ssi_tensor *x);

static expression *const expressions[] = {four_corners, bordered,    padded_wide,   padded_alike, padded_on_one_side,
                                          edges,        interleaved, turned,        thrice,       read_twice,
                                          seen_in_part, set_in,      nested_deeply, many,         parted_and_whole};

/* The elements of an expression by the definition and by the engine. */
static void agrees_with_the_definition(expression *written, ssi_dtype dtype, int64_t n, int64_t m)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = counted(dtype, n, m), *fused = written(x), *plain = written(x);
    assert_non_null(fused);
    size_t bytes = (size_t)ssi_size(fused) * ssi_dtype_size(dtype);
    const void *by_engine = ssi_data(fused);
    ssi_use_reference = 1;
    const void *by_definition = ssi_data(plain);
    ssi_use_reference = 0;
    assert_true(by_engine && by_definition);
    assert_memory_equal(by_engine, by_definition, bytes);
    ssi_scope_close(scope);
}

static void joins_give_what_their_definition_gives_in_every_dtype(void **state)
{
    (void)state;
    static const int64_t shapes[][2] = {{4, 5}, {1, 7}, {7, 1}, {3, 300}, {0, 3}, {2, 0}};
    for (size_t e = 0; e < sizeof expressions / sizeof *expressions; e++)
        for (int t = 0; t < SSI_DTYPES; t++)
            for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
                agrees_with_the_definition(expressions[e], (ssi_dtype)t, shapes[s][0], shapes[s][1]);
}

/* Large enough for several blocks and several threads. */
static void large_joins_do_so_with_any_number_of_threads(void **state)
{
    (void)state;
    static const ssi_dtype dtypes[] = {SSI_U8, SSI_F32, SSI_F64};
    for (int threads = 1; threads <= 3; threads++) {
        ssi_set_threads(threads);
        for (size_t e = 0; e < sizeof expressions / sizeof *expressions; e++) {
            bool small = expressions[e] == nested_deeply || expressions[e] == many;
            for (int t = 0; t < 3; t++)
                agrees_with_the_definition(expressions[e], dtypes[t], small ? 60 : 211, small ? 61 : 503);
        }
    }
    ssi_set_threads(0);
}

static void a_join_that_only_a_join_reads_has_no_memory_of_its_own(void **state)
{
    (void)state;
    ssi_tensor *x = counted(SSI_F32, 4, 5), *inner = join(x, x, 1), *y = join(inner, ssi_flip(join(x, x, 1), 0), 0);
    assert_int_equal(ssi_eval(y), SSI_OK);
    assert_null(inner->buffer);
    assert_float_equal(ssi_item(ssi_sum(inner)), 2 * 190, 0); /* and is computed when it is asked for */
    inner = join(x, x, 1);
    y = join(inner, inner, 0);
    assert_int_equal(ssi_eval(y), SSI_OK);
    assert_non_null(inner->buffer); /* read twice: stored */
    inner = join(x, x, 1);
    y = join(inner, x, 1);
    assert_int_equal(ssi_eval_all(2, (ssi_tensor *[]){inner, y}), SSI_OK);
    assert_non_null(inner->buffer); /* asked for */
}

static void gradients_go_through_joins_of_joins(void **state)
{
    (void)state;
    ssi_tensor *x = counted(SSI_F64, 3, 4);
    ssi_tensor *d = ssi_grad(ssi_sum(ssi_mul(four_corners(x), four_corners(x))), x);
    assert_float_equal(ssi_item(ssi_sum(ssi_not_equal(d, ssi_mul(x, 8)))), 0, 0);
    d = ssi_grad(ssi_sum(edges(x)), x); /* how often each element is there: corners (1+1)(1+2), (1+1)(1+1), ... */
    const double times[] = {6, 2, 2, 4, 3, 1, 1, 2, 9, 3, 3, 6};
    assert_memory_equal(ssi_data_f64(d), times, sizeof times);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_give_what_their_definition_gives_in_every_dtype),
        cmocka_unit_test(large_joins_do_so_with_any_number_of_threads),
        cmocka_unit_test(a_join_that_only_a_join_reads_has_no_memory_of_its_own),
        cmocka_unit_test(gradients_go_through_joins_of_joins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
