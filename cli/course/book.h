/*
 * book.h - the parts of the book.
 */
#ifndef SSI_CLI_COURSE_BOOK_H
#define SSI_CLI_COURSE_BOOK_H

#include "lesson.h"
#include "text.h"

#include <stdio.h>

enum { BOOK_EXTRAS = 32 };

/* A page beside the lessons: lessons/NAME.ko.md and NAME.en.md. */
typedef struct book_extra {
    char name[64];
    char title[2][256]; /* in English and Korean */
} book_extra;

typedef struct book {
    course course; /* with all check.json read */
    const char *folder;
    char (*title)[256]; /* of each lesson, in the language that is being written */
    int extras;
    book_extra extra[BOOK_EXTRAS];
} book;

/* Prints the document from its block `first` on (book_document.c). Pictures are looked for under the address `pictures`; the headings of the second level have the anchors s1,
 * s2, ... */
void book_print_document(FILE *out, const document *it, size_t first, const char *pictures);

/* Prints C code with its comments, texts, numbers and keywords marked, in a <pre> (book_code.c). */
void book_print_code(FILE *out, const char *code);

/* Prints the list of all terms (lessons/glossary.tsv) and headings (book_find.c); *failed tells whether memory ran out. */
void book_print_find(FILE *out, const book *b, size_t text_limit, bool *failed);

/* Draws the pictures of all lessons into FOLDER/pictures/LESSON/LANGUAGE/ (book_pictures.c). False when a mistake has been told. */
bool book_draw_pictures(const book *b);

#endif
