/* test_dtype.c - the promotion table against NumPy's, and conversions with one rounding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/base.h"

static const struct {
    ssi_dtype a, b, both;
} promotion[] = {
#include "promotion.inc"
};

static void promotion_is_numpys(void **state)
{
    (void)state;
    assert_int_equal(sizeof promotion / sizeof *promotion, SSI_DTYPES * SSI_DTYPES);
    for (size_t i = 0; i < sizeof promotion / sizeof *promotion; i++)
        assert_string_equal(ssi_dtype_name(ssi_promote(promotion[i].a, promotion[i].b)),
                            ssi_dtype_name(promotion[i].both));
}

static void names_and_sizes_end_with_the_enum(void **state)
{
    (void)state;
    assert_string_equal(ssi_dtype_name(SSI_BF16), "bf16");
    assert_string_equal(ssi_dtype_name(SSI_DTYPES), "?");
    assert_string_equal(ssi_dtype_name((ssi_dtype)-1), "?");
    assert_int_equal(ssi_dtype_size(SSI_I64), 8);
    assert_int_equal(ssi_dtype_size(SSI_BOOL), 1);
    assert_int_equal(ssi_dtype_size((ssi_dtype)-1), 0);
}

/* ---- 16-bit floats ---- */

static double value16(ssi_dtype dtype, int bits)
{
    return (double)(dtype == SSI_F16 ? ssi_f16_to_f32((uint16_t)bits) : ssi_bf16_to_f32((uint16_t)bits));
}

static uint16_t round16(ssi_dtype dtype, double d)
{
    return dtype == SSI_F16 ? ssi_f64_to_f16(d) : ssi_f64_to_bf16(d);
}

static void f16_values_are_those_of_the_standard(void **state)
{
    (void)state;
    for (int bits = 0; bits < 0x7C00; bits++) {
        int exponent = bits >> 10, fraction = bits & 0x3FF;
        double expected = exponent ? ldexp(1024 + fraction, exponent - 25) : ldexp(fraction, -24);
        assert_true(value16(SSI_F16, bits) == expected);
        assert_true(value16(SSI_F16, bits | 0x8000) == -expected);
        assert_int_equal(ssi_f32_to_f16(ssi_f16_to_f32((uint16_t)bits)), bits);
    }
    assert_true(isinf(value16(SSI_F16, 0x7C00)));
    assert_true(signbit(value16(SSI_F16, 0x8000)));
    for (int bits = 0x7C01; bits < 0x8000; bits++) {
        assert_true(isnan(value16(SSI_F16, bits)));
        assert_true(isnan(ssi_f16_to_f32(ssi_f32_to_f16(ssi_f16_to_f32((uint16_t)bits)))));
    }
}

/* Around every midpoint of two neighbours, down to the last bit of a double, rounding goes to the nearer one, ties to even. */
static void check_every_midpoint(ssi_dtype dtype, int infinity)
{
    for (int bits = 0; bits < infinity; bits++) {
        double low = value16(dtype, bits);
        double high = bits + 1 < infinity ? value16(dtype, bits + 1) : 2 * low - value16(dtype, bits - 1);
        double middle = low + (high - low) / 2; /* exact */
        int even = bits & 1 ? bits + 1 : bits;
        assert_int_equal(round16(dtype, low), bits);
        assert_int_equal(round16(dtype, middle), even);
        assert_int_equal(round16(dtype, nextafter(middle, low)), bits);
        assert_int_equal(round16(dtype, nextafter(middle, high)), bits + 1);
        assert_int_equal(round16(dtype, -middle), even | 0x8000);
    }
}

static void doubles_round_once_to_16_bits(void **state)
{
    (void)state;
    check_every_midpoint(SSI_F16, 0x7C00);
    check_every_midpoint(SSI_BF16, 0x7F80);
    assert_int_equal(round16(SSI_F16, 1e300), 0x7C00);
    assert_int_equal(round16(SSI_BF16, -1e300), 0xFF80);
    assert_int_equal(round16(SSI_BF16, 5e-324), 0);
    assert_true(isnan(value16(SSI_F16, round16(SSI_F16, NAN))));
    assert_true(isnan(value16(SSI_BF16, round16(SSI_BF16, NAN))));
}

static void floats_round_to_16_bits_as_doubles_do(void **state)
{
    (void)state;
    for (uint64_t u = 0; u <= UINT32_MAX; u += 4093) {
        float f = (ssi_bits32){.u = (uint32_t)u}.f;
        if (isnan(f))
            continue;
        assert_int_equal(ssi_f32_to_f16(f), ssi_f64_to_f16((double)f));
        assert_int_equal(ssi_f32_to_bf16(f), ssi_f64_to_bf16((double)f));
    }
    ssi_bits32 signalling = {.u = 0x7F800001u}; /* its upper half alone would be infinity */
    assert_true(isnan(ssi_bf16_to_f32(ssi_f32_to_bf16(signalling.f))));
}

/* ---- one element ---- */

static void stored_elements_come_back(void **state)
{
    (void)state;
    _Alignas(8) unsigned char room[64];
    for (int dtype = 0; dtype < SSI_DTYPES; dtype++) {
        memset(room, 0xEE, sizeof room);
        ssi_put_f64(room, (ssi_dtype)dtype, 3, 1);
        assert_true(ssi_get_f64(room, (ssi_dtype)dtype, 3) == 1);
        assert_int_equal(ssi_get_i64(room, (ssi_dtype)dtype, 3), 1);
        ssi_put_i64(room, (ssi_dtype)dtype, 2, 0);
        assert_true(ssi_get_f64(room, (ssi_dtype)dtype, 2) == 0);
        assert_int_equal(ssi_get_i64(room, (ssi_dtype)dtype, 3), 1);
        for (size_t i = 4 * ssi_dtype_size((ssi_dtype)dtype); i < sizeof room; i++)
            assert_int_equal(room[i], 0xEE);
    }
}

static const struct {
    ssi_dtype dtype;
    double from;
    int64_t to;
} truncations[] = {
    {SSI_I32, 2.9, 2},
    {SSI_I32, -2.9, -2},
    {SSI_I32, 2147483647.5, 2147483647},
    {SSI_I32, -2147483648.9, INT32_MIN},
    {SSI_I32, 2147483648.0, INT32_MIN},
    {SSI_I32, NAN, INT32_MIN},
    {SSI_I64, 9223372036854774784.0, 9223372036854774784},
    {SSI_I64, 9223372036854775808.0, INT64_MIN},
    {SSI_I64, NAN, INT64_MIN},
    {SSI_I8, 300, 44},
    {SSI_U8, -1, 255},
    {SSI_I16, 1e300, 0},
    {SSI_BOOL, 0.25, 1},
    {SSI_BOOL, NAN, 1},
    {SSI_BOOL, -0.0, 0},
};

static void floats_become_integers_by_truncation(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof truncations / sizeof *truncations; i++) {
        int64_t room = 0;
        ssi_put_f64(&room, truncations[i].dtype, 0, truncations[i].from);
        assert_int_equal(ssi_get_i64(&room, truncations[i].dtype, 0), truncations[i].to);
    }
}

static void integers_wrap_and_are_rounded_once(void **state)
{
    (void)state;
    int64_t room = 0;
    ssi_put_i64(&room, SSI_I8, 0, 128);
    assert_int_equal(ssi_get_i64(&room, SSI_I8, 0), -128);
    ssi_put_i64(&room, SSI_U8, 0, -1);
    assert_int_equal(ssi_get_i64(&room, SSI_U8, 0), 255);
    ssi_put_i64(&room, SSI_BOOL, 0, 256);
    assert_int_equal(ssi_get_i64(&room, SSI_BOOL, 0), 1);
    int64_t above_a_tie = ((int64_t)257 << 54) + 1; /* just above 2^62 + 2^54, bf16's midpoint */
    ssi_put_i64(&room, SSI_BF16, 0, above_a_tie);
    assert_true(ssi_get_f64(&room, SSI_BF16, 0) == ldexp(258, 54));
    ssi_put_i64(&room, SSI_BF16, 0, above_a_tie - 1);
    assert_true(ssi_get_f64(&room, SSI_BF16, 0) == ldexp(256, 54));
    ssi_put_i64(&room, SSI_F16, 0, INT64_MIN);
    assert_true(ssi_get_f64(&room, SSI_F16, 0) == -INFINITY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(promotion_is_numpys),
        cmocka_unit_test(names_and_sizes_end_with_the_enum),
        cmocka_unit_test(f16_values_are_those_of_the_standard),
        cmocka_unit_test(doubles_round_once_to_16_bits),
        cmocka_unit_test(floats_round_to_16_bits_as_doubles_do),
        cmocka_unit_test(stored_elements_come_back),
        cmocka_unit_test(floats_become_integers_by_truncation),
        cmocka_unit_test(integers_wrap_and_are_rounded_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
