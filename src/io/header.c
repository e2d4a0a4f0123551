/*
 * header.c - a safetensors header, read by jansson: the one of four libraries tried that refuses duplicate keys,
 * overflow and bad UTF-8.
 */
#include <jansson.h>
#include <string.h>

#include "io/header.h"

static bool read_shape(const json_t *list, ssi_header_entry *e)
{
    if (!json_is_array(list) || json_array_size(list) > SSI_MAX_RANK)
        return false;
    e->rank = (int)json_array_size(list);
    for (int i = 0; i < e->rank; i++) {
        const json_t *size = json_array_get(list, (size_t)i);
        if (!json_is_integer(size))
            return false;
        e->shape[i] = json_integer_value(size);
    }
    return true;
}

static int read_tensor(const char *name, const json_t *about, const ssi_header_listener *listener)
{
    ssi_header_entry e = {.name = name};
    if (!json_is_object(about) || json_object_size(about) != 3)
        return ssi_header_wrong(listener->what, "an entry is not {dtype, shape, data_offsets}", name);
    e.dtype = json_string_value(json_object_get(about, "dtype"));
    if (!e.dtype)
        return ssi_header_wrong(listener->what, "a dtype that is no text", name);
    if (!read_shape(json_object_get(about, "shape"), &e))
        return ssi_header_wrong(listener->what, "a shape that cannot be", name);
    const json_t *offsets = json_object_get(about, "data_offsets");
    if (!json_is_array(offsets) || json_array_size(offsets) != 2 || !json_is_integer(json_array_get(offsets, 0)) ||
        !json_is_integer(json_array_get(offsets, 1)))
        return ssi_header_wrong(listener->what, "data_offsets are not two integers", name);
    e.begin = json_integer_value(json_array_get(offsets, 0));
    e.end = json_integer_value(json_array_get(offsets, 1));
    return listener->tensor(&e, listener->context);
}

static int read_metadata(json_t *about, const ssi_header_listener *listener)
{
    const char *key;
    json_t *text;
    int status = SSI_OK;
    if (!json_is_object(about))
        return ssi_header_wrong(listener->what, "metadata that is no object", NULL);
    json_object_foreach(about, key, text)
    {
        if (!json_is_string(text))
            return ssi_header_wrong(listener->what, "metadata that is no text", key);
        if ((status = listener->text(key, json_string_value(text), listener->context)) != SSI_OK)
            return status;
    }
    return status;
}

int ssi_header_read(const char *json, size_t length, const ssi_header_listener *listener)
{
    const char *name;
    json_t *about;
    json_error_t error;
    int status = SSI_OK;
    json_t *header = json_loadb(json, length, JSON_REJECT_DUPLICATES, &error);
    if (!header || !json_is_object(header)) {
        status = ssi_fail(SSI_FORMAT, "load", "'%s' is no safetensors file: its header is no JSON object (%s)",
                          listener->what, header ? "something else" : error.text);
        json_decref(header);
        return status;
    }
    json_object_foreach(header, name, about)
    {
        bool metadata = strcmp(name, "__metadata__") == 0;
        status = metadata ? read_metadata(about, listener) : read_tensor(name, about, listener);
        if (status != SSI_OK)
            break;
    }
    json_decref(header);
    return status;
}
