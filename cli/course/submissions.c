/*
 * submissions.c - looks through a folder of submissions. Links are not followed: a submission is what its student wrote.
 */
#include "submissions.h"

#include "../cli.h"
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static bool is_own(const char *path, mode_t kind)
{
    struct stat found;
    return lstat(path, &found) == 0 && (found.st_mode & S_IFMT) == kind;
}

static int by_lesson(const void *a, const void *b)
{
    const submission *x = a, *y = b;
    return x->lesson->number != y->lesson->number ? x->lesson->number - y->lesson->number
                                                  : strcmp(x->student, y->student);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool add(submissions *s, const char *student, const lesson *l, const char *file)
{
    submission *more = realloc(s->item, (size_t)(s->count + 1) * sizeof(*more));
    if (more == NULL) {
        return false;
    }
    s->item = more;
    more[s->count] = (submission){strdup(student), l, strdup(file)};
    s->count++;
    return more[s->count - 1].student != NULL && more[s->count - 1].file != NULL;
}

static const lesson *find_lesson(const course *c, int number)
{
    for (int i = 0; i < c->count; i++) {
        if (c->lesson[i].number == number) {
            return &c->lesson[i];
        }
    }
    return NULL;
}

/* The student's folders NN and NN-name. */
static bool look_through(submissions *s, const course *c, const char *student, const char *folder)
{
    char path[PATH_MAX], file[PATH_MAX];
    DIR *all = opendir(folder);
    bool good = true;
    for (struct dirent *entry = all != NULL ? readdir(all) : NULL; entry != NULL && good; entry = readdir(all)) {
        int number = lesson_number(entry->d_name);
        if (number < 0 || !is_own(path_join(path, folder, entry->d_name), S_IFDIR)) {
            continue;
        }
        const lesson *l = find_lesson(c, number);
        path_join(file, path, "start.c");
        if (l == NULL) {
            fail(T("%s: there is no lesson %d", "%s: %d번 레슨은 없습니다"), path, number);
        } else if (!is_own(file, S_IFREG)) {
            fail(T("%s is no plain file", "%s: 보통 파일이 아닙니다"), file);
        } else {
            good = add(s, student, l, file);
        }
    }
    if (all != NULL) {
        closedir(all);
    }
    return good;
}

static bool add_student(submissions *s, const char *name)
{
    char **more = realloc(s->student, (size_t)(s->students + 1) * sizeof(*more));
    if (more == NULL) {
        return false;
    }
    s->student = more;
    more[s->students] = strdup(name);
    return more[s->students++] != NULL;
}

bool submissions_find(submissions *out, course *c, const char *folder)
{
    *out = (submissions){0};
    DIR *all = opendir(folder);
    if (all == NULL) {
        fail("%s: %s", folder, strerror(errno));
        return false;
    }
    bool good = true;
    char path[PATH_MAX];
    for (struct dirent *entry = readdir(all); entry != NULL && good; entry = readdir(all)) {
        if (entry->d_name[0] != '.' && is_own(path_join(path, folder, entry->d_name), S_IFDIR)) {
            good = add_student(out, entry->d_name) && look_through(out, c, entry->d_name, path);
        }
    }
    closedir(all);
    if (!good || out->students == 0) {
        fail(good ? T("%s has no folders of students", "%s 안에 학생 폴더가 없습니다")
                  : T("out of memory in %s", "메모리가 부족합니다: %s"),
             folder);
        submissions_free(out);
        return false;
    }
    qsort(out->item, (size_t)out->count, sizeof(*out->item), by_lesson);
    qsort(out->student, (size_t)out->students, sizeof(*out->student), by_name);
    return true;
}

void submissions_free(submissions *s)
{
    for (int i = 0; i < s->count; i++) {
        free(s->item[i].student);
        free(s->item[i].file);
    }
    for (int i = 0; i < s->students; i++) {
        free(s->student[i]);
    }
    free(s->item);
    free(s->student);
    *s = (submissions){0};
}
