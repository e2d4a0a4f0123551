/*
 * picture.c - two pictures held to each other by the gnuplot scripts that draw them: series, points, ranges and texts; not colours, which are a
 * matter of taste.
 *
 * Of a script (src/plot/script.c) four kinds of lines matter: `$NAME << EOD` up to `EOD` is a series, a point a line; `set xrange [A:B]`;
 * `set label 'TEXT'` and `title 'TEXT'`.
 */
#include "grade.h"

#include "../cli.h"

#include <math.h>
#include <string.h>

/* Where one reads in a script. */
typedef struct reader {
    const char *at;
} reader;

/* The next line that begins so, from which the reader goes on; NULL at the end. */
static const char *next_line(reader *r, const char *beginning)
{
    while (*r->at != '\0') {
        const char *line = r->at;
        r->at += strcspn(line, "\n");
        r->at += *r->at == '\n';
        if (strncmp(line, beginning, strlen(beginning)) == 0) {
            return line;
        }
    }
    return NULL;
}

/* The reader stands in a series: its next point, or false at its end. */
static bool next_point(reader *r, char *out, size_t size)
{
    size_t length = strcspn(r->at, "\n");
    bool end = *r->at == '\0' || strncmp(r->at, "EOD", 3) == 0;
    if (!end) {
        snprintf(out, size, "%.*s", (int)(length < size ? length : size - 1), r->at);
        r->at += length + (r->at[length] == '\n');
    }
    return !end;
}

static int count_series(const char *script)
{
    int count = 0;
    for (reader r = {script}; next_line(&r, "$") != NULL; count++) {
    }
    return count;
}

/* Numbers of both lines, one by one. */
static bool same_numbers(const json_t *test, const char *expected, const char *got)
{
    for (;;) {
        char *after_expected, *after_got;
        double x = strtod(expected, &after_expected), y = strtod(got, &after_got);
        if (after_expected == expected || after_got == got) {
            return strcspn(expected, "]\n") == strspn(expected, " ") && strcspn(got, "]\n") == strspn(got, " ");
        }
        if (!values_agree(test, x, y)) {
            return false;
        }
        expected = after_expected + (*after_expected == ':');
        got = after_got + (*after_got == ':');
    }
}

static void compare_series(const json_t *test, int series, reader *x, reader *y, difference *d)
{
    char expected[512], got[512];
    for (int point = 1; !d->differs; point++) {
        bool more = next_point(x, expected, sizeof(expected)), as_many = next_point(y, got, sizeof(got));
        if (!more && !as_many) {
            return;
        }
        d->differs = more != as_many || !same_numbers(test, expected, got);
        if (d->differs && more != as_many) {
            snprintf(d->remark, sizeof(d->remark),
                     more ? T("Series %d ends after %d points; there should be more.",
                              "%d번째 자료의 점이 %d개뿐입니다. 더 있어야 합니다.")
                          : T("Series %d goes on after %d points; there it should end.",
                              "%d번째 자료는 점 %d개에서 끝나야 하는데 더 있습니다."),
                     series, point - 1);
        } else if (d->differs) {
            snprintf(d->expected, sizeof(d->expected), "%s", expected);
            snprintf(d->got, sizeof(d->got), "%s", got);
            snprintf(d->remark, sizeof(d->remark),
                     T("Series %d, point %d lies elsewhere.", "%d번째 자료의 %d번째 점이 다릅니다."), series, point);
        }
    }
}

static void compare_all_series(const json_t *test, const char *expected, const char *script, difference *d)
{
    int wanted = count_series(expected), count = count_series(script);
    if (wanted != count) {
        d->differs = true;
        snprintf(d->remark, sizeof(d->remark),
                 T("The picture shows %d series of data; it should show %d.",
                   "그림에 자료가 %d개 있습니다. %d개여야 합니다."),
                 count, wanted);
    }
    reader x = {expected}, y = {script};
    for (int i = 1; i <= wanted && !d->differs; i++) {
        next_line(&x, "$");
        next_line(&y, "$");
        compare_series(test, i, &x, &y, d);
    }
}

static void compare_ranges(const json_t *test, const char *expected, const char *script, difference *d)
{
    static const char *const ranges[] = {"set xrange [", "set yrange ["};
    for (int i = 0; i < 2; i++) {
        reader x = {expected}, y = {script};
        for (const char *a = next_line(&x, ranges[i]), *b = next_line(&y, ranges[i]);
             a != NULL && b != NULL && !d->differs; a = next_line(&x, ranges[i]), b = next_line(&y, ranges[i])) {
            a += strlen(ranges[i]), b += strlen(ranges[i]);
            if (!same_numbers(test, a, b)) {
                d->differs = true;
                snprintf(d->expected, sizeof(d->expected), "%.*s", (int)strcspn(a, "]"), a);
                snprintf(d->got, sizeof(d->got), "%.*s", (int)strcspn(b, "]"), b);
                snprintf(d->remark, sizeof(d->remark), T("The range of %s differs.", "%s축의 범위가 다릅니다."),
                         i == 0 ? "x" : "y");
            }
        }
    }
}

/* The next text of a label or a title; false at the end. */
static bool next_text(reader *r, char *out, size_t size)
{
    const char *label = strstr(r->at, "set label '"), *title = strstr(r->at, "title '");
    const char *first = label == NULL || (title != NULL && title < label) ? title : label;
    if (first == NULL) {
        return false;
    }
    first = strchr(first, '\'') + 1;
    snprintf(out, size, "%.*s", (int)strcspn(first, "'\n"), first);
    r->at = first + strcspn(first, "'\n");
    return true;
}

static void compare_labels(const char *expected, const char *script, difference *d)
{
    reader x = {expected}, y = {script};
    while (!d->differs) {
        char wanted[256] = "", text[256] = "";
        bool more = next_text(&x, wanted, sizeof(wanted)), as_many = next_text(&y, text, sizeof(text));
        if (!more && !as_many) {
            return;
        }
        if (strcmp(wanted, text) != 0) {
            d->differs = true;
            snprintf(d->expected, sizeof(d->expected), "%s", wanted);
            snprintf(d->got, sizeof(d->got), "%s", text);
            snprintf(d->remark, sizeof(d->remark), "%s",
                     wanted[0] == '\0' ? T("There is a text too many.", "글이 하나 더 있습니다.")
                     : text[0] == '\0' ? T("A title or label is missing.", "제목이나 이름표가 빠졌습니다.")
                                       : T("A title or label differs.", "제목이나 이름표가 다릅니다."));
        }
    }
}

void compare_pictures(const json_t *test, const char *expected, const char *got, difference *out)
{
    if (got == NULL) {
        out->differs = true;
        snprintf(out->remark, sizeof(out->remark), "%s",
                 T("The program saved no picture under the name that it was given (argv[1]).",
                   "프로그램이 받은 이름(argv[1])으로 그림을 저장하지 않았습니다."));
        return;
    }
    compare_all_series(test, expected, got, out);
    if (!out->differs) {
        compare_ranges(test, expected, got, out);
    }
    if (!out->differs) {
        compare_labels(expected, got, out);
    }
    if (json_is_false(json_object_get(test, "reveal"))) {
        out->expected[0] = '\0';
    }
}
