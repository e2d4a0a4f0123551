/*
 * create.c - sequences: steps, powers, multiples, all as arithmetic on the index; and constants of another tensor's shape.
 */
#include <math.h>

#include "ops/build.h"
#include "ssi/create.h"
#include "ssi/math.h"

/* ---- like another ---- */

ssi_tensor *(ssi_full_like)(ssi_tensor *x, ssi_tensor *value)
{
    SSI_CALLED;
    return x ? (ssi_full)(ssi_dtype_of(x), x->rank, x->shape, value) : NULL;
}

ssi_tensor *(ssi_zeros_like)(ssi_tensor *x)
{
    return ssi_full_like(x, 0);
}

ssi_tensor *(ssi_ones_like)(ssi_tensor *x)
{
    return ssi_full_like(x, 1);
}

/* ---- arange ---- */

/* A number rounded to a dtype. */
static double rounded(double x, ssi_dtype dtype)
{
    int64_t room;
    ssi_put_f64(&room, dtype, 0, x);
    return ssi_get_f64(&room, dtype, 0);
}

/* first + i*delta; what leaves the dtype's range wraps, as NumPy's does. */
static ssi_tensor *integers(ssi_dtype dtype, int64_t n, int64_t first, int64_t second)
{
    if (dtype == SSI_BOOL && n > 2)
        return SSI_FAIL_NULL(SSI_INVALID, "arange",
                             "%lld elements of bool, which has two values\ntake an integer dtype", (long long)n);
    if (ssi_is_integer(dtype) && n && !(ssi_integer_fits(first, dtype) && (n < 2 || ssi_integer_fits(second, dtype))))
        return SSI_FAIL_NULL(SSI_INVALID, "arange",
                             "%lld, %lld, ... of %s\nits first elements do not fit; take a wider dtype",
                             (long long)first, (long long)second, ssi_dtype_name(dtype));
    int64_t delta = (int64_t)((uint64_t)second - (uint64_t)first);
    ssi_tensor *i = ssi_iota(SSI_I64, 1, &n, 0), *x = delta == 1 ? i : ssi_mul(i, delta);
    return ssi_cast(first ? ssi_add(x, first) : x, dtype);
}

/* In the dtype's own arithmetic, narrow ones in f32. By rounding, first + delta may miss the second element, which NumPy writes as it is. */
static ssi_tensor *floats(ssi_dtype dtype, int64_t n, double start, double step)
{
    ssi_dtype wide = ssi_is_narrow(dtype) ? SSI_F32 : dtype;
    double first = rounded(start, dtype), second = rounded(start + step, dtype), delta = rounded(second - first, wide);
    ssi_tensor *i = ssi_iota(wide, 1, &n, 0), *x = delta == 1 ? i : ssi_mul(i, delta);
    x = first != 0 || delta < 0 ? ssi_add(x, first) : x; /* 0 times what is negative is -0 */
    if (rounded(first + delta, wide) != second)
        x = ssi_where(ssi_equal(i, 1), second, x);
    return ssi_cast(x, dtype);
}

ssi_tensor *(ssi_arange)(ssi_dtype dtype, double start, double stop, double step)
{
    double count = ceil((stop - start) / step);
    if (!(fabs(count) < 0x1p53) || (unsigned)dtype >= SSI_DTYPES)
        return SSI_FAIL_NULL(SSI_INVALID, "arange", "from %g to %g by %g\nstep is not 0, and everything finite", start,
                             stop, step);
    int64_t n = count > 0 ? (int64_t)count : 0;
    if (ssi_is_float(dtype))
        return floats(dtype, n, start, step);
    if (!(fabs(start) < 0x1p63 && fabs(start + step) < 0x1p63))
        return SSI_FAIL_NULL(SSI_INVALID, "arange", "%g, %g, ... of %s\ntake a float dtype", start, start + step,
                             ssi_dtype_name(dtype));
    if (dtype == SSI_BOOL)
        return integers(dtype, n, start != 0, start + step != 0);
    return integers(dtype, n, (int64_t)start, (int64_t)(start + step));
}

ssi_tensor *ssi_arange_int(ssi_dtype dtype, int64_t start, int64_t stop, int64_t step)
{
    if ((unsigned)dtype >= SSI_DTYPES || step == 0)
        return (ssi_arange)(dtype, (double)start, (double)stop, (double)step);
    uint64_t way = step > 0 ? (uint64_t)stop - (uint64_t)start : (uint64_t)start - (uint64_t)stop;
    uint64_t stride = step > 0 ? (uint64_t)step : 0 - (uint64_t)step;
    uint64_t n = (step > 0 ? start < stop : start > stop) ? (way - 1) / stride + 1 : 0;
    if (n > INT64_MAX)
        return SSI_FAIL_NULL(SSI_INVALID, "arange", "from %lld to %lld by %lld are more elements than can be",
                             (long long)start, (long long)stop, (long long)step);
    if (ssi_is_float(dtype))
        return floats(dtype, (int64_t)n, (double)start, (double)step);
    return integers(dtype, (int64_t)n, start, (int64_t)((uint64_t)start + (uint64_t)step));
}

/* ---- spaces ---- */

static bool space_is_possible(const char *operation, ssi_dtype dtype, double start, double stop, int64_t count)
{
    if (!isfinite(start) || !isfinite(stop))
        return ssi_fail(SSI_INVALID, operation, "from %g to %g\nboth ends must be finite", start, stop) == 0;
    if (count < 0)
        return ssi_fail(SSI_INVALID, operation, "%lld elements\ntheir number is not negative", (long long)count) == 0;
    return ssi_shape_is_possible(operation, dtype, 1, &count);
}

/* In f64, (count), for the dtype to come. A step that is too small for a number is taken in two factors. */
static ssi_tensor *steps(ssi_dtype dtype, double start, double stop, int64_t count, bool endpoint)
{
    double parts = (double)(endpoint ? count - 1 : count), delta = stop - start,
           step = parts > 0 ? delta / parts : delta;
    ssi_tensor *i = ssi_iota(SSI_F64, 1, &count, 0);
    ssi_tensor *x = ssi_add(step == 0 && parts > 0 ? ssi_mul(ssi_div(i, parts), delta) : ssi_mul(i, step), start);
    if (endpoint && count > 1)
        x = ssi_where(ssi_equal(i, (double)(count - 1)), stop, x);
    return ssi_is_integer(dtype) ? ssi_floor(x) : x;
}

ssi_tensor *(ssi_linspace)(ssi_dtype dtype, double start, double stop, int64_t count, const ssi_space_options *options)
{
    if (!space_is_possible("linspace", dtype, start, stop, count))
        return NULL;
    return ssi_cast(steps(dtype, start, stop, count, !(options && options->no_endpoint)), dtype);
}

ssi_tensor *(ssi_logspace)(ssi_dtype dtype, double start, double stop, int64_t count, const ssi_space_options *options)
{
    if (!space_is_possible("logspace", dtype, start, stop, count))
        return NULL;
    double base = options && options->base != 0 ? options->base : 10;
    return ssi_cast(ssi_pow(base, steps(SSI_F64, start, stop, count, !(options && options->no_endpoint))), dtype);
}

/* Powers of ten between the ends' logarithms. The power of a logarithm is not always the number itself, so the ends are put in their places. */
ssi_tensor *(ssi_geomspace)(ssi_dtype dtype, double start, double stop, int64_t count, const ssi_space_options *options)
{
    if (!space_is_possible("geomspace", dtype, start, stop, count))
        return NULL;
    if (!(start * stop != 0) || signbit(start) != signbit(stop))
        return SSI_FAIL_NULL(SSI_INVALID, "geomspace", "from %g to %g\nthe ends are not 0, and of one sign", start,
                             stop);
    bool endpoint = !(options && options->no_endpoint);
    ssi_tensor *i = ssi_iota(SSI_F64, 1, &count, 0);
    ssi_tensor *x = ssi_pow(10.0, steps(SSI_F64, log10(fabs(start)), log10(fabs(stop)), count, endpoint));
    x = start < 0 ? ssi_neg(x) : x;
    if (endpoint && count > 1)
        x = ssi_where(ssi_equal(i, (double)(count - 1)), stop, x);
    return ssi_cast(ssi_where(ssi_equal(i, 0), start, x), dtype);
}
