/*
 * child.c - the child process that draws, gnuplot or dot: a script in, the bytes of a picture out.
 *
 * It is found on PATH and started without a shell, gets the script on its stdin and no file name, and answers on its stdout.
 * Anything gnuplot says on stderr is a failure, since it goes on after most errors and leaves half a picture. The three
 * channels are socket pairs: unlike a pipe they can be written with MSG_NOSIGNAL, so a child that dies is an error and
 * not a signal in the host. The child has its own process group, so that Ctrl-C in a terminal is left to the host.
 */
#include "plot/figure.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PICTURE_LIMIT ((size_t)256 << 20) /* bytes */
#define VARIABLES     512                 /* of the environment, handed on */

extern char **environ;

int ssi_drawer_limit_ms = 60000;

static char *const gnuplot_arguments[] = {"gnuplot", "-d", "-", NULL}; /* -d: without the user's settings */
const drawer ssi_gnuplot = {
    .name = "gnuplot",
    .arguments = gnuplot_arguments,
    .operation = "plot",
    .missing = "gnuplot, which draws the pictures, is not installed\non Debian and Ubuntu: apt-get install "
               "gnuplot-nox"};

enum channel { SCRIPT, PICTURE, MESSAGES, CHANNELS };

typedef struct child {
    pid_t pid;
    int ours[CHANNELS], theirs[CHANNELS]; /* -1: closed */
} child;

static void close_end(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
        *fd = -1;
    }
}

static void close_all(child *c)
{
    for (int i = 0; i < CHANNELS; i++) {
        close_end(&c->ours[i]);
        close_end(&c->theirs[i]);
    }
}

/* A pair of ends above 2, so that giving the child its 0, 1 and 2 cannot overwrite one of them. */
static bool open_channel(int *ours, int *theirs)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        return false;
    }
    *ours = fcntl(pair[0], F_DUPFD_CLOEXEC, 3);
    *theirs = fcntl(pair[1], F_DUPFD_CLOEXEC, 3);
    close(pair[0]);
    close(pair[1]);
    return *ours >= 0 && *theirs >= 0;
}

static bool open_channels(child *c)
{
    *c = (child){.pid = -1, .ours = {-1, -1, -1}, .theirs = {-1, -1, -1}};
    for (int i = 0; i < CHANNELS; i++) {
        if (!open_channel(&c->ours[i], &c->theirs[i])) {
            close_all(c);
            return false;
        }
    }
    return true;
}

/* The environment with LC_ALL=C.UTF-8 (UTF-8 titles, decimal points) and without what changes gnuplot's or dot's defaults. */
static char **child_environment(char **room)
{
    static char locale[] = "LC_ALL=C.UTF-8";
    int count = 0;
    room[count++] = locale;
    for (char **e = environ; e != NULL && *e != NULL && count < VARIABLES; e++) {
        if (strncmp(*e, "LC_ALL=", 7) != 0 && strncmp(*e, "GNUTERM=", 8) != 0 && strncmp(*e, "GNUPLOT", 7) != 0 &&
            strncmp(*e, "DOT", 3) != 0) {
            room[count++] = *e;
        }
    }
    room[count] = NULL;
    return room;
}

/* posix_spawnp with the channels as stdin, stdout and stderr. 0 or an errno. */
static int spawn(child *c, const drawer *by)
{
    char *variables[VARIABLES + 1];
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    if (posix_spawn_file_actions_init(&files) != 0) {
        return ENOMEM;
    }
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&files);
        return ENOMEM;
    }
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGINT);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    int status = 0;
    for (int i = 0; i < CHANNELS && status == 0; i++) {
        status = posix_spawn_file_actions_adddup2(&files, c->theirs[i], i);
    }
    if (status == 0) {
        status = posix_spawnp(&c->pid, by->name, &files, &attributes, by->arguments, child_environment(variables));
    }
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return status;
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Sends what the socket takes; closes it at the script's end, or when the child no longer listens (its messages say why). */
static void send_some(child *c, const text *script, size_t *sent)
{
    ssize_t n = send(c->ours[SCRIPT], script->bytes + *sent, script->length - *sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0) {
        *sent += (size_t)n;
    }
    bool broken = n < 0 && errno != EAGAIN && errno != EINTR;
    if (broken || *sent == script->length) {
        close_end(&c->ours[SCRIPT]);
    }
}

/* Takes what is there; closes the channel at its end. */
static void receive_some(int *fd, text *into)
{
    char block[65536];
    ssize_t n = recv(*fd, block, sizeof(block), MSG_DONTWAIT);
    if (n > 0 && into->length + (size_t)n <= PICTURE_LIMIT) {
        ssi_text_bytes(into, block, (size_t)n);
    } else if (n >= 0 || (errno != EAGAIN && errno != EINTR)) {
        close_end(fd);
    }
}

/* Talks until both answers have ended. False when the time was up. */
static bool converse(child *c, const text *script, text *picture, text *messages)
{
    size_t sent = 0;
    int64_t deadline = now_ms() + ssi_drawer_limit_ms;
    while (c->ours[PICTURE] >= 0 || c->ours[MESSAGES] >= 0) {
        struct pollfd waits[CHANNELS] = {
            {.fd = c->ours[SCRIPT], .events = POLLOUT},
            {.fd = c->ours[PICTURE], .events = POLLIN},
            {.fd = c->ours[MESSAGES], .events = POLLIN},
        };
        int64_t left = deadline - now_ms();
        if (left <= 0) {
            return false;
        }
        if (poll(waits, CHANNELS, (int)left) <= 0) {
            continue; /* a signal, or the time: the next turn sees which */
        }
        if (waits[SCRIPT].revents != 0) {
            send_some(c, script, &sent);
        }
        if (waits[PICTURE].revents != 0) {
            receive_some(&c->ours[PICTURE], picture);
        }
        if (waits[MESSAGES].revents != 0) {
            receive_some(&c->ours[MESSAGES], messages);
        }
    }
    return true;
}

/* Waits for the child's end. True when it exited with 0, or when the host has SIGCHLD ignored and nobody can know. */
static bool ended_well(const child *c)
{
    int status = 0;
    pid_t waited;
    do {
        waited = waitpid(c->pid, &status, 0);
    } while (waited < 0 && errno == EINTR);
    return waited < 0 ? errno == ECHILD : WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The first line that is a complaint, cut to what an error holds; NULL if there is none. Fontconfig complains about a cache it
 * cannot write in a read-only home, and draws all the same. */
static const char *first_complaint(const drawer *by, text *messages)
{
    char *line = messages->bytes, *rest = NULL;
    for (line = line != NULL ? strtok_r(line, "\n", &rest) : NULL; line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        bool is_pointer = line[strspn(line, " \t^")] == '\0' || strncmp(line, "gnuplot>", 8) == 0;
        bool is_harmless = strncmp(line, "Fontconfig ", 11) == 0 || (by->warns && strncmp(line, "Warning: ", 9) == 0);
        if (!is_pointer && !is_harmless) {
            return line;
        }
    }
    return NULL;
}

static int judge(const drawer *by, bool in_time, bool well, text *picture, text *messages)
{
    const char *complaint = first_complaint(by, messages);
    if (picture->failed || messages->failed) {
        return SSI_NO_MEMORY;
    }
    if (!in_time) {
        return ssi_fail(SSI_IO, by->operation, "%s did not finish within %g seconds", by->name,
                        ssi_drawer_limit_ms / 1000.0);
    }
    if (complaint != NULL) {
        return ssi_fail(SSI_IO, by->operation, "%s says: %.300s", by->name, complaint);
    }
    if (!well || picture->length == 0) {
        return ssi_fail(SSI_IO, by->operation, "%s ended without a picture", by->name);
    }
    return 0;
}

int ssi_draw(const drawer *by, const text *script, text *picture)
{
    child c;
    if (!open_channels(&c)) {
        return ssi_fail(SSI_IO, by->operation, "no channel to %s: %s", by->name, strerror(errno));
    }
    int status = spawn(&c, by);
    for (int i = 0; i < CHANNELS; i++) {
        close_end(&c.theirs[i]);
    }
    if (status != 0) {
        close_all(&c);
        return status == ENOENT ? ssi_fail(SSI_UNSUPPORTED, by->operation, "%s", by->missing)
                                : ssi_fail(SSI_IO, by->operation, "%s does not start: %s", by->name, strerror(status));
    }
    text messages = {0};
    bool in_time = converse(&c, script, picture, &messages);
    close_all(&c);
    if (!in_time) {
        kill(c.pid, SIGKILL);
    }
    bool well = ended_well(&c);
    int result = judge(by, in_time, well, picture, &messages);
    ssi_text_free(&messages);
    return result;
}

bool ssi_drawer_there(const drawer *by)
{
    const char *path = getenv("PATH");
    for (const char *folder = path != NULL ? path : "/usr/bin:/bin"; folder != NULL;) {
        const char *end = strchr(folder, ':');
        int length = end != NULL ? (int)(end - folder) : (int)strlen(folder);
        char program[4096];
        int written = snprintf(program, sizeof(program), "%.*s%s%s", length, folder, length > 0 ? "/" : "", by->name);
        if (written > 0 && (size_t)written < sizeof(program) && access(program, X_OK) == 0) {
            return true;
        }
        folder = end != NULL ? end + 1 : NULL;
    }
    return false;
}

int ssi_drawer_find(const drawer *by)
{
    return ssi_drawer_there(by) ? 0 : ssi_fail(SSI_UNSUPPORTED, by->operation, "%s", by->missing);
}
