/*
 * hint.c - ssi hint [N]: the next of the lesson's steps, from a question to nearly the answer.
 */
#include "cli.h"

#include "course/learner.h"
#include "course/session.h"
#include "course/style.h"

static const struct option options[] = {COMMON_OPTIONS};

/* Tells the step and those before it; the last stays the last. */
static int tell(const lesson *l, int given)
{
    const json_t *steps = json_object_get(l->spec, "steps");
    int count = (int)json_array_size(steps);
    if (count == 0) {
        return fail(T("lesson %d has no hints; read its text again: ssi learn %d",
                      "%d번 레슨에는 힌트가 없습니다. 글을 다시 읽어 보세요: ssi learn %d"),
                    l->number, l->number);
    }
    for (int i = 0; i < given && i < count; i++) {
        char number[16];
        snprintf(number, sizeof(number), "%d/%d ", i + 1, count);
        style_begin(i + 1 == given || i + 1 == count ? STYLE_NOTE : STYLE_FAINT);
        fputs(number, stdout);
        print_block(stdout, lesson_say(json_array_get(steps, (size_t)i)), text_width(number));
        style_end();
        putchar('\n');
    }
    if (given > count) {
        printf(
            T("These are all. The solution: ssi solution %d\n", "힌트는 여기까지입니다. 모범 답안: ssi solution %d\n"),
            l->number);
    }
    return CLI_OK;
}

static int tell_json(const lesson *l, int given)
{
    const json_t *steps = json_object_get(l->spec, "steps");
    int count = (int)json_array_size(steps), last = given < count ? given : count;
    return print_json(json_pack("{s:i, s:i, s:i, s:s}", "lesson", l->number, "step", last, "steps", count, "hint",
                                lesson_say(json_array_get(steps, (size_t)(last > 0 ? last - 1 : 0)))));
}

static int run(int argc, char **argv)
{
    int option = next_option(argc, argv, options, &command_hint), code;
    if (option != OPTIONS_END) {
        return option == OPTIONS_HELP ? CLI_OK : CLI_WRONG_USE;
    }
    if (argc - optind > 1) {
        return wrong_operands(&command_hint);
    }
    if (session_exam()) {
        return fail(T("%s: this is an exam", "%s: 시험 중입니다"), "hint");
    }
    course c;
    const lesson *l = session_open(&c, NULL, "hint", argv[optind], &code);
    if (l == NULL) {
        return code;
    }
    json_t *progress = progress_read();
    int given = progress_get(progress, l->number, "hints") + 1,
        count = (int)json_array_size(json_object_get(l->spec, "steps"));
    progress_set(progress, l->number, "hints", given <= count ? given : count + 1);
    progress_write(progress);
    json_decref(progress);
    code = common.json ? tell_json(l, given) : tell(l, given);
    course_close(&c);
    return code;
}

const command command_hint = {
    .name = "hint",
    .summary = {"show the next hint of a lesson", "레슨의 다음 힌트"},
    .help = {"Usage: ssi hint [N]\n\n"
             "Each time one step more, from a question to nearly the answer. Without N: of\n"
             "the lesson in whose folder you stand, or the last one you opened.\n\n"
             "Example: ssi hint 25\n",
             "사용법: ssi hint [N]\n\n"
             "부를 때마다 한 걸음씩, 물음에서 답 가까이까지 알려 줍니다. N이 없으면 지금\n"
             "있는 폴더의 레슨, 아니면 마지막에 연 레슨입니다.\n\n"
             "예: ssi hint 25\n"},
    .run = run,
};
