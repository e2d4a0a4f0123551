/*
 * print.h - inside the tensor room: views as text, their elements as words of one width, and the decimal digits behind those.
 */
#ifndef SSI_SRC_PRINT_H
#define SSI_SRC_PRINT_H

#include "base/base.h"
#include "ssi/tensor.h"

/* ---- views (print.c) ---- */

/* ssi_format of a view. options NULL: none. */
int64_t ssi_format_view(const ssi_view *view, const ssi_print_options *options, char *out, size_t capacity);

/* ---- elements (word.c) ---- */

enum { SSI_WORD = 480, SSI_MOST_PRECISION = 100 };

/* What is asked: an ssi_print_options with nothing left open. */
typedef struct ssi_style {
    int precision; /* digits after the point */
    int64_t threshold;
    int edge, width;
    char sign; /* '-', '+', ' ' */
    ssi_float_mode mode;
    bool suppress, repr;
} ssi_style;

/* How all elements of a view are written. */
typedef struct ssi_word_format {
    enum { SSI_BOOLS, SSI_INTEGERS, SSI_POSITIONAL, SSI_EXPONENTIAL } kind;
    int left;     /* characters before the point, sign included; of an integer or bool: all */
    int right;    /* after it */
    int exponent; /* digits of the exponent */
    int most;     /* digits after the point that may be shown */
    bool exact;   /* the value's own digits, not the fewest that tell it apart */
    bool keep;    /* zeros up to `right`, not spaces */
    bool plus;    /* a sign before positive numbers too */
} ssi_word_format;

/* Which indices of an axis are seen: all but [*skip, *resume), of which there are some where the view is summarised. */
void ssi_seen(const ssi_view *view, int axis, int edge, bool summary, int64_t *skip, int64_t *resume);

/* The format that shows every element seen. */
ssi_word_format ssi_find_word_format(const ssi_view *view, bool summary, const ssi_style *style);
/* The element at an offset from the view's data, in its format; and a number by itself. */
void ssi_write_word(char word[SSI_WORD], const ssi_view *view, int64_t offset, const ssi_word_format *format);
void ssi_write_lone(char word[SSI_WORD], const ssi_view *view);

/* ---- digits (digits.c) ---- */

/* d.ddd... * 10^exponent: digit[0] is d, as a number from 0 to 9, and no last digit but the first is 0. */
typedef struct ssi_digits {
    int count, exponent;
    unsigned char digit[SSI_MOST_PRECISION + 20];
} ssi_digits;

/* The fewest digits that tell a positive finite `value` of a float dtype from all others of the dtype; of those, the nearest. But at least
 * `least` and at most `most` digits after the point or, if `scientific`, after the first digit; those are the exact value's, correctly rounded, ties
 * to even. `least` is at most SSI_MOST_PRECISION; where not scientific, the value is below 10^17. */
ssi_digits ssi_digits_of(double value, ssi_dtype dtype, bool scientific, int least, int most);
/* The exact value's digits, correctly rounded to `after`. */
ssi_digits ssi_rounded_digits_of(double value, bool scientific, int after);

#endif
