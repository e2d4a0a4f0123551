/*
 * output.c - results on stdout, and whether they arrived.
 */
#include "cli.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int print_json(json_t *object)
{
    char *line = object != NULL ? json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(9)) : NULL;
    json_decref(object);
    if (line == NULL) {
        return fail(T("out of memory", "메모리가 부족합니다"));
    }
    puts(line);
    fflush(stdout); /* a reader at the other end of a pipe follows line by line */
    free(line);
    return CLI_OK;
}

json_t *number_or_null(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

bool can_write(const char *path)
{
    struct stat existing;
    const char *slash = strrchr(path, '/');
    char folder[PATH_MAX] = ".";
    if (slash != NULL) {
        snprintf(folder, sizeof(folder), "%.*s", slash == path ? 1 : (int)(slash - path), path);
    }
    if (stat(path, &existing) == 0 && !S_ISREG(existing.st_mode)) {
        fail(T("cannot write %s: it is not a plain file", "%s에 쓸 수 없습니다: 보통 파일이 아닙니다"), path);
        return false;
    }
    if (access(folder, W_OK | X_OK) != 0) {
        fail(T("cannot write %s: %s", "%s에 쓸 수 없습니다: %s"), path, strerror(errno));
        return false;
    }
    return true;
}

int finish_output(int code)
{
    errno = 0;
    bool lost = fflush(stdout) != 0 || ferror(stdout) != 0;
    if (!lost) {
        return code;
    }
    if (errno != EPIPE && errno != 0) {
        fail(T("cannot write the results: %s", "결과를 쓸 수 없습니다: %s"), strerror(errno));
    }
    return code == CLI_OK ? CLI_FAILED : code;
}
