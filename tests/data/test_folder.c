/* test_folder.c - data sets in folders: where they are looked for, and what is said of folders that hold none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "base/base.h"
#include "ssi/data.h"
#include "ssi/ops.h"

enum { COUNT = 3, SIDE = 2 };
static char root[] = "/tmp/ssi-folder-XXXXXX";

static const char *in_root(const char *name)
{
    static char path[4][256];
    static int next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[next], "%s/%s", root, name);
    return path[next];
}

static int make_root(void **state)
{
    (void)state;
    if (!mkdtemp(root) || mkdir(in_root("cache"), 0755) || mkdir(in_root("cache/ssi"), 0755) ||
        mkdir(in_root("data"), 0755))
        return -1;
    setenv("XDG_CACHE_HOME", in_root("cache"), 1);
    return unsetenv("SSI_DATA");
}

static int remove_root(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", root);
    return system(command);
}

static void put(const char *folder, const char *file, bool packed, const uint8_t *bytes, size_t count)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s%s", in_root(folder), file, packed ? ".gz" : "");
    gzFile out = gzopen(path, packed ? "wb" : "wbT"); /* T: as it is */
    assert_non_null(out);
    assert_int_equal(gzwrite(out, bytes, (unsigned)count), count);
    assert_int_equal(gzclose(out), Z_OK);
}

/* COUNT pictures of SIDE x SIDE, all of one brightness, and as many labels as asked for, the last of them `last`. */
static void put_set(const char *folder, bool packed, uint8_t brightness, uint8_t labels, uint8_t last)
{
    uint8_t x[16 + COUNT * SIDE * SIDE] = {0, 0, 8, 3, 0, 0, 0, COUNT, 0, 0, 0, SIDE, 0, 0, 0, SIDE};
    uint8_t y[8 + 255] = {0, 0, 8, 1, 0, 0, 0, labels};
    memset(x + 16, brightness, sizeof x - 16);
    y[8 + labels - 1] = last;
    mkdir(in_root(folder), 0755);
    put(folder, "train-images-idx3-ubyte", packed, x, sizeof x);
    put(folder, "train-labels-idx1-ubyte", packed, y, 8u + labels);
}

static double brightness(ssi_dataset *data)
{
    ssi_scope scope = ssi_scope_open();
    double value = ssi_item(ssi_max(ssi_dataset_x(data)));
    ssi_scope_close(scope);
    ssi_dataset_free(data);
    return value;
}

static void refused(ssi_dataset *data, int code, const char *part)
{
    ssi_error error;
    assert_null(data);
    assert_true(ssi_error_take(&error));
    assert_int_equal(error.code, code);
    if (!strstr(error.message, part) && !strstr(error.hint, part))
        fail_msg("'%s; %s' does not say '%s'", error.message, error.hint, part);
}

/* ---- tests ---- */

static void ones_own_files_are_read_packed_or_not(void **state)
{
    (void)state;
    for (int packed = 0; packed < 2; packed++) {
        const char *folder = packed ? "packed" : "plain";
        put_set(folder, packed, (uint8_t)(10 + packed), COUNT, 4);
        ssi_dataset *data = ssi_load_dataset(in_root(folder));
        ssi_report();
        assert_int_equal(ssi_dataset_count(data), COUNT);
        assert_int_equal(ssi_dataset_classes(data), 5); /* the largest label, and one */
        assert_float_equal(brightness(data), 10 + packed, 0);
    }
}

static void a_set_is_looked_for_where_one_says_and_in_the_cache(void **state)
{
    (void)state;
    char path[512];
    assert_false(ssi_dataset_find("flowers", path, sizeof path));
    assert_string_equal(path, "");
    refused(ssi_load_dataset("flowers"), SSI_NOT_FOUND, "no data set and no folder is called 'flowers'");
    put_set("cache/ssi/flowers", true, 1, COUNT, 0);
    assert_float_equal(brightness(ssi_load_dataset("flowers")), 1, 0);
    put_set("data/flowers", false, 2, COUNT, 0);
    setenv("SSI_DATA", in_root("data"), 1);
    assert_float_equal(brightness(ssi_load_dataset("flowers")), 2, 0);
    assert_true(ssi_dataset_find("flowers", path, sizeof path));
    assert_string_equal(path, in_root("data/flowers"));
    assert_false(ssi_dataset_find("flowers", path, strlen(path))); /* no room for it */
    unsetenv("SSI_DATA");
}

static void a_known_set_of_ones_own_keeps_its_classes(void **state)
{
    (void)state;
    setenv("SSI_DATA", in_root("data"), 1);
    put_set("data/fashion-mnist", true, 7, COUNT, 9);
    ssi_dataset *data = ssi_load_dataset("fashion-mnist");
    assert_int_equal(ssi_dataset_classes(data), 10);
    assert_string_equal(ssi_dataset_class_name(data, 9), "Ankle boot");
    assert_float_equal(brightness(data), 7, 0);
    put_set("data/fashion-mnist", true, 7, COUNT, 10);
    refused(ssi_load_dataset("fashion-mnist"), SSI_RANGE, "label 10 is outside the 10 classes");
    unsetenv("SSI_DATA");
}

static void what_a_folder_lacks_is_named(void **state)
{
    (void)state;
    put_set("uneven", false, 1, COUNT - 1, 0);
    refused(ssi_load_dataset(in_root("uneven")), SSI_INVALID, "one row per example");
    refused(ssi_load_dataset(in_root("uneven"), .split = SSI_TEST), SSI_NOT_FOUND, "t10k-images-idx3-ubyte");
    refused(ssi_load_dataset(in_root("uneven"), .split = (ssi_data_split)2), SSI_INVALID, "split");
    refused(ssi_load_dataset(in_root("data")), SSI_NOT_FOUND, "train-images-idx3-ubyte");
    mkdir(in_root("pipes"), 0755);
    assert_int_equal(mkfifo(in_root("pipes/train-images-idx3-ubyte"), 0644), 0);
    assert_int_equal(mkfifo(in_root("pipes/train-labels-idx1-ubyte"), 0644), 0);
    refused(ssi_load_dataset(in_root("pipes")), SSI_NOT_FOUND, "train-images-idx3-ubyte"); /* and does not wait */
    char *long_name = calloc(1, 10000);
    memset(long_name, 'x', 9999);
    refused(ssi_load_dataset(long_name), SSI_NOT_FOUND, "no data set");
    free(long_name);
}

static void the_cache_is_the_users(void **state)
{
    (void)state;
    char path[512], *home = getenv("HOME") ? strdup(getenv("HOME")) : NULL;
    assert_true(ssi_dataset_cache("mnist", path, sizeof path));
    assert_string_equal(path, in_root("cache/ssi/mnist"));
    setenv("XDG_CACHE_HOME", "relative/is/ignored", 1);
    setenv("HOME", "/home/her", 1);
    assert_true(ssi_dataset_cache("mnist", path, sizeof path));
    assert_string_equal(path, "/home/her/.cache/ssi/mnist");
    assert_false(ssi_dataset_cache("mnist", path, 10));
    assert_string_equal(path, "");
    unsetenv("HOME");
    assert_false(ssi_dataset_cache("mnist", path, sizeof path));
    setenv("XDG_CACHE_HOME", in_root("cache"), 1);
    if (home)
        setenv("HOME", home, 1);
    free(home);
}

static void any_allocation_may_fail(void **state)
{
    (void)state;
    put_set("any", true, 1, COUNT, 2);
    ssi_dataset *data = NULL;
    for (uint64_t k = 1; !data && k < 1000; k++) {
        ssi_test_fail_allocation(k);
        data = ssi_load_dataset(in_root("any"));
        ssi_test_fail_allocation(0);
        assert_true(data || ssi_error_peek()->code == SSI_NO_MEMORY);
        ssi_error_take(NULL);
    }
    assert_float_equal(brightness(data), 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ones_own_files_are_read_packed_or_not),
        cmocka_unit_test(a_set_is_looked_for_where_one_says_and_in_the_cache),
        cmocka_unit_test(a_known_set_of_ones_own_keeps_its_classes),
        cmocka_unit_test(what_a_folder_lacks_is_named),
        cmocka_unit_test(the_cache_is_the_users),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, make_root, remove_root);
}
