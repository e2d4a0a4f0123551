/*
 * numerical.c - gradients by finite differences: what the others are checked against.
 */
#include <math.h>

#include "ops/op.h"
#include "ssi/grad.h"

/* sum(f(x)) with x read from `data`, in a scope of its own. */
static double value_at(ssi_function *f, const ssi_tensor *x, const double *data, void *context)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *at = ssi_cast((ssi_array)(SSI_F64, x->rank, x->shape, data), (ssi_dtype)x->dtype);
    double value = ssi_item(ssi_cast(ssi_sum(f(at, context)), SSI_F64));
    ssi_scope_close(scope);
    return value;
}

/* (8(f(x+h) - f(x-h)) - (f(x+2h) - f(x-2h))) / 12h: the error is of the order of h^4. */
static double slope_at(ssi_function *f, const ssi_tensor *x, double *data, int64_t i, double h, void *context)
{
    static const double step[] = {1, -1, 2, -2}, weight[] = {8, -8, -1, 1};
    double middle = data[i], sum = 0;
    for (int k = 0; k < 4; k++) {
        data[i] = middle + step[k] * h;
        sum += weight[k] * value_at(f, x, data, context);
    }
    data[i] = middle;
    return sum / (12 * h);
}

ssi_tensor *ssi_numerical_gradient(ssi_function *f, ssi_tensor *x, double h, void *context)
{
    if (!x)
        return NULL;
    h = h == 0 ? 1e-3 : h;
    int64_t count = ssi_count(x);
    double *data = ssi_calloc(2 * (size_t)count + 1, sizeof *data);
    if (!data)
        return NULL;
    double *slope = data + count;
    int status = ssi_read(x, SSI_F64, data, count);
    for (int64_t i = 0; i < count && status == SSI_OK; i++) {
        slope[i] = slope_at(f, x, data, i, h, context);
        status = ssi_failed() ? ssi_error_peek()->code : SSI_OK;
    }
    ssi_tensor *gradient = status == SSI_OK ? (ssi_array)(SSI_F64, x->rank, x->shape, slope) : NULL;
    ssi_free(data);
    return gradient;
}

/* ---- check ---- */

typedef struct weighted {
    ssi_function *f;
    void *context;
} weighted;

/* f(x) with every element weighted otherwise, so that errors cannot cancel in the sum. */
static ssi_tensor *weighted_f(ssi_tensor *x, void *context)
{
    const weighted *w = context;
    ssi_tensor *y = w->f(x, w->context);
    return y ? ssi_mul(y, ssi_add(ssi_uniform(SSI_F64, y->rank, y->shape, 0, 0), 0.5)) : NULL;
}

double ssi_gradient_check(ssi_function *f, ssi_tensor *x, double h, void *context)
{
    weighted w = {f, context};
    ssi_tensor *numerical = ssi_numerical_gradient(weighted_f, x, h, &w);
    ssi_tensor *exact = numerical ? (ssi_grad)(ssi_sum(weighted_f(x, &w)), x) : NULL;
    const double *a = ssi_data_f64(numerical), *b = ssi_data_f64(ssi_cast(exact, SSI_F64));
    if (!a || !b)
        return NAN;
    double largest = 0, difference = 0;
    for (int64_t i = 0; i < ssi_count(x); i++) {
        double d = fabs(a[i] - b[i]);
        largest = fmax(largest, fmax(fabs(a[i]), fabs(b[i])));
        difference = isfinite(d) ? fmax(difference, d) : INFINITY;
    }
    return largest > 0 ? difference / largest : difference;
}
