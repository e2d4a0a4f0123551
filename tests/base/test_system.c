/* test_system.c - the library as a whole: version, environment, shutdown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/base.h"

static char order[8];
static int called;

static void lower(void)
{
    order[called++] = 'l';
}

static void higher(void)
{
    order[called++] = 'h';
}

static void shutdown_calls_each_hook_once_and_the_last_registered_first(void **state)
{
    (void)state;
    ssi_at_shutdown(lower);
    ssi_at_shutdown(higher);
    ssi_at_shutdown(lower);
    ssi_shutdown();
    assert_string_equal(order, "hl");
    ssi_shutdown();
    assert_string_equal(order, "hlhl");
}

static void the_version_is_the_headers(void **state)
{
    (void)state;
    assert_string_equal(ssi_version(), SSI_VERSION);
}

static void the_environment_is_read(void **state)
{
    (void)state;
    setenv("SSI_TEST", "here", 1);
    assert_string_equal(ssi_getenv("SSI_TEST"), "here");
    assert_null(ssi_getenv("SSI_TEST_THAT_IS_NOT_SET"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shutdown_calls_each_hook_once_and_the_last_registered_first),
        cmocka_unit_test(the_version_is_the_headers),
        cmocka_unit_test(the_environment_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
