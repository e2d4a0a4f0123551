/*
 * workshop.c - a file compiled with its lesson, and each test's run of it.
 */
#include "grade.h"

#include "../cli.h"
#include "files.h"
#include "source.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECONDS = 5, MEGABYTES = 512, OUTPUT = 1 << 20, SOURCE = 1 << 20, PICTURE = 1 << 24 };

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

static bool is_kind(const json_t *test, const char *kind)
{
    return strcmp(text_of(test, "kind"), kind) == 0;
}

bool is_picture(const char *name)
{
    static const char *const endings[] = {".png", ".svg", ".pdf", ".gp"};
    const char *point = strrchr(name, '.');
    for (size_t i = 0; point != NULL && i < sizeof(endings) / sizeof(endings[0]); i++) {
        if (strcmp(point, endings[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool uses_probe(const json_t *test)
{
    return is_kind(test, "table") || is_kind(test, "value") || is_kind(test, "property");
}

static bool needs_probe(const lesson *l)
{
    size_t i;
    const json_t *test;
    json_array_foreach(json_object_get(l->spec, "tests"), i, test)
    {
        if (uses_probe(test)) {
            return true;
        }
    }
    return false;
}

/* ---- compiling ---- */

static bool compile_in(workshop *w, compile_job job)
{
    char *said = NULL;
    job.place = w->place, job.compiler = &w->compiler, job.folder = w->folder;
    bool good = compile(&job, &said);
    if (!good || w->words == NULL) { /* the first words, or those of who refused */
        free(w->words);
        w->words = said;
    } else {
        free(said);
    }
    return good;
}

/* The learner's functions with the lesson's probe: the same file once more, its main under another name. */
static bool compile_probe(workshop *w)
{
    static const char *const learner[] = {"-Dmain=program_main", "start.c", "-o", "learner.o", NULL};
    static const char *const whole[] = {"probe.c", "learner.o", "-o", "probe", NULL};
    char from[PATH_MAX], to[PATH_MAX];
    if (!file_copy_new(path_join(from, w->lesson->folder, "probe.c"), path_join(to, w->folder, "probe.c"))) {
        fail("%s: %s", from, strerror(errno));
        return false;
    }
    return compile_in(w, (compile_job){.words = learner}) &&
           compile_in(w, (compile_job){.words = whole, .link = true, .own = true});
}

/* Files that a test of kind compile_error looks at lie beside the learner's, or else the lesson's own are taken. */
static void bring_files(workshop *w)
{
    size_t i;
    const json_t *test;
    char from[PATH_MAX], to[PATH_MAX];
    json_array_foreach(json_object_get(w->lesson->spec, "tests"), i, test)
    {
        const char *name = path_name(text_of(test, "file"));
        if (name[0] != '\0' && !file_copy_new(path_join(from, w->home, name), path_join(to, w->folder, name))) {
            file_copy_new(path_join(from, w->lesson->folder, name), to);
        }
    }
}

bool workshop_open_program(workshop *w, const course *c, const lesson *l, const char *file, bool chosen)
{
    static const char *const program[] = {"start.c", "-o", "program", NULL};
    memset(w, 0, sizeof(*w));
    w->lesson = l;
    w->place = &c->place;
    char *source = file_read(file, SOURCE, NULL), to[PATH_MAX];
    if (source == NULL) {
        fail("%s: %s", file, errno == EINVAL ? T("not a plain file", "보통 파일이 아닙니다") : strerror(errno));
        return false;
    }
    w->source = source;
    bool found = compiler_find(&w->compiler, chosen);
    if (found && !folder_temporary(w->folder)) {
        fail(T("no folder for work can be made in TMPDIR or /tmp: %s",
               "TMPDIR나 /tmp에 작업 폴더를 만들 수 없습니다: %s"),
             strerror(errno));
        found = false;
    }
    if (!found) {
        w->folder[0] = '\0';
        workshop_close(w);
        return false;
    }
    if (realpath(file, w->home) != NULL) {
        *strrchr(w->home, '/') = '\0';
    }
    if (!file_write(path_join(to, w->folder, "start.c"), source, strlen(source))) {
        fail("%s: %s", to, strerror(errno));
        workshop_close(w);
        return false;
    }
    bring_files(w);
    w->compiled = compile_in(w, (compile_job){.words = program, .link = true, .warnings = true});
    source_strip(w->source);
    return true;
}

bool workshop_open(workshop *w, const course *c, const lesson *l, const char *file, bool chosen)
{
    if (!workshop_open_program(w, c, l, file, chosen)) {
        return false;
    }
    w->compiled = w->compiled && (!needs_probe(l) || compile_probe(w));
    return true;
}

void workshop_close(workshop *w)
{
    if (w->folder[0] != '\0') {
        folder_remove(w->folder);
    }
    free(w->source);
    free(w->words);
    memset(w, 0, sizeof(*w));
}

/* ---- running ---- */

/* The line of start.c that an address of the program belongs to; 0 when nobody knows. */
static int line_of(workshop *w, const char *program, const sandbox_result *r)
{
    char address[32], reader[PATH_MAX];
    for (int i = 0; i < r->places && program_find("addr2line", reader); i++) {
        snprintf(address, sizeof(address), "0x%lx", r->place[i]);
        char *const arguments[] = {"addr2line", "-e", (char *)program, address, NULL};
        sandbox_job job = {.program = reader,
                           .arguments = arguments,
                           .folder = w->folder,
                           .seconds = 5,
                           .megabytes = 1024,
                           .output = 4096,
                           .compiler = true};
        sandbox_result told;
        sandbox_run(&job, &told);
        const char *mark = told.out != NULL ? strstr(told.out, "start.c:") : NULL;
        int line = mark != NULL ? atoi(mark + strlen("start.c:")) : 0;
        sandbox_result_free(&told);
        if (line > 0) {
            return line;
        }
    }
    return 0;
}

/* The lesson's files, as links in the folder of a run; their places go into `readable`, of `room`. */
static void link_files(const lesson *l, const char *folder, char (*readable)[PATH_MAX], const char **list, int room)
{
    size_t i;
    int count = 0;
    const json_t *file;
    char from[PATH_MAX], to[PATH_MAX];
    json_array_foreach(json_object_get(l->spec, "files"), i, file)
    {
        const char *name = json_string_value(file);
        if (name != NULL && count < room && lesson_file(l, name, from) && realpath(from, readable[count]) != NULL &&
            symlink(readable[count], path_join(to, folder, path_name(name))) == 0) {
            list[count] = readable[count];
            count++;
        }
    }
}

/* The learner's own other files, as links; but no pictures, which the program makes anew. */
static void link_others(const workshop *w, const char *folder)
{
    char from[PATH_MAX], to[PATH_MAX];
    DIR *all = opendir(w->home);
    for (struct dirent *entry = all != NULL ? readdir(all) : NULL; entry != NULL; entry = readdir(all)) {
        if (file_exists(path_join(from, w->home, entry->d_name)) && !is_picture(entry->d_name)) {
            int made = symlink(from, path_join(to, folder, entry->d_name)); /* the lesson's own are there already */
            (void)made;
        }
    }
    if (all != NULL) {
        closedir(all);
    }
}

static double number_in(const json_t *object, const char *key, double otherwise)
{
    const json_t *number = json_object_get(object, key);
    return json_is_number(number) ? json_number_value(number) : otherwise;
}

/* A folder for one run, with the lesson's files; into out (PATH_MAX). */
static void make_run_folder(workshop *w, char *out)
{
    char name[32];
    snprintf(name, sizeof(name), "run-%d", ++w->runs);
    mkdir(path_join(out, w->folder, name), 0700);
}

/* Runs the program or the probe in the folder; attached to the terminal, or alone. */
static void run_in_sandbox(workshop *w, char *const *arguments, const char *input, const char *folder, bool attached,
                           sandbox_result *result)
{
    enum { FILES = 8 };
    char path[PATH_MAX], readable[FILES][PATH_MAX], data[PATH_MAX];
    const char *list[FILES + 4] = {NULL};
    const json_t *limits = json_object_get(w->lesson->spec, "limits");
    link_files(w->lesson, folder, readable, list, FILES);
    int count = 0;
    while (list[count] != NULL) {
        count++;
    }
    list[count++] = w->place->library;
    if (ssi_dataset_find("mnist", data, sizeof(data))) {
        list[count++] = data;
    }
    if (attached) {
        link_others(w, folder);
        list[count++] = w->home;
    }
    sandbox_job job = {.program = path_join(path, w->folder, arguments[0]),
                       .arguments = arguments,
                       .folder = folder,
                       .input = input,
                       .readable = list,
                       .witness = w->place->witness[0] != '\0' ? w->place->witness : NULL,
                       .seconds = number_in(limits, "seconds", SECONDS),
                       .megabytes = (int)number_in(limits, "megabytes", MEGABYTES),
                       .output = OUTPUT};
    (attached ? sandbox_run_attached : sandbox_run)(&job, result);
}

/* How the program ended. */
static void take_end(workshop *w, const char *program, const sandbox_result *result, answer *out)
{
    if (result->end == ENDED_CRASH && result->places > 0) {
        out->line = line_of(w, program, result);
    }
    out->end = result->end, out->code = result->code, out->forbidden = result->forbidden, out->deep = result->deep,
    out->disk = result->disk;
    out->seconds = result->seconds;
}

void workshop_run_attached(workshop *w, char **words, int count, char *folder, answer *out)
{
    enum { WORDS = 64 };
    char *arguments[WORDS + 2] = {"program"};
    sandbox_result result;
    memset(out, 0, sizeof(*out));
    for (int i = 0; i < count && i < WORDS; i++) {
        arguments[i + 1] = words[i];
    }
    make_run_folder(w, folder);
    run_in_sandbox(w, arguments, NULL, folder, true, &result);
    take_end(w, "program", &result, out);
    sandbox_result_free(&result);
}

static void run_program(workshop *w, const json_t *test, uint64_t seed, answer *out)
{
    enum { WORDS = 16 };
    char folder[PATH_MAX], path[PATH_MAX], digits[24];
    char *arguments[WORDS + 2] = {"program"};
    bool probe = uses_probe(test), picture = is_kind(test, "picture");
    snprintf(digits, sizeof(digits), "%llu", (unsigned long long)seed);
    size_t i;
    const json_t *word;
    int count = 1;
    if (probe) {
        arguments[0] = "probe";
        arguments[count++] = (char *)text_of(test, "id");
        arguments[count++] = digits;
    } else if (picture) {
        arguments[count++] = "picture.gp";
    } else {
        json_array_foreach(json_object_get(test, "args"), i, word)
        {
            if (json_is_string(word) && count <= WORDS) {
                arguments[count++] = (char *)json_string_value(word);
            }
        }
    }
    sandbox_result result;
    make_run_folder(w, folder);
    run_in_sandbox(w, arguments, json_string_value(json_object_get(test, "stdin")), folder, false, &result);
    take_end(w, arguments[0], &result, out);
    out->text = picture ? file_read(path_join(path, folder, "picture.gp"), PICTURE, NULL) : result.out;
    out->errors = result.err;
    if (picture) {
        free(result.out);
    }
    folder_remove(folder);
}

/* Whether the compiler refuses the file where it should. text: its words. */
static void run_compiler(workshop *w, const json_t *test, answer *out)
{
    const char *file = path_name(text_of(test, "file"));
    const char *define = text_of(test, "define");
    char option[80];
    snprintf(option, sizeof(option), "-D%s", define[0] != '\0' ? define : "SSI_LESSON_REFUSED");
    const char *words[] = {option, file, "-o", "refused.o", NULL};
    compile_job job = {
        .place = w->place, .compiler = &w->compiler, .folder = w->folder, .words = words, .warnings = true};
    out->skipped = w->compiler.kind == COMPILER_TCC; /* it only warns of a write to const */
    if (!out->skipped) {
        out->refused = !compile(&job, &out->text);
    }
}

void workshop_run(workshop *w, const json_t *test, uint64_t seed, answer *out)
{
    memset(out, 0, sizeof(*out));
    if (is_kind(test, "compile_error")) {
        run_compiler(w, test, out);
    } else if (!is_kind(test, "source")) {
        run_program(w, test, seed, out);
    }
}

void answer_free(answer *a)
{
    free(a->text);
    free(a->errors);
    memset(a, 0, sizeof(*a));
}
