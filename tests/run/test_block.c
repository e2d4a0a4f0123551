/*
 * test_block.c - blocks of whole rows: for rows of any length, many or few, with operands of one element per row and of one row for all, the bits are those of the same
 * operations run one at a time, for any number of threads.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "run/run.h"
#include "ssi/math.h"
#include "ssi/ops.h"
#include "ssi/random.h"

enum { MOST_ROWS = 1100, MOST_COLUMNS = 512 };

typedef struct results {
    float share[MOST_ROWS * MOST_COLUMNS], total[MOST_ROWS];
    int64_t where[MOST_ROWS];
} results;

/* What a classifier does: rows of logits, a label for each row, the classes counted in a row for all. */
static bool classify(int64_t rows, int64_t columns, results *r)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x = ssi_mul((ssi_uniform)(SSI_F32, 2, (int64_t[]){rows, columns}, 1, 1), 9);
    ssi_tensor *label = ssi_cast(ssi_mul((ssi_uniform)(SSI_F32, 2, (int64_t[]){rows, 1}, 1, 2), columns), SSI_U8);
    ssi_tensor *column = (ssi_uniform)(SSI_F32, 2, (int64_t[]){1, columns}, 1, 3);
    ssi_tensor *classes = ssi_cast(ssi_arange(SSI_I64, 0, columns, 1), SSI_U8);
    int stored = ssi_eval(x) + ssi_eval(label) + ssi_eval(column) + ssi_eval(classes);
    ssi_tensor *here = ssi_equal(label, classes), *shifted = ssi_add(ssi_where(here, x, ssi_mul(x, 0.5)), column);
    ssi_tensor *share = ssi_softmax(shifted, 1);
    ssi_tensor *total = ssi_sum(ssi_mul(shifted, share), 1), *where = ssi_argmax(shifted, 1);
    bool done = stored == 0 && ssi_read(share, SSI_F32, r->share, (size_t)(rows * columns)) == 0 &&
                ssi_read(total, SSI_F32, r->total, (size_t)rows) == 0 &&
                ssi_read(where, SSI_I64, r->where, (size_t)rows) == 0;
    ssi_scope_close(scope);
    return done;
}

static void rows_of_any_length_have_the_bits_of_single_operations(void **state)
{
    (void)state;
    static const int64_t rows[] = {1, 2, 15, 16, 17, 127, 130, 513, 1100},
                         columns[] = {1, 2, 3, 7, 10, 16, 33, 100, 257, 512};
    static results fused, alone;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) {
            ssi_eager = 1;
            assert_true(classify(rows[i], columns[k], &alone));
            ssi_eager = 0;
            for (int threads = 1; threads <= 3; threads++) {
                memset(&fused, 0, sizeof fused);
                ssi_set_threads(threads);
                assert_true(classify(rows[i], columns[k], &fused));
                assert_memory_equal(fused.share, alone.share, (size_t)(rows[i] * columns[k]) * sizeof(float));
                assert_memory_equal(fused.total, alone.total, (size_t)rows[i] * sizeof(float));
                assert_memory_equal(fused.where, alone.where, (size_t)rows[i] * sizeof(int64_t));
            }
            ssi_set_threads(0);
        }
    }
    assert_int_equal(ssi_report(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_of_any_length_have_the_bits_of_single_operations)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
