/*
 * print.h - inside the tensor room: views as text, and the decimal digits behind it.
 */
#ifndef SSI_SRC_PRINT_H
#define SSI_SRC_PRINT_H

#include "base/base.h"

/* ssi_format of a view. */
int64_t ssi_format_view(const ssi_view *view, char *out, size_t capacity);

/* d.ddd... * 10^exponent: digit[0] is d, as a number from 0 to 9, and no last digit but the first is 0. */
typedef struct ssi_digits {
    int count, exponent;
    unsigned char digit[24];
} ssi_digits;

/* The fewest digits that tell a positive finite `value` of a float dtype from all others of the dtype; of those, the nearest. But at least
 * `least` and at most `most` (up to 20) digits after the point or, if `scientific`, after the first digit; those are the exact value's,
 * correctly rounded, ties to even. (digits.c) */
ssi_digits ssi_digits_of(double value, ssi_dtype dtype, bool scientific, int least, int most);

#endif
