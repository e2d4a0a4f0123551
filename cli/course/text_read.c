/*
 * text_read.c - reads Markdown into a document: lines make blocks, and the text of a block is cut into spans.
 *
 * What the lessons need of Markdown, no more: headings, paragraphs, lists, quotes, tables, fenced code, pictures on a line of their own; strong, emphasis, code, formulas, links.
 */
#include "text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
    document *into;
    size_t room;
    const char *at; /* the next line */
} reader;

/* ---- lines ---- */

static size_t line_length(const char *line)
{
    return strcspn(line, "\n");
}

static const char *next_line(const char *line)
{
    size_t length = line_length(line);
    return line + length + (line[length] == '\n');
}

static bool is_blank(const char *line)
{
    return line[strspn(line, " \t\r")] == '\n' || line[strspn(line, " \t\r")] == '\0';
}

static bool is_fence(const char *line)
{
    return strncmp(line, "```", 3) == 0;
}

static int heading_level(const char *line)
{
    size_t marks = strspn(line, "#");
    return marks >= 1 && marks <= 6 && line[marks] == ' ' ? (int)marks : 0;
}

/* Where the text of a list's item begins, or 0; its number, 0 for a bullet. */
static size_t item_start(const char *line, int *number)
{
    size_t indent = strspn(line, " ");
    const char *mark = line + indent;
    size_t digits = strspn(mark, "0123456789");
    *number = 0;
    if ((*mark == '-' || *mark == '*') && mark[1] == ' ') {
        return indent + 2;
    }
    if (digits > 0 && digits < 4 && mark[digits] == '.' && mark[digits + 1] == ' ') {
        *number = atoi(mark);
        return indent + digits + 2;
    }
    return 0;
}

static bool is_picture(const char *line)
{
    size_t length = line_length(line);
    const char *middle = strstr(line, "](");
    return strncmp(line, "![", 2) == 0 && middle != NULL && middle < line + length && line[length - 1] == ')';
}

/* A line with which another block begins, so that a paragraph ends before it. */
static bool begins_block(const char *line)
{
    int number;
    return is_blank(line) || is_fence(line) || heading_level(line) > 0 || *line == '|' || *line == '>' ||
           is_picture(line) || item_start(line, &number) > 0;
}

/* ---- spans ---- */

typedef struct cutter {
    arena *arena;
    spans made;
    size_t room;
    bool strong, emphasis;
    const char *target;
    char *plain; /* text that is being gathered; backslashes are gone */
    size_t length;
} cutter;

static void add_span(cutter *c, span_kind kind, const char *text, size_t length)
{
    if (length == 0) {
        return;
    }
    if (c->made.count == c->room) {
        size_t room = 2 * c->room + 4;
        struct span *grown = arena_take(c->arena, room * sizeof(*grown));
        if (grown == NULL) {
            return;
        }
        if (c->made.count > 0) {
            memcpy(grown, c->made.span, c->made.count * sizeof(*grown));
        }
        c->made.span = grown, c->room = room;
    }
    c->made.span[c->made.count++] = (span){.kind = kind,
                                           .strong = c->strong,
                                           .emphasis = c->emphasis,
                                           .text = arena_text(c->arena, text, length),
                                           .target = c->target};
}

static void end_plain(cutter *c)
{
    add_span(c, SPAN_TEXT, c->plain, c->length);
    c->length = 0;
}

/* The text between a mark of one sign at `at` and the next one on the same line of text; 0 where there is none. */
static size_t enclosed(const char *at, char mark)
{
    const char *end = at;
    while (*end != '\0' && *end != mark) {
        end += *end == '\\' && mark == '$' && end[1] != '\0' ? 2 : 1;
    }
    return *end == mark ? (size_t)(end - at) : 0;
}

static void cut(cutter *c, const char *at, const char *end);

/* [text](target): its spans, and what follows it; NULL where it is no link. */
static const char *cut_link(cutter *c, const char *at, const char *end)
{
    const char *middle = strstr(at, "]("), *close = middle != NULL ? strchr(middle, ')') : NULL;
    if (c->target != NULL || close == NULL || close >= end) {
        return NULL;
    }
    end_plain(c);
    c->target = arena_text(c->arena, middle + 2, (size_t)(close - middle - 2));
    cut(c, at + 1, middle);
    end_plain(c);
    c->target = NULL;
    return close + 1;
}

/* Two stars turn strong on or off, one star emphasis; a star between spaces is a star. */
static const char *cut_stars(cutter *c, const char *at, const char *end)
{
    bool two = at + 1 < end && at[1] == '*', *mode = two ? &c->strong : &c->emphasis;
    const char *behind = at + 1 + two;
    bool closes = *mode && !isspace((unsigned char)at[-1]); /* a mode is on, so something stands before */
    bool begins =
        !*mode && behind < end && !isspace((unsigned char)*behind) && strstr(behind, two ? "**" : "*") != NULL;
    if (!closes && !begins) {
        return NULL;
    }
    end_plain(c);
    *mode = !*mode;
    return behind;
}

/* `code`, $formula$ or $$formula$$: its span, and what follows it; NULL where no mark closes it. */
static const char *cut_marked(cutter *c, const char *at, const char *end)
{
    size_t marks = at[0] == '$' && at[1] == '$' ? 2 : 1, length = enclosed(at + marks, *at);
    if (length == 0 || at + marks + length >= end) {
        return NULL;
    }
    end_plain(c);
    add_span(c, *at == '`' ? SPAN_CODE : SPAN_FORMULA, at + marks, length);
    const char *behind = at + marks + length + 1;
    return behind + (marks == 2 && behind < end && *behind == '$');
}

static void cut(cutter *c, const char *at, const char *end)
{
    while (at < end) {
        const char *behind = NULL;
        if (*at == '\\' && at + 1 < end && ispunct((unsigned char)at[1])) {
            c->plain[c->length++] = at[1];
            at += 2;
            continue;
        }
        if (*at == '`' || *at == '$') {
            behind = cut_marked(c, at, end);
        } else if (*at == '[') {
            behind = cut_link(c, at, end);
        } else if (*at == '*') {
            behind = cut_stars(c, at, end);
        }
        if (behind == NULL) {
            c->plain[c->length++] = *at == '\n' || *at == '\t' || *at == '\r' ? ' ' : *at;
            behind = at + 1;
        }
        at = behind;
    }
}

static spans cut_spans(arena *pool, const char *text, size_t length)
{
    cutter c = {.arena = pool, .plain = arena_take(pool, length + 1)};
    const char *whole = arena_text(pool, text, length); /* ends where it ends */
    if (c.plain != NULL && *whole != '\0') {
        cut(&c, whole, whole + length);
        end_plain(&c);
    }
    return c.made;
}

/* ---- blocks ---- */

static block *add_block(reader *r, block_kind kind)
{
    document *d = r->into;
    if (d->count == r->room) {
        size_t room = 2 * r->room + 16;
        struct block *grown = arena_take(d->arena, room * sizeof(*grown));
        if (grown == NULL) {
            return NULL;
        }
        if (d->count > 0) {
            memcpy(grown, d->block, d->count * sizeof(*grown));
        }
        d->block = grown, r->room = room;
    }
    block *made = &d->block[d->count++];
    *made = (block){.kind = kind, .info = "", .code = ""};
    return made;
}

static void read_code(reader *r)
{
    block *code = add_block(r, BLOCK_CODE);
    const char *info = r->at + 3, *begin = next_line(r->at), *end = begin;
    while (*end != '\0' && !is_fence(end)) {
        end = next_line(end);
    }
    if (code != NULL) {
        code->info = arena_text(r->into->arena, info, line_length(info));
        code->code = arena_text(r->into->arena, begin, (size_t)(end - begin));
    }
    r->at = *end != '\0' ? next_line(end) : end;
}

static void read_picture(reader *r)
{
    block *picture = add_block(r, BLOCK_PICTURE);
    const char *middle = strstr(r->at, "](");
    if (picture != NULL) {
        picture->text = cut_spans(r->into->arena, r->at + 2, (size_t)(middle - r->at - 2));
        picture->info = arena_text(r->into->arena, middle + 2, strcspn(middle + 2, ")"));
    }
    r->at = next_line(r->at);
}

/* The end of the cell that begins here: the next | outside code and formulas. */
static const char *cell_end(const char *at, const char *end)
{
    for (char inside = 0; at < end; at++) {
        if (*at == '\\' && at + 1 < end && inside == 0) {
            at++;
        } else if (inside != 0) {
            inside = *at == inside ? 0 : inside;
        } else if (*at == '`' || *at == '$') {
            inside = *at;
        } else if (*at == '|') {
            return at;
        }
    }
    return end;
}

/* The cells of a line, into `cell` when it is not NULL; returns how many. */
static size_t read_cells(reader *r, const char *line, spans *cell, size_t room)
{
    size_t count = 0, length = line_length(line);
    const char *end = line + length;
    while (end > line && isspace((unsigned char)end[-1])) {
        end--;
    }
    for (const char *at = line + 1; at < end; count++) {
        const char *close = cell_end(at, end), *first = at, *last = close;
        for (; first < last && *first == ' '; first++) {
        }
        for (; last > first && last[-1] == ' '; last--) {
        }
        if (cell != NULL && count < room) {
            cell[count] = cut_spans(r->into->arena, first, (size_t)(last - first));
        }
        at = close + 1;
    }
    return count;
}

/* |---|:--:| */
static bool is_rule(const char *line)
{
    return line[strspn(line, "|-: ")] == '\n' || line[strspn(line, "|-: ")] == '\0';
}

static void read_table(reader *r)
{
    size_t rows = 0, columns = read_cells(r, r->at, NULL, 0);
    for (const char *line = r->at; *line == '|'; line = next_line(line)) {
        rows += !is_rule(line);
    }
    block *table = add_block(r, BLOCK_TABLE);
    spans *cell = arena_take(r->into->arena, rows * columns * sizeof(*cell) + 1);
    size_t row = 0;
    for (; *r->at == '|'; r->at = next_line(r->at)) {
        if (cell != NULL && !is_rule(r->at)) {
            read_cells(r, r->at, cell + row++ * columns, columns);
        }
    }
    if (table != NULL && cell != NULL) {
        table->rows = rows, table->columns = columns, table->cell = cell;
    }
}

/* A paragraph, a quote or an item: this line from `start` on, and those that go on with it. */
static void read_lines(reader *r, block_kind kind, size_t start)
{
    block *made = add_block(r, kind);
    char *text = arena_take(r->into->arena, strlen(r->at) + 2);
    size_t length = 0;
    do {
        size_t end = line_length(r->at);
        start += strspn(r->at + start, " ") < end - start ? strspn(r->at + start, " ") : 0;
        if (text != NULL) {
            memcpy(text + length, r->at + start, end - start);
            length += end - start;
            text[length++] = '\n';
        }
        r->at = next_line(r->at);
        bool quoted = kind == BLOCK_QUOTE && *r->at == '>';
        start = quoted ? 1 : 0;
        if (quoted) {
            continue;
        }
        if (*r->at == '\0' || begins_block(r->at)) {
            break;
        }
    } while (true);
    if (made != NULL && text != NULL) {
        made->text = cut_spans(r->into->arena, text, length - (length > 0));
    }
}

static void read_heading(reader *r)
{
    block *heading = add_block(r, BLOCK_HEADING);
    int level = heading_level(r->at);
    if (heading != NULL) {
        heading->level = level;
        heading->text = cut_spans(r->into->arena, r->at + level + 1, line_length(r->at) - (size_t)level - 1);
    }
    r->at = next_line(r->at);
}

static void read_item(reader *r, size_t start, int number)
{
    int level = strspn(r->at, " ") >= 2;
    read_lines(r, BLOCK_ITEM, start);
    if (r->into->count > 0) {
        block *item = &r->into->block[r->into->count - 1];
        item->level = level, item->number = number;
    }
}

static void read_block(reader *r)
{
    int number;
    size_t start;
    if (is_blank(r->at)) {
        r->at = next_line(r->at);
    } else if (is_fence(r->at)) {
        read_code(r);
    } else if (heading_level(r->at) > 0) {
        read_heading(r);
    } else if (is_picture(r->at)) {
        read_picture(r);
    } else if (*r->at == '|') {
        read_table(r);
    } else if (*r->at == '>') {
        read_lines(r, BLOCK_QUOTE, 1);
    } else if ((start = item_start(r->at, &number)) > 0) {
        read_item(r, start, number);
    } else {
        read_lines(r, BLOCK_PARAGRAPH, 0);
    }
}

/* ---- values ---- */

/* What the line "NAME = VALUE" says; NULL where there is none. */
static const char *find_value(const char *values, const char *name, size_t length, size_t *size)
{
    for (const char *line = values; line != NULL && *line != '\0'; line = next_line(line)) {
        if (strncmp(line, name, length) == 0 && strncmp(line + length, " = ", 3) == 0) {
            *size = line_length(line + length + 3);
            return line + length + 3;
        }
    }
    return NULL;
}

/* The text with its {{NAME}}s filled in. To be freed. */
static char *fill_in(const char *markdown, const char *values)
{
    char *made = NULL;
    size_t size;
    FILE *out = open_memstream(&made, &size);
    for (const char *at = markdown; out != NULL && *at != '\0'; at++) {
        size_t name = strncmp(at, "{{", 2) == 0 ? strcspn(at + 2, "}\n") : 0, length;
        const char *value =
            name > 0 && strncmp(at + 2 + name, "}}", 2) == 0 ? find_value(values, at + 2, name, &length) : NULL;
        if (value != NULL) {
            fwrite(value, 1, length, out);
            at += name + 3;
        } else {
            fputc(*at, out);
        }
    }
    if (out == NULL || fclose(out) != 0) {
        free(made);
        return NULL;
    }
    return made;
}

/* ---- documents ---- */

document *document_read(const char *markdown, const char *values)
{
    char *text = fill_in(markdown, values);
    document *made = calloc(1, sizeof(*made));
    if (text == NULL || made == NULL || (made->arena = arena_new()) == NULL) {
        free(text);
        free(made);
        return NULL;
    }
    reader r = {.into = made, .at = text};
    while (*r.at != '\0' && !arena_failed(made->arena)) {
        read_block(&r);
    }
    free(text);
    if (arena_failed(made->arena)) {
        document_free(made);
        return NULL;
    }
    return made;
}

void document_free(document *it)
{
    if (it != NULL) {
        arena_free(it->arena);
        free(it);
    }
}

const char *document_title(const document *it)
{
    bool titled = it->count > 0 && it->block[0].kind == BLOCK_HEADING && it->block[0].text.count > 0;
    return titled ? it->block[0].text.span[0].text : "";
}
