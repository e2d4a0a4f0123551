/*
 * submissions.h - what lies in a folder of submissions.
 */
#ifndef SSI_CLI_COURSE_SUBMISSIONS_H
#define SSI_CLI_COURSE_SUBMISSIONS_H

#include "lesson.h"

typedef struct submission {
    char *student; /* the folder's name */
    const lesson *lesson;
    char *file; /* its start.c */
} submission;

typedef struct submissions {
    submission *item; /* by lesson, then by student */
    int count;
    char **student; /* by name; also those who handed in nothing */
    int students;
} submissions;

/* Finds them; lessons that the course does not have, and what is no plain file, are told and left out. False when a mistake has been told. */
bool submissions_find(submissions *out, course *c, const char *folder);
void submissions_free(submissions *s);

#endif
