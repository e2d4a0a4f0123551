/*
 * test_vector_cast.c - conversions between all pairs of dtypes, and uniform numbers, against base's definitions of one element.
 */
#include "vector.h"

enum { MOST = 3000 };

static char from[MOST * 8], to[MOST * 8], truth[MOST * 8];

typedef struct pair {
    const ssi_backend *backend;
    ssi_dtype from, to;
    char what[64];
} pair;

typedef void pair_test(const pair *p, char *in, char *out);

static void for_every_pair(pair_test *test)
{
    char *in = guarded(), *out = guarded();
    for (const ssi_backend *const *backend = ssi_backends(); *backend != NULL; backend++)
        for (int f = 0; f < SSI_DTYPES; f++)
            for (int t = 0; t < SSI_DTYPES; t++) {
                pair p = {*backend, (ssi_dtype)f, (ssi_dtype)t, ""};
                snprintf(p.what, sizeof p.what, "%s %s to %s", p.backend->name, ssi_dtype_name(p.from),
                         ssi_dtype_name(p.to));
                assert_non_null(p.backend->cast[f][t]);
                test(&p, in, out);
            }
    unguarded(in), unguarded(out);
}

/* Values near the edges of the narrower type, besides the usual ones. */
static void fill_edges(void *data, ssi_dtype dtype)
{
    fill(data, dtype, MOST, 7);
    uint32_t seed = 9;
    for (int64_t i = 0; i < MOST; i += 3) {
        uint32_t r = next(&seed);
        int bits = (int)(r % 64);
        int64_t edge = (int64_t)(1ull << bits), near = (int64_t)((uint64_t)edge + (r >> 8) % 5 - 2);
        double half = ldexp(1 + ((r >> 8) % 16 + 0.5) / 1024, bits - 30); /* between two f16 */
        if (ssi_is_float(dtype))
            ssi_put_f64(data, dtype, i, i % 2 ? half : (r & 128 ? -1.0 : 1.0) * nextafter((double)near, 0));
        else if (dtype != SSI_BOOL)
            ssi_put_i64(data, dtype, i, near);
    }
    for (int64_t i = 0; dtype == SSI_F16 && i < MOST; i += 2) /* every kind of bits */
        ((uint16_t *)data)[i] = (uint16_t)(next(&seed) >> 7);
}

static void check_values(const pair *p, char *in, char *out)
{
    (void)in, (void)out;
    fill_edges(from, p->from);
    p->backend->cast[p->from][p->to](to, from, NULL, NULL, MOST);
    for (int64_t i = 0; i < MOST; i++)
        if (ssi_is_float(p->from))
            ssi_put_f64(truth, p->to, i, ssi_get_f64(from, p->from, i));
        else
            ssi_put_i64(truth, p->to, i, ssi_get_i64(from, p->from, i));
    assert_same(to, truth, p->to, MOST, p->what);
}

static void every_pair_converts_with_one_rounding(void **state)
{
    (void)state;
    for_every_pair(check_values);
}

static void check_places(const pair *p, char *in, char *out)
{
    fill_edges(from, p->from);
    p->backend->cast[p->from][p->to](to, from, NULL, NULL, MOST);
    size_t small = ssi_dtype_size(p->from), size = ssi_dtype_size(p->to);
    for (size_t n = 1; n <= 140; n++)
        for (int at_end = 0; at_end < 2; at_end++) {
            char *x = placed(in, at_end, n, small), *d = placed(out, at_end, n, size);
            memcpy(x, from + 11 * n * small, n * small);
            memset(out, 0x5a, PAGE);
            p->backend->cast[p->from][p->to](d, x, NULL, NULL, n);
            assert_same(d, to + 11 * n * size, p->to, n, p->what);
            for (char *byte = d - 64 > out ? d - 64 : out; byte < d + n * size + 64 && byte < out + PAGE; byte++)
                assert_true((byte >= d && byte < d + n * size) || *byte == 0x5a);
        }
}

static void conversions_depend_on_neither_place_nor_count(void **state)
{
    (void)state;
    for_every_pair(check_places);
}

/* ---- uniform numbers ---- */

static double uniform_of(bool wide, uint64_t seed, uint64_t stream, uint64_t i)
{
    uint32_t word[4];
    ssi_philox(seed, wide ? i / 2 : i / 4, stream, word);
    if (!wide)
        return (word[i % 4] >> 8) * 0x1p-24;
    return (double)((uint64_t)(word[i % 2 * 2] >> 5) << 26 | word[i % 2 * 2 + 1] >> 6) * 0x1p-53;
}

static void uniform_numbers_are_philoxs_wherever_a_block_begins(void **state)
{
    (void)state;
    const uint64_t seed = 0x0123456789abcdefu, stream = 0xfedcba9876543210u;
    char *memory = guarded();
    for (const ssi_backend *const *b = ssi_backends(); *b != NULL; b++)
        for (size_t n = 1; n <= 150; n++)
            for (uint64_t k = 0; k < 8; k++) {
                uint64_t first = k < 4 ? k : 4ull * UINT32_MAX - 40 + k;
                float *f = placed(memory, true, n, sizeof *f);
                (*b)->uniform_f32(f, seed, stream, first, n);
                for (size_t i = 0; i < n; i++)
                    assert_true((double)f[i] == uniform_of(false, seed, stream, first + i));
                double *d = placed(memory, true, n, sizeof *d);
                (*b)->uniform_f64(d, seed, stream, first, n);
                for (size_t i = 0; i < n; i++)
                    assert_true(d[i] == uniform_of(true, seed, stream, first + i));
            }
    unguarded(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_converts_with_one_rounding),
        cmocka_unit_test(conversions_depend_on_neither_place_nor_count),
        cmocka_unit_test(uniform_numbers_are_philoxs_wherever_a_block_begins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
