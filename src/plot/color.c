/*
 * color.c - colors: their names, the cycle of tab10, and the lists that turn values into colors, as in matplotlib.
 */
#include "plot/figure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

uint32_t ssi_cycle_color(int i)
{
    static const uint32_t tab10[] = {0x1f77b4, 0xff7f0e, 0x2ca02c, 0xd62728, 0x9467bd,
                                     0x8c564b, 0xe377c2, 0x7f7f7f, 0xbcbd22, 0x17becf};
    return tab10[i % (int)(sizeof(tab10) / sizeof(tab10[0]))];
}

bool ssi_read_color(const char *operation, const char *color, uint32_t *rgb)
{
    static const struct {
        const char *name;
        uint32_t rgb;
    } names[] = {{"black", 0x000000},   {"white", 0xffffff}, {"gray", 0x808080},   {"red", 0xff0000},
                 {"green", 0x008000},   {"blue", 0x0000ff},  {"orange", 0xffa500}, {"purple", 0x800080},
                 {"brown", 0xa52a2a},   {"pink", 0xffc0cb},  {"olive", 0x808000},  {"cyan", 0x00ffff},
                 {"magenta", 0xff00ff}, {"yellow", 0xffff00}};
    if (color == NULL) {
        return true;
    }
    if (color[0] == '#' && strlen(color) == 7 && strspn(color + 1, "0123456789abcdefABCDEF") == 6) {
        *rgb = (uint32_t)strtoul(color + 1, NULL, 16);
        return true;
    }
    if (color[0] == 'C' && color[1] >= '0' && color[1] <= '9' && color[2] == '\0') {
        *rgb = ssi_cycle_color(color[1] - '0');
        return true;
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(color, names[i].name) == 0) {
            *rgb = names[i].rgb;
            return true;
        }
    }
    ssi_fail(SSI_INVALID, operation, "'%.40s' is no color\nwrite #rrggbb, C0 to C9, or a name such as red", color);
    return false;
}

static uint32_t mix(uint32_t a, uint32_t b, double share)
{
    uint32_t mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        double from = (double)(a >> shift & 255), to = (double)(b >> shift & 255);
        mixed |= (uint32_t)lround(from + (to - from) * share) << shift;
    }
    return mixed;
}

uint32_t ssi_over_white(uint32_t rgb, double alpha)
{
    return mix(0xffffff, rgb, alpha);
}

/* Colors at equal distances, to be mixed between. The sequences are matplotlib's at every eighth or sixteenth. */
struct palette {
    const char *name;
    int count;
    uint32_t color[17];
};

static const palette palettes[] = {
    {"gray", 2, {0x000000, 0xffffff}},
    {"Greys", 9, {0xffffff, 0xf0f0f0, 0xd9d9d9, 0xbdbdbd, 0x969696, 0x737373, 0x525252, 0x252525, 0x000000}},
    {"Blues", 9, {0xf7fbff, 0xdeebf7, 0xc6dbef, 0x9ecae1, 0x6baed6, 0x4292c6, 0x2171b5, 0x08519c, 0x08306b}},
    {"viridis",
     17,
     {0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c, 0x1fa088, 0x28ae80,
      0x3fbc73, 0x5ec962, 0x84d44b, 0xaddc30, 0xd8e219, 0xfde725}},
    {"coolwarm",
     17,
     {0x3b4cc0, 0x4e68d8, 0x6282ea, 0x779af7, 0x8db0fe, 0xa3c2fe, 0xb9d0f9, 0xccd9ed, 0xdddcdc, 0xecd3c5, 0xf5c4ac,
      0xf7b093, 0xf4987a, 0xeb7d62, 0xdd5f4b, 0xca3b37, 0xb40426}},
};

const palette *ssi_palette(const char *operation, const char *name)
{
    for (size_t i = 0; i < sizeof(palettes) / sizeof(palettes[0]); i++) {
        if (strcmp(name, palettes[i].name) == 0) {
            return &palettes[i];
        }
    }
    return SSI_FAIL_NULL(SSI_INVALID, operation,
                         "no colors are named '%.40s'\nthere are gray, Greys, Blues, viridis, coolwarm", name);
}

uint32_t ssi_palette_color(const palette *of, double share)
{
    double place = (share > 0 ? fmin(share, 1) : 0) * (of->count - 1); /* NaN: the first */
    int before = (int)fmin(floor(place), of->count - 2);
    return mix(of->color[before], of->color[before + 1], place - before);
}
