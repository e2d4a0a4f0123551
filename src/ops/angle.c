/*
 * angle.c - angles from their sines, cosines and tangents, the tangent, and the hyperbolic functions.
 */
#include <math.h>

#include "ops/function.h"

SSI_DEFINE_F64(tan, tan(a))

static ssi_tensor *tan_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, ssi_add(ssi_mul(g->y, g->y), 1));
}

/* clang-format off */
const ssi_op ssi_op_tan = {
    SSI_FUNCTION(tan, TAN, -1, 1, .doc = "the tangent, x in radians", .numpy = "np.tan(x)", .torch = "torch.tan(x)", .onnx = "Tan"),
};
/* clang-format on */

ssi_tensor *(ssi_tan)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_tan, x);
}

SSI_DEFINE_F64(asin, asin(a))

static ssi_tensor *asin_gradient(const ssi_vjp *g)
{
    return ssi_div(g->dy, ssi_sqrt(ssi_sub(1, ssi_mul(g->x[0], g->x[0]))));
}

/* clang-format off */
const ssi_op ssi_op_asin = {
    SSI_FUNCTION(asin, ASIN, -0.9, 0.9, .doc = "the angle in [-pi/2, pi/2] whose sine is x", .numpy = "np.arcsin(x)",
        .torch = "torch.asin(x)", .onnx = "Asin"),
};
/* clang-format on */

ssi_tensor *(ssi_asin)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_asin, x);
}

SSI_DEFINE_F64(acos, acos(a))

static ssi_tensor *acos_gradient(const ssi_vjp *g)
{
    return ssi_neg(ssi_div(g->dy, ssi_sqrt(ssi_sub(1, ssi_mul(g->x[0], g->x[0])))));
}

/* clang-format off */
const ssi_op ssi_op_acos = {
    SSI_FUNCTION(acos, ACOS, -0.9, 0.9, .doc = "the angle in [0, pi] whose cosine is x", .numpy = "np.arccos(x)", .torch = "torch.acos(x)",
        .onnx = "Acos"),
};
/* clang-format on */

ssi_tensor *(ssi_acos)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_acos, x);
}

SSI_DEFINE_F64(atan, atan(a))

static ssi_tensor *atan_gradient(const ssi_vjp *g)
{
    return ssi_div(g->dy, ssi_add(ssi_mul(g->x[0], g->x[0]), 1));
}

/* clang-format off */
const ssi_op ssi_op_atan = {
    SSI_FUNCTION(atan, ATAN, -3, 3, .doc = "the angle in [-pi/2, pi/2] whose tangent is x", .numpy = "np.arctan(x)",
        .torch = "torch.atan(x)", .onnx = "Atan"),
};
/* clang-format on */

ssi_tensor *(ssi_atan)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_atan, x);
}

SSI_DEFINE_F64(sinh, sinh(a))

static ssi_tensor *sinh_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, ssi_cosh(g->x[0]));
}

/* clang-format off */
const ssi_op ssi_op_sinh = {
    SSI_FUNCTION(sinh, SINH, -2, 2, .doc = "the hyperbolic sine", .numpy = "np.sinh(x)", .torch = "torch.sinh(x)", .onnx = "Sinh"),
};
/* clang-format on */

ssi_tensor *(ssi_sinh)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_sinh, x);
}

SSI_DEFINE_F64(cosh, cosh(a))

static ssi_tensor *cosh_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, ssi_sinh(g->x[0]));
}

/* clang-format off */
const ssi_op ssi_op_cosh = {
    SSI_FUNCTION(cosh, COSH, -2, 2, .doc = "the hyperbolic cosine", .numpy = "np.cosh(x)", .torch = "torch.cosh(x)", .onnx = "Cosh"),
};
/* clang-format on */

ssi_tensor *(ssi_cosh)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_cosh, x);
}

SSI_DEFINE_F64(asinh, asinh(a))

static ssi_tensor *asinh_gradient(const ssi_vjp *g)
{
    return ssi_div(g->dy, ssi_sqrt(ssi_add(ssi_mul(g->x[0], g->x[0]), 1)));
}

/* clang-format off */
const ssi_op ssi_op_asinh = {
    SSI_FUNCTION(asinh, ASINH, -3, 3, .doc = "the number whose hyperbolic sine is x", .numpy = "np.arcsinh(x)", .torch = "torch.asinh(x)",
        .onnx = "Asinh"),
};
/* clang-format on */

ssi_tensor *(ssi_asinh)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_asinh, x);
}

SSI_DEFINE_F64(acosh, acosh(a))

static ssi_tensor *acosh_gradient(const ssi_vjp *g)
{
    return ssi_div(g->dy, ssi_sqrt(ssi_sub(ssi_mul(g->x[0], g->x[0]), 1)));
}

/* clang-format off */
const ssi_op ssi_op_acosh = {
    SSI_FUNCTION(acosh, ACOSH, 1.5, 4, .doc = "the number, not negative, whose hyperbolic cosine is x", .numpy = "np.arccosh(x)",
        .torch = "torch.acosh(x)", .onnx = "Acosh"),
};
/* clang-format on */

ssi_tensor *(ssi_acosh)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_acosh, x);
}

SSI_DEFINE_F64(atanh, atanh(a))

static ssi_tensor *atanh_gradient(const ssi_vjp *g)
{
    return ssi_div(g->dy, ssi_sub(1, ssi_mul(g->x[0], g->x[0])));
}

/* clang-format off */
const ssi_op ssi_op_atanh = {
    SSI_FUNCTION(atanh, ATANH, -0.9, 0.9, .doc = "the number whose hyperbolic tangent is x", .numpy = "np.arctanh(x)",
        .torch = "torch.atanh(x)", .onnx = "Atanh"),
};
/* clang-format on */

ssi_tensor *(ssi_atanh)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_atanh, x);
}

/* ---- of two numbers ---- */

SSI_DEFINE_F64(hypot, hypot(a, b))

/* a/y and b/y; 0 where both are 0. */
static ssi_tensor *hypot_gradient(const ssi_vjp *g)
{
    ssi_tensor *apart = ssi_not_equal(g->y, 0);
    return ssi_where(apart, ssi_mul(g->dy, ssi_div(g->x[g->which], ssi_where(apart, g->y, 1))), 0);
}

/* clang-format off */
const ssi_op ssi_op_hypot = {
    SSI_MAP(hypot, HYPOT), .map_f64 = hypot_f64, .gradient = hypot_gradient,
    SSI_WORDS(.signature = "a, b -> y:float", .doc = "the square root of a*a + b*b, without overflow", .numpy = "np.hypot(a, b)",
              .torch = "torch.hypot(a, b)", .ulp = 2, .binary = ssi_hypot, .samples = SSI_SAMPLES("a=uniform(0.5,2) b=uniform(-2,-0.5)")),
};
/* clang-format on */

ssi_tensor *(ssi_hypot)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_build_function2(&ssi_op_hypot, a, b);
}

SSI_DEFINE_F64(atan2, atan2(a, b))

/* b/(a*a + b*b) by a, the height; -a/(a*a + b*b) by b. */
static ssi_tensor *atan2_gradient(const ssi_vjp *g)
{
    ssi_tensor *a = g->x[0], *b = g->x[1];
    ssi_tensor *slope = ssi_div(g->which ? ssi_neg(a) : b, ssi_add(ssi_mul(a, a), ssi_mul(b, b)));
    return ssi_mul(g->dy, slope);
}

/* clang-format off */
const ssi_op ssi_op_atan2 = {
    SSI_MAP(atan2, ATAN2), .map_f64 = atan2_f64, .gradient = atan2_gradient,
    SSI_WORDS(.signature = "a, b -> y:float", .doc = "the angle in [-pi, pi] of the point at b to the right and a up",
              .numpy = "np.arctan2(a, b)", .torch = "torch.atan2(a, b)", .ulp = 2, .binary = ssi_atan2,
              .samples = SSI_SAMPLES("a=uniform(0.5,2) b=uniform(-2,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_atan2)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_build_function2(&ssi_op_atan2, a, b);
}
