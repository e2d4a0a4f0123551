/*
 * numerical.c - gradients by finite differences: what the others are checked against.
 */
#include <math.h>
#include <string.h>

#include "ops/op.h"
#include "ssi/grad.h"

/* sum(f(x)) with x read from `data`, in a scope of its own. */
static double value_at(ssi_function *f, const ssi_tensor *x, const double *data, void *context)
{
    ssi_scope scope = ssi_scope_open();
    ssi_tensor *at = (ssi_cast)((ssi_array)(SSI_F64, x->rank, x->shape, data), (ssi_dtype)x->dtype);
    double value = ssi_item(ssi_sum_axes((ssi_cast)(f(at, context), SSI_F64), 0, NULL, 0));
    ssi_scope_close(scope);
    return value;
}

ssi_tensor *ssi_numerical_gradient(ssi_function *f, ssi_tensor *x, double h, void *context)
{
    if (!x)
        return NULL;
    h = h == 0 ? 1e-6 : h;
    int64_t count = ssi_count(x);
    double *data = ssi_alloc(2 * (size_t)count * sizeof *data + 1);
    if (!data)
        return NULL;
    ssi_tensor *gradient = NULL;
    if (ssi_read(x, SSI_F64, data, count) == SSI_OK) {
        double *slope = data + count;
        for (int64_t i = 0; i < count; i++) {
            double middle = data[i];
            data[i] = middle + h;
            double above = value_at(f, x, data, context);
            data[i] = middle - h;
            slope[i] = (above - value_at(f, x, data, context)) / (2 * h);
            data[i] = middle;
        }
        gradient = ssi_failed() ? NULL : (ssi_array)(SSI_F64, x->rank, x->shape, slope);
    }
    ssi_free(data);
    return gradient;
}

double ssi_gradient_check(ssi_function *f, ssi_tensor *x, double h, void *context)
{
    ssi_tensor *numerical = ssi_numerical_gradient(f, x, h, context);
    ssi_tensor *exact = (ssi_grad)(ssi_sum_axes(f(x, context), 0, NULL, 0), x);
    const double *a = ssi_data_f64(numerical), *b = ssi_data_f64((ssi_cast)(exact, SSI_F64));
    if (!a || !b)
        return NAN;
    double largest = 0, difference = 0;
    for (int64_t i = 0; i < ssi_count(x); i++) {
        largest = fmax(largest, fmax(fabs(a[i]), fabs(b[i])));
        difference = isfinite(a[i] - b[i]) ? fmax(difference, fabs(a[i] - b[i])) : INFINITY;
    }
    return largest > 0 ? difference / largest : difference;
}
