/*
 * node.c - nodes: where their memory comes from, and how one is written.
 *
 * A node and its little arrays (inputs, shape, attributes, arguments) are one block from a per-thread list of free blocks, so that writing
 * a training step of 300 nodes allocates nothing. Blocks are cut from slabs that are given back by ssi_shutdown().
 */
#include <string.h>

#include "tensor/pool.h"
#include "tensor/tensor.h"

int ssi_eager;

/* ---- writing a node ---- */

/* A node in no scope yet. Its arrays lie behind it: inputs, which are left to the caller, shape, attributes, arguments, and room for the strides of a view's
 * value. */
static ssi_tensor *lay_out(const ssi_node_spec *spec)
{
    ssi_tensor *x = ssi_pool_take(ssi_node_bytes(spec->inputs, spec->rank, spec->attributes, spec->arguments));
    if (!x)
        return NULL;
    /* Field by field: compilers turn a memset of this size into a slow string instruction. */
    x->flags = 0;
    x->buffer = NULL;
    x->offset = 0;
    x->stride = NULL;
    x->scope = NULL;
    x->file = NULL;
    x->called = ssi_called();
    x->line = 0;
    x->mark = x->slot = 0;
    x->label[0] = '\0';
    int64_t *word = (int64_t *)(x + 1);
    x->op = spec->op;
    x->dtype = (uint8_t)spec->dtype;
    x->rank = (uint8_t)spec->rank;
    x->inputs = (uint8_t)spec->inputs;
    x->attributes = (uint16_t)spec->attributes;
    x->arguments = (uint16_t)spec->arguments;
    x->input = (ssi_tensor **)word;
    word += spec->inputs;
    x->shape = word;
    for (int i = 0; i < spec->rank; i++)
        *word++ = spec->shape[i];
    x->attribute = word;
    for (int i = 0; i < spec->attributes; i++)
        *word++ = spec->attribute[i];
    x->argument = word;
    for (int i = 0; i < spec->arguments; i++)
        *word++ = spec->argument[i];
    x->stride_room = word;
    return x;
}

ssi_tensor *ssi_lost(const ssi_tensor *x)
{
    return SSI_FAIL_NULL(SSI_INVALID, "run", "%s has no value: its computation failed earlier",
                         x->label[0] ? x->label : "a tensor");
}

ssi_tensor *ssi_node(const ssi_node_spec *spec)
{
    ssi_tensor *resolved[SSI_MAX_INPUTS];
    for (int i = 0; i < spec->inputs; i++) {
        ssi_tensor *input = spec->input[i];
        if (!input)
            return NULL;
        if (input->flags & SSI_POISONED)
            return ssi_lost(input);
        resolved[i] = input->flags & SSI_HANDLE ? ssi_resolve(input) : input;
        if (!resolved[i])
            return NULL;
    }
    ssi_tensor *x = lay_out(spec);
    if (!x)
        return NULL;
    for (int i = 0; i < spec->inputs; i++)
        x->input[i] = resolved[i];
    return ssi_scope_write(x) ? x : NULL;
}

ssi_tensor *ssi_leaf(ssi_dtype dtype, int rank, const int64_t *shape, ssi_buffer *buffer, int64_t offset,
                     const int64_t *stride)
{
    ssi_node_spec spec = {.op = &ssi_op_leaf, .dtype = dtype, .rank = rank, .shape = shape};
    if (stride) { /* strides travel as attributes: leaf strides are part of a plan's key */
        spec.attributes = rank;
        spec.attribute = stride;
    }
    ssi_tensor *x = buffer ? lay_out(&spec) : NULL;
    if (!x || !ssi_scope_append(x)) {
        ssi_buffer_release(buffer);
        return NULL;
    }
    x->buffer = buffer;
    x->offset = offset;
    x->stride = stride ? x->attribute : NULL;
    return x;
}

ssi_tensor *ssi_handle(ssi_dtype dtype, int rank, const int64_t *shape, ssi_buffer *buffer)
{
    ssi_node_spec spec = {.op = &ssi_op_leaf, .dtype = dtype, .rank = rank, .shape = shape};
    ssi_tensor *x = buffer ? lay_out(&spec) : NULL;
    if (!x) {
        ssi_buffer_release(buffer);
        return NULL;
    }
    x->flags = SSI_HANDLE;
    x->buffer = buffer;
    return x;
}

void ssi_handle_free(ssi_tensor *handle)
{
    if (handle)
        ssi_pool_give(handle);
}

ssi_tensor *ssi_node_copy(const ssi_tensor *x, ssi_scope_record *scope)
{
    ssi_node_spec spec = {.op = x->op,
                          .dtype = x->dtype,
                          .rank = x->rank,
                          .shape = x->shape,
                          .inputs = x->inputs,
                          .attributes = x->attributes,
                          .attribute = x->attribute,
                          .arguments = x->arguments,
                          .argument = x->argument};
    ssi_tensor *copy = lay_out(&spec);
    if (!copy)
        return NULL;
    for (int i = 0; i < x->inputs; i++)
        copy->input[i] = x->input[i];
    copy->id = x->id;
    copy->flags = x->flags;
    copy->offset = x->offset;
    if (x->stride) {
        memcpy(copy->stride_room, x->stride, x->rank * sizeof(int64_t));
        copy->stride = copy->stride_room;
    }
    copy->buffer = x->buffer ? ssi_buffer_retain(x->buffer) : NULL;
    copy->file = x->file;
    copy->called = x->called;
    copy->line = x->line;
    memcpy(copy->label, x->label, sizeof copy->label);
    ssi_scope_insert(scope, copy);
    return copy;
}

/* ---- numbers ---- */

static ssi_tensor *number(ssi_dtype dtype, int64_t bits)
{
    ssi_tensor *x = lay_out(&(ssi_node_spec){.op = &ssi_op_number, .dtype = dtype, .arguments = 1, .argument = &bits});
    if (!x || !ssi_scope_append(x))
        return NULL;
    x->flags = SSI_WEAK;
    return x;
}

ssi_tensor *ssi_number(double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return number(SSI_F64, bits);
}

ssi_tensor *ssi_number_int(int64_t value)
{
    return number(SSI_I64, value);
}

ssi_tensor *ssi_number_uint(uint64_t value)
{
    if (value > INT64_MAX)
        return SSI_FAIL_NULL(SSI_INVALID, "number", "%llu does not fit in i64", (unsigned long long)value);
    return number(SSI_I64, (int64_t)value);
}

ssi_tensor *ssi_number_bool(int value)
{
    return number(SSI_BOOL, value != 0);
}
