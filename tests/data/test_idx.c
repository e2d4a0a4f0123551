/*
 * idx files: every way in which one can be wrong, and MNIST as it is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "data/idx.h"

static const uint8_t labels[10] = {0, 0, 8, 1, 0, 0, 0, 2, 7, 9};
static const uint8_t pictures[22] = {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6};

static void refused(const void *bytes, size_t count, int rank, const char *part)
{
    ssi_idx idx;
    ssi_error error;
    assert_int_not_equal(ssi_read_idx_memory(bytes, count, "a file", rank, &idx), SSI_OK);
    assert_null(idx.buffer);
    assert_int_equal(ssi_error_take(&error), 1);
    assert_non_null(strstr(error.message, "a file"));
    if (part)
        assert_non_null(strstr(error.message, part));
}

static void a_good_file_is_read(void **state)
{
    (void)state;
    ssi_idx idx;
    assert_int_equal(ssi_read_idx_memory(pictures, sizeof pictures, "a file", 3, &idx), SSI_OK);
    assert_int_equal(idx.rank, 3);
    assert_int_equal(idx.shape[0] * 100 + idx.shape[1] * 10 + idx.shape[2], 123);
    assert_memory_equal(idx.buffer->data, pictures + 16, 6);
    ssi_buffer_release(idx.buffer);
    assert_int_equal(ssi_read_idx_memory(labels, sizeof labels, "a file", 1, &idx), SSI_OK);
    assert_memory_equal(idx.buffer->data, labels + 8, 2);
    ssi_buffer_release(idx.buffer);
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof pictures; n++)
        refused(pictures, n, 3, NULL);
    for (size_t n = 0; n < sizeof labels; n++)
        refused(labels, n, 1, NULL);
}

static void bytes_after_the_end_are_refused(void **state)
{
    (void)state;
    uint8_t longer[11];
    memcpy(longer, labels, sizeof labels);
    longer[10] = 0;
    refused(longer, sizeof longer, 1, "more follows");
}

static void exchanged_files_are_named_as_such(void **state)
{
    (void)state;
    refused(labels, sizeof labels, 3, "no idx file of bytes with 3 axes");
    refused(pictures, sizeof pictures, 1, "no idx file of bytes with 1 axes");
}

static void an_enormous_size_asks_for_no_memory(void **state)
{
    (void)state;
    uint8_t huge[22];
    memcpy(huge, pictures, sizeof huge);
    memset(huge + 4, 0xff, 12);
    size_t before, after;
    ssi_memory_used(&before);
    refused(huge, sizeof huge, 3, "larger than any data set");
    memset(huge + 4, 0, 12);
    huge[5] = huge[10] = 1; /* 65,536 x 256 x 0 */
    refused(huge, sizeof huge, 3, "empty");
    huge[15] = 1;
    refused(huge, sizeof huge, 3, "cut short");
    ssi_memory_used(&after);
    assert_true(after - before < 1 << 20);
}

static void a_packed_file_is_unpacked_and_its_damage_found(void **state)
{
    (void)state;
    static const char path[] = SSI_TESTS "/fuzz/idx/pictures.gz";
    ssi_idx idx;
    assert_int_equal(ssi_read_idx(path, 3, &idx), SSI_OK);
    assert_int_equal(idx.shape[0] * 100 + idx.shape[1] * 10 + idx.shape[2], 234);
    for (int i = 0; i < 24; i++)
        assert_int_equal(((uint8_t *)idx.buffer->data)[i], i);
    ssi_buffer_release(idx.buffer);
    uint8_t bytes[256];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t count = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    for (size_t n = 0; n < count; n++)
        refused(bytes, n, 3, NULL);
    bytes[count - 6] ^= 1; /* the checksum */
    refused(bytes, count, 3, "damaged");
}

static void no_such_file_is_said_so(void **state)
{
    (void)state;
    ssi_idx idx;
    ssi_error error;
    assert_int_equal(ssi_read_idx("/no/such/file", 3, &idx), SSI_NOT_FOUND);
    ssi_error_take(&error);
    assert_non_null(strstr(error.message, "/no/such/file"));
    assert_int_equal(ssi_read_idx("/", 3, &idx), SSI_IO);
    ssi_error_take(&error);
    assert_non_null(strstr(error.message, "a folder"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_file_is_read),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(bytes_after_the_end_are_refused),
        cmocka_unit_test(exchanged_files_are_named_as_such),
        cmocka_unit_test(an_enormous_size_asks_for_no_memory),
        cmocka_unit_test(a_packed_file_is_unpacked_and_its_damage_found),
        cmocka_unit_test(no_such_file_is_said_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
