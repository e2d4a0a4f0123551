/* test_values.c - runs that fail by what they compute: NaN, infinity, labels and indices outside their range. Nothing that was assigned changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/base.h"
#include "ssi/ops.h"
#include "training.h"

enum { COUNT = 3000 }; /* several blocks, several threads */

static ssi_tensor *ramp(void)
{
    return (ssi_iota)(SSI_F32, 1, (int64_t[]){COUNT}, 0);
}

static void check_ramp(ssi_tensor *w)
{
    float value[COUNT];
    ssi_scope scope = ssi_scope_open();
    assert_int_equal(ssi_read(w, SSI_F32, value, COUNT), SSI_OK);
    ssi_scope_close(scope);
    for (int i = 0; i < COUNT; i++)
        assert_true(value[i] == (float)i);
}

/* Assigns twice as much to w, and `poison` to v, in one run. */
static int assign_both(ssi_tensor *w, ssi_tensor *v, ssi_tensor *poison)
{
    ssi_scope scope = ssi_scope_open();
    ssi_assign(w, ssi_mul(w, 2));
    ssi_assign(v, poison);
    return ssi_scope_close(scope);
}

/* -1 at one element: its logarithm is NaN, and as an index or label it is outside. */
static ssi_tensor *ramp_with_hole(void)
{
    return ssi_where(ssi_equal(ramp(), 2345), -1, ramp());
}

static void a_run_that_fails_changes_nothing_and_the_next_one_works(void **state)
{
    (void)state;
    static const struct {
        const char *operation;
        ssi_status code;
    } expected[] = {{"check_finite", SSI_NOT_FINITE}, {"check_range", SSI_RANGE}, {"gather", SSI_RANGE}};
    for (int way = 0; way < 3; way++) {
        for (int threads = 1; threads <= 4; threads += 3) {
            ssi_set_threads(threads);
            ssi_scope scope = ssi_scope_open();
            ssi_tensor *w = ramp(), *v = ramp(), *hole = ramp_with_hole(), *index = ssi_cast(hole, SSI_I64);
            ssi_eval_all(2, (ssi_tensor *[]){w, v});
            ssi_tensor *poison = way == 0   ? ssi_check_finite(ssi_log(hole))
                                 : way == 1 ? ssi_check_range(index, COUNT)
                                            : ssi_gather(v, ssi_sub(index, COUNT));
            assert_int_equal(assign_both(w, v, poison), expected[way].code);
            ssi_error error;
            assert_true(ssi_error_take(&error));
            assert_int_equal(error.code, expected[way].code);
            assert_string_equal(error.operation, expected[way].operation);
            assert_non_null(error.file);
            check_ramp(w);
            check_ramp(v);
            assert_int_equal(assign_both(w, v, ssi_mul(v, 2)), SSI_OK);
            check_ramp(ssi_mul(w, 0.5));
            check_ramp(ssi_mul(v, 0.5));
            assert_false(ssi_failed());
            ssi_scope_close(scope);
        }
    }
    ssi_set_threads(0);
}

static void what_failed_reads_as_nan_and_so_does_what_is_made_of_it(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *bad = ssi_check_finite(ssi_log(ramp_with_hole())), *sum = ssi_sum(bad);
    assert_true(isnan(ssi_item(sum)));
    assert_int_equal(ssi_error_take(NULL), 1);
    assert_true(isnan(ssi_item(ssi_add(sum, 1))));
    ssi_error_take(NULL);
    assert_null(ssi_data(bad));
    assert_int_equal(ssi_error_take(NULL), 1);
    assert_true(ssi_item(ssi_sum(ssi_mul(ramp(), 0))) == 0);
    ssi_scope_close(scope);
}

static void a_label_outside_the_classes_stops_the_step_before_it_changes_anything(void **state)
{
    (void)state;
    static float before[1000], after[1000];
    training t;
    assert_true(training_begin(&t, "8-6-3", 8, 5));
    int64_t count = training_weights(&t, before);
    ssi_tensor *dw[SSI_MAX_PARAMETERS];
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *labels = ssi_array(((int[]){0, 1, 3, 2, 1}), 5);
    ssi_tensor *loss = ssi_cross_entropy(ssi_forward(t.model, ssi_ones(SSI_F32, 5, 8)), labels);
    ssi_gradients(loss, t.n, t.w, dw);
    ssi_step(t.optimizer, t.n, t.w, dw);
    assert_int_equal(ssi_scope_close(scope), SSI_RANGE);
    ssi_error error;
    assert_int_equal(ssi_error_take(&error), 1);
    assert_int_equal(error.code, SSI_RANGE);
    assert_int_equal(training_weights(&t, after), count);
    assert_memory_equal(before, after, (size_t)count * sizeof *after);
    assert_int_equal(training_step(&t, 0), SSI_OK);
    training_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_that_fails_changes_nothing_and_the_next_one_works),
        cmocka_unit_test(what_failed_reads_as_nan_and_so_does_what_is_made_of_it),
        cmocka_unit_test(a_label_outside_the_classes_stops_the_step_before_it_changes_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
