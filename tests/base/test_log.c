/* test_log.c - messages reach the handler whole, and nobody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/base.h"

static char heard[4096];

static void listen(const char *text, void *context)
{
    assert_ptr_equal(context, heard);
    strncat(heard, text, sizeof heard - strlen(heard) - 1);
}

static int quiet_again(void **state)
{
    (void)state;
    ssi_set_log(NULL, NULL);
    heard[0] = '\0';
    return 0;
}

static void nothing_is_said_without_a_handler(void **state)
{
    (void)state;
    assert_false(ssi_saying());
    ssi_say("%d", 1);
    assert_string_equal(heard, "");
}

static void the_handler_hears_texts_of_any_length(void **state)
{
    (void)state;
    ssi_set_log(listen, heard);
    assert_true(ssi_saying());
    ssi_say("loss %.2f\n", 0.5);
    assert_string_equal(heard, "loss 0.50\n");
    heard[0] = '\0';
    ssi_say("%3000d", 7);
    assert_int_equal(strlen(heard), 3000);
    assert_int_equal(heard[2999], '7');
    assert_int_equal(ssi_memory_used(NULL), 0);
}

static void a_long_text_is_cut_when_memory_runs_out(void **state)
{
    (void)state;
    ssi_set_log(listen, heard);
    ssi_test_fail_allocation(1);
    ssi_say("%3000d", 7);
    assert_int_equal(strlen(heard), 1023);
    assert_int_equal(ssi_error_take(NULL), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(nothing_is_said_without_a_handler, quiet_again),
        cmocka_unit_test_teardown(the_handler_hears_texts_of_any_length, quiet_again),
        cmocka_unit_test_teardown(a_long_text_is_cut_when_memory_runs_out, quiet_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
