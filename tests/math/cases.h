/*
 * cases.h - expressions held to what NumPy makes of them: make_arrange.py writes the files, a CASE of the same name says the expression.
 */
#ifndef SSI_TESTS_MATH_CASES_H
#define SSI_TESTS_MATH_CASES_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/base.h"
#include "golden/golden.h"
#include "ssi/grad.h"
#include "ssi/math.h"

enum { MOST = 8 }; /* operands, and results */

/* Writes the results and says how many they are. */
typedef int expression(ssi_tensor *const *x, ssi_tensor **y);
typedef struct named {
    const char *name;
    expression *f;
} named;

/* One result. */
#define CASE(name, value)                                                                                              \
    static int name##_case(ssi_tensor *const *x, ssi_tensor **y)                                                       \
    {                                                                                                                  \
        y[0] = (value);                                                                                                \
        return 1;                                                                                                      \
    }
/* `count` results, which `call` writes to y. */
#define CASES(name, count, call)                                                                                       \
    static int name##_case(ssi_tensor *const *x, ssi_tensor **y)                                                       \
    {                                                                                                                  \
        assert_int_equal((call), SSI_OK);                                                                              \
        return (count);                                                                                                \
    }
#define NAMED(name)                                                                                                    \
    {                                                                                                                  \
#name, name##_case                                                                                             \
    }

static ssi_tensor *tensor_of(const golden *g, ssi_dtype dtype)
{
    return ssi_cast((ssi_array)(SSI_F64, g->rank, g->shape, g->number), dtype);
}

/* Up to `ulp` units in the last place of the dtype away, NaN like NaN. */
static void check_values(const char *name, const char *dtype_name, ssi_tensor *y, const golden *g, double ulp)
{
    static const double unit[SSI_DTYPES] = {
        [SSI_F32] = 0x1p-23, [SSI_F64] = 0x1p-52, [SSI_F16] = 0x1p-10, [SSI_BF16] = 0x1p-7};
    if (!y)
        fail_msg("%s, %s: %s", name, dtype_name, ssi_error_peek() ? ssi_error_peek()->message : "NULL");
    bool shape = ssi_rank(y) == g->rank;
    for (int i = 0; i < g->rank && shape; i++)
        shape = ssi_dim(y, i) == g->shape[i];
    if (!shape)
        fail_msg("%s, %s: another shape", name, dtype_name);
    double *out = calloc((size_t)g->count + 1, sizeof *out);
    assert_int_equal(ssi_read(y, SSI_F64, out, g->count), SSI_OK);
    for (int64_t i = 0; i < g->count; i++) {
        double e = g->number[i];
        if (!(out[i] == e || (isnan(out[i]) && isnan(e)) || fabs(out[i] - e) <= ulp * unit[ssi_dtype_of(y)] * fabs(e)))
            fail_msg("%s, %s: element %d is %.17g, should be %.17g", name, dtype_name, (int)i, out[i], e);
    }
    free(out);
}

static const golden *find(const golden_file *file, const char *format, ...)
{
    char name[64];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
    return golden_find(file, name);
}

/* The case's operands; how many there are. */
static int operands_of(const golden_file *file, const char *name, ssi_dtype dtype, ssi_tensor **x)
{
    int count = 0;
    for (const golden *g; (g = find(file, "%s.x%d", name, count)); count++)
        x[count] = tensor_of(g, dtype);
    if (count == 0)
        fail_msg("%s: no operands in the file", name);
    return count;
}

/* The result is of the operands' dtype, and the same elements, in every dtype. */
static inline void check_same(const golden_file *file, const named *c)
{
    for (int dtype = 0; dtype < SSI_DTYPES; dtype++) {
        ssi_scope scope = ssi_scope_open();
        ssi_tensor *x[MOST], *y[MOST];
        operands_of(file, c->name, (ssi_dtype)dtype, x);
        int results = c->f(x, y);
        for (int i = 0; i < results; i++) {
            const golden *g = find(file, "%s.y%d", c->name, i);
            g = g ? g : find(file, "%s.y", c->name);
            assert_non_null(g);
            assert_true(!y[i] || (int)ssi_dtype_of(y[i]) == dtype);
            ssi_tensor *expected = ssi_cast(tensor_of(g, (ssi_dtype)dtype), SSI_F64);
            golden held = *g;
            held.number = (double *)ssi_data_f64(expected);
            check_values(c->name, ssi_dtype_name((ssi_dtype)dtype), y[i], &held, 0);
        }
        ssi_scope_close(scope);
    }
}

/* Operands of f64 as they stand in the file. */
static inline void check_as_given(const golden_file *file, const named *c, double ulp)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x[MOST], *y[MOST];
    operands_of(file, c->name, SSI_F64, x);
    assert_int_equal(c->f(x, y), 1);
    const golden *g = find(file, "%s.y", c->name);
    assert_non_null(g);
    check_values(c->name, "f64", y[0], g, ulp);
    ssi_scope_close(scope);
}

/* Operands of each dtype that the file has results for; how many it has. */
static inline int check_typed(const golden_file *file, const named *c, double ulp)
{
    int found = 0;
    for (int dtype = 0; dtype < SSI_DTYPES; dtype++) {
        for (int result = 0; result < SSI_DTYPES; result++) {
            const char *from = ssi_dtype_name((ssi_dtype)dtype), *to = ssi_dtype_name((ssi_dtype)result);
            const golden *g = find(file, "%s.%s>%s", c->name, from, to);
            if (!g)
                continue;
            ssi_scope scope = ssi_scope_open();
            ssi_tensor *x[MOST], *y[MOST];
            operands_of(file, c->name, (ssi_dtype)dtype, x);
            assert_int_equal(c->f(x, y), 1);
            check_values(c->name, from, y[0], g, ulp);
            if ((int)ssi_dtype_of(y[0]) != result)
                fail_msg("%s, %s: %s, should be %s", c->name, from, ssi_dtype_name(ssi_dtype_of(y[0])), to);
            ssi_scope_close(scope);
            found++;
        }
    }
    return found;
}

/* ---- gradients ---- */

typedef struct by_operand {
    const named *c;
    ssi_tensor **x;
    int which;
} by_operand;

/* The sum of all results as a function of one operand, each element weighted otherwise. */
static ssi_tensor *weighted_sum(ssi_tensor *operand, void *context)
{
    by_operand *by = context;
    ssi_tensor *x[MOST], *y[MOST], *sum = ssi_number(0);
    memcpy(x, by->x, sizeof x);
    x[by->which] = operand;
    int results = by->c->f(x, y);
    for (int i = 0; i < results; i++) {
        ssi_tensor *flat = ssi_ravel(y[i]);
        ssi_tensor *weight = ssi_add(ssi_arange(SSI_F64, 0, (double)ssi_size(flat), 1), 1.5 + i);
        sum = ssi_add(sum, ssi_sum(ssi_mul(flat, weight)));
    }
    return sum;
}

/* The gradient by operand `which` is the numerical one. Operands that are empty, or whose results are, have none. */
static inline void check_gradient(const golden_file *file, const named *c, int which)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *x[MOST], *y[MOST];
    if (which < operands_of(file, c->name, SSI_F64, x) && ssi_size(x[which])) {
        int results = c->f(x, y);
        int64_t elements = 0;
        for (int i = 0; i < results; i++)
            elements += ssi_size(y[i]);
        double far = elements ? ssi_gradient_check(weighted_sum, x[which], 0, &(by_operand){c, x, which}) : 0;
        if (!(far < 1e-8))
            fail_msg("%s: the gradient by operand %d is off by %g", c->name, which, far);
    }
    ssi_scope_close(scope);
    if (ssi_report())
        fail_msg("%s: no gradient by operand %d", c->name, which);
}

/* ---- errors ---- */

/* What is refused says why, with the values. */
static inline void refused(ssi_tensor *y, ssi_status code, const char *operation, const char *message)
{
    ssi_error error;
    assert_null(y);
    assert_true(ssi_error_take(&error));
    assert_int_equal(error.code, code);
    assert_string_equal(error.operation, operation);
    assert_string_equal(error.message, message);
}

#endif
