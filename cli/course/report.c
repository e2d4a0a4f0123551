/*
 * report.c - how a file fared, told to a person or as JSON.
 */
#include "grade.h"
#include "style.h"

#include "../cli.h"

#include <signal.h>
#include <string.h>

/* "  word    text", the text wrapped under itself. */
static void print_field(const char *word, const char *text, style look)
{
    const int column = 14;
    fputs("    ", stdout);
    print_padded(stdout, word, column - 4);
    style_begin(look);
    print_block(stdout, text, column);
    style_end();
    putchar('\n');
}

static void print_paragraph(const char *text)
{
    fputs("    ", stdout);
    print_block(stdout, text, 4);
    putchar('\n');
}

/* ---- how a program ended ---- */

static const char *forbidden_words(const char *kind)
{
    static const struct {
        const char *kind, *words[2];
    } all[] = {
        {"process",
         {"The program tried to start another process (fork). Programs here run alone.",
          "프로그램이 다른 프로세스를 만들려고 했습니다(fork). 여기서는 혼자 실행됩니다."}},
        {"program", {"The program tried to start another program.", "프로그램이 다른 프로그램을 실행하려고 했습니다."}},
        {"socket", {"The program tried to open a network connection.", "프로그램이 네트워크를 열려고 했습니다."}},
        {"delete", {"The program tried to delete a file.", "프로그램이 파일을 지우려고 했습니다."}},
        {"signal",
         {"The program tried to send a signal to another program.",
          "프로그램이 다른 프로그램에 신호를 보내려고 했습니다."}},
        {"unknown", /* these two block the signal that would tell */
         {"The program tried something that programs here may not do, probably to start another program (system, "
          "posix_spawn).",
          "프로그램이 여기서 허용되지 않는 일을 하려고 했습니다. 아마 다른 프로그램을 실행하려고 했을 것입니다(system, "
          "posix_spawn)."}},
        {"rights",
         {"The program tried to change a file's rights or its own limits.",
          "프로그램이 파일의 권한이나 자기 한도를 바꾸려고 했습니다."}},
    };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        if (kind != NULL && strcmp(all[i].kind, kind) == 0) {
            return all[i].words[language_is_korean()];
        }
    }
    return T("The program tried something that programs here may not do.",
             "프로그램이 여기서 허용되지 않는 일을 하려고 했습니다.");
}

static const char *crash_words(const answer *a)
{
    if (a->deep) {
        return T("The program crashed: functions called each other without end, until the stack was full. Which call "
                 "should stop it?",
                 "프로그램이 죽었습니다. 함수가 끝없이 서로를 불러 스택이 가득 찼습니다. 어디서 멈추어야 하나요?");
    }
    switch (a->code) {
    case SIGFPE:
        return T("The program crashed: a whole number was divided by 0.",
                 "프로그램이 죽었습니다. 정수를 0으로 나누었습니다.");
    case SIGABRT:
        return T("The program gave up (abort): an assert failed, or memory was freed or written wrongly.",
                 "프로그램이 스스로 멈추었습니다(abort). assert가 틀렸거나 메모리를 잘못 쓰거나 풀었습니다.");
    case SIGSEGV:
    case SIGBUS:
        return T("The program crashed: it used memory that is not its own, as past an array's end or through a NULL "
                 "pointer.",
                 "프로그램이 죽었습니다. 배열 끝을 넘거나 NULL 포인터를 따라가 자기 것이 아닌 메모리를 썼습니다.");
    default:
        return T("The program crashed.", "프로그램이 죽었습니다.");
    }
}

/* In the reader's words, into out; "" when it ended well. */
static void end_words(const lesson *l, const answer *a, char *out, size_t size)
{
    const json_t *limits = json_object_get(l->spec, "limits"), *seconds = json_object_get(limits, "seconds"),
                 *megabytes = json_object_get(limits, "megabytes");
    out[0] = '\0';
    switch (a->end) {
    case ENDED_WELL:
        break;
    case ENDED_EXIT:
        snprintf(out, size,
                 T("The program ended with code %d instead of 0.", "프로그램이 0이 아닌 %d(으)로 끝났습니다."),
                 a->code);
        break;
    case ENDED_CRASH:
        snprintf(out, size, "%s", crash_words(a));
        break;
    case ENDED_TIME:
        snprintf(out, size,
                 T("The program did not end within %d seconds and was stopped: is there a loop without an end, or does "
                   "it wait for input?",
                   "프로그램이 %d초 안에 끝나지 않아 멈추었습니다. 끝없는 반복이나 입력 기다림이 있나요?"),
                 json_is_number(seconds) ? (int)json_number_value(seconds) : 5);
        break;
    case ENDED_MEMORY:
        snprintf(out, size,
                 T("The program used more than %d MB of memory and was stopped: does a loop allocate without an end?",
                   "프로그램이 메모리를 %d MB 넘게 써서 멈추었습니다. 끝없이 메모리를 잡는 반복이 있나요?"),
                 json_is_number(megabytes) ? (int)json_number_value(megabytes) : 512);
        break;
    case ENDED_OUTPUT:
        if (a->disk) {
            snprintf(
                out, size,
                T("The program wrote too much to the disk and was stopped: a file may have %d MB, all together %d "
                  "MB, and there may be %d of them. Is there a loop without an end?",
                  "프로그램이 디스크에 너무 많이 써서 멈추었습니다. 파일 하나는 %d MB, 모두 합쳐 %d MB, %d개까지 쓸 "
                  "수 있습니다. 끝없는 반복이 있나요?"),
                FILE_MEGABYTES, FOLDER_MEGABYTES, FOLDER_FILES);
            break;
        }
        snprintf(out, size, "%s",
                 T("The program printed too much and was stopped: is there a loop without an end?",
                   "프로그램이 너무 많이 출력해서 멈추었습니다. 끝없는 반복이 있나요?"));
        break;
    case ENDED_FORBIDDEN:
        snprintf(out, size, "%s", forbidden_words(a->forbidden));
        break;
    case ENDED_UNSTARTED:
        snprintf(out, size, "%s",
                 T("The system could not start the program; may programs be run from TMPDIR or /tmp?",
                   "시스템이 프로그램을 시작하지 못했습니다. TMPDIR나 /tmp에서 프로그램을 실행할 수 있나요?"));
        break;
    }
}

/* ---- for people ---- */

static void print_test(const json_t *test, const char *mark, style look, const char *remark)
{
    fputs("  ", stdout);
    style_begin(look);
    fputs(mark, stdout);
    style_end();
    char line[512];
    const char *title = lesson_say(json_object_get(test, "title"));
    snprintf(line, sizeof(line), "%s%s", title[0] != '\0' ? title : json_string_value(json_object_get(test, "id")),
             remark);
    putchar(' ');
    print_block(stdout, line, 4);
    putchar('\n');
}

static void print_source_line(int line, const char *word)
{
    char at[64];
    snprintf(at, sizeof(at), "start.c:%d", line);
    print_field(word, at, STYLE_PLAIN);
}

void report_compiler(const workshop *w)
{
    explanation e;
    if (!explain_compiler(w->words, &e)) {
        print_paragraph(T("The compiler refused the file and did not say why; it may have taken too long.",
                          "컴파일러가 이유 없이 거절했습니다. 너무 오래 걸렸을 수 있습니다."));
        return;
    }
    if (e.plain[0] != '\0') {
        print_paragraph(e.plain);
    }
    if (e.line > 0) {
        print_source_line(e.line, T("line", "줄"));
    }
    print_field(w->compiler.kind == COMPILER_TCC     ? "tcc"
                : w->compiler.kind == COMPILER_CLANG ? "clang"
                                                     : "gcc",
                e.said, STYLE_FAINT);
}

static void print_difference(const json_t *test, const difference *d)
{
    char where[64];
    bool row = strcmp(json_string_value(json_object_get(test, "kind")), "table") == 0;
    if (d->line > 0) {
        snprintf(where, sizeof(where),
                 row ? T("row %d of %d", "%d번째 행 (모두 %d행)") : T("line %d of %d", "%d번째 줄 (모두 %d줄)"),
                 d->line, d->lines);
        if (d->line > d->lines) {
            snprintf(where, sizeof(where), T("line %d", "%d번째 줄"), d->line);
        }
        print_field(T("where", "위치"), where, STYLE_PLAIN);
    }
    if (d->expected[0] != '\0') {
        print_field(T("expected", "기대"), d->expected, STYLE_GOOD);
    }
    if (d->got[0] != '\0') {
        print_field(T("got", "결과"), d->got, STYLE_BAD);
    }
    if (d->remark[0] != '\0') {
        print_paragraph(d->remark);
    }
}

/* The last line that a failing program left on stderr. */
static void print_last_words(const answer *a)
{
    char last[400] = "";
    for (const char *line = a->errors; line != NULL && *line != '\0';
         line += strcspn(line, "\n"), line += *line == '\n') {
        if (strcspn(line, "\n") > 0) {
            snprintf(last, sizeof(last), "%.*s", (int)strcspn(line, "\n"), line);
        }
    }
    if (last[0] != '\0') {
        print_field(T("it said", "남긴 말"), last, STYLE_FAINT);
    }
}

void report_end(const lesson *l, const answer *a)
{
    char words[512];
    end_words(l, a, words, sizeof(words));
    if (words[0] != '\0') {
        print_paragraph(words);
        if (a->line > 0) {
            print_source_line(a->line, T("at", "위치"));
        }
        print_last_words(a);
    }
}

static void print_failure(const lesson *l, const workshop *w, const verdict *v)
{
    report_end(l, &v->answer);
    bool cut = (v->answer.end == ENDED_OUTPUT || v->answer.end == ENDED_FORBIDDEN || v->answer.end == ENDED_UNSTARTED);
    if (v->difference.differs && !cut) {
        print_difference(v->failed, &v->difference);
    }
    explanation e; /* a warning often says why */
    if (w->words != NULL && explain_compiler(w->words, &e) && e.warning && e.plain[0] != '\0') {
        print_source_line(e.line, T("note", "참고"));
        print_paragraph(e.plain);
    }
}

void report_verdict(const lesson *l, const workshop *w, const verdict *v, bool hints)
{
    char title[256];
    style_begin(STYLE_BOLD);
    print_wrapped_line("%02d. %s", l->number, lesson_title(l, title, sizeof(title)));
    style_end();
    size_t i;
    const json_t *test;
    if (!v->compiled) {
        style_begin(STYLE_BAD);
        puts(T("  ✗ it does not compile", "  ✗ 컴파일되지 않습니다"));
        style_end();
        report_compiler(w);
    }
    json_array_foreach(json_object_get(l->spec, "tests"), i, test)
    {
        if ((int)i < v->right) {
            bool skipped = i < MOST_TESTS && v->skipped[i];
            print_test(test, skipped ? "-" : "✓", skipped ? STYLE_FAINT : STYLE_GOOD,
                       skipped ? T(" (not tried: tcc cannot)", " (tcc로는 해 볼 수 없습니다)") : "");
        } else if (test == v->failed) {
            print_test(test, "✗", STYLE_BAD, "");
            print_failure(l, w, v);
        } else if (v->compiled) {
            print_test(test, "·", STYLE_FAINT, "");
        }
    }
    if (hints && v->hint != NULL) {
        print_field(T("hint", "힌트"), lesson_say(json_object_get(v->hint, "text")), STYLE_NOTE);
    }
}

/* ---- as JSON ---- */

static const char *result_word(const verdict *v)
{
    static const char *const ends[] = {"wrong", "exit", "crash", "time", "memory", "output", "forbidden", "unstarted"};
    return v->passed ? "passed" : !v->compiled ? "compile" : ends[v->answer.end];
}

json_t *report_json(const lesson *l, const workshop *w, const verdict *v)
{
    char words[512] = "";
    explanation e = {.line = v->answer.line};
    if (!v->compiled) {
        explain_compiler(w->words, &e);
        snprintf(words, sizeof(words), "%s", e.plain[0] != '\0' ? e.plain : e.said);
    } else {
        end_words(l, &v->answer, words, sizeof(words));
    }
    json_t *object =
        json_pack("{s:i, s:s, s:b, s:s, s:i, s:i, s:O}", "lesson", l->number, "name", l->name, "passed", v->passed,
                  "result", result_word(v), "tests", v->tests, "right", v->right, "outputs", v->outputs);
    if (object == NULL || v->passed) {
        return object;
    }
    json_object_set(object, "failed", v->failed != NULL ? json_object_get(v->failed, "id") : json_null());
    json_object_set(object, "hint", v->hint != NULL ? json_object_get(v->hint, "id") : json_null());
    json_object_set_new(object, "line", e.line > 0 ? json_integer(e.line) : json_null());
    json_object_set_new(object, "row", v->difference.line > 0 ? json_integer(v->difference.line) : json_null());
    json_object_set_new(object, "expected", json_string(v->difference.expected));
    json_object_set_new(object, "got", json_string(v->difference.got));
    json_object_set_new(object, "message", json_string(words[0] != '\0' ? words : v->difference.remark));
    if (!v->compiled) {
        json_object_set_new(object, "compiler", json_string(w->words != NULL ? w->words : ""));
    }
    return object;
}
