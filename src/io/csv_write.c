/*
 * csv_write.c - tables of text, written: numbers by the fewest digits that tell them apart.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/file.h"
#include "ssi/io.h"
#include "tensor/print.h"
#include "tensor/tensor.h"

enum { NUMBER = 40 }; /* the longest: -1.7976931348623157e-308 */

/* d.ddde-5, or plain where that is short; returns the end. */
static char *put_float(char *to, double value, ssi_dtype dtype)
{
    if (isnan(value) || isinf(value)) {
        const char *word = isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
        return (char *)memcpy(to, word, strlen(word)) + strlen(word);
    }
    if (signbit(value))
        *to++ = '-';
    value = fabs(value);
    if (value == 0)
        return *to = '0', to + 1;
    ssi_digits d = ssi_digits_of(value, dtype, true, 0, 20);
    if (d.exponent < -5 || d.exponent > 15) {
        *to++ = (char)('0' + d.digit[0]);
        if (d.count > 1)
            *to++ = '.';
        for (int i = 1; i < d.count; i++)
            *to++ = (char)('0' + d.digit[i]);
        return to + sprintf(to, "e%d", d.exponent);
    }
    int first = d.exponent < 0 ? d.exponent : 0; /* zeros before the digits */
    for (int i = first; i < d.count || i <= d.exponent; i++) {
        *to++ = (char)('0' + (i >= 0 && i < d.count ? d.digit[i] : 0));
        if (i == (d.exponent < 0 ? first : d.exponent) && i + 1 < d.count)
            *to++ = '.';
    }
    return to;
}

static char *put_element(char *to, const void *data, ssi_dtype dtype, int64_t at)
{
    if (ssi_is_float(dtype))
        return put_float(to, ssi_get_f64(data, dtype, at), dtype);
    return to + sprintf(to, "%lld", (long long)ssi_get_i64(data, dtype, at));
}

static bool needs_quotes(const char *name)
{
    return strpbrk(name, ",\"\n\r") || name[0] == ' ' || !name[0];
}

static char *put_name(char *to, const char *name)
{
    bool quotes = needs_quotes(name);
    if (quotes)
        *to++ = '"';
    for (; *name; name++) {
        if (*name == '"')
            *to++ = '"';
        *to++ = *name;
    }
    if (quotes)
        *to++ = '"';
    return to;
}

int ssi_save_csv(const char *path, ssi_tensor *x, const char *const *name)
{
    if (!path || !x)
        return ssi_error_peek() ? ssi_error_peek()->code
                                : ssi_fail(SSI_INVALID, "save_csv", path ? "the tensor is NULL" : "no path was given");
    char text[SSI_SHAPE_TEXT];
    if (x->rank < 1 || x->rank > 2)
        return ssi_fail(SSI_INVALID, "save_csv", "x %s\na table has rows and columns: reshape",
                        ssi_shape_text(x->rank, x->shape, text));
    int64_t rows = x->shape[0], columns = x->rank == 2 ? x->shape[1] : 1;
    size_t room = 1, names = 0;
    for (int64_t i = 0; name && i < columns; i++)
        names += name[i] ? 2 * strlen(name[i]) + 3 : 0;
    bool good = ssi_size_mul((size_t)rows, (size_t)columns, &room) && ssi_size_mul(room, NUMBER, &room) &&
                ssi_size_add(room, names + (size_t)rows + 1, &room);
    const void *data = good ? ssi_data(x) : NULL;
    char *all = data ? ssi_alloc(room) : NULL, *to = all;
    if (!all)
        return ssi_error_peek() ? ssi_error_peek()->code
                                : ssi_fail(SSI_NO_MEMORY, "save_csv", "the table is too large");
    for (int64_t i = 0; name && i < columns; i++) {
        to = put_name(to, name[i] ? name[i] : "");
        *to++ = i + 1 < columns ? ',' : '\n';
    }
    for (int64_t i = 0; i < rows * columns; i++) {
        to = put_element(to, data, (ssi_dtype)x->dtype, i);
        *to++ = (i + 1) % columns ? ',' : '\n';
    }
    ssi_piece piece = {all, (size_t)(to - all)};
    int status = ssi_file_write("save_csv", path, 1, &piece);
    ssi_free(all);
    return status;
}
