/*
 * place.c - where the course lies.
 *
 * The program is PREFIX/bin/ssi with lessons in PREFIX/share/ssi/lessons, or CHECKOUT/build/ssi with lessons in CHECKOUT/lessons; either may have been
 * moved. A build folder elsewhere knows its checkout from the build.
 */
#include "place.h"

#include "../cli.h"
#include "files.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

/* Takes headers and library from these folders if they are there. */
static bool stands_on(place *p, const char *headers, const char *library)
{
    char path[PATH_MAX];
    if (!file_exists(path_join(path, headers, "ssi/ssi.h"))) {
        return false;
    }
    strcpy(p->headers, headers);
    strcpy(p->library, library);
    if (!file_exists(path_join(p->witness, library, "libssi-witness.so")) &&
        !file_exists(path_join(p->witness, library, "ssi/libssi-witness.so"))) {
        p->witness[0] = '\0';
    }
    return true;
}

/* The same folder without . and .. where it exists. */
static const char *resolved(char *out, const char *folder, const char *name)
{
    char joined[PATH_MAX];
    if (realpath(path_join(joined, folder, name), out) == NULL) {
        strcpy(out, joined);
    }
    return out;
}

static bool from_program(place *p)
{
    char program[PATH_MAX], folder[PATH_MAX], headers[PATH_MAX], library[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
    if (length <= 0) {
        return false;
    }
    program[length] = '\0';
    snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(program, '/') - program), program);
    resolved(p->lessons, folder, SSI_BIN_TO_DATA "/ssi/lessons");
    if (folder_exists(p->lessons) &&
        stands_on(p, resolved(headers, folder, SSI_BIN_TO_HEADERS), resolved(library, folder, SSI_BIN_TO_LIBRARY))) {
        return true;
    }
    resolved(p->lessons, folder, "../lessons");
    if (folder_exists(p->lessons) && stands_on(p, resolved(headers, folder, "../include"), folder)) {
        return true;
    }
    strcpy(p->lessons, SSI_CHECKOUT "/lessons");
    return folder_exists(p->lessons) && stands_on(p, SSI_CHECKOUT "/include", folder);
}

bool place_find(place *out, const char *lessons)
{
    if (!from_program(out)) {
        fail(T("the lessons are not where this program looks for them: beside it, or in ../share/ssi/lessons",
               "레슨 폴더(lessons)를 찾지 못했습니다. 프로그램 옆이나 ../share/ssi/lessons에 있어야 합니다"));
        return false;
    }
    strcpy(out->shared, out->lessons);
    if (lessons != NULL && (realpath(lessons, out->lessons) == NULL || !folder_exists(out->lessons))) {
        fail(T("no such folder of lessons: %s", "레슨 폴더가 없습니다: %s"), lessons);
        return false;
    }
    return true;
}

static const char *home(void)
{
    const char *set = getenv("HOME");
    if (set != NULL && set[0] == '/') {
        return set;
    }
    const struct passwd *user = getpwuid(getuid());
    return user != NULL ? user->pw_dir : "/tmp";
}

void place_learner(char *out)
{
    const char *set = getenv("SSI_LEARN");
    if (set != NULL && set[0] != '\0') {
        snprintf(out, PATH_MAX, "%s", set);
    } else {
        path_join(out, home(), "ssi-lessons");
    }
}

/* The folder that the variable names, or the one in the home folder, and `ssi` in it. */
static bool own_folder(char *out, const char *variable, const char *usual)
{
    char above[PATH_MAX];
    const char *set = getenv(variable);
    if (set != NULL && set[0] == '/') {
        snprintf(above, sizeof(above), "%s", set);
    } else {
        path_join(above, home(), usual);
    }
    return folder_make(path_join(out, above, "ssi"));
}

bool place_state(char *out)
{
    return own_folder(out, "XDG_DATA_HOME", ".local/share");
}

bool place_cache(char *out)
{
    return own_folder(out, "XDG_CACHE_HOME", ".cache");
}
