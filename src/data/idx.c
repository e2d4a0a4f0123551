/*
 * idx.c - MNIST's file format.
 *
 *     00 00 08 RR   magic: unsigned bytes, RR axes
 *     4 bytes       size of each axis, big-endian
 *     the bytes     C order
 *
 * A gzipped file is unpacked as it is read, never further than its header says it should reach: a small file cannot
 * become a large one. A gzip file ends with a checksum of what was packed, which is how a damaged download is told from
 * a good one.
 */
#include "data/idx.h"

#include <string.h>
#ifdef SSI_HAVE_GZIP
#include <zlib.h>
#endif

#include "io/file.h"

enum { HEAD = 4, FILE_BYTES = 1 << 30 };
static const size_t ELEMENTS = (size_t)1 << 31;

/* Where an idx file's bytes come from: memory, through zlib when it is packed. */
typedef struct source {
    const uint8_t *bytes;
    size_t count;
    bool packed;
#ifdef SSI_HAVE_GZIP
    z_stream stream;
#endif
} source;

#ifdef SSI_HAVE_GZIP
static bool open_packed(source *s)
{
    s->stream = (z_stream){.next_in = (Bytef *)(uintptr_t)s->bytes, .avail_in = (uInt)s->count};
    return inflateInit2(&s->stream, 15 + 16) == Z_OK;
}

/* Exactly so many bytes, or false. */
static bool take_packed(source *s, void *to, size_t bytes)
{
    char *at = to;
    while (bytes) {
        s->stream.next_out = (Bytef *)at;
        s->stream.avail_out = bytes > 1u << 30 ? 1u << 30 : (uInt)bytes;
        uInt asked = s->stream.avail_out;
        int result = inflate(&s->stream, Z_NO_FLUSH);
        size_t got = asked - s->stream.avail_out;
        at += got;
        bytes -= got;
        if (bytes && (result != Z_OK || got == 0))
            return false;
    }
    return true;
}

/* Nothing may follow, and the checksum must be right. */
static bool ends_packed(source *s)
{
    Bytef more;
    s->stream.next_out = &more;
    s->stream.avail_out = 1;
    int result = inflate(&s->stream, Z_FINISH);
    return result == Z_STREAM_END && s->stream.avail_out == 1 && s->stream.avail_in == 0;
}

static void close_packed(source *s)
{
    inflateEnd(&s->stream);
}
#else
static bool open_packed(source *s)
{
    return (void)s, false;
}
static bool take_packed(source *s, void *to, size_t bytes)
{
    return (void)s, (void)to, (void)bytes, false;
}
static bool ends_packed(source *s)
{
    return (void)s, false;
}
static void close_packed(source *s)
{
    (void)s;
}
#endif

static bool take(source *s, void *to, size_t bytes)
{
    if (s->packed)
        return take_packed(s, to, bytes);
    if (bytes > s->count)
        return false;
    memcpy(to, s->bytes, bytes);
    s->bytes += bytes;
    s->count -= bytes;
    return true;
}

static int wrong(const char *what, const char *problem)
{
    return ssi_fail(SSI_FORMAT, "read_idx", "'%s' is no good idx file: %s\nget the file again", what, problem);
}

static int read_source(source *s, const char *what, int rank, ssi_idx *out)
{
    uint8_t head[HEAD + 4 * 3];
    if (!take(s, head, HEAD))
        return wrong(what, "it is too short");
    if (head[0] || head[1] || head[2] != 8 || head[3] != rank)
        return ssi_fail(
            SSI_FORMAT, "read_idx",
            "'%s' is no idx file of bytes with %d axes: it starts with %02x %02x %02x %02x, not 00 00 08 %02x\n"
            "pictures have 3 axes, labels 1; are the files exchanged?",
            what, rank, head[0], head[1], head[2], head[3], rank);
    if (!take(s, head, 4 * (size_t)rank))
        return wrong(what, "it is cut short");
    size_t count = 1;
    for (int i = 0; i < rank; i++) {
        const uint8_t *b = head + 4 * i;
        out->shape[i] = (int64_t)b[0] << 24 | (int64_t)b[1] << 16 | (int64_t)b[2] << 8 | b[3];
        if (!ssi_size_mul(count, (size_t)out->shape[i], &count) || count > ELEMENTS)
            return wrong(what, "its sizes are larger than any data set");
    }
    out->rank = rank;
    if (count == 0)
        return wrong(what, "it is empty");
    if (!s->packed && count > s->count) /* refused before memory is asked for */
        return wrong(what, "it is cut short");
    if (s->packed && count / 1100 > s->count) /* deflate packs at most 1032 to 1 */
        return wrong(what, "it is cut short");
    if (!(out->buffer = ssi_buffer_new(count)))
        return SSI_NO_MEMORY;
    bool whole = take(s, out->buffer->data, count), ends = whole && (s->packed ? ends_packed(s) : s->count == 0);
    if (whole && ends)
        return SSI_OK;
    ssi_buffer_release(out->buffer);
    out->buffer = NULL;
    return wrong(what, whole ? "more follows than its header says, or it is damaged" : "it is cut short or damaged");
}

int ssi_read_idx_memory(const void *bytes, size_t count, const char *what, int rank, ssi_idx *out)
{
    *out = (ssi_idx){0};
    source s = {.bytes = bytes, .count = count};
    s.packed = count >= 2 && s.bytes[0] == 0x1f && s.bytes[1] == 0x8b;
#ifndef SSI_HAVE_GZIP
    if (s.packed)
        return ssi_fail(SSI_UNSUPPORTED, "read_idx",
                        "'%s' is gzipped, and this build has no zlib\nunpack it with gunzip", what);
#endif
    if (s.packed && !open_packed(&s))
        return ssi_fail(SSI_NO_MEMORY, "read_idx", "no memory to unpack '%s'", what);
    int status = read_source(&s, what, rank, out);
    if (s.packed)
        close_packed(&s);
    return status;
}

int ssi_read_idx(const char *path, int rank, ssi_idx *out)
{
    size_t bytes;
    *out = (ssi_idx){0};
    void *data = ssi_file_read("read_idx", path, FILE_BYTES, &bytes);
    if (!data)
        return ssi_error_peek()->code;
    int status = ssi_read_idx_memory(data, bytes, path, rank, out);
    ssi_free(data);
    return status;
}
