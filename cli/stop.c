/*
 * stop.c - Ctrl-C: the first one asks, the second one leaves.
 */
#include "cli.h"

#include "course/sandbox.h"

#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t stop;
static volatile sig_atomic_t soft;

static void on_signal(int number)
{
    (void)number;
    if (!soft || stop) {
        sandbox_abandon();
        _exit(CLI_INTERRUPTED);
    }
    stop = 1;
}

void stop_install(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    sigemptyset(&action.sa_mask);
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    action.sa_handler =
        SIG_IGN; /* a reader who left early, and a limit of file sizes, are seen by the write that fails */
    sigaction(SIGPIPE, &action, NULL);
    sigaction(SIGXFSZ, &action, NULL);
}

volatile sig_atomic_t *stop_softly(void)
{
    soft = 1;
    return &stop;
}
