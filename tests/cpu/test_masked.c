/*
 * test_masked.c - what a mask selects, by every instruction set: any size, any number, any mask; never more than there is room for.
 */
#include "cpu/call.h"
#include "vector.h"

static void what_a_mask_selects_lies_side_by_side(void **state)
{
    (void)state;
    char *in = guarded(), *out = guarded(), *masks = guarded();
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (size_t size = 1; size <= 8; size *= 2)
            for (int64_t n = 1; n < 300; n += n < 80 ? 1 : 37)
                for (int density = 0; density <= 4; density++) {
                    char *x = placed(in, true, (size_t)n, size);
                    uint8_t *mask = (uint8_t *)placed(masks, true, (size_t)n, 1);
                    fill(x, SSI_I8, (size_t)n * size, (uint32_t)n);
                    fill(mask, SSI_I8, (size_t)n, (uint32_t)density);
                    int64_t count = 0;
                    for (int64_t i = 0; i < n; i++) {
                        mask[i] = density == 4 || (mask[i] & 3) < density ? (uint8_t)(mask[i] | 1)
                                                                          : 0; /* any byte but 0 is true */
                        count += mask[i] != 0;
                    }
                    char *d = placed(out, true, (size_t)count, size);
                    int64_t (*select)(void *, int64_t, const void *, const uint8_t *, int64_t, size_t) =
                        (*backend)->masked ? (*backend)->masked : ssi_masked_plain;
                    assert_int_equal(select(d, count, x, mask, n, size), count);
                    for (int64_t i = 0, at = 0; i < n; i++)
                        if (mask[i])
                            assert_memory_equal(d + at++ * (int64_t)size, x + i * (int64_t)size, size);
                    if (count > 1) { /* a smaller room is kept to, and more are told */
                        d = placed(out, true, (size_t)count / 2, size);
                        assert_true(select(d, count / 2, x, mask, n, size) > count / 2);
                    }
                }
    unguarded(in), unguarded(out), unguarded(masks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_mask_selects_lies_side_by_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
