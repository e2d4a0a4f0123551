/*
 * rounding.c - whole numbers near a number, and quotients and remainders that are made of them as Python makes them.
 */
#include <math.h>

#include "ops/build.h"

static ssi_tensor *zero_gradient(const ssi_vjp *g)
{
    return (ssi_zeros)((ssi_dtype)g->dy->dtype, g->dy->rank, g->dy->shape);
}

/* ---- whole numbers ---- */

SSI_DEFINE_F64(ceil, ceil(a))
SSI_DEFINE_F64(rint, nearbyint(a))
SSI_DEFINE_F64(trunc, trunc(a))

#define ROUNDING(name, code, ...)                                                                                      \
    SSI_MAP(name, code),                                                                                               \
        .map_f64 = name##_f64, .gradient = zero_gradient,                                                              \
        SSI_WORDS(.signature = "x -> y", .unary = ssi_##name, .samples = SSI_SAMPLES("x=uniform(-2,2)"), __VA_ARGS__)

/* clang-format off */
const ssi_op ssi_op_ceil = {
    ROUNDING(ceil, CEIL, .doc = "the smallest whole number not below x; gradient 0", .numpy = "np.ceil(x)", .torch = "torch.ceil(x)",
        .onnx = "Ceil"),
};
const ssi_op ssi_op_rint = {
    ROUNDING(rint, RINT, .doc = "the nearest whole number, halves to the even one; gradient 0", .numpy = "np.rint(x)",
        .torch = "torch.round(x)", .onnx = "Round"),
};
const ssi_op ssi_op_trunc = {
    ROUNDING(trunc, TRUNC, .doc = "the nearest whole number toward 0; gradient 0", .numpy = "np.trunc(x)", .torch = "torch.trunc(x)"),
};
/* clang-format on */

/* Integers are whole already. */
static ssi_tensor *whole(const ssi_op *op, ssi_tensor *x)
{
    return !x || !ssi_is_float((ssi_dtype)x->dtype) ? x : ssi_build_unary(op, x, (ssi_dtype)x->dtype);
}

ssi_tensor *(ssi_ceil)(ssi_tensor *x)
{
    return whole(&ssi_op_ceil, x);
}

/* Of integers a float, as NumPy's. */
ssi_tensor *(ssi_rint)(ssi_tensor *x)
{
    return x ? ssi_build_unary(&ssi_op_rint, x, ssi_float_for((ssi_dtype)x->dtype)) : NULL;
}

ssi_tensor *(ssi_trunc)(ssi_tensor *x)
{
    return whole(&ssi_op_trunc, x);
}

/* ---- quotients and remainders: a == b*floor_divide(a, b) + remainder(a, b), the remainder of b's sign ---- */

/* Of floats as Python: the remainder of fmod, which is exact, moved to b's sign. */
static double remainder_f64(double a, double b, double c)
{
    (void)c;
    double rest = fmod(a, b);
    if (b == 0)
        return rest;
    if (rest == 0)
        return copysign(0, b);
    return (rest < 0) != (b < 0) ? rest + b : rest;
}

static double floor_divide_f64(double a, double b, double c)
{
    double rest = fmod(a, b);
    if (b == 0)
        return a / b;
    double quotient = (a - rest) / b - (rest != 0 && (rest < 0) != (b < 0));
    if (quotient == 0)
        return copysign(0, a / b);
    double down = floor(quotient);
    return (void)c, quotient - down > 0.5 ? down + 1 : down;
}

/* Integers by 0: 0. The one quotient that does not fit wraps. */
static int64_t floor_divide_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    if (b == 0)
        return 0;
    if (b == -1)
        return (int64_t)(0 - (uint64_t)a);
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static int64_t remainder_i64(int64_t a, int64_t b, int64_t c)
{
    (void)c;
    int64_t rest = b == 0 || b == -1 ? 0 : a % b;
    return rest && (rest < 0) != (b < 0) ? rest + b : rest;
}

/* 1 by a; -floor(a/b) by b. */
static ssi_tensor *remainder_gradient(const ssi_vjp *g)
{
    return g->which == 0 ? g->dy : ssi_neg(ssi_mul(g->dy, ssi_floor_divide(g->x[0], g->x[1])));
}

/* clang-format off */
const ssi_op ssi_op_floor_divide = {
    SSI_MAP(floor_divide, FLOOR_DIV), .map_f64 = floor_divide_f64, .map_i64 = floor_divide_i64, .gradient = zero_gradient,
    SSI_WORDS(.signature = "a, b -> y", .doc = "a / b rounded down; integers by 0: 0; gradient 0", .numpy = "a // b",
              .torch = "torch.floor_divide(a, b)", .ulp = 1, .binary = ssi_floor_divide,
              .samples = SSI_SAMPLES("a=uniform(4.5,4.9) b=uniform(2.1,2.2)")),
};
const ssi_op ssi_op_remainder = {
    SSI_MAP(remainder, MOD), .map_f64 = remainder_f64, .map_i64 = remainder_i64, .gradient = remainder_gradient,
    SSI_WORDS(.signature = "a, b -> y", .doc = "what a // b leaves, of b's sign; integers by 0: 0", .numpy = "a % b",
              .torch = "torch.remainder(a, b)", .binary = ssi_remainder, .samples = SSI_SAMPLES("a=uniform(4.5,4.9) b=uniform(2.1,2.2)")),
};
/* clang-format on */

/* Of bool: i8, as NumPy. */
static ssi_tensor *divide(const ssi_op *op, ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b)
        return NULL;
    ssi_dtype common = ssi_common(a, b), dtype = common == SSI_BOOL ? SSI_I8 : common;
    return ssi_build_binary(op, a, b, dtype, dtype);
}

ssi_tensor *(ssi_floor_divide)(ssi_tensor *a, ssi_tensor *b)
{
    return divide(&ssi_op_floor_divide, a, b);
}

ssi_tensor *(ssi_remainder)(ssi_tensor *a, ssi_tensor *b)
{
    return divide(&ssi_op_remainder, a, b);
}
