/*
 * create.c - tensors from nothing: leaves, numbers, constants, indices, random numbers, casts.
 */
#include <string.h>

#include "ops/build.h"

const ssi_op ssi_op_leaf = {.name = "leaf", .kind = SSI_KIND_LEAF, .signature = "-> y", .doc = "a value that exists"};
const ssi_op ssi_op_number = {.name = "number", .kind = SSI_KIND_NUMBER, .signature = "-> y", .doc = "a C number"};

static bool good_shape(const char *operation, ssi_dtype dtype, int rank, const int64_t *shape)
{
    char text[SSI_SHAPE_TEXT];
    int64_t count;
    if ((unsigned)dtype >= SSI_DTYPES)
        return ssi_fail(SSI_INVALID, operation, "%d is no dtype", (int)dtype) == 0;
    if (rank < 0 || rank > SSI_MAX_RANK)
        return ssi_fail(SSI_INVALID, operation, "%d axes; a tensor has 0 to %d", rank, SSI_MAX_RANK) == 0;
    if (!ssi_shape_count(rank, shape, ssi_dtype_size(dtype), &count))
        return ssi_fail(SSI_INVALID, operation, "shape %s of %s has a negative size or is larger than memory can be",
                        ssi_shape_text(rank, shape, text), ssi_dtype_name(dtype)) == 0;
    return true;
}

/* ---- constants ---- */

ssi_tensor *(ssi_full)(ssi_dtype dtype, int rank, const int64_t *shape, ssi_tensor *value)
{
    if (!value || !good_shape("full", dtype, rank, shape))
        return NULL;
    if (value->rank)
        return SSI_FAIL_NULL(SSI_INVALID, "full", "the value has %d axes\ngive a number, or a tensor of no axes",
                             value->rank);
    return (ssi_expand)((ssi_cast)(value, dtype), rank, shape);
}

ssi_tensor *(ssi_zeros)(ssi_dtype dtype, int rank, const int64_t *shape)
{
    return (ssi_full)(dtype, rank, shape, ssi_number_int(0));
}

ssi_tensor *(ssi_ones)(ssi_dtype dtype, int rank, const int64_t *shape)
{
    return (ssi_full)(dtype, rank, shape, ssi_number_int(1));
}

/* ---- indices ---- */

/* Row-major walk over a view, calling with the flat position. */
static void iota_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    (void)in;
    int64_t inner = 1, count = ssi_count(node);
    for (int i = (int)node->attribute[0] + 1; i < node->rank; i++)
        inner *= node->shape[i];
    for (int64_t i = 0; i < count; i++)
        ssi_put_i64(out->data, out->dtype, i, i / inner % node->shape[node->attribute[0]]);
}

const ssi_op ssi_op_iota = {.name = "iota",
                            .kind = SSI_KIND_SOURCE,
                            .signature = "-> y",
                            .doc = "the index along an axis",
                            .numpy = "np.indices(shape)[axis]",
                            .torch = "torch.arange(n)",
                            .no_gradient = "it has no inputs",
                            .reference = iota_reference};

ssi_tensor *ssi_iota(ssi_dtype dtype, int rank, const int64_t *shape, int axis)
{
    if (!good_shape("iota", dtype, rank, shape) || (axis = ssi_axis("iota", axis, rank)) < 0)
        return NULL;
    return ssi_node(&(ssi_node_spec){.op = &ssi_op_iota,
                                     .dtype = dtype,
                                     .rank = rank,
                                     .shape = shape,
                                     .attributes = 1,
                                     .attribute = &(int64_t){axis}});
}

/* ---- random numbers ---- */

/* The j-th group of four words of (seed, stream): f32 numbers take 24 bits of one word, f64 53 bits of two. */
static void uniform_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    (void)in;
    int64_t count = ssi_count(node);
    for (int64_t i = 0; i < count; i++) {
        uint32_t word[4];
        int per = node->dtype == SSI_F64 ? 2 : 4;
        ssi_philox((uint64_t)node->argument[0], (uint64_t)(i / per), (uint64_t)node->argument[1], word);
        const uint32_t *w = word + i % per * (4 / per);
        double u = per == 4 ? (w[0] >> 8) * 0x1p-24 : ((w[0] >> 5) * 0x1p26 + (w[1] >> 6)) * 0x1p-53;
        ssi_put_f64(out->data, out->dtype, i, u);
    }
}

const ssi_op ssi_op_uniform = {.name = "uniform",
                               .kind = SSI_KIND_SOURCE,
                               .signature = "-> y:float",
                               .doc = "uniform in [0, 1)",
                               .numpy = "rng.random(shape)",
                               .torch = "torch.rand(shape)",
                               .no_gradient = "it has no inputs",
                               .reference = uniform_reference};

ssi_tensor *ssi_uniform(ssi_dtype dtype, int rank, const int64_t *shape, uint64_t seed, uint64_t stream)
{
    if (!good_shape("uniform", dtype, rank, shape))
        return NULL;
    if (dtype != SSI_F32 && dtype != SSI_F64)
        return SSI_FAIL_NULL(SSI_INVALID, "uniform", "numbers are f32 or f64, not %s\ncast the result",
                             ssi_dtype_name(dtype));
    return ssi_node(&(ssi_node_spec){.op = &ssi_op_uniform,
                                     .dtype = dtype,
                                     .rank = rank,
                                     .shape = shape,
                                     .arguments = 2,
                                     .argument = (int64_t[]){(int64_t)seed, (int64_t)stream}});
}

/* ---- casts, and nodes that only stand for their input ---- */

static ssi_tensor *cast_gradient(const ssi_vjp *g)
{
    return (ssi_cast)(g->dy, (ssi_dtype)g->x[0]->dtype);
}

const ssi_op ssi_op_cast = {.name = "cast",
                            .kind = SSI_KIND_MAP,
                            .code = SSI_MAP_CAST,
                            .signature = "x -> y",
                            .doc = "the same values as another dtype",
                            .numpy = "x.astype(dtype)",
                            .torch = "x.to(dtype)",
                            .onnx = "Cast",
                            .gradient = cast_gradient};

ssi_tensor *(ssi_cast)(ssi_tensor *x, ssi_dtype dtype)
{
    if (!x)
        return NULL;
    if ((unsigned)dtype >= SSI_DTYPES)
        return SSI_FAIL_NULL(SSI_INVALID, "cast", "%d is no dtype", (int)dtype);
    if (x->dtype == dtype && !(x->flags & SSI_WEAK))
        return x;
    return ssi_node(&(ssi_node_spec){
        .op = &ssi_op_cast, .dtype = dtype, .rank = x->rank, .shape = x->shape, .inputs = 1, .input = &x});
}

static ssi_tensor *same_gradient(const ssi_vjp *g)
{
    return g->dy;
}

const ssi_op ssi_op_detach = {.name = "detach",
                              .kind = SSI_KIND_MAP,
                              .code = SSI_MAP_DETACH,
                              .signature = "x -> y",
                              .doc = "x, through which no gradient flows",
                              .numpy = "x",
                              .torch = "x.detach()",
                              .no_gradient = "that is its purpose"};

ssi_tensor *ssi_detach(ssi_tensor *x)
{
    return x ? ssi_node(&(ssi_node_spec){.op = &ssi_op_detach,
                                         .dtype = (ssi_dtype)x->dtype,
                                         .rank = x->rank,
                                         .shape = x->shape,
                                         .inputs = 1,
                                         .input = &x})
             : NULL;
}

const ssi_op ssi_op_check_finite = {.name = "check_finite",
                                    .kind = SSI_KIND_MAP,
                                    .code = SSI_MAP_CHECK_FINITE,
                                    .signature = "x:float -> y",
                                    .doc = "x; the run fails if an element is NaN or infinite",
                                    .numpy = "np.isfinite(x).all()",
                                    .gradient = same_gradient,
                                    .samples = (const char *const[]){"x=uniform(-2,2)[3,4]", NULL}};

ssi_tensor *(ssi_check_finite)(ssi_tensor *x)
{
    if (!x || !ssi_is_float((ssi_dtype)x->dtype))
        return x;
    return ssi_node(&(ssi_node_spec){.op = &ssi_op_check_finite,
                                     .dtype = (ssi_dtype)x->dtype,
                                     .rank = x->rank,
                                     .shape = x->shape,
                                     .inputs = 1,
                                     .input = &x});
}

const ssi_op ssi_op_check_range = {.name = "check_range",
                                   .kind = SSI_KIND_MAP,
                                   .code = SSI_MAP_CHECK_RANGE,
                                   .signature = "x:integer -> y",
                                   .doc = "x; the run fails if an element is outside [0, n)",
                                   .no_gradient = "integers have none"};

ssi_tensor *(ssi_check_range)(ssi_tensor *x, int64_t n)
{
    if (!x)
        return NULL;
    if (!ssi_is_integer((ssi_dtype)x->dtype))
        return SSI_FAIL_NULL(SSI_INVALID, "check_range", "%s is no integer dtype", ssi_dtype_name((ssi_dtype)x->dtype));
    return ssi_node(&(ssi_node_spec){.op = &ssi_op_check_range,
                                     .dtype = (ssi_dtype)x->dtype,
                                     .rank = x->rank,
                                     .shape = x->shape,
                                     .inputs = 1,
                                     .input = &x,
                                     .arguments = 1,
                                     .argument = &n});
}
