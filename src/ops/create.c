/*
 * create.c - tensors from nothing: leaves, numbers, constants, indices, random numbers.
 */
#include "ops/build.h"

/* clang-format off */
const ssi_op ssi_op_leaf = {
    .name = "leaf", .kind = SSI_KIND_LEAF,
    SSI_WORDS(.signature = "-> y", .doc = "a value that exists"),
};
const ssi_op ssi_op_number = {
    .name = "number", .kind = SSI_KIND_NUMBER,
    SSI_WORDS(.signature = "-> y", .doc = "a C number"),
};
/* clang-format on */

/* ---- constants ---- */

/* One cast node of the whole shape: maps broadcast what they are given, and nothing is stored until somebody needs it stored. */
static ssi_tensor *filled(const char *operation, ssi_dtype dtype, int rank, const int64_t *shape, ssi_tensor *value)
{
    if (!value || !ssi_shape_is_possible(operation, dtype, rank, shape))
        return NULL;
    if (value->rank)
        return SSI_FAIL_NULL(SSI_INVALID, operation, "the value has %d axes\ngive a number, or a tensor of no axes",
                             value->rank);
    return ssi_node(&(ssi_node_spec){
        .op = &ssi_op_cast, .dtype = dtype, .rank = rank, .shape = shape, .inputs = 1, .input = &value});
}

ssi_tensor *(ssi_full)(ssi_dtype dtype, int rank, const int64_t *shape, ssi_tensor *value)
{
    return filled("full", dtype, rank, shape, value);
}

ssi_tensor *(ssi_zeros)(ssi_dtype dtype, int rank, const int64_t *shape)
{
    return filled("zeros", dtype, rank, shape, ssi_number_int(0));
}

ssi_tensor *(ssi_ones)(ssi_dtype dtype, int rank, const int64_t *shape)
{
    return filled("ones", dtype, rank, shape, ssi_number_int(1));
}

/* ---- indices ---- */

static void iota_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    (void)in;
    int axis = (int)node->attribute[0];
    int64_t inner = 1, count = ssi_count(node);
    for (int i = axis + 1; i < node->rank; i++)
        inner *= node->shape[i];
    for (int64_t i = 0; i < count; i++)
        ssi_put_i64(out->data, out->dtype, i, i / inner % node->shape[axis]);
}

/* clang-format off */
const ssi_op ssi_op_iota = {
    .name = "iota", .kind = SSI_KIND_SOURCE, .no_gradient = "it has no inputs", .reference = iota_reference,
    SSI_WORDS(.signature = "-> y", .doc = "the index along an axis", .numpy = "np.indices(shape)[axis]", .torch = "torch.arange(n)",
              .samples = SSI_SAMPLES("shape=5 axis=0", "shape=2,3,4 axis=1", "shape=0,3 axis=1")),
};
/* clang-format on */

ssi_tensor *ssi_iota(ssi_dtype dtype, int rank, const int64_t *shape, int axis)
{
    if (!ssi_shape_is_possible("iota", dtype, rank, shape) || (axis = ssi_axis("iota", axis, rank)) < 0)
        return NULL;
    int64_t along = axis;
    return ssi_node(&(ssi_node_spec){
        .op = &ssi_op_iota, .dtype = dtype, .rank = rank, .shape = shape, .attributes = 1, .attribute = &along});
}

/* ---- random numbers ---- */

/* Of four words of Philox, an f32 takes the upper 24 bits of one, an f64 27 and 26 bits of two. */
static void uniform_reference(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    (void)in;
    int64_t count = ssi_count(node), per = node->dtype == SSI_F64 ? 2 : 4;
    for (int64_t i = 0; i < count; i++) {
        uint32_t word[4];
        ssi_philox((uint64_t)node->argument[0], (uint64_t)(i / per), (uint64_t)node->argument[1], word);
        const uint32_t *w = word + i % per * (4 / per);
        double u = per == 4 ? (w[0] >> 8) * 0x1p-24 : ((w[0] >> 5) * 0x1p26 + (w[1] >> 6)) * 0x1p-53;
        ssi_put_f64(out->data, out->dtype, i, u);
    }
}

/* clang-format off */
const ssi_op ssi_op_uniform = {
    .name = "uniform", .kind = SSI_KIND_SOURCE, .no_gradient = "it has no inputs", .reference = uniform_reference,
    SSI_WORDS(.signature = "-> y:float", .doc = "uniform in [0, 1)", .numpy = "rng.random(shape)", .torch = "torch.rand(shape)",
              .samples = SSI_SAMPLES("shape=7 seed=1 stream=2", "shape=3,50 seed=9 stream=0")),
};
/* clang-format on */

ssi_tensor *ssi_uniform(ssi_dtype dtype, int rank, const int64_t *shape, uint64_t seed, uint64_t stream)
{
    if (!ssi_shape_is_possible("uniform", dtype, rank, shape))
        return NULL;
    if (dtype != SSI_F32 && dtype != SSI_F64)
        return SSI_FAIL_NULL(SSI_INVALID, "uniform", "numbers are f32 or f64, not %s\ncast the result",
                             ssi_dtype_name(dtype));
    const int64_t number[] = {(int64_t)seed, (int64_t)stream};
    return ssi_node(&(ssi_node_spec){
        .op = &ssi_op_uniform, .dtype = dtype, .rank = rank, .shape = shape, .arguments = 2, .argument = number});
}
