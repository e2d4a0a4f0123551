/*
 * check.c - ssi check [N]: compiles and grades the learner's file for a lesson.
 */
#include "cli.h"

#include "course/files.h"
#include "course/grade.h"
#include "course/place.h"

#include <string.h>
#include <unistd.h>

enum { FILE_OPTION = 1, LESSONS_OPTION };

static const struct option options[] = {{"file", required_argument, NULL, FILE_OPTION},
                                        {"lessons", required_argument, NULL, LESSONS_OPTION},
                                        COMMON_OPTIONS};

typedef struct check_options {
    const char *file, *lessons;
} check_options;

/* The learner's file for the lesson, into out: ~/ssi-lessons/NN-name/start.c. */
static bool own_file(const lesson *l, char *out)
{
    char learner[PATH_MAX], folder[PATH_MAX];
    place_learner(learner);
    if (file_exists(path_join(out, path_join(folder, learner, l->name), "start.c"))) {
        return true;
    }
    fail(T("%s is not there; `ssi learn %d` puts it there", "%s 파일이 없습니다. `ssi learn %d` 명령이 만들어 줍니다"),
         out, l->number);
    return false;
}

static int tell(const lesson *l, const workshop *w, const verdict *v)
{
    if (common.json) {
        int code = print_json(report_json(l, w, v));
        return code != CLI_OK ? code : v->passed ? CLI_OK : CLI_FAILED;
    }
    report_verdict(l, w, v, true);
    return v->passed ? CLI_OK : CLI_FAILED;
}

static int check_file(course *c, const lesson *l, const char *file)
{
    workshop w;
    reference r;
    if (!workshop_open(&w, c, l, file, true)) {
        return CLI_FAILED;
    }
    int code = CLI_FAILED;
    if (reference_open(&r, c, l, USUAL_SEED, true)) {
        verdict v;
        grade(&w, &r, &v);
        code = tell(l, &w, &v);
        verdict_free(&v);
        reference_close(&r);
    }
    workshop_close(&w);
    return code;
}

/* The lesson that the operand names, or in whose folder one stands. */
static int which_lesson(const char *operand)
{
    char here[PATH_MAX];
    int number = operand != NULL ? lesson_number(operand) : -1;
    if (operand == NULL && getcwd(here, sizeof(here)) != NULL && file_exists("start.c")) {
        number = lesson_number(here);
    }
    if (number < 0 && operand != NULL) {
        wrong_use(T("check: '%s' is no lesson's number", "check: '%s'은(는) 강의 번호가 아닙니다"), operand);
    } else if (number < 0) {
        wrong_use(T("check: which lesson? ssi check N", "check: 몇 강을 검사할까요? ssi check N"));
    }
    return number;
}

static int run(int argc, char **argv)
{
    check_options wish = {0};
    for (int option; (option = next_option(argc, argv, options, &command_check)) != OPTIONS_END;) {
        switch (option) {
        case FILE_OPTION:
            wish.file = optarg;
            break;
        case LESSONS_OPTION:
            wish.lessons = optarg;
            break;
        case OPTIONS_HELP:
            return CLI_OK;
        default:
            return CLI_WRONG_USE;
        }
    }
    if (argc - optind > 1) {
        return wrong_operands(&command_check);
    }
    int number = which_lesson(argv[optind]);
    if (number < 0) {
        return CLI_WRONG_USE;
    }
    course c;
    if (!course_open(&c, wish.lessons)) {
        return CLI_FAILED;
    }
    char file[PATH_MAX];
    lesson *l = lesson_open(&c, number);
    bool found = l != NULL && (wish.file != NULL || own_file(l, file));
    int code = found ? check_file(&c, l, wish.file != NULL ? wish.file : file) : CLI_FAILED;
    course_close(&c);
    return code;
}

const command command_check = {
    .name = "check",
    .summary = {"compiles and checks what you wrote for a lesson", "강의에서 쓴 프로그램을 컴파일하고 검사합니다"},
    .help = {"Usage: ssi check [N] [OPTION...]\n\n"
             "Compiles start.c of lesson N and checks it. Without N: of the lesson in whose folder you stand.\n"
             "The program runs apart: it may write only in a folder of its own, and use little time and memory.\n\n"
             "  --file F      check this file instead\n"
             "  --lessons D   take the lessons from this folder\n"
             "  --json        the result as one line of JSON\n\n"
             "Example: ssi check 25\n",
             "사용법: ssi check [N] [옵션...]\n\n"
             "N강의 start.c를 컴파일하고 검사합니다. N이 없으면 지금 있는 폴더의 강의를 검사합니다.\n"
             "프로그램은 따로 실행됩니다. 자기 폴더에만 쓸 수 있고, 시간과 메모리를 조금만 씁니다.\n\n"
             "  --file F      이 파일을 검사합니다\n"
             "  --lessons D   이 폴더의 강의를 씁니다\n"
             "  --json        결과를 JSON 한 줄로\n\n"
             "예: ssi check 25\n"},
    .run = run,
};
