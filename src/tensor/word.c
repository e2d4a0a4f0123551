/*
 * word.c - elements as words of one width, so that they stand under each other; the format is found by a pass over all that will be seen.
 *
 * Floats get the fewest digits that tell them apart, at most so many after the point; very large, very small or very unequal ones an exponent. What
 * is asked else (NumPy's precision, floatmode, sign, suppress) changes how many digits, not how they are laid out.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tensor/print.h"

enum { NO_LEAST = -20, MOST_DIGITS = 400 };

static void widen(int *width, int to)
{
    if (to > *width)
        *width = to;
}

static int decimals(int number)
{
    return number < 10 ? 1 : number < 100 ? 2 : 3;
}

void ssi_seen(const ssi_view *view, int axis, int edge, bool summary, int64_t *skip, int64_t *resume)
{
    int64_t size = view->shape[axis];
    bool cut = summary && size > 2 * (int64_t)edge;
    *skip = cut ? edge : size;
    *resume = cut ? size - edge : size;
}

/* ---- the pass that finds the format ---- */

typedef struct finder {
    const ssi_view *view;
    const ssi_style *style;
    bool summary;
    ssi_word_format f;
    bool not_finite, negative, minus_infinity;
    double least, most; /* absolute values that are not 0 */
} finder;

typedef void noticer(finder *n, int64_t offset);

static void for_each_seen(finder *n, int axis, int64_t offset, noticer *notice)
{
    const ssi_view *view = n->view;
    if (axis == view->rank) {
        notice(n, offset);
        return;
    }
    int64_t skip, resume;
    ssi_seen(view, axis, n->style->edge, n->summary, &skip, &resume);
    for (int64_t i = 0; i < view->shape[axis]; i++) {
        if (i == skip)
            i = resume;
        for_each_seen(n, axis + 1, offset + i * view->stride[axis], notice);
    }
}

static void notice_integer(finder *n, int64_t offset)
{
    char text[24];
    widen(&n->f.left, snprintf(text, sizeof text, "%" PRId64, ssi_get_i64(n->view->data, n->view->dtype, offset)));
}

static void notice_range(finder *n, int64_t offset)
{
    double x = ssi_get_f64(n->view->data, n->view->dtype, offset), size = fabs(x);
    if (!isfinite(x)) {
        n->not_finite = true;
        n->minus_infinity |= x == -INFINITY;
        return;
    }
    n->negative |= signbit(x) != 0;
    if (size > n->most)
        n->most = size;
    if (size != 0 && (size < n->least || n->least == 0))
        n->least = size;
}

/* The digits of |x|, at least `least` after the point (or, of an exponential, after the first). */
static ssi_digits digits_of(double x, ssi_dtype dtype, const ssi_word_format *f, int least)
{
    bool exponential = f->kind == SSI_EXPONENTIAL;
    if (x == 0)
        return (ssi_digits){.count = 1};
    return f->exact ? ssi_rounded_digits_of(fabs(x), exponential, f->most)
                    : ssi_digits_of(fabs(x), dtype, exponential, least, f->most);
}

static bool has_sign(double x, const ssi_word_format *f)
{
    return f->plus || signbit(x);
}

static void notice_digits(finder *n, int64_t offset)
{
    ssi_word_format *f = &n->f;
    double x = ssi_get_f64(n->view->data, n->view->dtype, offset);
    if (!isfinite(x))
        return;
    ssi_digits d = digits_of(x, n->view->dtype, f, NO_LEAST);
    if (f->kind == SSI_EXPONENTIAL) {
        widen(&f->left, 1 + has_sign(x, f));
        widen(&f->right, d.count - 1);
        int digits = decimals(abs(d.exponent));
        widen(&f->exponent, digits < 2 ? 2 : digits);
    } else {
        widen(&f->left, has_sign(x, f) + (d.exponent < 0 ? 1 : d.exponent + 1));
        widen(&f->right, d.count - 1 - d.exponent);
    }
}

/* most / least as the dtype itself divides. */
static double ratio(const finder *n)
{
    double room = 0;
    ssi_put_f64(&room, n->view->dtype, 0, n->most / n->least);
    return ssi_get_f64(&room, n->view->dtype, 0);
}

/* Characters from the point on, spaces included. */
static int width_after(const ssi_word_format *f)
{
    return 1 + f->right + (f->kind == SSI_EXPONENTIAL ? 2 + f->exponent : 0);
}

static void find_float_format(finder *n)
{
    ssi_word_format *f = &n->f;
    const ssi_style *style = n->style;
    for_each_seen(n, 0, 0, notice_range);
    bool far = n->most != 0 && (n->least < 1e-4 || ratio(n) > 1000);
    f->kind = n->most >= 1e8 || (far && !style->suppress) ? SSI_EXPONENTIAL : SSI_POSITIONAL;
    f->most = style->mode == SSI_UNIQUE ? MOST_DIGITS : style->precision;
    f->exact = style->mode == SSI_FIXED;
    f->plus = style->sign == '+';
    for_each_seen(n, 0, 0, notice_digits);
    if (f->exact && f->left) /* there is a finite number */
        f->right = f->most;
    f->keep = f->kind == SSI_EXPONENTIAL || f->exact || style->mode == SSI_MAXPREC_EQUAL;
    if (f->keep)
        f->most = f->right;
    f->left += style->sign == ' ' && !n->negative;
    if (n->not_finite) { /* "nan" and "-inf" may stick out to the left */
        bool sign = n->minus_infinity || style->sign != '-';
        widen(&f->left, 3 - width_after(f));
        widen(&f->left, 3 + sign - width_after(f));
    }
}

ssi_word_format ssi_find_word_format(const ssi_view *view, bool summary, const ssi_style *style)
{
    finder n = {.view = view, .style = style, .summary = summary};
    if (ssi_is_float(view->dtype)) {
        find_float_format(&n);
    } else if (view->dtype == SSI_BOOL) {
        n.f.kind = SSI_BOOLS;
        n.f.left = view->rank ? 5 : 0;
    } else {
        n.f.kind = SSI_INTEGERS;
        for_each_seen(&n, 0, 0, notice_integer);
    }
    return n.f;
}

/* ---- one element ---- */

static char *repeat(char *at, char c, int count)
{
    for (; count > 0; count--)
        *at++ = c;
    return at;
}

static char digit_at(const ssi_digits *d, int place)
{
    return (char)('0' + (place >= 0 && place < d->count ? d->digit[place] : 0));
}

static char *put_sign(char *at, double x, const ssi_word_format *f)
{
    if (has_sign(x, f))
        *at++ = signbit(x) ? '-' : '+';
    return at;
}

/* "  -12.5  ": `left` characters before the point, padded to `right` after it. */
static void write_positional(char *word, double x, const ssi_digits *d, const ssi_word_format *f)
{
    int whole = d->exponent < 0 ? 1 : d->exponent + 1, right = f->right;
    char *at = repeat(word, ' ', f->left - whole - has_sign(x, f));
    at = put_sign(at, x, f);
    for (int i = 0; i < whole; i++)
        *at++ = digit_at(d, d->exponent < 0 ? -1 : i);
    *at++ = '.';
    for (int place = d->exponent + 1; place < d->count; place++, right--)
        *at++ = digit_at(d, place);
    *repeat(at, f->keep ? '0' : ' ', right) = '\0';
}

/* " -1.250e-05": exactly `right` digits after the point. */
static void write_exponential(char *word, double x, const ssi_digits *d, const ssi_word_format *f)
{
    char *at = repeat(word, ' ', f->left - 1 - has_sign(x, f));
    at = put_sign(at, x, f);
    *at++ = digit_at(d, 0);
    *at++ = '.';
    for (int place = 1; place <= f->right; place++)
        *at++ = digit_at(d, place);
    snprintf(at, 8, "e%c%0*d", d->exponent < 0 ? '-' : '+', f->exponent, abs(d->exponent));
}

static void write_not_finite(char *word, double x, const ssi_word_format *f)
{
    const char *name = isnan(x) ? "nan" : "inf";
    bool minus = x == -INFINITY, sign = minus || f->plus;
    char *at = repeat(word, ' ', f->left + width_after(f) - 3 - sign);
    if (sign)
        *at++ = minus ? '-' : '+';
    strcpy(at, name);
}

static void write_float(char *word, double x, ssi_dtype dtype, const ssi_word_format *f)
{
    if (!isfinite(x)) {
        write_not_finite(word, x, f);
        return;
    }
    /* Digits that tell nothing apart are shown too, before the point and where another element needs as many. */
    ssi_digits d = digits_of(x, dtype, f, f->keep ? f->right : 0);
    if (f->kind == SSI_EXPONENTIAL)
        write_exponential(word, x, &d, f);
    else
        write_positional(word, x, &d, f);
}

void ssi_write_word(char word[SSI_WORD], const ssi_view *view, int64_t offset, const ssi_word_format *format)
{
    if (format->kind == SSI_BOOLS)
        snprintf(word, SSI_WORD, "%*s", format->left, ssi_get_i64(view->data, SSI_BOOL, offset) ? "True" : "False");
    else if (format->kind == SSI_INTEGERS)
        snprintf(word, SSI_WORD, "%*" PRId64, format->left, ssi_get_i64(view->data, view->dtype, offset));
    else
        write_float(word, ssi_get_f64(view->data, view->dtype, offset), view->dtype, format);
}

/* ---- a number by itself ---- */

static void write_lone_float(char *word, double x, ssi_dtype dtype)
{
    ssi_word_format f = {.kind = SSI_POSITIONAL, .left = -1, .exponent = 2};
    if (!isfinite(x)) {
        write_not_finite(word, x, &f);
        return;
    }
    ssi_digits d = {.count = 1};
    if (x != 0)
        d = ssi_digits_of(fabs(x), dtype, true, 0, MOST_DIGITS);
    if (x == 0 || (fabs(x) >= 1e-4 && fabs(x) < 1e16)) {
        write_positional(word, x, &d, &f);
        if (d.count <= d.exponent + 1)
            strcat(word, "0");
        return;
    }
    f.right = d.count - 1;
    write_exponential(word, x, &d, &f);
    char *point = strchr(word, '.');
    if (f.right == 0)
        memmove(point, point + 1, strlen(point));
}

void ssi_write_lone(char word[SSI_WORD], const ssi_view *view)
{
    if (view->dtype == SSI_BOOL)
        strcpy(word, ssi_get_i64(view->data, SSI_BOOL, 0) ? "True" : "False");
    else if (ssi_is_float(view->dtype))
        write_lone_float(word, ssi_get_f64(view->data, view->dtype, 0), view->dtype);
    else
        snprintf(word, SSI_WORD, "%" PRId64, ssi_get_i64(view->data, view->dtype, 0));
}
