/*
 * test_truths.c - products of truths are those of zeros and ones, asked whether they are zero: any shape, any layout, from none true to all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <cmocka.h>

#include "ssi/ssi.h"

/* (n, m), turned or not, of which about `part` are true. */
static ssi_tensor *truths(int64_t n, int64_t m, bool turned, double part, uint64_t stream)
{
    int64_t shape[] = {turned ? m : n, turned ? n : m};
    ssi_tensor *x = ssi_less((ssi_uniform)(SSI_F32, 2, shape, 1, stream), part);
    return turned ? ssi_transpose(x) : x;
}

static void compare(ssi_tensor *a, ssi_tensor *b)
{
    ssi_tensor *y = ssi_matmul(a, b), *counted = ssi_matmul(ssi_cast(a, SSI_I64), ssi_cast(b, SSI_I64));
    assert_int_equal(ssi_dtype_of(y), SSI_BOOL);
    assert_true(ssi_item(ssi_all(ssi_equal(y, ssi_not_equal(counted, 0)))) == 1);
}

static void products_of_truths_tell_whether_a_pair_is_true(void **state)
{
    (void)state;
    static const double part[] = {0, 0.02, 0.3, 0.9, 1};
    uint64_t stream = 0;
    for (size_t p = 0; p < sizeof part / sizeof *part; p++)
        for (int64_t n = 1; n < 40; n += n < 3 ? 1 : 17)
            for (int64_t k = 1; k < 90; k += k < 18 ? 1 : 23)
                for (int64_t m = 1; m < 50; m += m < 3 ? 1 : 14) {
                    ssi_scope scope = ssi_scope_open();
                    ssi_tensor *a = truths(n, k, stream & 1, part[p], stream),
                               *b = truths(k, m, stream & 2, part[p], stream + 1);
                    compare(a, b);
                    compare(ssi_reshape(truths(1, k, false, part[p], stream + 2), k), b);
                    compare(a, ssi_reshape(truths(k, 1, false, part[p], stream + 3), k));
                    stream += 5;
                    ssi_scope_close(scope);
                }
}

static void their_errors_are_those_of_products(void **state)
{
    (void)state;
    ssi_error error;
    assert_null(ssi_matmul(truths(2, 3, false, 1, 1), ssi_reshape(truths(1, 4, false, 1, 1), 4)));
    ssi_error_take(&error);
    assert_string_equal(error.operation, "matmul");
    assert_true(ssi_item(ssi_any(ssi_matmul(truths(2, 0, false, 1, 1), truths(0, 3, false, 1, 1)))) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_of_truths_tell_whether_a_pair_is_true),
        cmocka_unit_test(their_errors_are_those_of_products),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
