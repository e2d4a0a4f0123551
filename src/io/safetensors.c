/*
 * safetensors.c - named tensors in files: written here, read by safetensors.core.c, which also draws the format.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "io/file.h"
#include "io/safetensors.h"
#include "ssi/io.h"
#include "tensor/tensor.h"

static const size_t FILE_LIMIT = (size_t)1 << 40;

/* ---- reading ---- */

/* The header is judged before memory is asked for, and the data go where they stay. */
static ssi_tensors *read_file(ssi_file *file)
{
    char first[SSI_SAFETENSORS_LENGTH] = {0};
    size_t count = file->bytes, length;
    if (count >= sizeof first && !ssi_file_take(file, first, sizeof first))
        return NULL;
    if (!(length = ssi_safetensors_length(first, count, file->path)))
        return NULL;
    ssi_tensors *t = NULL;
    void *data;
    char *json = ssi_alloc(length);
    if (json && ssi_file_take(file, json, length))
        t = ssi_safetensors_header(json, length, file->bytes, file->path, &data);
    ssi_free(json);
    if (t && !ssi_file_take(file, data, file->bytes)) {
        ssi_tensors_free(t);
        return NULL;
    }
    if (t)
        ssi_safetensors_filled(t);
    return t;
}

ssi_tensors *ssi_load_tensors(const char *path)
{
    ssi_file file;
    if (!path)
        return SSI_FAIL_NULL(SSI_INVALID, "load", "no path was given");
    ssi_tensors *t = ssi_file_open(&file, "load", path, FILE_LIMIT) ? read_file(&file) : NULL;
    ssi_file_close(&file);
    return t;
}

/* ---- writing ---- */

static json_t *describe(const ssi_tensor *x, size_t begin, size_t bytes)
{
    json_t *shape = json_array();
    for (int i = 0; i < x->rank; i++)
        json_array_append_new(shape, json_integer(x->shape[i]));
    return json_pack("{s:s, s:o, s:[I,I]}", "dtype", ssi_safetensors_dtype[x->dtype], "shape", shape, "data_offsets",
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
    if (!path || !ssi_is_little_endian())
        return ssi_fail(path ? SSI_UNSUPPORTED : SSI_INVALID, "save",
                        path ? "safetensors on a big-endian machine" : "no path was given");
    if (count < 0 || texts < 0 || (count && (!name || !tensor)) || (texts && !text))
        return ssi_fail(SSI_INVALID, "save", "no tensors were given");
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
        piece[0] = (ssi_piece){&prefix, SSI_SAFETENSORS_LENGTH};
        piece[1] = (ssi_piece){header, length};
        status = ssi_file_write("save", path, count + 2, piece);
    } else if (status == SSI_OK) {
        status = ssi_failed() ? ssi_error_peek()->code : SSI_NO_MEMORY;
    }
    ssi_free(header);
    ssi_free(piece);
    return status;
}
