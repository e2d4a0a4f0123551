/*
 * test_loop.c - what a loop takes once it runs: no allocation, no fresh page, neither in training nor in prediction; and predictions of one model by many threads
 * at once, which are those of its newest weights.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/base.h"
#include "run/run.h"
#include "tensor/tensor.h"
#include "training.h"

enum { INPUTS = 784, BATCH = 128, CLASSES = 10, WARM = 20, ROUNDS = 50 };
static const char spec[] = "784-256-256-10";

/* ---- counting ---- */

static atomic_int allocations;

static void *allocate(size_t bytes, size_t alignment, void *context)
{
    (void)context;
    atomic_fetch_add(&allocations, 1);
    return aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
}

static void release(void *memory, size_t bytes, void *context)
{
    (void)bytes, (void)context;
    free(memory);
}

static long pages_touched(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
}

static ssi_tensor *examples(int64_t count, uint64_t stream)
{
    return ssi_uniform(SSI_F32, 2, (int64_t[]){count, INPUTS}, 9, stream);
}

static bool train_once(training *t, int round)
{
    return training_step(t, round) == SSI_OK;
}

static bool predict_once(training *t, int round)
{
    float out[BATCH * CLASSES];
    int64_t count = round % 2 ? BATCH : 1;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *y = ssi_predict(t->model, examples(count, (uint64_t)round));
    bool read = ssi_read(y, SSI_F32, out, count * CLASSES) == SSI_OK;
    return ssi_scope_close(scope) == SSI_OK && read;
}

/* Whether pages are the loop's: a sanitizer touches its own. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { COUNTS_PAGES = 0 };
#elif defined(__has_feature)
enum { COUNTS_PAGES = !__has_feature(address_sanitizer) };
#else
enum { COUNTS_PAGES = 1 };
#endif

/* Runs some rounds; the pages touched first. */
static long pages_of(bool (*once)(training *t, int round), training *t, int first, int rounds)
{
    long before = pages_touched();
    for (int round = first; round < first + rounds; round++)
        assert_true(once(t, round));
    return COUNTS_PAGES ? pages_touched() - before : 0;
}

/* A loop that has become warm allocates nothing, and touches no fresh page; but on a busy machine a thread may come to its first round late. */
static void check_loop(bool (*once)(training *t, int round), int threads, ssi_precision precision)
{
    training t;
    ssi_set_threads(threads);
    ssi_set_precision(precision);
    assert_true(training_begin(&t, spec, INPUTS, BATCH));
    pages_of(once, &t, 0, WARM);
    int before = atomic_load(&allocations);
    long pages = pages_of(once, &t, WARM, ROUNDS);
    for (int again = 0; again < 4 && pages; again++)
        pages = pages_of(once, &t, WARM, ROUNDS);
    assert_int_equal(atomic_load(&allocations), before);
    assert_int_equal(pages, 0);
    training_end(&t);
    ssi_set_precision(SSI_HIGHEST);
    ssi_set_threads(0);
}

static void check_all(bool (*once)(training *t, int round))
{
    static const ssi_allocator counting = {.allocate = allocate, .release = release};
    ssi_shutdown();
    assert_int_equal(ssi_set_allocator(&counting), SSI_OK);
    for (int threads = 1; threads <= 2; threads++) {
        check_loop(once, threads, SSI_HIGHEST);
        check_loop(once, threads, SSI_MEDIUM);
    }
    assert_true(atomic_load(&allocations) > 0);
    ssi_shutdown();
    assert_int_equal(ssi_set_allocator(NULL), SSI_OK);
}

static void a_training_loop_allocates_nothing_and_touches_no_fresh_page(void **state)
{
    (void)state;
    check_all(train_once);
}

static void a_loop_of_predictions_allocates_nothing_and_touches_no_fresh_page(void **state)
{
    (void)state;
    check_all(predict_once);
}

/* ---- one model, many threads ---- */

enum { CALLERS = 4, CALLS = 30 };

typedef struct caller {
    ssi_model *model;
    ssi_precision precision;
    float out[CALLS][BATCH * CLASSES];
    bool good;
} caller;

static void *predict_often(void *context)
{
    caller *c = context;
    c->good = true;
    ssi_set_precision(c->precision);
    for (int i = 0; i < CALLS && c->good; i++) {
        int64_t count = i % 3 == 0 ? 1 : i % 3 == 1 ? 5 : BATCH;
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *y = ssi_predict(c->model, examples(count, (uint64_t)i % 6));
        c->good = ssi_read(y, SSI_F32, c->out[i], count * CLASSES) == SSI_OK;
        c->good = ssi_scope_close(scope) == SSI_OK && c->good;
    }
    return NULL;
}

static void many_threads_predict_with_one_model_what_one_alone_does(void **state)
{
    (void)state;
    static caller alone, together[CALLERS];
    training t;
    ssi_set_threads(2);
    for (int precision = 0; precision < 2; precision++) {
        assert_true(training_begin(&t, spec, INPUTS, BATCH));
        pthread_t thread[CALLERS];
        for (int i = 0; i < CALLERS; i++) {
            together[i].model = t.model;
            together[i].precision = precision ? SSI_MEDIUM : SSI_HIGHEST;
            assert_int_equal(pthread_create(&thread[i], NULL, predict_often, &together[i]), 0);
        }
        for (int i = 0; i < CALLERS; i++)
            pthread_join(thread[i], NULL);
        alone.model = t.model;
        alone.precision = together[0].precision;
        predict_often(&alone);
        ssi_set_precision(SSI_HIGHEST);
        assert_true(alone.good);
        for (int i = 0; i < CALLERS; i++) {
            assert_true(together[i].good);
            assert_memory_equal(alone.out, together[i].out, sizeof alone.out);
        }
        training_end(&t);
    }
    ssi_set_threads(0);
}

static void predict_some(training *t, int64_t count, float *out)
{
    ssi_scope scope = ssi_scope_open();
    assert_int_equal(ssi_read(ssi_predict(t->model, examples(count, 1)), SSI_F32, out, count * CLASSES), SSI_OK);
    assert_int_equal(ssi_scope_close(scope), SSI_OK);
}

/* Packed copies of the weights are used again and again, but not those of weights that have changed. */
static void predictions_are_those_of_the_newest_weights(void **state)
{
    (void)state;
    static float before[BATCH * CLASSES], after[BATCH * CLASSES], expected[BATCH * CLASSES];
    training t;
    assert_true(training_begin(&t, spec, INPUTS, BATCH));
    for (int round = 0; round < 12; round++) {
        int64_t count = round % 3 == 0 ? 1 : round % 3 == 1 ? 7 : BATCH;
        size_t bytes = (size_t)(count * CLASSES) * sizeof(float);
        ssi_set_precision(round % 2 ? SSI_MEDIUM : SSI_HIGHEST);
        for (int i = 0; i < 4; i++)
            predict_some(&t, count, before);
        assert_int_equal(training_step(&t, round), SSI_OK);
        for (int i = 0; i < 1 + round % 4; i++)
            predict_some(&t, count, after);
        ssi_use_reference = 1;
        predict_some(&t, count, expected);
        ssi_use_reference = 0;
        assert_true(memcmp(before, after, bytes) != 0);
        for (int64_t i = 0; i < count * CLASSES; i++)
            assert_float_equal(after[i], expected[i], 1e-5);
    }
    ssi_set_precision(SSI_HIGHEST);
    training_end(&t);
}

/* Weights after some steps and predictions by turns. */
static int64_t learn(const char *network, int64_t inputs, int64_t batch, bool eager, float *out)
{
    training t;
    float y[10];
    ssi_eager = eager;
    assert_true(training_begin(&t, network, inputs, batch));
    for (int step = 0; step < 6; step++) {
        assert_int_equal(training_step(&t, step), SSI_OK);
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *x = ssi_uniform(SSI_F32, 2, (int64_t[]){1, inputs}, 9, 1);
        if (step == 3) /* copies that prediction asks for are made, and not kept up for ever */
            assert_int_equal(ssi_read(ssi_predict(t.model, x), SSI_F32, y, 3), SSI_OK);
        assert_int_equal(ssi_scope_close(scope), SSI_OK);
    }
    int64_t count = training_weights(&t, out);
    training_end(&t);
    ssi_eager = 0;
    return count;
}

/* Weights that are packed while they are changed are the same as those packed when they are asked for: no panel or tile divides these sizes. */
static void copies_packed_by_the_update_change_no_bit(void **state)
{
    (void)state;
    static float alone[MOST_WEIGHTS], fused[MOST_WEIGHTS];
    static const struct {
        const char *network;
        int64_t inputs, batch;
    } cases[] = {{"70-33-129-3", 70, 37}, {"96-64-64-3", 96, 128}, {"523-600-41-3", 523, 70}};
    for (size_t i = 0; i < 3; i++)
        for (int precision = 0; precision < 2; precision++) {
            ssi_set_precision(precision ? SSI_MEDIUM : SSI_HIGHEST);
            int64_t count = learn(cases[i].network, cases[i].inputs, cases[i].batch, true, alone);
            for (int threads = 1; threads <= 3; threads++) {
                ssi_set_threads(threads);
                assert_int_equal(learn(cases[i].network, cases[i].inputs, cases[i].batch, false, fused), count);
                assert_memory_equal(alone, fused, (size_t)count * sizeof *alone);
            }
        }
    ssi_set_precision(SSI_HIGHEST);
    ssi_set_threads(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_training_loop_allocates_nothing_and_touches_no_fresh_page),
        cmocka_unit_test(a_loop_of_predictions_allocates_nothing_and_touches_no_fresh_page),
        cmocka_unit_test(many_threads_predict_with_one_model_what_one_alone_does),
        cmocka_unit_test(predictions_are_those_of_the_newest_weights),
        cmocka_unit_test(copies_packed_by_the_update_change_no_bit),
    };
    return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}
