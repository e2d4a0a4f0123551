/* test_error.c - errors flow: the first one of a thread is kept, located, handed over once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"

static void the_first_error_is_kept_and_taken_once(void **state)
{
    (void)state;
    assert_int_equal(ssi_fail(SSI_INVALID, "matmul", "inner sizes differ: %d, %d\ntranspose w?", 3, 4), SSI_INVALID);
    assert_int_equal(ssi_fail(SSI_IO, "save", "later"), SSI_IO);
    ssi_error error;
    assert_int_equal(ssi_error_take(&error), 1);
    assert_int_equal(error.code, SSI_INVALID);
    assert_string_equal(error.operation, "matmul");
    assert_string_equal(error.message, "inner sizes differ: 3, 4");
    assert_string_equal(error.hint, "transpose w?");
    assert_null(error.file);
    assert_int_equal(ssi_error_take(&error), 0);
    assert_null(ssi_error_peek());
}

static void peeking_does_not_clear(void **state)
{
    (void)state;
    assert_false(ssi_failed());
    ssi_fail(SSI_RANGE, "slice", "no");
    assert_true(ssi_failed());
    assert_int_equal(ssi_error_peek()->code, SSI_RANGE);
    assert_string_equal(ssi_error_peek()->hint, "");
    assert_int_equal(ssi_error_take(NULL), 1);
    assert_false(ssi_failed());
}

static void an_error_is_given_its_place_once(void **state)
{
    (void)state;
    ssi_error_locate("nowhere.c", 1);
    assert_null(ssi_error_peek());
    ssi_fail(SSI_RANGE, "slice", "no");
    ssi_error_locate("a.c", 7);
    ssi_error_locate("b.c", 8);
    ssi_error error;
    ssi_error_take(&error);
    assert_string_equal(error.file, "a.c");
    assert_int_equal(error.line, 7);
}

static void long_texts_are_cut_and_never_split_a_character(void **state)
{
    (void)state;
    char text[2000];
    for (int offset = 0; offset < 3; offset++) {
        memset(text, 'a', sizeof text);
        for (size_t i = (size_t)offset; i + 3 < sizeof text; i += 3)
            memcpy(text + i, "\xEA\xB0\x80", 3); /* a Hangul syllable */
        text[sizeof text - 1] = '\0';
        ssi_fail(SSI_INVALID, text, "%s", text);
        ssi_error error;
        ssi_error_take(&error);
        size_t length = strlen(error.message), whole = (length - (size_t)offset) / 3 * 3 + (size_t)offset;
        assert_true(length < sizeof error.message && length > sizeof error.message - 5);
        assert_int_equal(length, whole);
        assert_true(strlen(error.operation) < sizeof error.operation);
    }
    memset(text, 'h', sizeof text);
    text[1] = '\n';
    text[sizeof text - 1] = '\0';
    ssi_fail(SSI_INVALID, "x", "%s", text);
    assert_string_equal(ssi_error_peek()->message, "h");
    assert_int_equal(strlen(ssi_error_peek()->hint), sizeof((ssi_error *)0)->hint - 1);
    ssi_error_take(NULL);
}

static void *fail_elsewhere(void *unused)
{
    ssi_fail(SSI_IO, "elsewhere", "x");
    return unused;
}

static void each_thread_has_its_own_error(void **state)
{
    (void)state;
    pthread_t thread;
    pthread_create(&thread, NULL, fail_elsewhere, NULL);
    pthread_join(thread, NULL);
    assert_false(ssi_failed());
}

static void report_prints_one_line_and_clears(void **state)
{
    (void)state;
    int kept = dup(2), ends[2];
    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], 2);
    assert_int_equal(ssi_report(), 0);
    ssi_fail(SSI_INVALID, "matmul", "inner sizes differ\ntranspose w?");
    ssi_error_locate("train.c", 12);
    int status = ssi_report();
    dup2(kept, 2);
    close(kept);
    char text[200] = "";
    assert_true(read(ends[0], text, sizeof text - 1) > 0);
    close(ends[0]);
    close(ends[1]);
    assert_int_equal(status, 1);
    assert_string_equal(text, "matmul: inner sizes differ; transpose w? (train.c:12)\n");
    assert_false(ssi_failed());
}

static int ssi_inner(void)
{
    SSI_CALLED;
    return ssi_fail(SSI_INVALID, "a_step", "no");
}

static int ssi_outer_axes(void)
{
    SSI_CALLED;
    return ssi_inner();
}

static const char *said_by(int status)
{
    static ssi_error error;
    assert_int_equal(status, SSI_INVALID);
    assert_int_equal(ssi_error_take(&error), 1);
    return error.operation;
}

static void an_error_names_the_outermost_function(void **state)
{
    (void)state;
    assert_string_equal(said_by(ssi_inner()), "inner");
    assert_string_equal(said_by(ssi_outer_axes()), "outer");
    assert_string_equal(said_by(ssi_fail(SSI_INVALID, "a_step", "no")), "a_step");
    assert_null(ssi_set_called("ssi_written_before"));
    assert_string_equal(said_by(ssi_inner()), "written_before");
    assert_string_equal(ssi_set_called(NULL), "ssi_written_before");
    assert_null(ssi_called());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_error_is_kept_and_taken_once),
        cmocka_unit_test(peeking_does_not_clear),
        cmocka_unit_test(an_error_is_given_its_place_once),
        cmocka_unit_test(long_texts_are_cut_and_never_split_a_character),
        cmocka_unit_test(each_thread_has_its_own_error),
        cmocka_unit_test(report_prints_one_line_and_clears),
        cmocka_unit_test(an_error_names_the_outermost_function),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
