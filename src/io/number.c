/*
 * number.c - decimal numbers as text, in no locale.
 *
 * Most have few digits and a small exponent: then both the digits and the power of ten are doubles, and one multiplication or division rounds once
 * (Clinger 1990). The rest goes to strtod, in the locale "C" whatever the program's is.
 */
#define _GNU_SOURCE /* strtod_l */
#include "io/number.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LONGEST = 1100 }; /* no double needs more digits to be told from its neighbours */

static locale_t plain;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_plain(void)
{
    plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

/* `text` has the form of a number; its point becomes a '.'. */
static bool read_slowly(const char *text, size_t length, char point, double *value)
{
    char copy[LONGEST + 1];
    if (length > LONGEST)
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    char *at = memchr(copy, point, length);
    if (at)
        *at = '.';
    pthread_once(&once, make_plain);
    if (!plain)
        return false;
    *value = strtod_l(copy, NULL, plain);
    return true;
}

static bool is_word(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && strncasecmp(text, word, length) == 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool ssi_read_number(const char *text, size_t length, char point, double *value)
{
    static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    const char *at = text, *end = text + length;
    bool negative = at < end && *at == '-', any = false, exact = true;
    at += at < end && (*at == '-' || *at == '+');
    if (is_word(at, (size_t)(end - at), "inf") || is_word(at, (size_t)(end - at), "infinity"))
        return *value = negative ? -INFINITY : INFINITY, true;
    uint64_t digits = 0;
    int exponent = 0, said = 0;
    for (bool after = false; at < end && (is_digit(*at) || (*at == point && !after)); at++) {
        if (*at == point) {
            after = true;
            continue;
        }
        any = true;
        exact = exact && digits < 900719925474099u; /* below 2^53 with one more */
        digits = exact ? 10 * digits + (uint64_t)(*at - '0') : digits;
        exponent -= after;
    }
    if (at < end && any && (*at == 'e' || *at == 'E')) {
        at++;
        bool down = at < end && *at == '-';
        at += at < end && (*at == '-' || *at == '+');
        any = at < end;
        for (; at < end && is_digit(*at); at++)
            said = said < 100000 ? 10 * said + (*at - '0') : said;
        exponent += down ? -said : said;
    }
    if (!any || at != end)
        return false;
    if (!exact || exponent < -22 || exponent > 22)
        return read_slowly(text, length, point, value);
    double magnitude = exponent < 0 ? (double)digits / power[-exponent] : (double)digits * power[exponent];
    *value = negative ? -magnitude : magnitude;
    return true;
}

bool ssi_read_integer(const char *text, size_t length, int64_t *value)
{
    size_t at = length && (text[0] == '-' || text[0] == '+');
    bool negative = length && text[0] == '-', any = false;
    uint64_t most = (uint64_t)INT64_MAX + negative, size = 0;
    for (; at < length && is_digit(text[at]); at++) {
        uint64_t digit = (uint64_t)(text[at] - '0');
        if (size > (most - digit) / 10)
            return false;
        size = 10 * size + digit;
        any = true;
    }
    *value = (int64_t)(negative ? 0 - size : size);
    return any && at == length;
}
