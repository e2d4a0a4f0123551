/*
 * gamma.c - the logarithm of the gamma function, and its slope.
 */
#include <math.h>

#include "ops/function.h"

static double lgamma_f64(double a, double b, double c)
{
    (void)b, (void)c;
    int sign;
    return lgamma_r(a, &sign); /* lgamma writes a global variable, which threads may not share */
}

static ssi_tensor *lgamma_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, ssi_digamma(g->x[0]));
}

/* clang-format off */
const ssi_op ssi_op_lgamma = {
    SSI_FUNCTION(lgamma, LGAMMA, 0.5, 4, .doc = "the logarithm of the size of the gamma function", .numpy = "scipy.special.gammaln(x)",
        .torch = "torch.lgamma(x)"),
};
/* clang-format on */

ssi_tensor *(ssi_lgamma)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_lgamma, x);
}

/* Its zero among the positive numbers, and how far it lies behind that double. */
static const double zero = 0x1.762d86356be3fp+0, behind = 0x1.b86a722197829p-54;

/* About the zero, where sums would cancel: Taylor's series, whose coefficients are (-1)^(k+1) zeta(k+1, zero). |x - zero| <= 1/8: 4e-16 of it. */
static double digamma_about_zero(double x)
{
    static const double coefficient[] = {
        0x1.ef72bc8ee38acp-1, -0x1.c563b54aa1a35p-2, 0x1.08b4294d50381p-2, -0x1.4fc1317257da8p-3,
        0x1.b9a5b6370f3abp-4, -0x1.27baba261cc2cp-4, 0x1.8fce02b239ca7p-5, -0x1.0fa7ec36a7d8fp-5,
        0x1.723d6807edcc0p-6, -0x1.f970508e1b6a2p-7, 0x1.5955caaa962f3p-7, -0x1.d828079282eb8p-8,
        0x1.42e1acf81d8dcp-8, -0x1.b9afc7cee8a14p-9, 0x1.2e23345f79aafp-9, -0x1.9d626f71d1f7ap-10,
    };
    double h = (x - zero) - behind, sum = 0;
    for (int k = 15; k >= 0; k--)
        sum = sum * h + coefficient[k];
    return sum * h;
}

/* By reflection for negative x, by the recurrence up to 10, and from there by the asymptotic series (Abramowitz and Stegun 6.3.18). */
static double digamma_f64(double a, double b, double c)
{
    (void)b, (void)c;
    const double pi = 3.14159265358979323846;
    if (a == 0)
        return copysign(INFINITY, -a);
    if (fabs(a - zero) <= 0.125)
        return digamma_about_zero(a);
    if (a < 0) {
        double part = a - floor(a); /* the cotangent is that of the part nearest to 0, and 0 at a half */
        if (!(part > 0))
            return NAN;
        return digamma_f64(1 - a, 0, 0) - (part == 0.5 ? 0 : pi / tan(pi * (part > 0.5 ? part - 1 : part)));
    }
    if (isinf(a))
        return a;
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
    SSI_MAP(digamma, DIGAMMA), .map_f64 = digamma_f64, .gradient = digamma_gradient,
    SSI_WORDS(.signature = "x -> y:float", .doc = "the slope of lgamma", .numpy = "scipy.special.digamma(x)", .torch = "torch.digamma(x)",
              .ulp = 8, .unary = ssi_digamma, .samples = SSI_SAMPLES("x=uniform(2,5)")),
};
/* clang-format on */

ssi_tensor *(ssi_digamma)(ssi_tensor *x)
{
    return ssi_build_function(&ssi_op_digamma, x);
}
