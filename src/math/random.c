/*
 * random.c - random numbers of other shapes than uniform.
 */
#include "ssi/math.h"
#include "tensor/tensor.h"

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
