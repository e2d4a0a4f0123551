/*
 * subscript.c - the index notation: items parted by commas, each
 *
 *     integer             -3, or ? for a number given beside the text
 *     slice               start:stop:step, each an integer, None or left out
 *     list                [0, 2, -1]
 *     ...                 once
 *     None, np.newaxis
 */
#include <stdarg.h>
#include <string.h>

#include "base/base.h"
#include "math/subscript.h"

/* ---- errors ---- */

enum { SHOWN = 56 }; /* characters of the text */

/* The text around `at` on one line, the caret on the next. */
static void draw(char *out, size_t room, const char *text, int at)
{
    size_t length = strlen(text), first = at > SHOWN - 8 ? (size_t)at - (SHOWN - 8) : 0;
    char line[SHOWN + 1] = "";
    for (size_t i = 0; i < SHOWN && first + i < length; i++) {
        unsigned char c = (unsigned char)text[first + i];
        line[i] = c < ' ' || c > '~' ? '?' : (char)c;
    }
    snprintf(out, room, "    %s\n    %*s", line, (int)((size_t)at - first) + 1, "^");
}

bool ssi_fail_subscript(const ssi_subscript *s, ssi_status code, int at, const char *format, ...)
{
    char what[320], drawing[2 * SHOWN + 16];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    draw(drawing, sizeof drawing, s->text, at);
    return ssi_fail(code, s->operation, "%s\nhere:\n%s", what, drawing) == SSI_OK;
}

/* ---- reading ---- */

typedef struct reader {
    ssi_subscript *s;
    const char *at;
    const int64_t *given; /* for each ? */
    int taken, count;
} reader;

static int place(const reader *r)
{
    return (int)(r->at - r->s->text);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static void skip_spaces(reader *r)
{
    r->at += strspn(r->at, " \t\r\n");
}

static bool fail_here(const reader *r, const char *what)
{
    return ssi_fail_subscript(r->s, SSI_INVALID, place(r), "%s", what);
}

/* Whether an integer begins here. */
static bool at_integer(const reader *r)
{
    return is_digit(*r->at) || *r->at == '-' || *r->at == '+' || *r->at == '?';
}

static bool read_given(reader *r, int64_t *out)
{
    if (r->taken == r->count)
        return ssi_fail_subscript(r->s, SSI_INVALID, place(r), "the text has more ? than the %d numbers given",
                                  r->count);
    *out = r->given[r->taken++];
    r->at++;
    return true;
}

/* [+-] digits, or ?; spaces may follow. Written numbers stay clear of the values that mean something else, SSI_END above all. */
static bool read_integer(reader *r, int64_t *out)
{
    bool minus = false;
    int begin = place(r);
    for (; *r->at == '-' || *r->at == '+'; skip_spaces(r))
        minus ^= *r->at++ == '-';
    if (*r->at == '?') {
        if (!read_given(r, out))
            return false;
        *out = !minus ? *out : *out < -INT64_MAX ? INT64_MAX : -*out;
    } else {
        int64_t value = 0;
        if (!is_digit(*r->at))
            return fail_here(r, "an integer is missing after the sign");
        for (; is_digit(*r->at); r->at++) {
            int digit = *r->at - '0';
            if (value > (INT64_MAX - 1 - digit) / 10)
                return ssi_fail_subscript(r->s, SSI_INVALID, begin, "the number is larger than any size");
            value = 10 * value + digit;
        }
        *out = minus ? -value : value;
    }
    if (*r->at == '.' && r->at[1] != '.')
        return fail_here(r, "an index is an integer, not a fraction");
    if (is_letter(*r->at))
        return fail_here(r, "a letter behind a number");
    skip_spaces(r);
    return true;
}

/* How many characters the word here has, and the points in it. */
static size_t word_length(const reader *r)
{
    size_t length = 0;
    while (is_letter(r->at[length]) || is_digit(r->at[length]) || (length && r->at[length] == '.'))
        length++;
    return length;
}

static bool skip_word(reader *r, const char *word)
{
    size_t length = word_length(r);
    bool there = length == strlen(word) && !strncmp(r->at, word, length);
    r->at += there ? length : 0;
    return there;
}

/* A part of a slice, which may be left out, or None. */
static bool read_bound(reader *r, int64_t *out, bool *given)
{
    skip_spaces(r);
    bool none = skip_word(r, "None");
    *given = !none && at_integer(r);
    if (none)
        skip_spaces(r);
    return !*given || read_integer(r, out);
}

/* From the first colon on; `start` was read before it, if it is there. */
static bool read_slice(reader *r, ssi_subscript_item *item, bool has_start)
{
    bool has_stop, has_step = false;
    ssi_range *range = &item->range;
    range->step = 1;
    r->at++;
    if (!read_bound(r, &range->stop, &has_stop))
        return false;
    if (*r->at == ':') {
        r->at++;
        skip_spaces(r);
        int begin = place(r);
        if (!read_bound(r, &range->step, &has_step))
            return false;
        if (range->step == 0)
            return ssi_fail_subscript(r->s, SSI_INVALID, begin, "the step of a slice is zero");
    }
    if (*r->at == ':')
        return fail_here(r, "a slice has at most two colons, start:stop:step");
    item->kind = SSI_A_SLICE;
    if (!has_start)
        range->start = range->step < 0 ? INT64_MAX - 1 : 0;
    if (!has_stop)
        range->stop = SSI_END;
    return true;
}

static bool read_list(reader *r, ssi_subscript_item *item)
{
    ssi_subscript *s = r->s;
    item->kind = SSI_A_LIST;
    item->first = s->numbers;
    r->at++;
    for (skip_spaces(r); *r->at != ']'; item->count++) {
        if (!*r->at)
            return ssi_fail_subscript(s, SSI_INVALID, item->at, "the bracket is not closed");
        if (!at_integer(r))
            return fail_here(r, "a list holds integers, parted by commas");
        if (s->numbers == SSI_SUBSCRIPT_NUMBERS)
            return fail_here(r, "a list this long is no text; use ssi_take");
        s->number_at[s->numbers] = place(r);
        if (!read_integer(r, &s->number[s->numbers]))
            return false;
        s->numbers++;
        if (*r->at != ',' && *r->at != ']' && *r->at)
            return fail_here(r, "a comma is missing, or the bracket that closes the list");
        if (*r->at == ',')
            r->at++;
        skip_spaces(r);
    }
    r->at++;
    return true;
}

static bool read_word(reader *r, ssi_subscript_item *item)
{
    static const char *const names[] = {"None", "np.newaxis", "numpy.newaxis", "newaxis"};
    item->kind = SSI_A_NEW_AXIS;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (skip_word(r, names[i])) {
            skip_spaces(r);
            return *r->at != ':' || read_slice(r, item, false);
        }
    }
    return fail_here(r, "an unknown word: there are None and np.newaxis, and ssi_mask for masks");
}

static bool read_ellipsis(reader *r, ssi_subscript_item *item)
{
    if (strncmp(r->at, "...", 3) != 0)
        return fail_here(r, "an ellipsis is three points");
    for (int i = 0; i < r->s->items; i++) {
        if (r->s->item[i].kind == SSI_AN_ELLIPSIS)
            return fail_here(r, "a second ellipsis: only one can be filled in");
    }
    item->kind = SSI_AN_ELLIPSIS;
    r->at += 3;
    return true;
}

static bool read_item(reader *r, ssi_subscript_item *item)
{
    bool number = at_integer(r);
    *item = (ssi_subscript_item){.kind = SSI_AN_INTEGER, .at = place(r)};
    if (number && !read_integer(r, &item->range.start))
        return false;
    if (*r->at == ':')
        return read_slice(r, item, number);
    if (number)
        return true;
    if (*r->at == '.')
        return read_ellipsis(r, item);
    if (*r->at == '[')
        return read_list(r, item);
    if (is_letter(*r->at))
        return read_word(r, item);
    return fail_here(r, *r->at == ',' || !*r->at ? "an index is missing"
                                                 : "no index begins so: 2, 1:3, ::-1, [0, 2], ..., None do");
}

bool ssi_read_subscript(ssi_subscript *s, const char *operation, const char *text, int count, const int64_t *numbers)
{
    s->operation = operation;
    s->text = text ? text : "";
    s->items = s->numbers = 0;
    reader r = {.s = s, .at = s->text, .given = numbers, .count = count};
    for (skip_spaces(&r); s->items == 0 || *r.at;) {
        if (s->items == SSI_SUBSCRIPT_ITEMS)
            return fail_here(&r, "more indices than a tensor can have axes");
        if (!read_item(&r, &s->item[s->items]))
            return false;
        s->items++;
        skip_spaces(&r);
        if (*r.at && *r.at != ',')
            return fail_here(&r, "a comma is missing");
        if (*r.at == ',')
            r.at++;
        skip_spaces(&r);
    }
    if (r.taken < count)
        return fail_here(&r, "more numbers were given than the text has ?");
    return true;
}
