/*
 * check.c - ssi check [N]: compiles and grades the learner's file for a lesson.
 */
#include "cli.h"

#include "course/classroom.h"
#include "course/session.h"

enum { FILE_OPTION = 1, LESSONS_OPTION, ALL_OPTION, EXAM_OPTION, STUDENT_OPTION, CSV_OPTION, JOBS_OPTION };

static const struct option options[] = {{"file", required_argument, NULL, FILE_OPTION},
                                        {"lessons", required_argument, NULL, LESSONS_OPTION},
                                        {"all", no_argument, NULL, ALL_OPTION},
                                        {"exam", no_argument, NULL, EXAM_OPTION},
                                        {"student", required_argument, NULL, STUDENT_OPTION},
                                        {"csv", required_argument, NULL, CSV_OPTION},
                                        {"jobs", required_argument, NULL, JOBS_OPTION},
                                        COMMON_OPTIONS};

typedef struct check_options {
    const char *lessons;
    bool all;
    check_wish wish;
    class_options class;
} check_options;

/* One option; false when a mistake has been told. */
static bool take_option(int option, check_options *o)
{
    long long number = 0;
    switch (option) {
    case FILE_OPTION:
        o->wish.file = optarg;
        return true;
    case LESSONS_OPTION:
        o->lessons = optarg;
        return true;
    case ALL_OPTION:
        o->all = true;
        return true;
    case EXAM_OPTION:
        o->wish.exam = o->class.exam = true;
        return true;
    case STUDENT_OPTION:
        o->wish.student = optarg;
        return true;
    case CSV_OPTION:
        o->class.csv = optarg;
        return true;
    case JOBS_OPTION:
        if (!read_integer("--jobs", optarg, 1, 64, &number)) {
            return false;
        }
        o->class.workers = (int)number;
        return true;
    default:
        return false;
    }
}

static int check_one(const check_options *o, const char *operand)
{
    course c;
    int code;
    const lesson *l = session_open(&c, o->lessons, "check", operand, &code);
    if (l != NULL) {
        code = session_check(&c, l, &o->wish);
        course_close(&c);
    }
    return code;
}

/* All of a class, or, without a folder, all that the learner has begun. */
static int check_all(check_options *o, const char *folder)
{
    course c;
    if (!course_open(&c, o->lessons)) {
        return CLI_FAILED;
    }
    o->class.folder = folder;
    int code = folder != NULL ? class_check(&c, &o->class) : session_check_all(&c);
    course_close(&c);
    return code;
}

static int run(int argc, char **argv)
{
    check_options o = {0};
    for (int option; (option = next_option(argc, argv, options, &command_check)) != OPTIONS_END;) {
        if (option == OPTIONS_HELP) {
            return CLI_OK;
        }
        if (option == OPTIONS_WRONG || !take_option(option, &o)) {
            return CLI_WRONG_USE;
        }
    }
    if (argc - optind > 1) {
        return wrong_operands(&command_check);
    }
    return o.all ? check_all(&o, argv[optind]) : check_one(&o, argv[optind]);
}

const command command_check = {
    .name = "check",
    .summary = {"compile and check what you wrote for a lesson", "레슨에서 쓴 프로그램 채점"},
    .help = {"Usage: ssi check [N] [OPTION...]\n"
             "       ssi check --all [FOLDER] [OPTION...]\n\n"
             "Compiles start.c of lesson N and checks it. Without N: of the lesson in whose\n"
             "folder you stand, or the last one you opened. The program runs apart: it may\n"
             "write in a folder of its own only, and use little time and memory.\n\n"
             "  --file F      check this file instead\n"
             "  --all         all lessons that you have begun; with a FOLDER, a class: of each\n"
             "                student FOLDER/STUDENT/N/start.c, as a CSV table, or with --json\n"
             "                a line of JSON for each\n"
             "  --csv F       the table of a class into this file\n"
             "  --exam        no hints; every student has values of his or her own\n"
             "  --student S   with --exam, the values of this student\n"
             "  --lessons D   take the lessons from this folder\n"
             "  --jobs N      so many at a time; otherwise as many as there are processors\n"
             "  --json        the result as one line of JSON\n\n"
             "Example: ssi check 25\n"
             "         ssi check --all --exam --lessons midterm submissions --csv marks.csv\n",
             "사용법: ssi check [N] [옵션...]\n"
             "        ssi check --all [폴더] [옵션...]\n\n"
             "레슨 N의 start.c를 컴파일하고 채점합니다. N이 없으면 지금 있는 폴더의 레슨,\n"
             "아니면 마지막에 연 레슨을 채점합니다. 프로그램은 따로 실행됩니다. 자기\n"
             "폴더에만 쓸 수 있고, 시간과 메모리를 조금만 씁니다.\n\n"
             "  --file F      이 파일을 채점합니다\n"
             "  --all         시작한 레슨 모두. 폴더를 주면 학급 전체를 채점합니다. 학생마다\n"
             "                폴더/학번/N/start.c를 보고 CSV 표로, --json이면 하나마다\n"
             "                JSON 한 줄로 냅니다\n"
             "  --csv F       학급의 표를 이 파일에 씁니다\n"
             "  --exam        시험: 힌트가 없고, 학생마다 값이 다릅니다\n"
             "  --student S   --exam에서 이 학생의 값을 씁니다\n"
             "  --lessons D   이 폴더의 레슨을 씁니다\n"
             "  --jobs N      한꺼번에 N개씩. 없으면 프로세서 수만큼\n"
             "  --json        결과를 JSON 한 줄로\n\n"
             "예: ssi check 25\n"
             "    ssi check --all --exam --lessons midterm submissions --csv marks.csv\n"},
    .run = run,
    .tidy = true,
};
