/*
 * start.c - how long a command takes from start to end when it has nothing to do: `ssi --version`. Goal: under 10 ms (median of 50, warm).
 *
 *     build/bench_start [--check] [command, default build/ssi]
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "bench/clock.h"

extern char **environ;

enum { STARTS = 50, WARM_UP = 5 };

/* Milliseconds; negative when the command fails. */
static double one_start(char *command)
{
    char version[] = "--version", *arguments[] = {command, version, NULL};
    posix_spawn_file_actions_t silent;
    pid_t child;
    int status = 1;
    posix_spawn_file_actions_init(&silent);
    posix_spawn_file_actions_addopen(&silent, 1, "/dev/null", O_WRONLY, 0);
    double start = seconds_now();
    bool started = posix_spawn(&child, command, &silent, NULL, arguments, environ) == 0;
    bool good = started && waitpid(child, &status, 0) == child && status == 0;
    double spent = (seconds_now() - start) * 1e3;
    posix_spawn_file_actions_destroy(&silent);
    return good ? spent : -1;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    char usual[] = "build/ssi";
    bool check = argc > 1 && strcmp(argv[1], "--check") == 0;
    char *command = argc > 1 + check ? argv[1 + check] : usual;
    double ms[STARTS];
    for (int i = -WARM_UP; i < STARTS; i++) {
        double spent = one_start(command);
        if (spent < 0) {
            fprintf(stderr, "%s --version failed\n", command);
            return 1;
        }
        ms[i < 0 ? 0 : i] = spent;
    }
    qsort(ms, STARTS, sizeof *ms, by_size);
    printf("%s --version: %.2f ms (median of %d; %.2f to %.2f)\n", command, ms[STARTS / 2], STARTS, ms[0],
           ms[STARTS - 1]);
    return check && ms[STARTS / 2] >= 10;
}
