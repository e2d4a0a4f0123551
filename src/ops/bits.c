/*
 * bits.c - integers as rows of bits; of bool, logic.
 */
#include "ops/build.h"

SSI_DEFINE_I64(bitwise_and, a &b)
SSI_DEFINE_I64(bitwise_or, a | b)
SSI_DEFINE_I64(bitwise_xor, a ^ b)
SSI_DEFINE_I64(invert, ~a)
SSI_DEFINE_I64(left_shift, b<0 || b> 63 ? 0 : (int64_t)((uint64_t)a << b))
SSI_DEFINE_I64(right_shift, a >> (b < 0 || b > 63 ? 63 : b))

#define BITS(name, code, text, ...)                                                                                    \
    SSI_MAP(name, code),                                                                                               \
        .no_gradient = "of integers there is none", .map_i64 = name##_i64,                                             \
        SSI_WORDS(.signature = "a:integer, b:integer -> y", .numpy = text, .binary = ssi_##name, __VA_ARGS__)

/* clang-format off */
const ssi_op ssi_op_bitwise_and = {
    BITS(bitwise_and, AND, "a & b", .doc = "the bits that both have", .torch = "torch.bitwise_and(a, b)", .onnx = "BitwiseAnd",
        .samples = SSI_SAMPLES("a=uniform(0,100) b=uniform(0,100)")),
};
const ssi_op ssi_op_bitwise_or = {
    BITS(bitwise_or, OR, "a | b", .doc = "the bits that either has", .torch = "torch.bitwise_or(a, b)", .onnx = "BitwiseOr",
        .samples = SSI_SAMPLES("a=uniform(0,100) b=uniform(0,100)")),
};
const ssi_op ssi_op_bitwise_xor = {
    BITS(bitwise_xor, XOR, "a ^ b", .doc = "the bits that one of them has", .torch = "torch.bitwise_xor(a, b)", .onnx = "BitwiseXor",
        .samples = SSI_SAMPLES("a=uniform(0,100) b=uniform(0,100)")),
};
const ssi_op ssi_op_left_shift = {
    BITS(left_shift, SHL, "a << b", .doc = "a times 2 to the power b, wrapping; 0 for b outside a's bits",
        .torch = "torch.bitwise_left_shift(a, b)", .onnx = "BitShift", .samples = SSI_SAMPLES("a=uniform(0,100) b=uniform(0,9)")),
};
const ssi_op ssi_op_right_shift = {
    BITS(right_shift, SHR, "a >> b", .doc = "a by 2 to the power b, rounded down; 0 or -1 for b outside a's bits",
        .torch = "torch.bitwise_right_shift(a, b)", .onnx = "BitShift", .samples = SSI_SAMPLES("a=uniform(0,100) b=uniform(0,9)")),
};
const ssi_op ssi_op_invert = {
    SSI_MAP(invert, INVERT), .no_gradient = "of integers there is none", .map_i64 = invert_i64,
    SSI_WORDS(.signature = "x:integer -> y", .doc = "every bit the other way", .numpy = "~x", .torch = "torch.bitwise_not(x)",
              .onnx = "BitwiseNot", .unary = ssi_invert, .samples = SSI_SAMPLES("x=uniform(0,100)")),
};
/* clang-format on */

static ssi_tensor *fail_float(const ssi_op *op, ssi_dtype dtype)
{
    return SSI_FAIL_NULL(SSI_INVALID, op->name, "of %s\nonly integers and bool have bits to work on: cast first",
                         ssi_dtype_name(dtype));
}

/* `of_bool`: the dtype in which bool is taken. */
static ssi_tensor *bits(const ssi_op *op, ssi_tensor *a, ssi_tensor *b, ssi_dtype of_bool)
{
    if (!a || !b)
        return NULL;
    ssi_dtype common = ssi_common(a, b), dtype = common == SSI_BOOL ? of_bool : common;
    return ssi_is_float(dtype) ? fail_float(op, dtype) : ssi_build_binary(op, a, b, dtype, dtype);
}

ssi_tensor *(ssi_bitwise_and)(ssi_tensor *a, ssi_tensor *b)
{
    return bits(&ssi_op_bitwise_and, a, b, SSI_BOOL);
}
ssi_tensor *(ssi_bitwise_or)(ssi_tensor *a, ssi_tensor *b)
{
    return bits(&ssi_op_bitwise_or, a, b, SSI_BOOL);
}
ssi_tensor *(ssi_bitwise_xor)(ssi_tensor *a, ssi_tensor *b)
{
    return bits(&ssi_op_bitwise_xor, a, b, SSI_BOOL);
}
ssi_tensor *(ssi_left_shift)(ssi_tensor *a, ssi_tensor *b)
{
    return bits(&ssi_op_left_shift, a, b, SSI_I8);
}
ssi_tensor *(ssi_right_shift)(ssi_tensor *a, ssi_tensor *b)
{
    return bits(&ssi_op_right_shift, a, b, SSI_I8);
}

ssi_tensor *(ssi_invert)(ssi_tensor *x)
{
    if (!x || x->dtype == SSI_BOOL)
        return ssi_logical_not(x);
    ssi_dtype dtype = (ssi_dtype)x->dtype;
    return ssi_is_float(dtype) ? fail_float(&ssi_op_invert, dtype) : ssi_build_unary(&ssi_op_invert, x, dtype);
}
