/*
 * ticks.c - where the ticks of an axis go, and what they say, as matplotlib's MaxNLocator, LogLocator and their formatters decide it.
 */
#include "plot/figure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MINUS "\xE2\x88\x92" /* U+2212 */

static double smaller(const range *of)
{
    return fmin(of->from, of->to);
}

static double larger(const range *of)
{
    return fmax(of->from, of->to);
}

/* Appends a tick in the range. */
static void add_tick(ticks *t, const range *of, double at, const char *name)
{
    double slack = of->log ? 1e-10 * at : 1e-10 * (larger(of) - smaller(of));
    if (isfinite(slack) && t->count < SSI_TICKS && at >= smaller(of) - slack && at <= larger(of) + slack) {
        t->name[t->count] = name;
        t->at[t->count++] = at + 0.0; /* + 0.0: no "-0" */
    }
}

/* ---- linear axes ---- */

/* The ticks k * step in the range; of the first and last beyond it, too, in `first` and `last`. */
static int count_steps(const range *of, double step, double *first, double *last)
{
    double slack = 1e-10 * (larger(of) - smaller(of)) / step;
    *first = floor(smaller(of) / step + slack), *last = ceil(larger(of) / step - slack);
    return (int)(floor(larger(of) / step + slack) - ceil(smaller(of) / step - slack)) + 1;
}

/* The largest step that is no smaller than the least allowed and still gives two ticks; of 1, 2, 2.5 or 5 times a power of ten. */
static double choose_step(const range *of, int most, bool integers)
{
    static const double steps[] = {0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10, 20};
    double raw = (larger(of) - smaller(of)) / most, unit = pow(10, floor(log10(raw))), first, last;
    int at = 0;
    while (at < 9 && steps[at] * unit < raw * (1 - 1e-10)) {
        at++;
    }
    for (;; at--) {
        double step = steps[at] * unit;
        bool whole = step < 1 || fabs(step - round(step)) < 1e-3;
        if (integers && !whole && at < 9 && steps[at] * unit >= raw * (1 - 1e-10)) {
            step = steps[at + 1] * unit;
        }
        if (integers && floor(larger(of)) - ceil(smaller(of)) >= 1) {
            step = fmax(step, 1);
        }
        if (at == 0 || count_steps(of, step, &first, &last) >= 2) {
            return step;
        }
    }
}

/* How many digits after the point tell the ticks apart, and whether a power of ten is better written at the axis' end. Of the ticks from
 * first to last, those just beyond the range included. */
static void choose_format(ticks *t, const range *of, double step, double first, double last)
{
    double largest = 0, spread = (last - first) * step;
    for (int i = 0; i < t->count; i++) {
        largest = fmax(largest, fabs(t->at[i]));
    }
    int magnitude = largest > 0 ? (int)floor(log10(largest) + 1e-12) : 0;
    t->exponent = magnitude <= -5 || magnitude >= 6 ? magnitude : 0;
    if (last - first + 1 < 5) {
        spread = larger(of) - smaller(of);
    }
    double unit = pow(10, t->exponent), oom = floor(log10(spread / unit) + 1e-12), tolerance = 1e-3 * pow(10, oom);
    int decimals = oom < 3 ? (int)fmin(3 - oom, 15) : 0;
    for (; decimals > 0; decimals--) {
        double scale = pow(10, decimals - 1), worst = 0;
        for (double k = first; k <= last; k++) {
            double value = k * step / unit;
            worst = fmax(worst, fabs(value - round(value * scale) / scale));
        }
        if (worst >= tolerance) {
            break;
        }
    }
    t->decimals = decimals;
}

static void add_linear(ticks *t, const range *of, int most, bool integers)
{
    double first, last, step = choose_step(of, most, integers);
    if (!(step > 0) || !isfinite(step)) {
        return;
    }
    count_steps(of, step, &first, &last);
    for (double k = first; k <= last && t->count < SSI_TICKS; k++) {
        add_tick(t, of, k * step, NULL);
    }
    choose_format(t, of, step, first, last);
}

/* ---- logarithmic axes ---- */

static void add_powers(ticks *t, const range *of, int most)
{
    double low = log10(smaller(of)), high = log10(larger(of));
    double decades = floor(high + 1e-10) - ceil(low - 1e-10), stride = floor((decades + 1) / fmax(most, 2)) + 1;
    if (stride >= decades) {
        stride = fmax(1, decades - 1);
    }
    t->log = true;
    for (double k = floor(low) - stride; k <= high + 1; k += stride) {
        add_tick(t, of, pow(10, k), NULL);
    }
    for (double k = floor(low); k <= high && decades <= 10 && stride == 1; k++) {
        for (int m = 2; m < 10; m++) {
            double at = m * pow(10, k);
            bool inside = at >= smaller(of) && at <= larger(of);
            bool named =
                high - low <= 0.4 || (high - low <= 1 && (m <= 4 || m == 6)); /* where powers alone are too few */
            if (inside && named && t->count < SSI_TICKS) {
                t->small[t->count] = true;
                t->at[t->count++] = at;
            } else if (inside && t->minors < SSI_TICKS) {
                t->minor[t->minors++] = at;
            }
        }
    }
}

ticks ssi_ticks(const range *of, int most, bool integers, const own_ticks *own)
{
    ticks t = {0};
    double extent = larger(of) - smaller(of);
    if (!(extent > 0) || !isfinite(extent)) {
        return t;
    }
    most = most < 1 ? 1 : most > 9 ? 9 : most;
    if (own == NULL || !own->given) {
        if (of->log) {
            add_powers(&t, of, most);
        }
        if (!of->log || t.count + t.minors < 2) {
            t = (ticks){0};
            add_linear(&t, of, most, integers);
        }
        return t;
    }
    for (int i = 0; i < own->count; i++) {
        add_tick(&t, of, own->at[i], own->name != NULL ? own->name[i] : NULL);
    }
    t.decimals = -1;
    return t;
}

/* ---- labels ---- */

/* The exponent in raised figures. */
static void write_power(char *out, size_t room, int mantissa, int exponent)
{
    static const char *const raised[] = {"\xE2\x81\xB0", "\xC2\xB9",     "\xC2\xB2",     "\xC2\xB3",
                                         "\xE2\x81\xB4", "\xE2\x81\xB5", "\xE2\x81\xB6", "\xE2\x81\xB7",
                                         "\xE2\x81\xB8", "\xE2\x81\xB9"};
    char digits[16], times[16] = "";
    if (mantissa != 1) {
        snprintf(times, sizeof(times), "%d\xC3\x97", mantissa);
    }
    snprintf(digits, sizeof(digits), "%d", abs(exponent));
    int length = snprintf(out, room, "%s10%s", times, exponent < 0 ? "\xE2\x81\xBB" : "");
    for (const char *d = digits; *d != '\0' && length >= 0 && (size_t)length < room; d++) {
        length += snprintf(out + length, room - (size_t)length, "%s", raised[*d - '0']);
    }
}

const char *ssi_tick_text(const ticks *of, int i, char out[32])
{
    double value = of->at[i];
    if (of->name[i] != NULL) {
        return of->name[i];
    }
    if (of->log) {
        int exponent = (int)floor(log10(value) + 1e-10);
        write_power(out, 32, (int)lround(value / pow(10, exponent)), exponent);
        return out;
    }
    char digits[24];
    double shown = fabs(value) / pow(10, of->exponent);
    if (of->decimals < 0) {
        snprintf(digits, sizeof(digits), "%.6g", shown);
    } else {
        snprintf(digits, sizeof(digits), "%.*f", of->decimals, shown);
    }
    snprintf(out, 32, "%s%s", value < 0 ? MINUS : "", digits);
    char *comma = strchr(out, ','); /* the decimal point of the program's locale */
    if (comma != NULL) {
        *comma = '.';
    }
    return out;
}
