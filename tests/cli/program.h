/*
 * program.h - drives the real program as a user does: a line for the shell in, exit code, stdout and stderr out.
 *
 * Every test program works in a folder of its own. `ssi` on PATH is the one that was built (SSI_PROGRAM, set by CMake); the language
 * is English unless the line says otherwise.
 */
#ifndef SSI_TESTS_PROGRAM_H
#define SSI_TESTS_PROGRAM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the last line printed. */
static char out[1 << 18], err[1 << 18];

static inline void slurp(const char *path, char *into, size_t size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    into[fread(into, 1, size - 1, file)] = '\0';
    fclose(file);
}

/* Runs a line (printf's format) in the test's folder; returns its exit code, 128 + n after signal n. */
__attribute__((format(printf, 1, 2))) static inline int run(const char *format, ...)
{
    char line[4096], whole[4400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    snprintf(whole, sizeof(whole), "{ %s\n} >.out 2>.err </dev/null", line);
    int status = system(whole);
    slurp(".out", out, sizeof(out));
    slurp(".err", err, sizeof(err));
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static inline void expect(int code, int wanted, const char *file, int line)
{
    if (code != wanted) {
        print_error("exit code %d instead of %d\nstdout: %s\nstderr: %s\n", code, wanted, out, err);
        _fail(file, line);
    }
}
/* The line ends with this exit code. */
#define expect_exit(wanted, ...) expect(run(__VA_ARGS__), wanted, __FILE__, __LINE__)

static inline void expect_in(const char *text, const char *part, const char *file, int line)
{
    if (strstr(text, part) == NULL) {
        print_error("no '%s' in:\n%s\nstderr: %s\n", part, text, err);
        _fail(file, line);
    }
}
#define expect_text(text, part) expect_in(text, part, __FILE__, __LINE__)

/* The group's set-up: the folder, the path, the language. */
static inline int enter_folder(void **state)
{
    (void)state;
    static char folder[] = "/tmp/ssi-cli-XXXXXX", program[PATH_MAX], path[3 * PATH_MAX];
    const char *built = getenv("SSI_PROGRAM");
    if (built == NULL || realpath(built, program) == NULL) {
        print_error("SSI_PROGRAM must name the program to test\n");
        return -1;
    }
    snprintf(path, sizeof(path), "%s:%s", dirname(program), getenv("PATH"));
    setenv("PATH", path, 1);
    setenv("LANG", "C.UTF-8", 1);
    static const char *const unset[] = {"LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS", "SSI_THREADS", "SSI_DATA"};
    for (size_t i = 0; i < sizeof(unset) / sizeof(unset[0]); i++) {
        unsetenv(unset[i]);
    }
    if (mkdtemp(folder) == NULL || chdir(folder) != 0) {
        return -1;
    }
    setenv("XDG_CACHE_HOME", folder, 1);
    setenv("HERE", folder, 1);
    return 0;
}

static inline int leave_folder(void **state)
{
    (void)state;
    return system("cd / && rm -rf \"$HERE\"");
}

#endif
