/* test_thread.c - the pool: every index once, whoever calls, however often, before and after fork. Run it under ThreadSanitizer. */
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE 1
#endif
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"

enum { MOST = 300 };

typedef struct tally {
    atomic_int calls[MOST];
    atomic_int worker[MOST];
    atomic_int begun;
    int threads;
} tally;

static void count(void *context, int index, int worker)
{
    tally *t = context;
    atomic_fetch_add(&t->calls[index], 1);
    atomic_store(&t->worker[index], worker);
    if (worker < 0 || worker >= t->threads)
        abort();
}

static void check_once(tally *t, int tasks)
{
    for (int i = 0; i < tasks; i++)
        assert_int_equal(atomic_exchange(&t->calls[i], 0), 1);
}

static int usual_threads(void **state)
{
    (void)state;
    ssi_set_threads(0);
    return 0;
}

static void every_index_runs_once_for_any_number_of_threads(void **state)
{
    (void)state;
    static tally t;
    for (int threads = 1; threads <= 9; threads++) {
        t.threads = threads;
        assert_int_equal(ssi_set_threads(threads), SSI_OK);
        assert_int_equal(ssi_threads(), threads);
        for (int round = 0; round < 2000; round++) {
            int tasks = (round * 7 + threads) % 25;
            ssi_parallel(tasks, count, &t);
            check_once(&t, tasks);
        }
        ssi_parallel(MOST, count, &t);
        check_once(&t, MOST);
        ssi_parallel(0, count, &t);
        ssi_parallel(-1, count, &t);
    }
}

/* Returns when the whole job has begun: until then no thread is free to take another's index. */
static void count_together(void *context, int index, int worker)
{
    tally *t = context;
    count(t, index, worker);
    atomic_fetch_add(&t->begun, 1);
    while (atomic_load(&t->begun) < t->threads)
        sched_yield();
}

static void as_many_tasks_as_threads_are_owned(void **state)
{
    (void)state;
    static tally t;
    for (int threads = 2; threads <= 5; threads++) {
        t.threads = threads;
        ssi_set_threads(threads);
        for (int round = 0; round < 500; round++) {
            atomic_store(&t.begun, 0);
            ssi_parallel(threads, count_together, &t);
            check_once(&t, threads);
            for (int i = 0; i < threads; i++)
                assert_int_equal(atomic_load(&t.worker[i]), i);
            ssi_parallel(round % 7, count, &t); /* the job before an owned one may have any size */
            check_once(&t, round % 7);
        }
    }
}

/* Waking takes longer than these tasks do. */
static void what_a_late_thread_owns_others_do(void **state)
{
    (void)state;
    static tally t;
    int taken = 0;
    t.threads = 2;
    ssi_set_threads(2);
    for (int round = 0; round < 100; round++) {
        ssi_parallel(2, count, &t);
        check_once(&t, 2);
        taken += atomic_load(&t.worker[1]) == 0;
        usleep(1000); /* the worker sleeps */
    }
    assert_true(taken > 0);
}

static void square(void *context, int index, int worker)
{
    (void)worker;
    int64_t *values = context;
    values[index] *= values[index];
}

static void results_of_a_run_are_seen_by_the_caller_without_atomics(void **state)
{
    (void)state;
    static int64_t values[64];
    ssi_set_threads(4);
    for (int round = 0; round < 500; round++) {
        for (int i = 0; i < 64; i++)
            values[i] = i + round;
        ssi_parallel(64, square, values);
        for (int i = 0; i < 64; i++)
            assert_int_equal(values[i], (int64_t)(i + round) * (i + round));
    }
}

static void nest(void *context, int index, int worker)
{
    (void)index, (void)worker;
    tally *inner = context;
    ssi_parallel(10, count, inner);
}

static void a_call_from_inside_a_task_runs_by_itself(void **state)
{
    (void)state;
    static tally inner;
    inner.threads = 1; /* all of it with worker 0 */
    ssi_set_threads(4);
    ssi_parallel(20, nest, &inner);
    for (int i = 0; i < 10; i++)
        assert_int_equal(atomic_exchange(&inner.calls[i], 0), 20);
}

static void *call_often(void *context)
{
    (void)context;
    tally *t = calloc(1, sizeof *t);
    t->threads = 3;
    for (int round = 0; round < 3000; round++) {
        int tasks = round % 10;
        ssi_parallel(tasks, count, t);
        for (int i = 0; i < tasks; i++) {
            if (atomic_exchange(&t->calls[i], 0) != 1)
                abort();
        }
    }
    free(t);
    return NULL;
}

static void several_threads_call_at_once(void **state)
{
    (void)state;
    pthread_t caller[4];
    ssi_set_threads(3);
    for (int i = 0; i < 4; i++)
        pthread_create(&caller[i], NULL, call_often, NULL);
    for (int i = 0; i < 20; i++) {
        usleep(1000);
        ssi_shutdown(); /* at any moment */
    }
    for (int i = 0; i < 4; i++)
        pthread_join(caller[i], NULL);
}

static void sleeping_workers_wake(void **state)
{
    (void)state;
    static tally t;
    t.threads = 3;
    ssi_set_threads(3);
    for (int round = 0; round < 50; round++) {
        usleep(500);
        ssi_parallel(3, count, &t);
        check_once(&t, 3);
    }
}

static int in_child(tally *t)
{
    ssi_set_threads(3);
    t->threads = 3;
    for (int round = 0; round < 100; round++)
        ssi_parallel(3, count, t);
    for (int i = 0; i < 3; i++) {
        if (atomic_exchange(&t->calls[i], 0) != 100)
            return 1;
    }
    ssi_buffer_release(ssi_buffer_new(1000));
    ssi_shutdown();
    return 0;
}

static void a_forked_child_may_use_the_pool(void **state)
{
    (void)state;
#if defined(__SANITIZE_THREAD__)
    print_message("skipped under ThreadSanitizer, which cannot start threads after a fork of many\n");
    skip();
#endif
    static tally t;
    t.threads = 4;
    ssi_set_threads(4);
    for (int round = 0; round < 20; round++) {
        ssi_parallel(8, count, &t);
        check_once(&t, 8);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            _exit(in_child(&t));
        ssi_parallel(8, count, &t);
        check_once(&t, 8);
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
}

static int blocked[4];

static void look_at_mask(void *context, int index, int worker)
{
    sigset_t set;
    pthread_sigmask(SIG_BLOCK, NULL, &set);
    blocked[index] = sigismember(&set, SIGINT);
    count_together(context, index, worker);
}

static void signals_stay_with_the_hosts_threads(void **state)
{
    (void)state;
    static tally t;
    t.threads = 4;
    ssi_set_threads(4);
    ssi_parallel(4, look_at_mask, &t);
    assert_int_equal(blocked[0], 0);
    for (int i = 1; i < 4; i++)
        assert_int_equal(blocked[i], 1);
}

static void counts_out_of_range_are_refused(void **state)
{
    (void)state;
    ssi_set_threads(2);
    assert_int_equal(ssi_set_threads(-1), SSI_INVALID);
    assert_int_equal(ssi_set_threads(257), SSI_INVALID);
    assert_int_equal(ssi_threads(), 2);
    ssi_error_take(NULL);
}

static void the_default_is_what_the_process_may_use_or_ssi_threads(void **state)
{
    (void)state;
    unsetenv("SSI_THREADS");
    ssi_set_threads(0);
    cpu_set_t set;
    sched_getaffinity(0, sizeof set, &set);
    assert_int_equal(ssi_threads(), CPU_COUNT(&set));
    setenv("SSI_THREADS", "7", 1);
    ssi_set_threads(0);
    assert_int_equal(ssi_threads(), 7);
    const char *const bad[] = {"", "0", "257", "-3", "2x", "many", "99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        setenv("SSI_THREADS", bad[i], 1);
        ssi_set_threads(0);
        assert_int_equal(ssi_threads(), CPU_COUNT(&set));
    }
    unsetenv("SSI_THREADS");
}

#if defined(__linux__)

/* Where the two threads were; `to`: the processor to which the worker moves itself and then stays free to be anywhere, or -1. */
typedef struct places {
    int processor[2], to;
    atomic_bool begun;
} places;

static void look_around(void *context, int index, int worker)
{
    places *p = context;
    cpu_set_t usable, one;
    p->processor[worker] = sched_getcpu();
    if (index == 0 && worker == 0) { /* leaves the other index to the worker */
        while (!atomic_load(&p->begun))
            sched_yield();
        return;
    }
    atomic_store(&p->begun, true);
    if (p->to < 0 || sched_getaffinity(0, sizeof usable, &usable) != 0)
        return;
    CPU_ZERO(&one);
    CPU_SET(p->to, &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    assert_int_equal(sched_setaffinity(0, sizeof usable, &usable), 0);
}

static void a_worker_leaves_the_callers_processor(void **state)
{
    (void)state;
    cpu_set_t usable, one;
    int apart = 0, rounds = 40;
    assert_int_equal(sched_getaffinity(0, sizeof usable, &usable), 0);
    if (CPU_COUNT(&usable) < 2) {
        print_message("one processor: there is no other to go to\n");
        skip();
    }
    ssi_set_threads(2);
    ssi_parallel(2, look_around, &(places){.to = -1}); /* the worker is begun while it may be anywhere */
    int here = sched_getcpu();
    CPU_ZERO(&one);
    CPU_SET(here, &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    for (int i = 0; i < rounds; i++) {
        places p = {.to = -1};
        ssi_parallel(2, look_around, &(places){.to = here});
        ssi_parallel(2, look_around, &p);
        apart += p.processor[1] != here;
    }
    assert_int_equal(sched_setaffinity(0, sizeof usable, &usable), 0);
    assert_in_range(apart, rounds * 3 / 4, rounds); /* where it goes afterwards is the system's affair, now and then */
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(every_index_runs_once_for_any_number_of_threads, usual_threads),
        cmocka_unit_test_teardown(as_many_tasks_as_threads_are_owned, usual_threads),
        cmocka_unit_test_teardown(what_a_late_thread_owns_others_do, usual_threads),
        cmocka_unit_test_teardown(results_of_a_run_are_seen_by_the_caller_without_atomics, usual_threads),
        cmocka_unit_test_teardown(a_call_from_inside_a_task_runs_by_itself, usual_threads),
        cmocka_unit_test_teardown(several_threads_call_at_once, usual_threads),
        cmocka_unit_test_teardown(sleeping_workers_wake, usual_threads),
        cmocka_unit_test_teardown(a_forked_child_may_use_the_pool, usual_threads),
#if defined(__linux__)
        cmocka_unit_test_teardown(a_worker_leaves_the_callers_processor, usual_threads),
#endif
        cmocka_unit_test_teardown(signals_stay_with_the_hosts_threads, usual_threads),
        cmocka_unit_test_teardown(counts_out_of_range_are_refused, usual_threads),
        cmocka_unit_test_teardown(the_default_is_what_the_process_may_use_or_ssi_threads, usual_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
