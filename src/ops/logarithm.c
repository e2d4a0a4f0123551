/*
 * logarithm.c - powers and logarithms to other bases, and those that lose nothing near 0; the cube root.
 */
#include <math.h>

#include "ops/function.h"

SSI_DEFINE_F64(exp2, exp2(a))

static ssi_tensor *exp2_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, ssi_mul(g->y, 0.69314718055994530942));
}

/* clang-format off */
const ssi_op ssi_op_exp2 = {
    SSI_FUNCTION(exp2, EXP2, -2, 2, .doc = "2 to the power x", .numpy = "np.exp2(x)", .torch = "torch.exp2(x)"),
};
/* clang-format on */

ssi_tensor *(ssi_exp2)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_exp2, x);
}

SSI_DEFINE_F64(expm1, expm1(a))

static ssi_tensor *expm1_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, ssi_add(g->y, 1));
}

/* clang-format off */
const ssi_op ssi_op_expm1 = {
    SSI_FUNCTION(expm1, EXPM1, -2, 2, .doc = "e to the power x, less 1, which loses nothing near 0", .numpy = "np.expm1(x)",
        .torch = "torch.expm1(x)"),
};
/* clang-format on */

ssi_tensor *(ssi_expm1)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_expm1, x);
}

SSI_DEFINE_F64(log2, log2(a))

static ssi_tensor *log2_gradient(const ssi_vjp *g)
{
    return ssi_div(g->dy, ssi_mul(g->x[0], 0.69314718055994530942));
}

/* clang-format off */
const ssi_op ssi_op_log2 = {
    SSI_FUNCTION(log2, LOG2, 0.5, 3, .doc = "the logarithm to the base 2", .numpy = "np.log2(x)", .torch = "torch.log2(x)"),
};
/* clang-format on */

ssi_tensor *(ssi_log2)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_log2, x);
}

SSI_DEFINE_F64(log10, log10(a))

static ssi_tensor *log10_gradient(const ssi_vjp *g)
{
    return ssi_div(g->dy, ssi_mul(g->x[0], 2.30258509299404568402));
}

/* clang-format off */
const ssi_op ssi_op_log10 = {
    SSI_FUNCTION(log10, LOG10, 0.5, 3, .doc = "the logarithm to the base 10", .numpy = "np.log10(x)", .torch = "torch.log10(x)"),
};
/* clang-format on */

ssi_tensor *(ssi_log10)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_log10, x);
}

SSI_DEFINE_F64(log1p, log1p(a))

static ssi_tensor *log1p_gradient(const ssi_vjp *g)
{
    return ssi_div(g->dy, ssi_add(g->x[0], 1));
}

/* clang-format off */
const ssi_op ssi_op_log1p = {
    SSI_FUNCTION(log1p, LOG1P, -0.5, 2, .doc = "the natural logarithm of 1 + x, which loses nothing near 0", .numpy = "np.log1p(x)",
        .torch = "torch.log1p(x)"),
};
/* clang-format on */

ssi_tensor *(ssi_log1p)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_log1p, x);
}

SSI_DEFINE_F64(logaddexp, fmax(a, b) + log1p(exp(a == b ? 0 : -fabs(a - b)))) /* equal infinities have no distance */

/* By a: e^a/(e^a + e^b). Equal infinities, whose difference is NaN, have a half each; of other equals the difference stays, for it has a gradient, too. */
static ssi_tensor *logaddexp_gradient(const ssi_vjp *g)
{
    ssi_tensor *x = g->x[g->which], *other = g->x[1 - g->which], *distance = ssi_sub(x, other);
    ssi_tensor *both = ssi_logical_and(ssi_equal(x, other), ssi_not_equal(distance, distance));
    return ssi_mul(g->dy, ssi_sigmoid(ssi_where(both, 0.0, distance)));
}

/* clang-format off */
const ssi_op ssi_op_logaddexp = {
    SSI_MAP(logaddexp, LOGADDEXP), .map_f64 = logaddexp_f64, .gradient = logaddexp_gradient,
    SSI_WORDS(.signature = "a, b -> y:float", .doc = "the logarithm of e^a + e^b, without overflow", .numpy = "np.logaddexp(a, b)",
              .torch = "torch.logaddexp(a, b)", .ulp = 2, .binary = ssi_logaddexp, .samples = SSI_SAMPLES("a=uniform(0,2) b=uniform(-2,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_logaddexp)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_build_function2(&ssi_op_logaddexp, a, b);
}

SSI_DEFINE_F64(cbrt, (double)cbrtl((long double)a)) /* some C libraries' cbrt is out by four units */

static ssi_tensor *cbrt_gradient(const ssi_vjp *g)
{
    return ssi_div(g->dy, ssi_mul(ssi_mul(g->y, g->y), 3));
}

/* clang-format off */
const ssi_op ssi_op_cbrt = {
    SSI_FUNCTION(cbrt, CBRT, 0.5, 3, .doc = "the cube root, of negative x too", .numpy = "np.cbrt(x)"),
};
/* clang-format on */

ssi_tensor *(ssi_cbrt)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_cbrt, x);
}
