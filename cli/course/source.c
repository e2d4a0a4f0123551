/*
 * source.c - takes comments and texts out of a C source.
 */
#include "source.h"

#include <string.h>

/* Past a text or character whose first quote is at s. */
static const char *past_text(const char *s)
{
    char quote = *s++;
    while (*s != '\0' && *s != quote && *s != '\n') {
        s += s[0] == '\\' && s[1] != '\0' ? 2 : 1;
    }
    return *s == quote ? s + 1 : s;
}

/* Past a comment that begins at s; s itself where none does. */
static const char *past_comment(const char *s)
{
    if (s[0] == '/' && s[1] == '/') {
        return s + strcspn(s, "\n");
    }
    if (s[0] == '/' && s[1] == '*') {
        const char *end = strstr(s + 2, "*/");
        return end != NULL ? end + 2 : s + strlen(s);
    }
    return s;
}

void source_strip(char *source)
{
    char *to = source;
    for (const char *s = source; *s != '\0';) {
        const char *after = past_comment(s);
        if (after > s) {
            *to++ = ' '; /* two bytes and more have become free */
            for (; s < after; s++) {
                if (*s == '\n') {
                    *to++ = '\n';
                }
            }
        } else if (*s == '"' || *s == '\'') {
            char quote = *s;
            s = past_text(s);
            *to++ = quote;
            if (s[-1] == quote) { /* a lone quote at a line's end stays alone */
                *to++ = quote;
            }
        } else {
            *to++ = *s++;
        }
    }
    *to = '\0';
}
