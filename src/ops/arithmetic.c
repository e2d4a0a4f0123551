/*
 * arithmetic.c - numbers added, multiplied, raised to powers; their sign and size.
 *
 * Of integers, results wrap. Gradients at kinks and edges are PyTorch's.
 */
#include <math.h>

#include "ops/build.h"

/* ---- sums and differences ---- */

SSI_DEFINE_F64(add, a + b)
SSI_DEFINE_I64(add, (int64_t)((uint64_t)a + (uint64_t)b))

static ssi_tensor *add_gradient(const ssi_vjp *g)
{
    return g->dy;
}

/* clang-format off */
const ssi_op ssi_op_add = {
    SSI_MAP(add, ADD), .map_f64 = add_f64, .map_i64 = add_i64, .gradient = add_gradient,
    SSI_WORDS(.signature = "a, b -> y", .doc = "a + b; of bool: or", .numpy = "a + b", .torch = "torch.add(a, b)", .onnx = "Add",
              .binary = ssi_add, .samples = SSI_SAMPLES("a=uniform(-2,2) b=uniform(-2,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_add)(ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b)
        return NULL;
    ssi_dtype dtype = ssi_common(a, b);
    return dtype == SSI_BOOL ? ssi_logical_or(a, b) : ssi_build_binary(&ssi_op_add, a, b, dtype, dtype);
}

SSI_DEFINE_F64(sub, a - b)
SSI_DEFINE_I64(sub, (int64_t)((uint64_t)a - (uint64_t)b))

static ssi_tensor *sub_gradient(const ssi_vjp *g)
{
    return g->which == 0 ? g->dy : ssi_neg(g->dy);
}

/* clang-format off */
const ssi_op ssi_op_sub = {
    SSI_MAP(sub, SUB), .map_f64 = sub_f64, .map_i64 = sub_i64, .gradient = sub_gradient,
    SSI_WORDS(.signature = "a, b -> y", .doc = "a - b", .numpy = "a - b", .torch = "torch.sub(a, b)", .onnx = "Sub", .binary = ssi_sub,
              .samples = SSI_SAMPLES("a=uniform(-2,2) b=uniform(-2,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_sub)(ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b)
        return NULL;
    ssi_dtype dtype = ssi_common(a, b);
    return dtype == SSI_BOOL ? ssi_fail_bool(&ssi_op_sub) : ssi_build_binary(&ssi_op_sub, a, b, dtype, dtype);
}

SSI_DEFINE_F64(neg, -a)
SSI_DEFINE_I64(neg, (int64_t)(0 - (uint64_t)a))

static ssi_tensor *neg_gradient(const ssi_vjp *g)
{
    return ssi_neg(g->dy);
}

/* clang-format off */
const ssi_op ssi_op_neg = {
    SSI_MAP(neg, NEG), .map_f64 = neg_f64, .map_i64 = neg_i64, .gradient = neg_gradient,
    SSI_WORDS(.signature = "x -> y", .doc = "-x", .numpy = "-x", .torch = "torch.neg(x)", .onnx = "Neg", .unary = ssi_neg,
              .samples = SSI_SAMPLES("x=uniform(-2,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_neg)(ssi_tensor *x)
{
    if (!x)
        return NULL;
    return x->dtype == SSI_BOOL ? ssi_fail_bool(&ssi_op_neg) : ssi_build_unary(&ssi_op_neg, x, (ssi_dtype)x->dtype);
}

/* ---- products and quotients ---- */

SSI_DEFINE_F64(mul, a *b)
SSI_DEFINE_I64(mul, (int64_t)((uint64_t)a *(uint64_t)b))

static ssi_tensor *mul_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, g->x[1 - g->which]);
}

/* clang-format off */
const ssi_op ssi_op_mul = {
    SSI_MAP(mul, MUL), .map_f64 = mul_f64, .map_i64 = mul_i64, .gradient = mul_gradient,
    SSI_WORDS(.signature = "a, b -> y", .doc = "a * b; of bool: and", .numpy = "a * b", .torch = "torch.mul(a, b)", .onnx = "Mul",
              .binary = ssi_mul, .samples = SSI_SAMPLES("a=uniform(-2,2) b=uniform(-2,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_mul)(ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b)
        return NULL;
    ssi_dtype dtype = ssi_common(a, b);
    return dtype == SSI_BOOL ? ssi_logical_and(a, b) : ssi_build_binary(&ssi_op_mul, a, b, dtype, dtype);
}

SSI_DEFINE_F64(div, a / b)

/* a/b: 1/b, -(a/b)/b. */
static ssi_tensor *div_gradient(const ssi_vjp *g)
{
    return g->which == 0 ? ssi_div(g->dy, g->x[1]) : ssi_mul(ssi_neg(g->dy), ssi_div(g->y, g->x[1]));
}

/* clang-format off */
const ssi_op ssi_op_div = {
    SSI_MAP(div, DIV), .map_f64 = div_f64, .gradient = div_gradient,
    SSI_WORDS(.signature = "a, b -> y:float", .doc = "a / b; of integers: f64", .numpy = "a / b", .torch = "torch.div(a, b)", .onnx = "Div",
              .binary = ssi_div, .samples = SSI_SAMPLES("a=uniform(-2,2) b=uniform(0.5,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_div)(ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b)
        return NULL;
    ssi_dtype common = ssi_common(a, b), dtype = ssi_is_float(common) ? common : SSI_F64;
    return ssi_build_binary(&ssi_op_div, a, b, dtype, dtype);
}

/* ---- powers ---- */

/* By squaring. A negative power of an integer is a fraction, cut to 0, but of 1 and -1. */
static int64_t integer_power(int64_t a, int64_t b)
{
    if (b < 0)
        return a == 1 ? 1 : a == -1 ? (b & 1 ? -1 : 1) : 0;
    uint64_t power = 1, base = (uint64_t)a;
    for (; b; b >>= 1, base *= base)
        power *= b & 1 ? base : 1;
    return (int64_t)power;
}

SSI_DEFINE_F64(pow, pow(a, b))
SSI_DEFINE_I64(pow, integer_power(a, b))

/* b a^(b-1) by a, and 0 where b is 0, also at a = 0: there the exponent is taken as 0, so that no infinity meets the 0 before it.
 * y log a by b, and the limit 0 where a is 0 and b is not negative. Both stay finite when they are differentiated again. */
static ssi_tensor *pow_gradient(const ssi_vjp *g)
{
    ssi_tensor *a = g->x[0], *b = g->x[1];
    if (g->which == 0) {
        ssi_tensor *less = ssi_sub(ssi_where(ssi_equal(b, 0), 1, b), 1);
        return ssi_mul(g->dy, ssi_mul(b, ssi_pow(a, less)));
    }
    ssi_tensor *flat = ssi_logical_and(ssi_equal(a, 0), ssi_greater_equal(b, 0));
    return ssi_mul(g->dy, ssi_mul(g->y, ssi_log(ssi_where(flat, 1, a))));
}

/* clang-format off */
const ssi_op ssi_op_pow = {
    SSI_MAP(pow, POW), .map_f64 = pow_f64, .map_i64 = pow_i64, .gradient = pow_gradient,
    SSI_WORDS(.signature = "a, b -> y", .doc = "a to the power b", .numpy = "a ** b", .torch = "torch.pow(a, b)", .onnx = "Pow", .ulp = 2,
              .binary = ssi_pow, .samples = SSI_SAMPLES("a=uniform(0.5,2) b=uniform(-2,2)")),
};
/* clang-format on */

/* Of bool: i8, as NumPy; 0 of 0 and 1 alone. */
ssi_tensor *(ssi_pow)(ssi_tensor *a, ssi_tensor *b)
{
    SSI_CALLED;
    if (!a || !b)
        return NULL;
    ssi_dtype dtype = ssi_common(a, b);
    if (dtype == SSI_BOOL)
        return ssi_cast(ssi_less_equal(b, a), SSI_I8);
    return ssi_build_binary(&ssi_op_pow, a, b, dtype, dtype);
}

/* ---- sign and size ---- */

SSI_DEFINE_F64(abs, fabs(a))
SSI_DEFINE_I64(abs, a < 0 ? (int64_t)(0 - (uint64_t)a) : a)

static ssi_tensor *abs_gradient(const ssi_vjp *g)
{
    return ssi_mul(g->dy, ssi_sign(g->x[0]));
}

/* clang-format off */
const ssi_op ssi_op_abs = {
    SSI_MAP(abs, ABS), .map_f64 = abs_f64, .map_i64 = abs_i64, .gradient = abs_gradient,
    SSI_WORDS(.signature = "x -> y", .doc = "the distance from 0; slope 0 at 0", .numpy = "np.abs(x)", .torch = "torch.abs(x)",
              .onnx = "Abs", .unary = ssi_abs, .samples = SSI_SAMPLES("x=uniform(-2,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_abs)(ssi_tensor *x)
{
    return !x || x->dtype == SSI_BOOL ? x : ssi_build_unary(&ssi_op_abs, x, (ssi_dtype)x->dtype);
}

SSI_DEFINE_F64(sign, isnan(a) ? a : (a > 0) - (a < 0))
SSI_DEFINE_I64(sign, (a > 0) - (a < 0))

static ssi_tensor *zero_gradient(const ssi_vjp *g)
{
    return (ssi_zeros)((ssi_dtype)g->dy->dtype, g->dy->rank, g->dy->shape);
}

/* clang-format off */
const ssi_op ssi_op_sign = {
    SSI_MAP(sign, SIGN), .map_f64 = sign_f64, .map_i64 = sign_i64, .gradient = zero_gradient,
    SSI_WORDS(.signature = "x -> y", .doc = "-1, 0 or 1; NaN stays; gradient 0", .numpy = "np.sign(x)", .torch = "torch.sign(x)",
              .onnx = "Sign", .unary = ssi_sign, .samples = SSI_SAMPLES("x=uniform(-2,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_sign)(ssi_tensor *x)
{
    if (!x)
        return NULL;
    return x->dtype == SSI_BOOL ? ssi_fail_bool(&ssi_op_sign) : ssi_build_unary(&ssi_op_sign, x, (ssi_dtype)x->dtype);
}

SSI_DEFINE_F64(floor, floor(a))

/* clang-format off */
const ssi_op ssi_op_floor = {
    SSI_MAP(floor, FLOOR), .map_f64 = floor_f64, .gradient = zero_gradient,
    SSI_WORDS(.signature = "x -> y", .doc = "the largest whole number not above x; gradient 0", .numpy = "np.floor(x)",
              .torch = "torch.floor(x)", .onnx = "Floor", .unary = ssi_floor, .samples = SSI_SAMPLES("x=uniform(-2,2)")),
};
/* clang-format on */

/* Integers are whole already. */
ssi_tensor *(ssi_floor)(ssi_tensor *x)
{
    return !x || !ssi_is_float((ssi_dtype)x->dtype) ? x : ssi_build_unary(&ssi_op_floor, x, (ssi_dtype)x->dtype);
}
