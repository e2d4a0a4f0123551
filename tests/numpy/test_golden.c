/*
 * test_golden.c - functions of elements, reductions and scans held to what NumPy made of them (golden.txt, by make_golden.py): of every dtype, over
 * every axis, and of operands that lie in memory in order, backwards, with gaps, and with their axes the other way round.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ssi/ssi.h"

/* ---- the functions of the file ---- */

typedef ssi_tensor *one(ssi_tensor *x);
typedef ssi_tensor *two(ssi_tensor *x, ssi_tensor *y);
typedef ssi_tensor *over_axes(ssi_tensor *x, int count, const int *axes, int keepdims);
typedef ssi_tensor *over_axes_ddof(ssi_tensor *x, int count, const int *axes, int keepdims, int ddof);
typedef ssi_tensor *where(ssi_tensor *x, ssi_tensor *mask, int count, const int *axes, int keepdims);
typedef ssi_tensor *along(ssi_tensor *x, int axis);

/* clang-format off */
#define F(member, name) {#name, .member = ssi_##name}
static const struct function {
    const char *name;
    one *one;
    two *two;
    over_axes *axes;
    over_axes_ddof *ddof;
    where *where;
    along *axis;
} functions[] = {
    F(one, abs), F(one, acos), F(one, acosh), F(one, asin), F(one, asinh), F(one, atan), F(one, atanh), F(one, cbrt), F(one, ceil), F(one, cos),
    F(one, cosh), F(one, deg2rad), F(one, erf), F(one, exp), F(one, exp2), F(one, expm1), F(one, floor), F(one, invert), F(one, isfinite),
    F(one, isinf), F(one, isnan), F(one, log), F(one, log10), F(one, log1p), F(one, log2), F(one, logical_not), F(one, nan_to_num), F(one, neg),
    F(one, rad2deg), F(one, reciprocal), F(one, relu), F(one, rint), F(one, sigmoid), F(one, sign), F(one, signbit), F(one, sin), F(one, sinh),
    F(one, sqrt), F(one, square), F(one, tan), F(one, tanh), F(one, trunc),
    F(two, add), F(two, atan2), F(two, bitwise_and), F(two, bitwise_or), F(two, bitwise_xor), F(two, copysign), F(two, div), F(two, equal),
    F(two, floor_divide), F(two, fmax), F(two, fmin), F(two, fmod), F(two, greater), F(two, greater_equal), F(two, heaviside), F(two, hypot),
    F(two, left_shift), F(two, less), F(two, less_equal), F(two, logaddexp), F(two, logical_and), F(two, logical_or), F(two, logical_xor),
    F(two, maximum), F(two, minimum), F(two, mul), F(two, not_equal), F(two, pow), F(two, remainder), F(two, right_shift), F(two, sub),
    F(axes, all_axes), F(axes, any_axes), F(axes, count_nonzero_axes), F(axes, max_axes), F(axes, mean_axes), F(axes, median_axes), F(axes, min_axes),
    F(axes, nanmax_axes), F(axes, nanmean_axes), F(axes, nanmedian_axes), F(axes, nanmin_axes), F(axes, nanprod_axes), F(axes, nansum_axes),
    F(axes, norm_axes), F(axes, prod_axes), F(axes, ptp_axes), F(axes, sum_axes),
    F(ddof, nanstd_axes), F(ddof, nanvar_axes), F(ddof, std_axes), F(ddof, var_axes),
    F(where, all_where_axes), F(where, any_where_axes), F(where, mean_where_axes), F(where, prod_where_axes), F(where, sum_where_axes),
    F(axis, argmax), F(axis, argmin), F(axis, argsort), F(axis, cumprod), F(axis, cumsum), F(axis, nancumprod), F(axis, nancumsum), F(axis, sort),
};
/* clang-format on */
enum { FUNCTIONS = sizeof functions / sizeof *functions };

/* ---- the file ---- */

static const struct {
    const char *name;
    ssi_dtype dtype;
} dtypes[] = {{"?", SSI_BOOL}, {"b1", SSI_BOOL}, {"u1", SSI_U8},  {"i1", SSI_I8},  {"i2", SSI_I16},
              {"i4", SSI_I32}, {"i8", SSI_I64},  {"f2", SSI_F16}, {"f4", SSI_F32}, {"f8", SSI_F64}};
enum { DTYPES = sizeof dtypes / sizeof *dtypes };

static ssi_dtype dtype_named(const char *name)
{
    for (int i = 0; i < DTYPES; i++)
        if (strcmp(name, dtypes[i].name) == 0)
            return dtypes[i].dtype;
    fail_msg("the file has a dtype '%s'", name);
    return SSI_F64;
}

typedef struct array {
    ssi_dtype dtype;
    int rank;
    int64_t shape[8], count;
    uint64_t bits[512];
} array;

/* The words of a line, one after another; NULL at its end. */
static char *word(char *line)
{
    return strtok(line, " \n");
}

/* SHAPE BITS...; `each` words an element. */
static void read_array(array *a, int each)
{
    char *shape = word(NULL), *bits;
    assert_non_null(shape);
    a->rank = 0;
    for (char *at = shape; *at >= '0' && *at <= '9'; at += *at == ',')
        a->shape[a->rank++] = strtoll(at, &at, 10);
    for (a->count = 0; (bits = word(NULL)) != NULL; a->count++) {
        assert_true(a->count < 512);
        a->bits[a->count] = strtoull(bits, NULL, 16);
    }
    a->count /= each;
}

typedef struct operand {
    char name[8];
    array value;
} operand;
static operand operands[64];
static int operand_count;

static const array *operand_of(const char *name, ssi_dtype dtype)
{
    for (int i = 0; i < operand_count; i++)
        if (strcmp(operands[i].name, name) == 0 && operands[i].value.dtype == dtype)
            return &operands[i].value;
    fail_msg("the file has no operand '%s' of that dtype", name);
    return NULL;
}

/* ---- layouts ---- */

enum { IN_ORDER, BACKWARDS, WITH_GAPS, AXES_REVERSED, LAYOUTS };

static ssi_tensor *in_order(const array *a)
{
    static unsigned char bytes[512 * 8];
    size_t size = ssi_dtype_size(a->dtype);
    for (int64_t i = 0; i < a->count; i++)
        memcpy(bytes + (size_t)i * size, &a->bits[i],
               size); /* the lowest bytes come first on all machines that ssi runs on */
    return (ssi_array)(a->dtype, a->rank, a->shape, bytes);
}

/* x's elements in memory of their own. */
static ssi_tensor *copied(ssi_tensor *x)
{
    int64_t shape[8];
    for (int i = 0; i < ssi_rank(x); i++)
        shape[i] = ssi_dim(x, i);
    const void *data = ssi_data(x);
    assert_non_null(data);
    return (ssi_array)(ssi_dtype_of(x), ssi_rank(x), shape, data);
}

/* The same tensor, as a view of one that lies otherwise. */
static ssi_tensor *laid(const array *a, int layout)
{
    ssi_tensor *x = in_order(a);
    ssi_range back[8], odd[8];
    int64_t reversed[8], wide[8];
    for (int i = 0; i < a->rank; i++) {
        back[i] = (ssi_range){-1, SSI_END, -1};
        odd[i] = (ssi_range){1, SSI_END, 2};
        reversed[i] = a->rank - 1 - i;
        wide[i] = a->shape[i] * 2;
    }
    switch (layout) {
    case BACKWARDS:
        return ssi_slice(copied(ssi_slice(x, a->rank, back)), a->rank, back);
    case WITH_GAPS:
        return ssi_slice(copied(ssi_set_slice((ssi_ones)(a->dtype, a->rank, wide), a->rank, odd, x)), a->rank, odd);
    case AXES_REVERSED:
        return (ssi_permute)(copied((ssi_permute)(x, a->rank, reversed)), a->rank, reversed);
    default:
        return x;
    }
}

/* ---- a line ---- */

/* FUNCTION KIND OPERAND DTYPE RESULT HOW ARGUMENTS SHAPE BITS... */
typedef struct line {
    char function[32], kind[8], operand[8], result[4], how[8], arguments[16];
    ssi_dtype dtype;
    array wanted;
} line;

static const struct function *function_of(const char *name)
{
    for (int i = 0; i < FUNCTIONS; i++)
        if (strcmp(functions[i].name, name) == 0)
            return &functions[i];
    fail_msg("the file has a function '%s' that is not in the list here", name);
    return NULL;
}

/* "0,2k": two axes, kept; "-": none. */
static int read_axes(const char *text, int *axes, int *keepdims)
{
    int count = 0;
    char *at = (char *)text + (*text == '-' && (text[1] == '\0' || text[1] == 'k'));
    *keepdims = text[strlen(text) - 1] == 'k';
    while ((*at >= '0' && *at <= '9') || *at == '-') {
        axes[count++] = (int)strtol(at, &at, 10);
        at += *at == ',';
    }
    return count;
}

static ssi_tensor *mask(void)
{
    bool holds[12];
    for (int i = 0; i < 12; i++)
        holds[i] = i % 5 < 3;
    return ssi_array(holds, 3, 4);
}

static ssi_tensor *result_of(const line *l, int layout)
{
    const struct function *f = function_of(l->function);
    int axes[8], keepdims, count = read_axes(l->arguments, axes, &keepdims);
    ssi_tensor *x = laid(operand_of(l->operand, l->dtype), layout);
    if (strcmp(l->kind, "one") == 0)
        return f->one(x);
    if (strcmp(l->kind, "two") == 0) /* the other operand lies otherwise */
        return f->two(x, laid(operand_of("y", l->dtype), (layout + 1) % LAYOUTS));
    if (strcmp(l->kind, "axes") == 0)
        return f->axes(x, count, axes, keepdims);
    if (strcmp(l->kind, "ddof") == 0)
        return f->ddof(x, count, axes, keepdims, 1);
    if (strcmp(l->kind, "where") == 0)
        return f->where(x, mask(), count, axes, keepdims);
    assert_string_equal(l->kind, "axis");
    return f->axis(x, count ? axes[0] : SSI_ALL_AXES);
}

/* ---- whether a result is what it should be ---- */

static double double_of(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The bits of element i, of any dtype. */
static uint64_t bits_at(const void *data, size_t size, int64_t i)
{
    uint64_t bits = 0;
    memcpy(&bits, (const char *)data + (size_t)i * size, size);
    return bits;
}

/* To the bit; NaN is NaN whatever its bits, and (signs not counting) zeros are zeros. */
static bool same(ssi_dtype dtype, uint64_t found, uint64_t wanted, bool signs)
{
    static const uint64_t infinity[SSI_DTYPES] = {
        [SSI_F16] = 0x7c00, [SSI_F32] = 0x7f800000, [SSI_F64] = 0x7ff0000000000000};
    if (infinity[dtype] == 0)
        return found == wanted;
    uint64_t sign = (uint64_t)1 << (8 * ssi_dtype_size(dtype) - 1), a = found & ~sign, b = wanted & ~sign;
    return found == wanted || (a > infinity[dtype] && b > infinity[dtype]) || (!signs && a == 0 && b == 0);
}

/* Within `units` of the last place, which of the smallest numbers is theirs; what rounds to infinity may be the largest number. */
static bool near(ssi_dtype dtype, double found, double truth, double units)
{
    int digits = dtype == SSI_F16   ? 11
                 : dtype == SSI_F32 ? 24
                                    : 53,
        lowest = dtype == SSI_F16   ? -14
                 : dtype == SSI_F32 ? -126
                                    : -1022;
    double most = dtype == SSI_F16 ? 65504 : dtype == SSI_F32 ? 0x1.fffffep127 : 0x1.fffffffffffffp1023;
    if (isnan(truth) || isnan(found))
        return isnan(truth) && isnan(found);
    if (fabs(truth) > most || isinf(found))
        return fabs(truth) >= most * (1 - ldexp(units, -digits)) && fabs(found) >= most &&
               signbit(found) == signbit(truth);
    int exponent = truth == 0 ? lowest : ilogb(truth) < lowest ? lowest : ilogb(truth);
    return fabs(found - truth) <= units * ldexp(1, exponent + 1 - digits);
}

static bool right(const line *l, ssi_tensor *y, const void *data, const double *number, int64_t i)
{
    ssi_dtype dtype = ssi_dtype_of(y);
    if (strchr("=~", *l->how))
        return same(dtype, bits_at(data, ssi_dtype_size(dtype), i), l->wanted.bits[i], *l->how == '=');
    if (*l->how != '^')
        return near(dtype, number[i], double_of(l->wanted.bits[i]), strtod(l->how, NULL));
    double truth = double_of(l->wanted.bits[2 * i]), bound = double_of(l->wanted.bits[2 * i + 1]);
    return (isnan(truth) && isnan(number[i])) || number[i] == truth || fabs(number[i] - truth) <= bound;
}

static void check(const line *l, int layout)
{
    static const char *const lies[] = {"in order", "backwards", "with gaps", "axes reversed"};
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *y = result_of(l, layout);
    if (*l->result == '!') {
        if (y != NULL)
            fail_msg("%s of %s is not refused", l->function, ssi_dtype_name(l->dtype));
        assert_true(ssi_error_take(NULL));
    } else {
        double number[512];
        const void *data = ssi_data(y);
        if (data == NULL)
            fail_msg("%s of %s, %s: %s", l->function, ssi_dtype_name(l->dtype), l->arguments,
                     ssi_error_peek()->message);
        bool shape = ssi_dtype_of(y) == dtype_named(l->result) && ssi_rank(y) == l->wanted.rank;
        for (int i = 0; shape && i < l->wanted.rank; i++)
            shape = ssi_dim(y, i) == l->wanted.shape[i];
        if (!shape)
            fail_msg("%s of %s, %s: another dtype or shape", l->function, ssi_dtype_name(l->dtype), l->arguments);
        assert_int_equal(ssi_read(y, SSI_F64, number, l->wanted.count), SSI_OK);
        for (int64_t i = 0; i < l->wanted.count; i++)
            if (!right(l, y, data, number, i))
                fail_msg("%s of %s %s %s, %s: element %d is %.17g", l->function, ssi_dtype_name(l->dtype), l->operand,
                         l->arguments, lies[layout], (int)i, number[i]);
    }
    ssi_scope_close(scope);
}

/* FUNCTION dtypes RESULT...: of every pair. */
static void check_dtypes(const char *name)
{
    const struct function *f = function_of(name);
    for (int i = 0; i < DTYPES; i++) {
        for (int j = 0; i != 1 && j < DTYPES; j++) {
            if (j == 1) /* b1 is another name of ? */
                continue;
            const char *wanted = word(NULL);
            assert_non_null(wanted);
            if (*wanted == '.')
                continue;
            ssi_scope scope = ssi_scope_open();
            ssi_tensor *y = f->two(ssi_ones(dtypes[i].dtype, 2), ssi_ones(dtypes[j].dtype, 2));
            if (*wanted == '!' ? y != NULL : ssi_dtype_of(y) != dtype_named(wanted) || ssi_eval(y) != SSI_OK)
                fail_msg("%s of %s and %s is not %s", name, dtypes[i].name, dtypes[j].name, wanted);
            ssi_error_take(NULL);
            ssi_scope_close(scope);
        }
    }
    assert_null(word(NULL));
}

/* ---- the test ---- */

static void every_line_of_the_file_holds_in_every_layout(void **state)
{
    static char text[16384];
    static line l;
    bool seen[FUNCTIONS] = {false};
    int lines = 0;
    FILE *file = fopen(SSI_TESTS "/numpy/golden.txt", "r");
    assert_non_null(file);
    while (fgets(text, sizeof text, file) != NULL) {
        if (*text == '#')
            continue;
        const char *name = word(text), *kind = word(NULL);
        assert_non_null(kind);
        if (strcmp(name, "operand") == 0) {
            operand *o = &operands[operand_count++];
            assert_true(operand_count <= 64);
            snprintf(o->name, sizeof o->name, "%s", kind);
            o->value.dtype = dtype_named(word(NULL));
            read_array(&o->value, 1);
            continue;
        }
        lines++;
        seen[function_of(name) - functions] = true;
        if (strcmp(kind, "dtypes") == 0) {
            check_dtypes(name);
            continue;
        }
        snprintf(l.function, sizeof l.function, "%s", name);
        snprintf(l.kind, sizeof l.kind, "%s", kind);
        snprintf(l.operand, sizeof l.operand, "%s", word(NULL));
        l.dtype = dtype_named(word(NULL));
        snprintf(l.result, sizeof l.result, "%s", word(NULL));
        snprintf(l.how, sizeof l.how, "%s", word(NULL));
        snprintf(l.arguments, sizeof l.arguments, "%s", word(NULL));
        read_array(&l.wanted, *l.how == '^' ? 2 : 1);
        for (int layout = 0; layout < LAYOUTS; layout++)
            check(&l, layout);
    }
    fclose(file);
    print_message("%d lines, each in %d layouts\n", lines, LAYOUTS);
    for (int i = 0; i < FUNCTIONS; i++)
        if (!seen[i])
            fail_msg("the file has no line of %s", functions[i].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_line_of_the_file_holds_in_every_layout)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
