/*
 * print.c - tensors as text, as NumPy's str() writes arrays with its usual settings.
 *
 * Elements of a row stand under each other: all are written in one format, found by a first pass over those that will be seen. Past
 * THRESHOLD elements only EDGE at either end of an axis are. Floats get the fewest digits that tell them apart, at most PRECISION after the
 * point; very large, very small or very unequal ones an exponent. A tensor of no axes is written as the number itself.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tensor/print.h"
#include "tensor/tensor.h"

enum { THRESHOLD = 1000, EDGE = 3, WIDTH = 75, PRECISION = 8, NO_LEAST = -20, MOST_DIGITS = 20, LONGEST_WORD = 64 };

/* ---- the text so far ---- */

typedef struct sink {
    char *out;
    size_t capacity, length;
    size_t spaces; /* not yet written: a line that is wrapped does not end in spaces */
} sink;

static void put(sink *s, const char *text, size_t length)
{
    for (; s->spaces; s->spaces--, s->length++) {
        if (s->length < s->capacity)
            s->out[s->length] = ' ';
    }
    for (size_t i = 0; i < length; i++, s->length++) {
        if (s->length < s->capacity)
            s->out[s->length] = text[i];
    }
}

static void put_word(sink *s, const char *word)
{
    size_t lead = strspn(word, " ");
    s->spaces += lead;
    word += lead;
    size_t length = strlen(word), end = length;
    while (end && word[end - 1] == ' ')
        end--;
    if (end)
        put(s, word, end);
    s->spaces += length - end;
}

static void wrap(sink *s, size_t indent)
{
    s->spaces = 0;
    put(s, "\n", 1);
    s->spaces = indent;
}

/* ---- how elements are written ---- */

typedef enum style { BOOLS, INTEGERS, POSITIONAL, EXPONENTIAL } style;

typedef struct format {
    style style;
    int left;     /* characters before the point, sign included; of an integer: all */
    int right;    /* after it */
    int exponent; /* digits of the exponent */
    int not_finite;
    bool finite, minus_infinity;
    double least, most; /* absolute values that are not 0 */
} format;

static void widen(int *width, int to)
{
    if (to > *width)
        *width = to;
}

/* The digits of |x|, at least `least` after the point (or, of an exponential, after the first) and at most PRECISION. */
static ssi_digits digits_of(double x, ssi_dtype dtype, const format *f, int least)
{
    if (x == 0)
        return (ssi_digits){.count = 1};
    return ssi_digits_of(fabs(x), dtype, f->style == EXPONENTIAL, least, PRECISION);
}

static int decimals(int number)
{
    return number < 10 ? 1 : number < 100 ? 2 : 3;
}

/* ---- the pass that finds the format ---- */

static void notice_range(format *f, double x)
{
    if (!isfinite(x)) {
        f->not_finite++;
        f->minus_infinity |= x == -INFINITY;
        return;
    }
    f->finite = true;
    double size = fabs(x);
    if (size > f->most)
        f->most = size;
    if (size != 0 && (size < f->least || f->least == 0))
        f->least = size;
}

static void notice_digits(format *f, double x, ssi_dtype dtype)
{
    if (!isfinite(x))
        return;
    ssi_digits d = digits_of(x, dtype, f, NO_LEAST);
    int sign = signbit(x) != 0;
    if (f->style == EXPONENTIAL) {
        widen(&f->left, 1 + sign);
        widen(&f->right, d.count - 1);
        int digits = decimals(abs(d.exponent));
        widen(&f->exponent, digits < 2 ? 2 : digits);
    } else {
        widen(&f->left, sign + (d.exponent < 0 ? 1 : d.exponent + 1));
        widen(&f->right, d.count - 1 - d.exponent);
    }
}

static void notice_integer(format *f, const ssi_view *view, int64_t offset)
{
    char text[LONGEST_WORD];
    widen(&f->left, snprintf(text, sizeof text, "%" PRId64, ssi_get_i64(view->data, view->dtype, offset)));
}

/* Which indices of an axis are seen: all but [*skip, *resume). */
static void seen(const ssi_view *view, int axis, bool summary, int64_t *skip, int64_t *resume)
{
    int64_t size = view->shape[axis];
    bool cut = summary && size > 2 * EDGE;
    *skip = cut ? EDGE : size;
    *resume = cut ? size - EDGE : size;
}

typedef void noticer(format *f, const ssi_view *view, int64_t offset);

static void for_each_seen(const ssi_view *view, int axis, int64_t offset, bool summary, noticer *notice, format *f)
{
    if (axis == view->rank) {
        notice(f, view, offset);
        return;
    }
    int64_t skip, resume;
    seen(view, axis, summary, &skip, &resume);
    for (int64_t i = 0; i < view->shape[axis]; i++) {
        if (i == skip)
            i = resume;
        for_each_seen(view, axis + 1, offset + i * view->stride[axis], summary, notice, f);
    }
}

static void notice_float_range(format *f, const ssi_view *view, int64_t offset)
{
    notice_range(f, ssi_get_f64(view->data, view->dtype, offset));
}

static void notice_float_digits(format *f, const ssi_view *view, int64_t offset)
{
    notice_digits(f, ssi_get_f64(view->data, view->dtype, offset), view->dtype);
}

/* most / least as the dtype itself divides. */
static double ratio(const format *f, ssi_dtype dtype)
{
    double room = 0;
    ssi_put_f64(&room, dtype, 0, f->most / f->least);
    return ssi_get_f64(&room, dtype, 0);
}

static void find_float_format(format *f, const ssi_view *view, bool summary)
{
    for_each_seen(view, 0, 0, summary, notice_float_range, f);
    bool exponents = f->most != 0 && (f->most >= 1e8 || f->least < 1e-4 || ratio(f, view->dtype) > 1000);
    f->style = exponents ? EXPONENTIAL : POSITIONAL;
    for_each_seen(view, 0, 0, summary, notice_float_digits, f);
    if (f->not_finite) { /* "nan" and "-inf" may stick out to the left */
        int after = 1 + f->right + (f->style == EXPONENTIAL ? 2 + f->exponent : 0);
        widen(&f->left, 3 - after);
        widen(&f->left, 3 + f->minus_infinity - after);
    }
}

static format find_format(const ssi_view *view, bool summary)
{
    format f = {.style = INTEGERS};
    if (ssi_is_float(view->dtype))
        find_float_format(&f, view, summary);
    else if (view->dtype == SSI_BOOL)
        f.style = BOOLS;
    else
        for_each_seen(view, 0, 0, summary, notice_integer, &f);
    return f;
}

/* ---- one element ---- */

static char *spaces(char *at, int count)
{
    for (; count > 0; count--)
        *at++ = ' ';
    return at;
}

static char digit_at(const ssi_digits *d, int place)
{
    return (char)('0' + (place >= 0 && place < d->count ? d->digit[place] : 0));
}

/* "  -12.5  ": `left` characters before the point, padded to `right` after it. */
static void write_positional(char *word, bool minus, const ssi_digits *d, int left, int right)
{
    int whole = d->exponent < 0 ? 1 : d->exponent + 1;
    char *at = spaces(word, left - whole - minus);
    if (minus)
        *at++ = '-';
    for (int i = 0; i < whole; i++)
        *at++ = digit_at(d, d->exponent < 0 ? -1 : i);
    *at++ = '.';
    for (int place = d->exponent + 1; place < d->count; place++, right--)
        *at++ = digit_at(d, place);
    *spaces(at, right) = '\0';
}

/* " -1.250e-05": exactly `right` digits after the point. */
static void write_exponential(char *word, bool minus, const ssi_digits *d, const format *f)
{
    char *at = spaces(word, f->left - 1 - minus);
    if (minus)
        *at++ = '-';
    *at++ = digit_at(d, 0);
    *at++ = '.';
    for (int place = 1; place <= f->right; place++)
        *at++ = digit_at(d, place);
    snprintf(at, 8, "e%c%0*d", d->exponent < 0 ? '-' : '+', f->exponent, abs(d->exponent));
}

static void write_not_finite(char *word, double x, const format *f)
{
    const char *name = isnan(x) ? "nan" : x < 0 ? "-inf" : "inf";
    int width = f->left + 1 + f->right + (f->style == EXPONENTIAL ? 2 + f->exponent : 0);
    strcpy(spaces(word, width - (int)strlen(name)), name);
}

static void write_float(char *word, double x, ssi_dtype dtype, const format *f)
{
    if (!isfinite(x)) {
        write_not_finite(word, x, f);
        return;
    }
    /* Digits that tell nothing apart are shown too, before the point and where another element needs as many. */
    ssi_digits d = digits_of(x, dtype, f, f->style == EXPONENTIAL ? f->right : 0);
    bool minus = signbit(x) != 0;
    if (f->style == EXPONENTIAL)
        write_exponential(word, minus, &d, f);
    else
        write_positional(word, minus, &d, f->left, f->right);
}

static void write_element(char word[LONGEST_WORD], const ssi_view *view, int64_t offset, const format *f)
{
    if (f->style == BOOLS)
        strcpy(word, ssi_get_i64(view->data, SSI_BOOL, offset) ? " True" : "False");
    else if (f->style == INTEGERS)
        snprintf(word, LONGEST_WORD, "%*" PRId64, f->left, ssi_get_i64(view->data, view->dtype, offset));
    else
        write_float(word, ssi_get_f64(view->data, view->dtype, offset), view->dtype, f);
}

/* ---- a number by itself ---- */

static void write_lone_float(char *word, double x, ssi_dtype dtype)
{
    format f = {.style = POSITIONAL, .left = -1, .exponent = 2};
    if (!isfinite(x)) {
        write_not_finite(word, x, &f);
        return;
    }
    ssi_digits d = {.count = 1};
    if (x != 0)
        d = ssi_digits_of(fabs(x), dtype, true, 0, MOST_DIGITS);
    bool minus = signbit(x) != 0;
    if (x == 0 || (fabs(x) >= 1e-4 && fabs(x) < 1e16)) {
        write_positional(word, minus, &d, 0, 0);
        if (d.count <= d.exponent + 1)
            strcat(word, "0");
        return;
    }
    f.right = d.count - 1;
    write_exponential(word, minus, &d, &f);
    char *point = strchr(word, '.');
    if (f.right == 0)
        memmove(point, point + 1, strlen(point));
}

static void write_lone(char word[LONGEST_WORD], const ssi_view *view)
{
    if (view->dtype == SSI_BOOL)
        strcpy(word, ssi_get_i64(view->data, SSI_BOOL, 0) ? "True" : "False");
    else if (ssi_is_float(view->dtype))
        write_lone_float(word, ssi_get_f64(view->data, view->dtype, 0), view->dtype);
    else
        snprintf(word, LONGEST_WORD, "%" PRId64, ssi_get_i64(view->data, view->dtype, 0));
}

/* ---- rows in rows ---- */

/* Appends a word to a row that has `column` characters on its present line; a new line is begun where that helps. */
static void put_in_row(sink *s, const char *word, size_t *column, size_t indent, size_t limit)
{
    size_t length = strlen(word);
    if (*column + length > limit && *column > indent) {
        wrap(s, indent);
        *column = indent;
    }
    put_word(s, word);
    *column += length;
}

/* A row begins after `indent` characters, brackets included; `closing` brackets must fit behind its last element. */
static void put_row(sink *s, const ssi_view *view, int64_t offset, bool summary, const format *f)
{
    int axis = view->rank - 1;
    size_t indent = (size_t)view->rank, column = indent, limit = WIDTH - indent;
    int64_t skip, resume;
    seen(view, axis, summary, &skip, &resume);
    for (int64_t i = 0; i < view->shape[axis]; i++) {
        char word[LONGEST_WORD];
        if (i == skip) {
            put_in_row(s, "...", &column, indent, limit);
            s->spaces++;
            column++;
            i = resume;
        }
        write_element(word, view, offset + i * view->stride[axis], f);
        put_in_row(s, word, &column, indent, limit);
        if (i < view->shape[axis] - 1) {
            s->spaces++;
            column++;
        }
    }
}

static void end_block(sink *s, const ssi_view *view, int axis)
{
    put(s, "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n", (size_t)(view->rank - axis - 1));
    s->spaces = (size_t)axis + 1;
}

static void put_axis(sink *s, const ssi_view *view, int axis, int64_t offset, bool summary, const format *f)
{
    put(s, "[", 1);
    if (axis == view->rank - 1) {
        put_row(s, view, offset, summary, f);
    } else {
        int64_t skip, resume;
        seen(view, axis, summary, &skip, &resume);
        for (int64_t i = 0; i < view->shape[axis]; i++) {
            if (i == skip) {
                put(s, "...", 3);
                end_block(s, view, axis);
                i = resume;
            }
            put_axis(s, view, axis + 1, offset + i * view->stride[axis], summary, f);
            if (i < view->shape[axis] - 1)
                end_block(s, view, axis);
        }
    }
    put(s, "]", 1);
}

int64_t ssi_format_view(const ssi_view *view, char *out, size_t capacity)
{
    sink s = {.out = out, .capacity = capacity ? capacity - 1 : 0};
    int64_t count = 1;
    for (int i = 0; i < view->rank; i++)
        count *= view->shape[i];
    if (view->rank == 0) {
        char word[LONGEST_WORD];
        write_lone(word, view);
        put_word(&s, word);
    } else if (count == 0) {
        put(&s, "[]", 2);
    } else {
        bool summary = count > THRESHOLD;
        format f = find_format(view, summary);
        put_axis(&s, view, 0, 0, summary, &f);
    }
    if (capacity)
        out[s.length < capacity ? s.length : capacity - 1] = '\0';
    return (int64_t)s.length;
}

/* ---- tensors ---- */

static int view_value(ssi_tensor *x, ssi_view *view)
{
    ssi_tensor *value = x && ssi_eval(x) == SSI_OK ? ssi_resolve(x) : NULL;
    if (!value)
        return ssi_error_peek() ? ssi_error_peek()->code : SSI_INVALID;
    ssi_view_of(value, view);
    return SSI_OK;
}

int64_t ssi_format(ssi_tensor *x, char *out, size_t capacity)
{
    ssi_view view;
    if (capacity)
        out[0] = '\0';
    int status = view_value(x, &view);
    return status == SSI_OK ? ssi_format_view(&view, out, capacity) : status;
}

int ssi_print(ssi_tensor *x)
{
    ssi_view view;
    int status = view_value(x, &view);
    if (status != SSI_OK)
        return status;
    size_t capacity = (size_t)ssi_format_view(&view, NULL, 0) + 1;
    char *text = ssi_alloc(capacity);
    if (!text)
        return SSI_NO_MEMORY;
    ssi_format_view(&view, text, capacity);
    bool written = puts(text) >= 0;
    ssi_free(text);
    return written ? SSI_OK : ssi_fail(SSI_IO, "print", "stdout cannot be written");
}
