/*
 * test_index.c - parts of tensors: by text as NumPy does (index.txt, written by make_index.py), by index, by mask; and tensors with parts replaced.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ssi/grad.h"
#include "ssi/index.h"
#include "ssi/math.h"
#include "tensor/tensor.h"

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

static void refused(ssi_tensor *x, ssi_status code, const char *text)
{
    ssi_error e = {0};
    char all[sizeof e.message + sizeof e.hint + sizeof e.operation + 8];
    assert_null(x);
    assert_int_equal(ssi_error_take(&e), 1);
    snprintf(all, sizeof all, "%s: %s%s%s", e.operation, e.message, e.hint[0] ? "; " : "", e.hint);
    assert_string_equal(all, text);
    assert_int_equal(e.code, code);
    assert_non_null(e.file);
}
#define REFUSED(x, text) refused(SSI_AT(x), SSI_INVALID, text)

/* The text of a tensor, as it is printed. */
static void shows(ssi_tensor *x, const char *text)
{
    char own[2000];
    assert_non_null(x);
    assert_true(ssi_format(x, own, sizeof own) >= 0);
    assert_string_equal(own, text);
}

/* 0, 1, 2, ... of that shape, or from `first` on. */
static ssi_tensor *counted(int rank, const int64_t *shape, int64_t first)
{
    int64_t count = 1;
    for (int i = 0; i < rank; i++)
        count *= shape[i];
    return (ssi_reshape)(ssi_add(ssi_iota(SSI_I64, 1, &count, 0), first), rank, shape);
}

static ssi_tensor *three_by_four(void)
{
    return counted(2, (int64_t[]){3, 4}, 0);
}

/* ---- NumPy's results ---- */

static int read_shape(const char *text, int64_t *shape)
{
    int rank = 0;
    for (char *at = (char *)text; *at && *at != '-'; at += *at == ',')
        shape[rank++] = strtoll(at, &at, 10);
    return rank;
}

/* Whether the tensor has the shape and the elements that the line's end says. */
static void check_result(ssi_tensor *x, const char *expected, const char *line)
{
    char shape_text[64];
    int used;
    int64_t shape[SSI_MAX_RANK];
    if (strncmp(expected, "error", 5) == 0) {
        if (x || !ssi_error_take(NULL))
            fail_msg("no error: %s", line);
        return;
    }
    if (!x && ssi_report())
        fail_msg("an error: %s", line);
    assert_int_equal(sscanf(expected, "%63s%n", shape_text, &used), 1);
    int rank = read_shape(shape_text, shape);
    if (x->rank != rank || memcmp(x->shape, shape, (size_t)rank * sizeof *shape) != 0)
        fail_msg("another shape: %s", line);
    const int64_t *data = ssi_data_i64(x);
    const char *at = expected + used;
    for (int64_t i = 0; i < ssi_size(x); i++) {
        char *end;
        if (strtoll(at, &end, 10) != data[i] || end == at)
            fail_msg("element %lld is %lld: %s", (long long)i, (long long)data[i], line);
        at = end;
    }
}

/* One line of index.txt; the tensor lies in memory in C order, or the other way round. */
static void check_line(const char *line, bool turned)
{
    char kind[8], shape_text[64], value_text[64] = "-", text[128];
    int64_t shape[SSI_MAX_RANK], value[SSI_MAX_RANK];
    int used = 0;
    bool set = strncmp(line, "set", 3) == 0;
    if (set)
        assert_int_equal(sscanf(line, "%7s %63s %63s %127s -> %n", kind, shape_text, value_text, text, &used), 4);
    else
        assert_int_equal(sscanf(line, "%7s %63s %127s -> %n", kind, shape_text, text, &used), 3);
    for (char *c = text; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    ssi_scope inner = ssi_scope_open();
    int rank = read_shape(shape_text, shape), value_rank = read_shape(value_text, value);
    ssi_tensor *x = counted(rank, shape, 0);
    if (turned && rank >= 2) {
        x = ssi_transpose(x);
        x = ssi_transpose(ssi_add(x, 0)); /* computed with its last axes exchanged */
        ssi_eval(x);
    }
    check_result(set ? ssi_set(x, text, counted(value_rank, value, 100)) : ssi_at(x, text), line + used, line);
    ssi_scope_close(inner);
}

/* "2,2:0,1,-1,3" as a tensor of integers; the character behind it. */
static const char *read_index(const char *text, ssi_tensor **index)
{
    int64_t shape[SSI_MAX_RANK], data[1000], count = 0;
    const char *at = strchr(text, ':') + 1;
    for (char *end; *at && *at != '/'; at = *end == ',' ? end + 1 : end)
        data[count++] = strtoll(at, &end, 10);
    char shape_text[64];
    snprintf(shape_text, sizeof shape_text, "%.*s", (int)strcspn(text, ":"), text);
    int rank = read_shape(shape_text, shape);
    *index = (ssi_array)(SSI_I64, rank, shape, data);
    return *at ? at + 1 : at;
}

static ssi_tensor *call_function(const char *name, ssi_tensor *x, int axis, int count, ssi_tensor **index,
                                 ssi_tensor *values)
{
    if (!strcmp(name, "take"))
        return ssi_take(x, index[0], axis);
    if (!strcmp(name, "compress"))
        return ssi_compress(x, index[0], axis);
    if (!strcmp(name, "mask"))
        return ssi_mask(x, ssi_cast(index[0], SSI_BOOL));
    if (!strcmp(name, "set_mask"))
        return ssi_set_mask(x, index[0], values);
    if (!strcmp(name, "argwhere"))
        return ssi_argwhere(index[0]);
    if (!strcmp(name, "put"))
        return ssi_put(x, index[0], values);
    if (!strcmp(name, "index"))
        return (ssi_index)(x, count, index);
    if (!strcmp(name, "set_index"))
        return (ssi_set_index)(x, values, count, index);
    return !strcmp(name, "set_rows") ? ssi_set_rows(x, index[0], values) : NULL;
}

/* One line of a function. */
static void check_function(const char *line)
{
    char name[16], shape_text[64], axis[8], where[1000], value_text[64];
    int64_t shape[SSI_MAX_RANK], value[SSI_MAX_RANK];
    int used = 0, count = 0;
    assert_int_equal(sscanf(line, "%15s %63s %7s %999s %63s -> %n", name, shape_text, axis, where, value_text, &used),
                     5);
    ssi_scope inner = ssi_scope_open();
    ssi_tensor *index[SSI_MAX_RANK];
    for (const char *at = where; *at; count++)
        at = read_index(at, &index[count]);
    int rank = read_shape(shape_text, shape), value_rank = read_shape(value_text, value);
    ssi_tensor *values = counted(value_rank, value, 100);
    check_result(call_function(name, counted(rank, shape, 0), strcmp(axis, "all") ? atoi(axis) : SSI_ALL_AXES, count,
                               index, values),
                 line + used, line);
    ssi_scope_close(inner);
}

static const char *golden_file = SSI_TESTS "/math/index.txt"; /* or the one named on the command line */

static void texts_and_functions_select_and_set_what_they_do_in_numpy(void **state)
{
    (void)state;
    static char line[8192];
    FILE *file = fopen(golden_file, "r");
    if (!file)
        fail_msg("%s cannot be read", golden_file);
    int notations = 0, functions = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        bool notation = !strncmp(line, "at ", 3) || !strncmp(line, "set ", 4);
        notations += notation;
        functions += !notation;
        if (!notation) {
            check_function(line);
        } else {
            check_line(line, false);
            check_line(line, true);
        }
    }
    fclose(file);
    assert_true(notations >= 4000 && functions >= 1000);
}

/* ---- the text ---- */

static void bad_texts_are_refused_with_the_place_marked(void **state)
{
    (void)state;
    ssi_tensor *a = three_by_four();
    REFUSED(ssi_at(a, ""), "at: an index is missing; here:\n    \n    ^");
    REFUSED(ssi_at(a, "1,,2"), "at: an index is missing; here:\n    1,,2\n      ^");
    REFUSED(ssi_at(a, ","), "at: an index is missing; here:\n    ,\n    ^");
    REFUSED(
        ssi_at(a, "1:3, x"),
        "at: an unknown word: there are None and np.newaxis, and ssi_mask for masks; here:\n    1:3, x\n         ^");
    REFUSED(ssi_at(a, "1:3, !"),
            "at: no index begins so: 2, 1:3, ::-1, [0, 2], ..., None do; here:\n    1:3, !\n         ^");
    REFUSED(ssi_at(a, "1 2"), "at: a comma is missing; here:\n    1 2\n      ^");
    REFUSED(ssi_at(a, "1.5"), "at: an index is an integer, not a fraction; here:\n    1.5\n     ^");
    REFUSED(ssi_at(a, "1e3"), "at: a letter behind a number; here:\n    1e3\n     ^");
    REFUSED(ssi_at(a, "0, .."), "at: an ellipsis is three points; here:\n    0, ..\n       ^");
    REFUSED(ssi_at(a, "..., ..."), "at: a second ellipsis: only one can be filled in; here:\n    ..., ...\n         ^");
    REFUSED(ssi_at(a, "1:2:0"), "at: the step of a slice is zero; here:\n    1:2:0\n        ^");
    REFUSED(ssi_at(a, "1:2:3:4"),
            "at: a slice has at most two colons, start:stop:step; here:\n    1:2:3:4\n         ^");
    REFUSED(ssi_at(a, "-:2"), "at: an integer is missing after the sign; here:\n    -:2\n     ^");
    REFUSED(ssi_at(a, "9223372036854775807"),
            "at: the number is larger than any size; here:\n    9223372036854775807\n    ^");
    REFUSED(ssi_at(a, "[0, 1"), "at: the bracket is not closed; here:\n    [0, 1\n    ^");
    REFUSED(ssi_at(a, "[0 1]"),
            "at: a comma is missing, or the bracket that closes the list; here:\n    [0 1]\n       ^");
    REFUSED(ssi_at(a, "[0, :]"), "at: a list holds integers, parted by commas; here:\n    [0, :]\n        ^");
    REFUSED(ssi_at(a, "[0], [1]"), "at: a second list: use ssi_index; here:\n    [0], [1]\n         ^");
    REFUSED(ssi_at(a, "True"),
            "at: an unknown word: there are None and np.newaxis, and ssi_mask for masks; here:\n    True\n    ^");
    REFUSED(ssi_at(a, NULL), "at: an index is missing; here:\n    \n    ^");
}

static void a_long_or_strange_text_is_shown_around_the_place(void **state)
{
    (void)state;
    ssi_tensor *a = three_by_four();
    char text[200];
    memset(text, ' ', sizeof text);
    strcpy(text + 150, "\x01\xC3\xBC");
    REFUSED(ssi_at(a, text), "at: no index begins so: 2, 1:3, ::-1, [0, 2], ..., None do; here:\n"
                             "                                                    ???\n"
                             "                                                    ^");
    char list[300] = "[";
    for (int i = 0; i < 65; i++)
        strcat(list, "0,");
    REFUSED(ssi_at(a, list), "at: a list this long is no text; use ssi_take; here:\n"
                             "    0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,\n"
                             "                                                    ^");
}

static void indices_that_the_tensor_has_not_are_refused_with_the_place_marked(void **state)
{
    (void)state;
    ssi_tensor *a = three_by_four();
    refused(ssi_at(a, "0, 4"), SSI_RANGE,
            "at: index 4 is out of bounds for axis 1 with size 4; here:\n    0, 4\n       ^");
    refused(ssi_at(a, "-4"), SSI_RANGE, "at: index -4 is out of bounds for axis 0 with size 3; here:\n    -4\n    ^");
    refused(ssi_at(a, "[0, 3]"), SSI_RANGE,
            "at: index 3 is out of bounds for axis 0 with size 3; here:\n    [0, 3]\n        ^");
    REFUSED(ssi_at(a, "0, :, 1"), "at: too many indices: the tensor has 2 axes; here:\n    0, :, 1\n          ^");
    REFUSED(ssi_at(ssi_item(ssi_sum(a)) > 0 ? ssi_sum(a) : NULL, "0"),
            "at: too many indices: the tensor has 0 axes; here:\n    0\n    ^");
    REFUSED(ssi_at(a, "None,None,None,None,None,None,None,None,None,None,None,None,None,None,None"),
            "at: the result would have 17 axes; a tensor has 0 to 16; here:\n"
            "    None,None,None,None,None,None,None,None,None,None,None,N\n    ^");
    assert_int_equal(ssi_assign_at(a, "3", 0), SSI_RANGE);
    ssi_error e;
    assert_true(ssi_error_take(&e) && e.file && !strcmp(e.operation, "assign_at"));
    assert_null(ssi_at(NULL, "0"));
    assert_null(ssi_set(NULL, "0", 1));
    assert_null(ssi_set(a, "0", (ssi_tensor *)NULL));
    assert_int_equal(ssi_report(), 0);
}

static void numbers_are_filled_in(void **state)
{
    (void)state;
    ssi_tensor *a = three_by_four();
    int64_t i = 1, j = 3;
    shows(ssi_at(a, "?, ?:?", i, i, j), "[5 6]");
    shows(ssi_at(a, "-?, [?, 0]", i, j), "[11  8]");
    shows(ssi_at(a, "0, ::?", -2), "[3 1]");
    shows(ssi_at(a, "0, :?", SSI_END), "[0 1 2 3]");
    REFUSED(ssi_at(a, "?, ?", i), "at: the text has more ? than the 1 numbers given; here:\n    ?, ?\n       ^");
    REFUSED(ssi_at(a, "?", i, j), "at: more numbers were given than the text has ?; here:\n    ?\n     ^");
    REFUSED(ssi_at(a, "::?", 0), "at: the step of a slice is zero; here:\n    ::?\n      ^");
    refused(ssi_at(a, "-?", INT64_MIN), SSI_RANGE,
            "at: index 9223372036854775807 is out of bounds for axis 0 with size 3; here:\n    -?\n    ^");
    shows(ssi_at(a, "?:?:?", INT64_MAX, INT64_MIN, INT64_MIN), "[[ 8  9 10 11]]");
    shows(ssi_set(a, "?, 0", -1, 2), "[[ 0  1  2  3]\n [ 4  5  6  7]\n [-1  9 10 11]]");
}

static void parts_are_views(void **state)
{
    (void)state;
    ssi_tensor *a = three_by_four(), *part = ssi_at(a, "::-2, None, 1:3");
    assert_int_equal(ssi_eval(a) | ssi_eval(part), SSI_OK);
    assert_ptr_equal(part->buffer, a->buffer);
}

/* ---- gradients ---- */

static ssi_tensor *by_text(ssi_tensor *x, void *text)
{
    return ssi_at(x, (const char *)text);
}
static ssi_tensor *set_by_text(ssi_tensor *x, void *text)
{
    ssi_tensor *v = ssi_at(ssi_square(x), (const char *)text);
    return ssi_set(x, (const char *)text, v);
}
static ssi_tensor *by_functions(ssi_tensor *x, void *unused)
{
    (void)unused;
    ssi_tensor *index = ssi_array(((int8_t[]){2, 0, -1, 0}), 2, 2), *y = ssi_take(x, index, 1);
    y = ssi_add(y, ssi_take(x, index, SSI_ALL_AXES));
    y = ssi_add(ssi_sum(y), ssi_mask(ssi_square(x), ssi_greater(three_by_four(), 5)));
    ssi_tensor *rows = ssi_mul(ssi_at(x, "1:"), 3);
    ssi_tensor *i = ssi_array(((int[]){0, 2}), 2), *j = ssi_array(((int[]){-1, 1}), 2);
    y = ssi_add(ssi_sum(y), ssi_sum(ssi_set_index(x, ssi_mul(ssi_index(x, i, j), 5), j, i)));
    return ssi_add(ssi_sum(y), ssi_set_rows(ssi_put(x, index, ssi_at(x, "1")), ssi_at(index, "0"), rows));
}
static ssi_tensor *by_set_mask(ssi_tensor *x, void *unused)
{
    (void)unused;
    return ssi_set_mask(x, ssi_array(((_Bool[]){1, 0, 1}), 3), ssi_at(ssi_square(x), "1"));
}

static void gradients_flow_through_parts_and_through_what_is_put(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_sin(ssi_cast(three_by_four(), SSI_F64));
    static char *const texts[] = {"1",        "::-1, 1:3",      "..., None, 0",   "[0, 2, 0]",
                                  "1, [3,1]", ":, None, [1,1]", "0, None, [2,0]", "5:"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_true(ssi_size(ssi_at(x, texts[i])) == 0 || ssi_gradient_check(by_text, x, 0, texts[i]) < 1e-8);
        assert_true(ssi_gradient_check(set_by_text, x, 0, texts[i]) < 1e-8);
    }
    assert_true(ssi_gradient_check(by_functions, x, 0, NULL) < 1e-8);
    assert_true(ssi_gradient_check(by_set_mask, x, 0, NULL) < 1e-8);
}

/* ---- values put in ---- */

static void a_value_takes_the_dtype_of_what_it_is_put_into(void **state)
{
    (void)state;
    ssi_tensor *a = three_by_four();
    shows(ssi_set(a, "0", 1.9), "[[ 1  1  1  1]\n [ 4  5  6  7]\n [ 8  9 10 11]]");
    shows(ssi_set(a, "[0]", 1.9), "[[ 1  1  1  1]\n [ 4  5  6  7]\n [ 8  9 10 11]]");
    shows(ssi_set(ssi_cast(ssi_at(a, "0"), SSI_BOOL), "1:3", 0), "[False False False  True]");
    shows(ssi_set(ssi_cast(ssi_at(a, "0"), SSI_F16), ":2", ssi_array(((double[]){0.1, 1e9}), 2)), "[0.1 inf 2.  3. ]");
    REFUSED(ssi_set(ssi_cast(a, SSI_U8), "0", 256),
            "set_slice: the number 256 is no u8, which runs from 0 to 255; cast the tensor to a wider dtype");
    REFUSED(
        ssi_set(a, ":, 1:3", ssi_array(((int[]){1, 2, 3}), 3)),
        "set: a value (3,) does not broadcast to the part (3,2); from the last axis on, its sizes must be equal or 1");
    REFUSED(
        ssi_set(a, "[0,1], 1", ssi_array(((int[]){1, 2, 3}), 3)),
        "set: a value (3,) does not broadcast to the part (2,); from the last axis on, its sizes must be equal or 1");
    shows(ssi_set(a, "[0, 0], 0", ssi_array(((int[]){7, 8}), 2)), "[[ 8  1  2  3]\n [ 4  5  6  7]\n [ 8  9 10 11]]");
    shows(ssi_set(a, "...", ssi_zeros(SSI_F32, 4)), "[[0 0 0 0]\n [0 0 0 0]\n [0 0 0 0]]");
    shows(ssi_set_slice(a, 1, &(ssi_range){1, SSI_END, 1}, ssi_zeros(SSI_I8, 2, 4)),
          "[[0 1 2 3]\n [0 0 0 0]\n [0 0 0 0]]");
    refused(SSI_AT(ssi_set_slice(a, 1, &(ssi_range){1, SSI_END, 1}, ssi_zeros(SSI_I8, 3, 4))), SSI_INVALID,
            "set_slice: (3,4) does not broadcast to the part (2,4); its last axes must be equal, or 1");
    refused(SSI_AT(ssi_set_slice(a, 3, NULL, ssi_number(0))), SSI_INVALID,
            "set_slice: 3 ranges for a tensor with 2 axes");
}

static void rows_and_elements_are_replaced_by_index(void **state)
{
    (void)state;
    ssi_tensor *a = three_by_four(), *index = ssi_array(((int[]){2, 0, 2}), 3);
    shows(ssi_set_rows(a, index, counted(2, (int64_t[]){3, 4}, 100)),
          "[[104 105 106 107]\n [  4   5   6   7]\n [108 109 110 111]]");
    shows(ssi_set_rows(a, -1, 5), "[[0 1 2 3]\n [4 5 6 7]\n [5 5 5 5]]");
    shows(ssi_put(a, ssi_array(((int64_t[]){0, 5, -1, 1}), 2, 2), ssi_array(((int[]){70, 80}), 2)),
          "[[70 80  2  3]\n [ 4 80  6  7]\n [ 8  9 10 70]]");
    shows(ssi_put(a, ssi_zeros(SSI_I64, 0), ssi_zeros(SSI_I64, 0)), "[[ 0  1  2  3]\n [ 4  5  6  7]\n [ 8  9 10 11]]");
    REFUSED(ssi_put(a, 1, ssi_zeros(SSI_I64, 0)), "put: no values for 1 indices");
    REFUSED(ssi_put(a, 1.0, 1), "put: the index is f64; give integers; by a mask: ssi_mask");
    REFUSED(ssi_set_rows(a, index, ssi_zeros(SSI_F32, 2, 4)),
            "set_rows: rows (2,4) do not broadcast to the rows named (3,4)");
    REFUSED(ssi_set_rows(ssi_sum(a), index, 1), "set_rows: x has no axes, and so no rows");
    assert_true(ssi_eval(ssi_put(a, 12, 1)) == SSI_RANGE && ssi_error_take(NULL));
    assert_null(ssi_put(a, (ssi_tensor *)NULL, 1));
}

/* ---- taking ---- */

static void elements_are_taken_along_any_axis(void **state)
{
    (void)state;
    ssi_tensor *a = three_by_four(), *index = ssi_array(((uint8_t[]){3, 0, 1, 0}), 2, 2);
    shows(ssi_take(a, index, 1), "[[[ 3  0]\n  [ 1  0]]\n\n [[ 7  4]\n  [ 5  4]]\n\n [[11  8]\n  [ 9  8]]]");
    shows(ssi_take(a, ssi_array(((int[]){-1, 1}), 2), 0), "[[ 8  9 10 11]\n [ 4  5  6  7]]");
    shows(ssi_take(a, -1, SSI_ALL_AXES), "11");
    shows(ssi_take(a, 2, -1), "[ 2  6 10]");
    shows(ssi_take(ssi_sum(a), 0, SSI_ALL_AXES), "66");
    shows(ssi_at(ssi_take(ssi_at(a, "None"), index, 2), "0, 0, 1"), "[1 0]");
    assert_int_equal(ssi_size(ssi_take(a, ssi_zeros(SSI_I32, 0), 1)), 0);
    REFUSED(ssi_take(a, index, 2), "take: axis 2 of a tensor with 2 axes; axes run from -2 to 1");
    REFUSED(ssi_take(a, 0.5, 0), "take: the index is f64; give integers; by a mask: ssi_mask");
    REFUSED(ssi_take(a, ssi_zeros(SSI_I64, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), 0),
            "take: 17 axes; a tensor has 0 to 16");
    assert_true(ssi_eval(ssi_take(a, 4, 1)) == SSI_RANGE && ssi_error_take(NULL));
    assert_true(ssi_eval(ssi_take(a, ssi_array(((int[]){-4}), 1), 0)) == SSI_RANGE && ssi_error_take(NULL));
}

static void several_indices_name_elements_together(void **state)
{
    (void)state;
    ssi_tensor *a = three_by_four(), *i = ssi_array(((int[]){0, 2, -1}), 3), *j = ssi_array(((int8_t[]){1, -4, 3}), 3);
    shows(ssi_index(a, i, j), "[ 1  8 11]");
    shows(ssi_index(a, ssi_reshape(i, 3, 1), j), "[[ 1  0  3]\n [ 9  8 11]\n [ 9  8 11]]");
    shows(ssi_index(a, i), "[[ 0  1  2  3]\n [ 8  9 10 11]\n [ 8  9 10 11]]");
    shows(ssi_index(ssi_at(a, "None, :, :, None"), ssi_zeros(SSI_I64, 1), i, j), "[[ 1]\n [ 8]\n [11]]");
    shows(ssi_set_index(a, ssi_array(((int[]){70, 80, 90}), 3), i, j),
          "[[ 0 70  2  3]\n [ 4  5  6  7]\n [80  9 10 90]]");
    shows(ssi_set_index(a, -1, i), "[[-1 -1 -1 -1]\n [ 4  5  6  7]\n [-1 -1 -1 -1]]");
    ssi_tensor *where[2];
    ssi_nonzero(ssi_greater(a, 9), where);
    shows(ssi_index(a, where[0], where[1]), "[10 11]");
    REFUSED(ssi_index(a, i, i, i), "index: 3 indices for a tensor with 2 axes");
    REFUSED(ssi_index(a, i, ssi_zeros(SSI_F32, 3)), "index: the index is f32; give integers; by a mask: ssi_mask");
    REFUSED(ssi_index(a, i, ssi_zeros(SSI_I64, 2)),
            "index: shapes do not broadcast: a (3,), b (2,); from the last axis on, "
            "sizes must be equal or one of them 1");
    ssi_error e;
    assert_true(ssi_eval(ssi_index(a, j, i)) == SSI_RANGE && ssi_error_take(&e)); /* 3 rows */
    assert_string_equal(e.operation, "index");
    assert_string_equal(e.message, "index (from the front): -1 is outside [0, 3)");
    assert_null(ssi_index(a, i, NULL));
    assert_null(ssi_set_index(NULL, 1, i));
}

/* ---- masks ---- */

static void masks_select_and_replace(void **state)
{
    (void)state;
    ssi_tensor *a = three_by_four(), *rows = ssi_array(((_Bool[]){1, 0, 1}), 3);
    shows(ssi_mask(a, ssi_greater(a, 8)), "[ 9 10 11]");
    shows(ssi_mask(a, rows), "[[ 0  1  2  3]\n [ 8  9 10 11]]");
    shows(ssi_mask(a, ssi_sub(a, 1)), "[ 0  2  3  4  5  6  7  8  9 10 11]");
    shows(ssi_at(ssi_mask(ssi_at(a, "0"), ssi_array(((_Bool[]){1}), 1, 1)) ? NULL : a, "0, 0"), "0");
    ssi_error_take(NULL);
    assert_int_equal(ssi_dim(ssi_mask(a, ssi_array(((_Bool[]){0, 0, 0}), 3)), 0), 0);
    ssi_tensor *yes = ssi_equal(ssi_sum(a), 66);
    assert_true(ssi_rank(ssi_mask(a, yes)) == 3 && ssi_dim(ssi_mask(a, yes), 0) == 1);
    assert_int_equal(ssi_dim(ssi_mask(a, ssi_logical_not(yes)), 0), 0);
    REFUSED(ssi_mask(ssi_zeros(SSI_F32, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), yes),
            "mask: 17 axes; a tensor has 0 to 16");
    shows(ssi_set_mask(a, rows, -1), "[[-1 -1 -1 -1]\n [ 4  5  6  7]\n [-1 -1 -1 -1]]");
    shows(ssi_set_mask(a, ssi_less(a, 6), ssi_array(((float[]){9.5f, 8, 7, 6}), 4)),
          "[[ 9  8  7  6]\n [ 9  8  6  7]\n [ 8  9 10 11]]");
    shows(ssi_compress(a, ssi_array(((_Bool[]){0, 1, 1}), 3), 1), "[[ 1  2]\n [ 5  6]\n [ 9 10]]");
    shows(ssi_compress(a, ssi_greater(ssi_at(a, "0"), 2), SSI_ALL_AXES), "[3]");
    REFUSED(ssi_mask(a, ssi_array(((_Bool[]){1, 0}), 2)),
            "mask: the mask does not fit: x (3,4), mask (2,); its shape must be that of x's first axes");
    REFUSED(ssi_set_mask(a, ssi_zeros(SSI_BOOL, 4), 0),
            "set_mask: the mask does not fit: x (3,4), mask (4,); its shape must be that of x's first axes");
    REFUSED(ssi_set_mask(a, rows, ssi_zeros(SSI_F32, 3)), "set_mask: a value (3,) does not broadcast to x (3,4)");
    REFUSED(ssi_compress(a, rows, 3), "compress: axis 3 of a tensor with 2 axes; axes run from -2 to 1");
    REFUSED(ssi_compress(a, ssi_ones(SSI_BOOL, 5), 1), "compress: a mask of 5 for an axis of 4");
    REFUSED(ssi_compress(a, a, 0), "compress: the mask has 2 axes, not one; ssi_mask takes more");
    ssi_tensor *nan = ssi_array(((double[]){NAN, 0, -0.0, 1e-300}), 4);
    shows(ssi_flatnonzero(nan), "[0 3]");
}

/* A mask is read; what it selects from is not. */
static void what_a_mask_selects_from_stays_pending(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_exp(ssi_zeros(SSI_F32, 3, 4)), *y = ssi_mask(x, ssi_greater(three_by_four(), 3));
    assert_true(!ssi_stored(x) && !ssi_stored(y));
    shows(ssi_sum(y), "8.0");
}

static void places_that_are_not_zero_are_found(void **state)
{
    (void)state;
    ssi_tensor *x = ssi_set(ssi_zeros(SSI_I16, 2, 3, 2), "1, ::2, 0", 5), *index[3];
    shows(ssi_argwhere(x), "[[1 0 0]\n [1 2 0]]");
    shows(ssi_flatnonzero(x), "[ 6 10]");
    assert_int_equal(ssi_nonzero(x, index), SSI_OK);
    shows(index[0], "[1 1]");
    shows(index[1], "[0 2]");
    shows(index[2], "[0 0]");
    ssi_tensor *none = ssi_zeros(SSI_F32, 0, 3);
    assert_true(ssi_dim(ssi_argwhere(none), 0) == 0 && ssi_dim(ssi_argwhere(none), 1) == 2);
    assert_int_equal(ssi_dim(ssi_argwhere(ssi_item(ssi_sum(x)) > 0 ? ssi_sum(x) : NULL), 1), 0);
    assert_int_equal(ssi_nonzero(none, index), SSI_OK);
    assert_int_equal(ssi_dim(index[1], 0), 0);
    assert_int_equal(ssi_nonzero(ssi_sum(x), index), SSI_INVALID);
    assert_true(ssi_error_take(NULL));
    assert_null(ssi_argwhere(NULL));
    assert_null(ssi_flatnonzero(NULL));
    /* against a plain loop, over many rows and few places, and few rows and many */
    for (int shape = 0; shape < 2; shape++) {
        ssi_tensor *u = (ssi_uniform)(SSI_F32, 2, shape ? (int64_t[]){3, 1000} : (int64_t[]){1000, 3}, 7, 1);
        ssi_tensor *mask = ssi_less(u, shape ? 0.9 : 0.01);
        const uint8_t *bytes = ssi_data(mask);
        const int64_t *found = ssi_data_i64(ssi_argwhere(mask)), n = shape ? 1000 : 3;
        for (int64_t i = 0; i < 3000; i++) {
            if (!bytes[i])
                continue;
            assert_true(found[0] == i / n && found[1] == i % n);
            found += 2;
        }
    }
}

/* ---- assignment ---- */

static void expressions_written_before_an_assignment_keep_the_old_value(void **state)
{
    (void)state;
    ssi_tensor *a = three_by_four();
    ssi_tensor *row = ssi_at(a, "1"), *sum = ssi_sum(a);
    assert_int_equal(ssi_assign_at(a, "1, ::2", ssi_array(((int[]){40, 60}), 2)), SSI_OK);
    assert_int_equal(ssi_assign_at(a, "?, ?", 50, 1, 1), SSI_OK);
    shows(row, "[4 5 6 7]");
    shows(sum, "66");
    shows(ssi_at(a, "1"), "[40 50 60  7]");
    assert_int_equal(ssi_assign_at(a, "0", ssi_at(a, "1")), SSI_OK); /* from itself */
    assert_int_equal(ssi_assign_at(a, ":, 1:", ssi_at(a, ":, :3")), SSI_OK);
    shows(a, "[[40 40 50 60]\n [40 40 50 60]\n [ 8  8  9 10]]");
}

static ssi_tensor *stored(int64_t n)
{
    ssi_tensor *a = counted(1, &n, 0);
    ssi_eval(a);
    return a;
}

static void only_the_part_is_written_where_nobody_sees_the_old_value(void **state)
{
    (void)state;
    ssi_tensor *a = stored(1000);
    assert_int_equal(ssi_assign(a, ssi_add(a, 0)), SSI_OK);
    ssi_scope outer = ssi_scope_open();
    ssi_scope_close(outer);
    const void *place = NULL;
    for (int i = 0; i < 5; i++) {
        ssi_scope inner = ssi_scope_open();
        assert_int_equal(ssi_assign_at(a, "?:?:2", ssi_mul(ssi_at(a, "0"), i), i, i + 10), SSI_OK);
        assert_int_equal(ssi_scope_close(inner), SSI_OK);
        if (i > 1)
            assert_ptr_equal(a->buffer->data, place);
        place = a->buffer->data;
    }
    assert_int_equal(ssi_item(ssi_sum(ssi_at(a, ":16"))), 13 + 14 + 15);
    /* Somebody holds the old value: a copy. */
    ssi_tensor *view = ssi_at(a, "::2");
    assert_int_equal(ssi_eval(view), SSI_OK);
    ssi_scope inner = ssi_scope_open();
    assert_int_equal(ssi_assign_at(a, ":", -1), SSI_OK);
    assert_int_equal(ssi_scope_close(inner), SSI_OK);
    assert_ptr_not_equal(a->buffer->data, place);
    assert_int_equal(ssi_item(ssi_at(view, "100")), 200);
    /* What is written is read from what it overwrites: as if it were read first. */
    a = stored(6);
    inner = ssi_scope_open();
    assert_int_equal(ssi_assign_at(a, "1:", ssi_at(a, ":-1")), SSI_OK);
    assert_int_equal(ssi_scope_close(inner), SSI_OK);
    shows(a, "[0 0 1 2 3 4]");
    inner = ssi_scope_open();
    assert_int_equal(ssi_assign_at(a, ":", ssi_at(a, "::-1")), SSI_OK);
    assert_int_equal(ssi_scope_close(inner), SSI_OK);
    shows(a, "[4 3 2 1 0 0]");
}

static void an_assignment_that_fails_changes_nothing(void **state)
{
    (void)state;
    ssi_tensor *a = stored(4);
    ssi_scope inner = ssi_scope_open();
    assert_int_equal(ssi_assign_at(a, "1:3", ssi_take(a, 4, 0)), SSI_OK);
    assert_int_equal(ssi_scope_close(inner), SSI_RANGE);
    assert_true(ssi_error_take(NULL));
    shows(a, "[0 1 2 3]");
    assert_true(ssi_assign_at(a, "1:3", ssi_zeros(SSI_F32, 3)) < 0);
    assert_true(ssi_error_take(NULL));
    shows(a, "[0 1 2 3]");
}

/* ---- memory ---- */

static ssi_tensor *everything(void)
{
    ssi_tensor *a = three_by_four(), *i = ssi_array(((int[]){2, 0}), 2), *j = ssi_array(((int[]){1, 3}), 2), *where[2];
    ssi_tensor *y = ssi_set(a, "0, None, [1, 2]", ssi_at(a, "1, None, [0, 3]"));
    y = ssi_set(y, "..., ::2", ssi_at(y, "..., 1::2"));
    y = ssi_set_rows(ssi_put(y, i, j), i, ssi_take(y, i, -2));
    y = ssi_set_index(y, ssi_index(a, i, j), i, j);
    y = ssi_set_mask(y, ssi_greater(y, 5), ssi_take(y, 0, SSI_ALL_AXES));
    if (ssi_nonzero(y, where) != SSI_OK)
        return NULL;
    ssi_tensor *all = ssi_add(ssi_sum(where[1]), ssi_sum(ssi_argwhere(y)));
    return ssi_add(ssi_add(all, ssi_sum(ssi_mask(y, ssi_less(y, 4)))), ssi_sum(ssi_compress(y, i, 1)));
}

static void where_memory_runs_out_there_is_an_error_and_nothing_else(void **state)
{
    (void)state;
    int64_t whole = 0, value;
    for (int64_t k = 0; k < 100000; k++) { /* 0: nothing fails */
        ssi_shutdown();
        ssi_scope inner = ssi_scope_open();
        ssi_test_fail_allocation((uint64_t)k);
        int status = ssi_item_int(everything(), k ? &value : &whole);
        ssi_test_fail_allocation(0);
        ssi_scope_close(inner);
        bool failed = ssi_error_take(NULL);
        assert_true((status != SSI_OK) == failed && (k ? failed || value == whole : !failed));
        if (k && !failed) {
            assert_true(k > 20);
            return;
        }
    }
    fail_msg("%s", "memory never sufficed");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_scope, close_scope)

int main(int argc, char **argv)
{
    if (argc > 1)
        golden_file = argv[1];
    const struct CMUnitTest tests[] = {
        TEST(texts_and_functions_select_and_set_what_they_do_in_numpy),
        TEST(bad_texts_are_refused_with_the_place_marked),
        TEST(a_long_or_strange_text_is_shown_around_the_place),
        TEST(indices_that_the_tensor_has_not_are_refused_with_the_place_marked),
        TEST(numbers_are_filled_in),
        TEST(parts_are_views),
        TEST(gradients_flow_through_parts_and_through_what_is_put),
        TEST(a_value_takes_the_dtype_of_what_it_is_put_into),
        TEST(rows_and_elements_are_replaced_by_index),
        TEST(elements_are_taken_along_any_axis),
        TEST(several_indices_name_elements_together),
        TEST(masks_select_and_replace),
        TEST(what_a_mask_selects_from_stays_pending),
        TEST(places_that_are_not_zero_are_found),
        TEST(expressions_written_before_an_assignment_keep_the_old_value),
        TEST(only_the_part_is_written_where_nobody_sees_the_old_value),
        TEST(an_assignment_that_fails_changes_nothing),
        cmocka_unit_test(where_memory_runs_out_there_is_an_error_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
