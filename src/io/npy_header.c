/*
 * npy_header.c - what the header of a .npy file says, and the elements behind it.
 */
#include <stdio.h>
#include <string.h>

#include "io/npy.h"
#include "io/safetensors.h"

static int wrong(const char *what, const char *problem)
{
    return ssi_fail(SSI_FORMAT, "load_npy", "'%s' is no .npy file: %s", what, problem);
}

/* ---- the start ---- */

size_t ssi_npy_length(const char *start, size_t count, const char *what)
{
    const unsigned char *byte = (const unsigned char *)start;
    if (count < SSI_NPY_START || memcmp(start, "\x93NUMPY", 6))
        return wrong(what, "it does not begin as one"), 0;
    if (byte[6] < 1 || byte[6] > 3 || byte[7] != 0)
        return ssi_fail(SSI_UNSUPPORTED, "load_npy", "'%s' is of version %d.%d\nversions 1.0, 2.0 and 3.0 are read",
                        what, byte[6], byte[7]),
               0;
    size_t length = byte[8] | (size_t)byte[9] << 8, prefix = 10;
    if (byte[6] > 1) {
        length |= (size_t)byte[10] << 16 | (size_t)byte[11] << 24;
        prefix = 12;
    }
    if (length > SSI_NPY_TEXT || length < 2)
        return wrong(what, "its header has an impossible length"), 0;
    return prefix + length;
}

/* ---- the dictionary ---- */

typedef struct text {
    const char *at, *end;
} text;

static void skip_spaces(text *t)
{
    while (t->at < t->end && (*t->at == ' ' || *t->at == '\n' || *t->at == '\t' || *t->at == '\r'))
        t->at++;
}

static bool accept(text *t, const char *word)
{
    size_t length = strlen(word);
    skip_spaces(t);
    if ((size_t)(t->end - t->at) < length || memcmp(t->at, word, length))
        return false;
    t->at += length;
    return true;
}

/* A quoted word without escapes; false when there is none or it is too long. */
static bool quoted(text *t, char word[32])
{
    skip_spaces(t);
    if (t->at == t->end || (*t->at != '\'' && *t->at != '"'))
        return false;
    char quote = *t->at++;
    size_t length = 0;
    while (t->at < t->end && *t->at != quote && *t->at != '\\' && length < 31)
        word[length++] = *t->at++;
    word[length] = '\0';
    return t->at < t->end && *t->at++ == quote;
}

static bool number(text *t, int64_t *value)
{
    skip_spaces(t);
    const char *first = t->at;
    for (*value = 0; t->at < t->end && *t->at >= '0' && *t->at <= '9'; t->at++) {
        if (*value > (INT64_MAX - 9) / 10)
            return false;
        *value = 10 * *value + (*t->at - '0');
    }
    accept(t, "L"); /* Python 2 wrote long numbers so */
    return t->at > first;
}

static int read_shape(text *t, const char *what, ssi_npy_header *h)
{
    if (!accept(t, "("))
        return wrong(what, "its shape is none");
    for (h->rank = 0; !accept(t, ")"); h->rank++) {
        if (h->rank == SSI_MAX_RANK)
            return ssi_fail(SSI_UNSUPPORTED, "load_npy", "'%s' has more than %d axes", what, SSI_MAX_RANK);
        if ((h->rank && !accept(t, ",")) || (h->rank && accept(t, ")")))
            return h->rank && t->at[-1] == ')' ? SSI_OK : wrong(what, "its shape is none");
        if (!number(t, &h->shape[h->rank]))
            return wrong(what, "its shape is none");
    }
    return SSI_OK;
}

/* What can be read, and as what: unsigned integers that ssi has not become the next larger signed ones. */
static int read_descr(const char *descr, const char *what, ssi_npy_header *h)
{
    static const struct {
        const char *kind;
        ssi_dtype dtype;
        uint8_t item;
    } known[] = {{"f2", SSI_F16, 2}, {"f4", SSI_F32, 4}, {"f8", SSI_F64, 8}, {"b1", SSI_BOOL, 1},
                 {"u1", SSI_U8, 1},  {"i1", SSI_I8, 1},  {"i2", SSI_I16, 2}, {"i4", SSI_I32, 4},
                 {"i8", SSI_I64, 8}, {"u2", SSI_I32, 2}, {"u4", SSI_I64, 4}};
    const char *kind = descr + (descr[0] != '\0' && strchr("<>|=", descr[0]));
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(kind, known[i].kind))
            continue;
        h->dtype = known[i].dtype;
        h->item = known[i].item;
        h->swapped = h->item > 1 && descr[0] == (ssi_is_little_endian() ? '>' : '<');
        return SSI_OK;
    }
    if (strchr("OV", kind[0]) && kind[0])
        return ssi_fail(
            SSI_UNSUPPORTED, "load_npy",
            "'%s' holds '%s': objects are programs, which are never run\nin NumPy: np.save(path, x.astype('f8'))", what,
            descr);
    return ssi_fail(SSI_UNSUPPORTED, "load_npy", "'%s' holds '%s'\nin NumPy: np.save(path, x.astype('f8')), or 'i8'",
                    what, descr);
}

static int read_entry(text *t, const char *key, const char *what, ssi_npy_header *h)
{
    char descr[32];
    if (!strcmp(key, "descr")) {
        if (accept(t, "["))
            return ssi_fail(
                SSI_UNSUPPORTED, "load_npy",
                "'%s' holds records of several fields\nsave each field on its own: np.save(path, x['name'])", what);
        return quoted(t, descr) ? read_descr(descr, what, h) : wrong(what, "its dtype is none");
    }
    if (!strcmp(key, "fortran_order")) {
        h->fortran = accept(t, "True");
        return h->fortran || accept(t, "False") ? SSI_OK : wrong(what, "its order is none");
    }
    return strcmp(key, "shape") ? wrong(what, "its header has an unknown entry") : read_shape(t, what, h);
}

int ssi_npy_read_header(const char *bytes, size_t count, const char *what, ssi_npy_header *h)
{
    *h = (ssi_npy_header){.length = ssi_npy_length(bytes, count, what)};
    if (!h->length)
        return ssi_error_peek() ? ssi_error_peek()->code : SSI_FORMAT;
    if (h->length > count)
        return wrong(what, "it ends within its header");
    text t = {bytes + (bytes[6] == 1 ? 10 : 12), bytes + h->length};
    unsigned seen = 0;
    if (!accept(&t, "{"))
        return wrong(what, "its header is no dictionary");
    while (!accept(&t, "}")) {
        char key[32];
        if (!quoted(&t, key) || !accept(&t, ":"))
            return wrong(what, "its header is no dictionary");
        unsigned bit = key[0] == 'd' ? 1 : key[0] == 'f' ? 2 : 4;
        int status = seen & bit ? wrong(what, "its header says one thing twice") : read_entry(&t, key, what, h);
        if (status != SSI_OK)
            return status;
        seen |= bit;
        if (!accept(&t, ",") && !(t.at < t.end && *t.at == '}'))
            return wrong(what, "its header is no dictionary");
    }
    skip_spaces(&t);
    if (seen != 7 || t.at != t.end)
        return wrong(what, "its header does not say all, or more");
    if (!ssi_shape_count(h->rank, h->shape, sizeof(int64_t), &h->count))
        return wrong(what, "its shape is larger than memory can be");
    return SSI_OK;
}

/* ---- elements ---- */

/* Those that will be widened are put at the end, so that widening them from the front never overtakes what is still to be read. */
ssi_buffer *ssi_npy_buffer(const ssi_npy_header *h, char **elements)
{
    size_t bytes = (size_t)h->count * ssi_dtype_size(h->dtype);
    ssi_buffer *buffer = ssi_buffer_new(bytes);
    if (buffer)
        *elements = (char *)buffer->data + (bytes - (size_t)h->count * h->item);
    return buffer;
}

static void swap_bytes(unsigned char *element, size_t item)
{
    for (size_t i = 0, j = item - 1; i < j; i++, j--) {
        unsigned char byte = element[i];
        element[i] = element[j];
        element[j] = byte;
    }
}

/* Unsigned integers of 2 or 4 bytes, as integers of twice as many. */
static void widen(const ssi_npy_header *h, char *data, const char *from)
{
    for (int64_t i = 0; i < h->count; i++) {
        uint16_t narrow;
        uint32_t wide;
        if (h->item == 2) {
            memcpy(&narrow, from + 2 * i, sizeof narrow);
            memcpy(data + 4 * i, &(int32_t){narrow}, sizeof(int32_t));
        } else {
            memcpy(&wide, from + 4 * i, sizeof wide);
            memcpy(data + 8 * i, &(int64_t){wide}, sizeof(int64_t));
        }
    }
}

ssi_tensor *ssi_npy_finish(const ssi_npy_header *h, ssi_buffer *buffer)
{
    char *data = buffer->data;
    char *elements = data + (size_t)h->count * (ssi_dtype_size(h->dtype) - h->item);
    for (int64_t i = 0; i < h->count && h->swapped; i++)
        swap_bytes((unsigned char *)elements + (size_t)i * h->item, h->item);
    if (h->item != ssi_dtype_size(h->dtype))
        widen(h, data, elements);
    for (int64_t i = 0; i < h->count && h->dtype == SSI_BOOL; i++)
        data[i] = data[i] != 0;
    int64_t stride[SSI_MAX_RANK], step = 1;
    bool columns_first =
        h->fortran && h->rank > 1 && h->count > 0; /* of nothing, the axes before a 0 may be of any length */
    for (int i = 0; i < h->rank && columns_first; i++) {
        stride[i] = step;
        step *= h->shape[i];
    }
    return ssi_leaf(h->dtype, h->rank, h->shape, buffer, 0, columns_first ? stride : NULL);
}

/* ---- writing ---- */

size_t ssi_npy_write_header(const ssi_tensor *x, char room[SSI_NPY_ROOM])
{
    static const char *const descr[SSI_DTYPES] = {
        [SSI_F32] = "<f4", [SSI_F64] = "<f8", [SSI_F16] = "<f2", [SSI_BOOL] = "|b1", [SSI_U8] = "|u1",
        [SSI_I8] = "|i1",  [SSI_I16] = "<i2", [SSI_I32] = "<i4", [SSI_I64] = "<i8"};
    char *header = room + 10;
    int at = sprintf(header, "{'descr': '%s', 'fortran_order': False, 'shape': (", descr[x->dtype]), digits = 0;
    for (int i = 0; i < x->rank; i++) {
        int written = sprintf(header + at, "%s%lld", i ? ", " : "", (long long)x->shape[i]);
        digits = i ? digits : written;
        at += written;
    }
    at += sprintf(header + at, "%s), }", x->rank == 1 ? "," : "");
    if (x->rank) /* room for the first axis to grow, as NumPy leaves it */
        at += sprintf(header + at, "%*s", 21 - digits, "");
    int length = at + 1, padding = 64 - (10 + length) % 64;
    memset(header + at, ' ', (size_t)padding);
    header[at + padding] = '\n';
    length += padding;
    memcpy(room, "\x93NUMPY\x01", 8);
    room[8] = (char)(length & 255);
    room[9] = (char)(length >> 8);
    return (size_t)(10 + length);
}

const void *ssi_npy_elements(const char *operation, ssi_tensor *x, size_t *bytes)
{
    if (!x)
        return NULL;
    if (!ssi_is_little_endian())
        return SSI_FAIL_NULL(SSI_UNSUPPORTED, operation, "writing on a big-endian machine");
    if (x->dtype == SSI_BF16)
        return SSI_FAIL_NULL(SSI_UNSUPPORTED, operation, "NumPy has no bf16\ncast to f32 first");
    const void *data = ssi_data(x);
    *bytes = (size_t)ssi_count(x) * ssi_dtype_size((ssi_dtype)x->dtype);
    return data;
}
