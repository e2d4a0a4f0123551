/*
 * npy.c - NumPy's files of one array: read whole or some rows at a time, written whole.
 */
#include "io/npy.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "io/file.h"
#include "ssi/io.h"

static const size_t FILE_LIMIT = (size_t)1 << 46;

/* ---- reading ---- */

static int open_npy(const char *path, ssi_file *file, ssi_npy_header *header)
{
    char bytes[SSI_NPY_START] = {0};
    if (!ssi_file_open(file, "load_npy", path, FILE_LIMIT))
        return ssi_error_peek() ? ssi_error_peek()->code : SSI_IO;
    size_t whole = file->bytes, first = whole < sizeof bytes ? whole : sizeof bytes;
    size_t length = ssi_file_take(file, bytes, first) ? ssi_npy_length(bytes, first, path) : 0;
    char *text = length ? ssi_alloc(length) : NULL;
    int status = ssi_error_peek() ? ssi_error_peek()->code : SSI_NO_MEMORY;
    if (text) {
        size_t rest = length - first < file->bytes ? length - first : file->bytes;
        memcpy(text, bytes, first);
        status = ssi_file_take(file, text + first, rest) ? ssi_npy_read_header(text, first + rest, path, header)
                                                         : ssi_error_peek()->code;
    }
    ssi_free(text);
    if (status == SSI_OK && (size_t)header->count > file->bytes / header->item)
        status = ssi_fail(SSI_FORMAT, "load_npy", "'%s' is cut short: %lld elements are promised, %lld are there", path,
                          (long long)header->count, (long long)(file->bytes / header->item));
    if (status == SSI_OK && (size_t)header->count * header->item != file->bytes)
        status = ssi_fail(SSI_FORMAT, "load_npy", "'%s' goes on after its last element", path);
    return status;
}

ssi_tensor *ssi_load_npy(const char *path)
{
    ssi_file file;
    ssi_npy_header header;
    char *elements;
    if (!path)
        return SSI_FAIL_NULL(SSI_INVALID, "load_npy", "no path was given");
    ssi_buffer *buffer = open_npy(path, &file, &header) == SSI_OK ? ssi_npy_buffer(&header, &elements) : NULL;
    if (buffer && !ssi_file_take(&file, elements, file.bytes)) {
        ssi_buffer_release(buffer);
        buffer = NULL;
    }
    ssi_file_close(&file);
    return buffer ? ssi_npy_finish(&header, buffer) : NULL;
}

ssi_tensor *ssi_load_npy_memory(const void *bytes, size_t count, const char *what)
{
    ssi_npy_header h;
    char *elements;
    if (!bytes)
        return SSI_FAIL_NULL(SSI_INVALID, "load_npy", "no bytes were given");
    if (ssi_npy_read_header(bytes, count, what ? what : "memory", &h) != SSI_OK)
        return NULL;
    if ((count - h.length) / h.item < (size_t)h.count || (count - h.length) != (size_t)h.count * h.item)
        return SSI_FAIL_NULL(SSI_FORMAT, "load_npy", "'%s' promises %lld elements, %lld bytes are there",
                             what ? what : "memory", (long long)h.count, (long long)(count - h.length));
    ssi_buffer *buffer = ssi_npy_buffer(&h, &elements);
    if (buffer && h.count)
        memcpy(elements, (const char *)bytes + h.length, count - h.length);
    return buffer ? ssi_npy_finish(&h, buffer) : NULL;
}

/* ---- some rows at a time ---- */

struct ssi_npy {
    ssi_file file;
    ssi_npy_header header;
};

ssi_npy *ssi_npy_open(const char *path)
{
    if (!path)
        return SSI_FAIL_NULL(SSI_INVALID, "load_npy", "no path was given");
    ssi_npy *npy = ssi_alloc(sizeof *npy);
    if (!npy)
        return NULL;
    npy->file.descriptor = -1;
    int status = open_npy(path, &npy->file, &npy->header);
    if (status == SSI_OK && npy->header.rank == 0)
        status = ssi_fail(SSI_INVALID, "npy_open", "'%s' holds one number, and no rows\nuse ssi_load_npy", path);
    if (status == SSI_OK && npy->header.fortran && npy->header.rank > 1)
        status = ssi_fail(SSI_UNSUPPORTED, "npy_open",
                          "'%s' is in Fortran order: its rows do not lie together\nuse ssi_load_npy, or save "
                          "np.ascontiguousarray(x)",
                          path);
    if (status != SSI_OK) {
        ssi_npy_close(npy);
        return NULL;
    }
    return npy;
}

void ssi_npy_close(ssi_npy *npy)
{
    if (npy)
        ssi_file_close(&npy->file);
    ssi_free(npy);
}

int64_t ssi_npy_dim(const ssi_npy *npy, int axis)
{
    axis += npy && axis < 0 ? npy->header.rank : 0;
    return npy && axis >= 0 && axis < npy->header.rank ? npy->header.shape[axis] : -1;
}

static bool take_at(const ssi_npy *npy, char *to, size_t bytes, size_t at)
{
    while (bytes) {
        ssize_t got = pread(npy->file.descriptor, to, bytes, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return ssi_fail(SSI_IO, "npy_rows", "the file can be read no further: %s",
                            got < 0 ? strerror(errno) : "it has become shorter"),
                   false;
        to += got;
        at += (size_t)got;
        bytes -= (size_t)got;
    }
    return true;
}

ssi_tensor *ssi_npy_rows(ssi_npy *npy, int64_t first, int64_t count)
{
    if (!npy)
        return NULL;
    ssi_npy_header part = npy->header;
    int64_t rows = part.shape[0];
    if (first < 0 || count < 0 || first > rows || count > rows - first)
        return SSI_FAIL_NULL(SSI_RANGE, "npy_rows", "rows %lld to %lld of %lld", (long long)first,
                             (long long)(first + count), (long long)rows);
    int64_t row = rows ? part.count / rows : 0;
    part.shape[0] = count;
    part.count = count * row;
    char *elements;
    ssi_buffer *buffer = ssi_npy_buffer(&part, &elements);
    if (!buffer)
        return NULL;
    if (!take_at(npy, elements, (size_t)part.count * part.item, part.length + (size_t)(first * row) * part.item)) {
        ssi_buffer_release(buffer);
        return NULL;
    }
    return ssi_npy_finish(&part, buffer);
}

/* ---- writing ---- */

int ssi_save_npy(const char *path, ssi_tensor *x)
{
    char header[SSI_NPY_ROOM];
    size_t bytes;
    if (!path)
        return ssi_fail(SSI_INVALID, "save_npy", "no path was given");
    const void *data = ssi_npy_elements("save_npy", x, &bytes);
    if (!data)
        return ssi_error_peek() ? ssi_error_peek()->code : ssi_fail(SSI_INVALID, "save_npy", "the tensor is NULL");
    ssi_piece piece[] = {{header, ssi_npy_write_header(x, header)}, {data, bytes}};
    return ssi_file_write("save_npy", path, 2, piece);
}
