/*
 * ticks.c - where the ticks of an axis go, and what they say, as matplotlib's MaxNLocator and ScalarFormatter decide it.
 */
#include "plot/figure.h"

#include <math.h>
#include <string.h>

/* The smallest step of 1, 2, 2.5, 5 times a power of ten that is at least `raw`. */
static double round_step(double raw, bool integers)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double unit = pow(10, floor(log10(raw)));
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        double step = steps[i] * unit;
        bool allowed = !integers || (step >= 1 && step == floor(step));
        if (allowed && step >= raw * (1 - 1e-9)) {
            return step;
        }
    }
    return integers && unit < 1 ? 1 : 10 * unit;
}

/* Digits after the point that tell the ticks apart: -1 where a plain number would be too long to read. */
static int decimals_for(double step, double largest)
{
    if (step < 1e-5 || largest >= 1e7) {
        return -1;
    }
    int decimals = 0;
    for (double s = step; decimals < 6 && fabs(s - round(s)) > 1e-6 * s; s *= 10) {
        decimals++;
    }
    return decimals;
}

ticks ssi_ticks(double low, double high, int most, bool integers)
{
    ticks result = {0};
    if (!(high > low) || !isfinite(high - low)) {
        return result;
    }
    most = most < 1 ? 1 : most > SSI_TICKS - 1 ? SSI_TICKS - 1 : most;
    double step = round_step((high - low) / most, integers);
    double slack = 1e-10 * (high - low);
    for (double k = ceil((low - slack) / step); k * step <= high + slack && result.count < SSI_TICKS; k++) {
        result.at[result.count++] = k * step + 0.0; /* + 0.0: no "-0" */
    }
    result.decimals = decimals_for(step, fmax(fabs(low), fabs(high)));
    return result;
}

char *ssi_tick_text(const ticks *of, int i, char out[32])
{
    double value = of->at[i];
    char digits[28];
    int written = of->decimals < 0 ? snprintf(digits, sizeof(digits), "%.6g", fabs(value))
                                   : snprintf(digits, sizeof(digits), "%.*f", of->decimals, fabs(value));
    if (written < 0 || (size_t)written >= sizeof(digits)) {
        digits[0] = '\0';
    }
    snprintf(out, 32, "%s%s", value < 0 ? "\xE2\x88\x92" : "", digits);
    char *comma = strchr(out, ','); /* the decimal point of the program's locale */
    if (comma != NULL) {
        *comma = '.';
    }
    return out;
}
