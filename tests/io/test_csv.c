/*
 * test_csv.c - tables of text: how they may be written, what is no table, and numbers to the bit.
 */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/base.h"
#include "io/number.h"
#include "ssi/ssi.h"

/* A text as a table; LOAD_AS with options. */
#define LOAD_AS(text, ...) ssi_load_csv_memory((text), strlen(text), __VA_ARGS__)
#define LOAD(text)         ssi_load_csv_memory((text), strlen(text))

static void is(ssi_tensor *x, int64_t rows, int64_t columns, const double *truth)
{
    ssi_error error;
    if (!x && ssi_error_take(&error))
        fail_msg("%s; %s", error.message, error.hint);
    assert_true(ssi_rank(x) == 2 && ssi_dim(x, 0) == rows && ssi_dim(x, 1) == columns);
    double got[64];
    assert_int_equal(ssi_read(x, SSI_F64, got, rows * columns), 0);
    for (int64_t i = 0; i < rows * columns; i++)
        assert_true(got[i] == truth[i] || (isnan(got[i]) && isnan(truth[i])));
}
#define IS(x, rows, columns, ...) is((x), (rows), (columns), (const double[]){__VA_ARGS__})

static void refused(ssi_tensor *x, ssi_status code, const char *words)
{
    ssi_error error;
    assert_null(x);
    assert_true(ssi_error_take(&error));
    if (error.code != code || !(strstr(error.message, words) || strstr(error.hint, words)))
        fail_msg("'%s; %s' has no '%s', or another code than %d: %d", error.message, error.hint, words, code,
                 error.code);
}

static void tables_are_read_however_they_are_written(void **state)
{
    (void)state;
    IS(LOAD("1,2\n3,4\n"), 2, 2, 1, 2, 3, 4);
    IS(LOAD("1,2\r\n\r\n 3 , 4 "), 2, 2, 1, 2, 3, 4);
    IS(LOAD("\xEF\xBB\xBF"
            "1,-2.5e3\n"),
       1, 2, 1, -2500);
    IS(LOAD_AS("1;2,5\n", .delimiter = ';', .decimal_comma = 1, .dtype = SSI_F64), 1, 2, 1, 2.5);
    IS(LOAD_AS("  1 \t 2\n3 4  \n", .delimiter = ' '), 2, 2, 1, 2, 3, 4);
    IS(LOAD_AS("1\t2\n\t\n", .delimiter = '\t'), 1, 2, 1, 2);
    IS(LOAD_AS("a,b,c\n1,2,3\n", .header = 1), 1, 3, 1, 2, 3);
    IS(LOAD_AS("about\n1,2 # two\n# nothing\n3,4\n", .skip = 1, .comment = '#'), 2, 2, 1, 2, 3, 4);
    IS(LOAD("\"1\",\"2\"\n"), 1, 2, 1, 2);
    IS(LOAD_AS("1,,NA\nnan,null,2\n", .dtype = SSI_F64), 2, 3, 1, NAN, NAN, NAN, NAN, 2);
    IS(LOAD_AS("1,\n,2\n", .missing = &(double){-1}, .dtype = SSI_I32), 2, 2, 1, -1, -1, 2);
    IS(LOAD("inf,-Infinity\n"), 1, 2, INFINITY, -INFINITY);
    IS(LOAD_AS("1,2,3\n4,5,6\n", .columns = 2, .column = (int[]){2, 0}), 2, 2, 3, 1, 6, 4);
    IS(LOAD_AS("x,\"the \"\"y\"\"\",z\n1,2,3\n", .header = 1, .columns = 1, .named = (const char *[]){"the \"y\""}), 1,
       1, 2);
    IS(LOAD_AS("1,2\n3,4\n5,6\n", .rows = 2), 2, 2, 1, 2, 3, 4);
    IS(LOAD_AS("a,b\n", .header = 1), 0, 2, 0);
    IS(LOAD(""), 0, 0, 0);
    IS(LOAD("\n\n  \n"), 0, 0, 0);
    IS(LOAD_AS("9223372036854775807\n", .dtype = SSI_I64), 1, 1, 9223372036854775807.0);
    const int64_t *exact =
        ssi_data_i64(LOAD_AS("9223372036854775807,-9223372036854775808,9007199254740993\n", .dtype = SSI_I64));
    assert_true(exact[0] == INT64_MAX && exact[1] == INT64_MIN && exact[2] == 9007199254740993);
}

static void what_is_no_table_says_where(void **state)
{
    (void)state;
    refused(LOAD("1,2\n3\n"), SSI_FORMAT, "line 2 has 1 fields, those before it 2");
    refused(LOAD("1,2\n\n3,x\n"), SSI_FORMAT, "line 3, column 1: 'x' is no number");
    refused(LOAD_AS("1,2\n3,4,5\n", .header = 1), SSI_FORMAT, "line 2 has 3 fields");
    refused(LOAD("\"1,2\n"), SSI_FORMAT, "line 1: a quote is not closed");
    refused(LOAD("\"1\"2,3\n"), SSI_FORMAT, "text follows a closed quote");
    refused(LOAD_AS("1.5\n", .dtype = SSI_I32), SSI_FORMAT, "is no integer");
    refused(LOAD_AS("300\n", .dtype = SSI_U8), SSI_FORMAT, "does not fit");
    refused(LOAD_AS("1e3\n-1e2\n", .dtype = SSI_U8), SSI_FORMAT, "line 1");
    refused(LOAD_AS("99999999999999999999\n", .dtype = SSI_I64), SSI_FORMAT, "is no integer");
    refused(LOAD_AS(",1\n", .dtype = SSI_I64), SSI_FORMAT, "is missing");
    refused(LOAD_AS("1,2\n", .columns = 1, .column = (int[]){2}), SSI_RANGE, "column 2 of 2");
    refused(LOAD_AS("first,second\n1,2\n", .header = 1, .columns = 1, .named = (const char *[]){"secnd"}),
            SSI_NOT_FOUND, "second");
    refused(LOAD_AS("1,2\n", .columns = 1, .named = (const char *[]){"a"}), SSI_INVALID, ".header = 1");
    refused(LOAD_AS("1,2\n", .decimal_comma = 1), SSI_INVALID, "';'");
    refused(LOAD_AS("1,2\n", .delimiter = '5'), SSI_INVALID, "'5' cannot be the delimiter");
    refused(LOAD_AS("1,2\n", .dtype = (ssi_dtype)77), SSI_INVALID, "no dtype");
    refused(ssi_load_csv("/nowhere.csv"), SSI_NOT_FOUND, "nowhere");
    refused(ssi_load_csv(.path = NULL), SSI_INVALID, "no path");
    refused(ssi_load_csv_memory(NULL, 5, .dtype = SSI_F64), SSI_INVALID, "no text");
    refused((ssi_load_csv)(NULL), SSI_INVALID, "no options");
}

static void a_line_has_an_end_and_a_length(void **state)
{
    (void)state;
    size_t bytes = (size_t)3 << 20;
    char *text = malloc(bytes);
    memset(text, '1', bytes);
    refused(ssi_load_csv_memory(text, bytes, .delimiter = 0), SSI_FORMAT, "longer than");
    memset(text, ',', bytes / 4);
    text[bytes / 4 - 1] = '\n';
    refused(ssi_load_csv_memory(text, bytes / 4, .delimiter = 0), SSI_FORMAT, "more than 65536 fields");
    free(text);
}

/* Every number becomes the double that strtod makes of it. */
static void numbers_are_the_nearest_doubles(void **state)
{
    (void)state;
    static const char *const texts[] = {"0",
                                        "-0",
                                        "0.1",
                                        ".5",
                                        "5.",
                                        "1e22",
                                        "1e23",
                                        "123456789012345678901234567890",
                                        "2.2250738585072011e-308",
                                        "4.9e-324",
                                        "2e-324",
                                        "1.7976931348623157e308",
                                        "1e309",
                                        "-1e-400",
                                        "9007199254740993",
                                        "0.000001",
                                        "8.5e-23",
                                        "179769313486231580793e289",
                                        "1E+5",
                                        "1e-5"};
    double value;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_true(ssi_read_number(texts[i], strlen(texts[i]), '.', &value));
        double truth = strtod(texts[i], NULL);
        assert_memory_equal(&value, &truth, sizeof value);
    }
    uint64_t bits = 1;
    for (int i = 0; i < 200000; i++) {
        char text[40];
        bits = bits * 6364136223846793005u + 1442695040888963407u;
        double truth;
        memcpy(&truth, &bits, sizeof truth);
        if (!isfinite(truth))
            continue;
        snprintf(text, sizeof text, "%.*g", 1 + i % 17, truth);
        assert_true(ssi_read_number(text, strlen(text), '.', &value));
        assert_true(value == strtod(text, NULL));
    }
    static const char *const wrong[] = {"",     "-",   "+",   ".",  "e5",      "1e", "1e+",         "1.2.3",
                                        "0x10", "1 2", "--1", "in", "infinit", "1f", "\xec\x94\xa8"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(ssi_read_number(wrong[i], strlen(wrong[i]), '.', &value));
}

static void a_table_is_read_in_parts(void **state)
{
    (void)state;
    char path[] = "test_csv.XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    fputs("a,b\n", file);
    for (int i = 0; i < 300000; i++)
        fprintf(file, "%d,%.17g\n", i, i / 8.0);
    fclose(file);
    ssi_csv *csv = ssi_csv_open(path, .header = 1, .dtype = SSI_F64);
    assert_int_equal(ssi_csv_columns(csv), 2);
    assert_string_equal(ssi_csv_name(csv, 1), "b");
    assert_null(ssi_csv_name(csv, 2));
    int64_t rows = 0;
    for (int64_t got = 1; got; rows += got) {
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *part = ssi_csv_rows(csv, 70000);
        got = ssi_dim(part, 0);
        const double *x = ssi_data_f64(part);
        for (int64_t i = 0; i < got; i++)
            assert_true(x[2 * i] == (double)(rows + i) && x[2 * i + 1] == (double)(rows + i) / 8);
        ssi_scope_close(scope);
    }
    assert_int_equal(rows, 300000);
    refused(ssi_csv_rows(csv, -1), SSI_INVALID, "-1 rows");
    ssi_csv_close(csv);
    ssi_csv_close(NULL);
    unlink(path);
}

static void what_is_saved_is_read_back_to_the_bit(void **state)
{
    (void)state;
    char path[] = "test_csv.XXXXXX";
    close(mkstemp(path));
    double values[] = {0.1, -0.0, 1e-7, 123456789.125, 1e300, 5e-324, 1.0 / 3, 100, INFINITY, -INFINITY, 1e15, 1e16};
    ssi_tensor *x = ssi_array(values, 6, 2);
    assert_int_equal(ssi_save_csv(path, x, (const char *[]){"a \"b\"", "c,d"}), 0);
    ssi_csv *csv = ssi_csv_open(path, .header = 1, .dtype = SSI_F64);
    assert_string_equal(ssi_csv_name(csv, 0), "a \"b\"");
    assert_string_equal(ssi_csv_name(csv, 1), "c,d");
    assert_memory_equal(ssi_data_f64(ssi_csv_rows(csv, 100)), values, sizeof values);
    ssi_csv_close(csv);
    float single[] = {0.1f, 3e-5f, 16777216};
    assert_int_equal(ssi_save_csv(path, ssi_array(single, 3), NULL), 0);
    char text[64] = "";
    FILE *file = fopen(path, "r");
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(text, "0.1\n0.00003\n16777216\n");
    int64_t whole[] = {INT64_MAX, INT64_MIN};
    assert_int_equal(ssi_save_csv(path, ssi_array(whole, 1, 2), NULL), 0);
    assert_memory_equal(ssi_data_i64(ssi_load_csv(path, .dtype = SSI_I64)), whole, sizeof whole);
    assert_int_equal(ssi_save_csv(path, ssi_zeros(SSI_F32, 2, 2, 2), NULL), SSI_INVALID);
    refused(NULL, SSI_INVALID, "reshape");
    assert_int_equal(ssi_save_csv(path, ssi_zeros(SSI_F32, 0, 3), NULL), 0);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_read_however_they_are_written),
        cmocka_unit_test(what_is_no_table_says_where),
        cmocka_unit_test(a_line_has_an_end_and_a_length),
        cmocka_unit_test(numbers_are_the_nearest_doubles),
        cmocka_unit_test(a_table_is_read_in_parts),
        cmocka_unit_test(what_is_saved_is_read_back_to_the_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
