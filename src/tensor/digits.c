/*
 * digits.c - decimal digits of binary floats, exactly and in no locale.
 *
 * After Steele and White, "How to print floating-point numbers accurately" (1990): the value is a fraction r/s of big integers with
 * 1 <= r/s < 10; each digit is the whole part of r/s, and the rest, times ten, gives the next. Beside r runs half the distance to the value's
 * neighbours, `below` and `above`; once the rest is smaller than those, no other value of the type is meant.
 */
#include <math.h>
#include <string.h>

#include "tensor/print.h"

/* ---- big integers: 32-bit words, the lowest first ---- */

enum { WORDS = 40 }; /* the largest, 4 * 2^53 * 10^324, has 1132 bits */

typedef struct big {
    int words;
    uint32_t word[WORDS];
} big;

static big big_of(uint64_t value)
{
    big b = {.word = {(uint32_t)value, (uint32_t)(value >> 32)}};
    b.words = value >> 32 ? 2 : value ? 1 : 0;
    return b;
}

static void multiply(big *b, uint32_t factor)
{
    uint64_t carry = 0;
    for (int i = 0; i < b->words; i++) {
        carry += (uint64_t)b->word[i] * factor;
        b->word[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        b->word[b->words++] = (uint32_t)carry;
}

static void multiply_by_power(big *b, uint32_t base, int power)
{
    for (; power > 0; power--)
        multiply(b, base);
}

static void shift_left(big *b, int bits)
{
    if (!b->words)
        return;
    memmove(b->word + bits / 32, b->word, (size_t)b->words * sizeof(uint32_t));
    memset(b->word, 0, (size_t)(bits / 32) * sizeof(uint32_t));
    b->words += bits / 32;
    multiply(b, 1u << bits % 32);
}

static int compare(const big *a, const big *b)
{
    if (a->words != b->words)
        return a->words < b->words ? -1 : 1;
    for (int i = a->words - 1; i >= 0; i--) {
        if (a->word[i] != b->word[i])
            return a->word[i] < b->word[i] ? -1 : 1;
    }
    return 0;
}

static big sum(const big *a, const big *b)
{
    big s = {.words = a->words > b->words ? a->words : b->words};
    uint64_t carry = 0;
    for (int i = 0; i < s.words; i++) {
        carry += (i < a->words ? a->word[i] : 0) + (uint64_t)(i < b->words ? b->word[i] : 0);
        s.word[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        s.word[s.words++] = (uint32_t)carry;
    return s;
}

/* a -= b, where a >= b. */
static void subtract(big *a, const big *b)
{
    int64_t borrow = 0;
    for (int i = 0; i < a->words; i++) {
        borrow += (int64_t)a->word[i] - (i < b->words ? b->word[i] : 0);
        a->word[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
    while (a->words && !a->word[a->words - 1])
        a->words--;
}

/* ---- the fraction ---- */

typedef struct fraction {
    big r, s;         /* value = r/s * 10^exponent */
    big below, above; /* half the distance to the neighbours, in units of s */
    bool even;        /* an even mantissa: a decimal exactly half way is read back as this value */
    int exponent;
} fraction;

/* Bits of the mantissa, and the exponent of the smallest number, of each float dtype. */
static const struct {
    int bits, lowest;
} formats[] = {[SSI_F32] = {24, -149}, [SSI_F64] = {53, -1074}, [SSI_F16] = {11, -24}, [SSI_BF16] = {8, -133}};

static fraction fraction_of(double value, ssi_dtype dtype)
{
    int bits = formats[dtype].bits, exponent;
    frexp(value, &exponent);
    exponent -= bits;
    if (exponent < formats[dtype].lowest)
        exponent = formats[dtype].lowest;
    uint64_t mantissa = (uint64_t)ldexp(value, -exponent);
    bool nearer_below = mantissa == (uint64_t)1 << (bits - 1) && exponent > formats[dtype].lowest;

    fraction f = {.even = mantissa % 2 == 0, .r = big_of(4 * mantissa), .s = big_of(4)};
    f.above = big_of(2);
    f.below = big_of(nearer_below ? 1 : 2);
    if (exponent >= 0) {
        shift_left(&f.r, exponent);
        shift_left(&f.above, exponent);
        shift_left(&f.below, exponent);
    } else {
        shift_left(&f.s, -exponent);
    }
    return f;
}

static void times_ten(fraction *f)
{
    multiply(&f->r, 10);
    multiply(&f->above, 10);
    multiply(&f->below, 10);
}

/* Scales by a power of ten to 1 <= r/s < 10. */
static void normalise(fraction *f, double value)
{
    f->exponent = (int)floor(log10(value)); /* right, or one off */
    multiply_by_power(&f->s, 10, f->exponent);
    for (int i = f->exponent; i < 0; i++)
        times_ten(f);
    if (compare(&f->r, &f->s) < 0) {
        times_ten(f);
        f->exponent--;
    }
    big ten = f->s;
    multiply(&ten, 10);
    if (compare(&f->r, &ten) >= 0) {
        f->s = ten;
        f->exponent++;
    }
}

static unsigned char next_digit(fraction *f)
{
    unsigned char digit = 0;
    for (; compare(&f->r, &f->s) >= 0; digit++)
        subtract(&f->r, &f->s);
    return digit;
}

/* ---- digits ---- */

static void round_up(ssi_digits *d)
{
    while (d->count && d->digit[d->count - 1] == 9)
        d->count--;
    if (d->count) {
        d->digit[d->count - 1]++;
        return;
    }
    d->digit[0] = 1;
    d->count = 1;
    d->exponent++;
}

static void drop_zeros(ssi_digits *d)
{
    while (d->count > 1 && d->digit[d->count - 1] == 0)
        d->count--;
}

/* Whether what follows the last digit is more than half of its worth, or half and the digit is odd. */
static bool rest_rounds_up(const fraction *f, unsigned char last_digit)
{
    big twice = sum(&f->r, &f->r);
    int order = compare(&twice, &f->s);
    return order > 0 || (order == 0 && last_digit % 2 == 1);
}

/* A value whose first digit stands behind the last place there is, the first `after` the point: 0, or 1 in that place. */
static ssi_digits digits_before(fraction *f, int after)
{
    ssi_digits d = {.count = 1};
    big ten = f->s;
    multiply(&ten, 10);
    big twice = sum(&f->r, &f->r);
    if (f->exponent == -after - 1 && compare(&twice, &ten) > 0) {
        d.digit[0] = 1;
        d.exponent = -after;
    }
    return d;
}

static ssi_digits digits_of(fraction *f, bool scientific, int least, int most)
{
    if (!scientific && f->exponent < -most)
        return digits_before(f, most);
    ssi_digits d = {.exponent = f->exponent};
    for (int after = scientific ? 0 : -f->exponent;; after++) {
        unsigned char digit = next_digit(f);
        d.digit[d.count++] = digit;
        big high = sum(&f->r, &f->above);
        bool down = compare(&f->r, &f->below) < (f->even ? 1 : 0); /* this digit is near enough */
        bool up = compare(&high, &f->s) > (f->even ? -1 : 0);      /* the next one is */
        if (((down || up) && after >= least) || after >= most) {
            if (down == up ? rest_rounds_up(f, digit) : up)
                round_up(&d);
            drop_zeros(&d);
            return d;
        }
        times_ten(f);
    }
}

ssi_digits ssi_digits_of(double value, ssi_dtype dtype, bool scientific, int least, int most)
{
    fraction f = fraction_of(value, dtype);
    normalise(&f, value);
    return digits_of(&f, scientific, least, most);
}

ssi_digits ssi_rounded_digits_of(double value, bool scientific, int after)
{
    fraction f = fraction_of(value, SSI_F64);
    f.below = f.above = big_of(0); /* nothing is near enough */
    f.even = false;
    normalise(&f, value);
    return digits_of(&f, scientific, after, after);
}
