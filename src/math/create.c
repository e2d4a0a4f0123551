/*
 * create.c - sequences, one-hot vectors, random numbers of other shapes than uniform, and joins along new axes.
 */
#include <math.h>
#include <string.h>

#include "ssi/math.h"
#include "tensor/tensor.h"

/* A number rounded to a dtype. */
static double rounded(double x, ssi_dtype dtype)
{
    int64_t room;
    ssi_put_f64(&room, dtype, 0, x);
    return ssi_get_f64(&room, dtype, 0);
}

/* NumPy writes the first two elements, rounded to the dtype, and goes on in steps of their difference. */
ssi_tensor *ssi_arange(ssi_dtype dtype, double start, double stop, double step)
{
    double count = ceil((stop - start) / step);
    if (!(fabs(count) < 0x1p53) || (unsigned)dtype >= SSI_DTYPES)
        return SSI_FAIL_NULL(SSI_INVALID, "arange", "from %g to %g by %g\nstep is not 0, and everything finite", start,
                             stop, step);
    int64_t n = count > 0 ? (int64_t)count : 0;
    bool narrow = dtype == SSI_F16 || dtype == SSI_BF16, floating = ssi_is_float(dtype);
    double first = rounded(start, dtype), delta = rounded(start + step, dtype) - first;
    ssi_tensor *i = ssi_iota(narrow ? SSI_F32 : floating ? dtype : SSI_I64, 1, &n, 0);
    if (!floating)
        return ssi_cast(ssi_add(ssi_mul(i, (int64_t)delta), (int64_t)first), dtype);
    return ssi_cast(ssi_add(ssi_mul(i, delta), first), dtype);
}

/* In f64; the last element is `stop` itself. Integers are rounded down. */
ssi_tensor *ssi_linspace(ssi_dtype dtype, double start, double stop, int64_t count)
{
    if (count < 0)
        return SSI_FAIL_NULL(SSI_INVALID, "linspace", "%lld elements", (long long)count);
    ssi_tensor *i = ssi_iota(SSI_F64, 1, &count, 0);
    ssi_tensor *x = ssi_add(ssi_mul(i, count > 1 ? (stop - start) / (double)(count - 1) : 0), start);
    if (count > 1)
        x = ssi_where(ssi_equal(i, (double)(count - 1)), stop, x);
    return ssi_cast(ssi_is_integer(dtype) ? ssi_floor(x) : x, dtype);
}

ssi_tensor *ssi_one_hot(ssi_tensor *x, int64_t classes, ssi_dtype dtype)
{
    if (!x)
        return NULL;
    if (!ssi_is_integer(ssi_dtype_of(x)) || classes < 1 || x->rank == SSI_MAX_RANK)
        return SSI_FAIL_NULL(SSI_INVALID, "one_hot", "%s into %lld classes\ngive integers, and at least one class",
                             ssi_dtype_name(ssi_dtype_of(x)), (long long)classes);
    int64_t shape[SSI_MAX_RANK];
    memcpy(shape, x->shape, x->rank * sizeof *shape);
    shape[x->rank] = classes;
    ssi_tensor *index = ssi_iota(SSI_I64, x->rank + 1, shape, x->rank);
    return ssi_cast(ssi_equal(index, ssi_expand_dims(ssi_cast(x, SSI_I64), -1)), dtype);
}

/* Two streams of uniform numbers: 1 - u lies in (0, 1], so the logarithm is finite. */
ssi_tensor *ssi_normal(ssi_dtype dtype, int rank, const int64_t *shape, uint64_t seed, uint64_t stream)
{
    const uint64_t second = (uint64_t)1 << 63;
    ssi_tensor *u = ssi_uniform(dtype, rank, shape, seed, stream),
               *v = ssi_uniform(dtype, rank, shape, seed, stream ^ second);
    ssi_tensor *radius = ssi_sqrt(ssi_mul(ssi_log(ssi_sub(1.0, u)), -2.0));
    return ssi_mul(radius, ssi_cos(ssi_mul(v, 6.283185307179586)));
}

ssi_tensor *ssi_bernoulli(double p, int rank, const int64_t *shape, uint64_t seed, uint64_t stream)
{
    if (!(p >= 0 && p <= 1))
        return SSI_FAIL_NULL(SSI_INVALID, "bernoulli", "probability %g\nit lies between 0 and 1", p);
    return ssi_less(ssi_uniform(SSI_F32, rank, shape, seed, stream), p);
}

ssi_tensor *(ssi_expand_dims)(ssi_tensor *x, int axis)
{
    if (!x || (axis = ssi_axis("expand_dims", axis, x->rank + 1)) < 0)
        return NULL;
    if (x->rank == SSI_MAX_RANK)
        return SSI_FAIL_NULL(SSI_INVALID, "expand_dims", "%d axes are the most there can be", SSI_MAX_RANK);
    int64_t shape[SSI_MAX_RANK];
    for (int i = 0; i <= x->rank; i++)
        shape[i] = i == axis ? 1 : x->shape[i - (i > axis)];
    return (ssi_reshape)(x, x->rank + 1, shape);
}

ssi_tensor *(ssi_squeeze)(ssi_tensor *x, int axis)
{
    if (!x || (axis = ssi_axis("squeeze", axis, x->rank)) < 0)
        return NULL;
    if (x->shape[axis] != 1)
        return SSI_FAIL_NULL(SSI_INVALID, "squeeze", "axis %d has %lld elements, not one", axis,
                             (long long)x->shape[axis]);
    int64_t shape[SSI_MAX_RANK];
    for (int i = 0; i < x->rank - 1; i++)
        shape[i] = x->shape[i + (i >= axis)];
    return (ssi_reshape)(x, x->rank - 1, shape);
}

ssi_tensor *ssi_stack(int count, ssi_tensor *const *x, int axis)
{
    if (count < 1)
        return SSI_FAIL_NULL(SSI_INVALID, "stack", "nothing to stack");
    ssi_tensor **with_axis = ssi_alloc((size_t)count * sizeof(ssi_tensor *));
    if (!with_axis)
        return NULL;
    for (int i = 0; i < count; i++)
        with_axis[i] = ssi_expand_dims(x[i], axis);
    ssi_tensor *y = ssi_concatenate(count, with_axis, axis);
    ssi_free(with_axis);
    return y;
}
