/*
 * learner.c - the learner's folder and progress.
 */
#include "learner.h"

#include "../cli.h"
#include "files.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- files ---- */

char *learner_folder(const lesson *l, char *out)
{
    char all[PATH_MAX];
    place_learner(all);
    return path_join(out, all, l->name);
}

char *learner_file(const lesson *l, char *out)
{
    char folder[PATH_MAX];
    return path_join(out, learner_folder(l, folder), "start.c");
}

bool learner_has(const lesson *l, const char *file)
{
    struct stat found;
    if (!file_exists(file)) {
        fail(T("%s is not there; `ssi learn %d` puts it there",
               "%s 파일이 없습니다. `ssi learn %d` 명령이 만들어 줍니다"),
             file, l->number);
        return false;
    }
    if (stat(file, &found) == 0 && found.st_size == 0) {
        fail(T("%s is empty: save what you wrote, or delete the file, and `ssi learn %d` puts a fresh one there",
               "%s 파일이 비어 있습니다. 쓴 것을 저장하세요. 처음부터 다시 하려면 이 파일을 지우고 `ssi learn %d`"),
             file, l->number);
        return false;
    }
    return true;
}

/* Says that it could not be made, and the way out. */
static void tell_unwritable(const char *path)
{
    int problem = errno;
    fail(problem == EACCES || problem == EROFS ? T("%s: %s; SSI_LEARN=FOLDER ssi learn N takes another folder",
                                                   "%s: %s. SSI_LEARN=폴더 ssi learn N 명령은 다른 폴더를 씁니다")
                                               : "%s: %s",
         path, strerror(problem));
}

/* A file that is there stays as it is. */
static bool copy_file(const char *from, const char *to, bool *fresh)
{
    *fresh = file_copy_new(from, to);
    if (!*fresh && errno != EEXIST) {
        tell_unwritable(to);
        return false;
    }
    return true;
}

/* Large files are not copied: a link leads to them. */
static void bring_data(const lesson *l, const char *folder)
{
    size_t i;
    const json_t *file;
    char from[PATH_MAX], to[PATH_MAX];
    bool fresh;
    json_array_foreach(json_object_get(l->spec, "files"), i, file)
    {
        const char *name = json_string_value(file);
        if (name == NULL || !lesson_file(l, name, from)) {
            continue;
        }
        path_join(to, folder, path_name(name));
        if (strncmp(name, "data/", 5) == 0) {
            if (symlink(from, to) != 0 && errno != EEXIST) {
                tell_unwritable(to);
            }
        } else {
            copy_file(from, to, &fresh);
        }
    }
}

/* Files that tests look at: "file" of a test of kind compile_error. */
static void bring_others(const lesson *l, const char *folder)
{
    size_t i;
    const json_t *test;
    char from[PATH_MAX], to[PATH_MAX];
    bool fresh;
    json_array_foreach(json_object_get(l->spec, "tests"), i, test)
    {
        const char *name = json_string_value(json_object_get(test, "file"));
        if (name != NULL && strchr(name, '/') == NULL && file_exists(path_join(from, l->folder, name))) {
            copy_file(from, path_join(to, folder, name), &fresh);
        }
    }
}

bool learner_copy(const lesson *l, bool *fresh)
{
    char folder[PATH_MAX], from[PATH_MAX], to[PATH_MAX];
    if (!folder_make(learner_folder(l, folder))) {
        tell_unwritable(folder);
        return false;
    }
    if (!copy_file(path_join(from, l->folder, "start.c"), path_join(to, folder, "start.c"), fresh)) {
        return false;
    }
    bring_data(l, folder);
    bring_others(l, folder);
    return true;
}

/* ---- progress ---- */

static bool progress_path(char *out)
{
    char folder[PATH_MAX];
    bool there = place_state(folder);
    path_join(out, folder, "progress.json");
    return there;
}

/* A file that cannot be read as progress is renamed, so that nothing of it is lost. */
static void set_aside(const char *path)
{
    char aside[PATH_MAX];
    snprintf(aside, sizeof(aside), "%.*s.damaged-%ld", PATH_MAX - 40, path, (long)time(NULL));
    if (rename(path, aside) == 0) {
        fail(T("your progress could not be read; it is kept as %s, and starts anew. Your programs are untouched",
               "진도 파일을 읽을 수 없어 %s(으)로 옮겨 두고 새로 시작합니다. 쓰신 프로그램은 그대로입니다"),
             aside);
    }
}

json_t *progress_read(void)
{
    char path[PATH_MAX];
    if (!progress_path(path) || !file_exists(path)) {
        return json_object();
    }
    json_t *read = json_load_file(path, 0, NULL);
    const json_t *lessons = json_object_get(read, "lessons");
    if (!json_is_object(read) || (lessons != NULL && !json_is_object(lessons))) {
        json_decref(read);
        set_aside(path);
        return json_object();
    }
    return read;
}

bool progress_write(json_t *progress)
{
    char path[PATH_MAX];
    bool there = progress_path(path);
    if (json_object_get(progress, "version") == NULL) {
        json_object_set_new(progress, "version", json_integer(1));
    }
    char *text = json_dumps(progress, JSON_INDENT(1));
    bool good = there && text != NULL && file_write(path, text, strlen(text));
    if (!good) {
        fail(T("your progress could not be saved: %s: %s", "진도를 저장하지 못했습니다: %s: %s"), path,
             strerror(errno));
    }
    free(text);
    return good;
}

static const char *key_of(int number, char out[16])
{
    snprintf(out, 16, "%d", number);
    return out;
}

int progress_get(const json_t *progress, int number, const char *what)
{
    char key[16];
    const json_t *value =
        json_object_get(json_object_get(json_object_get(progress, "lessons"), key_of(number, key)), what);
    return json_is_integer(value) ? (int)json_integer_value(value) : json_is_true(value);
}

/* The object under the key, made if there is none. */
static json_t *object_in(json_t *object, const char *key)
{
    if (!json_is_object(json_object_get(object, key))) {
        json_object_set_new(object, key, json_object());
    }
    return json_object_get(object, key);
}

void progress_set(json_t *progress, int number, const char *what, int value)
{
    char key[16];
    json_object_set_new(object_in(object_in(progress, "lessons"), key_of(number, key)), what, json_integer(value));
}

int progress_current(const json_t *progress)
{
    const json_t *current = json_object_get(progress, "current");
    return json_is_integer(current) ? (int)json_integer_value(current) : -1;
}

void progress_make_current(json_t *progress, int number)
{
    json_object_set_new(progress, "current", json_integer(number));
}

int learner_lesson(const char *verb, const char *operand)
{
    char here[PATH_MAX];
    if (operand != NULL) {
        int number = lesson_number(operand);
        if (number < 0) {
            bool file = strstr(operand, ".c") != NULL && strcmp(verb, "check") == 0;
            wrong_use(file ? T("%s: '%s' is no lesson's number; of another file: ssi check N --file FILE",
                               "%s: '%s'은(는) 레슨 번호가 아닙니다. 다른 파일은 ssi check N --file 파일")
                           : T("%s: '%s' is no lesson's number; `ssi learn` lists them",
                               "%s: '%s'은(는) 레슨 번호가 아닙니다. 목록은 `ssi learn`"),
                      verb, operand);
        }
        return number;
    }
    if (getcwd(here, sizeof(here)) != NULL && file_exists("start.c") && lesson_number(here) >= 0) {
        return lesson_number(here);
    }
    json_t *progress = progress_read();
    int number = progress_current(progress);
    json_decref(progress);
    if (number < 0) {
        wrong_use(T("%s: which lesson? `ssi learn` lists them", "%s: 몇 번 레슨인가요? 목록은 `ssi learn`으로 봅니다"),
                  verb);
    }
    return number;
}
