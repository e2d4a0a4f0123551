/*
 * style.h - colours of text on stdout: none where it is no terminal, or NO_COLOR is set.
 */
#ifndef SSI_CLI_COURSE_STYLE_H
#define SSI_CLI_COURSE_STYLE_H

#include <stdbool.h>
#include <stdio.h>

typedef enum style {
    STYLE_PLAIN,
    STYLE_BOLD,
    STYLE_FAINT,
    STYLE_GOOD,
    STYLE_BAD,
    STYLE_NOTE,
    STYLE_CODE,
    STYLE_HEADING
} style;

/* What begins the style, or "" where there are no colours. */
const char *style_code(style look);
void style_begin(style look);
void style_end(void);
bool style_on(void);

/* Prints text whose first word stands at column `from` (0: the first); on a terminal a word that does not fit begins a new line at the same column. */
void print_block(FILE *stream, const char *text, int from);

/* A line of its own, as printf makes it, wrapped at the terminal's edge. */
__attribute__((format(printf, 1, 2))) void print_wrapped_line(const char *format, ...);

#endif
