/*
 * terminal.c - what a terminal can: how wide it is, whether it knows UTF-8, and whether it shows pictures, which it is asked.
 *
 * It is asked for kitty's graphics by a picture of one pixel that is not to be shown (ESC _ G a=q), and then for what it is (ESC [ c, "primary
 * device attributes"), which every terminal answers, in the order of asking; 4 among the attributes is sixel. The answers are read from the
 * terminal itself, without echo, for at most half a second. A program in the background asks nothing, nor one whose user has typed ahead.
 */
#include "plot/show.h"

#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define QUESTION "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[c"
#define PATIENCE 500 /* milliseconds */
#define ENOUGH   256 /* bytes of an answer */

bool ssi_terminal_is(FILE *out)
{
    const char *kind = ssi_getenv("TERM");
    int fd = fileno(out);
    return fd >= 0 && isatty(fd) && !(kind != NULL && strcmp(kind, "dumb") == 0);
}

int ssi_terminal_columns(FILE *out)
{
    struct winsize size = {0};
    int fd = fileno(out);
    bool known = fd >= 0 && isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return !known ? 80 : size.ws_col < 20 ? 20 : size.ws_col > 400 ? 400 : size.ws_col;
}

bool ssi_terminal_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE",
                                        "LANG"}; /* the first that is set counts, as setlocale(3) has it */
    if (strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0) {
        return true;
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = ssi_getenv(names[i]);
        if (value != NULL && value[0] != '\0') {
            const char *characters = strchr(value, '.');
            return characters != NULL &&
                   (strncasecmp(characters, ".UTF-8", 6) == 0 || strncasecmp(characters, ".utf8", 5) == 0);
        }
    }
    return false;
}

/* ---- asking ---- */

enum shown_as ssi_terminal_answer(const char *answer)
{
    if (strstr(answer, "\x1b_Gi=31;OK") != NULL) {
        return SHOWN_KITTY;
    }
    const char *attributes = strstr(answer, "\x1b[?");
    if (attributes == NULL) {
        return SHOWN_TEXT;
    }
    for (const char *a = attributes + 3; *a != '\0' && *a != 'c';) {
        char *end;
        if (strtol(a, &end, 10) == 4) {
            return SHOWN_SIXEL;
        }
        a = *end == ';' ? end + 1 : "";
    }
    return SHOWN_TEXT;
}

/* Whether an answer's last part has come: ESC [ ? ... c. */
static bool is_whole(const char *answer)
{
    const char *attributes = strstr(answer, "\x1b[?");
    return attributes != NULL && strchr(attributes, 'c') != NULL;
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool waits(int fd, int ms)
{
    return poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, ms) > 0;
}

static void converse(int fd, char answer[ENOUGH])
{
    size_t length = 0;
    int64_t end = now_ms() + PATIENCE;
    if (write(fd, QUESTION, strlen(QUESTION)) != (ssize_t)strlen(QUESTION)) {
        return;
    }
    while (length < ENOUGH - 1 && !is_whole(answer) && now_ms() < end && waits(fd, (int)(end - now_ms()))) {
        ssize_t n = read(fd, answer + length, ENOUGH - 1 - length);
        if (n <= 0) {
            return;
        }
        length += (size_t)n;
        answer[length] = '\0';
    }
}

/* Some take the question for text: they are not asked. */
static bool is_askable(void)
{
    const char *kind = ssi_getenv("TERM");
    return kind != NULL && strncmp(kind, "linux", 5) != 0 && strncmp(kind, "vt", 2) != 0 && strcmp(kind, "dumb") != 0;
}

enum shown_as ssi_terminal_ask(FILE *out)
{
    char name[256], answer[ENOUGH] = "";
    struct termios usual, quiet;
    if (!is_askable() || ttyname_r(fileno(out), name, sizeof(name)) != 0) {
        return SHOWN_TEXT;
    }
    int fd = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd < 0) {
        return SHOWN_TEXT;
    }
    if (tcgetpgrp(fd) == getpgrp() && tcgetattr(fd, &usual) == 0) {
        quiet = usual;
        quiet.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
        quiet.c_cc[VMIN] = 0;
        quiet.c_cc[VTIME] = 0;
        if (tcsetattr(fd, TCSANOW, &quiet) == 0) {
            if (!waits(fd, 0)) {
                converse(fd, answer);
            }
            tcsetattr(fd, TCSANOW, &usual);
        }
    }
    close(fd);
    return ssi_terminal_answer(answer);
}
