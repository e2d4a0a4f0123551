/*
 * solution.c - ssi solution [N]: one way to complete the lesson's program, after two tries or when asked twice.
 */
#include "cli.h"

#include "course/files.h"
#include "course/learner.h"
#include "course/session.h"
#include "course/style.h"

#include <errno.h>
#include <string.h>

enum { ENOUGH_TRIES = 2 };

static const struct option options[] = {COMMON_OPTIONS};

static int show(const lesson *l)
{
    char path[PATH_MAX];
    char *source = file_read(path_join(path, l->folder, "solution.c"), 1 << 20, NULL);
    if (source == NULL) {
        return fail("%s: %s", path, strerror(errno));
    }
    if (common.json) {
        json_t *object = json_pack("{s:i, s:s}", "lesson", l->number, "solution", source);
        free(source);
        return print_json(object);
    }
    style_begin(STYLE_CODE);
    fputs(source, stdout);
    style_end();
    free(source);
    return CLI_OK;
}

/* Whether the learner may see it now; asking is noted. */
static bool may_see(const lesson *l)
{
    json_t *progress = progress_read();
    bool may = progress_get(progress, l->number, "passed") ||
               progress_get(progress, l->number, "tries") >= ENOUGH_TRIES ||
               progress_get(progress, l->number, "asked") >= 1;
    progress_set(progress, l->number, "asked", progress_get(progress, l->number, "asked") + 1);
    progress_write(progress);
    json_decref(progress);
    return may;
}

static int run(int argc, char **argv)
{
    int option = next_option(argc, argv, options, &command_solution), code;
    if (option != OPTIONS_END) {
        return option == OPTIONS_HELP ? CLI_OK : CLI_WRONG_USE;
    }
    if (argc - optind > 1) {
        return wrong_operands(&command_solution);
    }
    if (session_exam()) {
        return fail(T("%s: this is an exam", "%s: 시험 중입니다"), "solution");
    }
    course c;
    const lesson *l = session_open(&c, NULL, "solution", argv[optind], &code);
    if (l == NULL) {
        return code;
    }
    if (may_see(l)) {
        code = show(l);
    } else {
        code = fail(T("try it first: ssi check %d, ssi hint %d; if you still want to see the solution, ask once more",
                      "먼저 해 보세요: ssi check %d, ssi hint %d. 그래도 답을 보고 싶으면 한 번 더 물어보세요"),
                    l->number, l->number);
    }
    course_close(&c);
    return code;
}

const command command_solution = {
    .name = "solution",
    .summary = {"show a solution of a lesson, after two tries", "두 번 해 본 뒤에 모범 답안 보기"},
    .help = {"Usage: ssi solution [N]\n\n"
             "Shows one way to complete start.c, after two tries or when asked twice. Your\n"
             "own file stays as it is.\n\n"
             "Example: ssi solution 25 > ~/solution.c\n",
             "사용법: ssi solution [N]\n\n"
             "start.c를 완성하는 방법 하나를 보여 줍니다. 두 번 채점해 본 뒤나 두 번 물었을\n"
             "때 보여 줍니다. 쓰신 파일은 그대로입니다.\n\n"
             "예: ssi solution 25 > ~/solution.c\n"},
    .run = run,
};
