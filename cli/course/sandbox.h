/*
 * sandbox.h - runs a program that nobody has looked at, a learner's or one that means harm, and tells how it ended.
 *
 * It may write in one folder, read the system's libraries and what it is given, and use so much time, memory and output. It may not start
 * processes or programs, open sockets, signal others, delete, or change rights and owners of files. Three things of Linux hold it:
 * resource limits everywhere; Landlock (5.13) for files; seccomp for system calls. What a kernel lacks, sandbox_lacks() names.
 */
#ifndef SSI_CLI_COURSE_SANDBOX_H
#define SSI_CLI_COURSE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

/* What a program may leave in its folder; beyond what it writes within WATCH_MS. */
enum { FILE_MEGABYTES = 16, FOLDER_MEGABYTES = 64, FOLDER_FILES = 1000, WATCH_MS = 50 };

typedef struct sandbox_job {
    const char *program;         /* its path */
    char *const *arguments;      /* with its name, NULL-terminated */
    const char *folder;          /* where it runs, and the only place where it may write */
    const char *input;           /* a text for its stdin; NULL: empty */
    const char *const *readable; /* files and folders that it may read beside the system's, NULL-terminated */
    const char *witness;         /* the object that tells more about its end; NULL: none */
    double seconds;              /* of processor time; thrice that by the clock */
    int megabytes;
    size_t output; /* bytes of stdout and stderr together */
    bool compiler; /* may start programs, and has the environment's PATH */
} sandbox_job;

typedef enum sandbox_end {
    ENDED_WELL,  /* exit code 0 */
    ENDED_EXIT,  /* another exit code */
    ENDED_CRASH, /* a signal */
    ENDED_TIME,
    ENDED_MEMORY,
    ENDED_OUTPUT,    /* too much of it, or too much in the folder */
    ENDED_FORBIDDEN, /* it tried what it may not */
    ENDED_UNSTARTED  /* the system could not start it */
} sandbox_end;

typedef struct sandbox_result {
    sandbox_end end;
    int code;        /* exit code, or signal */
    char *out, *err; /* what it printed, as texts; to be freed by sandbox_result_free */
    size_t out_length, err_length;
    const char *
        forbidden; /* "process", "program", "socket", "delete", "signal", "rights", "other"; "unknown" without a witness */
    bool deep;     /* a crash at the stack's end */
    bool disk;     /* too much in the folder */
    unsigned long place[16]; /* a crash's addresses in the program, innermost first; as many as `places` */
    int places;
    double seconds; /* by the clock */
} sandbox_result;

void sandbox_run(const sandbox_job *job, sandbox_result *result);
/* The same for the learner's own program, run by the learner: stdin, stdout and stderr are the caller's, no clock runs but the processor's, and calls are not
 * watched, so that it may draw by gnuplot. Files and memory are as above. */
void sandbox_run_attached(const sandbox_job *job, sandbox_result *result);
void sandbox_result_free(sandbox_result *result);
/* Kills what sandbox_run has running, and all it started; async-signal-safe, for who is told to end in the middle of it. */
void sandbox_abandon(void);

/* What this kernel cannot enforce: "Landlock", "seccomp", both, or NULL. */
const char *sandbox_lacks(void);

/* fence.c: closes the calling process in, for good; async-signal-safe. False when nothing could be closed that should be. */
bool fence_files(const sandbox_job *job);
bool fence_calls(const sandbox_job *job);
enum { FENCE_PROGRAM = 200 }; /* the descriptor that a fenced process may execute, once */

#endif
