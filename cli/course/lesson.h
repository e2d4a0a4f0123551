/*
 * lesson.h - a lesson's folder, read: docs/lessons.md is its contract.
 */
#ifndef SSI_CLI_COURSE_LESSON_H
#define SSI_CLI_COURSE_LESSON_H

#include "place.h"

#include <jansson.h>
#include <stdbool.h>

typedef struct lesson {
    int number;
    char name[128]; /* "25-and" */
    char folder[PATH_MAX];
    json_t *spec; /* check.json; NULL until lesson_open */
} lesson;

typedef struct course {
    place place;
    int count;
    lesson *lesson; /* by number */
} course;

/* Finds the lessons of the place's folder. False when a mistake has been told. */
bool course_open(course *out, const char *lessons);
void course_close(course *c);

/* The lesson of this number with its check.json read; NULL when a mistake has been told. */
lesson *lesson_open(course *c, int number);
/* Where a file that the lesson names lies: in its folder, or, named data/SET/..., with the data sets; into out (PATH_MAX). */
bool lesson_file(const lesson *l, const char *name, char *out);
/* The number at the beginning of "25", "25-and" or a path to such a folder; -1 when there is none. */
int lesson_number(const char *text);

/* The text in the reader's language of {"ko": ..., "en": ...}; "" when there is none. */
const char *lesson_say(const json_t *both);
/* The title as the text's first line has it, without "# NN. "; into out. */
const char *lesson_title(const lesson *l, char *out, size_t size);
/* The lesson's text in the reader's language, to be freed; NULL when a mistake has been told. */
char *lesson_text(const lesson *l);

#endif
