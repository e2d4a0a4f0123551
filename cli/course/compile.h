/*
 * compile.h - from a learner's file to a program, by the system's compiler.
 */
#ifndef SSI_CLI_COURSE_COMPILE_H
#define SSI_CLI_COURSE_COMPILE_H

#include "place.h"

#include <stdbool.h>

typedef enum compiler_kind { COMPILER_GCC, COMPILER_CLANG, COMPILER_TCC } compiler_kind;

typedef struct compiler {
    char path[PATH_MAX];
    compiler_kind kind; /* gcc where nothing is known */
} compiler;

/* The system's: cc, gcc, clang or tcc, whichever is found first; with `chosen`, CC before them. False when a message has been given that names the
 * packages. */
bool compiler_find(compiler *out, bool chosen);

/* The program of this name on PATH, or at this path, into out (PATH_MAX). False when there is none. */
bool program_find(const char *name, char *out);

typedef struct compile_job {
    const place *place;
    const compiler *compiler;
    const char *folder;       /* where it runs; the sources' names are relative to it or absolute */
    const char *const *words; /* what to compile, and -o, NULL-terminated; at most 16 */
    bool link;                /* with libssi and libm; else -c */
    bool warnings;
    bool own; /* a program of the course: it may include any file of the lessons; a learner's may not */
} compile_job;

/* Compiles; what the compiler said (to be freed) in *words. False when it refused. */
bool compile(const compile_job *job, char **words);

#endif
