/*
 * test_npz.c - .npz files that NumPy wrote, files that are read back, and archives that lie.
 */
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

static void refused(const void *x, ssi_status code, const char *words)
{
    ssi_error error;
    assert_null(x);
    assert_true(ssi_error_take(&error));
    if (error.code != code || !(strstr(error.message, words) || strstr(error.hint, words)))
        fail_msg("'%s; %s' has no '%s', or another code than %d: %d", error.message, error.hint, words, code,
                 error.code);
}

static void numpys_archives_are_read(void **state)
{
    (void)state;
    ssi_npz *npz = ssi_npz_open(GOLDEN "stored.npz");
    assert_int_equal(ssi_npz_count(npz), 3);
    assert_string_equal(ssi_npz_name(npz, 2), "한글");
    assert_null(ssi_npz_name(npz, 3));
    ssi_tensor *a = ssi_npz_get(npz, "a");
    assert_true(ssi_dim(a, 2) == 4 && ssi_item(ssi_sum(a)) == 24 * 6.5);
    assert_true(ssi_item(ssi_npz_get(npz, "한글")) == 2.5);
    refused(ssi_npz_get(npz, "bb"), SSI_NOT_FOUND, "did you mean 'b'?");
    ssi_npz_close(npz);
    npz = ssi_npz_open(GOLDEN "deflated.npz");
    assert_int_equal(ssi_size(ssi_npz_get(npz, "zeros")), 100000);
    assert_true(ssi_item(ssi_sum(ssi_npz_get(npz, "a"))) == 24 * 6.5);
    ssi_npz_close(npz);
    ssi_npz_close(NULL);
}

static void what_is_saved_is_read_back(void **state)
{
    (void)state;
    char path[] = "test_npz.XXXXXX";
    close(mkstemp(path));
    ssi_tensor *x = ssi_array(((double[]){1, 2, 3, 4, 5, 6}), 2, 3), *none = ssi_zeros(SSI_I32, 0, 2);
    for (int compressed = 0; compressed < 2; compressed++) {
        assert_int_equal(
            ssi_save_npz(path, 2, (const char *[]){"x", "none"}, (ssi_tensor *[]){ssi_transpose(x), none}, compressed),
            0);
        ssi_npz *npz = ssi_npz_open(path);
        assert_int_equal(ssi_npz_count(npz), 2);
        assert_true(ssi_item(ssi_array_equal(ssi_npz_get(npz, "x"), ssi_transpose(x))) == 1);
        assert_int_equal(ssi_dim(ssi_npz_get(npz, "none"), 1), 2);
        ssi_npz_close(npz);
    }
    assert_int_equal(ssi_save_npz(path, 2, (const char *[]){"x", "x"}, (ssi_tensor *[]){x, x}, 0), SSI_INVALID);
    refused(NULL, SSI_INVALID, "twice");
    assert_int_equal(ssi_save_npz(path, 1, (const char *[]){"x"}, (ssi_tensor *[]){ssi_ones(SSI_BF16, 2)}, 0),
                     SSI_UNSUPPORTED);
    refused(NULL, SSI_UNSUPPORTED, "cast to f32");
    assert_int_equal(ssi_save_npz("/nowhere/x.npz", 1, (const char *[]){"x"}, &x, 0), SSI_NOT_FOUND);
    refused(NULL, SSI_NOT_FOUND, "nowhere");
    ssi_npz *npz = ssi_npz_open(path);
    assert_int_equal(ssi_npz_count(npz), 2); /* the old file, whole */
    ssi_npz_close(npz);
    assert_int_equal(ssi_save_npz(path, 0, NULL, NULL, 0), SSI_INVALID);
    refused(NULL, SSI_INVALID, "no arrays");
    unlink(path);
}

static void arrays_are_read_by_rows(void **state)
{
    (void)state;
    char path[] = "test_npz.XXXXXX";
    close(mkstemp(path));
    ssi_tensor *x = ssi_reshape(ssi_arange(SSI_I32, 0, 5000, 1), 1000, 5),
               *number = ssi_at(ssi_full(SSI_F64, 2, 1), "0");
    for (int compressed = 0; compressed < 2; compressed++) {
        assert_int_equal(
            ssi_save_npz(path, 2, (const char *[]){"x", "number"}, (ssi_tensor *[]){x, number}, compressed), 0);
        ssi_npz *npz = ssi_npz_open(path);
        int64_t rows = 0, sum = 0;
        for (; rows < 1000; rows += 300) {
            int64_t n = 1000 - rows < 300 ? 1000 - rows : 300, part;
            ssi_tensor *y = ssi_npz_rows(npz, "x", rows, n);
            assert_int_equal(ssi_dim(y, 0), n);
            assert_int_equal(ssi_dim(y, 1), 5);
            assert_int_equal(ssi_item_int(ssi_sum(y), &part), SSI_OK);
            sum += part;
        }
        assert_int_equal(sum, 4999 * 5000 / 2);
        /* Over some, back to the beginning, none, and another array between. */
        assert_true(ssi_item(ssi_at(ssi_npz_rows(npz, "x", 7, 1), "0, 4")) == 39);
        assert_true(ssi_item(ssi_at(ssi_npz_rows(npz, "x", 999, 1), "0, 0")) == 4995);
        assert_true(ssi_item(ssi_npz_get(npz, "number")) == 2);
        assert_true(ssi_item(ssi_at(ssi_npz_rows(npz, "x", 0, 2), "1, 0")) == 5);
        assert_int_equal(ssi_size(ssi_npz_rows(npz, "x", 1000, 0)), 0);
        refused(ssi_npz_rows(npz, "x", 998, 3), SSI_RANGE, "998 to 1001 of 1000");
        refused(ssi_npz_rows(npz, "x", -1, 1), SSI_RANGE, "-1");
        refused(ssi_npz_rows(npz, "number", 0, 1), SSI_INVALID, "ssi_npz_get");
        refused(ssi_npz_rows(npz, "y", 0, 1), SSI_NOT_FOUND, "no array 'y'");
        assert_true(ssi_item(ssi_at(ssi_npz_rows(npz, "x", 3, 1), "0, 0")) == 15);
        ssi_npz_close(npz);
    }
    unlink(path);
}

static void damage_is_found(void **state)
{
    (void)state;
    char *file = malloc(1 << 16);
    FILE *from = fopen(GOLDEN "stored.npz", "rb");
    size_t bytes = fread(file, 1, 1 << 16, from);
    fclose(from);
    for (size_t cut = 0; cut < bytes; cut++) {
        assert_null(ssi_npz_open_memory(file, cut, "cut"));
        assert_true(ssi_error_take(NULL));
    }
    char *at = file;
    while (memcmp(at, "NUMPY", 5))
        at++;
    at[200] ^= 1; /* an element of the first array: the checksum tells */
    ssi_npz *npz = ssi_npz_open_memory(file, bytes, "damaged");
    refused(ssi_npz_get(npz, "a"), SSI_FORMAT, "damaged");
    assert_non_null(ssi_npz_rows(npz, "a", 0, 1)); /* whose end has not been seen */
    refused(ssi_npz_rows(npz, "a", 1, 1), SSI_FORMAT, "damaged");
    assert_true(ssi_item(ssi_npz_get(npz, "한글")) == 2.5);
    ssi_npz_close(npz);
    free(file);
    refused(ssi_npz_open(GOLDEN "c_f4.npy"), SSI_FORMAT, "no .npz file");
    refused(ssi_npz_open(GOLDEN "none.npz"), SSI_NOT_FOUND, "none.npz");
    refused(ssi_npz_open(NULL), SSI_INVALID, "no path");
    refused(ssi_npz_open_memory(NULL, 0, NULL), SSI_INVALID, "no bytes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numpys_archives_are_read),
        cmocka_unit_test(what_is_saved_is_read_back),
        cmocka_unit_test(arrays_are_read_by_rows),
        cmocka_unit_test(damage_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
