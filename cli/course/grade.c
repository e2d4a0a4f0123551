/*
 * grade.c - runs a file through its lesson's tests, to the first that fails, and finds the hint that fits.
 */
#include "grade.h"

#include "../cli.h"

#include <regex.h>
#include <string.h>

enum { KEPT_OUTPUT = 1 << 15 };

/* ---- hints ---- */

/* Whether the extended expression fits a line of the text. */
static bool fits(const char *expression, const char *text)
{
    regex_t compiled;
    if (text == NULL || regcomp(&compiled, expression, REG_EXTENDED | REG_NEWLINE | REG_NOSUB) != 0) {
        return false;
    }
    bool found = regexec(&compiled, text, 0, NULL, 0) == 0;
    regfree(&compiled);
    return found;
}

static const char *name_of_end(sandbox_end end)
{
    static const char *const names[] = {"", "exit", "crash", "time", "memory", "output", "forbidden", "unstarted"};
    return names[end];
}

/* A condition that is not there holds. */
static bool holds(const json_t *hint, const char *condition, const char *text)
{
    const char *expression = json_string_value(json_object_get(hint, condition));
    return expression == NULL || fits(expression, text);
}

/* A program that crashed or had to be stopped has been told why: a hint for any answer would only lead away from that. */
static bool is_stopped(const verdict *v)
{
    sandbox_end end = v->answer.end;
    return v->compiled && (end == ENDED_CRASH || end == ENDED_TIME || end == ENDED_MEMORY || end == ENDED_OUTPUT ||
                           end == ENDED_FORBIDDEN);
}

static bool is_for_any_answer(const json_t *hint)
{
    return json_object_get(hint, "got") == NULL && json_object_get(hint, "source") == NULL &&
           json_object_get(hint, "compile") == NULL && json_object_get(hint, "end") == NULL;
}

static const json_t *find_hint(const workshop *w, const verdict *v)
{
    size_t i;
    const json_t *hint;
    const char *failed = v->compiled ? json_string_value(json_object_get(v->failed, "id")) : "compile";
    json_array_foreach(json_object_get(w->lesson->spec, "hints"), i, hint)
    {
        const char *test = json_string_value(json_object_get(hint, "test")),
                   *end = json_string_value(json_object_get(hint, "end"));
        if (test != NULL && strcmp(test, failed) == 0 && holds(hint, "got", v->answer.text) &&
            holds(hint, "source", w->source) && holds(hint, "compile", w->words) &&
            (end == NULL || strcmp(end, name_of_end(v->answer.end)) == 0) &&
            !(is_stopped(v) && is_for_any_answer(hint))) {
            return hint;
        }
    }
    return NULL;
}

/* ---- tests ---- */

/* For who reads the verdict as JSON; what is longer is cut, between two characters. */
static void keep_output(verdict *v, const json_t *test)
{
    const char *text = v->answer.text != NULL ? v->answer.text : "";
    size_t length = strlen(text);
    if (length > KEPT_OUTPUT) {
        length = KEPT_OUTPUT;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) {
            length--;
        }
    }
    json_object_set_new(v->outputs, json_string_value(json_object_get(test, "id")), json_stringn(text, length));
}

static bool passes(workshop *w, const json_t *test, const reference *r, verdict *v)
{
    answer_free(&v->answer);
    workshop_run(w, test, r->seed, &v->answer);
    compare_answers(test, reference_text(r, test), w, &v->answer, &v->difference);
    keep_output(v, test);
    return !v->difference.differs && v->answer.end == ENDED_WELL;
}

void grade(workshop *w, const reference *r, verdict *out)
{
    const json_t *tests = json_object_get(w->lesson->spec, "tests"), *test;
    *out = (verdict){.compiled = w->compiled, .tests = (int)json_array_size(tests), .outputs = json_object()};
    size_t i;
    json_array_foreach(tests, i, test)
    {
        if (!out->compiled || !passes(w, test, r, out)) {
            out->failed = out->compiled ? test : NULL;
            out->hint = find_hint(w, out);
            return;
        }
        if (i < MOST_TESTS) {
            out->skipped[i] = out->answer.skipped;
        }
        out->right++;
    }
    out->passed = true;
}

void verdict_free(verdict *v)
{
    answer_free(&v->answer);
    json_decref(v->outputs);
    memset(v, 0, sizeof(*v));
}
