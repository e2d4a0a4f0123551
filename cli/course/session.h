/*
 * session.h - a learner's file graded once, told, and noted in the learner's progress.
 */
#ifndef SSI_CLI_COURSE_SESSION_H
#define SSI_CLI_COURSE_SESSION_H

#include "lesson.h"

/* Grades the learner's own file, or `file`, of which no progress is noted. Returns the exit code: CLI_OK when it passes. */
int session_check(const course *c, const lesson *l, const char *file);

/* Opens the course and the lesson that the operand of a command names. NULL when a mistake has been told; *code is then the exit code. */
lesson *session_open(course *c, const char *lessons, const char *verb, const char *operand, int *code);

#endif
