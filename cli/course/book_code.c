/*
 * book_code.c - C code in colours: what is a comment, a text, a number, a keyword.
 */
#include "book.h"
#include "html.h"

#include <ctype.h>
#include <string.h>

static const char *const keywords[] = {
    "auto",     "break",    "case",   "char",     "const",  "continue", "default", "do",      "double",
    "else",     "enum",     "extern", "float",    "for",    "goto",     "if",      "inline",  "int",
    "long",     "return",   "short",  "signed",   "sizeof", "static",   "struct",  "switch",  "typedef",
    "union",    "unsigned", "void",   "volatile", "while",  "bool",     "size_t",  "int64_t", "_Generic",
    "#include", "#define",  "#if",    "#endif",   "#ifdef", "#ifndef",  "#else",   NULL};

static bool is_keyword(const char *word, size_t length)
{
    bool found = false;
    for (int i = 0; keywords[i] != NULL; i++) {
        found = found || (strlen(keywords[i]) == length && memcmp(keywords[i], word, length) == 0);
    }
    return found;
}

/* The end of the text that begins with a quote here. */
static size_t quoted_length(const char *at)
{
    size_t length = 1;
    while (at[length] != '\0' && at[length] != '\n' && at[length] != at[0]) {
        length += at[length] == '\\' && at[length + 1] != '\0' ? 2 : 1;
    }
    return length + (at[length] == at[0]);
}

static size_t comment_length(const char *at)
{
    if (at[1] == '/') {
        return strcspn(at, "\n");
    }
    const char *end = strstr(at + 2, "*/");
    return end != NULL ? (size_t)(end - at) + 2 : strlen(at);
}

/* How long the token is that begins here, and what it is: the name of its class, NULL for none. */
static size_t read_token(const char *at, const char **class)
{
    static const char of_words[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    *class = NULL;
    if (at[0] == '/' && (at[1] == '/' || at[1] == '*')) {
        *class = "comment";
        return comment_length(at);
    }
    if (at[0] == '"' || at[0] == '\'') {
        *class = "string";
        return quoted_length(at);
    }
    size_t length = strspn(at + (at[0] == '#'), of_words) + (at[0] == '#');
    if (isdigit((unsigned char)at[0])) {
        *class = "number";
        return length + (at[length] == '.' ? 1 + strspn(at + length + 1, of_words) : 0);
    }
    *class = is_keyword(at, length) ? "keyword" : NULL;
    return length > 0 ? length : 1;
}

void book_print_code(FILE *out, const char *code)
{
    fputs("<pre class=\"c\"><code>", out);
    while (*code != '\0') {
        const char *class;
        char token[4096];
        size_t length = read_token(code, &class);
        length = length < sizeof(token) ? length : sizeof(token) - 1;
        snprintf(token, sizeof(token), "%.*s", (int)length, code);
        if (class != NULL) {
            fprintf(out, "<span class=\"%s\">", class);
        }
        html_print(out, token);
        fputs(class != NULL ? "</span>" : "", out);
        code += length;
    }
    fputs("</code></pre>\n", out);
}
