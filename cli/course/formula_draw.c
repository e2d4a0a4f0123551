/*
 * formula_draw.c - a formula on several lines, for the terminal: fractions with their line, matrices, cases, sums with their limits.
 *
 *           ⎧ 1   x > 0             ⎡1  2⎤ ⎡5⎤       f(x + h) − f(x)
 *    σ(x) = ⎨                       ⎢    ⎥ ⎢ ⎥       ───────────────
 *           ⎩ 0   x ≤ 0             ⎣3  4⎦ ⎣6⎦              h
 */
#include "formula.h"

#include "../cli.h"

#include <string.h>

/* Whether it takes more than a line. */
static bool is_tall(const formula *of)
{
    bool tall = of != NULL && (of->kind == FORMULA_FRACTION || of->kind == FORMULA_TABLE);
    for (size_t i = 0; of != NULL && i < of->count && !tall; i++) {
        tall = is_tall(of->part[i]);
    }
    return tall;
}

static drawing empty(arena *pool, int count, int base)
{
    drawing made = {arena_take(pool, (size_t)count * sizeof(char *) + 1), count, base, 0};
    for (int i = 0; made.line != NULL && i < count; i++) {
        made.line[i] = "";
    }
    made.count = made.line != NULL ? count : 0;
    return made;
}

/* "abc" twice makes "abcabc": `count` times the text. */
static const char *repeated(arena *pool, const char *text, int count)
{
    size_t length = strlen(text);
    char *made = arena_take(pool, length * (size_t)(count > 0 ? count : 0) + 1);
    for (int i = 0; made != NULL && i < count; i++) {
        memcpy(made + (size_t)i * length, text, length);
    }
    return made != NULL ? made : "";
}

static const char *joined(arena *pool, const char *a, const char *b)
{
    char *made = arena_take(pool, strlen(a) + strlen(b) + 1);
    return made != NULL ? strcat(strcpy(made, a), b) : "";
}

static drawing from_text(arena *pool, const char *text)
{
    drawing made = empty(pool, 1, 0);
    if (made.count == 1) {
        made.line[0] = text;
        made.width = text_width(text);
    }
    return made;
}

static drawing one_line(arena *pool, const formula *of)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out != NULL) {
        formula_print(out, of);
        fclose(out);
    }
    drawing made = from_text(pool, text != NULL ? arena_text(pool, text, length) : "");
    free(text);
    return made;
}

/* a and b side by side, on one base. */
static drawing beside(arena *pool, drawing a, drawing b)
{
    int above = a.base > b.base ? a.base : b.base;
    int below_a = a.count - a.base, below_b = b.count - b.base;
    drawing made = empty(pool, above + (below_a > below_b ? below_a : below_b), above);
    for (int i = 0; i < made.count; i++) {
        int in_a = i - above + a.base, in_b = i - above + b.base;
        const char *left = in_a >= 0 && in_a < a.count ? a.line[in_a] : repeated(pool, " ", a.width);
        const char *right = in_b >= 0 && in_b < b.count ? b.line[in_b] : repeated(pool, " ", b.width);
        made.line[i] = joined(pool, left, right);
    }
    made.width = a.width + b.width;
    return made;
}

/* Spaces on both sides up to the width: in the middle, or at the left. */
static drawing widened(arena *pool, drawing a, int width, bool middle)
{
    int left = middle ? (width - a.width) / 2 : 0;
    drawing made = empty(pool, a.count, a.base);
    for (int i = 0; i < made.count; i++) {
        made.line[i] = joined(pool, joined(pool, repeated(pool, " ", left), a.line[i]),
                              repeated(pool, " ", width - a.width - left));
    }
    made.width = width > a.width ? width : a.width;
    return made;
}

/* b under a; the base is line `base` of the whole. */
static drawing stacked(arena *pool, drawing a, drawing b, int base)
{
    int width = a.width > b.width ? a.width : b.width;
    a = widened(pool, a, width, true);
    b = widened(pool, b, width, true);
    drawing made = empty(pool, a.count + b.count, base);
    for (int i = 0; i < made.count; i++) {
        made.line[i] = i < a.count ? a.line[i] : b.line[i - a.count];
    }
    made.width = width;
    return made;
}

static drawing draw_fraction(arena *pool, const formula *of)
{
    drawing over = formula_draw(pool, of->part[0]), under = formula_draw(pool, of->part[1]);
    int width = (over.width > under.width ? over.width : under.width);
    drawing line = from_text(pool, repeated(pool, "─", width));
    return stacked(pool, stacked(pool, over, line, 0), under, over.count);
}

/* A bracket as high as so many lines; "" where there is none. */
static drawing bracket(arena *pool, const char *sign, int height, int base)
{
    static const struct {
        const char *sign, *top, *side, *bottom, *middle;
    } all[] = {{"(", "⎛", "⎜", "⎝", "⎜"}, {")", "⎞", "⎟", "⎠", "⎟"}, {"[", "⎡", "⎢", "⎣", "⎢"},
               {"]", "⎤", "⎥", "⎦", "⎥"}, {"{", "⎧", "⎪", "⎩", "⎨"}, {"|", "│", "│", "│", "│"}};
    drawing made = empty(pool, height, base);
    for (size_t k = 0; k < sizeof(all) / sizeof(all[0]) && sign[0] != '\0'; k++) {
        bool mine = strcmp(all[k].sign, sign) == 0;
        for (int i = 0; i < made.count && mine; i++) {
            made.line[i] = made.count == 1       ? sign
                           : i == 0              ? all[k].top
                           : i + 1 == made.count ? all[k].bottom
                           : i == made.count / 2 ? all[k].middle
                                                 : all[k].side;
        }
        made.width = mine ? 1 : made.width;
    }
    return made;
}

/* One row of a table: its cells as wide as their columns. */
static drawing draw_cells(arena *pool, const formula *of, const drawing *cell, size_t row, const int *width)
{
    bool cases = strcmp(of->text, "{") == 0;
    drawing made = from_text(pool, "");
    for (size_t c = 0; c < of->columns; c++) {
        drawing gap = from_text(pool, c == 0 ? "" : cases ? "   " : "  ");
        made = beside(pool, made, beside(pool, gap, widened(pool, cell[row * of->columns + c], width[c], !cases)));
    }
    return made;
}

static drawing draw_table(arena *pool, const formula *of)
{
    drawing *cell = arena_take(pool, of->count * sizeof(*cell) + 1), made = from_text(pool, "");
    int *width = arena_take(pool, of->columns * sizeof(*width) + 1);
    if (cell == NULL || width == NULL || of->columns == 0) {
        return made;
    }
    bool cases = strcmp(of->text, "{") == 0;
    for (size_t i = 0; i < of->count; i++) {
        cell[i] = formula_draw(pool, of->part[i]);
        width[i % of->columns] = cell[i].width > width[i % of->columns] ? cell[i].width : width[i % of->columns];
    }
    for (size_t row = 0; row < of->count / of->columns; row++) {
        drawing cells = draw_cells(pool, of, cell, row, width);
        bool apart = row > 0 && cases && of->count / of->columns == 2; /* room for the brace's middle */
        made = row == 0 ? cells : stacked(pool, apart ? stacked(pool, made, from_text(pool, " "), 0) : made, cells, 0);
    }
    made.base = made.count / 2;
    if (cases) {
        made = beside(pool, from_text(pool, " "), made);
    }
    return beside(pool, bracket(pool, of->text, made.count, made.base),
                  beside(pool, made, bracket(pool, of->close, made.count, made.base)));
}

static drawing draw_row(arena *pool, const formula *row)
{
    drawing made = from_text(pool, "");
    for (size_t i = 0; i < row->count; i++) {
        bool in_front, behind;
        formula_spaces(row, i, &in_front, &behind);
        bool tables = i > 0 && row->part[i]->kind == FORMULA_TABLE && row->part[i - 1]->kind == FORMULA_TABLE;
        drawing part = formula_draw(pool, row->part[i]);
        made = beside(pool, made, from_text(pool, in_front || tables ? " " : ""));
        made = beside(pool, made, beside(pool, part, from_text(pool, behind ? " " : "")));
    }
    return made;
}

drawing formula_draw(arena *pool, const formula *of)
{
    if (!is_tall(of)) {
        return one_line(pool, of);
    }
    switch (of->kind) {
    case FORMULA_ROW:
        return draw_row(pool, of);
    case FORMULA_FRACTION:
        return draw_fraction(pool, of);
    case FORMULA_TABLE:
        return draw_table(pool, of);
    default: /* a root or a power of something high is rare, and can be read on a line */
        return one_line(pool, of);
    }
}
