/*
 * build.c - what is said when operands do not fit.
 */
#include "ops/build.h"

static const int64_t lowest[SSI_DTYPES] = {
    [SSI_I8] = INT8_MIN, [SSI_I16] = INT16_MIN, [SSI_I32] = INT32_MIN, [SSI_I64] = INT64_MIN};
static const int64_t highest[SSI_DTYPES] = {
    [SSI_U8] = UINT8_MAX, [SSI_I8] = INT8_MAX, [SSI_I16] = INT16_MAX, [SSI_I32] = INT32_MAX, [SSI_I64] = INT64_MAX};

bool ssi_integer_fits(int64_t value, ssi_dtype dtype)
{
    return value >= lowest[dtype] && value <= highest[dtype];
}

bool ssi_number_fits(const ssi_op *op, const ssi_tensor *number, ssi_dtype dtype)
{
    int64_t value = number->argument[0];
    if (number->dtype != SSI_I64 || !ssi_is_integer(dtype) || ssi_integer_fits(value, dtype))
        return true;
    return ssi_fail(SSI_INVALID, op->name,
                    "the number %lld is no %s, which runs from %lld to %lld\ncast the tensor to a wider dtype",
                    (long long)value, ssi_dtype_name(dtype), (long long)lowest[dtype], (long long)highest[dtype]) == 0;
}

ssi_tensor *ssi_fail_bool(const ssi_op *op)
{
    return SSI_FAIL_NULL(SSI_INVALID, op->name,
                         "not defined for bool\ncast to an integer, or use the logical operations");
}

bool ssi_broadcast_slowly(const ssi_op *op, const ssi_tensor *a, const ssi_tensor *b, int *rank, int64_t *room)
{
    char ta[SSI_SHAPE_TEXT], tb[SSI_SHAPE_TEXT];
    *rank = ssi_shape_broadcast(a->rank, a->shape, b->rank, b->shape, room);
    if (*rank < 0)
        return ssi_fail(
                   SSI_INVALID, op->name,
                   "shapes do not broadcast: a %s, b %s\nfrom the last axis on, sizes must be equal or one of them 1",
                   ssi_shape_text(a->rank, a->shape, ta), ssi_shape_text(b->rank, b->shape, tb)) == 0;
    return ssi_shape_is_possible(op->name, SSI_F64, *rank, room);
}

bool ssi_shape_is_possible(const char *operation, ssi_dtype dtype, int rank, const int64_t *shape)
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
