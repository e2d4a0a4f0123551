/*
 * check.c - ssi check [N]: compiles and grades the learner's file for a lesson.
 */
#include "cli.h"

#include "course/session.h"

enum { FILE_OPTION = 1, LESSONS_OPTION };

static const struct option options[] = {{"file", required_argument, NULL, FILE_OPTION},
                                        {"lessons", required_argument, NULL, LESSONS_OPTION},
                                        COMMON_OPTIONS};

typedef struct check_options {
    const char *file, *lessons;
} check_options;

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
    course c;
    int code;
    const lesson *l = session_open(&c, wish.lessons, "check", argv[optind], &code);
    if (l != NULL) {
        code = session_check(&c, l, wish.file);
        course_close(&c);
    }
    return code;
}

const command command_check = {
    .name = "check",
    .summary = {"compiles and checks what you wrote for a lesson", "강의에서 쓴 프로그램을 컴파일하고 검사합니다"},
    .help = {"Usage: ssi check [N] [OPTION...]\n\n"
             "Compiles start.c of lesson N and checks it. Without N: of the lesson in whose folder you stand, or the\n"
             "last one you opened.\n"
             "The program runs apart: it may write only in a folder of its own, and use little time and memory.\n\n"
             "  --file F      check this file instead\n"
             "  --lessons D   take the lessons from this folder\n"
             "  --json        the result as one line of JSON\n\n"
             "Example: ssi check 25\n",
             "사용법: ssi check [N] [옵션...]\n\n"
             "N강의 start.c를 컴파일하고 검사합니다. N이 없으면 지금 있는 폴더의 강의, 아니면 마지막에 연\n"
             "강의를 검사합니다.\n"
             "프로그램은 따로 실행됩니다. 자기 폴더에만 쓸 수 있고, 시간과 메모리를 조금만 씁니다.\n\n"
             "  --file F      이 파일을 검사합니다\n"
             "  --lessons D   이 폴더의 강의를 씁니다\n"
             "  --json        결과를 JSON 한 줄로\n\n"
             "예: ssi check 25\n"},
    .run = run,
};
