/*
 * test_vector_accuracy.c - the f32 functions against the C library in double, over every 1,009th float; over all of them (some minutes) with
 * SSI_TEST_LONG=1. Prints the table of worst errors.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "run/backend.h"

enum { CHUNK = 4096, SETS = 8 };
static const double bound = 2.0;

static double sigmoid(double x)
{
    return 1 / (1 + exp(-x));
}
static double negate(double x)
{
    return -x;
}
static double relu(double x)
{
    return x <= 0 ? 0 : x;
}
static double sign(double x)
{
    return isnan(x) ? x : (x > 0) - (x < 0);
}

static const struct function {
    const char *name;
    ssi_map_code code;
    double (*truth)(double);
    double bound;
} functions[] = {
    {"exp", SSI_MAP_EXP, exp, 2},
    {"log", SSI_MAP_LOG, log, 2},
    {"sin", SSI_MAP_SIN, sin, 2},
    {"cos", SSI_MAP_COS, cos, 2},
    {"tanh", SSI_MAP_TANH, tanh, 2},
    {"erf", SSI_MAP_ERF, erf, 2},
    {"sigmoid", SSI_MAP_SIGMOID, sigmoid, 2},
    {"sqrt", SSI_MAP_SQRT, sqrt, 0.5},
    {"floor", SSI_MAP_FLOOR, floor, 0},
    {"neg", SSI_MAP_NEG, negate, 0},
    {"abs", SSI_MAP_ABS, fabs, 0},
    {"relu", SSI_MAP_RELU, relu, 0},
    {"sign", SSI_MAP_SIGN, sign, 0},
};

static float float_of(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Distance of y from the truth in units of y's last place; infinite for what must be exact: NaN, infinities, the sign of zero. */
static double error_of(float y, double truth)
{
    if (isnan(truth) || isnan(y))
        return isnan(truth) && isnan(y) ? 0 : INFINITY;
    if (fabs(truth) > 0x1.ffffffp127) /* rounds to infinity */
        truth = copysign(INFINITY, truth);
    if (isinf(truth) || truth == 0)
        return (double)y == truth && !signbit(y) == !signbit(truth) ? 0 : INFINITY;
    double place = ldexp(1, (fabs(truth) < 0x1p-126 ? -126 : ilogb(truth)) - 23);
    return fabs((isinf(y) ? copysign(0x1p128, (double)y) : (double)y) - truth) / place;
}

typedef struct worst {
    double error;
    float at;
} worst;

static void measure(const struct function *f, const ssi_backend *const *sets, const float *x, size_t n, worst *found)
{
    static double truth[CHUNK];
    static float y[CHUNK];
    for (size_t i = 0; i < n; i++)
        truth[i] = f->truth((double)x[i]);
    for (int s = 0; sets[s] != NULL; s++) {
        sets[s]->map[f->code][SSI_F32][SSI_VV](y, x, NULL, NULL, n);
        for (size_t i = 0; i < n; i++) {
            double error = error_of(y[i], truth[i]);
            if (error > found[s].error)
                found[s] = (worst){error, x[i]};
        }
    }
}

static void every_float_is_within_two_units_of_the_last_place(void **state)
{
    (void)state;
    const ssi_backend *const *sets = ssi_backends();
    const char *lengthy = getenv("SSI_TEST_LONG");
    const uint64_t step = lengthy != NULL && *lengthy != '\0' ? 1 : 1009;
    static float x[CHUNK];
    int wrong = 0;
    for (size_t k = 0; k < sizeof functions / sizeof *functions; k++) {
        const struct function *f = &functions[k];
        worst found[SETS] = {{0, 0}};
        size_t n = 0;
        for (uint64_t bits = 0; bits < 1ull << 32; bits += step) {
            x[n++] = float_of((uint32_t)bits);
            if (n == CHUNK || bits + step >= 1ull << 32) {
                measure(f, sets, x, n, found);
                n = 0;
            }
        }
        for (int s = 0; sets[s] != NULL; s++) {
            print_message("%-8s %-9s %6.3f ulp at %a\n", f->name, sets[s]->name, found[s].error, (double)found[s].at);
            wrong += !(found[s].error <= f->bound);
        }
    }
    assert_int_equal(wrong, 0);
}

/* Bases and exponents: everything special, then pairs whose power is a float, and whole exponents. */
static size_t pairs(float *a, float *b, uint32_t *seed, size_t n)
{
    static const float special[] = {0.0f,
                                    -0.0f,
                                    1,
                                    -1,
                                    2,
                                    -2,
                                    0.5f,
                                    -0.5f,
                                    3,
                                    -3,
                                    INFINITY,
                                    -INFINITY,
                                    NAN,
                                    0x1p-149f,
                                    -0x1p-149f,
                                    0x1.fffffep127f,
                                    0x1p24f,
                                    0x1p24f - 1,
                                    -0x1p24f - 2,
                                    0x1p23f - 0.5f,
                                    0x1.fffffep-1f,
                                    0x1.000002p0f,
                                    1e9f,
                                    -1e9f,
                                    0x1p31f,
                                    0x1p64f,
                                    5,
                                    1.5f,
                                    -1.5f};
    enum { S = sizeof special / sizeof *special };
    for (size_t i = 0; i < n; i++) {
        uint32_t r = *seed = *seed * 1664525u + 1013904223u, t = *seed = *seed * 1664525u + 1013904223u;
        if (i < S * S) {
            a[i] = special[i / S];
            b[i] = special[i % S];
            continue;
        }
        a[i] = float_of(r ^ r >> 16);
        float power = (float)(int32_t)t * 0x1p-31f * 151.0f; /* of two */
        b[i] = i % 4 == 0   ? float_of(t)
               : i % 4 == 1 ? (float)((int32_t)t >> 25)
                            : power / (float)log2(fabs((double)a[i]));
        if (i % 8 == 7)
            a[i] = 1.0f + (float)(int32_t)r * 0x1p-33f, b[i] = power / (float)log2((double)a[i]);
    }
    return n;
}

static void powers_are_within_two_units_of_the_last_place(void **state)
{
    (void)state;
    const ssi_backend *const *sets = ssi_backends();
    static float a[CHUNK], b[CHUNK], y[CHUNK];
    int wrong = 0;
    for (int s = 0; sets[s] != NULL; s++) {
        uint32_t seed = 1;
        worst found = {0, 0};
        float exponent = 0;
        for (int chunk = 0; chunk < 500; chunk++) {
            size_t n = pairs(a, b, &seed, CHUNK);
            sets[s]->map[SSI_MAP_POW][SSI_F32][SSI_VV](y, a, b, NULL, n);
            for (size_t i = 0; i < n; i++) {
                double error = error_of(y[i], pow((double)a[i], (double)b[i]));
                if (error > found.error) {
                    found = (worst){error, a[i]};
                    exponent = b[i];
                }
            }
        }
        print_message("%-8s %-9s %6.3f ulp at %a, %a\n", "pow", sets[s]->name, found.error, (double)found.at,
                      (double)exponent);
        wrong += !(found.error <= bound);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_float_is_within_two_units_of_the_last_place),
        cmocka_unit_test(powers_are_within_two_units_of_the_last_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
