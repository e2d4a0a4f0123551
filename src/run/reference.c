/*
 * reference.c - the oracle: one node at a time, each by the plain loop that defines it.
 *
 * Nothing here is fast and nothing here is clever: maps go element by element through the table's double or int64 function, everything else through its
 * reference. The fused executor is held to these values.
 */
#include <math.h>
#include <string.h>

#include "run/run.h"
#include "run/view.h"

_Thread_local int ssi_use_reference;

static ssi_dtype compared_dtype(const ssi_tensor *node)
{
    const ssi_tensor *a = node->input[0], *b = node->input[node->inputs - 1];
    if (a->op->kind == SSI_KIND_NUMBER && b->op->kind == SSI_KIND_NUMBER)
        return ssi_promote((ssi_dtype)a->dtype, (ssi_dtype)b->dtype);
    return (ssi_dtype)(a->op->kind == SSI_KIND_NUMBER ? b : a)->dtype;
}

/* The value of an input as a view; a number is stored in `number` as the dtype it takes beside the others. */
static void input_view(const ssi_tensor *node, int i, ssi_view *view, double *number)
{
    const ssi_tensor *x = node->input[i];
    if (x->op->kind != SSI_KIND_NUMBER || x->buffer) {
        ssi_view_of(x, view);
        return;
    }
    ssi_dtype dtype = (ssi_dtype)x->dtype;
    if (node->op->kind == SSI_KIND_MAP && node->op->code != SSI_MAP_CAST) {
        if (node->op->code == SSI_MAP_WHERE && i == 0)
            dtype = SSI_BOOL;
        else if (node->dtype != SSI_BOOL)
            dtype = (ssi_dtype)node->dtype;
        else /* a comparison: as the tensor beside it; two numbers as both together */
            dtype = compared_dtype(node);
    } else if (node->op->kind == SSI_KIND_JOIN) {
        dtype = (ssi_dtype)node->dtype;
    }
    *view = (ssi_view){.data = number, .dtype = dtype};
    ssi_put_number(number, dtype, x);
}

static int64_t offset_of(const ssi_view *view, int rank, const int64_t *index)
{
    int64_t offset = 0;
    for (int i = 0; i < view->rank; i++) {
        if (view->shape[i] != 1)
            offset += index[rank - view->rank + i] * view->stride[i];
    }
    return offset;
}

static int check_element(const ssi_tensor *node, const ssi_view *in, int64_t offset)
{
    const char *name = node->label[0] ? node->label : "a value";
    if (node->op->code == SSI_MAP_CHECK_FINITE) {
        double value = ssi_get_f64(in->data, in->dtype, offset);
        if (!isfinite(value))
            return ssi_fail(SSI_NOT_FINITE, "check_finite", "%s is %s", name,
                            isnan(value) ? "NaN"
                            : value > 0  ? "infinite"
                                         : "minus infinity");
    }
    if (node->op->code == SSI_MAP_CHECK_RANGE) {
        int64_t value = ssi_get_i64(in->data, in->dtype, offset);
        if (value < 0 || value >= node->argument[0])
            return ssi_fail(SSI_RANGE, "check_range", "%s: %lld is outside [0, %lld)", name, (long long)value,
                            (long long)node->argument[0]);
    }
    return SSI_OK;
}

static int run_map(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    int64_t index[SSI_MAX_RANK] = {0}, count = ssi_count(node);
    bool floating = ssi_is_float(in[node->inputs - 1].dtype);
    for (int64_t at = 0; at < count; at++) {
        int64_t offset[3] = {0};
        for (int i = 0; i < node->inputs; i++)
            offset[i] = offset_of(&in[i], node->rank, index);
        int code = node->op->code;
        if (code == SSI_MAP_CAST || code == SSI_MAP_DETACH || code == SSI_MAP_CHECK_FINITE ||
            code == SSI_MAP_CHECK_RANGE) {
            int status = check_element(node, &in[0], offset[0]);
            if (status != SSI_OK)
                return status;
            if (floating)
                ssi_put_f64(out->data, out->dtype, at, ssi_get_f64(in[0].data, in[0].dtype, offset[0]));
            else
                ssi_put_i64(out->data, out->dtype, at, ssi_get_i64(in[0].data, in[0].dtype, offset[0]));
        } else if (floating) {
            double v[3] = {0};
            for (int i = 0; i < node->inputs; i++)
                v[i] = ssi_get_f64(in[i].data, in[i].dtype, offset[i]);
            ssi_put_f64(out->data, out->dtype, at, node->op->map_f64(v[0], v[1], v[2]));
        } else {
            int64_t v[3] = {0};
            for (int i = 0; i < node->inputs; i++)
                v[i] = ssi_get_i64(in[i].data, in[i].dtype, offset[i]);
            ssi_put_i64(out->data, out->dtype, at, node->op->map_i64(v[0], v[1], v[2]));
        }
        for (int axis = node->rank - 1; axis >= 0 && ++index[axis] == node->shape[axis]; axis--)
            index[axis] = 0;
    }
    return SSI_OK;
}

/* A view of the input's buffer, or a copy where no strides can say it. */
static int run_view(ssi_tensor *node)
{
    const ssi_tensor *x = node->input[0];
    ssi_view from;
    ssi_view_of(x, &from);
    int64_t offset;
    if (!ssi_view_strides(node, x, from.stride, node->stride_room, &offset)) {
        ssi_buffer *buffer = ssi_buffer_new((size_t)ssi_count(node) * ssi_dtype_size((ssi_dtype)node->dtype));
        if (!buffer)
            return SSI_NO_MEMORY;
        int64_t index[SSI_MAX_RANK] = {0}, count = ssi_count(x);
        for (int64_t at = 0; at < count; at++) {
            int64_t element = offset_of(&from, x->rank, index);
            size_t size = ssi_dtype_size(from.dtype);
            memcpy((char *)buffer->data + (size_t)at * size, (char *)from.data + element * (int64_t)size, size);
            for (int axis = x->rank - 1; axis >= 0 && ++index[axis] == x->shape[axis]; axis--)
                index[axis] = 0;
        }
        node->buffer = buffer;
        return SSI_OK;
    }
    for (int i = 0; i < node->rank && node->op->code == SSI_VIEW_SLICE; i++)
        offset += node->argument[i] * from.stride[i];
    node->buffer = ssi_buffer_retain(x->buffer);
    node->offset = x->offset + offset;
    node->stride = node->stride_room;
    return SSI_OK;
}

/* All units by the definition. */
static int run_call(const ssi_tensor *node, const ssi_view *out, const ssi_view *in)
{
    ssi_call call = {.op = node->op,
                     .attribute = node->attribute,
                     .argument = node->argument,
                     .out = out,
                     .in = in,
                     .inputs = node->inputs};
    size_t bytes = node->op->work ? node->op->work(&call) : 0;
    void *work = bytes ? ssi_alloc(bytes) : NULL;
    if (bytes && !work)
        return SSI_NO_MEMORY;
    int64_t units = ssi_call_units(&call);
    int status = units ? node->op->call(&call, 0, units, work) : SSI_OK;
    ssi_free(work);
    return status;
}

static int run_node(ssi_tensor *node)
{
    if (node->op->kind == SSI_KIND_VIEW && node->input[0]->op->kind != SSI_KIND_NUMBER)
        return run_view(node);
    ssi_buffer *buffer = ssi_buffer_new((size_t)ssi_count(node) * ssi_dtype_size((ssi_dtype)node->dtype));
    if (!buffer)
        return SSI_NO_MEMORY;
    ssi_view out = {.data = buffer->data, .dtype = (ssi_dtype)node->dtype, .rank = node->rank};
    for (int i = 0; i < node->rank; i++)
        out.shape[i] = node->shape[i];
    ssi_shape_strides(node->rank, node->shape, out.stride);
    ssi_view in[SSI_MAX_INPUTS];
    double number[SSI_MAX_INPUTS];
    for (int i = 0; i < node->inputs; i++)
        input_view(node, i, &in[i], &number[i]);
    int status = SSI_OK;
    if (node->op->kind == SSI_KIND_VIEW) { /* a number spread over a shape */
        int64_t count = ssi_count(node);
        size_t size = ssi_dtype_size(out.dtype);
        for (int64_t i = 0; i < count; i++)
            memcpy((char *)out.data + (size_t)i * size, in[0].data, size);
    } else if (node->op->kind == SSI_KIND_MAP) {
        status = run_map(node, &out, in);
    } else if (node->op->kind == SSI_KIND_CALL) {
        status = run_call(node, &out, in);
    } else {
        node->op->reference(node, &out, in);
        status = ssi_failed() && node->op->kind == SSI_KIND_INDEX ? ssi_error_peek()->code : SSI_OK;
    }
    if (status != SSI_OK) {
        ssi_buffer_release(buffer);
        return status;
    }
    node->buffer = buffer;
    return SSI_OK;
}

int ssi_reference_run(const ssi_need *need)
{
    for (size_t i = 0; i < need->count; i++) {
        ssi_tensor *node = need->node[i];
        const char *before = ssi_set_called(node->called);
        int status = run_node(node);
        ssi_set_called(before);
        if (status != SSI_OK) {
            ssi_error_locate(node->file, node->line);
            return status;
        }
    }
    return SSI_OK;
}
