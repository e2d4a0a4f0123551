/*
 * number.c - the numbers of a SPEC, written and read in no locale: a program that speaks German still writes 0.2.
 */
#include <math.h>
#include <string.h>

#include "nn/nn.h"
#include "tensor/print.h"

enum { MOST_DIGITS = 18 }; /* fit in an int64 */

static char *put_digits(char *to, const ssi_digits *d, int from, int count)
{
    for (int i = from; i < from + count; i++)
        *to++ = (char)('0' + (i < d->count ? d->digit[i] : 0));
    return to;
}

/* 256, 0.2, 1.5e-07: the fewest digits that mean this value. */
char *ssi_number_text(double value, char text[SSI_NUMBER_TEXT])
{
    char *to = text;
    if (!(fabs(value) > 0) || !isfinite(value)) {
        strcpy(text, isnan(value) ? "nan" : isinf(value) ? (value > 0 ? "inf" : "-inf") : "0");
        return text;
    }
    if (value < 0)
        *to++ = '-';
    ssi_digits d = ssi_digits_of(fabs(value), SSI_F64, true, 0, 17);
    if (d.exponent >= 0 && d.exponent < 16) {
        to = put_digits(to, &d, 0, d.exponent + 1);
        if (d.count > d.exponent + 1) {
            *to++ = '.';
            to = put_digits(to, &d, d.exponent + 1, d.count - d.exponent - 1);
        }
    } else if (d.exponent < 0 && d.exponent >= -5) {
        memcpy(to, "0.0000", 6);
        to = put_digits(to + 1 - d.exponent, &d, 0, d.count);
    } else {
        to = put_digits(to, &d, 0, 1);
        if (d.count > 1) {
            *to++ = '.';
            to = put_digits(to, &d, 1, d.count - 1);
        }
        to += snprintf(to, 8, "e%d", d.exponent);
    }
    *to = '\0';
    return text;
}

static const char *skip_digits(const char *text, int64_t *value, int *taken, int *dropped)
{
    for (; *text >= '0' && *text <= '9'; text++) {
        if (*taken >= MOST_DIGITS) {
            ++*dropped;
            continue;
        }
        *value = 10 * *value + (*text - '0');
        *taken += *value > 0;
    }
    return text;
}

static const char *read_exponent(const char *text, int *exponent)
{
    const char *at = text + 1;
    bool negative = *at == '-';
    at += *at == '-' || *at == '+';
    int64_t value = 0;
    int taken = 0, dropped = 0;
    const char *end = skip_digits(at, &value, &taken, &dropped);
    if (end == at)
        return text; /* an e that begins a word */
    int limited = value > 1000 ? 1000 : (int)value;
    *exponent += negative ? -limited : limited;
    return end;
}

const char *ssi_number_read(const char *text, double *value)
{
    int64_t mantissa = 0;
    int taken = 0, dropped = 0, exponent = 0;
    bool negative = *text == '-';
    const char *start = text + negative;
    const char *end = skip_digits(start, &mantissa, &taken, &dropped);
    exponent = dropped;
    bool digits = end > start;
    if (*end == '.') {
        const char *fraction = end + 1;
        dropped = 0;
        end = skip_digits(fraction, &mantissa, &taken, &dropped);
        exponent -= (int)(end - fraction) - dropped;
        digits = digits || end > fraction;
    }
    if (!digits)
        return NULL;
    if (*end == 'e' || *end == 'E')
        end = read_exponent(end, &exponent);
    long double scaled = (long double)mantissa;
    scaled = exponent < 0 ? scaled / powl(10, -exponent) : scaled * powl(10, exponent);
    *value = (double)(negative ? -scaled : scaled);
    return end;
}

const char *ssi_number_read_integer(const char *text, int64_t *value)
{
    int taken = 0, dropped = 0;
    *value = 0;
    const char *end = skip_digits(text, value, &taken, &dropped);
    if (dropped)
        *value = INT64_MAX;
    return end > text ? end : NULL;
}
