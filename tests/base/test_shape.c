/* test_shape.c - counting with overflow, strides, broadcasting, texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/base.h"

#define SHAPE(...)                                                                                                     \
    (int)(sizeof((int64_t[]){__VA_ARGS__}) / 8), (const int64_t[])                                                     \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }

static void elements_are_counted_with_their_bytes_in_view(void **state)
{
    (void)state;
    int64_t count = -1;
    assert_true(ssi_shape_count(0, NULL, 8, &count));
    assert_int_equal(count, 1);
    assert_true(ssi_shape_count(SHAPE(2, 3, 4), 8, &count));
    assert_int_equal(count, 24);
    assert_false(ssi_shape_count(SHAPE(2, -1), 8, &count));
    assert_false(ssi_shape_count(SHAPE(0, -1), 8, &count));
    assert_false(ssi_shape_count(SHAPE(INT64_MIN), 1, &count));
    assert_true(ssi_shape_count(SHAPE((int64_t)1 << 60), 4, &count));
    assert_false(ssi_shape_count(SHAPE((int64_t)1 << 60), 8, &count));
    assert_false(ssi_shape_count(SHAPE((int64_t)1 << 32, (int64_t)1 << 32), 1, &count));
    assert_true(ssi_shape_count(SHAPE(INT64_MAX), 1, &count));
    assert_int_equal(count, INT64_MAX);
    assert_true(ssi_shape_count(SHAPE((int64_t)1 << 40, 0, 7), 8, &count));
    assert_int_equal(count, 0);
    assert_false(ssi_shape_count(SHAPE((int64_t)1 << 60, (int64_t)1 << 60, 0), 8, &count));
    assert_false(ssi_shape_count(SHAPE(0, (int64_t)1 << 60, (int64_t)1 << 60), 8, &count));
}

static void strides_are_those_of_c_order(void **state)
{
    (void)state;
    int64_t stride[SSI_MAX_RANK];
    ssi_shape_strides(SHAPE(2, 3, 4), stride);
    assert_memory_equal(stride, ((int64_t[]){12, 4, 1}), 24);
    ssi_shape_strides(0, NULL, stride);
}

static const struct {
    int ra;
    int64_t a[4];
    int rb;
    int64_t b[4];
    int rank;
    int64_t out[4];
} broadcasts[] = {
    {0, {0}, 0, {0}, 0, {0}},       {2, {3, 4}, 1, {4}, 2, {3, 4}},
    {1, {4}, 2, {3, 1}, 2, {3, 4}}, {3, {2, 1, 4}, 2, {3, 1}, 3, {2, 3, 4}},
    {2, {0, 4}, 1, {1}, 2, {0, 4}}, {1, {1}, 1, {0}, 1, {0}},
    {1, {2}, 1, {0}, -1, {0}},      {1, {3}, 1, {4}, -1, {0}},
    {2, {3, 4}, 1, {3}, -1, {0}},   {0, {0}, 3, {2, 3, 4}, 3, {2, 3, 4}},
};

static void shapes_broadcast_as_numpys(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof broadcasts / sizeof *broadcasts; i++) {
        int64_t out[SSI_MAX_RANK];
        int rank = ssi_shape_broadcast(broadcasts[i].ra, broadcasts[i].a, broadcasts[i].rb, broadcasts[i].b, out);
        assert_int_equal(rank, broadcasts[i].rank);
        for (int axis = 0; axis < rank; axis++)
            assert_int_equal(out[axis], broadcasts[i].out[axis]);
    }
}

static void texts_read_as_pythons_tuples(void **state)
{
    (void)state;
    char text[SSI_SHAPE_TEXT];
    assert_string_equal(ssi_shape_text(0, NULL, text), "()");
    assert_string_equal(ssi_shape_text(SHAPE(3), text), "(3,)");
    assert_string_equal(ssi_shape_text(SHAPE(32, 784), text), "(32,784)");
    int64_t longest[SSI_MAX_RANK];
    for (int i = 0; i < SSI_MAX_RANK; i++)
        longest[i] = INT64_MIN;
    assert_true(strlen(ssi_shape_text(SSI_MAX_RANK, longest, text)) < SSI_SHAPE_TEXT);
    assert_int_equal(text[strlen(text) - 1], ')');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_are_counted_with_their_bytes_in_view),
        cmocka_unit_test(strides_are_those_of_c_order),
        cmocka_unit_test(shapes_broadcast_as_numpys),
        cmocka_unit_test(texts_read_as_pythons_tuples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
