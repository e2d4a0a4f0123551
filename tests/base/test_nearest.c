/* test_nearest.c - "did you mean". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

static const char *const datasets[] = {"mnist", "fashion-mnist", "cifar10", NULL};

static void slips_find_the_name_that_was_meant(void **state)
{
    (void)state;
    assert_string_equal(ssi_nearest_name("minst", datasets), "mnist");
    assert_string_equal(ssi_nearest_name("MNIST", datasets), "mnist");
    assert_string_equal(ssi_nearest_name("mnits", datasets), "mnist");
    assert_string_equal(ssi_nearest_name("mnis", datasets), "mnist");
    assert_string_equal(ssi_nearest_name("fashion_mnist", datasets), "fashion-mnist");
    assert_string_equal(ssi_nearest_name("cifar-10", datasets), "cifar10");
}

static void other_words_find_nothing(void **state)
{
    (void)state;
    assert_null(ssi_nearest_name("imagenet", datasets));
    assert_null(ssi_nearest_name("", datasets));
    assert_null(ssi_nearest_name("x", datasets));
    assert_null(ssi_nearest_name("mnist", (const char *const[]){NULL}));
}

static void very_long_names_are_compared_as_far_as_they_fit(void **state)
{
    (void)state;
    char name[300];
    for (int i = 0; i < 299; i++)
        name[i] = 'a';
    name[299] = '\0';
    assert_null(ssi_nearest_name(name, datasets));
    assert_ptr_equal(ssi_nearest_name(name, (const char *const[]){name, NULL}), name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_find_the_name_that_was_meant),
        cmocka_unit_test(other_words_find_nothing),
        cmocka_unit_test(very_long_names_are_compared_as_far_as_they_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
