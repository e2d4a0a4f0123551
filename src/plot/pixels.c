/*
 * pixels.c - pictures as a terminal takes them: kitty's graphics protocol, which carries a PNG in base64, and sixel (DEC 1983), which paints
 * six rows of pixels at a time, one color after the other, a character for every column.
 */
#include "plot/show.h"

#include <string.h>

#define CHUNK 4096 /* the most characters of one of kitty's packets */

/* ---- kitty ---- */

static void encode_base64(const unsigned char *bytes, size_t count, text *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < count; i += 3) {
        uint32_t three = (uint32_t)bytes[i] << 16;
        three |= i + 1 < count ? (uint32_t)bytes[i + 1] << 8 : 0;
        three |= i + 2 < count ? bytes[i + 2] : 0;
        char four[4];
        for (int k = 0; k < 4; k++) {
            four[k] = i + (size_t)k <= count ? digits[three >> (18 - 6 * k) & 63] : '=';
        }
        ssi_text_bytes(out, four, 4);
    }
}

void ssi_write_kitty(const text *png, text *out)
{
    text encoded = {0};
    encode_base64((const unsigned char *)png->bytes, png->length, &encoded);
    for (size_t at = 0; at < encoded.length; at += CHUNK) {
        size_t count = encoded.length - at < CHUNK ? encoded.length - at : CHUNK;
        ssi_text_add(out, "\x1b_G%sm=%d;", at == 0 ? "a=T,f=100,q=2," : "", at + count < encoded.length);
        ssi_text_bytes(out, encoded.bytes + at, count);
        ssi_text_add(out, "\x1b\\");
    }
    ssi_text_add(out, "\n");
    out->failed = out->failed || encoded.failed;
    ssi_text_free(&encoded);
}

/* ---- sixel ---- */

enum { LEVELS = 6, COLORS = LEVELS * LEVELS * LEVELS };

/* The color's number among six levels of red, green and blue. */
static int color_of(const uint8_t *pixel, int channels)
{
    int number = 0;
    for (int k = 0; k < 3; k++) {
        number = number * LEVELS + (pixel[channels >= 3 ? k : 0] * (LEVELS - 1) + 127) / 255;
    }
    return number;
}

static void write_palette(text *out)
{
    for (int i = 0; i < COLORS; i++) {
        int step = 100 / (LEVELS - 1);
        ssi_text_add(out, "#%d;2;%d;%d;%d", i, i / (LEVELS * LEVELS) * step, i / LEVELS % LEVELS * step,
                     i % LEVELS * step);
    }
}

/* `count` times the same column; more than three are counted. */
static void write_run(text *out, int bits, int count)
{
    char column = (char)('?' + bits);
    if (count > 3) {
        ssi_text_add(out, "!%d%c", count, column);
        return;
    }
    for (int i = 0; i < count; i++) {
        ssi_text_bytes(out, &column, 1);
    }
}

/* One color of six rows: a bit for each of them in every column. */
static void write_color(text *out, const uint8_t *numbers, int rows, int width, int color)
{
    int before = -1, run = 0;
    ssi_text_add(out, "#%d", color);
    for (int x = 0; x < width; x++) {
        int bits = 0;
        for (int y = 0; y < rows; y++) {
            bits |= (numbers[y * width + x] == color) << y;
        }
        if (bits != before) {
            write_run(out, before, run);
            run = 0;
        }
        before = bits;
        run++;
    }
    write_run(out, before, run);
    ssi_text_bytes(out, "$", 1);
}

void ssi_write_sixel(const uint8_t *pixel, int height, int width, int channels, text *out)
{
    uint8_t *numbers = ssi_alloc((size_t)width * 6);
    if (numbers == NULL) {
        out->failed = true;
        return;
    }
    ssi_text_add(out, "\x1bP0;1;0q\"1;1;%d;%d", width, height);
    write_palette(out);
    for (int top = 0; top < height; top += 6) {
        bool used[COLORS] = {false};
        int rows = height - top < 6 ? height - top : 6;
        for (int i = 0; i < rows * width; i++) {
            numbers[i] = (uint8_t)color_of(pixel + (size_t)(top * width + i) * (size_t)channels, channels);
            used[numbers[i]] = true;
        }
        for (int color = 0; color < COLORS; color++) {
            if (used[color]) {
                write_color(out, numbers, rows, width, color);
            }
        }
        ssi_text_bytes(out, "-", 1);
    }
    ssi_text_add(out, "\x1b\\\n");
    ssi_free(numbers);
}
