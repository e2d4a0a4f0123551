/*
 * header.core.c - a safetensors header, read without a library: for devices (SSI_CORE).
 *
 * It knows just the JSON that such a header is made of: objects two deep, strings, and lists of whole numbers. Anything
 * else is refused.
 */
#ifdef SSI_CORE
#include <string.h>

#include "io/header.h"

typedef struct reader {
    const char *at, *end;
    const ssi_header_listener *listener;
} reader;

enum { STRING = 4096 };

static int wrong(const reader *r, const char *problem)
{
    return ssi_header_wrong(r->listener->what, problem, NULL);
}

static void skip_space(reader *r)
{
    while (r->at < r->end && strchr(" \t\r\n", *r->at) && *r->at)
        r->at++;
}

static bool take(reader *r, char c)
{
    skip_space(r);
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

/* Four hexadecimal digits of a character outside the surrogates, as UTF-8. Its length; 0 if they are not that. */
static int take_unicode(reader *r, char *out)
{
    unsigned code = 0;
    for (int i = 0; i < 4; i++, r->at++) {
        static const char digits[] = "0123456789abcdef0123456789ABCDEF";
        const char *digit = r->at < r->end && *r->at ? strchr(digits, *r->at) : NULL;
        if (!digit)
            return 0;
        code = 16 * code + (unsigned)(digit - digits) % 16;
    }
    if (code == 0 || (code >= 0xD800 && code < 0xE000))
        return 0;
    if (code < 0x80)
        return out[0] = (char)code, 1;
    if (code < 0x800)
        return out[0] = (char)(0xC0 | code >> 6), out[1] = (char)(0x80 | (code & 0x3F)), 2;
    out[0] = (char)(0xE0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
}

/* What follows a backslash. */
static int take_escape(reader *r, char *out)
{
    static const char code[] = "\"\\/bfnrt", meaning[] = "\"\\/\b\f\n\r\t";
    char c = r->at < r->end ? *r->at++ : '\0';
    if (c == 'u')
        return take_unicode(r, out);
    const char *known = c ? strchr(code, c) : NULL;
    if (known)
        *out = meaning[known - code];
    return known ? 1 : 0;
}

static bool take_string(reader *r, char text[STRING])
{
    int length = 0;
    if (!take(r, '"'))
        return false;
    while (r->at < r->end && *r->at != '"') {
        if (length > STRING - 4 || (unsigned char)*r->at < 0x20)
            return false;
        if (*r->at != '\\') {
            text[length++] = *r->at++;
            continue;
        }
        r->at++;
        int more = take_escape(r, text + length);
        if (!more)
            return false;
        length += more;
    }
    text[length] = '\0';
    return take(r, '"');
}

/* [1, 2, 3] into at most `most` numbers; how many there were, or -1. */
static int take_numbers(reader *r, int most, int64_t *out)
{
    int count = 0;
    if (!take(r, '['))
        return -1;
    if (take(r, ']'))
        return 0;
    do {
        skip_space(r);
        const char *start = r->at;
        int64_t value = 0;
        for (; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++) {
            if (value > (INT64_MAX - 9) / 10)
                return -1;
            value = 10 * value + (*r->at - '0');
        }
        if (r->at == start || (*start == '0' && r->at > start + 1) || count == most)
            return -1;
        out[count++] = value;
    } while (take(r, ','));
    return take(r, ']') ? count : -1;
}

static int take_tensor(reader *r, const char *name)
{
    char key[STRING], dtype[STRING];
    int64_t offsets[2];
    bool has_dtype = false, has_shape = false, has_offsets = false;
    ssi_header_entry e = {.name = name, .dtype = dtype};
    bool good = take(r, '{');
    do {
        good = good && take_string(r, key) && take(r, ':');
        if (good && !has_dtype && strcmp(key, "dtype") == 0)
            good = has_dtype = take_string(r, dtype);
        else if (good && !has_shape && strcmp(key, "shape") == 0)
            good = has_shape = (e.rank = take_numbers(r, SSI_MAX_RANK, e.shape)) >= 0;
        else if (good && !has_offsets && strcmp(key, "data_offsets") == 0)
            good = has_offsets = take_numbers(r, 2, offsets) == 2;
        else
            good = false;
    } while (good && take(r, ','));
    if (!good || !has_dtype || !has_shape || !has_offsets || !take(r, '}'))
        return ssi_header_wrong(r->listener->what, "an entry is not {dtype, shape, data_offsets}", name);
    e.begin = offsets[0];
    e.end = offsets[1];
    return r->listener->tensor(&e, r->listener->context);
}

static int take_metadata(reader *r)
{
    char key[STRING], value[STRING];
    if (!take(r, '{'))
        return wrong(r, "metadata that is no object");
    if (take(r, '}'))
        return SSI_OK;
    do {
        if (!take_string(r, key) || !take(r, ':') || !take_string(r, value))
            return wrong(r, "metadata that is no text, or too long a one");
        int status = r->listener->text(key, value, r->listener->context);
        if (status != SSI_OK)
            return status;
    } while (take(r, ','));
    return take(r, '}') ? SSI_OK : wrong(r, "metadata without an end");
}

int ssi_header_read(const char *json, size_t length, const ssi_header_listener *listener)
{
    char name[STRING];
    reader r = {json, json + length, listener};
    if (!take(&r, '{'))
        return wrong(&r, "its header is no JSON object");
    bool empty = take(&r, '}');
    while (!empty) {
        if (!take_string(&r, name) || !take(&r, ':'))
            return wrong(&r, "a name is no text, or too long a one");
        int status = strcmp(name, "__metadata__") == 0 ? take_metadata(&r) : take_tensor(&r, name);
        if (status != SSI_OK)
            return status;
        if (!take(&r, ',')) {
            if (!take(&r, '}'))
                return wrong(&r, "its header has no end");
            break;
        }
    }
    skip_space(&r);
    return r.at == r.end ? SSI_OK : wrong(&r, "something follows its header");
}
#else
typedef int ssi_header_is_read_by_jansson; /* header.c; a translation unit may not be empty */
#endif
