/*
 * style.c - colours, as the sixteen that every terminal has.
 */
#include "style.h"

#include "../cli.h"

#include <limits.h>
#include <stdarg.h>
#include <string.h>

bool style_on(void)
{
    static int on = -1;
    if (on < 0) {
        const char *no = getenv("NO_COLOR");
        on = can_rewrite(stdout) && (no == NULL || no[0] == '\0');
    }
    return on;
}

const char *style_code(style look)
{
    static const char *const codes[] = {"",         "\033[1m",  "\033[2m",  "\033[32m",
                                        "\033[31m", "\033[33m", "\033[36m", "\033[1;34m"};
    return style_on() ? codes[look] : "";
}

void style_begin(style look)
{
    fputs(style_code(look), stdout);
}

void style_end(void)
{
    if (style_on()) {
        fputs("\033[0m", stdout);
    }
}

void print_block(FILE *stream, const char *text, int from)
{
    int room = is_terminal(stream) ? terminal_width(stream) : INT_MAX, column = from;
    bool first = true;
    while (*text != '\0') {
        char word[512];
        size_t length = strcspn(text, " \n");
        snprintf(word, sizeof(word), "%.*s", (int)length, text);
        int width = text_width(word);
        if (!first && column + 1 + width > room) {
            fprintf(stream, "\n%*s%s", from, "", word);
            column = from + width;
        } else {
            fprintf(stream, "%s%s", first ? "" : " ", word);
            column += width + !first;
        }
        first = false;
        text += length + (text[length] != '\0');
    }
}

void print_wrapped_line(const char *format, ...)
{
    char line[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    print_block(stdout, line, 0);
    putchar('\n');
}
