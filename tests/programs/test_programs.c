/*
 * test_programs.c - random programs, run in every way: the fused engine on 1 to 8 threads must give, bit for bit, what the same kernels give one
 * node at a time, and each operation must agree with the reference executor. Then several host threads run them at once.
 *
 * SSI_PROGRAMS sets how many (2,000 by default), SSI_PROGRAM_SEED the first seed. A program that fails is cut down to the steps that matter and
 * printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <time.h>

#include "execute.h"

typedef struct way {
    const char *name;
    int threads;
    bool eager, check;
} way;

static execution run_in(const way *how, const program *p, FILE *trace)
{
    execution e = {.program = p, .check = how->check, .trace = trace};
    ssi_set_threads(how->threads);
    ssi_eager = how->eager;
    execute(&e);
    ssi_eager = 0;
    return e;
}

/* The first byte at which they differ; -1 if none. */
static long difference(const execution *a, const execution *b)
{
    size_t both = a->length < b->length ? a->length : b->length;
    for (size_t i = 0; i < both; i++) {
        if (a->seen[i] != b->seen[i])
            return (long)i;
    }
    return a->length == b->length ? -1 : (long)both;
}

/* Whether the program goes wrong; the reason in `why`. */
static bool goes_wrong(const program *p, char *why, size_t room)
{
    int threads = 1 + (int)(p->seed % 8);
    const way ways[] = {{"fused", threads, false, false},
                        {"fused again", threads % 3 + 1, false, false},
                        {"one by one, checked", 1, true, true}};
    execution first = run_in(&(way){"one by one", 1, true, false}, p, NULL);
    bool wrong = false;
    for (int i = 0; i < 3 && !wrong; i++) {
        if (ways[i].check && p->seed % 4)
            continue;
        execution e = run_in(&ways[i], p, NULL);
        long at = difference(&first, &e);
        wrong = at >= 0 || e.complaint[0];
        if (e.complaint[0])
            snprintf(why, room, "%s", e.complaint);
        else if (wrong)
            snprintf(why, room, "%s on %d threads: differs at byte %ld of what is read", ways[i].name, ways[i].threads,
                     at);
        free(e.seen);
    }
    free(first.seen);
    return wrong;
}

/* Leaves out steps as long as the program still goes wrong. */
static void cut_down(program *p)
{
    char why[400];
    for (bool cut = true; cut;) {
        cut = false;
        for (int width = p->steps / 2; width >= 1; width /= 2) {
            for (int from = p->steps - width; from >= 0; from -= width) {
                program less = *p;
                memset(less.skip + from, 1, (size_t)width);
                if (memcmp(less.skip, p->skip, sizeof p->skip) != 0 && goes_wrong(&less, why, sizeof why)) {
                    *p = less;
                    cut = true;
                }
            }
        }
    }
}

static void report_failure(program *p)
{
    char why[400] = "";
    cut_down(p);
    goes_wrong(p, why, sizeof why);
    printf("program %llu: %s\n", (unsigned long long)p->seed, why);
    for (int eager = 1; eager >= 0; eager--) {
        printf("%s:\n", eager ? "one by one" : "fused");
        execution e = run_in(&(way){"", 1, eager, false}, p, stdout);
        free(e.seen);
    }
}

static long from_environment(const char *name, long usual)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : usual;
}

static program program_of(long seed)
{
    program p = {.seed = (uint64_t)seed};
    p.steps = 10 + (int)(p.seed * 2654435761u % 50);
    return p;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void fusing_changes_no_bit_and_agrees_with_the_reference(void **state)
{
    (void)state;
    long programs = from_environment("SSI_PROGRAMS", 2000), first = from_environment("SSI_PROGRAM_SEED", 1),
         failures = 0, i = 0;
    double began = seconds();
    for (; i < programs && failures < 5; i++) {
        program p = program_of(first + i);
        char why[400];
        if (goes_wrong(&p, why, sizeof why)) {
            report_failure(&p);
            failures++;
        }
    }
    print_message("%ld programs in %.1f s\n", i, seconds() - began);
    ssi_set_threads(0);
    ssi_shutdown();
    assert_int_equal(failures, 0);
    assert_int_equal(ssi_memory_used(NULL), 0);
}

enum { HOST_THREADS = 4, AT_ONCE = 200 };

static void *run_all(void *executions)
{
    for (int i = 0; i < AT_ONCE; i++)
        execute((execution *)executions + i);
    return NULL;
}

static void programs_on_several_threads_do_not_disturb_each_other(void **state)
{
    (void)state;
    static program programs[AT_ONCE];
    static execution runs[HOST_THREADS + 1][AT_ONCE];
    pthread_t thread[HOST_THREADS];
    ssi_set_threads(3);
    for (int i = 0; i < AT_ONCE; i++) {
        programs[i] = program_of(1000000 + i);
        for (int t = 0; t <= HOST_THREADS; t++)
            runs[t][i] = (execution){.program = &programs[i]};
    }
    run_all(runs[HOST_THREADS]);
    for (int t = 0; t < HOST_THREADS; t++)
        assert_int_equal(pthread_create(&thread[t], NULL, run_all, runs[t]), 0);
    for (int t = 0; t < HOST_THREADS; t++)
        pthread_join(thread[t], NULL);
    for (int i = 0; i < AT_ONCE; i++) {
        for (int t = 0; t < HOST_THREADS; t++) {
            assert_int_equal(difference(&runs[t][i], &runs[HOST_THREADS][i]), -1);
            free(runs[t][i].seen);
        }
        free(runs[HOST_THREADS][i].seen);
    }
    ssi_set_threads(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fusing_changes_no_bit_and_agrees_with_the_reference),
        cmocka_unit_test(programs_on_several_threads_do_not_disturb_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
