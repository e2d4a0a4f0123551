/*
 * initializer.c - first weights, by Glorot and Bengio (2010) and He et al. (2015), as array arithmetic on ssi_uniform.
 */
#include <math.h>

#include "nn/nn.h"
#include "ssi/random.h"

static ssi_tensor *normal(ssi_dtype dtype, const int64_t shape[2], double deviation, uint64_t seed, uint64_t stream)
{
    return ssi_mul(ssi_normal(dtype, 2, shape, seed, stream), deviation);
}

static ssi_tensor *uniform(ssi_dtype dtype, const int64_t shape[2], double bound, uint64_t seed, uint64_t stream)
{
    return ssi_mul(ssi_sub(ssi_mul(ssi_uniform(dtype, 2, shape, seed, stream), 2), 1), bound);
}

static ssi_initializer default_for(ssi_activation_kind activation)
{
    switch (activation) {
    case SSI_RELU:
    case SSI_LEAKY_RELU:
    case SSI_ELU:
    case SSI_GELU:
    case SSI_SILU:
    case SSI_SOFTPLUS:
        return SSI_INIT_HE;
    default:
        return SSI_INIT_GLOROT;
    }
}

ssi_tensor *ssi_initialize(ssi_initializer how, ssi_activation_kind activation, ssi_dtype dtype, int64_t inputs,
                           int64_t outputs, uint64_t seed, uint64_t stream)
{
    if (inputs < 1 || outputs < 1)
        return SSI_FAIL_NULL(SSI_INVALID, "initialize", "weights of %lld inputs and %lld outputs", (long long)inputs,
                             (long long)outputs);
    const int64_t shape[] = {inputs, outputs};
    switch (how == SSI_INIT_DEFAULT ? default_for(activation) : how) {
    case SSI_INIT_HE:
        return normal(dtype, shape, sqrt(2 / (double)inputs), seed, stream);
    case SSI_INIT_GLOROT:
        return uniform(dtype, shape, sqrt(6 / ((double)inputs + (double)outputs)), seed, stream);
    case SSI_INIT_NORMAL:
        return normal(dtype, shape, 0.01, seed, stream);
    case SSI_INIT_ZEROS:
        return (ssi_zeros)(dtype, 2, shape);
    case SSI_INIT_DEFAULT:
        break;
    }
    return SSI_FAIL_NULL(SSI_INVALID, "initialize", "%d is no initialiser", (int)how);
}
