/*
 * safetensors.c - named tensors in one file.
 *
 *     8 bytes    length of the header, little-endian
 *     header     JSON: {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ..., "__metadata__": {"key": "text"}}
 *     data       the tensors' elements, little-endian, C order, one tensor after another without a gap
 *
 * Everything that the format forbids is refused: a header over 100 MB or not starting with '{', duplicate names, offsets that overlap, leave a hole, or do
 * not end with the file. Source: the safetensors format description.
 */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "io/file.h"
#include "ssi/io.h"
#include "tensor/tensor.h"

enum { LENGTH_BYTES = 8 };
static const size_t HEADER_LIMIT = 100 * 1000 * 1000;
static const size_t FILE_LIMIT = (size_t)1 << 40;
static const char *const dtype_text[SSI_DTYPES] = {
    [SSI_F32] = "F32", [SSI_F64] = "F64", [SSI_F16] = "F16", [SSI_BF16] = "BF16", [SSI_BOOL] = "BOOL",
    [SSI_U8] = "U8",   [SSI_I8] = "I8",   [SSI_I16] = "I16", [SSI_I32] = "I32",   [SSI_I64] = "I64"};

typedef struct entry {
    char *name;
    ssi_dtype dtype;
    int rank;
    int64_t shape[SSI_MAX_RANK];
    size_t begin, end; /* in the data */
} entry;

struct ssi_tensors {
    ssi_buffer *buffer; /* the whole data part */
    entry *entry;       /* by where they begin */
    int count;
    json_t *metadata; /* an object, or NULL */
};

static bool is_little_endian(void)
{
    const uint16_t one = 1;
    return *(const uint8_t *)&one == 1;
}

/* ---- reading ---- */

static int wrong(const char *what, const char *problem, const char *name)
{
    return ssi_fail(SSI_FORMAT, "load", "'%s' is no safetensors file: %s%s%s%s", what, problem, name ? " in '" : "",
                    name ? name : "", name ? "'" : "");
}

static bool read_shape(const json_t *list, entry *e)
{
    if (!json_is_array(list) || json_array_size(list) > SSI_MAX_RANK)
        return false;
    e->rank = (int)json_array_size(list);
    for (int i = 0; i < e->rank; i++) {
        const json_t *size = json_array_get(list, (size_t)i);
        if (!json_is_integer(size) || json_integer_value(size) < 0)
            return false;
        e->shape[i] = json_integer_value(size);
    }
    return true;
}

static int read_entry(const char *what, const char *name, const json_t *about, size_t data_bytes, entry *e)
{
    if (!json_is_object(about) || json_object_size(about) != 3)
        return wrong(what, "an entry is not {dtype, shape, data_offsets}", name);
    const char *dtype = json_string_value(json_object_get(about, "dtype"));
    const json_t *offsets = json_object_get(about, "data_offsets");
    int64_t count;
    for (e->dtype = 0; dtype && e->dtype < SSI_DTYPES && strcmp(dtype, dtype_text[e->dtype]); e->dtype++)
        ;
    if (!dtype || e->dtype == SSI_DTYPES)
        return wrong(what, "a dtype that ssi does not have", name);
    if (!read_shape(json_object_get(about, "shape"), e) ||
        !ssi_shape_count(e->rank, e->shape, ssi_dtype_size(e->dtype), &count))
        return wrong(what, "a shape that cannot be", name);
    if (!json_is_array(offsets) || json_array_size(offsets) != 2 || !json_is_integer(json_array_get(offsets, 0)) ||
        !json_is_integer(json_array_get(offsets, 1)))
        return wrong(what, "data_offsets are not two integers", name);
    json_int_t begin = json_integer_value(json_array_get(offsets, 0)),
               end = json_integer_value(json_array_get(offsets, 1));
    if (begin < 0 || end < begin || (uint64_t)end > data_bytes)
        return wrong(what, "offsets outside the file", name);
    e->begin = (size_t)begin;
    e->end = (size_t)end;
    if (e->end - e->begin != (size_t)count * ssi_dtype_size(e->dtype))
        return wrong(what, "offsets that do not fit the shape", name);
    return (e->name = ssi_strdup(name)) ? SSI_OK : SSI_NO_MEMORY;
}

static int by_place(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    return x->begin != y->begin ? (x->begin < y->begin ? -1 : 1)
           : x->end != y->end   ? (x->end < y->end ? -1 : 1)
                                : strcmp(x->name, y->name);
}

static int read_header(const char *what, json_t *header, size_t data_bytes, ssi_tensors *t)
{
    const char *name;
    json_t *about;
    size_t entries = json_object_size(header);
    if (!(t->entry = ssi_calloc(entries + 1, sizeof *t->entry)))
        return SSI_NO_MEMORY;
    json_object_foreach(header, name, about)
    {
        if (!strcmp(name, "__metadata__")) {
            const char *key;
            json_t *text;
            if (!json_is_object(about))
                return wrong(what, "metadata that is no object", NULL);
            json_object_foreach(about, key, text)
            {
                if (!json_is_string(text))
                    return wrong(what, "metadata that is no text", key);
            }
            t->metadata = json_incref(about);
            continue;
        }
        int status = read_entry(what, name, about, data_bytes, &t->entry[t->count]);
        if (status != SSI_OK)
            return status;
        t->count++;
    }
    qsort(t->entry, (size_t)t->count, sizeof *t->entry, by_place);
    size_t at = 0;
    for (int i = 0; i < t->count; i++) {
        if (t->entry[i].begin != at)
            return wrong(what, t->entry[i].begin > at ? "a hole before a tensor's data" : "tensors that overlap",
                         t->entry[i].name);
        at = t->entry[i].end;
    }
    return at == data_bytes ? SSI_OK : wrong(what, "bytes after the last tensor, or a file cut short", NULL);
}

ssi_tensors *ssi_load_tensors_memory(const void *bytes, size_t count, const char *what)
{
    if (!bytes || !is_little_endian())
        return SSI_FAIL_NULL(bytes ? SSI_UNSUPPORTED : SSI_INVALID, "load",
                             bytes ? "safetensors on a big-endian machine" : "no bytes were given");
    what = what ? what : "memory";
    uint64_t length = 0;
    if (count >= LENGTH_BYTES)
        memcpy(&length, bytes, LENGTH_BYTES);
    const char *text = (const char *)bytes + LENGTH_BYTES;
    if (count < LENGTH_BYTES + 2 || length > count - LENGTH_BYTES || length > HEADER_LIMIT || length < 2 ||
        text[0] != '{') {
        wrong(what, count < LENGTH_BYTES + 2 ? "it is too short" : "its header has no sensible length", NULL);
        return NULL;
    }
    json_error_t error;
    json_t *header = json_loadb(text, (size_t)length, JSON_REJECT_DUPLICATES, &error);
    if (!header || !json_is_object(header)) {
        ssi_fail(SSI_FORMAT, "load", "'%s' is no safetensors file: its header is no JSON object (%s)", what,
                 header ? "something else" : error.text);
        json_decref(header);
        return NULL;
    }
    size_t data_bytes = count - LENGTH_BYTES - (size_t)length;
    ssi_tensors *t = ssi_calloc(1, sizeof *t);
    int status = t ? read_header(what, header, data_bytes, t) : SSI_NO_MEMORY;
    json_decref(header);
    if (status == SSI_OK && !(t->buffer = ssi_buffer_new(data_bytes)))
        status = SSI_NO_MEMORY;
    if (status != SSI_OK) {
        ssi_tensors_free(t);
        return NULL;
    }
    memcpy(t->buffer->data, text + length, data_bytes);
    for (int i = 0; i < t->count; i++) { /* bool is one byte, 0 or 1: a file may hold anything */
        uint8_t *b = (uint8_t *)t->buffer->data + t->entry[i].begin;
        for (size_t k = 0; t->entry[i].dtype == SSI_BOOL && k < t->entry[i].end - t->entry[i].begin; k++)
            b[k] = b[k] != 0;
    }
    return t;
}

ssi_tensors *ssi_load_tensors(const char *path)
{
    size_t bytes;
    void *data = path ? ssi_file_read("load", path, FILE_LIMIT, &bytes)
                      : SSI_FAIL_NULL(SSI_INVALID, "load", "no path was given");
    ssi_tensors *t = data ? ssi_load_tensors_memory(data, bytes, path) : NULL;
    ssi_free(data);
    return t;
}

void ssi_tensors_free(ssi_tensors *t)
{
    if (!t)
        return;
    for (int i = 0; t->entry && i < t->count; i++)
        ssi_free(t->entry[i].name);
    ssi_free(t->entry);
    json_decref(t->metadata);
    ssi_buffer_release(t->buffer);
    ssi_free(t);
}

int ssi_tensors_count(const ssi_tensors *t)
{
    return t ? t->count : 0;
}

const char *ssi_tensors_name(const ssi_tensors *t, int i)
{
    return t && i >= 0 && i < t->count ? t->entry[i].name : NULL;
}

/* Elements are read where they lie if their offset fits their size; the format does not promise that, so else they are copied. */
static ssi_tensor *tensor_of(const ssi_tensors *t, const entry *e)
{
    size_t size = ssi_dtype_size(e->dtype), bytes = e->end - e->begin;
    if (e->begin % size == 0)
        return ssi_leaf(e->dtype, e->rank, e->shape, ssi_buffer_retain(t->buffer), (int64_t)(e->begin / size), NULL);
    ssi_buffer *own = ssi_buffer_new(bytes);
    if (!own)
        return NULL;
    memcpy(own->data, (const char *)t->buffer->data + e->begin, bytes);
    return ssi_leaf(e->dtype, e->rank, e->shape, own, 0, NULL);
}

ssi_tensor *ssi_tensors_get(const ssi_tensors *t, const char *name)
{
    if (!t || !name)
        return NULL;
    for (int i = 0; i < t->count; i++) {
        if (!strcmp(t->entry[i].name, name))
            return tensor_of(t, &t->entry[i]);
    }
    const char **names = ssi_calloc((size_t)t->count + 1, sizeof *names);
    for (int i = 0; names && i < t->count; i++)
        names[i] = t->entry[i].name;
    const char *near = names ? ssi_nearest_name(name, names) : NULL;
    ssi_fail(SSI_NOT_FOUND, "load", "the file has no tensor '%s'%s%s%s", name, near ? "\ndid you mean '" : "",
             near ? near : "", near ? "'?" : "");
    ssi_free(names);
    return NULL;
}

const char *ssi_tensors_text(const ssi_tensors *t, const char *key)
{
    return t && key ? json_string_value(json_object_get(t->metadata, key)) : NULL;
}

/* ---- writing ---- */

static json_t *describe(const ssi_tensor *x, size_t begin, size_t bytes)
{
    json_t *shape = json_array();
    for (int i = 0; i < x->rank; i++)
        json_array_append_new(shape, json_integer(x->shape[i]));
    return json_pack("{s:s, s:o, s:[I,I]}", "dtype", dtype_text[x->dtype], "shape", shape, "data_offsets",
                     (json_int_t)begin, (json_int_t)(begin + bytes));
}

/* The header's text, padded with spaces so that the data start at a multiple of 8. */
static char *write_header(int count, const char *const *name, ssi_tensor *const *tensor, int texts,
                          const char *const *text, size_t *length)
{
    json_t *header = json_object(), *metadata = json_object();
    bool good = header && metadata;
    size_t at = 0;
    for (int i = 0; i < texts && good; i++)
        good = json_object_set_new(metadata, text[2 * i], json_string(text[2 * i + 1])) == 0;
    if (texts && good)
        good = json_object_set(header, "__metadata__", metadata) == 0;
    for (int i = 0; i < count && good; i++) {
        size_t bytes = (size_t)ssi_count(tensor[i]) * ssi_dtype_size((ssi_dtype)tensor[i]->dtype);
        bool fresh = name[i] && !json_object_get(header, name[i]) && strcmp(name[i], "__metadata__") != 0;
        good = fresh && json_object_set_new(header, name[i], describe(tensor[i], at, bytes)) == 0;
        at += bytes;
    }
    char *json = good ? json_dumps(header, JSON_COMPACT) : NULL, *padded = NULL;
    json_decref(header);
    json_decref(metadata);
    if (!json)
        return SSI_FAIL_NULL(SSI_INVALID, "save", "a name is missing, given twice or not UTF-8");
    *length = (strlen(json) + 7) / 8 * 8;
    if ((padded = ssi_alloc(*length + 1))) {
        memset(padded, ' ', *length);
        memcpy(padded, json, strlen(json));
    }
    free(json);
    return padded;
}

int ssi_save_tensors(const char *path, int count, const char *const *name, ssi_tensor *const *tensor, int texts,
                     const char *const *text)
{
    if (!path || !is_little_endian())
        return ssi_fail(path ? SSI_UNSUPPORTED : SSI_INVALID, "save",
                        path ? "safetensors on a big-endian machine" : "no path was given");
    ssi_piece *piece = ssi_calloc((size_t)count + 2, sizeof *piece);
    if (!piece)
        return SSI_NO_MEMORY;
    int status = SSI_OK;
    for (int i = 0; i < count && status == SSI_OK; i++) {
        piece[i + 2].data = tensor[i] ? ssi_data(tensor[i]) : NULL;
        if (!piece[i + 2].data)
            status = ssi_failed() ? ssi_error_peek()->code : ssi_fail(SSI_INVALID, "save", "tensor %d is NULL", i);
        else
            piece[i + 2].bytes = (size_t)ssi_count(tensor[i]) * ssi_dtype_size((ssi_dtype)tensor[i]->dtype);
    }
    size_t length = 0;
    char *header = status == SSI_OK ? write_header(count, name, tensor, texts, text, &length) : NULL;
    if (header) {
        uint64_t prefix = length;
        piece[0] = (ssi_piece){&prefix, LENGTH_BYTES};
        piece[1] = (ssi_piece){header, length};
        status = ssi_file_write("save", path, count + 2, piece);
    } else if (status == SSI_OK) {
        status = ssi_failed() ? ssi_error_peek()->code : SSI_NO_MEMORY;
    }
    ssi_free(header);
    ssi_free(piece);
    return status;
}
