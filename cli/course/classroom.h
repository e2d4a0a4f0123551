/*
 * classroom.h - a folder of submissions, DIR/STUDENT/NN/start.c or DIR/STUDENT/NN-name/start.c, graded side by side.
 */
#ifndef SSI_CLI_COURSE_CLASSROOM_H
#define SSI_CLI_COURSE_CLASSROOM_H

#include "lesson.h"

#include <stdint.h>

typedef struct class_options {
    const char *folder;
    bool exam;       /* no hints; every student's values are drawn from the student's own seed */
    const char *csv; /* where the table goes; NULL: to stdout, unless results are wanted as JSON */
    int workers;     /* processes; 0: as many as there are processors */
} class_options;

/* Grades them all; each as a line of JSON on stdout, or as a table. Returns the exit code: CLI_OK when all could be graded, right or wrong. */
int class_check(course *c, const class_options *o);

/* The seed of a student's values in an exam. */
uint64_t class_seed(const char *student, int lesson);

#endif
