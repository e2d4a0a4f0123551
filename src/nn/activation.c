/*
 * activation.c - the activations, as array arithmetic. The primitives among them (sigmoid, tanh, relu) stand in the table of ops.
 *
 * Slopes at kinks are PyTorch's: 0 at 0 for ReLU, `slope` at 0 for leaky ReLU and ELU, 1/2 at 0 for softplus.
 */
#include <math.h>

#include "nn/nn.h"

const char *const ssi_activation_names[] = {"linear", "step", "sigmoid", "tanh",     "relu",    "leaky_relu",
                                            "elu",    "gelu", "silu",    "softplus", "softmax", NULL};

const char *ssi_activation_name(ssi_activation_kind kind)
{
    return (unsigned)kind < SSI_ACTIVATIONS ? ssi_activation_names[kind] : "?";
}

static ssi_tensor *step(ssi_tensor *x)
{
    return ssi_cast(ssi_greater(x, 0), ssi_dtype_of(x));
}

static ssi_tensor *leaky_relu(ssi_tensor *x, double slope)
{
    return ssi_where(ssi_greater(x, 0), x, ssi_mul(x, slope));
}

/* The branch not taken must stay finite, or its gradient would be 0 * infinity. */
static ssi_tensor *elu(ssi_tensor *x, double slope)
{
    ssi_tensor *positive = ssi_greater(x, 0);
    ssi_tensor *negative = ssi_sub(ssi_exp(ssi_where(positive, 0.0, x)), 1);
    return ssi_where(positive, x, ssi_mul(negative, slope));
}

static ssi_tensor *gelu(ssi_tensor *x)
{
    ssi_tensor *p = ssi_mul(ssi_add(ssi_erf(ssi_mul(x, 0.70710678118654752440)), 1), 0.5);
    return ssi_mul(x, p);
}

/* max(x, 0) + log(1 + e^-|x|): nothing overflows. */
static ssi_tensor *softplus(ssi_tensor *x)
{
    return ssi_add(ssi_maximum(x, 0), ssi_log(ssi_add(ssi_exp(ssi_neg(ssi_abs(x))), 1)));
}

static ssi_tensor *softmax(ssi_tensor *x)
{
    const int last[] = {-1};
    ssi_tensor *e = ssi_exp(ssi_sub(x, ssi_detach(ssi_max_axes(x, 1, last, 1))));
    return ssi_div(e, ssi_sum_axes(e, 1, last, 1));
}

ssi_tensor *ssi_activate(ssi_tensor *x, ssi_activation_kind kind, double slope)
{
    if (!x)
        return NULL;
    if (!ssi_is_float(ssi_dtype_of(x)))
        return SSI_FAIL_NULL(SSI_INVALID, "activate", "%s of %s\ncast to a float dtype first",
                             ssi_activation_name(kind), ssi_dtype_name(ssi_dtype_of(x)));
    switch (kind) {
    case SSI_LINEAR:
        return x;
    case SSI_STEP:
        return step(x);
    case SSI_SIGMOID:
        return ssi_sigmoid(x);
    case SSI_TANH:
        return ssi_tanh(x);
    case SSI_RELU:
        return ssi_relu(x);
    case SSI_LEAKY_RELU:
        return leaky_relu(x, slope != 0 ? slope : 0.01);
    case SSI_ELU:
        return elu(x, slope != 0 ? slope : 1);
    case SSI_GELU:
        return gelu(x);
    case SSI_SILU:
        return ssi_mul(x, ssi_sigmoid(x));
    case SSI_SOFTPLUS:
        return softplus(x);
    case SSI_SOFTMAX:
        return softmax(x);
    case SSI_ACTIVATIONS:
        break;
    }
    return SSI_FAIL_NULL(SSI_INVALID, "activate", "%d is no activation", (int)kind);
}
