/* test_print.c - text byte for byte as NumPy's (print-golden.txt, written by print-golden.py), whatever the layout and the locale. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ssi/ops.h"
#include "tensor/print.h"

enum { LINE = 20000, TEXT = 100000, DATA = 50000 };

typedef struct golden {
    ssi_view view;
    ssi_print_options options;
    int64_t count;
    char text[TEXT]; /* what NumPy printed */
    uint64_t data[DATA];
} golden;

static ssi_dtype dtype_named(const char *name)
{
    int dtype = 0;
    while (strcmp(ssi_dtype_name((ssi_dtype)dtype), name) != 0)
        dtype++;
    return (ssi_dtype)dtype;
}

static void fill(golden *g, double scale)
{
    for (int64_t i = 0; i < g->count; i++) {
        int64_t step = i * 7919 % 10007 - 5000;
        if (ssi_is_float(g->view.dtype))
            ssi_put_f64(g->data, g->view.dtype, i, (double)step * scale);
        else
            ssi_put_i64(g->data, g->view.dtype, i, step * (int64_t)scale);
    }
}

static void read_bits(golden *g, char *text)
{
    size_t size = ssi_dtype_size(g->view.dtype);
    for (int64_t i = 0; i < g->count; i++) {
        uint64_t bits = strtoull(text, &text, 16);
        memcpy((char *)g->data + (size_t)i * size, &bits, size); /* little-endian, as the machines that run this */
    }
}

/* "r precision=3 sign=+": of a space, '_'. */
static ssi_print_options read_options(const char *line)
{
    static const char *const modes[] = {"maxprec", "maxprec_equal", "fixed", "unique"};
    ssi_print_options o = {.size = sizeof o, .repr = *line == 'r'};
    char name[16], value[16];
    int used;
    for (line++; sscanf(line, " %15[a-z]=%15s%n", name, value, &used) == 2; line += used) {
        int number = atoi(value);
        if (!strcmp(name, "precision"))
            o.precision = number ? number : SSI_NO_DIGITS;
        else if (!strcmp(name, "suppress"))
            o.suppress = number;
        else if (!strcmp(name, "sign"))
            o.sign = *value == '_' ? ' ' : *value;
        else if (!strcmp(name, "linewidth"))
            o.linewidth = number;
        else if (!strcmp(name, "edgeitems"))
            o.edgeitems = number;
        else if (!strcmp(name, "threshold"))
            o.threshold = number;
        else
            while (strcmp(value, modes[o.floatmode]) != 0)
                o.floatmode++;
    }
    return o;
}

/* Reads one case; false at the end of the file. */
static bool read_golden(FILE *file, golden *g)
{
    static char line[LINE];
    if (!fgets(line, sizeof line, file))
        return false;
    g->options = read_options(line);
    assert_non_null(fgets(line, sizeof line, file));
    char dtype[8], shape[64], kind[8];
    int used = 0;
    assert_int_equal(sscanf(line, "= %7s %63s %7s%n", dtype, shape, kind, &used), 3);
    g->view = (ssi_view){.data = g->data, .dtype = dtype_named(dtype)};
    for (char *at = shape; *at && *at != '-'; at += *at == ',')
        g->view.shape[g->view.rank++] = strtoll(at, &at, 10);
    ssi_shape_strides(g->view.rank, g->view.shape, g->view.stride);
    assert_true(ssi_shape_count(g->view.rank, g->view.shape, 1, &g->count));
    assert_true(g->count <= DATA);
    if (strcmp(kind, "fill") == 0)
        fill(g, strtod(line + used, NULL));
    else
        read_bits(g, line + used);

    g->text[0] = '\0';
    size_t length = 0;
    int first;
    while ((first = getc(file)) == '|') {
        assert_non_null(fgets(g->text + length, (int)(TEXT - length), file));
        length += strlen(g->text + length);
    }
    g->text[length - 1] = '\0';
    if (first != EOF)
        ungetc(first, file);
    return true;
}

/* The same elements in the opposite order of axes. */
static void turn_around(const golden *g, uint64_t *turned, ssi_view *view)
{
    size_t size = ssi_dtype_size(view->dtype);
    int64_t step = 1;
    for (int axis = 0; axis < view->rank; axis++) {
        view->stride[axis] = step;
        step *= view->shape[axis];
    }
    view->data = turned;
    for (int64_t i = 0; i < g->count; i++) {
        int64_t rest = i, to = 0;
        for (int axis = view->rank - 1; axis >= 0; axis--) {
            to += rest % view->shape[axis] * view->stride[axis];
            rest /= view->shape[axis];
        }
        memcpy((char *)turned + (size_t)to * size, (const char *)g->data + (size_t)i * size, size);
    }
}

static const char *golden_file = SSI_TESTS "/tensor/print-golden.txt"; /* or the one named on the command line */

static void check_all(void)
{
    static golden g;
    static uint64_t turned[DATA];
    static char text[TEXT];
    FILE *file = fopen(golden_file, "r");
    if (!file)
        fail_msg("%s cannot be read", golden_file);
    int cases = 0;
    for (; read_golden(file, &g); cases++) {
        int64_t length = ssi_format_view(&g.view, &g.options, text, sizeof text);
        assert_int_equal(length, strlen(text));
        assert_string_equal(text, g.text);
        ssi_view view = g.view;
        turn_around(&g, turned, &view);
        ssi_format_view(&view, &g.options, text, sizeof text);
        assert_string_equal(text, g.text);
    }
    fclose(file);
    assert_true(cases > 2500);
}

static void arrays_are_written_as_numpy_writes_them(void **state)
{
    (void)state;
    check_all();
}

static void a_locale_with_decimal_commas_changes_nothing(void **state)
{
    (void)state;
    if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "fr_FR.UTF-8")) {
        print_message("skipped: no locale with decimal commas is installed (de_DE.UTF-8, fr_FR.UTF-8)\n");
        skip();
    }
    ssi_view view = {.data = (double[]){1.5, 0.25}, .rank = 1, .dtype = SSI_F64, .shape = {2}, .stride = {1}};
    char text[100];
    ssi_format_view(&view, NULL, text, sizeof text);
    setlocale(LC_ALL, "C");
    assert_string_equal(text, "[1.5  0.25]");
}

static void bf16_shows_the_digits_that_tell_its_values_apart(void **state)
{
    (void)state;
    uint16_t data[4];
    const double values[] = {0.1, 1.5, -3.140625, 256};
    for (int i = 0; i < 4; i++)
        data[i] = ssi_f64_to_bf16(values[i]);
    ssi_view view = {.data = data, .rank = 1, .dtype = SSI_BF16, .shape = {4}, .stride = {1}};
    char text[100];
    ssi_format_view(&view, NULL, text, sizeof text);
    assert_string_equal(text, "[ 1.00e-01  1.50e+00 -3.14e+00  2.56e+02]");
}

static void text_is_cut_to_the_room_there_is(void **state)
{
    (void)state;
    ssi_view view = {.data = (int64_t[]){1, 2, 3}, .rank = 1, .dtype = SSI_I64, .shape = {3}, .stride = {1}};
    for (size_t room = 0; room < 10; room++) {
        char text[10] = "#########";
        assert_int_equal(ssi_format_view(&view, NULL, text, room), 7);
        for (size_t i = 0; i < 9; i++)
            assert_int_equal(text[i], i + 1 < room && i < 7 ? "[1 2 3]"[i] : i < room && i < 8 ? '\0' : '#');
    }
    assert_int_equal(ssi_format_view(&view, NULL, NULL, 0), 7);
}

static void tensors_are_computed_and_written(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_array(((float[]){1, 2, 3, 4, 5, 6}), 2, 3);
    char text[100] = "?";
    assert_int_equal(ssi_format(ssi_transpose(ssi_mul(x, 0.5)), text, sizeof text),
                     strlen("[[0.5 2. ]\n [1.  2.5]\n [1.5 3. ]]"));
    assert_string_equal(text, "[[0.5 2. ]\n [1.  2.5]\n [1.5 3. ]]");
    ssi_format(ssi_sum(x), text, sizeof text);
    assert_string_equal(text, "21.0");
    ssi_format(ssi_number_int(-7), text, sizeof text);
    assert_string_equal(text, "-7");
    assert_true(ssi_format(NULL, text, sizeof text) < 0);
    assert_string_equal(text, "");
    ssi_scope_close(scope);
}

static void options_are_the_calls_then_the_threads_then_numpys(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_array(((float[]){1.0f / 3, -200}), 2);
    char text[100];
    ssi_format(x, text, sizeof text, .precision = 3, .repr = 1);
    assert_string_equal(text, "array([   0.333, -200.   ], dtype=float32)");
    assert_int_equal(ssi_set_print_options(.precision = 2, .sign = '+'), SSI_OK);
    ssi_format(x, text, sizeof text);
    assert_string_equal(text, "[  +0.33 -200.  ]");
    ssi_format(x, text, sizeof text, .precision = SSI_NO_DIGITS, .sign = '-');
    assert_string_equal(text, "[   0. -200.]");
    assert_int_equal((ssi_set_print_options)(NULL), SSI_OK);
    (ssi_format)(x, text, sizeof text, NULL);
    assert_string_equal(text, "[   0.33333334 -200.        ]");
    ssi_scope_close(scope);
}

static void options_that_cannot_be_are_refused(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_number_int(1);
    static const ssi_print_options wrong[] = {{.precision = -2}, {.precision = 101}, {.sign = 'x'},
                                              {.linewidth = -1}, {.floatmode = 4},   {.edgeitems = -1},
                                              {.threshold = -1}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[10] = "?";
        assert_int_equal((ssi_format)(x, text, sizeof text, &wrong[i]), SSI_INVALID);
        assert_string_equal(text, "");
        assert_true(ssi_error_take(NULL));
        assert_int_equal((ssi_print)(x, &wrong[i]), SSI_INVALID);
        assert_true(ssi_error_take(NULL));
        assert_int_equal((ssi_set_print_options)(&wrong[i]), SSI_INVALID);
        assert_true(ssi_error_take(NULL));
    }
    ssi_scope_close(scope);
}

/* The longest words there are fit. */
static void many_digits_are_shown_where_asked(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_array(((double[]){-5e-324, 99999999.5}), 2);
    static char text[2000];
    int64_t length = ssi_format(x, text, sizeof text, .suppress = 1, .floatmode = SSI_UNIQUE);
    assert_int_equal(length, 670);
    assert_int_equal(strcspn(text, "5"), 1 + 6 + 3 + 323); /* "[      -0.000..." */
    ssi_format(x, text, sizeof text, .suppress = 1, .floatmode = SSI_FIXED, .precision = 100);
    assert_int_equal(strlen(text), 2 + 2 * (8 + 1 + 100) + 2);
    x = ssi_array(((double[]){1.7976931348623157e308, -4.9e-324}), 2);
    ssi_format(x, text, sizeof text, .floatmode = SSI_FIXED, .precision = 20, .linewidth = 100);
    assert_string_equal(text, "[ 1.79769313486231570815e+308 -4.94065645841246544177e-324]");
    ssi_scope_close(scope);
}

/* What a call of ssi_print writes to stdout. */
static size_t printed(ssi_tensor *x, const ssi_print_options *options, int status, char *text, size_t room)
{
    FILE *file = tmpfile();
    int kept = dup(1);
    assert_non_null(file);
    fflush(stdout);
    dup2(fileno(file), 1);
    int own = (ssi_print)(x, options);
    fflush(stdout);
    dup2(kept, 1);
    close(kept);
    rewind(file);
    size_t length = fread(text, 1, room - 1, file);
    text[length] = '\0';
    fclose(file);
    assert_int_equal(own, status);
    return length;
}

static void print_writes_one_line_more_to_stdout(void **state)
{
    (void)state;
    static char text[200000], formatted[200000];
    ssi_scope scope = ssi_scope_open();
    printed(ssi_array(((int[]){1, 20, 3}), 3), NULL, SSI_OK, text, sizeof text);
    assert_string_equal(text, "[ 1 20  3]\n");
    assert_int_equal(printed(NULL, NULL, SSI_INVALID, text, sizeof text), 0);
    ssi_tensor *x = ssi_iota(SSI_I32, 2, (int64_t[]){130, 77}, 1); /* more than is written at once */
    ssi_print_options all = {.size = sizeof all, .threshold = SSI_SHOW_ALL, .repr = 1};
    (ssi_format)(x, formatted, sizeof formatted, &all);
    size_t length = printed(x, &all, SSI_OK, text, sizeof text);
    assert_true(length > 40000 && length == strlen(formatted) + 1 && text[length - 1] == '\n');
    text[length - 1] = '\0';
    assert_string_equal(text, formatted);
    ssi_scope_close(scope);
}

/* Of many f32 and f64: no shorter text reads back as the same value. */
static void shortest_digits_read_back(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int i = 0; i < 200000; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        ssi_dtype dtype = i % 2 ? SSI_F32 : SSI_F64;
        uint64_t bits = dtype == SSI_F32 ? random >> 33 : random >> 1;
        double value = ssi_get_f64(&bits, dtype, 0);
        if (!isfinite(value) || value == 0)
            continue;
        ssi_digits d = ssi_digits_of(value, dtype, true, 0, 20);
        char text[64], *at = text;
        for (int k = 0; k < d.count; k++)
            *at++ = (char)('0' + d.digit[k]);
        sprintf(at, "e%d", d.exponent - d.count + 1);
        assert_true(dtype == SSI_F32 ? (double)strtof(text, NULL) == value : strtod(text, NULL) == value);
        sprintf(text, "%.*e", d.count - 2 > 0 ? d.count - 2 : 0, value);
        if (d.count > 1)
            assert_false(dtype == SSI_F32 ? (double)strtof(text, NULL) == value : strtod(text, NULL) == value);
    }
}

int main(int argc, char **argv)
{
    if (argc > 1)
        golden_file = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_are_written_as_numpy_writes_them),
        cmocka_unit_test(a_locale_with_decimal_commas_changes_nothing),
        cmocka_unit_test(bf16_shows_the_digits_that_tell_its_values_apart),
        cmocka_unit_test(text_is_cut_to_the_room_there_is),
        cmocka_unit_test(tensors_are_computed_and_written),
        cmocka_unit_test(options_are_the_calls_then_the_threads_then_numpys),
        cmocka_unit_test(options_that_cannot_be_are_refused),
        cmocka_unit_test(many_digits_are_shown_where_asked),
        cmocka_unit_test(print_writes_one_line_more_to_stdout),
        cmocka_unit_test(shortest_digits_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
