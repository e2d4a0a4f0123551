/*
 * book_pictures.c - compiles each lesson's figure.c and lets it draw, in both languages.
 */
#include "book.h"

#include "../cli.h"
#include "compile.h"
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

typedef struct studio {
    const book *book;
    compiler compiler;
    char folder[PATH_MAX]; /* where the programs are built */
} studio;

/* Builds FOLDER/figure of a lesson. False when a mistake has been told. */
static bool build(const studio *s, const lesson *l)
{
    char source[PATH_MAX];
    const char *const words[] = {path_join(source, l->folder, "figure.c"), "-o", "figure", NULL};
    const compile_job job = {.place = &s->book->course.place,
                             .compiler = &s->compiler,
                             .folder = s->folder,
                             .words = words,
                             .link = true,
                             .own = true};
    char *said = NULL;
    bool built = compile(&job, &said);
    if (!built) {
        fail("%s:\n%s", source, said != NULL ? said : "");
    }
    free(said);
    return built;
}

/* Runs it; false when it fails, which it has told on stderr. */
static bool draw(const studio *s, const lesson *l, const char *language)
{
    char program[PATH_MAX], into[PATH_MAX], part[512];
    snprintf(part, sizeof(part), "pictures/%s/%s", l->name, language);
    if (!folder_make(path_join(into, s->book->folder, part))) {
        fail("%s: %s", into, strerror(errno));
        return false;
    }
    char *arguments[] = {path_join(program, s->folder, "figure"), into, (char *)language, NULL};
    pid_t child;
    int status = -1;
    int failed = posix_spawn(&child, program, NULL, NULL, arguments, environ);
    while (failed == 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (failed != 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fail(T("%s: its figure.c failed", "%s: figure.c가 실패했습니다"), l->name);
        return false;
    }
    return true;
}

/* The book shows the SVGs; the PNGs beside them are not needed. */
static void drop_pngs(const char *folder)
{
    char path[PATH_MAX];
    DIR *open = opendir(folder);
    for (struct dirent *entry = open != NULL ? readdir(open) : NULL; entry != NULL; entry = readdir(open)) {
        size_t length = strlen(entry->d_name);
        if (length > 4 && strcmp(entry->d_name + length - 4, ".png") == 0) {
            unlink(path_join(path, folder, entry->d_name));
        }
    }
    if (open != NULL) {
        closedir(open);
    }
}

static bool draw_lesson(const studio *s, const lesson *l)
{
    static const char *const languages[] = {"ko", "en"};
    char path[PATH_MAX], part[512];
    if (!file_exists(path_join(path, l->folder, "figure.c"))) {
        return true;
    }
    bool good = build(s, l);
    for (int i = 0; good && i < 2; i++) {
        good = draw(s, l, languages[i]);
        snprintf(part, sizeof(part), "pictures/%s/%s", l->name, languages[i]);
        drop_pngs(path_join(path, s->book->folder, part));
    }
    return good;
}

bool book_draw_pictures(const book *b)
{
    studio s = {.book = b};
    if (!compiler_find(&s.compiler, true)) {
        return false;
    }
    if (!folder_temporary(s.folder)) {
        fail("%s: %s", s.folder, strerror(errno));
        return false;
    }
    bool good = true;
    for (int i = 0; good && i < b->course.count; i++) {
        char line[128];
        snprintf(line, sizeof(line), T("pictures: lesson %d of %d", "그림: 레슨 %d / %d"), i + 1, b->course.count);
        progress_show(line);
        good = draw_lesson(&s, &b->course.lesson[i]);
    }
    progress_clear();
    folder_remove(s.folder);
    return good;
}
