/*
 * safetensors: what is saved comes back, what the format forbids is refused, and a save is all or nothing.
 */
#include <fcntl.h>
#include <locale.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "ssi/io.h"
#include "ssi/ops.h"

static char folder[] = "/tmp/ssi-io-XXXXXX";
static char path[64];

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/t.safetensors", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static int save_two(float first)
{
    ssi_tensor *a = ssi_array(((float[]){first, 2, 3, 4, 5, 6}), 2, 3), *b = ssi_array(((short[]){7, -8}), 2);
    return ssi_save_tensors(path, 2, (const char *[]){"weights", "편향"}, (ssi_tensor *[]){ssi_transpose(a), b}, 1,
                            (const char *[]){"made by", "a \"test\""});
}

static void what_is_saved_comes_back(void **state)
{
    (void)state;
    assert_int_equal(save_two(1.5f), SSI_OK);
    ssi_tensors *file = ssi_load_tensors(path);
    assert_non_null(file);
    assert_int_equal(ssi_tensors_count(file), 2);
    assert_string_equal(ssi_tensors_text(file, "made by"), "a \"test\"");
    assert_null(ssi_tensors_text(file, "nobody"));
    ssi_tensor *a = ssi_tensors_get(file, "weights"), *b = ssi_tensors_get(file, "편향");
    assert_int_equal(ssi_dim(a, 0), 3);
    const float expected[] = {1.5f, 4, 2, 5, 3, 6};
    assert_memory_equal(ssi_data_f32(a), expected, sizeof expected);
    assert_int_equal(ssi_dtype_of(b), SSI_I16);
    assert_float_equal(ssi_item(ssi_sum(b)), -1, 0);
    ssi_error error;
    assert_null(ssi_tensors_get(file, "wieghts"));
    ssi_error_take(&error);
    assert_non_null(strstr(error.hint, "weights"));
    ssi_tensors_free(file);
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    assert_int_equal(save_two(1), SSI_OK);
    uint8_t bytes[1024];
    FILE *file = fopen(path, "rb");
    size_t count = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    for (size_t n = 0; n < count; n++) {
        assert_null(ssi_load_tensors_memory(bytes, n, "cut"));
        assert_int_equal(ssi_error_take(NULL), 1);
    }
    ssi_tensors *whole = ssi_load_tensors_memory(bytes, count, "whole");
    assert_non_null(whole);
    ssi_tensors_free(whole);
}

static void refuse(const char *header, size_t data)
{
    uint8_t bytes[1024] = {0};
    uint64_t length = strlen(header);
    memcpy(bytes, &length, 8);
    memcpy(bytes + 8, header, length);
    if (ssi_load_tensors_memory(bytes, 8 + length + data, "x"))
        fail_msg("accepted: %s", header);
    ssi_error error;
    assert_int_equal(ssi_error_take(&error), 1);
    assert_int_equal(error.code, SSI_FORMAT);
}

static void what_the_format_forbids_is_refused(void **state)
{
    (void)state;
    refuse("[]", 0);
    refuse(" {}", 0);
    refuse("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],"
           "\"data_offsets\":[4,8]}}",
           8);
    refuse("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8); /* a hole */
    refuse("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 8); /* more follows */
    refuse("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4); /* shape and offsets differ */
    refuse("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],"
           "\"data_offsets\":[2,6]}}",
           6);
    refuse("{\"a\":{\"dtype\":\"F33\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4);
    refuse("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4);
    refuse("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}",
           0); /* the size overflows */
    refuse("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,99999999999999999999]}}", 4);
    refuse("{\"__metadata__\":{\"k\":1}}", 0);
    refuse("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}", 4);
}

static void a_name_given_twice_is_refused_and_nothing_written(void **state)
{
    (void)state;
    unlink(path);
    ssi_tensor *a = ssi_zeros(SSI_F32, 2);
    assert_int_equal(ssi_save_tensors(path, 2, (const char *[]){"a", "a"}, (ssi_tensor *[]){a, a}, 0, NULL),
                     SSI_INVALID);
    assert_int_equal(ssi_error_take(NULL), 1);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void a_save_that_fails_leaves_the_old_file(void **state)
{
    (void)state;
    assert_int_equal(save_two(1), SSI_OK);
    signal(SIGXFSZ, SIG_IGN); /* the full disk: no file may grow beyond 64 bytes */
    struct rlimit old, small;
    getrlimit(RLIMIT_FSIZE, &old);
    small = old;
    small.rlim_cur = 64;
    setrlimit(RLIMIT_FSIZE, &small);
    int status = save_two(99);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_int_equal(status, SSI_IO);
    ssi_error_take(NULL);
    ssi_tensors *file = ssi_load_tensors(path);
    assert_non_null(file);
    assert_float_equal(ssi_data_f32(ssi_tensors_get(file, "weights"))[0], 1, 0);
    ssi_tensors_free(file);
}

static void what_is_no_regular_file_is_not_written_to(void **state)
{
    (void)state;
    ssi_tensor *a = ssi_zeros(SSI_F32, 2);
    static const char *const places[] = {"/dev/null", "/tmp", "/no/such/folder/t.safetensors"};
    struct stat before, after;
    stat("/dev/null", &before);
    for (int i = 0; i < 3; i++) {
        assert_true(ssi_save_tensors(places[i], 1, (const char *[]){"a"}, (ssi_tensor *[]){a}, 0, NULL) < 0);
        assert_int_equal(ssi_error_take(NULL), 1);
    }
    char pipe_path[80];
    snprintf(pipe_path, sizeof pipe_path, "%s/pipe", folder);
    assert_int_equal(mkfifo(pipe_path, 0600), 0);
    assert_true(ssi_save_tensors(pipe_path, 1, (const char *[]){"a"}, (ssi_tensor *[]){a}, 0, NULL) < 0);
    assert_int_equal(ssi_error_take(NULL), 1);
    assert_null(ssi_load_tensors(pipe_path)); /* and reading it does not hang */
    assert_int_equal(ssi_error_take(NULL), 1);
    unlink(pipe_path);
    stat("/dev/null", &after);
    assert_int_equal(before.st_mode, after.st_mode);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_saved_comes_back),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(what_the_format_forbids_is_refused),
        cmocka_unit_test(a_name_given_twice_is_refused_and_nothing_written),
        cmocka_unit_test(a_save_that_fails_leaves_the_old_file),
        cmocka_unit_test(what_is_no_regular_file_is_not_written_to),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
