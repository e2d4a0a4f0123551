/*
 * reference.c - what a lesson's solution answers. It is compiled and run once; its answers stay in the cache under a key made of all that they hang on.
 */
#include "grade.h"

#include "../cli.h"
#include "files.h"

#include <string.h>
#include <sys/stat.h>

/* FNV-1a, 64 bits (Fowler, Noll, Vo): enough to notice a change, which is all it is for. */
static uint64_t mix(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001B3u;
    }
    return hash;
}

static uint64_t mix_file(uint64_t hash, const char *folder, const char *name)
{
    char path[PATH_MAX];
    size_t length = 0;
    char *bytes = file_read(path_join(path, folder, name), 1 << 24, &length);
    hash = mix(hash, bytes != NULL ? bytes : "-", bytes != NULL ? length : 1);
    free(bytes);
    return hash;
}

/* When a file was changed last, and its size. */
static uint64_t mix_stamp(uint64_t hash, const char *path)
{
    struct stat found;
    memset(&found, 0, sizeof(found));
    stat(path, &found);
    hash = mix(hash, path, strlen(path));
    hash = mix(hash, (const char *)&found.st_mtim, sizeof(found.st_mtim));
    return mix(hash, (const char *)&found.st_size, sizeof(found.st_size));
}

static void key_of(const course *c, const lesson *l, uint64_t seed, char *out, size_t size)
{
    static const char *const parts[] = {"solution.c", "probe.c", "check.json"};
    uint64_t hash = 0xCBF29CE484222325u;
    compiler used;
    char library[PATH_MAX];
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        hash = mix_file(hash, l->folder, parts[i]);
    }
    hash = mix_file(hash, c->place.shared, "lesson.h");
    hash = mix_file(hash, c->place.shared, "lesson_array.h");
    hash = mix_stamp(hash, path_join(library, c->place.library, "libssi.so"));
    if (compiler_find(&used, false)) {
        hash = mix_stamp(hash, used.path);
    }
    snprintf(out, size, "%s-%llu-%016llx", l->name, (unsigned long long)seed, (unsigned long long)hash);
}

/* The cache's file for the key. */
static bool cache_path(const char *key, char *out)
{
    char folder[PATH_MAX], name[300], lessons[PATH_MAX];
    snprintf(name, sizeof(name), "%s.json", key);
    return place_cache(folder) && folder_make(path_join(lessons, folder, "lessons")) &&
           path_join(out, lessons, name) != NULL;
}

bool reference_compile(workshop *w, const course *c, const lesson *l)
{
    char path[PATH_MAX];
    if (!workshop_open(w, c, l, path_join(path, l->folder, "solution.c"), false)) {
        return false;
    }
    if (!w->compiled) {
        fail(T("the solution of %s does not compile; please tell us:\n%s",
               "%s의 모범 답안이 컴파일되지 않습니다. 알려 주세요:\n%s"),
             l->name, w->words != NULL ? w->words : "");
        workshop_close(w);
        return false;
    }
    return true;
}

bool reference_run(reference *r, workshop *w, uint64_t seed)
{
    *r = (reference){seed, json_object()};
    size_t i;
    const json_t *test;
    json_array_foreach(json_object_get(w->lesson->spec, "tests"), i, test)
    {
        answer a;
        workshop_run(w, test, seed, &a);
        json_object_set_new(r->answers, json_string_value(json_object_get(test, "id")),
                            json_string(a.text != NULL ? a.text : ""));
        answer_free(&a);
    }
    return r->answers != NULL;
}

/* Compiles the solution and runs it once. */
static bool ask_solution(reference *r, const course *c, const lesson *l, uint64_t seed)
{
    workshop w;
    if (!reference_compile(&w, c, l)) {
        return false;
    }
    bool good = reference_run(r, &w, seed);
    workshop_close(&w);
    return good;
}

bool reference_open(reference *r, const course *c, const lesson *l, uint64_t seed, bool cached)
{
    char key[256], path[PATH_MAX];
    key_of(c, l, seed, key, sizeof(key));
    bool kept = cached && cache_path(key, path);
    *r = (reference){seed, kept ? json_load_file(path, 0, NULL) : NULL};
    if (json_is_object(r->answers)) {
        return true;
    }
    json_decref(r->answers);
    r->answers = NULL;
    bool good = ask_solution(r, c, l, seed);
    char *text = kept && good ? json_dumps(r->answers, JSON_INDENT(1)) : NULL;
    if (text != NULL) {
        file_write(path, text, strlen(text)); /* if it cannot be kept, it is made again */
        free(text);
    }
    return good;
}

void reference_close(reference *r)
{
    json_decref(r->answers);
    r->answers = NULL;
}

const char *reference_text(const reference *r, const json_t *test)
{
    const char *text = json_string_value(json_object_get(r->answers, json_string_value(json_object_get(test, "id"))));
    return text != NULL ? text : "";
}
