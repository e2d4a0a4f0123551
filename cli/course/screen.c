/*
 * screen.c - the blocks of a document on the terminal.
 */
#include "screen.h"

#include "../cli.h"
#include "files.h"
#include "formula.h"
#include "layout.h"
#include "style.h"

#include <limits.h>
#include <string.h>

enum { WIDEST = 100, GAP = 3 /* columns between those of a table */, NARROWEST = 4 };

/* Prints lines, the first behind `first`, the others behind `rest`, which take the same columns. */
static void print_lines(const screen *s, const layout *l, const char *first, const char *rest)
{
    for (int i = 0; i < l->count; i++) {
        fprintf(s->out, "%s%s\n", i == 0 ? first : rest, l->line[i].text);
    }
}

static void print_spans(const screen *s, const spans *text, const char *first, const char *rest, const char *code)
{
    layout l = layout_spans(text, s->width - text_width(first), code);
    print_lines(s, &l, first, rest);
    layout_free(&l);
}

/* A formula that stands alone and is higher than a line; false when it is none, or too wide. */
static bool print_formula(const screen *s, const spans *text)
{
    if (text->count != 1 || text->span[0].kind != SPAN_FORMULA) {
        return false;
    }
    arena *pool = arena_new();
    drawing d = {0};
    if (pool != NULL) {
        d = formula_draw(pool, formula_read(pool, text->span[0].text));
    }
    bool fits = d.count > 1 && d.width + 4 <= s->width;
    for (int i = 0; i < d.count && fits; i++) {
        size_t length = strlen(d.line[i]);
        while (length > 0 && d.line[i][length - 1] == ' ') {
            length--;
        }
        fprintf(s->out, "    %.*s\n", (int)length, d.line[i]);
    }
    if (pool != NULL) {
        arena_free(pool);
    }
    return fits;
}

static void print_heading(const screen *s, const block *b)
{
    layout l = layout_spans(&b->text, s->width, style_code(b->level > 2 ? STYLE_BOLD : STYLE_HEADING));
    print_lines(s, &l, "", "");
    for (int i = 0; i < l.widest && b->level == 1; i++) {
        fputs("═", s->out);
    }
    fputs(b->level == 1 ? "\n" : "", s->out);
    layout_free(&l);
}

static void print_item(const screen *s, const block *b)
{
    char first[64], rest[64];
    int indent = 2 * b->level + 2;
    if (b->number > 0) {
        snprintf(first, sizeof(first), "%*s%d. ", indent, "", b->number);
    } else {
        snprintf(first, sizeof(first), "%*s• ", indent, "");
    }
    snprintf(rest, sizeof(rest), "%*s", text_width(first), "");
    print_spans(s, &b->text, first, rest, "");
}

/* Lines of code behind a bar; what is too wide goes on in the next line. */
static void print_code(const screen *s, const block *b)
{
    const char *look = style_code(strncmp(b->info, "output", 6) == 0 ? STYLE_GOOD : STYLE_CODE);
    for (const char *line = b->code; line != NULL && *line != '\0';) {
        size_t length = strcspn(line, "\n");
        layout l = layout_code(line, length, s->width - 4, look);
        print_lines(s, &l, "  │ ", "  │ ");
        layout_free(&l);
        line += length + (line[length] == '\n');
    }
}

/* ---- tables ---- */

/* The widest of the columns that need not break a word to be narrower; b->columns when there is none. */
static size_t column_to_narrow(const block *b, const int *column, const int *word)
{
    size_t widest = b->columns;
    for (size_t c = 0; c < b->columns; c++) {
        bool may = column[c] > word[c] && column[c] > NARROWEST;
        widest = may && (widest == b->columns || column[c] > column[widest]) ? c : widest;
    }
    return widest;
}

/* The columns' widths: as wide as their cells, and then narrower until all fit. `word` is room for a width of each. */
static void fit_columns(const block *b, int width, int *column, int *word)
{
    int total = -GAP, words = -GAP;
    for (size_t c = 0; c < b->columns; c++) {
        column[c] = 1;
        for (size_t r = 0; r < b->rows; r++) {
            layout l = layout_spans(&b->cell[r * b->columns + c], INT_MAX / 4, "");
            column[c] = l.widest > column[c] ? l.widest : column[c];
            word[c] = l.longest > word[c] ? l.longest : word[c];
            layout_free(&l);
        }
        total += column[c] + GAP;
        words += word[c] + GAP;
    }
    if (words > width) { /* some word must be broken: then any */
        memset(word, 0, b->columns * sizeof(*word));
    }
    for (size_t c; total > width && (c = column_to_narrow(b, column, word)) < b->columns; total--) {
        column[c]--;
    }
}

static void print_row(const screen *s, const block *b, size_t row, const int *column, layout *cell)
{
    int height = 1;
    for (size_t c = 0; c < b->columns; c++) {
        cell[c] = layout_spans(&b->cell[row * b->columns + c], column[c], row == 0 ? style_code(STYLE_BOLD) : "");
        height = cell[c].count > height ? cell[c].count : height;
    }
    for (int i = 0; i < height; i++) {
        fputs("  ", s->out);
        for (size_t c = 0; c < b->columns; c++) {
            bool there = i < cell[c].count, last = c + 1 == b->columns;
            fputs(there ? cell[c].line[i].text : "", s->out);
            fprintf(s->out, "%*s%s", last ? 0 : column[c] - (there ? cell[c].line[i].width : 0), "",
                    last ? "\n" : " │ ");
        }
    }
    for (size_t c = 0; c < b->columns; c++) {
        layout_free(&cell[c]);
    }
}

static void print_table(const screen *s, const block *b)
{
    int *column = calloc(2 * b->columns + 1, sizeof(*column));
    layout *cell = calloc(b->columns + 1, sizeof(*cell));
    if (column != NULL && cell != NULL) {
        fit_columns(b, s->width - 2, column, column + b->columns);
        for (size_t r = 0; r < b->rows; r++) {
            print_row(s, b, r, column, cell);
            for (size_t c = 0; r == 0 && c < b->columns; c++) {
                fputs(c == 0 ? "  " : "─┼─", s->out);
                for (int i = 0; i < column[c]; i++) {
                    fputs("─", s->out);
                }
            }
            fputs(r == 0 ? "\n" : "", s->out);
        }
    }
    free(column);
    free(cell);
}

/* ---- pictures ---- */

/* The picture in characters, if it could be drawn, and what it shows. */
static void print_picture(const screen *s, const block *b)
{
    char path[PATH_MAX], name[256];
    const char *point = strrchr(b->info, '.');
    snprintf(name, sizeof(name), "%.*s.txt", (int)(point != NULL ? point - b->info : (int)strlen(b->info)), b->info);
    char *drawn = s->pictures != NULL ? file_read(path_join(path, s->pictures, name), 1 << 20, NULL) : NULL;
    if (drawn != NULL) {
        fputs(drawn, s->out);
        free(drawn);
    }
    const char *word = T("  Picture: ", "  그림: ");
    char rest[32];
    snprintf(rest, sizeof(rest), "%*s", text_width(word), "");
    print_spans(s, &b->text, word, rest, style_code(STYLE_FAINT));
}

static void print_block_of(const screen *s, const block *b)
{
    switch (b->kind) {
    case BLOCK_HEADING:
        print_heading(s, b);
        break;
    case BLOCK_PARAGRAPH:
        if (!print_formula(s, &b->text)) {
            print_spans(s, &b->text, "", "", "");
        }
        break;
    case BLOCK_ITEM:
        print_item(s, b);
        break;
    case BLOCK_QUOTE:
        print_spans(s, &b->text, "  ┃ ", "  ┃ ", "");
        break;
    case BLOCK_CODE:
        print_code(s, b);
        break;
    case BLOCK_TABLE:
        print_table(s, b);
        break;
    case BLOCK_PICTURE:
        print_picture(s, b);
        break;
    }
}

void screen_print(const screen *s, const document *d)
{
    screen limited = *s;
    limited.width = s->width < WIDEST ? s->width : WIDEST; /* longer lines are hard to read */
    for (size_t i = 0; i < d->count; i++) {
        bool list = i > 0 && d->block[i].kind == BLOCK_ITEM && d->block[i - 1].kind == BLOCK_ITEM;
        fputs(i > 0 && !list ? "\n" : "", s->out);
        print_block_of(&limited, &d->block[i]);
    }
}
