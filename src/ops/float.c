/*
 * float.c - the functions of real numbers that networks are made of.
 */
#include <math.h>

#include "ops/function.h"

/* ---- exponential and logarithm ---- */

SSI_DEFINE_F64(exp, exp(a))

static ssi_tensor *exp_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, g->y);
}

/* clang-format off */
const ssi_op ssi_op_exp = {
    SSI_FUNCTION(exp, EXP, -2, 2, .doc = "e to the power x", .numpy = "np.exp(x)", .torch = "torch.exp(x)", .onnx = "Exp"),
};
/* clang-format on */

ssi_tensor *(ssi_exp)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_exp, x);
}

SSI_DEFINE_F64(log, log(a))

static ssi_tensor *log_gradient(const ssi_vjp *g)
{
    return ssi_div(g->dy, g->x[0]);
}

/* clang-format off */
const ssi_op ssi_op_log = {
    SSI_FUNCTION(log, LOG, 0.5, 3, .doc = "the natural logarithm", .numpy = "np.log(x)", .torch = "torch.log(x)", .onnx = "Log"),
};
/* clang-format on */

ssi_tensor *(ssi_log)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_log, x);
}

SSI_DEFINE_F64(sqrt, sqrt(a))

static ssi_tensor *sqrt_gradient(const ssi_vjp *g)
{
    return ssi_div(g->dy, ssi_mul(g->y, 2));
}

/* clang-format off */
const ssi_op ssi_op_sqrt = {
    SSI_FUNCTION(sqrt, SQRT, 0.5, 3, .doc = "the square root", .numpy = "np.sqrt(x)", .torch = "torch.sqrt(x)", .onnx = "Sqrt"),
};
/* clang-format on */

ssi_tensor *(ssi_sqrt)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_sqrt, x);
}

/* ---- circle ---- */

SSI_DEFINE_F64(sin, sin(a))

static ssi_tensor *sin_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, ssi_cos(g->x[0]));
}

/* clang-format off */
const ssi_op ssi_op_sin = {
    SSI_FUNCTION(sin, SIN, -4, 4, .doc = "the sine, x in radians", .numpy = "np.sin(x)", .torch = "torch.sin(x)", .onnx = "Sin"),
};
/* clang-format on */

ssi_tensor *(ssi_sin)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_sin, x);
}

SSI_DEFINE_F64(cos, cos(a))

static ssi_tensor *cos_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, ssi_neg(ssi_sin(g->x[0])));
}

/* clang-format off */
const ssi_op ssi_op_cos = {
    SSI_FUNCTION(cos, COS, -4, 4, .doc = "the cosine, x in radians", .numpy = "np.cos(x)", .torch = "torch.cos(x)", .onnx = "Cos"),
};
/* clang-format on */

ssi_tensor *(ssi_cos)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_cos, x);
}

/* ---- curves that level off ---- */

SSI_DEFINE_F64(tanh, tanh(a))

static ssi_tensor *tanh_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, ssi_sub(1, ssi_mul(g->y, g->y)));
}

/* clang-format off */
const ssi_op ssi_op_tanh = {
    SSI_FUNCTION(tanh, TANH, -2, 2, .doc = "the hyperbolic tangent", .numpy = "np.tanh(x)", .torch = "torch.tanh(x)", .onnx = "Tanh"),
};
/* clang-format on */

ssi_tensor *(ssi_tanh)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_tanh, x);
}

SSI_DEFINE_F64(erf, erf(a))

/* 2/sqrt(pi) e^(-x*x) */
static ssi_tensor *erf_gradient(const ssi_vjp *g)
{
    ssi_tensor *x = g->x[0];
    return ssi_mul(g->dy, ssi_mul(ssi_exp(ssi_neg(ssi_mul(x, x))), 1.12837916709551257390));
}

/* clang-format off */
const ssi_op ssi_op_erf = {
    SSI_FUNCTION(erf, ERF, -2, 2, .doc = "the error function", .numpy = "scipy.special.erf(x)", .torch = "torch.erf(x)", .onnx = "Erf"),
};
/* clang-format on */

ssi_tensor *(ssi_erf)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_erf, x);
}

/* Through e^-|x|, which cannot overflow. */
SSI_DEFINE_F64(sigmoid, (a < 0 ? exp(a) : 1) / (1 + exp(-fabs(a))))

static ssi_tensor *sigmoid_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, ssi_mul(g->y, ssi_sub(1, g->y)));
}

/* clang-format off */
const ssi_op ssi_op_sigmoid = {
    SSI_FUNCTION(sigmoid, SIGMOID, -4, 4, .doc = "1 / (1 + e^-x)", .numpy = "scipy.special.expit(x)", .torch = "torch.sigmoid(x)",
        .onnx = "Sigmoid"),
};
/* clang-format on */

ssi_tensor *(ssi_sigmoid)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_sigmoid, x);
}
