/*
 * compare.c - an answer beside the solution's: which line differs first, and how.
 */
#include "grade.h"

#include "../cli.h"
#include "files.h"
#include "source.h"

#include <ctype.h>
#include <math.h>
#include <regex.h>
#include <string.h>

/* ---- lines ---- */

typedef struct lines {
    char *copy;
    const char **line;
    int count;
} lines;

/* The text's lines without spaces at their ends, and without empty ones at its end. */
static bool split(const char *text, lines *out)
{
    int most = 1;
    for (const char *s = text; *s != '\0'; s++) {
        most += *s == '\n';
    }
    *out = (lines){strdup(text), malloc((size_t)most * sizeof(char *)), 0};
    if (out->copy == NULL || out->line == NULL) {
        return false;
    }
    for (char *s = out->copy; s != NULL;) {
        char *end = strchr(s, '\n'), *next = end != NULL ? end + 1 : NULL;
        end = end != NULL ? end : s + strlen(s);
        while (end > s && isspace((unsigned char)end[-1])) {
            end--;
        }
        *end = '\0';
        out->line[out->count++] = s;
        s = next;
    }
    while (out->count > 0 && out->line[out->count - 1][0] == '\0') {
        out->count--;
    }
    return true;
}

static void free_lines(lines *l)
{
    free(l->copy);
    free((void *)l->line);
}

/* ---- numbers ---- */

bool read_value(const char *text, double *out)
{
    char *end = NULL;
    *out = strtod(text, &end);
    return end != text && end[strspn(end, " ")] == '\0';
}

bool values_agree(const json_t *test, double expected, double got)
{
    const json_t *tolerance = json_object_get(test, "tolerance");
    double room = json_is_number(tolerance) ? json_number_value(tolerance) : 0;
    if (json_is_true(json_object_get(test, "relative"))) {
        room *= fabs(expected);
    }
    return fabs(got - expected) <= room || got == expected || (isnan(got) && isnan(expected));
}

/* Whether the number -0 begins here, with however many zeros. */
static bool is_minus_zero(const char *line, const char *at)
{
    bool first = at == line || !isalnum((unsigned char)at[-1]);
    return first && at[0] == '-' && at[1] == '0' && !isdigit((unsigned char)at[1 + strspn(at + 1, "0.")]);
}

/* Whether the lines are the same but for the signs of zeros: x * (x > 0) is right, and -0 where x < 0. */
static bool same_but_zeros(const char *expected, const char *got)
{
    const char *x = expected, *y = got;
    while (*x != '\0' && *y != '\0') {
        bool minus = is_minus_zero(expected, x), other = is_minus_zero(got, y);
        if (minus != other) { /* past the sign, and past the blank in its place */
            x += minus || *x == ' ';
            y += other || *y == ' ';
        }
        if (*x++ != *y++) {
            return false;
        }
    }
    return *x == *y;
}

/* Whether both lines are the same where they are not numbers, and the numbers agree. */
static bool lines_agree(const json_t *test, const char *expected, const char *got)
{
    while (*expected != '\0' && *got != '\0') {
        char *after_expected, *after_got;
        bool number =
            (isdigit((unsigned char)*expected) || *expected == '-') && (isdigit((unsigned char)*got) || *got == '-');
        double x = number ? strtod(expected, &after_expected) : 0, y = number ? strtod(got, &after_got) : 0;
        if (number && after_expected != expected && after_got != got) {
            if (!values_agree(test, x, y)) {
                return false;
            }
            expected = after_expected;
            got = after_got;
        } else if (*expected++ != *got++) {
            return false;
        }
    }
    return *expected == *got;
}

/* ---- what kind of difference it is ---- */

/* The text without spaces and in small letters: what is left when only those differ. */
static void skeleton(const char *text, char *out, size_t size, bool letters)
{
    size_t n = 0;
    for (; *text != '\0' && n + 1 < size; text++) {
        if (!isspace((unsigned char)*text)) {
            out[n++] = letters ? (char)tolower((unsigned char)*text) : *text;
        }
    }
    out[n] = '\0';
}

static const char *remark_on(const char *expected, const char *got)
{
    char a[1024], b[1024];
    skeleton(expected, a, sizeof(a), false);
    skeleton(got, b, sizeof(b), false);
    if (strcmp(a, b) == 0) {
        return T("Only the spaces differ.", "띄어쓰기만 다릅니다.");
    }
    skeleton(expected, a, sizeof(a), true);
    skeleton(got, b, sizeof(b), true);
    if (strcmp(a, b) == 0) {
        return T("Only capital and small letters differ.", "대문자와 소문자만 다릅니다.");
    }
    double x, y;
    const char *value = strrchr(got, '='), *wanted = strrchr(expected, '=');
    if (value != NULL && wanted != NULL && read_value(value + 1, &y) && read_value(wanted + 1, &x) && x == -y &&
        x != 0) {
        return T("Only the sign differs.", "부호만 반대입니다.");
    }
    return "";
}

static void show(char *out, size_t size, const char *text)
{
    size_t length = strlen(text);
    if (length < size) {
        strcpy(out, text);
        return;
    }
    length = size - 4;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) { /* not within a character */
        length--;
    }
    snprintf(out, size, "%.*s...", (int)length, text);
}

static void found(difference *d, int line, int of, const char *expected, const char *got)
{
    d->differs = true;
    d->line = line, d->lines = of;
    show(d->expected, sizeof(d->expected), expected);
    show(d->got, sizeof(d->got), got);
}

/* ---- kinds ---- */

/* WHAT of "WHAT = VALUE", and VALUE. */
static const char *value_of(const char *line, size_t *name)
{
    const char *sign = NULL;
    for (const char *s = strstr(line, " = "); s != NULL; s = strstr(s + 1, " = ")) {
        sign = s;
    }
    *name = sign != NULL ? (size_t)(sign - line) : strlen(line);
    return sign != NULL ? sign + 3 : "";
}

static bool same_value(const json_t *test, const char *expected, const char *got)
{
    size_t name, other;
    const char *x = value_of(expected, &name), *y = value_of(got, &other);
    double a, b;
    return name == other && strncmp(expected, got, name) == 0 && read_value(x, &a) && read_value(y, &b) &&
           values_agree(test, a, b);
}

static bool same_line(const json_t *test, const char *kind, const char *expected, const char *got)
{
    if (strcmp(kind, "value") == 0) {
        return same_value(test, expected, got);
    }
    bool tolerant = strcmp(kind, "stdout") == 0 && json_object_get(test, "tolerance") != NULL;
    return tolerant ? lines_agree(test, expected, got) : same_but_zeros(expected, got);
}

static void compare_lines(const json_t *test, const char *kind, const lines *expected, const lines *got, difference *d)
{
    for (int i = 0; i < expected->count || i < got->count; i++) {
        const char *x = i < expected->count ? expected->line[i] : NULL, *y = i < got->count ? got->line[i] : NULL;
        if (x != NULL && y != NULL && same_line(test, kind, x, y)) {
            continue;
        }
        found(d, i + 1, expected->count, x != NULL ? x : "", y != NULL ? y : "");
        const char *remark = y == NULL ? got->count == 0 ? T("Nothing was printed.", "아무것도 출력되지 않았습니다.")
                                                         : T("The lines end too soon.", "줄이 모자랍니다.")
                             : x == NULL ? T("There are lines too many.", "줄이 더 있습니다.")
                                         : remark_on(x, y);
        snprintf(d->remark, sizeof(d->remark), "%s", remark);
        return;
    }
}

/* Every line of a property test must end with yes, and be one that the solution has. */
static void compare_properties(const json_t *test, const lines *expected, const lines *got, difference *d)
{
    for (int i = 0; i < expected->count; i++) {
        size_t name, other = 0;
        value_of(expected->line[i], &name);
        const char *line = i < got->count ? got->line[i] : "", *value = value_of(line, &other);
        if (name == other && strncmp(line, expected->line[i], name) == 0 && strcmp(value, "yes") == 0) {
            continue;
        }
        char id[64];
        snprintf(id, sizeof(id), "%.*s", (int)name, expected->line[i]);
        const char *meant = lesson_say(json_object_get(json_object_get(test, "messages"), id));
        d->differs = true;
        d->line = i + 1, d->lines = expected->count;
        snprintf(d->remark, sizeof(d->remark), "%s", meant[0] != '\0' ? meant : id);
        return;
    }
    d->differs = expected->count == 0;
}

static void compare_texts(const json_t *test, const char *expected, const char *text, difference *d)
{
    lines x, y;
    const char *kind = json_string_value(json_object_get(test, "kind"));
    bool split_both = split(expected, &x);
    split_both = split(text, &y) && split_both;
    if (!split_both) {
        d->differs = true;
    } else if (strcmp(kind, "property") == 0) {
        compare_properties(test, &x, &y, d);
    } else {
        compare_lines(test, kind, &x, &y, d);
    }
    free_lines(&x);
    free_lines(&y);
    if (json_is_false(json_object_get(test, "reveal"))) {
        d->expected[0] = '\0';
        d->remark[0] = '\0'; /* "only the sign" would tell as much */
    }
}

/* The first line of the source that the expression fits; 0 when there is none. */
static int line_with(const char *source, const char *expression)
{
    regex_t compiled;
    if (regcomp(&compiled, expression, REG_EXTENDED | REG_NEWLINE) != 0) {
        return 0;
    }
    regmatch_t match;
    int line = 0;
    if (regexec(&compiled, source, 1, &match, 0) == 0) {
        line = 1;
        for (const char *s = source; s < source + match.rm_so; s++) {
            line += *s == '\n';
        }
    }
    regfree(&compiled);
    return line;
}

static void compare_source(const json_t *test, const workshop *w, difference *d)
{
    size_t i;
    const json_t *expression;
    json_array_foreach(json_object_get(test, "must"), i, expression)
    {
        if (!d->differs && line_with(w->source, json_string_value(expression)) == 0) {
            d->differs = true;
            snprintf(d->remark, sizeof(d->remark), "%s",
                     T("Something that this exercise asks for is not in the program.",
                       "이 연습에서 써야 할 것이 프로그램에 없습니다."));
        }
    }
    json_array_foreach(json_object_get(test, "must_not"), i, expression)
    {
        int line = d->differs ? 0 : line_with(w->source, json_string_value(expression));
        if (line > 0) {
            d->differs = true;
            snprintf(d->remark, sizeof(d->remark),
                     T("Line %d of start.c uses what this exercise is to do without.",
                       "start.c의 %d번째 줄은 이 연습에서 쓰지 않기로 한 것을 씁니다."),
                     line);
        }
    }
}

/* The line of the source with this number; "" where there is none. */
static const char *line_number(const char *source, int number)
{
    for (; number > 1 && *source != '\0'; number--) {
        source += strcspn(source, "\n");
        source += *source == '\n';
    }
    return number == 1 ? source : "";
}

/* Whether one of the compiler's errors is about a line of the source that has the words. */
static bool refused_at(const char *said, const char *file, const char *source, const char *words)
{
    char where[300], kept[1024];
    snprintf(where, sizeof(where), "%s:", file);
    for (const char *line = said; line != NULL && *line != '\0'; line += strcspn(line, "\n"), line += *line == '\n') {
        const char *error = strstr(line, "error:"), *place_of = strstr(line, where);
        if (place_of == NULL || error == NULL || error > line + strcspn(line, "\n") || place_of > error) {
            continue;
        }
        const char *at = line_number(source, atoi(place_of + strlen(where)));
        snprintf(kept, sizeof(kept), "%.*s", (int)strcspn(at, "\n"), at);
        if (strstr(kept, words) != NULL) {
            return true;
        }
    }
    return false;
}

/* The compiler must have refused a line that has the words "at". */
static void compare_refusal(const json_t *test, const workshop *w, const answer *got, difference *d)
{
    const char *words = json_string_value(json_object_get(test, "at")),
               *named = json_string_value(json_object_get(test, "file"));
    const char *file = path_name(named != NULL ? named : "");
    char path[PATH_MAX];
    char *source = file_read(path_join(path, w->folder, file), 1 << 20, NULL);
    bool there = source != NULL && words != NULL && strstr(source, words) != NULL;
    if (!there || !got->refused || !refused_at(got->text, file, source, words)) {
        d->differs = true;
        snprintf(d->remark, sizeof(d->remark),
                 !there ? T("%s no longer has a line with '%s'.", "%s에 '%s'이(가) 있는 줄이 없습니다.")
                 : got->refused ? T("The compiler refuses %s, but not because of a line with '%s'.",
                                    "컴파일러가 %s 파일을 거절했지만 '%s'이(가) 있는 줄 때문이 아닙니다.")
                                : T("The compiler accepts %s, and should refuse a line with '%s'.",
                                    "컴파일러가 %s 파일을 받아들입니다. '%s'이(가) 있는 줄을 거절해야 합니다."),
                 file, words != NULL ? words : "");
    }
    free(source);
}

void compare_answers(const json_t *test, const char *expected, const workshop *w, const answer *got, difference *out)
{
    const char *kind = json_string_value(json_object_get(test, "kind"));
    memset(out, 0, sizeof(*out));
    if (got->skipped) {
        return;
    }
    if (strcmp(kind, "source") == 0) {
        compare_source(test, w, out);
    } else if (strcmp(kind, "compile_error") == 0) {
        compare_refusal(test, w, got, out);
    } else if (strcmp(kind, "picture") == 0) {
        compare_pictures(test, expected, got->text, out);
    } else {
        compare_texts(test, expected, got->text != NULL ? got->text : "", out);
    }
}
