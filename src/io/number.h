/*
 * number.h - inside io: decimal numbers as text, in no locale.
 */
#ifndef SSI_SRC_IO_NUMBER_H
#define SSI_SRC_IO_NUMBER_H

#include "base/base.h"

/* The double nearest to a decimal number that fills the whole text of `length` bytes: sign, digits with `point` among them, an exponent; inf and infinity
 * in any case. False when the text is none. */
bool ssi_read_number(const char *text, size_t length, char point, double *value);
/* The same of whole numbers that an int64_t holds. */
bool ssi_read_integer(const char *text, size_t length, int64_t *value);

#endif
