/*
 * build.c - from operands to a node: promotion, weak numbers, broadcasting, and what is said when they do not fit.
 */
#include "ops/build.h"

#include <math.h>
#include <string.h>

/* The float that NumPy computes a function of an integer in. */
static ssi_dtype float_of(ssi_dtype dtype)
{
    switch (dtype) {
    case SSI_BOOL:
    case SSI_U8:
    case SSI_I8:
        return SSI_F16;
    case SSI_I16:
        return SSI_F32;
    case SSI_I32:
    case SSI_I64:
        return SSI_F64;
    default:
        return dtype;
    }
}

/* NumPy 2: numbers adapt to tensors, and only their kind counts: a float number makes integers f64, an integer number makes bool i64. */
static ssi_dtype common_dtype(int inputs, ssi_tensor *const *x)
{
    int strong = -1, weak = -1;
    for (int i = 0; i < inputs; i++) {
        int *of = x[i]->flags & SSI_WEAK ? &weak : &strong;
        *of = *of < 0 ? x[i]->dtype : (int)ssi_promote((ssi_dtype)*of, (ssi_dtype)x[i]->dtype);
    }
    if (strong < 0)
        return (ssi_dtype)weak;
    if (weak == SSI_F64 && !ssi_is_float((ssi_dtype)strong))
        return SSI_F64;
    return weak == SSI_I64 && strong == SSI_BOOL ? SSI_I64 : (ssi_dtype)strong;
}

static bool number_fits(const ssi_op *op, const ssi_tensor *x, ssi_dtype dtype)
{
    static const int64_t low[SSI_DTYPES] = {[SSI_I8] = INT8_MIN, [SSI_I16] = INT16_MIN, [SSI_I32] = INT32_MIN};
    static const int64_t high[SSI_DTYPES] = {
        [SSI_U8] = UINT8_MAX, [SSI_I8] = INT8_MAX, [SSI_I16] = INT16_MAX, [SSI_I32] = INT32_MAX};
    if (!high[dtype] || x->dtype != SSI_I64 || (x->argument[0] >= low[dtype] && x->argument[0] <= high[dtype]))
        return true;
    ssi_fail(SSI_INVALID, op->name, "the number %lld does not fit in %s\ncast the tensor to a wider dtype first",
             (long long)x->argument[0], ssi_dtype_name(dtype));
    return false;
}

static ssi_tensor *truth_of(ssi_tensor *x)
{
    return x->dtype == SSI_BOOL ? x : (ssi_not_equal)(x, ssi_number_int(0));
}

static bool broadcast(const ssi_op *op, int inputs, ssi_tensor *const *x, int *rank, int64_t *shape)
{
    *rank = x[0]->rank;
    memcpy(shape, x[0]->shape, (size_t)*rank * sizeof *shape);
    for (int i = 1; i < inputs; i++) {
        int64_t out[SSI_MAX_RANK];
        int joined = ssi_shape_broadcast(*rank, shape, x[i]->rank, x[i]->shape, out);
        if (joined < 0) {
            char a[SSI_SHAPE_TEXT], b[SSI_SHAPE_TEXT];
            ssi_fail(SSI_INVALID, op->name,
                     "shapes %s and %s do not broadcast\nsizes are compared from the last axis: they must be equal, or "
                     "one of them 1",
                     ssi_shape_text(*rank, shape, a), ssi_shape_text(x[i]->rank, x[i]->shape, b));
            return false;
        }
        *rank = joined;
        memcpy(shape, out, (size_t)joined * sizeof *shape);
    }
    return true;
}

static ssi_dtype in_domain(ssi_domain domain, ssi_dtype dtype)
{
    if (domain == SSI_REAL)
        return float_of(dtype);
    return domain == SSI_DIVIDE && !ssi_is_float(dtype) ? SSI_F64 : dtype;
}

ssi_tensor *ssi_build_map(const ssi_op *op, ssi_domain domain, int inputs, ssi_tensor *const *x, bool to_bool)
{
    ssi_tensor *in[3];
    for (int i = 0; i < inputs; i++) {
        if (!x[i])
            return NULL;
        in[i] = domain == SSI_TRUTH ? truth_of(x[i]) : x[i];
        if (!in[i])
            return NULL;
    }
    bool where = op->code == SSI_MAP_WHERE && op->kind == SSI_KIND_MAP;
    int first = where ? 1 : 0; /* the condition has a dtype of its own */
    ssi_dtype dtype = in_domain(domain, common_dtype(inputs - first, in + first));
    if (domain == SSI_NUMERIC && dtype == SSI_BOOL)
        return SSI_FAIL_NULL(SSI_INVALID, op->name,
                             "not defined for bool\nuse the logical operations, or cast to an integer");
    for (int i = first; i < inputs; i++) {
        if (in[i]->flags & SSI_WEAK ? !number_fits(op, in[i], dtype)
                                    : in[i]->dtype != dtype && !(in[i] = (ssi_cast)(in[i], dtype)))
            return NULL;
    }
    int rank;
    int64_t shape[SSI_MAX_RANK];
    if (!broadcast(op, inputs, in, &rank, shape))
        return NULL;
    return ssi_node(&(ssi_node_spec){
        .op = op, .dtype = to_bool ? SSI_BOOL : dtype, .rank = rank, .shape = shape, .inputs = inputs, .input = in});
}

ssi_tensor *ssi_build_view(const ssi_op *op, ssi_tensor *x, int rank, const int64_t *shape, int attributes,
                           const int64_t *attribute, int arguments, const int64_t *argument)
{
    return ssi_node(&(ssi_node_spec){.op = op,
                                     .dtype = (ssi_dtype)x->dtype,
                                     .rank = rank,
                                     .shape = shape,
                                     .inputs = 1,
                                     .input = &x,
                                     .attributes = attributes,
                                     .attribute = attribute,
                                     .arguments = arguments,
                                     .argument = argument});
}
