/*
 * message.c - what is said to people: errors in the form `ssi: what; what to do`, suggestions, numbers one can read.
 */
#include "cli.h"

#include <stdarg.h>
#include <string.h>

#define INDENT 5 /* columns of "ssi: " */

static void say(const char *format, va_list arguments)
{
    char told[2048];
    vsnprintf(told, sizeof(told), format, arguments);
    progress_clear();
    fputs("ssi: ", stderr);
    print_wrapped(stderr, told, INDENT);
    fputc('\n', stderr);
}

int fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return CLI_FAILED;
}

int wrong_use(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return CLI_WRONG_USE;
}

void show_log(const char *text, void *context)
{
    progress_clear();
    ssi_log_to_stderr(text, context);
}

int wrong_operands(const command *of)
{
    const char *usage = of->help[language_is_korean()];
    progress_clear();
    fprintf(stderr, "ssi: %.*s\n", (int)strcspn(usage, "\n"), usage);
    fprintf(stderr, T("     ssi %s --help says more\n", "     도움말: ssi %s --help\n"), of->name);
    return CLI_WRONG_USE;
}

/* What kind of error it is, for those who do not read English; the details follow in the library's words. */
static const char *kind_in_korean(ssi_status code)
{
    switch (code) {
    case SSI_INVALID:
        return "값이나 모양이 맞지 않습니다";
    case SSI_NO_MEMORY:
        return "메모리가 부족합니다";
    case SSI_IO:
        return "읽거나 쓸 수 없습니다";
    case SSI_FORMAT:
        return "파일 내용이 올바르지 않습니다";
    case SSI_NOT_FOUND:
        return "찾을 수 없습니다";
    case SSI_UNSUPPORTED:
        return "지원되지 않는 기능입니다";
    case SSI_NOT_FINITE:
        return "값이 발산했습니다 (NaN 또는 무한대)";
    case SSI_RANGE:
        return "번호나 레이블이 범위를 벗어났습니다";
    case SSI_INTERRUPTED:
        return "중단되었습니다";
    default:
        return "ssi 내부 오류입니다. 알려 주세요";
    }
}

int fail_with_error(void)
{
    ssi_error error;
    if (!ssi_error_take(&error)) {
        return CLI_FAILED;
    }
    char told[sizeof(error.operation) + sizeof(error.message) + 2];
    snprintf(told, sizeof(told), "%s: %s", error.operation, error.message);
    progress_clear();
    fputs("ssi: ", stderr);
    if (language_is_korean()) {
        fprintf(stderr, "%s\n     ", kind_in_korean(error.code));
    }
    print_wrapped(stderr, told, INDENT);
    if (error.hint[0] != '\0') {
        fputs("\n     ", stderr);
        print_wrapped(stderr, error.hint, INDENT);
    }
    fputc('\n', stderr);
    return error.code == SSI_INTERRUPTED ? CLI_INTERRUPTED : CLI_FAILED;
}

#define NAME_LIMIT 64

static int least(int a, int b, int c)
{
    int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Levenshtein's distance of two short names, upper and lower case alike. */
static int edit_distance(const char *a, const char *b)
{
    int row[NAME_LIMIT + 1], columns = (int)strlen(b);
    if (columns > NAME_LIMIT) {
        return NAME_LIMIT;
    }
    for (int j = 0; j <= columns; j++) {
        row[j] = j;
    }
    for (int i = 0; a[i] != '\0'; i++) {
        int diagonal = row[0];
        row[0] = i + 1;
        for (int j = 1; j <= columns; j++) {
            bool same = (a[i] | 0x20) == (b[j - 1] | 0x20);
            int change = diagonal + (same ? 0 : 1);
            diagonal = row[j];
            row[j] = least(change, row[j - 1] + 1, row[j] + 1);
        }
    }
    return row[columns];
}

const char *did_you_mean(const char *name, const char *const *names)
{
    static char text[160];
    const char *nearest = NULL;
    int best = (int)strlen(name) / 3 + 2; /* a third of the letters may be wrong */
    for (; *names != NULL; names++) {
        int distance = edit_distance(name, *names);
        if (distance < best) {
            best = distance;
            nearest = *names;
        }
    }
    text[0] = '\0';
    if (nearest != NULL) {
        snprintf(text, sizeof(text), T("; did you mean '%s'?", "; '%s'을(를) 찾으셨나요?"), nearest);
    }
    return text;
}

const char *one_of(const char *name, const char *const *names)
{
    static char text[160];
    const char *nearest = did_you_mean(name, names);
    size_t used = (size_t)snprintf(text, sizeof(text), "%s", nearest);
    for (size_t i = 0; nearest[0] == '\0' && names[i] != NULL && used < sizeof(text); i++) {
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s",
                                 i > 0 ? ", " : T("; one of ", "; 쓸 수 있는 것: "), names[i]);
    }
    return text;
}

char *grouped(long long number, char out[32])
{
    char digits[24];
    int length = snprintf(digits, sizeof(digits), "%lld", number < 0 ? -number : number);
    char *o = out;
    if (number < 0) {
        *o++ = '-';
    }
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            *o++ = ',';
        }
        *o++ = digits[i];
    }
    *o = '\0';
    return out;
}

char *bytes_text(double bytes, char out[32])
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB"};
    int unit = 0;
    while (bytes >= 1000 && unit < 4) {
        bytes /= 1000;
        unit++;
    }
    snprintf(out, 32, unit == 0 || bytes >= 100 ? "%.0f %s" : "%.1f %s", bytes, units[unit]);
    return out;
}
