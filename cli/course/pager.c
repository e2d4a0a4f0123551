/*
 * pager.c - less, started without a shell, with the text on its stdin.
 */
#include "pager.h"

#include "../cli.h"

#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_long(const char *text)
{
    struct winsize size;
    int lines = 0;
    for (; *text != '\0'; text++) {
        lines += *text == '\n';
    }
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && lines + 2 > size.ws_row;
}

static bool wants_pager(void)
{
    const char *pager = getenv("PAGER");
    return can_rewrite(stdout) && is_terminal(stdin) && (pager == NULL || strcmp(pager, "less") == 0);
}

/* less: colours as they are (-R), gone when all fits (-F), the text left on the screen (-X). A prompt's Hangul is cut to a byte a letter (less 590),
 * but not that of an editor's name, which %E stands for; LESSSECURE, so that no editor is called by that name. */
static void become_less(int text)
{
    setenv("VISUAL", T("space: on, b: back, q: done", "스페이스: 다음, b: 이전, q: 마침"), 1);
    setenv("LESSSECURE", "1", 1);
    setenv("LESSCHARSET", "utf-8", 1);
    dup2(text, STDIN_FILENO);
    execlp("less", "less", "-R", "-F", "-X", "-P%E", (char *)NULL);
    _exit(127);
}

/* False when there is no less. */
static bool show_in_less(const char *text)
{
    int channel[2];
    if (pipe(channel) != 0) {
        return false;
    }
    void (*before)(int) = signal(SIGINT, SIG_IGN); /* Ctrl-C is less's, which stays */
    pid_t child = fork();
    if (child == 0) {
        close(channel[1]);
        signal(SIGINT, SIG_DFL);
        signal(SIGPIPE, SIG_DFL);
        become_less(channel[0]);
    }
    close(channel[0]);
    for (size_t left = strlen(text); child > 0 && left > 0;) { /* who leaves early wants no more: SIGPIPE is ignored */
        ssize_t n = write(channel[1], text, left);
        if (n < 0) {
            break;
        }
        text += n;
        left -= (size_t)n;
    }
    close(channel[1]);
    int status = -1;
    if (child > 0) {
        waitpid(child, &status, 0);
    }
    signal(SIGINT, before);
    return WIFEXITED(status) && WEXITSTATUS(status) != 127;
}

void pager_show(const char *text)
{
    fflush(stdout);
    if (!wants_pager() || !is_long(text) || !show_in_less(text)) {
        fputs(text, stdout);
    }
}
