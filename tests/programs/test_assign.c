/* test_assign.c - what random programs once found about assignments, in its smallest form: an old value that is assigned elsewhere survives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ssi/ops.h"
#include "tensor/tensor.h"

static ssi_tensor *handle(float first)
{
    ssi_buffer *buffer = ssi_buffer_new(3 * sizeof(float));
    for (int i = 0; i < 3; i++)
        ((float *)buffer->data)[i] = first + (float)i;
    return ssi_handle(SSI_F32, 1, (int64_t[]){3}, buffer);
}

static void check(ssi_tensor *x, float a, float b, float c)
{
    float value[3];
    assert_int_equal(ssi_read(x, SSI_F32, value, 3), SSI_OK);
    assert_true(value[0] == a && value[1] == b && value[2] == c);
}

static ssi_tensor *itself(ssi_tensor *x)
{
    return x;
}
static ssi_tensor *backwards(ssi_tensor *x)
{
    return ssi_flip(x, 0);
}
static ssi_tensor *detached(ssi_tensor *x)
{
    return ssi_detach(x);
}

static void an_old_value_assigned_elsewhere_survives_the_new_one(void **state)
{
    (void)state;
    static ssi_tensor *(*const ways[])(ssi_tensor *) = {itself, backwards, detached};
    for (int way = 0; way < 3; way++) {
        ssi_tensor *a = handle(10), *b = handle(1);
        ssi_scope scope = ssi_scope_open();
        ssi_assign(a, ways[way](b));
        ssi_assign(b, ssi_mul(b, 0.5));
        assert_int_equal(ssi_scope_close(scope), SSI_OK);
        scope = ssi_scope_open();
        check(a, way == 1 ? 3 : 1, 2, way == 1 ? 1 : 3);
        check(b, 0.5f, 1, 1.5f);
        ssi_scope_close(scope);
        ssi_handle_free(a);
        ssi_handle_free(b);
    }
}

static void a_computed_value_assigned_twice_survives_in_the_first(void **state)
{
    (void)state;
    ssi_tensor *w = handle(4);
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *v = ssi_mul(w, 0.75);
    ssi_assign(w, v);
    ssi_eval(v);
    ssi_assign(v, ssi_add(w, 100));
    assert_int_equal(ssi_scope_close(scope), SSI_OK);
    scope = ssi_scope_open();
    check(w, 3, 3.75f, 4.5f);
    ssi_scope_close(scope);
    ssi_handle_free(w);
}

static ssi_tensor *with(ssi_tensor *x, int64_t place, double value)
{
    return ssi_set_slice(x, 1, &(ssi_range){place, place + 1, 1}, ssi_number(value));
}

/* Parts set one after another are all written where the old value lies; a value between them is read before it is gone, or kept. */
static void values_between_parts_that_are_set_are_read_in_time(void **state)
{
    (void)state;
    for (int both = 0; both < 2; both++) {
        ssi_tensor *a = handle(10), *b = handle(1);
        const void *place = a->buffer->data;
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *first = with(a, 0, 5), *second = with(first, 1, 6);
        ssi_assign(a, second);
        ssi_assign(b, ssi_mul(first, both ? second : ssi_number(2)));
        assert_int_equal(ssi_scope_close(scope), SSI_OK);
        assert_ptr_equal(a->buffer->data, place);
        scope = ssi_scope_open();
        check(a, 5, 6, 12);
        check(b, both ? 25 : 10, both ? 66 : 22, both ? 144 : 24);
        ssi_scope_close(scope);
        ssi_handle_free(a);
        ssi_handle_free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_between_parts_that_are_set_are_read_in_time),
        cmocka_unit_test(an_old_value_assigned_elsewhere_survives_the_new_one),
        cmocka_unit_test(a_computed_value_assigned_twice_survives_in_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
