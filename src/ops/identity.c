/*
 * identity.c - the same values: as another dtype, checked, or cut off from gradients.
 */
#include "ops/build.h"

static ssi_tensor *same_gradient(const ssi_vjp *g)
{
    return g->dy;
}

/* ---- cast ---- */

static ssi_tensor *cast_gradient(const ssi_vjp *g)
{
    return ssi_cast(g->dy, (ssi_dtype)g->x[0]->dtype);
}

/* clang-format off */
const ssi_op ssi_op_cast = {
    SSI_MAP(cast, CAST), .gradient = cast_gradient,
    SSI_WORDS(.signature = "x -> y", .doc = "the same values as another dtype", .numpy = "x.astype(dtype)", .torch = "x.to(dtype)",
              .onnx = "Cast", .samples = SSI_SAMPLES("x=uniform(-2,2)")),
};
/* clang-format on */

ssi_tensor *(ssi_cast)(ssi_tensor *x, ssi_dtype dtype)
{
    if (!x)
        return NULL;
    if ((unsigned)dtype >= SSI_DTYPES)
        return SSI_FAIL_NULL(SSI_INVALID, "cast", "%d is no dtype", (int)dtype);
    if (x->dtype == dtype && !ssi_is_weak(x))
        return x;
    return ssi_node(&(ssi_node_spec){
        .op = &ssi_op_cast, .dtype = dtype, .rank = x->rank, .shape = x->shape, .inputs = 1, .input = &x});
}

/* ---- checks: the executor makes them ---- */

SSI_DEFINE_F64(check_finite, a)

/* clang-format off */
const ssi_op ssi_op_check_finite = {
    SSI_MAP(check_finite, CHECK_FINITE), .map_f64 = check_finite_f64, .gradient = same_gradient,
    SSI_WORDS(.signature = "x -> y", .doc = "x; the run fails if an element is NaN or infinite", .unary = ssi_check_finite,
              .samples = SSI_SAMPLES("x=uniform(-2,2)")),
};
/* clang-format on */

/* Integers are always finite. */
ssi_tensor *(ssi_check_finite)(ssi_tensor *x)
{
    return !x || !ssi_is_float((ssi_dtype)x->dtype) ? x : ssi_build_unary(&ssi_op_check_finite, x, (ssi_dtype)x->dtype);
}

SSI_DEFINE_I64(check_range, a)

/* clang-format off */
const ssi_op ssi_op_check_range = {
    SSI_MAP(check_range, CHECK_RANGE), .map_i64 = check_range_i64, .no_gradient = "integers have none",
    SSI_WORDS(.signature = "x:integer -> y", .doc = "x; the run fails if an element is outside [0, n)",
              .samples = SSI_SAMPLES("x=integers(0,5) n=6")),
};
/* clang-format on */

ssi_tensor *(ssi_check_range)(ssi_tensor *x, int64_t n)
{
    if (!x)
        return NULL;
    if (!ssi_is_integer((ssi_dtype)x->dtype))
        return SSI_FAIL_NULL(SSI_INVALID, "check_range", "x is %s\nonly integers are checked",
                             ssi_dtype_name((ssi_dtype)x->dtype));
    return ssi_node(&(ssi_node_spec){.op = &ssi_op_check_range,
                                     .dtype = (ssi_dtype)x->dtype,
                                     .rank = x->rank,
                                     .shape = x->shape,
                                     .inputs = 1,
                                     .input = &x,
                                     .arguments = 1,
                                     .argument = &n});
}

/* ---- detach ---- */

SSI_DEFINE_F64(detach, a)
SSI_DEFINE_I64(detach, a)

/* clang-format off */
const ssi_op ssi_op_detach = {
    SSI_MAP(detach, DETACH), .map_f64 = detach_f64, .map_i64 = detach_i64, .no_gradient = "that is its purpose",
    SSI_WORDS(.signature = "x -> y", .doc = "x, through which no gradient flows", .torch = "x.detach()", .unary = ssi_detach,
              .samples = SSI_SAMPLES("x=uniform(-2,2)")),
};
/* clang-format on */

ssi_tensor *ssi_detach(ssi_tensor *x)
{
    return x ? ssi_build_unary(&ssi_op_detach, x, (ssi_dtype)x->dtype) : NULL;
}
