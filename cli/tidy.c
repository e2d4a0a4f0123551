/*
 * tidy.c - a command that works in temporary folders runs in a process of its own, with one folder around them all. However that process ends,
 * by Ctrl-C too, what it has left running ends, and the folder is removed.
 */
#include "cli.h"

#include "course/files.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t worker;

/* A terminal's Ctrl-C has reached the worker, too; what somebody sends to this process alone has not. */
static void pass_on(int number, siginfo_t *from, void *context)
{
    (void)context;
    if (from->si_code <= 0) {
        kill(worker, number);
    }
}

static void be_worker(int (*run)(int, char **), int argc, char **argv, const sigset_t *signals)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    sigprocmask(SIG_SETMASK, signals, NULL);
    exit(finish_output(run(argc, argv)));
}

/* A compiler whose caller was stopped may yet write a last file: it is waited for. But no longer than two seconds, for what a learner's
 * own program left running (run does not forbid it, so that gnuplot can be started) may never end. */
static void await_rest(void)
{
    const struct timespec nap = {0, 20000000};
    for (int i = 0; i < 100; i++) {
        pid_t ended = waitpid(-1, NULL, WNOHANG);
        if (ended < 0) {
            return;
        }
        if (ended == 0) {
            nanosleep(&nap, NULL);
        }
    }
}

static int await_worker(void)
{
    int status = 0;
    while (waitpid(worker, &status, 0) < 0 && errno == EINTR) {
    }
    await_rest();
    return status;
}

int run_tidily(int (*run)(int, char **), int argc, char **argv)
{
    char folder[PATH_MAX];
    struct sigaction passing = {.sa_sigaction = pass_on, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigset_t both, before;
    if (!folder_temporary(folder)) {
        return run(argc, argv); /* it says why, should it need one */
    }
    setenv("TMPDIR", folder, 1);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    sigemptyset(&both);
    sigaddset(&both, SIGINT);
    sigaddset(&both, SIGTERM);
    sigprocmask(SIG_BLOCK, &both, &before); /* until there is somebody to pass them on to */
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        be_worker(run, argc, argv, &before);
    }
    worker = child;
    int status = 0;
    if (child > 0) {
        sigaction(SIGINT, &passing, NULL);
        sigaction(SIGTERM, &passing, NULL);
        sigprocmask(SIG_SETMASK, &before, NULL);
        status = await_worker();
    }
    folder_remove(folder);
    if (child < 0) {
        return fail("fork: %s", strerror(errno));
    }
    if (WIFSIGNALED(status)) { /* a crash is the shell's to tell */
        signal(WTERMSIG(status), SIG_DFL);
        raise(WTERMSIG(status));
    }
    return WEXITSTATUS(status);
}
