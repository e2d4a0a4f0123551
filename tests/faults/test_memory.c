/*
 * test_memory.c - memory that runs out: at any one allocation, or at the limit. Nothing leaks, the library stays usable, and training that failed in a
 * step stands as after the step before, so that repeating the step goes on as if nothing had been.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "training.h"

enum { STEPS = 4, WEIGHTS = 100, MOST_ALLOCATIONS = 5000 };

static float undisturbed[STEPS + 1][WEIGHTS]; /* after each step */
static int64_t weights;

static bool begin(training *t)
{
    return training_begin(t, "8-6-3", 8, 5);
}

static int learn_the_right_values(void **state)
{
    (void)state;
    training t;
    if (!begin(&t))
        return -1;
    weights = training_weights(&t, undisturbed[0]);
    for (int step = 0; step < STEPS; step++) {
        if (training_step(&t, step) != SSI_OK)
            return -1;
        training_weights(&t, undisturbed[step + 1]);
    }
    training_end(&t);
    ssi_shutdown();
    return weights == 8 * 6 + 6 + 6 * 3 + 3 ? 0 : -1;
}

static void check_weights(const training *t, int step)
{
    float now[WEIGHTS];
    assert_int_equal(training_weights(t, now), weights);
    assert_memory_equal(now, undisturbed[step], (size_t)weights * sizeof *now);
}

/* Trains with the k-th allocation failing; false if it did not come to that. */
static bool train_with_failure(uint64_t k)
{
    training t;
    ssi_test_fail_allocation(k);
    bool began = begin(&t), failed = ssi_failed();
    ssi_error_take(NULL);
    for (int step = 0; began && step < STEPS; step++) {
        if (training_step(&t, step) != SSI_OK) {
            ssi_error error;
            assert_true(ssi_error_take(&error));
            assert_int_equal(error.code, SSI_NO_MEMORY);
            failed = true;
            check_weights(&t, step);
            assert_int_equal(training_step(&t, step), SSI_OK);
        }
        check_weights(&t, step + 1);
    }
    assert_false(ssi_failed());
    ssi_test_fail_allocation(0);
    training_end(&t);
    return failed;
}

static void any_one_allocation_may_fail(void **state)
{
    (void)state;
    size_t held = SIZE_MAX;
    uint64_t k = 1, quiet = 0;
    for (; k < MOST_ALLOCATIONS && quiet < 3; k++) {
        bool failed = train_with_failure(k);
        quiet = failed ? 0 : quiet + 1;
        ssi_shutdown();
        if (held != SIZE_MAX)
            assert_int_equal(ssi_memory_used(NULL), held);
        held = ssi_memory_used(NULL);
    }
    print_message("%d allocations, each of which failed once; %zu bytes held after shutdown\n", (int)(k - 1 - quiet),
                  held);
    assert_in_range(k, 20, MOST_ALLOCATIONS - 1);
}

static ssi_dataset *some_data(void)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_uniform(SSI_F32, 2, (int64_t[]){20, 8}, 5, 6);
    ssi_tensor *y = ssi_cast(ssi_mul(ssi_uniform(SSI_F32, 1, (int64_t[]){20}, 5, 7), 3), SSI_I32);
    ssi_dataset *data = ssi_dataset_new(x, y, 3);
    ssi_scope_close(scope);
    return data;
}

typedef struct history {
    const ssi_model *model;
    float after[16][WEIGHTS];
    int steps;
} history;

static void note(history *h)
{
    training t = {.n = 4};
    for (int i = 0; i < 4; i++)
        t.w[i] = NULL;
    ssi_parameters(h->model, 4, t.w);
    training_weights(&t, h->after[h->steps++]);
}

static int note_step(const ssi_progress *progress, void *context)
{
    (void)progress;
    note(context);
    return 0;
}

/* ssi_fit with the k-th of its allocations failing; k 0: none. Returns its status. */
static int fit_with_failure(uint64_t k, const ssi_dataset *data, history *h, float after[WEIGHTS])
{
    ssi_model *model = ssi_model_from_spec("8-6-3");
    assert_int_equal(ssi_build(model, 1, (int64_t[]){8}, SSI_F32, 7), SSI_OK);
    h->model = model;
    h->steps = 0;
    if (k == 0)
        note(h);
    ssi_test_fail_allocation(k);
    int status = k == 0 ? ssi_fit(model, data, .epochs = 2, .batch = 7, .on_step = note_step, .context = h)
                        : ssi_fit(model, data, .epochs = 2, .batch = 7);
    ssi_test_fail_allocation(0);
    training t = {.n = ssi_parameters(model, 4, t.w)};
    training_weights(&t, after);
    ssi_model_free(model);
    return status;
}

static void fit_leaves_every_parameter_as_after_a_whole_step(void **state)
{
    (void)state;
    static history right, none;
    float after[WEIGHTS];
    ssi_dataset *data = some_data();
    assert_int_equal(fit_with_failure(0, data, &right, after), SSI_OK);
    assert_int_equal(right.steps, 7);
    uint64_t k = 1;
    for (int quiet = 0; k < MOST_ALLOCATIONS && quiet < 3; k++) {
        ssi_shutdown();
        int status = fit_with_failure(k, data, &none, after);
        quiet = status == SSI_OK ? quiet + 1 : 0;
        ssi_error error = {0};
        assert_int_equal(ssi_error_take(&error), status != SSI_OK);
        assert_int_equal(error.code, status);
        int step = 0;
        while (step < right.steps && memcmp(after, right.after[step], sizeof(float) * (size_t)weights) != 0)
            step++;
        assert_in_range(step, 0, right.steps - 1);
    }
    assert_in_range(k, 20, MOST_ALLOCATIONS - 1);
    ssi_dataset_free(data);
}

static void at_the_limit_training_fails_and_goes_on_when_it_is_lifted(void **state)
{
    (void)state;
    training t;
    ssi_shutdown();
    assert_true(begin(&t));
    for (size_t room = 0; room < 40000; room += 2000) {
        ssi_set_memory_limit(ssi_memory_used(NULL) + room);
        int status = training_step(&t, 0);
        ssi_set_memory_limit(0);
        ssi_error error = {0};
        assert_int_equal(ssi_error_take(&error), status != SSI_OK);
        if (status == SSI_OK)
            break;
        assert_int_equal(error.code, SSI_NO_MEMORY);
        assert_non_null(strstr(error.message, "limit"));
        check_weights(&t, 0);
        if (room + 2000 >= 40000)
            assert_int_equal(training_step(&t, 0), SSI_OK);
    }
    check_weights(&t, 1);
    training_end(&t);
    ssi_shutdown();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_one_allocation_may_fail),
        cmocka_unit_test(fit_leaves_every_parameter_as_after_a_whole_step),
        cmocka_unit_test(at_the_limit_training_fails_and_goes_on_when_it_is_lifted),
    };
    return cmocka_run_group_tests(tests, learn_the_right_values, NULL);
}
