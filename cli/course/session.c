/*
 * session.c - from a file to what the learner is told.
 */
#include "session.h"

#include "../cli.h"
#include "classroom.h"
#include "files.h"
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
        print_wrapped_line(T("All right! Next: ssi learn %d", "모두 맞았습니다! 다음: ssi learn %d"), l[1].number);
    } else if (v->passed) {
        print_wrapped_line("%s", T("All right! That was the last lesson.", "모두 맞았습니다! 마지막 레슨이었습니다."));
    } else {
        print_wrapped_line(T("A step further: ssi hint %d", "한 걸음 더: ssi hint %d"), l->number);
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

static int tell(const course *c, const lesson *l, const workshop *w, const verdict *v, bool exam)
{
    int code = v->passed ? CLI_OK : CLI_FAILED;
    if (common.json) {
        json_t *told = report_json(l, w, v);
        if (exam) {
            json_object_del(told, "hint");
        }
        int printed = print_json(told);
        return printed != CLI_OK ? printed : code;
    }
    tell_weakness();
    report_verdict(l, w, v, !exam);
    if (!exam) {
        tell_next(c, l, v);
    }
    return code;
}

bool session_exam(void)
{
    const char *exam = getenv("SSI_EXAM");
    return exam != NULL && exam[0] != '\0';
}

/* Grades the file; false when it could not be. */
static bool grade_file(const course *c, const lesson *l, const char *file, uint64_t seed, workshop *w, verdict *v)
{
    reference r;
    if (!workshop_open(w, c, l, file, true)) {
        return false;
    }
    if (!reference_open(&r, c, l, seed, seed == USUAL_SEED)) {
        workshop_close(w);
        return false;
    }
    grade(w, &r, v);
    reference_close(&r);
    return true;
}

int session_check(const course *c, const lesson *l, const check_wish *wish)
{
    workshop w;
    verdict v;
    char own[PATH_MAX];
    bool exam = wish->exam || session_exam();
    uint64_t seed = exam && wish->student != NULL ? class_seed(wish->student, l->number) : USUAL_SEED;
    if ((wish->file == NULL && !learner_has(l, learner_file(l, own))) ||
        !grade_file(c, l, wish->file != NULL ? wish->file : own, seed, &w, &v)) {
        return CLI_FAILED;
    }
    if (wish->file == NULL) {
        note(l, &v);
    }
    if (exam) { /* nor is the right answer told */
        v.difference.expected[0] = '\0';
    }
    int code = tell(c, l, &w, &v, exam);
    verdict_free(&v);
    workshop_close(&w);
    return code;
}

/* One of many: a mark, the title, and what it failed in. */
static int check_briefly(const course *c, const lesson *l, const char *file)
{
    workshop w;
    verdict v;
    char title[256];
    if (!grade_file(c, l, file, USUAL_SEED, &w, &v)) {
        return CLI_FAILED;
    }
    int code = v.passed ? CLI_OK : CLI_FAILED;
    if (common.json) {
        json_t *told = report_json(l, &w, &v);
        json_object_del(told, "outputs");
        print_json(told);
    } else {
        const char *failed = v.failed != NULL ? lesson_say(json_object_get(v.failed, "title"))
                                              : T("it does not compile", "컴파일되지 않습니다");
        style_begin(v.passed ? STYLE_GOOD : STYLE_BAD);
        fputs(v.passed ? "✓" : "✗", stdout);
        style_end();
        printf(" %02d. %s%s%s\n", l->number, lesson_title(l, title, sizeof(title)), v.passed ? "" : ": ",
               v.passed ? "" : failed);
    }
    verdict_free(&v);
    workshop_close(&w);
    return code;
}

int session_check_all(course *c)
{
    int code = CLI_OK, begun = 0;
    char file[PATH_MAX];
    for (int i = 0; i < c->count; i++) {
        if (file_exists(learner_file(&c->lesson[i], file))) {
            const lesson *l = lesson_open(c, c->lesson[i].number);
            int one = l != NULL ? check_briefly(c, l, file) : CLI_FAILED;
            code = one != CLI_OK ? one : code;
            begun++;
        }
    }
    return begun > 0 ? code
                     : fail(T("you have begun no lesson; `ssi learn` lists them",
                              "시작한 레슨이 없습니다. 목록은 `ssi learn`"));
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
