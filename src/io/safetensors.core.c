/*
 * safetensors.core.c - named tensors from memory.
 *
 *     8 bytes    length of the header, little-endian
 *     header     JSON: {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ..., "__metadata__": {"key": "text"}}
 *     data       the tensors' elements, little-endian, C order, one tensor after another without a gap
 *
 * Everything that the format forbids is refused: a header over 100 MB or not starting with '{', duplicate names,
 * offsets that overlap, leave a hole, or do not end with the file. Source: the safetensors format description. The JSON
 * is header.c's work, writing that of safetensors.c.
 */
#include <stdlib.h>
#include <string.h>

#include "io/header.h"
#include "io/safetensors.h"
#include "ssi/io.h"
#include "tensor/tensor.h"

static const size_t HEADER_LIMIT = 100 * 1000 * 1000;

const char *const ssi_safetensors_dtype[SSI_DTYPES] = {
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
    ssi_buffer *buffer;  /* the whole data part */
    entry *entry;        /* by where they begin */
    const entry **named; /* the same by name */
    int count;
    char **text; /* of the metadata: keys and values in turn */
    int texts;
    size_t entry_places, text_places;
};

bool ssi_is_little_endian(void)
{
    const uint16_t one = 1;
    return *(const uint8_t *)&one == 1;
}

int ssi_header_wrong(const char *what, const char *problem, const char *name)
{
    return ssi_fail(SSI_FORMAT, "load", "'%s' is no safetensors file: %s%s%s%s", what, problem, name ? " in '" : "",
                    name ? name : "", name ? "'" : "");
}

/* ---- what the header tells ---- */

typedef struct reading {
    ssi_tensors *t;
    const char *what;
    size_t data_bytes;
} reading;

static int take_tensor(const ssi_header_entry *told, void *context)
{
    const reading *r = context;
    ssi_tensors *t = r->t;
    entry e = {.rank = told->rank};
    int64_t count;
    while (e.dtype < SSI_DTYPES && strcmp(told->dtype, ssi_safetensors_dtype[e.dtype]) != 0)
        e.dtype++;
    if (e.dtype == SSI_DTYPES)
        return ssi_header_wrong(r->what, "a dtype that ssi does not have", told->name);
    memcpy(e.shape, told->shape, sizeof e.shape);
    if (!ssi_shape_count(e.rank, e.shape, ssi_dtype_size(e.dtype), &count))
        return ssi_header_wrong(r->what, "a shape that cannot be", told->name);
    if (told->begin < 0 || told->end < told->begin || (uint64_t)told->end > r->data_bytes)
        return ssi_header_wrong(r->what, "offsets beyond its end (was it cut short?)", told->name);
    e.begin = (size_t)told->begin;
    e.end = (size_t)told->end;
    if (e.end - e.begin != (size_t)count * ssi_dtype_size(e.dtype))
        return ssi_header_wrong(r->what, "offsets that do not fit the shape", told->name);
    entry *grown = ssi_grow(t->entry, &t->entry_places, (size_t)t->count + 1, sizeof *grown);
    if (!grown)
        return SSI_NO_MEMORY;
    t->entry = grown;
    if (!(e.name = ssi_strdup(told->name)))
        return SSI_NO_MEMORY;
    t->entry[t->count++] = e;
    return SSI_OK;
}

static int take_text(const char *key, const char *value, void *context)
{
    const reading *r = context;
    ssi_tensors *t = r->t;
    char **grown = ssi_grow(t->text, &t->text_places, (size_t)t->texts + 2, sizeof *grown);
    if (!grown)
        return SSI_NO_MEMORY;
    t->text = grown;
    for (int i = 0; i < 2; i++) {
        if (!(t->text[t->texts] = ssi_strdup(i ? value : key)))
            return SSI_NO_MEMORY;
        t->texts++;
    }
    return SSI_OK;
}

/* ---- is it whole? ---- */

static int by_place(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    return x->begin != y->begin ? (x->begin < y->begin ? -1 : 1)
           : x->end != y->end   ? (x->end < y->end ? -1 : 1)
                                : strcmp(x->name, y->name);
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const entry *const *)a)->name, (*(const entry *const *)b)->name);
}

static int by_key(const void *name, const void *b)
{
    return strcmp(name, (*(const entry *const *)b)->name);
}

static int sort(ssi_tensors *t)
{
    if (!t->count)
        return SSI_OK;
    qsort(t->entry, (size_t)t->count, sizeof *t->entry, by_place);
    if (!(t->named = ssi_calloc((size_t)t->count, sizeof *t->named)))
        return SSI_NO_MEMORY;
    for (int i = 0; i < t->count; i++)
        t->named[i] = &t->entry[i];
    qsort(t->named, (size_t)t->count, sizeof *t->named, by_name);
    return SSI_OK;
}

/* Every name once, and every byte in one tensor. */
static int check(const char *what, const ssi_tensors *t, size_t data_bytes)
{
    size_t at = 0;
    for (int i = 0; i < t->count; i++) {
        const entry *e = &t->entry[i];
        if (i && strcmp(t->named[i - 1]->name, t->named[i]->name) == 0)
            return ssi_header_wrong(what, "a name given twice", t->named[i]->name);
        if (e->begin != at)
            return ssi_header_wrong(what, e->begin > at ? "a hole before a tensor's data" : "tensors that overlap",
                                    e->name);
        at = e->end;
    }
    return at == data_bytes ? SSI_OK : ssi_header_wrong(what, "bytes after the last tensor, or a file cut short", NULL);
}

/* ---- reading ---- */

size_t ssi_safetensors_length(const void *first, size_t count, const char *what)
{
    uint64_t length = 0;
    if (!ssi_is_little_endian())
        return ssi_fail(SSI_UNSUPPORTED, "load", "safetensors on a big-endian machine"), 0;
    if (count < SSI_SAFETENSORS_LENGTH + 2)
        return ssi_header_wrong(what, "it is too short", NULL), 0;
    memcpy(&length, first, SSI_SAFETENSORS_LENGTH);
    if (length < 2 || length > HEADER_LIMIT || length > count - SSI_SAFETENSORS_LENGTH)
        return ssi_header_wrong(what, "its header has no sensible length", NULL), 0;
    return (size_t)length;
}

static int read_header(ssi_tensors *t, const char *json, size_t length, size_t data_bytes, const char *what)
{
    reading r = {t, what, data_bytes};
    ssi_header_listener listener = {take_tensor, take_text, what, &r};
    int status = json[0] == '{' ? ssi_header_read(json, length, &listener)
                                : ssi_header_wrong(what, "its header does not start with '{'", NULL);
    if (status == SSI_OK)
        status = sort(t);
    if (status == SSI_OK)
        status = check(what, t, data_bytes);
    if (status == SSI_OK && !(t->buffer = ssi_buffer_new(data_bytes)))
        status = SSI_NO_MEMORY;
    return status;
}

ssi_tensors *ssi_safetensors_header(const char *json, size_t length, size_t data_bytes, const char *what, void **data)
{
    ssi_tensors *t = ssi_calloc(1, sizeof *t);
    if (t && read_header(t, json, length, data_bytes, what) != SSI_OK) {
        ssi_tensors_free(t);
        return NULL;
    }
    *data = t ? t->buffer->data : NULL;
    return t;
}

void ssi_safetensors_filled(ssi_tensors *t)
{
    for (int i = 0; i < t->count; i++) {
        uint8_t *b = (uint8_t *)t->buffer->data + t->entry[i].begin;
        for (size_t k = 0; t->entry[i].dtype == SSI_BOOL && k < t->entry[i].end - t->entry[i].begin; k++)
            b[k] = b[k] != 0;
    }
}

ssi_tensors *ssi_load_tensors_memory(const void *bytes, size_t count, const char *what)
{
    if (!bytes)
        return SSI_FAIL_NULL(SSI_INVALID, "load", "no bytes were given");
    what = what ? what : "memory";
    size_t length = ssi_safetensors_length(bytes, count, what);
    const char *json = (const char *)bytes + SSI_SAFETENSORS_LENGTH;
    size_t data_bytes = count - SSI_SAFETENSORS_LENGTH - length;
    void *data;
    ssi_tensors *t = length ? ssi_safetensors_header(json, length, data_bytes, what, &data) : NULL;
    if (t) {
        memcpy(data, json + length, data_bytes);
        ssi_safetensors_filled(t);
    }
    return t;
}

void ssi_tensors_free(ssi_tensors *t)
{
    if (!t)
        return;
    for (int i = 0; t->entry && i < t->count; i++)
        ssi_free(t->entry[i].name);
    for (int i = 0; i < t->texts; i++)
        ssi_free(t->text[i]);
    ssi_free(t->named);
    ssi_free(t->entry);
    ssi_free(t->text);
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

/* Elements are read where they lie if their offset fits their size; the format does not promise that, so else they are
 * copied. */
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
    const entry **found = t->count ? bsearch(name, t->named, (size_t)t->count, sizeof *t->named, by_key) : NULL;
    if (found)
        return tensor_of(t, *found);
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
    for (int i = 0; t && key && i < t->texts; i += 2) {
        if (!strcmp(t->text[i], key))
            return t->text[i + 1];
    }
    return NULL;
}
