/*
 * sign.c - a number of another's sign; and the larger or smaller of two, of which one may be missing (NaN).
 */
#include <math.h>

#include "ops/function.h"

SSI_DEFINE_F64(copysign, copysign(a, b))

static ssi_tensor *copysign_gradient(const ssi_vjp *g)
{
    if (g->which == 1)
        return (ssi_zeros)((ssi_dtype)g->dy->dtype, g->dy->rank, g->dy->shape);
    return ssi_where(ssi_equal(g->y, g->x[0]), g->dy, ssi_neg(g->dy));
}

/* clang-format off */
const ssi_op ssi_op_copysign = {
    SSI_MAP(copysign, COPYSIGN), .map_f64 = copysign_f64, .gradient = copysign_gradient,
    SSI_WORDS(.signature = "a, b -> y:float", .doc = "the size of a with the sign of b, be it that of -0 or NaN",
              .numpy = "np.copysign(a, b)", .torch = "torch.copysign(a, b)", .binary = ssi_copysign,
              .samples = SSI_SAMPLES("a=spread(-2,2) b=spread(-2,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_copysign)(ssi_tensor *a, ssi_tensor *b)
{
    return ssi_build_function2(&ssi_op_copysign, a, b);
}

/* ---- the larger, the smaller, passing over NaN ---- */

SSI_DEFINE_F64(fmax, isnan(a) ? b : isnan(b) || a >= b ? a : b)
SSI_DEFINE_F64(fmin, isnan(a) ? b : isnan(b) || a <= b ? a : b)

/* To the operand that was taken, half to each at a tie; a NaN is never taken unless both are, and then each gets all. */
static ssi_tensor *share(const ssi_vjp *g)
{
    ssi_tensor *own = g->x[g->which], *other = g->x[1 - g->which];
    ssi_tensor *taken = ssi_logical_or(ssi_equal(g->y, own), ssi_not_equal(g->y, g->y));
    return ssi_where(taken, ssi_where(ssi_equal(own, other), ssi_mul(g->dy, 0.5), g->dy), 0);
}

/* clang-format off */
const ssi_op ssi_op_fmax = {
    SSI_MAP(fmax, FMAX), .map_f64 = fmax_f64, .gradient = share,
    SSI_WORDS(.signature = "a, b -> y", .doc = "the larger of the two; the other one where one is NaN", .numpy = "np.fmax(a, b)",
              .torch = "torch.fmax(a, b)", .binary = ssi_fmax, .samples = SSI_SAMPLES("a=spread(-2,2) b=spread(-2,2)")),
};
const ssi_op ssi_op_fmin = {
    SSI_MAP(fmin, FMIN), .map_f64 = fmin_f64, .gradient = share,
    SSI_WORDS(.signature = "a, b -> y", .doc = "the smaller of the two; the other one where one is NaN", .numpy = "np.fmin(a, b)",
              .torch = "torch.fmin(a, b)", .binary = ssi_fmin, .samples = SSI_SAMPLES("a=spread(-2,2) b=spread(-2,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_fmax)(ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b)
        return NULL;
    ssi_dtype dtype = ssi_common(a, b);
    return ssi_is_float(dtype) ? ssi_build_binary(&ssi_op_fmax, a, b, dtype, dtype) : ssi_maximum(a, b);
}

ssi_tensor *(ssi_fmin)(ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b)
        return NULL;
    ssi_dtype dtype = ssi_common(a, b);
    return ssi_is_float(dtype) ? ssi_build_binary(&ssi_op_fmin, a, b, dtype, dtype) : ssi_minimum(a, b);
}
