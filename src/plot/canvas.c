/*
 * canvas.c - the sheet of cells: dots, letters and fillings, how wide letters are, and the lines of text that it becomes.
 *
 * Control characters never reach it, so that no label can send a command to a terminal.
 */
#include "plot/canvas.h"

#include <string.h>

#define ROWS_LIMIT 4096

void ssi_canvas_open(canvas *c, int columns, bool ascii, bool color)
{
    *c = (canvas){.columns = columns, .ascii = ascii, .color = color};
}

void ssi_canvas_close(canvas *c)
{
    ssi_free(c->cell);
    *c = (canvas){0};
}

/* The cell, in a sheet that grows downward; NULL outside it. */
static cell *cell_at(canvas *c, int column, int row)
{
    if (column < 0 || column >= c->columns || row < 0 || row >= ROWS_LIMIT || c->failed) {
        return NULL;
    }
    if (row >= c->rows) {
        size_t held = (size_t)c->rows * (size_t)c->columns, need = ((size_t)row + 1) * (size_t)c->columns;
        cell *grown = ssi_grow(c->cell, &c->places, need, sizeof(*grown));
        if (grown == NULL) {
            c->failed = true;
            return NULL;
        }
        for (size_t i = held; i < need; i++) {
            grown[i] = (cell){.ink = -1, .paper = -1};
        }
        c->cell = grown;
        c->rows = row + 1;
    }
    return &c->cell[(size_t)row * (size_t)c->columns + (size_t)column];
}

/* The cell, to be written anew: what is left of a wide letter of which it was a half becomes a space. */
static cell *fresh_cell(canvas *c, int column, int row)
{
    cell *at = cell_at(c, column, row);
    if (at == NULL) {
        return NULL;
    }
    if (at->covered) {
        memcpy(at[-1].letter, " ", 2);
        at->covered = false;
    }
    if (column + 1 < c->columns) {
        at[1].covered = false;
    }
    return at;
}

int32_t ssi_ink(uint32_t rgb)
{
    return rgb == 0x000000 || rgb == 0xffffff ? -1 : (int32_t)rgb;
}

int ssi_dots_across(const canvas *c)
{
    return c->ascii ? 1 : 2;
}

int ssi_dots_down(const canvas *c)
{
    return c->ascii ? 1 : 4;
}

void ssi_canvas_dot(canvas *c, int x, int y, char letter, uint32_t rgb)
{
    static const uint8_t bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}; /* U+2800's */
    int across = ssi_dots_across(c), down = ssi_dots_down(c);
    cell *at = x >= 0 && y >= 0 ? cell_at(c, x / across, y / down) : NULL;
    if (at == NULL || at->covered) {
        return;
    }
    if (at->ground) {
        at->letter[0] = '\0';
        at->ground = false;
    }
    if (c->ascii) {
        fresh_cell(c, x, y);
        snprintf(at->letter, sizeof(at->letter), "%c", letter);
    } else if (at->letter[0] == '\0') {
        at->dots |= bits[y % 4][x % 2];
    }
    at->ink = ssi_ink(rgb);
}

/* ---- letters ---- */

static uint32_t code_point(const unsigned char *s, size_t length)
{
    static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t code = s[0] & masks[length];
    for (size_t i = 1; i < length; i++) {
        code = code << 6 | (s[i] & 0x3F);
    }
    return code;
}

/* Columns of a character, by Unicode's East Asian Width: wide ones two; those that are written onto the one before, none. */
static int columns_of(uint32_t code)
{
    static const struct {
        uint32_t first, last;
        int columns;
    } ranges[] = {{0x0300, 0x036F, 0},   {0x1100, 0x115F, 2},   {0x1160, 0x11FF, 0},  {0x200B, 0x200F, 0},
                  {0x202A, 0x202E, 0},   {0x2060, 0x2069, 0},   {0x2E80, 0x303E, 2},  {0x3041, 0xA4CF, 2},
                  {0xA960, 0xA97F, 2},   {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},  {0xFE00, 0xFE0F, 0},
                  {0xFE30, 0xFE6F, 2},   {0xFEFF, 0xFEFF, 0},   {0xFF00, 0xFF60, 2},  {0xFFE0, 0xFFE6, 2},
                  {0x1F300, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2}, {0xE0000, 0xE0FFF, 0}};
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return ranges[i].columns;
        }
    }
    return 1;
}

/* The next character of a text as it may be shown: its bytes, columns, and how many bytes of the text it stands for. */
typedef struct letter {
    char bytes[5];
    int columns;
    size_t length;
} letter;

static letter next_letter(const char *shown)
{
    const unsigned char *s = (const unsigned char *)shown;
    size_t length = ssi_utf8_length(s);
    uint32_t code = length > 0 ? code_point(s, length) : 0xFFFD;
    letter next = {.length = length > 0 ? length : 1, .columns = columns_of(code)};
    if (length == 0) {
        memcpy(next.bytes, "?", 2);
    } else if (code < 0x20 || (code >= 0x7F && code < 0xA0) || next.columns == 0) {
        memcpy(next.bytes, " ", 2); /* nothing that moves the cursor or turns the writing round */
        next.columns = next.columns == 0 ? 0 : 1;
    } else {
        memcpy(next.bytes, s, length);
    }
    return next;
}

int ssi_text_columns(const char *shown)
{
    int columns = 0;
    while (*shown != '\0') {
        letter next = next_letter(shown);
        columns += next.columns;
        shown += next.length;
    }
    return columns;
}

/* How ASCII spells what ticks are written with: U+2212, raised figures, the sign of multiplication. */
static const char *spell(const char *bytes)
{
    static const char *const spelled[][2] = {{"\xE2\x88\x92", "-"}, {"\xE2\x81\xBB", "-"}, {"\xE2\x81\xB0", "0"},
                                             {"\xC2\xB9", "1"},     {"\xC2\xB2", "2"},     {"\xC2\xB3", "3"},
                                             {"\xE2\x81\xB4", "4"}, {"\xE2\x81\xB5", "5"}, {"\xE2\x81\xB6", "6"},
                                             {"\xE2\x81\xB7", "7"}, {"\xE2\x81\xB8", "8"}, {"\xE2\x81\xB9", "9"},
                                             {"\xC3\x97", "x"},     {"\xE2\x8B\xAE", ":"}};
    for (size_t i = 0; i < sizeof(spelled) / sizeof(spelled[0]); i++) {
        if (strcmp(bytes, spelled[i][0]) == 0) {
            return spelled[i][1];
        }
    }
    return bytes;
}

static void put_letter(canvas *c, int column, int row, const char *bytes, int columns, int32_t ink)
{
    cell *right = columns == 2 ? fresh_cell(c, column + 1, row) : NULL;
    cell *at = columns == 1 || right != NULL ? fresh_cell(c, column, row) : NULL;
    if (at == NULL) {
        return;
    }
    snprintf(at->letter, sizeof(at->letter), "%s", bytes);
    at->ground = false;
    at->dots = 0;
    at->ink = ink;
    if (columns == 2) {
        at[1].covered = true;
    }
}

void ssi_canvas_letter(canvas *c, int column, int row, const char *bytes, int32_t ink)
{
    put_letter(c, column, row, bytes, 1, ink);
}

int ssi_canvas_text(canvas *c, int column, int row, int room, const char *shown, int32_t ink)
{
    int taken = 0;
    bool raised = false;
    while (*shown != '\0') {
        letter next = next_letter(shown);
        const char *bytes = c->ascii ? spell(next.bytes) : next.bytes;
        bool power =
            bytes != next.bytes && strchr("0123456789-", bytes[0]) != NULL && strcmp(next.bytes, "\xE2\x88\x92") != 0;
        if (power && !raised && taken + 1 <= room) {
            put_letter(c, column + taken++, row, "^", 1, ink);
        }
        raised = power;
        if (taken + next.columns > room) {
            break;
        }
        if (next.columns > 0) {
            put_letter(c, column + taken, row, bytes, next.columns, ink);
        }
        taken += next.columns;
        shown += next.length;
    }
    return taken;
}

/* ---- fillings ---- */

int ssi_darkness(uint32_t rgb)
{
    return 255 - (int)((299 * (rgb >> 16 & 255) + 587 * (rgb >> 8 & 255) + 114 * (rgb & 255)) / 1000);
}

void ssi_canvas_fill(canvas *c, int column, int row, uint32_t rgb)
{
    static const char *const shades[] = {" ", "\xE2\x96\x91", "\xE2\x96\x92", "\xE2\x96\x93", "\xE2\x96\x88"};
    static const char ascii[] = " .:-=+*#%@";
    cell *at = fresh_cell(c, column, row);
    if (at == NULL) {
        return;
    }
    int dark = ssi_darkness(rgb);
    *at = (cell){.ink = -1, .paper = -1};
    if (c->color) {
        memcpy(at->letter, " ", 2);
        at->ground = true;
        at->paper = (int32_t)rgb;
    } else if (c->ascii) {
        at->letter[0] = ascii[(dark * 9 + 127) / 255];
    } else {
        snprintf(at->letter, sizeof(at->letter), "%s", shades[(dark * 4 + 127) / 255]);
    }
}

void ssi_canvas_shade(canvas *c, int column, int row, int shade, int32_t ink)
{
    static const char *const shades[] = {" ", "\xE2\x96\x91", "\xE2\x96\x92", "\xE2\x96\x93"};
    static const char *const ascii[] = {" ", ".", ":", "-"};
    cell *at = fresh_cell(c, column, row);
    if (at != NULL) {
        *at = (cell){.ink = ink, .paper = -1, .ground = true};
        snprintf(at->letter, sizeof(at->letter), "%s", (c->ascii ? ascii : shades)[shade % 4]);
    }
}

void ssi_canvas_halves(canvas *c, int column, int row, uint32_t upper, uint32_t lower)
{
    cell *at = fresh_cell(c, column, row);
    if (at != NULL) {
        *at = (cell){.letter = "\xE2\x96\x80", .ink = (int32_t)upper, .paper = (int32_t)lower};
    }
}

void ssi_canvas_paste(canvas *c, int column, int row, const canvas *from)
{
    for (int r = 0; r < from->rows; r++) {
        for (int k = 0; k < from->columns; k++) {
            cell *at = cell_at(c, column + k, row + r);
            if (at != NULL) {
                *at = from->cell[r * from->columns + k];
            }
        }
    }
    c->failed = c->failed || from->failed;
}

/* ---- writing ---- */

static bool is_blank(const cell *at)
{
    return at->dots == 0 && (at->letter[0] == '\0' || strcmp(at->letter, " ") == 0) && at->paper < 0 && !at->covered;
}

/* Changes the terminal's colors to a cell's; on colored paper, what has no color of its own is black or white. */
static void write_colors(text *out, const cell *at, int32_t *ink, int32_t *paper)
{
    int32_t wanted = at->ink >= 0 || at->paper < 0             ? at->ink
                     : ssi_darkness((uint32_t)at->paper) > 127 ? 0xffffff
                                                               : 0x000000;
    if (wanted == *ink && at->paper == *paper) {
        return;
    }
    ssi_text_add(out, "\x1b[0");
    if (wanted >= 0) {
        ssi_text_add(out, ";38;2;%d;%d;%d", (int)(wanted >> 16 & 255), (int)(wanted >> 8 & 255), (int)(wanted & 255));
    }
    if (at->paper >= 0) {
        ssi_text_add(out, ";48;2;%d;%d;%d", (int)(at->paper >> 16 & 255), (int)(at->paper >> 8 & 255),
                     (int)(at->paper & 255));
    }
    ssi_text_add(out, "m");
    *ink = wanted;
    *paper = at->paper;
}

static void write_cell(text *out, const cell *at)
{
    if (at->letter[0] != '\0') {
        ssi_text_bytes(out, at->letter, strlen(at->letter));
    } else if (at->dots != 0) {
        char braille[3] = {'\xE2', (char)(0xA0 | at->dots >> 6), (char)(0x80 | (at->dots & 0x3F))};
        ssi_text_bytes(out, braille, sizeof(braille));
    } else {
        ssi_text_bytes(out, " ", 1);
    }
}

void ssi_canvas_write(const canvas *c, text *out)
{
    for (int r = 0; r < c->rows; r++) {
        const cell *row = &c->cell[(size_t)r * (size_t)c->columns];
        int end = c->columns;
        int32_t ink = -1, paper = -1;
        while (end > 0 && is_blank(&row[end - 1])) {
            end--;
        }
        for (int k = 0; k < end; k++) {
            if (row[k].covered) {
                continue;
            }
            if (c->color) {
                write_colors(out, &row[k], &ink, &paper);
            }
            write_cell(out, &row[k]);
        }
        ssi_text_add(out, ink >= 0 || paper >= 0 ? "\x1b[0m\n" : "\n");
    }
    out->failed = out->failed || c->failed;
}
