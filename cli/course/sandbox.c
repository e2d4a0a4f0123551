/*
 * sandbox.c - starts the fenced process, reads what it prints, and ends it when it uses too much.
 */
#define _GNU_SOURCE /* pipe2, AT_EMPTY_PATH */
#include "sandbox.h"

#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { UNSTARTED = 125, COMPILER_FILE_MEGABYTES = 128, OPEN_FILES = 128, NAP_MS = 200, VARIABLES = 12 };

/* ---- the child ---- */

static void limit(int what, rlim_t soft, rlim_t hard)
{
    struct rlimit old, wanted = {soft, hard};
    if (getrlimit(what, &old) == 0 && old.rlim_max != RLIM_INFINITY && old.rlim_max < hard) { /* never raised */
        wanted.rlim_max = old.rlim_max;
        wanted.rlim_cur = soft < old.rlim_max ? soft : old.rlim_max;
    }
    setrlimit(what, &wanted);
}

static void set_limits(const sandbox_job *job)
{
    rlim_t seconds = (rlim_t)(job->seconds + 0.999), megabyte = 1 << 20;
    rlim_t file = (job->compiler ? COMPILER_FILE_MEGABYTES : FILE_MEGABYTES) * megabyte;
    limit(RLIMIT_CPU, seconds, seconds + 1);
    limit(RLIMIT_AS, (rlim_t)job->megabytes * megabyte, (rlim_t)job->megabytes * megabyte);
    limit(RLIMIT_FSIZE, file, file);
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_STACK, 8 * megabyte, 8 * megabyte);
    limit(RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES);
}

/* The rights of root, which exec would give back. */
static void drop_capabilities(void)
{
    for (int capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++) {
    }
}

/* The environment of a program that should run alike everywhere: room for one variable more at each call. */
typedef struct environment {
    char text[VARIABLES][PATH_MAX + 32];
    char *variable[VARIABLES + 1];
    int count;
} environment;

static void set(environment *e, const char *name, const char *value)
{
    snprintf(e->text[e->count], sizeof(e->text[0]), "%s=%s", name, value);
    e->variable[e->count] = e->text[e->count];
    e->variable[++e->count] = NULL;
}

static void fill_environment(environment *e, const sandbox_job *job)
{
    char notes[PATH_MAX];
    const char *path = getenv("PATH"), *data = getenv("SSI_DATA");
    e->count = 0;
    set(e, "PATH", job->compiler && path != NULL ? path : "/usr/local/bin:/usr/bin:/bin");
    set(e, "HOME", job->folder);
    set(e, "TMPDIR", job->folder);
    if (job->compiler) {
        set(e, "LC_ALL", "C");
        set(e, "CCACHE_DISABLE", "1");
        return;
    }
    set(e, "LC_ALL", "C.UTF-8");
    set(e, "SSI_THREADS", "2");
    set(e, "MALLOC_ARENA_MAX", "1"); /* each would take 64 MB of what it may have */
    if (data != NULL) {
        set(e, "SSI_DATA", data);
    }
    if (job->witness != NULL) {
        set(e, "LD_PRELOAD", job->witness);
        set(e, "SSI_WITNESS", path_join(notes, job->folder, ".witness"));
    }
}

/* What a program that talks to the learner's terminal knows of it. */
static void add_terminal(environment *e)
{
    static const char *const names[] = {"TERM", "LANG", "COLUMNS", "NO_COLOR", "SSI_SHOW"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = getenv(names[i]);
        if (value != NULL) {
            set(e, names[i], value);
        }
    }
}

/* Between fork and exec. channel: its stdin, stdout, stderr, all above 2; NULL: the caller's, and calls are not watched. */
static void become(const sandbox_job *job, pid_t parent, const int *channel, char **variables)
{
    static const int usual[] = {SIGPIPE, SIGXFSZ, SIGINT, SIGTERM};
    if (channel != NULL) { /* else the terminal's keys are for the program, too */
        setpgid(0, 0);
    }
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
        signal(usual[i], SIG_DFL);
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int program = open(job->program, O_RDONLY | O_CLOEXEC);
    bool ready =
        getppid() == parent && chdir(job->folder) == 0 && program >= 0 && dup3(program, FENCE_PROGRAM, O_CLOEXEC) >= 0;
    for (int i = 0; i < 3 && channel != NULL; i++) {
        ready = ready && dup2(channel[i], i) == i;
    }
    set_limits(job);
    drop_capabilities();
    ready = ready && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && fence_files(job);
    if (ready && job->compiler) {
        if (fence_calls(job)) {
            execve(job->program, job->arguments, variables); /* it may be a script's or a wrapper's name */
        }
    } else if (ready && (channel == NULL || fence_calls(job))) {
        syscall(SYS_execveat, FENCE_PROGRAM, "", job->arguments, variables, AT_EMPTY_PATH);
    }
    _exit(UNSTARTED);
}

/* ---- the parent ---- */

typedef struct stream {
    int descriptor; /* -1: closed */
    char *text;
    size_t length, room;
} stream;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Takes what has arrived. */
static void take(stream *s)
{
    if (s->room - s->length < 4096) {
        size_t room = 2 * s->room + 8192;
        char *more = realloc(s->text, room);
        if (more == NULL) {
            close(s->descriptor);
            s->descriptor = -1;
            return;
        }
        s->text = more, s->room = room;
    }
    ssize_t n = read(s->descriptor, s->text + s->length, s->room - s->length - 1);
    if (n > 0) {
        s->length += (size_t)n;
    } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
        close(s->descriptor);
        s->descriptor = -1;
    }
}

static bool has_room(const sandbox_job *job)
{
    return job->compiler || folder_within(job->folder, (unsigned long long)FOLDER_MEGABYTES << 20, FOLDER_FILES);
}

/* Reads until both streams are closed or the job has had enough; ENDED_WELL, or why it had. What this process slept through does not count
 * against the job. */
static sandbox_end listen_to(const sandbox_job *job, stream *out, stream *err, bool *disk)
{
    double spent = 0, before = now(), looked = before;
    while (out->descriptor >= 0 || err->descriptor >= 0) {
        struct pollfd wait[2] = {{out->descriptor, POLLIN, 0}, {err->descriptor, POLLIN, 0}};
        poll(wait, 2, WATCH_MS);
        for (int i = 0; i < 2; i++) {
            if (wait[i].fd >= 0 && wait[i].revents != 0) {
                take(i == 0 ? out : err);
            }
        }
        double after = now();
        spent += after - before < 0.002 * NAP_MS ? after - before : 0.002 * NAP_MS;
        before = after;
        if (out->length + err->length > job->output) {
            return ENDED_OUTPUT;
        }
        if (spent > 3 * job->seconds) {
            return ENDED_TIME;
        }
        if (after - looked > 0.0009 * WATCH_MS) {
            looked = after;
            *disk = !has_room(job);
            if (*disk) {
                return ENDED_OUTPUT;
            }
        }
    }
    return ENDED_WELL;
}

/* What kind of call it was, for people. */
static const char *kind_of_call(long call)
{
    static const struct {
        long call;
        const char *kind;
    } kinds[] = {
        {SYS_socket, "socket"},    {SYS_socketpair, "socket"}, {SYS_clone, "process"},    {SYS_execve, "program"},
        {SYS_execveat, "program"}, {SYS_unlinkat, "delete"},   {SYS_kill, "signal"},      {SYS_tgkill, "signal"},
        {SYS_tkill, "signal"},     {SYS_fchmodat, "rights"},   {SYS_fchownat, "rights"},  {SYS_fchown, "rights"},
        {SYS_utimensat, "rights"}, {SYS_setrlimit, "rights"},  {SYS_prlimit64, "rights"},
#ifdef SYS_fork
        {SYS_fork, "process"},     {SYS_vfork, "process"},     {SYS_unlink, "delete"},    {SYS_rmdir, "delete"},
        {SYS_chmod, "rights"},     {SYS_chown, "rights"},
#endif
    };
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kinds[i].call == call) {
            return kinds[i].kind;
        }
    }
    return "other";
}

/* The witness's notes. They lie in the program's own folder: nothing but words hangs on them. */
static void read_notes(const sandbox_job *job, sandbox_result *result)
{
    char path[PATH_MAX];
    char *notes = file_read(path_join(path, job->folder, ".witness"), 1 << 16, NULL);
    for (char *line = notes != NULL ? strtok(notes, "\n") : NULL; line != NULL; line = strtok(NULL, "\n")) {
        if (strncmp(line, "at ", 3) == 0 && result->places < 16) {
            result->place[result->places++] = strtoul(line + 3, NULL, 16);
        } else if (strncmp(line, "refused ", 8) == 0) {
            result->forbidden = kind_of_call(strtol(line + 8, NULL, 10));
        } else if (strncmp(line, "deep", 4) == 0) {
            result->deep = true;
        } else if (strncmp(line, "memory", 6) == 0 && result->end != ENDED_WELL && result->end != ENDED_TIME) {
            result->end = ENDED_MEMORY;
        }
    }
    free(notes);
}

static void tell_end(const sandbox_job *job, int status, sandbox_result *result)
{
    bool exited = WIFEXITED(status);
    result->code = exited ? WEXITSTATUS(status) : WTERMSIG(status);
    if (result->end != ENDED_WELL) { /* it was us */
        return;
    }
    if (exited) {
        result->end = result->code == 0 ? ENDED_WELL : result->code == UNSTARTED ? ENDED_UNSTARTED : ENDED_EXIT;
    } else {
        result->disk = result->code == SIGXFSZ;
        result->end = result->code == SIGXCPU || (result->code == SIGKILL && !job->compiler) ? ENDED_TIME
                      : result->code == SIGXFSZ                                              ? ENDED_OUTPUT
                      : result->code == SIGSYS                                               ? ENDED_FORBIDDEN
                                                                                             : ENDED_CRASH;
    }
    if (job->witness != NULL) {
        read_notes(job, result);
    }
    if (result->end == ENDED_FORBIDDEN && result->forbidden == NULL) {
        result->forbidden = "unknown";
    }
}

static char *finished(stream *s, size_t *length)
{
    char *text = s->text != NULL ? s->text : calloc(1, 1);
    if (text != NULL) {
        text[s->length] = '\0';
    }
    if (s->descriptor >= 0) {
        close(s->descriptor);
    }
    *length = s->length;
    return text;
}

/* The child's stdin: a file without a name that holds the text. */
static int input_of(const sandbox_job *job)
{
    if (job->input == NULL) {
        return open("/dev/null", O_RDONLY | O_CLOEXEC);
    }
    FILE *file = tmpfile();
    if (file == NULL) {
        return -1;
    }
    fputs(job->input, file);
    fflush(file);
    rewind(file);
    int descriptor = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3);
    fclose(file);
    return descriptor;
}

static volatile sig_atomic_t running; /* the group of sandbox_run's child; 0: none */

void sandbox_abandon(void)
{
    if (running > 0) {
        kill(-running, SIGKILL);
    }
}

/* Starts the child and stays with it to its end. */
static void attend(const sandbox_job *job, int input, const int *out_pipe, const int *err_pipe, sandbox_result *result)
{
    static environment variables;
    fill_environment(&variables, job);
    int channel[3] = {input, out_pipe[1], err_pipe[1]};
    pid_t self = getpid(), child = fork();
    if (child == 0) {
        become(job, self, channel, variables.variable);
    }
    setpgid(child, child); /* as the child does itself, whoever comes first */
    running = child;
    close(out_pipe[1]);
    close(err_pipe[1]);
    stream out = {.descriptor = out_pipe[0]}, err = {.descriptor = err_pipe[0]};
    if (child > 0) {
        result->end = listen_to(job, &out, &err, &result->disk);
        int status = 0;
        sandbox_abandon(); /* who has closed both streams is ending; and what it started ends with it */
        running = 0;
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
        tell_end(job, status, result);
    }
    result->out = finished(&out, &result->out_length);
    result->err = finished(&err, &result->err_length);
}

void sandbox_run(const sandbox_job *job, sandbox_result *result)
{
    memset(result, 0, sizeof(*result));
    result->end = ENDED_UNSTARTED;
    int input = input_of(job), out_pipe[2], err_pipe[2];
    double start = now();
    if (input >= 0 && pipe2(out_pipe, O_CLOEXEC) == 0) {
        if (pipe2(err_pipe, O_CLOEXEC) == 0) {
            attend(job, input, out_pipe, err_pipe, result);
        } else {
            close(out_pipe[0]);
            close(out_pipe[1]);
        }
    }
    if (input >= 0) {
        close(input);
    }
    result->seconds = now() - start;
}

void sandbox_run_attached(const sandbox_job *job, sandbox_result *result)
{
    static environment variables;
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    memset(result, 0, sizeof(*result));
    fill_environment(&variables, job);
    add_terminal(&variables);
    double start = now();
    sigaction(SIGINT, &ignore, &before); /* Ctrl-C is for the program; who started it must tidy up */
    pid_t self = getpid(), child = fork();
    if (child == 0) {
        become(job, self, NULL, variables.variable);
    }
    int status = UNSTARTED << 8;
    for (pid_t ended = 0; child > 0 && (ended == 0 || (ended < 0 && errno == EINTR));) {
        poll(NULL, 0, WATCH_MS);
        if (!has_room(job)) {
            kill(child, SIGKILL);
            result->end = ENDED_OUTPUT, result->disk = true;
        }
        ended = waitpid(child, &status, WNOHANG);
    }
    sigaction(SIGINT, &before, NULL);
    tell_end(job, status, result);
    result->seconds = now() - start;
}

void sandbox_result_free(sandbox_result *result)
{
    free(result->out);
    free(result->err);
    memset(result, 0, sizeof(*result));
}
