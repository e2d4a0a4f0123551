/*
 * compile.c - the system's compiler, run in the sandbox: a source can make it run for ever or read what it should not, too.
 */
#include "compile.h"

#include "../cli.h"
#include "files.h"
#include "sandbox.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

enum { SECONDS = 20, MEGABYTES = 2048, OUTPUT = 1 << 18, MOST_WORDS = 48, MOST_HEADERS = 16 };

bool program_find(const char *name, char *out)
{
    if (strchr(name, '/') != NULL) {
        return realpath(name, out) != NULL && access(out, X_OK) == 0;
    }
    const char *path = getenv("PATH");
    char folder[PATH_MAX];
    while (path != NULL && *path != '\0') {
        size_t length = strcspn(path, ":");
        snprintf(folder, sizeof(folder), "%.*s", (int)length, path);
        if (file_exists(path_join(out, folder, name)) && access(out, X_OK) == 0) {
            return true;
        }
        path += length + (path[length] == ':');
    }
    return false;
}

static compiler_kind kind_of(const char *path)
{
    char real[PATH_MAX];
    if (realpath(path, real) == NULL || strstr(path_name(real), "ccache") != NULL) {
        snprintf(real, sizeof(real), "%s", path);
    }
    const char *name = path_name(real);
    return strstr(name, "tcc") != NULL ? COMPILER_TCC : strstr(name, "clang") != NULL ? COMPILER_CLANG : COMPILER_GCC;
}

bool compiler_find(compiler *out, bool chosen)
{
    static const char *const usual[] = {"cc", "gcc", "clang", "tcc"};
    const char *wish = getenv("CC");
    bool found = chosen && wish != NULL && wish[0] != '\0' && program_find(wish, out->path);
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]) && !found; i++) {
        found = program_find(usual[i], out->path);
    }
    if (!found) {
        fail(T("there is no C compiler; on Debian and Ubuntu: apt-get install gcc libc6-dev (or the small one: tcc)",
               "C 컴파일러가 없습니다. 데비안, 우분투에서는: apt-get install gcc libc6-dev (작은 것은 tcc)"));
        return false;
    }
    out->kind = kind_of(out->path);
    return true;
}

/* The folder above the compiler's own: a toolchain that is not in /usr lies there. */
static const char *home_of(const compiler *c, char *out)
{
    if (realpath(c->path, out) == NULL) {
        strcpy(out, c->path);
    }
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(out, '/');
        if (slash != NULL) {
            *slash = '\0';
        }
    }
    return out[0] != '\0' ? out : "/usr";
}

/* The headers that lessons share; of the folder's other files nothing is to be read: solutions lie there. */
static int find_headers(const char *folder, char (*header)[PATH_MAX])
{
    int count = 0;
    DIR *all = opendir(folder);
    for (struct dirent *entry = all != NULL ? readdir(all) : NULL; entry != NULL && count < MOST_HEADERS;
         entry = readdir(all)) {
        size_t length = strlen(entry->d_name);
        if (length > 2 && strcmp(entry->d_name + length - 2, ".h") == 0) {
            path_join(header[count++], folder, entry->d_name);
        }
    }
    if (all != NULL) {
        closedir(all);
    }
    return count;
}

typedef struct word_list {
    const char *word[MOST_WORDS + 1];
    int count;
} word_list;

static void add(word_list *list, const char *word)
{
    if (list->count < MOST_WORDS) {
        list->word[list->count++] = word;
        list->word[list->count] = NULL;
    }
}

bool compile(const compile_job *job, char **words)
{
    word_list list = {.count = 0};
    char library[PATH_MAX + 8], run_path[PATH_MAX + 16], home[PATH_MAX];
    snprintf(library, sizeof(library), "-L%s", job->place->library);
    snprintf(run_path, sizeof(run_path), "-Wl,-rpath,%s", job->place->library);
    add(&list, job->compiler->path);
    add(&list, "-std=c11");
    add(&list, "-g");
    if (job->compiler->kind != COMPILER_TCC) {
        add(&list, "-O1");
        add(&list, "-fdiagnostics-color=never");
        add(&list, job->warnings ? "-Wextra" : "-w");
    }
    if (job->warnings) {
        add(&list, "-Wall");
    }
    add(&list, "-I");
    add(&list, job->place->headers);
    add(&list, "-I");
    add(&list, job->place->shared);
    for (const char *const *word = job->words; *word != NULL; word++) {
        add(&list, *word);
    }
    if (job->link) {
        add(&list, library);
        add(&list, run_path);
        if (job->compiler->kind != COMPILER_TCC) {
            add(&list, "-Wl,--as-needed");
        }
        if (file_exists(path_join(home, job->place->library, "libssi.so"))) { /* a build with sanitizers has none */
            add(&list, "-lssi");
        }
        add(&list, "-lm");
    } else {
        add(&list, "-c");
    }
    char header[MOST_HEADERS][PATH_MAX];
    const char *readable[MOST_HEADERS + 5] = {job->place->headers, job->place->library, home_of(job->compiler, home)};
    int headers = find_headers(job->place->shared, header);
    for (int i = 0; i < headers; i++) {
        readable[3 + i] = header[i];
    }
    readable[3 + headers] = job->own ? job->place->lessons : NULL;
    sandbox_job inside = {.program = job->compiler->path,
                          .arguments = (char *const *)list.word,
                          .folder = job->folder,
                          .readable = readable,
                          .seconds = SECONDS,
                          .megabytes = MEGABYTES,
                          .output = OUTPUT,
                          .compiler = true};
    sandbox_result result;
    sandbox_run(&inside, &result);
    *words = result.err;
    result.err = NULL;
    bool good = result.end == ENDED_WELL;
    sandbox_result_free(&result);
    return good;
}
