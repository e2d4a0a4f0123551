/*
 * session.c - from a file to what the learner is told.
 */
#include "session.h"

#include "../cli.h"
#include "grade.h"
#include "learner.h"
#include "style.h"

#include <string.h>

static void note(const lesson *l, const verdict *v)
{
    json_t *progress = progress_read();
    if (progress == NULL) {
        return;
    }
    progress_make_current(progress, l->number);
    progress_set(progress, l->number, "tries", progress_get(progress, l->number, "tries") + 1);
    if (v->passed) {
        progress_set(progress, l->number, "passed", 1);
    }
    progress_write(progress);
    json_decref(progress);
}

/* What to do now. */
static void tell_next(const course *c, const lesson *l, const verdict *v)
{
    style_begin(v->passed ? STYLE_GOOD : STYLE_FAINT);
    if (v->passed && l < c->lesson + c->count - 1) {
        printf(T("All right! Next: ssi learn %d\n", "모두 맞았습니다! 다음: ssi learn %d\n"), l[1].number);
    } else if (v->passed) {
        puts(T("All right! That was the last lesson.", "모두 맞았습니다! 마지막 강의였습니다."));
    } else {
        printf(T("A step further: ssi hint %d\n", "한 걸음 더: ssi hint %d\n"), l->number);
    }
    style_end();
}

/* Programs run freer where the kernel cannot hold them. */
static void tell_weakness(void)
{
    if (sandbox_lacks() != NULL) {
        fprintf(stderr,
                T("ssi: this system lacks %s: a program here is held by limits of time, memory and output only\n",
                  "ssi: 이 시스템에는 %s 기능이 없어, 프로그램을 시간, 메모리, 출력 한도로만 막습니다\n"),
                sandbox_lacks());
    }
}

static int tell(const course *c, const lesson *l, const workshop *w, const verdict *v)
{
    int code = v->passed ? CLI_OK : CLI_FAILED;
    if (common.json) {
        int printed = print_json(report_json(l, w, v));
        return printed != CLI_OK ? printed : code;
    }
    tell_weakness();
    report_verdict(l, w, v, true);
    tell_next(c, l, v);
    return code;
}

int session_check(const course *c, const lesson *l, const char *file)
{
    workshop w;
    reference r;
    char own[PATH_MAX];
    if ((file == NULL && !learner_has(l, learner_file(l, own))) ||
        !workshop_open(&w, c, l, file != NULL ? file : own, true)) {
        return CLI_FAILED;
    }
    int code = CLI_FAILED;
    if (reference_open(&r, c, l, USUAL_SEED, true)) {
        verdict v;
        grade(&w, &r, &v);
        if (file == NULL) {
            note(l, &v);
        }
        code = tell(c, l, &w, &v);
        verdict_free(&v);
        reference_close(&r);
    }
    workshop_close(&w);
    return code;
}

lesson *session_open(course *c, const char *lessons, const char *verb, const char *operand, int *code)
{
    int number = learner_lesson(verb, operand);
    *code = number < 0 ? CLI_WRONG_USE : CLI_FAILED;
    if (number < 0 || !course_open(c, lessons)) {
        return NULL;
    }
    lesson *l = lesson_open(c, number);
    if (l == NULL) {
        course_close(c);
    }
    return l;
}
