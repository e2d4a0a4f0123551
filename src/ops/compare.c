/*
 * compare.c - comparisons and logic: bool, and no gradient.
 *
 * greater and greater_equal are less and less_equal with their operands exchanged. NaN is not equal to anything, nor less.
 */
#include "ops/build.h"

/* ---- comparisons ---- */

SSI_DEFINE_F64(equal, a == b)
SSI_DEFINE_I64(equal, a == b)
SSI_DEFINE_F64(not_equal, a != b)
SSI_DEFINE_I64(not_equal, a != b)
SSI_DEFINE_F64(less, a < b)
SSI_DEFINE_I64(less, a < b)
SSI_DEFINE_F64(less_equal, a <= b)
SSI_DEFINE_I64(less_equal, a <= b)

#define COMPARISON(name, code, ...)                                                                                    \
    SSI_MAP(name, code),                                                                                               \
        .no_gradient = "piecewise constant", .map_f64 = name##_f64, .map_i64 = name##_i64,                             \
        SSI_WORDS(.signature = "a, b -> y:bool", .binary = ssi_##name,                                                 \
                  .samples = SSI_SAMPLES("a=integers(-2,2) b=integers(-2,2)", "a=uniform(-2,2) b=uniform(-2,2)"),      \
                  __VA_ARGS__)

/* clang-format off */
const ssi_op ssi_op_equal = {
    COMPARISON(equal, EQ, .doc = "whether a = b", .numpy = "a == b", .torch = "torch.eq(a, b)", .onnx = "Equal"),
};
const ssi_op ssi_op_not_equal = {
    COMPARISON(not_equal, NE, .doc = "whether a is not b", .numpy = "a != b", .torch = "torch.ne(a, b)"),
};
const ssi_op ssi_op_less = {
    COMPARISON(less, LT, .doc = "whether a < b", .numpy = "a < b", .torch = "torch.lt(a, b)", .onnx = "Less"),
};
const ssi_op ssi_op_less_equal = {
    COMPARISON(less_equal, LE, .doc = "whether a <= b", .numpy = "a <= b", .torch = "torch.le(a, b)", .onnx = "LessOrEqual"),
};
/* clang-format on */

static bool is_beyond(const ssi_tensor *x, ssi_dtype dtype)
{
    return ssi_is_weak(x) && x->dtype == SSI_I64 && ssi_is_integer(dtype) && !ssi_integer_fits(x->argument[0], dtype);
}

/* An integer number beyond the tensor's dtype compares as what it is, in i64. Two numbers of different kinds: one must be a tensor,
 * for a number takes the other's dtype. */
static ssi_tensor *compare(const ssi_op *op, ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b)
        return NULL;
    if (a->dtype != b->dtype && ssi_is_weak(a) && ssi_is_weak(b) && !(a = ssi_strong(a)))
        return NULL;
    ssi_dtype dtype = ssi_common(a, b);
    if (is_beyond(a, dtype) || is_beyond(b, dtype))
        dtype = SSI_I64;
    return ssi_build_binary(op, a, b, dtype, SSI_BOOL);
}

ssi_tensor *(ssi_equal)(ssi_tensor *a, ssi_tensor *b)
{
    return compare(&ssi_op_equal, a, b);
}
ssi_tensor *(ssi_not_equal)(ssi_tensor *a, ssi_tensor *b)
{
    return compare(&ssi_op_not_equal, a, b);
}
ssi_tensor *(ssi_less)(ssi_tensor *a, ssi_tensor *b)
{
    return compare(&ssi_op_less, a, b);
}
ssi_tensor *(ssi_less_equal)(ssi_tensor *a, ssi_tensor *b)
{
    return compare(&ssi_op_less_equal, a, b);
}
ssi_tensor *(ssi_greater)(ssi_tensor *a, ssi_tensor *b)
{
    return compare(&ssi_op_less, b, a);
}
ssi_tensor *(ssi_greater_equal)(ssi_tensor *a, ssi_tensor *b)
{
    return compare(&ssi_op_less_equal, b, a);
}

/* ---- logic, of bool; builders take any dtype and ask whether it is zero ---- */

SSI_DEFINE_I64(logical_and, a &b)
SSI_DEFINE_I64(logical_or, a | b)
SSI_DEFINE_I64(logical_xor, a ^ b)
SSI_DEFINE_I64(logical_not, !a)

#define LOGIC(name, code, ...)                                                                                         \
    SSI_MAP(name, code), .no_gradient = "piecewise constant", .map_i64 = name##_i64,                                   \
                         SSI_WORDS(.signature = "a:bool, b:bool -> y:bool", .numpy = "np." #name "(a, b)",             \
                                   .torch = "torch." #name "(a, b)", .binary = ssi_##name,                             \
                                   .samples = SSI_SAMPLES("a=bool b=bool"), __VA_ARGS__)

/* clang-format off */
const ssi_op ssi_op_logical_and = {
    LOGIC(logical_and, AND, .doc = "whether both are not zero", .onnx = "And"),
};
const ssi_op ssi_op_logical_or = {
    LOGIC(logical_or, OR, .doc = "whether either is not zero", .onnx = "Or"),
};
const ssi_op ssi_op_logical_xor = {
    LOGIC(logical_xor, XOR, .doc = "whether one is zero and one not", .onnx = "Xor"),
};
const ssi_op ssi_op_logical_not = {
    SSI_MAP(logical_not, NOT), .map_i64 = logical_not_i64, .no_gradient = "piecewise constant",
    SSI_WORDS(.signature = "x:bool -> y:bool", .doc = "whether x is zero", .numpy = "np.logical_not(x)", .torch = "torch.logical_not(x)",
              .onnx = "Not", .unary = ssi_logical_not, .samples = SSI_SAMPLES("x=bool")),
};
/* clang-format on */

static ssi_tensor *logic(const ssi_op *op, ssi_tensor *a, ssi_tensor *b)
{
    a = ssi_truth(a);
    b = ssi_truth(b);
    return a && b ? ssi_build_binary(op, a, b, SSI_BOOL, SSI_BOOL) : NULL;
}

ssi_tensor *(ssi_logical_and)(ssi_tensor *a, ssi_tensor *b)
{
    return logic(&ssi_op_logical_and, a, b);
}
ssi_tensor *(ssi_logical_or)(ssi_tensor *a, ssi_tensor *b)
{
    return logic(&ssi_op_logical_or, a, b);
}
ssi_tensor *(ssi_logical_xor)(ssi_tensor *a, ssi_tensor *b)
{
    return logic(&ssi_op_logical_xor, a, b);
}
ssi_tensor *(ssi_logical_not)(ssi_tensor *x)
{
    x = ssi_truth(x);
    return x ? ssi_build_unary(&ssi_op_logical_not, x, SSI_BOOL) : NULL;
}
