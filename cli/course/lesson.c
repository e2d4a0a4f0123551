/*
 * lesson.c - finding lessons and reading what is in their folders.
 */
#include "lesson.h"

#include "../cli.h"
#include "files.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <string.h>

#define TEXT_LIMIT ((size_t)1 << 20) /* bytes of a lesson's text, and of its check.json */

int lesson_number(const char *text)
{
    const char *name = path_name(text);
    int digits = 0, number = 0;
    for (; isdigit((unsigned char)name[digits]) && digits < 4; digits++) {
        number = 10 * number + name[digits] - '0';
    }
    return digits > 0 && digits < 4 && (name[digits] == '\0' || name[digits] == '-') ? number : -1;
}

static int by_number(const void *a, const void *b)
{
    const lesson *x = a, *y = b;
    return x->number != y->number ? x->number - y->number : strcmp(x->name, y->name);
}

static bool add_lesson(course *c, const char *name)
{
    char path[PATH_MAX];
    lesson *more = realloc(c->lesson, (size_t)(c->count + 1) * sizeof(*more));
    if (more == NULL) {
        return false;
    }
    c->lesson = more;
    lesson *l = &more[c->count];
    *l = (lesson){.number = lesson_number(name)};
    snprintf(l->name, sizeof(l->name), "%s", name);
    path_join(l->folder, c->place.lessons, name);
    c->count += file_exists(path_join(path, l->folder, "check.json"));
    return true;
}

bool course_open(course *out, const char *lessons)
{
    memset(out, 0, sizeof(*out));
    if (!place_find(&out->place, lessons)) {
        return false;
    }
    DIR *folder = opendir(out->place.lessons);
    if (folder == NULL) {
        fail("%s: %s", out->place.lessons, strerror(errno));
        return false;
    }
    bool good = true;
    for (struct dirent *entry = readdir(folder); entry != NULL && good; entry = readdir(folder)) {
        bool named = lesson_number(entry->d_name) >= 0 && strchr(entry->d_name, '-') != NULL;
        good = !named || strlen(entry->d_name) >= sizeof(((lesson *)0)->name) || add_lesson(out, entry->d_name);
    }
    closedir(folder);
    if (!good || out->count == 0) {
        fail(good ? T("there are no lessons in %s: folders NN-name with a check.json",
                      "%s에 레슨이 없습니다. 레슨은 check.json이 든 NN-이름 폴더입니다")
                  : T("out of memory while reading %s", "메모리가 부족합니다: %s"),
             out->place.lessons);
        course_close(out);
        return false;
    }
    qsort(out->lesson, (size_t)out->count, sizeof(*out->lesson), by_number);
    return true;
}

void course_close(course *c)
{
    for (int i = 0; i < c->count; i++) {
        json_decref(c->lesson[i].spec);
    }
    free(c->lesson);
    memset(c, 0, sizeof(*c));
}

/* Reads check.json, and refuses one that no grader could follow. */
static bool read_spec(lesson *l)
{
    char path[PATH_MAX];
    json_error_t problem;
    l->spec = json_load_file(path_join(path, l->folder, "check.json"), JSON_REJECT_DUPLICATES, &problem);
    if (l->spec == NULL) {
        fail("%s:%d: %s", path, problem.line, problem.text);
        return false;
    }
    size_t i;
    const json_t *test, *tests = json_object_get(l->spec, "tests");
    json_array_foreach(tests, i, test)
    {
        if (!json_is_string(json_object_get(test, "id")) || !json_is_string(json_object_get(test, "kind"))) {
            fail("%s: %s", path, T("every test needs an id and a kind", "모든 검사에는 id와 kind가 있어야 합니다"));
            return false;
        }
    }
    if (json_array_size(tests) == 0) {
        fail("%s: %s", path, T("there are no tests", "검사(tests)가 없습니다"));
        return false;
    }
    return true;
}

lesson *lesson_open(course *c, int number)
{
    for (int i = 0; i < c->count; i++) {
        if (c->lesson[i].number == number) {
            return c->lesson[i].spec != NULL || read_spec(&c->lesson[i]) ? &c->lesson[i] : NULL;
        }
    }
    fail(T("there is no lesson %d; the lessons are %d to %d, and `ssi learn` lists them",
           "%d번 레슨은 없습니다. 레슨은 %d번부터 %d번까지이고, 목록은 `ssi learn`으로 봅니다"),
         number, c->lesson[0].number, c->lesson[c->count - 1].number);
    return NULL;
}

/* A data set's file, which may lie there packed; then the cache has it unpacked. */
static bool data_file(const char *set, const char *name, char *out)
{
    char folder[PATH_MAX], packed[PATH_MAX], unpacked[PATH_MAX], cache[PATH_MAX];
    if (!ssi_dataset_find(set, folder, sizeof(folder))) {
        return false;
    }
    if (file_exists(path_join(out, folder, name))) {
        return true;
    }
    snprintf(packed, sizeof(packed), "%.*s.gz", PATH_MAX - 4, out);
    if (!place_cache(cache) || !file_exists(packed)) {
        return false;
    }
    path_join(unpacked, path_join(folder, cache, "unpacked"), set);
    return folder_make(unpacked) && (file_exists(path_join(out, unpacked, name)) || file_unpack(packed, out));
}

bool lesson_file(const lesson *l, const char *name, char *out)
{
    char set[64];
    if (strncmp(name, "data/", 5) != 0 || strchr(name + 5, '/') == NULL) {
        return strchr(name, '/') == NULL && file_exists(path_join(out, l->folder, name));
    }
    snprintf(set, sizeof(set), "%.*s", (int)strcspn(name + 5, "/"), name + 5);
    return data_file(set, path_name(name), out);
}

const char *lesson_say(const json_t *both)
{
    const char *text = json_string_value(json_object_get(both, T("en", "ko")));
    return text != NULL ? text : "";
}

char *lesson_text(const lesson *l)
{
    char path[PATH_MAX];
    char *text = file_read(path_join(path, l->folder, T("lesson.en.md", "lesson.ko.md")), TEXT_LIMIT, NULL);
    if (text == NULL) {
        fail("%s: %s", path, strerror(errno));
    }
    return text;
}

const char *lesson_title(const lesson *l, char *out, size_t size)
{
    char path[PATH_MAX];
    char *text = file_read(path_join(path, l->folder, T("lesson.en.md", "lesson.ko.md")), TEXT_LIMIT, NULL);
    const char *title = text != NULL ? strchr(text, '.') : NULL;
    title = title != NULL ? title + 1 + strspn(title + 1, " ") : l->name;
    snprintf(out, size, "%.*s", (int)strcspn(title, "\n"), title);
    free(text);
    return out;
}
