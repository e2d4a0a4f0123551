/*
 * run.c - ssi run [N] [WORD...]: compiles the learner's program as a check does, and runs it at the terminal.
 */
#include "cli.h"

#include "course/files.h"
#include "course/grade.h"
#include "course/learner.h"
#include "course/session.h"
#include "course/style.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_OPTION = 1 };

static const struct option options[] = {{"file", required_argument, NULL, FILE_OPTION}, COMMON_OPTIONS};

/* A file that the program made comes into the learner's folder: a picture in place of an earlier one, anything else only where nothing is. */
static void bring_back(const char *from, const char *home, const char *name)
{
    char to[PATH_MAX];
    size_t length;
    struct stat found;
    bool fresh = lstat(path_join(to, home, name), &found) != 0;
    char *bytes = fresh || is_picture(name) ? file_read(from, (size_t)64 << 20, &length) : NULL;
    if (bytes != NULL && (fresh || S_ISREG(found.st_mode)) && file_write(to, bytes, length)) {
        fprintf(stderr, T("ssi: saved %s\n", "ssi: %s 파일을 저장했습니다\n"), to);
    } else if (!fresh) {
        fail(T("%s is already there and stays as it is", "%s 파일이 이미 있어 그대로 둡니다"), to);
    }
    free(bytes);
}

static void bring_all_back(const char *folder, const char *home)
{
    char path[PATH_MAX];
    struct stat found;
    DIR *all = opendir(folder);
    for (struct dirent *entry = all != NULL ? readdir(all) : NULL; entry != NULL; entry = readdir(all)) {
        if (entry->d_name[0] != '.' && lstat(path_join(path, folder, entry->d_name), &found) == 0 &&
            S_ISREG(found.st_mode)) {
            bring_back(path, home, entry->d_name);
        }
    }
    if (all != NULL) {
        closedir(all);
    }
}

static int run_program(workshop *w, char **words, int count)
{
    char folder[PATH_MAX];
    answer a;
    fflush(stdout);
    workshop_run_attached(w, words, count, folder, &a);
    bring_all_back(folder, w->home);
    bool interrupted = a.end == ENDED_CRASH && a.code == SIGINT;
    if (a.end != ENDED_WELL && a.end != ENDED_EXIT) { /* it was stopped, perhaps within a line */
        putchar('\n');
    }
    if (!interrupted) {
        report_end(w->lesson, &a);
    }
    int code = a.end == ENDED_WELL ? CLI_OK : interrupted ? CLI_INTERRUPTED : CLI_FAILED;
    answer_free(&a);
    return code;
}

static int run_lesson(const course *c, const lesson *l, const char *file, char **words, int count)
{
    workshop w;
    char own[PATH_MAX];
    if ((file == NULL && !learner_has(l, learner_file(l, own))) ||
        !workshop_open_program(&w, c, l, file != NULL ? file : own, true)) {
        return CLI_FAILED;
    }
    int code = CLI_FAILED;
    if (w.compiled) {
        code = run_program(&w, words, count);
    } else {
        report_compiler(&w);
    }
    workshop_close(&w);
    return code;
}

static int run(int argc, char **argv)
{
    const char *file = NULL;
    setenv("POSIXLY_CORRECT", "1", 1); /* options behind the lesson's number are the program's */
    for (int option; (option = next_option(argc, argv, options, &command_run)) != OPTIONS_END;) {
        if (option != FILE_OPTION) {
            return option == OPTIONS_HELP ? CLI_OK : CLI_WRONG_USE;
        }
        file = optarg;
    }
    course c;
    int code;
    bool numbered = argv[optind] != NULL && lesson_number(argv[optind]) >= 0;
    const lesson *l = session_open(&c, NULL, "run", numbered ? argv[optind] : NULL, &code);
    if (l != NULL) {
        int first = optind + numbered;
        code = run_lesson(&c, l, file, argv + first, argc - first);
        course_close(&c);
    }
    return code;
}

const command command_run = {
    .name = "run",
    .summary = {"compile and run what you wrote for a lesson", "레슨에서 쓴 프로그램 실행"},
    .help = {"Usage: ssi run [N] [WORD...]\n\n"
             "Compiles start.c of lesson N with ssi's library and runs it with these words.\n"
             "Without N: of the lesson in whose folder you stand, or the last one you\n"
             "opened. The program works in a folder of its own, on your files; pictures that\n"
             "it saves come into your folder, and nothing else there is overwritten. It may\n"
             "use as much time and memory as in a check.\n\n"
             "  --file F      run this file instead\n\n"
             "Example: ssi run 25\n",
             "사용법: ssi run [N] [낱말...]\n\n"
             "레슨 N의 start.c를 ssi 라이브러리와 함께 컴파일하고, 낱말을 인수로 주어\n"
             "실행합니다. N이 없으면 지금 있는 폴더의 레슨, 아니면 마지막에 연 레슨입니다.\n"
             "프로그램은 따로 마련한 폴더에서 실행되고, 저장한 그림은 여러분의 폴더로\n"
             "옮겨집니다. 다른 파일은 덮어쓰지 않습니다. 시간과 메모리는 채점할 때만큼 쓸 수\n"
             "있습니다.\n\n"
             "  --file F      이 파일을 실행합니다\n\n"
             "예: ssi run 25\n"},
    .run = run,
    .tidy = true,
};
