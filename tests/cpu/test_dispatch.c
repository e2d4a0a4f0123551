/* test_dispatch.c - the choice of an instruction set: the best one, the one that SSI_CPU names, or the best one and an error. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vector.h"

/* Whether, in a process where SSI_CPU is `name`, the choice is `expected` and fails as said: a choice lasts as long as its process. */
static bool chooses(const char *name, const char *expected, bool fails)
{
    pid_t child = fork();
    if (child == 0) {
        setenv("SSI_CPU", name, 1);
        bool good = strcmp(ssi_backend_cpu()->name, expected) == 0 && ssi_failed() == fails;
        _exit(good && ssi_backend_cpu() == ssi_backend_cpu() ? 0 : 1);
    }
    int status = 1;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static void the_best_set_is_the_default(void **state)
{
    (void)state;
    assert_non_null(ssi_backends()[0]);
    assert_true(chooses("", ssi_backends()[0]->name, false));
}

static void every_set_can_be_asked_for(void **state)
{
    (void)state;
    for (int i = 0; ssi_backends()[i] != NULL; i++)
        assert_true(chooses(ssi_backends()[i]->name, ssi_backends()[i]->name, false));
}

static void an_unknown_set_is_an_error_and_the_best_one_is_used(void **state)
{
    (void)state;
    assert_true(chooses("avx5120", ssi_backends()[0]->name, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_set_is_the_default),
        cmocka_unit_test(every_set_can_be_asked_for),
        cmocka_unit_test(an_unknown_set_is_an_error_and_the_best_one_is_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
