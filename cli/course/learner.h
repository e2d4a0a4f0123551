/*
 * learner.h - the learner's own files, and how far the learner has come.
 *
 * Progress is a JSON object in XDG_DATA_HOME/ssi/progress.json: {"version": 1, "current": 25, "lessons": {"25": {"passed": true, "tries": 3,
 * "hints": 1, "asked": 1}}}. What a later version adds is kept by an earlier one; a damaged file is set aside, never overwritten.
 */
#ifndef SSI_CLI_COURSE_LEARNER_H
#define SSI_CLI_COURSE_LEARNER_H

#include "lesson.h"

/* The folder of the learner's files for the lesson, and its start.c, into out (PATH_MAX); returns out. */
char *learner_folder(const lesson *l, char *out);
char *learner_file(const lesson *l, char *out);
/* Whether the file is there; tells how to get it if it is not. */
bool learner_has(const lesson *l, const char *file);

/* Puts the lesson's files into the learner's folder, where they are not yet there. False when a mistake has been told; *fresh: start.c is new. */
bool learner_copy(const lesson *l, bool *fresh);

/* Never NULL unless memory ran out; to be freed by json_decref. */
json_t *progress_read(void);
/* False when a mistake has been told. */
bool progress_write(json_t *progress);

/* Of the lesson: "passed", "tries", ...; 0 where nothing is known. */
int progress_get(const json_t *progress, int number, const char *what);
void progress_set(json_t *progress, int number, const char *what, int value);
int progress_current(const json_t *progress); /* -1: none */
void progress_make_current(json_t *progress, int number);

/* The lesson that the operand names; without one, that in whose folder one stands, else the current one. -1 when a mistake has been told. */
int learner_lesson(const char *verb, const char *operand);

#endif
