/*
 * learn.c - ssi learn: the map of the lessons with progress; ssi learn N: a lesson's text, and its files for the learner.
 */
#include "cli.h"

#include "course/compile.h"
#include "course/files.h"
#include "course/learner.h"
#include "course/pager.h"
#include "course/sandbox.h"
#include "course/screen.h"
#include "course/session.h"
#include "course/style.h"

#include <string.h>

enum { LESSONS_OPTION = 1 };

static const struct option options[] = {{"lessons", required_argument, NULL, LESSONS_OPTION}, COMMON_OPTIONS};

/* ---- the map ---- */

static void print_lesson_line(const lesson *l, const json_t *progress)
{
    bool passed = progress_get(progress, l->number, "passed"), begun = progress_get(progress, l->number, "opened");
    bool current = progress_current(progress) == l->number;
    char title[256], number[32];
    style_begin(passed ? STYLE_GOOD : begun ? STYLE_NOTE : STYLE_FAINT);
    fputs(passed ? "  ✓ " : begun ? "  › " : "  · ", stdout);
    style_end();
    style_begin(current ? STYLE_BOLD : STYLE_PLAIN);
    snprintf(number, sizeof(number), "%02d ", l->number);
    fputs(number, stdout);
    print_block(stdout, lesson_title(l, title, sizeof(title)), 7);
    fputs(current ? T(" ◀ here", " ◀ 여기") : "", stdout);
    style_end();
    putchar('\n');
}

static int print_map(course *c, const json_t *progress)
{
    char sitting[256] = "";
    int passed = 0;
    for (int i = 0; i < c->count; i++) {
        if (lesson_open(c, c->lesson[i].number) == NULL) {
            return CLI_FAILED;
        }
        const char *in = lesson_say(json_object_get(c->lesson[i].spec, "sitting"));
        if (strcmp(in, sitting) != 0) {
            snprintf(sitting, sizeof(sitting), "%s", in);
            style_begin(STYLE_HEADING);
            printf("%s", i > 0 ? "\n" : "");
            print_block(stdout, sitting, 0);
            style_end();
            putchar('\n');
        }
        print_lesson_line(&c->lesson[i], progress);
        passed += progress_get(progress, c->lesson[i].number, "passed") != 0;
    }
    putchar('\n');
    print_wrapped_line(T("%d of %d lessons done. Open one: ssi learn N", "마친 레슨: %d / %d. 레슨 열기: ssi learn N"),
                       passed, c->count);
    return CLI_OK;
}

static int print_map_json(course *c, const json_t *progress)
{
    for (int i = 0; i < c->count; i++) {
        const lesson *l = lesson_open(c, c->lesson[i].number);
        char title[256], file[PATH_MAX];
        if (l == NULL) {
            return CLI_FAILED;
        }
        print_json(json_pack(
            "{s:i, s:s, s:s, s:s, s:b, s:i, s:i, s:s}", "lesson", l->number, "name", l->name, "title",
            lesson_title(l, title, sizeof(title)), "sitting", lesson_say(json_object_get(l->spec, "sitting")), "passed",
            progress_get(progress, l->number, "passed"), "tries", progress_get(progress, l->number, "tries"), "hints",
            progress_get(progress, l->number, "hints"), "file", learner_file(l, file)));
    }
    return CLI_OK;
}

/* ---- a lesson ---- */

/* Draws the lesson's pictures in characters into the folder; without them the captions must do. */
static void draw_pictures(const course *c, const lesson *l, const char *folder, int width)
{
    char from[PATH_MAX], program[PATH_MAX], columns[16], *said = NULL;
    compiler used;
    if (!file_exists(path_join(from, l->folder, "figure.c")) || !compiler_find(&used, true)) {
        return;
    }
    const char *const words[] = {from, "-o", "figure", NULL};
    compile_job job = {&c->place, &used, folder, words, .link = true, .own = true};
    if (compile(&job, &said)) {
        snprintf(columns, sizeof(columns), "%d", width < 20 ? 20 : width > 100 ? 100 : width);
        char *const arguments[] = {
            "figure", (char *)folder, (char *)T("en", "ko"), columns, style_on() ? "color" : NULL, NULL};
        char data[PATH_MAX];
        const char *readable[] = {c->place.library, ssi_dataset_find("mnist", data, sizeof(data)) ? data : NULL, NULL};
        sandbox_job drawing = {.program = path_join(program, folder, "figure"),
                               .arguments = arguments,
                               .folder = folder,
                               .readable = readable,
                               .seconds = 20,
                               .megabytes = 2048,
                               .output = 1 << 20};
        sandbox_result result;
        sandbox_run(&drawing, &result);
        sandbox_result_free(&result);
    }
    free(said);
}

static void show_document(const course *c, const lesson *l, const document *d)
{
    char folder[PATH_MAX] = "", *text = NULL;
    size_t length = 0;
    int width = terminal_width(stdout);
    bool drawn = folder_temporary(folder);
    if (drawn) {
        draw_pictures(c, l, folder, width);
    }
    FILE *out = open_memstream(&text, &length);
    if (out != NULL) {
        screen s = {out, width, drawn ? folder : NULL};
        screen_print(&s, d);
        fclose(out);
        pager_show(text);
        free(text);
    }
    if (drawn) {
        folder_remove(folder);
    }
}

static int show_text(const course *c, const lesson *l)
{
    char path[PATH_MAX];
    char *markdown = lesson_text(l), *values = file_read(path_join(path, l->folder, "values.txt"), 1 << 20, NULL);
    document *d = markdown != NULL ? document_read(markdown, values) : NULL;
    if (d != NULL) {
        show_document(c, l, d);
    }
    document_free(d);
    free(markdown);
    free(values);
    return d != NULL ? CLI_OK : CLI_FAILED;
}

/* The path as one would type it: ~ for the home folder. */
static const char *short_path(const char *path, char *out)
{
    const char *home = getenv("HOME");
    size_t length = home != NULL ? strlen(home) : 0;
    bool inside = length > 1 && strncmp(path, home, length) == 0 && path[length] == '/';
    snprintf(out, PATH_MAX, "%s%s", inside ? "~" : "", path + (inside ? length : 0));
    return out;
}

static void tell_file(const lesson *l, bool fresh)
{
    char file[PATH_MAX], shown[PATH_MAX];
    short_path(learner_file(l, file), shown);
    putchar('\n');
    style_begin(STYLE_NOTE);
    print_wrapped_line(
        fresh ? T("Your file: %s", "여기에 쓰세요: %s") : T("Your file, as you left it: %s", "쓰시던 파일: %s"), shown);
    print_wrapped_line(T("Run it: ssi run %d   Check it: ssi check %d   A hint: ssi hint %d",
                         "실행: ssi run %d   채점: ssi check %d   힌트: ssi hint %d"),
                       l->number, l->number, l->number);
    style_end();
}

static int open_lesson(const course *c, const lesson *l, json_t *progress)
{
    bool fresh = false, copied = learner_copy(l, &fresh); /* where nothing can be written, the text can still be read */
    progress_make_current(progress, l->number);
    progress_set(progress, l->number, "opened", 1);
    progress_write(progress);
    if (common.json) {
        char title[256], file[PATH_MAX];
        return print_json(json_pack("{s:i, s:s, s:s, s:s, s:b}", "lesson", l->number, "name", l->name, "title",
                                    lesson_title(l, title, sizeof(title)), "file", learner_file(l, file), "new",
                                    fresh));
    }
    int code = show_text(c, l);
    if (code == CLI_OK && copied) {
        tell_file(l, fresh);
    }
    return copied ? code : CLI_FAILED;
}

static int learn(course *c, int number, json_t *progress)
{
    if (number < 0) {
        return common.json ? print_map_json(c, progress) : print_map(c, progress);
    }
    const lesson *l = lesson_open(c, number);
    return l != NULL ? open_lesson(c, l, progress) : CLI_FAILED;
}

static int run(int argc, char **argv)
{
    const char *lessons = NULL;
    for (int option; (option = next_option(argc, argv, options, &command_learn)) != OPTIONS_END;) {
        if (option != LESSONS_OPTION) {
            return option == OPTIONS_HELP ? CLI_OK : CLI_WRONG_USE;
        }
        lessons = optarg;
    }
    if (argc - optind > 1) {
        return wrong_operands(&command_learn);
    }
    int number = argv[optind] != NULL ? learner_lesson("learn", argv[optind]) : -1;
    if (argv[optind] != NULL && number < 0) {
        return CLI_WRONG_USE;
    }
    course c;
    if (!course_open(&c, lessons)) {
        return CLI_FAILED;
    }
    json_t *progress = progress_read();
    int code = progress != NULL ? learn(&c, number, progress) : fail(T("out of memory", "메모리가 부족합니다"));
    json_decref(progress);
    course_close(&c);
    return code;
}

const command command_learn = {
    .name = "learn",
    .summary = {"show the course: its lessons, your progress, a lesson's text", "과정: 레슨 목록과 진도, 레슨 글"},
    .help = {"Usage: ssi learn [N]\n\n"
             "Without N: the map of the lessons, with what you have done. With N: the text\n"
             "of lesson N; its program is put into your folder, where you complete it. What\n"
             "you wrote is never overwritten.\n\n"
             "Your folder is ~/ssi-lessons, or SSI_LEARN if set.\n\n"
             "  --lessons D   take the lessons from this folder\n\n"
             "Example: ssi learn 25\n",
             "사용법: ssi learn [N]\n\n"
             "N이 없으면 레슨 목록과 진도를 보여 줍니다. N을 주면 레슨 N의 글을 보여 주고,\n"
             "완성할 프로그램을 여러분의 폴더에 넣어 줍니다. 이미 쓰신 것은 덮어쓰지\n"
             "않습니다.\n\n"
             "폴더는 ~/ssi-lessons이며, SSI_LEARN으로 바꿀 수 있습니다.\n\n"
             "  --lessons D   이 폴더의 레슨을 씁니다\n\n"
             "예: ssi learn 25\n"},
    .run = run,
    .tidy = true,
};
