/*
 * letters.c - a picture in letters, for a terminal.
 */
#include "letters.h"

static const char ramp[] = " .:-=+*#%@";

/* The letter for the mean brightness of a block of pixels. */
static char letter(const float *pixel, int64_t width, int64_t row, int64_t rows, int64_t column)
{
    double sum = 0;
    for (int64_t r = row; r < row + rows; r++) {
        sum += (double)pixel[r * width + column];
    }
    int step = (int)(sum / (double)rows * (sizeof(ramp) - 2) + 0.5);
    return ramp[step < 0 ? 0 : step > (int)sizeof(ramp) - 2 ? (int)sizeof(ramp) - 2 : step];
}

/* A letter is about twice as high as wide: a pixel is two letters, or two pixels above each other are one. */
void letters_print(const float *pixel, int64_t height, int64_t width)
{
    bool wide = 2 * width <= terminal_width(stdout);
    int64_t rows = wide ? 1 : 2;
    for (int64_t r = 0; r + rows <= height; r += rows) {
        for (int64_t c = 0; c < width; c++) {
            char shown = letter(pixel, width, r, rows, c);
            putchar(shown);
            if (wide) {
                putchar(shown);
            }
        }
        putchar('\n');
    }
}
