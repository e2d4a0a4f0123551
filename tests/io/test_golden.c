/* test_golden.c - safetensors files written by others (golden.py) are read; what is written is theirs byte for byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/file.h"
#include "ssi/io.h"
#include "ssi/ops.h"

#define HALVES                                                                                                         \
    {                                                                                                                  \
        -1, -0.5, 0, 0.5, 1, 1.5                                                                                       \
    }

/* The tensors of golden.py. */
static const struct golden {
    const char *name;
    ssi_dtype dtype;
    int rank;
    int64_t shape[2];
    double value[6];
} tensors[] = {
    {"f32", SSI_F32, 2, {2, 3}, HALVES},
    {"f64", SSI_F64, 1, {6}, HALVES},
    {"f16", SSI_F16, 2, {3, 2}, HALVES},
    {"bf16", SSI_BF16, 2, {1, 6}, HALVES},
    {"bool", SSI_BOOL, 1, {5}, {0, 1, 0, 1, 0}},
    {"u8", SSI_U8, 1, {3}, {0, 100, 200}},
    {"i8", SSI_I8, 1, {3}, {-100, 0, 100}},
    {"i16", SSI_I16, 1, {3}, {-30000, 0, 30000}},
    {"i32", SSI_I32, 1, {3}, {-2000000000, 0, 2000000000}},
    {"i64", SSI_I64, 1, {3}, {-4611686018427387904.0, 0, 4611686018427387904.0}},
    {"scalar", SSI_F32, 0, {0}, {-1}},
    {"empty", SSI_F32, 2, {0, 4}, {0}},
    {"가중치", SSI_F32, 1, {1}, {-1}},
};
enum { TENSORS = sizeof tensors / sizeof *tensors };

static const char *const text[] = {"producer", "golden", "quote", "a \"b\" \\ c\n"};

static void holds_all(const ssi_tensors *file)
{
    ssi_scope scope = ssi_scope_open();
    assert_non_null(file);
    assert_int_equal(ssi_tensors_count(file), TENSORS);
    assert_string_equal(ssi_tensors_text(file, "producer"), "golden");
    assert_string_equal(ssi_tensors_text(file, "quote"), text[3]);
    for (int i = 0; i < TENSORS; i++) {
        const struct golden *g = &tensors[i];
        ssi_tensor *x = ssi_tensors_get(file, g->name);
        assert_non_null(x);
        assert_int_equal(ssi_dtype_of(x), g->dtype);
        assert_int_equal(ssi_rank(x), g->rank);
        for (int axis = 0; axis < g->rank; axis++)
            assert_int_equal(ssi_dim(x, axis), g->shape[axis]);
        double value[6];
        assert_int_equal(ssi_read(x, SSI_F64, value, ssi_size(x)), SSI_OK);
        assert_memory_equal(value, g->value, (size_t)ssi_size(x) * sizeof *value);
    }
    ssi_scope_close(scope);
}

static void files_of_others_are_read(void **state)
{
    (void)state;
    ssi_tensors *own = ssi_load_tensors(SSI_TESTS "/io/golden/own.safetensors");
    ssi_tensors *foreign = ssi_load_tensors(SSI_TESTS "/io/golden/foreign.safetensors");
    holds_all(own);
    holds_all(foreign);
    assert_string_equal(ssi_tensors_name(own, 0), "f32"); /* in the order of the data */
    assert_string_equal(ssi_tensors_name(foreign, 0), "bool");
    assert_null(ssi_tensors_name(own, TENSORS));
    ssi_tensors_free(own);
    ssi_tensors_free(foreign);
}

static void save_all(const char *path)
{
    ssi_scope scope = ssi_scope_open();
    const char *name[TENSORS];
    ssi_tensor *x[TENSORS];
    for (int i = 0; i < TENSORS; i++) {
        const struct golden *g = &tensors[i];
        name[i] = g->name;
        x[i] = ssi_cast((ssi_array)(SSI_F64, g->rank, g->shape, g->value), g->dtype);
    }
    int status = ssi_save_tensors(path, TENSORS, name, x, 2, text);
    ssi_report();
    assert_int_equal(status, SSI_OK);
    ssi_scope_close(scope);
}

static void what_is_written_is_the_same_byte_for_byte(void **state)
{
    (void)state;
    char path[] = "/tmp/ssi-golden-XXXXXX";
    assert_true(close(mkstemp(path)) == 0);
    save_all(path);
    size_t a, b;
    void *ours = ssi_file_read("test", path, 1 << 20, &a);
    void *golden = ssi_file_read("test", SSI_TESTS "/io/golden/own.safetensors", 1 << 20, &b);
    unlink(path);
    assert_int_equal(a, b);
    assert_memory_equal(ours, golden, a);
    ssi_free(ours);
    ssi_free(golden);
}

/* A locale with a decimal comma: one that is installed, or one made for us. */
static bool set_decimal_comma(void)
{
    static const char *const locale[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE"};
    char folder[] = "/tmp/ssi-locale-XXXXXX", command[256];
    for (size_t i = 0; i < sizeof locale / sizeof *locale; i++) {
        if (setlocale(LC_ALL, locale[i]))
            return true;
    }
    if (!mkdtemp(folder))
        return false;
    snprintf(command, sizeof command, "localedef -i de_DE -f UTF-8 %s/de_DE.UTF-8 >%s/log 2>&1", folder, folder);
    setenv("LOCPATH", folder, 1);
    bool set = system(command) == 0 && setlocale(LC_ALL, "de_DE.UTF-8");
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command) == 0 && set;
}

static void a_decimal_comma_changes_nothing(void **state)
{
    (void)state;
    if (!set_decimal_comma()) {
        print_message("skipped: there is no locale with a decimal comma, and no localedef that makes one\n");
        skip();
    }
    assert_string_equal(localeconv()->decimal_point, ",");
    files_of_others_are_read(state);
    what_is_written_is_the_same_byte_for_byte(state);
    setlocale(LC_ALL, "C");
}

static void a_large_file_of_nothing_asks_for_no_memory(void **state)
{
    (void)state;
    char path[] = "/tmp/ssi-golden-XXXXXX";
    int file = mkstemp(path);
    int status = ftruncate(file, (off_t)1 << 36); /* 64 GiB of zeros, none of them stored */
    close(file);
    if (status != 0) {
        unlink(path);
        print_message("skipped: the file system has no such large files\n");
        skip();
    }
    size_t before, after;
    ssi_error error;
    ssi_memory_used(&before);
    assert_null(ssi_load_tensors(path));
    ssi_memory_used(&after);
    unlink(path);
    assert_true(ssi_error_take(&error));
    assert_int_equal(error.code, SSI_FORMAT);
    assert_true(after < before + 65536);
}

static void any_allocation_may_fail(void **state)
{
    (void)state;
    ssi_tensors *file = NULL;
    for (uint64_t k = 1; !file && k < 1000; k++) {
        ssi_test_fail_allocation(k);
        file = ssi_load_tensors(SSI_TESTS "/io/golden/foreign.safetensors");
        ssi_test_fail_allocation(0);
        assert_true(file || ssi_error_peek()->code == SSI_NO_MEMORY);
        ssi_error_take(NULL);
    }
    holds_all(file);
    ssi_tensors_free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_of_others_are_read),        cmocka_unit_test(what_is_written_is_the_same_byte_for_byte),
        cmocka_unit_test(a_decimal_comma_changes_nothing), cmocka_unit_test(a_large_file_of_nothing_asks_for_no_memory),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
