/*
 * gamma.c - the logarithm of the gamma function, and its slope.
 */
#include <math.h>

#include "ops/function.h"

SSI_DEFINE_F64(lgamma, lgamma(a))

static ssi_tensor *lgamma_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, ssi_digamma(g->x[0]));
}

/* clang-format off */
const ssi_op ssi_op_lgamma = {
    SSI_FUNCTION(lgamma, LGAMMA, 0.5, 4), .doc = "the logarithm of the size of the gamma function",
    .numpy = "scipy.special.gammaln(x)", .torch = "torch.lgamma(x)",
};
/* clang-format on */

ssi_tensor *(ssi_lgamma)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_lgamma, x);
}

/* By reflection for negative x, by the recurrence up to 10, and from there by the asymptotic series (Abramowitz and Stegun 6.3.18). */
static double digamma_f64(double a, double b, double c)
{
    (void)b, (void)c;
    const double pi = 3.14159265358979323846;
    if (a == 0)
        return copysign(INFINITY, -a);
    if (a < 0)
        return a == floor(a) ? NAN : digamma_f64(1 - a, 0, 0) - pi / tan(pi * (a - floor(a)));
    double sum = 0;
    for (; a < 10; a++)
        sum -= 1 / a;
    double z = 1 / (a * a);
    double series = 1.0 / 132 - z * (691.0 / 32760 - z * (1.0 / 12));
    series = z * (1.0 / 12 - z * (1.0 / 120 - z * (1.0 / 252 - z * (1.0 / 240 - z * series))));
    return sum + log(a) - 0.5 / a - series;
}

/* The trigamma function, in the same three steps (6.4.7, 6.4.6, 6.4.12), written in primitives: so it has gradients of every order. */
static ssi_tensor *digamma_gradient(const ssi_vjp *g)
{
    const double pi = 3.14159265358979323846;
    ssi_tensor *x = g->x[0], *negative = ssi_less(x, 0), *y = ssi_where(negative, ssi_sub(1, x), x),
               *sum = ssi_number(0);
    for (int k = 0; k < 8; k++, y = ssi_add(y, 1))
        sum = ssi_add(sum, ssi_div(1, ssi_mul(y, y)));
    ssi_tensor *z = ssi_div(1, ssi_mul(y, y));
    ssi_tensor *series = ssi_sub(1.0 / 42, ssi_mul(z, ssi_sub(1.0 / 30, ssi_mul(z, 5.0 / 66))));
    series = ssi_sub(1.0 / 6, ssi_mul(z, ssi_sub(1.0 / 30, ssi_mul(z, series))));
    ssi_tensor *trigamma = ssi_add(sum, ssi_add(ssi_div(ssi_add(1, ssi_mul(z, series)), y), ssi_mul(z, 0.5)));
    ssi_tensor *sine = ssi_where(negative, ssi_sin(ssi_mul(x, pi)), 1);
    return ssi_mul(g->dy, ssi_where(negative, ssi_sub(ssi_div(pi * pi, ssi_mul(sine, sine)), trigamma), trigamma));
}

/* clang-format off */
const ssi_op ssi_op_digamma = {
    SSI_MAP(digamma, DIGAMMA), .signature = "x -> y:float", .doc = "the slope of lgamma",
    .numpy = "scipy.special.digamma(x)", .torch = "torch.digamma(x)",
    .map_f64 = digamma_f64, .ulp = 8, .gradient = digamma_gradient, .unary = ssi_digamma, .samples = SSI_SAMPLES("x=uniform(2,5)"),
};
/* clang-format on */

ssi_tensor *(ssi_digamma)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_digamma, x);
}
