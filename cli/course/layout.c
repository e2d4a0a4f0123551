/*
 * layout.c - words one after another until the line is full.
 */
#include "layout.h"

#include "../cli.h"
#include "formula.h"
#include "style.h"

#include <string.h>

enum { QUAD = 4 /* columns of the \\quad between two formulas */ };

/* A line being filled. */
typedef struct filler {
    layout *into;
    int room; /* lines */
    int width, column;
    const char *code; /* of all of it */
    char *text;       /* the line so far, by open_memstream */
    size_t length;
    FILE *out;
    bool failed;
} filler;

static void begin_line(filler *f)
{
    f->column = 0;
    f->out = open_memstream(&f->text, &f->length);
    f->failed = f->failed || f->out == NULL;
}

static void end_line(filler *f)
{
    if (f->out == NULL) {
        return;
    }
    fclose(f->out);
    if (f->into->count == f->room) {
        int room = 2 * f->room + 8;
        layout_line *more = realloc(f->into->line, (size_t)room * sizeof(*more));
        f->failed = f->failed || more == NULL;
        if (more != NULL) {
            f->into->line = more;
            f->room = room;
        }
    }
    if (!f->failed) {
        f->into->line[f->into->count++] = (layout_line){arena_text(f->into->arena, f->text, f->length), f->column};
        f->into->widest = f->column > f->into->widest ? f->column : f->into->widest;
    }
    free(f->text);
    f->out = NULL;
}

static void new_line(filler *f)
{
    end_line(f);
    begin_line(f);
}

/* Bytes of the UTF-8 character at s. */
static int character_length(const char *s)
{
    int length = 1;
    while (((unsigned char)s[length] & 0xC0) == 0x80 && length < 4) {
        length++;
    }
    return length;
}

static int width_of(const char *text, size_t length)
{
    char piece[1024];
    snprintf(piece, sizeof(piece), "%.*s", (int)length, text);
    return text_width(piece);
}

static void put(filler *f, const char *text, size_t length, const char *look)
{
    if (f->out == NULL) {
        return;
    }
    bool styled = f->code[0] != '\0' || look[0] != '\0';
    fprintf(f->out, "%s%s%.*s%s", f->code, look, (int)length, text, styled ? "\033[0m" : "");
    f->column += width_of(text, length);
}

/* Of so many bytes that fit into a line, those up to the last blank, if that leaves the line at least half full. */
static size_t whole_words(const char *text, size_t fit)
{
    size_t end = fit;
    while (end > 0 && text[end - 1] != ' ') {
        end--;
    }
    return end > fit / 2 ? end : fit;
}

/* A piece too wide for any line: between two words, or else between two characters. */
static void put_broken(filler *f, const char *text, size_t length, const char *look)
{
    while (length > 0) {
        size_t taken = 0;
        int width = 0;
        while (taken < length) {
            int bytes = character_length(text + taken), more = width_of(text + taken, (size_t)bytes);
            if (f->column + width + more > f->width && (width > 0 || f->column > 0)) {
                break;
            }
            width += more;
            taken += (size_t)bytes;
        }
        taken = taken < length ? whole_words(text, taken) : taken;
        bool blank = taken > 0 && taken < length && text[taken - 1] == ' '; /* not at a line's end */
        put(f, text, taken - blank, look);
        text += taken;
        length -= taken;
        if (length > 0) {
            new_line(f);
        }
    }
}

/* ---- words ---- */

/* A word may run through several spans: `w`, then a comma. */
typedef struct piece {
    const char *text;
    size_t length;
    const char *look;
} piece;

typedef struct word {
    piece piece[16];
    int pieces, width;
} word;

/* The word, so many blanks behind what is there, or in a line of its own. */
static void put_word(filler *f, word *w, int space)
{
    if (w->pieces == 0) {
        return;
    }
    f->into->longest = w->width > f->into->longest ? w->width : f->into->longest;
    if (f->column > 0 && f->column + space + w->width > f->width) {
        new_line(f);
    }
    for (int i = 0; i < space && f->column > 0; i++) {
        put(f, " ", 1, "");
    }
    for (int i = 0; i < w->pieces; i++) {
        if (w->width > f->width) {
            put_broken(f, w->piece[i].text, w->piece[i].length, w->piece[i].look);
        } else {
            put(f, w->piece[i].text, w->piece[i].length, w->piece[i].look);
        }
    }
    *w = (word){.pieces = 0};
}

static const char *look_of(const span *s, arena *pool)
{
    char codes[64];
    snprintf(codes, sizeof(codes), "%s%s%s%s", s->strong ? style_code(STYLE_BOLD) : "",
             s->emphasis && style_on() ? "\033[3m" : "", s->kind == SPAN_CODE ? style_code(STYLE_CODE) : "",
             s->target != NULL && style_on() ? "\033[4m" : "");
    return arena_text(pool, codes, strlen(codes));
}

/* The span's words as they are shown: a formula as a line of Unicode. */
static const char *shown(const span *s, arena *pool)
{
    if (s->kind != SPAN_FORMULA) {
        return s->text;
    }
    char *line = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&line, &length);
    const formula *f = formula_read(pool, s->text);
    if (out == NULL || f == NULL) {
        return s->text;
    }
    formula_print(out, f);
    fclose(out);
    const char *kept = arena_text(pool, line != NULL ? line : s->text, line != NULL ? length : strlen(s->text));
    free(line);
    return kept;
}

layout layout_spans(const spans *text, int width, const char *code)
{
    layout made = {.arena = arena_new()};
    filler f = {.into = &made, .width = width > 2 ? width : 2, .code = code};
    word w = {.pieces = 0};
    int space = 0;
    begin_line(&f);
    for (size_t i = 0; i < text->count && made.arena != NULL; i++) {
        const span *s = &text->span[i];
        const char *look = look_of(s, made.arena), *at = shown(s, made.arena);
        while (*at != '\0') {
            size_t blanks = strspn(at, " \n\t"), letters = strcspn(at + blanks, " \n\t");
            if (blanks > 0) {
                put_word(&f, &w, space);
                space = s->kind == SPAN_FORMULA && blanks > 1 ? QUAD * ((int)blanks - 1) : 1;
            }
            at += blanks;
            if (letters > 0) {
                if (w.pieces == 16) {
                    put_word(&f, &w, space);
                    space = 0;
                }
                w.piece[w.pieces++] = (piece){at, letters, look};
                w.width += width_of(at, letters);
            }
            at += letters;
        }
    }
    put_word(&f, &w, space);
    end_line(&f);
    return made;
}

layout layout_code(const char *text, size_t length, int width, const char *code)
{
    layout made = {.arena = arena_new()};
    filler f = {.into = &made, .width = width > 2 ? width : 2, .code = code};
    begin_line(&f);
    if (made.arena != NULL) {
        put_broken(&f, text, length, "");
    }
    end_line(&f);
    return made;
}

void layout_free(layout *l)
{
    free(l->line);
    if (l->arena != NULL) {
        arena_free(l->arena);
    }
    *l = (layout){0};
}
