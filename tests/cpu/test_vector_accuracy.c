/*
 * test_vector_accuracy.c - the functions of floats against the C library in a wider type: of one float over every 1,009th float, of two floats, and
 * of doubles, over many kinds of numbers. With SSI_TEST_LONG=exp, or another name, that function alone over all floats, or 10^8 pairs; with 1 all
 * of them (hours), and doubles at 10^8 places. Prints the table of worst errors.
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

/* ---- what the C library has not ---- */

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

static long double sigmoid_long(long double x)
{
    return 1 / (1 + expl(-x));
}

/* NumPy's floor_divide and remainder, in float where the order of roundings shows. */
static double floor_div_f32(double x, double y)
{
    float a = (float)x, b = (float)y, rest = fmodf(a, b), quotient, whole;
    if (b == 0)
        return (double)(a / b);
    quotient = (a - rest) / b - (rest != 0 && (rest < 0) != (b < 0) ? 1.0f : 0.0f);
    whole = floorf(quotient);
    whole += quotient - whole > 0.5f ? 1.0f : 0.0f;
    return (double)(quotient == 0 ? copysignf(0, a / b) : whole);
}
static long double floor_div_f64(long double x, long double y)
{
    double a = (double)x, b = (double)y, rest = fmod(a, b), quotient, whole;
    if (b == 0)
        return (long double)(a / b);
    quotient = (a - rest) / b - (rest != 0 && (rest < 0) != (b < 0) ? 1.0 : 0.0);
    whole = floor(quotient);
    whole += quotient - whole > 0.5 ? 1.0 : 0.0;
    return (long double)(quotient == 0 ? copysign(0, a / b) : whole);
}
static long double mod_f64(long double x, long double y)
{
    double a = (double)x, b = (double)y, rest = fmod(a, b);
    if (rest == 0)
        return copysignl(0, y);
    return (long double)((rest < 0) != (b < 0) ? rest + b : rest);
}
static double mod_f32(double x, double y)
{
    float a = (float)x, b = (float)y, rest = fmodf(a, b);
    if (rest == 0)
        return copysign(0, y);
    return (double)((rest < 0) != (b < 0) ? rest + b : rest);
}
static double first_max(double a, double b)
{
    return isnan(b) || a >= b ? a : b;
}
static double first_min(double a, double b)
{
    return isnan(b) || a <= b ? a : b;
}

/* ---- errors ---- */

static float float_of(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}
static double double_of(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}
static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* Distance of y from the truth in units of y's last place; infinite for what must be exact: NaN, infinities, the sign of zero. */
static double error_f32(float y, double truth)
{
    if (isnan(truth) || isnan(y))
        return isnan(truth) && isnan(y) ? 0 : INFINITY;
    if (fabs(truth) > 0x1.ffffffp127) /* rounds to infinity */
        truth = copysign(INFINITY, truth);
    if (isinf(truth) || truth == 0)
        return (double)y == truth && !signbit(y) == !signbit(truth) ? 0 : INFINITY;
    double size = fabs(truth) < 0x1p-126 ? 0x1p-126 : fabs(truth), power = double_of(bits_of(size) >> 52 << 52);
    return fabs((isinf(y) ? copysign(0x1p128, (double)y) : (double)y) - truth) / power * 0x1p23;
}

static double error_f64(double y, long double truth)
{
    if (isnan(truth) || isnan(y))
        return isnan(truth) && isnan(y) ? 0 : INFINITY;
    double rounded = (double)truth;
    if (isinf(rounded) || rounded == 0)
        return (y == rounded && !signbit(y) == !signbit(rounded)) ||
                       (!isinf(rounded) && truth != 0 && fabs(y) <= 0x1p-1074) ||
                       (isinf(rounded) && fabs(y) == 0x1.fffffffffffffp1023)
                   ? 0
                   : INFINITY;
    long double size = fabsl(truth) < 0x1p-1022L ? 0x1p-1022L : fabsl(truth);
    return (double)(fabsl((isinf(y) ? copysignl(0x1p1024L, y) : (long double)y) - truth) /
                    scalbnl(1, ilogbl(size) - 52));
}

typedef struct worst {
    double error, at[2]; /* error -1: the set has no routine of its own */
} worst;

static void note(worst *found, double error, double a, double b)
{
    if (error > found->error)
        *found = (worst){error, {a, b}};
}

/* Whether all are as near to the truth as the worst found so far, by a loop that takes vectors: either what the truth rounds to, or no further away
 * than so many of the smallest units that its size allows. */
static bool none_is_worse(const float *y, const double *truth, size_t n, double known)
{
    uint32_t worse = 0;
    for (size_t i = 0; i < n; i++) {
        float rounded = (float)truth[i];
        uint32_t a, b;
        memcpy(&a, &y[i], sizeof a);
        memcpy(&b, &rounded, sizeof b);
        double away = fabs((double)y[i] - truth[i]);
        worse |= !((a == b) & ((known >= 0.5) | (away == 0))) &
                 !((truth[i] != 0) & (away * 0x1p24 <= known * fabs(truth[i])));
    }
    return !worse;
}

static void note_all(worst *found, const float *y, const double *truth, const float *a, const float *b, size_t n)
{
    if (none_is_worse(y, truth, n, found->error))
        return;
    for (size_t i = 0; i < n; i++)
        note(found, error_f32(y[i], truth[i]), (double)a[i], b != NULL ? (double)b[i] : 0);
}

/* Prints a function's line for each instruction set and returns how many were not good enough. */
static int report(const char *name, const char *dtype, const worst *found, double bound, int operands)
{
    const ssi_backend *const *sets = ssi_backends();
    int wrong = 0;
    for (int s = 0; sets[s] != NULL; s++) {
        if (found[s].error < 0) {
            print_message("%-10s %s %-9s by its definition\n", name, dtype, sets[s]->name);
            continue;
        }
        print_message("%-10s %s %-9s %6.3f ulp at %a", name, dtype, sets[s]->name, found[s].error, found[s].at[0]);
        print_message(operands == 2 ? ", %a\n" : "\n", found[s].at[1]);
        wrong += !(found[s].error <= bound);
    }
    fflush(stdout); /* a long run is read while it goes on */
    return wrong;
}

/* Whether the long run is asked for, of all functions or of this one. */
static bool at_length(const char *name)
{
    const char *wanted = getenv("SSI_TEST_LONG");
    return wanted != NULL && (strcmp(wanted, "1") == 0 || strcmp(wanted, name) == 0);
}

static bool passed_over(const char *name)
{
    const char *wanted = getenv("SSI_TEST_LONG");
    return wanted != NULL && *wanted != '\0' && !at_length(name);
}

/* ---- one float ---- */

static const double special[] = {0,
                                 -0.0,
                                 1,
                                 -1,
                                 2,
                                 -2,
                                 0.5,
                                 -0.5,
                                 3,
                                 -3,
                                 INFINITY,
                                 -INFINITY,
                                 NAN,
                                 0x1p-149,
                                 -0x1p-149,
                                 0x1.fffffep127,
                                 0x1p24,
                                 0x1p24 - 1,
                                 -0x1p24 - 2,
                                 0x1p23 - 0.5,
                                 0x1.fffffep-1,
                                 0x1.000002p0,
                                 1e9,
                                 -1e9,
                                 0x1p31,
                                 0x1p64,
                                 5,
                                 1.5,
                                 -1.5,
                                 0x1p-1074,
                                 -0x1p-1060,
                                 0x1.fffffffffffffp1023,
                                 0x1p53,
                                 0x1p53 - 1,
                                 1 - 0x1p-53,
                                 1 + 0x1p-52};
enum { SPECIAL = sizeof special / sizeof *special };

static const struct function {
    const char *name;
    ssi_map_code code;
    double (*truth)(double);
    double bound;
} functions[] = {
    {"exp", SSI_MAP_EXP, exp, 2},       {"exp2", SSI_MAP_EXP2, exp2, 2},
    {"expm1", SSI_MAP_EXPM1, expm1, 2}, {"log", SSI_MAP_LOG, log, 2},
    {"log2", SSI_MAP_LOG2, log2, 2},    {"log10", SSI_MAP_LOG10, log10, 2},
    {"log1p", SSI_MAP_LOG1P, log1p, 2}, {"cbrt", SSI_MAP_CBRT, cbrt, 2},
    {"sin", SSI_MAP_SIN, sin, 2},       {"cos", SSI_MAP_COS, cos, 2},
    {"tan", SSI_MAP_TAN, tan, 2},       {"asin", SSI_MAP_ASIN, asin, 2},
    {"acos", SSI_MAP_ACOS, acos, 2},    {"atan", SSI_MAP_ATAN, atan, 2},
    {"sinh", SSI_MAP_SINH, sinh, 2},    {"cosh", SSI_MAP_COSH, cosh, 2},
    {"tanh", SSI_MAP_TANH, tanh, 2},    {"asinh", SSI_MAP_ASINH, asinh, 2},
    {"acosh", SSI_MAP_ACOSH, acosh, 2}, {"atanh", SSI_MAP_ATANH, atanh, 2},
    {"erf", SSI_MAP_ERF, erf, 2},       {"sigmoid", SSI_MAP_SIGMOID, sigmoid, 2},
    {"sqrt", SSI_MAP_SQRT, sqrt, 0.5},  {"floor", SSI_MAP_FLOOR, floor, 0},
    {"ceil", SSI_MAP_CEIL, ceil, 0},    {"rint", SSI_MAP_RINT, rint, 0},
    {"trunc", SSI_MAP_TRUNC, trunc, 0}, {"neg", SSI_MAP_NEG, negate, 0},
    {"abs", SSI_MAP_ABS, fabs, 0},      {"relu", SSI_MAP_RELU, relu, 0},
    {"sign", SSI_MAP_SIGN, sign, 0},
};

static void measure(const struct function *f, const float *x, size_t n, worst *found)
{
    const ssi_backend *const *sets = ssi_backends();
    static double truth[CHUNK];
    static float y[CHUNK];
    for (size_t i = 0; i < n; i++)
        truth[i] = f->truth((double)x[i]);
    for (int s = 0; sets[s] != NULL; s++) {
        ssi_map_routine *routine = ssi_map_of(sets[s], f->code, SSI_F32, SSI_VV);
        if (routine == NULL) {
            found[s].error = -1;
            continue;
        }
        routine(y, x, NULL, NULL, n);
        note_all(&found[s], y, truth, x, NULL, n);
    }
}

static void every_float_is_within_two_units_of_the_last_place(void **state)
{
    (void)state;
    static float x[CHUNK];
    int wrong = 0;
    for (size_t k = 0; k < sizeof functions / sizeof *functions; k++) {
        const struct function *f = &functions[k];
        if (passed_over(f->name))
            continue;
        const uint64_t step = at_length(f->name) ? 1 : 1009;
        worst found[SETS] = {{0, {0, 0}}};
        size_t n = SPECIAL;
        for (size_t i = 0; i < SPECIAL; i++)
            x[i] = (float)special[i];
        for (uint64_t bits = 0; bits < 1ull << 32; bits += step) {
            x[n++] = float_of((uint32_t)bits);
            if (n == CHUNK || bits + step >= 1ull << 32) {
                measure(f, x, n, found);
                n = 0;
            }
        }
        wrong += report(f->name, "f32", found, f->bound, 1);
    }
    assert_int_equal(wrong, 0);
}

/* ---- two floats ---- */

static const struct function2 {
    const char *name;
    ssi_map_code code;
    double (*truth)(double, double);
    double bound;
} functions2[] = {
    {"pow", SSI_MAP_POW, pow, 2},         {"hypot", SSI_MAP_HYPOT, hypot, 2},
    {"atan2", SSI_MAP_ATAN2, atan2, 2},   {"floor_div", SSI_MAP_FLOOR_DIV, floor_div_f32, 0},
    {"mod", SSI_MAP_MOD, mod_f32, 0},     {"copysign", SSI_MAP_COPYSIGN, copysign, 0},
    {"fmax", SSI_MAP_FMAX, first_max, 0}, {"fmin", SSI_MAP_FMIN, first_min, 0},
};

static uint64_t random_bits(uint64_t *seed) /* splitmix64 */
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static double uniform(uint64_t *seed, double low, double high)
{
    return low + (high - low) * ((double)(random_bits(seed) >> 11) * 0x1p-53);
}

/* Of pair i: everything special, then any bits of both, whole numbers, numbers close to each other, and powers within `range` powers of two. */
static void pair(size_t i, uint64_t *seed, double range, double *a, double *b)
{
    uint64_t r = random_bits(seed), t = random_bits(seed);
    bool f64 = range > 200;
    double any = f64 ? double_of(t) : (double)float_of((uint32_t)t);
    *a = f64 ? double_of(r) : (double)float_of((uint32_t)r);
    *b = any;
    if (i < SPECIAL * SPECIAL) {
        *a = special[i / SPECIAL];
        *b = special[i % SPECIAL];
    } else if (i % 8 == 1) {
        *b = (double)((int64_t)t >> 57);
    } else if (i % 8 == 2) {
        *a = uniform(seed, -20, 20), *b = uniform(seed, -20, 20);
    } else if (i % 8 == 3) {
        *a = uniform(seed, 0.25, 4) * *b;
    } else if (i % 8 == 4) {
        *a = (double)((int64_t)r >> 44), *b = (double)((int64_t)t >> 56);
    } else if (i % 8 == 5) {
        return;
    } else if (i % 8 == 7) {
        *a = 1 + uniform(seed, -0.25, 0.25), *b = uniform(seed, -range, range) / log2(*a);
    } else {
        *b = uniform(seed, -range, range) / log2(fabs(*a));
    }
}

static void functions_of_two_floats_are_within_two_units_of_the_last_place(void **state)
{
    (void)state;
    const ssi_backend *const *sets = ssi_backends();
    static float a[CHUNK], b[CHUNK], y[CHUNK];
    static double truth[CHUNK];
    int wrong = 0;
    for (size_t k = 0; k < sizeof functions2 / sizeof *functions2; k++) {
        const struct function2 *f = &functions2[k];
        if (passed_over(f->name))
            continue;
        worst found[SETS] = {{0, {0, 0}}};
        uint64_t seed = 1;
        size_t pairs = at_length(f->name) ? 100000000 : 500 * CHUNK;
        for (size_t first = 0; first < pairs; first += CHUNK) {
            for (size_t i = 0; i < CHUNK; i++) {
                double x, z;
                pair(first + i, &seed, 151, &x, &z);
                a[i] = (float)x, b[i] = (float)z;
                truth[i] = f->truth((double)a[i], (double)b[i]);
            }
            for (int s = 0; sets[s] != NULL; s++) {
                ssi_map_routine *routine = ssi_map_of(sets[s], f->code, SSI_F32, SSI_VV);
                if (routine == NULL) {
                    found[s].error = -1;
                    continue;
                }
                routine(y, a, b, NULL, CHUNK);
                note_all(&found[s], y, truth, a, b, CHUNK);
            }
        }
        wrong += report(f->name, "f32", found, f->bound, 2);
    }
    assert_int_equal(wrong, 0);
}

/* ---- doubles ---- */

static const struct function64 {
    const char *name;
    ssi_map_code code;
    long double (*truth)(long double);
    long double (*truth2)(long double, long double);
    double bound;
} functions64[] = {
    {"exp", SSI_MAP_EXP, expl, NULL, 2.5},
    {"exp2", SSI_MAP_EXP2, exp2l, NULL, 2.5},
    {"expm1", SSI_MAP_EXPM1, expm1l, NULL, 2.5},
    {"log", SSI_MAP_LOG, logl, NULL, 2.5},
    {"log2", SSI_MAP_LOG2, log2l, NULL, 2.5},
    {"log10", SSI_MAP_LOG10, log10l, NULL, 2.5},
    {"log1p", SSI_MAP_LOG1P, log1pl, NULL, 2.5},
    {"cbrt", SSI_MAP_CBRT, cbrtl, NULL, 2.5},
    {"sin", SSI_MAP_SIN, sinl, NULL, 2.5},
    {"cos", SSI_MAP_COS, cosl, NULL, 2.5},
    {"tan", SSI_MAP_TAN, tanl, NULL, 2.5},
    {"asin", SSI_MAP_ASIN, asinl, NULL, 2.5},
    {"acos", SSI_MAP_ACOS, acosl, NULL, 2.5},
    {"atan", SSI_MAP_ATAN, atanl, NULL, 2.5},
    {"sinh", SSI_MAP_SINH, sinhl, NULL, 2.5},
    {"cosh", SSI_MAP_COSH, coshl, NULL, 2.5},
    {"tanh", SSI_MAP_TANH, tanhl, NULL, 2.5},
    {"asinh", SSI_MAP_ASINH, asinhl, NULL, 2.5},
    {"acosh", SSI_MAP_ACOSH, acoshl, NULL, 2.5},
    {"atanh", SSI_MAP_ATANH, atanhl, NULL, 2.5},
    {"erf", SSI_MAP_ERF, erfl, NULL, 2.5},
    {"sigmoid", SSI_MAP_SIGMOID, sigmoid_long, NULL, 2.5},
    {"sqrt", SSI_MAP_SQRT, sqrtl, NULL, 0.5},
    {"floor", SSI_MAP_FLOOR, floorl, NULL, 0},
    {"ceil", SSI_MAP_CEIL, ceill, NULL, 0},
    {"rint", SSI_MAP_RINT, rintl, NULL, 0},
    {"trunc", SSI_MAP_TRUNC, truncl, NULL, 0},
    {"pow", SSI_MAP_POW, NULL, powl, 2},
    {"hypot", SSI_MAP_HYPOT, NULL, hypotl, 2.5},
    {"atan2", SSI_MAP_ATAN2, NULL, atan2l, 2.5},
    {"floor_div", SSI_MAP_FLOOR_DIV, NULL, floor_div_f64, 0},
    {"mod", SSI_MAP_MOD, NULL, mod_f64, 0},
};

/* The special ones, then any bits, small and large numbers, and numbers next to a multiple of pi/4, and to 1. */
static double argument(size_t i, uint64_t *seed)
{
    if (i < SPECIAL)
        return special[i];
    switch (i % 8) {
    case 0:
        return double_of(random_bits(seed));
    case 1:
        return uniform(seed, -1, 1);
    case 2:
        return uniform(seed, -20, 20);
    case 3:
        return uniform(seed, -800, 800);
    case 4:
        return ldexp(uniform(seed, -2, 2), (int)uniform(seed, -60, 40));
    case 5:
        return nearbyint(uniform(seed, -2e6, 2e6)) * 0x1.921fb54442d18p-1;
    case 6:
        return (i & 8 ? 1 : -1) + ldexp(uniform(seed, -1, 1), (int)uniform(seed, -52, -1));
    default:
        return nearbyint(uniform(seed, -1100, 1100)) * (i & 8 ? 0.5 : 0.693147180559945309);
    }
}

static void measure64(const struct function64 *f, const double *a, const double *b, worst *found)
{
    const ssi_backend *const *sets = ssi_backends();
    static double y[SETS][CHUNK];
    for (int s = 0; sets[s] != NULL; s++) {
        ssi_map_routine *routine = ssi_map_of(sets[s], f->code, SSI_F64, SSI_VV);
        if (routine != NULL)
            routine(y[s], a, f->truth2 != NULL ? b : NULL, NULL, CHUNK);
        else
            found[s].error = -1;
    }
    for (size_t i = 0; i < CHUNK; i++) {
        long double truth =
            f->truth2 != NULL ? f->truth2((long double)a[i], (long double)b[i]) : f->truth((long double)a[i]);
        for (int s = 0; sets[s] != NULL; s++)
            if (found[s].error >= 0)
                note(&found[s], error_f64(y[s][i], truth), a[i], b[i]);
    }
}

static void doubles_are_within_two_and_a_half_units_of_the_last_place(void **state)
{
    (void)state;
    static double a[CHUNK], b[CHUNK];
    int wrong = 0;
    for (size_t k = 0; k < sizeof functions64 / sizeof *functions64; k++) {
        const struct function64 *f = &functions64[k];
        if (passed_over(f->name))
            continue;
        worst found[SETS] = {{0, {0, 0}}};
        uint64_t seed = 1;
        size_t count = at_length("1") ? 100000000 : 200 * CHUNK;
        for (size_t first = 0; first < count; first += CHUNK) {
            for (size_t i = 0; i < CHUNK; i++) {
                if (f->truth2 != NULL)
                    pair(first + i, &seed, 1080, &a[i], &b[i]);
                else
                    a[i] = argument(first + i, &seed);
            }
            measure64(f, a, b, found);
        }
        wrong += report(f->name, "f64", found, f->bound, f->truth2 != NULL ? 2 : 1);
    }
    assert_int_equal(wrong, 0);
}

/* ---- the logarithm of a sum of powers ---- */

/* That of doubles loses what the larger operand and a logarithm have in common: its units are those of the largest of the operands and the truth; a float's,
 * which is computed in doubles, are the truth's, which a double sees down to 2^-28 of the larger operand. `last`: the unit of 1; `largest`: where infinity begins. */
static double error_of_sum(double y, double a, double b, double last, long double largest)
{
    long double p = (long double)a, q = (long double)b, truth = fmaxl(p, q) + log1pl(expl(p == q ? 0 : -fabsl(p - q)));
    if (isnan(a) || isnan(b))
        return isnan(y) ? 0 : INFINITY;
    if (isinf(a) || isinf(b))
        return (long double)y == truth ? 0 : INFINITY;
    if (isinf(y))
        return fabsl(truth) > largest ? 0 : INFINITY;
    long double f64 = fmaxl(fabsl(p), fabsl(q)), f32 = fmaxl(fabsl(fmaxl(p, q)) * 0x1p-28L, 0x1p-126L);
    long double size = fmaxl(fabsl(truth), last < 0x1p-23 ? f64 : f32);
    return (double)(fabsl((long double)y - truth) / scalbnl(1, ilogbl(size))) / last;
}

static worst worst_sum(const ssi_backend *set, ssi_dtype dtype)
{
    static double a[CHUNK], b[CHUNK], y[CHUNK];
    static float a32[CHUNK], b32[CHUNK], y32[CHUNK];
    ssi_map_routine *routine = ssi_map_of(set, SSI_MAP_LOGADDEXP, dtype, SSI_VV);
    worst found = {routine == NULL ? -1 : 0, {0, 0}};
    bool f32 = dtype == SSI_F32;
    uint64_t seed = 1;
    for (size_t first = 0; routine != NULL && first < 200 * CHUNK; first += CHUNK) {
        for (size_t i = 0; i < CHUNK; i++) {
            pair(first + i, &seed, f32 ? 151 : 1080, &a[i], &b[i]);
            if (i % 8 == 4)
                a[i] = (double)(float)uniform(&seed, -4, 0), b[i] = log1p(-exp(a[i])); /* the sum is nearly 0 */
            a32[i] = (float)a[i], b32[i] = (float)b[i];
        }
        routine(f32 ? (void *)y32 : y, f32 ? (void *)a32 : a, f32 ? (void *)b32 : b, NULL, CHUNK);
        for (size_t i = 0; i < CHUNK; i++)
            note(&found,
                 f32 ? error_of_sum((double)y32[i], (double)a32[i], (double)b32[i], 0x1p-23, 0x1.fffffep127L)
                     : error_of_sum(y[i], a[i], b[i], 0x1p-52, 0x1.fffffffffffffp1023L),
                 a[i], b[i]);
    }
    return found;
}

static void logarithms_of_sums_of_powers_are_within_two_units_doubles_in_places_of_their_largest_operand(void **state)
{
    (void)state;
    if (passed_over("logaddexp"))
        return;
    for (ssi_dtype dtype = SSI_F32; dtype <= SSI_F64; dtype++) {
        worst found[SETS];
        for (int s = 0; ssi_backends()[s] != NULL; s++)
            found[s] = worst_sum(ssi_backends()[s], dtype);
        assert_int_equal(report("logaddexp", ssi_dtype_name(dtype), found, 2, 2), 0);
    }
}

static void whole_powers_of_whole_doubles_are_whole(void **state)
{
    (void)state;
    static double a[CHUNK], b[CHUNK], wanted[CHUNK], y[CHUNK];
    size_t n = 0;
    for (int base = 2; base <= 1000; base++) {
        double power = 1;
        for (int k = 0; power < 0x1p53 && n < CHUNK; k++, power *= base)
            a[n] = base, b[n] = k, wanted[n++] = power;
    }
    for (const ssi_backend *const *set = ssi_backends(); *set != NULL; set++) {
        ssi_map_of(*set, SSI_MAP_POW, SSI_F64, SSI_VV)(y, a, b, NULL, n);
        assert_memory_equal(y, wanted, n * sizeof *y);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_float_is_within_two_units_of_the_last_place),
        cmocka_unit_test(functions_of_two_floats_are_within_two_units_of_the_last_place),
        cmocka_unit_test(doubles_are_within_two_and_a_half_units_of_the_last_place),
        cmocka_unit_test(logarithms_of_sums_of_powers_are_within_two_units_doubles_in_places_of_their_largest_operand),
        cmocka_unit_test(whole_powers_of_whole_doubles_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
