/* test_dispatch.c - the choice of an instruction set: the best one, the one that SSI_CPU names, or the best one and a word about it. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vector.h"

static void note(const char *text, void *context)
{
    *(bool *)context = strstr(text, "SSI_CPU") && strstr(text, "avx5120");
}

/* Whether, in a process where SSI_CPU is `name`, the choice is `expected` and something is said: a choice lasts as long as its process. */
static bool chooses(const char *name, const char *expected, bool says)
{
    pid_t child = fork();
    if (child == 0) {
        bool said = false;
        setenv("SSI_CPU", name, 1);
        ssi_set_log(note, &said);
        bool good = strcmp(ssi_backend_cpu()->name, expected) == 0 && said == says && !ssi_failed();
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

static void of_an_unknown_set_is_said_that_the_best_one_is_used(void **state)
{
    (void)state;
    assert_true(chooses("avx5120", ssi_backends()[0]->name, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_set_is_the_default),
        cmocka_unit_test(every_set_can_be_asked_for),
        cmocka_unit_test(of_an_unknown_set_is_said_that_the_best_one_is_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
