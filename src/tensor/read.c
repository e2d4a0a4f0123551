/*
 * read.c - tensors from C data, and C data from tensors. Reading computes.
 */
#include <math.h>
#include <string.h>

#include "tensor/pool.h"
#include "tensor/tensor.h"

/* ---- from C ---- */

static bool check_shape(const char *operation, ssi_dtype dtype, int rank, const int64_t *shape, int64_t *count)
{
    char text[SSI_SHAPE_TEXT];
    if ((unsigned)dtype >= SSI_DTYPES)
        return ssi_fail(SSI_INVALID, operation, "%d is no dtype", (int)dtype) == 0;
    if (rank < 0 || rank > SSI_MAX_RANK)
        return ssi_fail(SSI_INVALID, operation, "%d axes; a tensor has 0 to %d", rank, SSI_MAX_RANK) == 0;
    if (!ssi_shape_count(rank, shape, ssi_dtype_size(dtype), count))
        return ssi_fail(SSI_INVALID, operation, "shape %s of %s has a negative size or is larger than memory can be",
                        ssi_shape_text(rank, shape, text), ssi_dtype_name(dtype)) == 0;
    return true;
}

ssi_tensor *(ssi_array)(ssi_dtype dtype, int rank, const int64_t *shape, const void *data)
{
    int64_t count;
    if (!check_shape("array", dtype, rank, shape, &count))
        return NULL;
    if (!data && count)
        return SSI_FAIL_NULL(SSI_INVALID, "array", "data is NULL");
    size_t bytes = (size_t)count * ssi_dtype_size(dtype);
    ssi_buffer *buffer = ssi_buffer_new(bytes);
    if (!buffer)
        return NULL;
    if (bytes)
        memcpy(buffer->data, data, bytes);
    return ssi_leaf(dtype, rank, shape, buffer, 0, NULL);
}

ssi_tensor *ssi_array_borrow(ssi_dtype dtype, int rank, const int64_t *shape, const void *data,
                             void (*release)(void *, void *), void *context)
{
    int64_t count;
    if (!check_shape("array_borrow", dtype, rank, shape, &count))
        return NULL;
    if (!data && count)
        return SSI_FAIL_NULL(SSI_INVALID, "array_borrow", "data is NULL");
    if (!data) { /* of no elements: there is nothing to borrow */
        if (release)
            release(NULL, context);
        return (ssi_array)(dtype, rank, shape, NULL);
    }
    /* Nobody writes through it: a borrowed buffer is never reused. */
    ssi_buffer *buffer =
        ssi_buffer_borrow((void *)(uintptr_t)data, (size_t)count * ssi_dtype_size(dtype), release, context);
    return buffer ? ssi_leaf(dtype, rank, shape, buffer, 0, NULL) : NULL;
}

/* ---- what it is ---- */

ssi_dtype ssi_dtype_of(const ssi_tensor *x)
{
    return x ? (ssi_dtype)x->dtype : SSI_F32;
}

int ssi_rank(const ssi_tensor *x)
{
    return x ? x->rank : -1;
}

int64_t ssi_dim(const ssi_tensor *x, int axis)
{
    if (!x || axis < -x->rank || axis >= x->rank)
        return -1;
    return x->shape[axis < 0 ? axis + x->rank : axis];
}

int64_t ssi_count(const ssi_tensor *x)
{
    int64_t count = 1;
    for (int i = 0; i < x->rank; i++)
        count *= x->shape[i];
    return count;
}

int64_t ssi_size(const ssi_tensor *x)
{
    return x ? ssi_count(x) : -1;
}

char *ssi_describe(const ssi_tensor *x, char text[SSI_SHAPE_TEXT])
{
    int used = snprintf(text, SSI_SHAPE_TEXT, "%s ", ssi_dtype_name((ssi_dtype)x->dtype));
    char shape[SSI_SHAPE_TEXT];
    snprintf(text + used, SSI_SHAPE_TEXT - (size_t)used, "%.140s", ssi_shape_text(x->rank, x->shape, shape));
    return text;
}

int ssi_axis(const char *operation, int axis, int rank)
{
    if (rank == 0)
        return ssi_fail(SSI_INVALID, operation, "axis %d of a tensor without axes", axis);
    if (axis < -rank || axis >= rank)
        return ssi_fail(SSI_INVALID, operation, "axis %d of a tensor with %d axes\naxes run from %d to %d", axis, rank,
                        -rank, rank - 1);
    return axis < 0 ? axis + rank : axis;
}

ssi_tensor *ssi_label(ssi_tensor *x, const char *label)
{
    if (x && label) {
        size_t kept = strnlen(label, sizeof x->label - 1);
        while (kept > 0 && ((unsigned char)label[kept] & 0xC0) == 0x80)
            kept--; /* not in the middle of a character of UTF-8 */
        memcpy(x->label, label, kept);
        x->label[kept] = '\0';
    }
    return x;
}

ssi_tensor *ssi_locate(ssi_tensor *x, const char *file, int line)
{
    if (!x) {
        ssi_error_locate(file, line);
    } else if (!x->file) {
        x->file = file;
        x->line = line;
    }
    return x;
}

void ssi_view_of(const ssi_tensor *x, ssi_view *view)
{
    view->data = (char *)x->buffer->data + x->offset * (int64_t)ssi_dtype_size((ssi_dtype)x->dtype);
    view->dtype = (ssi_dtype)x->dtype;
    view->rank = x->rank;
    for (int i = 0; i < x->rank; i++)
        view->shape[i] = x->shape[i];
    if (!x->stride)
        ssi_shape_strides(x->rank, x->shape, view->stride);
    for (int i = 0; i < x->rank && x->stride; i++)
        view->stride[i] = x->stride[i];
}

/* ---- reading ---- */

/* What x stands for, computed or to be computed; NULL with an error recorded where there is none. */
static ssi_tensor *sound(ssi_tensor *x)
{
    ssi_tensor *value = ssi_present(x);
    return value && value->flags & SSI_POISONED ? ssi_lost(value) : value;
}

static int failure(void)
{
    return ssi_error_peek() ? ssi_error_peek()->code : SSI_INVALID;
}

int ssi_eval_all(int count, ssi_tensor *const *x)
{
    ssi_tensor *few[64];
    ssi_tensor **wanted = few;
    if (count > 64 && !(wanted = ssi_alloc((size_t)count * sizeof *wanted)))
        return SSI_NO_MEMORY;
    int status = SSI_OK, pending = 0;
    for (int i = 0; i < count && status == SSI_OK; i++) {
        ssi_tensor *value = sound(x[i]);
        if (!value)
            status = failure();
        else if (!value->buffer)
            wanted[pending++] = value;
    }
    if (status == SSI_OK && pending)
        status = ssi_compute(pending, wanted, NULL);
    if (wanted != few)
        ssi_free(wanted);
    return status;
}

/* The computed value behind x, or NULL with an error recorded. */
static ssi_tensor *value_of(ssi_tensor *x)
{
    ssi_tensor *value = sound(x);
    return value && (value->buffer || ssi_compute(1, &value, NULL) == SSI_OK) ? value : NULL;
}

int ssi_eval(ssi_tensor *x)
{
    return value_of(x) ? SSI_OK : failure();
}

static ssi_tensor *value_of_one(ssi_tensor *x, const char *operation)
{
    char text[SSI_SHAPE_TEXT];
    if (!x)
        return NULL;
    if (ssi_count(x) != 1)
        return SSI_FAIL_NULL(SSI_INVALID, operation,
                             "the tensor %s has %lld elements, not one\nreduce it first, or use ssi_data",
                             ssi_describe(x, text), (long long)ssi_count(x));
    return value_of(x);
}

double ssi_item(ssi_tensor *x)
{
    ssi_tensor *value = value_of_one(x, "item");
    return value ? ssi_get_f64(value->buffer->data, (ssi_dtype)value->dtype, value->offset) : NAN;
}

int ssi_item_int(ssi_tensor *x, int64_t *out)
{
    ssi_tensor *value = value_of_one(x, "item_int");
    if (!value)
        return ssi_error_peek() ? ssi_error_peek()->code : SSI_INVALID;
    if (ssi_is_float((ssi_dtype)value->dtype)) {
        double d = ssi_get_f64(value->buffer->data, (ssi_dtype)value->dtype, value->offset);
        if (!(d >= -0x1p63 && d < 0x1p63))
            return ssi_fail(SSI_RANGE, "item_int", "%g is no i64", d);
        *out = (int64_t)d;
    } else {
        *out = ssi_get_i64(value->buffer->data, (ssi_dtype)value->dtype, value->offset);
    }
    return SSI_OK;
}

/* A value's elements side by side, in a buffer of their own; NULL with an error recorded. */
static ssi_buffer *in_c_order(ssi_tensor *value)
{
    ssi_scope scope = ssi_scope_open();
    if (!scope.scope)
        return NULL;
    ssi_tensor *copy = ssi_node(&(ssi_node_spec){.op = &ssi_op_copy,
                                                 .dtype = (ssi_dtype)value->dtype,
                                                 .rank = value->rank,
                                                 .shape = value->shape,
                                                 .inputs = 1,
                                                 .input = &value});
    bool made = copy && (copy->buffer || ssi_compute(1, &copy, NULL) == SSI_OK);
    ssi_buffer *buffer = made ? ssi_buffer_retain(copy->buffer) : NULL;
    ssi_scope_close(scope);
    return buffer;
}

const void *ssi_data(ssi_tensor *x)
{
    ssi_tensor *value = x ? value_of(x) : NULL;
    if (!value)
        return NULL;
    if (value->stride) { /* a view, or a result that lies as its operands do: from here on it has elements of its own */
        ssi_buffer *buffer = in_c_order(value);
        if (!buffer)
            return NULL;
        ssi_buffer_release(value->buffer);
        value->buffer = buffer;
        value->offset = 0;
        value->stride = NULL;
    }
    return (const char *)value->buffer->data + value->offset * ssi_item_size((ssi_dtype)value->dtype);
}

static const void *data_as(ssi_tensor *x, ssi_dtype dtype, const char *operation)
{
    if (x && x->dtype != dtype)
        return SSI_FAIL_NULL(SSI_INVALID, operation, "the tensor holds %s\nuse ssi_read to convert, or ssi_cast",
                             ssi_dtype_name((ssi_dtype)x->dtype));
    return ssi_data(x);
}

const float *ssi_data_f32(ssi_tensor *x)
{
    return data_as(x, SSI_F32, "data_f32");
}
const double *ssi_data_f64(ssi_tensor *x)
{
    return data_as(x, SSI_F64, "data_f64");
}
const int64_t *ssi_data_i64(ssi_tensor *x)
{
    return data_as(x, SSI_I64, "data_i64");
}

int ssi_read(ssi_tensor *x, ssi_dtype dtype, void *out, int64_t count)
{
    if (!x)
        return ssi_error_peek() ? ssi_error_peek()->code : SSI_INVALID;
    if (count != ssi_count(x))
        return ssi_fail(SSI_INVALID, "read", "the tensor has %lld elements, the array %lld", (long long)ssi_count(x),
                        (long long)count);
    if ((unsigned)dtype >= SSI_DTYPES)
        return ssi_fail(SSI_INVALID, "read", "%d is no dtype", (int)dtype);
    const void *data = ssi_data(x);
    if (!data)
        return failure();
    ssi_dtype from = ssi_dtype_of(x);
    if (from == dtype && count)
        memcpy(out, data, (size_t)count * ssi_dtype_size(dtype));
    for (int64_t i = 0; i < count && from != dtype; i++) {
        if (ssi_is_float(from))
            ssi_put_f64(out, dtype, i, ssi_get_f64(data, from, i));
        else
            ssi_put_i64(out, dtype, i, ssi_get_i64(data, from, i));
    }
    return SSI_OK;
}
