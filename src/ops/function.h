/*
 * function.h - what the records of functions of one real number have in common. Integers are taken as the float that NumPy gives them.
 */
#ifndef SSI_SRC_OPS_FUNCTION_H
#define SSI_SRC_OPS_FUNCTION_H

#include "ops/build.h"

/* A function within 2 ulp, tried where it is smooth; behind it the rest of its words. */
#define SSI_FUNCTION(op_name, op_code, low, high, ...)                                                                 \
    SSI_MAP(op_name, op_code), .map_f64 = op_name##_f64, .gradient = op_name##_gradient,                               \
                               SSI_WORDS(.signature = "x -> y:float", .ulp = 2, .unary = ssi_##op_name,                \
                                         .samples = SSI_SAMPLES("x=uniform(" #low "," #high ")"), __VA_ARGS__)

static inline ssi_tensor *ssi_build_function(const ssi_op *op, ssi_tensor *x)
{
    return x ? ssi_build_unary(op, x, ssi_float_for((ssi_dtype)x->dtype)) : NULL;
}

/* The float of two numbers, each for itself: u8 and i8, which need i16 together, both are f16. */
static inline ssi_dtype ssi_float_for_both(const ssi_tensor *a, const ssi_tensor *b)
{
    if (ssi_is_weak(a) || ssi_is_weak(b))
        return ssi_float_for(ssi_common(a, b));
    return ssi_promote(ssi_float_for((ssi_dtype)a->dtype), ssi_float_for((ssi_dtype)b->dtype));
}

/* The same of two numbers. */
static inline ssi_tensor *ssi_build_function2(const ssi_op *op, ssi_tensor *a, ssi_tensor *b)
{
    if (!a || !b)
        return NULL;
    ssi_dtype dtype = ssi_float_for_both(a, b);
    return ssi_build_binary(op, a, b, dtype, dtype);
}

#endif
