/*
 * grade.h - a learner's file, held to a lesson's check: docs/lessons.md says what each kind of test means.
 *
 *     workshop   a file compiled with its lesson, ready to be run
 *     reference  what the lesson's solution answers to the same tests with the same seed
 *     verdict    how the file fared
 */
#ifndef SSI_CLI_COURSE_GRADE_H
#define SSI_CLI_COURSE_GRADE_H

#include "compile.h"
#include "lesson.h"
#include "sandbox.h"

#include <stdint.h>

enum { USUAL_SEED = 7, MOST_TESTS = 32 };

/* ---- workshop.c ---- */

typedef struct workshop {
    const lesson *lesson;
    const place *place;
    compiler compiler;
    char folder[PATH_MAX]; /* start.c, program and probe; below it a folder for each run */
    char home[PATH_MAX];   /* where the learner's other files lie */
    char *source;          /* without comments and texts; NULL when it could not be read */
    char *words;           /* what the compiler said */
    bool compiled;
    int runs;
} workshop;

/* Compiles the file in a new folder; with `chosen`, by the compiler that CC names. False when a mistake has been told; a file that does not compile is none. */
bool workshop_open(workshop *w, const course *c, const lesson *l, const char *file, bool chosen);
/* The same without the probe: to run it, not to grade it. */
bool workshop_open_program(workshop *w, const course *c, const lesson *l, const char *file, bool chosen);
void workshop_close(workshop *w);
bool is_picture(const char *name); /* by its ending, of those that ssi saves */

/* What a test brought to light. */
typedef struct answer {
    sandbox_end end;
    int code;
    char *text;   /* what was printed, the picture's script, or what the compiler said; to be freed */
    char *errors; /* the program's stderr; to be freed; NULL: none */
    const char *forbidden;
    bool deep, disk, skipped,
        refused; /* skipped: this machine cannot run the test; refused: by the compiler, as it should be */
    int line;    /* of the source, where it crashed; 0: not known */
    double seconds;
} answer;

void workshop_run(workshop *w, const json_t *test, uint64_t seed, answer *out);
/* Runs the program with these words, attached to the terminal, in a new folder (into `folder`, PATH_MAX) that links to the learner's files. */
void workshop_run_attached(workshop *w, char **words, int count, char *folder, answer *out);
void answer_free(answer *a);

/* ---- reference.c ---- */

typedef struct reference {
    uint64_t seed;
    json_t *answers; /* test id -> text */
} reference;

/* Runs the solution, or takes what it answered the last time from the cache, if `cached` allows it. False when a mistake has been told. */
bool reference_open(reference *r, const course *c, const lesson *l, uint64_t seed, bool cached);
/* The same in two steps, for several seeds: the solution as a workshop, and its answers. */
bool reference_compile(workshop *w, const course *c, const lesson *l);
bool reference_run(reference *r, workshop *solution, uint64_t seed);
void reference_close(reference *r);
const char *reference_text(const reference *r, const json_t *test);

/* ---- compare.c ---- */

/* Where a test's answer first goes wrong. */
typedef struct difference {
    bool differs;
    int line, lines;              /* counted from 1; of so many; 0: not about a line */
    char expected[512], got[512]; /* as they are shown; "" where there is nothing to show */
    char remark[256];             /* in the reader's language: what kind of difference; "" */
} difference;

void compare_answers(const json_t *test, const char *expected, const workshop *w, const answer *got, difference *out);
/* picture.c */
void compare_pictures(const json_t *test, const char *expected, const char *got, difference *out);
/* Whether the text is a number, and which. */
bool read_value(const char *text, double *out);
bool values_agree(const json_t *test, double expected, double got);

/* ---- grade.c ---- */

typedef struct verdict {
    bool passed, compiled;
    int tests, right;     /* how many there are, and hold; the first that fails ends it */
    const json_t *failed; /* the test; NULL when all hold, or when it did not compile */
    answer answer;        /* to the failed test */
    difference difference;
    const json_t *hint; /* that fits; NULL: none does */
    json_t *outputs;    /* test id -> what was printed, as far as it came */
    bool skipped[MOST_TESTS];
} verdict;

void grade(workshop *w, const reference *r, verdict *out);
void verdict_free(verdict *v);

/* ---- explain.c ---- */

typedef struct explanation {
    int line; /* of start.c; 0: not about a line */
    bool warning;
    char said[512];  /* the compiler's or linker's words, the first that matter */
    char plain[512]; /* in the reader's words; "" when there is no telling */
} explanation;

/* The first mistake in what the compiler said, or the most helpful warning if there is no mistake. False when it said nothing. */
bool explain_compiler(const char *words, explanation *out);

/* ---- report.c ---- */

/* Prints how it went, for people. */
void report_verdict(const lesson *l, const workshop *w, const verdict *v, bool hints);
/* What the compiler said, and how a program ended, for people; nothing when it ended well. */
void report_compiler(const workshop *w);
void report_end(const lesson *l, const answer *a);
/* The verdict as one JSON object. */
json_t *report_json(const lesson *l, const workshop *w, const verdict *v);

#endif
