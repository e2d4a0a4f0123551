/*
 * handle.c - tensors that outlive scopes: parameters and what optimisers and fit remember; and small things that all of the room uses.
 */
#include <stdarg.h>
#include <string.h>

#include "nn/nn.h"

int ssi_status_or(ssi_status otherwise)
{
    return ssi_failed() ? ssi_error_peek()->code : otherwise;
}

void *ssi_options_copy(void *own, size_t size, const void *from)
{
    size_t theirs = 0;
    if (from)
        memcpy(&theirs, from, sizeof theirs);
    if (theirs > size)
        theirs = size;
    if (theirs > sizeof theirs)
        memcpy((char *)own + sizeof theirs, (const char *)from + sizeof theirs, theirs - sizeof theirs);
    return own;
}

ssi_tensor *ssi_handle_full(ssi_dtype dtype, int rank, const int64_t *shape, double value)
{
    int64_t count;
    if (!ssi_shape_count(rank, shape, ssi_dtype_size(dtype), &count))
        return SSI_FAIL_NULL(SSI_INVALID, "parameter", "it would be larger than memory can be");
    ssi_buffer *buffer = ssi_buffer_new((size_t)count * ssi_dtype_size(dtype));
    for (int64_t i = 0; buffer && i < count; i++)
        ssi_put_f64(buffer->data, dtype, i, value);
    return buffer ? ssi_handle(dtype, rank, shape, buffer) : NULL;
}

ssi_tensor *ssi_handle_from(ssi_tensor *from)
{
    if (!from)
        return NULL;
    int64_t count = ssi_count(from);
    ssi_buffer *buffer = ssi_buffer_new((size_t)count * ssi_dtype_size(ssi_dtype_of(from)));
    if (!buffer)
        return NULL;
    if (ssi_read(from, ssi_dtype_of(from), buffer->data, count) != SSI_OK) {
        ssi_buffer_release(buffer);
        return NULL;
    }
    return ssi_handle(ssi_dtype_of(from), from->rank, from->shape, buffer);
}

void ssi_draft_add(ssi_draft *text, const char *format, ...)
{
    size_t used = (size_t)text->length < text->capacity ? (size_t)text->length : text->capacity;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text->capacity ? text->out + used : NULL, text->capacity - used, format, arguments);
    va_end(arguments);
    text->length += length > 0 ? length : 0;
}

bool ssi_example_from(ssi_example *example, const char *operation, int rank, const int64_t *shape)
{
    char text[SSI_SHAPE_TEXT];
    int64_t count;
    if (rank < 0 || rank >= SSI_MAX_RANK) /* one axis more is needed for the batch */
        return ssi_fail(SSI_INVALID, operation, "an example has 0 to %d axes, not %d", SSI_MAX_RANK - 1, rank) == 0;
    if (!ssi_shape_count(rank, shape, sizeof(double), &count) || count == 0)
        return ssi_fail(SSI_INVALID, operation, "an example cannot have the shape %s",
                        ssi_shape_text(rank, shape, text)) == 0;
    example->rank = rank;
    for (int i = 0; i < rank; i++)
        example->shape[i] = shape[i];
    return true;
}

int64_t ssi_example_size(const ssi_example *example)
{
    int64_t size = 1;
    for (int i = 0; i < example->rank; i++)
        size *= example->shape[i];
    return size;
}
