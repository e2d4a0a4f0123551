/*
 * Joining, splitting, repeating, turning, padding: the elements that NumPy gives (make_arrange.py), in every dtype, and their gradients.
 */
#include "math/cases.h"
#include "run/run.h"

static golden_file file;

static int open_file(void **state)
{
    (void)state;
    file = golden_open(SSI_TESTS "/math/arrange.txt");
    return file.vectors == 0;
}

static int close_file(void **state)
{
    (void)state;
    golden_close(&file);
    return ssi_report();
}

#define AXES(...)                                                                                                      \
    (int)(sizeof((int[]){__VA_ARGS__}) / sizeof(int)), (int[])                                                         \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }
#define SIZES(...)                                                                                                     \
    (int64_t[])                                                                                                        \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }
#define COUNTS(...) (ssi_array)(SSI_I64, 1, SIZES(sizeof((int64_t[]){__VA_ARGS__}) / 8), SIZES(__VA_ARGS__))
#define EVERY       SSI_ALL_AXES

/* ---- axes ---- */

CASE(ravel, ssi_ravel(x[0]))
CASE(ravel_turned, ssi_ravel(ssi_transpose(x[0])))
CASE(ravel_one, ssi_ravel(x[0]))
CASE(ravel_empty, ssi_ravel(x[0]))
CASE(squeeze, ssi_squeeze(x[0]))
CASE(squeeze_one, ssi_squeeze(x[0], 1))
CASE(squeeze_two, ssi_squeeze(x[0], -3, 1))
CASE(squeeze_none, ssi_squeeze(x[0]))
CASE(expand, ssi_expand_dims(x[0], 1))
CASE(expand_many, ssi_expand_dims(x[0], 0, -1, 2))
CASE(expand_one, ssi_expand_dims(x[0], 0))
CASE(moveaxis, ssi_moveaxis(x[0], 0, -1))
CASE(moveaxis_back, ssi_moveaxis(x[0], -2, 1))
CASE(moveaxis_many, ssi_moveaxis_axes(x[0], 3, (int[]){0, 2, -1}, (int[]){-1, 0, 3}))
CASE(swapaxes, ssi_swapaxes(x[0], 0, -2))
CASE(swapaxes_same, ssi_swapaxes(x[0], 1, 1))
CASE(atleast_1d, ssi_atleast_1d(x[0]))
CASE(atleast_2d, ssi_atleast_2d(x[0]))
CASE(atleast_2d_one, ssi_atleast_2d(x[0]))
CASE(atleast_3d, ssi_atleast_3d(x[0]))
CASE(atleast_3d_two, ssi_atleast_3d(x[0]))
CASE(atleast_3d_four, ssi_atleast_3d(x[0]))
CASES(broadcast_arrays, 3, ssi_broadcast_arrays(3, x, y))
CASES(broadcast_empty, 2, ssi_broadcast_arrays(2, x, y))

/* ---- joining and splitting ---- */

CASE(concatenate_flat, ssi_concatenate(2, x, EVERY))
CASE(stack, ssi_stack(2, x, 1))
CASE(stack_last, ssi_stack(2, x, -1))
CASE(stack_ones, ssi_stack(2, x, 0))
CASE(hstack, ssi_hstack(x[0], x[1]))
CASE(hstack_rows, ssi_hstack(x[0], x[1]))
CASE(hstack_ones, ssi_hstack(x[0], x[1]))
CASE(vstack, ssi_vstack(x[0], x[1]))
CASE(vstack_ones, ssi_vstack(x[0], x[1]))
CASE(dstack, ssi_dstack(x[0], x[1]))
CASE(dstack_two, ssi_dstack(x[0], x[1]))
CASE(column_stack, ssi_column_stack(x[0], x[1]))
CASE(append, ssi_append(x[0], x[1], 0))
CASE(append_flat, ssi_append(x[0], x[1], EVERY))
CASES(split, 3, ssi_split(x[0], 3, 0, y))
CASES(split_last, 2, ssi_split(x[0], 2, -1, y))
CASES(array_split, 3, ssi_array_split(x[0], 3, 0, y))
CASES(array_split_more, 4, ssi_array_split(x[0], 4, 1, y))
CASES(split_at, 5, ssi_split_at(x[0], 4, SIZES(2, 5, 4, -1), 0, y))
CASES(split_empty, 2, ssi_split(x[0], 2, 0, y))

/* ---- repeating ---- */

CASE(tile, ssi_tile(x[0], 3))
CASE(tile_two, ssi_tile(x[0], 2, 3))
CASE(tile_more, ssi_tile(x[0], 2, 1, 2))
CASE(tile_fewer, ssi_tile(x[0], 2, 1))
CASE(tile_one, ssi_tile(x[0], 4))
CASE(tile_none, ssi_tile(x[0], 0, 2))
CASE(tile_not, ssi_tile(x[0], 1, 1))
CASE(tile_six, ssi_tile(x[0], 2, 1, 1, 3, 2, 1))
CASE(repeat, ssi_repeat(x[0], 2, EVERY))
CASE(repeat_rows, ssi_repeat(x[0], 3, 0))
CASE(repeat_last, ssi_repeat(x[0], 2, -1))
CASE(repeat_none, ssi_repeat(x[0], 0, 1))
CASE(repeat_one, ssi_repeat(x[0], 3, EVERY))
CASE(repeat_each, ssi_repeat_each(x[0], COUNTS(2, 0, 3), 1))
CASE(repeat_each_flat, ssi_repeat_each(x[0], COUNTS(1, 2, 0, 1), EVERY))
CASE(repeat_each_same, ssi_repeat_each(x[0], COUNTS(2), 0))
CASE(repeat_each_none, ssi_repeat_each(x[0], COUNTS(0, 0), 0))
CASE(resize, ssi_resize(x[0], 3, 4))
CASE(resize_less, ssi_resize(x[0], 2))
CASE(resize_empty, ssi_resize(x[0], 2, 2))
CASE(resize_to_none, ssi_resize(x[0], 0, 2))

/* ---- turning ---- */

CASE(roll, ssi_roll(x[0], 2, 0))
CASE(roll_back, ssi_roll(x[0], -1, 1))
CASE(roll_far, ssi_roll(x[0], 13, -1))
CASE(roll_flat, ssi_roll(x[0], 5, EVERY))
CASE(roll_not, ssi_roll(x[0], 4, 1))
CASE(roll_empty, ssi_roll(x[0], 3, 0))
CASE(roll_one, ssi_roll(x[0], 3, EVERY))
CASE(roll_two, ssi_roll_axes(x[0], 2, SIZES(1, -2), (int[]){0, 1}))
CASE(roll_twice, ssi_roll_axes(x[0], 3, SIZES(1, 2, 3), (int[]){0, 1, 0}))
CASE(flip_all, ssi_flip_axes(x[0], 0, NULL))
CASE(flip_two, ssi_flip_axes(x[0], AXES(0, -1)))
CASE(flip_one, ssi_flip_axes(x[0], 0, NULL))
CASE(fliplr, ssi_fliplr(x[0]))
CASE(flipud, ssi_flipud(x[0]))
CASE(rot90, ssi_rot90(x[0], 1, 0, 1))
CASE(rot90_twice, ssi_rot90(x[0], 2, 0, 1))
CASE(rot90_back, ssi_rot90(x[0], -1, 0, 1))
CASE(rot90_full, ssi_rot90(x[0], 4, 0, 1))
CASE(rot90_axes, ssi_rot90(x[0], 1, 2, 0))
CASE(rot90_axes_3, ssi_rot90(x[0], 3, 1, -1))

/* ---- taking away and putting between ---- */

CASE(delete, ssi_delete(x[0], 0, 1))
CASE(delete_many, ssi_delete(x[0], 1, 0, -1, 2))
CASE(delete_flat, ssi_delete(x[0], EVERY, 1, 4, 1))
CASE(delete_all, ssi_delete(x[0], 0, 0, 1))
CASE(delete_scattered, ssi_delete(x[0], 0, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22))
CASE(insert, ssi_insert(x[0], 1, x[1], 0))
CASE(insert_column, ssi_insert(x[0], 1, x[1], 1))
CASE(insert_row, ssi_insert(x[0], -1, x[1], 0))
CASE(insert_rows, ssi_insert(x[0], 3, x[1], 0))
CASE(insert_flat, ssi_insert(x[0], 4, x[1], EVERY))
CASE(insert_columns, ssi_insert(x[0], 0, x[1], 1))
CASE(insert_each, ssi_insert_each(x[0], 4, SIZES(1, 3, 1, 0), x[1], 0))
CASE(insert_each_columns, ssi_insert_each(x[0], 2, SIZES(0, 2), x[1], 1))
CASE(insert_each_same, ssi_insert_each(x[0], 3, SIZES(2, -2, 4), x[1], EVERY))

/* ---- padding ---- */

#define PAD(manner)                                                                                                    \
    CASE(pad_##manner, ssi_pad_##manner(x[0], SIZES(2), SIZES(3)))                                                     \
    CASE(pad_##manner##_two, ssi_pad_##manner(x[0], SIZES(1, 2), SIZES(2, 0)))                                         \
    CASE(pad_##manner##_six, ssi_pad_##manner(x[0], SIZES(1, 0, 0, 2, 0, 1), SIZES(0, 0, 2, 1, 0, 1)))                 \
    CASE(pad_##manner##_one, ssi_pad_##manner(x[0], SIZES(3), SIZES(2)))                                               \
    CASE(pad_##manner##_none, ssi_pad_##manner(x[0], SIZES(0, 1), SIZES(0, 1)))
PAD(edge)
PAD(reflect)
PAD(symmetric)
PAD(wrap)
#define PAD_NAMES(manner)                                                                                              \
    NAMED(pad_##manner), NAMED(pad_##manner##_two), NAMED(pad_##manner##_six), NAMED(pad_##manner##_one),              \
        NAMED(pad_##manner##_none)

/* clang-format off */
static const named cases[] = {
    NAMED(ravel), NAMED(ravel_turned), NAMED(ravel_one), NAMED(ravel_empty), NAMED(squeeze), NAMED(squeeze_one), NAMED(squeeze_two),
    NAMED(squeeze_none), NAMED(expand), NAMED(expand_many), NAMED(expand_one), NAMED(moveaxis), NAMED(moveaxis_back), NAMED(moveaxis_many),
    NAMED(swapaxes), NAMED(swapaxes_same), NAMED(atleast_1d), NAMED(atleast_2d), NAMED(atleast_2d_one), NAMED(atleast_3d),
    NAMED(atleast_3d_two), NAMED(atleast_3d_four), NAMED(broadcast_arrays), NAMED(broadcast_empty),
    NAMED(concatenate_flat), NAMED(stack), NAMED(stack_last), NAMED(stack_ones), NAMED(hstack), NAMED(hstack_rows), NAMED(hstack_ones), NAMED(vstack),
    NAMED(vstack_ones), NAMED(dstack), NAMED(dstack_two), NAMED(column_stack), NAMED(append), NAMED(append_flat), NAMED(split), NAMED(split_last),
    NAMED(array_split), NAMED(array_split_more), NAMED(split_at), NAMED(split_empty),
    NAMED(tile), NAMED(tile_two), NAMED(tile_more), NAMED(tile_fewer), NAMED(tile_one), NAMED(tile_none), NAMED(tile_not), NAMED(tile_six),
    NAMED(repeat), NAMED(repeat_rows), NAMED(repeat_last), NAMED(repeat_none), NAMED(repeat_one), NAMED(repeat_each), NAMED(repeat_each_flat),
    NAMED(repeat_each_same), NAMED(repeat_each_none), NAMED(resize), NAMED(resize_less), NAMED(resize_empty), NAMED(resize_to_none),
    NAMED(roll), NAMED(roll_back), NAMED(roll_far), NAMED(roll_flat), NAMED(roll_not), NAMED(roll_empty), NAMED(roll_one), NAMED(roll_two),
    NAMED(roll_twice), NAMED(flip_all), NAMED(flip_two), NAMED(flip_one), NAMED(fliplr), NAMED(flipud), NAMED(rot90), NAMED(rot90_twice),
    NAMED(rot90_back), NAMED(rot90_full), NAMED(rot90_axes), NAMED(rot90_axes_3),
    NAMED(delete), NAMED(delete_many), NAMED(delete_flat), NAMED(delete_all), NAMED(delete_scattered), NAMED(insert), NAMED(insert_column),
    NAMED(insert_row), NAMED(insert_rows), NAMED(insert_flat), NAMED(insert_columns), NAMED(insert_each), NAMED(insert_each_columns),
    NAMED(insert_each_same), PAD_NAMES(edge), PAD_NAMES(reflect), PAD_NAMES(symmetric), PAD_NAMES(wrap),
};
/* clang-format on */
enum { CASES_HERE = sizeof cases / sizeof *cases };

static void elements_go_where_numpy_puts_them_in_every_dtype(void **state)
{
    (void)state;
    for (int i = 0; i < CASES_HERE; i++)
        check_same(&file, &cases[i]);
}

static void every_gradient_is_the_numerical_one(void **state)
{
    (void)state;
    for (int i = 0; i < CASES_HERE; i++) {
        for (int which = 0; which < 2; which++)
            check_gradient(&file, &cases[i], which);
    }
}

/* Of each place in the padded row, the place in x that it mirrors, by walking there and turning round. */
static int64_t walk(int64_t place, int64_t n, bool repeats_edge)
{
    int64_t at = 0, direction = 1, steps = place < 0 ? -place : place;
    for (int64_t i = 0; i < steps; i++) {
        int64_t next = at + (place < 0 ? -direction : direction);
        if (next >= 0 && next < n)
            at = next;
        else {
            direction = -direction;
            at += repeats_edge ? 0 : place < 0 ? -direction : direction;
        }
    }
    return at;
}

static void wide_padding_mirrors_over_and_over(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    for (int64_t n = 2; n < 5; n++) {
        ssi_tensor *x = ssi_arange(SSI_I32, 0, n, 1);
        for (int64_t width = 0; width < 40; width += 3) {
            ssi_tensor *y[] = {ssi_pad_reflect(x, &width, &width), ssi_pad_symmetric(x, &width, &width),
                               ssi_pad_wrap(x, &width, &width)};
            for (int manner = 0; manner < 3; manner++) {
                int64_t out[100];
                assert_int_equal(ssi_read(y[manner], SSI_I64, out, n + 2 * width), SSI_OK);
                for (int64_t i = 0; i < n + 2 * width; i++) {
                    int64_t place = i - width;
                    assert_int_equal(out[i], manner == 2 ? (place % n + n) % n : walk(place, n, manner == 1));
                }
            }
        }
    }
    ssi_scope_close(scope);
}

/* A C number that is repeated, looked at as it is, and by what copies, orders and turns it. */
static void a_number_is_repeated_over_a_shape(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    const int64_t shape[2] = {3, 5}, long_one = 3000;
    ssi_tensor *x = (ssi_expand)(ssi_number(3), 2, shape), *i = (ssi_expand)(ssi_number_int(-7), 1, &long_one);
    ssi_tensor *y[] = {x, ssi_sort(x, 1), ssi_transpose(x), ssi_sin(x), ssi_reshape(x, 15)};
    static int64_t whole[3000];
    for (int t = 0; t < 5; t++) {
        double out[15];
        assert_int_equal(ssi_read(y[t], SSI_F64, out, 15), SSI_OK);
        for (int k = 0; k < 15; k++)
            assert_true(out[k] == (t == 3 ? ssi_item(ssi_sin(ssi_cast(ssi_number(3), SSI_F64))) : 3));
    }
    assert_int_equal(ssi_read(i, SSI_I64, whole, 3000), SSI_OK);
    for (int k = 0; k < 3000; k++)
        assert_int_equal(whole[k], -7);
    ssi_scope_close(scope);
}

/* Wrapping, which takes part in each axis from both sides; in kernels whose number does not grow as a power of the axes. */
static void eight_axes_are_padded_in_few_kernels(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    const int64_t shape[8] = {2, 2, 2, 2, 2, 2, 2, 2}, ones[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    ssi_tensor *x = (ssi_reshape)(ssi_arange(SSI_I32, 0, 256, 1), 8, shape);
    uint64_t before = ssi_run_counted()->kernels;
    static int32_t y[1 << 16];
    assert_int_equal(ssi_read(ssi_pad_wrap(x, ones, ones), SSI_I32, y, 1 << 16), SSI_OK);
    assert_true(ssi_run_counted()->kernels - before < 200);
    for (int i = 0; i < 1 << 16; i++) { /* 4 to the 8th: two bits an index, 0 to 3, which is 1 0 1 0 of x */
        int from = 0;
        for (int axis = 0; axis < 8; axis++)
            from |= (~i >> 2 * axis & 1) << axis;
        assert_int_equal(y[i], from);
    }
    ssi_scope_close(scope);
}

static void dtypes_promote_where_tensors_join(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *bytes = ssi_ones(SSI_U8, 2), *small = ssi_ones(SSI_I8, 2), *real = ssi_ones(SSI_F32, 2);
    assert_int_equal(ssi_dtype_of(ssi_hstack(bytes, small)), SSI_I16);
    assert_int_equal(ssi_dtype_of(ssi_vstack(bytes, real)), SSI_F32);
    assert_int_equal(ssi_dtype_of(ssi_append(real, ssi_ones(SSI_I32, 2), 0)), SSI_F64);
    assert_int_equal(ssi_dtype_of(ssi_insert(bytes, 0, real, 0)), SSI_U8);
    ssi_scope_close(scope);
}

static void axes_are_in_range_and_named_once(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_ones(SSI_F32, 2, 1, 3);
    const char *range = "axis 3 of a tensor with 3 axes";
    refused(ssi_squeeze(x, 3), SSI_INVALID, "squeeze", range);
    refused(ssi_squeeze(x, 1, -2), SSI_INVALID, "squeeze", "axis 1 is named twice");
    refused(ssi_squeeze(x, 0), SSI_INVALID, "squeeze", "axis 0 has 2 elements, not one");
    refused(ssi_expand_dims(x, 4), SSI_INVALID, "expand_dims", "axis 4 of a tensor with 4 axes");
    refused(ssi_expand_dims(x, 1, 1), SSI_INVALID, "expand_dims", "axis 1 is named twice");
    refused(ssi_expand_dims(x, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13), SSI_INVALID, "expand_dims",
            "16 axes are the most there can be");
    refused(ssi_moveaxis(x, 3, 0), SSI_INVALID, "moveaxis", range);
    refused(ssi_moveaxis_axes(x, 2, (int[]){0, 0}, (int[]){1, 2}), SSI_INVALID, "moveaxis", "axis 0 is named twice");
    refused(ssi_moveaxis_axes(x, 2, (int[]){0, 1}, (int[]){2, -1}), SSI_INVALID, "moveaxis", "axis 2 is named twice");
    refused(ssi_swapaxes(x, 0, 3), SSI_INVALID, "swapaxes", range);
    refused(ssi_stack(1, &x, 4), SSI_INVALID, "stack", "axis 4 of a tensor with 4 axes");
    refused(ssi_roll(x, 1, 3), SSI_INVALID, "roll", range);
    refused(ssi_repeat(x, 1, 3), SSI_INVALID, "repeat", range);
    refused(ssi_flip_axes(x, 2, (int[]){0, -3}), SSI_INVALID, "flip", "axis 0 is named twice");
    refused(ssi_flip_axes(x, 1, (int[]){3}), SSI_INVALID, "flip", range);
    refused(ssi_rot90(x, 1, 1, 1), SSI_INVALID, "rot90", "axis 1 is named twice");
    refused(ssi_rot90(ssi_ones(SSI_F32, 3), 1, 0, 1), SSI_INVALID, "rot90", "a tensor with 1 axes");
    refused(ssi_fliplr(ssi_ones(SSI_F32, 3)), SSI_INVALID, "fliplr", "a tensor with 1 axes");
    refused(ssi_flipud(ssi_sum(x)), SSI_INVALID, "flipud", "a tensor of no axes");
    refused(ssi_delete(x, 3, 0), SSI_INVALID, "delete", range);
    refused(ssi_insert(x, 0, 1, -4), SSI_INVALID, "insert", "axis -4 of a tensor with 3 axes");
    ssi_scope_close(scope);
}

static void what_does_not_fit_is_refused_with_the_sizes(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_ones(SSI_F32, 2, 3), *row = ssi_ones(SSI_F32, 4);
    refused(ssi_vstack(x, row), SSI_INVALID, "vstack", "shapes differ beside axis 0: (2,3), (1,4)");
    refused(ssi_hstack(x, row), SSI_INVALID, "hstack", "shapes differ beside axis 1: (2,3), (4,)");
    refused((ssi_dstack)(0, NULL), SSI_INVALID, "dstack", "nothing to stack");
    refused(ssi_stack(2, (ssi_tensor *[]){x, row}, 0), SSI_INVALID, "stack",
            "shapes differ beside axis 0: (1,2,3), (1,4)");
    refused(ssi_append(x, 1.0, 0), SSI_INVALID, "append", "shapes differ beside axis 0: (2,3), ()");
    refused(ssi_tile(x, -1), SSI_INVALID, "tile", "axis 1, of 3, -1 times");
    refused(ssi_tile(x, INT64_MAX), SSI_INVALID, "tile", "axis 1, of 3, 9223372036854775807 times");
    refused(ssi_repeat(x, -2, 0), SSI_INVALID, "repeat", "axis 0, of 2, -2 times");
    refused(ssi_repeat(x, INT64_MAX / 2, 1), SSI_INVALID, "repeat", "axis 1, of 3, 4611686018427387903 times");
    refused(ssi_repeat_each(x, COUNTS(1, 2), 1), SSI_INVALID, "repeat_each", "counts i64 (2,) for an axis of 3");
    refused(ssi_repeat_each(x, COUNTS(1, -2), 0), SSI_INVALID, "repeat_each", "element 1 -2 times");
    refused(ssi_repeat_each(x, COUNTS(INT64_MAX, 2), 0), SSI_INVALID, "repeat_each", "element 1 2 times");
    refused(ssi_repeat_each(x, ssi_ones(SSI_F32, 2), 0), SSI_INVALID, "repeat_each",
            "counts f32 (2,) for an axis of 2");
    refused(ssi_delete(x, 1, 0, 3), SSI_RANGE, "delete", "index 3 is outside [-3, 3)");
    refused(ssi_insert(x, 4, 1.0, 1), SSI_RANGE, "insert", "index 4 is outside [-3, 3]");
    refused(ssi_insert_each(x, 2, SIZES(0, -3), row, 1), SSI_INVALID, "insert_each", "x (4,) cannot become (2,2)");
    refused(ssi_insert_each(x, 2, SIZES(0, -4), ssi_ones(SSI_F32, 2), 1), SSI_RANGE, "insert_each",
            "index -4 is outside [-3, 3]");
    refused(ssi_pad_edge(x, SIZES(0, -1), SIZES(0, 0)), SSI_INVALID, "pad_edge", "-1 before and 0 after axis 1");
    refused(ssi_pad_wrap(ssi_ones(SSI_F32, 0), SIZES(1), SIZES(0)), SSI_INVALID, "pad_wrap",
            "axis 0 is empty: there is nothing to pad with");
    ssi_scope_close(scope);
}

static void a_split_that_fails_leaves_nothing(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_ones(SSI_F32, 5, 2), *out[3] = {x, x, x};
    assert_int_equal(ssi_split(x, 3, 0, out), SSI_INVALID);
    refused(out[0], SSI_INVALID, "split", "axis 0 has 5 elements, which 3 parts do not divide");
    assert_null(out[2]);
    assert_int_equal(ssi_split(x, 3, 2, out), SSI_INVALID);
    refused(out[1], SSI_INVALID, "split", "axis 2 of a tensor with 2 axes");
    assert_int_equal(ssi_array_split(x, 0, 0, out), SSI_INVALID);
    refused(NULL, SSI_INVALID, "array_split", "0 parts");
    assert_int_equal(ssi_broadcast_arrays(2, (ssi_tensor *[]){x, ssi_ones(SSI_F32, 3)}, out), SSI_INVALID);
    refused(out[0], SSI_INVALID, "broadcast_arrays", "shapes do not broadcast: (5,2), (3,)");
    assert_int_equal(ssi_split(NULL, 3, 0, out), SSI_INVALID);
    assert_null(out[0]);
    assert_int_equal(ssi_error_take(NULL), 0);
    ssi_scope_close(scope);
}

static void sixteen_axes_are_tiled_eight_at_a_time(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_ones(SSI_U8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    assert_int_equal(ssi_size(ssi_tile(x, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1)), 256);
    refused(ssi_tile(x, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1), SSI_UNSUPPORTED, "tile",
            "more than 8 axes at once");
    ssi_scope_close(scope);
}

static void thousands_are_joined(void **state)
{
    (void)state;
    enum { MANY = 5000 };
    static ssi_tensor *x[MANY];
    ssi_scope scope = ssi_scope_open();
    for (int i = 0; i < MANY; i++)
        x[i] = ssi_cast(i, i == MANY - 1 ? SSI_I64 : SSI_I16);
    const int64_t *y = ssi_data_i64(ssi_stack(MANY, x, 0));
    assert_non_null(y);
    for (int i = 0; i < MANY; i++)
        assert_int_equal(y[i], i);
    ssi_scope_close(scope);
}

/* Everything here that takes memory of its own. */
static ssi_tensor *take_memory(ssi_tensor *x)
{
    ssi_tensor *row = ssi_slice(x, 1, &(ssi_range){0, 1, 1}), *parts[] = {x, row};
    ssi_tensor *y = ssi_concatenate(2, parts, EVERY);
    y = ssi_hstack(y, ssi_ravel(ssi_vstack(x, row)));
    y = ssi_delete(y, 0, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18);
    y = ssi_insert_each(y, 3, SIZES(1, 2, 1), ssi_number(3), 0);
    y = ssi_repeat_each(y, ssi_full_like(y, 2), 0);
    y = ssi_pad_reflect(y, SIZES(200), SIZES(200));
    return ssi_sum(y);
}

static void when_memory_runs_out_nothing_is_lost(void **state)
{
    (void)state;
    bool failed = true;
    for (uint64_t k = 1; failed; k++) {
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *x = (ssi_reshape)(ssi_arange(SSI_I64, 0, 12, 1), 2, SIZES(3, 4));
        assert_int_equal(ssi_eval(x), SSI_OK);
        ssi_test_fail_allocation(k);
        double sum = ssi_item(take_memory(x));
        ssi_test_fail_allocation(0);
        ssi_error error;
        failed = ssi_error_take(&error);
        assert_true(failed ? error.code == SSI_NO_MEMORY && isnan(sum) : sum > 0);
        assert_true(k < 10000);
        ssi_scope_close(scope);
    }
}

static void given_null_everything_returns_null_and_says_nothing(void **state)
{
    (void)state;
    ssi_tensor *none = NULL, *x = ssi_ones(SSI_F32, 2);
    assert_null(ssi_ravel(none));
    assert_null(ssi_squeeze(none));
    assert_null(ssi_expand_dims(none, 0));
    assert_null(ssi_moveaxis(none, 0, 1));
    assert_null(ssi_swapaxes(none, 0, 1));
    assert_null(ssi_atleast_3d(none));
    assert_null(ssi_hstack(none, x));
    assert_null(ssi_column_stack(x, none));
    assert_null(ssi_append(x, none, 0));
    assert_null(ssi_tile(none, 2));
    assert_null(ssi_resize(none, 2));
    assert_null(ssi_repeat(none, 2, 0));
    assert_null(ssi_repeat_each(x, none, 0));
    assert_null(ssi_roll(none, 2, EVERY));
    assert_null(ssi_flip_axes(none, 0, NULL));
    assert_null(ssi_fliplr(none));
    assert_null(ssi_rot90(none, 1, 0, 1));
    assert_null(ssi_delete(none, 0, 0));
    assert_null(ssi_insert(x, 0, none, 0));
    assert_null(ssi_insert_each(none, 1, SIZES(0), x, 0));
    assert_null(ssi_pad_reflect(none, SIZES(1), SIZES(1)));
    assert_int_equal(ssi_error_take(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_go_where_numpy_puts_them_in_every_dtype),
        cmocka_unit_test(every_gradient_is_the_numerical_one),
        cmocka_unit_test(wide_padding_mirrors_over_and_over),
        cmocka_unit_test(a_number_is_repeated_over_a_shape),
        cmocka_unit_test(eight_axes_are_padded_in_few_kernels),
        cmocka_unit_test(dtypes_promote_where_tensors_join),
        cmocka_unit_test(axes_are_in_range_and_named_once),
        cmocka_unit_test(what_does_not_fit_is_refused_with_the_sizes),
        cmocka_unit_test(a_split_that_fails_leaves_nothing),
        cmocka_unit_test(sixteen_axes_are_tiled_eight_at_a_time),
        cmocka_unit_test(thousands_are_joined),
        cmocka_unit_test(when_memory_runs_out_nothing_is_lost),
        cmocka_unit_test(given_null_everything_returns_null_and_says_nothing),
    };
    return cmocka_run_group_tests(tests, open_file, close_file);
}
