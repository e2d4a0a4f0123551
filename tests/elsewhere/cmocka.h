/*
 * cmocka.h - as much of cmocka as the tests of kernels use, for machines that it is not installed for. A test that fails ends the program.
 */
#ifndef SSI_TESTS_ELSEWHERE_CMOCKA_H
#define SSI_TESTS_ELSEWHERE_CMOCKA_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
    const char *name;
    void (*run)(void **state);
};

#define cmocka_unit_test(function)                                                                                     \
    {                                                                                                                  \
#function, function                                                                                            \
    }

#define fail_msg(...) (printf("[  FAILED  ] " __VA_ARGS__), printf("\n  %s:%d\n", __FILE__, __LINE__), exit(1))

#define print_message                    printf
#define assert_true(x)                   ((x) ? (void)0 : fail_msg("%s", #x))
#define assert_false(x)                  assert_true(!(x))
#define assert_non_null(x)               assert_true((x) != NULL)
#define assert_null(x)                   assert_true((x) == NULL)
#define assert_ptr_equal(a, b)           assert_true((a) == (b))
#define assert_int_equal(a, b)           assert_true((a) == (b))
#define assert_int_not_equal(a, b)       assert_true((a) != (b))
#define assert_in_range(x, a, b)         assert_true((x) >= (a) && (x) <= (b))
#define assert_string_equal(a, b)        assert_true(strcmp((a), (b)) == 0)
#define assert_memory_equal(a, b, n)     assert_true(memcmp((a), (b), (n)) == 0)
#define assert_memory_not_equal(a, b, n) assert_true(memcmp((a), (b), (n)) != 0)
#define assert_float_equal(a, b, within) assert_true((a) - (b) <= (within) && (b) - (a) <= (within))

static inline int run_tests(const struct CMUnitTest *test, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        void *state = NULL;
        test[i].run(&state);
        printf("[       OK ] %s\n", test[i].name);
        fflush(stdout);
    }
    printf("%d tests passed\n", (int)count);
    return 0;
}

#define cmocka_run_group_tests_name(group, tests, setup, teardown) run_tests((tests), sizeof(tests) / sizeof *(tests))
#define cmocka_run_group_tests(tests, setup, teardown)             cmocka_run_group_tests_name("", tests, setup, teardown)

#endif
