/*
 * Scopes: who owns a tensor, and when it goes.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ssi/math.h"
#include "tensor/tensor.h"

static void closing_frees_what_was_not_kept(void **state)
{
    (void)state;
    ssi_scope outer = ssi_scope_open();
    ssi_tensor *kept = NULL;
    int64_t before = ssi_scope_innermost()->nodes;
    ssi_scope inner = ssi_scope_open();
    ssi_tensor *x = ssi_full(SSI_F32, 3, 4);
    kept = ssi_keep(ssi_mul(x, 2));
    ssi_add(x, 1); /* goes */
    assert_int_equal(ssi_scope_close(inner), SSI_OK);
    assert_true(ssi_scope_innermost()->nodes - before < 8); /* the product and what it is computed from */
    assert_float_equal(ssi_item(ssi_sum(kept)), 24, 0);
    ssi_scope_close(outer);
}

static void keeping_moves_one_scope_outward_each_time(void **state)
{
    (void)state;
    ssi_scope a = ssi_scope_open(), b = ssi_scope_open(), c = ssi_scope_open();
    ssi_tensor *x = ssi_mul(ssi_full(SSI_F64, 2, 3), 5);
    assert_ptr_equal(ssi_keep(x), x);
    ssi_scope_close(c);
    ssi_keep(x);
    ssi_scope_close(b);
    assert_float_equal(ssi_item(ssi_sum(x)), 30, 0);
    ssi_scope_close(a);
}

static void closing_an_outer_scope_closes_those_left_open_inside(void **state)
{
    (void)state;
    ssi_scope outer = ssi_scope_open(), forgotten = ssi_scope_open();
    assert_int_equal(ssi_scope_close(outer), SSI_OK);
    assert_int_equal(ssi_scope_close(forgotten), SSI_INVALID);
    ssi_error error;
    assert_int_equal(ssi_error_take(&error), 1);
    assert_string_equal(error.operation, "scope_close");
}

static void an_assignment_in_an_inner_scope_outlasts_it(void **state)
{
    (void)state;
    ssi_scope outer = ssi_scope_open();
    ssi_tensor *w = ssi_zeros(SSI_F32, 3);
    for (int i = 0; i < 100; i++) {
        ssi_scope step = ssi_scope_open();
        ssi_assign(w, ssi_add(w, 1));
        ssi_scope inner = ssi_scope_open();
        ssi_assign(w, ssi_add(w, 1));
        assert_int_equal(ssi_scope_close(inner), SSI_OK);
        assert_int_equal(ssi_scope_close(step), SSI_OK);
    }
    assert_float_equal(ssi_item(ssi_sum(w)), 600, 0);
    ssi_scope_close(outer);
}

static void the_last_of_two_assignments_holds(void **state)
{
    (void)state;
    ssi_tensor *w = ssi_zeros(SSI_F32, 2);
    ssi_scope step = ssi_scope_open();
    ssi_assign(w, ssi_add(w, 1));
    ssi_assign(w, ssi_mul(ssi_add(w, 1), 10));
    ssi_scope_close(step);
    assert_float_equal(ssi_item(ssi_sum(w)), 40, 0);
}

static void an_assignment_casts_but_never_broadcasts(void **state)
{
    (void)state;
    ssi_tensor *w = ssi_zeros(SSI_F32, 2);
    ssi_error error;
    ssi_scope step = ssi_scope_open();
    assert_int_equal(ssi_assign(w, ssi_full(SSI_F64, 1.5, 2)), SSI_OK);
    assert_int_equal(ssi_assign(w, ssi_full(SSI_F32, 1, 1)), SSI_INVALID);
    ssi_error_take(&error);
    assert_non_null(strstr(error.message, "(2,)"));
    assert_non_null(strstr(error.message, "(1,)"));
    ssi_scope_close(step);
    assert_int_equal(ssi_dtype_of(w), SSI_F32);
    assert_float_equal(ssi_item(ssi_sum(w)), 3, 0);
}

static void *enter_and_use(void *scope)
{
    ssi_scope entered = *(ssi_scope *)scope;
    double *out = malloc(sizeof *out);
    ssi_scope_enter(entered);
    ssi_tensor *x = ssi_scope_innermost()->first;
    *out = ssi_item(ssi_sum(ssi_mul(x, x)));
    ssi_scope_leave(entered);
    return out;
}

static void a_scope_can_be_left_and_entered_on_another_thread(void **state)
{
    (void)state;
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_array(((double[]){1, 2, 3}), 3);
    assert_int_equal(ssi_scope_leave(scope), SSI_OK);
    pthread_t thread;
    void *out;
    pthread_create(&thread, NULL, enter_and_use, &scope);
    pthread_join(thread, &out);
    assert_float_equal(*(double *)out, 14, 0);
    free(out);
    assert_int_equal(ssi_scope_enter(scope), SSI_OK);
    assert_float_equal(ssi_item(ssi_sum(x)), 6, 0);
    ssi_scope_close(scope);
}

static void a_model_s_parameter_is_read_through_leaves(void **state)
{
    (void)state;
    ssi_buffer *buffer = ssi_buffer_new(8);
    memcpy(buffer->data, (float[]){3, 4}, 8);
    ssi_tensor *w = ssi_handle(SSI_F32, 1, (int64_t[]){2}, buffer);
    for (int i = 0; i < 2; i++) {
        ssi_scope scope = ssi_scope_open();
        assert_float_equal(ssi_item(ssi_sum(ssi_mul(w, w))), i ? 100 : 25, 0);
        ssi_assign(w, ssi_mul(w, 2));
        ssi_scope_close(scope);
    }
    assert_float_equal(ssi_data_f32(w)[1], 16, 0);
    ssi_handle_free(w);
}

static void shutting_down_gives_all_memory_back(void **state)
{
    (void)state;
    ssi_item(ssi_sum(ssi_exp(ssi_full(SSI_F32, 1, 100, 100))));
    ssi_shutdown();
    assert_int_equal(ssi_memory_used(NULL), 0);
    assert_float_equal(ssi_item(ssi_add(ssi_number(1), 2)), 3, 0); /* and ssi works again */
    ssi_shutdown();
    assert_int_equal(ssi_report(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closing_frees_what_was_not_kept),
        cmocka_unit_test(keeping_moves_one_scope_outward_each_time),
        cmocka_unit_test(closing_an_outer_scope_closes_those_left_open_inside),
        cmocka_unit_test(an_assignment_in_an_inner_scope_outlasts_it),
        cmocka_unit_test(the_last_of_two_assignments_holds),
        cmocka_unit_test(an_assignment_casts_but_never_broadcasts),
        cmocka_unit_test(a_scope_can_be_left_and_entered_on_another_thread),
        cmocka_unit_test(a_model_s_parameter_is_read_through_leaves),
        cmocka_unit_test(shutting_down_gives_all_memory_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
