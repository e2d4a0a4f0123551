/*
 * wide.h - what means and spreads share: the dtype they are taken in, and a square root with a slope everywhere.
 */
#ifndef SSI_SRC_MATH_WIDE_H
#define SSI_SRC_MATH_WIDE_H

#include "ssi/math.h"
#include "tensor/tensor.h"

/* What means are taken in: integers as f64; narrow floats as f32, in which their sums do not overflow. */
static inline ssi_tensor *ssi_wide(ssi_tensor *x)
{
    ssi_dtype dtype = ssi_dtype_of(x);
    bool narrow = dtype == SSI_F16 || dtype == SSI_BF16;
    return ssi_cast(x, narrow ? SSI_F32 : ssi_is_float(dtype) ? dtype : SSI_F64);
}

/* Back to what the result of x is given in. */
static inline ssi_tensor *ssi_as_result(ssi_tensor *y, const ssi_tensor *x)
{
    ssi_dtype dtype = ssi_dtype_of(x);
    return ssi_is_float(dtype) ? ssi_cast(y, dtype) : y;
}

/* The square root, with slope 0 at 0: so that what does not vary, and a vector of zeros, have a gradient. */
static inline ssi_tensor *ssi_root(ssi_tensor *x)
{
    ssi_tensor *zero = ssi_equal(x, 0);
    return ssi_where(zero, 0, ssi_sqrt(ssi_where(zero, 1, x)));
}

#endif
