/*
 * size.c - the one place where sizes are multiplied, added and rounded up. No object is larger than PTRDIFF_MAX, so neither is a size.
 */
#include "base/base.h"

bool ssi_size_mul(size_t a, size_t b, size_t *out)
{
    if (b && a > (size_t)PTRDIFF_MAX / b)
        return false;
    *out = a * b;
    return true;
}

bool ssi_size_add(size_t a, size_t b, size_t *out)
{
    if (a > (size_t)PTRDIFF_MAX || b > (size_t)PTRDIFF_MAX - a)
        return false;
    *out = a + b;
    return true;
}

bool ssi_size_align(size_t a, size_t to, size_t *out)
{
    if (!ssi_size_add(a, to - 1, &a))
        return false;
    *out = a & ~(to - 1);
    return true;
}
