/*
 * course.h - what the tests of the course share: the lessons of tests/course/lessons, files written on the spot, and the JSON that `ssi check` gives.
 */
#ifndef SSI_TESTS_COURSE_H
#define SSI_TESTS_COURSE_H

#include "cli/program.h"

#include <jansson.h>
#include <stdbool.h>

/* The group's set-up: home, progress and cache in the test's folder. */
static inline int enter_course(void **state)
{
    int status = enter_folder(state);
    const char *here = getenv("HERE");
    char path[PATH_MAX];
    setenv("HOME", here, 1);
    snprintf(path, sizeof(path), "%s/data", here);
    setenv("XDG_DATA_HOME", path, 1);
    snprintf(path, sizeof(path), "%s/lessons", here);
    setenv("SSI_LEARN", path, 1);
    setenv("LESSONS", SSI_TESTS "/course/lessons", 1);
    unsetenv("CC");
    return status;
}

static inline void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* What `ssi check NUMBER --file FILE --json` says, to be freed by json_decref; `before` stands before the command: "CC=tcc ", "". */
static inline json_t *check_with(const char *before, int number, const char *file)
{
    run("%sssi check %d --lessons $LESSONS --file %s --json", before, number, file);
    json_t *said = json_loads(out, 0, NULL);
    if (said == NULL) {
        fail_msg("no JSON: %s%s", out, err);
    }
    return said;
}

static inline const char *said_text(const json_t *said, const char *key)
{
    const char *text = json_string_value(json_object_get(said, key));
    return text != NULL ? text : "";
}

/* Whether learners' programs can be linked with this build's library; says why not. */
static inline bool has_library(void)
{
    if (run("cd $(dirname $(command -v ssi)) && test -e libssi.so && ! grep -q '__asan_init\\|__tsan_init' "
            "libssi.so") == 0) {
        return true;
    }
    print_message("not tried: this build has no libssi.so that a program without sanitizers can be linked with\n");
    return false;
}

static inline bool has_command(const char *name)
{
    if (run("command -v %s", name) == 0) {
        return true;
    }
    print_message("not tried: %s is not installed\n", name);
    return false;
}

#endif
