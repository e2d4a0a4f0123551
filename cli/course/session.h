/*
 * session.h - a learner's file graded once, told, and noted in the learner's progress.
 */
#ifndef SSI_CLI_COURSE_SESSION_H
#define SSI_CLI_COURSE_SESSION_H

#include "lesson.h"

typedef struct check_wish {
    const char *file;    /* NULL: the learner's own; of another no progress is noted */
    bool exam;           /* no hints */
    const char *student; /* in an exam: whose values */
} check_wish;

/* Whether an exam is going on: SSI_EXAM is set. Then there are no hints and no solutions. */
bool session_exam(void);

/* Grades a file and tells how it fared. Returns the exit code: CLI_OK when it passes. */
int session_check(const course *c, const lesson *l, const check_wish *wish);
/* All lessons that the learner has begun, each on a line. CLI_OK when all pass. */
int session_check_all(course *c);

/* Opens the course and the lesson that the operand of a command names. NULL when a mistake has been told; *code is then the exit code. */
lesson *session_open(course *c, const char *lessons, const char *verb, const char *operand, int *code);

#endif
