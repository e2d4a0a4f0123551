/*
 * terminal.c - what stands at the other end of a stream, and how wide text is there.
 */
#include "cli.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool is_terminal(FILE *stream)
{
    return isatty(fileno(stream)) == 1;
}

int terminal_width(FILE *stream)
{
    struct winsize size;
    if (ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    const char *columns = getenv("COLUMNS");
    int width = columns != NULL ? atoi(columns) : 0;
    return width > 0 ? width : 80;
}

bool can_rewrite(FILE *stream)
{
    const char *term = getenv("TERM");
    return is_terminal(stream) && term != NULL && strcmp(term, "dumb") != 0;
}

/* The character at *text, which moves past it; bytes that are not UTF-8 count one by one. */
static uint32_t next_character(const char **text)
{
    const unsigned char *s = (const unsigned char *)*text;
    int more = s[0] >= 0xF0 ? 3 : s[0] >= 0xE0 ? 2 : s[0] >= 0xC2 ? 1 : 0;
    uint32_t c = more == 3 ? s[0] & 0x07u : more == 2 ? s[0] & 0x0Fu : more == 1 ? s[0] & 0x1Fu : s[0];
    for (int i = 1; i <= more; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            *text += 1;
            return 0xFFFD;
        }
        c = c << 6 | (s[i] & 0x3Fu);
    }
    *text += more + 1;
    return c;
}

/* Unicode's East Asian Width, W and F, as far as our messages and the file names of their readers go; combining marks take no column. */
static int character_width(uint32_t c)
{
    if (c >= 0x300 && c <= 0x36F) {
        return 0;
    }
    bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xA960 && c <= 0xA97C) ||
                (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) ||
                (c >= 0xFF00 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) ||
                (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
}

int text_width(const char *text)
{
    int width = 0;
    while (*text != '\0') {
        width += character_width(next_character(&text));
    }
    return width;
}

void print_padded(FILE *stream, const char *text, int width)
{
    int fill = abs(width) - text_width(text);
    if (width < 0) {
        fprintf(stream, "%*s", fill > 0 ? fill : 0, "");
    }
    fputs(text, stream);
    if (width > 0) {
        fprintf(stream, "%*s", fill > 0 ? fill : 0, "");
    }
}

void print_wrapped(FILE *stream, const char *text, int from)
{
    int room = is_terminal(stream) ? terminal_width(stream) : INT_MAX, column = from;
    bool first = true;
    while (*text != '\0') {
        char word[512];
        size_t length = strcspn(text, " ");
        snprintf(word, sizeof(word), "%.*s", (int)length, text);
        int width = text_width(word);
        if (!first && column + 1 + width > room) {
            fprintf(stream, "\n     %s", word);
            column = 5 + width;
        } else {
            fprintf(stream, "%s%s", first ? "" : " ", word);
            column += width + !first;
        }
        first = false;
        text += length + strspn(text + length, " ");
    }
}
