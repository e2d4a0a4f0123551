/* test_threads.c - the same bits for any number of threads, in a forked child, and on several threads at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"
#include "training.h"

enum { STEPS = 3 };

/* Trains the spec for some steps; all weights into `out`. Their number, or -1. */
static int64_t train(const char *spec, int64_t inputs, int64_t batch, float *out)
{
    training t;
    bool good = training_begin(&t, spec, inputs, batch);
    for (int step = 0; step < STEPS && good; step++)
        good = training_step(&t, step) == SSI_OK;
    int64_t count = good ? training_weights(&t, out) : -1;
    training_end(&t);
    return count;
}

static void the_lectures_network_learns_the_same_bits_on_1_2_3_and_8_threads(void **state)
{
    (void)state;
    static float one[MOST_WEIGHTS], many[MOST_WEIGHTS];
    ssi_set_threads(1);
    int64_t count = train("784-256-256-256-256-10", 784, 128, one);
    assert_int_equal(ssi_report(), 0);
    assert_int_equal(count, 400906);
    const int threads[] = {2, 3, 8};
    for (int i = 0; i < 3; i++) {
        ssi_set_threads(threads[i]);
        assert_int_equal(train("784-256-256-256-256-10", 784, 128, many), count);
        assert_memory_equal(one, many, (size_t)count * sizeof *one);
    }
    ssi_set_threads(0);
}

static void a_forked_child_trains_as_its_parent(void **state)
{
    (void)state;
#if defined(__SANITIZE_THREAD__)
    print_message("skipped under ThreadSanitizer, which cannot start threads after a fork of many\n");
    skip();
#endif
    static float parents[MOST_WEIGHTS], childs[MOST_WEIGHTS];
    ssi_set_threads(4);
    int64_t count = train("20-300-100-3", 20, 64, parents); /* the pool is running when the child is made */
    assert_true(count > 0);
    for (int round = 0; round < 5; round++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            bool same = train("20-300-100-3", 20, 64, childs) == count &&
                        memcmp(parents, childs, (size_t)count * sizeof *childs) == 0;
            ssi_shutdown();
            _exit(same ? 0 : 1);
        }
        assert_int_equal(train("20-300-100-3", 20, 64, childs), count);
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    ssi_set_threads(0);
}

enum { CALLERS = 4, SMALL = 20 * 30 + 30 + 30 * 3 + 3 };

static void *train_small(void *out)
{
    return (void *)(intptr_t)train("20-30-3", 20, 16, out);
}

static void models_on_several_threads_learn_undisturbed(void **state)
{
    (void)state;
    static float alone[SMALL], together[CALLERS][SMALL];
    assert_int_equal(train("20-30-3", 20, 16, alone), SMALL);
    ssi_set_threads(3);
    for (int round = 0; round < 10; round++) {
        pthread_t thread[CALLERS];
        for (int i = 0; i < CALLERS; i++)
            pthread_create(&thread[i], NULL, train_small, together[i]);
        for (int i = 0; i < CALLERS; i++) {
            void *count;
            pthread_join(thread[i], &count);
            assert_int_equal((intptr_t)count, SMALL);
            assert_memory_equal(alone, together[i], sizeof alone);
        }
    }
    ssi_set_threads(0);
}

static void what_ended_threads_held_is_given_back(void **state)
{
    (void)state;
    static float weights[SMALL];
    ssi_shutdown();
    size_t held = ssi_memory_used(NULL);
    for (int round = 0; round < 3; round++) {
        pthread_t thread;
        pthread_create(&thread, NULL, train_small, weights);
        pthread_join(thread, NULL);
        ssi_shutdown();
        assert_int_equal(ssi_memory_used(NULL), held);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lectures_network_learns_the_same_bits_on_1_2_3_and_8_threads),
        cmocka_unit_test(a_forked_child_trains_as_its_parent),
        cmocka_unit_test(models_on_several_threads_learn_undisturbed),
        cmocka_unit_test(what_ended_threads_held_is_given_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
