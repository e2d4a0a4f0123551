/*
 * npz.c - NumPy's files of several named arrays: a zip archive of .npy files. The zip is libzip's work; where the build has none, it says so.
 */
#include <stdio.h>
#include <string.h>

#include "io/file.h"
#include "io/npy.h"
#include "ssi/io.h"

#ifndef SSI_HAVE_NPZ

static int missing(const char *operation)
{
    return ssi_fail(SSI_UNSUPPORTED, operation,
                    "this build of ssi has no .npz\nbuild it with libzip (Debian: libzip-dev)");
}

ssi_npz *ssi_npz_open(const char *path)
{
    (void)path;
    return missing("npz_open"), NULL;
}

ssi_npz *ssi_npz_open_memory(const void *bytes, size_t count, const char *what)
{
    (void)bytes, (void)count, (void)what;
    return missing("npz_open"), NULL;
}

void ssi_npz_close(ssi_npz *npz)
{
    (void)npz;
}

int ssi_npz_count(const ssi_npz *npz)
{
    (void)npz;
    return 0;
}

const char *ssi_npz_name(const ssi_npz *npz, int i)
{
    (void)npz, (void)i;
    return NULL;
}

ssi_tensor *ssi_npz_get(ssi_npz *npz, const char *name)
{
    (void)npz, (void)name;
    return NULL;
}

ssi_tensor *ssi_npz_rows(ssi_npz *npz, const char *name, int64_t first, int64_t count)
{
    (void)npz, (void)name, (void)first, (void)count;
    return NULL;
}

int ssi_save_npz(const char *path, int count, const char *const *name, ssi_tensor *const *tensor, int compressed)
{
    (void)path, (void)count, (void)name, (void)tensor, (void)compressed;
    return missing("save_npz");
}

#else

#include <zip.h>

enum { MOST = 1 << 16 }; /* arrays of a file */
/* Deflated bytes become at most 1,032 times as many: an entry that claims more lies. */
static const uint64_t MOST_INFLATED = 1040;

struct ssi_npz {
    zip_t *zip;
    char *what;
    char **name; /* without ".npy"; ends with a NULL */
    int count;
    zip_file_t *rows; /* of the array `of`, whose next row is `row`; NULL: none is read by rows */
    int of;
    int64_t row;
    ssi_npy_header header;
};

/* ---- opening ---- */

static bool keep_name(ssi_npz *npz, const char *name)
{
    size_t length = strlen(name);
    if (length < 5 || strcmp(name + length - 4, ".npy"))
        return ssi_fail(SSI_FORMAT, "npz_open", "'%s' holds '%s', which is no .npy file", npz->what, name) == 0;
    if (!(npz->name[npz->count] = ssi_strdup(name)))
        return false;
    npz->name[npz->count++][length - 4] = '\0';
    for (int i = 0; i + 1 < npz->count; i++) {
        if (!strcmp(npz->name[i], npz->name[npz->count - 1]))
            return ssi_fail(SSI_FORMAT, "npz_open", "'%s' holds two arrays named '%s'", npz->what, npz->name[i]) == 0;
    }
    return true;
}

static bool read_names(ssi_npz *npz)
{
    zip_int64_t entries = zip_get_num_entries(npz->zip, 0);
    if (entries < 0 || entries > MOST)
        return ssi_fail(SSI_FORMAT, "npz_open", "'%s' holds %lld files; at most %d are read", npz->what,
                        (long long)entries, MOST) == 0;
    if (!(npz->name = ssi_calloc((size_t)entries + 1, sizeof *npz->name)))
        return false;
    for (zip_int64_t i = 0; i < entries; i++) {
        const char *name = zip_get_name(npz->zip, (zip_uint64_t)i, 0);
        if (!name || !keep_name(npz, name))
            return ssi_failed() ? false
                                : ssi_fail(SSI_FORMAT, "npz_open", "'%s' holds a file without a name", npz->what) == 0;
    }
    return true;
}

static ssi_npz *open_source(zip_source_t *source, zip_error_t *error, const char *what)
{
    ssi_npz *npz = ssi_calloc(1, sizeof *npz);
    if (npz)
        npz->what = ssi_strdup(what);
    if (npz && npz->what && source)
        npz->zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, error);
    if (!npz || !npz->zip) {
        zip_source_free(source);
        if (!ssi_failed())
            ssi_fail(SSI_FORMAT, "npz_open", "'%s' is no .npz file: %s", what, zip_error_strerror(error));
    }
    if (!npz || !npz->zip || !read_names(npz)) {
        ssi_npz_close(npz);
        return NULL;
    }
    return npz;
}

ssi_npz *ssi_npz_open(const char *path)
{
    ssi_file file;
    zip_error_t error;
    if (!path)
        return SSI_FAIL_NULL(SSI_INVALID, "npz_open", "no path was given");
    bool regular = ssi_file_open(&file, "npz_open", path, (size_t)1 << 46); /* says what is wrong with the name */
    ssi_file_close(&file);
    if (!regular)
        return NULL;
    if (!file.bytes) /* to libzip, an archive without files */
        return SSI_FAIL_NULL(SSI_FORMAT, "npz_open", "'%s' is empty", path);
    zip_error_init(&error);
    ssi_npz *npz = open_source(zip_source_file_create(path, 0, -1, &error), &error, path);
    zip_error_fini(&error);
    return npz;
}

ssi_npz *ssi_npz_open_memory(const void *bytes, size_t count, const char *what)
{
    zip_error_t error;
    if (!bytes)
        return SSI_FAIL_NULL(SSI_INVALID, "npz_open", "no bytes were given");
    if (!count)
        return SSI_FAIL_NULL(SSI_FORMAT, "npz_open", "'%s' is empty", what ? what : "memory");
    zip_error_init(&error);
    ssi_npz *npz = open_source(zip_source_buffer_create(bytes, count, 0, &error), &error, what ? what : "memory");
    zip_error_fini(&error);
    return npz;
}

void ssi_npz_close(ssi_npz *npz)
{
    if (!npz)
        return;
    if (npz->rows)
        zip_fclose(npz->rows);
    if (npz->zip)
        zip_discard(npz->zip);
    for (int i = 0; npz->name && npz->name[i]; i++)
        ssi_free(npz->name[i]);
    ssi_free(npz->name);
    ssi_free(npz->what);
    ssi_free(npz);
}

int ssi_npz_count(const ssi_npz *npz)
{
    return npz ? npz->count : 0;
}

const char *ssi_npz_name(const ssi_npz *npz, int i)
{
    return npz && i >= 0 && i < npz->count ? npz->name[i] : NULL;
}

/* ---- reading ---- */

static bool take(zip_file_t *file, char *to, uint64_t bytes)
{
    while (bytes) {
        zip_int64_t got = zip_fread(file, to, bytes);
        if (got <= 0)
            return false;
        to += got;
        bytes -= (uint64_t)got;
    }
    return true;
}

/* Whether the file ends here, and its checksum is right. */
static bool ends(zip_file_t *file)
{
    char more;
    return zip_fread(file, &more, 1) == 0;
}

static void *damaged(const ssi_npz *npz, int index, zip_file_t *file)
{
    return ssi_failed() ? NULL
                        : SSI_FAIL_NULL(SSI_FORMAT, "npz_get", "'%s' in '%s' is damaged: %s", npz->name[index],
                                        npz->what, zip_file_strerror(file));
}

/* The header is judged against the size that the archive tells before memory is asked for. */
static bool read_header(const ssi_npz *npz, zip_file_t *file, const zip_stat_t *about, ssi_npy_header *header)
{
    char start[SSI_NPY_START];
    size_t first = about->size < sizeof start ? (size_t)about->size : sizeof start;
    size_t length = take(file, start, first) ? ssi_npy_length(start, first, about->name) : 0;
    char *text = length && length <= about->size ? ssi_alloc(length) : NULL;
    bool good = text && take(file, text + first, length - first);
    if (good) {
        memcpy(text, start, first);
        good = ssi_npy_read_header(text, length, about->name, header) == SSI_OK;
    }
    ssi_free(text);
    uint64_t rest = about->size - length;
    if (good && (rest / header->item != (uint64_t)header->count || rest % header->item))
        good = ssi_fail(SSI_FORMAT, "npz_get", "'%s' in '%s' promises %lld elements and has %llu bytes of them",
                        about->name, npz->what, (long long)header->count, (unsigned long long)rest) == 0;
    return good;
}

/* An array of the archive, and its header read; NULL on failure. */
static zip_file_t *open_entry(ssi_npz *npz, int index, ssi_npy_header *header)
{
    zip_stat_t about;
    const zip_uint64_t said = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
    if (zip_stat_index(npz->zip, (zip_uint64_t)index, 0, &about) || (about.valid & said) != said)
        return SSI_FAIL_NULL(SSI_FORMAT, "npz_get", "'%s' does not say how large '%s' is", npz->what, npz->name[index]);
    if (about.comp_method != ZIP_CM_STORE && about.comp_method != ZIP_CM_DEFLATE)
        return SSI_FAIL_NULL(SSI_UNSUPPORTED, "npz_get", "'%s' in '%s' is compressed in a way that NumPy does not use",
                             about.name, npz->what);
    if (about.size / MOST_INFLATED > about.comp_size)
        return SSI_FAIL_NULL(SSI_FORMAT, "npz_get", "'%s' in '%s' claims %llu bytes, compressed to %llu", about.name,
                             npz->what, (unsigned long long)about.size, (unsigned long long)about.comp_size);
    zip_file_t *file = zip_fopen_index(npz->zip, (zip_uint64_t)index, 0);
    if (!file)
        return SSI_FAIL_NULL(SSI_FORMAT, "npz_get", "'%s' in '%s' cannot be read: %s", about.name, npz->what,
                             zip_strerror(npz->zip));
    if (!read_header(npz, file, &about, header)) {
        damaged(npz, index, file);
        zip_fclose(file);
        return NULL;
    }
    return file;
}

/* -1 with an error when there is none. */
static int find_name(const ssi_npz *npz, const char *name)
{
    for (int i = 0; i < npz->count; i++) {
        if (!strcmp(npz->name[i], name))
            return i;
    }
    const char *near = ssi_nearest_name(name, (const char **)npz->name);
    ssi_fail(SSI_NOT_FOUND, "npz_get", "'%s' has no array '%s'%s%s%s", npz->what, name, near ? "\ndid you mean '" : "",
             near ? near : "", near ? "'?" : "");
    return -1;
}

ssi_tensor *ssi_npz_get(ssi_npz *npz, const char *name)
{
    char *elements;
    ssi_npy_header header;
    int index = npz && name ? find_name(npz, name) : -1;
    zip_file_t *file = index >= 0 ? open_entry(npz, index, &header) : NULL;
    if (!file)
        return NULL;
    ssi_tensor *x = NULL;
    ssi_buffer *buffer = ssi_npy_buffer(&header, &elements);
    if (buffer && take(file, elements, (uint64_t)header.count * header.item) && ends(file)) {
        x = ssi_npy_finish(&header, buffer);
    } else {
        ssi_buffer_release(buffer);
        damaged(npz, index, file);
    }
    zip_fclose(file);
    return x;
}

/* ---- some rows at a time: what is packed is read forwards, and from the beginning again for rows that have passed ---- */

static void close_rows(ssi_npz *npz)
{
    if (npz->rows)
        zip_fclose(npz->rows);
    npz->rows = NULL;
}

static bool open_rows(ssi_npz *npz, int index)
{
    close_rows(npz);
    npz->rows = open_entry(npz, index, &npz->header);
    npz->of = index;
    npz->row = 0;
    if (npz->rows && npz->header.rank == 0)
        ssi_fail(SSI_INVALID, "npz_rows", "'%s' is one number, and has no rows\nuse ssi_npz_get", npz->name[index]);
    else if (npz->rows && npz->header.fortran && npz->header.rank > 1)
        ssi_fail(
            SSI_UNSUPPORTED, "npz_rows",
            "'%s' is in Fortran order: its rows do not lie together\nuse ssi_npz_get, or save np.ascontiguousarray(x)",
            npz->name[index]);
    else
        return npz->rows != NULL;
    close_rows(npz);
    return false;
}

/* Reads over the bytes. */
static bool pass(zip_file_t *file, uint64_t bytes)
{
    char room[4096];
    for (; bytes; bytes -= bytes < sizeof room ? bytes : sizeof room) {
        if (!take(file, room, bytes < sizeof room ? bytes : sizeof room))
            return false;
    }
    return true;
}

ssi_tensor *ssi_npz_rows(ssi_npz *npz, const char *name, int64_t first, int64_t count)
{
    int index = npz && name ? find_name(npz, name) : -1;
    if (index < 0 || ((!npz->rows || npz->of != index || first < npz->row) && !open_rows(npz, index)))
        return NULL;
    ssi_npy_header part = npz->header;
    int64_t rows = part.shape[0], row = rows ? part.count / rows : 0;
    if (first < 0 || count < 0 || first > rows || count > rows - first)
        return SSI_FAIL_NULL(SSI_RANGE, "npz_rows", "rows %lld to %lld of %lld", (long long)first,
                             (long long)(first + count), (long long)rows);
    part.shape[0] = count;
    part.count = count * row;
    char *elements;
    ssi_buffer *buffer = ssi_npy_buffer(&part, &elements);
    uint64_t bytes = (uint64_t)row * part.item;
    if (buffer && pass(npz->rows, (uint64_t)(first - npz->row) * bytes) &&
        take(npz->rows, elements, (uint64_t)count * bytes) && (first + count < rows || ends(npz->rows))) {
        npz->row = first + count;
        return ssi_npy_finish(&part, buffer);
    }
    ssi_buffer_release(buffer);
    damaged(npz, index, npz->rows);
    close_rows(npz);
    return NULL;
}

/* ---- writing ---- */

/* Adds one array; its header lies in `header` and its elements where the tensor has them until the archive is closed. */
static bool add_array(zip_t *zip, const char *name, ssi_tensor *x, char *header, int compressed)
{
    size_t bytes;
    char file_name[260];
    const void *data = ssi_npy_elements("save_npz", x, &bytes);
    int length = name ? snprintf(file_name, sizeof file_name, "%s.npy", name) : -1;
    if (!data)
        return ssi_failed() ? false : ssi_fail(SSI_INVALID, "save_npz", "array '%s' is NULL", name ? name : "?") == 0;
    if (length < 5 || (size_t)length >= sizeof file_name || zip_name_locate(zip, file_name, 0) >= 0)
        return ssi_fail(SSI_INVALID, "save_npz", "a name is missing, too long or given twice") == 0;
    zip_buffer_fragment_t part[] = {{(zip_uint8_t *)header, ssi_npy_write_header(x, header)},
                                    {(zip_uint8_t *)(uintptr_t)data, bytes}};
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_fragment_create(part, bytes ? 2 : 1, 0, &error);
    zip_error_fini(&error);
    zip_int64_t at = source ? zip_file_add(zip, file_name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (at < 0)
        zip_source_free(source);
    return at >= 0 &&
           zip_set_file_compression(zip, (zip_uint64_t)at, compressed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) == 0 &&
           zip_file_set_mtime(zip, (zip_uint64_t)at, 315532800, 0) ==
               0; /* 1980, the first day of zip: the same bytes every time */
}

/* What was written into the archive's source, as a file. */
static int write_file(zip_source_t *source, const char *path)
{
    zip_stat_t about;
    zip_stat_init(&about);
    char *all =
        zip_source_stat(source, &about) == 0 && about.valid & ZIP_STAT_SIZE ? ssi_alloc((size_t)about.size) : NULL;
    bool read = all && zip_source_open(source) == 0;
    read = read && zip_source_read(source, all, about.size) == (zip_int64_t)about.size;
    zip_source_close(source);
    ssi_piece piece = {all, (size_t)about.size};
    int status = read           ? ssi_file_write("save_npz", path, 1, &piece)
                 : ssi_failed() ? ssi_error_peek()->code
                                : ssi_fail(SSI_NO_MEMORY, "save_npz", "the archive does not fit in memory");
    ssi_free(all);
    return status;
}

int ssi_save_npz(const char *path, int count, const char *const *name, ssi_tensor *const *tensor, int compressed)
{
    if (!path || count < 1 || count > MOST || !name || !tensor)
        return ssi_fail(SSI_INVALID, "save_npz", path ? "no arrays, or more than 65,536" : "no path was given");
    zip_error_t error;
    zip_error_init(&error);
    char *headers = ssi_alloc((size_t)count * SSI_NPY_ROOM + 1);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    if (source)
        zip_source_keep(source); /* closing the archive gives one of its holders back */
    zip_t *zip = source ? zip_open_from_source(source, ZIP_TRUNCATE, &error) : NULL;
    bool good = headers && zip;
    for (int i = 0; i < count && good; i++)
        good = add_array(zip, name[i], tensor[i], headers + (size_t)i * SSI_NPY_ROOM, compressed);
    if (zip && (!good || zip_close(zip) != 0)) {
        zip_discard(zip);
        good = false;
    }
    int status = good           ? write_file(source, path)
                 : ssi_failed() ? ssi_error_peek()->code
                                : ssi_fail(SSI_NO_MEMORY, "save_npz", "the archive could not be made");
    if (source)
        zip_source_free(source);
    if (source && !zip)
        zip_source_free(source);
    zip_error_fini(&error);
    ssi_free(headers);
    return status;
}

#endif
