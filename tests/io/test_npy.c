/*
 * test_npy.c - .npy files that NumPy wrote, and files as NumPy writes them; and what is none.
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
#include <unistd.h>

#include <cmocka.h>

#include "ssi/ssi.h"

#define GOLDEN SSI_TESTS "/io/golden/"

static char *read_whole(const char *path, size_t *bytes)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *data = malloc(1 << 16);
    *bytes = fread(data, 1, 1 << 16, file);
    fclose(file);
    return data;
}

static void refused(ssi_tensor *x, ssi_status code, const char *words)
{
    ssi_error error;
    assert_null(x);
    assert_true(ssi_error_take(&error));
    if (error.code != code || !(strstr(error.message, words) || strstr(error.hint, words)))
        fail_msg("'%s; %s' has no '%s', or another code than %d: %d", error.message, error.hint, words, code,
                 error.code);
}

/* arange(24) - 5 as (2,3,4), in what the dtype makes of it. */
static void holds_the_example(const char *name, ssi_dtype dtype)
{
    char path[256];
    snprintf(path, sizeof path, GOLDEN "%s.npy", name);
    ssi_tensor *x = ssi_load_npy(path);
    assert_non_null(x);
    assert_int_equal(ssi_dtype_of(x), dtype);
    assert_true(ssi_rank(x) == 3 && ssi_dim(x, 0) == 2 && ssi_dim(x, 1) == 3 && ssi_dim(x, 2) == 4);
    double got[24];
    assert_int_equal(ssi_read(x, SSI_F64, got, 24), 0);
    bool widened = strstr(name, "u2") || strstr(name, "u4");
    for (int i = 0; i < 24; i++) {
        double truth = i - 5;
        if (truth < 0 && (dtype == SSI_U8 || widened))
            truth += strstr(name, "u4") ? 4294967296.0 : widened ? 65536 : 256;
        if (dtype == SSI_BOOL)
            truth = truth != 0;
        assert_true(got[i] == truth);
    }
}

static void numpys_files_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        ssi_dtype dtype;
    } files[] = {
        {"c_f2", SSI_F16},       {"c_f4", SSI_F32},       {"c_f8", SSI_F64},       {"c_i1", SSI_I8},
        {"c_i2", SSI_I16},       {"c_i4", SSI_I32},       {"c_i8", SSI_I64},       {"c_u1", SSI_U8},
        {"c_u2", SSI_I32},       {"c_u4", SSI_I64},       {"c_b1", SSI_BOOL},      {"swapped_f2", SSI_F16},
        {"swapped_f4", SSI_F32}, {"swapped_f8", SSI_F64}, {"swapped_i2", SSI_I16}, {"swapped_i8", SSI_I64},
        {"swapped_u2", SSI_I32}, {"swapped_u4", SSI_I64}, {"fortran", SSI_F64},    {"fortran_swapped", SSI_I32},
        {"v2", SSI_F32},         {"v3", SSI_F32}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        holds_the_example(files[i].name, files[i].dtype);
    assert_true(ssi_item(ssi_load_npy(GOLDEN "scalar.npy")) == 2.5);
    ssi_tensor *none = ssi_load_npy(GOLDEN "empty.npy");
    assert_true(ssi_dim(none, 0) == 0 && ssi_dim(none, 1) == 3);
}

/* Written here, the bytes are NumPy's. */
static void files_are_written_as_numpy_writes_them(void **state)
{
    (void)state;
    static const char *const names[] = {"c_f2", "c_f4", "c_f8",   "c_i1",  "c_i2", "c_i4", "c_i8",
                                        "c_u1", "c_b1", "scalar", "empty", "one",  "long"};
    char path[] = "test_npy.XXXXXX";
    close(mkstemp(path));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char from[256];
        size_t bytes, written;
        snprintf(from, sizeof from, GOLDEN "%s.npy", names[i]);
        assert_int_equal(ssi_save_npy(path, ssi_load_npy(from)), 0);
        char *truth = read_whole(from, &bytes), *ours = read_whole(path, &written);
        assert_int_equal(written, bytes);
        assert_memory_equal(ours, truth, bytes);
        free(truth), free(ours);
    }
    assert_int_equal(ssi_save_npy(path, ssi_transpose(ssi_load_npy(GOLDEN "fortran.npy"))), 0); /* a view, in C order */
    assert_true(ssi_dim(ssi_load_npy(path), 2) == 3);
    assert_int_equal(ssi_save_npy(path, ssi_ones(SSI_BF16, 2)), SSI_UNSUPPORTED);
    refused(NULL, SSI_UNSUPPORTED, "cast to f32");
    assert_int_equal(ssi_save_npy("/nowhere/x.npy", ssi_ones(SSI_F32, 2)), SSI_NOT_FOUND);
    ssi_error_take(NULL);
    unlink(path);
}

static void rows_are_read_alone(void **state)
{
    (void)state;
    ssi_npy *file = ssi_npy_open(GOLDEN "swapped_u2.npy");
    assert_non_null(file);
    assert_true(ssi_npy_dim(file, 0) == 2 && ssi_npy_dim(file, -1) == 4 && ssi_npy_dim(file, 3) == -1);
    ssi_tensor *second = ssi_npy_rows(file, 1, 1);
    assert_true(ssi_dim(second, 0) == 1 && ssi_dim(second, 1) == 3);
    assert_true(ssi_item(ssi_sum(second)) == 12 * 12.5);
    assert_int_equal(ssi_size(ssi_npy_rows(file, 2, 0)), 0);
    refused(ssi_npy_rows(file, 1, 2), SSI_RANGE, "rows 1 to 3 of 2");
    refused(ssi_npy_rows(file, -1, 1), SSI_RANGE, "of 2");
    ssi_npy_close(file);
    ssi_npy_close(NULL);
    assert_null(ssi_npy_open(GOLDEN "fortran.npy"));
    refused(NULL, SSI_UNSUPPORTED, "Fortran order");
    assert_null(ssi_npy_open(GOLDEN "scalar.npy"));
    refused(NULL, SSI_INVALID, "one number");
}

static void what_is_no_array_of_numbers_is_refused(void **state)
{
    (void)state;
    refused(ssi_load_npy(GOLDEN "objects.npy"), SSI_UNSUPPORTED, "objects are programs");
    refused(ssi_load_npy(GOLDEN "complex.npy"), SSI_UNSUPPORTED, "<c16");
    refused(ssi_load_npy(GOLDEN "u8.npy"), SSI_UNSUPPORTED, "<u8");
    refused(ssi_load_npy(GOLDEN "text.npy"), SSI_UNSUPPORTED, "<U2");
    refused(ssi_load_npy(GOLDEN "records.npy"), SSI_UNSUPPORTED, "several fields");
    refused(ssi_load_npy(GOLDEN "none.npy"), SSI_NOT_FOUND, "none.npy");
    refused(ssi_load_npy(GOLDEN), SSI_IO, "a folder");
    refused(ssi_load_npy(NULL), SSI_INVALID, "no path");
    refused(ssi_load_npy_memory(NULL, 0, NULL), SSI_INVALID, "no bytes");
}

static void a_truncated_or_longer_file_is_refused(void **state)
{
    (void)state;
    size_t bytes;
    char *file = read_whole(GOLDEN "c_i4.npy", &bytes);
    for (size_t cut = 0; cut < bytes; cut++) {
        assert_null(ssi_load_npy_memory(file, cut, "cut"));
        assert_true(ssi_error_take(NULL));
    }
    assert_null(ssi_load_npy_memory(file, bytes + 1, "longer"));
    assert_true(ssi_error_take(NULL));
    assert_non_null(ssi_load_npy_memory(file, bytes, "whole"));
    free(file);
}

/* A header's text as a file without elements. */
static ssi_tensor *of_header(const char *text)
{
    char file[4096];
    size_t length = strlen(text);
    memcpy(file, "\x93NUMPY\x01", 8);
    file[8] = (char)(length & 255);
    file[9] = (char)(length >> 8);
    memcpy(file + 10, text, length);
    return ssi_load_npy_memory(file, 10 + length, "made up");
}

static void hostile_headers_are_refused(void **state)
{
    (void)state;
    static const char *const headers[] = {
        "{}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 9223372036854775807), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), 'shape': (0,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), } {",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (0,), }",
        "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4' 'fortran_order': False, 'shape': (0,), }",
        "{'descr': '', 'fortran_order': False, 'shape': (0,), }",
        "{'descr': '<f4\\'', 'fortran_order': False, 'shape': (0,), }",
        "{'descr': '<ffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 'fortran_order': False, 'shape': (0,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,0), }",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        assert_null(of_header(headers[i]));
        assert_true(ssi_error_take(NULL));
    }
    assert_non_null(
        of_header("{\"shape\":(0,3),\"descr\":\"|u1\",\"fortran_order\":True}")); /* other writers' spaces and order */
    assert_non_null(of_header("{'descr': '<f4', 'fortran_order': False, 'shape': (0L, 3L), }   \n"));
}

static void a_memory_limit_holds(void **state)
{
    (void)state;
    ssi_shutdown();
    ssi_set_memory_limit(ssi_memory_used(NULL) + 2000);
    refused(ssi_load_npy(GOLDEN "long.npy"), SSI_NO_MEMORY, "");
    ssi_set_memory_limit(0);
    assert_non_null(ssi_load_npy(GOLDEN "long.npy"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numpys_files_are_read),
        cmocka_unit_test(files_are_written_as_numpy_writes_them),
        cmocka_unit_test(rows_are_read_alone),
        cmocka_unit_test(what_is_no_array_of_numbers_is_refused),
        cmocka_unit_test(a_truncated_or_longer_file_is_refused),
        cmocka_unit_test(hostile_headers_are_refused),
        cmocka_unit_test(a_memory_limit_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
