/*
 * text.h - a lesson's text as a document: blocks of spans. The Markdown that docs/lessons.md describes is read once, and the terminal and the book show
 * the same document.
 */
#ifndef SSI_CLI_TEXT_H
#define SSI_CLI_TEXT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum span_kind {
    SPAN_TEXT,
    SPAN_CODE,    /* `text` */
    SPAN_FORMULA, /* $text$, in LaTeX; formula.h reads it */
} span_kind;

/* A run of text in one style. */
typedef struct span {
    span_kind kind;
    bool strong, emphasis;
    const char *text;
    const char *target; /* what a link leads to; else NULL */
} span;

typedef struct spans {
    span *span;
    size_t count;
} spans;

typedef enum block_kind {
    BLOCK_HEADING,
    BLOCK_PARAGRAPH,
    BLOCK_ITEM, /* of a list; those that follow each other are one list */
    BLOCK_QUOTE,
    BLOCK_CODE,
    BLOCK_TABLE,
    BLOCK_PICTURE,
} block_kind;

typedef struct block {
    block_kind kind;
    int level;            /* heading: 1 to 6; item: 0 in the outermost list */
    int number;           /* item: as written; 0 behind a bullet */
    const char *info;     /* code: "c", "text", "output", ...; picture: its file */
    const char *code;     /* code: its lines, each with its newline */
    spans text;           /* all others; picture: the caption */
    size_t rows, columns; /* table: row 0 is its heading */
    spans *cell;          /* (rows, columns) */
} block;

typedef struct document {
    block *block;
    size_t count;
    struct arena *arena; /* holds all of it */
} document;

/* Reads Markdown; {{NAME}} becomes what the line "NAME = VALUE" of `values` says (NULL: none), and stays as it is where there is no such line. Anything is a document:
 * what is no markup is text. NULL when memory ran out. To be freed by document_free. */
document *document_read(const char *markdown, const char *values);
void document_free(document *it);

/* What stands before the first span that is not plain, in words: "25. AND: the first gate". Valid as long as the document. */
const char *document_title(const document *it);

/* ---- memory that is freed at once (arena.c) ---- */

typedef struct arena arena;
arena *arena_new(void);
void arena_free(arena *pool);
/* `size` bytes of zeros; NULL when memory ran out, and then ever after: it is enough to ask arena_failed once. */
void *arena_take(arena *pool, size_t size);
/* A copy of `length` bytes as a text; "" when memory ran out. */
const char *arena_text(arena *pool, const char *from, size_t length);
bool arena_failed(const arena *pool);

#endif
