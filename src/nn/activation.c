/*
 * activation.c - the activations by their numbers and names. What each computes stands in ops (sigmoid, tanh, relu) and in math.
 */
#include "nn/nn.h"
#include "ssi/math.h"

const char *const ssi_activation_names[] = {"linear", "step", "sigmoid", "tanh",     "relu",    "leaky_relu",
                                            "elu",    "gelu", "silu",    "softplus", "softmax", NULL};

const char *ssi_activation_name(ssi_activation_kind kind)
{
    return (unsigned)kind < SSI_ACTIVATIONS ? ssi_activation_names[kind] : "?";
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
        return ssi_cast(ssi_greater(x, 0), ssi_dtype_of(x));
    case SSI_SIGMOID:
        return ssi_sigmoid(x);
    case SSI_TANH:
        return ssi_tanh(x);
    case SSI_RELU:
        return ssi_relu(x);
    case SSI_LEAKY_RELU:
        return ssi_leaky_relu(x, slope != 0 ? slope : 0.01);
    case SSI_ELU:
        return ssi_elu(x, slope != 0 ? slope : 1);
    case SSI_GELU:
        return ssi_gelu(x);
    case SSI_SILU:
        return ssi_silu(x);
    case SSI_SOFTPLUS:
        return ssi_softplus(x);
    case SSI_SOFTMAX:
        return ssi_softmax(x, -1);
    case SSI_ACTIVATIONS:
        break;
    }
    return SSI_FAIL_NULL(SSI_INVALID, "activate", "%d is no activation", (int)kind);
}
