/*
 * text.c - a growing text, and the quoting that keeps a user's words from being read as commands.
 *
 * gnuplot runs backticks and expands macros everywhere but in single-quoted strings, where only the quote itself is special. Two
 * of them should stand for one, but not at the beginning and not in a row (5.4), so a quote is drawn as the apostrophe
 * U+2019, and what stands between ours contains none. A newline would end the command, so control characters become spaces;
 * bytes that are not UTF-8 become U+FFFD, since the terminals refuse them.
 */
#include "plot/figure.h"

#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"
#define APOSTROPHE  "\xE2\x80\x99"

void ssi_text_free(text *t)
{
    ssi_free(t->bytes);
    *t = (text){0};
}

static bool reserve(text *t, size_t more)
{
    if (t->failed) {
        return false;
    }
    if (t->length + more + 1 > t->capacity) {
        char *bytes = ssi_grow(t->bytes, &t->capacity, t->length + more + 1, 1);
        if (bytes == NULL) {
            ssi_text_free(t);
            t->failed = true;
            return false;
        }
        t->bytes = bytes;
    }
    return true;
}

void ssi_text_bytes(text *t, const char *bytes, size_t count)
{
    if (reserve(t, count)) {
        memcpy(t->bytes + t->length, bytes, count);
        t->length += count;
        t->bytes[t->length] = '\0';
    }
}

void ssi_text_add(text *t, const char *format, ...)
{
    char line[512];
    locale_t c_locale = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    locale_t before = c_locale != (locale_t)0 ? uselocale(c_locale) : (locale_t)0;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    if (c_locale != (locale_t)0) {
        uselocale(before);
        freelocale(c_locale);
    }
    ssi_text_bytes(t, line, length < 0 ? 0 : (size_t)length < sizeof(line) ? (size_t)length : sizeof(line) - 1);
}

size_t ssi_utf8_length(const unsigned char *s)
{
    size_t length = s[0] < 0x80 ? 1 : s[0] < 0xC2 ? 0 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : s[0] < 0xF5 ? 4 : 0;
    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    bool overlong = (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xF0 && s[1] < 0x90);
    bool outside = (s[0] == 0xED && s[1] > 0x9F) || (s[0] == 0xF4 && s[1] > 0x8F);
    return overlong || outside ? 0 : length;
}

const char *ssi_text_number(double value, char out[32])
{
    bool whole = fabs(value) < 1e9 && value == floor(value);
    snprintf(out, 32, whole ? "%.0f" : "%.4g", value);
    char *comma = strchr(out, ','); /* the decimal point of the program's locale */
    if (comma != NULL) {
        *comma = '.';
    }
    return out;
}

/* Whether a character moves the cursor or ends a line instead of being seen: C0, DEL, C1. */
static bool is_control(const unsigned char *s)
{
    return s[0] < 0x20 || s[0] == 0x7F || (s[0] == 0xC2 && s[1] < 0xA0);
}

static void write_shown(text *t, const char *shown, bool quoted)
{
    for (const char *s = shown; *s != '\0';) {
        size_t length = ssi_utf8_length((const unsigned char *)s);
        if (length == 0) {
            ssi_text_bytes(t, REPLACEMENT, 3);
        } else if (is_control((const unsigned char *)s)) {
            ssi_text_bytes(t, " ", 1);
        } else if (quoted && *s == '\'') {
            ssi_text_bytes(t, APOSTROPHE, 3);
        } else {
            ssi_text_bytes(t, s, length);
        }
        s += length > 0 ? length : 1;
    }
}

void ssi_text_shown(text *t, const char *shown)
{
    write_shown(t, shown, false);
}

void ssi_text_quote(text *t, const char *shown)
{
    ssi_text_bytes(t, "'", 1);
    write_shown(t, shown, true);
    ssi_text_bytes(t, "'", 1);
}
